"""What each column of a table of rows is for: time, telling rows apart, measuring, currency, or mere description.

Names known from the exporters come first, contents second. As few describing columns as possible become dimensions:
those that are needed so that no two rows claim the same series and stretch. The others are named in the report as
not read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.exchange.metrics.dates import DateColumn, read_dates
from desktop_app.exchange.metrics.moments import Period, after
from desktop_app.exchange.metrics.names import (
    fold,
    is_additive,
    is_currency_column,
    is_describing,
    is_identifier,
    is_identifying,
    is_known_metric,
    is_metric_column,
)
from desktop_app.exchange.metrics.numbers import has_number
from desktop_app.exchange.metrics.profile import Reading, marks_for
from desktop_app.exchange.metrics.sheets import Block, Sheet, prepare
from desktop_app.exchange.metrics.tables import Layout, TimeAxis, build, unit_by_name
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Skipped

_DATE_HEADER = re.compile(
    r"^(?:\S+ )?(?:date|day|week|month|quarter|year|datum|tag|woche|monat|quartal|jahr|jour|semaine|mois"
    r"|trimestre|annee|fecha"
    r"|dia|semana|mes|ano|data|giorno|settimana|mese|일|주|월|日付|日期|날짜)(?: (?:of|range|de|du|\().*)?$"
    r"|^(?:time|timestamp|period|zeit|zeitraum|zeitpunkt|periode|periodo|date ?time|heure|hora"
    r"|date and time|date [+] hour.*)$"
)
_START_HEADER = re.compile(
    r"\b(?:reporting starts|start|starts|start date|from|begin|begins|von|beginn|berichtsbeginn|debut|du"
    r"|inicio|inizio|desde)\b"
)
_END_HEADER = re.compile(r"\b(?:reporting ends|end|end date|to|until|bis|ende|berichtsende|fin|au|fine|hasta)\b")
_HOUR_HEADER = re.compile(
    r"^(?:hour|hour of (?:the )?day|start hour|stunde|uhrzeit|tageszeit|heure|heure de la journee|hora"
    r"|hora del dia|ora)$"
)
_HOUR = re.compile(
    r"(?P<h>[01]?\d|2[0-4])(?::00)?(?: ?(?P<ap>[ap])\.?m\.?)?(?: ?[-–] ?\d{1,2}(?::00)?(?: ?[ap]\.?m\.?)?)?", re.I
)


@dataclass(slots=True)
class _Time:
    """Columns spent on time and the axis they give; ``guessed`` is a cell whose day and month could be swapped."""

    columns: set[int] = field(default_factory=set)
    axis: TimeAxis | None = None
    guessed: str = ""


def read_block(block: Block, delimiter: str, *, grain: Grain | None = None) -> Reading:
    """One table of rows as a reading. ``grain`` fixes how long a date lasts where the profile knows it."""
    sheet = prepare(block)
    marks = marks_for([sheet], delimiter)
    time = find_time(sheet, day_first=True if delimiter == ";" or marks.decimal == "," else None, grain=grain)
    if time.guessed:
        column = min(time.columns)
        line = next(at for at, row in zip(sheet.lines, sheet.rows, strict=True) if row[column] == time.guessed)
        index = next(i for i, row in enumerate(sheet.rows) if row[column] == time.guessed)
        span = time.axis.spans[index] if time.axis else None
        reason = (
            f"“{time.guessed}” can be read in two ways and nothing decides; it was read as {span[0] if span else ''}."
        )
        sheet.skipped.append(Skipped(line, reason))
    axis = time.axis
    if axis is None and block.period:
        axis = TimeAxis(Grain.RANGE, [block.period])
    layout, pivot = choose_layout(sheet, time.columns, axis)
    table = build(sheet, layout, axis, marks)
    return Reading((_pivoted(table, pivot) if pivot else table,))


# --- time -----------------------------------------------------------------------------------------------------------


def find_time(sheet: Sheet, *, day_first: bool | None = None, grain: Grain | None = None) -> _Time:
    """The time axis of a sheet: a pair of start and end columns, a column of dates, or hours of one known day."""
    if not sheet.rows:
        return _Time()
    columns: dict[int, DateColumn] = {}
    order = sorted(range(len(sheet.header)), key=lambda i: (not _is_time_header(sheet.header[i]), i))
    for index in order:
        named = _is_time_header(sheet.header[index])
        if not named and (columns or sheet.numeric(index)):
            continue
        found = read_dates(sheet.columns[index], sheet.header[index], day_first=day_first)
        if found and (named or not sheet.numeric(index)):
            columns[index] = found
    if not columns:
        return _hours_of_a_day(sheet)
    pair = _pair(sheet, columns)
    if pair:
        return pair
    index = next(iter(columns))
    column = columns[index]
    spans = [column.spans.get(cell) for cell in sheet.columns[index]]
    time = _Time({index}, TimeAxis(column.grain, spans), column.guessed)
    if grain is Grain.DAY and column.grain in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        days = read_dates(sheet.columns[index], "day", day_first=day_first)
        time.axis = TimeAxis(Grain.DAY, [days.spans.get(c) for c in sheet.columns[index]]) if days else time.axis
    return _with_hours(sheet, time)


def _is_time_header(header: str) -> bool:
    folded = fold(header)
    return bool(_DATE_HEADER.match(folded) or _START_HEADER.search(folded) or _END_HEADER.search(folded))


def _pair(sheet: Sheet, columns: dict[int, DateColumn]) -> _Time | None:
    """Rows that state their own first and last day; one day each makes a daily series, anything else ranges."""
    start = next((i for i in columns if _START_HEADER.search(fold(sheet.header[i]))), None)
    end = next((i for i in columns if i != start and _END_HEADER.search(fold(sheet.header[i]))), None)
    if start is None or end is None:
        return None
    spans: list[Period | None] = []
    for first, last in zip(sheet.columns[start], sheet.columns[end], strict=True):
        low, high = columns[start].spans.get(first), columns[end].spans.get(last)
        spans.append((low[0][:10], _end_of(high)) if low and high and low[0][:10] < _end_of(high) else None)
    lengths = {(_day(s[1]) - _day(s[0])).days for s in spans if s}
    grain = {frozenset({1}): Grain.DAY, frozenset({7}): Grain.WEEK}.get(frozenset(lengths), Grain.RANGE)
    return _Time({start, end}, TimeAxis(grain, spans))


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _end_of(span: Period) -> str:
    """End of the last day, whatever grain its column seemed to have."""
    return after(_day(span[0])).isoformat()


def _hour_of(cell: str) -> int | None:
    match = _HOUR.fullmatch(cell.strip())
    if not match:
        return None
    hour = int(match["h"])
    if match["ap"]:
        hour = hour % 12 + (12 if match["ap"].lower() == "p" else 0)
    return hour if hour < 24 else None


def _hour_column(sheet: Sheet) -> int | None:
    return next((i for i, name in enumerate(sheet.header) if _HOUR_HEADER.match(fold(name))), None)


def _hours_of_a_day(sheet: Sheet) -> _Time:
    """A table by hours whose whole period is one day."""
    index, period = _hour_column(sheet), sheet.block.period
    if index is None or not period or after(_day(period[0])).isoformat() != period[1]:
        return _Time()
    spans = [_hour_span(period[0], cell) for cell in sheet.columns[index]]
    return _Time({index}, TimeAxis(Grain.HOUR, spans)) if any(spans) else _Time()


def _with_hours(sheet: Sheet, time: _Time) -> _Time:
    index = _hour_column(sheet)
    if index is None or time.axis is None or index in time.columns or time.axis.grain is not Grain.DAY:
        return time
    spans = [
        _hour_span(span[0], cell) if span else None
        for span, cell in zip(time.axis.spans, sheet.columns[index], strict=True)
    ]
    return _Time(time.columns | {index}, TimeAxis(Grain.HOUR, spans), time.guessed) if all(spans) else time


def _hour_span(day: str, cell: str) -> Period | None:
    hour = _hour_of(cell)
    if hour is None:
        return None
    following = after(_day(day)).isoformat() if hour == 23 else day
    return f"{day}T{hour:02d}:00", f"{following}T{(hour + 1) % 24:02d}:00"


# --- roles ----------------------------------------------------------------------------------------------------------


def choose_layout(sheet: Sheet, time_columns: set[int], axis: TimeAxis | None) -> tuple[Layout, int | None]:
    """The layout of a sheet, and the column whose cells name the metrics where there is one."""
    metrics: list[int] = []
    texts: list[int] = []
    unread: list[int] = []
    currency: int | None = None
    for index, name in enumerate(sheet.header):
        if index in time_columns:
            continue
        if is_currency_column(name):
            currency = index if currency is None else currency
        elif is_identifier(name) or not name:
            unread.append(index)
        elif sheet.numeric(index) and not _names_rows(sheet, index):
            (unread if is_describing(name) else metrics).append(index)
        elif is_known_metric(name) and not is_identifying(name) and _may_measure(sheet.columns[index]):
            metrics.append(index)
        else:
            texts.append(index)
    pivot = next((i for i in texts if is_metric_column(sheet.header[i])), None) if len(metrics) == 1 else None
    dimensions = _needed(sheet, texts, unread, axis, pivot)
    unread += [index for index in texts if index not in dimensions]
    names = tuple(sheet.header[index] for index in sorted(unread) if sheet.header[index])
    percents = frozenset(index for index in metrics if "%" in sheet.header[index])
    return Layout(tuple(metrics), dimensions, currency, unread=names, percents=percents), pivot


def _may_measure(cells: Sequence[str]) -> bool:
    """A column with a metric's name: some numbers among other things, or nothing at all."""
    return has_number(cells) or not any(c.isalpha() for cell in set(cells) for c in cell)


def _names_rows(sheet: Sheet, index: int) -> bool:
    """Figures that tell rows apart (hour of the day, a numeric campaign name) rather than measure."""
    return is_identifying(sheet.header[index]) or bool(_HOUR_HEADER.match(fold(sheet.header[index])))


def _needed(
    sheet: Sheet, texts: Sequence[int], spare: Sequence[int], axis: TimeAxis | None, pivot: int | None
) -> tuple[int, ...]:
    """The fewest describing columns that tell all rows apart, beginning with those known to identify.

    A column with one and the same text in every row of a dated table belongs to the series too; one that changes from
    date to date though the dates are all different (a weekday, a remark) does not.
    """
    if not sheet.rows:
        return ()
    ranked = sorted(texts, key=lambda i: (not is_identifying(sheet.header[i]), is_describing(sheet.header[i]), i))
    plain = [i for i in ranked if not is_describing(sheet.header[i]) or i == pivot]
    dated = axis is not None and (axis.grain is not Grain.RANGE or len(axis.spans) > 1)
    spans: Sequence[object] = axis.spans if dated and axis is not None else [None] * len(sheet.rows)
    chosen = [] if pivot is None else [pivot]
    if dated:
        chosen += [
            i for i in plain if i != pivot and (is_identifying(sheet.header[i]) or len(set(sheet.columns[i])) == 1)
        ]
    else:
        known = [i for i in plain if is_identifying(sheet.header[i])]
        chosen += known or _most_telling(sheet, plain)
    for index in [*plain, *ranked, *spare]:
        if _tells_apart(sheet, chosen, spans):
            break
        if index not in chosen and len(set(sheet.columns[index])) > 1:
            chosen.append(index)
    return tuple(sorted(chosen))


def _most_telling(sheet: Sheet, texts: Sequence[int]) -> list[int]:
    return [max(texts, key=lambda i: (len(set(sheet.columns[i])), -i))] if texts else []


def _tells_apart(sheet: Sheet, chosen: Sequence[int], spans: Sequence[object]) -> bool:
    keys = zip(spans, *(sheet.columns[index] for index in chosen), strict=True)
    return len(set(keys)) == len(sheet.rows)


# --- tables that name their metrics in a column -----------------------------------------------------------------------


def _pivoted(table: ParsedTable, pivot: int) -> ParsedTable:
    """``date,metric,value``: each name in the metric column is a metric of its own."""
    return replace(table, series=tuple(_named_by(series) for series in table.series))


def _named_by(series: ParsedSeries) -> ParsedSeries:
    named = next((pair for pair in series.dimensions if is_metric_column(pair[0])), None)
    if named is None:
        return series
    name = named[1] or series.name
    unit = series.unit
    if unit == "count":
        unit = unit_by_name(name, [point.value for point in series.points])
    rest = tuple(pair for pair in series.dimensions if pair != named)
    return replace(series, name=name, unit=unit, additive=is_additive(name) and unit != "ratio", dimensions=rest)
