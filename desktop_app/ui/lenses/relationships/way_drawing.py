"""Somebody's way on one time axis: stages, conversations, quotes, questions and help, each in its lane.

What lies too close together to be told apart stands as one mark with its count. Planned events are quiet bands behind:
what went on meanwhile, never a cause.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from desktop_app.model.people import Stage
from desktop_app.model.relationships import Campaign, Lane, Way, WayMoment
from desktop_app.model.samples import days
from desktop_app.model.time import OPEN_END, OPEN_START, BadDate, describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.time_axis import TimeAxis

STAGE_LANE = 22.0
LANE = 32.0
FOOT = 24.0
BAND_ROW = 18.0
NAME_WIDTH = 160.0
"""Pixels that the name of a band may take."""
MOST_BAND_ROWS = 3
MOST_BANDS = 60
"""Planned events that are drawn, the longest; more would hide the way that crosses them."""
NEAR = 24.0
"""Pixels from the first mark of a heap within which others join it."""
DOT = 5.0
RIGHT = 16.0
STAGES = tuple(reversed(Stage))
LANES = (Lane.CONVERSATION, Lane.QUOTE, Lane.QUESTION, Lane.HELP)
LANE_WORDS = {
    Lane.STEP: "Step",
    Lane.CONVERSATION: "Conversations",
    Lane.QUOTE: "Quotes",
    Lane.QUESTION: "Questions",
    Lane.HELP: "Help given",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """What stands at ``x``: one moment, or several that lie close."""

    x: float
    moments: tuple[WayMoment, ...]
    spot: Spot


class WayDrawing(Drawing):
    """``spots`` have the lane and the ids of what they stand for as their key."""

    def __init__(self, found: Way) -> None:
        self._found = found
        self._axis = TimeAxis()
        self._dated = tuple(moment for moment in found.moments if moment.start > OPEN_START)
        undated = [moment for moment in found.moments if not moment.start > OPEN_START and moment.kind != "person"]
        self._undated = tuple(dict.fromkeys(moment.id for moment in undated))
        longest = sorted(found.campaigns, key=lambda one: _length(one, found.today), reverse=True)
        self._campaigns = longest[:MOST_BANDS]
        self._today = days(found.today) + 1
        self._bands: list[tuple[QRectF, Campaign, int]] = []
        self._steps: list[_Mark] = []
        self._marks: list[_Mark] = []
        self._stages = tuple(stage for stage in STAGES if any(moment.detail == stage for moment in self._of(Lane.STEP)))
        self._label = self._top = self._height = 0.0

    def _of(self, lane: Lane) -> list[WayMoment]:
        return [moment for moment in self._dated if moment.lane == lane]

    # --- places -----------------------------------------------------------------------------------------------------

    def _x(self, day: float) -> float:
        """Where a day stands; what lies outside the eight centuries that an axis can show stands at its edge."""
        return min(max(self._axis.x(day), self._axis.left), self._axis.right)

    def arrange(self, width: float, look: Look) -> float:
        names = [tr(LANE_WORDS[lane]) for lane in LANES] + [tr(stage) for stage in self._stages]
        widest = max(look.width(name, look.sizes.small) for name in names)
        self._label = min(widest + 20, width * 0.3)
        self._axis.left, self._axis.right = self._label, max(width - RIGHT, self._label + 80)
        starts = [days(moment.start) for moment in self._dated]
        first, last = min(starts, default=self._today - 30), max([self._today, *starts])
        room = max((last - first) * 0.03, 4.0)
        self._axis.show(first - room, last + room * 0.4)
        self._place_bands(look)
        self._steps = [self._step(moment) for moment in self._of(Lane.STEP) if moment.detail in self._stages]
        self._marks = [mark for lane in LANES for mark in self._heaps(lane)]
        named = sorted(self._bands, key=lambda band: (band[1].start, band[1].id))
        bands = [Spot(rect, _band_words(one), one.query, ("campaign", one.id)) for rect, one, row in named if row >= 0]
        bottom = self._lane_top(Lane.HELP) + LANE
        self._height = bottom + FOOT
        undated = [self._undated_spot(bottom + FOOT, look)] if self._undated else []
        self.spots = [*(mark.spot for mark in (*self._steps, *self._marks)), *bands, *undated]
        return self._height + (FOOT if undated else 0) + 1

    def _place_bands(self, look: Look) -> None:
        """Bands behind everything, and rows for their names above, the longest first; what finds no room has none."""
        rows: list[list[tuple[float, float]]] = []
        placed = []
        low, high = self._axis.left, self._axis.right
        for one in self._campaigns:
            left = low if one.start <= OPEN_START else self._x(days(one.start))
            right = high if one.end >= OPEN_END else self._x(days(one.end))
            until = max(left + min(look.width(one.name, look.sizes.tiny) + 12, NAME_WIDTH), right)
            free = (at for at, taken in enumerate(rows) if all(until <= a or left >= b for a, b in taken))
            row = next(free, len(rows))
            if row < MOST_BAND_ROWS and until <= high + RIGHT:
                rows += [[]] if row == len(rows) else []
                rows[row].append((left, until))
            else:
                row = -1
            placed.append((QRectF(left, 2 + row * BAND_ROW, max(right - left, 3.0), BAND_ROW), one, row))
        self._top = len(rows) * BAND_ROW + (8 if rows else 2)
        self._bands = placed

    def _stage_y(self, stage: str) -> float:
        return self._top + (self._stages.index(Stage(stage)) + 0.5) * STAGE_LANE

    def _lane_top(self, lane: Lane) -> float:
        above = len(self._stages) * STAGE_LANE
        return self._top + above + (8 if above else 0) + LANES.index(lane) * LANE

    def _step(self, moment: WayMoment) -> _Mark:
        x, y = self._x(days(moment.start)), self._stage_y(moment.detail)
        query = moment.query if moment.kind == "entry" else ""
        spot = Spot(
            QRectF(x - 11, y - 11, 22, 22), moment_words(moment), query, (moment.lane, moment.id, moment.occurred)
        )
        return _Mark(x, (moment,), spot)

    def _heaps(self, lane: Lane) -> list[_Mark]:
        """The marks of a lane, close ones together."""
        heaps: list[list[WayMoment]] = []
        begun = 0.0
        for moment in self._of(lane):
            x = self._x(days(moment.start))
            if heaps and x - begun < NEAR:
                heaps[-1].append(moment)
            else:
                heaps.append([moment])
                begun = x
        return [self._mark(lane, heap) for heap in heaps]

    def _mark(self, lane: Lane, heap: Sequence[WayMoment]) -> _Mark:
        x, y = self._x(days(heap[0].start)), self._lane_top(lane) + LANE / 2
        rect = QRectF(x - 11, y - 12, 22, 24)
        query = heap[0].query if len(heap) == 1 else "id:" + ",".join(moment.id for moment in heap)
        words = moment_words(heap[0]) if len(heap) == 1 else _heap_words(lane, heap)
        return _Mark(x, tuple(heap), Spot(rect, words, query, (lane, tuple(moment.id for moment in heap))))

    def _undated_spot(self, top: float, look: Look) -> Spot:
        words = count_text(len(self._undated), "{number} without a date", "{number} without dates")
        rect = QRectF(0, top, look.width(words, look.sizes.small) + 8, FOOT)
        return Spot(rect, words, "id:" + ",".join(self._undated), "undated")

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bands(painter, look)
        self._paint_lanes(painter, look)
        self._paint_axis(painter, look)
        self._paint_steps(painter, look)
        for mark in self._marks:
            self._paint_mark(painter, look, mark)
        if self._undated:
            spot = self.spots[-1]
            write_text(painter, look, spot.rect, spot.words, size=look.sizes.small, role="muted")

    def _paint_bands(self, painter: QPainter, look: Look) -> None:
        theme = look.theme
        together = QPainterPath()
        together.setFillRule(Qt.FillRule.WindingFill)
        for rect, _, _ in self._bands:
            together.addRect(rect.left(), self._top, rect.width(), self._height - FOOT - self._top)
        # At once: laid one on another, many of them would be as light as what stands on them.
        painter.fillPath(together, theme.color("muted", 0.07))
        for rect, one, row in self._bands:
            if row >= 0:
                painter.fillRect(QRectF(rect.left(), rect.bottom() - 3, rect.width(), 2), theme.color("muted", 0.5))
                room = QRectF(rect.left() + 1, rect.top(), max(rect.width(), NAME_WIDTH - 2), BAND_ROW - 3)
                write_text(painter, look, room, one.name, size=look.sizes.tiny, role="muted")

    def _paint_lanes(self, painter: QPainter, look: Look) -> None:
        lanes = [(self._stage_y(stage), tr(stage)) for stage in self._stages]
        lanes += [(self._lane_top(lane) + LANE / 2, tr(LANE_WORDS[lane])) for lane in LANES]
        for y, name in lanes:
            painter.setPen(QPen(look.theme.color("line"), 1))
            painter.drawLine(QPointF(self._axis.left, y), QPointF(self._axis.right, y))
            box = QRectF(0, y - 11, self._label - 12, 22)
            write_text(painter, look, box, name, size=look.sizes.small, role="muted", align=Qt.AlignmentFlag.AlignRight)

    def _paint_axis(self, painter: QPainter, look: Look) -> None:
        top = self._height - FOOT
        for tick in self._axis.ticks():
            x = self._x(tick.day)
            width = look.width(tick.label, look.sizes.tiny) + 4
            if x + width <= self._axis.right + RIGHT:
                room = QRectF(x, top, width, FOOT)
                write_text(painter, look, room, tick.label, size=look.sizes.tiny, role="muted")
        x = self._x(self._today)
        painter.setPen(QPen(look.theme.color("accent", 0.6), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, self._top), QPointF(x, top))

    def _paint_steps(self, painter: QPainter, look: Look) -> None:
        """The stairs of each person, then their dots over them."""
        theme = look.theme
        painter.setPen(QPen(theme.color("accent"), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        whose: dict[str, list[_Mark]] = {}
        for mark in self._steps:
            whose.setdefault(mark.moments[0].who, []).append(mark)
        for marks in whose.values():
            points = [QPointF(mark.x, self._stage_y(mark.moments[0].detail)) for mark in marks]
            points.append(QPointF(max(self._x(self._today), points[-1].x()), points[-1].y()))
            for here, there in pairwise(points):
                painter.drawPolyline([here, QPointF(there.x(), here.y()), there])
        for mark in self._steps:
            moment = mark.moments[0]
            painter.setPen(QPen(theme.color("accent"), 1.75))
            painter.setBrush(theme.color("accent" if moment.kind == "entry" else "surface"))
            painter.drawEllipse(QPointF(mark.x, self._stage_y(moment.detail)), DOT, DOT)

    def _paint_mark(self, painter: QPainter, look: Look, mark: _Mark) -> None:
        theme, moment = look.theme, mark.moments[0]
        centre = mark.spot.rect.center()
        if len(mark.moments) > 1:
            self._paint_heap(painter, look, mark.spot.rect, len(mark.moments))
            return
        self._paint_stretch(painter, theme, moment, centre)
        painter.setPen(QPen(theme.color("accent"), 1.75))
        painter.setBrush(theme.color("accent"))
        if moment.lane == Lane.QUESTION:
            if moment.detail == "open":
                painter.setBrush(theme.color("surface"))
            painter.drawEllipse(centre, DOT, DOT)
        elif moment.lane == Lane.HELP:
            painter.drawPolygon([centre + QPointF(dx, dy) for dx, dy in ((0, -6), (6, 0), (0, 6), (-6, 0))])
        elif moment.lane == Lane.QUOTE:
            painter.drawPolygon([centre + QPointF(dx, dy) for dx, dy in ((-5, -5), (5, -5), (5, 3), (-1, 3), (-5, 7))])
        elif moment.kind == "document":
            painter.drawRect(QRectF(centre.x() - 4.5, centre.y() - 4.5, 9, 9))
        else:
            painter.drawEllipse(centre, DOT - 0.5, DOT - 0.5)

    def _paint_stretch(self, painter: QPainter, theme: Theme, moment: WayMoment, centre: QPointF) -> None:
        """How long it lasted, or a question stayed open."""
        if moment.lane == Lane.QUESTION:
            until = self._x(days(moment.until)) if moment.until > OPEN_START else self._x(self._today)
        else:
            until = self._x(days(moment.end)) if moment.end < OPEN_END else centre.x()
        if until - centre.x() > 2 * DOT:
            painter.fillRect(QRectF(centre.x(), centre.y() - 2, until - centre.x(), 4), theme.color("accent", 0.25))

    def _paint_heap(self, painter: QPainter, look: Look, rect: QRectF, count: int) -> None:
        theme = look.theme
        painter.setPen(QPen(theme.color("accent"), 1.25))
        painter.setBrush(mixed(theme.color("accent"), theme.color("surface"), 0.16))
        painter.drawRoundedRect(rect.adjusted(0, 2, 0, -2), 10, 10)
        words = str(count) if count < 1000 else "…"
        write_text(painter, look, rect, words, size=look.sizes.tiny, align=Qt.AlignmentFlag.AlignHCenter)


# --- words ------------------------------------------------------------------------------------------------------------


def moment_words(moment: WayMoment) -> str:
    """``Quote by Ines Vidal, 3 March 2026: It was never the price``."""
    what = _what(moment)
    if moment.who:
        what = tr("{what} of {name}", what=what, name=moment.who)
    when = when_words(moment.occurred)
    head = f"{what}, {when}" if when else what
    told = moment.heading or (tr("no entry shows it") if moment.kind == "person" else "")
    return f"{head}: {told}" if told else head


def _what(moment: WayMoment) -> str:
    if moment.lane == Lane.STEP:
        return tr("Back to {stage}", stage=tr(moment.detail)) if moment.back else tr(moment.detail).capitalize()
    if moment.lane == Lane.QUESTION:
        return tr("Open question") if moment.detail == "open" else tr("Answered question")
    if moment.lane == Lane.HELP:
        return tr("Help")
    return {"document": tr("Transcript"), "note": tr("Note"), "event": tr("Event")}.get(moment.detail, tr("Quote"))


def when_words(edtf: str) -> str:
    """A date in words; one that cannot be read here as it is kept."""
    try:
        return describe(edtf) if edtf else ""
    except BadDate:
        return edtf


def _heap_words(lane: Lane, heap: Iterable[WayMoment]) -> str:
    moments = list(heap)
    first, last = when_words(moments[0].start[:10]), when_words(moments[-1].start[:10])
    said = f"{tr(LANE_WORDS[lane])}: {len(moments):,}"
    return f"{said}, {first}" if first == last else tr("{said}, {first} to {last}", said=said, first=first, last=last)


def _length(one: Campaign, today: str) -> float:
    """Days that an event lasts; without an end until today."""
    start = days(one.start) if one.start > OPEN_START else 1.0
    return (days(today) if one.end >= OPEN_END else days(one.end)) - start


def _band_words(one: Campaign) -> str:
    return tr("{name}, planned: it went on meanwhile, which says nothing about causes", name=one.name)
