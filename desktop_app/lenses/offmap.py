"""Random events: what came after a surprise, how often surprises come, and ways that left the expected order.

Nothing here says that one thing came of another, nothing is foretold, and nobody's way is called right or wrong.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from desktop_app.lenses.series import total
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import ENTRIES, EntryFacts, Figure, Scope
from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.offmap import (
    Around,
    Counted,
    Crowd,
    Move,
    Moved,
    OffMap,
    Path,
    Person,
    PerTime,
    Rate,
    Reach,
    Spoke,
    Step,
    Surprise,
    TouchedEntry,
    Transition,
    Waiting,
    last_day,
)
from desktop_app.model.people import PersonFields, Stage
from desktop_app.model.queries import field_part
from desktop_app.model.samples import days, iso, moment
from desktop_app.model.tempo import beginning, minute_of
from desktop_app.model.time import OPEN_END, OPEN_START, parse_edtf
from desktop_app.model.vocabulary import Term

PERSPECTIVE = "random-events"
MARKED = "is:surprise"
NOTHING = "has:date is:undated"
"""Finds nothing at all: the query of a figure of 0 that no other query says."""
MOST_IDS = 1_400
"""Ids that a query has room for."""
YEAR, MONTH = 365.2425, 30.0
"""Days of the mean year and of the month that rates are told for."""
STAGES = tuple(str(stage) for stage in Stage)
KINDS = ("skip", "return", "loop", "repeat")
"""In what ways a way can leave the expected order."""
_PLACES = {stage: at for at, stage in enumerate(STAGES)}


@paused_collector()
def off_map(
    scope: Scope,
    entries: Sequence[EntryFacts],
    people: Iterable[tuple[str, PersonFields]],
    scales: Sequence[Term],
    perspectives: Sequence[Term],
    *,
    asked: tuple[str, str] | None = None,
    until: str = OPEN_END,
    standing: Iterable[EntryFacts] | None = None,
) -> OffMap:
    """The register of an ordered sequence of entries, the rate of surprises, and the ways of ``people`` (id, fields).

    ``asked`` is the stretch that the query asks for (an empty side is open); nothing is observed after ``until``.
    ``standing`` are the entries that can be found (default: ``entries``); a step that names another has no query.
    """
    apart = [entry for entry in entries if entry.surprise or PERSPECTIVE in entry.perspectives]
    marked = [entry for entry in apart if entry.surprise]
    undated = [entry for entry in marked if not entry.start]
    unmarked = [entry for entry in apart if not entry.surprise]
    noted = [(item, fields) for item, fields in people if fields.stages]
    showing = {step.entry for _, fields in noted for step in fields.stages}
    known = {entry.id for entry in (entries if standing is None else standing) if entry.id in showing}
    ways = [way for item, fields in noted if (way := path_of(item, fields, known)).steps]
    off = tuple(way for way in ways if way.kinds)
    return OffMap(
        scope,
        _by_time(marked),
        Figure(len(marked), scope.narrowed(MARKED)),
        Figure(len(undated), scope.narrowed(MARKED, "is:undated")),
        Figure(len(unmarked), scope.narrowed(f"perspective:{PERSPECTIVE}", ENTRIES, f"-{MARKED}")),
        _by_time(unmarked),
        _by_term(scope, "scale", scales, [one.scales for one in marked]),
        _by_term(scope, "perspective", perspectives, [one.perspectives for one in marked]),
        rate(scope, entries, marked, asked=asked, until=until),
        STAGES,
        off,
        Figure(len(off), found_by(way.person for way in off)),
        _crowd(way for way in ways if way.moves and not way.kinds),
        _crowd(way for way in ways if not way.moves),
        _transitions(ways),
    )


_start = attrgetter("start")
_place = attrgetter("start", "heading", "id")


def _surprise(entry: EntryFacts) -> Surprise:
    return Surprise(
        entry.id,
        entry.kind,
        entry.heading,
        entry.occurred,
        entry.start,
        entry.end,
        entry.scales,
        entry.perspectives,
        entry.series,
    )


def _by_time(found: Iterable[EntryFacts]) -> tuple[Surprise, ...]:
    ordered = sorted(found, key=_place)
    dated = bisect_right(ordered, "", key=_start)
    return (*map(_surprise, ordered[dated:]), *map(_surprise, ordered[:dated]))


def _by_term(scope: Scope, field: str, terms: Sequence[Term], labels: Sequence[tuple[str, ...]]) -> tuple[Counted, ...]:
    """How many have each of the terms, in their order, and last how many have none; those of no count are left out."""
    counts = Counter(label for each in labels for label in each)
    found = [
        Counted(term.id, term.short, counts[term.id], scope.narrowed(MARKED, field_part(field, term.id)))
        for term in terms
        if counts[term.id]
    ]
    if without := sum(not each for each in labels):
        found.append(Counted("", "", without, scope.narrowed(MARKED, f"-has:{field}")))
    return tuple(found)


def found_by(ids: Iterable[str]) -> str:
    """The query that finds the things of these ids and nothing else; empty for more than a query can name."""
    named = list(ids)
    if len(named) > MOST_IDS:
        return ""
    return f"id:{','.join(named)}" if named else NOTHING


# --- what a surprise touched ------------------------------------------------------------------------------------------


def reach_of(start: str, end: str, reach: Reach) -> tuple[str, str]:
    """``[start, end + reach)`` of a surprise; both empty where it has no beginning, open where it has no end."""
    if not start or start <= OPEN_START:
        return "", ""
    last = days(end) + reach.days
    return start, OPEN_END if end >= OPEN_END or last >= days(OPEN_END) else _stamp(last)


def began_within(
    entries: Sequence[EntryFacts], start: str, end: str, scales: Iterable[str] = (), *, but: str = ""
) -> list[EntryFacts]:
    """Of entries ordered by start, those that begin in ``[start, end)`` at any of these scales (none given: at any or
    none); ``but`` is the id of one that does not count."""
    if not start:
        return []
    first, last = bisect_left(entries, start, key=_start), bisect_left(entries, end, key=_start)
    wanted = set(scales)
    return [
        entry
        for entry in entries[first:last]
        if entry.id != but and (not wanted or not wanted.isdisjoint(entry.scales))
    ]


def touched_entries(found: Sequence[EntryFacts]) -> tuple[TouchedEntry, ...]:
    return tuple(TouchedEntry(entry.id, entry.heading, entry.occurred, entry.scales) for entry in found)


def query_within(start: str, end: str, scales: Iterable[str] = (), *, but: str = "") -> str:
    """The query that finds what :func:`began_within` does."""
    if not start:
        return NOTHING
    parts = [ENTRIES, *beginning(minute_of(start), minute_of(end))]
    if wanted := tuple(scales):
        parts.append(field_part("scale", *wanted))
    return " ".join([*parts, f"-id:{but}"] if but else parts)


def who_spoke(found: Iterable[EntryFacts], query: str) -> tuple[Spoke, ...]:
    """The speakers of these entries, by name, with how many of them are theirs; ``query`` finds all of the entries."""
    said = Counter((entry.speaker_name, entry.speaker) for entry in found if entry.speaker)
    spoke = (Spoke(item, name, count, f"{query} speaker:{item}") for (name, item), count in said.items() if item)
    return tuple(sorted(spoke, key=lambda one: (one.name.casefold(), one.id)))


def moved(
    series: Series, points: Sequence[Point], start: str, end: str, totals: tuple[Sequence[Point], Sequence[Point]]
) -> Moved:
    """A series over ``[start, end)``, and over as many points before.

    Its points are taken whole: the one in which ``start`` lies counts as after, and before are as many points as
    after. ``points`` (and those of a ratio's ``totals``) must reach back that far, oldest first.
    """
    is_ratio = series.unit == "ratio" or bool(series.numerator and series.denominator)
    reading = "ratio" if is_ratio else "total" if series.additive else "mean"
    asked = _mirrored(start, end), (start, end)
    if is_ratio:
        above, below = (around(part, start, end) for part in totals)
        sides = [
            _ratio_around(numerator, denominator, stretch)
            for numerator, denominator, stretch in zip(above, below, asked, strict=True)
        ]
    else:
        parts = around(points, start, end) if series.grain != Grain.RANGE else (None, None)
        sides = [_around(part, series.additive, stretch) for part, stretch in zip(parts, asked, strict=True)]
    return Moved(series.id, series.label, series.unit, str(series.grain), reading, sides[0], sides[1])


def around(points: Sequence[Point], start: str, end: str) -> tuple[Sequence[Point] | None, Sequence[Point] | None]:
    """The points that ``[start, end)`` touches, where they cover it without a gap, and as many right before them."""
    low, high = days(start), days(end)
    timed = [(days(point.start), days(point.end), point) for point in points]
    inside = [at for at, (first, last, _) in enumerate(timed) if first < high and last > low]
    if not inside or timed[inside[0]][0] > low or timed[inside[-1]][1] < high:
        return None, None
    first, last = inside[0], inside[-1] + 1
    if not _joined(timed[first:last]):
        return None, None
    after = points[first:last]
    before = 2 * first - last
    if before < 0 or not _joined(timed[before : first + 1]):
        return None, after
    return points[before:first], after


def _joined(timed: Sequence[tuple[float, float, Point]]) -> bool:
    return all(one[1] == other[0] for one, other in pairwise(timed))


def _around(points: Sequence[Point] | None, additive: bool, asked: tuple[str, str]) -> Around | None:
    if points is None:
        return Around(*asked, 0, None, query=_in(*asked)) if asked[0] else None
    start, end = points[0].start, points[-1].end
    return Around(start, end, len(points), total(points, additive), query=_in(start, end))


def _ratio_around(
    above: Sequence[Point] | None, below: Sequence[Point] | None, asked: tuple[str, str]
) -> Around | None:
    stretches = [[(point.start, point.end) for point in part or ()] for part in (above, below)]
    if above is None or below is None or stretches[0] != stretches[1]:
        return _around(None, True, asked)
    numerator, denominator = total(above, True), total(below, True)
    value = numerator / denominator if numerator is not None and denominator else None
    start, end = above[0].start, above[-1].end
    return Around(start, end, len(above), value, numerator, denominator, _in(start, end))


def _mirrored(start: str, end: str) -> tuple[str, str]:
    """As long a stretch right before; empty where the calendar does not reach so far."""
    first = 2 * days(start) - days(end)
    return (_stamp(first), start) if first >= days(OPEN_START) else ("", "")


def _in(start: str, end: str) -> str:
    """The entries of the days of ``[start, end)``."""
    return f"{ENTRIES} in:{start[:10]}/{last_day(end)}"


def _stamp(day: float) -> str:
    return f"{moment(day):%Y-%m-%dT%H:%M}"


# --- how often --------------------------------------------------------------------------------------------------------


def rate(
    scope: Scope,
    entries: Sequence[EntryFacts],
    marked: Sequence[EntryFacts],
    *,
    asked: tuple[str, str] | None = None,
    until: str = OPEN_END,
) -> Rate:
    """Surprises (``marked``) per time, as a Poisson rate over an observed stretch: the one ``asked`` for, else from the
    first dated entry's start to the last one's end (of an open one: its start), and never beyond ``until``. An entry
    that is no surprise and lasts longer than a year bounds it only where there is no other: nobody who writes that
    rents have risen since 2000 has looked out for surprises since then.

    A surprise counts where it begins in the stretch. The interval is :func:`poisson_interval`'s.
    """
    start, end = _observed(entries, asked, until)
    length = max(days(end) - days(start), 0.0) if start and end else 0.0
    begun = [entry for entry in marked if start and start <= entry.start < end]
    stretch = beginning(minute_of(start), minute_of(end)) if start else (NOTHING,)
    query = scope.narrowed(MARKED, *stretch)
    low, high = poisson_interval(len(begun))

    def per(span: float) -> PerTime | None:
        return PerTime(span, *(part * span / length for part in (len(begun), low, high))) if length else None

    return Rate(
        start, end, length, asked is not None, Figure(len(begun), query), per(YEAR), per(MONTH), _waiting(begun, query)
    )


def _observed(entries: Sequence[EntryFacts], asked: tuple[str, str] | None, until: str) -> tuple[str, str]:
    dated = entries[bisect_right(entries, OPEN_START, key=_start) :]
    bounds = _bounds if any(map(_bounds, dated)) else bool
    start = next((entry.start for entry in dated if bounds(entry)), "")
    end = ""
    for entry in reversed(dated):
        last = entry.end if entry.end < OPEN_END else entry.start
        if last > end and bounds(entry):
            end = last
    if asked:
        start, end = asked[0] or start, asked[1] or end
    return (start, max(min(end, until), start)) if start and end else ("", "")


def _bounds(entry: EntryFacts) -> bool:
    """Whether an entry can bound the time in which surprises were looked out for."""
    return entry.surprise or entry.end <= f"{int(entry.start[:4]) + 1:04}{entry.start[4:]}"


def poisson_interval(count: int, share: float = 0.95) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson distribution that gave ``count``.

    F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936), 437–442: half the chi-square
    quantiles ``χ²(α/2; 2n) / 2`` and ``χ²(1 - α/2; 2n + 2) / 2``, 0 as the lower one of no events. Half a chi-square
    quantile of 2k degrees of freedom is the inverse of the regularised incomplete gamma function of k, which loads
    faster than a library of distributions.
    """
    from scipy.special import gammaincinv  # type: ignore[import-untyped]

    tail = (1 - share) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def _waiting(begun: Sequence[EntryFacts], query: str) -> Waiting:
    if len(begun) < 2:
        return Waiting(Figure(None, query), Figure(None, query), Figure(None, query))
    starts = [days(entry.start) for entry in begun]
    waits = [later - earlier for earlier, later in pairwise(starts)]

    def one(length: float) -> Figure:
        at = waits.index(length)
        return Figure(length, found_by((begun[at].id, begun[at + 1].id)))

    return Waiting(Figure(median(waits), query), one(min(waits)), one(max(waits)))


# --- ways through the stages ------------------------------------------------------------------------------------------


def path_of(item: str, fields: PersonFields, standing: set[str]) -> Path:
    """Somebody's steps in the order of their dates (as noted where dates are alike), and what each move was.

    A stage that is none of :data:`STAGES` (from another program) is no step.
    """
    known = (step for step in fields.stages if step.stage in _PLACES)
    steps = tuple(
        Step(step.stage, step.date, step.entry, found_by([step.entry]) if step.entry in standing else "")
        for step in sorted(known, key=lambda step: _begins(step.date))
    )
    moves, seen = [], {steps[0].stage} if steps else set()
    for one, other in pairwise(steps):
        kind = _kind(one.stage, other.stage)
        moves.append(Move(one.stage, other.stage, kind, kind != "repeat" and other.stage in seen))
        seen.add(other.stage)
    went = {move.kind for move in moves} | {"loop" for move in moves if move.again}
    kinds = tuple(kind for kind in KINDS if kind in went)
    return Path(item, fields.name, steps, tuple(moves), kinds, found_by([item]))


def _begins(date: str) -> str:
    try:
        return parse_edtf(date).start
    except Invalid:
        return ""  # from another program; nothing sorts before it


def _kind(source: str, target: str) -> str:
    ahead = _PLACES[target] - _PLACES[source]
    return "next" if ahead == 1 else "repeat" if not ahead else "skip" if ahead > 0 else "return"


def _crowd(ways: Iterable[Path]) -> Crowd:
    people = tuple(Person(way.person, way.name) for way in ways)
    return Crowd(people, found_by(person.id for person in people))


def _transitions(ways: Sequence[Path]) -> tuple[Transition, ...]:
    """Every move that somebody made, by stage left and stage reached."""
    times: Counter[tuple[str, str]] = Counter()
    who: defaultdict[tuple[str, str], dict[str, Path]] = defaultdict(dict)
    for way in ways:
        for move in way.moves:
            times[move.source, move.target] += 1
            who[move.source, move.target][way.person] = way
    order = sorted(times, key=lambda pair: (_PLACES[pair[0]], _PLACES[pair[1]]))
    return tuple(Transition(*pair, _kind(*pair), times[pair], _crowd(who[pair].values())) for pair in order)


def span_before(start: str, end: str, grain_days: float) -> str:
    """From when points are needed for :func:`moved`, three points of slack included (an ISO date)."""
    return iso(max(2 * days(start) - days(end) - 3 * grain_days, 1.0))
