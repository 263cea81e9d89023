"""Points as charts are drawn of them: time as a number, flat arrays, calendar buckets, one column a pixel.

Pure arithmetic that a widget may do at every zoom. What a stretch *says* (its total, its ratio) is the series lens's to
work out, which the services ask.

Time is counted in *days*: a float, the proleptic Gregorian ordinal (``date.toordinal()``) plus the part of the day, in
the local time the points were stated in. Stretches are half-open, ``[start, end)``.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import floor, fsum, inf

from desktop_app.model.metrics import Grain, Point

LENGTHS = {
    Grain.HOUR: 1 / 24,
    Grain.DAY: 1.0,
    Grain.WEEK: 7.0,
    Grain.MONTH: 30.4369,
    Grain.QUARTER: 91.3106,
    Grain.YEAR: 365.2425,
}
"""Mean length of a grain in days, finest first. ``range`` has none."""

BUCKETS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


# --- time as a number -----------------------------------------------------------------------------------------------


def days(iso: str) -> float:
    """An ISO 8601 date or date-time as days; ``T24:00`` ends a day. Raises ``ValueError`` for text that is neither."""
    if len(iso) == 10:
        return float(date.fromisoformat(iso).toordinal())
    if iso.endswith("T24:00"):
        return date.fromisoformat(iso[:10]).toordinal() + 1.0
    moment = datetime.fromisoformat(iso).replace(tzinfo=None)
    since = moment - datetime.combine(moment.date(), time())
    return moment.toordinal() + since.total_seconds() / 86_400


def moment(number: float) -> datetime:
    """The local date-time of a day number, held inside the years 1 to 9999."""
    number = min(max(number, 1.0), 3_652_059.0)
    whole = floor(number)
    return datetime.combine(date.fromordinal(whole), time()) + timedelta(seconds=round((number - whole) * 86_400))


def iso(number: float) -> str:
    """A day number as an ISO date, or as ``YYYY-MM-DDTHH:MM`` where it is not midnight."""
    when = moment(number)
    return when.date().isoformat() if (when.hour, when.minute) == (0, 0) else when.strftime("%Y-%m-%dT%H:%M")


def total_of(values: Sequence[float], additive: bool) -> float | None:
    """The sum or the plain mean of values; ``None`` without any, and where no number is great enough for their sum."""
    if not values:
        return None
    try:
        whole = fsum(values)
    except OverflowError:
        return None
    return whole if additive else whole / len(values)


# --- points for drawing ---------------------------------------------------------------------------------------------


class Samples:
    """Points as three flat arrays in order of time: ``starts`` and ``ends`` in days, ``values``.

    Made once per series, so that drawing and zooming never parse a date. Points that overlap are kept as they are.
    """

    __slots__ = ("ends", "starts", "values")

    def __init__(self, rows: Iterable[tuple[float, float, float]] = ()) -> None:
        ordered = sorted(rows)
        self.starts = array("d", (row[0] for row in ordered))
        self.ends = array("d", (row[1] for row in ordered))
        self.values = array("d", (row[2] for row in ordered))

    @classmethod
    def of(cls, points: Iterable[Point]) -> "Samples":
        return cls((days(point.start), days(point.end), point.value) for point in points)

    def __len__(self) -> int:
        return len(self.values)

    def rows(self) -> Iterable[tuple[float, float, float]]:
        return zip(self.starts, self.ends, self.values, strict=True)

    def inside(self, start: float, end: float) -> list[float]:
        """Values of the points that lie wholly in ``[start, end)``: the rule of :func:`clip`, without parsing dates."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [self.values[index] for index in range(first, last) if self.ends[index] <= end]

    def at(self, when: float) -> int | None:
        """Index of the newest point that covers ``when``, or ``None`` in a gap."""
        index = bisect_right(self.starts, when) - 1
        return index if index >= 0 and when < self.ends[index] else None


def bucket_start(number: float, grain: Grain) -> int:
    """The first day (as an ordinal) of the calendar bucket that holds a day; weeks begin on Monday."""
    ordinal = floor(number)
    if grain == Grain.DAY:
        return ordinal
    if grain == Grain.WEEK:
        return ordinal - (ordinal - 1) % 7
    day = date.fromordinal(ordinal)
    if grain == Grain.MONTH:
        return day.replace(day=1).toordinal()
    if grain == Grain.QUARTER:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1).toordinal()
    return date(day.year, 1, 1).toordinal()


_LAST = date.max.toordinal()


def bucket_end(start: int, grain: Grain) -> int:
    """The first day after the bucket that begins at ``start``."""
    if grain == Grain.DAY:
        return start + 1
    if grain == Grain.WEEK:
        return start + 7
    step = {Grain.MONTH: 31, Grain.QUARTER: 100}.get(grain, 370)
    return bucket_start(start + step, grain) if start + step <= _LAST else _LAST + 1


def grain_for(own: Grain, days_per_pixel: float, pixels: float = 5.0) -> Grain:
    """The finest grain, not finer than the series' own, whose buckets are at least ``pixels`` wide."""
    if own not in LENGTHS:
        return own
    for grain in (own, *BUCKETS):
        if LENGTHS[grain] >= LENGTHS[own] and LENGTHS[grain] >= pixels * days_per_pixel:
            return grain
    return Grain.YEAR


def bucketed(samples: Samples, grain: Grain) -> Samples:
    """Sums of an additive series per calendar bucket; only buckets that are wholly covered are kept.

    A first or last bucket of which some days are missing would look like a fall that never happened.
    """
    sums: dict[int, list[float]] = {}
    covered: dict[int, float] = {}
    for start, end, value in samples.rows():
        key = bucket_start(start, grain)
        if end > bucket_end(key, grain):
            continue  # longer than a bucket, or across its edge: it cannot be divided
        sums.setdefault(key, []).append(value)
        covered[key] = covered.get(key, 0.0) + end - start
    whole = (key for key in sums if covered[key] >= bucket_end(key, grain) - key - 1e-6)
    summed = ((key, total_of(sums[key], additive=True)) for key in whole)
    return Samples((float(key), float(bucket_end(key, grain)), value) for key, value in summed if value is not None)


def bucketed_ratio(numerator: Samples, denominator: Samples, grain: Grain) -> Samples:
    """A ratio per calendar bucket, recomputed from both totals of the bucket; buckets without a divisor are gaps."""
    above, below = bucketed(numerator, grain), bucketed(denominator, grain)
    divisors = dict(zip(below.starts, below.values, strict=True))
    return Samples((start, end, value / divisors[start]) for start, end, value in above.rows() if divisors.get(start))


class Envelope:
    """Samples in runs of ``size`` points: the stretch of each run, its first, lowest, highest and last value.

    Made once per zoom, it lets a series of many points be drawn at the cost of its pixels. ``longest`` is the longest
    run in days.
    """

    __slots__ = ("ends", "first", "high", "last", "longest", "low", "starts")

    def __init__(self, samples: Samples, size: int = 1) -> None:
        count = len(samples)
        runs = [(at, min(at + size, count)) for at in range(0, count, size)]
        values = samples.values
        self.starts = samples.starts[::size]
        self.ends = array("d", (samples.ends[stop - 1] for _, stop in runs))
        self.first = values[::size]
        self.last = array("d", (values[stop - 1] for _, stop in runs))
        self.low = values[:] if size == 1 else array("d", (min(values[at:stop]) for at, stop in runs))
        self.high = values[:] if size == 1 else array("d", (max(values[at:stop]) for at, stop in runs))
        self.longest = max((end - start for start, end in zip(self.starts, self.ends, strict=True)), default=0.0)

    def between(self, start: float, end: float) -> range:
        """Indices of the runs in view, with one neighbour on each side so that a line runs to the edges."""
        first = bisect_left(self.starts, start)
        last = bisect_right(self.starts, end)
        return range(max(first - 1, 0), min(last + 1, len(self.starts)))

    def bounds(self, start: float, end: float) -> tuple[float, float] | None:
        """The lowest and the highest value in view, or ``None`` without points."""
        seen = self.between(start, end)
        if not seen:
            return None
        return min(self.low[seen.start : seen.stop]), max(self.high[seen.start : seen.stop])


def run_size(samples: Samples, days_per_pixel: float) -> int:
    """How many points make a run, a power of two, so that a pixel holds about one run."""
    if len(samples) < 2:
        return 1
    step = (samples.ends[-1] - samples.starts[0]) / len(samples)
    per_pixel = int(days_per_pixel / step) if step > 0 else 1
    return 1 << (per_pixel.bit_length() - 1) if per_pixel > 1 else 1


def columns(envelope: Envelope, to_pixel: Callable[[float], float], start: float, end: float) -> list[list[float]]:
    """Rows ``[pixel, first, low, high, last]`` for the runs in view, one per pixel column that holds any.

    A run stands at the middle of its stretch. Drawing first, low, high and last of a column in turn shows every peak of
    a series with far more points than pixels.
    """
    made: list[list[float]] = []
    column = -inf
    for index in envelope.between(start, end):
        pixel = to_pixel((envelope.starts[index] + envelope.ends[index]) / 2)
        low, high, last = envelope.low[index], envelope.high[index], envelope.last[index]
        if made and floor(pixel) == column:
            row = made[-1]
            row[2], row[3], row[4] = min(row[2], low), max(row[3], high), last
        else:
            column = floor(pixel)
            made.append([pixel, envelope.first[index], low, high, last])
    return made
