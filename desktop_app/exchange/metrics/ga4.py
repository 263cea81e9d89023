"""Google Analytics 4: the reports snapshot (many tables in one file), detail reports and explorations.

Comment lines begin with ``#``; a block is a header and its rows up to the next blank or comment line. Labels are
read in any language: what looks like a date after a colon is a start or an end, in this order.

``Nth day`` counts days from the start date. ``Nth week`` counts calendar weeks from Sunday to Saturday and ``Nth
month`` calendar months: number 0 is the one that holds the start date, cut to the part inside the period, and so is
the last. (In real exports week 0 of a year that begins on a Wednesday holds exactly its first four days.)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.exchange.metrics.dates import read_dates
from desktop_app.exchange.metrics.moments import Period, after, next_month
from desktop_app.exchange.metrics.names import fold, is_known_metric
from desktop_app.exchange.metrics.numbers import Marks
from desktop_app.exchange.metrics.periods import find_period, yearless_span
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank, marks_for
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block, Dimensions, Sheet, prepare
from desktop_app.exchange.metrics.tables import Layout, TimeAxis, build
from desktop_app.model.metrics import Grain, ParsedTable, Skipped

_STAMP = re.compile(r":\s*(\d{4}-?\d{2}-?\d{2})\s*$")
_RANGE = re.compile(r"^\d{8}\s*[-–]\s*\d{8}$")
_RULE = re.compile(r"^-{5,}$")
_OFFSET_UNITS = (
    (Grain.DAY, re.compile(r"\b(?:day|jour|tag|dia|giorno|dag)\b")),
    (Grain.WEEK, re.compile(r"\b(?:week|semaine|woche|semana|settimana)\b")),
    (Grain.MONTH, re.compile(r"\b(?:month|mois|monat|mes|mese|maand)\b")),
    (Grain.HOUR, re.compile(r"\b(?:hour|heure|stunde|hora|ora|uur)\b")),
)
_NTH = re.compile(r"\bnth\b|\bn-?(?:ie)?(?:me|te|ter|th|esimo|esima|esimo)\b|\bnieme\b|\benesim[oa]\b|\bn\.? ?[ºª]")
_COHORT = re.compile(
    r"^(?:week|day|month|woche|tag|monat|semaine|jour|mois|semana|dia|mes|settimana|giorno|mese) \d{1,3}$"
)
_PART = re.compile(r"^\d+ \S+$|^\S{1,12}$")
_ALL_USERS = frozenset(
    {"all users", "alle nutzer", "tous les utilisateurs", "todos los usuarios", "tutti gli utenti", "alle gebruikers"}
    | {"todos os usuarios", "すべてのユーサー", "所有用户", "모든 사용자"}
)


@dataclass(slots=True)
class _Document:
    """What the comment lines of a file say, and its blocks."""

    preamble: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    ranged: bool = False

    @property
    def title(self) -> str:
        """Line one of a report; line two of an exploration, whose line one is the property."""
        return next(iter(self.preamble[1:] if self.ranged else self.preamble), "")

    @property
    def account(self) -> str:
        if self.ranged:
            return next(iter(self.preamble), "")
        named = [line.partition(":")[2].strip() for line in self.preamble[1:] if ":" in line]
        return " / ".join(name for name in named if name)


def _comment(row: Sequence[str], delimiter: str) -> str | None:
    """The text of a comment line; spreadsheets that saved the file again padded it with empty cells."""
    if not row or not row[0].startswith("#"):
        return None
    return delimiter.join(row).lstrip("#").strip().rstrip(delimiter).strip()


class _Scanner:
    """Walks the rows once, collecting comments until a block begins and rows until it ends."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.document = _Document()
        self.stamps: list[str] = []
        self.title = ""
        self.lines: list[int] = []
        self.in_preamble = True
        self.rules = 0

    def scan(self) -> _Document:
        current: Block | None = None
        for row, line in zip(self.rows.cells, self.rows.lines, strict=True):
            comment = _comment(row, self.rows.delimiter)
            if comment is not None:
                current = None
                self._take_comment(comment)
            elif is_blank(row):
                current = None
            elif current is None:
                current = self._begin(row, line)
            else:
                current.rows.append(row)
                self.lines.append(line)
        if current is not None:
            current.file_end = True
            current.cut = self.rows.cut
        return self.document

    def _take_comment(self, text: str) -> None:
        stamp = _STAMP.search(text)
        if _RULE.match(text):
            self.rules += 1
            self.in_preamble = self.rules < 2
        elif stamp:
            self.in_preamble = False
            self.stamps.append(stamp[1].replace("-", ""))
        elif _RANGE.match(text):
            self.document.ranged = True
            self.stamps = re.findall(r"\d{8}", text)
        elif self.in_preamble:
            if text:
                self.document.preamble.append(text)
        else:
            self.title = text

    def _begin(self, row: list[str], line: int) -> Block:
        period = find_period("-".join(self.stamps[:2])) if self.stamps else None
        if not self.document.ranged:
            self.stamps = []
        elif period is None and self.stamps:
            period = find_period("-".join(self.stamps))
        self.lines = []
        block = Block(self.title, row, line, [], self.lines, period)
        self.document.blocks.append(block)
        return block


def _matches_any(rows: Rows) -> bool:
    first = next((row for row in rows.cells[:20] if not is_blank(row)), [])
    if not first or not first[0].startswith("#"):
        return False
    comments = [c for row in rows.cells[:40] if (c := _comment(row, rows.delimiter)) is not None]
    return any(_STAMP.search(comment) or _RANGE.match(comment) for comment in comments)


def _is_exploration(rows: Rows) -> bool:
    comments = [c for row in rows.cells[:12] if (c := _comment(row, rows.delimiter)) is not None]
    return _matches_any(rows) and any(_RANGE.match(comment) for comment in comments)


def _is_snapshot(rows: Rows) -> bool:
    if not _matches_any(rows) or _is_exploration(rows):
        return False
    blocks = _Scanner(rows).scan().blocks
    headers = {tuple(block.header) for block in blocks}
    return len(headers) > 1 or any(_offset_unit(block.header[0]) for block in blocks)


# --- time -----------------------------------------------------------------------------------------------------------


def _offset_unit(header: str) -> Grain | None:
    folded = fold(header)
    if not _NTH.search(folded):
        return None
    return next((grain for grain, pattern in _OFFSET_UNITS if pattern.search(folded)), None)


def _unit_by_cells(sheet: Sheet) -> Grain | None:
    """An untranslated header is known by its cells, ``0000``, ``0001``, …, and how many of them fill the period."""
    cells = sheet.columns[0] if sheet.rows else ()
    period = sheet.block.period
    if not cells or not period or len(sheet.header) < 2:
        return None
    if not all(len(cell) == 4 and cell.isascii() and cell.isdigit() for cell in cells) or "0000" not in cells:
        return None
    for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.HOUR):
        if int(max(cells)) + 1 == _count(period, grain):
            return grain
    return None


def _count(period: Period, grain: Grain) -> int:
    start, end = date.fromisoformat(period[0]), date.fromisoformat(period[1])
    if grain is Grain.DAY:
        return (end - start).days
    if grain is Grain.HOUR:
        return (end - start).days * 24
    if grain is Grain.WEEK:
        return (end - _sunday(start) + timedelta(days=6)) // timedelta(days=7)
    last = end - timedelta(days=1)
    return (last.year - start.year) * 12 + last.month - start.month + 1


def _sunday(day: date) -> date:
    back = day.isoweekday() % 7
    return day - timedelta(days=back) if day.toordinal() > back else day


def offset_span(number: int, grain: Grain, period: Period) -> Period | None:
    """The stretch of ``Nth`` day, week, month or hour inside a period, cut to it; None where it lies outside."""
    start, end = date.fromisoformat(period[0]), date.fromisoformat(period[1])
    if number > 99_999:
        return None
    if grain is Grain.HOUR:
        day = after(start, number // 24)
        following = after(start, (number + 1) // 24)
        last = f"{following.isoformat()}T{(number + 1) % 24:02d}:00"
        return (f"{day.isoformat()}T{number % 24:02d}:00", last) if day < end else None
    if grain is Grain.MONTH:
        first, last_day = next_month(start, number), next_month(start, number + 1)
        if first is None or last_day is None:
            return None
    else:
        length = 7 if grain is Grain.WEEK else 1
        origin = _sunday(start) if grain is Grain.WEEK else start
        first, last_day = after(origin, number * length), after(origin, (number + 1) * length)
    low, high = max(first, start), min(last_day, end)
    return (low.isoformat(), high.isoformat()) if low < high else None


def _offset_axis(sheet: Sheet, grain: Grain) -> TimeAxis:
    period = sheet.block.period
    spans: list[Period | None] = []
    unwanted: dict[int, str] = {}
    for index, cell in enumerate(sheet.columns[0]):
        text = cell.strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
        span = offset_span(number, grain, period) if number is not None and period else None
        if span is None:
            unwanted[index] = f"“{text[:20]}” is no {grain.value} of the block's period." if period else _NO_PERIOD
        else:
            spans.append(span)
    sheet.drop(unwanted)
    return TimeAxis(grain, spans)


_NO_PERIOD = "The block does not say when it begins, so this row cannot be dated."


def _date_axis(sheet: Sheet) -> TimeAxis | None:
    if not sheet.rows or fold(sheet.header[0]) in {"city", "stadt", "ville"}:
        return None
    column = read_dates(sheet.columns[0], sheet.header[0])
    if column is None:
        return None
    spans = [column.spans.get(cell) for cell in sheet.columns[0]]
    if sheet.block.period and column.grain in (Grain.WEEK, Grain.MONTH):
        low, high = sheet.block.period
        spans = [span and (max(span[0], low), min(span[1], high)) for span in spans]
        spans = [span if span and span[0] < span[1] else None for span in spans]
    return TimeAxis(column.grain, spans)


def _cohort_axis(sheet: Sheet) -> TimeAxis | None:
    """Retention: rows are the weeks people came, columns how many weeks later they came again."""
    period = sheet.block.period
    if not period or len(sheet.header) < 2 or not all(_COHORT.match(fold(name)) for name in sheet.header[1:]):
        return None
    spans = [yearless_span(cell, period) or find_period(cell) for cell in (sheet.columns[0] if sheet.rows else ())]
    if not any(spans):
        return None
    lengths = {(date.fromisoformat(s[1]) - date.fromisoformat(s[0])).days for s in spans if s}
    grain = {frozenset({7}): Grain.WEEK, frozenset({1}): Grain.DAY}.get(frozenset(lengths), Grain.RANGE)
    return TimeAxis(Grain.MONTH if grain is Grain.RANGE and min(lengths) > 27 else grain, spans)


# --- tables ---------------------------------------------------------------------------------------------------------


def _dimension_count(sheet: Sheet) -> int:
    """How many of the first columns tell rows apart. Metrics follow them, all of numbers."""
    if all(is_known_metric(name) for name in sheet.header) or not sheet.rows:
        return 0
    if len(sheet.rows) == 1 and all(sheet.numeric(index) for index in range(len(sheet.header))):
        return 0
    count = 1
    while count < len(sheet.header) - 1 and not is_known_metric(sheet.header[count]) and not sheet.numeric(count):
        count += 1
    return count


def _block_table(sheet: Sheet, marks: Marks, card: Dimensions) -> ParsedTable:
    """``card`` names the card for columns whose header says too little to stand alone."""
    block = sheet.block
    width = len(sheet.header)
    cohorts = _cohort_axis(sheet)
    if cohorts is not None:
        _tell_not_yet(sheet)
        columns = range(1, width)
        layout = Layout(tuple(columns), levels=frozenset(columns), tags=dict.fromkeys(columns, card))
        return build(sheet, layout, cohorts, marks)
    unit = _offset_unit(sheet.header[0]) or _unit_by_cells(sheet)
    axis = _offset_axis(sheet, unit) if unit else _date_axis(sheet)
    dated = 1 if axis is not None else 0
    count = dated
    if not unit:
        count = max(dated, _dimension_count(sheet))
    metrics = tuple(index for index in range(count, width))
    if axis is None and block.period:
        axis = TimeAxis(Grain.RANGE, [block.period])
    # "30 days", "new": parts of a metric the card names only in its title, and counts of people, so no sums.
    named = [i for i in metrics if unit and _PART.match(sheet.header[i]) and not is_known_metric(sheet.header[i])]
    layout = Layout(
        metrics, tuple(range(dated, count)), levels=frozenset(named), tags=dict.fromkeys(named, card) if card else {}
    )
    return build(sheet, layout, axis, marks)


def _tell_not_yet(sheet: Sheet) -> None:
    """-1 stands for "this week has not come yet": no value, and no zero either."""
    told = 0
    line = sheet.block.header_line
    rows = []
    for row, at in zip(sheet.rows, sheet.lines, strict=True):
        if "-1" in row:
            told += row.count("-1")
            line = at if told == row.count("-1") else line
            row = ["" if cell == "-1" else cell for cell in row]
        rows.append(row)
    if told:
        sheet.rows = rows
        sheet.columns = list(zip(*rows, strict=True))
        sheet.skipped.append(Skipped(line, f"-1 stands for weeks that had not come yet; {told} cells were left empty."))


def _table_title(block: Block, document: _Document) -> str:
    if block.title and fold(block.title) not in _ALL_USERS:
        return block.title
    if len(document.blocks) == 1:
        return document.title
    return ", ".join(cell for cell in block.header if cell)


def _read(rows: Rows, context: Context) -> Reading:
    document = _Scanner(rows).scan()
    snapshot = len({tuple(block.header) for block in document.blocks}) > 1
    sheets = []
    for block in document.blocks:
        block.ragged = len(block.header) > 2 and all(_COHORT.match(fold(name)) for name in block.header[1:] if name)
        sheets.append(prepare(block))
    marks = marks_for(sheets, rows.delimiter)
    tables = []
    for sheet in sheets:
        title = sheet.block.title
        if title and not snapshot and fold(title) not in _ALL_USERS:
            sheet.block.tags = (("Segment", title),)
        sheet.block.title = _table_title(sheet.block, document)
        tables.append(_block_table(sheet, marks, (("Report", title),) if title else ()))
    return Reading(tuple(tables), document.account)


SNAPSHOT = Profile(
    ProfileInfo(
        "ga4-snapshot",
        "GA4 reports snapshot",
        "The overview cards of Google Analytics 4 as one CSV with many tables.",
    ),
    "Google Analytics 4",
    _is_snapshot,
    _read,
)
REPORT = Profile(
    ProfileInfo(
        "ga4-report", "GA4 detail report", "One report of Google Analytics 4, such as pages or events, as CSV."
    ),
    "Google Analytics 4",
    _matches_any,
    _read,
)
EXPLORATION = Profile(
    ProfileInfo(
        "ga4-exploration", "GA4 exploration", "A free form table of Google Analytics 4's explorations, as CSV."
    ),
    "Google Analytics 4",
    _is_exploration,
    _read,
)
