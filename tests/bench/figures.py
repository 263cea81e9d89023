"""A figure with its floor, and how both are measured in turns."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Call = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """Medians in ``unit``; ``what`` and ``against`` say in a few words what was done for each."""

    name: str
    value: float
    unit: str
    floor: float
    what: str
    against: str

    @property
    def ratio(self) -> float:
        return self.value / self.floor if self.floor else float("inf")

    def as_json(self) -> dict[str, object]:
        return {
            "value": _round(self.value),
            "unit": self.unit,
            "floor": _round(self.floor),
            "ratio": _round(self.ratio),
        }


def _round(number: float) -> float:
    return float(f"{number:.4g}")


def seconds(call: Call) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def in_turns(pairs: Iterable[tuple[Call, Call]]) -> tuple[float, float]:
    """The medians, in seconds, of the first and of the second calls, which are made one after the other."""
    values, floors = [], []
    for number, (value, floor) in enumerate(pairs):
        # Whoever goes second finds caches warm: that is each of them every other time.
        if number % 2:
            floors.append(seconds(floor))
            values.append(seconds(value))
        else:
            values.append(seconds(value))
            floors.append(seconds(floor))
    return median(values), median(floors)


def table(figures: Iterable[Figure]) -> str:
    """All figures, for people."""
    rows = [("figure", "value", "floor", "ratio", "what")]
    rows += [
        (
            found.name,
            f"{_round(found.value):g} {found.unit}",
            f"{_round(found.floor):g} {found.unit}",
            f"{found.ratio:.2f}",
            f"{found.what} / {found.against}",
        )
        for found in figures
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = []
    for name, value, floor, ratio, what in rows:
        cells = [name.ljust(widths[0]), value.rjust(widths[1]), floor.rjust(widths[2]), ratio.rjust(widths[3]), what]
        lines.append("  ".join(cells))
    return "\n".join(lines)
