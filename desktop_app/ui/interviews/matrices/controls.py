"""What stands across, how it is counted, and of what: the line of choices above the grid."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget

from desktop_app.model.coding import CodingFilter
from desktop_app.model.matrices import Measure, Relation
from desktop_app.model.metrics import Grain
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.matrices.asking import (
    CODES,
    GRAINS,
    TIME,
    Asked,
    Laid,
    across_choices,
    grain_words,
    measure_words,
    relation_words,
)
from desktop_app.ui.widgets import FlowLayout


class Controls(QWidget):
    """``changed()`` when another matrix is asked for; ``shown_changed()`` when the same is to be shown otherwise."""

    changed = Signal()
    shown_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.across = self._choice(tr("What stands across"), across_choices(()))
        self.relation = self._choice(tr("When codes come together"), [(one, relation_words(one)) for one in Relation])
        self.distance = QSpinBox(self)
        self.measure = self._choice(tr("What is counted"), [(one, measure_words(one)) for one in Measure])
        self.grain = self._choice(tr("Periods"), [(one, grain_words(one)) for one in GRAINS])
        self.series = self._choice(tr("Metric beside it"), [("", tr("no metric beside it"))])
        self.filled = QCheckBox(tr("hide what is empty"), self)
        self._build()
        self._show_fitting()

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.setMaximumWidth(280)
        for value, words in choices:
            made.addItem(words, str(value))
        return made

    def _build(self) -> None:
        flow = FlowLayout(self, spacing=8)
        self.distance.setRange(0, 100_000)
        self.distance.setValue(200)
        self.distance.setSingleStep(50)
        self.distance.setKeyboardTracking(False)
        self.distance.setPrefix(tr("within") + " ")
        self.distance.setSuffix(" " + tr("characters"))
        self.distance.setAccessibleName(tr("How many characters may lie between"))
        self.grain.setCurrentIndex(GRAINS.index(Grain.MONTH))
        self.filled.setChecked(True)
        for widget in (
            self.across, self.relation, self.distance, self.measure, self.grain, self.series, self.filled,
        ):  # fmt: skip
            flow.addWidget(widget)
        for choice in (self.across, self.relation, self.measure, self.grain, self.series):
            choice.currentIndexChanged.connect(self._chosen)
        self.distance.valueChanged.connect(lambda _: self.changed.emit())
        self.filled.toggled.connect(lambda _: self.shown_changed.emit())

    def _chosen(self) -> None:
        self._show_fitting()
        self.changed.emit()

    def _show_fitting(self) -> None:
        across = self.across.currentData()
        self.relation.setVisible(across == CODES)
        self.distance.setVisible(across == CODES and self.relation.currentData() == Relation.NEAR)
        self.measure.setVisible(across != TIME)
        self.grain.setVisible(across == TIME)
        self.series.setVisible(across == TIME and self.series.count() > 1)

    def asked(self, wanted: CodingFilter) -> Asked:
        return Asked(
            across=self.across.currentData(),
            relation=Relation(self.relation.currentData()),
            distance=self.distance.value(),
            measure=Measure(self.measure.currentData()),
            grain=Grain(self.grain.currentData()),
            series=self.series.currentData() or "",
            wanted=wanted,
        )

    def show_choices(self, laid: Laid) -> None:
        """Attributes and series as they are now; what was chosen stays so where it is still there."""
        _refill(self.across, across_choices(laid.variables))
        series = [(one.id, f"{one.label} · {one.source}") for one in laid.series]
        _refill(self.series, [("", tr("no metric beside it")), *series])
        self._show_fitting()


def _refill(choice: QComboBox, wanted: Sequence[tuple[str, str]]) -> None:
    if [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())] == list(wanted):
        return
    kept = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    for value, words in wanted:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(choice.findData(kept), 0))
    choice.blockSignals(False)
