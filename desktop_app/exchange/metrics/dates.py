"""Dates as exporters print them: columns of dates, periods in a line of text, and what stretch each date stands
for.

One notation is decided for a whole column: ``03/04/2026`` is read day first or month first for all cells alike, by
any cell that can only be read one way, else by which reading gives consecutive days, else by a default that is
told. All ends are exclusive. Refuses relative dates ("last 28 days") and dates without a year.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from desktop_app.exchange.metrics.names import fold
from desktop_app.model.metrics import Grain

Period = tuple[str, str]
"""ISO start and exclusive end."""

_Groups = dict[str, str]
_MONTH_NAMES = (
    "jan january januar janner janvier janv enero ene gennaio gen janeiro januari stycznia",
    "feb february februar feber fevrier fevr fev febrero febbraio fevereiro februari",
    "mar march marz maerz mrz mars marzo marco maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre set settembre setembro",
    "oct october oktober okt octobre octubre ottobre ott outubro out",
    "nov november novembre noviembre novembro",
    "dec december dezember dez decembre diciembre dic dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_WEEKDAY = re.compile(
    r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:mo|di|mi|do|fr|sa|so)|(?:montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonnabend|sonntag)|(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*|(?:mie|jue|vie|sab|dom"
    r"|gio)[a-z]*)\.?,?\s+(?=\S*\d|\D+\d)"
)
_DAY_NAME = (
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?\s+(?:de\s+)?(?P<mon>[^\W\d_]+)\.?,?\s+(?:de\s+|del\s+)?(?P<y>\d{4})"
)
_NAME_DAY = r"(?P<mon>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
_YMD = r"(?<!\d)(?P<y>\d{4})(?:[-/.]|[年년] ?)(?P<m>\d{1,2})(?:[-/.]|[月월] ?)(?P<d>\d{1,2})[日일]?(?!\d)"
_COMPACT = r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)"
_XY = r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)"
_TIME = (
    r"(?:[t ,]+(?P<H>\d{1,2})(?::(?P<M>\d\d))?(?::\d\d(?:[.,]\d+)?)?\s?(?P<ap>[ap]\.?m\.?)?"
    r"(?P<zone>\s?(?:z|utc|gmt|[-+]\d\d:?\d\d))?)?"
)

_FULL = {
    "ymd": re.compile(_YMD + _TIME),
    "compact": re.compile(_COMPACT.removesuffix(r"(?!\d)") + r"(?P<H>\d\d)?"),
    "xy": re.compile(_XY + _TIME),
    "day-name": re.compile(_DAY_NAME + _TIME),
    "name-day": re.compile(_NAME_DAY + _TIME),
}
_MONTH = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[/.-](?P<y2>\d{4})"
    r"|(?P<mon>[^\W\d_]+)\.?,?[ -](?:de )?(?P<y3>\d{4})|(?P<y4>\d{4})(?P<m4>\d\d)"
)
_WEEK = re.compile(
    r"(?P<y>\d{4})[- ]?(?:w|kw|s)(?P<w>\d{1,2})|(?:w|kw|s|week|semaine|woche) ?(?P<w2>\d{1,2})[,/ -]+(?P<y2>\d{4})"
)
_QUARTER = re.compile(r"(?P<y>\d{4})[- /]?[qt](?P<q>[1-4])|[qt](?P<q2>[1-4])[- /](?P<y2>\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTIAL = re.compile(
    r"\b(?P<mon>[^\W\d_]+)\.? (?P<d>\d{1,2}) ?[-–] ?(?:(?P<mon2>[^\W\d_]+)\.? )?(?P<d2>\d{1,2}), (?P<y>\d{4})"
    r"|(?<!\d)(?P<e>\d{1,2})\.?(?: (?P<fmon>[^\W\d_]+)\.?)? ?[-–] ?(?P<e2>\d{1,2})\.?"
    r" (?P<fmon2>[^\W\d_]+)\.? (?P<y2>\d{4})"
)
_SEARCHED = tuple(re.compile(pattern) for pattern in (_YMD, _COMPACT, _DAY_NAME, _NAME_DAY, _XY))


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates, by cell: ``spans`` maps each cell to its stretch; cells that are no date are missing from it.

    ``guessed`` is a cell whose day and month could be swapped where nothing decides.
    """

    spans: dict[str, Period]
    grain: Grain
    guessed: str = ""


# --- single dates ---------------------------------------------------------------------------------------------------


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _month_number(name: str) -> int | None:
    return _MONTHS.get(fold(name))


def _clean(cell: str) -> str:
    return _WEEKDAY.sub("", fold(cell).replace("\u200f", "").replace("\u200e", ""))


def _date_of(groups: _Groups, day_first: bool) -> date | None:
    """The date of a match's named groups: y, m, d with figures, mon with a name, a and b in unknown order."""
    year = int(groups["y"])
    if groups.get("mon"):
        month = _month_number(groups["mon"])
        return make_date(year, month, int(groups["d"])) if month else None
    if groups.get("a"):
        a, b = int(groups["a"]), int(groups["b"])
        return make_date(year, b, a) if day_first else make_date(year, a, b)
    return make_date(year, int(groups["m"]), int(groups["d"]))


def _match_moment(match: re.Match[str], day_first: bool) -> datetime | None:
    groups = match.groupdict()
    day = _date_of(groups, day_first)
    if day is None:
        return None
    hour, minute = int(groups.get("H") or 0), int(groups.get("M") or 0)
    half = (groups.get("ap") or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute)


def next_month(day: date, months: int = 1) -> date | None:
    """The first day of the month ``months`` later; None beyond the calendar."""
    count = day.year * 12 + day.month - 1 + months
    return make_date(count // 12, count % 12 + 1, 1) if 1900 <= count // 12 <= 9998 else None


def after(day: date, days: int = 1) -> date:
    """``day`` plus ``days``, held within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


# --- periods in a line of text --------------------------------------------------------------------------------------


def find_period(text: str) -> Period | None:
    """The period a line of text states, such as ``July 8, 2025 - July 31, 2025``; None for "All time" and the like."""
    if len(text) > 500:
        return None
    folded = fold(text)
    partial = _PARTIAL.search(folded)
    if partial:
        found = _partial_period(partial)
        if found:
            return found
    day_first = not any(int(b) > 12 for b in re.findall(r"(?<!\d)\d{1,2}/(\d{1,2})/\d{2,4}", folded))
    days = _dates_in(folded, day_first)
    if not days or len(days) > 2 or days[-1] < days[0]:
        return None
    return days[0].isoformat(), after(days[-1]).isoformat()


def _dates_in(folded: str, day_first: bool) -> list[date]:
    found: list[tuple[int, int, date]] = []
    for pattern in _SEARCHED:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            day = _date_of(match.groupdict(), day_first)
            if day:
                found.append((match.start(), match.end(), day))
    return [day for _, _, day in sorted(found)]


def _partial_period(match: re.Match[str]) -> Period | None:
    """``July 8 - 31, 2025``, ``8. - 31. Juli 2025``, ``Dec 5 - Jan 3, 2026``: the year stands once, at the end."""
    if match["y"]:
        first, last, year = match["mon"], match["mon2"] or match["mon"], int(match["y"])
        days = int(match["d"]), int(match["d2"])
    else:
        first, last, year = match["fmon"] or match["fmon2"], match["fmon2"], int(match["y2"])
        days = int(match["e"]), int(match["e2"])
    months = _month_number(first), _month_number(last)
    if not months[0] or not months[1]:
        return None
    start = make_date(year - (months[0] > months[1]), months[0], days[0])
    end = make_date(year, months[1], days[1])
    if start is None or end is None or end < start:
        return None
    return start.isoformat(), after(end).isoformat()


def yearless_span(text: str, within: Period) -> Period | None:
    """``Jun 14 - Jun 20`` as the stretch it means inside a period that knows the year."""
    found = re.findall(r"([^\W\d_]+)\.? (\d{1,2})|(\d{1,2})\.? ([^\W\d_]+)", fold(text))
    if len(found) != 2:
        return None
    ends: list[tuple[int, int]] = []
    for name, day, other_day, other_name in found:
        month = _month_number(name or other_name)
        if month is None:
            return None
        ends.append((month, int(day or other_day)))
    first_year, last_year = int(within[0][:4]), int(within[1][:4])
    for year in range(first_year, last_year + 1):
        start = make_date(year, *ends[0])
        end = make_date(year + (ends[1] < ends[0]), *ends[1])
        if start and end and start.isoformat() >= within[0] and start.isoformat() < within[1]:
            return start.isoformat(), after(end).isoformat()
    return None


# --- columns of dates -----------------------------------------------------------------------------------------------


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
    texts = {cell: (fold(cell), _clean(cell)) for cell in distinct}
    for name, pattern in _FULL.items():
        matches = {
            cell: match
            for cell, (text, clean) in texts.items()
            if (match := pattern.fullmatch(text) or pattern.fullmatch(clean))
        }
        if not _enough(len(matches), len(distinct)):
            continue
        if name == "xy":
            return _read_swappable(matches, header, day_first)
        moments = {cell: moment for cell, match in matches.items() if (moment := _match_moment(match, True))}
        if _enough(len(moments), len(distinct)):
            return _from_moments(moments, header)
    return None


def _read_swappable(matches: dict[str, re.Match[str]], header: str, day_first: bool | None) -> DateColumn | None:
    readings: dict[bool, dict[str, datetime]] = {}
    for order in (True, False):
        moments = {cell: moment for cell, match in matches.items() if (moment := _match_moment(match, order))}
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
        if period and len(_dates_in(fold(cell), True)) + bool(_PARTIAL.search(fold(cell))) >= 2:
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
    distinct: list[str], pattern: re.Pattern[str], grain: Grain, span_of: Callable[[_Groups], Period | None]
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

    def span(groups: _Groups) -> Period | None:
        try:
            start = date.fromisocalendar(int(groups["y"] or groups["y2"]), int(groups["w"] or groups["w2"]), 1)
        except ValueError:
            return None
        return start.isoformat(), after(start, 7).isoformat()

    return _read_named(distinct, _WEEK, Grain.WEEK, span)


def _read_quarters(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    def span(groups: _Groups) -> Period | None:
        return _months(int(groups["y"] or groups["y2"]), int(groups["q"] or groups["q2"]) * 3 - 2, 3)

    return _read_named(distinct, _QUARTER, Grain.QUARTER, span)


def _read_months(distinct: list[str], header: str, day_first: bool | None) -> DateColumn | None:
    def span(groups: _Groups) -> Period | None:
        if groups["y4"] and not is_month_header(header):
            return None  # 202603 is a month only where the header says so
        year = int(groups["y"] or groups["y2"] or groups["y3"] or groups["y4"])
        named = _month_number(groups["mon"]) if groups["mon"] else 0
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


def bounds(spans: Iterable[Period]) -> Period:
    """Earliest start and latest end; empty strings for nothing. Hours are cut to their days."""
    all_spans: Sequence[Period] = list(spans)
    if not all_spans:
        return "", ""
    start, end = min(span[0] for span in all_spans), max(span[1] for span in all_spans)
    if len(end) > 10:
        last = date.fromisoformat(end[:10])
        end = (last if end.endswith("T00:00") else after(last)).isoformat()
    return start[:10], end
