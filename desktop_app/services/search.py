"""Searching: the hits, and beside them the series of the same stretch of time."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.config.paths import cache_dir
from desktop_app.model.entries import Entry, Mark
from desktop_app.model.errors import Interrupted
from desktop_app.model.metrics import SeriesPoints
from desktop_app.model.queries import (
    And,
    Chip,
    Completion,
    Everything,
    Hit,
    Or,
    Phrase,
    Prefix,
    Query,
    Understood,
    Words,
    asked_stretch,
)
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.notebook.outbox import Position
from desktop_app.search import chips, complete, joined, metric_names, understand, without
from desktop_app.search.documents import SearchDocument
from desktop_app.search.errors import IndexBusy
from desktop_app.search.highlighting import highlighter
from desktop_app.search.index import Position as IndexPosition
from desktop_app.search.index import SearchIndex
from desktop_app.search.searching import Found, Sort, entry_ids, search, suggestion
from desktop_app.services.context import Context
from desktop_app.services.found_texts import TextHits
from desktop_app.services.indexing import Documents
from desktop_app.services.query_values import QueryValues
from desktop_app.text.markdown import to_plain
from desktop_app.text.snippets import Snippet
from desktop_app.text.tokens import tokens

__all__ = ["IndexBusy", "IndexStatus", "Search", "SearchResult"]

Progress = Callable[[float, str], None]

MOST_MARKS = 5000
MOST_SERIES = 12
AT_ONCE = 500
"""Changed things that a search takes up by itself; more of them are left to :meth:`Search.catch_up`."""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """``documents`` can be found, ``pending`` changed items wait; ``usable`` is false until it has been built."""

    documents: int
    pending: int
    usable: bool


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits, the series beside them, and for the tracks what all matches are.

    ``metrics`` hold the points that overlap ``stretch`` (ISO 8601, empty: open). ``pending`` changed items were
    not searched.
    """

    understood: Understood
    total: int
    hits: tuple[Hit, ...]
    metrics: tuple[SeriesPoints, ...]
    stretch: tuple[str, str]
    suggestion: str
    pending: int
    took_ms: float
    marks: tuple[Mark, ...] = ()


class Search:
    """The index of one notebook, opened on first use."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file
        _, language = self._file.about()
        # The next page, a chosen stretch and the look after a change ask the same query again.
        self._snippets = lru_cache(maxsize=8)(lambda query: highlighter(query, language))
        folder = cache_dir() / "index" / self._file.id
        self._index = SearchIndex(folder, notebook_id=self._file.id, language=language)
        self._index.open()
        self._values = QueryValues(context)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    # --- queries ----------------------------------------------------------------------------------------------------

    def understand(self, query: str) -> Understood:
        """What a query asks; raises :class:`~desktop_app.search.errors.QueryError` with the nearest right one."""
        return understand(query, now=self._context.now(), vocab=self._values.reading(query))

    def joined(self, *queries: str) -> str:
        """The canonical print of all these queries at once; empty ones are left out and equal parts told once.

        Raises :class:`~desktop_app.search.errors.QueryError`.
        """
        return joined(queries, now=self._context.now(), vocab=self._values.reading(" ".join(queries)))

    def value_for(self, field: str, item: str, name: str) -> str:
        """The part of a query that finds one thing by a field: ``speaker:"Ines Vidal"`` where the words of its name
        find nothing else of this notebook, else ``speaker:`` and its id.

        Of a field that takes no ids (``author``, ``channel``) ``item`` is the value itself.
        """
        return self._values.value_for(field, item, name)

    def chips(self, query: str) -> list[Chip]:
        """The field parts of a query, which can be taken out one by one."""
        return chips(query, self._values.namer())

    def without(self, query: str, chip: Chip) -> str:
        """The query without one of its chips."""
        return without(query, chip)

    def complete(self, query: str, position: int) -> list[Completion]:
        """What may be typed at a position (code points) of a query, best first."""
        return complete(query, position, self._values.completing(query[:position]))

    # --- the index --------------------------------------------------------------------------------------------------

    def status(self) -> IndexStatus:
        consumed = self._consumed()
        waiting = self._file.outbox.waiting(consumed.seq if consumed else 0)
        return IndexStatus(self._index.documents(), waiting, consumed is not None)

    def _consumed(self) -> IndexPosition | None:
        """How far the index has read this very file; ``None`` where it has to be built again."""
        position = self._index.position()
        if position is None or not self._file.outbox.knows(Position(position.seq, position.token)):
            return None
        return position

    def catch_up(self, progress: Progress | None = None, should_stop: Callable[[], bool] | None = None) -> int:
        """Index what has changed, or everything where there is no usable index; returns how many documents.

        Raises :class:`~desktop_app.search.errors.IndexBusy` when another process keeps the index to itself, and
        :class:`~desktop_app.model.errors.Interrupted`.
        """
        consumed = self._consumed()
        if consumed is None:
            return self.rebuild(progress, should_stop)
        # Read before the items, so that what is written meanwhile is read again rather than missed.
        target = self._file.outbox.position()
        if target.change <= consumed.seq:
            return 0
        items = self._file.outbox.since(consumed.seq)
        read = 0

        def found() -> Iterator[SearchDocument]:
            nonlocal read
            for document in Documents(self._file).of(items):
                if should_stop and should_stop():
                    raise Interrupted(what="Indexing what has changed")
                read += 1
                yield document

        self._index.update(found(), (item for item, _ in items), IndexPosition(target.change, target.token))
        return read

    def rebuild(self, progress: Progress | None = None, should_stop: Callable[[], bool] | None = None) -> int:
        """Build the index anew beside the old one, which is used until then; raises like :meth:`catch_up`."""
        target = self._file.outbox.position()
        items = self._file.outbox.everything()
        documents = Documents(self._file)

        def tell(done: int, total: int) -> None:
            if progress:
                progress(min(done / max(total, 1), 1.0), "Building the search index")

        return self._index.rebuild(
            documents.of(items),
            documents.expected(items),
            IndexPosition(target.change, target.token),
            tell,
            should_stop,
        )

    def tidy(self) -> bool:
        """Merge what many small updates have left, when there is time for it; whether anything was done."""
        return self._index.tidy()

    def _freshen(self) -> int:
        """Take up what was written a moment ago; returns how many changed items stay unsearched."""
        status = self.status()
        if status.usable and (status.pending == 0 or self._takes_long(status.pending)):
            return status.pending
        try:
            self.catch_up()
        except IndexBusy:
            if not status.usable:
                raise
            return status.pending
        return 0

    def _takes_long(self, pending: int) -> bool:
        """Whether what waits is too much for a search to take up: many items, or the paragraphs of long texts."""
        consumed = self._consumed()
        if pending > AT_ONCE or consumed is None:
            return True
        return Documents(self._file).expected(self._file.outbox.since(consumed.seq)) > AT_ONCE

    # --- searching --------------------------------------------------------------------------------------------------

    def run(
        self,
        query: str,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        stretch: tuple[str, str] | None = None,
        marks: bool = False,
    ) -> SearchResult:
        """Search what has been written up to now. ``stretch`` keeps what overlaps ``[start, end)``, ISO 8601.

        With ``marks`` the result also names all matches, at most :data:`MOST_MARKS`, for drawing on tracks. Raises
        :class:`~desktop_app.search.errors.QueryError`; builds the index first where there is none.
        """
        begun = time.perf_counter()
        understood = self.understand(query)
        pending = self._freshen()
        found = search(
            self._index,
            understood.query,
            now=self._context.now(),
            limit=limit,
            offset=offset,
            sort=sort,
            stretch=stretch,
            every=MOST_MARKS if marks else 0,
        )
        hits = self._hits(found, understood.query)
        window = self._window(understood.query, stretch, hits)
        return SearchResult(
            understood=understood,
            total=found.total,
            hits=hits,
            metrics=self._beside(understood.query, hits, window),
            stretch=window,
            suggestion="" if found.total else suggestion(self._index, understood.query, now=self._context.now()),
            pending=pending,
            took_ms=round((time.perf_counter() - begun) * 1000, 2),
            marks=tuple(self._file.entries.marks(found.every)),
        )

    def count(self, query: str) -> int:
        """How many a query finds, without looking at any of them."""
        self._freshen()
        return search(self._index, self.understand(query).query, now=self._context.now(), limit=0).total

    def matches(self, query: str) -> list[tuple[str, str]]:
        """Type and id of all that a query finds, each once, in no particular order; what waits is indexed before."""
        understood = self.understand(query)
        self.catch_up()
        found = search(self._index, understood.query, now=self._context.now(), limit=self._index.documents())
        return list(dict.fromkeys((hit.type, hit.id) for hit in found.hits))

    def entry_ids(self, query: str) -> list[str] | None:
        """The ids of the entries that a query finds, in no particular order; ``None`` for the empty query: all.

        What waits is indexed before. Raises :class:`~desktop_app.search.errors.QueryError`.
        """
        understood = self.understand(query)
        if isinstance(understood.query, Everything):
            return None
        self.catch_up()
        return entry_ids(self._index, understood.query, now=self._context.now())

    def _hits(self, found: Found, query: Query) -> tuple[Hit, ...]:
        snippets = self._snippets(query)
        wanted = [hit.id for hit in found.hits if hit.type == "entry"]
        entries = {entry.id: entry for entry in self._file.entries.many(wanted)}
        texts = TextHits(self._file, found.hits, snippets)
        hits = []
        for hit in found.hits:
            if hit.type in TextHits.TYPES:
                hits += texts.of(hit)
            elif hit.type != "entry":
                hits.append(self._other(hit.id, hit.type, hit.score, snippets))
            elif hit.id in entries:
                hits.append(_entry_hit(entries[hit.id], hit.score, snippets))
        return tuple(hits)

    def _other(self, item: str, kind: str, score: float, snippets: Callable[[str], Snippet]) -> Hit:
        """A hit on a person, a series or a question."""
        if kind == "person":
            person = self._file.people.person(item)
            title, text = person.fields.name, to_plain(person.fields.note)
            org = person.org_name
        elif kind == "question":
            return self._question(item, score, snippets)
        else:
            series = self._file.metrics.series([item])
            title, text, org = (series[0].label, series[0].source, "") if series else ("", "", "")
        shown = snippets(text)
        return Hit(item, kind, kind, title, shown.text, shown.marks, "", "", "", (), (), (), score, org=org)

    def _question(self, item: str, score: float, snippets: Callable[[str], Snippet]) -> Hit:
        question = self._file.questions.get(item)
        fields = question.fields
        shown = snippets("\n".join(to_plain(text) for text in (fields.note, fields.answer) if text))
        dates = (fields.asked, question.start, question.end)
        return Hit(item, "question", "question", fields.text, shown.text, shown.marks, *dates, (), (), (), score)

    # --- the numbers beside -----------------------------------------------------------------------------------------

    def _window(self, query: Query, stretch: tuple[str, str] | None, hits: Sequence[Hit]) -> tuple[str, str]:
        """The stretch that was chosen, else the one the query asks for, else the one the hits lie in."""
        if stretch:
            return stretch
        if asked := asked_stretch(query):
            return asked
        starts = [hit.start for hit in hits if hit.start > OPEN_START]
        ends = [hit.end for hit in hits if hit.end and hit.end < OPEN_END]
        return min(starts, default=""), max(ends, default="")

    def _beside(self, query: Query, hits: Sequence[Hit], window: tuple[str, str]) -> tuple[SeriesPoints, ...]:
        """The series that ``metric:`` names, that the hits pin, and whose name has a word of the query.

        Each ratio comes after the totals it divides.
        """
        metrics = self._file.metrics
        named = {metrics.resolve(name): None for name in metric_names(query)}
        pinned = dict.fromkeys(self._file.entries.pinned([hit.id for hit in hits if hit.type == "entry"]))
        alike = dict.fromkeys(_alike(metrics.over_time(), query))
        chosen = metrics.series(list({**named, **pinned, **alike})[:MOST_SERIES])
        totals = {part for series in chosen for part in (series.denominator, series.numerator) if part}
        known = {series.id: series for series in (*chosen, *metrics.series(sorted(totals)))}
        ordered: dict[str, None] = {}
        for series in chosen:
            for part in (series.denominator, series.numerator, series.id):
                if part in known:
                    ordered[part] = None
        start, end = window[0], window[1].removesuffix("T00:00")
        return tuple(SeriesPoints(known[key], metrics.points(key, start, end)) for key in ordered)


def _alike(series: Iterable[tuple[str, str]], query: Query) -> list[str]:
    """Of ids and names of series, the ids of those whose name has a word of the query."""
    asked = {word.text for text in _words(query) for word in tokens(text)}
    if not asked:
        return []
    return [key for key, name in series if asked & {word.text for word in tokens(name)}]


def _words(query: Query) -> Iterator[str]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case Words(text) | Phrase(text) | Prefix(text):
            yield text
        case _:
            return


def _plain(text: str) -> str:
    """The words of a body or of a heading; the same ones come up again while somebody types a query."""
    return _remembered(text) if len(text) <= _REMEMBERED_LENGTH else to_plain(text[:_SHOWN_LENGTH])


_REMEMBERED_LENGTH = 10_000
_SHOWN_LENGTH = 100_000
"""Characters in which a snippet is looked for; a whole book in one entry is searched all the same."""
_remembered = lru_cache(maxsize=1000)(to_plain)


def _entry_hit(entry: Entry, score: float, snippets: Callable[[str], Snippet]) -> Hit:
    fields = entry.fields
    shown = snippets(_plain(fields.body))
    return Hit(
        id=entry.id,
        type="entry",
        kind=fields.kind,
        title=fields.title or _plain(entry.heading),
        snippet=shown.text,
        spans=shown.marks,
        occurred=fields.occurred,
        start=entry.start,
        end=entry.end,
        scales=fields.scales,
        perspectives=fields.perspectives,
        tags=fields.tags,
        score=score,
        basis=fields.basis,
        speaker=entry.speaker_name,
        org=entry.org_name,
        surprise=fields.surprise,
    )
