"""The widget that shows a drawing: one of its spots is chosen, by pointer or by keys, and can be opened."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from desktop_app.ui.lenses.drawing import Drawing, Look, Spot
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.tips import tip

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def look_of(appearance: Appearance, widget: QWidget) -> Look:
    return Look(appearance.theme, appearance.sizes, widget.font())


class Canvas(QWidget):
    """As wide as it is given, as high as the drawing needs. ``spot_chosen(Spot or None)``; ``spot_opened(Spot)`` by
    Enter or a double click. Arrow keys go to the nearest spot that way; ``left_upwards`` where there is none above."""

    spot_chosen = Signal(object)
    spot_opened = Signal(object)
    left_upwards = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._name = name
        self.drawing: Drawing | None = None
        self._chosen = -1
        self._room = 0.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._arrange)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Shows another drawing; the spot with the same key or words stays chosen."""
        before = self.chosen
        self.drawing = drawing
        self._chosen = -1
        self._arrange()
        if before is not None:
            same = (at for at, spot in enumerate(self.spots()) if (spot.key, spot.words) == (before.key, before.words))
            alike = (at for at, spot in enumerate(self.spots()) if spot.key is not None and spot.key == before.key)
            self._choose(next(same, next(alike, -1)))

    def set_room(self, height: float) -> None:
        """How much of the height is seen at once."""
        if height != self._room:
            self._room = height
            self._arrange()

    def _arrange(self) -> None:
        if self.drawing is not None:
            self.drawing.room = self._room
            height = self.drawing.arrange(float(self.width()), look_of(self._appearance, self))
            self.setFixedHeight(max(round(height), 1))
        self._chosen = min(self._chosen, len(self.spots()) - 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        look = look_of(self._appearance, self)
        self.drawing.paint(painter, look)
        if self.chosen is not None:
            self.drawing.paint_chosen(painter, look, self.chosen, focused=self.hasFocus())
        painter.end()

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def spots(self) -> tuple[Spot, ...]:
        return tuple(self.drawing.spots) if self.drawing is not None else ()

    @property
    def chosen(self) -> Spot | None:
        spots = self.spots()
        return spots[self._chosen] if 0 <= self._chosen < len(spots) else None

    def choose_key(self, key: object) -> None:
        """Chooses the spot with this key; nothing where there is none."""
        found = next((at for at, spot in enumerate(self.spots()) if spot.key == key), -1)
        if found >= 0:
            self._choose(found)

    def choose_first(self) -> None:
        if self._chosen < 0 and self.spots():
            self._choose(0)

    def _choose(self, at: int) -> None:
        if at == self._chosen:
            return
        self._chosen = at
        spot = self.chosen
        self.setAccessibleName(f"{self._name}: {spot.words}" if spot else self._name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        if spot is not None:
            self._scroll_to(spot.rect)
        self.spot_chosen.emit(spot)

    def _scroll_to(self, rect: QRectF) -> None:
        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        if holder is not None and holder.widget() is self:
            centre = rect.center().toPoint()
            holder.ensureVisible(centre.x(), centre.y(), 0, min(round(rect.height() / 2) + 24, holder.height() // 2))

    def _at(self, place: QPointF) -> int:
        """The smallest spot under a place: spots may lie on others."""
        under = [at for at, spot in enumerate(self.spots()) if spot.rect.contains(place)]
        return min(under, key=lambda at: _area(self.spots()[at].rect), default=-1)

    # --- pointer and keys -------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found >= 0:
            self.spot_opened.emit(self.spots()[found])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found >= 0 else Qt.CursorShape.ArrowCursor)
        if found >= 0:
            spot = self.spots()[found]
            QToolTip.showText(event.globalPosition().toPoint(), tip(spot.words), self, spot.rect.toRect())
        else:
            QToolTip.showText(QPoint(), "", self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        spots = self.spots()
        if not spots or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.chosen is not None:
                self.spot_opened.emit(self.chosen)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0 if key == Qt.Key.Key_Home else len(spots) - 1)
        elif key in _STEPS:
            self._step(*_STEPS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _step(self, dx: int, dy: int) -> None:
        """To the nearest spot in a direction; what lies straight on comes before what lies aside."""
        if self.chosen is None:
            self._choose(0)
            return
        here = self.chosen.rect.center()
        best, least = -1, float("inf")
        for at, spot in enumerate(self.spots()):
            way = spot.rect.center() - here
            ahead, aside = (way.x() * dx, way.y()) if dx else (way.y() * dy, way.x())
            if at != self._chosen and ahead > 0.5 and (far := ahead + 3 * abs(aside)) < least:
                best, least = at, far
        if best >= 0:
            self._choose(best)
        elif dy < 0:
            self.left_upwards.emit()

    def focusInEvent(self, event: object) -> None:
        self.choose_first()
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()


def _area(rect: QRectF) -> float:
    return rect.width() * rect.height()


class CanvasArea(QScrollArea):
    """A canvas that scrolls downwards where the page is too low for it."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas = canvas
        self.setWidget(canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._canvas.set_room(float(self.viewport().height()))
