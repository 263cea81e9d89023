"""One ratio: both totals and what they make, and all three over time on one axis, the ratio below and quieter."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop_app.model.metrics import Point
from desktop_app.model.numbers import figure
from desktop_app.model.samples import Samples, bucketed, bucketed_ratio, days, grain_for, moment
from desktop_app.model.time import describe
from desktop_app.model.totals import RatioOver, Total, ratio_figure
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, write_text

TITLE, FIGURES, NOTE = 28, 54, 22
TOTAL_HEIGHT, RATIO_HEIGHT = 92, 62
GAP = 26
AXIS = 26
LABEL = 64
"""Room on the left for the largest value of a line."""
MARK_UP_TO = 60
"""Points that are marked one by one on their line."""
RIGHT = Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignHCenter


class RatioDrawing(Drawing):
    def __init__(self, ratio: RatioOver) -> None:
        self._ratio = ratio
        self._above = _samples(ratio, lambda point: point.numerator)
        self._below = _samples(ratio, lambda point: point.denominator)
        self._width = 0.0
        self._figures: list[Spot] = []
        self._panels: list[Spot] = []
        self._notes = list(_notes(ratio))

    # --- where everything stands --------------------------------------------------------------------------------------

    @property
    def _has_lines(self) -> bool:
        return len(self._ratio.points) > 1

    def arrange(self, width: float, look: Look) -> float:
        self._width = width
        ratio = self._ratio
        words = [_total_words(total) for total in (ratio.numerator, ratio.denominator)]
        words.append(
            tr("{name}: {value}", name=ratio.name, value=ratio_figure(ratio.value, ratio.unit))
            if ratio.known
            else tr("{name}: totals unknown", name=ratio.name)
        )
        self._figures = []
        if ratio.known:
            third = min((width - 2 * 36) / 3, 300.0)
            for at, said in enumerate(words):
                rect = QRectF(at * (third + 36), TITLE, third, FIGURES - 6)
                self._figures.append(Spot(rect, said, ratio.entries.query, ("figure", at)))
        else:
            self._figures.append(Spot(QRectF(0, 0, width, TITLE), words[-1], ratio.entries.query, ("figure", 2)))
        top = TITLE + (FIGURES if ratio.known else 0) + len(self._notes) * NOTE
        self._panels = []
        if self._has_lines:
            for at, (said, height) in enumerate(zip(words, (TOTAL_HEIGHT, TOTAL_HEIGHT, RATIO_HEIGHT), strict=True)):
                top += GAP
                rect = QRectF(LABEL, top, width - LABEL, height)
                self._panels.append(
                    Spot(rect, tr("{figure}, over time", figure=said), ratio.entries.query, ("line", at))
                )
                top += height
            top += AXIS
        self.spots = [*self._figures, *self._panels]
        return float(top)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio = self._ratio
        write_text(painter, look, QRectF(0, 0, self._width, TITLE - 4), ratio.name, bold=True)
        if ratio.known:
            self._paint_figures(painter, look)
        top = TITLE + (FIGURES if ratio.known else 0)
        for note in self._notes:
            rect = QRectF(0, top, self._width, NOTE)
            write_text(painter, look, rect, note, size=look.sizes.small, role="muted")
            top += NOTE
        if self._has_lines:
            self._paint_lines(painter, look)

    def _paint_figures(self, painter: QPainter, look: Look) -> None:
        ratio = self._ratio
        assert ratio.numerator is not None
        assert ratio.denominator is not None
        shown = [
            (figure(ratio.numerator.value, ratio.numerator.unit), ratio.numerator.name, "text"),
            (figure(ratio.denominator.value, ratio.denominator.unit), ratio.denominator.name, "text"),
            (ratio_figure(ratio.value, ratio.unit), tr("the ratio of these totals"), "muted"),
        ]
        for spot, sign, (value, name, role) in zip(self._figures, ("", "÷", "="), shown, strict=True):
            rect = spot.rect
            head = QRectF(rect.left(), rect.top(), rect.width(), 26)
            write_text(painter, look, head, value, size=look.sizes.heading, bold=role == "text", role=role)
            under = QRectF(rect.left(), rect.top() + 26, rect.width(), 20)
            write_text(painter, look, under, name, size=look.sizes.small, role="muted")
            if sign:
                place = QRectF(rect.left() - 34, rect.top(), 28, 26)
                write_text(painter, look, place, sign, size=look.sizes.heading, role="muted", align=MIDDLE)

    def _paint_lines(self, painter: QPainter, look: Look) -> None:
        ratio = self._ratio
        assert ratio.numerator is not None
        assert ratio.denominator is not None
        first = days(min(point.start for point in ratio.points))
        last = days(max(point.end for point in ratio.points))
        rect = self._panels[0].rect
        scale = rect.width() / max(last - first, 1.0)
        grain = grain_for(ratio.grain, 1 / scale, 2.0)
        lines = (
            (self._above if grain == ratio.grain else bucketed(self._above, grain)),
            (self._below if grain == ratio.grain else bucketed(self._below, grain)),
            bucketed_ratio(self._above, self._below, grain) if grain != ratio.grain else _exact(ratio),
        )
        units = (ratio.numerator.unit, ratio.denominator.unit, ratio.unit)
        names = (ratio.numerator.name, ratio.denominator.name, ratio.name)
        for at, (samples, spot) in enumerate(zip(lines, self._panels, strict=True)):
            quiet = at == 2
            head = QRectF(spot.rect.left(), spot.rect.top() - 20, spot.rect.width(), 18)
            role = "muted" if quiet else "text"
            write_text(painter, look, head, names[at], size=look.sizes.small, role=role)
            tell = (lambda value: ratio_figure(value, ratio.unit)) if quiet else _teller(units[at])
            self._paint_line(painter, look, spot.rect, samples, first, scale, tell, quiet=quiet)
        self._paint_axis(painter, look, first, last)

    def _paint_line(
        self,
        painter: QPainter,
        look: Look,
        rect: QRectF,
        samples: Samples,
        first: float,
        scale: float,
        tell: Callable[[float], str],
        *,
        quiet: bool,
    ) -> None:
        """A line from zero, in a frame of hairlines; gaps stay gaps."""
        painter.setPen(QPen(look.theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        values = list(samples.values)
        high, low = max([*values, 0.0]), min([*values, 0.0])
        if high == low:
            high = low + 1.0
        for value, y in ((high, rect.top()), (low, rect.bottom())):
            place = QRectF(0, y - 9, LABEL - 8, 18)
            write_text(painter, look, place, tell(value), size=look.sizes.tiny, role="muted", align=RIGHT)
        painter.setPen(QPen(look.theme.color("ratio" if quiet else "accent"), 1.2 if quiet else 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        height = rect.height() / (high - low)
        for run in _runs(samples):
            places = [
                QPointF(rect.left() + (when - first) * scale, rect.bottom() - (value - low) * height)
                for when, value in run
            ]
            painter.drawPolyline(QPolygonF(places))
            if len(samples) <= MARK_UP_TO or len(places) == 1:
                painter.setBrush(look.theme.color("ratio" if quiet else "accent"))
                for spot in places:
                    painter.drawEllipse(spot, 1.8, 1.8)
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_axis(self, painter: QPainter, look: Look, first: float, last: float) -> None:
        rect = self._panels[-1].rect
        shown = [(first, Qt.AlignmentFlag.AlignLeft), ((first + last) / 2, MIDDLE), (last - 1, RIGHT)]
        words = [_day_words(number) for number, _ in shown]
        crowded = sum(look.width(said, look.sizes.tiny) + 16 for said in words) > rect.width()
        for said, (_, align) in zip(words, shown, strict=True):
            if align != MIDDLE or not crowded:
                place = QRectF(rect.left(), rect.bottom() + 4, rect.width(), 18)
                write_text(painter, look, place, said, size=look.sizes.tiny, role="muted", align=align)


def _day_words(number: float) -> str:
    day: date = moment(number).date()
    return describe(day.isoformat())


def _samples(ratio: RatioOver, value: Callable[..., float | None]) -> Samples:
    points = [Point(one.start, one.end, number) for one in ratio.points if (number := value(one)) is not None]
    return Samples.of(points)


def _exact(ratio: RatioOver) -> Samples:
    return _samples(ratio, lambda point: point.value)


def _runs(samples: Samples) -> list[list[tuple[float, float]]]:
    """The middles of the samples with their values, in runs without a gap."""
    runs: list[list[tuple[float, float]]] = []
    before = None
    for start, end, value in samples.rows():
        if before is None or start > before + 0.01:
            runs.append([])
        runs[-1].append(((start + end) / 2, value))
        before = end
    return runs


def _teller(unit: str) -> Callable[[float], str]:
    return lambda value: figure(value, unit)


def _total_words(total: Total | None) -> str:
    if total is None:
        return ""
    points = count_text(total.points, "{number} point", "{number} points")
    return tr("{name}: {value} in {points}", name=total.name, value=figure(total.value, total.unit), points=points)


def _notes(ratio: RatioOver) -> Sequence[str]:
    if not ratio.known:
        return [tr("Totals unknown: cannot be recomputed for a stretch. Say which two series it divides.")]
    notes = []
    if ratio.cut:
        notes.append(
            count_text(
                ratio.cut,
                "{number} point left out, cut by the stretch.",
                "{number} points left out, cut by the stretch.",
            )
        )
    if ratio.value is None:
        notes.append(tr("There is nothing to divide in this stretch."))
    elif not ratio.matched:
        notes.append(tr("The two totals do not cover the same time."))
    return notes
