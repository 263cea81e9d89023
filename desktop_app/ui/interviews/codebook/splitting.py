"""Splitting a code: its quotes one below the other, each given by a key to one of the new names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.coding import Quote
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import (
    Card,
    FaintLabel,
    InlineMessage,
    KeyHint,
    LinkButton,
    MutedLabel,
    PrimaryButton,
    Row,
    RowList,
    TitleLabel,
    add_shortcuts,
)

MOST_NAMES = 9
FIRST_NAMES = 3
LONGEST_QUOTE = 160


class SplitView(QWidget):
    """``split_wanted(names, choice)`` a list of names and the name by coding id; ``left()``."""

    split_wanted = Signal(object, object)
    left = Signal()

    def __init__(self, appearance: Appearance, name: str, quotes: Sequence[Quote], parent: QWidget) -> None:
        super().__init__(parent)
        self._quotes = tuple(quotes)
        self._choice: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(TitleLabel(tr("Split “{name}”", name=name), self), 1)
        leave = LinkButton(tr("Leave"), self)
        leave.clicked.connect(self.left)
        self.split_button = PrimaryButton(tr("Split"), self)
        self.split_button.clicked.connect(self.split)
        head.addWidget(leave)
        head.addWidget(self.split_button)
        column.addLayout(head)
        hint = tr("Name the new codes; then walk through the quotes: 1–9 gives one to a new code, 0 leaves it.")
        column.addWidget(MutedLabel(hint, self, wrap=True))
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        self.names: list[QLineEdit] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        for _ in range(FIRST_NAMES):
            self._add_name()
        column.addLayout(self._grid)
        card = Card(self, margin=6, spacing=0)
        self.list = RowList(appearance, tr("Quotes"), card)
        self.list.setMinimumHeight(260)
        card.body.addWidget(self.list)
        column.addWidget(card, 1)
        column.addWidget(KeyHint(tr("1–9 gives · 0 leaves · Ctrl+Enter splits · Esc leaves"), self, wrap=True))
        self._fill()
        # The list takes Enter for itself, with Ctrl too.
        add_shortcuts(self, (("Ctrl+Return", self.split), ("Ctrl+Enter", self.split)))

    def _add_name(self) -> None:
        at = len(self.names)
        field = QLineEdit(self)
        field.setAccessibleName(tr("Name of the new code {number}", number=at + 1))
        field.textChanged.connect(self._named)
        field.returnPressed.connect(self._next_field)
        self.names.append(field)
        self._grid.addWidget(FaintLabel(str(at + 1), self), at // 3, at % 3 * 2)
        self._grid.addWidget(field, at // 3, at % 3 * 2 + 1)

    def _named(self) -> None:
        if len(self.names) < MOST_NAMES and all(field.text().strip() for field in self.names):
            self._add_name()
        self._fill()

    def _next_field(self) -> None:
        empty = next((field for field in self.names if not field.text().strip()), None)
        if empty is None or not any(field.text().strip() for field in self.names) or self.sender() is empty:
            self.list.setFocus()
            if not self.list.current_id():
                self.list.choose_first()
        else:
            empty.setFocus()

    def focus_first(self) -> None:
        self.names[0].setFocus()

    # --- giving ------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.list.set_rows([self._row(quote) for quote in self._quotes])
        given = sum(bool(self._name(number)) for number in self._choice.values())
        self.split_button.setEnabled(given > 0)
        self.split_button.setText(
            count_text(given, "Give {number} quote away", "Give {number} quotes away") if given else tr("Split")
        )

    def _row(self, quote: Quote) -> Row:
        words = " ".join(quote.text.split())
        if len(words) > LONGEST_QUOTE:
            words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        said = " · ".join(part for part in (quote.document, quote.speaker, quote.coding.coder) if part)
        number = self._choice.get(quote.coding.id, 0)
        name = self._name(number)
        return Row(quote.coding.id, words, said, f"{number} {name}" if name else "")

    def _name(self, number: int) -> str:
        return " ".join(self.names[number - 1].text().split()) if 0 < number <= len(self.names) else ""

    def give(self, number: int) -> None:
        """Gives the chosen quote to the new code of that number (0: it stays) and goes on to the next."""
        coding = self.list.current_id()
        if not coding or (number and not self._name(number)):
            return
        self._choice[coding] = number
        self._fill()
        rows = [row.id for row in self.list.rows()]
        following = rows.index(coding) + 1
        if following < len(rows):
            self.list.choose(rows[following])

    @property
    def begun(self) -> bool:
        """Whether quotes were given out that are not split yet."""
        return bool(self._choice)

    def split(self) -> None:
        choice = {coding: self._name(number) for coding, number in self._choice.items() if self._name(number)}
        names = list(dict.fromkeys(name for field in self.names if (name := " ".join(field.text().split()))))
        if choice:
            self.split_wanted.emit(names, choice)

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self.list.hasFocus() and event.text() in tuple("0123456789"):
            self.give(int(event.text()))
        else:
            super().keyPressEvent(event)
