"""Calibration of forecasts: the Brier score, its decomposition, and the reliability diagram with its counts.

- Brier score: the mean of ``(confidence - outcome)²``; 0 is best (Brier 1950, Monthly Weather Review 78).
- Its decomposition over the distinct stated confidences, ``n_k`` times ``f_k``, of which the share ``o_k`` came true,
  ``o`` of all (Murphy 1973, "A New Vector Partition of the Probability Score", Journal of Applied Meteorology 12):
  reliability ``Σ n_k (f_k - o_k)² / n``, resolution ``Σ n_k (o_k - o)² / n``, uncertainty ``o (1 - o)``. Where an
  outcome may be a half, the uncertainty is the variance of the outcomes, which is the same where none is.
- Interval of an observed frequency: Wilson's score interval (Wilson 1927, Journal of the American Statistical
  Association 22), which stays within 0 and 1 and means something for few forecasts too.

Over ten bins the parts would not add up to the score (Stephenson, Coelho and Jolliffe 2008, Weather and Forecasting
23), so bins are for drawing only. Refuses to rank whoever made the forecasts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from math import fsum, sqrt

from desktop_app.model.calibration import Calibration, CalibrationBin, Forecast
from desktop_app.model.errors import Invalid

BINS = 10
EDGES = tuple(place / BINS for place in range(1, BINS))
_EMPTY = tuple(CalibrationBin(place / BINS, (place + 1) / BINS, 0, 0, None, None, None, ()) for place in range(BINS))
"""The bins of no forecasts, which most people have in most of them."""
NORMAL = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""


def calibration(forecasts: Sequence[Forecast], *, halves: bool = False) -> Calibration:
    """The calibration of resolved forecasts, in any order. Without forecasts every figure is ``None`` and ``n`` is 0.

    Raises :class:`Invalid` for a confidence outside 0 to 1 and for an outcome that is neither 0 nor 1, nor, with
    ``halves``, 0.5.
    """
    outcomes = (0, 0.5, 1) if halves else (0, 1)
    by_confidence: dict[float, list[Forecast]] = defaultdict(list)
    by_bin: dict[int, list[Forecast]] = defaultdict(list)
    for forecast in forecasts:
        _check(forecast, outcomes)
        by_confidence[forecast.confidence].append(forecast)
        by_bin[bin_of(forecast.confidence)].append(forecast)
    bins = tuple(
        [_bin(one.low, one.high, by_bin[place]) if place in by_bin else one for place, one in enumerate(_EMPTY)]
    )
    stated = tuple(_bin(confidence, confidence, same) for confidence, same in sorted(by_confidence.items()))
    n, hits = len(forecasts), sum(group.hits for group in stated)
    if not n:
        return Calibration(0, 0, None, None, None, None, None, None, bins, stated)
    rate = hits / n
    brier = fsum((forecast.confidence - forecast.outcome) ** 2 for forecast in forecasts) / n
    uncertainty = fsum((forecast.outcome - rate) ** 2 for forecast in forecasts) / n if halves else rate * (1 - rate)
    return Calibration(
        n=n,
        hits=hits,
        base_rate=rate,
        brier=brier,
        reliability=fsum(group.count * (group.low - group.hits / group.count) ** 2 for group in stated) / n,
        resolution=fsum(group.count * (group.hits / group.count - rate) ** 2 for group in stated) / n,
        uncertainty=uncertainty,
        skill=1 - brier / uncertainty if uncertainty else None,
        bins=bins,
        stated=stated,
    )


def bin_of(confidence: float) -> int:
    """Which of the ten bins a confidence falls in; 0.3 falls in ``[0.3, 0.4)`` and 1 in the last."""
    return bisect_right(EDGES, confidence)


def wilson(hits: float, count: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share; ``None`` of nothing."""
    if not count:
        return None
    share, squared = hits / count, NORMAL * NORMAL
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    reach = NORMAL / (1 + squared / count) * sqrt(share * (1 - share) / count + squared / (4 * count * count))
    # At the ends the interval is exact; rounding would leave a trace.
    return (0.0 if hits == 0 else max(middle - reach, 0.0), 1.0 if hits == count else min(middle + reach, 1.0))


def _bin(low: float, high: float, forecasts: Sequence[Forecast]) -> CalibrationBin:
    count = len(forecasts)
    partly = sum(forecast.outcome == 0.5 for forecast in forecasts)
    hits = sum(forecast.outcome == 1 for forecast in forecasts) + (partly / 2 if partly else 0)
    return CalibrationBin(
        low=low,
        high=high,
        count=count,
        hits=hits,
        confidence=fsum(forecast.confidence for forecast in forecasts) / count,
        frequency=hits / count,
        interval=wilson(hits, count),
        ids=tuple(forecast.id for forecast in forecasts),
    )


def _check(forecast: Forecast, outcomes: Sequence[float]) -> None:
    if not 0 <= forecast.confidence <= 1:
        raise Invalid(
            message=f"The confidence of {forecast.id} is {forecast.confidence}; a confidence lies between 0 and 1."
        )
    if forecast.outcome not in outcomes:
        raise Invalid(message=f"The outcome of {forecast.id} is {forecast.outcome}; give 1 if it came true, else 0.")
