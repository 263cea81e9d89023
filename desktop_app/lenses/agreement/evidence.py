"""What texts say about agreement, and the row of figures that is made of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.lenses.agreement.bootstrap import interval
from desktop_app.lenses.agreement.coefficients import (
    NO_CODE,
    Sums,
    Table,
    Tallies,
    added,
    alpha,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    holsti,
    mean,
    observed,
    pairs,
    sums,
    tallied,
    unit_sums,
)
from desktop_app.model.agreement import Coefficients


@dataclass(slots=True)
class Continuum:
    """What each stretch between two breakpoints adds to the α of a continuum: ``nominal`` to ᵤα (codes and gaps),
    ``binary`` to |ᵤα (coded or gap), ``coded`` to cᵤα (only where units of two coders meet)."""

    nominal: list[Sums] = field(default_factory=list)
    binary: list[Sums] = field(default_factory=list)
    coded: list[Sums] = field(default_factory=list)


@dataclass(slots=True)
class Evidence:
    """What one text says about one code, or about all.

    ``marked`` is there where a unit that somebody left alone is missing in ``table`` but counts as "no code" for
    percent and Holsti: the same units, with ``NO_CODE`` for those.
    """

    table: Table
    marked: Table | None = None
    continuum: Continuum | None = None


@dataclass(slots=True)
class TextEvidence:
    """What one text says: by code, and over all codes as categories (``None`` where a place has two codes)."""

    codes: Mapping[str, Evidence]
    categories: Evidence | None

    def pooled(self) -> Evidence:
        return together(self.codes.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read evidence: what its units are called, how many categories there are, whether the value 0 stands for
    a unit without a code (then it has a prevalence), and how to draw."""

    units: str
    categories: int
    gaps: bool
    resamples: int
    seed: int


def together(parts: Iterable[Evidence]) -> Evidence:
    """The counts of all parts summed."""
    whole = Evidence(Counter())
    for part in parts:
        whole.table.update(part.table)
        if part.marked is not None:
            whole.marked = whole.marked or Counter()
            whole.marked.update(part.marked)
        if part.continuum is not None:
            whole.continuum = whole.continuum or Continuum()
            whole.continuum.nominal += part.continuum.nominal
            whole.continuum.binary += part.continuum.binary
            whole.continuum.coded += part.continuum.coded
    return whole


def figures(texts: Sequence[Evidence], reading: Reading) -> Coefficients:
    """The row of figures over these texts, their counts summed.

    Where only one value was given by anybody nothing corrected for chance is defined: such data cannot show whether
    the coders tell the values apart.
    """
    whole = together(texts)
    tallies = tallied(whole.table)
    rated = Counter({values: units for values, units in tallies.items() if len(values) > 1})
    count, given = rated.total(), sum(units * len(values) for values, units in rated.items())
    percent = _percent(whole)
    likeness = None if whole.continuum else mean(holsti(pair) for pair in pairs(whole.marked or whole.table))
    if not count:
        return Coefficients(percent=percent, holsti=likeness)
    coded = sum(units * sum(value != NO_CODE for value in values) for values, units in rated.items())
    prevalence = coded / given if reading.gaps else None
    bounds, drawn_of = _interval(texts, rated, reading)
    if whole.continuum is not None:
        return _of_continuum(texts, Coefficients(count, percent, prevalence=prevalence), bounds, drawn_of)
    varied = len({value for values in rated for value in values}) > 1
    by_pair = pairs(whole.table) if varied else []
    return Coefficients(
        n=count,
        percent=percent,
        cohen_kappa=mean(cohen_kappa(pair) for pair in by_pair),
        scott_pi=mean(fleiss_kappa(tallied(pair)) for pair in by_pair),
        brennan_prediger=brennan_prediger(tallies, reading.categories) if varied else None,
        gwet_ac1=gwet_ac1(tallies, reading.categories) if varied else None,
        fleiss_kappa=fleiss_kappa(tallies) if varied else None,
        krippendorff_alpha=alpha(sums(rated)),
        prevalence=prevalence,
        interval=bounds,
        interval_of=drawn_of,
        holsti=likeness,
    )


def _percent(whole: Evidence) -> float | None:
    """Percent agreement. Of segments as MAXQDA counts them, the mean over pairs: one that only one of the two has
    marked is a disagreement, and one that neither has is not counted."""
    if whole.marked is None:
        agreed = observed(tallied(whole.table))
        return None if agreed is None else 100 * agreed
    shown = []
    for pair in pairs(whole.marked):
        counted = {values: units for values, units in pair.items() if values != (NO_CODE, NO_CODE)}
        total = sum(counted.values())
        alike = sum(units for (one, other), units in counted.items() if one == other)
        shown.append(100 * alike / total if total else None)
    return mean(shown)


def _of_continuum(
    texts: Sequence[Evidence], row: Coefficients, bounds: tuple[float, float] | None, drawn_of: str
) -> Coefficients:
    continua = [text.continuum for text in texts if text.continuum is not None]
    nominal = alpha(added([part for continuum in continua for part in continuum.nominal]))
    return Coefficients(
        n=row.n,
        percent=row.percent,
        prevalence=row.prevalence,
        krippendorff_alpha=nominal,
        interval=bounds,
        interval_of=drawn_of,
        u_alpha=nominal,
        u_alpha_binary=alpha(added([part for continuum in continua for part in continuum.binary])),
        cu_alpha=alpha(added([part for continuum in continua for part in continuum.coded])),
    )


def _interval(texts: Sequence[Evidence], rated: Tallies, reading: Reading) -> tuple[tuple[float, float] | None, str]:
    """The interval of α and what was drawn for it: documents where there are two or more, else the units of one."""
    if len(texts) > 1:
        parts, times, drawn_of = [_text_sums(text) for text in texts], [1] * len(texts), "documents"
    elif (continuum := texts[0].continuum) is not None:
        parts, times, drawn_of = continuum.nominal, [1] * len(continuum.nominal), reading.units
    else:
        kinds = sorted(rated)
        parts, times, drawn_of = [unit_sums(values) for values in kinds], [rated[v] for v in kinds], reading.units
    bounds = interval(parts, times, resamples=reading.resamples, seed=reading.seed)
    return bounds, drawn_of if bounds else ""


def _text_sums(text: Evidence) -> Sums:
    return sums(tallied(text.table)) if text.continuum is None else added(text.continuum.nominal)
