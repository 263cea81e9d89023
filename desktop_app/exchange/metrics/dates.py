"""Columns of dates, and what stretch each date stands for.

One notation is decided for a whole column: ``03/04/2026`` is read day first or month first for all cells alike, by any
cell that can only be read one way, else by which reading gives consecutive days or months, else by a default that is
told. Refuses dates without a year.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from desktop_app.exchange.metrics.moments import (
    NOTATIONS,
    Groups,
    Period,
    after,
    make_date,
    moment_of,
    month_number,
    next_month,
    without_weekday,
)
from desktop_app.exchange.metrics.names import fold
from desktop_app.exchange.metrics.periods import PARTIAL, dates_in, find_period
from desktop_app.model.metrics import Grain

_MONTH = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[/.-](?P<y2>\d{4})"
    r"|(?P<mon>[^\W\d_]+)\.?,?[ -](?:de )?(?P<y3>\d{4})|(?P<y4>\d{4})(?P<m4>\d\d)"
)
_WEEK = re.compile(
    r"(?P<y>\d{4})[- ]?(?:w|kw|s)(?P<w>\d{1,2})|(?:w|kw|s|week|semaine|woche) ?(?P<w2>\d{1,2})[,/ -]+(?P<y2>\d{4})"
)
_QUARTER = re.compile(r"(?P<y>\d{4})[- /]?[qt](?P<q>[1-4])|[qt](?P<q2>[1-4])[- /](?P<y2>\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates, by cell: ``spans`` maps each cell to its stretch; cells that are no date are missing from it.

    ``guessed`` is a cell whose day and month could be swapped where nothing decides.
    """

    spans: dict[str, Period]
    grain: Grain
    guessed: str = ""


_MANY = 400


def read_dates(cells: Iterable[str], header: str = "", *, day_first: bool | None = None) -> DateColumn | None:
    """A column of dates, or None where most cells are no dates.

    ``day_first`` is what to take for ``03/04/2026`` where nothing in the column decides: None makes it month first for
    slashes (and tells the guess), day first for points and dashes.
    """
    distinct = sorted({cell for cell in cells if cell.strip()})
    if not distinct or any(len(cell) > 200 for cell in distinct):
        return None
    # A long column of anything else is told by a few of its cells.
    if len(distinct) > _MANY and read_dates(distinct[:: len(distinct) // 50], header, day_first=day_first) is None:
        return None
    for read in (_read_iso, _read_moments, _read_ranges, _read_weeks, _read_quarters, _read_months, _read_years):
        column = read(distinct, fold(header), day_first)
        if column is not None:
            return column
    return None


def _enough(found: int, wanted: int) -> bool:
    """One stray cell in a handful, or a tenth of many, does not make a column of dates into one of text."""
    return found > 0 and wanted - found <= max(1 if wanted > 3 else 0, wanted // 10)


_ISO_COLUMN = re.compile(r"(?:\d{4}-\d{2}-\d{2}\n)+")


def _read_iso(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    if not _ISO_COLUMN.fullmatch("\n".join(distinct) + "\n"):
        return None
    try:
        days = {cell: date.fromisoformat(cell) for cell in distinct}
    except ValueError:
        return None
    return _with_grain(days, header)


def _read_moments(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    """The first notation that enough cells follow. Figures in unknown order are tried both ways."""
    texts = {cell: (fold(cell), without_weekday(cell)) for cell in distinct}
    for name, pattern in NOTATIONS.items():
        matches = {
            cell: match
            for cell, (text, clean) in texts.items()
            if (match := pattern.fullmatch(text) or pattern.fullmatch(clean))
        }
        if not _enough(len(matches), len(distinct)):
            continue
        if name == "xy":
            return _read_swappable(matches, header, day_first)
        moments = {cell: moment for cell, match in matches.items() if (moment := moment_of(match, True))}
        if _enough(len(moments), len(distinct)):
            return _from_moments(moments, header)
    return None


def _read_swappable(matches: dict[str, re.Match[str]], header: str, day_first: bool | None) -> DateColumn | None:
    readings: dict[bool, dict[str, datetime]] = {}
    for order in (True, False):
        moments = {cell: moment for cell, match in matches.items() if (moment := moment_of(match, order))}
        readings[order] = moments
    guessed = ""
    if len(readings[True]) != len(readings[False]):
        order = len(readings[True]) > len(readings[False])
    else:
        even = [order for order in (True, False) if _is_regular({m.date() for m in readings[order].values()})]
        slashes = any(match["sep"] == "/" for match in matches.values())
        if len(even) == 1:
            order = even[0]
        elif day_first is not None:
            order, guessed = day_first, next(iter(matches)) if slashes else ""
        else:
            order, guessed = not slashes, next(iter(matches)) if slashes else ""
        if readings[True] == readings[False]:
            guessed = ""
    if not _enough(len(readings[order]), len(matches)):
        return None
    column = _from_moments(readings[order], header)
    return DateColumn(column.spans, column.grain, guessed)


def _is_regular(days: set[date]) -> bool:
    """Day after day, or the first of month after month."""
    ordered = sorted(days)
    return len(ordered) > 1 and (
        set(_steps(days)) == {1}
        or (all(next_month(first) == second for first, second in pairwise(ordered)) and ordered[0].day == 1)
    )


def _from_moments(moments: dict[str, datetime], header: str) -> DateColumn:
    if all(moment.hour == 0 and moment.minute == 0 for moment in moments.values()) and not (
        len(moments) > 1 and len({m.date() for m in moments.values()}) == 1
    ):
        return _with_grain({cell: moment.date() for cell, moment in moments.items()}, header)
    spans = {}
    for cell, moment in moments.items():
        end = moment + timedelta(hours=1) if moment.year < 9999 else moment
        spans[cell] = (moment.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"))
    return DateColumn(spans, Grain.HOUR)


def _read_ranges(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    """Cells that hold both ends: ``2026-03-02 - 2026-03-08``, ``2026-03-02,2026-03-08``."""
    spans: dict[str, Period] = {}
    for cell in distinct:
        if len(cell) < 11:
            return None
        period = find_period(cell)
        if period and len(dates_in(fold(cell), True)) + bool(PARTIAL.search(fold(cell))) >= 2:
            spans[cell] = period
    if not _enough(len(spans), len(distinct)):
        return None
    lengths = {(date.fromisoformat(end) - date.fromisoformat(start)).days for start, end in spans.values()}
    grain = {1: Grain.DAY, 7: Grain.WEEK}.get(lengths.pop(), Grain.RANGE) if len(lengths) == 1 else Grain.RANGE
    if grain is Grain.RANGE and all(_is_month(span) for span in spans.values()):
        grain = Grain.MONTH
    return DateColumn(spans, grain)


def _is_month(span: Period) -> bool:
    start = date.fromisoformat(span[0])
    following = next_month(start)
    return start.day == 1 and following is not None and following.isoformat() == span[1]


def _read_named(
    distinct: list[str], pattern: re.Pattern[str], grain: Grain, span_of: Callable[[Groups], Period | None]
) -> DateColumn | None:
    spans: dict[str, Period] = {}
    for cell in distinct:
        match = pattern.fullmatch(fold(cell))
        span = span_of(match.groupdict()) if match else None
        if span:
            spans[cell] = span
    return DateColumn(spans, grain) if _enough(len(spans), len(distinct)) else None


def _read_weeks(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    """ISO weeks, Monday first, in every notation that prints a week number."""

    def span(groups: Groups) -> Period | None:
        try:
            start = date.fromisocalendar(int(groups["y"] or groups["y2"]), int(groups["w"] or groups["w2"]), 1)
        except ValueError:
            return None
        return start.isoformat(), after(start, 7).isoformat()

    return _read_named(distinct, _WEEK, Grain.WEEK, span)


def _read_quarters(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    def span(groups: Groups) -> Period | None:
        return _months(int(groups["y"] or groups["y2"]), int(groups["q"] or groups["q2"]) * 3 - 2, 3)

    return _read_named(distinct, _QUARTER, Grain.QUARTER, span)


def _read_months(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    def span(groups: Groups) -> Period | None:
        if groups["y4"] and not is_month_header(header):
            return None  # 202603 is a month only where the header says so
        year = int(groups["y"] or groups["y2"] or groups["y3"] or groups["y4"])
        named = month_number(groups["mon"]) if groups["mon"] else 0
        month = named if groups["mon"] else int(groups["m"] or groups["m2"] or groups["m4"])
        return _months(year, month, 1) if month and 1900 <= year <= 2199 else None

    return _read_named(distinct, _MONTH, Grain.MONTH, span)


def _read_years(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    if not re.fullmatch(r"year|jahr|annee|ano|anno|date|datum|period|periode|periodo|iso year", header):
        return None
    return _read_named(
        distinct, re.compile(f"(?P<y>{_YEAR.pattern})"), Grain.YEAR, lambda g: _months(int(g["y"]), 1, 12)
    )


def _months(year: int, month: int, count: int) -> Period | None:
    start = make_date(year, month, 1) if year > 99 else None
    end = next_month(start, count) if start else None
    return (start.isoformat(), end.isoformat()) if start and end else None


_WEEK_HEADER = re.compile(r"\b(?:week|woche|semaine|semana|settimana|week of|week starting|kalenderwoche|kw)\b")
_MONTH_HEADER = re.compile(r"\b(?:month|monat|mois|mes|mese|maand|year month|yearmonth)\b")
_DAY_HEADER = re.compile(r"^(?:day|tag|jour|dia|giorno|dag)$")
_QUARTER_HEADER = re.compile(r"\b(?:quarter|quartal|trimestre)\b")


def is_month_header(header: str) -> bool:
    return bool(_MONTH_HEADER.search(fold(header)))


def _steps(days: set[date]) -> list[int]:
    ordered = sorted(days)
    return [(second - first).days for first, second in pairwise(ordered)]


def grain_of(days: set[date], header: str = "") -> Grain:
    """How long each date lasts: what the header says, else what the spacing says.

    Weeks: all steps are multiples of seven and the smallest is seven. Months, quarters, years: all dates are first (or
    all are last) days of their month, and steps are that long.
    """
    folded = fold(header)
    if _DAY_HEADER.match(folded):
        return Grain.DAY
    starts = all(day.day == 1 for day in days)
    if _WEEK_HEADER.search(folded):
        return Grain.WEEK
    if starts and _QUARTER_HEADER.search(folded):
        return Grain.QUARTER
    if starts and _MONTH_HEADER.search(folded):
        return Grain.MONTH
    steps = _steps(days)
    if not steps:
        return Grain.DAY
    smallest = min(steps)
    if smallest == 7 and all(step % 7 == 0 for step in steps):
        return Grain.WEEK
    if starts or all(after(day).day == 1 for day in days):
        if smallest >= 365 and len({day.month for day in days}) == 1:
            return Grain.YEAR
        if starts and smallest >= 90 and all(day.month % 3 == 1 for day in days):
            return Grain.QUARTER
        return Grain.MONTH
    return Grain.DAY


def span_of(day: date, grain: Grain) -> Period:
    """The stretch a date stands for at a grain; month ends stand for their month."""
    if grain is Grain.WEEK:
        return day.isoformat(), after(day, 7).isoformat()
    if grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        count = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
        first = day.replace(day=1)
        if grain is Grain.YEAR:
            first = first.replace(month=1)
        end = next_month(first, count)
        return first.isoformat(), (end or after(day)).isoformat()
    return day.isoformat(), after(day).isoformat()


def _with_grain(days: dict[str, date], header: str) -> DateColumn:
    grain = grain_of(set(days.values()), header)
    return DateColumn({cell: span_of(day, grain) for cell, day in days.items()}, grain)
