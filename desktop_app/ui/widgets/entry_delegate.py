"""Paints one entry card: mark, heading, a muted line, matched words, a faint line."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets.entry_cards import EntryCard
from desktop_app.ui.widgets.item_delegate import ITEM_ROLE, Index, ItemDelegate

GAP = 8
LEFT = 38
RIGHT = 16
TOP = 12
MARK = 12
SNIPPET_LINES = 2


class _Fonts:
    """Fonts and heights for the current sizes, made once per look."""

    def __init__(self, base: QFont, appearance: Appearance) -> None:
        sizes = appearance.sizes
        self.body = QFont(base)
        self.body.setPixelSize(sizes.body)
        self.bold = QFont(self.body)
        self.bold.setWeight(QFont.Weight.DemiBold)
        self.small = QFont(base)
        self.small.setPixelSize(sizes.small)
        self.tiny = QFont(base)
        self.tiny.setPixelSize(sizes.tiny)
        self.body_line = round(sizes.body * 1.5)
        self.small_line = round(sizes.small * 1.5)
        self.tiny_line = round(sizes.tiny * 1.5)


class EntryDelegate(ItemDelegate):
    """Cards of two or three or more lines; heights depend only on which lines a card has."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(appearance, view)
        self.lit = ""
        self._fonts = _Fonts(view.font(), appearance)
        appearance.changed.connect(self._dress)

    def _dress(self) -> None:
        self._fonts = _Fonts(self._view.font(), self._appearance)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card: EntryCard = index.data(ITEM_ROLE)
        fonts = self._fonts
        height = 2 * TOP + fonts.body_line
        height += (fonts.small_line if card.meta else 0) + (fonts.tiny_line if card.faint else 0)
        if card.snippet:
            height += SNIPPET_LINES * fonts.small_line + 4
        return QSize(120, height + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: EntryCard = index.data(ITEM_ROLE)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) or card.id == self.lit
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -GAP - 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_frame(painter, box, chosen=chosen, hovered=hovered)
        self._marks(painter, box, card)
        self._words(painter, box, card, chosen=chosen)
        painter.restore()

    def _marks(self, painter: QPainter, box: QRectF, card: EntryCard) -> None:
        """The first mark beside the heading, up to two more below it, smaller."""
        if card.type != "entry":
            return
        middle = box.top() + TOP + self._fonts.body_line / 2
        shown = card.perspectives[:3] or ("",)
        for at, perspective in enumerate(shown):
            size = MARK if at == 0 else MARK - 4
            y = middle + (0 if at == 0 else 4 + 15 * at)
            paint_mark(painter, QPointF(box.left() + 20, y), size, perspective, self._appearance.theme)

    def _words(self, painter: QPainter, box: QRectF, card: EntryCard, *, chosen: bool) -> None:
        theme, fonts = self._appearance.theme, self._fonts
        width = box.width() - LEFT - RIGHT
        x, y = box.left() + LEFT, box.top() + TOP
        second = "muted_strong" if chosen else "muted"
        third = "muted_strong" if chosen else "faint"
        self.paint_line(
            painter, QRectF(x, y, width, fonts.body_line), card.heading, fonts.bold if chosen else fonts.body, "text"
        )
        y += fonts.body_line
        if card.meta:
            self.paint_line(painter, QRectF(x, y, width, fonts.small_line), card.meta, fonts.small, second)
            y += fonts.small_line
        if card.snippet:
            painter.setPen(theme.color("text"))
            self._snippet(painter, QRectF(x, y + 2, width, SNIPPET_LINES * fonts.small_line), card)
            y += SNIPPET_LINES * fonts.small_line + 4
        if card.faint:
            self.paint_line(painter, QRectF(x, y, width, fonts.tiny_line), card.faint, fonts.tiny, third)

    def _snippet(self, painter: QPainter, box: QRectF, card: EntryCard) -> None:
        """Two lines of the found text; matched words bold on the match ground."""
        text, spans = _first_lines(card)
        layout = self._laid_out(text, spans, box.width())
        shown, end = text, _end_of(layout)
        while end > 0 and _end_of(layout) < len(shown):
            # The ellipsis may push a word off the last line: then it takes that word's place.
            shown = text[:end].rstrip() + "…"
            left = [(start, min(stop, len(shown))) for start, stop in spans if start < len(shown)]
            layout = self._laid_out(shown, left, box.width())
            end = max(text.rfind(" ", 0, end), end - 12)
        layout.draw(painter, box.topLeft())

    def _laid_out(self, text: str, spans: Sequence[tuple[int, int]], width: float) -> QTextLayout:
        fonts = self._fonts
        matched = QTextCharFormat()
        matched.setFontWeight(QFont.Weight.DemiBold)
        matched.setBackground(self._appearance.theme.color("match"))
        return self.lay_out(
            text, fonts.small, spans, matched, width=width, line_height=fonts.small_line, most=SNIPPET_LINES
        )

    def helpEvent(self, *arguments: object) -> bool:
        return False


def _end_of(layout: QTextLayout) -> int:
    """Where the last line that is shown ends, in UTF-16 units."""
    last = layout.lineAt(layout.lineCount() - 1)
    return last.textStart() + last.textLength()


def _first_lines(card: EntryCard) -> tuple[str, list[tuple[int, int]]]:
    """The snippet on one line, with spans in Qt's UTF-16 units."""
    text = card.snippet.replace("\n", " ")
    if text.isascii():
        return text, list(card.spans)
    units = [0]
    for sign in text:
        units.append(units[-1] + (2 if ord(sign) > 0xFFFF else 1))
    return text, [(units[min(start, len(text))], units[min(end, len(text))]) for start, end in card.spans]
