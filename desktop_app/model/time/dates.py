"""Dates in words and numbers: days near today, dates of the calendar, parts of a year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.model.time import names
from desktop_app.model.time.lexicon import MONTH_NUMBERS, SEASON_NUMBERS, WEEKDAYS, number_of, part_number
from desktop_app.model.time.occurred import BadDate, parse_edtf, read_atom

_UNIT = r"(minute|min|hour|day|week|month|quarter|year|decade)s?"
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_EARLY = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_DAYS_AWAY = {
    "today": 0, "yesterday": -1, "tomorrow": 1,
    "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip


@dataclass(frozen=True)
class DateReader:
    """One reading of one text. Each method takes tidy words and gives EDTF text, or None where they are not its own.

    ``text`` is what was typed, for the sentence of a :class:`BadDate`.
    """

    text: str
    now: datetime
    dayfirst: bool
    coming: bool = False
    """Whether a date without a year is the next one rather than the last one."""

    @property
    def today(self) -> date:
        return self.now.date()

    def read(self, words: str) -> str | None:
        readings = (
            self._near_day, self._weekday, self._near_unit, self._counted, self._numeric,
            self._day_and_month, self._month, self._part_of_year, self._week, self._decade, self._early, self._some,
        )  # fmt: skip
        if re.fullmatch(r"\d{4}(?:-\d\d-\d\d)?", words):
            return self._checked(words)
        for read in readings:
            edtf = read(words)
            if edtf is not None:
                return edtf
        return None

    # --- days near today ----------------------------------------------------------------------------------------------

    def _near_day(self, words: str) -> str | None:
        away = _DAYS_AWAY.get(words)
        return None if away is None else self._day_from_today(away)

    def _weekday(self, words: str) -> str | None:
        match = re.fullmatch(r"(?:(last|past|this|next|coming) )?([a-z]+)", words)
        number = WEEKDAYS.get(match[2]) if match else None
        if match is None or number is None:
            return None
        ahead = (number - self.today.weekday()) % 7
        if match[1] in {"next", "coming"} or (match[1] is None and self.coming):
            return self._day_from_today(ahead or 7)
        if match[1] == "this":
            return self._day_from_today(number - self.today.weekday())
        behind = (7 - ahead) % 7
        return self._day_from_today(-(behind or (7 if match[1] else 0)))

    def _day_from_today(self, days: int) -> str:
        return str(self._moved(self.today, days))

    def _moved(self, day: date, days: int) -> date:
        try:
            return day + timedelta(days=days)
        except OverflowError as error:
            raise BadDate(self.text, "it lies outside the years 0001 to 9999") from error

    def _near_unit(self, words: str) -> str | None:
        """last week, this month, next spring, last March."""
        match = re.fullmatch(r"(last|past|previous|this|current|next|coming) ([a-z]+)", words)
        if match is None:
            return None
        step = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(match[1], -1)
        unit = match[2]
        if unit in {"week", "weekend"}:
            monday = self._moved(self.today, 7 * step - self.today.weekday())
            first = monday if unit == "week" else self._moved(monday, 5)
            return f"{first}/{self._moved(monday, 6)}"
        if unit in {"month", "quarter", "year", "decade"}:
            return self._unit_away(unit, step)
        month, season = MONTH_NUMBERS.get(unit), SEASON_NUMBERS.get(unit)
        if month is not None:
            year = self.today.year if step == 0 else self._year_of(month, coming=step > 0, other=True)
            return self._checked(f"{year:04}-{month:02}")
        if season is not None:
            first_month = 3 * (season - 20)
            year = self._year_of(first_month, coming=step > 0, other=True, months=3)
            if step == 0:
                # In January this winter began last year.
                year = self.today.year - (first_month == 12 and self.today.month < 3)
            return self._checked(f"{year:04}-{season}")
        return None

    def _unit_away(self, unit: str, count: int) -> str:
        """The month, quarter, year or decade that lies ``count`` of them from now."""
        year, month = self.today.year, self.today.month
        if unit == "month":
            years, index = divmod(month - 1 + count, 12)
            return self._checked(f"{year + years:04}-{index + 1:02}")
        if unit == "quarter":
            years, index = divmod((month - 1) // 3 + count, 4)
            return self._checked(f"{year + years:04}-{33 + index}")
        if unit == "decade":
            return self._checked(f"{year // 10 + count:03}X")
        return self._checked(f"{year + count:04}")

    def _counted(self, words: str) -> str | None:
        """3 days ago, in two weeks, 2 months from now; the last 3 months as a span until today."""
        span = re.fullmatch(rf"(?:in )?(last|past|next) (\d{{1,3}}|[a-z]+) {_UNIT}", words)
        ago = re.fullmatch(rf"(\d{{1,3}}|[a-z]+) {_UNIT} (ago|from now|hence)", words.replace("a couple ", "couple "))
        ahead = re.fullmatch(rf"in (\d{{1,3}}|[a-z]+) {_UNIT}(?: time)?", words.replace("a couple ", "couple "))
        word, unit, sign = "", "", -1
        if span:
            sign, word, unit = (1 if span[1] == "next" else -1), span[2], span[3]
        elif ago:
            word, unit, sign = ago[1], ago[2], (-1 if ago[3] == "ago" else 1)
        elif ahead:
            word, unit, sign = ahead[1], ahead[2], 1
        count = number_of(word)
        if count is None or unit in {"", "minute", "min", "hour"}:
            return None
        if unit not in {"day", "week"} and not span:
            return self._unit_away(unit, sign * count)
        away = self._moved_by(unit, sign * count)
        if not span:
            return str(away)
        return f"{away}/{self.today}" if sign < 0 else f"{self.today}/{away}"

    def _moved_by(self, unit: str, count: int) -> date:
        if unit in {"day", "week"}:
            return self._moved(self.today, count * (7 if unit == "week" else 1))
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        years, index = divmod(self.today.month - 1 + months, 12)
        year = self.today.year + years
        self._checked(f"{max(year, 0):04}")
        return date(year, index + 1, min(self.today.day, calendar.monthrange(year, index + 1)[1]))

    # --- dates of the calendar ----------------------------------------------------------------------------------------

    def _numeric(self, words: str) -> str | None:
        """14.3.2026, 14/3/2026, 3/14/2026, 2026/3/14, 3/2026. Dots always put the day first."""
        year_first = re.fullmatch(r"(\d{4})([./-])(\d{1,2})(?:\2(\d{1,2}))?", words)
        if year_first:
            year, _, month, day = year_first.groups()
            return self._checked("-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])]))
        month_year = re.fullmatch(r"(\d{1,2})[./-](\d{4})", words)
        if month_year:
            return self._checked(f"{month_year[2]}-{month_year[1].zfill(2)}")
        match = _NUMERIC.fullmatch(words)
        if match is None or match[4] is None:
            return None
        first, mark, second, year = match.groups()
        day, month = (first, second) if self.dayfirst or mark == "." else (second, first)
        if int(month) > 12 and mark != ".":
            day, month = month, day
        return self._checked(f"{self._full_year(year)}-{month.zfill(2)}-{day.zfill(2)}")

    def _full_year(self, year: str) -> str:
        """Two digits mean the year nearest to now, at most twenty years ahead."""
        if len(year) == 4:
            return year
        full = self.today.year // 100 * 100 + int(year)
        return str(full - 100 if full > self.today.year + 20 else full)

    def _day_and_month(self, words: str) -> str | None:
        """14 March 2026, March 14 2026, Saturday 14 March, 14-Mar-2026."""
        tokens = re.sub(r"(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", " ", words).split()
        weekday = WEEKDAYS.get(tokens[0]) if len(tokens) > 2 else None
        if weekday is not None:
            tokens = tokens[1:]
        if len(tokens) not in {2, 3}:
            return None
        if len(tokens) == 3 and re.fullmatch(r"\d{4}", tokens[0]):
            tokens = [*tokens[1:], tokens[0]]
        month = MONTH_NUMBERS.get(tokens[0]) or MONTH_NUMBERS.get(tokens[1])
        day = tokens[1] if tokens[0] in MONTH_NUMBERS else tokens[0]
        if month is None or not re.fullmatch(r"\d{1,2}", day):
            return None
        if len(tokens) == 3 and not re.fullmatch(r"\d{4}", tokens[2]):
            return None
        year = tokens[2] if len(tokens) == 3 else f"{self._year_of(month, int(day)):04}"
        edtf = self._checked(f"{year}-{month:02}-{day.zfill(2)}")
        real = date.fromisoformat(edtf).weekday()
        if weekday is not None and real != weekday:
            raise BadDate(self.text, f"that day is a {names.WEEKDAYS[real]}")
        return edtf

    def _month(self, words: str) -> str | None:
        match = re.fullmatch(r"([a-z]+)(?:[ -](\d{4}))?|(\d{4})[ -]([a-z]+)", words)
        if match is None:
            return None
        month = MONTH_NUMBERS.get(match[1] or match[4])
        if month is None:
            return None
        year = match[2] or match[3] or f"{self._year_of(month):04}"
        return self._checked(f"{year}-{month:02}")

    def _year_of(
        self, month: int, day: int = 1, *, coming: bool | None = None, other: bool = False, months: int = 1
    ) -> int:
        """The year a month (or day) without one belongs to; ``other`` leaves out the stretch that today lies in."""
        coming = self.coming if coming is None else coming
        here = self.today.year * 12 + self.today.month - 1
        year = self.today.year
        if coming:
            begun = (month, day) < (self.today.month, self.today.day if day > 1 else 1)
            return year + 1 if begun or (other and year * 12 + month - 1 <= here) else year
        ahead = (month, day) > (self.today.month, self.today.day)
        running = other and year * 12 + month - 1 <= here < year * 12 + month - 1 + months
        # Winter that began last December still runs in January.
        wrapped = other and here < (year - 1) * 12 + month - 1 + months
        year = year - 2 if wrapped else year - 1 if ahead or running else year
        while month == 2 and day == 29 and not calendar.isleap(year) and year > 4:
            year -= 1
        return year

    def _part_of_year(self, words: str) -> str | None:
        """Quarters, seasons, halves and thirds."""
        words = re.sub(r"\b([qh])([1-4])(?:[ -]|$)(\d{4})?", r"\1\2 \3", words).strip()
        words = re.sub(r"^(\d{4})[ -](.+)$", r"\2 \1", words)
        match = re.fullmatch(r"(.+?)(?: (\d{4}))?", words)
        if match is None:
            return None
        part = part_number(match[1])
        if part is None:
            return None
        year = match[2]
        if year is None:
            first = _first_month(part)
            year = f"{self._year_of(first):04}"
        return self._checked(f"{year}-{part}")

    def _week(self, words: str) -> str | None:
        """week 12 2025, 2025-w12, week of 3 March 2025: a span from Monday to Sunday."""
        match = re.fullmatch(r"week (\d{1,2}) (\d{4})|(\d{4})[- ]?w(\d{1,2})|w(\d{1,2}) (\d{4})", words)
        if match:
            week, year = match[1] or match[4] or match[5], match[2] or match[3] or match[6]
            try:
                monday = date.fromisocalendar(int(year), int(week), 1)
            except ValueError as error:
                raise BadDate(self.text, f"{year} has no week {int(week)}") from error
            return f"{monday}/{self._moved(monday, 6)}"
        if not words.startswith("weekof "):
            return None
        day = self.read(words.removeprefix("weekof "))
        if day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return None
        found = date.fromisoformat(day)
        monday = self._moved(found, -found.weekday())
        return f"{monday}/{self._moved(monday, 6)}"

    def _decade(self, words: str) -> str | None:
        match = re.fullmatch(r"(\d{3})0'?s", words)
        if match:
            return f"{match[1]}X"
        short = re.fullmatch(r"'?(\d)0'?s", words)
        if short is None:
            return None
        # "the 90s" are the last ones that have begun.
        decade = self.today.year // 100 * 10 + int(short[1])
        return f"{decade if decade * 10 <= self.today.year else decade - 10:03}X"

    def _early(self, words: str) -> str | None:
        """early 2025, mid March, the end of 2024: an approximate third."""
        match = re.fullmatch(r"(?:in )?(early|mid|middle|late|beginning|start|end)(?: in)? (.+)", words)
        edtf = self.read(match[2]) if match else None
        atom = read_atom(edtf) if edtf else None
        if match is None or edtf is None or atom is None or atom.mark or atom.day:
            return None
        third = _EARLY[match[1]]
        if not atom.part and "X" not in atom.year:
            return f"{edtf}-{37 + third}~"
        if not atom.part and atom.year[3] == "X" and "X" not in atom.year[:3]:
            first, last = ((0, 3), (4, 6), (7, 9))[third]
            return f"{atom.year[:3]}{first}~/{atom.year[:3]}{last}~"
        if atom.part.isdigit() and int(atom.part) <= 12:
            length = calendar.monthrange(int(atom.year), int(atom.part))[1]
            first, last = ((1, 10), (11, 20), (21, length))[third]
            return f"{edtf}-{first:02}~/{edtf}-{last:02}~"
        return None

    def _some(self, words: str) -> str | None:
        """some day of March 2026, some month of 2026."""
        match = re.fullmatch(r"some (day|month) (?:in )?(.+)", words)
        edtf = self._month(match[2]) or (match[2] if re.fullmatch(r"\d{4}", match[2]) else None) if match else None
        if match is None or edtf is None:
            return None
        if match[1] == "month":
            return f"{edtf}-XX" if len(edtf) == 4 else None
        return f"{edtf}-XX-XX" if len(edtf) == 4 else f"{edtf}-XX"

    def _checked(self, edtf: str) -> str:
        try:
            return parse_edtf(edtf).edtf
        except BadDate as error:
            raise BadDate(self.text, str(error.parts["why"])) from error


def _first_month(part: int) -> int:
    return int(parse_edtf(f"2000-{part}").start[5:7])
