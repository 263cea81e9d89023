"""Single dates and times as exporters print them, in figures and in the month names of seven languages.

All ends are exclusive. Refuses dates without a year.
"""

import re
from datetime import date, datetime, timedelta

from desktop_app.exchange.metrics.names import fold

Period = tuple[str, str]
"""ISO start and exclusive end."""

Groups = dict[str, str]
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
DAY_NAME = (
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?\s+(?:de\s+)?(?P<mon>[^\W\d_]+)\.?,?\s+(?:de\s+|del\s+)?(?P<y>\d{4})"
)
NAME_DAY = r"(?P<mon>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
YMD = r"(?<!\d)(?P<y>\d{4})(?:[-/.]|[年년] ?)(?P<m>\d{1,2})(?:[-/.]|[月월] ?)(?P<d>\d{1,2})[日일]?(?!\d)"
COMPACT = r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)"
XY = r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)"
_TIME = (
    r"(?:[t ,]+(?P<H>\d{1,2})(?::(?P<M>\d\d))?(?::\d\d(?:[.,]\d+)?)?\s?(?P<ap>[ap]\.?m\.?)?"
    r"(?P<zone>\s?(?:z|utc|gmt|[-+]\d\d:?\d\d))?)?"
)

NOTATIONS = {
    "ymd": re.compile(YMD + _TIME),
    "compact": re.compile(COMPACT.removesuffix(r"(?!\d)") + r"(?P<H>\d\d)?"),
    "xy": re.compile(XY + _TIME),
    "day-name": re.compile(DAY_NAME + _TIME),
    "name-day": re.compile(NAME_DAY + _TIME),
}
SEARCHED = tuple(re.compile(pattern) for pattern in (YMD, COMPACT, DAY_NAME, NAME_DAY, XY))


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int | None:
    return _MONTHS.get(fold(name))


def without_weekday(cell: str) -> str:
    return _WEEKDAY.sub("", fold(cell).replace("\u200f", "").replace("\u200e", ""))


def date_of(groups: Groups, day_first: bool) -> date | None:
    """The date of a match's named groups: y, m, d with figures, mon with a name, a and b in unknown order."""
    year = int(groups["y"])
    if groups.get("mon"):
        month = month_number(groups["mon"])
        return make_date(year, month, int(groups["d"])) if month else None
    if groups.get("a"):
        a, b = int(groups["a"]), int(groups["b"])
        return make_date(year, b, a) if day_first else make_date(year, a, b)
    return make_date(year, int(groups["m"]), int(groups["d"]))


def moment_of(match: re.Match[str], day_first: bool) -> datetime | None:
    groups = match.groupdict()
    day = date_of(groups, day_first)
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
