"""The tracks under the curves: which hits stand on which time scale, and where their markers and spans fall.

Markers that would cover each other are gathered into one with a count. Knows no widget and draws nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.model.entries import Mark
from desktop_app.model.samples import days
from desktop_app.model.time import OPEN_END, OPEN_START, BadDate, parse_edtf
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.ui.widgets.time_axis import TimeAxis

NO_SCALE = ""
SINGLE = 6.0
"""Half the width that a marker needs to itself, in pixels."""
SPAN_SHOWN = 16.0
"""A stretch narrower than this is shown by its marker alone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit in time, ready to be drawn: days instead of text, what is uncertain or open at each end."""

    mark: Mark
    start: float
    end: float
    start_fuzzy: bool = False
    end_fuzzy: bool = False
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """One time scale with its hits; the scale is :data:`NO_SCALE` for those that have none."""

    scale: str
    name: str
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One marker, or several that stand too close: drawn at ``x`` with their count."""

    x: float
    items: tuple[Placed, ...]


def placed(mark: Mark) -> Placed | None:
    """A mark with its dates as days; ``None`` for one without a date that can be read."""
    if not mark.start or not mark.end:
        return None
    try:
        occurred = parse_edtf(mark.occurred)
    except BadDate:
        return Placed(mark, days(mark.start), days(mark.end))
    return Placed(
        mark,
        days(mark.start),
        days(mark.end),
        occurred.start_fuzzy,
        occurred.end_fuzzy,
        mark.start == OPEN_START,
        mark.end == OPEN_END,
    )


def tracks(marks: Iterable[Mark], scales: Vocabulary, no_scale: str) -> tuple[Track, ...]:
    """One track per time scale in use, fast to slow, then one named ``no_scale`` where hits without a scale exist."""
    rows: dict[str, list[Placed]] = {}
    for mark in marks:
        item = placed(mark)
        for scale in mark.scales or (NO_SCALE,):
            if item is not None:
                rows.setdefault(scale, []).append(item)
    used = [(scale, scales.get(scale).short) for scale in scales.order(scale for scale in rows if scale)]
    if NO_SCALE in rows:
        used.append((NO_SCALE, no_scale))
    return tuple(
        Track(scale, name, tuple(sorted(rows[scale], key=lambda item: (item.start, item.end)))) for scale, name in used
    )


def marker_x(item: Placed, axis: TimeAxis) -> float:
    """Where the marker of a hit stands: in the middle of what is short, at the beginning of what is long, in view."""
    left, right = axis.x(item.start), axis.x(item.end)
    if right - left < SPAN_SHOWN:
        return (left + right) / 2
    return min(max(left, axis.left) + SINGLE + 2, right - SINGLE)


def in_view(item: Placed, axis: TimeAxis) -> bool:
    return item.start < axis.end and item.end > axis.start


def groups(track: Track, axis: TimeAxis) -> list[Group]:
    """The markers in view from left to right; those that would overlap are one group."""
    standing = sorted(
        ((marker_x(item, axis), item) for item in track.items if in_view(item, axis)), key=lambda pair: pair[0]
    )
    made: list[Group] = []
    for x, item in standing:
        group = Group(x, (item,))
        while made and made[-1].x + _half(made[-1]) > group.x - _half(group):
            group = _merged(made.pop(), group)
        made.append(group)
    return made


def _half(group: Group) -> float:
    return SINGLE - 0.5 if len(group.items) == 1 else 7.0 + 3.0 * len(str(len(group.items)))


def _merged(first: Group, second: Group) -> Group:
    a, b = len(first.items), len(second.items)
    return Group((first.x * a + second.x * b) / (a + b), first.items + second.items)


@dataclass(frozen=True, slots=True)
class TrackView:
    """What a track shows in a view: markers, stretches wide enough to be seen, how many hits lie before and after."""

    groups: tuple[Group, ...] = ()
    spans: tuple[Placed, ...] = ()
    before: int = 0
    after: int = 0


def track_view(track: Track, axis: TimeAxis) -> TrackView:
    """A track as an axis shows it; made once per zoom, not per frame."""
    before = sum(item.end <= axis.start for item in track.items)
    after = sum(item.start >= axis.end for item in track.items)
    least = SPAN_SHOWN * axis.days_per_pixel
    spans = tuple(item for item in track.items if item.end - item.start >= least and in_view(item, axis))
    return TrackView(tuple(groups(track, axis)), spans, before, after)


def extent(rows: Sequence[Track]) -> tuple[float, float] | None:
    """The stretch of time that holds the hits, without the few far-off ones that would squeeze the rest.

    Open ends do not count. A hit is far off when it lies further from the middle half of the hits than three times that
    half's length (a year at least).
    """
    starts = sorted(item.end if item.open_start else item.start for row in rows for item in row.items)
    ends = sorted(item.start if item.open_end else item.end for row in rows for item in row.items)
    if not starts:
        return None
    low, high = starts[len(starts) // 4], ends[len(ends) * 3 // 4]
    reach = max(3 * (high - low), 365.0)
    first = min((start for start in starts if start >= low - reach), default=starts[0])
    last = max((end for end in ends if end <= high + reach), default=ends[-1])
    margin = max((last - first) * 0.02, 1.0)
    return first - margin, last + margin
