"""Plausible exports: CSV files with lower-case names such as ``date,visitors,pageviews``, alone, in a zip or in a
folder.

Columns are known by name, because their order differs between versions. ``imported_…`` files have a row for each
day; files of the dashboard without dates (``sources.csv``) cover the days ``visitors.csv`` covers, or those in the
file's name.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from desktop_app.exchange.metrics.dates import read_dates
from desktop_app.exchange.metrics.periods import bounds, find_period
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank, marks_for
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block, prepare
from desktop_app.exchange.metrics.tables import Layout, TimeAxis, build
from desktop_app.model.metrics import Grain

_PEOPLE = {"visitors", "unique_entrances", "unique_exits", "total_visitors", "unique_conversions"}
_AVERAGES = {
    "bounce_rate",
    "views_per_visit",
    "time_on_page",
    "conversion_rate",
    "exit_rate",
    "percentage",
    "scroll_depth",
    "cr",
}
_TOTALS = {
    "visits",
    "pageviews",
    "bounces",
    "visit_duration",
    "entrances",
    "exits",
    "events",
    "total_time_on_page",
    "total_exits",
    "total_time_on_page_visits",
    "total_scroll_depth",
    "total_scroll_depth_visits",
    "conversions",
    "total_conversions",
    "total_entrances",
    "engaged_visits",
}
_METRICS = _PEOPLE | _AVERAGES | _TOTALS
_DIMENSIONS = {
    "name",
    "source",
    "referrer",
    "channel",
    "page",
    "hostname",
    "entry_page",
    "exit_page",
    "country",
    "region",
    "city",
    "device",
    "browser",
    "browser_version",
    "operating_system",
    "operating_system_version",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_content",
    "utm_term",
    "link_url",
    "path",
    "property",
    "value",
    "version",
    "country_name",
    "region_name",
    "city_name",
    "step",
    "goal",
}
_SECONDS = {"visit_duration", "time_on_page", "total_time_on_page"}
_PERCENT = {"bounce_rate", "conversion_rate", "exit_rate", "percentage", "scroll_depth", "cr"}
_OWN = {"visit_duration", "views_per_visit", "bounces", "total_time_on_page", "total_scroll_depth", "bounce_rate"}


def _header(rows: Rows) -> list[str]:
    return [cell.strip() for cell in next((row for row in rows.cells[:3] if not is_blank(row)), [])]


def _matches(rows: Rows) -> bool:
    header = set(_header(rows))
    if not header & _METRICS or not header <= _METRICS | _DIMENSIONS | {"date"}:
        return False
    return rows.name.startswith("imported_") or (len(header & _METRICS) >= 2 and bool(header & _OWN))


def _context(parts: Sequence[Rows], file: str) -> Context:
    for part in sorted(parts, key=lambda rows: "visitors" not in rows.name):
        header = _header(part)
        if "date" in header:
            column = read_dates(
                [row[header.index("date")] for row in part.cells[1:] if len(row) > header.index("date")], "date"
            )
            if column:
                return Context(file, bounds(column.spans.values()))
    return Context(file, find_period(file))


def _read(rows: Rows, context: Context) -> Reading:
    body = [(row, line) for row, line in zip(rows.cells, rows.lines, strict=True) if not is_blank(row)]
    stem = PurePath(rows.name).stem
    block = Block(
        re.sub(r"_\d{8}_\d{8}.*$", "", stem),
        body[0][0],
        body[0][1],
        [row for row, _ in body[1:]],
        [line for _, line in body[1:]],
        file_end=True,
        cut=rows.cut,
    )
    sheet = prepare(block)
    marks = marks_for([sheet], rows.delimiter)
    names = sheet.header
    imported = "date" in names and stem.startswith("imported_")
    metrics = tuple(i for i, name in enumerate(names) if name in _METRICS)
    dimensions = tuple(i for i, name in enumerate(names) if name in _DIMENSIONS)
    axis: TimeAxis | None = None
    if "date" in names and sheet.rows:
        cells = sheet.columns[names.index("date")]
        column = read_dates(cells, "day" if imported else "date")
        axis = TimeAxis(column.grain, [column.spans.get(cell) for cell in cells]) if column else None
    elif "date" not in names:
        block.period = find_period(rows.name) or context.period
        axis = TimeAxis(Grain.RANGE, [block.period]) if block.period else None
    units = {i: "seconds" for i in metrics if names[i] in _SECONDS}
    levels = {i for i in metrics if names[i] in _PEOPLE | _AVERAGES or (names[i] in _SECONDS and not imported)}
    layout = Layout(metrics, dimensions, units=units, levels=frozenset(levels), percents=_percents(names, metrics))
    return Reading((build(sheet, layout, axis, marks),))


def _percents(names: Sequence[str], metrics: Sequence[int]) -> frozenset[int]:
    """Plausible prints a bounce rate of 45 % as 45."""
    return frozenset(index for index in metrics if names[index] in _PERCENT)


PROFILE = Profile(
    ProfileInfo("plausible", "Plausible", "Exports of Plausible Analytics, as CSV, zip or folder."),
    "Plausible",
    _matches,
    _read,
    _context,
)
