"""The coefficients of agreement, from how often each combination of values was given.

Nothing here knows texts or codes: a :data:`Table` says how many units got which values from which coder. Values are
small integers; 0 stands for "no code".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import fsum

Values = tuple[int | None, ...]
"""The value that each coder gave a unit, in one order of the coders; ``None`` where a coder gave none."""

Table = Counter[Values]
"""How many units got these values."""

Tallies = Counter[tuple[int, ...]]
"""How many units got these values, whoever gave them: the values of a unit in rising order."""

NO_CODE = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What units add to Krippendorff's α: see :func:`alpha`. They add up, over units and over documents.

    ``disagreement`` is the sum of the coincidences o_ck off the diagonal, ``values`` the marginals n_c, ``correction``
    what the expectation is corrected by because no value is paired with itself: the number of values, and for the
    units of a continuum the sum of their squared lengths.
    """

    disagreement: float
    values: Mapping[int, float]
    correction: float


def tallied(table: Table) -> Tallies:
    """The same units without who said what."""
    tallies: Tallies = Counter()
    for values, units in table.items():
        tallies[tuple(sorted(value for value in values if value is not None))] += units
    return tallies


def of_pair(table: Table, first: int, second: int) -> Table:
    """The units that both coders gave a value, as they see them."""
    pair: Table = Counter()
    for values, units in table.items():
        if values[first] is not None and values[second] is not None:
            pair[values[first], values[second]] += units
    return pair


def pairs(table: Table) -> list[Table]:
    """One table for each pair of coders who have units in common."""
    coders = len(next(iter(table), ()))
    found = (of_pair(table, first, second) for first, second in combinations(range(coders), 2))
    return [pair for pair in found if pair]


def mean(figures: Iterable[float | None]) -> float | None:
    """The mean of those that are defined; the order of the figures does not change the last digit."""
    defined = [figure for figure in figures if figure is not None]
    return fsum(defined) / len(defined) if defined else None


def observed(tallies: Tallies) -> float | None:
    """Observed agreement as a share: for each unit with two values or more, how many pairs of values are equal
    (Fleiss 1971; with missing values Gwet, *Handbook of Inter-Rater Reliability*, 4th ed. 2014, ch. 2)."""
    rated = [(values, units) for values, units in tallies.items() if len(values) > 1]
    total = sum(units for _, units in rated)
    return fsum(units * _equal_pairs(values) for values, units in rated) / total if total else None


@lru_cache(maxsize=4096)
def _times(values: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """How often each value occurs. A comparison asks this of few different units, and of those very often."""
    return tuple(sorted(Counter(values).items()))


def _equal_pairs(values: tuple[int, ...]) -> float:
    count = len(values)
    return sum(times * (times - 1) for _, times in _times(values)) / (count * (count - 1))


def shares(tallies: Tallies) -> list[float]:
    """π_k: how large a part of its values a unit gives to each value, on average over the units."""
    parts: dict[int, list[float]] = {}
    total = 0
    for values, units in tallies.items():
        if not values:
            continue
        total += units
        for value, times in _times(values):
            parts.setdefault(value, []).append(units * times / len(values))
    return [fsum(parts[value]) / total for value in sorted(parts)]


def fleiss_kappa(tallies: Tallies) -> float | None:
    """Fleiss' κ (Psychological Bulletin 76, 1971): P_e = Σ π_k². Of two coders it is Scott's π (1955).

    Where values are missing, as Gwet (2014) extends it. ``None`` where everybody gave one and the same value.
    """
    agreed, parts = observed(tallies), shares(tallies)
    return None if agreed is None or len(parts) < 2 else _corrected(agreed, fsum(part * part for part in parts))


def brennan_prediger(tallies: Tallies, categories: int) -> float | None:
    """Brennan and Prediger (1981), also Bennett's S: P_e = 1/q for ``categories`` = q."""
    agreed = observed(tallies)
    return None if agreed is None or categories < 2 else _corrected(agreed, 1 / categories)


def gwet_ac1(tallies: Tallies, categories: int) -> float | None:
    """Gwet's AC1 (British Journal of Mathematical and Statistical Psychology 61, 2008):
    P_e = Σ π_k (1 − π_k) / (q − 1) for ``categories`` = q."""
    agreed = observed(tallies)
    if agreed is None or categories < 2:
        return None
    return _corrected(agreed, fsum(part * (1 - part) for part in shares(tallies)) / (categories - 1))


def _corrected(agreed: float, expected: float) -> float | None:
    return None if expected >= 1 else (agreed - expected) / (1 - expected)


def cohen_kappa(pair: Table) -> float | None:
    """Cohen's κ of two coders (Educational and Psychological Measurement 20, 1960): P_e = Σ p_1k p_2k.

    ``None`` where P_e is 1: both gave one and the same value throughout.
    """
    first: Counter[int | None] = Counter()
    second: Counter[int | None] = Counter()
    agreed = 0
    for (one, other), units in pair.items():
        first[one] += units
        second[other] += units
        agreed += units if one == other else 0
    total = first.total()
    expected = sum(times * second[value] for value, times in first.items())
    return None if expected == total * total else (total * agreed - expected) / (total * total - expected)


def holsti(pair: Table) -> float | None:
    """Holsti's 2M/(N₁+N₂) (1969): M units to which both gave the same code, N those to which each gave any.

    ``None`` where neither gave any.
    """
    both = sum(units for (one, other), units in pair.items() if one == other != NO_CODE)
    given = sum(units * ((one != NO_CODE) + (other != NO_CODE)) for (one, other), units in pair.items())
    return 2 * both / given if given else None


def sums(tallies: Tallies) -> Sums:
    """What all these units together add to α; those with fewer than two values add nothing."""
    return added([unit_sums(values, units) for values, units in tallies.items() if len(values) > 1])


def unit_sums(values: tuple[int, ...], units: int = 1) -> Sums:
    """What ``units`` units with these values (two or more) add to α: o_ck = Σ_u (number of c–k pairs in u) / (m_u − 1).

    Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011, section C.
    """
    counts = _times(values)
    unequal = len(values) ** 2 - sum(times * times for _, times in counts)
    given = {value: float(units * times) for value, times in counts}
    return Sums(units * unequal / (len(values) - 1), given, float(units * len(values)))


def added(parts: Sequence[Sums]) -> Sums:
    """The sum, in which the order of the parts does not change the last digit."""
    values: dict[int, list[float]] = {}
    for part in parts:
        for value, given in part.values.items():
            values.setdefault(value, []).append(given)
    return Sums(
        fsum(part.disagreement for part in parts),
        {value: fsum(values[value]) for value in sorted(values)},
        fsum(part.correction for part in parts),
    )


def alpha(parts: Sums) -> float | None:
    """Krippendorff's nominal α = 1 − D_o/D_e, ``None`` where only one value was given (or none), and where
    nothing could be paired by chance (cᵤα of very little in common).

    Of units: α = 1 − (n − 1) Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k (Krippendorff 2011). Of a continuum: ᵤα = 1 − Σ_{c≠k} ℓ_ck
    / Σ_{c≠k} ε_ck with ε_ck = ℓ_c ℓ_k / (ℓ − C/ℓ) (Krippendorff, Mathet, Bouvry and Widlöcher, Quality & Quantity 50,
    2016; *Content Analysis*, 4th ed. 2019, section 12.6). Both are one formula, as the correction C of units of
    length 1 is their number.
    """
    total = fsum(parts.values.values())
    room = total * total - fsum(given * given for given in parts.values.values())
    if total <= 0 or room <= 0:
        return None
    pairable = total - parts.correction / total
    return None if pairable <= 0 else 1 - parts.disagreement * pairable / room
