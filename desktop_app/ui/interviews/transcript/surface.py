"""The surface under the view: a QPlainTextEdit whose text stands in a column, between the gutter and the stripes.

Knows the text, its turns and the codings on it, and paints them; what can be done with them is the view's.
"""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.model.coding import Code, Coding
from desktop_app.model.documents import Text
from desktop_app.text.offsets import Offsets
from desktop_app.ui.interviews.transcript.colours import Ink
from desktop_app.ui.interviews.transcript.columns import Needs, arranged
from desktop_app.ui.interviews.transcript.gutter import Gutter
from desktop_app.ui.interviews.transcript.layout import Shown, TranscriptLayout, lines_between
from desktop_app.ui.interviews.transcript.pieces import pieces, runs_both_ways
from desktop_app.ui.interviews.transcript.spans import APART, Span, Spans
from desktop_app.ui.interviews.transcript.standins import StandIns
from desktop_app.ui.interviews.transcript.stripes import Stripe, paint_names, paint_stripes, stripes
from desktop_app.ui.interviews.transcript.tints import box_of, paint_chosen, paint_tints
from desktop_app.ui.theme import GRID, READING_WIDTH_CHARACTERS, Appearance

VEIL = 0.62
"""How much of the surface lies over turns of speakers who are not wanted."""
STRIPE_REACH = 3


class Surface(QPlainTextEdit):
    """Inside, positions are UTF-16 units of the shown text."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text = Text("document", "", "", "", "")
        self._offsets = Offsets("")
        self._stand_ins = StandIns("")
        self._gutter = Gutter((), (), {})
        self._spans = Spans()
        self._ink = Ink(appearance.theme, {})
        self._speakers: frozenset[str] | None = None
        self._stripes: list[Stripe] = []
        self._hovered: str | None = None
        self._taking_in = False
        document = QTextDocument(self)
        self._layout = TranscriptLayout(document)
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setProperty("role", "bare")
        self.setCursorWidth(2)
        self.updateRequest.connect(self._scrolled)
        document.contentsChange.connect(self._edited)
        appearance.changed.connect(self._dressed)
        self._measure()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _take_in(self, text: Text) -> None:
        """Shows another text, without codings, from its beginning."""
        self._text = text
        self._offsets = Offsets(text.text)
        self._stand_ins = StandIns(text.text)
        starts = [self._offsets.to_utf16(turn.start) for turn in text.turns]
        self._gutter = Gutter(text.turns, starts, text.people)
        self._layout.set_turns(starts)
        self._spans = Spans()
        self._taking_in = True
        self._measure()
        self.setPlainText(self._stand_ins.shown(text.text))
        self._taking_in = False

    def _placed(self, codings: Iterable[Coding]) -> Iterable[Span]:
        """Codings as spans of the text as it was given; what lies outside is held to it."""
        text, to_utf16 = self._text.text, self._offsets.to_utf16
        most = len(text)
        for coding in codings:
            start = min(max(coding.start, 0), most)
            end = min(max(coding.end, start), most)
            newline = text.find("\n", max(end - 1, start), end + APART)
            clear = newline if newline >= 0 else end + APART
            at = to_utf16(end)
            yield Span(to_utf16(start), at, max(at, at + clear - end), coding)

    def _inked(self, codes: Mapping[str, Code] | None = None, **more: object) -> None:
        """Paints with other codes, another chosen coding or another filter."""
        kept = {"chosen": self._ink.chosen, "wanted": self._ink.wanted, **more}
        self._ink = Ink(self._appearance.theme, self._ink.codes if codes is None else codes, **kept)  # type: ignore[arg-type]
        self.viewport().update()

    def _edited(self, position: int, removed: int, added: int) -> None:
        """While the text is corrected, turns and codings follow it for the eye."""
        if self._taking_in or removed == added:  # of a change of the same length the places stay
            return
        self._spans.edited(position, removed, added)
        self._gutter.edited(position, removed, added)
        self._layout.set_turns(self._gutter.starts)
        self.viewport().update()

    # --- measures ---------------------------------------------------------------------------------------------------

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._appearance.sizes.small)
        return font

    def _tiny(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._appearance.sizes.tiny)
        return font

    def _measure(self) -> None:
        time, speaker, short = self._gutter.widest(self.font(), self._small())
        metrics = QFontMetrics(self.font())
        self._needs = Needs(time, speaker, metrics.averageCharWidth() * READING_WIDTH_CHARACTERS, short)
        self._arrange()

    def _arrange(self) -> None:
        self._columns = arranged(max(self.viewport().width(), 1), self._needs)
        row = -(-self._appearance.sizes.line // GRID) * GRID
        wanted = (self._columns.text, self._columns.text_width, row)
        if wanted != (self._layout.left, self._layout.width, self._layout.row):
            self._layout.left, self._layout.width, self._layout.row = wanted
            self._layout.forget()

    def _dressed(self) -> None:
        self._measure()
        self._layout.forget()
        self._inked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The size of text is a setting: Ctrl and the wheel do not change it here alone."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    # --- painting ---------------------------------------------------------------------------------------------------

    def _scrolled(self, _rect: QRect, distance: int) -> None:
        """Names and counts depend on all that is in sight, so that a strip of it is not enough."""
        if distance:
            self.viewport().update()

    def _in_sight(self, area: QRect | None = None) -> list[Shown]:
        """The blocks that touch an area of the viewport, or all of it."""
        area = area or self.viewport().rect()
        found = []
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        top = self.blockBoundingGeometry(block).translated(offset).top()
        while block.isValid() and top <= area.bottom():
            height = self.blockBoundingRect(block).height()
            if top + height >= area.top():
                found.append(self._shown(block, top, area))
            top += height
            block = block.next()
        return found

    def _shown(self, block: QTextBlock, top: float, area: QRect) -> Shown:
        start, layout = block.position(), block.layout()
        end = start + block.length() - 1
        lines = lines_between(layout, area.top() - top, area.bottom() - top, self._layout.row)
        if lines:
            last = layout.lineAt(lines[-1])
            seen = start + layout.lineAt(lines[0]).textStart(), start + last.textStart() + last.textLength()
        else:  # only the room above or below the words
            seen = (start, start) if top > area.top() else (end, end)
        return Shown(start, end, seen, top, layout, block.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._in_sight()
        row = self._layout.row
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        paint_tints(painter, shown, self._spans, self._ink, row)
        self._gutter.paint(painter, shown, self._columns, self._appearance.theme, self.font(), self._small())
        self._stripes, more = stripes(shown, self._spans, self._columns, row, self._ink.chosen)
        paint_stripes(painter, self._stripes, more, self._ink, self._tiny())
        paint_names(painter, self._stripes, self._ink, self._columns, self._tiny(), self._hovered)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        self._paint_veil(painter, shown)
        chosen = self._spans.get(self._ink.chosen)
        if chosen is not None:
            paint_chosen(painter, shown, chosen, self._ink, row)
        if not self.isReadOnly():
            painter.setPen(QPen(self._appearance.theme.color("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_veil(self, painter: QPainter, shown: list[Shown]) -> None:
        """Speakers who are not wanted stand back, except where their words are corrected."""
        if self._speakers is None or not self.isReadOnly():
            return
        veil = QColor(self._appearance.theme.color("surface", VEIL))
        for block in shown:
            turn = self._gutter.turn_over(block.start)
            if turn is None or turn.speaker not in self._speakers:
                height = self.blockBoundingRect(self.document().findBlock(block.start)).height()
                painter.fillRect(QRectF(0, block.top, self._columns.text_right + 2, height), veil)

    # --- where things are -------------------------------------------------------------------------------------------

    def _position_under(self, point: QPoint) -> int | None:
        """The character under a point of the viewport; ``None`` beside the words."""
        for block in self._in_sight(QRect(point, point)):
            layout = block.layout
            y = point.y() - block.top
            for number in lines_between(layout, y, y, self._layout.row):
                line = layout.lineAt(number)
                box = line.naturalTextRect().translated(0, block.top)
                if box.contains(QPointF(point)):
                    at = line.xToCursor(point.x(), line.CursorPosition.CursorOnCharacter)
                    return block.start + int(at)
        return None

    def _stripe_under(self, point: QPoint) -> Span | None:
        reach = QPointF(point)
        for stripe in self._stripes:
            if stripe.box.adjusted(-STRIPE_REACH, -1, STRIPE_REACH, 1).contains(reach):
                return stripe.span
        return None

    def _boxes(self, span: Span) -> list[QRectF]:
        """What a coding covers of the viewport, from the top."""
        found = []
        for block in self._in_sight():
            start, end = max(span.start, block.seen[0]), min(span.end, block.seen[1])
            if start < end:
                both_ways = runs_both_ways(block.text)
                found += [
                    box_of(block, piece, self._layout.row)
                    for piece in pieces(block.layout, start - block.start, end - block.start, both_ways)
                ]
        return found

    def _set_wanted(self, shown: Callable[[Coding], bool] | None, speakers: frozenset[str] | None) -> None:
        self._speakers = speakers
        self._inked(wanted=shown)
