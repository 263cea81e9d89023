"""How a row of the codebook is painted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui.interviews.transcript.colours import mark
from desktop_app.ui.theme import Appearance

if TYPE_CHECKING:
    from desktop_app.ui.interviews.codebook.code_list import CodeRow

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
LEFT = 8
RIGHT = 10
STEP = 18
"""How far a level is indented."""
SQUARE = 10
CORNER = 6
BELOW_OPACITY = 0.6
"""Of the colour of a code that stands under another one and has no colour of its own."""


class CodeDelegate(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, round(self._appearance.sizes.small * 1.5) + 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: CodeRow = index.data(ROW_ROLE)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, chosen=chosen, hovered=hovered)
        left = box.left() + LEFT + STEP * row.depth
        if row.below:
            self._paint_chevron(painter, QPointF(box.right() - 5, box.center().y()), row)
        if row.colour:
            self._paint_square(painter, QRectF(left, box.center().y() - SQUARE / 2, SQUARE, SQUARE), row)
            left += SQUARE + 8
        right = self._paint_count(painter, box, row, chosen=chosen)
        self._paint_name(painter, QRectF(left, box.top(), right - left, box.height()), row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, *, chosen: bool, hovered: bool) -> None:
        theme = self._appearance.theme
        if chosen or hovered:
            focused = chosen and self._view.hasFocus()
            painter.setPen(QPen(theme.color("accent"), 1.25) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_ground" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _paint_square(self, painter: QPainter, box: QRectF, row: "CodeRow") -> None:
        color = QColor(mark(self._appearance.theme, row.colour))
        color.setAlphaF(BELOW_OPACITY if row.depth else 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(box, 2, 2)

    def _paint_chevron(self, painter: QPainter, centre: QPointF, row: "CodeRow") -> None:
        painter.setPen(QPen(self._appearance.theme.color("disabled"), 1.25))
        x, y = centre.x(), centre.y()
        points = [(-2.5, -1.5), (0, 1.5), (2.5, -1.5)] if row.open else [(-1.5, -2.5), (1.5, 0), (-1.5, 2.5)]
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])

    def _paint_count(self, painter: QPainter, box: QRectF, row: "CodeRow", *, chosen: bool) -> float:
        """Writes the count and the key at the right; returns where the room for the name ends."""
        theme = self._appearance.theme
        font = self._font(bold=False)
        font.setPixelSize(self._appearance.sizes.tiny)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("muted_strong" if chosen else "muted"))
        right = box.right() - RIGHT - 2
        if row.count is not None:
            words = f"{row.count:,}"
            place = QRectF(box.left(), box.top(), right - box.left(), box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            right -= max(metrics.horizontalAdvance(words), 18) + 6
        if row.number:
            key = QRectF(right - 15, box.center().y() - 7.5, 15, 15)
            painter.setPen(QPen(theme.color("line_strong"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(key, 3, 3)
            painter.setPen(theme.color("muted_strong" if chosen else "muted"))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(row.number))
            right -= 21
        return right

    def _paint_name(self, painter: QPainter, box: QRectF, row: "CodeRow") -> None:
        theme = self._appearance.theme
        if row.above:
            # The end of the path is what tells codes of one branch apart: what is above gives way first.
            font = self._font(bold=False)
            width = QFontMetrics(self._font(bold=True)).horizontalAdvance(row.name)
            room = max(box.width() - width - 4, 0)
            above = QFontMetrics(font).elidedText(f"{row.above} / ", Qt.TextElideMode.ElideRight, int(room))
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, above)
            box = box.adjusted(QFontMetrics(font).horizontalAdvance(above), 0, 0, 0)
        font = self._font(bold=not row.depth and bool(row.colour))
        name = QFontMetrics(font).elidedText(row.name, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.setFont(font)
        painter.setPen(theme.color("text" if row.colour else "accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._appearance.sizes.small + 1)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font
