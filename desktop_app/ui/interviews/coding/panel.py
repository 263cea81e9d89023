"""The codebook beside the text: find or make a code and apply it, and read what it means."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.code_list import MAKE, CodeList, CodeRow, found_rows, tree_rows
from desktop_app.ui.interviews.codebook.finding import find_codes, is_named
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import HairLine, MutedLabel, SearchField, StrongLabel

PAGE = 8
"""Rows that PageUp and PageDown go in the field."""
LONGEST = 360
"""Characters of a definition in the panel; the codebook has all of it."""


class CodebookPanel(QWidget):
    """``code_wanted(code)`` Enter or a double click: an id, or the name of a code to be made.

    ``recent_wanted(number)`` a digit in the list; ``left()`` Escape; ``menu_wanted(id, point)``.
    """

    code_wanted = Signal(str)
    recent_wanted = Signal(int)
    left = Signal()
    menu_wanted = Signal(str, object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._codes: tuple[Code, ...] = ()
        self._by_id: dict[str, Code] = {}
        self._numbers: Mapping[str, int] = {}
        self._closed: frozenset[str] = frozenset()
        self.heading = StrongLabel(tr("Codebook"), self)
        self.field = SearchField(appearance, tr("find or make a code…"), self)
        self.list = CodeList(appearance, tr("Codes"), self, moves=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.nothing = MutedLabel(
            tr("No codes yet. Select words in the text, type a name for what they say, and press Enter."),
            self,
            wrap=True,
        )
        self.about = QWidget(self)
        self.name = StrongLabel("", self.about, wrap=True)
        self.definition = MutedLabel("", self.about, wrap=True)
        self._build()
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self._typed())
        self.list.code_opened.connect(self._want)
        self.list.code_chosen.connect(self._tell)
        self.list.fold_wanted.connect(self._fold)
        self.list.menu_wanted.connect(self.menu_wanted)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(HairLine(self))
        about = QVBoxLayout(self.about)
        about.setContentsMargins(4, 4, 4, 0)
        about.setSpacing(4)
        about.addWidget(self.name)
        about.addWidget(self.definition)
        column.addWidget(self.about)
        # Where the list is hidden this takes its room, so that nothing is spread out.
        self._rest = QWidget(self)
        column.insertWidget(column.indexOf(self.list) + 1, self._rest, 1)
        self.about.hide()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_codes(self, codes: Sequence[Code], numbers: Mapping[str, int]) -> None:
        """The tree in its order, and the keys of recent codes."""
        self._codes, self._numbers = tuple(codes), dict(numbers)
        self._by_id = {code.id: code for code in codes}
        self._fill()
        self._tell(self.list.current_id())

    def show_code(self, code: str) -> None:
        """Points at a code, without choosing it for the text."""
        if code in self._by_id:
            if self.field.text():
                self.field.clear()
            self.list.choose_quietly(code)
            self._tell(code)

    def begin(self, typed: str = "", *, recoding: bool = False) -> None:
        """Goes to the field, with what was typed in the text as its beginning."""
        self.field.setPlaceholderText(tr("give which code instead?") if recoding else tr("find or make a code…"))
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(typed)
        if not typed:
            self.field.selectAll()

    def finish(self) -> None:
        """Empties the field; the tree is whole again."""
        self.field.setPlaceholderText(tr("find or make a code…"))
        self.field.clear()

    def _rows(self) -> list[CodeRow]:
        typed = " ".join(self.field.text().split())
        if not typed:
            return tree_rows(self._codes, numbers=self._numbers, closed=self._closed)
        found = find_codes(self._codes, typed)
        return found_rows(found, numbers=self._numbers, make="" if is_named(self._codes, typed) else typed)

    def _fill(self) -> None:
        rows = self._rows()
        self.list.set_rows(rows)
        self.nothing.setVisible(not self._codes and not self.field.text())
        self.list.setVisible(bool(rows))
        self._rest.setVisible(not rows)

    def _typed(self) -> None:
        """The best is chosen, so that Enter takes it."""
        self._fill()
        rows = self.list.rows()
        if self.field.text().strip() and rows:
            self.list.choose(rows[0].id)

    def _tell(self, item: str) -> None:
        code = self._by_id.get(item)
        self.about.setVisible(code is not None)
        if code is not None:
            self.name.setText(code.fields.name)
            words = definition_words(code)
            short = words if len(words) <= LONGEST else words[:LONGEST].rsplit(maxsplit=1)[0] + " …"
            self.definition.setText(short)
            self.definition.setToolTip(words if short != words else "")
            self.definition.setVisible(bool(self.definition.text()))

    def _fold(self, code: str, is_open: bool) -> None:
        self._closed = self._closed - {code} if is_open else self._closed | {code}
        self._fill()

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _want(self, item: str) -> None:
        self.code_wanted.emit(item.removeprefix(MAKE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk through the list while the field keeps the typing; letters in the list go to the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.list:
            return self._key_in_list(event)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: PAGE, Qt.Key.Key_PageUp: -PAGE}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.field.clear()
            self.left.emit()
        else:
            return False
        return True

    def _key_in_list(self, event: QKeyEvent) -> bool:
        typed = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and typed in tuple("123456789"):
            self.recent_wanted.emit(int(typed))
        elif plain and typed.isprintable() and typed.strip():
            self.begin("" if typed == "/" else typed)
        else:
            return False
        return True

    def _enter(self) -> None:
        row = self.list.current()
        if row is not None:
            self._want(row.id)


def definition_words(code: Code) -> str:
    """What a code means, when to use it and when not, a line each."""
    fields = code.fields
    lines = [fields.definition]
    if fields.include:
        lines.append(_begun(tr("Use when"), _after(fields.include, "use when")))
    if fields.exclude:
        lines.append(_begun(tr("Not for"), _after(fields.exclude, "not for")))
    return "\n".join(line.strip() for line in lines if line.strip())


def _after(text: str, opening: str) -> str:
    """The text without words that are about to be said anyway."""
    clean = text.strip()
    return clean[len(opening) :].lstrip(" :") if clean.casefold().startswith(opening) else clean


def _begun(opening: str, text: str) -> str:
    """One sentence of both, or the text as a sentence of its own where it begins as one."""
    return f"{opening}: {text}" if text[:1].isupper() else f"{opening} {text}"
