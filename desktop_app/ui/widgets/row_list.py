"""A dense list of rows under headings: names to choose from, where cards would be too much.

Rows may stand in groups that fold. The list keeps the chosen row when it is filled again. Refuses to sort or filter:
whoever fills it has done that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.item_delegate import ITEM_ROLE, Index, ItemDelegate
from desktop_app.ui.widgets.item_list import ItemList, ItemModel

LEFT = 12
RIGHT = 12
STEP = 16
"""How far a level is indented."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``section`` is a heading that cannot be chosen, ``fold`` opens and closes the rows below it.

    ``meta`` is a second line, ``aside`` stands at the right of the first.
    """

    id: str
    heading: str
    meta: str = ""
    aside: str = ""
    kind: Literal["item", "section", "fold"] = "item"
    level: int = 0
    open: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        state = (tr("open") if self.open else tr("closed")) if self.kind == "fold" else ""
        return ". ".join(part for part in (self.heading, self.meta, self.aside, state) if part)


class _Rows(ItemModel[Row]):
    def words(self, item: Row) -> str:
        return item.heading

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.items[index.row()].kind == "section":
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class RowList(ItemList[Row]):
    """``row_chosen(id)`` when the current row changes, ``row_opened(id)`` on Enter, ``fold_toggled(id)`` by a click,
    Enter, Right or Left on a fold, ``left_upwards()`` on Up in the first row."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    fold_toggled = Signal(str)
    left_upwards = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self.show_with(_Rows(self), _RowDelegate(appearance, self))

    # --- rows --------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows; the chosen one stays chosen, without a signal, where it is still there."""
        if tuple(rows) != self.rows():
            self.fill(rows)

    def rows(self) -> tuple[Row, ...]:
        return self.items()

    def may_be_chosen(self, item: Row) -> bool:
        return item.kind != "section"

    def choose_first(self) -> None:
        """The first row that is neither a heading nor a fold, else the first fold."""
        for kind in ("item", "fold"):
            for row in self.rows():
                if row.kind == kind:
                    self.choose(row.id)
                    self.scrollToTop()
                    return

    def tell_chosen(self, item_id: str) -> None:
        self.row_chosen.emit(item_id)

    # --- events ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        key = event.key()
        if row and row.kind == "fold" and self._toggles(key, row):
            self.fold_toggled.emit(row.id)
        elif row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(row.id)
        elif key == Qt.Key.Key_Up and self._is_first():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _toggles(self, key: int, row: Row) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return True
        return key == (Qt.Key.Key_Left if row.open else Qt.Key.Key_Right)

    def _is_first(self) -> bool:
        above = self.rows()[: max(self.currentIndex().row(), 0)]
        return all(row.kind == "section" for row in above)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            row = self.rows()[index.row()]
            if row.kind == "fold":
                self.fold_toggled.emit(row.id)


class _RowDelegate(ItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ITEM_ROLE)
        sizes = self._appearance.sizes
        if row.kind == "section":
            return QSize(80, round(sizes.tiny * 1.5) + (18 if index.row() else 8))
        height = round(sizes.body * 1.5) + 10
        return QSize(80, height + (round(sizes.small * 1.5) if row.meta else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if row.kind == "section":
            self._paint_section(painter, box, row)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self.paint_ground(painter, box, chosen=chosen, hovered=hovered)
            self._paint_row(painter, box, row, chosen=chosen)
        painter.restore()

    def _paint_section(self, painter: QPainter, box: QRectF, row: Row) -> None:
        font = self.font(self._appearance.sizes.tiny)
        area = box.adjusted(LEFT, 0, -RIGHT, -4)
        align = Qt.AlignmentFlag.AlignBottom
        painter.setFont(font)
        painter.setPen(self._appearance.theme.color("muted_strong"))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | align, row.heading.upper())

    def _paint_row(self, painter: QPainter, box: QRectF, row: Row, *, chosen: bool) -> None:
        theme, sizes = self._appearance.theme, self._appearance.sizes
        left = box.left() + LEFT + STEP * row.level
        if row.kind == "fold":
            self._paint_chevron(painter, QPointF(left + 3, box.top() + box.height() / 2), row)
            left += STEP
        line = round(sizes.body * 1.5)
        top = QRectF(left, box.top() + 5, box.right() - RIGHT - left, line)
        second = "muted_strong" if chosen else "muted"
        small = self.font(sizes.small)
        if row.aside:
            painter.setFont(small)
            painter.setPen(theme.color(second))
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.aside)
            top.setRight(top.right() - QFontMetrics(small).horizontalAdvance(row.aside) - 12)
        font = self.font(sizes.body, bold=chosen)
        self.paint_line(painter, top, row.heading, font, "muted_strong" if row.kind == "fold" else "text")
        if row.meta:
            below = QRectF(left, box.top() + 5 + line, box.right() - RIGHT - left, round(sizes.small * 1.5))
            self.paint_line(painter, below, row.meta, small, second)

    def _paint_chevron(self, painter: QPainter, centre: QPointF, row: Row) -> None:
        painter.setPen(QPen(self._appearance.theme.color("muted"), 1.5))
        x, y = centre.x(), centre.y()
        points = [(-3, -1.5), (0, 1.5), (3, -1.5)] if row.open else [(-1.5, -3), (1.5, 0), (-1.5, 3)]
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])
