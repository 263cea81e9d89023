"""The series of the chart: in which order they stand, at which grain they are drawn, what is said beside them.

A ratio stands below the totals that it divides and is recomputed from them at every zoom; one whose totals are not in
the notebook is named and not drawn. Made on a reading thread (it parses every date once); draws nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.model.metrics import Grain, Series
from desktop_app.model.samples import Envelope, Samples, bucketed, bucketed_ratio, grain_for, run_size, total_of


class Role(StrEnum):
    """What a curve is to its neighbours."""

    TOTAL = "total"
    LEVEL = "level"
    RATIO = "ratio"


@dataclass(eq=False, slots=True)
class Curve:
    """One series ready to be drawn. A ratio holds the curves of its totals; without both it has nothing to draw."""

    series: Series
    samples: Samples
    numerator: "Curve | None" = None
    denominator: "Curve | None" = None
    _drawn: dict[Grain, Samples] = field(default_factory=dict)
    _runs: dict[tuple[Grain, int], Envelope] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        if self.series.unit == "ratio" or self.series.numerator or self.series.denominator:
            return Role.RATIO
        return Role.TOTAL if self.series.additive else Role.LEVEL

    @property
    def drawable(self) -> bool:
        return self.role != Role.RATIO or (self.numerator is not None and self.denominator is not None)

    def grain(self, days_per_pixel: float) -> Grain:
        """The grain to draw at, coarse enough that a week's rhythm does not become noise."""
        if self.role == Role.LEVEL:
            return self.series.grain
        if self.numerator and self.denominator:
            own = max(self.numerator.series.grain, self.denominator.series.grain, key=_coarseness)
            return grain_for(own, days_per_pixel)
        return grain_for(self.series.grain, days_per_pixel)

    def at(self, grain: Grain) -> Samples:
        """The samples to draw at a grain, kept for the next frame."""
        if grain not in self._drawn:
            self._drawn[grain] = self._made(grain)
        return self._drawn[grain]

    def _made(self, grain: Grain) -> Samples:
        if self.numerator and self.denominator:
            return bucketed_ratio(self.numerator.samples, self.denominator.samples, grain)
        return self.samples if grain == self.series.grain else bucketed(self.samples, grain)

    def envelope(self, days_per_pixel: float) -> Envelope:
        """What is drawn at a zoom: the samples of its grain in runs of about a pixel."""
        grain = self.grain(days_per_pixel)
        samples = self.at(grain)
        key = grain, run_size(samples, days_per_pixel)
        if key not in self._runs:
            self._runs[key] = Envelope(samples, key[1])
        return self._runs[key]

    def figure(self, start: float, end: float) -> float | None:
        """The series over ``[start, end)``: a sum, a mean of levels, or a ratio recomputed from its two totals."""
        if self.role == Role.RATIO:
            above = self.numerator.figure(start, end) if self.numerator else None
            below = self.denominator.figure(start, end) if self.denominator else None
            return None if above is None or not below else above / below
        return total_of(self.samples.inside(start, end), self.series.additive)


GRAINS = (Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.RANGE)


def _coarseness(grain: Grain) -> int:
    return GRAINS.index(grain)


def wanted_totals(series: Iterable[Series]) -> list[str]:
    """Ids of the totals that ratios among ``series`` divide and that are not among them yet."""
    given = list(series)
    known = {item.id for item in given}
    needed = [part for item in given for part in (item.denominator, item.numerator) if part]
    return [part for part in dict.fromkeys(needed) if part not in known]


def arranged(found: Sequence[Curve]) -> tuple[Curve, ...]:
    """Curves in the order they are drawn: as given, but divided totals stand before the first ratio that needs them."""
    made = {curve.series.id: curve for curve in found}
    for curve in made.values():
        curve.numerator = made.get(curve.series.numerator or "")
        curve.denominator = made.get(curve.series.denominator or "")
    ordered: dict[str, Curve] = {}
    for curve in made.values():
        for part in (curve.denominator, curve.numerator, curve):
            if part is not None:
                ordered.setdefault(part.series.id, part)
    return tuple(ordered.values())


def fitting(ordered: Sequence[Curve], room: int) -> list[Curve]:
    """As many curves as ``room`` rows hold, from the top; a ratio is left out where one of its totals would be."""
    kept: list[Curve] = []
    for curve in ordered[:room]:
        parts = [part for part in (curve.numerator, curve.denominator) if part is not None]
        if all(part in kept for part in parts):
            kept.append(curve)
    return kept


def neighbours(ordered: Sequence[Curve]) -> Mapping[str, bool]:
    """For each ratio's id, whether it stands right below its two totals, so that the label may say "the two above"."""
    ids = [curve.series.id for curve in ordered]
    found = {}
    for place, curve in enumerate(ordered):
        if curve.numerator and curve.denominator:
            found[curve.series.id] = {curve.series.numerator, curve.series.denominator} == set(
                ids[max(place - 2, 0) : place]
            )
    return found
