"""Completion while typing, driven by the keyboard, for a line or a text editor.

The popup asks with ``wanted(text, position)`` and is answered with :meth:`CompletionPopup.offer`, at once or later:
an answer for a text that has changed in the meantime is ignored. Positions count code points, not Qt's UTF-16 units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap, QTextCursor
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QTextEdit, QVBoxLayout

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance, paint_mark

ROWS = 8
ROW_HEIGHT = 30
WIDTH = 340

Editor = QLineEdit | QPlainTextEdit | QTextEdit


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion: ``text`` replaces the code points ``[start, end)`` of the editor's text.

    ``label`` is shown instead of ``text`` where given, ``note`` beside it, muted; ``perspective`` paints its mark.
    """

    text: str
    start: int
    end: int
    note: str = ""
    label: str = ""
    perspective: str = ""


class CompletionPopup(QFrame):
    """Attach it to an editor by making it. Up and Down choose, Tab or Enter accept, Esc closes, Ctrl+Space asks.

    With ``preselect`` the first offer is accepted by Enter; without (a search field) Enter goes to the editor until
    an offer has been chosen by key, while Tab takes the first.
    """

    wanted = Signal(str, int)
    accepted = Signal(object)

    def __init__(self, appearance: Appearance, editor: Editor, *, preselect: bool = True) -> None:
        super().__init__(editor.window())
        self.setProperty("role", "popup")
        self._appearance = appearance
        self._editor = editor
        self._preselect = preselect
        self._offers: tuple[Offer, ...] = ()
        self._accepting = False
        self._list = QListWidget(self)
        self._list.setProperty("role", "menu")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Completions"))
        self._list.itemClicked.connect(lambda item: self._accept(self._list.row(item)))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._emit_wanted)
        editor.installEventFilter(self)
        editor.textChanged.connect(self._text_changed)
        self.hide()

    # --- offers -----------------------------------------------------------------------------------------------------

    def offer(self, offers: Sequence[Offer], text: str, position: int) -> None:
        """Shows offers made for ``text`` and ``position``; an empty list closes the popup."""
        if (text, position) != self.state():
            return
        self._offers = tuple(offers)
        if not self._offers or not self._editor.hasFocus():
            self.hide()
            return
        self._list.clear()
        for offer in self._offers:
            words = offer.label or offer.text
            item = QListWidgetItem(f"{words}   {offer.note}" if offer.note else words)
            item.setSizeHint(QSize(WIDTH - 32, ROW_HEIGHT))
            if offer.perspective:
                item.setIcon(self._mark(offer.perspective))
            self._list.addItem(item)
        self._list.setCurrentRow(0 if self._preselect else -1)
        self._place()
        self.show()
        self.raise_()

    def offers(self) -> tuple[Offer, ...]:
        """What is being offered; empty when closed."""
        return self._offers if not self.isHidden() else ()

    def state(self) -> tuple[str, int]:
        """The editor's text and the cursor in it, in code points."""
        if isinstance(self._editor, QLineEdit):
            text, position = self._editor.text(), self._editor.cursorPosition()
        else:
            text, position = self._editor.toPlainText(), self._editor.textCursor().position()
        return text, len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "surrogatepass"))

    def ask(self) -> None:
        """Asks for offers now, as Ctrl+Space does."""
        self._emit_wanted()

    def _emit_wanted(self) -> None:
        self.wanted.emit(*self.state())

    def _text_changed(self) -> None:
        if not self._accepting and self._editor.hasFocus():
            self._ask.start()

    # --- keys -------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ask()
            return True
        if self.isHidden() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        row = self._list.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((max(row, -1 if step > 0 else 0) + step) % len(self._offers))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_Tab:
            self._accept(max(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._accept(row)
        else:
            return False
        return True

    def _accept(self, row: int) -> None:
        offer = self._offers[row]
        self.hide()
        self._accepting = True
        try:
            self._replace(offer)
        finally:
            self._accepting = False
        self.accepted.emit(offer)

    def _replace(self, offer: Offer) -> None:
        text, _ = self.state()
        start, end = _utf16(text[: offer.start]), _utf16(text[: offer.end])
        if isinstance(self._editor, QLineEdit):
            self._editor.setSelection(start, end - start)
            self._editor.insert(offer.text)
            return
        cursor = self._editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        self._editor.setTextCursor(cursor)

    # --- looks ------------------------------------------------------------------------------------------------------

    def _mark(self, perspective: str) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(16 * ratio), round(16 * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QPoint(8, 8).toPointF(), 10, perspective, self._appearance.theme)
        painter.end()
        return QIcon(pixmap)

    def _place(self) -> None:
        """Below the cursor, or above it where there is more room; never beyond the window."""
        window = self._editor.window()
        if self.parent() is not window:
            self.setParent(window)
        caret = self._editor.cursorRect()
        viewport = self._editor if isinstance(self._editor, QLineEdit) else self._editor.viewport()
        top = viewport.mapTo(window, caret.topLeft()).y()
        below = viewport.mapTo(window, caret.bottomLeft())
        room_below, room_above = window.height() - below.y() - 8, top - 8
        wanted = min(len(self._offers), ROWS) * ROW_HEIGHT + 12
        beneath = room_below >= min(wanted, 3 * ROW_HEIGHT) or room_below >= room_above
        height = min(wanted, room_below if beneath else room_above)
        x = max(4, min(below.x() - 12, window.width() - WIDTH - 4))
        self.setGeometry(x, below.y() + 4 if beneath else top - 4 - height, min(WIDTH, window.width() - 8), height)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
