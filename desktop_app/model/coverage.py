"""Coverage: how much has been written in which perspective and at which time scale."""

from dataclasses import dataclass

from desktop_app.model.facts import Figure, Scope
from desktop_app.model.vocabulary import Term


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """How many entries have this perspective and this scale (ids); ``query`` finds them."""

    perspective: str
    scale: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class CoverageMonth:
    """The entries that overlap ``[start, end)``, two ISO dates: all of them, and those of each perspective in order.

    ``filled`` counts the cells that hold one of them at least.
    """

    start: str
    end: str
    entries: Figure
    by_perspective: tuple[Figure, ...]
    filled: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """``cells`` row by row, a row for each of ``perspectives``, a cell for each of ``scales``, empty ones included.

    An entry counts in each cell of its perspectives and scales. ``months`` are the last ones in which something began,
    oldest first; ``earlier`` counts what ended before them.
    """

    scope: Scope
    perspectives: tuple[Term, ...]
    scales: tuple[Term, ...]
    cells: tuple[CoverageCell, ...]
    by_perspective: tuple[Figure, ...]
    by_scale: tuple[Figure, ...]
    without_perspective: Figure
    without_scale: Figure
    undated: Figure
    months: tuple[CoverageMonth, ...]
    earlier: Figure | None

    @property
    def blind_spots(self) -> tuple[CoverageCell, ...]:
        """The cells in which nothing has been written."""
        return tuple(cell for cell in self.cells if not cell.count)
