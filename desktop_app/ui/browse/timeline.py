"""The chart of Browse: series over time, a track per time scale, and the choosing of a stretch of time.

Wheel or pinch zooms around the pointer, the middle button or Space with a drag moves along, a double click, ``0`` or
Home shows everything again; ``+`` and ``-`` zoom. A drag chooses a stretch, its edges and the whole can be dragged on;
arrow keys move it, with Shift they extend it, Esc or its × clears it. Up and Down walk the markers, Enter opens one.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_app.ui.browse.chart_layout import SIDE, lay_out, wanted_height
from desktop_app.ui.browse.chart_painter import MARK, ChartPainter, ChartView
from desktop_app.ui.browse.curves import Curve, neighbours
from desktop_app.ui.browse.dragging import Drag, DragKind
from desktop_app.ui.browse.tracks import Group, Track, track_view
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import CORNER, Appearance
from desktop_app.ui.widgets import SmallLink
from desktop_app.ui.widgets.time_axis import TimeAxis, stretch_name

EDGE = 5.0
"""How near to an edge of the stretch, in pixels, the pointer takes hold of it."""


class Timeline(QFrame):
    """Signals: ``stretch_chosen(object)`` a pair of days or ``None``, ``stretch_changing(object)`` while it is dragged;
    ``entry_hovered(str)`` an id or empty, ``entry_chosen(str)`` a marker was clicked; ``series_wanted()`` another
    series is to be shown.
    """

    stretch_chosen = Signal(object)
    stretch_changing = Signal(object)
    entry_hovered = Signal(str)
    entry_chosen = Signal(str)
    series_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Series and hits over time"))
        self._appearance = appearance
        self._painter = ChartPainter(appearance, self.font())
        self._curves: tuple[Curve, ...] = ()
        self._tracks: tuple[Track, ...] = ()
        self._extent = (730_000.0, 730_365.0)
        self._zoomed = False
        self._drag: Drag | None = None
        self._space = False
        self._walk = -1
        self._still: QPixmap | None = None
        self.view = ChartView(TimeAxis(), lay_out(800, 300, (), ()))
        self.add_series = SmallLink(appearance, tr("+ series"), self, more=tr("Show another series here"))
        self.add_series.clicked.connect(self.series_wanted)
        appearance.changed.connect(self._dress)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_data(self, curves: Sequence[Curve], tracks: Sequence[Track], extent: tuple[float, float] | None) -> None:
        """Shows curves and tracks. A new ``extent`` moves the view there; the same one leaves a zoomed view alone."""
        self._curves, self._tracks = tuple(curves), tuple(tracks)
        if extent and extent != self._extent:
            self._extent, self._zoomed = extent, False
        if not self._zoomed:
            self.view.axis.show(*self._extent)
        self.view.adjacent = dict(neighbours(self._curves))
        self.view.group, self._walk = None, -1
        self.updateGeometry()
        self._arrange()

    @property
    def is_empty(self) -> bool:
        return not self._curves and not self._tracks

    @property
    def stretch(self) -> tuple[float, float] | None:
        return self.view.stretch

    def set_stretch(self, stretch: tuple[float, float] | None, note: str = "") -> None:
        """Shows a chosen stretch without telling anybody."""
        self.view.stretch, self.view.note = stretch, note
        self._describe()
        self._repaint()

    def set_note(self, note: str) -> None:
        self.view.note = note
        self._repaint()

    def light(self, ids: Iterable[str]) -> None:
        """Lights the markers of these hits (those under the pointer in the list)."""
        lit = frozenset(ids)
        if lit != self.view.lit:
            self.view.lit = lit
            self._repaint()

    def choose(self, entry_id: str) -> None:
        self.view.chosen = entry_id
        self._repaint()

    def sizeHint(self) -> QSize:
        return QSize(900, wanted_height(self._curves, self._tracks))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)

    # --- zooming -----------------------------------------------------------------------------------------------------

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zooms around a day (the middle of the stretch or of the view without one)."""
        if at is None:
            low, high = self.view.stretch or (self.view.axis.start, self.view.axis.end)
            at = (low + high) / 2
        self.view.axis.zoom(factor, at)
        self._moved()

    def show_stretch(self, start: float, end: float) -> None:
        """Moves the view to a stretch of time."""
        self.view.axis.show(start, end)
        self._moved()

    def pan(self, by_days: float) -> None:
        self.view.axis.pan(by_days)
        self._moved()

    def show_all(self) -> None:
        self.view.axis.show(*self._extent)
        self._moved(zoomed=False)

    def _moved(self, *, zoomed: bool = True) -> None:
        self._zoomed = zoomed
        self.view.group = None
        self._group_markers()
        self._repaint()

    # --- events: pointer ---------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-(delta.x() or delta.y()) * self.view.axis.days_per_pixel)
        elif delta.y():
            self.zoom(1.0015 ** delta.y(), self._day_at(event.position()))
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of its own events. With ``event`` overridden instead, an error while painting could end the program."""
        gesture = event if watched is self and isinstance(event, QNativeGestureEvent) else None
        if gesture is None or gesture.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom(1.0 + gesture.value(), self._day_at(gesture.position()))
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._drag = Drag(DragKind.PAN, place.x(), self.view.axis.start, self.view.axis.end)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        stretch = self.view.stretch
        if stretch and self._painter.close_box(self.view, stretch).contains(place):
            self.clear_stretch()
            return
        group = self._group_at(place)
        if group:
            self._open(group)
            return
        self._drag = self._taken(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._drag is None:
            self._hover(place)
            return
        if self._drag.kind == DragKind.PAN:
            moved = (self._drag.x - place.x()) * self.view.axis.days_per_pixel
            self.view.axis.show(self._drag.start + moved, self._drag.end + moved)
            self._moved()
            return
        stretch = self._drag.stretch(self.view.axis, place.x())
        if stretch is not None:
            self.view.cursor, self.view.pen_down = None, True
            self.view.stretch, self.view.note = stretch, stretch_name(*stretch)
            self.stretch_changing.emit(stretch)
            self._repaint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self.view.pen_down = False
        self._show_cursor(event.position())
        if drag is None or drag.kind == DragKind.PAN:
            return
        if drag.moved:
            self._tell_stretch()
        self._repaint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        self.view.cursor = None
        self._set_hovered(None)
        self.update()

    # --- events: keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1, extend=shift)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk_markers(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.group:
            self._open(self.view.group)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.5)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.5)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.show_all()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.view.stretch:
            self.clear_stretch()
        elif key == Qt.Key.Key_Space:
            self._space = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.unsetCursor()
        else:
            super().keyReleaseEvent(event)

    def clear_stretch(self) -> None:
        self.set_stretch(None)
        self.stretch_chosen.emit(None)

    def _step(self, units: int, *, extend: bool) -> None:
        axis, stretch = self.view.axis, self.view.stretch
        if stretch is None and not extend:
            self.pan(units * axis.span / 8)
            return
        if stretch is None:
            middle = axis.snap((axis.start + axis.end) / 2)
            stretch = (middle, middle)
        start, end = stretch
        if not extend:
            start, end = axis.step(start, units), axis.step(end, units)
        elif axis.step(end, units) > start:
            end = axis.step(end, units)
        else:
            start = axis.step(start, units)
        self.view.stretch, self.view.note = (start, end), ""
        if start < axis.start or end > axis.end:
            axis.pan(units * axis.span / 8)
            self._moved()
        self._tell_stretch()
        self._repaint()

    def _walk_markers(self, step: int) -> None:
        order = self._standing()
        if order:
            self._walk = min(max(self._walk + step, 0), len(order) - 1)
            self._set_hovered(order[self._walk])

    def _standing(self) -> list[Group]:
        return [group for row in self.view.layout.tracks for group in self.view.tracks[row.track.scale].groups]

    # --- inside ------------------------------------------------------------------------------------------------------

    def _tell_stretch(self) -> None:
        self._describe()
        self.stretch_chosen.emit(self.view.stretch)

    def _describe(self) -> None:
        stretch = self.view.stretch
        self.setAccessibleDescription(tr("Chosen: {stretch}", stretch=stretch_name(*stretch)) if stretch else "")

    def _open(self, group: Group) -> None:
        """Opens a marker's entry; of several, looks closer, or opens the first where they stand on one spot."""
        starts = [item.start for item in group.items]
        spread = max(starts) - min(starts)
        if len(group.items) > 1 and spread > self.view.axis.span / 400:
            margin = spread * 0.2 + 0.5
            self.show_stretch(min(starts) - margin, max(starts) + margin)
            return
        ids = [item.mark.id for item in group.items]
        after = ids.index(self.view.chosen) + 1 if self.view.chosen in ids else 0
        self.entry_chosen.emit(ids[after % len(ids)])

    def _taken(self, place: QPointF) -> Drag | None:
        """What a press takes hold of: an edge of the stretch, the stretch, or a new one."""
        plot, axis, stretch = self.view.layout.plot, self.view.axis, self.view.stretch
        if place.x() < plot.left() - EDGE or place.x() > plot.right() + EDGE:
            return None
        if stretch:
            left, right = axis.x(stretch[0]), axis.x(stretch[1])
            if abs(place.x() - left) <= EDGE:
                return Drag(DragKind.NEW, place.x(), stretch[1], stretch[1], anchored=True)
            if abs(place.x() - right) <= EDGE:
                return Drag(DragKind.NEW, place.x(), stretch[0], stretch[0], anchored=True)
            if left < place.x() < right:
                return Drag(DragKind.MOVE, place.x(), *stretch)
        day = axis.day(place.x())
        return Drag(DragKind.NEW, place.x(), day, day)

    def _hover(self, place: QPointF) -> None:
        self._set_hovered(self._group_at(place))
        plot = self.view.layout.plot
        inside = plot.left() <= place.x() <= plot.right() and self.view.group is None
        self.view.cursor = place.x() if inside else None
        self._show_cursor(place)
        self.update()

    def _show_cursor(self, place: QPointF) -> None:
        drag = self._taken(place)
        stretch = self.view.stretch
        if self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self.view.group or (stretch and self._painter.close_box(self.view, stretch).contains(place)):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif drag and (drag.anchored or drag.kind == DragKind.MOVE):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(QCursor(Qt.CursorShape.ArrowCursor))

    def _group_at(self, place: QPointF) -> Group | None:
        for row in self.view.layout.tracks:
            if abs(row.box.center().y() - place.y()) <= row.box.height() / 2:
                near = self.view.tracks[row.track.scale].groups
                found = min(near, key=lambda group: abs(group.x - place.x()), default=None)
                if found and abs(found.x - place.x()) <= (MARK if len(found.items) == 1 else MARK + 3):
                    return found
        return None

    def _set_hovered(self, group: Group | None) -> None:
        if group is self.view.group:
            return
        self.view.group = group
        self.view.lit = frozenset(item.mark.id for item in group.items) if group else frozenset()
        self.entry_hovered.emit(group.items[0].mark.id if group and len(group.items) == 1 else "")
        self._repaint()

    # --- painting ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._space = False
        self._repaint()

    def _arrange(self) -> None:
        self.view.layout = lay_out(self.width(), self.height(), self._curves, self._tracks)
        plot = self.view.layout.plot
        self.view.axis.left, self.view.axis.right = plot.left(), plot.right()
        self.add_series.adjustSize()
        self.add_series.move(SIDE - 3, round(self.view.layout.axis_y) + 4)
        self._group_markers()
        self._repaint()

    def _group_markers(self) -> None:
        self.view.tracks = {track.scale: track_view(track, self.view.axis) for track in self._tracks}

    def _day_at(self, place: QPointF) -> float:
        plot = self.view.layout.plot
        return self.view.axis.day(min(max(place.x(), plot.left()), plot.right()))

    def _dress(self) -> None:
        self._painter = ChartPainter(self._appearance, self.font())
        self._arrange()

    def _repaint(self) -> None:
        """Something other than the pointer has changed."""
        self._still = None
        self.update()

    def _still_picture(self) -> QPixmap:
        """The chart without what follows the pointer, painted once until something else changes."""
        ratio = self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._painter.paint_still(painter, self.view)
            painter.end()
            self._still = picture
        return self._still

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.view.focused = self.hasFocus()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still_picture())
        self._painter.paint_live(painter, self.view)
        if self.hasFocus():
            painter.setPen(QPen(self._appearance.theme.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.end()
