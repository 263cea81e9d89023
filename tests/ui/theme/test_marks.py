"""The marks: seven shapes of one weight, and a ring for everything else."""

import math

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from desktop_app.ui.theme.marks import RING, mark_path, paint_mark, perspectives, shape_of
from desktop_app.ui.theme.themes import load_theme

IDS = [term.id for term in perspectives()]


def area(perspective: str, size: float) -> float:
    polygon = mark_path(perspective, QPointF(50, 50), size).toFillPolygon()
    points = [polygon.at(number) for number in range(polygon.count())]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a.x() * b.y() - b.x() * a.y() for a, b in pairs)) / 2


def test_the_shapes_are_those_of_the_design():
    assert [shape_of(perspective) for perspective in IDS] == [
        "disc",
        "diamond",
        "triangle-up",
        "star",
        "pentagon",
        "triangle-right",
        "square",
    ]


@pytest.mark.parametrize("perspective", IDS)
def test_all_marks_weigh_nearly_the_same(perspective):
    disc = math.pi * 10 * 10
    assert 0.8 * disc <= area(perspective, 20) <= 1.1 * disc


@pytest.mark.parametrize("perspective", IDS)
def test_marks_are_centred(perspective):
    box = mark_path(perspective, QPointF(50, 50), 20).boundingRect()
    assert abs(box.center().x() - 50) <= 2.5
    assert abs(box.center().y() - 50) <= 2.5


@pytest.mark.parametrize("perspective", ["", "weather", "Holistic"])
def test_none_and_unknown_are_a_ring(perspective):
    assert shape_of(perspective) == RING


@pytest.mark.parametrize("perspective", [*IDS, "", "weather"])
def test_a_mark_is_painted_in_its_colour(qapp, perspective):
    theme = load_theme("light")
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_mark(painter, QPointF(16, 16), 16, perspective, theme)
    painter.end()
    colours = {image.pixelColor(x, y).name().upper() for x in range(32) for y in range(32)}
    assert theme.perspectives.get(perspective, theme.muted) in colours
    assert (image.pixelColor(16, 16) == Qt.GlobalColor.white) == (perspective not in IDS)
