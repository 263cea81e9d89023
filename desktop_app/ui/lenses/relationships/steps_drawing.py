"""Success as steps: how many people reached which stage in which year or quarter."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.people import Stage
from desktop_app.model.relationships import Reached, Relationships
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text
from desktop_app.ui.lenses.relationships.way_drawing import when_words

GAP = 6.0
HEAD = 26.0
CELL_HEIGHT = 44.0
NARROWEST = 66.0
WIDEST = 132.0
CORNER = 6
LEAST_SHARE, MOST_SHARE = 0.10, 0.40
"""Opacity of the accent behind the smallest and the largest count; words stay readable on both."""


class StepsDrawing(Drawing):
    """A row for each stage, the furthest on top, a column for each period; as many of the last as have room.

    The key of a spot is its :class:`Reached`; cells that nobody reached are none. ``hidden`` counts the periods for
    which there is no room.
    """

    def __init__(self, found: Relationships) -> None:
        self._reached = {(one.period, one.stage): one for one in found.reached}
        self._all = tuple(dict.fromkeys(one.period for one in found.reached))
        known = [str(stage) for stage in Stage]
        stages = {one.stage for one in found.reached}
        self._stages = (*sorted(stages - set(known)), *(stage for stage in reversed(known) if stage in stages))
        self._most = max((one.people for one in found.reached), default=1)
        self._periods: tuple[str, ...] = ()
        self._width = self._label = self._step = 0.0
        self.hidden = 0

    def arrange(self, width: float, look: Look) -> float:
        width -= 1  # room for the frame of a chosen cell
        self._width = width
        widest = max((look.width(tr(stage), look.sizes.body) for stage in self._stages), default=0.0)
        self._label = min(widest + 20, width * 0.3)
        room = max(int((width - self._label + GAP) // (NARROWEST + GAP)), 1)
        self._periods = self._all[-room:]
        self.hidden = len(self._all) - len(self._periods)
        self._step = min((width - self._label + GAP) / max(len(self._periods), 1), WIDEST + GAP)
        spots = []
        for row, stage in enumerate(self._stages):
            for column, period in enumerate(self._periods):
                if one := self._reached.get((period, stage)):
                    spots.append(Spot(self._cell(row, column), reached_words(one), _entries_of(one), one))
        self.spots = spots
        if not self._stages:
            return HEAD + 1
        return HEAD + len(self._stages) * (CELL_HEIGHT + GAP) + 1

    def _cell(self, row: int, column: int) -> QRectF:
        left = self._label + column * self._step
        return QRectF(left, HEAD + row * (CELL_HEIGHT + GAP), self._step - GAP, CELL_HEIGHT)

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._stages:
            write_text(painter, look, QRectF(0, 0, self._width, HEAD), tr("No step noted yet."), role="muted")
            return
        centre = Qt.AlignmentFlag.AlignHCenter
        for column, period in enumerate(self._periods):
            cell = self._cell(0, column)
            head = QRectF(cell.left(), 0, cell.width(), HEAD - 4)
            words = when_words(period) if period else tr("no one period")
            write_text(painter, look, head, words, size=look.sizes.small, role="muted", align=centre)
        for row, stage in enumerate(self._stages):
            rect = QRectF(0, self._cell(row, 0).top(), self._label - 12, CELL_HEIGHT)
            write_text(painter, look, rect, tr(stage))
            for column, period in enumerate(self._periods):
                self._paint_cell(painter, look, self._cell(row, column), self._reached.get((period, stage)))

    def _paint_cell(self, painter: QPainter, look: Look, rect: QRectF, one: Reached | None) -> None:
        theme = look.theme
        fill, edge = theme.color("surface"), theme.color("line")
        if one:
            share = LEAST_SHARE + (MOST_SHARE - LEAST_SHARE) * one.people / self._most
            fill, edge = mixed(theme.color("accent"), fill, share), mixed(theme.color("accent"), edge, share)
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        centre = Qt.AlignmentFlag.AlignHCenter
        if one and one.back:
            top, below = QRectF(rect), QRectF(rect)
            top.setBottom(rect.center().y() + 2)
            below.setTop(rect.center().y() + 1)
            back = tr("{number} back", number=f"{one.back:,}")
            write_text(painter, look, top, f"{one.people:,}", align=centre)
            write_text(painter, look, below, back, size=look.sizes.tiny, align=centre)
        else:
            words = f"{one.people:,}" if one else "·"
            write_text(painter, look, rect, words, role="text" if one else "faint", align=centre)


def _entries_of(one: Reached) -> str:
    """The entries that show it; where none does, the people."""
    return one.entries.query if one.entries.value else one.people_query


def reached_words(one: Reached) -> str:
    """``2026, customer: 3 people, 1 of them back from further along``."""
    period = when_words(one.period) if one.period else tr("In no one period")
    people = count_text(one.people, "{number} person", "{number} people")
    said = tr("{period}, {stage}: {people}", period=period, stage=tr(one.stage), people=people)
    return said + tr(", {number} of them back from further along", number=f"{one.back:,}") if one.back else said
