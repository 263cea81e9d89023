"""Which codes come together, as a graph: the area of a node tells its codings, the width of an edge how often two meet;
the number of its codings stands beside a node, that of its pairs on an edge where there is room, else once it is
chosen."""

from collections.abc import Sequence
from math import hypot, sqrt

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.model.code_lens import CodeCell, CodeCount, CodesTogether
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.codes.naming import DOT, codings_text, paint_dot, pair_words, short_count
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text

LEAST_RADIUS, MOST_RADIUS = 5.0, 24.0
LEAST_WIDTH, MOST_WIDTH = 1.0, 9.0
EDGE = 64
"""Kept free on the left and the right, for names."""
TOP, BOTTOM = 30, 44
LEAST_HEIGHT, MOST_HEIGHT = 360.0, 820.0
NAME = 150
"""The widest name of a node."""
ALONE_ROW = 24
ALONE_HEAD = 30
MOST_ALONE = 48


class GraphDrawing(Drawing):
    """The strongest pairs; codes that are in none of them stand below by their names."""

    def __init__(self, found: CodesTogether) -> None:
        self._found = found
        self._codes: dict[str, CodeCount] = {code.code: code for code in found.codes}
        self._most = max((code.codings for code in found.codes), default=1) or 1
        self._strongest = max((edge.count for edge in found.graph.edges), default=1)
        self._at: dict[str, QPointF] = {}
        self._edges: list[tuple[Spot, CodeCell]] = []
        self._nodes: list[Spot] = []
        self._names: list[tuple[QRectF, str]] = []
        self._numbered: list[tuple[Spot, CodeCell]] = []
        self._alone: list[Spot] = []
        self._foot = 0.0

    # --- where everything stands --------------------------------------------------------------------------------------

    def arrange(self, width: float, look: Look) -> float:
        graph = self._found.graph
        alone = self._arrange_alone(width, look)
        wanted = self.room - alone if self.room else width * 0.56
        height = min(max(wanted, LEAST_HEIGHT), MOST_HEIGHT) if graph.nodes else 0.0
        self._foot = height
        inside = QRectF(EDGE, TOP, max(width - 2 * EDGE, 100), height - TOP - BOTTOM)
        self._at = {
            code: QPointF(inside.left() + x * inside.width(), inside.top() + y * inside.height())
            for code, x, y in graph.nodes
        }
        names = {code: found.path for code, found in self._codes.items()}
        self._nodes = [self._node(code) for code, _, _ in graph.nodes]
        self._edges = [
            (Spot(self._middle(edge, look), pair_words(edge, names), edge.query, ("pair", edge.row, edge.column)), edge)
            for edge in graph.edges
        ]
        self._place_words(QRectF(0, 0, width, height), look)
        for spot in self._alone:
            spot.rect.translate(0, height)
        self.spots = [*self._nodes, *(spot for spot, _ in self._edges), *self._alone]
        return max(height + alone, 1.0)

    def _place_words(self, room: QRectF, look: Look) -> None:
        """A name stands below its node, else above or beside it, where it covers least of what stands already; edges
        whose number would cover something keep it until they are chosen."""
        taken = [spot.rect for spot in self._nodes]
        font = QFontMetricsF(look.sized(look.sizes.tiny))
        self._names = []
        for spot in self._nodes:
            shown = font.elidedText(_named(self._code_of(spot)), Qt.TextElideMode.ElideMiddle, NAME)
            size = QSizeF(look.width(shown, look.sizes.tiny) + 8, look.sizes.tiny + 5)
            rect = min(_places(spot.rect, size), key=lambda place: _covered(place, taken, room))
            taken.append(rect)
            self._names.append((rect, shown))
        self._numbered = []
        for spot, edge in self._edges:
            if not any(spot.rect.intersects(other) for other in taken):
                taken.append(spot.rect)
                self._numbered.append((spot, edge))

    def _node(self, code: str) -> Spot:
        found = self._codes[code]
        radius = self._radius(code)
        rect = QRectF(-radius, -radius, 2 * radius, 2 * radius).translated(self._at[code])
        words = tr("{code}: {count}", code=found.path, count=codings_text(found.codings))
        return Spot(rect, words, found.query, ("code", code))

    def _radius(self, code: str) -> float:
        return max(MOST_RADIUS * sqrt(self._codes[code].codings / self._most), LEAST_RADIUS)

    def _middle(self, edge: CodeCell, look: Look) -> QRectF:
        """Where the number of an edge stands: halfway between the rims of its two nodes."""
        one, other = self._at[edge.row], self._at[edge.column]
        way = other - one
        length = max(hypot(way.x(), way.y()), 1.0)
        rims = self._radius(edge.row) - self._radius(edge.column)
        centre = one + way * (0.5 + rims / 2 / length)
        width = max(look.width(short_count(edge.count), look.sizes.tiny) + 10, 18)
        return QRectF(centre.x() - width / 2, centre.y() - 8, width, 16)

    def _arrange_alone(self, width: float, look: Look) -> float:
        """Lays the codes that stand alone out in lines, from ``y = 0``; returns the height they need."""
        self._alone = []
        codes = self._found.graph.alone[:MOST_ALONE]
        if not codes:
            return 0.0
        left, top = 0.0, float(ALONE_HEAD)
        for code in codes:
            found = self._codes[code]
            needed = DOT + 7 + look.width(_named(found), look.sizes.small) + 4
            needed = min(needed, width)
            if left and left + needed > width:
                left, top = 0.0, top + ALONE_ROW
            words = tr(
                "{code}: {count}, in none of the pairs drawn", code=found.path, count=codings_text(found.codings)
            )
            self._alone.append(Spot(QRectF(left, top, needed, ALONE_ROW - 2), words, found.query, ("code", code)))
            left += needed + 18
        return top + ALONE_ROW + 4

    # --- painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for _, edge in reversed(self._edges):
            share = edge.count / self._strongest
            colour = mixed(look.theme.color("accent"), look.theme.color("ground"), 0.3 + 0.4 * share)
            pen = QPen(colour, LEAST_WIDTH + (MOST_WIDTH - LEAST_WIDTH) * share)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(self._at[edge.row], self._at[edge.column])
        for spot in self._nodes:
            self._paint_node(painter, look, spot)
        self._paint_names(painter, look)
        for spot, edge in self._numbered:
            self._paint_number(painter, look, spot.rect, edge.count)
        if self._alone:
            self._paint_alone(painter, look)

    def _code_of(self, spot: Spot) -> CodeCount:
        assert isinstance(spot.key, tuple)
        return self._codes[spot.key[1]]

    def _paint_node(self, painter: QPainter, look: Look, spot: Spot) -> None:
        painter.setBrush(QColor(self._code_of(spot).colour))
        painter.setPen(QPen(look.theme.color("ground"), 2))
        painter.drawEllipse(spot.rect)

    def _paint_number(self, painter: QPainter, look: Look, rect: QRectF, count: int) -> None:
        painter.setBrush(look.theme.color("surface"))
        painter.setPen(QPen(look.theme.color("line_strong"), 1))
        painter.drawRoundedRect(rect, 8, 8)
        write_text(painter, look, rect, short_count(count), size=look.sizes.tiny, align=Qt.AlignmentFlag.AlignHCenter)

    def _paint_names(self, painter: QPainter, look: Look) -> None:
        """Names and counts of the nodes, on the ground, so that no edge runs through the words."""
        ground = QColor(look.theme.color("ground"))
        ground.setAlphaF(0.82)
        for rect, shown in self._names:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, 4, 4)
            write_text(painter, look, rect, shown, size=look.sizes.tiny, align=Qt.AlignmentFlag.AlignHCenter)

    def _paint_alone(self, painter: QPainter, look: Look) -> None:
        rest = len(self._found.graph.alone) - len(self._alone)
        words = tr("In none of the pairs drawn")
        if rest:
            words = tr("In none of the pairs drawn ({number} more in the table)", number=rest)
        heading = QRectF(0, self._foot + 4, 600, ALONE_HEAD - 8)
        write_text(painter, look, heading, words, size=look.sizes.small, role="muted")
        for spot in self._alone:
            code = self._code_of(spot)
            rect = spot.rect
            paint_dot(painter, code.colour, QRectF(rect.left(), rect.center().y() - DOT / 2, DOT, DOT))
            place = rect.adjusted(DOT + 7, 0, 4, 0)
            write_text(painter, look, place, _named(code), size=look.sizes.small, role="muted")

    def paint_chosen(self, painter: QPainter, look: Look, spot: Spot, *, focused: bool) -> None:
        """An edge shows its line and its number, a node those of the edges that lead to it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.theme.color("accent"), 2))
        touched = []
        for other, edge in self._edges:
            ends = isinstance(spot.key, tuple) and spot.key[0] == "code" and spot.key[1] in (edge.row, edge.column)
            if ends or other.key == spot.key:
                touched.append((other, edge))
                painter.drawLine(self._at[edge.row], self._at[edge.column])
        for node in self._nodes:
            self._paint_node(painter, look, node)
        self._paint_names(painter, look)
        for other, edge in (*self._numbered, *touched):
            self._paint_number(painter, look, other.rect, edge.count)
        super().paint_chosen(painter, look, spot, focused=focused)


def _places(node: QRectF, size: QSizeF) -> list[QRectF]:
    """Where the name of a node may stand, best first: below, above, on the right, on the left."""
    centre, width, height = node.center(), size.width(), size.height()
    corners = (
        QPointF(centre.x() - width / 2, node.bottom() + 2),
        QPointF(centre.x() - width / 2, node.top() - 2 - height),
        QPointF(node.right() + 2, centre.y() - height / 2),
        QPointF(node.left() - 2 - width, centre.y() - height / 2),
    )
    return [QRectF(corner, size) for corner in corners]


def _covered(place: QRectF, taken: Sequence[QRectF], room: QRectF) -> float:
    """How much of other things a place covers, and how much of it lies out of the room, in square pixels."""
    inside = place.intersected(room)
    outside = place.width() * place.height() - inside.width() * inside.height()
    covered = (place.intersected(other) for other in taken)
    return outside + sum(part.width() * part.height() for part in covered)


def _named(code: CodeCount) -> str:
    return f"{code.name} {code.codings:,}"
