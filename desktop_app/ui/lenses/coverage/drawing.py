"""The grid of coverage: a row for each perspective, a column for each time scale, deeper where more was written."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.coverage import Coverage, CoverageCell
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text
from desktop_app.ui.theme import paint_mark

GAP = 6
CELL_HEIGHT = 76
LEAST_HEIGHT = 40
HEAD = 28
CORNER = 6
LEAST_SHARE, MOST_SHARE = 0.10, 0.56
"""Opacity of a perspective's colour behind the smallest and the largest count; words stay readable on both."""
BOLD_FROM = 0.7
"""Share of the largest count from which a figure is bold."""


class CoverageDrawing(Drawing):
    def __init__(self, found: Coverage, height: float = CELL_HEIGHT) -> None:
        self._found = found
        self._cell_height = height
        self._most = max((cell.count for cell in found.cells), default=0)
        self._label = 0.0

    def fit(self, height: float) -> None:
        """Makes the cells as high as this drawing height allows, within what can be read."""
        rows = max(len(self._found.perspectives), 1)
        self._cell_height = min(max((height - HEAD) / rows - GAP, LEAST_HEIGHT), CELL_HEIGHT)

    def arrange(self, width: float, look: Look) -> float:
        found = self._found
        names = [term.short for term in found.perspectives]
        widest = max((look.width(name, look.sizes.body) for name in names), default=0.0)
        self._label = min(36 + widest + 24, width * 0.3)
        columns = max(len(found.scales), 1)
        step = (width - self._label + GAP) / columns
        spots = []
        for at, cell in enumerate(found.cells):
            row, column = divmod(at, columns)
            rect = QRectF(
                self._label + column * step, HEAD + row * (self._cell_height + GAP), step - GAP, self._cell_height
            )
            spots.append(Spot(rect, self._words(cell, row, column), cell.query, (cell.perspective, cell.scale)))
        self.spots = spots
        return HEAD + len(names) * (self._cell_height + GAP) - GAP + 1

    def _words(self, cell: CoverageCell, row: int, column: int) -> str:
        perspective, scale = self._found.perspectives[row], self._found.scales[column]
        count = count_text(cell.count, "{number} entry", "{number} entries") if cell.count else tr("nothing yet")
        return tr("{perspective} × {scale}: {count}", perspective=perspective.short, scale=scale.short, count=count)

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = max(len(self._found.scales), 1)
        for spot, scale in zip(self.spots[:columns], self._found.scales, strict=False):
            head = QRectF(spot.rect.left(), 0, spot.rect.width(), HEAD - 4)
            write_text(
                painter,
                look,
                head,
                scale.short,
                size=look.sizes.small,
                role="muted",
                align=Qt.AlignmentFlag.AlignHCenter,
            )
        for row, perspective in enumerate(self._found.perspectives):
            rect = self.spots[row * columns].rect
            paint_mark(painter, QPointF(14, rect.center().y()), 13, perspective.id, look.theme)
            write_text(painter, look, QRectF(32, rect.top(), self._label - 44, rect.height()), perspective.short)
        for spot, cell in zip(self.spots, self._found.cells, strict=True):
            self._paint_cell(painter, look, spot.rect, cell)

    def _paint_cell(self, painter: QPainter, look: Look, rect: QRectF, cell: CoverageCell) -> None:
        theme = look.theme
        share = cell.count / self._most if self._most else 0.0
        fill, edge = theme.color("surface"), theme.color("line")
        if cell.count:
            own = theme.perspective_color(cell.perspective)
            fill = mixed(own, fill, LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * share)
            edge = mixed(own, edge, LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * share)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        write_text(
            painter,
            look,
            rect,
            f"{cell.count:,}" if cell.count else "·",
            role="text" if cell.count else "faint",
            bold=bool(cell.count) and share >= BOLD_FROM,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
