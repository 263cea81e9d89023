"""Grids of codes: a row for each code, a column for each period, perspective or scale, deeper where there is more."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.code_lens import EARLIER, UNDATED, CodeCell, CodeGrid, CodesSeen
from desktop_app.model.metrics import Grain
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.codes.naming import (
    CodeNames,
    codings_text,
    column_head,
    column_name,
    most_used,
    short_count,
)
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text
from desktop_app.ui.theme import paint_mark

MOST_ROWS = 80
"""Codes that are drawn; a file of the table has all of them."""
ROW, GAP = 26, 3
HEAD = 40
TITLE = 28
BETWEEN = 26
TOTAL = 48
"""Width of the column of all codings."""
WIDEST = 92
BESIDE = 46
"""Widths of a column: the most, and the least of one that stands beside the periods."""
CORNER = 4
LEAST_SHARE, MOST_SHARE = 0.12, 0.5
MARKED_FROM = 54
"""Width of a column from which a perspective has its mark above it."""
Extent = tuple[float, float]
"""Left and width."""


class GridDrawing(Drawing):
    """One grid below the other, on the same rows; all have the same depth of colour for the same count."""

    def __init__(self, found: CodesSeen) -> None:
        self._found = found
        self._names = CodeNames(most_used(found.codes, MOST_ROWS))
        self._row_of = {code.code: at for at, code in enumerate(self._names.codes)}
        self._most = max((cell.count for grid in found.grids for cell in grid.cells), default=0)
        self._label = 0.0
        self._tops: list[float] = []
        self._totals: list[list[Spot]] = []
        self._cells: list[list[tuple[Spot, CodeCell]]] = []
        self._columns: list[list[Extent]] = []

    def arrange(self, width: float, look: Look) -> float:
        self._label = self._names.width(look, width * 0.3)
        self._tops, self._totals, self._cells, self._columns = [], [], [], []
        top = 0.0
        for grid in self._found.grids:
            top += TITLE if len(self._found.grids) > 1 else 0
            self._tops.append(top)
            self._columns.append(self._arrange_columns(grid, width))
            self._totals.append(self._arrange_totals(top + HEAD))
            self._cells.append(self._arrange_cells(grid, top + HEAD, self._columns[-1]))
            top += HEAD + len(self._names.codes) * (ROW + GAP) + BETWEEN
        self.spots = [
            spot
            for totals, cells in zip(self._totals, self._cells, strict=True)
            for spot in (*totals, *(spot for spot, _ in cells))
        ]
        return max(top - BETWEEN, 1.0)

    def _arrange_columns(self, grid: CodeGrid, width: float) -> list[Extent]:
        """Where each column stands; what stands beside narrow periods keeps the room that its name needs."""
        room = width - self._label - TOTAL
        even = min(room / max(len(grid.columns), 1), WIDEST)
        wide = [even < BESIDE and grid.by == "time" and column in (EARLIER, UNDATED) for column, _ in grid.columns]
        step = min((room - sum(wide) * BESIDE) / max(len(wide) - sum(wide), 1), WIDEST)
        made, left = [], self._label + TOTAL
        for is_wide in wide:
            made.append((left, BESIDE if is_wide else step))
            left += made[-1][1]
        return made

    def _arrange_totals(self, top: float) -> list[Spot]:
        return [
            Spot(
                QRectF(self._label, top + at * (ROW + GAP), TOTAL - 8, ROW),
                tr("{code}: {count}", code=code.path, count=codings_text(code.codings)),
                code.query,
                ("code", code.code),
            )
            for at, code in enumerate(self._names.codes)
        ]

    def _arrange_cells(self, grid: CodeGrid, top: float, columns: Sequence[Extent]) -> list[tuple[Spot, CodeCell]]:
        places = {column: at for at, (column, _) in enumerate(grid.columns)}
        names = {heading[0]: column_name(heading, self._grain(grid)) for heading in grid.columns}
        made = []
        for cell in grid.cells:
            at = self._row_of.get(cell.row)
            if at is None:
                continue
            left, step = columns[places[cell.column]]
            path = self._names.codes[at].path
            words = tr(
                "{code}, {column}: {count}", code=path, column=names[cell.column], count=codings_text(cell.count)
            )
            rect = QRectF(left, top + at * (ROW + GAP), step - GAP, ROW)
            made.append((Spot(rect, words, cell.query, (grid.by, cell.row, cell.column)), cell))
        return made

    def _grain(self, grid: CodeGrid) -> Grain | None:
        return self._found.grain if grid.by == "time" else None

    # --- painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, grid in enumerate(self._found.grids):
            top, columns = self._tops[number], self._columns[number]
            if len(self._found.grids) > 1:
                title = tr("By perspective") if grid.by == "perspective" else tr("By time scale")
                write_text(painter, look, QRectF(0, top - TITLE, self._label + 400, TITLE - 4), title, bold=True)
            self._paint_heads(painter, look, grid, top, columns)
            self._paint_rows(painter, look, columns, top + HEAD)
            for spot in self._totals[number]:
                code = self._names.codes[self._row_of[spot.key[1]]]  # type: ignore[index]
                write_text(painter, look, spot.rect, f"{code.codings:,}", size=look.sizes.small, align=MIDDLE)
            for spot, cell in self._cells[number]:
                self._paint_cell(painter, look, spot.rect, cell)

    def _paint_heads(
        self, painter: QPainter, look: Look, grid: CodeGrid, top: float, columns: Sequence[Extent]
    ) -> None:
        _write_lines(painter, look, QRectF(self._label, top, TOTAL - 8, HEAD - 6), tr("all"), "faint")
        grain, told, year = self._grain(grid), 0.0, ""
        for heading, (left, step) in zip(grid.columns, columns, strict=True):
            is_period = grain is not None and heading[0] not in (EARLIER, UNDATED)
            words = column_head(heading, grain, with_year=heading[0][:4] != year)
            # Where periods are narrower than their names only every few of them has one.
            if is_period and left < told:
                continue
            rect = QRectF(left - 2, top, step + 1, HEAD - 6)
            if is_period:
                needed = max(look.width(line, look.sizes.tiny) for line in words.split("\n")) + 6
                told, year = left + needed, heading[0][:4]
                rect = rect.adjusted(min(step - needed, 0) / 2, 0, max(needed - step, 0) / 2, 0)
            elif grid.by == "perspective" and step >= MARKED_FROM:
                paint_mark(painter, QPointF(rect.center().x(), top + 6), 9, heading[0], look.theme)
                rect.setTop(top + 12)
            _write_lines(painter, look, rect, words, "muted")

    def _paint_rows(self, painter: QPainter, look: Look, columns: Sequence[Extent], top: float) -> None:
        """The names, and a faint dot in each place, so that what is empty is seen to be asked about."""
        dot = look.theme.color("line_strong")
        for at in range(len(self._names.codes)):
            row = QRectF(0, top + at * (ROW + GAP), self._label, ROW)
            self._names.paint(painter, look, at, row)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(dot)
            for left, step in columns:
                painter.drawEllipse(QPointF(left + (step - GAP) / 2, row.center().y()), 1.2, 1.2)

    def _paint_cell(self, painter: QPainter, look: Look, rect: QRectF, cell: CodeCell) -> None:
        share = LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * cell.count / max(self._most, 1)
        accent = look.theme.color("accent")
        painter.setBrush(mixed(accent, look.theme.color("surface"), share))
        painter.setPen(QPen(mixed(accent, look.theme.color("line"), share), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        if rect.width() >= look.width(short_count(cell.count), look.sizes.tiny):
            write_text(painter, look, rect, short_count(cell.count), size=look.sizes.tiny, align=MIDDLE)


MIDDLE = Qt.AlignmentFlag.AlignHCenter


def _write_lines(painter: QPainter, look: Look, rect: QRectF, words: str, role: str) -> None:
    """Words at the foot of a head, in lines where they are too long for one."""
    painter.setFont(look.sized(look.sizes.tiny))
    painter.setPen(look.theme.color(role))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
    painter.drawText(rect, int(flags), words)
