"""Surfaces: the card, the hairline and the drawing of empty places."""

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.theme import SPACE_L, SPACE_M, Appearance, paint_mark


class Card(QFrame):
    """A surface with a hairline and 8 px corners. Put things into ``body``, a vertical layout."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = SPACE_L, spacing: int = SPACE_M) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)

    def set_chosen(self, chosen: bool) -> None:
        """Shows the card as the chosen one."""
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)


class HairLine(QFrame):
    """A horizontal line one pixel high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "line")
        self.setFixedHeight(1)


class TerrainDrawing(QWidget):
    """A few contour lines with one mark beside the map: what empty places show."""

    def __init__(
        self, appearance: Appearance, perspective: str = "random-events", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._perspective = perspective
        self.setFixedSize(168, 96)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(168, 96)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, scale in enumerate((1.0, 0.76, 0.53, 0.31)):
            painter.setPen(QPen(theme.color("accent", 0.22 + 0.14 * number), 1.25))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_contour(QPointF(74 + 5 * number, 50 - 2 * number), 68 * scale, 38 * scale, number))
        paint_mark(painter, QPointF(150, 20), 14, self._perspective, theme)
        painter.end()


def _contour(centre: QPointF, width: float, height: float, number: int) -> QPainterPath:
    points = []
    for step in range(48):
        angle = 2 * math.pi * step / 48
        wobble = 1 + 0.1 * math.sin(3 * angle + 0.4 * number) + 0.06 * math.cos(5 * angle - 0.3 * number)
        x, y = centre.x() + width * wobble * math.cos(angle), centre.y() + height * wobble * math.sin(angle)
        points.append(QPointF(x, y))
    path = QPainterPath((points[0] + points[-1]) / 2)
    for here, following in zip(points, points[1:] + points[:1], strict=True):
        path.quadTo(here, (here + following) / 2)
    path.closeSubpath()
    return path
