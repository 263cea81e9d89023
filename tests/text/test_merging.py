"""Two versions of a text become one: what only one changed is taken, and a contradiction is never silent."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.text.merging import MergedText, merge_lines

LINES = ("", "a", "b", "c", "The price was fair.", "She asked twice.", "- one", "日本語", " ")
TEXTS = st.lists(st.sampled_from(LINES), max_size=9).map("\n".join)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and two versions of it in which a few lines were edited, put in or taken out."""
    base = draw(st.lists(st.sampled_from(LINES), max_size=9))
    made = []
    for _ in range(2):
        lines = list(base)
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(lines)))
            lines[at : at + draw(st.integers(0, 2))] = draw(st.lists(st.sampled_from((*LINES, "x", "y")), max_size=2))
        made.append("\n".join(lines))
    return "\n".join(base), made[0], made[1]


@settings(max_examples=500)
@given(st.one_of(versions(), st.tuples(TEXTS, TEXTS, TEXTS)))
def test_it_does_not_matter_which_version_is_which(texts: tuple[str, str, str]) -> None:
    base, one, two = texts
    found, turned = merge_lines(base, one, two), merge_lines(base, two, one)
    assert found.conflicts == turned.conflicts
    if not found.conflicts:
        assert found.text == turned.text
        added = {*one.split("\n"), *two.split("\n")} - set(base.split("\n"))
        assert added <= set(found.text.split("\n"))


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_taken_as_it_is(base: str, changed: str) -> None:
    assert merge_lines(base, base, changed) == MergedText(changed, conflicts=False)
    assert merge_lines(base, changed, base) == MergedText(changed, conflicts=False)
    assert merge_lines(base, changed, changed) == MergedText(changed, conflicts=False)


@settings(max_examples=300)
@given(st.lists(st.lists(st.sampled_from((True, False, "x", "y")), max_size=8), min_size=2, max_size=2))
def test_each_line_goes_the_way_it_was_sent(sides: list[list[bool | str]]) -> None:
    """Lines that are all different: kept, taken out, or edited by either side."""
    base = [f"line {at}" for at in range(8)]
    one, two = ([*side, *[True] * 8][:8] for side in sides)
    texts = (
        "\n".join(line if way is True else str(way) for line, way in zip(base, side, strict=True) if way is not False)
        for side in (one, two)
    )
    found = merge_lines("\n".join(base), *texts)
    if not found.conflicts:
        kept = [line for line, a, b in zip(base, one, two, strict=True) if a is b is True]
        assert [line for line in found.text.split("\n") if line.startswith("line")] == kept


def merged(base: str, one: str, two: str) -> str:
    """The text of a merge without a conflict, of versions whose lines are written as words; ``.`` is a blank line."""
    texts = ["\n".join("" if word == "." else word for word in text.split()) for text in (base, one, two)]
    found = merge_lines(*texts)
    assert not found.conflicts
    return " ".join(line or "." for line in found.text.split("\n"))


def shown(base: str, one: str, two: str) -> str:
    """The same of a merge with a conflict."""
    texts = ["\n".join(text.split()) for text in (base, one, two)]
    found = merge_lines(*texts)
    assert found.conflicts
    assert merge_lines(texts[0], texts[2], texts[1]).conflicts
    return " ".join(found.text.split("\n"))


def test_changes_in_different_lines_are_both_there() -> None:
    assert merged("a b c d e", "A b c d e", "a b c d E") == "A b c d E"


def test_changes_in_lines_that_touch_are_both_there() -> None:
    assert merged("a b c d", "a B c d", "a b C d") == "a B C d"
    assert merged("a b c d", "a c d", "a b C d") == "a C d"
    assert merged("a b c d", "a B new c d", "a b C d") == "a B new C d"
    assert merged("a b c", "a b new c", "a B c") == "a B new c"


def test_the_same_change_is_there_once() -> None:
    assert merged("a b c", "a X c", "a X C") == "a X C"
    assert merged("a b c d e", "a X Y d e", "a X Y d e f") == "a X Y d e f"
    assert merged("a b c d", "a b new c d", "A b new c d") == "A b new c d"
    assert merged("a a a b", "a a a a b", "a a a a c") == "a a a a c"
    assert merged("q a . b", "q a . new . b", "Q a . new . b") == "Q a . new . b"
    assert merged("q r a a b", "q r a b", "Q r a b") == "Q r a b"


def test_a_line_that_both_put_in_is_there_once_if_one_edited_beside_it() -> None:
    assert merged("a b", "a b new", "a B new") == "a B new"
    assert merged("a b", "a b new", "a b new more") == "a b new more"


def test_the_same_lines_changed_differently_are_a_conflict_that_shows_the_first() -> None:
    assert shown("a b c d e", "A b X d e", "a b Y d E") == "A b X d E"


def test_an_edit_stands_against_a_deletion_whoever_made_it() -> None:
    assert shown("a b c", "a c", "a B c") == "a B c"
    assert shown("a b c", "a B c", "a c") == "a B c"
    assert shown("a b c d", "a c d", "a X d") == "a X d"
    assert shown("a b c d e f", "a f", "a b c new d e f") == "a b c new d e f"


def test_what_either_deleted_is_gone() -> None:
    assert merged("a b c d e", "a d e", "a b e") == "a e"


def test_two_who_add_notes_both_keep_theirs() -> None:
    assert merged("a b", "a b zebra", "a b ant") == "a b ant zebra"
    assert merged("a b c", "a zebra b c", "a ant b c") == "a ant zebra b c"


def test_two_new_paragraphs_stay_paragraphs() -> None:
    assert merged("a .", "a . zebra .", "a . ant .") == "a . ant . zebra ."
    assert merged("a", "a . zebra", "a . ant") == "a . ant . zebra"
    assert merged("a . b", "a . zebra . b", "a . ant . b") == "a . ant . zebra . b"
    assert merged("a", "a . zebra .", "a . ant") == "a . ant . zebra ."


def test_two_different_beginnings_are_a_conflict() -> None:
    assert shown("a b", "zebra a b", "ant a b") == "zebra a b"


def test_two_blocks_that_share_a_line_are_a_conflict() -> None:
    assert shown("a b", "a one mine b", "a one yours b") == "a one mine b"


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_last_line_needs_no_newline(end: str) -> None:
    assert merge_lines("a\nb\nc" + end, "A\nb\nc" + end, "a\nb\nC") == MergedText("A\nb\nC", conflicts=False)
    assert merge_lines("a\nb", "a\nb\n", "A\nb") == MergedText("A\nb\n", conflicts=False)


def test_two_texts_made_apart() -> None:
    assert merge_lines("", "one", "one") == MergedText("one", conflicts=False)
    assert merge_lines("", "one\n", "two\n") == MergedText("one\n", conflicts=True)
    assert merge_lines("", "", "two") == MergedText("two", conflicts=False)


def test_an_insertion_between_repeated_lines_is_found_again() -> None:
    base = ["- x", ""] * 300
    one, two = list(base), list(base)
    one[100:100] = ["- mine", ""]
    two[500:500] = ["- yours", ""]
    found = merge_lines("\n".join(base), "\n".join(one), "\n".join(two))
    assert not found.conflicts
    assert (found.text.count("- mine"), found.text.count("- yours"), found.text.count("- x")) == (1, 1, 300)


def numbered(count: int, every: int, mark: str) -> list[str]:
    return [f"{at}{mark if at % 20 == every else ''}" for at in range(count)]


@pytest.mark.parametrize(
    "texts",
    [
        (numbered(20_000, -1, ""), numbered(20_000, 3, "x"), numbered(20_000, 9, "y")),
        (["a"] * 20_000, ["a"] * 10_000 + ["b"] + ["a"] * 15_000, ["c", *["a"] * 5_000, "d"]),
        (["a", "b"] * 10_000, ["b", "a", "a"] * 7_000, ["c", "b", "a", "b"] * 5_000),
        (["a", "", "b"] * 7_000, ["", "b", "x", "a"] * 5_000, ["y", "", "", "a"] * 5_000),
        ([str(at) for at in range(20_000)], [str(at) for at in range(20_000, 0, -1)], ["z"] * 20_000),
    ],
    ids=["many edits", "all equal", "two lines", "blank lines", "turned round"],
)
def test_the_time_grows_with_the_length_alone(texts: tuple[list[str], list[str], list[str]]) -> None:
    start = time.perf_counter()
    base, one, two = ("\n".join(lines) for lines in texts)
    merge_lines(base, one, two)
    assert time.perf_counter() - start < 5
