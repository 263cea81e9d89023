"""Points as charts are drawn of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.metrics import Grain, Point
from desktop_app.model.samples import (
    Envelope,
    Samples,
    bucket_end,
    bucket_start,
    bucketed,
    bucketed_ratio,
    columns,
    days,
    grain_for,
    iso,
    moment,
    run_size,
    total_of,
)


def daily(first: str, *values: float) -> list[Point]:
    start = date.fromisoformat(first)
    return [
        Point((start + timedelta(n)).isoformat(), (start + timedelta(n + 1)).isoformat(), value)
        for n, value in enumerate(values)
    ]


def test_days_count_from_the_ordinal_and_print_back() -> None:
    assert days("0001-01-01") == 1.0
    assert days("2025-12-02") == date(2025, 12, 2).toordinal()
    assert days("2025-12-02T06:00") == date(2025, 12, 2).toordinal() + 0.25
    assert days("9999-12-31T24:00") == days("9999-12-31") + 1
    assert iso(days("2025-12-02T18:30")) == "2025-12-02T18:30"
    assert iso(days("2025-12-02")) == "2025-12-02"


def test_a_day_number_far_outside_the_calendar_is_held_at_its_edge() -> None:
    assert moment(-5).year == 1
    assert moment(9e9).year == 9999


def test_a_day_is_never_rounded_into_the_next_one_by_a_date_time_without_zone() -> None:
    assert days("2025-12-02T23:59") < days("2025-12-03")
    assert days("2025-12-02T23:59:00+02:00") == days("2025-12-02T23:59")


@pytest.mark.parametrize("broken", ["", "2025", "yesterday", "2025-13-01"])
def test_text_that_is_no_date_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        days(broken)


@pytest.mark.parametrize(
    ("grain", "start", "end"),
    [
        (Grain.DAY, "2025-12-10", "2025-12-11"),
        (Grain.WEEK, "2025-12-08", "2025-12-15"),
        (Grain.MONTH, "2025-12-01", "2026-01-01"),
        (Grain.QUARTER, "2025-10-01", "2026-01-01"),
        (Grain.YEAR, "2025-01-01", "2026-01-01"),
    ],
)
def test_calendar_buckets(grain: Grain, start: str, end: str) -> None:
    first = bucket_start(days("2025-12-10T13:00"), grain)
    assert iso(first) == start
    assert iso(bucket_end(first, grain)) == end


@given(st.integers(min_value=2, max_value=3_650_000), st.sampled_from([*Grain][1:6]))
def test_buckets_tile_the_calendar(day: int, grain: Grain) -> None:
    start = bucket_start(day, grain)
    end = bucket_end(start, grain)
    assert start <= day < end
    assert bucket_start(end, grain) == end
    assert bucket_start(end - 1, grain) == start


def test_weeks_are_summed_and_incomplete_ones_left_out() -> None:
    # Wednesday 3 December 2025 for 12 days: 5 days of one week, the whole next one ends on the 14th.
    points = daily("2025-12-03", *[1] * 5, *[2] * 7)
    weeks = bucketed(Samples.of(points), Grain.WEEK)
    assert list(weeks.values) == [14]
    assert iso(weeks.starts[0]) == "2025-12-08"


def test_a_sum_that_no_number_is_great_enough_for_is_not_told() -> None:
    assert total_of([1e308, 1e308], additive=True) is None
    assert total_of([-1e308, -1e308], additive=False) is None
    assert total_of([1e308, -1e308, 1.0], additive=True) == 1.0
    assert len(bucketed(Samples.of(daily("2025-12-08", *[1e308] * 7)), Grain.WEEK)) == 0


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR])
def test_the_last_bucket_of_the_calendar_ends_with_it(grain: Grain) -> None:
    last = date.max.toordinal()
    assert bucket_end(bucket_start(last, grain), grain) > last


def test_a_point_across_the_edge_of_a_bucket_is_not_divided() -> None:
    week = [Point("2025-12-29", "2026-01-05", 70.0)]
    assert len(bucketed(Samples.of(week), Grain.MONTH)) == 0


def test_a_bucketed_ratio_divides_bucket_totals_and_leaves_gaps_for_zero() -> None:
    paid = Samples.of(daily("2025-12-01", *[1] * 7, *[2] * 7))
    trials = Samples.of(daily("2025-12-01", *[4] * 7, *[0] * 7))
    ratio = bucketed_ratio(paid, trials, Grain.WEEK)
    assert list(ratio.values) == [0.25]


def test_the_grain_grows_until_a_bucket_can_be_seen() -> None:
    assert grain_for(Grain.DAY, 92 / 1000) == Grain.DAY
    assert grain_for(Grain.DAY, 730 / 1000) == Grain.WEEK
    assert grain_for(Grain.MONTH, 730 / 1000) == Grain.MONTH
    assert grain_for(Grain.DAY, 36_500 / 1000) == Grain.YEAR
    assert grain_for(Grain.HOUR, 30 / 1000) == Grain.DAY
    assert grain_for(Grain.RANGE, 5) == Grain.RANGE


def test_a_point_in_view_brings_its_neighbours() -> None:
    envelope = Envelope(Samples.of(daily("2025-12-01", 1, 2, 3, 4, 5, 6)))
    seen = envelope.between(days("2025-12-03"), days("2025-12-04"))
    assert [envelope.first[index] for index in seen] == [2, 3, 4, 5]
    assert envelope.bounds(days("2025-12-03"), days("2025-12-04")) == (2, 5)
    assert Envelope(Samples()).bounds(0, 1) is None


def test_runs_keep_first_low_high_and_last() -> None:
    envelope = Envelope(Samples.of(daily("2025-12-01", 3, 9, 1, 5, 7)), 4)
    rows = zip(envelope.first, envelope.low, envelope.high, envelope.last, strict=True)
    assert list(rows) == [(3, 1, 9, 5), (7, 7, 7, 7)]
    assert (iso(envelope.starts[0]), iso(envelope.ends[0])) == ("2025-12-01", "2025-12-05")
    assert envelope.longest == 4


@pytest.mark.parametrize(("per_pixel", "size"), [(0.2, 1), (1.5, 1), (2.5, 2), (7.9, 4), (1000, 512)])
def test_a_run_is_about_a_pixel(per_pixel: float, size: int) -> None:
    assert run_size(Samples.of(daily("2025-12-01", *range(10))), per_pixel) == size


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 20))
def test_runs_lose_no_peak(values: list[float], size: int) -> None:
    samples = Samples.of(daily("2025-01-01", *values))
    envelope = Envelope(samples, size)
    assert (min(envelope.low), max(envelope.high)) == (min(values), max(values))
    assert (envelope.first[0], envelope.last[-1]) == (values[0], values[-1])


def test_the_point_under_a_moment() -> None:
    samples = Samples.of(daily("2025-12-01", 1, 2))
    assert samples.at(days("2025-12-02T12:00")) == 1
    assert samples.at(days("2025-12-03")) is None
    assert samples.at(days("2025-11-30")) is None


def test_columns_keep_every_peak() -> None:
    envelope = Envelope(Samples.of(daily("2025-12-01", 3, 9, 1, 5, 7)))
    first = days("2025-12-01")
    found = columns(envelope, lambda day: (day - first) / 4 * 1.0, first, first + 5)
    # mid-points 0.5, 1.5, 2.5, 3.5, 4.5 days at four days a pixel: four points share column 0
    assert found == [[0.125, 3, 1, 9, 5], [1.125, 7, 7, 7, 7]]


def test_samples_come_in_order_of_time_whatever_the_file_did() -> None:
    points = daily("2025-12-01", 1, 2, 3)
    assert list(Samples.of(reversed(points)).values) == [1, 2, 3]
