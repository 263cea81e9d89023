"""Tempo: a lane for each time scale, what a metric's sampling lets one see, and what moved at other speeds."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.samples import LENGTHS, days
from desktop_app.model.tempo import NO_SCALE, Active, ActiveScale, Lane, SeriesTempo, touching
from desktop_app.model.vocabulary import Term

SCALE_LENGTHS = {
    "moment": 1 / 1440,
    "day": 1.0,
    "week": 7.0,
    "month": LENGTHS[Grain.MONTH],
    "quarter": LENGTHS[Grain.QUARTER],
    "year": LENGTHS[Grain.YEAR],
    "decade": 10 * LENGTHS[Grain.YEAR],
    "generation": 25 * LENGTHS[Grain.YEAR],
}
"""How long the movements of a scale take, in days. A moment is the shortest time an entry can be told by, a minute; a
generation is taken as 25 years. Terms of a notebook's own have no length."""

CALENDAR_ROOM = 0.05
"""Share by which a record may be too short: two calendar years may be a day shorter than twice a mean year."""


LEAST_SAMPLES = 4
"""Two for each turn, of a movement that comes round twice."""


def lanes(
    scope: Scope, entries: Sequence[EntryFacts], scales: Sequence[Term], parts: Mapping[str, str], no_scale: str
) -> tuple[Lane, ...]:
    """One lane for each of ``scales``, empty ones included, and one called ``no_scale`` for entries without any.

    An entry stands on each lane of its scales, and on none without a date. ``parts`` are what finds a scale's entries
    in the search language, by the scale's id.
    """
    rows: dict[str, list[EntryFacts]] = {term.id: [] for term in scales}
    rows[NO_SCALE] = []
    for entry in sorted(entries, key=attrgetter("start")):
        if entry.start and entry.end:
            for scale in entry.scales or (NO_SCALE,):
                if scale in rows:
                    rows[scale].append(entry)
    names = {term.id: term.short for term in scales} | {NO_SCALE: no_scale}
    return tuple(_lane(scope, scale, names[scale], parts[scale], row) for scale, row in rows.items())


def _lane(scope: Scope, scale: str, name: str, part: str, row: list[EntryFacts]) -> Lane:
    recurrent = tuple([at for at, entry in enumerate(row) if entry.recurs])
    return Lane(
        scale,
        name,
        part,
        Figure(len(row), scope.narrowed(part, "has:date")),
        Figure(len(recurrent), scope.narrowed(part, "has:date", "has:recurrence")),
        tuple(row),
        tuple([entry.start for entry in row]),
        tuple([entry.end for entry in row]),
        recurrent,
    )


def sampling(scope: Scope, series: Series, scales: Sequence[Term], entries: str) -> SeriesTempo:
    """Which movements a series can show; ``entries`` is the part of a query that keeps to entries.

    With one sample every G a movement needs two samples for each turn to be told from a slower one: nothing faster
    than 2 G can be seen (C. E. Shannon, Communication in the Presence of Noise, Proceedings of the IRE 37, 1949,
    theorem 1). Over a record of length L a movement has to come round twice before a turn can be told from a trend:
    nothing slower than L/2 can be seen. A scale is seen when its length (:data:`SCALE_LENGTHS`) lies between the two,
    both included; at the upper one :data:`CALENDAR_ROOM` is allowed. A series of one point for a whole report
    (grain ``range``) has no interval, and one without a record of four intervals shows no movement at all,
    nor does one with fewer samples than :data:`LEAST_SAMPLES` in a longer record, for which everything is too fast.
    Other gaps are told, but not taken off.
    """
    interval = LENGTHS.get(series.grain)
    length = days(series.end) - days(series.start) if series.start and series.end else 0.0
    known = [(term.id, SCALE_LENGTHS[term.id]) for term in scales if term.id in SCALE_LENGTHS]
    low = 2 * interval if interval is not None else None
    high = length / 2 if interval is not None and length > 0 else None
    if low is None or high is None or low > high * (1 + CALENDAR_ROOM):
        faster: tuple[str, ...] = tuple(scale for scale, long in known if low is None or long < low)
        slower = tuple(scale for scale, _ in known if scale not in faster)
        sees: tuple[str, ...] = ()
        low = high = None
    elif series.points < LEAST_SAMPLES:
        faster, slower, sees = tuple(scale for scale, _ in known), (), ()
        low = high = None
    else:
        longest = high * (1 + CALENDAR_ROOM)
        faster = tuple(scale for scale, long in known if long < low)
        slower = tuple(scale for scale, long in known if long > longest)
        sees = tuple(scale for scale, long in known if low <= long <= longest)
    expected = round(length / interval) if interval and length > 0 else None
    stretch = touching(_stamp(series.start), _stamp(series.end)) if length > 0 else ()
    query = scope.narrowed(entries, *stretch, f"metric:{series.id}")
    return SeriesTempo(series, interval, length, low, high, sees, faster, slower, expected, query)


def _stamp(iso: str) -> str:
    return iso if len(iso) > 10 else f"{iso}T00:00"


def active_at(scope: Scope, over: Sequence[Lane], start: str, end: str, scale: str = "") -> Active:
    """The entries whose time touches ``[start, end)``, scale by scale from the slowest to the fastest.

    ``scale`` is the one of the chosen entry, against which the others are slower, the same or faster. Scales without
    a known length come last.
    """
    found = []
    own = SCALE_LENGTHS.get(scale)
    for lane in sorted(over, key=lambda lane: -SCALE_LENGTHS.get(lane.scale, 0.0)):
        before = bisect_left(lane.starts, end)
        entries = tuple(lane.entries[at] for at, ends in enumerate(lane.ends[:before]) if ends > start)
        if entries:
            figure = Figure(len(entries), scope.narrowed(lane.part, *touching(start, end)))
            found.append(ActiveScale(lane.scale, lane.name, _pace(lane.scale, scale, own), figure, entries))
    return Active(start, end, scale, tuple(found))


def _pace(scale: str, chosen: str, own: float | None) -> str:
    length = SCALE_LENGTHS.get(scale)
    if not chosen or length is None or own is None:
        return "same" if chosen and scale == chosen else ""
    if length == own:
        return "same"
    return "slower" if length > own else "faster"
