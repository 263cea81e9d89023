"""The lens of random events over a notebook."""

from collections.abc import Iterable, Sequence

from desktop_app.lenses.offmap import (
    began_within,
    found_by,
    moved,
    off_map,
    query_within,
    reach_of,
    span_before,
    touched_entries,
    who_spoke,
)
from desktop_app.model.errors import NotFound
from desktop_app.model.facts import EntryFacts, Figure
from desktop_app.model.links import Link
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.offmap import Moved, OffMap, Reach, Tie, Touched
from desktop_app.model.people import PersonFields
from desktop_app.model.queries import asked_stretch
from desktop_app.model.samples import LENGTHS, days, iso
from desktop_app.model.time import OPEN_END
from desktop_app.model.vocabulary import Term, VocabularyName
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.links import Links
from desktop_app.services.naming import Naming

FOUND = ("entry", "person", "document", "coding", "code", "memo", "question")
"""Kinds of things that a search finds by their id, beside series."""


class OffMapLens:
    """The query narrows the surprises, and the people to those who speak in what it finds. What a surprise touched is
    looked for in the whole notebook."""

    def __init__(self, context: Context, scope: LensScope, links: Links) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._links = links

    def read(self, query: str = "") -> OffMap:
        """The register, the rate and the ways; raises
        :class:`~desktop_app.search.errors.QueryError` for a query that cannot be understood."""
        scope, entries = self._scope.read(query)
        now = self._context.now()
        return off_map(
            scope,
            entries,
            self._people(entries if scope.query else None),
            self._terms("scale", entries),
            self._terms("perspective", entries),
            asked=asked_stretch(self._scope.search.understand(query).query),
            until=f"{iso(days(f'{now:%Y-%m-%d}') + 1)}T00:00",
            standing=self._scope.every(),
        )

    def _people(self, entries: Iterable[EntryFacts] | None) -> list[tuple[str, PersonFields]]:
        everybody = self._file.people.people()
        if entries is not None:
            speakers = {entry.speaker for entry in entries}
            everybody = [person for person in everybody if person.id in speakers]
        return [(person.id, person.fields) for person in everybody]

    def _terms(self, name: VocabularyName, entries: Iterable[EntryFacts]) -> list[Term]:
        """The vocabulary, and the terms that came with an exchange."""
        known = self._context.vocabulary(name)
        used = {label for entry in entries for label in (entry.scales if name == "scale" else entry.perspectives)}
        return [*known, *(known.get(label) for label in sorted(used) if label not in known)]

    def scales(self, given: Iterable[str]) -> tuple[str, ...]:
        """Ids of scales given by id, name or their beginnings; raises :class:`Invalid`."""
        return Naming(self._context).terms("scale", given)

    # --- what a surprise touched -------------------------------------------------------------------------------------

    def touched(self, surprise: str, reach: Reach | None = None, scales: Iterable[str] = ()) -> Touched:
        """What came after an entry, by its id; raises :class:`NotFound`."""
        found = next((entry for entry in self._scope.every() if entry.id == surprise), None)
        if found is None:
            raise NotFound(what="entry", name=surprise)
        return self._touched(found, reach or Reach(), tuple(scales))

    def all_touched(self, found: OffMap, reach: Reach | None = None, scales: Iterable[str] = ()) -> list[Touched]:
        """What came after each surprise of the register, in its order."""
        by_id = {entry.id: entry for entry in self._scope.every()}
        wanted = tuple(scales)
        return [self._touched(by_id[one.id], reach or Reach(), wanted) for one in found.surprises if one.id in by_id]

    def _touched(self, surprise: EntryFacts, reach: Reach, scales: tuple[str, ...]) -> Touched:
        start, end = reach_of(surprise.start, surprise.end, reach)
        found = began_within(self._scope.every(), start, end, scales, but=surprise.id)
        query = query_within(start, end, scales, but=surprise.id)
        links = self._links.of(surprise.id)
        return Touched(
            surprise.id,
            start,
            end,
            Figure(len(found) if start else None, query),
            touched_entries(found),
            who_spoke(found, query),
            tuple(Tie(link, self._finds(link)) for link in links),
            tuple(self._metrics(surprise, links, start, end)) if start else (),
        )

    def _finds(self, link: Link) -> str:
        """The query that finds the other end of a link; empty for what no search finds, in the trash above all."""
        kind, item = link.other.kind, link.other.id
        if kind == "series":
            return found_by([item]) if link.label else ""
        if kind not in FOUND:
            return ""
        try:
            return "" if self._file.journal.fields(item).get("trashed") else found_by([item])
        except NotFound:
            return ""  # it did not come along with an exchange

    def _metrics(self, surprise: EntryFacts, links: Sequence[Link], start: str, end: str) -> Iterable[Moved]:
        named = dict.fromkeys((*surprise.series, *(link.other.id for link in links if link.other.kind == "series")))
        for series in self._file.metrics.series(list(named)):
            totals = (
                self._points(series, series.numerator, start, end),
                self._points(series, series.denominator, start, end),
            )
            yield moved(series, self._points(series, series.id, start, end), start, end, totals)

    def _points(self, series: Series, item: str | None, start: str, end: str) -> tuple[Point, ...]:
        """The points of one of a series' parts, from as long before a stretch as it is long."""
        if item is None or series.grain == Grain.RANGE:
            return ()
        since = span_before(start, end, LENGTHS[series.grain])
        return self._file.metrics.points(item, since, "" if end >= OPEN_END else end.removesuffix("T00:00"))

    # --- files -------------------------------------------------------------------------------------------------------

    def csv(self, found: OffMap, reach: Reach | None = None, scales: Iterable[str] = ()) -> bytes:
        """The register: one row for each surprise, with how many entries began after it, who spoke in them, and how
        many things it is linked to."""
        header = ("id", "kind", "heading", "occurred", "start", "scales", "perspectives")
        touched = self.all_touched(found, reach, scales)
        by_id = {one.surprise: one for one in touched}
        rows = (
            (
                one.id,
                one.kind,
                one.heading,
                one.occurred,
                one.start,
                " ".join(one.scales),
                " ".join(one.perspectives),
                by_id[one.id].entries.value,
                "; ".join(person.name for person in by_id[one.id].people),
                len(by_id[one.id].ties),
                by_id[one.id].entries.query,
            )
            for one in found.surprises
            if one.id in by_id
        )
        return self._scope.table((*header, "entries after", "people", "links", "query"), rows)
