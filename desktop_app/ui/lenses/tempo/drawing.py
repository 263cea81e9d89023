"""Where everything of tempo stands: lanes on one time axis, and below them the combs of how series are sampled."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop_app.model.samples import days
from desktop_app.model.tempo import (
    DAY,
    Again,
    Lane,
    SeriesTempo,
    Tempo,
    begun_from,
    comes_again,
    ended_before,
    minute_of,
)
from desktop_app.model.time import describe_recurrence
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot
from desktop_app.ui.lenses.tempo.groups import SINGLE, Group, Standing, day_of, standing
from desktop_app.ui.lenses.tempo.painting import again_y, paint_tempo
from desktop_app.ui.lenses.tempo.telling import group_words, lane_words, sampling_words, series_words
from desktop_app.ui.widgets.time_axis import TimeAxis, stretch_name

HEAD = 24.0
"""Above the lanes, for the name of the chosen time."""
LANE, LANE_LEAST, LANE_MOST = 38.0, 32.0, 46.0
SERIES = 46.0
FOOT = 30.0
"""Between the lanes and the combs, for the axis."""
BEYOND = 40.0
"""Beside the plot, for how many lie before and after the view."""
SPILL = 36.0
"""How far words below a comb may run over the plot's right edge."""
CLOSEST = 9.0
"""Pixels between occurrences below which they are one line."""
NO_END = (minute_of("2000-01-01"), minute_of("2030-01-01"))
"""What is shown where no entry has a beginning or an end."""
MOST_AGAIN, MOST_RECURRENT = 150, 8
"""Occurrences drawn on a lane, and entries whose occurrences are."""

SpotKind = Literal["lane", "group", "entry", "ended", "later", "again", "series"]


@dataclass(frozen=True, slots=True)
class TempoKey:
    """What a spot stands for. ``at`` tells groups and occurrences of a lane apart; ``entry`` is one entry's id."""

    kind: SpotKind
    scale: str = ""
    at: int = 0
    entry: str = ""


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane with its place: ``label`` at the left, ``box`` where time runs, and what comes again there.

    ``free`` are the occurrences that have a mark, as their recurrence, begin, end and place: they are in view and do
    not cover one another.
    """

    standing: Standing
    label: QRectF
    box: QRectF
    again: tuple[Again, ...]
    free: tuple[tuple[Again, int, int, float], ...]


@dataclass(frozen=True, slots=True)
class SeriesBox:
    """A series with its place and what is said below its comb, on one line or two."""

    tempo: SeriesTempo
    label: QRectF
    box: QRectF
    words: tuple[str, ...]


class TempoDrawing(Drawing):
    """What ``found`` says between two days (:meth:`show`), with a chosen time marked: ``at``, a pair of days."""

    def __init__(self, found: Tempo, at: tuple[float, float] | None = None) -> None:
        self.found = found
        self.at = at
        self.axis = TimeAxis()
        self.lanes: tuple[LaneBox, ...] = ()
        self.series: tuple[SeriesBox, ...] = ()
        self.axis_y = 0.0
        self.show_minutes(found.shown or found.usual or NO_END)

    # --- zoom --------------------------------------------------------------------------------------------------------

    def show_minutes(self, stretch: tuple[int, int] | None) -> None:
        """Shows a stretch with a little room at both ends."""
        if stretch is not None:
            low, high = day_of(stretch[0]), day_of(stretch[1])
            room = max((high - low) * 0.02, 0.02)
            self.axis.show(low - room, high + room)

    @property
    def is_zoomed(self) -> bool:
        """Whether something else is shown than at first."""
        first = TempoDrawing(self.found).axis
        return (self.axis.start, self.axis.end) != (first.start, first.end)

    # --- places ------------------------------------------------------------------------------------------------------

    def arrange(self, width: float, look: Look) -> float:
        found, axis = self.found, self.axis
        left = min(max(width * 0.15, 118.0), 172.0)
        axis.left, axis.right = left, max(width - BEYOND, left + 40)
        rows = [lane for lane in found.lanes if lane.entries or lane.scale]
        words = [self._series_words(one, look) for one in found.series]
        line = look.sizes.small * 1.45
        heights = [SERIES + line * (len(said) - 1) for said in words]
        least = max(LANE_LEAST, look.sizes.small * 2.7)
        height = self._lane_height(len(rows), sum(heights), least)
        self.lanes = tuple(
            self._lane_box(lane, QRectF(left, HEAD + at * height, axis.right - left, height))
            for at, lane in enumerate(rows)
        )
        self.axis_y = HEAD + len(rows) * height
        top = self.axis_y + FOOT
        boxes = []
        for one, said, tall in zip(found.series, words, heights, strict=True):
            box = QRectF(left, top, axis.right - left, tall)
            boxes.append(SeriesBox(one, QRectF(0, top, left - 12, tall), box, said))
            top += tall
        self.series = tuple(boxes)
        self.spots = [spot for box in self.lanes for spot in self._lane_spots(box)] + [
            Spot(
                QRectF(0, box.box.top() + 3, axis.right, box.box.height() - 6),
                series_words(box.tempo, found.names),
                box.tempo.query,
                TempoKey("series", entry=box.tempo.series.id),
            )
            for box in self.series
        ]
        return top

    def _series_words(self, tempo: SeriesTempo, look: Look) -> tuple[str, ...]:
        seen, unseen = sampling_words(tempo, self.found.names)
        whole = "; ".join(part for part in (seen, unseen) if part)
        if look.width(whole, look.sizes.tiny) <= self.axis.right - self.axis.left + SPILL:
            return (whole,)
        return seen, unseen

    def _lane_height(self, lanes: int, series: float, least: float) -> float:
        if not self.room:
            return max(LANE, least)
        free = self.room - HEAD - series - FOOT
        return max(min(free / max(lanes, 1), LANE_MOST), least)

    def _lane_box(self, lane: Lane, box: QRectF) -> LaneBox:
        axis = self.axis
        stands = standing(lane, axis)
        closest = max(round(CLOSEST * axis.days_per_pixel * DAY), 1)
        again = comes_again(lane, stands.view.low, stands.view.high, closest, MOST_AGAIN, MOST_RECURRENT)
        label = QRectF(0, box.top(), box.left() - 12, box.height())
        return LaneBox(stands, label, box, again, tuple(self._free(again)))

    # --- spots -------------------------------------------------------------------------------------------------------

    def _lane_spots(self, box: LaneBox) -> list[Spot]:
        """The lane's name, what ended before, marks and groups, what begins later, then what comes again."""
        stands, scope = box.standing, self.found.scope
        lane, view = stands.lane, stands.view
        tall = box.box.adjusted(0, 3, 0, -3)
        words = lane_words(lane, self.found.series)
        label = QRectF(0, tall.top(), box.label.width() - BEYOND + 8, tall.height())
        query = lane.dated.query if lane.entries else ""
        made = [Spot(label, words, query, TempoKey("lane", lane.scale))]
        if view.ended:
            rect = QRectF(tall.left() - BEYOND, tall.top(), BEYOND - 4, tall.height())
            query = scope.narrowed(lane.part, *ended_before(view.low))
            made.append(Spot(rect, _ended_words(view.ended), query, TempoKey("ended", lane.scale)))
        made += [self._group_spot(box, group) for group in stands.groups]
        if view.later:
            rect = QRectF(tall.right() + 4, tall.top(), BEYOND - 6, tall.height())
            query = scope.narrowed(lane.part, *begun_from(view.high))
            made.append(Spot(rect, _later_words(view.later), query, TempoKey("later", lane.scale)))
        made += [self._again_spot(box, *free) for free in box.free]
        return made + [self._dense_spot(box, again) for again in box.again if again.dense]

    def _group_spot(self, box: LaneBox, group: Group) -> Spot:
        lane, view = box.standing.lane, box.standing.view
        words = group_words(group, view, lane)
        middle = box.box.center().y()
        rect = QRectF(group.x - group.half - 2, middle - 10, 2 * group.half + 4, 20)
        if group.count == 1:
            entry = lane.entries[group.first]
            return Spot(rect, words, f"id:{entry.id}", TempoKey("entry", lane.scale, entry=entry.id))
        at = group.cluster.begins if group.cluster else view.low
        query = self.found.scope.narrowed(lane.part, *group.parts(view))
        return Spot(rect, words, query, TempoKey("group", lane.scale, at))

    def _again_spot(self, box: LaneBox, again: Again, start: int, end: int, x: float) -> Spot:
        lane = box.standing.lane
        entry = lane.entries[again.place]
        words = tr(
            "{heading} comes again {when} ({rhythm}); it is written down once",
            heading=entry.heading,
            when=stretch_name(day_of(start), day_of(end)),
            rhythm=describe_recurrence(entry.recurs),
        )
        rect = QRectF(x - SINGLE, again_y(box.box) - 5, 2 * SINGLE, 10)
        return Spot(rect, words, f"id:{entry.id}", TempoKey("again", lane.scale, start, entry.id))

    def _dense_spot(self, box: LaneBox, again: Again) -> Spot:
        lane = box.standing.lane
        entry = lane.entries[again.place]
        left, right = self.dense_line(again)
        rhythm = describe_recurrence(entry.recurs)
        words = tr("{heading} comes again {rhythm}; it is written down once", heading=entry.heading, rhythm=rhythm)
        rect = QRectF(left, again_y(box.box) - 5, max(right - left, 4.0), 10)
        return Spot(rect, words, f"id:{entry.id}", TempoKey("again", lane.scale, 0, entry.id))

    def again_x(self, start: int, end: int) -> float:
        """Where the mark of an occurrence stands: as that of an entry of its length."""
        left, right = self.axis.x(day_of(start)), self.axis.x(day_of(end))
        return (left + right) / 2 if right - left < 2 * SINGLE + 2 else left + SINGLE + 1

    def _free(self, found: Sequence[Again]) -> Iterator[tuple[Again, int, int, float]]:
        taken: list[float] = []
        for again in found:
            for start, end in again.times:
                x = self.again_x(start, end)
                at = bisect_left(taken, x)
                apart = all(abs(x - other) >= CLOSEST for other in taken[max(at - 1, 0) : at + 1])
                if apart and self.axis.left + SINGLE <= x <= self.axis.right - SINGLE:
                    insort(taken, x)
                    yield again, start, end, x

    def dense_line(self, again: Again) -> tuple[float, float]:
        """From where to where occurrences that stand too close run, in pixels, as far as they are in view."""
        low, high = again.dense or (0, 0)
        return self.held(self.axis.x(day_of(low))), self.held(self.axis.x(day_of(high)))

    def held(self, x: float) -> float:
        """A place along the axis, held inside the plot."""
        return min(max(x, self.axis.left), self.axis.right)

    def span_of(self, start: str, end: str) -> tuple[float, float]:
        return self.axis.x(days(start)), self.axis.x(days(end))

    def entry_at(self, spot: Spot) -> tuple[str, tuple[int, int]] | None:
        """The scale and the stretch in minutes of the entry or the occurrence that a spot stands for."""
        key = spot.key
        if not isinstance(key, TempoKey) or key.kind not in ("entry", "again"):
            return None
        for box in self.lanes:
            if box.standing.lane.scale != key.scale:
                continue
            entries = box.standing.lane.entries
            for again, start, end, _ in box.free:
                if key.kind == "again" and start == key.at and entries[again.place].id == key.entry:
                    return key.scale, (start, end)
            for entry in (one for one in entries if one.id == key.entry):
                return key.scale, (minute_of(entry.start), minute_of(entry.end))
        return None

    def paint(self, painter: QPainter, look: Look) -> None:
        paint_tempo(painter, look, self)


def _ended_words(count: int) -> str:
    return count_text(count, "{number} entry that ended before", "{number} entries that ended before")


def _later_words(count: int) -> str:
    return count_text(count, "{number} entry that begins later", "{number} entries that begin later")
