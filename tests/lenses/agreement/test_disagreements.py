"""Where coders differ, against the same asked of each character."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.agreement import disagreements
from desktop_app.model.agreement import Applied, Disagreement
from tests.lenses.agreement.texts import Marks, applied

LENGTH = 25


def found(marks: Marks, coders: str = "AB") -> tuple[Disagreement, ...]:
    return disagreements([(f"c{place}", one) for place, one in enumerate(applied(marks))], coders)


def test_where_one_reaches_further() -> None:
    assert found([("A", "x", 0, 10), ("B", "x", 4, 12)]) == (
        Disagreement("d", "x", 0, 4, ("A",), ("B",), ("c0",)),
        Disagreement("d", "x", 10, 12, ("B",), ("A",), ("c1",)),
    )


def test_neighbours_between_the_same_coders_are_one() -> None:
    marks = [("A", "x", 0, 5), ("A", "x", 5, 9), ("A", "x", 7, 12), ("B", "y", 0, 1)]
    assert found(marks) == (
        Disagreement("d", "y", 0, 1, ("B",), ("A",), ("c3",)),
        Disagreement("d", "x", 0, 12, ("A",), ("B",), ("c0", "c1", "c2")),
    )


def test_who_coded_nothing_in_a_document_does_not_differ() -> None:
    assert found([("A", "x", 0, 5)]) == ()
    assert found([("A", "x", 0, 5), ("C", "x", 0, 9)]) == ()
    assert found([("A", "x", 0, 5), ("C", "x", 0, 5), ("B", "y", 0, 9)], "AC") == ()


def test_three_coders_change_sides() -> None:
    marks = [("A", "x", 0, 10), ("B", "x", 0, 5), ("C", "x", 5, 10)]
    assert [(part.start, part.end, part.coders_with) for part in found(marks, "ABC")] == [
        (0, 5, ("A", "B")),
        (5, 10, ("A", "C")),
    ]


def test_documents_keep_their_order() -> None:
    marks = [Applied(target, "x", coder, 0, end) for target in "ed" for coder, end in (("A", 5), ("B", 6))]
    parts = disagreements([(str(place), one) for place, one in enumerate(marks)], "AB")
    assert [part.target for part in parts] == ["e", "d"]


codings = st.tuples(st.sampled_from("ABC"), st.sampled_from("xy"), st.integers(0, LENGTH - 1), st.integers(1, 9)).map(
    lambda mark: (mark[0], mark[1], mark[2], min(LENGTH, mark[2] + mark[3]))
)


@given(st.lists(codings, max_size=14))
def test_every_character_is_told_once_and_rightly(marks: list[tuple[str, str, int, int]]) -> None:
    parts = found(marks, "ABC")
    present = {coder for coder, *_ in marks}
    told: dict[tuple[str, int], set[str]] = {}
    for part in parts:
        assert set(part.coders_with) | set(part.coders_without) == present
        assert part.coders_with
        assert part.coders_without
        assert set(part.codings) == {
            f"c{place}"
            for place, (_, code, start, end) in enumerate(marks)
            if code == part.code and start < part.end and end > part.start
        }
        for at in range(part.start, part.end):
            assert (part.code, at) not in told
            told[part.code, at] = set(part.coders_with)
    for code in "xy":
        for at in range(LENGTH):
            have = {coder for coder, own, start, end in marks if own == code and start <= at < end}
            assert told.get((code, at)) == (have if have and have != present else None)
    starts = [part.start for part in parts]
    assert starts == sorted(starts)
    joined = {(part.code, part.end, part.coders_with) for part in parts}
    assert not joined & {(part.code, part.start, part.coders_with) for part in parts}
