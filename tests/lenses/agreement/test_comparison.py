"""What is compared, what is left out, and what holds whatever the data."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.agreement import agreement
from desktop_app.model.agreement import Agreement, Applied, Coefficients, Unit
from desktop_app.model.errors import Interrupted, Invalid
from tests.lenses.agreement.texts import Marks, applied, laid_out, study

CHANCE = (
    "cohen_kappa", "scott_pi", "brennan_prediger", "gwet_ac1", "fleiss_kappa", "krippendorff_alpha", "u_alpha",
    "u_alpha_binary", "cu_alpha",
)  # fmt: skip
LENGTH = 60
TEXTS = {"d": LENGTH, "e": LENGTH}

units = st.sampled_from(list(Unit))
spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 20)).map(lambda s: (s[0], min(LENGTH, s[0] + s[1])))
codings = st.builds(
    lambda target, code, coder, span: Applied(target, code, coder, *span),
    st.sampled_from("de"),
    st.sampled_from("xyz"),
    st.sampled_from("ABC"),
    spans,
)


def compared(marks: Marks, unit: Unit = Unit.CHARACTER, coders: str = "AB", length: int = LENGTH) -> Agreement:
    return agreement(applied(marks), {"d": length}, coders, unit, resamples=50)


def figures(found: Agreement) -> list[Coefficients]:
    cells = [cell for row in found.codes for _, cell in row.by_document]
    return [found.overall, found.pooled, *(row.coefficients for row in found.codes), *cells] + [
        cell for _, cell in found.by_document
    ]


def same(one: Coefficients, other: Coefficients) -> None:
    for field in fields(Coefficients):
        expected = getattr(other, field.name)
        found = getattr(one, field.name)
        assert found == (expected if expected is None or field.name == "interval_of" else pytest.approx(expected))


def test_what_nobody_or_everybody_coded_is_undefined() -> None:
    found = compared([("A", "x", 0, LENGTH), ("B", "x", 0, LENGTH)])
    assert found.overall == Coefficients(n=LENGTH, percent=100.0, prevalence=1.0, holsti=1.0)


@pytest.mark.parametrize("unit", [Unit.CHARACTER, Unit.CONTINUUM])
def test_who_applied_only_other_codes_was_there(unit: Unit) -> None:
    marks: Marks = [("A", "x", 0, 10), ("A", "y", 20, 30), ("B", "y", 20, 30)]
    whole, chosen = (
        compared(marks, unit),
        agreement(applied(marks), {"d": LENGTH}, "AB", unit, codes={"x"}, resamples=0),
    )
    assert [row.code for row in chosen.codes] == ["x"]
    assert chosen.documents == ("d",)
    same(
        replace(chosen.codes[0].coefficients, interval=None, interval_of=""),
        replace(whole.codes[0].coefficients, interval=None, interval_of=""),
    )
    nothing = agreement(applied(marks), {"d": LENGTH}, "AB", unit, codes={"z"})
    assert (nothing.codes, nothing.overall) == ((), Coefficients())


def test_a_code_of_one_coder_alone_has_no_agreement_beyond_chance() -> None:
    found = compared([("A", "x", 0, 10), ("B", "y", 0, 10)])
    assert [row.code for row in found.codes] == ["x", "y"]
    assert found.codes[0].coefficients.cohen_kappa == 0
    assert found.codes[0].coefficients.holsti == 0


@pytest.mark.parametrize("unit", list(Unit))
def test_an_empty_coder_leaves_nothing_to_compare(unit: Unit) -> None:
    found = compared([("A", "x", 0, 10), ("A", "y", 30, 40)], unit)
    assert found.documents == ()
    assert found.overall == found.pooled == Coefficients()
    assert [row.coefficients for row in found.codes] == [Coefficients(), Coefficients()]
    assert found.notes == ("1 document left out: fewer than two of the coders coded it.",)


@pytest.mark.parametrize("unit", list(Unit))
def test_nothing_at_all_is_no_crash(unit: Unit) -> None:
    assert agreement([], {}, [], unit).notes == ("Agreement needs two coders or more.",)
    assert agreement([], {"d": 0}, ["A", "B"], unit).overall == Coefficients()


def test_who_coded_nothing_in_a_document_is_missing_there() -> None:
    two = [("A", "x", 0, 10), ("B", "x", 5, 15)]
    three = applied([*two, ("C", "x", 0, 12)], "e")
    found = agreement([*applied(two), *three], TEXTS, "ABC", Unit.CHARACTER, resamples=0)
    alone = agreement(applied(two), TEXTS, "AB", Unit.CHARACTER, resamples=0)
    assert found.by_document[0] == alone.by_document[0]
    assert found.documents == ("d", "e")
    assert found.pooled.n == 2 * LENGTH
    assert found.notes[0] == "C has coded nothing in 1 of 2 documents; that is missing there, not agreement."


def test_a_coder_absent_everywhere_has_no_part() -> None:
    marks = applied([("A", "x", 0, 10), ("B", "x", 5, 15)])
    found = agreement(marks, TEXTS, "ABC", Unit.CHARACTER)
    assert found.overall == agreement(marks, TEXTS, "AB", Unit.CHARACTER).overall
    assert found.notes[0].startswith("C has coded none of the documents compared")


def test_two_codes_on_one_place_are_pooled() -> None:
    marks = [("A", "x", 0, 10), ("A", "y", 5, 15), ("B", "x", 0, 10)]
    found = compared(marks)
    assert (found.method, found.overall) == ("pooled", found.pooled)
    assert "In 1 document a coder gave two codes to one character" in found.notes[0]
    assert found.pooled.n == 2 * LENGTH
    continuum = compared(marks, Unit.CONTINUUM)
    assert (continuum.method, continuum.overall) == ("categories", Coefficients())
    assert continuum.codes[0].coefficients.u_alpha == 1
    assert continuum.pooled.u_alpha is not None


def test_categories_count_the_rest_of_the_text_as_no_code() -> None:
    found = compared([("A", "x", 0, 10), ("A", "y", 10, 20), ("B", "x", 0, 10), ("B", "x", 10, 20)])
    assert found.method == "categories"
    assert found.overall.n == LENGTH
    assert found.overall.percent == pytest.approx(100 * 50 / 60)
    assert found.overall.holsti == pytest.approx(2 * 10 / 40)
    # q = 3: x, y and no code.
    assert found.overall.brennan_prediger == pytest.approx((50 / 60 - 1 / 3) / (1 - 1 / 3))
    assert found.pooled.n == 2 * LENGTH


def test_what_lies_beyond_the_text_does_not_count() -> None:
    found = compared([("A", "x", 50, 900), ("B", "x", -5, 10), ("B", "x", 50, 60), ("B", "x", 70, 80)])
    assert found.notes[0] == "3 codings reach beyond the text; only what lies in it counts."
    assert found.overall.percent == pytest.approx(100 * 50 / 60)


def test_an_overlap_that_cannot_be() -> None:
    with pytest.raises(Invalid, match="An overlap of 0 cannot be asked for"):
        agreement([], {}, ["A", "B"], Unit.SEGMENT, overlap=0)


def test_it_stops_when_asked_and_says_how_far_it_is() -> None:
    found, lengths, coders = study(2, 2, 2, length=2000)
    shares: list[float] = []
    agreement(found, lengths, coders, Unit.CHARACTER, progress=lambda share, _: shares.append(share), resamples=0)
    assert shares == [0, 0.25, 0.5, 0.75]
    with pytest.raises(Interrupted):
        agreement(found, lengths, coders, Unit.CHARACTER, should_stop=lambda: True)


@given(st.lists(codings, max_size=25), units)
def test_identical_coders_agree_wholly_or_it_is_undefined(marks: list[Applied], unit: Unit) -> None:
    own = [one for one in marks if one.coder == "A"]
    found = agreement([*own, *(replace(one, coder="B") for one in own)], TEXTS, "AB", unit, resamples=20)
    for row in figures(found):
        assert row.percent in (None, 100)
        for name in (*CHANCE, "holsti"):
            assert getattr(row, name) in (None, pytest.approx(1, abs=1e-12))


@given(st.lists(codings, max_size=25), units, st.permutations("ABC"), st.sampled_from([0.3, 0.9]))
def test_the_order_of_coders_and_codings_changes_nothing(
    marks: list[Applied], unit: Unit, order: list[str], overlap: float
) -> None:
    names = dict(zip("ABC", order, strict=True))
    first = agreement(marks, TEXTS, "ABC", unit, resamples=20, overlap=overlap)
    again = agreement(list(reversed(marks)), TEXTS, order, unit, resamples=20, overlap=overlap)
    renamed = agreement(
        [replace(one, coder=names[one.coder]) for one in marks], TEXTS, "ABC", unit, resamples=20, overlap=overlap
    )
    for one, two, three in zip(figures(first), figures(again), figures(renamed), strict=True):
        same(one, two)
        same(one, three)


@given(st.lists(codings, max_size=25), units)
def test_own_overlapping_segments_are_their_union(marks: list[Applied], unit: Unit) -> None:
    """Each coding is applied once more from its middle to its end."""
    doubled = [*marks, *(replace(one, start=(one.start + one.end) // 2) for one in marks)]
    plain = agreement(marks, TEXTS, "ABC", unit, resamples=20)
    for one, other in zip(figures(plain), figures(agreement(doubled, TEXTS, "ABC", unit, resamples=20)), strict=True):
        same(one, other)


@given(st.lists(codings, max_size=25), units)
def test_figures_stay_within_their_bounds(marks: list[Applied], unit: Unit) -> None:
    found = agreement(marks, TEXTS, "ABC", unit, resamples=20)
    for row in figures(found):
        assert row.percent is None or 0 <= row.percent <= 100
        assert row.prevalence is None or 0 <= row.prevalence <= 1
        assert row.holsti is None or 0 <= row.holsti <= 1
        assert all(value is None or value <= 1 + 1e-12 for value in (getattr(row, name) for name in CHANCE))
        assert row.interval is None or row.interval[0] <= row.interval[1] <= 1 + 1e-12


@given(st.lists(codings, max_size=25), st.integers(0, 10))
def test_segments_do_not_mind_what_stands_before_them(marks: list[Applied], before: int) -> None:
    moved = [replace(one, start=one.start + before, end=one.end + before) for one in marks]
    there = {target: length + before for target, length in TEXTS.items()}
    plain = agreement(marks, TEXTS, "ABC", Unit.SEGMENT, resamples=20)
    later = agreement(moved, there, "ABC", Unit.SEGMENT, resamples=20)
    for one, other in zip(figures(plain), figures(later), strict=True):
        same(one, other)


def test_an_emoji_is_one_character_before_a_segment() -> None:
    """Offsets are code points: 😀 before everything moves all by one and adds one uncoded character."""
    marks = [("A", "x", 4, 20), ("B", "x", 8, 20)]
    moved = [(coder, code, start + 1, end + 1) for coder, code, start, end in marks]
    for unit in Unit:
        same(compared(marks, unit, length=LENGTH + 1).overall, compared(moved, unit, length=LENGTH + 1).overall)


def test_the_same_seed_draws_the_same_interval() -> None:
    found, lengths, coders = study(2, 2, 3, length=3000)
    first, again = (agreement(found, lengths, coders, Unit.CHARACTER, seed=7) for _ in range(2))
    assert first == again
    assert first.overall.interval_of == "documents"
    assert first.overall.interval is not None
    assert first.by_document[0][1].interval_of == "characters"
    assert {cell.interval for row in first.codes for _, cell in row.by_document} == {None}
    other = agreement(found, lengths, coders, Unit.CHARACTER, seed=8)
    assert replace(other.overall, interval=None) == replace(first.overall, interval=None)


def test_a_big_table_costs_by_its_breakpoints() -> None:
    """A text of a thousand million characters is counted as quickly as a short one."""
    found = compared([("A", "x", 0, 500_000_000), ("B", "x", 250_000_000, 750_000_000)], length=10**9)
    assert found.overall.percent == 50.0
    assert found.overall.n == 10**9


def test_categories_of_segments_need_one_code_each() -> None:
    table = {"A": ["x", "x", "y"], "B": ["x", "y", "y"]}
    one = agreement(laid_out(table, 5), {"d": 15}, "AB", Unit.SEGMENT, resamples=0)
    assert one.method == "categories"
    two = agreement([*laid_out(table, 5), Applied("d", "z", "A", 0, 5)], {"d": 15}, "AB", Unit.SEGMENT, resamples=0)
    assert two.method == "pooled"
    assert "two codes to one segment" in two.notes[0]
