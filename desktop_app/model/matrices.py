"""Matrices: codes against codes, documents, speakers, attributes or periods, with the codings behind each cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Heading = tuple[str, str]
"""Id and label of a row or column."""


class Measure(StrEnum):
    """What a cell counts: codings (or pairs of them), characters, or percent of its row's total."""

    COUNT = "count"
    CHARACTERS = "characters"
    PERCENT = "percent"


class Relation(StrEnum):
    """When two codings count as occurring together: they share a character, or a turn, or no more than a distance
    lies between them."""

    OVERLAP = "overlap"
    SAME_TURN = "same-turn"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """A coding with all that a matrix may ask of it: the code points ``[start, end)`` of ``target``.

    ``speaker`` is who says it, empty where unknown. ``when`` is the ISO 8601 date or date-time to which it belongs,
    empty where there is none. ``attributes`` maps a variable's id to the value as shown.
    """

    id: str
    target: str
    start: int
    end: int
    code: str
    coder: str = ""
    speaker: str = ""
    when: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure and the ids of the codings behind it, each once, in the order of the texts."""

    value: float
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by the ids of their row and column; a pair that is not among ``cells`` has nothing in it.

    Totals go by the same measure; of characters, what lies in several cells counts once. ``note`` is a sentence about
    what was left out, empty where nothing was.
    """

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: Mapping[tuple[str, str], Cell]
    measure: Measure
    row_totals: Mapping[str, float]
    column_totals: Mapping[str, float]
    note: str = ""

    def value(self, row: str, column: str) -> float:
        """The figure of a cell; 0 where there is nothing in it."""
        cell = self.cells.get((row, column))
        return cell.value if cell else 0.0

    def table(self) -> list[list[str | float]]:
        """Labels and figures as an export writes them, without totals: the first row holds the columns' labels."""
        table: list[list[str | float]] = [["", *(label for _, label in self.columns)]]
        for row, label in self.rows:
            table.append([label, *(self.value(row, column) for column, _ in self.columns)])
        return table
