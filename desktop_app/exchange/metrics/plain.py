"""Plain tables of one's own: a date in each row (long), or dates across the top (wide).

The last profiles to be asked. A long table needs a column of dates, or a period in the lines above it or in the
file's name, and a column of numbers. A wide table needs dates in most of its header; its rows are metrics, or
values of a dimension.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from desktop_app.exchange.metrics.dates import DateColumn, read_dates
from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.names import is_additive, is_known_metric, is_metric_column, is_money
from desktop_app.exchange.metrics.numbers import decide_marks, is_numeric, printed_step, read_column
from desktop_app.exchange.metrics.periods import bounds, find_period
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank
from desktop_app.exchange.metrics.roles import find_time, read_block
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block, Sheet, prepare
from desktop_app.exchange.metrics.tables import unit_by_name
from desktop_app.model.metrics import ParsedSeries, ParsedTable, Point, Skipped, TotalCheck

_SOURCE = "CSV"
_LOOK_AT = 400


def _header_index(rows: Rows) -> int | None:
    """The first row as wide as most rows are; lines above it are a preamble."""
    widths = [len(row) for row in rows.cells[:_LOOK_AT] if not is_blank(row) and len(row) > 1]
    if not widths:
        return None
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    for index, row in enumerate(rows.cells[:40]):
        if len(row) >= usual and sum(bool(cell.strip()) for cell in row) >= min(usual, 2):
            return index
    return None


def _block(rows: Rows, limit: int | None = None) -> Block | None:
    header = _header_index(rows)
    if header is None:
        return None
    stop = len(rows.cells) if limit is None else min(len(rows.cells), header + limit)
    kept = [i for i in range(header + 1, stop) if not is_blank(rows.cells[i])]
    above = [find_period(rows.delimiter.join(row)) for row in rows.cells[:header] if not is_blank(row)]
    period = next((p for p in above if p), None) or _period_in_name(rows.name)
    return Block(
        PurePath(rows.name).stem,
        rows.cells[header],
        rows.lines[header],
        [rows.cells[i] for i in kept],
        [rows.lines[i] for i in kept],
        period,
        file_end=limit is None,
        cut=rows.cut,
    )


def _period_in_name(name: str) -> Period | None:
    """Two dates in a file's name; one alone is rather the day of the export."""
    found = find_period(PurePath(name).stem.replace("_", " "))
    return found if found and len(re.findall(r"\d{4}", name)) >= 2 else None


def _is_comment(rows: Rows) -> bool:
    return bool(rows.cells) and bool(rows.cells[0]) and rows.cells[0][0].startswith("#")


# --- long -----------------------------------------------------------------------------------------------------------


def _matches_long(rows: Rows) -> bool:
    block = _block(rows, _LOOK_AT)
    if block is None or not block.rows or _date_headers(block) is not None:
        return False
    sheet = prepare(block)
    time = find_time(sheet)
    if time.axis is None and not block.period:
        return False
    return any(sheet.numeric(i) for i in range(len(sheet.header)) if i not in time.columns)


def _read_long(rows: Rows, context: Context) -> Reading:
    block = _block(rows)
    if block is None:
        return Reading(())
    reading = read_block(block, rows.delimiter)
    table = reading.tables[0]
    header = block.header_line
    above = [
        Skipped(line, "The line stands above the table.")
        for row, line in zip(rows.cells, rows.lines, strict=True)
        if line < header and not is_blank(row)
    ]
    if not above:
        return reading
    return Reading(
        (
            ParsedTable(
                table.title,
                table.start,
                table.end,
                table.grain,
                table.rows,
                table.series,
                table.totals,
                (*above, *table.skipped),
            ),
        )
    )


# --- wide -----------------------------------------------------------------------------------------------------------


def _date_headers(block: Block) -> DateColumn | None:
    """Header cells as dates, where most of them after the first are."""
    cells = [cell.strip() for cell in block.header[1:] if cell.strip()]
    if len(cells) < 2:
        return None
    for chosen in (cells, cells[1:], cells[2:], cells[:-1], cells[1:-1]):
        if len(chosen) >= 2 and len(chosen) * 2 >= len(cells):
            dates = read_dates(chosen, "date")
            if dates and len(dates.spans) >= 2 and len(dates.spans) * 2 >= len(cells):
                return dates
    return None


def _matches_wide(rows: Rows) -> bool:
    block = _block(rows, _LOOK_AT)
    if block is None or not block.rows or _is_comment(rows):
        return False
    dates = _date_headers(block)
    if dates is None:
        return False
    sheet = prepare(block)
    across = [i for i, name in enumerate(sheet.header) if name in dates.spans]
    return any(is_numeric([row[i] for i in across]) for row in sheet.rows[:50])


def _read_wide(rows: Rows, context: Context) -> Reading:
    block = _block(rows)
    dates = _date_headers(block) if block else None
    if block is None or dates is None:
        return Reading(())
    return Reading((_Wide(prepare(block), dates, rows).table(),))


class _Wide:
    """One wide table: each row is a series, each dated column a stretch."""

    def __init__(self, sheet: Sheet, dates: DateColumn, rows: Rows) -> None:
        self.sheet = sheet
        self.dates = dates
        self.across = [i for i, name in enumerate(sheet.header) if name in dates.spans]
        self.labels = [i for i in range(min(self.across)) if not sheet.rows or not sheet.numeric(i)] or [0]
        self.skipped = list(sheet.skipped)
        self.name = PurePath(rows.name).stem
        self.metric = self._metric_column()
        pairs = [(self._series_name(row), self._cells(row)) for row in sheet.rows]
        self.marks = decide_marks(((name, cells) for name, cells in pairs if is_numeric(cells)), rows.delimiter)

    def _metric_column(self) -> int | None:
        """The column that names metrics: by its header, or because its cells are known metrics."""
        for index in self.labels:
            header = self.sheet.header[index]
            cells = self.sheet.columns[index] if self.sheet.rows else ()
            if is_metric_column(header) or any(is_known_metric(cell) or is_money(cell) for cell in set(cells)):
                return index
        return self.labels[0] if not self.sheet.header[self.labels[0]] else None

    def _cells(self, row: Sequence[str]) -> list[str]:
        return [row[i] for i in self.across]

    def _series_name(self, row: Sequence[str]) -> str:
        return row[self.metric].strip() if self.metric is not None else self.name

    def table(self) -> ParsedTable:
        header = self.sheet.header
        others = [header[i] for i in range(len(header)) if i not in self.across and i not in self.labels and header[i]]
        if others:
            self.skipped.append(
                Skipped(
                    self.sheet.block.header_line, "Columns without a date were not read: " + ", ".join(others) + "."
                )
            )
        if self.marks.guessed:
            line = next(
                (
                    at
                    for at, row in zip(self.sheet.lines, self.sheet.rows, strict=True)
                    if self.marks.guessed in "\n".join(row)
                ),
                1,
            )
            how = "a decimal mark" if self.marks.guessed[-4] == self.marks.decimal else "thousands"
            self.skipped.append(
                Skipped(
                    line,
                    f"“{self.marks.guessed}” can be read in two ways and nothing decides; its mark was read as {how}.",
                )
            )
        series = self._all_series()
        spans = [self.dates.spans[header[i]] for i in self.across]
        start, end = bounds(spans)
        totals = tuple(self._totals())
        skipped = tuple(sorted(self.skipped, key=lambda skip: skip.line))
        grain = self.dates.grain
        return ParsedTable(
            self.sheet.block.title, start, end, grain, len(self.sheet.rows), tuple(series), totals, skipped
        )

    def _all_series(self) -> list[ParsedSeries]:
        found: list[ParsedSeries] = []
        seen: dict[tuple[str, ...], int] = {}
        for row, line in zip(self.sheet.rows, self.sheet.lines, strict=True):
            key = tuple(row[i].strip() for i in self.labels)
            one = self._one(row, line)
            if key in seen:
                self.skipped.append(Skipped(line, f"The row repeats line {seen[key]}; the first is kept."))
            elif one is None:
                self.skipped.append(Skipped(line, "The row holds no value."))
            else:
                found.append(one)
            seen.setdefault(key, line)
        return found

    def _one(self, row: Sequence[str], line: int) -> ParsedSeries | None:
        cells = self._cells(row)
        column = read_column(cells, self.marks)
        spans = [self.dates.spans[self.sheet.header[i]] for i in self.across]
        pairs = sorted((span, value) for span, value in zip(spans, column.values, strict=True) if value is not None)
        if not pairs:
            return None
        for what, at in ((column.bad, "not a number"), (column.nulls, "no value")):
            if what:
                self.skipped.append(Skipped(line, f"“{cells[what[0]].strip()[:40]}” is {at}; left empty."))
        name = self._series_name(row)
        unit = column.kind if column.kind in ("ratio", "seconds") else unit_by_name(name, column.values)
        codes = {code for code in column.currencies if code}
        if column.kind == "money":
            if len(codes) > 1:
                self.skipped.append(Skipped(line, "The row mixes currencies and was not read."))
                return None
            unit = next(iter(codes), unit)
        dimensions = tuple((self.sheet.header[i], row[i].strip()) for i in self.labels if i != self.metric)
        points = tuple(Point(span[0], span[1], value) for span, value in pairs)
        additive = is_additive(name) and column.kind != "ratio"
        return ParsedSeries(name, unit, self.dates.grain, additive, points, dimensions)

    def _totals(self) -> list[TotalCheck]:
        """Totals rows of one metric split by a dimension; metrics of different kinds have no common total."""
        checks: list[TotalCheck] = []
        for total in self.sheet.totals:
            comparable = self.metric is None and is_additive(self.name)
            reason = f"Totals row “{total.label[:60]}”: not a row of its own"
            self.skipped.append(
                Skipped(total.line, reason + (", checked against the sum of the rows." if comparable else "."))
            )
            if not comparable:
                continue
            stated = [v for v in read_column(self._cells(total.cells), self.marks).values if v is not None]
            values = [
                v for row in self.sheet.rows for v in read_column(self._cells(row), self.marks).values if v is not None
            ]
            step = printed_step([c for row in self.sheet.rows for c in self._cells(row)], self.marks.decimal)
            slack = 0.0 if step >= 1 else step * (len(values) + len(stated)) / 2
            summed = round(sum(values), 9)
            agrees = abs(summed - sum(stated)) <= slack + abs(summed) * 1e-9
            checks.append(TotalCheck(total.label, round(sum(stated), 9), summed, agrees))
        return checks


LONG = Profile(
    ProfileInfo("plain-long", "Plain table by rows", "Any CSV with a date in each row and columns of numbers."),
    _SOURCE,
    _matches_long,
    _read_long,
)
WIDE = Profile(
    ProfileInfo(
        "plain-wide", "Plain table with dates across", "Any CSV with dates in the header and a metric in each row."
    ),
    _SOURCE,
    _matches_wide,
    _read_wide,
)
