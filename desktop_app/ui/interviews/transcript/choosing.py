"""Choosing one of several codings, by key or by pointer, and being told about them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.model.coding import Coding
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.transcript.hover import MOST, HoverCard
from desktop_app.ui.interviews.transcript.pieces import runs_both_ways
from desktop_app.ui.interviews.transcript.spans import Span
from desktop_app.ui.interviews.transcript.surface import Surface
from desktop_app.ui.interviews.transcript.tints import length
from desktop_app.ui.theme import Appearance

Tell = Callable[[list[Coding]], list[tuple[str, str]]]

HOVER_DELAY = 300
"""Milliseconds for which the pointer rests on coded words before they are told about."""
READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
EDGE = 4
"""Pixels to either side of the chosen coding's ends where these can be taken hold of."""


class Choosing(Surface):
    """``range_dragged`` tells, in UTF-16 units, to where an end of the chosen coding was pulled."""

    coding_chosen = Signal(str)
    coding_opened = Signal(str)
    context_requested = Signal(QPoint)
    range_dragged = Signal(str, int, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._tell: Tell | None = None
        self._moving = False
        self._leaving = False
        self._pressed: QPoint | None = None
        self._clicked: QPoint | None = None
        self._dragged: tuple[Span, bool] | None = None
        self._under: list[Coding] = []
        self._pointer = QPoint()
        self._card = HoverCard(appearance, self.viewport())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(HOVER_DELAY)
        self._rest.timeout.connect(self._tell_hovered)
        self.viewport().setMouseTracking(True)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self.verticalScrollBar().valueChanged.connect(self._card.hide)

    # --- the chosen coding ------------------------------------------------------------------------------------------

    def _set_chosen(self, coding: str | None) -> None:
        if coding == self._ink.chosen:
            return
        self._inked(chosen=coding)
        span = self._spans.get(coding)
        code = self._ink.codes.get(span.coding.code) if span else None
        self.setAccessibleDescription(tr("Coded {code}", code=code.label) if code else "")
        if coding is None:
            self._card.hide()
        self.coding_chosen.emit(coding or "")

    def _keep_chosen(self) -> None:
        """A chosen coding that is gone is chosen no more."""
        if self._ink.chosen and self._spans.get(self._ink.chosen) is None:
            self._set_chosen(None)

    def _move_cursor(self, position: int) -> None:
        """Moves the cursor for the program, which does not give up the chosen coding."""
        self._moving = True
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self._moving = False

    def _cursor_moved(self) -> None:
        self._leaving = False
        if self._moving or self._taking_in:
            return
        self._card.hide()
        span = self._spans.get(self._ink.chosen)
        if span is not None and not span.start <= self.textCursor().position() <= span.end:
            self._set_chosen(None)

    def _lying_at(self, position: int) -> list[Coding]:
        """Codings over a character, the shortest first and those that fade last."""
        over = sorted(self._spans.over(position, position + 1), key=length)
        return sorted((span.coding for span in over), key=self._ink.faded)

    # --- keys -------------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes through the codings before it goes on to the next widget."""
        span = None if self._leaving or not self.isReadOnly() else self._neighbour(following)
        if span is None:
            return super().focusNextPrevChild(following)
        self._move_cursor(span.start)
        self._set_chosen(span.coding.id)
        self._tell_chosen()
        return True

    def _neighbour(self, following: bool) -> Span | None:
        """The next or previous coding that does not fade, from the chosen one or else from the cursor."""
        chosen, cursor = self._spans.get(self._ink.chosen), self.textCursor().selectionStart()
        if chosen is not None:
            index = self._spans.index_of(chosen) + (1 if following else -1)
        else:
            here = self._spans.over(cursor, cursor + 1) if following else []
            # With words selected it is the coding of just these that is meant: mostly it has just been made.
            here.sort(key=lambda span: (span.start, span.end) != (cursor, self.textCursor().selectionEnd()))
            index = self._spans.index_of(here[0]) if here else self._spans.index_from(cursor) - (not following)
        while 0 <= index < len(self._spans):
            span = self._spans.at(index)
            if not self._ink.faded(span.coding):
                return span
            index += 1 if following else -1
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if tab and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif tab:  # there is nowhere to go
            event.ignore()
        elif not self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._escape(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._ink.chosen:
            self.coding_opened.emit(self._ink.chosen)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _escape(self, event: QKeyEvent) -> None:
        """Lets go of a drag, then of the chosen coding; Tab then leaves."""
        busy = self._dragged is not None or self._ink.chosen is not None
        if self._dragged is not None:
            self._end_drag(take=False)
        else:
            self._set_chosen(None)
        self._leaving = True
        event.setAccepted(busy)

    def event(self, event: QEvent) -> bool:
        """All the text is selected only where it is edited: coding everything would be a slip."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.isReadOnly()
            and event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            event.ignore()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._leaving = False
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._card.hide()
        super().focusOutEvent(event)

    # --- the pointer ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._leaving = False
        self._pressed = None
        self._card.hide()
        if event.button() == Qt.MouseButton.LeftButton and self.isReadOnly():
            stripe, edge = self._stripe_under(point), self._edge_under(point)
            if stripe is not None:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                if not stripe.start <= self.textCursor().position() <= stripe.end:
                    self._moving = True
                    self._put_cursor_quietly(stripe.start)
                    self._moving = False
                self._set_chosen(stripe.coding.id)
                return
            if edge is not None:
                self._dragged = edge
                return
            self._pressed = point
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._end_drag(take=True)
            return
        super().mouseReleaseEvent(event)
        point, pressed, self._pressed = event.position().toPoint(), self._pressed, None
        if pressed is None or (point - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        if not self.textCursor().hasSelection():
            self._pick(point)

    def _pick(self, point: QPoint) -> None:
        """The shortest coding at a point; clicking there again walks through those that lie below."""
        position = self._position_under(point)
        lying = [coding.id for coding in self._lying_at(position)] if position is not None else []
        again = self._clicked is not None and (point - self._clicked).manhattanLength() <= EDGE
        self._clicked = point
        if again and self._ink.chosen in lying:
            self._set_chosen(lying[(lying.index(self._ink.chosen) + 1) % len(lying)])
        else:
            self._set_chosen(lying[0] if lying else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        point = event.position().toPoint()
        stripe = self._stripe_under(point)
        if stripe is None:
            super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.isReadOnly() and self._ink.chosen:
            position = self._position_under(point)
            lying = self._lying_at(position) if position is not None else []
            if stripe is not None or any(coding.id == self._ink.chosen for coding in lying):
                self.coding_opened.emit(self._ink.chosen)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._dragged is not None:
            self._drag_to(point)
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover(point)

    def leaveEvent(self, event: QEvent) -> None:
        self._rest.stop()
        self._under = []
        self._card.hide()
        self._point_at(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The screen has the menu, except for that of an editor."""
        if not self.isReadOnly():
            super().contextMenuEvent(event)
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.context_requested.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))
            return
        if not self.textCursor().hasSelection():
            stripe = self._stripe_under(event.pos())
            position = self._position_under(event.pos())
            lying = [stripe.coding] if stripe else self._lying_at(position) if position is not None else []
            if lying and self._ink.chosen not in {coding.id for coding in lying}:
                span = self._spans.get(lying[0].id)
                assert span is not None
                self._put_cursor_quietly(span.start if position is None else position)
                self._set_chosen(lying[0].id)
        self.context_requested.emit(event.globalPos())

    def _put_cursor_quietly(self, position: int) -> None:
        """Moves the cursor without scrolling to it: what was clicked is in sight already."""
        place = self.verticalScrollBar().value()
        self._move_cursor(position)
        self.verticalScrollBar().setValue(place)

    # --- pulling at an end ------------------------------------------------------------------------------------------

    def _edge_under(self, point: QPoint) -> tuple[Span, bool] | None:
        """The chosen coding and whether it is its start, where one of its ends is under the pointer."""
        span = self._spans.get(self._ink.chosen)
        if span is None or span.start == span.end:
            return None
        shown = self._in_sight()
        boxes = self._boxes(span)
        if not boxes or any(runs_both_ways(block.text) for block in shown if block.start <= span.end >= block.end):
            return None
        ends = (
            (boxes[0].topLeft(), True, span.start >= shown[0].start),
            (boxes[-1].topRight(), False, span.end <= shown[-1].end),
        )
        for corner, is_start, in_sight in ends:
            reach = QRect(corner.toPoint() - QPoint(EDGE, 0), QSize(2 * EDGE, int(boxes[0].height())))
            if in_sight and reach.contains(point):
                return span, is_start
        return None

    def _drag_to(self, point: QPoint) -> None:
        assert self._dragged is not None
        span, at_start = self._dragged
        at = self.cursorForPosition(point).position()
        if at_start and at < span.end:
            self._spans.put([replace(span, start=at)])
        elif not at_start and at > span.start:
            self._spans.put([replace(span, end=at, clear=max(at, span.clear))])
        self.viewport().update()

    def _end_drag(self, take: bool) -> None:
        assert self._dragged is not None
        (before, _), self._dragged = self._dragged, None
        after = self._spans.get(before.coding.id)
        self._spans.put([before])
        self.viewport().update()
        if take and after is not None and (after.start, after.end) != (before.start, before.end):
            self.range_dragged.emit(before.coding.id, after.start, after.end)

    def _let_go(self) -> None:
        """Ends what the pointer has begun with codings that are about to change."""
        if self._dragged is not None:
            self._end_drag(take=False)
        self._rest.stop()
        self._under = []

    # --- telling ----------------------------------------------------------------------------------------------------

    def _hover(self, point: QPoint) -> None:
        self._pointer = point
        stripe = self._stripe_under(point)
        position = None if stripe else self._position_under(point)
        under = [stripe.coding] if stripe else self._lying_at(position) if position is not None else []
        edge = self.isReadOnly() and self._edge_under(point) is not None
        shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.PointingHandCursor if stripe else None
        self.viewport().setCursor(shape or Qt.CursorShape.IBeamCursor)
        self._point_at(stripe.coding.id if stripe else under[0].id if under else None)
        if under != self._under:
            self._under = under
            self._card.hide()
            if under and self._tell is not None:
                self._rest.start()
            else:
                self._rest.stop()

    def _point_at(self, coding: str | None) -> None:
        if coding != self._hovered:
            self._hovered = coding
            self.viewport().update()

    def _tell_hovered(self) -> None:
        row = self._layout.row
        place = QRect(self._pointer - QPoint(0, row // 2), QSize(1, row))
        self._tell_about(self._under, place)

    def _tell_chosen(self) -> None:
        """What was chosen by key is told about as if it were pointed at."""
        span = self._spans.get(self._ink.chosen)
        boxes = self._boxes(span) if span else []
        if span is not None and boxes:
            self._tell_about([span.coding], boxes[-1].toRect())

    def _tell_about(self, codings: list[Coding], place: QRect) -> None:
        if self._tell is not None and codings:
            self._card.tell(self._tell(codings[:MOST]), place)
