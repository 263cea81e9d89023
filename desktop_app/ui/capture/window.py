"""One small window with the capture box. Esc hides it and keeps what was typed; so does closing it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import Card, ScreenContext
from desktop_app.ui.widgets.capture_box import CaptureBox
from desktop_app.ui.widgets.geometry import remember_geometry, restore_geometry

SURFACE = "capture"
SIZE = (640, 304)
SMALLEST = (440, 220)
LINES = 3


class CaptureWindow(QWidget):
    """Made once and hidden when done. ``entry_saved(str)`` tells the id of what was written."""

    entry_saved = Signal(str)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Write – Terrain"))
        self.setMinimumSize(*SMALLEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        card = Card(self)
        self.box = CaptureBox(context, SURFACE, card, least=LINES, most=0)
        self.box.left.connect(self.hide)
        self.box.entry_saved.connect(self.entry_saved)
        card.body.addWidget(self.box)
        column.addWidget(card)
        restore_geometry(self, SURFACE, SIZE)
        self._room_wanted = QTimer(self)
        self._room_wanted.setSingleShot(True)
        self._room_wanted.setInterval(0)
        self._room_wanted.timeout.connect(self._grow)
        # A filter rather than ``event()``: PySide ends the program when Python fails inside that one while painting.
        self.installEventFilter(self)

    def open_with(self, text: str = "", prompt: str = "") -> None:
        """Shows and raises the window with the focus in the text; ``text`` is added to what is being written.

        ``prompt`` is a question shown above it, such as a perspective's.
        """
        self.show()
        self.raise_()
        self.activateWindow()
        self.box.open_with(text, prompt)

    def save(self) -> None:
        """As Ctrl+Enter does."""
        self.box.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc hides from wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grows where a message, chips or larger text need more room than there is."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._room_wanted.start()
        return False

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        needed = layout.totalMinimumHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), min(needed, self.screen().availableSize().height()))

    def hideEvent(self, event: QHideEvent) -> None:
        remember_geometry(self, SURFACE)
        super().hideEvent(event)
