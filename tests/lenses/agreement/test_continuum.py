"""Units and gaps, against sums made character by character."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.agreement import agreement
from desktop_app.lenses.agreement.coefficients import added, alpha
from desktop_app.lenses.agreement.continuum import measured
from desktop_app.lenses.agreement.spans import Track
from desktop_app.model.agreement import Unit
from tests.lenses.agreement.texts import applied

LENGTH = 30


def by_character(tracks: list[Track], *, coded: bool) -> float | None:
    """ᵤα (or cᵤα) straight from its definition, summed over characters and ordered pairs of coders."""
    here = [[0] * LENGTH for _ in tracks]
    for row, track in zip(here, tracks, strict=True):
        for start, end, value in track:
            row[start:end] = [value] * (end - start)
    seen: Counter[tuple[int, int]] = Counter()
    for one, other in permutations(here, 2):
        seen.update(pair for pair in zip(one, other, strict=True) if not coded or all(pair))
    marginals: Counter[int] = Counter()
    for (value, _), times in seen.items():
        marginals[value] += times
    off = sum(times for (one, other), times in seen.items() if one != other) / (len(tracks) - 1)
    totals = {value: times / (len(tracks) - 1) for value, times in marginals.items()}
    correction = 0.0 if coded else totals.get(0, 0.0)
    for place, track in enumerate(tracks):
        others = [row for at, row in enumerate(here) if at != place]
        for start, end, _ in track:
            shared = sum(bool(row[at]) for row in others for at in range(start, end)) / len(others)
            met = shared if coded else end - start
            correction += met**2
    whole = sum(totals.values())
    room = whole**2 - sum(times**2 for times in totals.values())
    if not whole or room < 1e-9 or whole - correction / whole < 1e-9:
        return None
    return 1 - off * (whole - correction / whole) / room


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=8)))
    values = draw(st.lists(st.integers(0, 3), min_size=8, max_size=8))
    return [(start, end, value) for start, end, value in zip(cuts, cuts[1:], values, strict=False) if value]


@given(st.lists(tracks(), min_size=2, max_size=4))
def test_stretches_sum_to_the_definition(drawn: list[Track]) -> None:
    found = measured(drawn, LENGTH).continuum
    assert found is not None
    assert alpha(added(found.nominal)) == pytest.approx(by_character(drawn, coded=False))
    assert alpha(added(found.coded)) == pytest.approx(by_character(drawn, coded=True))
    binary = [[(start, end, 1) for start, end, _ in track] for track in drawn]
    assert alpha(added(found.binary)) == pytest.approx(by_character(binary, coded=False))


def test_units_that_touch_stay_two_units() -> None:
    one = [("A", "x", 0, 20), ("B", "x", 0, 15)]
    two = [("A", "x", 0, 10), ("A", "x", 10, 20), ("B", "x", 0, 15)]
    whole, cut = (
        agreement(applied(marks), {"d": LENGTH}, "AB", Unit.CONTINUUM).codes[0].coefficients.u_alpha
        for marks in (one, two)
    )
    assert whole is not None
    assert cut is not None
    assert whole != cut


def test_documents_are_laid_end_to_end() -> None:
    marks = [("A", "x", 0, 10), ("B", "x", 5, 15), ("A", "y", 20, 25), ("B", "y", 20, 28)]
    later = [(coder, code, start + LENGTH, end + LENGTH) for coder, code, start, end in marks]
    two = agreement(
        [*applied(marks), *applied(marks, "e")], {"d": LENGTH, "e": LENGTH}, "AB", Unit.CONTINUUM, resamples=0
    )
    one = agreement(applied([*marks, *later]), {"d": 2 * LENGTH}, "AB", Unit.CONTINUUM, resamples=0)
    assert two.overall == one.overall


def test_what_is_pairable_counts_for_each_other_coder_so_that_no_value_is_above_one() -> None:
    marks = [("A", "x", 0, 1), ("B", "y", 0, 1), ("C", "x", 1, 2)]
    found = agreement(applied(marks), {"d": LENGTH}, "ABC", Unit.CONTINUUM).overall
    assert found.cu_alpha == pytest.approx(0)
    assert found.u_alpha is not None


def test_percent_is_the_share_of_length_on_which_they_agree() -> None:
    found = agreement(applied([("A", "x", 0, 10), ("B", "x", 5, 15)]), {"d": 40}, "AB", Unit.CONTINUUM).overall
    assert found.percent == 75.0
    assert found.cohen_kappa is found.holsti is None
