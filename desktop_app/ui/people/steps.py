"""The steps of somebody's way as lines that can be opened and taken back, and the line that adds one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.people import Stage, StageStep
from desktop_app.model.time import BadDate, describe
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import DateLine, FaintLabel, IconButton, LinkButton, MutedLabel, PrimaryButton, StrongLabel

MOST_ENTRIES = 60


class ElidedLink(LinkButton):
    """A link of one line that is cut where it does not fit."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._whole) + 14, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.width() - 14, 20)
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class StepLines(QWidget):
    """``entry_requested(str)``, ``remove_requested(int)`` the step's position, ``entry_hovered(str)``."""

    entry_requested = Signal(str)
    remove_requested = Signal(int)
    entry_hovered = Signal(str)

    def __init__(
        self, appearance: Appearance, steps: Sequence[StageStep], headings: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.links: list[ElidedLink] = []
        self.crosses: list[IconButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for row, (number, step) in enumerate(reversed(tuple(enumerate(steps)))):
            grid.addWidget(MutedLabel(_when(step.date), self), row, 0)
            grid.addWidget(StrongLabel(tr(step.stage), self), row, 1)
            if step.entry and step.entry in headings:
                link = ElidedLink(headings[step.entry], self)
                link.clicked.connect(lambda _=False, item=step.entry: self.entry_requested.emit(item))
                link.installEventFilter(self)
                link.setProperty("entry", step.entry)
                grid.addWidget(link, row, 2)
                self.links.append(link)
            cross = IconButton(appearance, "close", tr("Take back “{stage}”", stage=tr(step.stage)), self, size=14)
            cross.clicked.connect(lambda _=False, number=number: self.remove_requested.emit(number))
            grid.addWidget(cross, row, 3)
            self.crosses.append(cross)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.entry_hovered.emit(str(watched.property("entry")))
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.entry_hovered.emit("")
        return False


class StepMaker(QWidget):
    """Adds a step in place. ``made(StageStep)`` with the date as typed; ``left()`` Esc."""

    made = Signal(object)
    left = Signal()

    def __init__(self, operations: Operations, stage: str, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        self.stage = QComboBox(self)
        for one in Stage:
            self.stage.addItem(tr(one), str(one))
        self.stage.setCurrentIndex(_following(stage))
        self.stage.setMinimumWidth(160)
        self.when = DateLine(operations, tr("When"), tr("today, last March, 2025~"), self)
        self.entry = QComboBox(self)
        self.entry.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.entry.addItem(tr("no entry"), "")
        for entry in entries[:MOST_ENTRIES]:
            self.entry.addItem(f"{_when(entry.fields.occurred)} · {entry.heading}".strip(" ·"), entry.id)
        named = (("Reached", self.stage), ("When", self.when), ("Shown by", self.entry))
        for at, (name, widget) in enumerate(named):
            grid.addWidget(FaintLabel(tr(name), self), at, 0)
            grid.addWidget(widget, at, 1, Qt.AlignmentFlag.AlignLeft if widget is self.stage else Qt.AlignmentFlag(0))
            if widget is not self.when:
                widget.setAccessibleName(tr(name))
        row = QHBoxLayout()
        row.addStretch()
        leave = LinkButton(tr("Leave it"), self)
        leave.clicked.connect(self.left)
        self.add_button = PrimaryButton(tr("Add step"), self)
        self.add_button.clicked.connect(self._make)
        row.addWidget(leave)
        row.addWidget(self.add_button)
        grid.addLayout(row, len(named), 1)
        self.when.confirmed.connect(self._make)

    def focus_first(self) -> None:
        self.stage.setFocus()

    def _make(self) -> None:
        entry = str(self.entry.currentData() or "")
        self.made.emit(StageStep(str(self.stage.currentData()), self.when.text(), entry or None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
        else:
            super().keyPressEvent(event)


def _following(stage: str) -> int:
    """The stage that most often comes next; any other can be chosen."""
    names = [str(one) for one in Stage]
    return min(names.index(stage) + 1, len(names) - 1) if stage in names else 1


def _when(date: str) -> str:
    try:
        return describe(date) if date else ""
    except BadDate:
        return date
