"""Paints one quote: its code, the words in full between what stands around them, and where they stand."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from desktop_app.text.offsets import Offsets
from desktop_app.ui.interviews.quotes.quote_card import TICKED_ROLE, QuoteCard
from desktop_app.ui.theme import READING_WIDTH_CHARACTERS, Appearance
from desktop_app.ui.widgets.item_delegate import ITEM_ROLE, Index, ItemDelegate

GAP = 8
BETWEEN = 4
"""Between the words and the lines above and below them."""
PAD = 12
BOX = 16
"""Edge of the box that is ticked."""
SQUARE = 10
MOST_CHARACTERS = 2500
"""Of the words of one quote; what is longer ends there in “…” and is read in its text."""
MOST_LINES = 120
"""What they come to where there is hardly any room."""
MOST_KNOWN = 50_000
"""Heights that are kept."""
NEW_LINE = "\u2028"


class QuoteDelegate(ItemDelegate):
    """Heights are those of the words at this width; they are kept until the width changes."""

    def __init__(self, appearance: Appearance, view: QListView, *, ticking: bool) -> None:
        super().__init__(appearance, view)
        self._left = PAD + (BOX + 10 if ticking else 0)
        self._ticking = ticking
        self._heights: dict[tuple[str, str, str], float] = {}
        self.dress()

    def forget(self) -> None:
        self._heights.clear()

    def dress(self) -> None:
        sizes = self._appearance.sizes
        self._body = self.font(sizes.body)
        self._small = self.font(sizes.small)
        self._tiny = self.font(sizes.tiny)
        self._line = sizes.line
        self._second = round(sizes.small * 1.5)
        self.forget()

    def is_tick_box(self, place: QPoint) -> bool:
        """Whether a place in a card is on the box that ticks it, with some room around."""
        return self._ticking and place.x() < self._left and place.y() < 2 * PAD + BOX

    # --- sizes -------------------------------------------------------------------------------------------------------

    def _width(self) -> float:
        """Of the words: 72 characters, or what room there is."""
        widest = QFontMetrics(self._body).averageCharWidth() * READING_WIDTH_CHARACTERS
        return max(80.0, min(float(widest), self._view.viewport().width() - self._left - PAD))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card: QuoteCard = index.data(ITEM_ROLE)
        if not card.id:
            return QSize(80, self._second + (20 if index.row() else 8))
        words = (card.before, card.text, card.after)
        height = self._heights.get(words)
        if height is None:
            if len(self._heights) >= MOST_KNOWN:
                self.forget()
            height = self._heights[words] = self._laid_out(card).lineCount() * self._line
        return QSize(
            80, round(height) + 2 * PAD + (self._second + BETWEEN) * (bool(card.heading) + bool(card.meta)) + GAP
        )

    def _laid_out(self, card: QuoteCard) -> QTextLayout:
        text, after = card.text, _line(card.after)
        if len(text) > MOST_CHARACTERS:
            text, after = text[:MOST_CHARACTERS].rstrip() + "…", ""
        before, text = _line(card.before), text.replace("\n", NEW_LINE)
        whole = before + text + after
        units = Offsets(whole)
        start, end = units.to_utf16(len(before)), units.to_utf16(len(before) + len(text))
        muted = QTextCharFormat()
        muted.setForeground(self._appearance.theme.color("muted"))
        around = ((0, start), (end, units.to_utf16(len(whole))))
        return self.lay_out(
            whole, self._body, around, muted, width=self._width(), line_height=self._line, most=MOST_LINES
        )

    # --- painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: QuoteCard = index.data(ITEM_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if card.id:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            box = box.adjusted(0.5, 0.5, -0.5, -GAP - 0.5)
            self.paint_frame(painter, box, chosen=chosen, hovered=hovered)
            if self._ticking:
                self._paint_tick(painter, box, ticked=bool(index.data(TICKED_ROLE)))
            self._paint_card(painter, box, card, chosen=chosen)
        else:
            self._paint_section(painter, box, card)
        painter.restore()

    def _paint_section(self, painter: QPainter, box: QRectF, card: QuoteCard) -> None:
        font = QFont(self._small)
        font.setWeight(QFont.Weight.DemiBold)
        align = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(self._appearance.theme.color("muted_strong"))
        area = box.adjusted(2, 0, -PAD, -6)
        painter.drawText(
            area, align, QFontMetrics(font).elidedText(card.heading, Qt.TextElideMode.ElideRight, int(area.width()))
        )

    def _paint_tick(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        theme = self._appearance.theme
        place = QRectF(box.left() + PAD, box.top() + PAD + (self._second - BOX) / 2, BOX, BOX)
        painter.setPen(QPen(theme.color("accent" if ticked else "line_strong"), 1))
        painter.setBrush(theme.color("accent" if ticked else "surface"))
        painter.drawRoundedRect(place, 4, 4)
        if ticked:
            x, y = place.left(), place.top()
            painter.setPen(QPen(theme.color("on_accent"), 1.75))
            painter.drawPolyline([QPointF(x + 4, y + 8.5), QPointF(x + 7, y + 11.5), QPointF(x + 12, y + 5)])

    def _paint_card(self, painter: QPainter, box: QRectF, card: QuoteCard, *, chosen: bool) -> None:
        theme = self._appearance.theme
        second = "muted_strong" if chosen else "muted"
        x, y = box.left() + self._left, box.top() + PAD
        if card.heading:
            self._paint_heading(painter, QRectF(x, y, box.right() - PAD - x, self._second), card, second)
            y += self._second + BETWEEN
        painter.setPen(theme.color("text"))
        layout = self._laid_out(card)
        layout.draw(painter, QPointF(x, y))
        y += layout.lineCount() * self._line + BETWEEN
        if card.meta:
            area = QRectF(x, y, box.right() - PAD - x, self._second)
            self.paint_line(painter, area, card.meta, self._small, second)

    def _paint_heading(self, painter: QPainter, area: QRectF, card: QuoteCard, role: str) -> None:
        if card.mark:
            metrics = QFontMetrics(self._tiny)
            painter.setFont(self._tiny)
            painter.setPen(self._appearance.theme.color("accent"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, card.mark)
            area = area.adjusted(0, 0, -metrics.horizontalAdvance(card.mark) - 12, 0)
        if card.colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(card.colour))
            painter.drawRoundedRect(QRectF(area.left(), area.center().y() - SQUARE / 2, SQUARE, SQUARE), 2, 2)
            area = area.adjusted(SQUARE + 8, 0, 0, 0)
        self.paint_line(painter, area, card.heading, self._small, role)


def _line(text: str) -> str:
    """What stands around on one line; the blank next to the words stays."""
    return text.replace("\n", " ")
