"""What Browse reads, as calls for a reading thread: each takes a notebook and gives frozen results.

Dates are parsed and series are made ready for drawing here, so that the window's thread only paints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError, NotFound
from desktop_app.model.links import Link
from desktop_app.model.memos import Memo
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.people import Person
from desktop_app.model.provenance import Provenance
from desktop_app.model.queries import And, Chip, Hit, Query, Within
from desktop_app.model.samples import Samples, days, iso
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.ui.browse.curves import Curve, arranged, wanted_totals
from desktop_app.ui.browse.tracks import Track, extent, tracks

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

PAGE = 40
"""Hits read at a time."""
MOST_CURVES = 8
USUAL = 3
Stretch = tuple[float, float]
Sort = Literal["relevance", "occurred"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits. ``total`` counts all matches in the chosen stretch, ``offset`` where the page begins."""

    hits: tuple[Hit, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: the first page of hits and everything the chart shows beside them.

    ``entries`` counts those of the notebook.
    """

    query: str
    explanation: str
    chips: tuple[Chip, ...]
    page: Page
    entries: int
    suggestion: str
    pending: int
    curves: tuple[Curve, ...]
    tracks: tuple[Track, ...]
    extent: Stretch | None
    indexed: bool = True


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding of an entry's words: its id, the path of its code (empty: in the trash), the coder, the words, and the
    name of the file that brought it (empty: made here)."""

    id: str
    code: str
    coder: str
    quote: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry with everything that is said beside it; memos and codings in the order they are read in.

    While working ``blind`` the codings are those of the ``author`` only.
    """

    entry: Entry
    html: str
    links: tuple[Link, ...]
    speaker: Person | None
    series: tuple[Series, ...]
    check_series: str
    check_value: float | None
    perspectives: Vocabulary
    scales: Vocabulary
    draft: dict[str, object] | None = None
    codings: tuple[Coded, ...] = ()
    memos: tuple[Memo, ...] = ()
    author: str = ""
    blind: bool = False
    origin: Provenance | None = None
    conflicts: int = 0
    """Fields to which several people gave different values."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the editor's fields complete from."""

    perspectives: Vocabulary
    scales: Vocabulary
    tags: tuple[str, ...]
    people: tuple[str, ...]
    organisations: tuple[str, ...]
    channels: tuple[str, ...]
    series: tuple[Series, ...] = field(default=())


# --- finding ---------------------------------------------------------------------------------------------------------


class SeriesShelf:
    """Series that were read before, with their dates parsed, so that typing a query does not read them again.

    Belongs to one reading thread; the screen takes a new one when an import or a series has changed.
    """

    def __init__(self) -> None:
        self._known: dict[str, Curve] = {}

    def curves(self, notebook: "Notebook", ids: Sequence[str]) -> tuple[Curve, ...]:
        """Curves of whole series by id, with the totals that the ratios among them divide, in drawing order."""
        found = self._curves(notebook, ids)
        return arranged([*found, *self._curves(notebook, wanted_totals(curve.series for curve in found))])

    def _curves(self, notebook: "Notebook", ids: Sequence[str]) -> list[Curve]:
        """Those of the series that the notebook has; the totals of an exchanged ratio may not have come along."""
        for item in ids:
            if item in self._known:
                continue
            try:
                found = notebook.metrics.show(item)
            except NotFound:
                continue
            self._known[item] = Curve(found.series, Samples.of(found.points))
        return [self._known[item] for item in ids if item in self._known]


def find(
    notebook: "Notebook", query: str, sort: Sort, stretch: Stretch | None, no_scale: str, shelf: SeriesShelf
) -> Found:
    """Runs a query. Raises :class:`QueryError` (a :class:`KnownError`) for one that cannot be read.

    While the index is being built, an empty query shows what was written last, so that nobody looks at nothing.
    """
    if not query.strip() and not notebook.search.status().usable:
        return _without_index(notebook, query, shelf)
    result = notebook.search.run(query, limit=PAGE, sort=sort, marks=True)
    page = find_page(notebook, query, sort, stretch, 0) if stretch else Page(result.hits, result.total)
    asked = tuple(item.series.id for item in result.metrics)
    usual = () if asked and query.strip() else usual_series(notebook.metrics.list())
    drawn = shelf.curves(notebook, tuple(dict.fromkeys((*usual, *asked))))[:MOST_CURVES]
    rows = tracks(result.marks, notebook.vocabulary.scales(), no_scale)
    return Found(
        query=query,
        explanation=result.understood.explanation,
        chips=tuple(notebook.search.chips(query)),
        page=page,
        entries=notebook.entries.counts().total,
        suggestion=result.suggestion,
        pending=result.pending,
        curves=drawn,
        tracks=rows,
        extent=_asked_for(result.understood.query, _extent(drawn, rows)),
    )


def _without_index(notebook: "Notebook", query: str, shelf: SeriesShelf) -> Found:
    hits = tuple(_hit(entry) for entry in notebook.entries.recent(PAGE))
    drawn = shelf.curves(notebook, usual_series(notebook.metrics.list()))
    total = notebook.entries.counts().total
    return Found(
        query=query,
        explanation="",
        chips=(),
        page=Page(hits, len(hits)),
        entries=total,
        suggestion="",
        pending=total,
        curves=drawn,
        tracks=(),
        extent=_extent(drawn, ()),
        indexed=False,
    )


def _hit(entry: Entry) -> Hit:
    fields = entry.fields
    return Hit(
        id=entry.id,
        type="entry",
        kind=fields.kind,
        title=entry.heading,
        snippet="",
        spans=(),
        occurred=fields.occurred,
        start=entry.start,
        end=entry.end,
        scales=fields.scales,
        perspectives=fields.perspectives,
        tags=fields.tags,
        score=0.0,
        basis=fields.basis,
        speaker=entry.speaker_name,
        org=entry.org_name,
        surprise=fields.surprise,
    )


def find_page(notebook: "Notebook", query: str, sort: Sort, stretch: Stretch | None, offset: int) -> Page:
    """Another page of the same query, or the first one of a chosen stretch."""
    between = (iso(stretch[0]), iso(stretch[1])) if stretch else None
    result = notebook.search.run(query, limit=PAGE, offset=offset, sort=sort, stretch=between)
    return Page(result.hits, result.total, offset)


def usual_series(series: Sequence[Series]) -> tuple[str, ...]:
    """What the chart shows when nothing is asked for: the longest totals, or a ratio as long with its totals."""
    known = {item.id for item in series}
    fine = [item for item in series if item.grain in (Grain.DAY, Grain.WEEK, Grain.MONTH) and not item.dimensions]
    totals = sorted((item for item in fine if item.additive), key=lambda item: -item.points)
    longest = totals[0].points if totals else 0
    ratios = [item for item in fine if item.numerator in known and item.denominator in known]
    for ratio in sorted(ratios, key=lambda item: -item.points):
        if ratio.points >= 0.8 * longest:
            return (str(ratio.denominator), str(ratio.numerator), ratio.id)
    return tuple(item.id for item in totals if item.points >= 0.8 * longest)[:USUAL]


def _extent(drawn: Sequence[Curve], rows: Sequence[Track]) -> Stretch | None:
    """The stretch of time that holds the curves and the hits."""
    ends = [extent(rows)]
    ends += [(curve.samples.starts[0], max(curve.samples.ends)) for curve in drawn if len(curve.samples)]
    known = [pair for pair in ends if pair is not None]
    if not known:
        return None
    first, last = min(low for low, _ in known), max(high for _, high in known)
    least = 28.0
    if last - first < least:
        first, last = (first + last - least) / 2, (first + last + least) / 2
    return first, last


def _asked_for(query: Query, otherwise: Stretch | None) -> Stretch | None:
    """The stretch that the query's date fields ask for; its open sides come from what there is."""
    parts = query.parts if isinstance(query, And) else (query,)
    asked = [part for part in parts if isinstance(part, Within) and part.field in ("in", "on", "from", "to")]
    starts = [days(part.start) for part in asked if part.start and part.start > OPEN_START and part.field != "to"]
    ends = [days(part.end) for part in asked if part.end and part.end < OPEN_END and part.field != "from"]
    low = max(starts) if starts else otherwise[0] if otherwise else None
    high = min(ends) if ends else otherwise[1] if otherwise else None
    return (low, high) if low is not None and high is not None and low < high else otherwise


# --- reading ---------------------------------------------------------------------------------------------------------


def read_entry(notebook: "Notebook", entry_id: str, *, blind: bool = False) -> Reading:
    """One entry to be read; ``blind`` leaves out what other coders did. Raises :class:`NotFound` where it is gone."""
    from desktop_app.text.markdown import to_html

    entry = notebook.entries.get(entry_id)
    fields = entry.fields
    series = notebook.metrics.list() if fields.series or fields.check else []
    names = {item.id: item for item in series}
    check = fields.check
    return Reading(
        entry=entry,
        html=to_html(fields.body),
        links=tuple(notebook.links.of(entry.id)),
        speaker=_speaker(notebook, fields.speaker),
        series=tuple(names[item] for item in fields.series if item in names),
        check_series=names[check.series].label if check and check.series in names else "",
        check_value=_checked_value(notebook, entry),
        perspectives=notebook.vocabulary.perspectives(),
        scales=notebook.vocabulary.scales(),
        draft=notebook.drafts.load(surface(entry.id)),
        codings=_coded(notebook, entry.id, blind=blind),
        memos=tuple(notebook.memos.of(entry.id)),
        author=notebook.author,
        blind=blind,
        origin=notebook.history.provenance(entry.id),
        conflicts=len(notebook.conflicts.of(entry.id)),
    )


def _coded(notebook: "Notebook", entry_id: str, *, blind: bool) -> tuple[Coded, ...]:
    """What is coded in an entry's words; the codebook is read, and coding loaded, only where something is."""
    codings = notebook.entries.codings(entry_id)
    if blind:
        codings = [coding for coding in codings if coding.coder == notebook.author]
    if not codings:
        return ()
    paths = {code.id: code.label for code in notebook.codes.list()}
    quotes = notebook.codings.quotes([coding.id for coding in codings])
    return tuple(
        Coded(coding.id, paths.get(coding.code, ""), coding.coder, quotes.get(coding.id, ""), coding.source)
        for coding in notebook.codings.with_sources(codings)
    )


def _speaker(notebook: "Notebook", person: str | None) -> Person | None:
    if not person:
        return None
    try:
        return notebook.people.get(person)
    except KnownError:
        # Came by exchange without its person: the entry keeps the name it knows.
        return None


def _checked_value(notebook: "Notebook", entry: Entry) -> float | None:
    """What the series of a foresight's check says over its period now."""
    check = entry.fields.check
    if check is None or not check.period:
        return None
    from desktop_app.model.time import parse_edtf

    period = parse_edtf(check.period)
    found = notebook.metrics.overview([check.series], period.start, period.end)
    return found[0].value if found else None


def read_history(notebook: "Notebook", entry_id: str) -> tuple[RevisionInfo, ...]:
    return tuple(notebook.history.of(entry_id))


def read_choices(notebook: "Notebook") -> Choices:
    """Everything that the editor completes from."""
    return Choices(
        perspectives=notebook.vocabulary.perspectives(),
        scales=notebook.vocabulary.scales(),
        tags=tuple(item.tag for item in notebook.entries.tags()),
        people=tuple(notebook.people.names()),
        organisations=tuple(notebook.people.organisation_names()),
        channels=tuple(notebook.entries.channels()),
        series=tuple(notebook.metrics.list()),
    )


def surface(entry_id: str) -> str:
    """Under which name the draft of an entry being edited is kept."""
    return f"entry:{entry_id}"
