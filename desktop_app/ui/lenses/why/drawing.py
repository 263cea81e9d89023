"""A series over time with its places marked and numbered, and below a ratio the totals that it divides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop_app.model.metrics import Series
from desktop_app.model.numbers import figure
from desktop_app.model.samples import Envelope, Samples, columns, days, run_size
from desktop_app.model.why import SeriesLine, WhyPlace
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, write_text
from desktop_app.ui.lenses.why.telling import place_words, state_words
from desktop_app.ui.widgets.time_axis import TimeAxis

NAME = 22.0
MARKS = 44.0
"""Above the line: numbers, and what is said of each place."""
HEIGHT, TOTAL_HEIGHT = 150.0, 64.0
"""Of the series, and of each of the totals under a ratio."""
GAP = 12.0
AXIS = 24.0
LEFT = 64.0
RIGHT = 16.0
MARK = 20.0
LABEL_GAP = 10.0


@dataclass(slots=True)
class _Strip:
    """One line with its room and its scale."""

    series: Series
    samples: Samples
    envelope: Envelope
    box: QRectF
    low: float
    high: float

    def y(self, value: float) -> float:
        return self.box.bottom() - (value - self.low) / (self.high - self.low) * self.box.height()


class WhyDrawing(Drawing):
    """``places`` are those of the line's series, in order of time; ``chosen`` is the key of the one looked at."""

    def __init__(self, line: SeriesLine, places: Sequence[WhyPlace], chosen: object = None) -> None:
        self.line = line
        self.places = [place for place in places if place.series.id == line.series.id]
        self.places.sort(key=lambda one: days(one.place.at))
        self.chosen = chosen
        self._axis = TimeAxis()
        parts = ((line.series, line.points), *line.totals)
        self._samples = [(series, Samples.of(points)) for series, points in parts]
        self._strips: list[_Strip] = []
        self._labels: list[tuple[QRectF, str, bool]] = []

    def arrange(self, width: float, look: Look) -> float:
        self._axis.left, self._axis.right = LEFT, max(width - RIGHT, LEFT + 40)
        low = min((samples.starts[0] for _, samples in self._samples if len(samples)), default=1.0)
        high = max((max(samples.ends) for _, samples in self._samples if len(samples)), default=low + 1)
        self._axis.show(low, high)
        self._strips = list(self._laid())
        self.spots = list(self._marks())
        self._labels = list(self._laid_labels(look))
        return self._strips[-1].box.bottom() + AXIS

    def _laid(self) -> Iterator[_Strip]:
        top = NAME + MARKS
        for number, (series, samples) in enumerate(self._samples):
            height = TOTAL_HEIGHT if number else HEIGHT
            envelope = Envelope(samples, run_size(samples, self._axis.days_per_pixel))
            least, most = min(samples.values, default=0.0), max(samples.values, default=1.0)
            low, high = min(least, 0.0), max(most, 0.0)
            box = QRectF(LEFT, top, self._axis.right - LEFT, height)
            yield _Strip(series, samples, envelope, box, low, high if high > low else low + 1)
            top += height + GAP + NAME + 6

    def _marks(self) -> Iterator[Spot]:
        middles = _apart([self._axis.x(days(one.place.at)) for one in self.places], LEFT, self._axis.right)
        for number, (one, x) in enumerate(zip(self.places, middles, strict=True), start=1):
            rect = QRectF(x - MARK / 2, NAME + 2, MARK, MARK)
            words = f"{number}. {place_words(one)} {state_words(one)}"
            yield Spot(rect, words, one.ledger.query if one.ledger.reasons else "", one.key)

    def _laid_labels(self, look: Look) -> Iterator[tuple[QRectF, str, bool]]:
        """What is said of each place where there is room for it: the chosen one first, then from left to right."""
        taken: list[QRectF] = []
        order = sorted(range(len(self.places)), key=lambda at: self.places[at].key != self.chosen)
        for at in order:
            one, words = self.places[at], state_words(self.places[at])
            width = look.width(words, look.sizes.tiny, bold=one.is_open) + 4
            middle = self.spots[at].rect.center().x()
            left = min(max(middle - width / 2, 0.0), max(self._axis.right + RIGHT - width, 0.0))
            rect = QRectF(left, NAME + MARK + 4, width, 16)
            if not any(rect.adjusted(-LABEL_GAP, 0, LABEL_GAP, 0).intersects(other) for other in taken):
                taken.append(rect)
                yield rect, words, one.is_open

    # --- painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, strip in enumerate(self._strips):
            self._paint_strip(painter, look, strip, is_ratio=not number and len(self._strips) > 1)
        self._paint_axis(painter, look)
        for number, (spot, one) in enumerate(zip(self.spots, self.places, strict=True), start=1):
            self._paint_place(painter, look, spot.rect, one, number)
        for rect, words, is_open in self._labels:
            role = "text" if is_open else "muted"
            align = Qt.AlignmentFlag.AlignHCenter
            write_text(painter, look, rect, words, size=look.sizes.tiny, role=role, bold=is_open, align=align)

    def _paint_strip(self, painter: QPainter, look: Look, strip: _Strip, *, is_ratio: bool) -> None:
        box, first = strip.box, strip is self._strips[0]
        heading = QRectF(0, 0 if first else box.top() - NAME - 8, box.right(), NAME)
        write_text(painter, look, heading, strip.series.label, size=look.sizes.small, role="muted", bold=first)
        for value in (strip.low, strip.high) if not first else (strip.low, (strip.low + strip.high) / 2, strip.high):
            y = strip.y(value)
            painter.setPen(QPen(look.theme.color("line"), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            told = QRectF(0, y - 9, LEFT - 8, 18)
            shown = figure(value, strip.series.unit)
            right = Qt.AlignmentFlag.AlignRight
            write_text(painter, look, told, shown, size=look.sizes.tiny, role="muted", align=right)
        pen = QPen(look.theme.color("ratio" if is_ratio else "accent"), 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in self._pieces(strip):
            if len(part) > 1:
                painter.drawPolyline(QPolygonF(part))
            else:
                painter.drawPoint(part[0])

    def _pieces(self, strip: _Strip) -> Iterator[list[QPointF]]:
        """The line without its gaps; where points are closer than pixels, from the lowest to the highest of each."""
        axis, envelope = self._axis, strip.envelope
        if len(envelope.starts) < len(strip.samples):
            rows = columns(envelope, axis.x, axis.start, axis.end)
            yield [QPointF(row[0], strip.y(value)) for row in rows for value in row[1:]]
            return
        part: list[QPointF] = []
        before = 0.0
        for start, end, value in strip.samples.rows():
            if part and start > before + 1e-6:
                yield part
                part = []
            part.append(QPointF(axis.x((start + end) / 2), strip.y(value)))
            before = end
        if part:
            yield part

    def _paint_axis(self, painter: QPainter, look: Look) -> None:
        top = self._strips[-1].box.bottom() + 5
        for tick in self._axis.ticks(96.0):
            rect = QRectF(self._axis.x(tick.day), top, 120, 18)
            if rect.left() + look.width(tick.label, look.sizes.tiny) <= self._axis.right + RIGHT:
                role = "muted" if tick.major else "faint"
                write_text(painter, look, rect, tick.label, size=look.sizes.tiny, role=role)

    def _paint_place(self, painter: QPainter, look: Look, mark: QRectF, one: WhyPlace, number: int) -> None:
        """Open places are rings, those with reasons full, dismissed ones dashed; the number stands in each."""
        theme = look.theme
        is_chosen = one.key == self.chosen
        x, bottom = self._axis.x(days(one.place.at)), self._strips[-1].box.bottom()
        if is_chosen:
            left, right = self._axis.x(days(one.place.start)), self._axis.x(days(one.place.end))
            painter.fillRect(QRectF(left, self._strips[0].box.top(), right - left, bottom - self._strips[0].box.top()),
                             theme.color("accent", 0.12))  # fmt: skip
        painter.setPen(QPen(theme.color("text" if is_chosen else "muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, NAME + MARKS - 2), QPointF(x, bottom))
        is_full = not one.is_open and one.dismissal is None
        painter.setBrush(theme.color("accent" if is_full else "surface"))
        style = Qt.PenStyle.DashLine if one.dismissal else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.color("muted" if one.dismissal else "accent"), 1.5, style))
        painter.drawEllipse(mark.adjusted(1, 1, -1, -1))
        role = "on_accent" if is_full else "muted" if one.dismissal else "text"
        middle = Qt.AlignmentFlag.AlignHCenter
        write_text(painter, look, mark, str(number), size=look.sizes.tiny, role=role, bold=is_chosen, align=middle)


def _apart(middles: Sequence[float], low: float, high: float) -> list[float]:
    """Rising middles moved so that the marks do not cover each other, as far as there is room for all of them."""
    step = min(MARK + 1, (high - low) / max(len(middles), 1))
    moved: list[float] = []
    for x in middles:
        moved.append(max(x, moved[-1] + step) if moved else x)
    edge = high
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], edge)
        edge = moved[at] - step
    return moved
