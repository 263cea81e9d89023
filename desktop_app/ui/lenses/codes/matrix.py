"""Which codes come together, as a triangle: each two meet once; where a code meets itself stand its codings."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop_app.model.code_lens import CodeCell, CodesTogether
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.codes.naming import CodeNames, codings_text, most_used, pair_words, short_count
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text

LEAST_CELL, MOST_CELL = 26.0, 46.0
ROW_MOST = 34.0
HEAD = 116
CORNER = 4
MIDDLE = Qt.AlignmentFlag.AlignHCenter
LEAST_SHARE, MOST_SHARE = 0.12, 0.5


class MatrixDrawing(Drawing):
    """Codes that come together with another one; of too many for the width those with most codings."""

    def __init__(self, found: CodesTogether) -> None:
        self._found = found
        self._used = {code for cell in found.cells for code in (cell.row, cell.column)}
        self._names = CodeNames(())
        self._label = 0.0
        self._size = MOST_CELL
        self._row = ROW_MOST
        self._own: list[Spot] = []
        self._cells: list[tuple[Spot, CodeCell]] = []
        self._most = max((cell.count for cell in found.cells), default=0)

    def arrange(self, width: float, look: Look) -> float:
        room = int((width - min(240.0, width * 0.3)) / LEAST_CELL)
        self._names = CodeNames(most_used(self._found.codes, max(room, 2), self._used))
        self._label = self._names.width(look, min(240.0, width * 0.3))
        count = max(len(self._names.codes), 1)
        self._size = min((width - self._label) / count, MOST_CELL)
        self._row = min(max(self._size, LEAST_CELL), ROW_MOST)
        self._own = [
            Spot(
                self._rect(at, at),
                tr("{code}: {count}", code=code.path, count=codings_text(code.codings)),
                code.query,
                ("code", code.code),
            )
            for at, code in enumerate(self._names.codes)
        ]
        places = {code.code: at for at, code in enumerate(self._names.codes)}
        names = {code.code: code.path for code in self._names.codes}
        self._cells = [
            (
                Spot(
                    self._rect(places[cell.column], places[cell.row]),
                    pair_words(cell, names),
                    cell.query,
                    ("pair", cell.row, cell.column),
                ),
                cell,
            )
            for cell in self._found.cells
            if cell.row in places and cell.column in places
        ]
        ordered = sorted(
            (*self._own, *(spot for spot, _ in self._cells)), key=lambda spot: (spot.rect.top(), spot.rect.left())
        )
        self.spots = ordered
        return HEAD + count * self._row + 4

    def _rect(self, row: int, column: int) -> QRectF:
        return QRectF(self._label + column * self._size, HEAD + row * self._row, self._size - 3, self._row - 3)

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, code in enumerate(self._names.codes):
            self._names.paint(painter, look, at, QRectF(0, HEAD + at * self._row, self._label, self._row - 3))
            self._paint_head(painter, look, at, code.name)
            self._paint_empty(painter, look, at)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.theme.color("line_strong"), 1))
            rect = self._own[at].rect
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            shown = short_count(code.codings)
            write_text(painter, look, rect, shown, size=look.sizes.tiny, role="muted", align=MIDDLE)
        for spot, cell in self._cells:
            self._paint_cell(painter, look, spot.rect, cell)

    def _paint_head(self, painter: QPainter, look: Look, at: int, name: str) -> None:
        """The name of a column, standing upright right above its first cell."""
        font = look.sized(look.sizes.tiny)
        painter.save()
        painter.setFont(font)
        painter.setPen(look.theme.color("muted"))
        foot = HEAD + at * self._row - 6
        painter.translate(self._label + at * self._size + self._size / 2 - 1, foot)
        painter.rotate(-90)
        shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, HEAD - 10)
        painter.drawText(
            QRectF(0, -9, HEAD, 18), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown
        )
        painter.restore()

    def _paint_empty(self, painter: QPainter, look: Look, row: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme.color("line_strong"))
        for column in range(row):
            painter.drawEllipse(self._rect(row, column).center(), 1.2, 1.2)

    def _paint_cell(self, painter: QPainter, look: Look, rect: QRectF, cell: CodeCell) -> None:
        share = LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * cell.count / max(self._most, 1)
        accent = look.theme.color("accent")
        painter.setBrush(mixed(accent, look.theme.color("surface"), share))
        painter.setPen(QPen(mixed(accent, look.theme.color("line"), share), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        write_text(painter, look, rect, short_count(cell.count), size=look.sizes.small, align=MIDDLE)
