"""A layout that puts widgets in rows and wraps like words."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then the next row; its height follows its width."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for row in self._rows(inner.width()):
            x, height = inner.x(), max(hint.height() for _, hint in row)
            for item, hint in row:
                if move:
                    place = QPoint(x, y + (height - hint.height()) // 2)
                    item.setGeometry(QRect(place, hint.boundedTo(QSize(max(inner.width(), 1), hint.height()))))
                x += hint.width() + self.spacing()
            y += height + self.spacing()
        used = max(y - self.spacing(), inner.y())
        return used - rect.y() + self.contentsMargins().bottom()

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What is seen, in as many rows as it takes; each with at least one item."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        right = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if not rows or right + hint.width() > width:
                rows.append([])
                right = 0
            rows[-1].append((item, hint))
            right += hint.width() + self.spacing()
        return rows
