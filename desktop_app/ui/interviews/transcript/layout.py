"""The layout of the shown text: every paragraph is laid out when it is first seen, in a column with room around it.

A QPlainTextEdit asks its document's layout for the size of a block, and paints, scrolls and points by the lines it then
finds; so that laying lines out with other distances is all it takes. Never touches a block that nobody looks at.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from desktop_app.ui.theme import SPACE_M, SPACE_S, SPACE_XL

TURN_GAP = 20
"""Above a turn, in pixels."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A block that is in sight: its UTF-16 range without the newline, and the y of its layout in the viewport.

    ``seen`` is the range of its lines that are in sight: a text may be a single paragraph.
    """

    start: int
    end: int
    seen: tuple[int, int]
    top: float
    layout: QTextLayout
    text: str


class TranscriptLayout(QPlainTextDocumentLayout):
    """Lays blocks out at ``left``, ``width`` wide, in rows ``row`` high."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.left = 0.0
        self.width = 480.0
        self.row = 24
        self._turns: frozenset[int] = frozenset()
        self._from_left = _option(Qt.AlignmentFlag.AlignLeft)
        self._from_right = _option(Qt.AlignmentFlag.AlignRight)
        self._telling = False

    def set_turns(self, starts: Iterable[int]) -> None:
        """The positions at which turns begin; to be followed by laying out anew."""
        self._turns = frozenset(starts)

    def forget(self) -> None:
        """Every block is laid out anew when it is next seen."""
        super().documentChanged(0, 0, max(self.document().characterCount() - 1, 0))

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid() or not block.isVisible():
            return QRectF()
        layout = block.layout()
        if not layout.lineCount():
            self._lay_out(block, layout)
        height = row_bottom(layout.lineAt(layout.lineCount() - 1), self.row)
        if not block.next().isValid():
            height += SPACE_XL
        return QRectF(0, 0, self.left + self.width, ceil(height))

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        super().documentChanged(start, removed, added)
        # An edit within one block has been laid out there and then, by Qt's own distances.
        block = self.document().findBlock(start)
        if block.isValid():
            block.clearLayout()

    def _lay_out(self, block: QTextBlock, layout: QTextLayout) -> None:
        leftwards = block.textDirection() == Qt.LayoutDirection.RightToLeft
        layout.setTextOption(self._from_right if leftwards else self._from_left)
        y = float(self._gap(block))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            row = max(self.row, ceil(line.height()))
            line.setPosition(QPointF(self.left, y + (row - line.height()) / 2))
            y += row
        layout.endLayout()
        if block.lineCount() != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self._tell_size()

    def _gap(self, block: QTextBlock) -> int:
        before = block.previous()
        if not before.isValid():
            return SPACE_XL
        if before.length() == 1:  # an empty line is distance enough
            return 0
        if self._turns:
            return TURN_GAP if block.position() in self._turns else SPACE_S
        return SPACE_M

    def _tell_size(self) -> None:
        """The view answers by asking for more blocks, and is told once."""
        if not self._telling:
            self._telling = True
            self.documentSizeChanged.emit(self.documentSize())
            self._telling = False


def _option(side: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(side)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def lines_between(layout: QTextLayout, low: float, high: float, row: int) -> range:
    """Numbers of the lines whose rows touch ``[low, high]``, in the coordinates of the layout."""
    numbers = range(layout.lineCount())
    first = bisect_left(numbers, low, key=lambda number: row_bottom(layout.lineAt(number), row))
    last = bisect_right(numbers, high, key=lambda number: row_top(layout.lineAt(number), row))
    return range(first, last)


def row_top(line: QTextLine, row: int) -> float:
    """The upper edge of a line's row, in the coordinates of its layout."""
    height = line.height()
    return line.y() - max(0.0, (max(row, ceil(height)) - height) / 2)


def row_bottom(line: QTextLine, row: int) -> float:
    return row_top(line, row) + max(row, ceil(line.height()))
