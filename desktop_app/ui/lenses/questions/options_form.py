"""The options of a question, typed in rows: a name, what it brings in, what it takes. The last row is an empty one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.metrics import Series
from desktop_app.model.questions import Amount, Option
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.lenses.questions.forms import Sheet
from desktop_app.ui.lenses.questions.telling import amount_words
from desktop_app.ui.lenses.totals.options_form import amount_text
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import SPACE_S, Appearance
from desktop_app.ui.widgets import CompletionPopup, IconButton, MutedLabel, Offer

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

NEW = -1
MOST_OFFERS = 8
BUTTONS = (
    ("chevron-up", "Move it up", "Alt+Up", -1),
    ("chevron-down", "Move it down", "Alt+Down", 1),
    ("close", "Remove it", "Alt+Del", 0),
)
"""Icon, words, keys and how many places further down it goes; 0: it goes."""
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Delete: 0}

Given = tuple[str, Amount | str | None, Amount | str | None]
"""A name, what it brings in and what it takes: an amount that stands already, or the words of one."""


def take(notebook: "Notebook", given: Sequence[Given]) -> list[Option]:
    """The options that were given, their words understood; raises what :meth:`TotalsLens.amount` raises."""

    def amount(one: Amount | str | None) -> Amount | None:
        return notebook.totals.amount(one) if isinstance(one, str) else one

    return [Option(name, amount(gained), amount(spent)) for name, gained, spent in given]


class OptionsForm(Sheet):
    """``saved(list)`` with the rows as :data:`Given`; :func:`take` makes options of them."""

    saved = Signal(list)
    hint_words = "Alt+Up and Alt+Down move an option · Alt+Del removes it · Ctrl+Enter saves · Esc leaves"

    def __init__(
        self,
        appearance: Appearance,
        operations: Operations,
        options: Sequence[Option],
        series: Sequence[Series],
        parent: QWidget,
    ) -> None:
        super().__init__(appearance, tr("Options"), parent)
        self._appearance, self._operations = appearance, operations
        self._options = tuple(options)
        self.names = _names(series)
        hint = tr(
            "Gained and spent are each a number with its unit, or the total of a series over a stretch of time, "
            "taken as it stands: “1200 EUR”, “{example}”",
            example=f"{next(iter(self.names.values()), tr('Revenue'))}: 2026-Q1",
        )
        self.column.addWidget(MutedLabel(hint, self, wrap=True))
        self.rows: list[OptionRow] = []
        self._place = QVBoxLayout()
        self._place.setSpacing(SPACE_S)
        self.column.addLayout(self._place)
        self._set_rows([(at, *self.texts(at)) for at in range(len(options))])
        self.add_foot()
        self.column.addStretch(1)

    def typed_for(self, text: str) -> str:
        """What is typed, with the id of a series in the place of its name: a name with a colon is still that name."""
        for item, name in sorted(self.names.items(), key=lambda one: -len(one[1])):
            if text.casefold().startswith(f"{name.casefold()}:"):
                return f"{item}:{text[len(name) + 1 :]}"
        return text

    def texts(self, at: int) -> tuple[str, str, str]:
        """An option that stands, as it would be typed."""
        if not 0 <= at < len(self._options):
            return "", "", ""
        option = self._options[at]
        return option.name, amount_text(option.gained, self.names), amount_text(option.spent, self.names)

    def stands(self, at: int, text: str, *, gained: bool) -> Amount | None:
        """The amount that stands in an option, where these are still its words."""
        if not 0 <= at < len(self._options):
            return None
        amount = self._options[at].gained if gained else self._options[at].spent
        return amount if amount is not None and text == amount_text(amount, self.names) else None

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _set_rows(self, rows: Sequence[tuple[int, str, str, str]]) -> None:
        for row in self.rows:
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for was, *texts in rows:
            self._add_row(was, texts)
        self._add_row(NEW, ("", "", ""))

    def _add_row(self, was: int, texts: Sequence[str]) -> None:
        row = OptionRow(self._appearance, self._operations, self, was, texts)
        self.rows.append(row)
        self._place.addWidget(row)
        row.show_buttons(was != NEW or any(texts))
        row.changed.connect(self._changed)
        for button, (_, _, _, step) in zip(row.buttons, BUTTONS, strict=True):
            button.clicked.connect(lambda _=False, row=row, step=step: self._press(row, step))

    def _press(self, row: "OptionRow", step: int) -> None:
        row.lines[0].setFocus()
        self._do(step)

    def _do(self, step: int) -> None:
        if step:
            self.move_by(step)
        else:
            self.remove()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._do(step)
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        if any(self.rows[-1].texts()):
            self.rows[-1].show_buttons(True)
            self._add_row(NEW, ("", "", ""))
        self.keep_soon()

    def _current(self) -> int:
        return next((at for at, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget())), -1)

    def move_by(self, step: int) -> None:
        """Moves the option that is typed in; the empty row stays last."""
        at = self._current()
        last = len(self.rows) - 2
        if 0 <= at <= last and 0 <= at + step <= last:
            row = self.rows.pop(at)
            self.rows.insert(at + step, row)
            self._place.removeWidget(row)
            self._place.insertWidget(at + step, row)
            for before, after in zip(self.rows, self.rows[1:], strict=False):
                QWidget.setTabOrder(before.lines[-1], after.lines[0])
            self.keep_soon()

    def remove(self) -> None:
        """Takes away the option that is typed in; it is gone when the options are saved."""
        at = self._current()
        if 0 <= at < len(self.rows) - 1:
            row = self.rows.pop(at)
            self.rows[at].lines[0].setFocus()
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
            self.keep_soon()

    # --- what is typed ------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        return {"rows": [[row.was, *row.texts()] for row in self.rows if any(row.texts())]}

    def put(self, values: Mapping[str, Any]) -> None:
        if "rows" in values:
            self._set_rows(
                [(int(was), str(name), str(gained), str(spent)) for was, name, gained, spent in values["rows"]]
            )

    def focus_first(self) -> None:
        self.rows[0].lines[0].setFocus()

    def save(self) -> None:
        if not self.is_taken():
            self.saved.emit([row.given() for row in self.rows if any(row.texts())])


class OptionRow(QWidget):
    """``changed()`` when something was typed. ``was`` is the place of the option that it shows, or NEW."""

    changed = Signal()

    def __init__(
        self, appearance: Appearance, operations: Operations, form: OptionsForm, was: int, texts: Sequence[str]
    ) -> None:
        super().__init__(form)
        self._operations, self._form, self.was = operations, form, was
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        top = QHBoxLayout()
        top.setSpacing(SPACE_S)
        column.addLayout(top)
        self.lines: list[QLineEdit] = []
        self.popups: list[CompletionPopup] = []
        names = (tr("Name of the option"), tr("What it brings in"), tr("What it takes"))
        hints = (tr("name"), tr("gained"), tr("spent"))
        for at, (name, hint, text) in enumerate(zip(names, hints, texts, strict=True)):
            line = QLineEdit(text, self)
            line.setPlaceholderText(hint)
            line.setAccessibleName(name)
            line.setToolTip(name)
            line.setCursorPosition(0)
            line.textChanged.connect(self.changed)
            line.editingFinished.connect(self.tell)
            if at:
                self._complete(appearance, line)
            top.addWidget(line, 1)
            self.lines.append(line)
        self.buttons = [
            IconButton(appearance, icon, tr(words), self, shortcut=key, size=16) for icon, words, key, _ in BUTTONS
        ]
        for button in self.buttons:
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            top.addWidget(button)
        self.telling = MutedLabel("", self, wrap=True)
        column.addWidget(self.telling)
        self._told: tuple[str, ...] = ("", "")
        self.telling.hide()
        self.tell()

    def show_buttons(self, shown: bool) -> None:
        for button in self.buttons:
            button.setVisible(shown)

    def texts(self) -> tuple[str, str, str]:
        name, gained, spent = (line.text().strip() for line in self.lines)
        return name, gained, spent

    def given(self) -> Given:
        name, gained, spent = self.texts()
        stands = self._form.stands
        return (
            name,
            stands(self.was, gained, gained=True) or self._form.typed_for(gained),
            stands(self.was, spent, gained=False) or self._form.typed_for(spent),
        )

    # --- series -------------------------------------------------------------------------------------------------------

    def _complete(self, appearance: Appearance, line: QLineEdit) -> None:
        """Offers the names of series, as far as no stretch stands behind one yet."""

        def offer(text: str, position: int) -> None:
            typed = text.casefold().strip()
            fits = [name for name in self._form.names.values() if typed and typed in name.casefold()]
            popup.offer([Offer(f"{name}: ", 0, len(text), label=name) for name in fits[:MOST_OFFERS]], text, position)

        popup = CompletionPopup(appearance, line, preselect=False)
        popup.wanted.connect(offer)
        self.popups.append(popup)

    def tell(self) -> None:
        """Says what the stretches come to, or which words are no amount."""
        for line in self.lines:
            if not line.hasFocus():
                line.setCursorPosition(0)
        given = self.given()[1:]
        told = self.texts()[1:]
        if told == self._told:
            return
        self._told = told

        def read(notebook: "Notebook") -> list[Amount | KnownError | None]:
            return [_understood(notebook, one) for one in given]

        self._operations.read(tr("Understand amounts"), read, self._tell, key=f"lenses.questions.option:{id(self)}")

    def _tell(self, amounts: Sequence[Amount | KnownError | None]) -> None:
        problems = [error_sentence(one) for one in amounts if isinstance(one, KnownError)]
        names = self._form.names
        totals = [
            amount_words(one, names.get(one.series, one.series))
            for one in amounts
            if isinstance(one, Amount) and one.series
        ]
        words = problems or totals
        self.telling.setText(" · ".join(words))
        self.telling.setProperty("role", "error" if problems else "muted")
        self.telling.style().unpolish(self.telling)
        self.telling.style().polish(self.telling)
        self.telling.setVisible(bool(words))


def _understood(notebook: "Notebook", given: Amount | str | None) -> Amount | KnownError | None:
    try:
        return notebook.totals.amount(given) if isinstance(given, str) else given
    except KnownError as error:
        return error


def _names(series: Sequence[Series]) -> dict[str, str]:
    """By id, what each is called where it is typed: by its label where no other has it, else by its id."""
    count = Counter(one.label.casefold() for one in series)
    return {one.id: one.label if count[one.label.casefold()] == 1 else one.id for one in series}
