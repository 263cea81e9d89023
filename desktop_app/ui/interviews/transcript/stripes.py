"""Stripes: in the right margin each coding is a line as long as its words, in a lane of its own, and with its name
where there is room."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from desktop_app.ui.interviews.transcript.colours import Ink
from desktop_app.ui.interviews.transcript.columns import LANE, NAMES, Columns
from desktop_app.ui.interviews.transcript.layout import Shown, row_bottom, row_top
from desktop_app.ui.interviews.transcript.spans import Span, Spans
from desktop_app.ui.theme import SPACE_M

WIDTH = 4
CHOSEN_WIDTH = 6
FADED = 0.25
AROUND = 2
"""A stripe begins and ends as the tints of its rows do."""


@dataclass(frozen=True, slots=True)
class Stripe:
    """What of a coding's stripe is in sight; ``begins`` where its upper end is."""

    span: Span
    box: QRectF
    begins: bool


@dataclass(frozen=True, slots=True)
class More:
    """Codings of a paragraph that have no lane in sight."""

    count: int
    at: QRectF


def stripes(
    shown: Sequence[Shown], spans: Spans, columns: Columns, row: int, chosen: str | None
) -> tuple[list[Stripe], list[More]]:
    """The stripes of what is in sight, from the top; beyond the last lane codings are counted by paragraph."""
    if not shown:
        return [], []
    starts = [block.start for block in shown]
    found: list[Stripe] = []
    beyond: dict[int, int] = {}
    # The last lane is left to the counts wherever there are some.
    for span in spans.over(shown[0].seen[0], shown[-1].seen[1] + 1):
        lane = spans.lane(span)
        if lane >= columns.lanes - 1 and span.coding.id != chosen:
            first = max(0, bisect_right(starts, span.start) - 1)
            beyond[first] = beyond.get(first, 0) + 1
            continue
        lane = min(lane, columns.lanes - 1)
        top, begins = _top(shown, starts, span.start, row)
        bottom = _bottom(shown, starts, max(span.start, span.end - 1), row)
        width = CHOSEN_WIDTH if span.coding.id == chosen else WIDTH
        left = columns.lane_left(lane) - (width - WIDTH) / 2
        box = QRectF(left, top + AROUND, width, max(bottom - top - 2 * AROUND, WIDTH))
        found.append(Stripe(span, box, begins))
    left = columns.lane_left(columns.lanes - 1) - LANE
    return found, [
        More(count, QRectF(left, _head(shown[place], row), 3 * LANE, row)) for place, count in beyond.items()
    ]


def _head(block: Shown, row: int) -> float:
    """The upper edge of the first row of a block that is in sight."""
    return block.top + row_top(block.layout.lineForTextPosition(block.seen[0] - block.start), row)


def _top(shown: Sequence[Shown], starts: Sequence[int], position: int, row: int) -> tuple[float, bool]:
    if position < shown[0].seen[0]:
        return min(0.0, shown[0].top) - row, False
    block = shown[bisect_right(starts, position) - 1]
    line = block.layout.lineForTextPosition(min(position, block.end) - block.start)
    return block.top + row_top(line, row), True


def _bottom(shown: Sequence[Shown], starts: Sequence[int], position: int, row: int) -> float:
    block = shown[max(0, bisect_right(starts, position) - 1)]
    if position > block.seen[1]:
        last = block.layout.lineForTextPosition(block.seen[1] - block.start)
        return block.top + row_bottom(last, row) + row
    return block.top + row_bottom(block.layout.lineForTextPosition(position - block.start), row)


def paint_stripes(painter: QPainter, found: Sequence[Stripe], more: Sequence[More], ink: Ink, font: QFont) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for stripe in sorted(found, key=lambda stripe: stripe.span.coding.id == ink.chosen):
        coding = stripe.span.coding
        colour = QColor(ink.mark(coding))
        if ink.faded(coding):
            colour.setAlphaF(FADED)
        painter.setBrush(colour)
        painter.drawRoundedRect(stripe.box, WIDTH / 2, WIDTH / 2)
        if coding.review or coding.memos:
            _paint_sign(painter, stripe, ink)
    painter.setFont(font)
    painter.setPen(ink.theme.color("muted"))
    for item in more:
        painter.drawText(item.at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"+{item.count}")


def _paint_sign(painter: QPainter, stripe: Stripe, ink: Ink) -> None:
    """A gap in the stripe of what waits for a person; a dot at the head of one that somebody has written about."""
    centre = QPointF(stripe.box.center().x(), stripe.box.top() + WIDTH / 2)
    painter.setBrush(ink.theme.color("surface"))
    if stripe.span.coding.review:
        painter.drawRect(QRectF(stripe.box.left(), stripe.box.center().y() - 1.5, stripe.box.width(), 3))
    if stripe.span.coding.memos and stripe.begins:
        painter.setBrush(ink.theme.color("text"))
        painter.drawEllipse(centre, 3, 3)


def paint_names(
    painter: QPainter, found: Sequence[Stripe], ink: Ink, columns: Columns, font: QFont, hovered: str | None
) -> None:
    """Names left of the stripes: all that find room in a wide view; the chosen one's and the one's pointed at first."""
    if not found:
        return
    right = min(stripe.box.left() for stripe in found) - SPACE_M
    width = right - columns.names_left
    if width < NAMES:
        return
    painter.setFont(font)
    metrics = QFontMetrics(font)
    taken: list[tuple[float, float]] = []
    first = {ink.chosen, hovered}
    for stripe in sorted(found, key=lambda stripe: (stripe.span.coding.id not in first, stripe.box.top())):
        coding = stripe.span.coding
        code = ink.codes.get(coding.code)
        top = max(stripe.box.top(), 0.0)
        bottom = top + metrics.height() + 1
        if code is None or any(top < below and above < bottom for above, below in taken):
            continue
        taken.append((top, bottom))
        painter.setPen(ink.theme.color(_role(coding.id in first, ink.faded(coding))))
        name = metrics.elidedText(code.fields.name, Qt.TextElideMode.ElideRight, int(width))
        box = QRectF(columns.names_left, top, width, bottom - top)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def _role(first: bool, faded: bool) -> str:
    return "text" if first else "disabled" if faded else "faint"
