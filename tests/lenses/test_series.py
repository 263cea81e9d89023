"""Series arithmetic against figures worked out by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.series import clip, ratio_over, total
from desktop_app.model.metrics import Point
from desktop_app.model.samples import (
    Samples,
)


def daily(first: str, *values: float) -> list[Point]:
    start = date.fromisoformat(first)
    return [
        Point((start + timedelta(n)).isoformat(), (start + timedelta(n + 1)).isoformat(), value)
        for n, value in enumerate(values)
    ]


def test_a_stretch_holds_whole_points_and_counts_the_cut_ones() -> None:
    weeks = [
        Point("2025-12-01", "2025-12-08", 70.0),
        Point("2025-12-08", "2025-12-15", 80.0),
        Point("2025-12-15", "2025-12-22", 90.0),
    ]
    found = clip(weeks, "2025-12-05", "2025-12-22")
    assert [point.value for point in found.points] == [80.0, 90.0]
    assert found.cut == 1
    assert clip(weeks, "2025-12-22", "2026-01-01").cut == 0
    assert clip(weeks, "2025-12-02", "2025-12-04") == clip(weeks, "2025-12-03", "2025-12-06")
    assert clip(weeks, "2025-12-02", "2025-12-04").cut == 1


def test_an_empty_bound_is_open() -> None:
    points = daily("2025-12-01", 1, 2, 3)
    assert [point.value for point in clip(points, end="2025-12-03").points] == [1, 2]
    assert [point.value for point in clip(points, start="2025-12-02").points] == [2, 3]
    assert clip(points).points == tuple(points)


@given(st.integers(0, 20), st.integers(0, 20), st.lists(st.integers(0, 15), max_size=12))
def test_samples_follow_the_same_rule_as_points(low: int, length: int, starts: list[int]) -> None:
    base = date(2025, 12, 1)
    points = [
        Point((base + timedelta(n)).isoformat(), (base + timedelta(n + 1 + n % 3)).isoformat(), float(n))
        for n in starts
    ]
    start, end = base + timedelta(low), base + timedelta(low + length)
    by_points = sorted(point.value for point in clip(points, start.isoformat(), end.isoformat()).points)
    assert sorted(Samples.of(points).inside(start.toordinal(), end.toordinal())) == by_points


def test_totals_add_what_may_be_added_and_average_the_rest() -> None:
    points = daily("2025-12-01", 10, 20, 60)
    assert total(points, additive=True) == 90
    assert total(points, additive=False) == 30
    assert total([], additive=True) is None
    assert total(daily("2025-12-01", *[0.1] * 10), additive=True) == 1.0


def test_a_ratio_comes_from_its_totals_and_not_from_the_mean_of_its_days() -> None:
    paid = daily("2025-12-01", 1, 9)
    trials = daily("2025-12-01", 10, 30)
    ratio = ratio_over(paid, trials)
    assert (ratio.numerator, ratio.denominator) == (10, 40)
    assert ratio.value == 0.25  # the mean of the daily ratios would be 0.2
    assert ratio.matched


def test_a_ratio_without_a_divisor_has_no_value() -> None:
    assert ratio_over(daily("2025-12-01", 3), []).value is None
    assert ratio_over(daily("2025-12-01", 3), daily("2025-12-01", 0)).value is None
    assert ratio_over([], daily("2025-12-01", 3)).value is None
    assert not ratio_over(daily("2025-12-01", 3), daily("2025-12-02", 3)).matched
