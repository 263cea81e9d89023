"""Rows of the chart in high and low windows."""

from itertools import pairwise

from desktop_app.ui.browse.chart_layout import RATIO_LEAST, TRACK_LEAST, lay_out, wanted_height
from desktop_app.ui.browse.tracks import Track
from tests.ui.browse.conftest import curves
from tests.ui.browse.test_curves import PAID, RATE, TRIALS

CURVES = curves([TRIALS, PAID, RATE])
TRACKS = [Track(name, name, ()) for name in ("moment", "week", "month", "year")]


def test_at_the_wanted_height_everything_has_its_place_and_nothing_overlaps() -> None:
    height = wanted_height(CURVES, TRACKS)
    layout = lay_out(1200, height, CURVES, TRACKS)
    boxes = [row.box for row in layout.curves] + [row.box for row in layout.tracks]
    assert len(boxes) == 7
    assert all(below.top() >= above.bottom() for above, below in pairwise(boxes))
    assert layout.axis_y < height
    assert layout.curves[0].box.height() > layout.curves[1].box.height() > layout.curves[2].box.height()


def test_in_a_low_window_curves_shrink_before_they_go() -> None:
    full = wanted_height(CURVES, TRACKS)
    lower = lay_out(1200, full - 40, CURVES, TRACKS)
    assert len(lower.curves) == 3
    assert lower.curves[2].box.height() >= RATIO_LEAST
    assert lower.curves[0].box.height() < lay_out(1200, full, CURVES, TRACKS).curves[0].box.height()


def test_in_a_very_low_window_the_ratio_goes_first_and_the_hits_stay() -> None:
    low = lay_out(1200, 220, CURVES, TRACKS)
    assert [row.curve.series.id for row in low.curves] == ["t", "p"]
    assert len(low.tracks) == 4
    assert low.tracks[0].box.height() >= TRACK_LEAST
    lowest = lay_out(1200, 100, CURVES, TRACKS)
    assert (len(lowest.curves), len(lowest.tracks)) == (0, 4)


def test_nothing_to_show_is_no_trouble() -> None:
    layout = lay_out(300, 100, (), ())
    assert layout.curves == ()
    assert layout.tracks == ()
