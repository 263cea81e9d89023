"""Pieces: the rectangles that a range of a text covers in the lines of its layout, also where writing changes sides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextLayout, QTextLine

_OTHER_WAY = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Hebrew, Arabic and their like, and marks of direction."""


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``left`` to ``right`` in line number ``line``, in the coordinates of the layout."""

    line: int
    left: float
    right: float


def runs_both_ways(text: str) -> bool:
    """Whether some of a paragraph may be written from right to left."""
    return not text.isascii() and _OTHER_WAY.search(text) is not None


def pieces(layout: QTextLayout, start: int, end: int, both_ways: bool) -> Iterator[Piece]:
    """What ``[start, end)``, counted from the block's beginning, covers; one piece a line but for mixed directions."""
    first = layout.lineForTextPosition(start)
    if not first.isValid():
        return
    for number in range(first.lineNumber(), layout.lineCount()):
        line = layout.lineAt(number)
        line_start = line.textStart()
        if line_start >= end:
            return
        begin, stop = max(start, line_start), min(end, line_start + line.textLength())
        if begin >= stop:
            continue
        if both_ways:
            for left, right in _runs(line, begin, stop):
                yield Piece(number, left, right)
        else:
            yield Piece(number, x_of(line, begin), x_of(line, stop))


def x_of(line: QTextLine, position: int) -> float:
    """The x of a position in a line, held to the line."""
    found: tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return found[0]


def _runs(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Left and right edges of the glyphs of a range, joined where they touch."""
    edges = sorted(
        (box.left(), box.right()) for run in line.glyphRuns(start, end - start) for box in (run.boundingRect(),)
    )
    found: list[tuple[float, float]] = []
    for left, right in edges:
        if found and left <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found
