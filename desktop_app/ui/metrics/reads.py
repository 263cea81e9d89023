"""What the screen asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError, NotFound
from desktop_app.model.metrics import ImportedFile, ImportRecord, Point, Series
from desktop_app.ui.metrics.lines import Drawn, drawn_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_PINNED = 2000
MOST_EARLIER = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the lists show."""

    series: tuple[Series, ...]
    imports: tuple[ImportRecord, ...]

    def find(self, series_id: str | None) -> Series | None:
        return next((item for item in self.series if item.id == series_id), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a series: the value of its points, and for a ratio the totals it was made from."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """One series in words. ``totals`` are the series that it divides, the denominator first; empty where unknown."""

    series: Series
    figure: Figure
    totals: tuple[Series, ...]
    choices: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a series said once: as of ``moment`` (local, typed as any date), how many points it said otherwise.

    ``start`` and ``end`` bound the points that differ; empty where none does.
    """

    moment: str
    drawn: Drawn
    different: int
    unknown: int
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class ChartData:
    """What is drawn, from top to bottom; the series itself is the last line. ``earlier``: moments it differed then."""

    series_id: str
    lines: tuple[tuple[Series, Drawn], ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    record: ImportRecord
    report: ImportedFile
    series: Mapping[str, Series]


def read_shelf(notebook: "Notebook") -> Shelf:
    return Shelf(tuple(notebook.metrics.list()), tuple(notebook.metrics.imports()))


def read_series(notebook: "Notebook", series_id: str) -> SeriesPage:
    """Raises :class:`NotFound`."""
    found = notebook.metrics.overview([series_id])
    if not found:
        raise NotFound(what="series", name=series_id)
    stretch = found[0]
    everything = notebook.metrics.list()
    known = {item.id: item for item in everything}
    wanted = (stretch.series.denominator, stretch.series.numerator)
    totals = tuple(known[item] for item in wanted if item in known)
    return SeriesPage(
        stretch.series,
        Figure(stretch.value, stretch.numerator, stretch.denominator),
        totals if len(totals) == 2 else (),
        tuple(item for item in everything if _may_be_total(item, stretch.series)),
    )


def _may_be_total(item: Series, ratio: Series) -> bool:
    """Whether a ratio may divide it: another series that adds up, with the same grain, source and dimensions."""
    same = (item.grain, item.source, item.account, item.dimensions)
    return (
        item.additive and item.id != ratio.id and same == (ratio.grain, ratio.source, ratio.account, ratio.dimensions)
    )


def read_chart(notebook: "Notebook", page: SeriesPage) -> ChartData:
    """The lines to draw; loads the charting part here, where nothing waits for it."""
    import pyqtgraph  # noqa: F401

    points = [notebook.metrics.show(item.id).points for item in page.totals]
    own = notebook.metrics.show(page.series.id).points
    above = [(item, drawn_of(item, said)) for item, said in zip(page.totals, points, strict=True)]
    main = (page.series, drawn_of(page.series, own, points))
    return ChartData(page.series.id, (*above, main), tuple(_earlier_moments(notebook, page.series, own)))


def _earlier_moments(notebook: "Notebook", series: Series, now: Sequence[Point]) -> list[Earlier]:
    """The moments after an import at which the series said something else than now, newest first."""
    imports = (record for record in notebook.metrics.imports() if record.source == series.source)
    moments = dict.fromkeys(local_minute(record.imported) for record in imports)
    found: dict[tuple[int, int], Earlier] = {}
    for moment in list(moments)[:MOST_EARLIER]:
        earlier = compare(series, moment, notebook.metrics.show(series.id, as_of=moment).points, now)
        if earlier.different:
            # Of several moments at which it said the same, the last one stands for them.
            found.setdefault((earlier.different, earlier.unknown), earlier)
    return list(found.values())


def read_earlier(notebook: "Notebook", series_id: str, moment: str) -> Earlier:
    """What a series said as of a date as typed. Raises a sentence for a text that is no date."""
    now = notebook.metrics.show(series_id)
    return compare(now.series, moment, notebook.metrics.show(series_id, as_of=moment).points, now.points)


def compare(series: Series, moment: str, said: Sequence[Point], now: Sequence[Point]) -> Earlier:
    """How what was ``said`` differs from what is said ``now``."""
    then = {(point.start, point.end): point.value for point in said}
    differ = [point for point in now if then.get((point.start, point.end), point.value) != point.value]
    unknown = sum(1 for point in now if (point.start, point.end) not in then)
    start, end = (differ[0].start, differ[-1].end) if differ else ("", "")
    return Earlier(moment, drawn_of(series, said), len(differ), unknown, start, end)


def local_minute(moment: str) -> str:
    """A UTC moment as a local date-time that can be typed: ``2026-11-21T18:00``."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%dT%H:%M")


def read_entries(notebook: "Notebook", series_id: str) -> list[Entry]:
    """The entries that speak of a series: pinned beside it, linked to it, or checked by it; newest first."""
    found = {link.other.id for link in notebook.links.of(series_id) if link.other.kind == "entry"}
    entries = {entry.id: entry for entry in notebook.entries.many(sorted(found))}
    for entry in notebook.entries.many(_pinned(notebook)):
        check = entry.fields.check
        if series_id in entry.fields.series or (check and check.series == series_id):
            entries[entry.id] = entry
    return sorted(entries.values(), key=lambda entry: entry.start, reverse=True)


def _pinned(notebook: "Notebook") -> list[str]:
    """Entries with any pinned or checked series, by search; none where there is no index yet."""
    try:
        hits = notebook.search.run("has:metric OR kind:foresight", limit=MOST_PINNED, sort="occurred").hits
    except KnownError:
        return []
    return [hit.id for hit in hits if hit.type == "entry"]


def read_import(notebook: "Notebook", import_id: str) -> ImportPage:
    """Raises :class:`NotFound` for an import that was taken back."""
    record = next((item for item in notebook.metrics.imports() if item.id == import_id), None)
    if record is None:
        raise NotFound(what="import", name=import_id)
    report = notebook.metrics.report(import_id)
    known = {item.id: item for item in notebook.metrics.list()}
    return ImportPage(record, report, {item: known[item] for item in report.series.values() if item in known})
