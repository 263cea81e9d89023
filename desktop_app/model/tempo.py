"""Tempo: entries on lanes, one for each time scale, the speed at which metrics are sampled, and what was going on at a
chosen time.

A lane is made once and can then be looked at in any zoom without reading anything again, as widgets do it: everything
is found by bisection, and dates are compared as text. Which entries stand together is a matter of their beginnings
alone, so that each stands in one cluster of its lane and the search language can say which.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.metrics import Series
from desktop_app.model.time import OPEN_END, OPEN_START, occurrences

NO_SCALE = ""
DAY = 1440
"""Minutes of a day."""
MOST_MARKS, MOST_TIMES = 500, 5
"""Entries of a lane that a program is told, and times at which each comes again."""
LAST_MINUTE = date.max.toordinal() * DAY + DAY


@dataclass(frozen=True, slots=True)
class Lane:
    """The dated entries of one time scale (:data:`NO_SCALE`: of none), by their beginning; ``part`` finds them.

    ``starts`` and ``ends`` are theirs in the same order. ``dated`` counts all of them, ``recurring`` those that come
    again.
    """

    scale: str
    name: str
    part: str
    dated: Figure
    recurring: Figure
    entries: tuple[EntryFacts, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    recurrent: tuple[int, ...] = ()
    """Where those that come again stand in ``entries``."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The entries of a lane from place ``first`` up to ``last`` (exclusive): all that begin in ``[begins, before)``.

    Both bounds are minutes since the year 0, midnights where the zoom is no finer than days.
    """

    first: int
    last: int
    begins: int
    before: int

    @property
    def count(self) -> int:
        return self.last - self.first

    def joined(self, after: "Cluster") -> "Cluster":
        """This cluster and a later one of the same lane, with nothing between them."""
        return Cluster(self.first, after.last, self.begins, after.before)


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane between ``low`` and ``high``, in minutes: ``clusters`` of what begins there, the places of what began
    before and lasts into it, and how many ended before it and begin after it."""

    low: int
    high: int
    clusters: tuple[Cluster, ...]
    lasting: tuple[int, ...]
    ended: int
    later: int


@dataclass(frozen=True, slots=True)
class SeriesTempo:
    """Which movements a series can show. Lengths are in days, ``None`` where nothing can be said.

    ``sees_from`` is two sampling intervals, ``sees_to`` half the length of its record; ``sees`` are the ids of the
    time scales between them, ``faster`` and ``slower`` of those outside. ``expected`` is how many samples the record
    would have without gaps. ``query`` finds the entries of the record's stretch, with the series beside them.
    """

    series: Series
    interval: float | None
    length: float
    sees_from: float | None
    sees_to: float | None
    sees: tuple[str, ...]
    faster: tuple[str, ...]
    slower: tuple[str, ...]
    expected: int | None
    query: str

    @property
    def cannot_see(self) -> tuple[str, ...]:
        return self.faster + self.slower

    @property
    def has_gaps(self) -> bool:
        return self.expected is not None and self.series.points < self.expected


@dataclass(frozen=True, slots=True)
class ActiveScale:
    """The entries of one time scale whose time touches the chosen one; ``pace`` against the chosen entry's own scale:
    ``slower``, ``same``, ``faster``, or empty where no scale was chosen or the scale has no known length."""

    scale: str
    name: str
    pace: str
    figure: Figure
    entries: tuple[EntryFacts, ...]


@dataclass(frozen=True, slots=True)
class Active:
    """What was going on in ``[start, end)``, slowest scale first; scales without entries are left out."""

    start: str
    end: str
    scale: str
    scales: tuple[ActiveScale, ...]


@dataclass(frozen=True, slots=True)
class Tempo:
    """``lanes`` from the fastest scale to the slowest, then terms of the notebook's own, then entries without a scale.

    ``names`` are those of the scales by id. ``undated`` entries stand on no lane. ``choices`` are all series that can
    be laid beside. ``whole`` is the stretch of time of all entries, ``usual`` the one without
    far-off ones, ``shown`` the one that was asked for, in minutes. ``active`` is given where a moment was asked for.
    """

    scope: Scope
    lanes: tuple[Lane, ...]
    names: dict[str, str]
    undated: Figure
    series: tuple[SeriesTempo, ...]
    choices: tuple[Series, ...]
    whole: tuple[int, int] | None
    usual: tuple[int, int] | None
    shown: tuple[int, int] | None = None
    active: Active | None = None

    @property
    def is_empty(self) -> bool:
        return not any(lane.entries for lane in self.lanes)


# --- time in minutes ------------------------------------------------------------------------------------------------


def minute_of(stamp: str) -> int:
    """``YYYY-MM-DDTHH:MM`` (or a date) in minutes; ``T24:00`` ends a day."""
    minutes = date.fromisoformat(stamp[:10]).toordinal() * DAY
    return minutes + int(stamp[11:13]) * 60 + int(stamp[14:16]) if len(stamp) > 10 else minutes


def stamp_of(minute: int) -> str:
    """A minute as ``YYYY-MM-DDTHH:MM``, held inside the calendar."""
    if minute >= LAST_MINUTE:
        return OPEN_END
    ordinal, left = divmod(max(minute, DAY), DAY)
    return f"{date.fromordinal(ordinal).isoformat()}T{left // 60:02}:{left % 60:02}"


def _edtf(minute: int) -> str:
    """The day that begins at a minute, or where none does, the minute: as the search language reads it."""
    stamp = stamp_of(minute)
    return stamp[:10] if minute % DAY == 0 else stamp


def _ending(minute: int) -> str:
    """The day or the minute that ends at a minute."""
    return _edtf(minute - DAY) if minute % DAY == 0 else stamp_of(minute - 1)


# --- queries --------------------------------------------------------------------------------------------------------


def _begun_before(minute: int) -> str:
    return f"to:{_ending(minute)}"


def beginning(begins: int, before: int) -> tuple[str, ...]:
    """The parts of a query that find what begins in ``[begins, before)``, minutes."""
    parts = [_begun_before(before) if before < LAST_MINUTE else "has:date"]
    return (*parts, f"-{_begun_before(begins)}") if begins > DAY else tuple(parts)


def touching(start: str, end: str) -> tuple[str, ...]:
    """The parts of a query that find what overlaps ``[start, end)``, stamps of ``model.time``, open ones too."""
    low, high = minute_of(start), minute_of(end)
    if start > OPEN_START and end < OPEN_END:
        whole_days = low % DAY == high % DAY == 0
        first, last = (_edtf(low), _ending(high)) if whole_days else (stamp_of(low), stamp_of(high - 1))
        return (f"in:{first}" if first == last else f"in:{first}/{last}",)
    parts = []
    if start > OPEN_START:
        parts.append(f"from:{_edtf(low)}")
    if end < OPEN_END:
        parts.append(_begun_before(high))
    return tuple(parts or ["has:date"])


def lasting_into(low: int) -> tuple[str, ...]:
    """The parts that find what begins before a minute and ends after it."""
    return (_begun_before(low), f"from:{_edtf(low)}")


def ended_before(low: int) -> tuple[str, ...]:
    return ("has:date", f"-from:{_edtf(low)}")


def begun_from(high: int) -> tuple[str, ...]:
    return ("has:date", f"-{_begun_before(high)}")


# --- a lane in a zoom -----------------------------------------------------------------------------------------------


def step_for(days_per_pixel: float, pixels: float) -> int:
    """Minutes that take about so many pixels: whole days where a day is no wider than that."""
    minutes = max(round(days_per_pixel * pixels * DAY), 1)
    return minutes if minutes < DAY else round(minutes / DAY) * DAY


def lane_view(lane: Lane, low: float, high: float, step: int) -> LaneView:
    """A lane between two days, widened to multiples of ``step`` minutes: what begins within one step stands together.

    Costs two bisections for each cluster, however many entries there are, and a look at those that began earlier.
    """
    first, last = round(low * DAY) // step * step, -(-round(high * DAY) // step) * step
    first, last = max(first, DAY), min(last, LAST_MINUTE)
    begin, stop = bisect_left(lane.starts, stamp_of(first)), bisect_left(lane.starts, stamp_of(last))
    clusters, at = [], begin
    while at < stop:
        begins = minute_of(lane.starts[at]) // step * step
        before = min(begins + step, last)
        after = bisect_left(lane.starts, stamp_of(before), at, stop)
        clusters.append(Cluster(at, after, max(begins, first), before))
        at = after
    edge = stamp_of(first)
    lasting = tuple([at for at, end in enumerate(lane.ends[:begin]) if end > edge])
    return LaneView(first, last, tuple(clusters), lasting, begin - len(lasting), len(lane.starts) - stop)


def extent(lanes: Sequence[Lane]) -> tuple[int, int] | None:
    """The first minute and the last one of all entries; open ends do not count. ``None`` without any."""
    starts = [stamp for lane in lanes for stamp in _bounds(lane.starts)]
    ends = [stamp for lane in lanes for stamp in _bounds(lane.ends)]
    if not starts and not ends:
        return None
    first, last = min(starts or ends), max((*starts, *ends))
    return minute_of(first), max(minute_of(last), minute_of(first) + 1)


def _bounds(stamps: Sequence[str]) -> tuple[str, ...]:
    """The least and the greatest of a lane's stamps that are not open; nothing where none is."""
    known = (min(stamps, default=OPEN_START), max(stamps, default=OPEN_END))
    if known[0] == OPEN_START or known[1] == OPEN_END:
        shut = [stamp for stamp in stamps if OPEN_START < stamp < OPEN_END]
        return (min(shut), max(shut)) if shut else ()
    return known


SAMPLE = 2000
"""Entries of a lane that are looked at to tell where most of them lie."""


def usual_extent(lanes: Sequence[Lane], whole: tuple[int, int] | None) -> tuple[int, int] | None:
    """``whole`` (:func:`extent`) without the few far-off entries that would squeeze the rest.

    Far off is what begins or ends further from the middle half of all entries than three times that half's length (a
    year at least).
    """
    starts = sorted(stamp for lane in lanes for stamp in _some(lane.starts) if stamp > OPEN_START)
    ends = sorted(stamp for lane in lanes for stamp in _some(lane.ends) if stamp < OPEN_END)
    if whole is None or not starts or not ends:
        return whole
    low, high = minute_of(starts[len(starts) // 4]), minute_of(ends[len(ends) * 3 // 4])
    reach = max(3 * (high - low), 365 * DAY)
    near, far = stamp_of(low - reach), stamp_of(high + reach)
    first = min((stamp for stamp in (_from(lane.starts, near) for lane in lanes) if stamp), default=near)
    last = max((max((end for end in lane.ends if end <= far), default="") for lane in lanes), default="") or far
    return max(minute_of(first), whole[0]), max(min(minute_of(last), whole[1]), minute_of(first) + 1)


def _some(stamps: Sequence[str]) -> Sequence[str]:
    return stamps[:: len(stamps) // SAMPLE + 1]


def _from(starts: Sequence[str], near: str) -> str:
    """The first of a lane's beginnings that is not before ``near`` and not open; empty without one."""
    at = bisect_left(starts, max(near, OPEN_START + "\0"))
    return starts[at] if at < len(starts) else ""


# --- what comes again -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Again:
    """The later occurrences of the entry at a ``place`` of its lane that touch a stretch, in minutes.

    Where they would stand too close there are none, and ``dense`` is the stretch over which it comes again.
    """

    place: int
    times: tuple[tuple[int, int], ...]
    dense: tuple[int, int] | None = None


LOOKED_AT = 200


def comes_again(lane: Lane, low: int, high: int, closest: int, most: int, entries: int) -> tuple[Again, ...]:
    """What comes again between two minutes, for the ``entries`` of a lane that do and began last: at most ``most``
    occurrences in all, none closer than ``closest`` minutes. Of very many only the last begun are looked at."""
    made: list[Again] = []
    left = most
    begun = bisect_left(lane.recurrent, bisect_left(lane.starts, stamp_of(high)))
    for place in reversed(lane.recurrent[max(begun - LOOKED_AT, 0) : begun]):
        entry = lane.entries[place]
        if left <= 0 or len(made) == entries:
            break
        times = occurrences(entry.start, entry.end, entry.recurs, stamp_of(low), stamp_of(high), left)
        first = [(minute_of(start), minute_of(end)) for start, end in islice(times, 2)]
        if not first:
            continue
        gap = first[-1][0] - first[0][0]
        left -= len(first)
        if len(first) == 2 and gap < closest:
            made.append(Again(place, (), (first[0][0], min(high, _last_of(entry, gap, high)))))
            continue
        rest = [(minute_of(start), minute_of(end)) for start, end in times]
        left -= len(rest)
        made.append(Again(place, (*first, *rest)))
    return tuple(made)


def next_times(entry: EntryFacts) -> tuple[tuple[str, str], ...]:
    """The next times, :data:`MOST_TIMES` at most, at which an entry comes again, as stretches ``[start, end)``."""
    return tuple(occurrences(entry.start, entry.end, entry.recurs, entry.start, OPEN_END, MOST_TIMES))


def _last_of(entry: EntryFacts, gap: int, high: int) -> int:
    """About when the last occurrence of a bounded recurrence begins; ``high`` without a bound."""
    times = entry.recurs.partition("/")[0].removeprefix("R") if entry.recurs.startswith("R") else ""
    return minute_of(entry.start) + gap * (int(times) - 1) if times.isdigit() else high
