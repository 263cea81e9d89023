"""Fields to type in."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance

SETTLE_MILLISECONDS = 150


class SearchField(QLineEdit):
    """A line with a magnifier and a cross. ``settled(str)`` a moment after typing ends, at once on Enter.

    Esc clears it; Esc in an empty field goes to the parent.
    """

    settled = Signal(str)

    def __init__(self, appearance: Appearance, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._appearance = appearance
        self._glass = QAction(self)
        self._cross = QAction(tr("Clear"), self)
        self._cross.triggered.connect(self.clear)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MILLISECONDS)
        self._timer.timeout.connect(lambda: self.settled.emit(self.text()))
        self.textChanged.connect(self._text_changed)
        self.returnPressed.connect(self.settle_now)
        appearance.changed.connect(self._draw)
        self._draw()
        self._cross.setVisible(False)

    def settle_now(self) -> None:
        self._timer.stop()
        self.settled.emit(self.text())

    def begin(self) -> None:
        """Takes the focus; what is typed replaces what stands there."""
        self.setFocus()
        self.selectAll()

    def set_problem(self, problem: bool) -> None:
        """Marks the field red, for a query that is not understood."""
        if self.property("problem") != problem:
            self.setProperty("problem", problem)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _text_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self._timer.start()

    def _draw(self) -> None:
        self._glass.setIcon(self._appearance.icon("search", size=16))
        self._cross.setIcon(self._appearance.icon("close", size=16))
