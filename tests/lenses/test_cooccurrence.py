"""Codes against codes, documents, speakers and periods."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.cooccurrence import code_by, code_by_code, covered, over_time
from desktop_app.model.coding import Code, CodeFields
from desktop_app.model.documents import Turn
from desktop_app.model.errors import Invalid
from desktop_app.model.matrices import Matrix, Measure, PlacedCoding, Relation
from desktop_app.model.metrics import Grain

CODES = tuple(Code(name, CodeFields(name.title()), (name.title(),), "#2F6FB0") for name in ("fair", "price", "queue"))


def placed(text: str) -> list[PlacedCoding]:
    """Codings written ``code start-end [coder [target]]``, parted by commas; ids number them."""
    made = []
    for at, words in enumerate(text.split(",")):
        code, place, *rest = words.split()
        start, end = map(int, place.split("-"))
        coder, target = [*rest, *("ines", "one")[len(rest) :]]
        made.append(PlacedCoding(str(at), target, start, end, code, coder))
    return made


def figures(matrix: Matrix) -> dict[str, float]:
    return {f"{row} {column}": cell.value for (row, column), cell in matrix.cells.items()}


def test_codes_that_lie_over_the_same_words_occur_together_both_ways() -> None:
    matrix = code_by_code(placed("fair 0-10, price 5-12, queue 12-20, queue 0-2 ines two"), CODES)
    assert figures(matrix) == {"fair price": 1, "price fair": 1}
    assert matrix.cells["fair", "price"].codings == matrix.cells["price", "fair"].codings == ("0", "1")
    assert matrix.row_totals == {"fair": 1, "price": 1, "queue": 0}


def test_characters_of_two_codes_count_once_however_many_codings_lie_over_them() -> None:
    codings = placed("fair 0-10 ines, fair 2-10 max, price 5-12 ines, price 8-20 max")
    assert code_by_code(codings, CODES, measure=Measure.CHARACTERS).value("fair", "price") == 5
    assert code_by_code(codings, CODES).value("fair", "price") == 4


def test_near_is_up_to_the_distance_and_includes_what_overlaps() -> None:
    codings = placed("fair 0-10, price 15-20, queue 21-30, price 2-3")
    assert figures(code_by_code(codings, CODES, Relation.NEAR, distance=5)) == {
        "fair price": 2, "price fair": 2, "price queue": 1, "queue price": 1,
    }  # fmt: skip
    assert code_by_code(codings, CODES, Relation.NEAR, distance=4).value("fair", "price") == 1


def test_codes_share_a_turn_though_they_do_not_touch_and_a_coding_may_lie_in_several() -> None:
    turns = {"one": (Turn(0, 10, "I"), Turn(11, 30, "B"), Turn(31, 40, "I"))}
    codings = placed("fair 0-2, price 8-12, queue 28-29, fair 35-36, price 0-1 ines two")
    matrix = code_by_code(codings, CODES, Relation.SAME_TURN, turns=turns)
    assert figures(matrix) == {"fair price": 1, "price fair": 1, "price queue": 1, "queue price": 1}
    assert matrix.note == "Texts without turns, in which nothing shares one: 1."


def test_what_lies_between_two_turns_shares_neither() -> None:
    turns = {"one": (Turn(0, 10), Turn(20, 30))}
    codings = placed("fair 0-2, price 12-15, queue 25-26")
    assert code_by_code(codings, CODES, Relation.SAME_TURN, turns=turns).cells == {}


def test_codes_that_share_two_turns_are_one_pair() -> None:
    turns = {"one": (Turn(0, 10), Turn(11, 30))}
    assert code_by_code(placed("fair 0-30, price 0-30"), CODES, Relation.SAME_TURN, turns=turns).value(
        "fair", "price"
    ) == 1  # fmt: skip


def test_percent_is_of_the_row() -> None:
    codings = placed("fair 0-1 ines one, fair 0-1 ines two, fair 3-4 ines two, fair 5-6 ines two, price 0-9 ines one")
    matrix = code_by(codings, CODES, "document", measure=Measure.PERCENT)
    assert figures(matrix) == {"fair one": 25, "fair two": 75, "price one": 100}
    assert matrix.row_totals == {"fair": 100, "price": 100, "queue": 0}
    assert matrix.column_totals == {"one": 40, "two": 60}


def test_percent_with_lengths_is_how_much_of_a_document_is_covered() -> None:
    codings = placed("fair 0-10, fair 5-20, price 10-30, fair 0-50 ines two")
    lengths = {"one": 100, "two": 50}
    matrix = code_by(codings, CODES, "document", measure=Measure.PERCENT, lengths=lengths)
    assert figures(matrix) == {"fair one": 20, "price one": 20, "fair two": 100}
    assert matrix.column_totals == {"one": 30, "two": 100}
    assert matrix.row_totals["fair"] == pytest.approx(100 * 70 / 150)


def test_each_coder_s_codings_count_but_their_characters_once() -> None:
    codings = placed("fair 0-10 ines, fair 5-15 max")
    assert figures(code_by(codings, CODES, "coder")) == {"fair ines": 1, "fair max": 1}
    assert code_by(codings, CODES, "document").value("fair", "one") == 2
    characters = code_by(codings, CODES, "coder", measure=Measure.CHARACTERS)
    assert figures(characters) == {"fair ines": 10, "fair max": 10}
    assert characters.row_totals["fair"] == 15


def test_speakers_and_attributes_make_columns_and_what_is_not_told_has_its_own() -> None:
    codings = [
        PlacedCoding("a", "one", 0, 5, "fair", speaker="Ines", attributes={"v1": "Lisbon"}),
        PlacedCoding("b", "one", 6, 9, "fair"),
    ]
    assert code_by(codings, CODES, "speaker").columns == (("", ""), ("Ines", "Ines"))
    assert figures(code_by(codings, CODES, "v1")) == {"fair Lisbon": 1, "fair ": 1}
    chosen = code_by(codings, CODES, "v1", columns=[("Porto", "Porto"), ("Lisbon", "Lisbon")])
    assert chosen.table() == [["", "Porto", "Lisbon"], ["Fair", 0, 1], ["Price", 0, 0], ["Queue", 0, 0]]
    assert figures(code_by(codings, CODES, lambda coding: coding.id.upper())) == {"fair A": 1, "fair B": 1}


def test_what_waits_for_review_with_nothing_left_is_left_out_and_told() -> None:
    matrix = code_by(placed("fair 3-3, fair 4-5"), CODES, "document")
    assert (matrix.value("fair", "one"), matrix.note) == (1, "Left out, as nothing of their words is left: 1.")


def test_codes_that_are_not_asked_for_are_not_there() -> None:
    assert code_by_code(placed("fair 0-9, price 0-9, other 0-9"), CODES[:1]).cells == {}


def test_codes_over_time_have_every_period_between_the_first_and_the_last() -> None:
    codings = [
        PlacedCoding("a", "one", 0, 5, "fair", when="2026-01-31"),
        PlacedCoding("b", "one", 0, 5, "fair", when="2026-03-01T10:00"),
        PlacedCoding("c", "one", 0, 5, "price", when="2026-03-31"),
        PlacedCoding("d", "one", 0, 5, "price"),
    ]
    matrix = over_time(codings, CODES, Grain.MONTH)
    assert [column for column, _ in matrix.columns] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert figures(matrix) == {"fair 2026-01-01": 1, "fair 2026-03-01": 1, "price 2026-03-01": 1}
    assert matrix.note == "Left out, as their texts have no date: 1."
    assert over_time([], CODES, Grain.MONTH).columns == ()


def test_periods_without_end_are_refused() -> None:
    codings = [PlacedCoding(day, "one", 0, 5, "fair", when=day) for day in ("1900-01-01", "2026-01-01")]
    with pytest.raises(Invalid, match="more than 4000 periods of a day"):
        over_time(codings, CODES, Grain.DAY)
    with pytest.raises(Invalid, match="not by hour"):
        over_time(codings, CODES, Grain.HOUR)


CODINGS = st.lists(
    st.tuples(
        st.sampled_from(["fair", "price", "queue"]), st.integers(0, 30), st.integers(0, 12), st.sampled_from("ab")
    ),
    max_size=12,
).map(
    lambda drawn: [
        PlacedCoding(f"{at:02}", target, start, start + length, code)
        for at, (code, start, length, target) in enumerate(drawn)
    ]
)


@given(CODINGS, st.integers(0, 8))
def test_the_sweep_finds_what_looking_at_every_pair_finds(codings: list[PlacedCoding], distance: int) -> None:
    whole = [coding for coding in codings if coding.start < coding.end]
    for relation, reach in ((Relation.OVERLAP, -1), (Relation.NEAR, distance)):
        matrix = code_by_code(codings, CODES, relation, distance=distance)
        pairs = [
            (one, other)
            for one, other in combinations(whole, 2)
            if one.target == other.target and max(one.start, other.start) - min(one.end, other.end) <= reach
        ]
        for first, second in combinations(("fair", "price", "queue"), 2):
            wanted = [pair for pair in pairs if {pair[0].code, pair[1].code} == {first, second}]
            assert matrix.value(first, second) == matrix.value(second, first) == len(wanted)
            cell = matrix.cells.get((first, second))
            behind = {coding.id for pair in wanted for coding in pair}
            assert (set(cell.codings) if cell else set()) == behind


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=10))
def test_covered_counts_each_character_once(ranges: list[tuple[int, int]]) -> None:
    assert covered(ranges) == len({at for start, end in ranges for at in range(start, end)})
