"""Foresight: statements and their states, how sure one was against what came true, what checks on series say, and
which changes of series went with it or foretold nothing.

A foresight is *scored* if it is resolved, yes or no, and has a confidence. Partly is left out, or counted as half come
true where that is asked for. Refuses to rank whoever foresaw, and to say why anything came or did not.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import isclose
from operator import eq, ge, gt, le, lt

from desktop_app.lenses.calibration import calibration
from desktop_app.lenses.series import clip, ratio_over, total
from desktop_app.model.calibration import Forecast
from desktop_app.model.entries import Check, EntryKind, Result
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.foresight import (
    Foresight,
    Indicator,
    Indicators,
    Reading,
    Score,
    ScoreGroup,
    Silent,
    State,
    Statement,
    Verdict,
)
from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Point, Series
from desktop_app.model.queries import field_part
from desktop_app.model.samples import days as day_number
from desktop_app.model.samples import iso
from desktop_app.model.time import OPEN_END, OPEN_START, BadDate, parse_edtf
from desktop_app.model.vocabulary import Term

FORESIGHTS = f"kind:{EntryKind.FORESIGHT}"
NONE = f"{FORESIGHTS} -{FORESIGHTS}"
"""Finds nothing: the entries behind a zero that no field can ask for."""
Asked = Callable[[str, str, str], str]
"""Field, id and name to the part of a query that finds just that."""
OUTCOMES: dict[str, float] = {Result.YES: 1.0, Result.NO: 0.0}


@paused_collector()
def foresight(
    scope: Scope,
    entries: Iterable[EntryFacts],
    now: str,
    asked: Asked,
    perspectives: Sequence[Term],
    scales: Sequence[Term],
    *,
    partly_half: bool = False,
) -> Foresight:
    """The foresights among ``entries`` as of ``now`` (local ``YYYY-MM-DDTHH:MM``)."""
    found = [entry for entry in entries if entry.kind == EntryKind.FORESIGHT]
    scoring = _Scoring(scope, found, partly_half)
    statements = _statements(found, now)
    states = [statement.state for statement in statements]
    unresolved = [entry for entry in found if entry.outcome is None]
    resolved = [entry for entry in found if entry.outcome is not None]
    unsure = sum(entry.confidence is None for entry in resolved)
    partly = sum(
        entry.confidence is not None and entry.outcome.result not in OUTCOMES for entry in resolved if entry.outcome
    )

    def figure(value: int, *parts: str) -> Figure:
        return Figure(value, scope.narrowed(*parts))

    return Foresight(
        scope=scope,
        now=now,
        partly_half=partly_half,
        statements=statements,
        due=figure(states.count(State.DUE), FORESIGHTS, "is:due"),
        open=figure(states.count(State.OPEN), FORESIGHTS, "is:open", "-is:due"),
        resolved=figure(len(resolved), FORESIGHTS, "is:resolved"),
        score=scoring.score(found),
        partly=figure(partly, FORESIGHTS, "is:resolved", "has:confidence", "-outcome:yes,no"),
        unsure=figure(unsure, FORESIGHTS, "is:resolved", "-has:confidence"),
        unresolved=figure(len(unresolved), FORESIGHTS, "is:open"),
        by_person=_by_person(found, scoring, asked),
        by_perspective=_by_term(found, scoring, "perspective", perspectives),
        by_scale=_by_term(found, scoring, "scale", scales),
    )


def who(entry: EntryFacts) -> str:
    """Who foresaw it: the speaker, else the author."""
    return entry.speaker_name or entry.author


# --- statements -------------------------------------------------------------------------------------------------------


def _statements(entries: Sequence[EntryFacts], now: str) -> tuple[Statement, ...]:
    bounds = _Bounds()
    by_state: dict[State, list[tuple[str, Statement]]] = defaultdict(list)
    for entry in entries:
        ends = bounds.end(entry.horizon)
        if entry.outcome is not None:
            state, at = State.RESOLVED, bounds.start(entry.outcome.resolved)
        else:
            state, at = (State.DUE if ends and ends <= now else State.OPEN), ends or OPEN_END
        statement = Statement(
            entry.id,
            entry.heading,
            who(entry),
            entry.created,
            entry.horizon,
            ends,
            entry.confidence,
            state,
            entry.outcome,
            entry.check,
            f"id:{entry.id}",
        )
        by_state[state].append((at, statement))
    for state, rows in by_state.items():
        rows.sort(key=lambda row: row[0], reverse=state is State.RESOLVED)
    return tuple(statement for state in State for _, statement in by_state[state])


class _Bounds:
    """Start and end of dates as text, each read once; empty where there is none that can be read."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {"": ("", "")}

    def of(self, edtf: str) -> tuple[str, str]:
        if edtf not in self._known:
            try:
                when = parse_edtf(edtf)
                self._known[edtf] = when.start, when.end
            except BadDate:  # from a later Terrain
                self._known[edtf] = "", ""
        return self._known[edtf]

    def start(self, edtf: str) -> str:
        start, _ = self.of(edtf)
        return "" if start == OPEN_START else start

    def end(self, edtf: str) -> str:
        _, end = self.of(edtf)
        return "" if end == OPEN_END else end


# --- scores -----------------------------------------------------------------------------------------------------------


class _Scoring:
    def __init__(self, scope: Scope, entries: Iterable[EntryFacts], partly_half: bool) -> None:
        self._scope = scope
        self._halves = partly_half
        outcomes: dict[str, float] = {**OUTCOMES, Result.PARTLY: 0.5} if partly_half else OUTCOMES
        self._part = f"outcome:{','.join(str(result) for result in Result if result in outcomes)}"
        # Made once: an entry counts in several groups.
        self._forecasts = {
            entry.id: Forecast(entry.id, entry.confidence, outcomes[entry.outcome.result])
            for entry in entries
            if entry.confidence is not None and entry.outcome is not None and entry.outcome.result in outcomes
        }

    def score(self, entries: Iterable[EntryFacts], *parts: str) -> Score:
        """The score of the entries that ``parts`` find within the scope."""
        known = self._forecasts
        made = calibration([known[entry.id] for entry in entries if entry.id in known], halves=self._halves)
        these = self._scope.narrowed(*parts, FORESIGHTS)
        bins = tuple([f"{these} {confidence_part(one.low, one.high)} {self._part}" for one in made.bins])
        return Score(made, f"{these} has:confidence {self._part}", bins)

    def group(self, item: str, name: str, entries: Sequence[EntryFacts], *parts: str) -> ScoreGroup:
        figure = Figure(len(entries), self._scope.narrowed(*parts, FORESIGHTS))
        return ScoreGroup(item, name, figure, self.score(entries, *parts))


@cache
def confidence_part(low: float, high: float) -> str:
    """The part of a query that finds the confidences of a bin: both ends of a range are meant, so the upper one is
    taken out again."""
    if high >= 1:
        return f"confidence:{low:.12g}..1"
    return f"confidence:{low:.12g}..{high:.12g} -confidence:{high:.12g}"


def _by_person(entries: Iterable[EntryFacts], scoring: _Scoring, asked: Asked) -> tuple[ScoreGroup, ...]:
    people: dict[tuple[str, str], list[EntryFacts]] = defaultdict(list)
    for entry in entries:
        known = entry.speaker if entry.speaker_name else None
        people[known or "", who(entry)].append(entry)
    groups = []
    for (item, name), theirs in people.items():
        if item:
            parts = [asked("speaker", item, name)]
        else:
            parts = [asked("author", name, name) if name else "", "-has:speaker"]
        groups.append(scoring.group(item, name, theirs, *parts))
    return tuple(sorted(groups, key=lambda group: (group.name.casefold(), group.name, group.id)))


def _by_term(
    entries: Iterable[EntryFacts], scoring: _Scoring, field: str, terms: Sequence[Term]
) -> tuple[ScoreGroup, ...]:
    """A group for each term that any has, then one of those without any."""
    having: dict[str, list[EntryFacts]] = defaultdict(list)
    for entry in entries:
        for label in (entry.perspectives if field == "perspective" else entry.scales) or ("",):
            having[label].append(entry)
    groups = [
        scoring.group(term.id, term.short, having[term.id], field_part(field, term.id))
        for term in terms
        if term.id in having
    ]
    if "" in having:
        groups.append(scoring.group("", "", having[""], f"-has:{field}"))
    return tuple(groups)


# --- checks -----------------------------------------------------------------------------------------------------------

_HOLDS: dict[str, Callable[[float, float], bool]] = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}
_DUST = 1e-6
"""Of a day: what adding hours up may lose."""
_MINUTE = 1 / 1440


def read_check(
    entry: str,
    check: Check,
    series: Series | None,
    points: Sequence[Point],
    totals: tuple[Sequence[Point], Sequence[Point]] | None = None,
) -> Reading:
    """What a check says of these points; of a ratio ``totals`` are the points of its numerator and denominator."""
    start, end = period_of(check)
    known = series is not None and start > OPEN_START and end < OPEN_END
    length = day_number(end) - day_number(start) if known else None
    name, unit = (series.label, series.unit) if series else ("", "count")
    additive = series is not None and series.additive
    nothing = Reading(entry, check, name, unit, additive, Verdict.UNSAID, None, length=length)
    if length is None:
        return nothing
    used = [clip(part, start, end).points for part in (totals or (points,))]
    covered = min(_covered(part) for part in used)
    above = below = None
    if totals:
        found = ratio_over(*used)
        value, above, below = found.value, found.numerator, found.denominator
    else:
        value = total(used[0], additive)
    whole = all(_once(part) and abs(_covered(part) - length) < _DUST for part in used)
    verdict = Verdict.UNSAID
    if whole and value is not None and check.comparison in _HOLDS:  # a later Terrain may know others
        verdict = Verdict.HOLDS if _meets(value, check) else Verdict.FAILS
    return Reading(entry, check, name, unit, additive, verdict, value, above, below, len(used[0]), covered, length)


def period_of(check: Check) -> tuple[str, str]:
    """Start and end of a check's period; empty where it has none that can be read."""
    return _Bounds().of(check.period)


def _meets(value: float, check: Check) -> bool:
    """Whether the comparison holds; sums that print alike are equal."""
    if isclose(value, check.value, rel_tol=1e-12):
        return "=" in check.comparison
    return _HOLDS[check.comparison](value, check.value)


def _covered(points: Iterable[Point]) -> float:
    """How many days have a point; a day that two points tell counts once."""
    covered, until = 0.0, float("-inf")
    for first, last in sorted((day_number(point.start), day_number(point.end)) for point in points):
        covered += max(last - max(first, until), 0.0)
        until = max(until, last)
    return covered


def _once(points: Iterable[Point]) -> bool:
    """Whether no two points overlap, so that their sum counts nothing twice."""
    spans = sorted((day_number(point.start), day_number(point.end)) for point in points)
    return all(one[1] <= two[0] + _DUST for one, two in pairwise(spans))


# --- foresights and indicators ----------------------------------------------------------------------------------------


@paused_collector()
def indicators(
    scope: Scope,
    entries: Iterable[EntryFacts],
    every: Iterable[EntryFacts],
    series: Sequence[Indicator],
    linked: Mapping[str, Iterable[str]],
    local: Callable[[str], str],
    asked: Asked,
    now: str,
    days: int,
) -> Indicators:
    """Foresights of ``entries`` against changes of ``series``, and changes against all that ``every`` holds.

    ``linked``: by entry, the series it is linked to. ``local``: a UTC moment in local time. A series stands for an
    entry that checks, pins or is linked to it; for a foresight only if it has points between when that was written down
    and when it was resolved (without a date: its horizon's end), days included.
    """
    known = {one.series: one for one in series}
    standing = _Standing(linked)
    shown: dict[str, list[str]] = {"late": [], "unwatched": [], "unshown": []}
    bounds = _Bounds()
    for entry in entries:
        if entry.kind == EntryKind.FORESIGHT and entry.outcome and entry.outcome.result == Result.YES:
            start = local(entry.created)[:10]
            end = bounds.end(entry.outcome.resolved) or bounds.end(entry.horizon) or now
            kept = _how_shown(start, end, [known[item] for item in standing.of(entry) if item in known])
            if kept:
                shown[kept].append(entry.id)
    silent, waiting = _silent(every, series, standing, asked, now, days)
    return Indicators(
        scope=scope,
        days=days,
        series=len(series),
        changes=sum(len(one.places) for one in series),
        waiting=waiting,
        late=_listed(scope, shown["late"]),
        unwatched=_listed(scope, shown["unwatched"]),
        unshown=_listed(scope, shown["unshown"]),
        unshown_ids=tuple(shown["unshown"]),
        unwatched_ids=tuple(shown["unwatched"]),
        silent=silent,
    )


def _listed(scope: Scope, ids: Sequence[str]) -> Figure:
    return Figure(len(ids), f"id:{','.join(ids)}" if ids else NONE)


class _Standing:
    """The series that stand for an entry."""

    def __init__(self, linked: Mapping[str, Iterable[str]]) -> None:
        self._linked = linked

    def of(self, entry: EntryFacts) -> tuple[str, ...]:
        checked = (entry.check.series,) if entry.check else ()
        if not checked and not entry.series and entry.id not in self._linked:
            return ()
        return tuple(dict.fromkeys((*checked, *entry.series, *self._linked.get(entry.id, ()))))


def _how_shown(start: str, end: str, series: Sequence[Indicator]) -> str:
    """``late`` (written down after it was decided), ``unwatched``, ``unshown``, or empty where a series changed."""
    until = end.removesuffix("T00:00")
    if start >= until:
        return "late"
    watched = [one for one in series if one.start < until and one.end > start]
    if not watched:
        return "unwatched"
    changed = any(start <= place.at < until for one in watched for place in one.places)
    return "" if changed else "unshown"


def _silent(
    every: Iterable[EntryFacts],
    series: Sequence[Indicator],
    standing: _Standing,
    asked: Asked,
    now: str,
    days: int,
) -> tuple[tuple[Silent, ...], int]:
    came, of_series = _what_came(every, standing)
    silent, waiting = [], 0
    for one in series:
        for place in one.places:
            start, end = place.at, iso(day_number(place.at) + days)
            if end > now:
                waiting += 1
            elif not _any_in(came, start, end) and not _any_in(of_series.get(one.series, ()), start, end):
                query = f"{asked('metric', one.series, one.name)} in:{_stretch(place.start, place.end)}"
                silent.append(Silent(one.series, one.name, one.unit, place, start, end, query))
    silent.sort(key=lambda change: (change.start, change.name, change.series))
    return tuple(silent), waiting


def _what_came(every: Iterable[EntryFacts], standing: _Standing) -> tuple[list[str], dict[str, list[str]]]:
    """When events began and foresights were resolved, and by series when entries with it began; each sorted."""
    bounds = _Bounds()
    came: list[str] = []
    of_series: dict[str, list[str]] = defaultdict(list)
    for entry in every:
        if entry.start > OPEN_START:
            if entry.kind == EntryKind.EVENT:
                came.append(entry.start)
            for item in standing.of(entry):
                of_series[item].append(entry.start)
        if entry.kind == EntryKind.FORESIGHT and entry.outcome and (at := bounds.start(entry.outcome.resolved)):
            came.append(at)
    came.sort()
    for starts in of_series.values():
        starts.sort()
    return came, of_series


def _any_in(starts: Sequence[str], start: str, end: str) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def _stretch(start: str, end: str) -> str:
    """The days of ``[start, end)`` as EDTF."""
    return f"{start[:10]}/{iso(day_number(end) - _MINUTE)[:10]}"
