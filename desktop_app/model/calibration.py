"""How far stated confidences came true. Nothing here is a score of a person; what is undefined is ``None``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forecast:
    """A resolved statement: the ``confidence`` (0 to 1) that it would come true, and its ``outcome``: 1 if it did, 0 if
    not, and where halves are counted 0.5 if it did partly."""

    id: str
    confidence: float
    outcome: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The forecasts ``ids`` with a confidence in ``[low, high)`` (the last bin ends with 1, included; a stated
    confidence is ``low == high``).

    ``confidence`` is their mean, ``frequency`` the share that came true, ``interval`` its 95 % Wilson interval; each is
    ``None`` in an empty bin.
    """

    low: float
    high: float
    count: int
    hits: float
    confidence: float | None
    frequency: float | None
    interval: tuple[float, float] | None
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Brier score and its decomposition (see ``lenses/calibration.py``) of ``n`` forecasts, ``hits`` of them true, a
    whole number unless halves were counted.

    ``brier == reliability - resolution + uncertainty`` up to rounding. ``skill`` compares with always stating the base
    rate: 1 is perfect, 0 as good, below 0 worse; ``None`` where everything came true, or nothing. ``bins`` are ten of
    width 0.1, ``stated`` one for each distinct confidence, rising; the decomposition is made of these.
    """

    n: int
    hits: float
    base_rate: float | None
    brier: float | None
    reliability: float | None
    resolution: float | None
    uncertainty: float | None
    skill: float | None
    bins: tuple[CalibrationBin, ...]
    stated: tuple[CalibrationBin, ...]
