"""Ways through the stages as they went: a row for each person, under each stage a numbered dot for each step there, an
arc for each move that was not straight on. Skips and stays go above the line, returns below it."""

from collections import Counter

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from desktop_app.model.offmap import Move, OffMap, Path
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Look, Spot, write_text
from desktop_app.ui.lenses.offmap.part import Part

MOST = 100
"""Ways that are drawn; how many more there are is said."""
HEAD = 26
LINE = 24
DOT = 9.0
APART = 22.0
"""Pixels from one dot of a stage to the next."""
NEAR, FARTHER = 20.0, 8.0
"""Height of the first arc on a side, and what each further one rises above it."""

KINDS = {"skip": "skips a stage", "return": "goes back", "loop": "comes round again", "repeat": "stays"}


class Ladder(Part):
    def __init__(self, found: OffMap) -> None:
        self._stages = found.stages
        self._ways = found.paths[:MOST]
        self._more = found.paths[MOST:]
        self._off_map = found.off_map
        self._straight = found.straight
        self._lines: list[float] = []
        self._names: list[QRectF] = []
        self._head = QRectF()
        self._foot: QRectF | None = None
        self._faint: QRectF | None = None
        self._left, self._step = 0.0, 1.0
        self.spots = []

    # --- places -----------------------------------------------------------------------------------------------------

    def arrange(self, top: float, width: float, look: Look) -> float:
        self.spots, self._lines, self._names = [], [], []
        self._foot = self._faint = None
        names = [way.name for way in self._ways] or [""]
        label = min(max(look.width(name, look.sizes.body) for name in names) + 24, width * 0.26)
        label = max(label, min(150.0, width * 0.26))
        ends = max(look.width(tr(stage), look.sizes.small) for stage in self._stages) / 2 + 6
        self._left = label + ends
        self._step = (width - self._left - ends) / max(len(self._stages) - 1, 1)
        self._head = QRectF(0, top, width, HEAD)
        y = top + HEAD
        if self._straight.count:
            self._faint = QRectF(0, y, label - 12, LINE)
            self.spots.append(Spot(QRectF(0, y, width, LINE), self._straight_words(), self._straight.query, "straight"))
            y += LINE + 4
        for way in self._ways:
            y = self._arrange_way(way, y, label)
        if self._more:
            self._foot = QRectF(0, y + 4, width, LINE)
            self.spots.append(Spot(self._foot, self._more_words(), self._off_map.query, "more"))
            y += LINE + 4
        return y

    def _arrange_way(self, way: Path, top: float, label: float) -> float:
        above, below = _heights(way)
        line = top + above + 8
        self._lines.append(line)
        name = QRectF(0, line - LINE / 2, label - 12, LINE)
        self._names.append(name)
        self.spots.append(Spot(name, _told(way), way.query, (way.person, -1)))
        places = self._places(way)
        for at, (step, x) in enumerate(zip(way.steps, places, strict=True)):
            shown = "" if step.query else tr("; no entry shows it")
            words = tr(
                "{name}, step {number}: {stage}, {when}{shown}",
                name=way.name,
                number=at + 1,
                stage=tr(step.stage),
                when=describe(step.date),
                shown=shown,
            )
            rect = QRectF(x - DOT - 1, line - DOT - 1, 2 * DOT + 2, 2 * DOT + 2)
            self.spots.append(Spot(rect, words, step.query, (way.person, at)))
        return line + below + 14

    def _x(self, stage: str) -> float:
        return self._left + self._stages.index(stage) * self._step

    def _places(self, way: Path) -> list[float]:
        """Where each step's dot stands: in the middle of its stage, side by side where somebody was there again."""
        counts = Counter(step.stage for step in way.steps)
        seen: Counter[str] = Counter()
        places = []
        for step in way.steps:
            count = counts[step.stage]
            apart = min(APART, (self._step - 16) / count)
            places.append(self._x(step.stage) + (seen[step.stage] - (count - 1) / 2) * apart)
            seen[step.stage] += 1
        return places

    def _straight_words(self) -> str:
        return count_text(self._straight.count, "{number} person went straight on", "{number} people went straight on")

    def _more_words(self) -> str:
        every = f"{len(self._ways) + len(self._more):,}"
        return tr(
            "The first {number} of {every} by name; a search above narrows them.", number=len(self._ways), every=every
        )

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        for stage in self._stages:
            room = QRectF(self._x(stage) - self._step / 2, self._head.top(), self._step, HEAD)
            write_text(painter, look, room, tr(stage), size=look.sizes.small, role="muted", align=middle)
        if self._faint is not None:
            self._paint_straight(painter, look, self._faint)
        for way, line, name in zip(self._ways, self._lines, self._names, strict=True):
            write_text(painter, look, name, way.name)
            self._paint_way(painter, look, way, line)
        if self._foot is not None:
            write_text(painter, look, self._foot, self._more_words(), size=look.sizes.small, role="muted")

    def _paint_straight(self, painter: QPainter, look: Look, rect: QRectF) -> None:
        write_text(painter, look, rect, tr("straight: {count}", count=f"{self._straight.count:,}"), role="muted")
        y = rect.center().y()
        painter.setPen(QPen(look.theme.color("line_strong"), 1.5))
        painter.drawLine(QPointF(self._x(self._stages[0]), y), QPointF(self._x(self._stages[-1]), y))

    def _paint_way(self, painter: QPainter, look: Look, way: Path, line: float) -> None:
        theme = look.theme
        painter.setPen(QPen(theme.color("line"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(self._x(self._stages[0]), line), QPointF(self._x(self._stages[-1]), line))
        places = self._places(way)
        for at, (move, level) in enumerate(zip(way.moves, _levels(way), strict=True)):
            _paint_move(painter, look, move, QPointF(places[at], line), QPointF(places[at + 1], line), level)
        for at, (step, x) in enumerate(zip(way.steps, places, strict=True)):
            # A step that an entry shows is full, one that is only noted is a ring.
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(theme.color("accent" if step.query else "ground"))
            painter.drawEllipse(QPointF(x, line), DOT, DOT)
            room = QRectF(x - DOT, line - DOT, 2 * DOT, 2 * DOT)
            role = "on_accent" if step.query else "text"
            middle = Qt.AlignmentFlag.AlignHCenter
            write_text(painter, look, room, f"{at + 1}", size=look.sizes.tiny, role=role, align=middle)


def _paint_move(painter: QPainter, look: Look, move: Move, start: QPointF, end: QPointF, level: float) -> None:
    """An arrow from dot to dot: straight on without a level, else an arc that far above the line, or below it."""
    straight = move.kind == "next"
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.theme.color("muted" if straight else "accent"), 1.75))
    if not level:
        painter.drawLine(start, end)
        _paint_head(painter, end - QPointF(DOT + 1, 0), QPointF(1, 0))
        return
    up = QPointF(0, level if move.kind == "return" else -level)
    edge = up * ((DOT + 1) / level)
    bend = (end - start) * 0.2
    way = QPainterPath(start + edge)
    way.cubicTo(start + bend + up, start + bend + up, (start + end) / 2 + up)
    way.cubicTo(end - bend + up, end - bend + up, end + edge)
    painter.drawPath(way)
    lean = bend - up + edge
    length = (lean.x() ** 2 + lean.y() ** 2) ** 0.5
    _paint_head(painter, end + edge, lean / length)


def _paint_head(painter: QPainter, tip: QPointF, way: QPointF) -> None:
    """An arrow's head at its tip, pointing along a vector of length 1."""
    back, aside = tip - way * 6, QPointF(-way.y(), way.x()) * 3.5
    painter.drawPolyline([back + aside, tip, back - aside])


def _levels(way: Path) -> list[float]:
    """How far each move rises above or sinks below the line; 0 for one straight on to a dot with none in between."""
    counts = Counter(step.stage for step in way.steps)
    above = below = 0
    levels = []
    for move in way.moves:
        if move.kind == "next" and counts[move.source] == counts[move.target] == 1:
            levels.append(0.0)
        elif move.kind == "return":
            levels.append(NEAR + FARTHER * below)
            below += 1
        elif move.kind == "repeat":
            levels.append(NEAR)
        else:
            levels.append(NEAR + FARTHER * above)
            above += 1
    return levels


def _heights(way: Path) -> tuple[float, float]:
    """Room above and below the line of a way."""
    levels = list(zip(way.moves, _levels(way), strict=True))
    above = max((level for move, level in levels if move.kind != "return"), default=0.0)
    below = max((level for move, level in levels if move.kind == "return"), default=0.0)
    return max(above + 4, DOT + 4), max(below, DOT)


def _told(way: Path) -> str:
    kinds = ", ".join(tr(KINDS[kind]) for kind in way.kinds)
    return tr("{name}: {way} ({kinds})", name=way.name, way=" → ".join(tr(s.stage) for s in way.steps), kinds=kinds)
