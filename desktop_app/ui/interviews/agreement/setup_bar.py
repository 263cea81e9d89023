"""What is compared: which coders, in which unit, and which codes and documents."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktop_app.model.agreement import Unit
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.agreement.explained import unit_words
from desktop_app.ui.interviews.agreement.reads import Setup, Standing
from desktop_app.ui.interviews.quotes.filter_bar import FilterBar
from desktop_app.ui.interviews.quotes.filtering import Kind, Part
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import FlowLayout, MutedLabel

LEAST_OVERLAP, MOST_OVERLAP = 50, 100
"""Percent of their union that two segments must share."""


class SetupBar(QWidget):
    """``changed()`` when something else is to be compared."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = FilterBar(
            appearance, tr("All codes and documents; name some to compare only these"), self,
            kinds=(Kind.CODE, Kind.DOCUMENT),
        )  # fmt: skip
        self.unit = QComboBox(self)
        self.overlap = QSpinBox(self)
        self._people = QWidget(self)
        self._flow = FlowLayout(self._people, spacing=12)
        self.boxes: dict[str, QCheckBox] = {}
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        for unit in Unit:
            self.unit.addItem(tr("by {unit}", unit=unit_words(unit)), unit)
        self.unit.setAccessibleName(tr("Unit of comparison"))
        self.unit.setToolTip(tr("What is compared: other units give other figures, by design"))
        self.overlap.setRange(LEAST_OVERLAP, MOST_OVERLAP)
        self.overlap.setValue(90)
        self.overlap.setSuffix(" %")
        self.overlap.setPrefix(tr("overlap") + " ")
        self.overlap.setKeyboardTracking(False)
        self.overlap.setAccessibleName(tr("How much two segments must share to be one"))
        self.overlap.setToolTip(self.overlap.accessibleName())
        self.overlap.hide()
        self.bar.row.addWidget(self.unit)
        self.bar.row.addWidget(self.overlap)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._label = MutedLabel(tr("Coders"), self)
        row.addWidget(self._label)
        row.addWidget(self._people, 1)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.bar.changed.connect(self.changed)
        self.unit.currentIndexChanged.connect(self._unit_chosen)
        self.overlap.valueChanged.connect(lambda _: self.changed.emit())

    def _unit_chosen(self) -> None:
        self.show_units(shown=True)
        self.changed.emit()

    def show_units(self, *, shown: bool) -> None:
        """The unit belongs to the figures alone: places where coders differ are the same in all of them."""
        self.unit.setVisible(shown)
        self.overlap.setVisible(shown and self.unit.currentData() == Unit.SEGMENT)

    def show_choices(self, standing: Standing) -> bool:
        """Who can be compared, ticked as before; returns whether something that was asked for is gone."""
        if list(self.boxes) != list(standing.coders):
            self._make_boxes(standing.coders, standing.choices.author)
        return self.bar.set_choices(standing.choices)

    def _make_boxes(self, coders: Sequence[str], author: str) -> None:
        unticked = {name for name, box in self.boxes.items() if not box.isChecked()}
        while (item := self._flow.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.boxes.clear()
        for name in coders:
            box = QCheckBox(tr("you") if name == author else name.replace("&", "&&"), self._people)
            box.setChecked(name not in unticked)
            box.toggled.connect(lambda _: self.changed.emit())
            self.boxes[name] = box
            self._flow.addWidget(box)
        self._people.updateGeometry()

    def setup(self) -> Setup:
        ticked = tuple(name for name, box in self.boxes.items() if box.isChecked())
        parts = self.bar.parts()
        return Setup(
            # Everybody is said by naming nobody, so that a coder who comes later is compared too.
            coders=None if len(ticked) == len(self.boxes) else ticked,
            unit=Unit(self.unit.currentData()),  # Qt gives back a plain text
            overlap=self.overlap.value() / 100,
            codes=_values(parts, Kind.CODE),
            documents=_values(parts, Kind.DOCUMENT),
        )

    def show_document(self, document: str) -> None:
        """Only this document, or all of them where none is named; its title comes with the next reading."""
        kept = [part for part in self.bar.parts() if part.kind != Kind.DOCUMENT]
        self.bar.ask_for([*kept, *([Part(Kind.DOCUMENT, document, "")] if document else [])])


def _values(parts: Sequence[Part], kind: Kind) -> tuple[str, ...]:
    return tuple(part.value for part in parts if part.kind == kind)
