"""Why: the ledger of causes.

On one side the places where series changed, each with the reasons that people have linked to a stretch of that series
that overlaps the place's own. On the other each thing that entries are said to explain, with those entries. Only a
link makes a reason; what merely happened then is counted apart.

Refuses to say that anything caused anything, or to order places by how much changed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate

from desktop_app.lenses.offmap import found_by
from desktop_app.lenses.series import clip, ratio_over
from desktop_app.model.dismissals import Dismissal
from desktop_app.model.facts import ENTRIES, EntryFacts, Figure, Scope
from desktop_app.model.links import End, Relation
from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.places import Place, PlaceKind
from desktop_app.model.samples import days, moment
from desktop_app.model.why import (
    BASES,
    AskedAbout,
    Effect,
    Ledger,
    Reason,
    ShownStep,
    Side,
    Standing,
    Statement,
    Totals,
    Why,
    WhyPlace,
)

SIDE = {Grain.HOUR: 168, Grain.DAY: 28, Grain.WEEK: 8, Grain.MONTH: 6, Grain.QUARTER: 4, Grain.YEAR: 2}
"""Points on each side of a shift over which a ratio's totals are given, at most; of a spike it is one."""
RELATIONS = (Relation.EXPLAINS, Relation.SUPPORTS, Relation.CONTRADICTS, Relation.MENTIONS)
"""What a link of an entry to a stretch may say, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A series that is looked at, its places, and by their ``at`` the totals of a ratio."""

    series: Series
    places: tuple[Place, ...]
    totals: Mapping[str, Totals]
    questions: tuple[tuple[End, AskedAbout], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What people have said: links of entries, dismissals, and for entries the steps they show.

    ``standing`` gives the figure of a stretch of a series today; ``thing`` the label and the query
    of a target that is no entry, or ``None`` for one that is not here or lies in the trash.
    """

    statements: Sequence[Statement]
    dismissals: Sequence[Dismissal]
    steps: Mapping[str, tuple[ShownStep, ...]]
    standing: Callable[[End], Standing]
    thing: Callable[[End], tuple[str, str] | None]


@paused_collector()
def why(
    scope: Scope,
    entries: Sequence[EntryFacts],
    every: Sequence[EntryFacts],
    watched: Sequence[Watched],
    without_totals: Sequence[Series],
    known: Known,
) -> Why:
    """The ledger over ``entries``, those that the scope's query finds out of ``every``, all ordered by ``start``."""
    ledgers = _Ledgers(scope, entries, every, known)
    dismissed: dict[str, list[Dismissal]] = defaultdict(list)
    for dismissal in known.dismissals:
        dismissed[dismissal.fields.series].append(dismissal)
    places = [_place(one, place, ledgers, dismissed.get(one.series.id, ())) for one in watched for place in one.places]
    places.sort(key=_place_order)
    return Why(
        scope,
        tuple(one.series for one in watched),
        tuple(without_totals),
        tuple(places),
        tuple(_effects(ledgers, known)),
    )


def _place_order(found: WhyPlace) -> tuple[int, float, str, str]:
    rank = 2 if found.dismissal else 0 if found.is_open else 1
    return rank, days(found.place.at), found.series.label.casefold(), found.series.id


# --- reasons ----------------------------------------------------------------------------------------------------------


class _Ledgers:
    """Makes ledgers out of the links of entries."""

    def __init__(self, scope: Scope, entries: Sequence[EntryFacts], every: Sequence[EntryFacts], known: Known) -> None:
        self._scope = scope
        self._known = known
        named = {statement.entry for statement in known.statements}
        named |= {one.target.id for one in known.statements if one.target.kind == "entry"}
        self.every = {entry.id: entry for entry in every if entry.id in named}
        self._asked = {entry.id for entry in entries if entry.id in named} if scope.query else set(self.every)
        self._of_series: dict[str, list[tuple[float, float, Statement]]] = defaultdict(list)
        self.explained: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
        self._contradicts: dict[str, set[str]] = defaultdict(set)
        for one in known.statements:
            self._sort(one)
        self._starts: list[str] = []
        self._ends: list[str] = []
        self._ended: list[int] = [0]
        self._dated = entries

    def _sort(self, one: Statement) -> None:
        target = one.target
        if one.entry not in self.every or one.relation not in RELATIONS:
            return
        if target.kind == "series":
            if bounds := stretch(target.start, target.end):
                self._of_series[target.id].append((*bounds, one))
        elif one.relation == Relation.CONTRADICTS and target.kind == "entry":
            self._contradicts[one.entry].add(target.id)
            self._contradicts[target.id].add(one.entry)
        if one.relation == Relation.EXPLAINS and one.entry in self._asked:
            self.explained[target.kind, target.id, target.start, target.end].append(one)

    def about_place(self, series: str, place: Place) -> list[Statement]:
        """What has been linked to a stretch of the series that overlaps the place's."""
        low, high = days(place.start), days(place.end)
        return [one for first, last, one in self._of_series.get(series, ()) if first < high and last > low]

    def of(self, statements: Iterable[Statement]) -> Ledger:
        """The ledger of these statements, as far as the query finds their entries."""
        chosen: dict[tuple[str, str, str, str], Statement] = {}
        for one in statements:
            if one.entry in self._asked:
                chosen.setdefault((one.entry, one.relation, one.target.start, one.target.end), one)
        beside = {one.entry for one in chosen.values()}
        reasons = sorted((self._reason(one, beside) for one in chosen.values()), key=_reason_order)
        if len(reasons) == 1 and reasons[0].is_cause:
            # Most effects are explained by one entry: one figure says it all.
            alone = Figure(1, reasons[0].query)
            return Ledger(tuple(reasons), alone, {reasons[0].basis: alone}, alone.query)
        causes = {reason.entry: reason.basis for reason in reasons if reason.is_cause}
        bases: dict[str, list[str]] = {}
        for entry, basis in causes.items():
            bases.setdefault(basis, []).append(entry)
        found = dict.fromkeys(reason.entry for reason in reasons)
        return Ledger(
            tuple(reasons),
            self.figure(causes),
            {basis: self.figure(bases[basis]) for basis in sorted(bases, key=_basis_order)},
            found_by(found),
        )

    def figure(self, entries: Iterable[str]) -> Figure:
        ids = list(entries)
        return Figure(len(ids), found_by(ids))

    def elsewhere(self, statements: Iterable[Statement]) -> Figure:
        """Entries that explain, and that the query does not find."""
        causes = (one.entry for one in statements if one.relation == Relation.EXPLAINS)
        return self.figure(dict.fromkeys(entry for entry in causes if entry not in self._asked))

    def _reason(self, one: Statement, beside: set[str]) -> Reason:
        entry, target = self.every[one.entry], one.target
        is_series = target.kind == "series"
        return Reason(
            link=one.link,
            entry=entry.id,
            kind=entry.kind,
            relation=one.relation,
            basis=entry.basis,
            heading=entry.heading,
            speaker=entry.speaker_name,
            org=entry.org_name,
            occurred=entry.occurred,
            query=found_by([entry.id]),
            start=target.start if is_series else "",
            end=target.end if is_series else "",
            then=target.then if is_series else None,
            standing=self._known.standing(target) if is_series else Standing(),
            against=tuple(sorted(self._contradicts.get(entry.id, set()) & beside)),
        )

    def about(self, place: Place, linked: Iterable[str]) -> Figure:
        """How many of the entries lie in the days of a place and are linked to it by nobody.

        ``linked`` are the ids of all that is linked to it.
        """
        if not self._starts:
            self._count_dates()
        first, last = place.start[:10], f"{moment(days(place.end)) - timedelta(minutes=1):%Y-%m-%d}"
        low, high = f"{first}T00:00", f"{moment(days(last) + 1):%Y-%m-%dT%H:%M}"
        # What begins before the end, less what has ended before the beginning: nothing ends before it begins.
        ended = self._ended[bisect_right(self._ends, low)]
        count = bisect_left(self._starts, high) - ended
        mine = [self.every[entry] for entry in dict.fromkeys(linked) if entry in self._asked]
        then = [entry.id for entry in mine if entry.start and entry.start < high and entry.end > low]
        parts = (ENTRIES, f"in:{first}/{last}", *([f"-{found_by(then)}"] if then else []))
        return Figure(count - len(then), self._scope.narrowed(*parts))

    def _count_dates(self) -> None:
        """Many entries end on one day: days are sorted, and not entries."""
        dated = [entry for entry in self._dated if entry.start]
        self._starts = [entry.start for entry in dated]
        ends = Counter(entry.end for entry in dated)
        self._ends = sorted(ends)
        self._ended = [0, *accumulate(ends[end] for end in self._ends)]


def _reason_order(reason: Reason) -> tuple[int, int, str, str, str]:
    relation = RELATIONS.index(Relation(reason.relation))
    return _basis_order(reason.basis), relation, reason.start, reason.heading.casefold(), reason.link


def _basis_order(basis: str) -> int:
    """A basis that came with an exchange, and that is not known here, stands just before none."""
    return BASES.index(basis) if basis in BASES[:-1] else len(BASES) - (1 if basis else 0)


# --- places -----------------------------------------------------------------------------------------------------------


def _place(one: Watched, place: Place, ledgers: _Ledgers, dismissals: Sequence[Dismissal]) -> WhyPlace:
    statements = ledgers.about_place(one.series.id, place)
    low, high = days(place.start), days(place.end)
    questions = {
        asked.id: asked
        for end, asked in one.questions
        if (bounds := stretch(end.start, end.end)) and bounds[0] < high and bounds[1] > low
    }
    return WhyPlace(
        one.series,
        place,
        ledgers.of(statements),
        ledgers.elsewhere(statements),
        ledgers.about(place, (said.entry for said in statements)),
        one.totals.get(place.at),
        next((found for found in dismissals if speaks_of(found, place)), None),
        tuple(questions.values()),
    )


def speaks_of(dismissal: Dismissal, place: Place) -> bool:
    """Whether a dismissal of the place's series has the place's ``at`` in its stretch."""
    bounds = stretch(dismissal.fields.start, dismissal.fields.end)
    return bounds is not None and bounds[0] <= days(place.at) < bounds[1]


def stretch(start: str, end: str) -> tuple[float, float] | None:
    """A stretch of a series in days; ``None`` for what is none: it may have come with an exchange."""
    try:
        low, high = days(start), days(end)
    except ValueError:
        return None
    return (low, high) if low < high else None


def totals_of(
    series: Series,
    points: Sequence[Point],
    place: Place,
    above: tuple[Series, Sequence[Point]],
    below: tuple[Series, Sequence[Point]],
) -> Totals | None:
    """A ratio's totals over equal numbers of its ``points`` on both sides of a place: of a shift up to :data:`SIDE`, of
    a spike one. ``None`` where there is nothing before it."""
    at = next((number for number, point in enumerate(points) if point.start == place.at), 0)
    reach = 1 if place.kind == PlaceKind.SPIKE else SIDE.get(series.grain, 1)
    count = min(at, len(points) - at, reach)
    if not count:
        return None
    before, after = points[at - count : at], points[at : at + count]

    def side(part: Sequence[Point]) -> Side:
        start, end = part[0].start, part[-1].end
        found = ratio_over(clip(above[1], start, end).points, clip(below[1], start, end).points)
        return Side(start, end, found.numerator, found.denominator, found.value)

    return Totals(above[0].label, above[0].unit, below[0].label, below[0].unit, side(before), side(after))


# --- effects ----------------------------------------------------------------------------------------------------------


def _effects(ledgers: _Ledgers, known: Known) -> list[Effect]:
    effects = []
    for (kind, item, start, end), statements in ledgers.explained.items():
        target = statements[0].target
        if kind == "entry":
            if (entry := ledgers.every.get(item)) is not None:
                effects.append(_entry_effect(entry, known.steps.get(item, ()), ledgers.of(statements)))
        elif (told := known.thing(target)) is not None:
            effects.append(Effect(kind, item, told[0], start, end, ledgers.of(statements), told[1]))
    effects.sort(key=lambda effect: (not effect.start, effect.start, effect.label.casefold(), effect.id))
    return effects


def _entry_effect(entry: EntryFacts, steps: tuple[ShownStep, ...], ledger: Ledger) -> Effect:
    kind, query = "step" if steps else "entry", found_by([entry.id])
    return Effect(kind, entry.id, entry.heading, entry.start, entry.end, ledger, query, entry.kind, steps)
