"""The card that tells about the codings under the pointer or the chosen one: the path of the code, and who coded."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme import CORNER, SPACE_L, SPACE_M, SPACE_S, Appearance
from desktop_app.ui.widgets import MutedLabel, StrongLabel

WIDEST = 420
MOST = 5
"""Codings at one place that are told about: the shortest ones."""


class HoverCard(QFrame):
    """Lies over the text without taking the pointer or the focus."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._room = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(SPACE_L, SPACE_M + SPACE_S, SPACE_L, SPACE_M + SPACE_S)
        self._body.setSpacing(SPACE_S)
        self._told: list[tuple[str, str]] = []
        self.hide()

    def told(self) -> list[tuple[str, str]]:
        """What stands on the card while it is shown."""
        return list(self._told) if self.isVisibleTo(self._room) else []

    def tell(self, lines: Sequence[tuple[str, str]], place: QRect) -> None:
        """Shows titles with a line each beside ``place``, a rectangle in the parent; nothing to tell hides it."""
        if not lines:
            self.hide()
            return
        if list(lines) != self._told:
            self._told = list(lines)
            self._fill()
        self.adjustSize()
        self.move(self._spot(place))
        self.show()
        self.raise_()

    def _fill(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (title, line) in enumerate(self._told):
            if number:
                self._body.addSpacing(SPACE_S)
            for label in (StrongLabel(title, self), MutedLabel(line, self)):
                if label.text():
                    label.setMaximumWidth(WIDEST)
                    self._body.addWidget(label)
                    label.show()
        self._body.activate()

    def _spot(self, place: QRect) -> QPoint:
        """Under the place, or over it where there is no room; never beyond the parent."""
        room = self._room.rect()
        x = max(SPACE_S, min(place.left() + SPACE_L, room.right() - self.width() - SPACE_S))
        below = place.bottom() + SPACE_S
        above = place.top() - SPACE_S - self.height()
        return QPoint(x, below if below + self.height() <= room.bottom() or above < 0 else above)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.surface))
        painter.setPen(QPen(QColor(theme.accent), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.end()
