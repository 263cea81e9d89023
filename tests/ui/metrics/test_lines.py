"""Series as arrays to draw."""

import math

import pytest

from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.samples import Samples, days
from desktop_app.ui.metrics.lines import drawn_of, line_of

START = int(days("2025-09-01"))


def test_a_missing_day_breaks_the_line():
    line = line_of(Samples([(0.0, 1.0, 5.0), (1.0, 2.0, 6.0), (3.0, 4.0, 7.0)]))
    assert [value for value in line.y if not math.isnan(value)] == [5.0, 6.0, 7.0]
    assert math.isnan(line.y[2])
    assert line.x[0] == 0.5


def test_totals_count_only_points_wholly_inside():
    line = line_of(Samples((float(day), day + 1.0, 10.0) for day in range(10)))
    assert line.total(2.0, 5.0) == 30.0
    assert line.total(2.5, 5.0) == 20.0
    assert line.total(20.0, 30.0) is None


def test_the_nearest_point_is_found_by_its_middle():
    line = line_of(Samples([(0.0, 7.0, 1.0), (7.0, 14.0, 2.0), (30.0, 37.0, 3.0)]))
    assert line.nearest(-100.0) == 0
    assert line.nearest(8.0) == 1
    assert line.nearest(20.0) == 1
    assert line.nearest(400.0) == 2
    assert line_of(Samples()).nearest(1.0) is None


def points(values: list[float]) -> list[Point]:
    from datetime import date

    return [
        Point(date.fromordinal(START + at).isoformat(), date.fromordinal(START + at + 1).isoformat(), value)
        for at, value in enumerate(values)
    ]


def test_from_afar_a_series_that_adds_up_is_drawn_by_weeks_as_sums():
    drawn = drawn_of(Series("a", "Clicks", "s", "count", Grain.DAY, True), points([2.0] * 28))
    assert list(drawn.at(Grain.WEEK).values) == [14.0] * 4
    assert list(drawn.at(Grain.DAY).values) == [2.0] * 28


def test_a_ratio_is_gathered_from_its_totals_and_not_as_a_mean():
    ratio = Series("r", "CTR", "s", "ratio", Grain.DAY, False)
    above, below = [1.0] * 7 + [9.0] * 7, [10.0] * 7 + [90.0] * 6 + [9.0]
    own = points([part / whole for part, whole in zip(above, below, strict=True)])
    drawn = drawn_of(ratio, own, (points(below), points(above)))
    assert drawn.at(Grain.WEEK).values[1] == pytest.approx(63 / 549)


def test_a_series_that_does_not_add_up_is_never_gathered():
    drawn = drawn_of(Series("u", "Users", "s", "count", Grain.DAY, False), points([2.0] * 28))
    assert drawn.at(Grain.WEEK) is drawn.own
