"""Places of a series: where it changed beyond its own usual swing. A place to ask, never a finding."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """A ``shift`` is a new level that held; a ``spike`` is a point, or a few, that the series came back from."""

    SHIFT = "shift"
    SPIKE = "spike"


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a series; texts are ISO 8601 as in its points, values in its unit.

    ``at`` is where the first point of the new level starts, or the point of a spike that stands out most.
    ``[start, end)`` is the stretch in which a reason is looked for. ``before`` and ``after`` are the median levels on
    both sides of a shift; of a spike the level around it and its value. ``swing`` is how far a point of the series
    usually lies from its level, as a standard deviation; ``size`` is ``|after - before| / swing``.
    """

    kind: PlaceKind
    at: str
    start: str
    end: str
    before: float
    after: float
    swing: float
    size: float
