"""What the lens of codes shows: which codes come together, and when, in which perspective and at which scale they were
applied."""

from dataclasses import dataclass

from desktop_app.model.facts import Scope
from desktop_app.model.matrices import Heading, Relation
from desktop_app.model.metrics import Grain

EARLIER, UNDATED = "earlier", "undated"
"""Columns of codes over time beside the periods: what was before them, and what has no date."""
WITHOUT, INTERVIEWS = "without", "interviews"
"""Columns beside perspectives and scales: codings on entries that have none, and codings on documents, which cannot
have any."""


@dataclass(frozen=True, slots=True)
class CodeCount:
    """A code (id, own name, whole path, colour as ``#rrggbb``) and how many codings it has itself, those of the codes
    below it apart; ``query`` finds them."""

    code: str
    name: str
    path: str
    colour: str
    codings: int
    query: str


@dataclass(frozen=True, slots=True)
class CodeCell:
    """The figure of a row and a column (ids), and how many ``codings`` are behind it, which ``query`` finds.

    Of two codes ``count`` is the number of pairs of codings that come together; else it is the number of codings.
    """

    row: str
    column: str
    count: int
    codings: int
    query: str


@dataclass(frozen=True, slots=True)
class CodeGrid:
    """Codes against the ``columns`` of ``by`` (``time``, ``perspective`` or ``scale``); a cell that is not there is 0.

    Periods are headed by their first day as an ISO date.
    """

    by: str
    columns: tuple[Heading, ...]
    cells: tuple[CodeCell, ...]


@dataclass(frozen=True, slots=True)
class CodesSeen:
    """Codes in the order of their tree, those without codings too, and one grid for each thing they were laid against.

    ``scope.total`` counts codings. ``empty`` codings are left out, as nothing is left of their words.
    """

    scope: Scope
    codes: tuple[CodeCount, ...]
    grain: Grain
    grids: tuple[CodeGrid, ...]
    empty: int = 0

    def grid(self, by: str) -> CodeGrid | None:
        return next((grid for grid in self.grids if grid.by == by), None)


@dataclass(frozen=True, slots=True)
class CodeGraph:
    """The same as a graph. ``nodes`` are code, x and y in the unit square, ``(0, 0)`` at the top left; ``edges`` the
    pairs drawn, the strongest first; ``alone`` codes with codings that no edge leads to.

    ``least`` is the smallest count asked for; ``weaker`` counts the pairs below it, ``more`` those that were too many.
    """

    nodes: tuple[tuple[str, float, float], ...]
    edges: tuple[CodeCell, ...]
    alone: tuple[str, ...]
    least: int
    weaker: int
    more: int


@dataclass(frozen=True, slots=True)
class CodesTogether:
    """Which codes come together. ``cells`` hold each pair once, its row before its column in the order of ``codes``.

    ``distance`` is the number of characters that may lie between two codings where ``relation`` is ``near``; ``note`` a
    sentence about what was left out, empty where nothing was.
    """

    scope: Scope
    relation: Relation
    distance: int
    codes: tuple[CodeCount, ...]
    cells: tuple[CodeCell, ...]
    graph: CodeGraph
    note: str = ""
