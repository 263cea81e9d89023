"""The head of a preview: whose copy it is, the six counts as a row that filters, and what is to be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.exchange import Outcome
from desktop_app.ui.exchange.incoming.bringing import Looked
from desktop_app.ui.exchange.telling import OUTCOMES, left_out_words, manifest_words, outcome_words
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import ElidedLabel, FlowLayout, MutedLabel, PrimaryButton, add_buttons

MOST_LEFT_OUT = 4


class PreviewHead(QWidget):
    """``filtered(Outcome | None)``, ``merge_requested()``, ``leave_requested()``."""

    filtered = Signal(object)
    merge_requested = Signal()
    leave_requested = Signal()

    def __init__(self, appearance: Appearance, looked: Looked, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.looked = appearance, looked
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_verbs(place)
        manifest = looked.report.manifest
        self._column.addWidget(MutedLabel(manifest_words(manifest), self, wrap=True))
        for one in (manifest.left_out if manifest else ())[:MOST_LEFT_OUT]:
            self._column.addWidget(MutedLabel(tr("Left out: {what}.", what=left_out_words(one)), self, wrap=True))
        self._build_counts()
        self._build_warnings()

    def _build_verbs(self, place: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        title = ElidedLabel(self.looked.path.name, self, role="title")
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(title, 1)
        self.place = MutedLabel(place, self)
        row.addWidget(self.place)
        changes = self.looked.report.changes_something
        self.merge_button = PrimaryButton(tr("Merge") if changes else tr("Nothing to merge"), self)
        self.merge_button.setEnabled(changes)
        self.leave_button = QPushButton(tr("Leave it") if changes else tr("Close"), self)
        add_buttons(row, ((self.merge_button, "Ctrl+Enter"), (self.leave_button, "Esc")))
        self.merge_button.clicked.connect(self.merge_requested)
        self.leave_button.clicked.connect(self.leave_requested)
        self._column.addLayout(row)

    def set_place(self, place: str) -> None:
        """Which of how many files this is."""
        self.place.setText(place)

    def _build_counts(self) -> None:
        """What is counted can be looked at alone; pressed again, all is seen."""
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=8)
        self.counts: dict[Outcome, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        for outcome in Outcome:
            number = self.looked.report.counts[outcome]
            button = QPushButton(f"{number:,}  {outcome_words(outcome)}", holder)
            button.setCheckable(True)
            button.setProperty("role", "count")
            listed = outcome is not Outcome.IDENTICAL and number > 0
            button.setEnabled(listed)
            button.setToolTip(tr(OUTCOMES[outcome][2]))
            button.setAccessibleName(f"{number:,} {tr(OUTCOMES[outcome][1])}")
            button.clicked.connect(lambda checked, outcome=outcome: self._filter(outcome, checked))
            self.counts[outcome] = button
            flow.addWidget(button)
        self._column.addWidget(holder)

    def _filter(self, outcome: Outcome, checked: bool) -> None:
        for other, button in self.counts.items():
            button.setChecked(checked and other is outcome)
        self.filtered.emit(outcome if checked else None)

    def _build_warnings(self) -> None:
        report = self.looked.report
        told = []
        if report.losses:
            told.append(
                count_text(
                    len(report.losses),
                    "{number} thing is not taken as it came",
                    "{number} things are not taken as they came",
                )
            )
        if report.same_names:
            names = len(report.same_names)
            told.append(count_text(names, "{number} name stands twice then", "{number} names stand twice then"))
        if told:
            words = tr("! {told}: see the beginning of the list.", told=", ".join(told))
            label = MutedLabel(words, self, wrap=True)
            label.setProperty("role", "warning")
            self._column.addWidget(label)
