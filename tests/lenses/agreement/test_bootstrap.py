"""Intervals of α: what they are drawn of, and when there is none."""

import pytest

from desktop_app.lenses.agreement.bootstrap import interval
from desktop_app.lenses.agreement.coefficients import unit_sums

BOTH, NEITHER, ONE = unit_sums((1, 1)), unit_sums((0, 0)), unit_sums((0, 1))


def test_an_interval_holds_the_value_and_narrows_with_more_units() -> None:
    few = interval([BOTH, NEITHER, ONE], [20, 60, 20], resamples=400, seed=1)
    many = interval([BOTH, NEITHER, ONE], [2000, 6000, 2000], resamples=400, seed=1)
    assert few is not None
    assert many is not None
    # π = .3, P_o = .8, P_e = .58: α is a little above (.8 - .58)/(1 - .58).
    assert few[0] < many[0] < 0.5238 < many[1] < few[1]
    # The standard error of α over 10,000 units is about .01.
    assert many[1] - many[0] == pytest.approx(4 * 0.0105, rel=0.25)


def test_there_is_none_where_alpha_is_often_undefined() -> None:
    assert interval([BOTH, NEITHER], [1, 40], resamples=200, seed=0) is None
    assert interval([NEITHER], [40], resamples=200, seed=0) is None


def test_there_is_none_of_one_unit_or_without_draws() -> None:
    assert interval([ONE], [1], resamples=200, seed=0) is None
    assert interval([], [], resamples=200, seed=0) is None
    assert interval([BOTH, ONE], [5, 5], resamples=0, seed=0) is None


def test_batches_draw_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = interval([BOTH, NEITHER, ONE], [20, 60, 20], resamples=100, seed=3)
    monkeypatch.setattr("desktop_app.lenses.agreement.bootstrap.CELLS", 21)
    assert interval([BOTH, NEITHER, ONE], [20, 60, 20], resamples=100, seed=3) == whole
