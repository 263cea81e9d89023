"""The line over a text that is being corrected."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, SPACE_XL
from desktop_app.ui.widgets import MutedLabel, StrongLabel


class CorrectingHint(QFrame):
    """Says that typing changes the text, and what becomes of the codings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("level", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_XL, SPACE_M, SPACE_XL, SPACE_M)
        row.setSpacing(SPACE_M)
        row.addWidget(StrongLabel(tr("Correcting the text"), self))
        row.addWidget(MutedLabel(tr("Codings stay with their words."), self))
        row.addStretch()
        self.hide()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(0, SPACE_M)

    def place(self, room: QRect) -> None:
        """Lies along the upper edge of what it is given."""
        self.setGeometry(room.left(), room.top(), room.width(), self.sizeHint().height() - SPACE_M)
