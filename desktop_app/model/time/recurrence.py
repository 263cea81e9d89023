"""Recurrence: how often something comes again, typed in words, kept as ISO 8601.

Kept is a duration of one unit (``P1Y``, ``P2W``, ``P10D``), or with a bound the beginning of a repeating interval
(``R5/P1M``), whose number counts all occurrences, the first one included. Days are the finest: what comes again within
a day is no matter for a journal. Twelve months are kept as a year and seven days as a week, which come to the same.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from desktop_app.model.time.lexicon import number_of, tidy
from desktop_app.model.time.occurred import OPEN_END, OPEN_START, BadDate, overlaps

USUAL_RECURRENCES = ("P1W", "P1M", "P3M", "P1Y")
"""What is offered where one is typed."""

_LONGEST = 120
_MOST = 9999
"""Units between two occurrences, and occurrences in all."""
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_ADVERBS = {
    "daily": (1, "D"),
    "weekly": (1, "W"),
    "fortnightly": (2, "W"),
    "monthly": (1, "M"),
    "quarterly": (3, "M"),
    "half-yearly": (6, "M"),
    "yearly": (1, "Y"),
    "annually": (1, "Y"),
}
_NOUNS = {
    "day": (1, "D"),
    "week": (1, "W"),
    "fortnight": (2, "W"),
    "month": (1, "M"),
    "quarter": (3, "M"),
    "half year": (6, "M"),
    "half-year": (6, "M"),
    "year": (1, "Y"),
    "decade": (10, "Y"),
}
_NTH = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_ISO = re.compile(r"(?:R([0-9]{0,6})/)?P([0-9]{1,4})([YMWD])")
_EVERY = re.compile(r"(?:every|each|once an?) (?:(?!half)([0-9]{1,4}|[a-z]+) )?(half[ -]years?|[a-z]+)")
_MONTHS = {"Y": 12, "M": 1}
_DAYS = {"W": 7, "D": 1}
_MINUTE = timedelta(minutes=1)


class BadRecurrence(BadDate):
    """A text that does not say how often something comes again. ``why`` says what is wrong, without a full stop."""

    template = (
        "“{text}” does not say how often it comes again: {why}. Write it like “every year”, “every 2 weeks”, "
        "“monthly, 5 times” or “P1Y”."
    )


class _Rhythm(NamedTuple):
    """Every ``number`` units; ``times`` counts all occurrences, None where there is no bound."""

    number: int
    unit: str
    times: int | None = None

    @property
    def text(self) -> str:
        plain = f"P{self.number}{self.unit}"
        return plain if self.times is None else f"R{self.times}/{plain}"

    @property
    def problem(self) -> str:
        if not 1 <= self.number <= _MOST:
            return f"there can be 1 to {_MOST} {_UNITS[self.unit]}s between one time and the next"
        if self.times is not None and not 2 <= self.times <= _MOST:
            return f"what comes again happens 2 to {_MOST} times in all"
        return ""


def parse_recurrence(text: str) -> str:
    """What a person typed, in canonical form: ``every 2 weeks`` is ``P2W``, ``monthly, 5 times`` is ``R5/P1M``.

    Nothing typed says that it does not come again: an empty text. Raises :class:`BadRecurrence`.
    """
    given = text.strip()
    if not given:
        return ""
    if len(given) > _LONGEST:
        raise BadRecurrence(given, "it is too long")
    found = _read_iso(given) or _read_words(given)
    problem = "no rhythm can be read from it" if found is None else found.problem
    if found is None or problem:
        raise BadRecurrence(given, problem)
    return found.text


def describe_recurrence(recurs: str) -> str:
    """``every year``, ``every 2 weeks, 5 times``; :func:`parse_recurrence` reads it back.

    A text that is in no canonical form (one that came from elsewhere) is shown as it is written.
    """
    rhythm = _rhythm(recurs)
    if rhythm is None:
        return recurs
    noun = _UNITS[rhythm.unit]
    words = f"every {noun}" if rhythm.number == 1 else f"every {rhythm.number} {noun}s"
    return words if rhythm.times is None else f"{words}, {rhythm.times} times"


def occurrences(start: str, end: str, recurs: str, low: str, high: str, most: int = 500) -> Iterator[tuple[str, str]]:
    """The occurrences after the first one, ``[start, end)``, that overlap ``[low, high)``, in order, at most ``most``.

    All are stretches of :class:`Occurred`: ``YYYY-MM-DDTHH:MM``, end exclusive. Each is counted from the first one.
    By months and years its first and its last minute keep their day of the month where there is one, else they take
    the month's last: what is on the 31st is on 28 February and on 31 March again. Whole months stay whole months. By
    days and weeks the length stays. Nothing comes again of a time that is open or empty, of a ``recurs`` that is in no
    canonical form, or after the year 9999. Costs what is found, however long ago the first one was.
    """
    rhythm = _rhythm(recurs)
    if rhythm is None or not start or not end or start == OPEN_START or end == OPEN_END or not low or not high:
        return
    first = _Stretch(datetime.fromisoformat(start), datetime.fromisoformat(end), rhythm)
    number = first.around(low)
    while most > 0 and (rhythm.times is None or number < rhythm.times):
        try:
            begins, ends = first.moved(number)
        except (ValueError, OverflowError):
            return  # Years end with 9999.
        if overlaps(begins, ends, low, high):
            yield begins, ends
            most -= 1
        elif begins >= high:
            return
        number += 1


@lru_cache(maxsize=512)
def _rhythm(recurs: str) -> _Rhythm | None:
    """What a canonical text says; None for any other."""
    found = _read_iso(recurs) if len(recurs) <= _LONGEST else None
    return found if found and found.text == recurs and not found.problem else None


class _Stretch(NamedTuple):
    begins: datetime
    ends: datetime
    rhythm: _Rhythm

    def moved(self, number: int) -> tuple[str, str]:
        """Where the occurrence with this number is; 0 is the first. Raises where no calendar has it."""
        unit, steps = self.rhythm.unit, self.rhythm.number * number
        if unit in _DAYS:
            by = timedelta(days=_DAYS[unit] * steps)
            return _stamp(self.begins + by), _stamp(self.ends + by)
        from dateutil.relativedelta import relativedelta

        months = relativedelta(months=_MONTHS[unit] * steps)
        if self._is_whole_months():
            return _stamp(self.begins + months), _stamp(self.ends + months)
        return _stamp(self.begins + months), _stamp(self.ends - _MINUTE + months + _MINUTE)

    def _is_whole_months(self) -> bool:
        return all(side.day == 1 and side.hour == side.minute == 0 for side in (self.begins, self.ends))

    def around(self, low: str) -> int:
        """A number of at least 1, not above that of the first occurrence that ends after ``low``, and close to it."""
        if low <= OPEN_START:
            return 1
        day, unit = datetime.fromisoformat(low[:10]), self.rhythm.unit
        if unit in _DAYS:
            passed = (day - self.ends).days // _DAYS[unit]
        else:
            passed = ((day.year - self.ends.year) * 12 + day.month - self.ends.month) // _MONTHS[unit]
        return max(1, passed // self.rhythm.number - 1)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _read_iso(text: str) -> _Rhythm | None:
    match = _ISO.fullmatch(text.upper())
    if match is None:
        return None
    times, number, unit = match.groups()
    return _rounded(int(number), unit, int(times) if times else None)


def _read_words(text: str) -> _Rhythm | None:
    """``every 2 weeks``, ``monthly``, with ``, 5 times`` behind it.

    Without the comma ("weekly 3 times") it might be three times each week.
    """
    words, comma, bound = text.rpartition(",")
    if not comma:
        return _read_rhythm(tidy(text))
    match = re.fullmatch(r"([0-9]{1,6}|[a-z]+) times(?: in all)?", tidy(bound))
    times = number_of(match[1]) if match else None
    rhythm = _read_rhythm(tidy(words))
    return None if rhythm is None or times is None else rhythm._replace(times=times)


def _read_rhythm(words: str) -> _Rhythm | None:
    if words in _ADVERBS:
        return _rounded(*_ADVERBS[words])
    match = _EVERY.fullmatch(words)
    if match is None:
        return None
    count, noun = match.groups(default="a")
    times = _NTH.get(count) or number_of(count)
    unit = _NOUNS.get(noun.removesuffix("s"))
    return None if times is None or unit is None else _rounded(unit[0] * times, unit[1])


def _rounded(number: int, unit: str, times: int | None = None) -> _Rhythm:
    """Twelve months as a year, seven days as a week."""
    for small, size, large in (("M", 12, "Y"), ("D", 7, "W")):
        if unit == small and number and number % size == 0:
            return _Rhythm(number // size, large, times)
    return _Rhythm(number, unit, times)
