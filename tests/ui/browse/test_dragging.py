"""Drags on the chart as arithmetic."""

import pytest

from desktop_app.model.samples import days
from desktop_app.ui.browse.dragging import Drag, DragKind
from desktop_app.ui.widgets.time_axis import TimeAxis


@pytest.fixture
def axis() -> TimeAxis:
    made = TimeAxis(left=0, right=920)
    made.show(days("2025-10-01"), days("2026-01-01"))  # ten pixels a day
    return made


def test_a_trembling_press_is_no_drag(axis: TimeAxis) -> None:
    drag = Drag(DragKind.NEW, 100, axis.day(100), axis.day(100))
    assert drag.stretch(axis, 103) is None
    assert not drag.moved


def test_a_drag_chooses_whole_days_in_both_directions(axis: TimeAxis) -> None:
    drag = Drag(DragKind.NEW, 103, axis.day(103), axis.day(103))
    assert drag.stretch(axis, 151) == (days("2025-10-11"), days("2025-10-16"))
    assert drag.stretch(axis, 61) == (days("2025-10-07"), days("2025-10-11"))
    assert drag.stretch(axis, 104) == (days("2025-10-11"), days("2025-10-12"))  # never nothing


def test_a_drag_beyond_the_plot_ends_at_its_edge(axis: TimeAxis) -> None:
    drag = Drag(DragKind.NEW, 900, axis.day(900), axis.day(900))
    assert drag.stretch(axis, 5000) == (days("2025-12-30"), days("2026-01-01"))


def test_moving_keeps_the_length(axis: TimeAxis) -> None:
    stretch = (days("2025-11-01"), days("2025-11-08"))
    drag = Drag(DragKind.MOVE, 320, *stretch)
    assert drag.stretch(axis, 342) == (days("2025-11-03"), days("2025-11-10"))


def test_an_edge_is_dragged_against_the_other(axis: TimeAxis) -> None:
    drag = Drag(DragKind.NEW, 310, days("2025-11-08"), days("2025-11-08"), anchored=True)
    assert drag.stretch(axis, 291) == (days("2025-10-30"), days("2025-11-08"))
