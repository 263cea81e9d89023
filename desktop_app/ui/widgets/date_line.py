"""A line for a date as people type it, which says what it understood."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.time import describe, parse_when
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import Operations, ReadOp
from desktop_app.ui.widgets.labels import MutedLabel

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

SETTLE_MILLISECONDS = 150


class DateLine(QWidget):
    """``understood(str)`` what was typed, once it is known to be a date (or empty); ``confirmed()`` Enter."""

    understood = Signal(str)
    confirmed = Signal()

    def __init__(self, operations: Operations, name: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations = operations
        self._key = f"date:{id(self)}"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(150)
        self.telling = MutedLabel("", self)
        row.addWidget(self.line, 3)
        row.addWidget(self.telling, 2)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._ask)
        self.line.textChanged.connect(lambda _: self._settle.start())
        self.line.returnPressed.connect(self._confirm)

    def text(self) -> str:
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Puts a date there; the answer comes as if it had been typed and settled."""
        self.line.setText(text)
        self._settle.stop()
        self._ask()

    def clear_quietly(self) -> None:
        """Empties the line; nothing is told."""
        self.line.clear()
        self._settle.stop()
        self._say("")

    def _confirm(self) -> None:
        if self._settle.isActive():
            self._settle.stop()
            self._ask()
        self.confirmed.emit()

    def _ask(self) -> None:
        text = self.text()
        if not text:
            self._say("")
            self.understood.emit("")
            return

        def read(_: "Notebook") -> tuple[str, str]:
            return text, describe(parse_when(text, datetime.now()))

        label = tr("Understand a date")
        self._operations.submit(ReadOp(label, read, self._tell, self._refuse, key=self._key))

    def _tell(self, answer: tuple[str, str]) -> None:
        text, words = answer
        if text == self.text():
            self._say(words)
            self.understood.emit(text)

    def _refuse(self, error: KnownError) -> None:
        self._say(error_sentence(error), problem=True)

    def _say(self, words: str, *, problem: bool = False) -> None:
        self.telling.setText(words)
        self.telling.setProperty("role", "error" if problem else "muted")
        self.telling.style().unpolish(self.telling)
        self.telling.style().polish(self.telling)

    def hideEvent(self, event: QHideEvent) -> None:
        self._settle.stop()
        super().hideEvent(event)
