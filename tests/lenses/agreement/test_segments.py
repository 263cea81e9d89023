"""Which segments are taken for one unit, against cases worked out by hand."""

import pytest

from desktop_app.lenses.agreement import agreement
from desktop_app.lenses.agreement.segments import matched, shared
from desktop_app.lenses.agreement.spans import CodedText
from desktop_app.model.agreement import Unit
from tests.lenses.agreement.texts import applied

X, Y, XY = frozenset("x"), frozenset("y"), frozenset("xy")


def test_how_much_two_spans_share() -> None:
    assert shared((0, 10), (0, 9)) == 0.9
    assert shared((0, 10), (10, 20)) == 0
    assert shared((0, 10), (5, 15)) == pytest.approx(1 / 3)


def test_the_threshold_itself_is_enough() -> None:
    text = CodedText("d", 40, ({"x": [(0, 10), (20, 30)]}, {"x": [(0, 9), (20, 28)]}))
    assert matched(text, 0.9) == [{0: X, 1: X}, {1: X}, {0: X}]
    assert matched(text, 0.8) == [{0: X, 1: X}, {0: X, 1: X}]


def test_the_closest_is_taken() -> None:
    text = CodedText("d", 40, ({"x": [(0, 20)]}, {"x": [(1, 20)]}, {"y": [(0, 20)]}))
    assert matched(text, 0.9) == [{0: X, 1: X, 2: Y}]
    rival = CodedText("d", 60, ({"x": [(0, 20)]}, {"y": [(0, 20)], "x": [(1, 20)]}))
    assert matched(rival, 0.9) == [{0: X, 1: XY}]


def test_a_code_in_common_goes_before_closeness() -> None:
    text = CodedText("d", 100, ({"x": [(0, 100)], "y": [(0, 95)]}, {"y": [(0, 98)]}))
    assert matched(text, 0.9) == [{0: Y, 1: Y}, {0: X}]


def test_every_two_segments_of_a_unit_share_enough() -> None:
    text = CodedText("d", 100, ({"x": [(0, 50)]}, {"x": [(0, 46)]}, {"x": [(0, 43)]}))
    assert shared((0, 46), (0, 43)) > 0.9 > shared((0, 50), (0, 43))
    assert matched(text, 0.9) == [{1: X, 2: X}, {0: X}]


def test_maxqda_percent_counts_a_segment_left_alone_as_a_disagreement() -> None:
    marks = applied([("A", "x", 0, 10), ("B", "x", 0, 10), ("A", "y", 20, 30), ("B", "x", 40, 50), ("B", "y", 60, 70)])
    found = agreement(marks, {"d": 100}, "AB", Unit.SEGMENT)
    assert found.method == "categories"
    assert found.overall.percent == 25.0
    assert found.overall.n == 1
    assert found.overall.holsti == pytest.approx(2 * 1 / 5)
    assert found.codes[0].coefficients.n == 4
    assert found.codes[0].coefficients.percent == 75.0


def test_what_only_a_third_has_marked_is_nothing_to_the_other_two() -> None:
    marks = applied([("A", "x", 0, 10), ("B", "x", 0, 10), ("C", "y", 20, 30)])
    found = agreement(marks, {"d": 100}, "ABC", Unit.SEGMENT)
    # A and B agree on their one segment; either agrees with C on none of two.
    assert found.overall.percent == pytest.approx(100 / 3)
    assert found.overall.prevalence is None


def test_two_who_never_met_agree_in_nothing() -> None:
    found = agreement(applied([("A", "x", 0, 9), ("B", "y", 20, 30)]), {"d": 100}, "AB", Unit.SEGMENT)
    assert (found.overall.n, found.overall.percent, found.overall.krippendorff_alpha) == (0, 0.0, None)
