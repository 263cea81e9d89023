"""A series as arrays to draw: a point stands at the middle of its stretch, and the line breaks where one is missing.

numpy is imported where it is needed, off the window's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.lenses.series import days
from desktop_app.model.metrics import Point

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]


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

    def nearest(self, day: float) -> int | None:
        """The position of the point nearest to a day."""
        if not len(self):
            return None
        middles = (self.starts + self.ends) / 2 if len(self) < 3 else None
        at = int(self.starts.searchsorted(day, side="right")) - 1
        near = [here for here in (at - 1, at, at + 1) if 0 <= here < len(self)]
        if middles is not None:
            near = list(range(len(self)))
        return min(near, key=lambda here: abs((self.starts[here] + self.ends[here]) / 2 - day))


def line_of(points: Sequence[Point]) -> Line:
    """Points (oldest first) as arrays."""
    import numpy as np

    starts = np.fromiter((days(point.start) for point in points), float, len(points))
    ends = np.fromiter((days(point.end) for point in points), float, len(points))
    values = np.fromiter((point.value for point in points), float, len(points))
    middles = (starts + ends) / 2
    gaps = np.flatnonzero(starts[1:] > ends[:-1] + 1e-6) + 1
    x = np.insert(middles, gaps, middles[gaps] if len(gaps) else [])
    y = np.insert(values, gaps, np.nan)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return Line(starts, ends, values, x, y, sums)
