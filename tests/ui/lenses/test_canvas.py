"""A drawing on the screen: spots are reached by pointer and by keys, and stay chosen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot
from desktop_app.ui.theme import Appearance


class Squares(Drawing):
    """Two rows of three squares, each 40 wide and 30 high; a large one lies under all of them."""

    def __init__(self, names: str = "abcdef", height: float = 100) -> None:
        self._names, self._height = names, height
        self.painted = 0

    def arrange(self, width: float, look: Look) -> float:
        self.spots = [
            Spot(QRectF(10 + 60 * (at % 3), 10 + 50 * (at // 3), 40, 30), f"square {name}", f"tag:{name}", name)
            for at, name in enumerate(self._names)
        ]
        self.spots.append(Spot(QRectF(0, 0, 200, 100), "the ground", "", "ground"))
        return self._height

    def paint(self, painter: QPainter, look: Look) -> None:
        self.painted += 1


@pytest.fixture
def canvas(qtbot, look: Appearance) -> Canvas:
    made = Canvas(look, "Squares")
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show_drawing(Squares())
    made.show()
    return made


def chosen(canvas: Canvas) -> object:
    return canvas.chosen.key if canvas.chosen else None


def test_a_click_chooses_the_smallest_spot_under_it(qtbot, canvas: Canvas) -> None:
    with qtbot.waitSignal(canvas.spot_chosen) as told:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(80, 20))
    assert told.args[0].words == "square b"
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert chosen(canvas) == "ground"
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(280, 95))
    assert chosen(canvas) is None


def test_a_double_click_and_enter_open_what_is_chosen(qtbot, canvas: Canvas) -> None:
    opened: list[Spot] = []
    canvas.spot_opened.connect(opened.append)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 70))
    canvas.choose_key("c")
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert [spot.query for spot in opened] == ["tag:d", "tag:c"]


@pytest.mark.parametrize(
    ("keys", "ends"),
    [("", "a"), ("R", "b"), ("RD", "e"), ("RDL", "d"), ("E", "ground"), ("EH", "a"), ("RRRD", "f")],
)
def test_arrow_keys_walk_from_spot_to_spot(qtbot, canvas: Canvas, keys: str, ends: str) -> None:
    named = {"R": Qt.Key.Key_Right, "L": Qt.Key.Key_Left, "D": Qt.Key.Key_Down, "E": Qt.Key.Key_End}
    canvas.choose_first()
    for key in keys:
        qtbot.keyClick(canvas, named.get(key, Qt.Key.Key_Home))
    assert chosen(canvas) == ends


def test_up_from_the_first_row_leaves_upwards(qtbot, canvas: Canvas) -> None:
    canvas.choose_key("b")
    with qtbot.waitSignal(canvas.left_upwards):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)


def test_what_was_chosen_stays_chosen_in_another_drawing(canvas: Canvas) -> None:
    canvas.choose_key("d")
    canvas.show_drawing(Squares("fedcba"))
    assert chosen(canvas) == "d"
    canvas.show_drawing(Squares("abc"))
    assert chosen(canvas) is None


def test_a_screen_reader_is_told_what_is_chosen(canvas: Canvas) -> None:
    canvas.choose_key("e")
    assert canvas.accessibleName() == "Squares: square e"


def test_a_drawing_higher_than_its_room_scrolls_to_what_is_chosen(qtbot, look: Appearance) -> None:
    made = Canvas(look, "Squares")
    area = CanvasArea(made)
    qtbot.addWidget(area)
    area.resize(300, 60)
    area.show()
    made.show_drawing(Squares())
    assert made.drawing is not None
    assert made.drawing.room == area.viewport().height()
    assert made.height() == 100
    made.choose_key("f")
    assert area.verticalScrollBar().value() > 0


def test_a_change_of_look_arranges_anew(canvas: Canvas, look: Appearance) -> None:
    calls: list[float] = []
    drawing = Squares()
    arrange: Callable[[float, Look], float] = drawing.arrange
    drawing.arrange = lambda width, seen: calls.append(width) or arrange(width, seen)  # type: ignore[method-assign, func-returns-value]
    canvas.show_drawing(drawing)
    look.changed.emit()
    assert len(calls) == 2
