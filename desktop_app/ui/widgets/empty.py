"""Empty places say what goes there and offer the first step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import PrimaryButton
from desktop_app.ui.widgets.cards import TerrainDrawing
from desktop_app.ui.widgets.labels import MutedLabel, StrongLabel

WIDTH = 380
"""Of the words."""


class EmptyState(QWidget):
    """A drawing, a heading, a sentence and, where given, one button. ``step_requested`` when it is pressed."""

    step_requested = Signal()

    def __init__(
        self,
        appearance: Appearance,
        heading: str,
        sentence: str,
        step: str = "",
        parent: QWidget | None = None,
        *,
        perspective: str = "random-events",
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(TerrainDrawing(appearance, perspective, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self.heading = StrongLabel(heading, self, wrap=True)
        self.sentence = MutedLabel(sentence, self, wrap=True)
        for label in (self.heading, self.sentence):
            label.setFixedWidth(WIDTH)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(label)
            row.addStretch()
            column.addLayout(row)
        self.button = PrimaryButton(step, self)
        self.button.setVisible(bool(step))
        self.button.clicked.connect(self.step_requested)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._column = column
        self.setAccessibleName(f"{heading} {sentence}")

    def add_row(self, row: QHBoxLayout) -> None:
        """Further steps, below the first one."""
        self._column.insertSpacing(self._column.count() - 1, 8)
        self._column.insertLayout(self._column.count() - 1, row)

    def set_texts(self, heading: str, sentence: str, step: str = "") -> None:
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.button.setText(step)
        self.button.setVisible(bool(step))
        self.setAccessibleName(f"{heading} {sentence}")
