"""The canvas of tempo: the wheel and + and - zoom, a drag moves along in time, a click chooses a time.

Keys of the lanes: 0 or Home shows everything, Shift with Left and Right moves along, arrows walk from mark to mark.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.lenses.canvas import Canvas
from desktop_app.ui.lenses.tempo.drawing import TempoDrawing
from desktop_app.ui.theme import Appearance

STEP = 1.5
"""Zoom of one press of a key."""
DRAGGED = 4.0
"""Pixels from which a press is a drag."""

FRAME_MILLISECONDS = 12
"""Turns of a wheel and moves of a drag within this time are laid out once: over very many entries, each one by itself
would take longer than the next needs to come."""


class TempoCanvas(Canvas):
    """``time_chosen(float)``: the day at an empty place that was clicked; ``zoomed()`` after every change of zoom."""

    time_chosen = Signal(float)
    zoomed = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self._pressed: QPointF | None = None
        self._shown = (0.0, 0.0)
        self._dragged = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(FRAME_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        self.installEventFilter(self)

    @property
    def lanes(self) -> TempoDrawing | None:
        return self.drawing if isinstance(self.drawing, TempoDrawing) else None

    # --- zoom --------------------------------------------------------------------------------------------------------

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Zooms around a day: of what is chosen, where none is given, else of the middle."""
        lanes = self.lanes
        if lanes is None:
            return
        if at is None:
            low, high = self._looked_at(lanes)
            at = (max(low, lanes.axis.start) + min(high, lanes.axis.end)) / 2
        lanes.axis.zoom(factor, at)
        self.refresh()

    def _looked_at(self, lanes: TempoDrawing) -> tuple[float, float]:
        """The days of what is chosen, where that is in view; else those of the view."""
        axis, spot = lanes.axis, self.chosen
        if spot is not None and axis.left <= (x := spot.rect.center().x()) <= axis.right:
            return axis.day(x), axis.day(x)
        if lanes.at is not None and lanes.at[0] < axis.end and lanes.at[1] > axis.start:
            return lanes.at
        return axis.start, axis.end

    def pan(self, by_days: float) -> None:
        if self.lanes is not None:
            self.lanes.axis.pan(by_days)
            self.refresh()

    def show_all(self) -> None:
        """Everything; and again, without what lies far off."""
        lanes = self.lanes
        if lanes is None:
            return
        before = (lanes.axis.start, lanes.axis.end)
        lanes.show_minutes(lanes.found.whole)
        if (lanes.axis.start, lanes.axis.end) == before:
            lanes.show_minutes(lanes.found.usual)
        self.refresh()

    def refresh(self) -> None:
        """Lays everything out anew after a change of zoom or of the chosen time."""
        self._soon.stop()
        self.show_drawing(self.drawing)
        self.zoomed.emit()

    def _refresh_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    # --- pointer -----------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        lanes = self.lanes
        delta = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        if lanes is None:
            event.ignore()
        elif abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            lanes.axis.pan(-(delta.x() or delta.y()) * lanes.axis.days_per_pixel)
            self._refresh_soon()
            event.accept()
        elif delta.y():
            lanes.axis.zoom(1.0015 ** delta.y(), lanes.axis.day(lanes.held(event.position().x())))
            self._refresh_soon()
            event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of its own events: pinching zooms. With ``event`` overridden instead, an error could end the program."""
        gesture = event if watched is self and isinstance(event, QNativeGestureEvent) else None
        if gesture is None or gesture.gestureType() != Qt.NativeGestureType.ZoomNativeGesture or self.lanes is None:
            return False
        self.lanes.axis.zoom(1.0 + gesture.value(), self.lanes.axis.day(self.lanes.held(gesture.position().x())))
        self._refresh_soon()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.lanes is not None:
            self._pressed, self._dragged = event.position(), False
            self._shown = (self.lanes.axis.start, self.lanes.axis.end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self.lanes is None:
            super().mouseMoveEvent(event)
            return
        way = self._pressed.x() - event.position().x()
        self._dragged = self._dragged or abs(way) >= DRAGGED
        if self._dragged:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            moved = way * self.lanes.axis.days_per_pixel
            self.lanes.axis.show(self._shown[0] + moved, self._shown[1] + moved)
            self._refresh_soon()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        lanes = self.lanes
        if pressed is None or self._dragged or lanes is None:
            self.unsetCursor()
            return
        found = self._at(pressed)
        self._choose(found)
        if found < 0 and lanes.axis.left <= pressed.x() <= lanes.axis.right:
            self.time_chosen.emit(lanes.axis.day(pressed.x()))

    # --- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, lanes = event.key(), self.lanes
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if lanes is not None and key == Qt.Key.Key_Home:
            self.show_all()
        elif lanes is not None and shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pan((1 if key == Qt.Key.Key_Right else -1) * lanes.axis.span / 8)
        else:
            super().keyPressEvent(event)
