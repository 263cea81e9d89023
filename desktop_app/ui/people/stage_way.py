"""Somebody's way across time, drawn: five lanes from stranger to advocate, and below them everything they said.

The way also goes back, and the drawing says so. A full dot has an entry that shows it, a ring has none; a stage whose
date is not known to the day lies on a soft band.
"""

from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.people import Stage, StageStep
from desktop_app.model.samples import days
from desktop_app.model.time import OPEN_END, OPEN_START, BadDate, Precision, describe, parse_edtf
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets.time_axis import TimeAxis

LANES = tuple(reversed(Stage))
LANE = 22
HEARD = 28
FOOT = 22
LABELS = 104
RIGHT = 12
DOT = 4.5
NEAR = 9.0
SHARP = (Precision.MOMENT, Precision.DAY)


@dataclass(frozen=True, slots=True)
class Dot:
    """A step on the drawing: from ``start`` to ``end`` in days, sharp or not, and the entry that shows it."""

    stage: str
    start: float
    end: float
    sharp: bool
    entry: str
    told: str


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry of theirs, as a mark on the lowest lane."""

    entry: str
    at: float
    perspective: str
    told: str


class StageWay(QWidget):
    """``entry_requested(str)`` a click on a dot or a mark that has an entry."""

    entry_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._dots: tuple[Dot, ...] = ()
        self._heard: tuple[Heard, ...] = ()
        self._axis = TimeAxis()
        self._now = 0.0
        self._lit = ""
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def show_way(self, steps: tuple[StageStep, ...], entries: tuple[Entry, ...], today: str) -> None:
        """Draws these steps up to ``today`` (an ISO date) and the dated entries."""
        self._now = days(today) + 1
        self._dots = tuple(dot for step in steps if (dot := _dot(step)))
        self._heard = tuple(mark for entry in entries if (mark := _heard(entry)))
        first = min([dot.start for dot in self._dots] + [mark.at for mark in self._heard], default=self._now - 30)
        last = max([self._now, *(mark.at for mark in self._heard), *(dot.start for dot in self._dots)])
        room = max((last - first) * 0.03, 4.0)
        self._axis.show(first - room, last + room * 0.4)
        self.setAccessibleName(tr("Their way: {steps}", steps="; ".join(dot.told for dot in self._dots)))
        self.updateGeometry()
        self.update()

    def light(self, entry: str) -> None:
        """Lights the dot and the mark of an entry."""
        if entry != self._lit:
            self._lit = entry
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, len(LANES) * LANE + (HEARD if self._heard else 0) + FOOT)

    # --- places ------------------------------------------------------------------------------------------------------

    def _lane(self, stage: str) -> float:
        return (LANES.index(Stage(stage)) + 0.5) * LANE

    def _heard_lane(self) -> float:
        return len(LANES) * LANE + HEARD / 2

    def point_of(self, dot: Dot) -> QPointF:
        return QPointF(self._axis.x(dot.start), self._lane(dot.stage))

    def dots(self) -> tuple[Dot, ...]:
        return self._dots

    def _under(self, at: QPointF) -> Dot | Heard | None:
        for dot in self._dots:
            away = self.point_of(dot) - at
            if abs(away.x()) + abs(away.y()) < 2 * NEAR:
                return dot
        if abs(at.y() - self._heard_lane()) < HEARD / 2:
            near = [mark for mark in self._heard if abs(self._axis.x(mark.at) - at.x()) < NEAR]
            return min(near, key=lambda mark: abs(self._axis.x(mark.at) - at.x()), default=None)
        return None

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._axis.left, self._axis.right = float(LABELS), float(self.width() - RIGHT)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lanes(painter)
        self._paint_ticks(painter)
        self._paint_way(painter)
        self._paint_heard(painter)
        painter.end()

    def _font(self, size: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        return font

    def _paint_lanes(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        painter.setFont(self._font(self._appearance.sizes.tiny))
        reached = {dot.stage for dot in self._dots}
        lanes = [(self._lane(stage), tr(stage), stage in reached) for stage in LANES]
        if self._heard:
            lanes.append((self._heard_lane(), tr("heard"), True))
        for y, name, strong in lanes:
            painter.setPen(theme.color("muted" if strong else "faint"))
            box = QRectF(0, y - LANE / 2, LABELS - 14, LANE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(LABELS, y), QPointF(self.width() - RIGHT, y))

    def _paint_ticks(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        font = self._font(self._appearance.sizes.tiny)
        painter.setFont(font)
        painter.setPen(theme.color("faint"))
        top = self.height() - FOOT
        for tick in self._axis.ticks():
            x = self._axis.x(tick.day)
            width = QFontMetrics(font).horizontalAdvance(tick.label)
            if x + width > self.width():
                continue
            painter.drawText(QRectF(x, top, width + 2, FOOT), Qt.AlignmentFlag.AlignVCenter, tick.label)

    def _paint_way(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        painter.setPen(Qt.PenStyle.NoPen)
        for dot in self._dots:
            if not dot.sharp:
                painter.setBrush(theme.color("accent", 0.2))
                x, y = self._axis.x(dot.start), self._lane(dot.stage)
                right = min(self._axis.x(dot.end), self._axis.x(self._now))
                painter.drawRoundedRect(QRectF(x, y - 4, max(right - x, 8.0), 8), 4, 4)
        painter.setPen(QPen(theme.color("accent"), 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        # Nobody's way may be known yet: then there is nothing to pair.
        for dot, following in zip_longest(self._dots, self._dots[1:]):
            here = self.point_of(dot)
            until = self.point_of(following).x() if following else self._axis.x(self._now)
            painter.drawLine(here, QPointF(until, here.y()))
            if following:
                painter.drawLine(QPointF(until, here.y()), self.point_of(following))
        for dot in self._dots:
            self._paint_dot(painter, dot, theme.color("accent"))

    def _paint_dot(self, painter: QPainter, dot: Dot, color: QColor) -> None:
        theme = self._appearance.theme
        lit = bool(dot.entry) and dot.entry == self._lit
        painter.setPen(QPen(color, 1.75))
        painter.setBrush(color if dot.entry else theme.color("surface"))
        painter.drawEllipse(self.point_of(dot), DOT, DOT)
        if lit:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.point_of(dot), DOT + 4, DOT + 4)

    def _paint_heard(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        for mark in self._heard:
            centre = QPointF(self._axis.x(mark.at), self._heard_lane())
            paint_mark(painter, centre, 10, mark.perspective, theme)
            if mark.entry == self._lit:
                painter.setPen(QPen(theme.color("accent"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(centre, 9, 9)

    # --- the pointer -------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        self.light(under.entry if under else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if under and under.entry else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: object) -> None:
        self.light("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and under and under.entry:
            self.entry_requested.emit(under.entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of its own events. With ``event`` overridden instead, an error while painting could end the program."""
        if watched is self and isinstance(event, QHelpEvent):
            under = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), under.told if under else "", self)
            return True
        return False


def _dot(step: StageStep) -> Dot | None:
    try:
        when = parse_edtf(step.date)
    except BadDate:
        # Of a newer kind of date: the list below the drawing still shows the step.
        return None
    if when.start == OPEN_START or step.stage not in set(Stage):
        return None
    end = days(when.end) if when.end != OPEN_END else days(when.start)
    sharp = when.precision in SHARP and not any(mark in step.date for mark in "?~%X")
    return Dot(step.stage, days(when.start), end, sharp, step.entry or "", f"{tr(step.stage)}, {describe(when)}")


def _heard(entry: Entry) -> Heard | None:
    if not entry.start or entry.start == OPEN_START:
        return None
    told = f"{entry.heading}\n{describe(entry.fields.occurred)}"
    return Heard(entry.id, days(entry.start), next(iter(entry.fields.perspectives), ""), told)
