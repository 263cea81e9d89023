"""A block of rows with one header becomes a ``ParsedTable``: roles of columns in, series and a report of every row
out.

A profile says which columns measure, tell rows apart and hold the time; all arithmetic is here, so that totals,
ratios, currencies, repeats and empty cells are treated alike for every exporter. Refuses to drop a row without
saying why.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import le
from typing import cast

from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.names import (
    is_additive,
    is_duration,
    is_money,
    is_position,
    is_rate,
    names_account,
    ratio_parts,
)
from desktop_app.exchange.metrics.numbers import ISO_CURRENCIES, Column, Marks, printed_step, read_column
from desktop_app.exchange.metrics.periods import bounds
from desktop_app.exchange.metrics.sheets import Dimensions, Sheet, Total
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point, Skipped, TotalCheck


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """For each row its stretch, or None. One stretch for all rows is a range axis with one entry."""

    grain: Grain
    spans: Sequence[Period | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns do what.

    ``units`` fixes the unit of a column, ``levels`` are columns that must never be summed, ``currency`` a column of ISO
    codes, ``percents`` the columns that print 45 for 45 %, ``unread`` the columns that only describe.
    """

    metrics: tuple[int, ...]
    dimensions: tuple[int, ...] = ()
    currency: int | None = None
    units: Mapping[int, str] = field(default_factory=dict)
    levels: frozenset[int] = frozenset()
    tags: Mapping[int, Dimensions] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    percents: frozenset[int] = frozenset()


# --- building -------------------------------------------------------------------------------------------------------


def build(sheet: Sheet, layout: Layout, axis: TimeAxis | None, marks: Marks) -> ParsedTable:
    """Series of a sheet. Without an axis the period is unknown: no point is made, and every row says why."""
    builder = _Builder(sheet, layout, marks)
    return builder.table(axis)


class _Builder:
    """The steps of one table; holds what they share."""

    def __init__(self, sheet: Sheet, layout: Layout, marks: Marks) -> None:
        self.sheet = sheet
        self.layout = layout
        self.marks = marks
        self.skipped = list(sheet.skipped)
        self.rows = len(sheet.rows)
        self.columns = {index: self._read(index) for index in layout.metrics}
        self.names = {index: sheet.header[index] for index in layout.metrics}
        self.units = {index: self._unit(index) for index in layout.metrics}
        self.told_apart = self._told_apart()
        siblings = list(self.names.values())
        self.ratios = {index: ratio_parts(name, siblings) for index, name in self.names.items()}

    def _read(self, index: int) -> Column:
        column = read_column(self.sheet.columns[index], self.marks)
        if index not in self.layout.percents or column.kind == "ratio":
            return column
        told = "%" in self.sheet.header[index]
        fractions = [value for value in column.values if value is not None and value not in (0, 1)]
        if not told and fractions and max(fractions) < 1:
            return Column(column.values, "ratio", nulls=column.nulls, bad=column.bad)
        values = [value if value is None else _hundredth(value) for value in column.values]
        return Column(values, "ratio", nulls=column.nulls, bad=column.bad)

    def table(self, axis: TimeAxis | None) -> ParsedTable:
        block = self.sheet.block
        totals = self._check_totals()
        self._tell_columns()
        series: tuple[ParsedSeries, ...] = ()
        grain = Grain.RANGE
        start, end = block.period or ("", "")
        if axis is not None:
            whole = axis.grain is Grain.RANGE and len(axis.spans) == 1
            spans = list(axis.spans) * self.rows if whole else axis.spans
            grain = axis.grain
            series = tuple(self._series(spans, grain))
            self._tell_rows(spans)
            if not block.period:
                start, end = bounds(span for span in set(spans) if span)
        else:
            reason = "The file does not say which days this row covers; export it with a date range or by day."
            self.skipped += [Skipped(line, reason) for line in self.sheet.lines]
        if not self.rows and not self.sheet.totals:
            self.skipped.append(Skipped(block.header_line, "The table has a header and no rows."))
        skipped = tuple(sorted(self.skipped, key=lambda skip: skip.line))
        return ParsedTable(block.title, start, end, grain, self.rows, series, totals, skipped)

    # series

    def _series(self, spans: Sequence[Period | None], grain: Grain) -> Iterable[ParsedSeries]:
        groups = self._groups()
        repeats: dict[int, int] = {}
        axis = _Spans(spans)
        for key, rows in groups.items():
            rows = _once(rows, spans, repeats)
            for index in self.layout.metrics:
                column = self.columns[index]
                for currency, own in self._by_currency(column, index, rows):
                    points = _points(column.values, axis, own)
                    if not points:
                        continue
                    yield self._one(index, key, currency, points, grain)
        lines = self.sheet.lines
        for row, first in repeats.items():
            reason = f"The row repeats line {lines[first]} (same dates and dimensions); the first is kept."
            self.skipped.append(Skipped(lines[row], reason))

    def _told_apart(self) -> dict[int, str]:
        """Names for columns whose header another one has already, so that neither is taken for the other."""
        taken = set(self.names.values())
        first: set[tuple[str, object]] = set()
        own: dict[int, str] = {}
        for index, name in self.names.items():
            place = (name, self.layout.tags.get(index, ()))
            if place in first:
                own[index] = next(new for count in itertools.count(2) if (new := f"{name} ({count})") not in taken)
                taken.add(own[index])
            first.add(place)
        return own

    def _groups(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """Rows by what tells them apart; names that differ only in surrounding blanks are the same."""
        if not self.layout.dimensions:
            return {(): range(self.rows)} if self.rows else {}
        keys = zip(*(self.sheet.columns[index] for index in self.layout.dimensions), strict=True)
        collected: dict[tuple[str, ...], list[int]] = {}
        for row, key in enumerate(keys):
            collected.setdefault(key, []).append(row)
        groups: dict[tuple[str, ...], list[int]] = {}
        for key, rows in collected.items():
            stripped = tuple([part.strip() for part in key])
            groups[stripped] = sorted(groups[stripped] + rows) if stripped in groups else rows
        return groups

    def _by_currency(self, column: Column, index: int, rows: Sequence[int]) -> Iterable[tuple[str, Sequence[int]]]:
        """Rows of one currency each, so that no series mixes two."""
        codes: Sequence[str] = column.currencies
        if not codes and self.layout.currency is not None and is_money(self.names[index]):
            codes = self.sheet.columns[self.layout.currency]
        if not codes:
            return [("", rows)]
        by_code: dict[str, list[int]] = {}
        for row in rows:
            by_code.setdefault(
                codes[row].strip().upper() if len(codes[row].strip()) == 3 else codes[row].strip(), []
            ).append(row)
        if "" in by_code and len(by_code) > 1:  # a plain zero takes the currency of its column
            loose = by_code.pop("")
            first = next(iter(by_code))
            by_code[first] = sorted([*by_code[first], *loose])
        return by_code.items()

    def _one(
        self,
        index: int,
        key: tuple[str, ...],
        currency: str,
        points: tuple[Point, ...],
        grain: Grain,
    ) -> ParsedSeries:
        name = self.names[index]
        numerator, denominator = self.ratios[index]
        dimensions = tuple(
            (self.sheet.header[column], value) for column, value in zip(self.layout.dimensions, key, strict=True)
        )
        return ParsedSeries(
            name=self.told_apart.get(index, name),
            unit=currency or self.units[index],
            grain=grain,
            additive=is_additive(name) and index not in self.layout.levels and self.columns[index].kind != "ratio",
            points=points,
            dimensions=(*self.sheet.block.tags, *self.layout.tags.get(index, ()), *dimensions),
            numerator=numerator,
            denominator=denominator,
        )

    def _unit(self, index: int) -> str:
        fixed = self.layout.units.get(index)
        column, name = self.columns[index], self.names[index]
        if fixed:
            return fixed
        if column.kind in ("ratio", "seconds"):
            return column.kind
        return unit_by_name(name, column.values)

    # the report

    def _tell_rows(self, spans: Sequence[Period | None]) -> None:
        lines = self.sheet.lines
        told = {skip.line for skip in self.skipped}
        values = [self.columns[index].values for index in self.layout.metrics]
        empty = [row for row, value in enumerate(values[0]) if value is None] if values else range(self.rows)
        for row in empty:
            if lines[row] not in told and all(column[row] is None for column in values):
                told.add(lines[row])
                self.skipped.append(Skipped(lines[row], "The row holds no value."))
        if None in spans:
            for row, span in enumerate(spans):
                if span is None and lines[row] not in told:
                    reason = f"“{self._cell(row)}” is not a date as the others of its column are."
                    self.skipped.append(Skipped(lines[row], reason))

    def _cell(self, row: int) -> str:
        return next((cell.strip() for cell in self.sheet.rows[row] if cell.strip()), "")[:60]

    def _tell_columns(self) -> None:
        """Cells that give nothing though their row does, told once for each column and kind."""
        sheet = self.sheet
        for index, column in self.columns.items():
            cells = sheet.columns[index]
            for rows, what in ((column.bad, "not a number"), (column.nulls, "no value")):
                if rows:
                    count = f" ({len(rows)} cells)" if len(rows) > 1 else ""
                    reason = f"“{cells[rows[0]].strip()[:40]}” in “{sheet.header[index]}” is {what}; left empty{count}."
                    self._note(sheet.lines[rows[0]], reason)
            if column.dollar:
                self._note(sheet.block.header_line, f"“$” in “{sheet.header[index]}” was read as US dollars.")
        for index, name in self.told_apart.items():
            reason = f"Another column is called “{sheet.header[index]}” too; this one was read as “{name}”."
            self._note(sheet.block.header_line, reason)
        if self.layout.unread:
            reason = "Columns that describe the row rather than measure something were not read as metrics: "
            self._note(sheet.block.header_line, reason + ", ".join(self.layout.unread) + ".")

    def _note(self, line: int, reason: str) -> None:
        self.skipped.append(Skipped(line, reason))

    # totals

    def _check_totals(self) -> tuple[TotalCheck, ...]:
        checks: list[TotalCheck] = []
        for total in self.sheet.totals:
            own = self._rows_under(total)
            if own is None:
                reason = (
                    f"Totals row “{total.label[:60]}”: not a row of its own, and no column tells which rows it sums."
                )
                self.skipped.append(Skipped(total.line, reason))
                continue
            compared: list[str] = []
            passed_over: list[str] = []
            for index in self.layout.metrics:
                stated = read_column([total.cells[index]], self.marks).values[0]
                if stated is None:
                    continue
                name = self.names[index]
                if not is_additive(name) or self.columns[index].kind == "ratio" or index in self.layout.levels:
                    passed_over.append(name)
                    continue
                checks.append(self._check(total, index, stated, own))
                compared.append(name)
            self.skipped.append(Skipped(total.line, _total_reason(total.label, compared, passed_over)))
        return tuple(checks)

    def _check(self, total: Total, index: int, stated: float, rows: Sequence[int]) -> TotalCheck:
        column, cells = self.columns[index], self.sheet.columns[index]
        values = [value for row in rows if (value := column.values[row]) is not None]
        step = printed_step([total.cells[index], *(cells[row] for row in rows)], self.marks.decimal)
        summed = round(sum(values), 9)
        slack = 0.0 if step >= 1 else step * (len(values) + 1) / 2
        agrees = abs(summed - stated) <= slack + abs(stated) * 1e-9
        name = self.names[index]
        return TotalCheck(f"{total.label} · {name}", stated, summed, agrees)

    def _rows_under(self, total: Total) -> Sequence[int] | None:
        """The rows a totals row sums; None where that cannot be told.

        ``Total: Search`` sums the rows where some describing column says Search, if there is such a column. The first
        totals row and the account's sum all rows.
        """
        part = total.label.partition(":")[2].strip() or total.label.partition("：")[2].strip()
        if not part:
            return range(self.rows)
        for index, column in enumerate(self.sheet.columns):
            if index not in self.columns and index > 0 and (part in column or total.cells[index].strip() == part):
                return [row for row, cell in enumerate(column) if cell == part]
        whole = total is self.sheet.totals[0] or names_account(part)
        return range(self.rows) if whole else None


def _total_reason(label: str, compared: list[str], passed_over: list[str]) -> str:
    reason = f"Totals row “{label[:60]}”: not a row of its own"
    if compared:
        reason += "; checked against the sum of the rows for " + ", ".join(compared)
    if passed_over:
        reason += "; not comparable, because they cannot be summed: " + ", ".join(passed_over)
    return reason.rstrip(".") + "."


def _once(rows: Sequence[int], spans: Sequence[Period | None], repeats: dict[int, int]) -> Sequence[int]:
    """The rows of one series with each stretch once; later ones are noted in ``repeats`` with the row they repeat."""
    if len({spans[row] for row in rows}) == len(rows):
        return rows
    seen: dict[Period, int] = {}
    kept: list[int] = []
    for row in rows:
        span = spans[row]
        if span is None:
            continue
        if span in seen:
            repeats[row] = seen[span]
        else:
            seen[span] = row
            kept.append(row)
    return kept


def _points(values: Sequence[float | None], axis: "_Spans", rows: Sequence[int]) -> tuple[Point, ...]:
    """The points of some rows, oldest first. Whole columns in order take a short way."""
    if axis.complete and axis.ordered:
        if len(rows) == len(values):
            own: Sequence[float | None] = values
            starts, ends = axis.starts, axis.ends
        else:
            own = [values[row] for row in rows]
            starts, ends = axis.of(rows)
        if None in own:
            return tuple([Point(s, e, v) for s, e, v in zip(starts, ends, own, strict=True) if v is not None])
        return tuple(map(Point, starts, ends, cast(Sequence[float], own)))
    spans = axis.spans
    found = [(span, value) for row in rows if (value := values[row]) is not None and (span := spans[row]) is not None]
    found.sort(key=lambda pair: pair[0])
    return tuple([Point(span[0], span[1], value) for span, value in found])


class _Spans:
    """The stretches of all rows, and whether each row has one and they are in order."""

    def __init__(self, spans: Sequence[Period | None]) -> None:
        self.spans = spans
        known = [span for span in spans if span is not None]
        self.complete = len(known) == len(spans)
        self.starts = [span[0] for span in known] if self.complete else []
        self.ends = [span[1] for span in known] if self.complete else []
        self.ordered = all(map(le, self.starts, self.starts[1:]))
        self._asked: tuple[Sequence[int], list[str], list[str]] = ((), [], [])

    def of(self, rows: Sequence[int]) -> tuple[list[str], list[str]]:
        """Starts and ends of some rows; the metrics of one group ask for the same rows in turn."""
        if self._asked[0] is not rows:
            self._asked = (rows, [self.starts[row] for row in rows], [self.ends[row] for row in rows])
        return self._asked[1], self._asked[2]


def _hundredth(value: float) -> float:
    """The number nearest to a hundredth of a printed number."""
    return float(Decimal(repr(value)) / 100)


def unit_by_name(name: str, values: Sequence[float | None]) -> str:
    """The unit of a plain column by its name: seconds, position, ratio (where all are fractions), money, count."""
    code = next((word for word in _words(name) if word in ISO_CURRENCIES), "")
    if code:
        return code
    if is_position(name):
        return "position"
    if is_duration(name):
        return "seconds"
    if is_rate(name):
        return "ratio" if all(value is None or -1 <= value <= 1 for value in values) else "percent"
    return "money" if is_money(name) else "count"


def _words(name: str) -> list[str]:
    return "".join(c if c.isalpha() else " " for c in name).split()
