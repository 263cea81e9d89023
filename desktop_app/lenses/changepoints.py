"""Places where a series changed beyond its own usual swing: level shifts and single spikes.

In order:

1. *Rounds* are taken out: where a series has four whole rounds of the calendar (hours of a day or a week, days of a
   week, months or quarters of a year), each value is compared with the median of the same hour, weekday or month
   around that time.
2. The *usual swing* is the standard deviation of a point from its level, estimated from the differences of neighbours,
   which neither a shift nor a trend spoils; differences of more than three deviations count as three. How much a point
   resembles the one before it (a first-order autoregression) comes from the ratio of the differences over two steps
   to those over one, after Chakar, Lebarbier, Lévy-Leduc and Robin (2017), "A robust approach for estimating
   change-points in the mean of an AR(1) process", Bernoulli 23(2); what could be chance counts as none.
3. A *spike* is a run of at most three points further than five swings from the running median of seven.
4. *Shifts* are proposed by PELT (Killick, Fearnhead and Eckley 2012, JASA 107) on the sum of squares: ``KernelCPD``
   with the linear kernel of ruptures (Truong, Oudre and Vayatis 2020, Signal Processing 167). A change costs
   ``3 σ² (1 + φ) / (1 - φ) log n``. The Schwarz criterion for a known σ asks ``2 σ² log n`` (Yao 1988, Statistics &
   Probability Letters 6); the third keeps white noise quiet. ``(1 + φ) / (1 - φ)`` is how much more the mean of
   points that resemble each other varies than that of independent ones.
5. A proposed shift must be a *jump*, so that a slow trend or a season gives no cascade of steps. A step and one common
   slope are fitted to the points around it, as in tests for a jump in a smooth curve (Müller 1992, Annals of
   Statistics 20). Its step is beyond 3.5 standard errors, or a step alone explains clearly more than a slope alone.
   The proposal that is least certain goes first and its neighbours are looked at again, until all that are left are
   certain. Jumps in one direction within ``REACH`` are one shift that took a while.
6. A shift is a *place* if the medians before and after differ by two swings or more.

Refuses to say why, or whether anything caused it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, log, sqrt
from typing import TYPE_CHECKING

from desktop_app.model.metrics import Grain, Point
from desktop_app.model.places import Place, PlaceKind
from desktop_app.model.samples import days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

REACH = {Grain.HOUR: 24, Grain.DAY: 7, Grain.WEEK: 4, Grain.MONTH: 2, Grain.QUARTER: 1, Grain.YEAR: 1}
"""How many points before and after a place a reason is looked for; grains that are not here have no places."""
WINDOW = {Grain.HOUR: 168, Grain.DAY: 28, Grain.WEEK: 13, Grain.MONTH: 12, Grain.QUARTER: 8, Grain.YEAR: 8}
"""How many points, at most, the level on each side of a shift is the median of."""
ROUNDS = 4
"""Whole rounds of the calendar that a profile takes."""
SAME = 13
"""Rounds around a point that its hour, weekday or month is compared with: of weekdays a quarter of a year."""
HELD = 4
"""Points a new level must have held; fewer are a spike."""
AROUND = 2 * HELD - 1
"""Points of the running median that a spike stands out from: a run of ``HELD - 1`` cannot carry it."""
FEWEST = 2 * HELD
STANDS_OUT = 5.0
"""Swings by which a spike lies from the level around it."""
SHIFTED = 2.0
"""Swings between the levels before and after a shift."""
SURE = 3.5
"""Standard errors of a step beside a slope."""
ALONE = 2.0
"""The least root, in standard errors, of what a step alone explains beyond what a slope alone does."""
COST = 3.0
"""What a proposed change costs, in squared standard errors, for each unit of ``log n``."""
MEMORY = 0.9
"""The most a point is taken to resemble the one before; beyond lies a random walk, which has no level."""
DUST = 1e-9
"""Differences below this share of the largest value are rounding."""
RUN = 1000
"""Points that are segmented at once: PELT takes the square of their number where nothing changes."""


def places(points: Sequence[Point], grain: Grain) -> tuple[Place, ...]:
    """The places of a series, in order of time; ``points`` are in order of time, gaps allowed.

    Values that are not finite are gaps. Fewer than eight points, a constant series, and a grain without a ``REACH``
    have none. The same points always give the same places.
    """
    kept = [point for point in points if isfinite(point.value)]
    if grain not in REACH or len(kept) < FEWEST:
        return ()
    import numpy as np

    raw = np.array([point.value for point in kept], dtype=float)
    unit = float(np.abs(raw).max())
    if unit == 0:
        return ()
    series = _prepared(raw / unit, kept, grain)
    if series is None:
        return ()
    shifts = list(_shifts(series))
    found = [*shifts, *_spikes(series, [change.at for change in shifts])]
    found.sort(key=lambda change: change.at)
    return tuple(_place(change, kept, series, unit) for change in found)


_Step = tuple[int, float, float, float]
"""A jump: its index, how certain it is, and the levels before and after."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A place by the index of its point, in the units of :class:`_Prepared`."""

    kind: PlaceKind
    at: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A series of which the largest value is 1.

    ``calm``: without its rounds. ``smooth``: the running median of that. ``memory``: φ. ``rounds``: points of a round,
    1 where none was taken out.
    """

    values: "Values"
    calm: "Values"
    smooth: "Values"
    swing: float
    memory: float
    rounds: int
    reach: int
    window: int

    def swing_at(self, at: int) -> float:
        """The usual swing, or that of the points around, where the series swings more than elsewhere."""
        near = self.calm[max(at - self.window, 0) : at + self.window]
        return max(self.swing, _swing(near)[0])

    @property
    def wander(self) -> float:
        """By how much the standard error of a mean is larger than of independent points."""
        return sqrt((1 + self.memory) / (1 - self.memory))


def _prepared(values: "Values", points: Sequence[Point], grain: Grain) -> _Prepared | None:
    slots, rounds = _slots(points, grain)
    calm = values - _profile(values, slots, rounds) if rounds > 1 else values
    if calm.max() - calm.min() <= DUST:
        return None
    swing, memory = _swing(calm)
    if rounds > 1:  # a value is part of the median that was taken from it
        swing /= sqrt(1 - 1 / min(SAME, len(values) / rounds))
    return _Prepared(values, calm, _running_median(calm, AROUND), swing, memory, rounds, REACH[grain], WINDOW[grain])


def _place(change: _Change, points: Sequence[Point], series: _Prepared, unit: float) -> Place:
    return Place(
        kind=change.kind,
        at=points[change.at].start,
        start=points[max(change.at - series.reach, 0)].start,
        end=points[min(change.at + series.reach, len(points) - 1)].end,
        before=change.before * unit,
        after=change.after * unit,
        swing=series.swing * unit,
        size=abs(change.after - change.before) / series.swing,
    )


# --- what is usual ---------------------------------------------------------------------------------------------------


def _slots(points: Sequence[Point], grain: Grain) -> tuple[list[int], int]:
    """Where in its round each point lies, and how many points a round has; ``1`` where there are too few rounds."""
    count = len(points)
    if grain == Grain.HOUR and count >= ROUNDS * 24:
        week = 168 if count >= ROUNDS * 168 else 24
        return [round(days(point.start) * 24) % week for point in points], week
    if grain == Grain.DAY and count >= ROUNDS * 7:
        return [int(days(point.start)) % 7 for point in points], 7
    if grain in (Grain.MONTH, Grain.QUARTER):
        year = 12 if grain == Grain.MONTH else 4
        if count >= ROUNDS * year:
            return [(int(point.start[5:7]) - 1) * year // 12 for point in points], year
    return [], 1


def _profile(values: "Values", slots: Sequence[int], rounds: int) -> "Values":
    """How far each point usually lies from its round's median: the median of the same slot around that time.

    Medians over time keep an edge where it is, so that neither a shift nor a change of the profile is smeared.
    """
    import numpy as np

    rest = values - _running_median(values, rounds | 1)
    profile = np.zeros_like(values)
    order = np.argsort(np.array(slots), kind="stable")
    edges = np.flatnonzero(np.diff(np.array(slots)[order])) + 1
    for same in np.split(order, edges):
        profile[same] = _running_median(rest[same], SAME) if len(same) > SAME else np.median(rest[same])
    return profile


def _running_median(values: "Values", size: int) -> "Values":
    """The median of the ``size`` (odd) values around each; near an end that of the first or last ``size``."""
    import numpy as np

    size = min(size, (len(values) - 1) | 1)
    middle = np.median(np.lib.stride_tricks.sliding_window_view(values, size), axis=1)
    return np.concatenate([np.full(size // 2, middle[0]), middle, np.full(size // 2, middle[-1])])


def _swing(values: "Values") -> tuple[float, float]:
    """The standard deviation of a point from its level, and how much it resembles the point before (0 to ``MEMORY``).

    Of a first-order autoregression with variance γ, differences over one step have the variance 2γ(1 - φ), over two
    2γ(1 - φ²); so their ratio is 1 + φ.
    """
    import numpy as np

    one, two = np.abs(np.diff(values)), np.abs(values[2:] - values[:-2])
    usual = 1.4826 * float(np.median(one))
    if usual <= DUST:  # more than half of the points are as the one before
        return max(sqrt(float(np.mean(one * one)) / 2), DUST), 0.0
    most = 3 * usual
    first = float(np.mean(np.minimum(one, most) ** 2))
    second = float(np.mean(np.minimum(two, most) ** 2))
    memory = second / first - 1
    memory = min(memory, MEMORY) if memory > 3 / sqrt(len(one)) else 0.0  # what may be chance is none
    return max(sqrt(first / (2 * (1 - memory))), DUST), memory


# --- spikes ----------------------------------------------------------------------------------------------------------


def _spikes(series: _Prepared, shifts: Sequence[int]) -> Iterator[_Change]:
    """Runs of points that stand out to one side, apart from shifts, which are asked about already."""
    away = series.calm - series.smooth
    for first, last in _runs(series):
        at = max(range(first, last + 1), key=lambda index: (abs(away[index]), -index))
        apart = all(abs(at - shift) >= HELD for shift in shifts)
        if apart and abs(away[at]) >= STANDS_OUT * series.swing_at(at):
            value = float(series.values[at])
            yield _Change(PlaceKind.SPIKE, at, value - float(away[at]), value)


def _runs(series: _Prepared) -> Iterator[tuple[int, int]]:
    """First and last index of each run of points that stand out to the same side."""
    import numpy as np

    away = series.calm - series.smooth
    side = np.where(np.abs(away) >= STANDS_OUT * series.swing, np.sign(away), 0)
    edges = [0, *(np.flatnonzero(np.diff(side)) + 1).tolist(), len(side)]
    for first, after in pairwise(edges):
        if side[first]:
            yield first, after - 1


# --- shifts ----------------------------------------------------------------------------------------------------------


def _shifts(series: _Prepared) -> Iterator[_Change]:
    level = series.calm.copy()
    for first, last in _runs(series):
        level[first : last + 1] = series.smooth[first : last + 1]
    jumps = _jumps(level, series)
    bounds = [0, *(at for at, _ in jumps), len(level)]
    steps = [(*jump, *_levels(series, bounds[i : i + 3])) for i, jump in enumerate(jumps)]
    for together in _grouped(steps, series.reach):
        at = max(together, key=lambda step: step[1])[0]
        before, after = together[0][2], together[-1][3]
        if abs(after - before) >= SHIFTED * series.swing:
            yield _Change(PlaceKind.SHIFT, at, before, after)


def _grouped(steps: Sequence[_Step], reach: int) -> Iterator[list[_Step]]:
    """Steps in one direction with less than ``reach`` points between neighbours: one shift that took a while."""
    together: list[_Step] = []
    for step in steps:
        if together:
            last = together[-1]
            if step[0] - last[0] >= reach or (step[3] > step[2]) != (last[3] > last[2]):
                yield together
                together = []
        together.append(step)
    if together:
        yield together


def _levels(series: _Prepared, around: Sequence[int]) -> tuple[float, float]:
    low, at, high = around
    before = _level(series, max(low, at - series.window), at, at_end=True)
    return before, _level(series, at, min(high, at + series.window), at_end=False)


def _level(series: _Prepared, first: int, after: int, *, at_end: bool) -> float:
    """The median of the values of whole rounds next to the shift; of less than a round, of the values without it."""
    import numpy as np

    whole = (after - first) // series.rounds * series.rounds
    if not whole:
        return float(np.median(series.calm[first:after]))
    return float(np.median(series.values[after - whole : after] if at_end else series.values[first : first + whole]))


def _jumps(level: "Values", series: _Prepared) -> list[tuple[int, float]]:
    """The proposed changes that are jumps, by their index, and how certain they are; the least certain goes first."""
    changes = [0, *_proposed(level, series), len(level)]
    sure = [0.0, *(_certainty(level, series, changes[i - 1 : i + 2]) for i in range(1, len(changes) - 1)), 0.0]
    while len(changes) > 2:
        weakest = min(range(1, len(changes) - 1), key=sure.__getitem__)
        if sure[weakest] >= 1:
            break
        del changes[weakest], sure[weakest]
        for i in (weakest - 1, weakest):
            if 0 < i < len(changes) - 1:
                sure[i] = _certainty(level, series, changes[i - 1 : i + 2])
    return list(zip(changes, sure, strict=True))[1:-1]


def _proposed(level: "Values", series: _Prepared) -> list[int]:
    """Where PELT cuts. Long series are cut in overlapping runs, of which the inner halves count."""
    from ruptures.detection import KernelCPD

    count, half = len(level), RUN // 2
    # Centred and in swings, so that the sums of squares keep their digits.
    scaled = ((level - level.mean()) / (series.swing * series.wander)).reshape(-1, 1)
    penalty = COST * log(count)
    found: set[int] = set()
    for first in range(0, max(count - half, 1), half):
        last = min(first + RUN, count)
        cuts = KernelCPD(kernel="linear", min_size=HELD).fit(scaled[first:last]).predict(pen=penalty)
        low = first + half // 2 if first else 0
        high = last - half // 2 if last < count else count
        found.update(first + int(cut) for cut in cuts[:-1] if low <= first + int(cut) < high)
    return sorted(found)


def _certainty(level: "Values", series: _Prepared, around: Sequence[int]) -> float:
    """The step at a change in standard errors: beside one slope common to both sides, or against that slope alone.

    The second is the root of how much better, in squares, a step alone fits than a slope alone; it finds a step in a
    short flat series, where beside a slope nothing is certain.
    """
    at = around[1]
    beside, _, _ = _fits(level, around, series.window)
    _, step, slope = _fits(level, around, 2 * series.window)
    error = series.swing_at(at) * series.wander
    return max(sqrt(beside) / SURE, sqrt(max(step - slope, 0.0)) / ALONE) / error


def _fits(level: "Values", around: Sequence[int], window: int) -> tuple[float, float, float]:
    """The squares that a step explains beside a slope, that a step explains alone, and that a slope explains alone."""
    import numpy as np

    low, at, high = around
    low, high = max(low, at - window), min(high, at + window)
    near = level[low:high] - level[low:high].mean()
    slope = np.arange(low, high, dtype=float) - (low + high - 1) / 2
    step = np.where(np.arange(low, high) >= at, 1.0, 0.0)
    step -= step.mean()
    beside = step - slope * float(step @ slope) / float(slope @ slope)

    def explained(by: "Values") -> float:
        return float(by @ near) ** 2 / float(by @ by)

    return explained(beside), explained(step), explained(slope)
