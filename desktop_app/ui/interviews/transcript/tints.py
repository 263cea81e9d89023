"""Tints: coded words stand on the colour of their code, two at most mixed; each further code is a line under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.ui.interviews.transcript.colours import Ink, tint
from desktop_app.ui.interviews.transcript.layout import Shown, row_bottom, row_top
from desktop_app.ui.interviews.transcript.pieces import Piece, pieces, runs_both_ways, x_of
from desktop_app.ui.interviews.transcript.spans import Span, Spans

BLENDED = 2
UNDERLINES = 3
UNDERLINE = 2
MARGIN = 2
"""Between the tints of two rows, above and below, in pixels."""
CORNER = 3
MOST = 64
"""More codings of what is in sight of a paragraph are not told apart by tints; the stripes count them."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A range of the text over which the same codings lie, the shortest first."""

    start: int
    end: int
    spans: tuple[Span, ...]


def length(span: Span) -> tuple[int, str]:
    """The order in which codings lie on each other: the shortest on top."""
    return span.end - span.start, span.coding.id


def segments(spans: Sequence[Span], start: int, end: int) -> Iterator[Segment]:
    """The coded parts of ``[start, end)``."""
    ordered = nsmallest(MOST, spans, key=length)
    cuts = {start, end}
    for span in ordered:
        cuts.update(at for at in (span.start, span.end) if start < at < end)
    borders = sorted(cuts)
    for left, right in pairwise(borders):
        covering = tuple(span for span in ordered if span.start <= left and span.end >= right)
        if covering:
            yield Segment(left, right, covering)


def paint_tints(painter: QPainter, shown: Sequence[Shown], spans: Spans, ink: Ink, row: int) -> None:
    """To be painted before the text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for block in shown:
        over = spans.over(block.seen[0], max(block.seen[1], block.seen[0] + 1))
        if over:
            _paint_block(painter, block, over, ink, row)


def _paint_block(painter: QPainter, block: Shown, over: Sequence[Span], ink: Ink, row: int) -> None:
    both_ways = runs_both_ways(block.text)
    found = list(segments(over, *block.seen))
    for number, segment in enumerate(found):
        joined_before = number > 0 and found[number - 1].end == segment.start
        joined_after = number + 1 < len(found) and found[number + 1].start == segment.end
        _paint_segment(painter, block, segment, ink, row, both_ways, joined_before, joined_after)
    for span in over:
        if span.start == span.end and block.seen[0] <= span.start <= block.seen[1]:
            _paint_caret(painter, block, span, ink, row)


def _paint_segment(
    painter: QPainter,
    block: Shown,
    segment: Segment,
    ink: Ink,
    row: int,
    both_ways: bool,
    joined_before: bool,
    joined_after: bool,
) -> None:
    bright = sorted(segment.spans, key=lambda span: (span.coding.id != ink.chosen, ink.faded(span.coding)))
    ground = QColor(tint(ink.theme, *(ink.layer(span.coding) for span in reversed(bright[:BLENDED]))))
    further = [ink.mark(span.coding) for span in bright[BLENDED:] if not ink.faded(span.coding)][:UNDERLINES]
    found = list(pieces(block.layout, segment.start - block.start, segment.end - block.start, both_ways))
    for number, piece in enumerate(found):
        box = box_of(block, piece, row)
        left = not both_ways and joined_before and number == 0
        right = not both_ways and joined_after and number == len(found) - 1
        painter.fillPath(_rounded(box, not left, not right), ground)
        for place, colour in enumerate(further):
            y = box.bottom() - UNDERLINE * place
            painter.fillRect(QRectF(box.left(), y, box.width(), UNDERLINE - 0.5), QColor(colour))


def _paint_caret(painter: QPainter, block: Shown, span: Span, ink: Ink, row: int) -> None:
    """A coding without words, which waits for a person to say where it belongs."""
    for piece in pieces_at(block, span.start):
        box = box_of(block, piece, row)
        painter.fillRect(QRectF(box.left() - 1, box.top(), 2, box.height()), QColor(ink.mark(span.coding)))


def paint_chosen(painter: QPainter, shown: Sequence[Shown], span: Span, ink: Ink, row: int) -> None:
    """The outline of the chosen coding, to be painted after the text; one that waits for a person is dashed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    style = Qt.PenStyle.DashLine if span.coding.review else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(ink.mark(span.coding)), 1.5, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for block in shown:
        start, end = max(span.start, block.seen[0]), min(span.end, block.seen[1])
        if start >= end:
            continue
        both_ways = runs_both_ways(block.text)
        for piece in pieces(block.layout, start - block.start, end - block.start, both_ways):
            painter.drawRoundedRect(box_of(block, piece, row).adjusted(-0.75, 0, 0.75, 0), CORNER, CORNER)


def pieces_at(block: Shown, position: int) -> list[Piece]:
    """A piece without width at a position of a block."""
    line = block.layout.lineForTextPosition(position - block.start)
    if not line.isValid():
        return []
    at = x_of(line, position - block.start)
    return [Piece(line.lineNumber(), at, at)]


def box_of(block: Shown, piece: Piece, row: int) -> QRectF:
    """A piece in the coordinates of the viewport, as high as a tint."""
    line = block.layout.lineAt(piece.line)
    top, bottom = block.top + row_top(line, row) + MARGIN, block.top + row_bottom(line, row) - MARGIN
    left, right = sorted((piece.left, piece.right))
    return QRectF(left, top, right - left, bottom - top)


def _rounded(box: QRectF, left: bool, right: bool) -> QPainterPath:
    """A rectangle with round corners where a stretch of tints begins and ends."""
    path = QPainterPath()
    if left and right:
        path.addRoundedRect(box, CORNER, CORNER)
        return path
    path.setFillRule(Qt.FillRule.WindingFill)
    if left or right:
        path.addRoundedRect(box, CORNER, CORNER)
        flat = min(CORNER, box.width())
        path.addRect(box.adjusted(flat, 0, 0, 0) if left else box.adjusted(0, 0, -flat, 0))
    else:
        path.addRect(box)
    return path
