"""Small widgets of the reader's page: a line of links that follows the theme, the thumbnail of an image."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui.theme import Appearance

THUMBNAIL = QSize(176, 116)


class WordLinks(QLabel):
    """A line of links. A QLabel gives them the theme's colour only while it reads its text, so it reads it again."""

    def __init__(self, appearance: Appearance, links: str, parent: QWidget | None = None) -> None:
        super().__init__(links, parent)
        self._links = links
        appearance.changed.connect(self._read_again)

    def _read_again(self) -> None:
        self.clear()
        self.setText(self._links)


class Thumbnail(QLabel):
    """An image, small; ``clicked`` by pointer, Enter or Space."""

    clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(THUMBNAIL)

    def show_image(self, data: bytes) -> None:
        """Shows the image in these bytes; anything else leaves the place empty."""
        image = QImage.fromData(data)
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = THUMBNAIL * ratio
        small = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(small)
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)
        self.setFixedSize(pixmap.deviceIndependentSize().toSize())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
