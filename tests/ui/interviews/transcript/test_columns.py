"""Columns: nothing overlaps at any width; narrow views give up the times and shorten the names."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.interviews.transcript.columns import (
    FEWEST_LANES,
    MOST_LANES,
    NARROW,
    NARROWEST_TEXT,
    Needs,
    arranged,
)

NEEDS = st.builds(
    Needs, st.sampled_from((0, 36, 60)), st.sampled_from((0, 40, 90, 400)), st.just(504), st.sampled_from((0, 30, 300))
)


@given(st.integers(320, 3000), NEEDS)
def test_columns_stand_beside_each_other(width, needs):
    found = arranged(width, needs)
    assert found.time + found.time_width <= found.speaker
    assert found.speaker + found.speaker_width <= found.text
    assert FEWEST_LANES <= found.lanes <= MOST_LANES
    assert NARROWEST_TEXT <= found.text_width <= needs.text
    assert found.text_right <= found.lane_left(found.lanes - 1)
    assert found.right <= width


def test_a_narrow_view_has_no_times():
    assert arranged(NARROW, Needs(36, 90)).time_width == 36
    narrow = arranged(NARROW - 1, Needs(36, 90))
    assert (narrow.time_width, narrow.speaker_width) == (0, 90)
    assert arranged(NARROW - 1, Needs(36, 90, short=50)).speaker_width == 50
    assert arranged(330, Needs(36, 400, short=300)).speaker_width == 66
