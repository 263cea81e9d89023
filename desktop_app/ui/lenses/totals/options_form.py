"""Options of a decision, typed in rows: a name, what it brings in, what it takes. The last row is an empty one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_app.model.questions import Amount, Option
from desktop_app.model.samples import days, iso
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import FaintLabel

Typed = tuple[str, str, str]
MOST = 8
"""Options that are compared at once."""


class OptionsForm(QWidget):
    """``changed()`` when a line was left with other words than before."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[tuple[QLineEdit, QLineEdit, QLineEdit]] = []
        self._said: tuple[Typed, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        for column, words in enumerate((tr("Option"), tr("Gained"), tr("Spent"))):
            self._grid.addWidget(FaintLabel(words, self), 0, column)
        self.show_typed(())

    def typed(self) -> tuple[Typed, ...]:
        """What stands in the rows that have a name or an amount."""
        rows = (
            (name.text().strip(), gained.text().strip(), spent.text().strip()) for name, gained, spent in self.lines
        )
        return tuple(row for row in rows if any(row))

    def show_typed(self, rows: Sequence[Typed]) -> None:
        for at in range(max(len(rows) + 1, 2)):
            if at >= len(self.lines):
                self._add_row()
        for at, line in enumerate(self.lines):
            texts = rows[at] if at < len(rows) else ("", "", "")
            for field, text in zip(line, texts, strict=True):
                field.setText(text)
        self._said = self.typed()

    def _add_row(self) -> None:
        if len(self.lines) >= MOST:
            return
        hints = (tr("name"), tr("1200 EUR, or Revenue:2026-01/2026-03"), tr("1200 EUR"))
        names = (tr("Name of the option"), tr("What it brings in"), tr("What it takes"))
        fields = []
        for column, (hint, name) in enumerate(zip(hints, names, strict=True)):
            field = QLineEdit(self)
            field.setPlaceholderText(hint)
            field.setAccessibleName(name)
            field.editingFinished.connect(self._left)
            self._grid.addWidget(field, len(self.lines) + 1, column)
            fields.append(field)
        self.lines.append((fields[0], fields[1], fields[2]))

    def _left(self) -> None:
        if self.typed() == self._said:
            return
        self._said = self.typed()
        if any(field.text().strip() for field in self.lines[-1]):
            self._add_row()
        self.changed.emit()


def typed_of(option: Option, names: Mapping[str, str] | None = None) -> Typed:
    """An option as it would be typed; ``names`` as for :func:`amount_text`."""
    return option.name, amount_text(option.gained, names), amount_text(option.spent, names)


def amount_text(amount: Amount | None, names: Mapping[str, str] | None = None) -> str:
    """An amount as it would be typed; a series by what it is called in ``names`` by id, else by its id."""
    if amount is None:
        return ""
    if amount.series:
        return f"{(names or {}).get(amount.series, amount.series)}: {amount.start[:10]}/{_last_day(amount.end)}"
    if amount.value is None:
        return ""
    return f"{amount.value:.15g} {amount.unit}".strip()


def _last_day(end: str) -> str:
    """The last day of a stretch that ends before ``end``, as people type it; what is no date, as it is."""
    try:
        return iso(days(end) - 1)[:10]
    except ValueError:
        return end
