"""Parts of which the drawing of the foresight lens is put together, each laid out from its own ``(0, 0)``."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop_app.ui.lenses.drawing import Look, Spot, write_text

_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Block(ABC):
    """``spots`` are set by :meth:`arrange`, which returns the height; :meth:`paint` paints what was arranged."""

    spots: Sequence[Spot] = ()

    @abstractmethod
    def arrange(self, width: float, look: Look) -> float: ...

    @abstractmethod
    def paint(self, painter: QPainter, look: Look) -> None: ...


def wrapped_height(look: Look, text: str, size: int, width: float) -> float:
    metrics = QFontMetricsF(look.sized(size))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAPPED, text).height()


def write_wrapped(painter: QPainter, look: Look, rect: QRectF, text: str, *, size: int, role: str) -> None:
    painter.setFont(look.sized(size))
    painter.setPen(look.theme.color(role))
    painter.drawText(rect, _WRAPPED, text)


def is_seen(painter: QPainter, rect: QRectF) -> bool:
    """Whether any of ``rect`` has to be painted."""
    return not painter.hasClipping() or painter.clipBoundingRect().intersects(rect)


class Title(Block):
    """A heading over what follows, with a sentence below."""

    ABOVE = 28

    def __init__(self, heading: str, sentence: str = "") -> None:
        self._heading = heading
        self._sentence = sentence
        self._rects = QRectF(), QRectF()

    def arrange(self, width: float, look: Look) -> float:
        line = look.sizes.heading * 1.5
        heading = QRectF(0, self.ABOVE, width, line)
        wide = min(width, 760.0)
        height = wrapped_height(look, self._sentence, look.sizes.small, wide) if self._sentence else 0.0
        self._rects = heading, QRectF(0, heading.bottom() + 2, wide, height)
        return self._rects[1].bottom() + 8

    def paint(self, painter: QPainter, look: Look) -> None:
        heading, sentence = self._rects
        write_text(painter, look, heading, self._heading, size=look.sizes.heading, bold=True)
        write_wrapped(painter, look, sentence, self._sentence, size=look.sizes.small, role="muted")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list: ``heading`` with ``aside`` at its right, ``meta`` below; ``words`` are spoken."""

    heading: str
    meta: str
    aside: str
    query: str
    key: object
    strong: bool = False

    @property
    def words(self) -> str:
        return ". ".join(part for part in (self.heading, self.aside, self.meta) if part)


class Lines(Block):
    """A list of rows between hairlines."""

    PAD = 7

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines

    def arrange(self, width: float, look: Look) -> float:
        top, spots = 0.0, []
        for line in self._lines:
            height = round(look.sizes.body * 1.5 + look.sizes.small * (1.5 if line.meta else 0)) + 2 * self.PAD
            spots.append(Spot(QRectF(0, top, width, height), line.words, line.query, line.key))
            top += height
        self.spots = tuple(spots)
        return top

    def paint(self, painter: QPainter, look: Look) -> None:
        for spot, line in zip(self.spots, self._lines, strict=True):
            if is_seen(painter, spot.rect):
                self._paint_line(painter, look, spot.rect, line)

    def _paint_line(self, painter: QPainter, look: Look, rect: QRectF, line: Line) -> None:
        painter.setPen(QPen(look.theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        top = QRectF(rect.left() + 8, rect.top() + self.PAD, rect.width() - 16, look.sizes.body * 1.5)
        aside = look.width(line.aside, look.sizes.small, bold=line.strong) + 2
        right = Qt.AlignmentFlag.AlignRight
        role = "text" if line.strong else "muted"
        write_text(painter, look, top, line.aside, size=look.sizes.small, role=role, bold=line.strong, align=right)
        write_text(painter, look, top.adjusted(0, 0, -aside - 16, 0), line.heading)
        below = QRectF(top.left(), top.bottom(), top.width(), look.sizes.small * 1.5)
        write_text(painter, look, below, line.meta, size=look.sizes.small, role="muted")


@dataclass(frozen=True, slots=True)
class TableRow:
    """``cells`` go under the heads of the table, the first one at the left. ``parts`` say what the row stands for: of
    each how many cells, its words, its query and its key."""

    cells: tuple[str, ...]
    parts: tuple[tuple[int, str, str, object], ...]


class Table(Block):
    """Rows of figures under heads."""

    FIGURE = 96.0

    def __init__(self, heads: Sequence[str], rows: Sequence[TableRow]) -> None:
        self._heads = heads
        self._rows = rows
        self._head = QRectF()
        self._places: list[QRectF] = []
        self._figure = self.FIGURE

    def arrange(self, width: float, look: Look) -> float:
        height = round(look.sizes.body * 1.5) + 10
        widest = max((look.width(head, look.sizes.tiny) for head in self._heads[1:]), default=0.0) + 16
        self._figure = min(max(self.FIGURE, widest), width * 0.8 / max(len(self._heads) - 1, 1))
        self._head = QRectF(0, 6, width, look.sizes.tiny * 1.5 + 6)
        self._places = [QRectF(0, self._head.bottom() + at * height, width, height) for at in range(len(self._rows))]
        self.spots = tuple(
            spot for place, row in zip(self._places, self._rows, strict=True) for spot in self._spots(place, row)
        )
        return self._head.bottom() + height * len(self._rows) + 8

    def _spots(self, place: QRectF, row: TableRow) -> Iterator[Spot]:
        left, cells = place.left(), 0
        for count, words, query, key in row.parts:
            cells += count
            right = place.right() - self._figure * (len(row.cells) - cells)
            yield Spot(QRectF(left, place.top(), right - left, place.height()), words, query, key)
            left = right

    def paint(self, painter: QPainter, look: Look) -> None:
        self._paint_cells(painter, look, self._head, tuple(self._heads), look.sizes.tiny, "muted")
        for place, row in zip(self._places, self._rows, strict=True):
            if is_seen(painter, place):
                self._paint_cells(painter, look, place, row.cells, look.sizes.body, "text")

    def _paint_cells(
        self, painter: QPainter, look: Look, rect: QRectF, cells: tuple[str, ...], size: int, role: str
    ) -> None:
        painter.setPen(QPen(look.theme.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        figures = self._figure * (len(cells) - 1)
        first = QRectF(rect.left() + 8, rect.top(), rect.width() - figures - 16, rect.height())
        write_text(painter, look, first, cells[0], size=size, role=role)
        for at, cell in enumerate(cells[1:]):
            place = QRectF(rect.right() - figures + at * self._figure - 8, rect.top(), self._figure, rect.height())
            write_text(painter, look, place, cell, size=size, role=role, align=Qt.AlignmentFlag.AlignRight)
