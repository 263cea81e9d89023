"""Google Search Console performance exports: a zip or folder of Chart, Queries, Pages, Countries, Devices and
Filters.

Tables are known by their columns, not by their localised file names. Only the chart has dates; the other tables
cover the days the chart covers, because the filter may be relative ("Last 16 months") and data ends days before the
export. A filter other than the date and the search type Web makes other series: they carry it as a dimension.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

from desktop_app.exchange.metrics.dates import DateColumn, read_dates
from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.names import fold, is_position
from desktop_app.exchange.metrics.numbers import Marks
from desktop_app.exchange.metrics.periods import bounds, find_period
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank, marks_for
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block, Sheet, prepare
from desktop_app.exchange.metrics.tables import Layout, TimeAxis, build
from desktop_app.model.metrics import Grain, ParsedTable, Skipped

TIMEZONE = "America/Los_Angeles"
"""Search Console counts days in Pacific time, whatever the site's own zone."""

_CLICKS = re.compile(
    r"^(?:clicks?|clics?|klicks?|cliques|klikkningar|klikken|klikniecia|klik|клики|tiklamalar|クリック数|点击次数|點擊|클릭수)$"
)
_IMPRESSIONS = re.compile(
    r"^(?:impressions?|impressionen|impresiones|impressoes|impressioni|vertoningen|wyswietlenia|visningar|показы"
    r"|gosterimler|表示回数|展示|曝光|노출)$"
)
_CTR = re.compile(r"^(?:ctr|to|点击率|點閱率|тк)$")
_FILTER_NAMES = frozenset({"filter", "filtre", "filtro", "filtr", "フィルタ", "过滤条件", "篩選器", "필터"})
_DATE_FILTERS = frozenset({"date", "datum", "fecha", "data", "日付", "日期", "날짜"})
_TYPE_FILTERS = re.compile(
    r"^(?:search type|type de recherche|suchtyp|tipo de (?:busqueda|pesquisa|ricerca)|tipo di ricerca|zoektype)$"
)
_INDEXING = re.compile(
    r"^(?:(?:not )?indexed|(?:sin )?indexadas?|(?:nao |no )indexadas?|(?:nicht )?indexiert|(?:non )?indexees?"
    r"|(?:non )?indicizzate"
    r"|affected pages|paginas afectadas|paginas afetadas|betroffene seiten|pages concernees|pagine interessate)$"
)
_OWN_FIRST = re.compile(r"^top |les plus |haufigste |principales |principais ")
_CHART_NAME = re.compile(r"^(?:chart|dates|graphique|diagramm|grafico|fechas|datas|grafiek)\.csv$")
_METADATA_NAMES = frozenset({"property", "propriete", "propiedad", "propriedade", "eigenschaft", "proprieta"})
_URL = re.compile(r"https?://[\w.-]+(?::\d+)?/", re.I)
_SITE = re.compile(r"^(?P<site>.+?)-(?:Performance|Leistung|Rendimiento|Desempenho|Rendimento|Prestaties)", re.I)


def _header(rows: Rows) -> list[str]:
    return next((row for row in rows.cells[:5] if not is_blank(row)), [])


def _is_table(rows: Rows) -> bool:
    """One column of names or dates, then nothing but clicks, impressions, CTR and position.

    Discover and News have no position; without one the file must show by its name or first column whose it is.
    """
    header = [fold(cell) for cell in _header(rows)]
    if not 3 <= len(header) <= 5 or not all(map(_is_own_metric, header[1:])):
        return False
    if not any(map(_CLICKS.match, header[1:])) or not any(map(_IMPRESSIONS.match, header[1:])):
        return False
    return any(map(is_position, header[1:])) or bool(_OWN_FIRST.match(header[0]) or _CHART_NAME.match(fold(rows.name)))


def _is_own_metric(name: str) -> bool:
    return bool(_CLICKS.match(name) or _IMPRESSIONS.match(name) or _CTR.match(name)) or is_position(name)


def _is_indexing(rows: Rows) -> bool:
    """The chart of the page indexing report, or of one of its issues."""
    header = [fold(cell) for cell in _header(rows)]
    return 2 <= len(header) <= 5 and any(_INDEXING.match(name) for name in header[1:])


def _is_metadata(rows: Rows) -> bool:
    """What a page indexing export says about itself: which sitemap, which issue."""
    header = [fold(cell) for cell in _header(rows)]
    return len(header) == 2 and header[0] in _METADATA_NAMES and len(rows.cells) < 50


def _is_filters(rows: Rows) -> bool:
    header = [fold(cell) for cell in _header(rows)]
    return len(header) == 2 and header[0] in _FILTER_NAMES and len(rows.cells) < 50


def _matches(rows: Rows) -> bool:
    return _is_table(rows) or _is_filters(rows) or _is_indexing(rows) or _is_metadata(rows)


def _chart_dates(rows: Rows) -> Period | None:
    """First and last day of a table whose first column is of dates."""
    cells = [row[0] for row in rows.cells[1:] if row and row[0].strip()]
    column = read_dates(cells, _header(rows)[0]) if cells else None
    return bounds(column.spans.values()) if column else None


def _filters(parts: Sequence[Rows]) -> list[tuple[int, str, str]]:
    return [
        (line, row[0].strip(), ", ".join(row[1:]).strip())
        for part in parts
        for row, line in list(zip(part.cells, part.lines, strict=True))[1:]
        if len(row) > 1
    ]


def _is_default(name: str, value: str) -> bool:
    folded = fold(name)
    return folded in _DATE_FILTERS or (bool(_TYPE_FILTERS.match(folded)) and fold(value) == "web")


def _context(parts: Sequence[Rows], file: str) -> Context:
    periods = [p for part in parts if _is_table(part) and (p := _chart_dates(part))]
    filters = _filters([part for part in parts if _is_filters(part)])
    if not periods:
        stated = (find_period(value) for _, name, value in filters if fold(name) in _DATE_FILTERS)
        periods = [period for period in stated if period][:1]
    tags = tuple((name, value) for _, name, value in filters if not _is_default(name, value))
    if any(_is_indexing(part) for part in parts):
        metadata = _filters([part for part in parts if _is_metadata(part)])
        tags = (("Report", "Page indexing"), *((name, value) for _, name, value in metadata))
    return Context(file, bounds(periods) if periods else None, tags, _site_of(parts) or account_of(file))


def _site_of(parts: Sequence[Rows]) -> str:
    """The domain that all pages of the export have in common, or an empty text.

    It is asked before the zip's name, so that an export is the same site's zipped, unzipped or under another name.
    """
    hosts = {
        host.casefold().removeprefix("www.")
        for part in parts
        if _is_table(part)
        for row in part.cells[1:]
        if row and (host := urlsplit(row[0].strip()).hostname if _URL.match(row[0].strip()) else None)
    }
    if not hosts:
        return ""
    common = min(hosts, key=lambda host: (host.count("."), host))
    return common if all(host == common or host.endswith(f".{common}") for host in hosts) else ""


def account_of(file: str) -> str:
    """The site in the name of a zip: ``https___www.example.com_-Performance-on-Search-2026-01-15.zip``."""
    match = _SITE.match(file)
    if not match:
        return ""
    site = re.sub(r"^(https?)___", r"\1://", match["site"])
    return site.replace("_", "/") if "://" in site else site


def _filters_table(rows: Rows) -> Reading:
    notes = tuple(
        Skipped(line, f"“{name}: {value}” holds for all tables of this export.")
        for line, name, value in _filters([rows])
    )
    return Reading((ParsedTable(PurePath(rows.name).stem, "", "", Grain.RANGE, 0, skipped=notes),))


def _read(rows: Rows, context: Context) -> Reading:
    account = context.account
    if _is_filters(rows) or _is_metadata(rows):
        return Reading(_filters_table(rows).tables, account, TIMEZONE)
    start = next(index for index, row in enumerate(rows.cells) if not is_blank(row))
    body = [(row, line) for row, line in zip(rows.cells, rows.lines, strict=True) if not is_blank(row)][1:]
    block = Block(
        PurePath(rows.name).stem,
        rows.cells[start],
        rows.lines[start],
        [row for row, _ in body],
        [line for _, line in body],
        tags=context.tags,
        file_end=True,
        cut=rows.cut,
    )
    sheet = prepare(block)
    marks = marks_for([sheet], rows.delimiter)
    dates = read_dates(sheet.columns[0], sheet.header[0]) if sheet.rows else None
    width = len(sheet.header)
    if _is_indexing(rows):
        return Reading((_indexing_table(sheet, dates, marks),), account, TIMEZONE)
    units = {i: "position" for i in range(1, width) if not _is_counted(sheet.header[i])}
    units |= {i: "ratio" for i in range(1, width) if _CTR.match(fold(sheet.header[i]))}
    layout = Layout(tuple(range(1, width)), () if dates else (0,), units=units, levels=frozenset(units))
    if dates:
        axis: TimeAxis | None = TimeAxis(dates.grain, [dates.spans.get(cell) for cell in sheet.columns[0]])
    else:
        block.period = context.period
        axis = TimeAxis(Grain.RANGE, [context.period]) if context.period else None
    return Reading((build(sheet, layout, axis, marks),), account, TIMEZONE)


def _indexing_table(sheet: Sheet, dates: DateColumn | None, marks: Marks) -> ParsedTable:
    """Counts of pages are levels: a page indexed on two days is one page. Impressions are counted by the day."""
    columns = range(1, len(sheet.header))
    levels = frozenset(i for i in columns if not _IMPRESSIONS.match(fold(sheet.header[i])))
    axis = TimeAxis(dates.grain, [dates.spans.get(cell) for cell in sheet.columns[0]]) if dates else None
    return build(sheet, Layout(tuple(columns), levels=levels), axis, marks)


def _is_counted(name: str) -> bool:
    return bool(_CLICKS.match(fold(name)) or _IMPRESSIONS.match(fold(name)))


PROFILE = Profile(
    ProfileInfo(
        "search-console",
        "Google Search Console",
        "A performance export as zip or folder, or one CSV of it.",
    ),
    "Google Search Console",
    _matches,
    _read,
    _context,
)
