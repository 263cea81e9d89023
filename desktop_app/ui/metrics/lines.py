"""A series as arrays to draw: a point stands at the middle of its stretch, and the line breaks where one is missing.

Seen from afar a series that adds up is drawn by longer stretches (weeks, months), so that the line stays readable.
numpy is imported where it is needed, off the window's thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.samples import BUCKETS, LENGTHS, Samples, bucketed, bucketed_ratio

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

MOST_GATHERED = 100_000
"""Points above which nothing is gathered: so many are thinned out while drawing."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Points in order of time, in days. ``x`` and ``y`` are what is drawn, with a gap as NaN; ``sums`` adds up the
    values before each position."""

    starts: "Numbers"
    ends: "Numbers"
    values: "Numbers"
    x: "Numbers"
    y: "Numbers"
    sums: "Numbers"

    def __len__(self) -> int:
        return len(self.values)

    def inside(self, start: float, end: float) -> slice:
        """The points that lie wholly in ``[start, end)``; points do not overlap."""
        first = int(self.starts.searchsorted(start - 1e-9))
        last = int(self.ends.searchsorted(end + 1e-9, side="right"))
        return slice(first, max(first, last))

    def total(self, start: float, end: float) -> float | None:
        """The sum of the points in ``[start, end)``; ``None`` without any."""
        part = self.inside(start, end)
        return float(self.sums[part.stop] - self.sums[part.start]) if part.stop > part.start else None

    def reach(self, start: float, end: float) -> tuple[float, float] | None:
        """The least and the largest value seen in a stretch."""
        first, last = int(self.ends.searchsorted(start)), int(self.starts.searchsorted(end, side="right"))
        part = self.values[first:last]
        return (float(part.min()), float(part.max())) if len(part) else None

    def nearest(self, day: float) -> int | None:
        """The position of the point whose middle is nearest to a day."""
        if not len(self):
            return None
        at = int(self.starts.searchsorted(day, side="right")) - 1
        near = [here for here in (at - 1, at, at + 1) if 0 <= here < len(self)]
        return min(near, key=lambda here: abs((self.starts[here] + self.ends[here]) / 2 - day))


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A series at its own grain, and gathered by coarser ones where that is fair."""

    own: Line
    gathered: Mapping[Grain, Line] = field(default_factory=dict)

    def at(self, grain: Grain) -> Line:
        return self.gathered.get(grain, self.own)


def line_of(samples: Samples) -> Line:
    """Points as arrays."""
    import numpy as np

    starts, ends, values = (np.array(part, dtype=float) for part in (samples.starts, samples.ends, samples.values))
    middles = (starts + ends) / 2
    gaps = np.flatnonzero(starts[1:] > ends[:-1] + 1e-6) + 1
    x = np.insert(middles, gaps, middles[gaps])
    y = np.insert(values, gaps, np.nan)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return Line(starts, ends, values, x, y, sums)


def drawn_of(series: Series, points: Sequence[Point], totals: Sequence[Sequence[Point]] = ()) -> Drawn:
    """How a series is drawn; ``totals`` are the points of a ratio's denominator and numerator."""
    samples = Samples.of(points)
    own = line_of(samples)
    if len(samples) > MOST_GATHERED or series.grain not in LENGTHS:
        return Drawn(own)
    coarser = [grain for grain in BUCKETS if LENGTHS[grain] > LENGTHS[series.grain]]
    if totals:
        below, above = (Samples.of(part) for part in totals)
        return Drawn(own, _whole({grain: bucketed_ratio(above, below, grain) for grain in coarser}))
    if series.additive:
        return Drawn(own, _whole({grain: bucketed(samples, grain) for grain in coarser}))
    return Drawn(own)


def _whole(gathered: Mapping[Grain, Samples]) -> dict[Grain, Line]:
    """Without those that would leave nothing to see."""
    return {grain: line_of(samples) for grain, samples in gathered.items() if len(samples) > 1}
