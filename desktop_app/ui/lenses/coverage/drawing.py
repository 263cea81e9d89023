"""The grid of coverage: a row for each perspective, a column for each time scale, deeper where more was written."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.coverage import Coverage, CoverageCell
from desktop_app.model.time import describe
from desktop_app.model.time.words import MONTHS
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text
from desktop_app.ui.theme import paint_mark

GAP = 6
LEAST_HEIGHT, MOST_HEIGHT = 44.0, 76.0
"""Of a cell of the grid."""
HEAD = 28
CORNER = 6
LEAST_SHARE, MOST_SHARE = 0.10, 0.56
"""Opacity of a perspective's colour behind the smallest and the largest count; words stay readable on both."""
BOLD_FROM = 0.7
"""Share of the largest count from which a figure is bold."""
MONTH_HEIGHT, MONTH_GAP = 16, 2
MONTHS_HEAD = 46
"""Above the months: the room between, and their heading."""
COUNTED_FROM = 20
"""Width of a month in pixels from which its count is printed in it."""
MONTH_LABEL = 36
"""Pixels that the name of a month needs."""


class CoverageDrawing(Drawing):
    def __init__(self, found: Coverage) -> None:
        self._found = found
        self._most = max((cell.count for cell in found.cells), default=0)
        self._most_in_month = max(
            (int(f.value or 0) for month in found.months for f in month.by_perspective), default=0
        )
        self._label = 0.0
        self._cell_height = MOST_HEIGHT
        self._months_top = 0.0
        self._cells: list[Spot] = []
        self._month_spots: list[Spot] = []

    def arrange(self, width: float, look: Look) -> float:
        found = self._found
        rows = max(len(found.perspectives), 1)
        widest = max((look.width(term.short, look.sizes.body) for term in found.perspectives), default=0.0)
        self._label = min(36 + widest + 24, width * 0.3)
        below = (MONTHS_HEAD + rows * (MONTH_HEIGHT + MONTH_GAP) + 22) if found.months else 0.0
        height = (self.room - HEAD - below) / rows - GAP if self.room else MOST_HEIGHT
        self._cell_height = min(max(height, LEAST_HEIGHT), MOST_HEIGHT)
        self._months_top = HEAD + rows * (self._cell_height + GAP) - GAP + 1
        self._cells = list(self._arrange_cells(width))
        self._month_spots = list(self._arrange_months(width))
        self.spots = [*self._cells, *self._month_spots]
        return self._months_top + below

    def _arrange_cells(self, width: float) -> Iterator[Spot]:
        columns = max(len(self._found.scales), 1)
        step = (width - self._label + GAP) / columns
        for at, cell in enumerate(self._found.cells):
            row, column = divmod(at, columns)
            top = HEAD + row * (self._cell_height + GAP)
            rect = QRectF(self._label + column * step, top, step - GAP, self._cell_height)
            yield Spot(rect, self._words(cell, row, column), cell.query, (cell.perspective, cell.scale))

    def _words(self, cell: CoverageCell, row: int, column: int) -> str:
        perspective, scale = self._found.perspectives[row], self._found.scales[column]
        count = entries_text(cell.count)
        return tr("{perspective} × {scale}: {count}", perspective=perspective.short, scale=scale.short, count=count)

    def _arrange_months(self, width: float) -> Iterator[Spot]:
        months = self._found.months
        step = min((width - self._label + MONTH_GAP) / max(len(months), 1), 72.0)
        top = self._months_top + MONTHS_HEAD
        for row, term in enumerate(self._found.perspectives):
            for column, month in enumerate(months):
                figure = month.by_perspective[row]
                place = QRectF(
                    self._label + column * step,
                    top + row * (MONTH_HEIGHT + MONTH_GAP),
                    step - MONTH_GAP,
                    MONTH_HEIGHT,
                )
                name = describe(month.start[:7])
                count = entries_text(int(figure.value or 0))
                words = tr("{perspective}, {month}: {count}", perspective=term.short, month=name, count=count)
                yield Spot(place, words, figure.query, (term.id, month.start, int(figure.value or 0)))

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = max(len(self._found.scales), 1)
        heads = [
            (QRectF(spot.rect.left() - GAP / 2, 0, spot.rect.width() + GAP, HEAD - 4), scale.short)
            for spot, scale in zip(self._cells[:columns], self._found.scales, strict=False)
        ]
        # Shortened, “moment” and “month” would read alike: smaller words come first.
        fits = all(look.width(name, look.sizes.small) <= head.width() for head, name in heads)
        for head, name in heads:
            size = look.sizes.small if fits else look.sizes.tiny
            write_text(painter, look, head, name, size=size, role="muted", align=MIDDLE)
        for row, perspective in enumerate(self._found.perspectives):
            rect = self._cells[row * columns].rect
            paint_mark(painter, QPointF(14, rect.center().y()), 13, perspective.id, look.theme)
            write_text(painter, look, QRectF(32, rect.top(), self._label - 44, rect.height()), perspective.short)
        for spot, cell in zip(self._cells, self._found.cells, strict=True):
            self._paint_cell(painter, look, spot.rect, cell)
        if self._month_spots:
            self._paint_months(painter, look)

    def _paint_cell(self, painter: QPainter, look: Look, rect: QRectF, cell: CoverageCell) -> None:
        share = cell.count / self._most if self._most else 0.0
        self._paint_box(painter, look, rect, cell.perspective, share, CORNER)
        write_text(
            painter,
            look,
            rect,
            f"{cell.count:,}" if cell.count else "·",
            role="text" if cell.count else "faint",
            bold=bool(cell.count) and share >= BOLD_FROM,
            align=MIDDLE,
        )

    def _paint_box(
        self, painter: QPainter, look: Look, rect: QRectF, perspective: str, share: float, corner: float
    ) -> None:
        fill, edge = look.theme.color("surface"), look.theme.color("line")
        if share:
            own = look.theme.perspective_color(perspective)
            fill = mixed(own, fill, LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * share)
            edge = mixed(own, edge, LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * share)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)

    def _paint_months(self, painter: QPainter, look: Look) -> None:
        months = self._found.months
        heading = QRectF(0, self._months_top + 16, self._label + 400, MONTHS_HEAD - 22)
        write_text(painter, look, heading, tr("How it moved, month by month"), size=look.sizes.small, role="muted")
        tiny = look.sizes.tiny
        for row, term in enumerate(self._found.perspectives):
            rect = self._month_spots[row * len(months)].rect
            paint_mark(painter, QPointF(14, rect.center().y()), 8, term.id, look.theme)
            name = QRectF(32, rect.top(), self._label - 44, rect.height())
            write_text(painter, look, name, term.short, size=tiny, role="muted")
        for at, spot in enumerate(self._month_spots):
            row, column = divmod(at, len(months))
            count = int(months[column].by_perspective[row].value or 0)
            share = count / self._most_in_month if self._most_in_month else 0.0
            self._paint_box(painter, look, spot.rect, self._found.perspectives[row].id, share, 3)
            if count and spot.rect.width() >= COUNTED_FROM:
                write_text(painter, look, spot.rect, f"{count:,}", size=tiny, align=MIDDLE)
        self._paint_names_of_months(painter, look)

    def _paint_names_of_months(self, painter: QPainter, look: Look) -> None:
        """Below the columns: every month where there is room for its name, else every few; a year with its January."""
        months = self._found.months
        last = self._month_spots[-len(months) :]
        fits = -(-MONTH_LABEL // max(int(last[0].rect.width() + MONTH_GAP), 1))
        every = next((months for months in (1, 2, 3, 4, 6) if months >= fits), 12)
        for at, month in enumerate(months):
            day = date.fromisoformat(month.start)
            # The first one, which has its year too, takes the room of two.
            if at and (at < 2 * fits or (day.month - 1) % every):
                continue
            name = MONTHS[day.month - 1][:3]
            shown = f"{name} {day.year}" if at == 0 else str(day.year) if day.month == 1 else name
            rect = QRectF(last[at].rect.left(), last[at].rect.bottom() + 2, MONTH_LABEL * 2, 18)
            write_text(painter, look, rect, shown, size=look.sizes.tiny, role="faint")


MIDDLE = Qt.AlignmentFlag.AlignHCenter


def entries_text(count: int) -> str:
    return count_text(count, "{number} entry", "{number} entries") if count else tr("nothing yet")
