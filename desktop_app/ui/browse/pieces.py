"""Small widgets of the reader's page: links that shorten themselves or follow the theme, the thumbnail of an image."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import LinkButton

THUMBNAIL = QSize(176, 116)


class SmallLink(LinkButton):
    """A quiet link in small type that is cut with an ellipsis where there is no room; the tooltip says all of it."""

    def __init__(self, appearance: Appearance, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = QFont(self.font())
        font.setPixelSize(appearance.sizes.small)
        self.setFont(font)
        self._whole = text
        self._wanted = super().sizeHint()
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, self._wanted.width()), self._wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        missing = self._wanted.width() - self.width()
        room = self.fontMetrics().horizontalAdvance(self._whole) - missing
        whole = missing <= 0
        shown = self._whole if whole else self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


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
