"""The foresight lens over a notebook: statements, resolving them, how sure one was, and the indicators beside."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress

from desktop_app.lenses.foresight import foresight, indicators, period_of, read_check
from desktop_app.model.changes import Changes
from desktop_app.model.entries import Entry, EntryDraft, EntryKind, Outcome, Result
from desktop_app.model.errors import Ambiguous, Invalid, KnownError, NotFound
from desktop_app.model.facts import EntryFacts
from desktop_app.model.foresight import DAYS, Foresight, Indicator, Indicators, Reading, Verdict
from desktop_app.model.metrics import Series
from desktop_app.model.numbers import figure, plain
from desktop_app.model.time import describe
from desktop_app.model.vocabulary import Term, VocabularyName
from desktop_app.notebook.file import NotebookFile
from desktop_app.services.context import Context
from desktop_app.services.entries import Entries
from desktop_app.services.indexing_texts import local_minute
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.series_places import SeriesPlaces

MOST_UNASKED = 12
"""Series that are looked at where no entry names any."""
_BY_VERDICT = {Verdict.HOLDS: Result.YES, Verdict.FAILS: Result.NO}


class NoCheck(KnownError):
    template = "“{name}” has no check on a series; say yes, partly or no yourself."


class CheckUnsaid(KnownError):
    """A check that cannot be said yet; the foresight stays as it is."""

    template = "The check of “{name}” cannot be said yet ({why}); import the rest, or say yes, partly or no yourself."


class ForesightLens:
    def __init__(self, context: Context, scope: LensScope, entries: Entries, places: SeriesPlaces) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._entries = entries
        self._places = places

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, query: str = "", *, partly_half: bool = False) -> Foresight:
        """The foresights that a query finds, and how far their confidences came true."""
        scope, entries = self._scope.read(query)
        found = [entry for entry in entries if entry.kind == EntryKind.FORESIGHT]
        return foresight(
            scope,
            found,
            self._now(),
            self._scope.search.value_for,
            self._terms("perspective", (label for entry in found for label in entry.perspectives)),
            self._terms("scale", (label for entry in found for label in entry.scales)),
            partly_half=partly_half,
        )

    def indicators(self, query: str = "", *, days: int = DAYS) -> Indicators:
        """The foresights of a query that no series showed, and the changes of series after which nothing came within
        ``days``. The first time it works out the places of each series, which may take a second or two.

        Series are those that any entry pins, checks or is linked to; where there are none, the first twelve over time.
        """
        if not 1 <= days <= 36_500:
            raise Invalid(message=f"{days} days is no time to look for what came; give from 1 to 36500.")
        scope, entries = self._scope.read(query)
        every = self._scope.every()
        linked = _linked(self._file)
        series = self._asked_about(every, linked)
        return indicators(
            scope,
            entries,
            every,
            [Indicator(one.id, one.label, one.unit, one.start, one.end, self._places.of(one)) for one in series],
            linked,
            local_minute,
            self._value_for,
            self._now(),
            days,
        )

    def _asked_about(self, every: Iterable[EntryFacts], linked: Mapping[str, Iterable[str]]) -> list[Series]:
        named = {item for entry in every for item in entry.series}
        named |= {entry.check.series for entry in every if entry.check}
        named |= {item for items in linked.values() for item in items}
        metrics = self._file.metrics
        if not named:
            return metrics.series([item for item, _ in metrics.over_time()[:MOST_UNASKED]])
        return sorted(metrics.series(sorted(named)), key=lambda one: (one.label.casefold(), one.id))

    def _value_for(self, field: str, item: str, name: str) -> str:
        """As :meth:`Search.value_for`; a series by its name where it is the one that is meant by it."""
        if field == "metric":
            with suppress(NotFound, Ambiguous):
                item = name if self._file.metrics.resolve(name) == item else item
        return self._scope.search.value_for(field, item, name)

    def _terms(self, name: VocabularyName, used: Iterable[str]) -> list[Term]:
        vocabulary = self._context.vocabulary(name)
        return [vocabulary.get(term) for term in vocabulary.order(used)]

    def _now(self) -> str:
        return self._context.now().strftime("%Y-%m-%dT%H:%M")

    # --- checks ------------------------------------------------------------------------------------------------------

    def check(self, entry: str) -> Reading | None:
        """What a foresight's check says now; ``None`` where it has none."""
        found = self._entries.get(entry)
        return self._reading(found.id, found)

    def checks(self, entries: Iterable[str]) -> dict[str, Reading]:
        """By id, what the checks of these entries say now; those without one are left out."""
        found = ((entry.id, self._reading(entry.id, entry)) for entry in self._entries.many(list(entries)))
        return {item: reading for item, reading in found if reading is not None}

    def _reading(self, item: str, entry: Entry) -> Reading | None:
        check = entry.fields.check
        if check is None:
            return None
        metrics, stretch = self._file.metrics, period_of(check)
        series = next(iter(metrics.series([check.series])), None)
        if series and series.numerator and series.denominator:
            totals = metrics.points(series.numerator, *stretch), metrics.points(series.denominator, *stretch)
            return read_check(item, check, series, (), totals)
        return read_check(item, check, series, metrics.points(check.series, *stretch))

    # --- resolving ---------------------------------------------------------------------------------------------------

    def resolve(self, entry: str, result: str, *, note: str = "", when: str = "") -> Changes[str]:
        """Say how a foresight turned out: yes, partly or no; ``when`` it was decided as typed, today unless told.

        Raises :class:`Invalid` for what is no foresight, another word, or a date that cannot be read.
        """
        item = self._foresight(entry).id
        with self._context.change("Resolve foresight"):
            return self._entries.edit(item, EntryDraft(outcome=Outcome(result, when, note)))

    def resolve_by_check(self, entry: str, *, note: str = "") -> Changes[str]:
        """Take what the check says: yes where it holds, no where not, with the numbers as they stand in the note.

        Raises :class:`NoCheck` without a check and :class:`CheckUnsaid` while its points do not cover the period.
        """
        found = self._foresight(entry)
        reading = self._reading(found.id, found)
        if reading is None:
            raise NoCheck(name=found.heading)
        if reading.verdict not in _BY_VERDICT:
            raise CheckUnsaid(name=found.heading, why=why_unsaid(reading))
        told = f"{note.strip()}\n{as_it_stood(reading)}".strip()
        return self.resolve(found.id, _BY_VERDICT[reading.verdict], note=told)

    def _foresight(self, entry: str) -> Entry:
        found = self._entries.get(entry)
        if found.fields.kind != EntryKind.FORESIGHT:
            raise Invalid(message=f"“{found.heading}” is a {found.fields.kind}; only a foresight can be resolved.")
        return found

    # --- files -------------------------------------------------------------------------------------------------------

    def csv(self, found: Foresight) -> bytes:
        """One row for each statement: id, statement, who, written, horizon, confidence, state, outcome, resolved, note,
        query."""
        header = (
            "id",
            "statement",
            "who",
            "written",
            "horizon",
            "confidence",
            "state",
            "outcome",
            "resolved",
            "note",
            "query",
        )
        rows = (
            (
                one.id,
                one.heading,
                one.who,
                one.created,
                one.horizon,
                one.confidence,
                str(one.state),
                one.outcome.result if one.outcome else "",
                one.outcome.resolved if one.outcome else "",
                one.outcome.note if one.outcome else "",
                one.query,
            )
            for one in found.statements
        )
        return self._scope.table(header, rows)


def as_it_stood(reading: Reading) -> str:
    """A reading as the note of an outcome keeps it: ``By its check: Trials in Q1 2026 was 1,316 (total of 90 points);
    ≥ 1,200 holds.``"""
    unit = reading.unit
    if reading.numerator is not None or reading.denominator is not None:
        how = f"{figure(reading.numerator)} of {figure(reading.denominator)}"
    else:
        kind = "total" if reading.additive else "mean"
        how = f"{kind} of {reading.points:,} {'point' if reading.points == 1 else 'points'}"
    sign = {">=": "≥", "<=": "≤"}.get(reading.check.comparison, reading.check.comparison)
    verdict = "holds" if reading.verdict is Verdict.HOLDS else "does not hold"
    return (
        f"By its check: {reading.name} in {describe(reading.check.period)} was {figure(reading.value, unit)} ({how});"
        f" {sign} {figure(reading.check.value, unit)} {verdict}."
    )


def why_unsaid(reading: Reading) -> str:
    """Why a check cannot be said yet, without a full stop."""
    if not reading.name:
        return "its series is not in this notebook"
    if reading.length is None:
        return "its period has no beginning or no end"
    covered, length = plain(reading.covered, 1), plain(reading.length, 1)
    if reading.covered < reading.length:
        return f"points cover {covered} of {length} days"
    return "the points overlap, or the ratio has nothing to divide by"


def _linked(file: NotebookFile) -> dict[str, list[str]]:
    """By entry, the series that it is linked to."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for series, links in file.links.relations(item for item, _ in file.metrics.names()).items():
        for _, kind, other, _ in links:
            if kind == "entry":
                found[other].append(series)
    return found
