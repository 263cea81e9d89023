"""What the window shows while there is no notebook: what a notebook is, and three first steps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import MutedLabel, PrimaryButton, TerrainDrawing, TitleLabel


class Welcome(QWidget):
    """Three buttons: the sample, a new notebook, one that is there already."""

    sample_requested = Signal()
    new_requested = Signal()
    open_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(TerrainDrawing(appearance, "random-events", self), 0, Qt.AlignmentFlag.AlignHCenter)
        title = TitleLabel(tr("The map is not the terrain."), self)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        words = MutedLabel(
            tr(
                "A notebook is one file. It holds field notes, customer quotes and random events, and the numbers of "
                "the same weeks beside them. Look at the sample first, or begin your own."
            ),
            self,
            wrap=True,
        )
        words.setFixedWidth(440)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centre = QHBoxLayout()
        centre.addStretch()
        centre.addWidget(words)
        centre.addStretch()
        column.addLayout(centre)
        column.addSpacing(8)
        column.addLayout(self._steps())
        column.addStretch(3)

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sample = PrimaryButton(tr("Open the sample"), self)
        self.new = QPushButton(tr("New notebook…"), self)
        self.open = QPushButton(tr("Open a notebook…"), self)
        self.sample.clicked.connect(self.sample_requested)
        self.new.clicked.connect(self.new_requested)
        self.open.clicked.connect(self.open_requested)
        row.addStretch()
        for button in (self.sample, self.new, self.open):
            row.addWidget(button)
        row.addStretch()
        return row
