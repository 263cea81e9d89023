"""Occurred: a time as EDTF text with the stretch it covers.

The EDTF text (ISO 8601-2) is the truth. ``start`` and ``end`` are derived from it alone: no clock and no time zone of
this machine enters, so that every copy of a notebook sorts alike. An offset that a moment carries is kept in the text;
the stretch is what the clock on the wall said.

The common forms are read here by one regular expression, because saving an entry must not wait for pyparsing; the rest
of level 2 (qualified components, sets, significant digits) is handed to the ``edtf`` library.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from desktop_app.model.errors import Invalid
from desktop_app.model.time.names import MONTHS

OPEN_START = "0001-01-01T00:00"
"""``start`` of everything that has no beginning; nothing sorts before it."""

OPEN_END = "9999-12-31T24:00"
"""``end`` of everything that has no end (and of the year 9999); nothing sorts after it."""

_LONGEST = 120

# The months that each code after the year covers: first month and how many. Winter (and the southern summer) runs into
# the next year, as people mean it; the edtf library stops it at 31 December.
_PARTS_OF_YEAR = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip

_ATOM = re.compile(
    r"([0-9X]{4})(?:-(Q[1-4]|[0-9X]{2})(?:-([0-9X]{2})"
    r"(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}(?::[0-9]{2})?)?)?)?)?([?~%])?"
)
_LIBRARY_FORM = re.compile(r"[0-9XS?~%\[\]{},./T:Z+\- ]+")


class BadDate(Invalid):
    """A text that is no time. ``why`` says what is wrong with it, without a full stop."""

    template = (
        "“{text}” is not a date that can be read: {why}. "
        "Write it like “14 March 2026”, “2026-03-14”, “March 2026”, “2026-Q1”, “last Tuesday” or “since 2023”."
    )

    def __init__(self, text: str, why: str) -> None:
        shown = text if len(text) <= 60 else text[:59] + "…"
        super().__init__(text=shown, why=why)


class Precision(StrEnum):
    """How finely a time is told. ``partial``: digits are left out in a way no other word fits (``156X-12-25``)."""

    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    PARTIAL = "partial"
    SPAN = "span"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Occurred:
    """When something happened: canonical EDTF text and the stretch ``[start, end)`` it covers.

    ``start`` and ``end`` are ``YYYY-MM-DDTHH:MM``, so that comparing strings compares times; without a beginning or an
    end they are :data:`OPEN_START` and :data:`OPEN_END`. The fuzzy flags come from ``?``, ``~`` and ``%``, and from an
    unknown side of a span (``2023/``), which covers no more than its known side.
    """

    edtf: str
    start: str
    end: str
    start_fuzzy: bool
    end_fuzzy: bool
    precision: Precision

    @property
    def is_open_start(self) -> bool:
        return self.edtf.startswith(("../", "[..", "{.."))

    @property
    def is_open_end(self) -> bool:
        return self.edtf.endswith(("/..", "..]", "..}"))

    @property
    def start_date(self) -> datetime | None:
        """``start`` as a naive date-time; None where it is open."""
        return None if self.is_open_start else _to_datetime(self.start)

    @property
    def end_date(self) -> datetime | None:
        """``end`` (exclusive) as a naive date-time; None where it is open or past what a date-time can hold."""
        return None if self.is_open_end else _to_datetime(self.end)


class Atom(NamedTuple):
    """One date as written: ``2026-33~`` is year ``2026``, part ``33``, mark ``~``. Missing parts are empty."""

    year: str
    part: str
    day: str
    time: str
    zone: str
    mark: str

    @property
    def text(self) -> str:
        text = "-".join(part for part in (self.year, self.part, self.day) if part)
        return f"{text}{'T' if self.time else ''}{self.time}{self.zone}{self.mark}"


def read_atom(text: str) -> Atom | None:
    """The parts of a single EDTF date in upper case, quarters as ``33``; None where it is of another form."""
    match = _ATOM.fullmatch(text)
    if match is None:
        return None
    year, part, day, time, zone, mark = match.groups(default="")
    if part[:1] == "Q":
        if day:
            return None
        part = str(32 + int(part[1]))
    return Atom(year, part, day, time, zone, mark)


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> Occurred:
    """Read an EDTF text strictly; ``2026-Q1`` and small letters are read too. Raises :class:`BadDate`."""
    if len(text) > _LONGEST:
        raise BadDate(text, "it is too long")
    given = text.strip()
    upper = given.upper()
    if re.fullmatch(r"[?~%][0-9]{4}", upper):
        upper = upper[1:] + upper[0]  # On a year alone the mark means the same on either side.
    first, slash, second = upper.partition("/")
    if upper.lstrip("?~%").startswith(("Y", "-")) or re.match(r"[0-9]{5}", upper):
        raise BadDate(given, "only years from 0001 to 9999 can be kept")
    if not slash:
        atom = read_atom(upper)
        if atom is None:
            return _by_library(given, upper)
        start, end, precision = _bounds(given, atom)
        return Occurred(atom.text, start, end, bool(atom.mark), bool(atom.mark), precision)
    sides = [side if side in {"", ".."} else read_atom(side) for side in (first, second)]
    if None in sides or "/" in second:
        return _by_library(given, upper)
    return _span(given, *sides)


def _span(text: str, first: str | Atom | None, second: str | Atom | None) -> Occurred:
    if isinstance(first, Atom):
        start, first_end, _ = _bounds(text, first)
    if isinstance(second, Atom):
        second_start, end, _ = _bounds(text, second)
    if not isinstance(first, Atom) and not isinstance(second, Atom):
        if first == second == "..":
            return Occurred("../..", OPEN_START, OPEN_END, False, False, Precision.SPAN)
        raise BadDate(text, "a span needs a date on one side at least")
    if not isinstance(first, Atom):
        start = OPEN_START if first == ".." else second_start
    elif not isinstance(second, Atom):
        end = OPEN_END if second == ".." else first_end
    if end <= start:
        raise BadDate(text, "it ends before it begins")
    first_text, first_fuzzy = (first.text, bool(first.mark)) if isinstance(first, Atom) else (first, first == "")
    second_text, second_fuzzy = (second.text, bool(second.mark)) if isinstance(second, Atom) else (second, second == "")
    return Occurred(f"{first_text}/{second_text}", start, end, first_fuzzy, second_fuzzy, Precision.SPAN)


def _bounds(text: str, atom: Atom) -> tuple[str, str, Precision]:
    """Start, exclusive end and precision of one date; ``text`` is only quoted when it is refused."""
    if "X" in atom.year or "X" in atom.part or "X" in atom.day:
        return _unspecified(text, atom)
    year = int(atom.year)
    if year == 0:
        raise BadDate(text, "only years from 0001 to 9999 can be kept")
    if not atom.part:
        return _stamp(year, 1), _stamp(year + 1, 1), Precision.YEAR
    part = int(atom.part)
    if 1 <= part <= 12:
        if not atom.day:
            return _stamp(year, part), _months_on(year, part, 1), Precision.MONTH
        return _day_bounds(text, atom, year, part, int(atom.day))
    if part not in _PARTS_OF_YEAR or atom.day:
        raise BadDate(text, f"there is no month {atom.part}")
    month, count = _PARTS_OF_YEAR[part]
    return _stamp(year, month), _months_on(year, month, count), _precision_of_part(part)


def _day_bounds(text: str, atom: Atom, year: int, month: int, day: int) -> tuple[str, str, Precision]:
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise BadDate(text, f"{MONTHS[month - 1]} {year} has no day {day}")
    if not atom.time:
        return _stamp(year, month, day), _after(date(year, month, day)), Precision.DAY
    hour, minute, *second = (int(number) for number in atom.time.split(":"))
    zone = atom.zone[1:].replace(":", "").ljust(4, "0")
    if hour > 23 or minute > 59 or (second and second[0] > 59):
        raise BadDate(text, f"there is no {atom.time} on a clock (hours end at 23:59)")
    if zone != "0000" and (int(zone[:2]) > 14 or int(zone[2:]) > 59):
        raise BadDate(text, f"no place is {atom.zone} from Greenwich")
    start = f"{_stamp(year, month, day)[:11]}{hour:02}:{minute:02}"
    if minute < 59:
        return start, f"{start[:14]}{minute + 1:02}", Precision.MOMENT
    if hour < 23:
        return start, f"{start[:11]}{hour + 1:02}:00", Precision.MOMENT
    return start, _after(date(year, month, day)), Precision.MOMENT


def _unspecified(text: str, atom: Atom) -> tuple[str, str, Precision]:
    """Dates with ``X`` for digits nobody knows: from the first to the last day that fits."""
    if atom.time:
        raise BadDate(text, "a moment needs its whole date")
    first = next(_days_that_fit(atom, 1), None)
    last = next(_days_that_fit(atom, -1), None)
    if first is None or last is None:
        raise BadDate(text, "no day fits it")
    return _stamp(first.year, first.month, first.day), _after(last), _precision_of_unspecified(atom)


def _days_that_fit(atom: Atom, step: int) -> Iterator[date]:
    for year in _numbers_that_fit(atom.year, 1, 9999)[::step]:
        for month in _numbers_that_fit(atom.part or "XX", 1, 12)[::step]:
            length = calendar.monthrange(year, month)[1]
            for day in _numbers_that_fit(atom.day or "XX", 1, length)[::step]:
                yield date(year, month, day)


@lru_cache(maxsize=256)
def _numbers_that_fit(pattern: str, low: int, high: int) -> range | tuple[int, ...]:
    if "X" not in pattern:
        return (int(pattern),) if low <= int(pattern) <= high else ()
    digits = re.compile(pattern.replace("X", "[0-9]"))
    return tuple(n for n in range(low, high + 1) if digits.fullmatch(str(n).zfill(len(pattern))))


def _precision_of_unspecified(atom: Atom) -> Precision:
    unknown = atom.year.count("X"), atom.part.replace("XX", ""), atom.day.replace("XX", "")
    if unknown == (0, "", ""):
        return Precision.YEAR
    if unknown[0] == 0 and "X" not in atom.part and atom.day == "XX":
        return Precision.MONTH
    if not atom.part and re.fullmatch(r"[0-9]{3}X", atom.year):
        return Precision.DECADE
    if not atom.part and re.fullmatch(r"[0-9]{2}XX", atom.year):
        return Precision.CENTURY
    return Precision.PARTIAL


def _precision_of_part(part: int) -> Precision:
    if part <= 32:
        return Precision.SEASON
    if part <= 36:
        return Precision.QUARTER
    return Precision.THIRD if part <= 39 else Precision.HALF


def _stamp(year: int, month: int, day: int = 1) -> str:
    return f"{year:04}-{month:02}-{day:02}T00:00" if year <= 9999 else OPEN_END


def _months_on(year: int, month: int, count: int) -> str:
    years, index = divmod(month - 1 + count, 12)
    return _stamp(year + years, index + 1)


def _after(day: date) -> str:
    return OPEN_END if day == date.max else f"{day + timedelta(days=1)}T00:00"


def _to_datetime(stamp: str) -> datetime | None:
    return None if stamp == OPEN_END else datetime.fromisoformat(stamp)


# --- the rest of level 2, by the library ------------------------------------------------------------------------------


def _by_library(given: str, upper: str) -> Occurred:
    if not _LIBRARY_FORM.fullmatch(upper) or (" " in upper and upper[0] not in "[{"):
        raise BadDate(given, "it is in no form of EDTF" if given else "it is empty")
    import contextlib
    import io

    import edtf

    try:
        # Where a form surprises it, the library prints to standard output before it raises.
        with contextlib.redirect_stdout(io.StringIO()):
            parsed = edtf.parse_edtf(upper)
            # An open interval answers with infinite floats, a closed one with time tuples.
            lower, higher = parsed.lower_strict(), parsed.upper_strict()
        start = OPEN_START if isinstance(lower, float) else _library_day(given, lower)
        end = OPEN_END if isinstance(higher, float) else _after(date.fromisoformat(_library_day(given, higher)[:10]))
    except (edtf.EDTFParseException, AttributeError, TypeError, ValueError, IndexError, KeyError) as error:
        raise BadDate(given, "it is in no form of EDTF") from error
    if end <= start:
        raise BadDate(given, "it ends before it begins")
    first, _, second = upper.partition("/")
    fuzzy = [bool(re.search(r"[?~%S]", side)) for side in (first, second or first)]
    return Occurred(upper.replace(" ", ""), start, end, fuzzy[0], fuzzy[1], _library_precision(upper))


def _library_day(given: str, moment: tuple[int, ...]) -> str:
    year, month, day = moment[:3]
    if not 1 <= year <= 9999:
        raise BadDate(given, "only years from 0001 to 9999 can be kept")
    try:
        return f"{date(year, month, day)}T00:00"
    except ValueError as error:
        raise BadDate(given, f"{MONTHS[month - 1]} {year} has no day {day}") from error


def _library_precision(upper: str) -> Precision:
    if upper[0] in "[{":
        return Precision.SET
    if "/" in upper:
        return Precision.SPAN
    plain = read_atom(re.sub(r"[?~%]|S[0-9]+", "", upper))
    if plain is None:
        return Precision.PARTIAL
    return _bounds(upper, plain)[2]


# --- several of them --------------------------------------------------------------------------------------------------


def overlaps(a_start: str, a_end: str, b_start: str, b_end: str) -> bool:
    """Whether two half-open stretches share a time; bare dates (``2026-03-14``) mean their midnight."""
    a_start, a_end, b_start, b_end = (_midnight(stamp) for stamp in (a_start, a_end, b_start, b_end))
    return a_start < b_end and b_start < a_end


def covering(times: Iterable[Occurred]) -> tuple[str, str] | None:
    """The smallest stretch ``(start, end)`` that holds all of them, open sides left out; None where nothing is left."""
    known = list(times)
    starts = [time.start for time in known if not time.is_open_start]
    ends = [time.end for time in known if not time.is_open_end]
    # The known side of an open span still lies inside.
    starts += [time.end for time in known if time.is_open_start and not time.is_open_end]
    ends += [time.start for time in known if time.is_open_end and not time.is_open_start]
    return (min(starts), max(ends)) if starts and ends else None


def _midnight(stamp: str) -> str:
    return stamp if len(stamp) > 10 else f"{stamp}T00:00"
