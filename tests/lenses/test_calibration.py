"""Calibration against published figures, and against what must hold of any forecasts."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.calibration import bin_of, calibration, wilson
from desktop_app.model.calibration import Forecast
from desktop_app.model.errors import Invalid

# Wilks, Statistical Methods in the Atmospheric Sciences (1995), table 7.3, 12,402 forecasts of precipitation, as the R
# package `verification` gives it: stated, share that came true, share of all forecasts. Its base rate is 0.162.
WILKS = (
    (0.0, 0.006, 0.4112),
    (0.05, 0.019, 0.0671),
    (0.1, 0.059, 0.1833),
    (0.2, 0.15, 0.0986),
    (0.3, 0.277, 0.0616),
    (0.4, 0.377, 0.0366),
    (0.5, 0.511, 0.0303),
    (0.6, 0.587, 0.0275),
    (0.7, 0.723, 0.0245),
    (0.8, 0.779, 0.022),
    (0.9, 0.934, 0.017),
    (1.0, 0.933, 0.0203),
)


def forecasts(*groups: tuple[float, int, int]) -> list[Forecast]:
    """Of each group the confidence, how many were stated, and how many of them came true."""
    return [
        Forecast(f"{place}-{n}", confidence, 1.0 if n < hits else 0.0)
        for place, (confidence, count, hits) in enumerate(groups)
        for n in range(count)
    ]


def by_hand(figures: list[Forecast]) -> tuple[float, float, float]:
    """Reliability, resolution, uncertainty, forecast by forecast."""
    counts = Counter(forecast.confidence for forecast in figures)
    hits = Counter(forecast.confidence for forecast in figures if forecast.outcome)
    n, rate = len(figures), sum(hits.values()) / len(figures)
    share = {confidence: hits[confidence] / count for confidence, count in counts.items()}
    reliability = sum((forecast.confidence - share[forecast.confidence]) ** 2 for forecast in figures) / n
    return reliability, sum((share[forecast.confidence] - rate) ** 2 for forecast in figures) / n, rate * (1 - rate)


def test_without_forecasts_there_are_no_figures() -> None:
    empty = calibration([])
    assert (empty.n, empty.hits, empty.stated) == (0, 0, ())
    figures = (empty.base_rate, empty.brier, empty.reliability, empty.resolution, empty.uncertainty, empty.skill)
    assert set(figures) == {None}
    assert len(empty.bins) == 10
    assert {(group.count, group.confidence, group.frequency, group.interval) for group in empty.bins} == {
        (0, None, None, None)
    }


def test_the_brier_score_is_that_of_the_documentation_of_scikit_learn() -> None:
    # sklearn.metrics.brier_score_loss: outcomes 0, 1, 1, 0 at 0.1, 0.9, 0.8, 0.3 give 0.037…
    found = calibration(forecasts((0.1, 1, 0), (0.9, 1, 1), (0.8, 1, 1), (0.3, 1, 0)))
    assert found.brier == pytest.approx(0.0375)


def test_the_parts_are_those_that_solar_forecast_arbiter_expects() -> None:
    # Values its tests of metrics.probabilistic expect: sure and right once, 50 % and not once.
    found = calibration(forecasts((1.0, 1, 1), (0.5, 1, 0)))
    assert (found.reliability, found.resolution, found.uncertainty) == (0.125, 0.25, 0.25)
    assert found.brier == 0.125
    assert found.skill == 0.5
    # 1000 at 95 % that all came true, 500 at 100 % of which none did.
    found = calibration(forecasts((0.95, 1000, 1000), (1.0, 500, 0)))
    assert found.resolution == pytest.approx((1000 * (1 - 2 / 3) ** 2 + 500 * (2 / 3) ** 2) / 1500)
    # 999 at 50 % that all came true.
    found = calibration(forecasts((0.5, 999, 999)))
    assert (found.reliability, found.resolution, found.uncertainty, found.skill) == (0.25, 0, 0, None)


def test_the_table_of_wilks_gives_its_base_rate_and_its_diagram() -> None:
    groups = [(stated, round(share * 12_402), round(share * 12_402 * true)) for stated, true, share in WILKS]
    found = calibration(forecasts(*groups))
    assert found.n == pytest.approx(12_402, abs=6)
    assert found.base_rate == pytest.approx(0.162, abs=0.0005)
    assert [group.low for group in found.stated] == [stated for stated, _, _ in WILKS]
    for group, (_, true, share) in zip(found.stated, WILKS, strict=True):
        assert group.frequency == pytest.approx(true, abs=0.003)
        assert group.count / found.n == pytest.approx(share, abs=0.0002)
    assert found.uncertainty == pytest.approx(0.162 * (1 - 0.162), abs=0.0005)
    reliability = sum(share * (stated - true) ** 2 for stated, true, share in WILKS)
    resolution = sum(share * (true - 0.162) ** 2 for _, true, share in WILKS)
    assert found.reliability == pytest.approx(reliability, abs=2e-5)
    assert found.resolution == pytest.approx(resolution, abs=2e-4)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_newcombe(hits: int, count: int, low: float, high: float) -> None:
    # Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
    assert wilson(hits, count) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))
    assert wilson(count - hits, count) == (pytest.approx(1 - high, abs=6e-5), pytest.approx(1 - low, abs=6e-5))


def test_an_interval_reaches_the_end_where_all_or_nothing_came_true() -> None:
    for count in range(1, 60):
        none, every = wilson(0, count), wilson(count, count)
        assert none is not None
        assert every is not None
        assert (none[0], every[1]) == (0.0, 1.0)
        assert none[1] == pytest.approx(1 - every[0])
    assert wilson(0, 0) is None


def test_a_confidence_falls_into_the_bin_that_begins_with_it() -> None:
    assert [bin_of(place / 10) for place in range(11)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    assert bin_of(0.1 + 0.2) == 3
    assert bin_of(0.29999999999999993) == 2
    assert bin_of(0.999999) == 9


def test_bins_and_stated_confidences_name_their_forecasts() -> None:
    found = calibration(
        [Forecast("a", 0.7, 1), Forecast("b", 0.75, 0), Forecast("c", 0.7, 1), Forecast("d", 0.1, 0)],
    )
    seventies = found.bins[7]
    assert (seventies.low, seventies.high, seventies.count, seventies.hits) == (0.7, 0.8, 3, 2)
    assert seventies.ids == ("a", "b", "c")
    assert seventies.confidence == pytest.approx((0.7 + 0.75 + 0.7) / 3)
    assert seventies.frequency == pytest.approx(2 / 3)
    assert [(group.low, group.high, group.ids) for group in found.stated] == [
        (0.1, 0.1, ("d",)),
        (0.7, 0.7, ("a", "c")),
        (0.75, 0.75, ("b",)),
    ]
    assert found.bins[2].ids == ()


@pytest.mark.parametrize(("confidence", "outcome"), [(1.2, 1.0), (-0.1, 0.0), (float("nan"), 1.0), (0.5, 0.5)])
def test_what_is_no_forecast_is_named(confidence: float, outcome: float) -> None:
    with pytest.raises(Invalid, match="storm"):
        calibration([Forecast("storm", confidence, outcome)])


made = st.tuples(
    st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])),
    st.sampled_from([0.0, 1.0]),
)


@given(st.lists(made, min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_the_parts_add_up_to_the_score(pairs: list[tuple[float, float]]) -> None:
    figures = [Forecast(str(n), confidence, outcome) for n, (confidence, outcome) in enumerate(pairs)]
    found = calibration(figures)
    assert found.brier is not None
    assert found.reliability is not None
    assert found.resolution is not None
    assert found.uncertainty is not None
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty, abs=1e-12)
    assert (found.reliability, found.resolution, found.uncertainty) == pytest.approx(by_hand(figures), abs=1e-12)
    assert min(found.brier, found.reliability, found.resolution, found.uncertainty) >= 0
    if found.skill is None:
        assert found.hits in (0, found.n)
    else:
        assert found.skill == pytest.approx((found.resolution - found.reliability) / found.uncertainty, abs=1e-9)
    for groups in (found.bins, found.stated):
        assert sorted(name for group in groups for name in group.ids) == sorted(forecast.id for forecast in figures)
        assert sum(group.hits for group in groups) == found.hits
        for group in groups:
            if group.frequency is not None and group.interval is not None:
                low, high = group.interval
                assert 0 <= low <= group.frequency <= high <= 1


@given(st.lists(made, min_size=1, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_does_not_matter(pairs: list[tuple[float, float]], random: Random) -> None:
    figures = [Forecast(str(n), confidence, outcome) for n, (confidence, outcome) in enumerate(pairs)]
    mixed = list(figures)
    random.shuffle(mixed)
    one, other = calibration(figures), calibration(mixed)
    assert (one.brier, one.reliability, one.resolution) == (other.brier, other.reliability, other.resolution)


def test_halves_are_counted_where_that_is_asked_for() -> None:
    partly = [Forecast("a", 0.8, 0.5), Forecast("b", 0.8, 1.0), Forecast("c", 0.2, 0.0)]
    found = calibration(partly, halves=True)
    assert found.hits == 1.5
    assert found.base_rate == 0.5
    assert found.brier == pytest.approx((0.09 + 0.04 + 0.04) / 3)
    assert found.uncertainty == pytest.approx((0 + 0.25 + 0.25) / 3)
    assert found.reliability == pytest.approx((2 * 0.05**2 + 0.2**2) / 3)
    assert found.brier == pytest.approx(found.reliability - found.resolution + found.uncertainty)
    assert found.bins[8].frequency == 0.75
