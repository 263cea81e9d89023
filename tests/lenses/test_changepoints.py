"""Places of a series: found where something was put in, and nowhere else."""

from collections.abc import Callable
from dataclasses import astuple
from datetime import date, datetime, timedelta
from math import isfinite
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from desktop_app.lenses.changepoints import FEWEST, REACH, places
from desktop_app.model.metrics import Grain, Point
from desktop_app.model.places import Place, PlaceKind

FIRST = date(2024, 1, 1)  # a Monday
WEEK = np.array([0.0, 1, 2, 1, 0, -6, -5])

Values = NDArray[np.float64]


def daily(values: "Values | list[float]", left_out: range = range(0)) -> list[Point]:
    starts = [FIRST + timedelta(n) for n in range(len(values))]
    return [
        Point(start.isoformat(), (start + timedelta(1)).isoformat(), float(value))
        for n, (start, value) in enumerate(zip(starts, values, strict=True))
        if n not in left_out
    ]


def hourly(values: Values) -> list[Point]:
    starts = [datetime(2024, 1, 1) + timedelta(hours=n) for n in range(len(values) + 1)]
    texts = [start.isoformat(timespec="minutes") for start in starts]
    return [Point(texts[n], texts[n + 1], float(value)) for n, value in enumerate(values)]


def noise(seed: int, count: int) -> Values:
    return np.random.default_rng(seed).normal(size=count)


def day(place: Place) -> int:
    return (date.fromisoformat(place.at) - FIRST).days


def share(of: Callable[[int], bool], seeds: int = 200) -> float:
    return sum(of(seed) for seed in range(seeds)) / seeds


def kinds(found: tuple[Place, ...]) -> list[str]:
    return [place.kind.value for place in found]


# --- what is not a place ---------------------------------------------------------------------------------------------


def test_few_points_and_constant_ones_have_no_places() -> None:
    assert places([], Grain.DAY) == ()
    assert places(daily([1.0] * 3 + [900.0] * (FEWEST - 4)), Grain.DAY) == ()
    assert places(daily([5.0] * 40), Grain.DAY) == ()
    assert places(daily([0.0] * 40), Grain.DAY) == ()
    assert places(daily([0.1 + n % 2 * 1e-17 for n in range(40)]), Grain.DAY) == ()


def test_one_point_of_a_whole_report_has_no_places() -> None:
    assert places(daily([1.0] * 20 + [9.0] * 20), Grain.RANGE) == ()


@pytest.mark.parametrize("count", [8, 30, 104, 365])
@pytest.mark.parametrize("grain", [Grain.DAY, Grain.MONTH])
def test_white_noise_hardly_ever_has_a_place(count: int, grain: Grain) -> None:
    assert share(lambda seed: bool(places(daily(100 + noise(seed, count)), grain))) < 0.05


def test_noise_with_a_memory_hardly_ever_has_a_place() -> None:
    def remembering(seed: int) -> Values:
        values = noise(seed, 365)
        for n in range(1, 365):
            values[n] = 0.6 * values[n - 1] + 0.8 * values[n]
        return values

    assert share(lambda seed: bool(places(daily(remembering(seed)), Grain.DAY))) < 0.05


@pytest.mark.parametrize("slope", [0.01, 0.03, 0.1, 1.0])
def test_a_slow_trend_is_no_cascade_of_places(slope: float) -> None:
    trend = slope * np.arange(365)
    assert share(lambda seed: bool(places(daily(trend + noise(seed, 365)), Grain.DAY))) < 0.05
    assert places(daily(trend), Grain.DAY) == ()


def test_a_season_of_the_year_is_no_cascade_of_places() -> None:
    season = 5 * np.sin(np.arange(730) / 365 * 2 * np.pi)
    found = [len(places(daily(season + noise(seed, 730)), Grain.DAY)) for seed in range(100)]
    assert sum(found) / len(found) < 0.25
    assert max(found) <= 3


def test_growth_that_swings_wider_as_it_rises_has_no_places() -> None:
    growth = 100 * np.exp(np.arange(365) / 120)
    assert share(lambda seed: bool(places(daily(growth * (1 + 0.05 * noise(seed, 365))), Grain.DAY)), 100) < 0.1


def test_weekends_are_usual_and_so_are_nights() -> None:
    weeks = np.tile(WEEK, 52)
    assert places(daily(weeks), Grain.DAY) == ()
    assert share(lambda seed: bool(places(daily(weeks + 0.5 * noise(seed, 364)), Grain.DAY)), 100) < 0.05
    hours = np.arange(24 * 7 * 6)
    web = 100 + 60 * np.sin(hours % 24 / 24 * 2 * np.pi) - 40 * (hours // 24 % 7 >= 5)
    assert places(hourly(web + noise(1, len(web))), Grain.HOUR) == ()
    assert places(hourly((web + noise(1, len(web)))[: 24 * 4]), Grain.HOUR) == ()


def test_december_is_usual_where_four_of_them_are_known() -> None:
    months = [
        Point(f"{2018 + n // 12}-{n % 12 + 1:02d}-01", f"{2018 + (n + 1) // 12}-{(n + 1) % 12 + 1:02d}-01", value)
        for n, value in enumerate((np.tile([0.0] * 11 + [40.0], 6) + noise(3, 72)).tolist())
    ]
    assert places(months, Grain.MONTH) == ()
    assert kinds(places(months[:36], Grain.MONTH)) == ["spike"] * 3


# --- shifts ----------------------------------------------------------------------------------------------------------


def test_a_constant_with_one_step_has_one_shift() -> None:
    (place,) = places(daily([5.0] * 20 + [9.0] * 30), Grain.DAY)
    assert (place.kind, place.at) == (PlaceKind.SHIFT, "2024-01-21")
    assert (place.before, place.after) == (5.0, 9.0)
    assert place.size == pytest.approx(4 / place.swing)
    assert kinds(places(daily([5.0] * 4 + [9.0] * 4), Grain.DAY)) == ["shift"]


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.QUARTER])
def test_a_reason_is_looked_for_within_reach_and_within_the_data(grain: Grain) -> None:
    reach = REACH[grain]
    points = daily([5.0] * 20 + [9.0] * 30)
    (place,) = places(points, grain)
    assert place.start == points[20 - reach].start
    assert place.end == points[20 + reach].end
    (early,) = places(points[16:], Grain.DAY)
    assert early.start == points[16].start


@pytest.mark.parametrize("at", [30, 180, 330])
def test_a_step_of_three_swings_is_found_where_it_is(at: int) -> None:
    step = 3.0 * (np.arange(365) >= at)

    def found(seed: int) -> bool:
        shifts = [place for place in places(daily(step + noise(seed, 365)), Grain.DAY) if place.kind == PlaceKind.SHIFT]
        return len(shifts) == 1 and abs(day(shifts[0]) - at) <= 2 and shifts[0].after > shifts[0].before

    assert share(found) > 0.95


def test_a_step_is_found_on_top_of_weekdays_a_trend_or_a_season() -> None:
    steps = 4.0 * (np.arange(364) >= 180)
    for under in (np.tile(WEEK, 52), 0.03 * np.arange(364), -8 * np.sin(np.arange(364) / 364 * 2 * np.pi)):
        below = steps + under

        def found(seed: int, below: Values = below) -> bool:
            return [abs(day(place) - 180) <= 2 for place in places(daily(below + noise(seed, 364)), Grain.DAY)] == [
                True
            ]

        assert share(found, 100) > 0.9


def test_a_step_that_doubles_the_weekdays_with_it_is_one_shift() -> None:
    weeks = np.tile([1, 1, 1, 1, 1, 0.5, 0.4], 52) * 100 * (1.0 + (np.arange(364) >= 182))

    def found(seed: int) -> bool:
        return [day(place) for place in places(daily(weeks * (1 + 0.05 * noise(seed, 364))), Grain.DAY)] == [182]

    assert share(found, 100) > 0.9


def test_a_level_that_held_for_a_while_begins_and_ends() -> None:
    values = noise(4, 200)
    values[90:110] += 8
    first, second = places(daily(values), Grain.DAY)
    assert (day(first), day(second)) == (90, 110)
    assert first.after > first.before
    assert second.after < second.before


def test_a_shift_that_took_a_few_days_is_one_place() -> None:
    values = noise(5, 200)
    values[100:] += 12
    values[96:100] += 6
    (place,) = places(daily(values), Grain.DAY)
    assert place.kind == PlaceKind.SHIFT
    assert 96 <= day(place) <= 100
    assert place.after - place.before == pytest.approx(12, abs=1.5)


def test_levels_are_the_medians_of_four_weeks_on_each_side() -> None:
    values = np.concatenate([noise(6, 100), 10 + noise(7, 100)]) + np.resize(WEEK, 200)
    (place,) = places(daily(values), Grain.DAY)
    assert day(place) == 100
    assert place.before == pytest.approx(float(np.median(values[72:100])))
    assert place.after == pytest.approx(float(np.median(values[100:128])))


def test_long_series_are_searched_to_their_seams() -> None:
    at = range(250, 4000, 500)
    steps = sum(8.0 * (-1) ** n * (np.arange(4000) >= start) for n, start in enumerate(at))
    assert [day(place) for place in places(daily(noise(8, 4000) + steps), Grain.DAY)] == list(at)


# --- spikes ----------------------------------------------------------------------------------------------------------


def test_a_single_day_that_stands_out_is_a_spike() -> None:
    values = 100 + noise(9, 120)
    values[60] += 20
    (place,) = places(daily(values), Grain.DAY)
    assert (place.kind, day(place)) == (PlaceKind.SPIKE, 60)
    assert place.after == values[60]
    assert place.before == pytest.approx(100, abs=2)
    assert place.swing == pytest.approx(1, abs=0.35)


def test_a_busy_sunday_stands_out_from_other_sundays() -> None:
    values = 100 + np.tile(WEEK * 10, 26) + noise(10, 182)
    values[90] = 100  # a Sunday (n % 7 == 6), as busy as a Monday
    (place,) = places(daily(values), Grain.DAY)
    assert (place.kind, day(place)) == (PlaceKind.SPIKE, 90)
    assert (place.before, place.after) == (pytest.approx(50, abs=3), 100)


def test_three_days_are_a_spike_and_told_once() -> None:
    values = noise(11, 120)
    values[60:63] += [15, 25, 15]
    (place,) = places(daily(values), Grain.DAY)
    assert (place.kind, day(place)) == (PlaceKind.SPIKE, 61)


def test_up_and_down_on_two_days_are_two_spikes() -> None:
    values = noise(12, 120)
    values[60], values[61] = 20, -20
    assert [(place.kind, day(place)) for place in places(daily(values), Grain.DAY)] == [
        (PlaceKind.SPIKE, 60),
        (PlaceKind.SPIKE, 61),
    ]


def test_the_burst_of_a_first_day_belongs_to_its_shift() -> None:
    values = noise(13, 200) + 8.0 * (np.arange(200) >= 100)
    values[100] += 20
    (place,) = places(daily(values), Grain.DAY)
    assert (place.kind, day(place)) == (PlaceKind.SHIFT, 100)


# --- gaps, order, limits ---------------------------------------------------------------------------------------------


def test_a_gap_does_not_move_what_follows() -> None:
    values = np.resize(WEEK, 300) + 0.5 * noise(14, 300) + 6.0 * (np.arange(300) >= 200)
    whole = places(daily(values), Grain.DAY)
    assert [day(place) for place in whole] == [200]
    assert [place.at for place in places(daily(values, range(100, 103)), Grain.DAY)] == [whole[0].at]
    assert [place.at for place in places(daily(values, range(60, 121)), Grain.DAY)] == [whole[0].at]
    values[50] = np.nan
    values[51] = np.inf
    assert [place.at for place in places(daily(values), Grain.DAY)] == [whole[0].at]


@given(
    st.lists(st.one_of(st.floats(), st.sampled_from([0.0, 1.0, 2.0])), max_size=60),
    st.sampled_from(list(Grain)),
)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_figures_are_finite_and_in_order(values: list[float], grain: Grain) -> None:
    points = daily([value if abs(value) < 1e300 else float("nan") for value in values])
    found = places(points, grain)
    assert found == places(points, grain)
    assert [place.at for place in found] == sorted({place.at for place in found})
    for place in found:
        assert all(isfinite(figure) for figure in astuple(place)[4:])
        assert place.start <= place.at < place.end
        assert place.size >= 2
        assert place.before != place.after


@given(st.floats(1e-6, 1e9), st.floats(-100, 100))
@settings(max_examples=20, deadline=None)
def test_places_do_not_depend_on_the_unit(times: float, plus: float) -> None:
    values = noise(15, 120) + 6.0 * (np.arange(120) >= 70)
    (plain,), (scaled,) = places(daily(values), Grain.DAY), places(daily(times * (values + plus)), Grain.DAY)
    assert scaled.at == plain.at
    assert scaled.size == pytest.approx(plain.size, rel=1e-6)
    assert scaled.swing == pytest.approx(times * plain.swing, rel=1e-6)


def test_a_long_series_takes_less_than_a_second() -> None:
    points = hourly(100 + noise(16, 20_000))
    places(points[:1000], Grain.HOUR)  # what is imported does not count
    began = perf_counter()
    places(points, Grain.HOUR)
    assert perf_counter() - began < 2.0  # 0.4 s on a machine that has nothing else to do
