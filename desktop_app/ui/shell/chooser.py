"""A box over the window with a line to type in and a list to choose from: the palette and the jump are made of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets import MutedLabel, SearchField

WIDTH = 600
ROW = 36
ROWS = 11


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it says, what kind of thing it is or its shortcut (``note``), and what choosing it does."""

    label: str
    note: str
    act: Callable[[], None] = field(repr=False)
    icon: str = ""
    perspective: str | None = None
    search_text: str = ""


class _Delegate(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        theme, sizes = self._appearance.theme, self._appearance.sizes
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(QColor(0, 0, 0, 0))
            painter.setBrush(theme.color("accent_ground"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        if choice.perspective is not None:
            paint_mark(painter, QPointF(box.left() + 20, box.center().y() + 1), 11, choice.perspective, theme)
        elif choice.icon:
            ratio = painter.device().devicePixelRatio()
            picture = self._appearance.pixmap(choice.icon, 18, "accent" if chosen else "muted", ratio)
            painter.drawPixmap(box.left() + 11, box.top() + (ROW - 18) // 2, picture)
        font = painter.font()
        font.setPixelSize(sizes.small)
        painter.setFont(font)
        note = painter.fontMetrics().elidedText(choice.note, Qt.TextElideMode.ElideRight, box.width() * 2 // 5)
        note_width = painter.fontMetrics().horizontalAdvance(note) + 12
        painter.setPen(theme.color("muted_strong" if chosen else "muted"))
        painter.drawText(box.adjusted(0, 0, -12, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        font.setPixelSize(sizes.body)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = box.adjusted(40, 0, -12 - note_width, 0)
        words = painter.fontMetrics().elidedText(choice.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class Chooser(QFrame):
    """Type, Up and Down, Enter; Esc or a click elsewhere closes. ``typed(str)`` on each keystroke."""

    typed = Signal(str)
    closed = Signal()

    def __init__(self, appearance: Appearance, placeholder: str, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "popup")
        self._window = window
        self._back_to: QWidget | None = None
        self.field = SearchField(appearance, placeholder, self)
        self.list = QListWidget(self)
        self.list.setProperty("role", "menu")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Delegate(appearance, self))
        self.list.setAccessibleName(tr("Choices"))
        self.nothing = MutedLabel(tr("Nothing fits."), self)
        self.nothing.setContentsMargins(12, 8, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.hide()

    def open_with(self, text: str = "") -> None:
        self._back_to = self._window.focusWidget()
        self.field.setText(text)
        self.typed.emit(text)
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(f"{choice.label}, {choice.note}")
            item.setData(Qt.ItemDataRole.UserRole, choice)
            self.list.addItem(item)
        self.list.setVisible(bool(choices))
        self.nothing.setVisible(not choices)
        self.list.setCurrentRow(0)
        self.place()

    def choices(self) -> list[Choice]:
        return [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]

    def place(self) -> None:
        """Near the window's top, in its middle, as high as its rows."""
        rows = min(self.list.count(), ROWS)
        self.list.setFixedHeight(rows * ROW + 2)
        width = min(WIDTH, self._window.width() - 48)
        height = self.field.sizeHint().height() + (rows * ROW + 26 if rows else 62)
        self.setGeometry((self._window.width() - width) // 2, 72, width, min(height, self._window.height() - 96))

    def dismiss(self) -> None:
        if not self.isHidden():
            self.hide()
            if self._back_to is not None and self._back_to.isVisible():
                self._back_to.setFocus()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._window.isActiveWindow():
            self.dismiss()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return False

    def _key(self, key: int) -> bool:
        count, row = self.list.count(), self.list.currentRow()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and count:
            self.list.setCurrentRow((row + (1 if key == Qt.Key.Key_Down else -1)) % count)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and count:
            step = ROWS if key == Qt.Key.Key_PageDown else -ROWS
            self.list.setCurrentRow(max(0, min(count - 1, row + step)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if count:
                self._choose(self.list.currentItem())
        else:
            return False
        return True

    def _choose(self, item: QListWidgetItem) -> None:
        choice: Choice = item.data(Qt.ItemDataRole.UserRole)
        self.dismiss()
        choice.act()
