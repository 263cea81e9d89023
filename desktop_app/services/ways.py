"""The readings of cunning, aspiration and value over a notebook, with all words and with the metrics beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.lenses.ways import Sources, ways
from desktop_app.model.errors import Invalid
from desktop_app.model.metrics import Series
from desktop_app.model.samples import days
from desktop_app.model.ways import GROUPED_BY, PERSPECTIVES, PINNED, SeriesTie, Standing, TieFigures, Told, Voice, Ways
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.stretches import figure_of

if TYPE_CHECKING:
    from desktop_app.model.facts import EntryFacts

HEADER = (
    "part", "group", "id", "kind", "occurred", "speaker", "org", "author", "channel", "stage", "scales", "tags",
    "basis", "consent", "title", "body", "relation", "via", "series", "start", "end", "then", "now", "query",
)  # fmt: skip

SECOND = timedelta(milliseconds=999)
"""What is kept tells the second that something was done in."""


class WaysLens:
    def __init__(self, context: Context, scope: LensScope) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope

    def read(self, way: str, query: str = "", *, by: str = "") -> Ways:
        """One of ``cunning``, ``aspiration`` and ``value``, put together ``by`` ``tag`` or ``person`` where it can be.

        Raises :class:`Invalid` for another one, and :class:`~desktop_app.search.errors.QueryError`.
        """
        if way not in PERSPECTIVES:
            raise Invalid(message=f"“{way}” is no reading; use one of {', '.join(PERSPECTIVES)}.")
        by = by or GROUPED_BY[way][0]
        if by not in GROUPED_BY[way]:
            raise Invalid(message=f"The reading {way} is put together by {' or '.join(GROUPED_BY[way])}, not by {by}.")
        scope, entries = self._scope.read(query)
        perspective = self._context.vocabulary("perspective").get(PERSPECTIVES[way])
        people = self._file.people.some({entry.speaker for entry in entries if entry.speaker})
        sources = Sources(
            {item: person.fields for item, person in people.items()},
            {entry.id: entry for entry in self._scope.every()},
            [(link.source.id, link.relation, link.target) for link in self._file.links.from_entries()],
            self._scope.search.value_for,
        )
        return ways(scope, entries, way, by, perspective, sources)

    # --- words and figures -------------------------------------------------------------------------------------------

    def told(self, voices: Sequence[Voice], ties: Sequence[Sequence[SeriesTie]] = ()) -> list[Told]:
        """The words of voices in their order, those that are gone by now left out; ``ties`` are of each of them."""
        words = {entry.id: entry for entry in self._file.entries.many([voice.entry.id for voice in voices])}
        joined = ties or [()] * len(voices)
        return [
            Told(voice, words[voice.entry.id], tuple(self._figures(tie, voice.entry) for tie in tied))
            for voice, tied in zip(voices, joined, strict=True)
            if voice.entry.id in words
        ]

    def _figures(self, tie: SeriesTie, entry: "EntryFacts") -> TieFigures:
        series = next(iter(self._file.metrics.series([tie.series])), None)
        if series is None:
            return TieFigures(tie, "", "", tie.start, tie.end, Standing(), Standing())
        start, end = self._touched(tie) if tie.relation == PINNED else (tie.start, tie.end)
        is_ratio = series.unit == "ratio" or bool(series.numerator or series.denominator)
        parts = self._parts(series)
        now = self._standing(series, start, end)
        then = Standing()
        if tie.relation == PINNED:
            then = self._standing(series, start, end, _moment(entry.created) + SECOND)
        elif tie.then is not None:
            then = self._kept(series, start, end, tie.then, now)
        return TieFigures(tie, series.label, series.unit, start, end, then, now, parts, is_ratio)

    def _parts(self, series: Series) -> tuple[tuple[str, str], ...]:
        if not series.numerator or not series.denominator:
            return ()
        found = {one.id: one for one in self._file.metrics.series([series.numerator, series.denominator])}
        named = (found.get(series.numerator), found.get(series.denominator))
        return tuple((part.label, part.unit) for part in named if part) if all(named) else ()

    def _standing(self, series: Series, start: str, end: str, as_of: datetime | None = None) -> Standing:
        value = figure_of(self._file, series.id, start, end, as_of)[1]
        if series.numerator and series.denominator:
            above, below = (
                figure_of(self._file, part, start, end, as_of)[1] for part in (series.numerator, series.denominator)
            )
            return Standing(value, above, below)
        return Standing(None if series.unit == "ratio" else value)

    def _kept(self, series: Series, start: str, end: str, then: float, now: Standing) -> Standing:
        """What a link keeps; the totals of a ratio are those of the imports by which it stood so, newest first."""
        if not series.numerator or not series.denominator:
            return Standing(None if series.unit == "ratio" else then)
        if now.value == then:
            return now
        holding = self._file.metrics.holding([series.numerator, series.denominator])
        for record in self._file.metrics.imports():
            if record.id in holding:
                stood = self._standing(series, start, end, _moment(record.imported) + SECOND)
                if stood.value == then:
                    return stood
        return Standing()

    def _touched(self, tie: SeriesTie) -> tuple[str, str]:
        """The stretch of the points that the time of an entry touches; its own dates without any, nothing without a
        date."""
        if not tie.start:
            return "", ""
        low, high = _date(tie.start), _date(tie.end)
        try:
            first, last = days(low), days(high)
        except ValueError:
            return "", ""  # a date outside the years that points have
        found = [
            point
            for point in self._file.metrics.points(tie.series, low, high)
            if days(point.end) > first and days(point.start) < last
        ]
        if not found:
            return low, high
        return min(point.start for point in found), max(point.end for point in found)

    # --- files -------------------------------------------------------------------------------------------------------

    def csv(self, found: Ways) -> bytes:
        """One row for each entry of each group, then one for each tie of an entry to a series."""
        return self._scope.table(HEADER, [*self._group_rows(found), *self._tie_rows(found)])

    def _group_rows(self, found: Ways) -> Iterator[tuple[str | float | None, ...]]:
        for group in found.groups:
            for told in self.told(group.voices):
                yield ("reading", group.name, *_cells(told), "", "", "", "", "", None, None, f"id:{told.words.id}")

    def _tie_rows(self, found: Ways) -> Iterator[tuple[str | float | None, ...]]:
        for part, joined in (("disagrees", found.against), ("beside", found.beside)):
            for told in self.told([one.voice for one in joined], [one.ties for one in joined]):
                for one in told.ties:
                    tie = one.tie
                    stretch = (tie.relation, tie.via.id if tie.via else "", one.label, one.start, one.end)
                    yield (part, "", *_cells(told), *stretch, one.then.value, one.now.value, tie.query)

    def markdown(self, found: Ways) -> bytes:
        """The reading as one Markdown text, UTF-8: quotes first, each with who, where and when.

        It is handed on: words that were withdrawn are left out and counted, and nobody is named who may not be.
        """
        from desktop_app.services.consent import consents
        from desktop_app.services.unnamed import hiding, words_or_markdown
        from desktop_app.services.ways_text import reading_text

        joined = (*found.against, *found.beside)
        ids = {voice.entry.id for group in found.groups for voice in group.voices}
        ids |= {one.voice.entry.id for one in joined}
        ids |= {tie.via.id for one in joined for tie in one.ties if tie.via}
        consent = consents(self._file, ids)
        hide = hiding(self._file, consent)

        def allowed(listed: Iterable[Told]) -> list[Told]:
            return [
                replace(one, words=replace(one.words, fields=replace(one.words.fields, body=body)), ties=ties)
                for one in listed
                if one.voice.entry.id not in consent.withheld
                for body in [words_or_markdown(hide(one.words.fields.body), hide)]
                for ties in [tuple(it for it in one.ties if not (it.tie.via and it.tie.via.id in consent.withheld))]
                if ties or not one.ties
            ]

        against = self.told([one.voice for one in found.against], [one.ties for one in found.against])
        beside = self.told([one.voice for one in found.beside], [one.ties for one in found.beside])
        groups = (allowed(self.told(group.voices)) for group in found.groups)
        text = reading_text(found, groups, allowed(against), allowed(beside), len(consent.withheld))
        return hide(text).encode()


def _cells(told: Told) -> Iterable[str]:
    fields, entry = told.words.fields, told.voice.entry
    return (
        entry.id, entry.kind, entry.occurred, entry.speaker_name, entry.org_name, entry.author, entry.channel,
        told.voice.stage, " ".join(entry.scales), " ".join(entry.tags), entry.basis, fields.consent, fields.title,
        fields.body,
    )  # fmt: skip


def _moment(iso: str) -> datetime:
    found = datetime.fromisoformat(iso)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _date(stamp: str) -> str:
    """A bound as points have it: midnight is the date alone."""
    return stamp.removesuffix("T00:00")
