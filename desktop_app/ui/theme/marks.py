"""The seven perspectives' marks: shape and colour together, so that neither is needed alone.

All marks of one size weigh the same to the eye: their areas are nearly equal, not their widths.
"""

import math
import tomllib
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF, QTransform

from desktop_app.config.resources import resource_path
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.ui.theme.themes import Theme

RING = "ring"


@cache
def perspectives() -> Vocabulary:
    """The built-in perspectives, for their marks and names."""
    document = tomllib.loads(resource_path("vocabulary", "perspectives.toml").read_text(encoding="utf-8"))
    return Vocabulary.from_toml("perspective", document)


def shape_of(perspective: str) -> str:
    """The shape of a perspective's mark; ``ring`` for no perspective and for terms that are not built in."""
    return perspectives().get(perspective).mark or RING


@cache
def _unit_path(shape: str) -> QPainterPath:
    """The shape around the origin, as heavy as a disc of radius 1."""
    path = QPainterPath()
    if shape == "disc":
        path.addEllipse(QPointF(0, 0), 1.0, 1.0)
    elif shape == "square":
        path.addRect(QRectF(-0.87, -0.87, 1.74, 1.74))
    elif shape == "diamond":
        path.addPolygon(_polygon(4, 1.27, -90))
    elif shape == "triangle-up":
        path.addPolygon(_polygon(3, 1.4, -90, 0.0, 0.22))
    elif shape == "triangle-right":
        path.addPolygon(_polygon(3, 1.4, 0, -0.22, 0.0))
    elif shape == "pentagon":
        path.addPolygon(_polygon(5, 1.16, -90, 0.0, 0.06))
    elif shape == "star":
        path.addPolygon(_star(1.46, 0.62))
    else:
        path.addEllipse(QPointF(0, 0), 0.78, 0.78)
    path.closeSubpath()
    return path


def _polygon(corners: int, radius: float, start: float, dx: float = 0.0, dy: float = 0.0) -> QPolygonF:
    angles = (math.radians(start + 360 * corner / corners) for corner in range(corners))
    return QPolygonF([QPointF(dx + radius * math.cos(angle), dy + radius * math.sin(angle)) for angle in angles])


def _star(outer: float, inner: float) -> QPolygonF:
    points = []
    for corner in range(10):
        radius = outer if corner % 2 == 0 else inner
        angle = math.radians(-90 + 36 * corner)
        points.append(QPointF(radius * math.cos(angle), 0.08 + radius * math.sin(angle)))
    return QPolygonF(points)


def mark_path(perspective: str, centre: QPointF, size: float) -> QPainterPath:
    """The mark's outline around ``centre``; ``size`` is the width in pixels that the disc has."""
    radius = size / 2
    return QTransform(radius, 0, 0, radius, centre.x(), centre.y()).map(_unit_path(shape_of(perspective)))


def paint_mark(
    painter: QPainter, centre: QPointF, size: float, perspective: str, theme: Theme, opacity: float = 1.0
) -> None:
    """Paints a perspective's mark; entries without one get a small ring."""
    path = mark_path(perspective, centre, size)
    color = theme.perspective_color(perspective, opacity)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if shape_of(perspective) == RING:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, max(1.25, size / 8)))
    else:
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPath(path)
    painter.restore()
