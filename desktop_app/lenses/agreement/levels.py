"""A table of coders and units, as reliability data are published, at any level of measurement."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Literal

from desktop_app.lenses.agreement.bootstrap import percentiles
from desktop_app.lenses.agreement.coefficients import Table, Tallies, tallied
from desktop_app.lenses.agreement.evidence import Evidence, Reading, figures
from desktop_app.model.agreement import Coefficients
from desktop_app.model.errors import Invalid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def reliability(
    table: Mapping[str, Sequence[str | None]], level: Level = "nominal", *, resamples: int = 1000, seed: int = 0
) -> Coefficients:
    """The coefficients of a table: for each coder the values of the units in one order, ``None`` where missing.

    ``level`` is for Krippendorff's α and its interval (drawn over units); the other coefficients are nominal. Raises
    :class:`Invalid` where rows are not equally long, or where values of another level than nominal are no numbers.
    """
    rows = list(table.values())
    if len({len(row) for row in rows}) > 1:
        raise Invalid(message="The coders have different numbers of units; give each one value or a gap for each unit.")
    known = {value for row in rows for value in row if value is not None}
    order = sorted(known) if level == "nominal" else sorted(known, key=lambda value: (_number(value, level), value))
    places = {value: place for place, value in enumerate(order, 1)}
    if level != "nominal":
        # Two spellings of one number ("1" and "1.0") are one value.
        firsts: dict[float, int] = {}
        places = {value: firsts.setdefault(_number(value, level), place) for value, place in places.items()}
    units: Table = Counter(
        tuple(None if value is None else places[value] for value in unit) for unit in zip(*rows, strict=True)
    )
    reading = Reading("units", len(set(places.values())), False, resamples if level == "nominal" else 0, seed)
    found = figures([Evidence(units)], reading)
    if level == "nominal" or not found.n:
        return found
    numbers = {place: _number(value, level) for value, place in places.items()}
    return _at_level(found, tallied(units), numbers, level, resamples=resamples, seed=seed)


def _number(value: str, level: Level) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not isfinite(number) or (level == "ratio" and number < 0):
        kind = "a number from 0 up" if level == "ratio" else "a number"
        raise Invalid(message=f"“{value}” cannot be compared as {level}; write {kind}, or compare as nominal.")
    return number


def _at_level(
    found: Coefficients, tallies: Tallies, numbers: Mapping[int, float], level: Level, *, resamples: int, seed: int
) -> Coefficients:
    """``found`` with α and its interval at ``level``."""
    import numpy as np

    rated = sorted(values for values in tallies if len(values) > 1)
    places = sorted({value for values in rated for value in values})
    counts = np.array([[values.count(place) for place in places] for values in rated], dtype=float)
    scale = np.array([numbers[place] for place in places])
    times = np.array([tallies[values] for values in rated])
    once = _alphas(times[np.newaxis, :].astype(float), counts, scale, level)
    bounds = None
    if resamples and times.sum() > 1:
        drawn = np.random.default_rng(seed).multinomial(times.sum(), times / times.sum(), size=resamples)
        bounds = percentiles(_alphas(drawn.astype(float), counts, scale, level), resamples)
    value = float(once[0]) if len(once) else None
    return replace(found, krippendorff_alpha=value, interval=bounds, interval_of="units" if bounds else "")


def _alphas(times: "Floats", counts: "Floats", scale: "Floats", level: Level) -> "Floats":
    """α = 1 − (n − 1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck for each row of ``times``, the undefined left out.

    Krippendorff 2011, section E. ``counts`` (units × values) says how often a unit got each value. With δ²_interval =
    (c − k)², and δ²_ordinal the same of mid-ranks: Σ_{g=c..k} n_g − (n_c + n_k)/2 is the distance of the midpoints of
    c and k in the order of all values. δ²_ratio = ((c − k)/(c + k))².
    """
    import numpy as np

    size = counts.sum(axis=1)
    given = times @ counts
    if level == "ratio":
        sums = scale[:, np.newaxis] + scale
        distances = np.divide(scale[:, np.newaxis] - scale, sums, out=np.zeros_like(sums), where=sums > 0) ** 2
        observed = times @ (((counts @ distances) * counts).sum(axis=1) / (size - 1))
        expected = ((given @ distances) * given).sum(axis=1)
    else:
        points = np.cumsum(given, axis=1) - given / 2 if level == "ordinal" else np.broadcast_to(scale, given.shape)
        points = points - (points * given).sum(axis=1, keepdims=True) / given.sum(axis=1, keepdims=True)
        spread = 2 * (size * (points**2 @ counts.T) - (points @ counts.T) ** 2)
        observed = (times * spread / (size - 1)).sum(axis=1)
        expected = 2 * given.sum(axis=1) * (points**2 * given).sum(axis=1)
    usable = (given > 0).sum(axis=1) > 1
    found: Floats = 1 - (given.sum(axis=1)[usable] - 1) * observed[usable] / expected[usable]
    return found
