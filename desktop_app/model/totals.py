"""What the lens of totals shows: ratios with the totals that they divide, and options of a decision by total and by
ratio."""

from dataclasses import dataclass

from desktop_app.model.facts import Figure, Scope
from desktop_app.model.metrics import Grain
from desktop_app.model.numbers import figure, plain


@dataclass(frozen=True, slots=True)
class Total:
    """An additive series over a stretch: the sum of its ``points`` that lie wholly inside (``None`` without any);
    ``cut`` counts those that an edge of the stretch goes through, which are left out."""

    series: str
    name: str
    unit: str
    value: float | None
    points: int
    cut: int


@dataclass(frozen=True, slots=True)
class RatioPoint:
    """A ratio and its totals over ``[start, end)``, which is a stretch of time that at least one of them states."""

    start: str
    end: str
    numerator: float | None
    denominator: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class RatioOver:
    """A ratio over a stretch: ``value`` is its numerator's total divided by its denominator's, never a mean of ratios.

    ``series`` is empty for one made up on the spot. Where its totals are not known, both are ``None`` and so is
    ``value``, which is also ``None`` where there is nothing to divide by. ``matched``: both totals cover the same
    stretches of time. ``unit`` is how the value reads (see :func:`desktop_app.model.numbers.figure`), empty for a bare
    number. ``entries`` are those that pin the ratio or one of its totals, or are linked to them, within the stretch.
    """

    series: str
    name: str
    source: str
    unit: str
    grain: Grain
    numerator: Total | None
    denominator: Total | None
    value: float | None
    matched: bool
    points: tuple[RatioPoint, ...]
    entries: Figure

    @property
    def known(self) -> bool:
        return self.numerator is not None and self.denominator is not None

    @property
    def cut(self) -> int:
        """How many points of both totals were left out, cut by an edge of the stretch."""
        return sum(total.cut for total in (self.numerator, self.denominator) if total is not None)


@dataclass(frozen=True, slots=True)
class AmountSeen:
    """One total of an option. Of a stretch ``[start, end)`` of a series there are its ``series`` and ``name``, what it
    sums to ``now``, and the entries behind it; ``value`` is what it summed to when it was taken.

    ``is_total`` is false for a stretch of a series whose values do not add up: then there is no value.
    """

    value: float | None
    unit: str
    series: str = ""
    name: str = ""
    start: str = ""
    end: str = ""
    now: float | None = None
    is_total: bool = True
    entries: Figure | None = None


@dataclass(frozen=True, slots=True)
class OptionSeen:
    """An option: ``net`` is gained − spent, ``ratio`` gained / spent, ``returned`` net / spent.

    All three are ``None`` where an amount is missing or the two ``units_differ``, the last two also where nothing was
    spent to divide by (0 or less). ``unit`` is that of both amounts.
    """

    name: str
    gained: AmountSeen | None
    spent: AmountSeen | None
    unit: str
    net: float | None
    ratio: float | None
    returned: float | None
    units_differ: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Options in the order they were given. ``question`` is the id of the question they belong to, or empty.

    ``units_differ``: their amounts are not in one unit, so that they are not compared. ``crossing`` names two options
    of which the first brings more by total and the second by ratio; ``None`` where both orders agree.
    """

    question: str
    text: str
    options: tuple[OptionSeen, ...]
    units_differ: bool = False
    crossing: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Ratios over ``[start, end)`` (ISO dates, empty: open), and the options of a decision, where there are any.

    ``scope`` is the query that narrows the entries behind the figures; it leaves the figures alone.
    """

    scope: Scope
    start: str
    end: str
    ratios: tuple[RatioOver, ...]
    comparison: Comparison


def ratio_figure(value: float | None, unit: str) -> str:
    """A ratio as it reads: in its unit, a bare number with three digits that mean something."""
    if value is None or unit:
        return figure(value, unit)
    return plain(value, 0 if abs(value) >= 100 else 2 if abs(value) >= 0.1 else 4)
