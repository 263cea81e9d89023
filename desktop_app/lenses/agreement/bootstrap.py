"""Bootstrap intervals of Krippendorff's α: draw the units, or whole documents, again and again with replacement."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.lenses.agreement.coefficients import Sums

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.95
DEFINED = 0.95
"""The share of the resamples in which α must be defined for an interval to be given."""
CELLS = 2_000_000
"""How many draws are held at once: 16 MB."""


def interval(parts: Sequence[Sums], times: Sequence[int], *, resamples: int, seed: int) -> tuple[float, float] | None:
    """The 95 % percentile interval of α (Efron and Tibshirani 1993), the same for the same ``seed``.

    ``times`` says how often each of ``parts`` occurs; as many as there are in all are drawn, ``resamples`` times.
    Where parts are the characters of one document the interval is too narrow, because neighbouring characters are
    not independent; documents are, so draw these wherever there are two or more. ``None`` with fewer than two parts
    to draw from, or where α is undefined in more than 5 % of the resamples.
    """
    drawn = sum(times)
    if drawn < 2 or resamples < 1:
        return None
    import numpy as np

    chances, matrix = np.asarray(times, dtype=float) / drawn, _matrix(parts)
    random = np.random.default_rng(seed)
    batch = max(1, CELLS // len(parts))
    found = [
        _alphas(random.multinomial(drawn, chances, size=min(batch, resamples - done)) @ matrix)
        for done in range(0, resamples, batch)
    ]
    return percentiles(np.concatenate(found), resamples)


def percentiles(found: "NDArray[np.float64]", resamples: int) -> tuple[float, float] | None:
    """The 95 % interval of the α that were ``found``, one for each resample in which it was defined."""
    import numpy as np

    if len(found) < DEFINED * resamples:
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _matrix(parts: Sequence[Sums]) -> "NDArray[np.float64]":
    """A row for each part: its disagreement, its correction, and what it gives to each value."""
    import numpy as np

    values = sorted({value for part in parts for value in part.values})
    return np.array(
        [[part.disagreement, part.correction, *(part.values.get(v, 0.0) for v in values)] for part in parts]
    )


def _alphas(drawn: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """α of each row of summed parts, those left out where it is undefined; as in ``coefficients.alpha``."""
    disagreement, correction, values = drawn[:, 0], drawn[:, 1], drawn[:, 2:]
    total = values.sum(axis=1)
    room = total * total - (values * values).sum(axis=1)
    usable = room > 0
    total = total[usable]
    alphas: NDArray[np.float64] = 1 - disagreement[usable] * (total - correction[usable] / total) / room[usable]
    return alphas
