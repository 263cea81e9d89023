"""Series arithmetic: stretches of a series, their totals, and ratios from their totals.

Refuses to invent numbers. A point that an edge of a stretch cuts is left out (and counted), not divided by length; the
mean of ratios is never given as the ratio of a stretch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from desktop_app.model.metrics import Point
from desktop_app.model.samples import days, total_of

Stretch = tuple[str, str]
"""Two ISO 8601 dates or local date-times, the end exclusive; an empty text leaves that side open."""


@dataclass(frozen=True, slots=True)
class Clipped:
    """The points that lie wholly inside a stretch; ``cut`` counts those that an edge goes through."""

    points: tuple[Point, ...]
    cut: int = 0


def clip(points: Iterable[Point], start: str = "", end: str = "") -> Clipped:
    """Points of ``[start, end)``; an empty bound is open.

    A point belongs to the stretch only if the whole of ``[point.start, point.end)`` does: a week that the stretch cuts
    in the middle says nothing about its half.
    """
    low = days(start) if start else -inf
    high = days(end) if end else inf
    inside: list[Point] = []
    cut = 0
    for point in points:
        first, last = days(point.start), days(point.end)
        if low <= first and last <= high:
            inside.append(point)
        elif first < high and last > low:
            cut += 1
    return Clipped(tuple(inside), cut)


def total(points: Iterable[Point], additive: bool) -> float | None:
    """The sum where values may be summed over time, else their plain mean; ``None`` without points."""
    return total_of([point.value for point in points], additive)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio beside the totals it divides. ``value`` is ``None`` where the denominator is missing or zero.

    ``matched``: both totals cover exactly the same stretches of time, so that dividing them is fair.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    matched: bool


def ratio_over(numerator: Sequence[Point], denominator: Sequence[Point]) -> Ratio:
    """The ratio of two additive series, recomputed from the totals of the points given."""
    above, below = total(numerator, additive=True), total(denominator, additive=True)
    value = None if above is None or not below else above / below
    covered = {(point.start, point.end) for point in numerator}
    return Ratio(above, below, value, covered == {(point.start, point.end) for point in denominator})
