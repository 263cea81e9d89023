"""How a row of the codebook is painted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop_app.ui.interviews.transcript.colours import mark
from desktop_app.ui.widgets.item_delegate import ITEM_ROLE, Index, ItemDelegate

if TYPE_CHECKING:
    from desktop_app.ui.interviews.codebook.code_list import CodeRow

LEFT = 8
RIGHT = 10
STEP = 18
"""How far a level is indented."""
SQUARE = 10
BELOW_OPACITY = 0.6
"""Of the colour of a code that stands under another one and has no colour of its own."""


class CodeDelegate(ItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, round(self._appearance.sizes.small * 1.5) + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CodeRow = index.data(ITEM_ROLE)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, chosen=chosen, hovered=hovered)
        left = box.left() + LEFT + STEP * row.depth
        if row.below:
            self._paint_chevron(painter, QPointF(box.right() - 5, box.center().y()), row)
        if row.colour:
            self._paint_square(painter, QRectF(left, box.center().y() - SQUARE / 2, SQUARE, SQUARE), row)
            left += SQUARE + 8
        right = self._paint_count(painter, box, row, chosen=chosen)
        self._paint_name(painter, QRectF(left, box.top(), right - left, box.height()), row)
        painter.restore()

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
        font = self.font(self._appearance.sizes.tiny)
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
        theme, size = self._appearance.theme, self._appearance.sizes.small + 1
        if row.above:
            # The end of the path is what tells codes of one branch apart: what is above gives way first.
            font = self.font(size)
            width = QFontMetrics(self.font(size, bold=True)).horizontalAdvance(row.name)
            room = max(box.width() - width - 4, 0)
            above = QFontMetrics(font).elidedText(f"{row.above} / ", Qt.TextElideMode.ElideRight, int(room))
            painter.setFont(font)
            painter.setPen(theme.color("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, above)
            box = box.adjusted(QFontMetrics(font).horizontalAdvance(above), 0, 0, 0)
        font = self.font(size, bold=not row.depth and bool(row.colour))
        self.paint_line(painter, box, row.name, font, "text" if row.colour else "accent")
