"""Chips: small removable words, such as the field parts of a query or an entry's tags."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.flow import FlowLayout


class Chip(QFrame):
    """One chip. ``clicked`` on click or Enter; ``removed`` on its cross, Delete or Backspace, where removable."""

    clicked = Signal()
    removed = Signal()

    def __init__(
        self, appearance: Appearance, text: str, parent: QWidget | None = None, *, removable: bool = True
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.text = text
        self._removable = removable
        self.setFixedHeight(26)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 5 if removable else 11, 0)
        row.setSpacing(2)
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(label)
        if removable:
            cross = IconButton(appearance, "close", tr("Remove {text}", text=text), self, role="accent", size=14)
            cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cross.setFixedSize(QSize(18, 18))
            cross.clicked.connect(self.removed)
            row.addWidget(cross)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        elif self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ChipRow(QWidget):
    """Chips that wrap. ``chip_clicked(int)`` and ``chip_removed(int)`` give the position in the row."""

    chip_clicked = Signal(int)
    chip_removed = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, removable: bool = True) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._removable = removable
        self._flow = FlowLayout(self, spacing=8)
        self._texts: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        return self._texts

    def set_texts(self, texts: Sequence[str]) -> None:
        """Shows these chips; the row hides itself when there are none."""
        if tuple(texts) == self._texts:
            return
        self._texts = tuple(texts)
        while (item := self._flow.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for at, text in enumerate(self._texts):
            chip = Chip(self._appearance, text, self, removable=self._removable)
            chip.clicked.connect(lambda at=at: self.chip_clicked.emit(at))
            chip.removed.connect(lambda at=at: self.chip_removed.emit(at))
            self._flow.addWidget(chip)
        self.setVisible(bool(self._texts))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All chips in one row, where there is room for it."""
        hints = [item.sizeHint() for at in range(self._flow.count()) if (item := self._flow.itemAt(at))]
        width = sum(hint.width() for hint in hints) + self._flow.spacing() * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))
