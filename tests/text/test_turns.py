"""Turns go with their text when it is corrected."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.documents import Turn
from desktop_app.text.anchors import Correction
from desktop_app.text.turns import moved_turns

OLD = "I want a place people cross town for.\nNo. It was fine. The invoice was not.\nAnd then?"


def turns_of(text: str) -> list[Turn]:
    turns, at = [], 0
    for number, line in enumerate(text.split("\n")):
        turns.append(Turn(at, at + len(line), f"speaker {number}"))
        at += len(line) + 1
    return turns


def lines(old: str, new: str) -> list[tuple[str, str]]:
    return [(turn.speaker, new[turn.start : turn.end]) for turn in moved_turns(Correction(old, new), turns_of(old))]


@pytest.mark.parametrize(
    "new",
    [
        "I want a place people cross town to.\nIt was fine. The invoice was not.\nAnd then?",
        "I want a place people cross town forever!\nThe invoice was not.\nAnd then?",
        "I want a place.\nfine. The invoice was not.\nAnd then, what?",
        "one\ntwo\nthree",
    ],
)
def test_an_edit_that_reaches_into_the_next_turn_leaves_each_its_line(new: str) -> None:
    assert lines(OLD, new) == [(f"speaker {number}", line) for number, line in enumerate(new.split("\n"))]


def test_what_is_added_belongs_to_the_turn_it_is_added_to() -> None:
    assert lines(OLD, f"First: {OLD}\nMore.") == [
        ("speaker 0", "First: I want a place people cross town for."),
        ("speaker 1", "No. It was fine. The invoice was not."),
        ("speaker 2", "And then?\nMore."),
    ]


def test_turns_made_one_line_are_parted_at_a_blank_and_an_empty_one_is_gone() -> None:
    new = OLD.replace("for.\nNo. It", "with. It")
    assert [len(words.split()) > 2 for _, words in lines(OLD, new)] == [True, True, False]
    assert [speaker for speaker, _ in lines(OLD, OLD.replace("No. It was fine. The invoice was not.\n", ""))] == [
        "speaker 0",
        "speaker 2",
    ]


words = st.text(st.sampled_from("ab é🙂.\u0301ש"), min_size=1, max_size=12).map(lambda text: f"x{text}x")


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_whatever_is_rewritten_within_lines_each_turn_has_its_line(pairs: list[tuple[str, str]]) -> None:
    old, new = ("\n".join(side) for side in zip(*pairs, strict=True))
    assert [text for _, text in lines(old, new)] == new.split("\n")


@given(st.text(st.sampled_from("ab \n🙂"), max_size=40), st.text(st.sampled_from("ab \n🙂"), max_size=40))
def test_turns_stay_in_order_and_never_overlap(old: str, new: str) -> None:
    moved = moved_turns(Correction(old, new), [turn for turn in turns_of(old) if turn.start < turn.end])
    assert all(0 <= turn.start < turn.end <= len(new) for turn in moved)
    assert all(before.end <= after.start for before, after in pairwise(moved))
    assert all(new[turn.start : turn.end] == new[turn.start : turn.end].strip() for turn in moved)


SAID = [
    f"{word} is what we talked about then." for word in ("Price", "Trust", "Étage 🙂", "שלום", "Coffee", "The invoice")
]


@given(st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=4), st.sets(st.integers(0, 5), max_size=3))
def test_turns_that_are_put_elsewhere_keep_who_said_them(order: list[int], gone: set[int], added: set[int]) -> None:
    kept = [at for at in order if at not in gone]
    new_lines = [line for at in kept for line in ([f"Nobody knows {at}.", SAID[at]] if at in added else [SAID[at]])]
    found = dict(lines("\n".join(SAID), "\n".join(["A heading", *new_lines])))
    for at in kept:
        assert SAID[at] in found[f"speaker {at}"]
        assert not any(SAID[other] in found[f"speaker {at}"] for other in kept if other != at)


def test_a_line_deleted_and_another_added_move_no_words_to_another_speaker() -> None:
    new = "\n".join([*SAID[1:], "One thing more."])
    assert lines("\n".join(SAID), new)[:4] == [(f"speaker {at}", SAID[at]) for at in range(1, 5)]


def test_a_turn_of_several_lines_goes_on_behind_one_that_came_into_it() -> None:
    old = "\n".join(SAID)
    first = Turn(0, len("\n".join(SAID[:2])), "A")
    second = Turn(first.end + 1, first.end + 1 + len(SAID[2]), "B")
    new = "\n".join([SAID[0], SAID[2], SAID[1], *SAID[3:]])
    assert [
        (turn.speaker, new[turn.start : turn.end]) for turn in moved_turns(Correction(old, new), [first, second])
    ] == [
        ("A", SAID[0]),
        ("B", SAID[2]),
        ("A", SAID[1]),
    ]


def test_one_line_of_a_long_turn_that_is_put_elsewhere_takes_no_other_turn_along() -> None:
    turns = [Turn(0, len(SAID[0]), "A"), Turn(len(SAID[0]) + 1, len("\n".join(SAID[:5])), "B")]
    new = "\n".join([SAID[1], SAID[0], *SAID[2:5]])
    found = [
        (turn.speaker, new[turn.start : turn.end]) for turn in moved_turns(Correction("\n".join(SAID[:5]), new), turns)
    ]
    assert ("A", SAID[0]) in found
    assert "\n".join(SAID[2:5]) in {words for speaker, words in found if speaker == "B"}


def test_a_long_text_rewritten_throughout_is_not_gone_through_for_each_turn() -> None:
    old = "\n\n".join(f"Line {number} says something of its own." for number in range(6000))
    turns = [turn for turn in turns_of(old) if turn.start < turn.end]
    for new in ("\n\n".join(old.upper().split("\n\n")[1:]), "値" * 100_000):
        moved = moved_turns(Correction(old, new), turns)
        assert all(before.end <= after.start for before, after in pairwise(moved))
