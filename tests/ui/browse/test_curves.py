"""Which series the chart shows, in which order, and the figures beside them."""

import pytest

from desktop_app.model.metrics import Grain, Series
from desktop_app.model.samples import days
from desktop_app.ui.browse.curves import Role, fitting, neighbours, wanted_totals
from desktop_app.ui.browse.reads import usual_series
from tests.ui.browse.conftest import curves, daily

TRIALS = daily("t", "Trials started", [10, 30, 20])
PAID = daily("p", "Paid conversions", [1, 9, 2])
RATE = daily("r", "Conversion rate", [0.1, 0.3, 0.1], unit="ratio", numerator="p", denominator="t")
POSITION = daily("x", "Position", [4.0, 6.0, 8.0], unit="position", additive=False)


def names(found) -> list[str]:
    return [curve.series.id for curve in found]


def test_a_ratio_stands_below_the_totals_it_divides_whatever_the_order_given() -> None:
    assert names(curves([RATE, POSITION, PAID, TRIALS])) == ["t", "p", "r", "x"]
    assert neighbours(curves([RATE, PAID, TRIALS])) == {"r": True}
    assert neighbours(curves([TRIALS, POSITION, PAID, RATE])) == {"r": False}


def test_totals_that_are_missing_are_asked_for() -> None:
    assert wanted_totals([RATE.series, PAID.series]) == ["t"]
    assert wanted_totals([RATE.series, PAID.series, TRIALS.series]) == []


def test_a_ratio_without_its_totals_is_never_drawn() -> None:
    alone = curves([RATE])[0]
    assert alone.role == Role.RATIO
    assert not alone.drawable
    assert not curves([RATE, TRIALS])[1].drawable
    assert all(curve.drawable for curve in curves([RATE, TRIALS, PAID]))


def test_where_room_is_short_a_ratio_goes_with_its_totals() -> None:
    ordered = curves([POSITION, RATE, TRIALS, PAID])
    assert names(ordered) == ["x", "t", "p", "r"]
    assert names(fitting(ordered, 3)) == ["x", "t", "p"]
    assert names(fitting([ordered[3], *ordered[:3]], 2)) == ["x"]


def test_figures_sum_average_or_divide_totals() -> None:
    trials, paid, rate = curves([TRIALS, PAID, RATE])
    first, last = days("2025-10-01"), days("2025-10-03")
    assert trials.figure(first, last) == 40
    assert paid.figure(first, last) == 10
    assert rate.figure(first, last) == 0.25  # not 0.2, the mean of its days
    assert curves([POSITION])[0].figure(first, last) == 5.0
    assert rate.figure(first - 20, first - 10) is None


def test_far_out_a_daily_series_is_drawn_by_week_and_a_level_is_left_as_it_is() -> None:
    trials, paid, rate, position = curves([TRIALS, PAID, RATE, POSITION])
    assert trials.grain(730 / 1000) == Grain.WEEK
    assert rate.grain(730 / 1000) == Grain.WEEK
    assert position.grain(730 / 1000) == Grain.DAY
    assert paid.grain(0.1) == Grain.DAY


def test_a_ratio_is_drawn_from_its_totals_and_not_from_its_own_points() -> None:
    wrong = daily("r", "Conversion rate", [0.9, 0.9, 0.9], unit="ratio", numerator="p", denominator="t")
    rate = curves([TRIALS, PAID, wrong])[2]
    assert list(rate.at(Grain.DAY).values) == [0.1, 0.3, 0.1]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ({"t": 700, "p": 700, "r": 690}, ("t", "p", "r")),
        ({"t": 700, "p": 700, "r": 200}, ("p", "t")),
        ({"t": 700, "p": 300}, ("t",)),
        ({}, ()),
    ],
)
def test_without_a_question_the_longest_series_are_shown(points: dict[str, int], expected: tuple[str, ...]) -> None:
    known = {
        "p": Series("p", "Paid", "s", "count", Grain.DAY, True, points=points.get("p", 0)),
        "t": Series("t", "Trials", "s", "count", Grain.DAY, True, points=points.get("t", 0)),
        "r": Series(
            "r", "Rate", "s", "ratio", Grain.DAY, False, numerator="p", denominator="t", points=points.get("r", 0)
        ),
    }
    assert usual_series([known[name] for name in ("p", "t", "r") if name in points]) == expected
