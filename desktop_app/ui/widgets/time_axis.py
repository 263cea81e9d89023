"""The one time axis that curves, tracks and charts share: days to pixels, zoom, and the labels below.

Days are the floats of ``lenses.series``. Knows no widget and draws nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor

from desktop_app.model.metrics import Grain
from desktop_app.model.samples import bucket_end, bucket_start, moment
from desktop_app.model.time import describe
from desktop_app.model.time.words import MONTHS

MINUTE = 1 / 1440
SHORTEST = 1 / 8
LONGEST = 800 * 365.2425
FIRST_DAY, LAST_DAY = 1.0, 3_652_059.0

HOURS = (1, 3, 6, 12)
DAYS = (1, 2)
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label at a moment; ``major`` starts a larger unit (a day among hours, a year among months)."""

    day: float
    label: str
    major: bool = False


@dataclass(slots=True)
class TimeAxis:
    """The view ``[start, end)`` in days over the pixels from ``left`` to ``right``."""

    start: float = 1.0
    end: float = 2.0
    left: float = 0.0
    right: float = 100.0

    @property
    def span(self) -> float:
        return self.end - self.start

    @property
    def days_per_pixel(self) -> float:
        return self.span / max(self.right - self.left, 1.0)

    def x(self, day: float) -> float:
        return self.left + (day - self.start) / self.days_per_pixel

    def day(self, x: float) -> float:
        return self.start + (x - self.left) * self.days_per_pixel

    def show(self, start: float, end: float) -> None:
        """Shows ``[start, end)``, held inside the calendar and between an eighth of a day and eight centuries."""
        span = min(max(end - start, SHORTEST), LONGEST)
        middle = (start + end) / 2
        first = min(max(middle - span / 2, FIRST_DAY), LAST_DAY - span)
        self.start, self.end = first, first + span

    def zoom(self, factor: float, at: float) -> None:
        """Shows ``1 / factor`` of the time, keeping the day ``at`` where it is."""
        span = min(max(self.span / factor, SHORTEST), LONGEST)
        share = (at - self.start) / self.span
        self.show(at - share * span, at + (1 - share) * span)

    def pan(self, by_days: float) -> None:
        self.show(self.start + by_days, self.end + by_days)

    def unit(self) -> Grain:
        """The unit that keys step by and a dragged stretch snaps to, from the view's length."""
        for grain, longest in ((Grain.HOUR, 3), (Grain.DAY, 400), (Grain.MONTH, 365 * 12)):
            if self.span <= longest:
                return grain
        return Grain.YEAR

    def snap(self, day: float) -> float:
        """The nearest edge of a :meth:`unit`."""
        unit = self.unit()
        if unit == Grain.HOUR:
            return round(day * 24) / 24
        first = bucket_start(day, unit)
        last = bucket_end(first, unit)
        return float(first if day - first < last - day else last)

    def step(self, day: float, units: int) -> float:
        """``units`` further along, at an edge of a unit."""
        day = self.snap(day)
        unit = self.unit()
        if unit == Grain.HOUR:
            return day + units / 24
        for _ in range(abs(units)):
            day = float(bucket_end(int(day), unit) if units > 0 else bucket_start(day - 0.5, unit))
        return day

    def ticks(self, label_width: float = 84.0) -> list[Tick]:
        """Labels for the view, at least ``label_width`` pixels apart, the first naming what it stands in."""
        room = label_width * self.days_per_pixel
        for hours in HOURS:
            if room <= hours / 24:
                return _hours(self.start, self.end, hours)
        for count in DAYS:
            if room <= count:
                return _days(self.start, self.end, count)
        if room <= 7:
            return _weeks(self.start, self.end)
        for months in (1, 3, 6):
            if room <= months * 30.4:
                return _months(self.start, self.end, months)
        step = next((years for years in YEARS if room <= years * 365.2), YEARS[-1])
        return _years(self.start, self.end, step)


def _hours(start: float, end: float, step: int) -> list[Tick]:
    first = moment(start).replace(minute=0, second=0)
    first -= timedelta(hours=first.hour % step)
    made: list[Tick] = []
    while (day := _number(first)) < end - MINUTE / 2:
        if day >= start - MINUTE / 2:
            midnight = first.hour == 0
            made.append(Tick(day, _day_name(first.date()) if midnight else f"{first:%H:%M}", midnight))
        first += timedelta(hours=step)
    if made and not any(tick.major for tick in made):
        made[0] = Tick(made[0].day, f"{_day_name(moment(made[0].day).date())}, {made[0].label}", major=True)
    return made


def _days(start: float, end: float, step: int) -> list[Tick]:
    made: list[Tick] = []
    for ordinal in range(floor(start), floor(end) + 1):
        day = date.fromordinal(ordinal)
        if start <= ordinal < end and (ordinal % step == 0):
            new = not made or day.day <= step
            made.append(Tick(float(ordinal), _day_name(day) if new else f"{day:%a} {day.day}", new))
    return _with_year(made)


def _weeks(start: float, end: float) -> list[Tick]:
    made: list[Tick] = []
    ordinal = bucket_start(start, Grain.WEEK)
    while ordinal < end:
        if ordinal >= start:
            day = date.fromordinal(ordinal)
            made.append(Tick(float(ordinal), f"{day.day} {MONTHS[day.month - 1][:3]}", day.day <= 7))
        ordinal += 7
    return _with_year(made)


def _months(start: float, end: float, step: int) -> list[Tick]:
    made: list[Tick] = []
    ordinal = bucket_start(start, Grain.MONTH)
    while ordinal < end:
        day = date.fromordinal(ordinal)
        if ordinal >= start - 1 and (day.month - 1) % step == 0:
            january = day.month == 1
            name = MONTHS[day.month - 1]
            made.append(Tick(float(ordinal), f"{name} {day.year}" if january and step == 1 else name, january))
        ordinal = bucket_end(ordinal, Grain.MONTH)
    if step > 1:
        made = [Tick(tick.day, str(moment(tick.day).year) if tick.major else tick.label, tick.major) for tick in made]
    return _with_year(made)


def _years(start: float, end: float, step: int) -> list[Tick]:
    first = moment(start).year
    years = range(first - first % step, moment(end).year + 1, step)
    return [
        Tick(day, str(year), year % (step * 5) == 0)
        for year in years
        if year > 0 and start <= (day := float(date(year, 1, 1).toordinal())) < end
    ]


def _with_year(ticks: list[Tick]) -> list[Tick]:
    """The first label says its year too, unless a later one makes it plain."""
    if ticks and not any(str(moment(tick.day).year) in tick.label for tick in ticks):
        ticks[0] = Tick(ticks[0].day, f"{ticks[0].label} {moment(ticks[0].day).year}", ticks[0].major)
    return ticks


def _number(when: datetime) -> float:
    return when.toordinal() + when.hour / 24


def _day_name(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def stretch_edtf(start: float, end: float) -> str:
    """The stretch ``[start, end)`` as EDTF, in its shortest form: ``2025``, ``2025-12``, ``2025-12-02/2025-12-12``."""
    first, last = moment(start), moment(end)
    if (first.hour, first.minute, last.hour, last.minute) != (0, 0, 0, 0):
        return f"{first:%Y-%m-%dT%H:%M}/{last:%Y-%m-%dT%H:%M}"
    a, b = first.date(), last.date() - timedelta(days=1)
    if _is_bucket(start, end, Grain.YEAR):
        return f"{a.year:04}"
    if _is_bucket(start, end, Grain.QUARTER):
        return f"{a.year:04}-{33 + (a.month - 1) // 3}"
    if _is_bucket(start, end, Grain.MONTH):
        return f"{a.year:04}-{a.month:02}"
    return a.isoformat() if a == b else f"{a.isoformat()}/{b.isoformat()}"


def stretch_name(start: float, end: float) -> str:
    """The stretch in words: ``2–12 December 2025``, ``Q4 2025``, ``2025``."""
    return describe(stretch_edtf(start, end))


def _is_bucket(start: float, end: float, grain: Grain) -> bool:
    return bucket_start(start, grain) == start and bucket_end(int(start), grain) == end
