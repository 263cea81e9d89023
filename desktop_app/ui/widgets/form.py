"""What every form in place answers to: Ctrl+Enter saves it, Esc leaves it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class Form(QWidget):
    """``left()`` when it is left. Subclasses write :meth:`save` and say by a signal of theirs what is to be saved."""

    left = Signal()

    def save(self) -> None:
        raise NotImplementedError

    def leave(self) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
