"""The chart as a widget: choosing time, zooming, markers, keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.model.samples import days
from desktop_app.ui.browse.timeline import Timeline
from desktop_app.ui.browse.tracks import tracks
from desktop_app.ui.theme import Appearance
from tests.ui.browse.conftest import curves, daily, mark
from tests.ui.browse.test_tracks import SCALES

VIEW = (days("2025-10-01"), days("2026-01-01"))
MARKS = [
    mark("strike", "2025-12-03~/2025-12-11", ("week",), ("random-events",)),
    mark("left", "2025-12-06", ("moment",), ("value-rationality",)),
    mark("a", "2025-10-20", ("day",)),
    mark("b", "2025-10-21", ("day",)),
    mark("since", "2023/..", ("year",)),
]


@pytest.fixture
def chart(qtbot, look: Appearance) -> Timeline:
    made = Timeline(look)
    qtbot.addWidget(made)
    series = [
        daily("t", "Trials started", [10.0 + n % 7 for n in range(92)]),
        daily("p", "Paid conversions", [1.0 + n % 3 for n in range(92)]),
        daily("r", "Conversion rate", [0.1] * 92, unit="ratio", numerator="p", denominator="t"),
        daily("alone", "Bounce rate", [0.4] * 92, unit="ratio"),
    ]
    made.resize(1100, 380)
    made.show_data(curves(series), tracks(MARKS, SCALES, "no scale"), VIEW)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


def place(chart: Timeline, day: str, row: int = -1) -> QPoint:
    """A point of the plot: at noon of a day, in the middle of a track (of the first curve with -1)."""
    layout = chart.view.layout
    box = layout.tracks[row].box if row >= 0 else layout.curves[0].box
    return QPointF(chart.view.axis.x(days(day) + 0.5), box.center().y()).toPoint()


def drag(
    qtbot, chart: Timeline, start: QPoint, end: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    qtbot.mousePress(chart, button, pos=start)
    qtbot.mouseMove(chart, start + QPoint(6, 0))
    qtbot.mouseMove(chart, end)
    qtbot.mouseRelease(chart, button, pos=end)


def test_a_drag_chooses_a_stretch_and_tells_it_once(qtbot, chart: Timeline) -> None:
    told: list[object] = []
    chart.stretch_chosen.connect(told.append)
    drag(qtbot, chart, place(chart, "2025-12-02"), place(chart, "2025-12-12"))
    assert len(told) == 1
    assert chart.stretch == told[0]
    start, end = chart.stretch or (0, 0)
    assert abs(start - days("2025-12-02")) <= 1
    assert abs(end - days("2025-12-13")) <= 1


def test_a_press_without_a_drag_chooses_nothing(qtbot, chart: Timeline) -> None:
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place(chart, "2025-11-20"))
    assert chart.stretch is None


def test_escape_and_the_cross_clear_the_stretch(qtbot, chart: Timeline) -> None:
    told: list[object] = []
    chart.stretch_chosen.connect(told.append)
    for clear in (
        lambda: qtbot.keyClick(chart, Qt.Key.Key_Escape),
        lambda: qtbot.mouseClick(
            chart,
            Qt.MouseButton.LeftButton,
            pos=chart._painter.close_box(chart.view, VIEW).center().toPoint(),
        ),
    ):
        chart.set_stretch(VIEW)
        clear()
        assert chart.stretch is None
    assert told == [None, None]


def test_arrow_keys_move_and_extend(qtbot, chart: Timeline) -> None:
    chart.set_stretch((days("2025-11-01"), days("2025-11-03")))
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.stretch == (days("2025-11-02"), days("2025-11-04"))
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.stretch == (days("2025-11-02"), days("2025-11-05"))
    for _ in range(2):
        qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.stretch == (days("2025-11-01"), days("2025-11-02"))


def test_without_a_stretch_shift_and_an_arrow_begin_one_and_a_plain_arrow_pans(qtbot, chart: Timeline) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.stretch is None
    assert chart.view.axis.start > VIEW[0]
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.stretch is not None
    assert chart.stretch[1] - chart.stretch[0] == 1


def test_a_click_on_a_marker_opens_its_entry(qtbot, chart: Timeline) -> None:
    with qtbot.waitSignal(chart.entry_chosen) as told:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place(chart, "2025-12-06", 0))
    assert told.args == ["left"]


def test_a_click_on_a_count_looks_closer(qtbot, chart: Timeline) -> None:
    chart.show_stretch(days("2025-01-01"), days("2026-01-01"))
    row = next(row for row in chart.view.layout.tracks if row.track.scale == "day")
    group = chart.view.tracks["day"].groups[0]
    assert len(group.items) == 2
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPointF(group.x, row.box.center().y()).toPoint())
    assert chart.view.axis.span < 10
    assert [len(group.items) for group in chart.view.tracks["day"].groups] == [1, 1]


def test_hovering_a_marker_lights_it_and_tells(qtbot, chart: Timeline) -> None:
    told: list[str] = []
    chart.entry_hovered.connect(told.append)
    qtbot.mouseMove(chart, place(chart, "2025-12-06", 0))
    assert chart.view.lit == {"left"}
    qtbot.mouseMove(chart, place(chart, "2025-11-20"))
    assert chart.view.lit == frozenset()
    assert told == ["left", ""]


def test_the_list_can_light_markers(chart: Timeline) -> None:
    chart.light(["strike"])
    assert chart.view.lit == {"strike"}


def test_walking_the_markers_by_key_and_opening_one(qtbot, chart: Timeline) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    with qtbot.waitSignal(chart.entry_chosen) as told:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told.args == ["left"]


def test_the_wheel_zooms_around_the_pointer_and_keys_zoom_and_reset(qtbot, chart: Timeline) -> None:
    at = place(chart, "2025-12-06").toPointF()
    day = chart.view.axis.day(at.x())
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(chart, wheel)
    assert chart.view.axis.span < VIEW[1] - VIEW[0]
    assert chart.view.axis.day(at.x()) == pytest.approx(day)
    span = chart.view.axis.span
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.view.axis.span < span
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert (chart.view.axis.start, chart.view.axis.end) == VIEW


def test_the_middle_button_moves_along(qtbot, chart: Timeline) -> None:
    middle = Qt.MouseButton.MiddleButton
    drag(qtbot, chart, place(chart, "2025-11-01"), place(chart, "2025-11-11"), middle)
    assert chart.view.axis.start == pytest.approx(VIEW[0] - 10, abs=0.3)
    assert chart.stretch is None


def test_new_data_leaves_a_zoomed_view_alone_until_the_time_changes(chart: Timeline) -> None:
    chart.zoom(4)
    zoomed = chart.view.axis.span
    chart.show_data((), tracks(MARKS, SCALES, ""), VIEW)
    assert chart.view.axis.span == zoomed
    chart.show_data((), tracks(MARKS, SCALES, ""), (VIEW[0], VIEW[0] + 30))
    assert chart.view.axis.span == pytest.approx(30)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1100, 380), (420, 160), (60, 40)])
def test_it_paints_in_both_themes_at_any_size(qtbot, qapp: QApplication, theme: str, size: tuple[int, int]) -> None:
    chart = Timeline(Appearance(qapp, Settings({"theme": theme})))
    qtbot.addWidget(chart)
    chart.resize(*size)
    chart.show_data(
        curves([daily("t", "Trials", [1.0, 2.0]), daily("r", "Alone", [0.4], unit="ratio")]),
        tracks(MARKS, SCALES, "no scale"),
        VIEW,
    )
    chart.set_stretch((days("2025-12-02"), days("2025-12-13")), "3 reasons told")
    chart._hover(QPointF(chart.view.axis.x(days("2025-10-02")), 60))
    assert not chart.grab().isNull()
    chart.show_data((), (), None)
    assert chart.is_empty
    assert not chart.grab().isNull()
