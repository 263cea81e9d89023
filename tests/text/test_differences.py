"""What was replaced between two versions of a text."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.text import differences
from desktop_app.text.differences import Hunk, hunks

WORDS = ("fair", "price", " ", " ", "\n", "she said so. ", "日本語", "e\u0301", "😀", "שלום ", "a", "aa", "_", "\u2029")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def put_in(old: str, new: str, found: list[Hunk]) -> str:
    """The old text with every hunk replaced."""
    made, at = "", 0
    for hunk in found:
        made += old[at : hunk.i1] + new[hunk.j1 : hunk.j2]
        at = hunk.i2
    return made + old[at:]


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_the_old_text_with_its_hunks_put_in_is_the_new_one(old: str, new: str) -> None:
    found = hunks(old, new)
    assert put_in(old, new, found) == new
    assert all(first.i2 < second.i1 and first.j2 < second.j1 for first, second in pairwise(found))
    assert all(hunk.i1 < hunk.i2 or hunk.j1 < hunk.j2 for hunk in found)
    assert bool(found) == (old != new)


@settings(max_examples=300)
@given(TEXTS, TEXTS, TEXTS)
def test_a_hunk_may_lie_wherever_it_says(before: str, put: str, after: str) -> None:
    old, new = before + after, before + put + after
    for one, other in ((old, new), (new, old)):
        found = hunks(one, other)
        for at, (i1, i2, j1, j2, left, right) in enumerate(found):
            for by in (-left, right):
                slid = Hunk(i1 + by, i2 + by, j1 + by, j2 + by)
                assert put_in(one, other, [*found[:at], slid, *found[at + 1 :]]) == other


def test_half_words_are_not_meant_where_whole_ones_were_put_in() -> None:
    (hunk,) = hunks("a good day", "a good bad day")
    assert (hunk.i1, hunk.left, hunk.right) == (7, 1, 0)


@pytest.mark.parametrize(("parting", "letters"), [(" ", "abcdefgh"), ("\n", "abcdefgh"), ("", "好茶很貴但是不錯")])
def test_scattered_edits_of_a_long_text_are_each_found(parting: str, letters: str) -> None:
    chance = random.Random(4)
    words = ["".join(chance.choice(letters) for _ in range(7)) for _ in range(20_000)]
    edited = [f"{word[:3]}X{word[4:]}" if at % 100 == 50 else word for at, word in enumerate(words)]
    # A paragraph longer than what is followed in step, so that every way of comparing is taken.
    paragraph = [chance.choice("XYZ") * 7 for _ in range(300)]
    old, new = parting.join(words), parting.join([*edited[:9000], *paragraph, *edited[9000:]])
    found = hunks(old, new)
    assert put_in(old, new, found) == new
    assert sum(hunk.i2 - hunk.i1 for hunk in found) <= 200 * 7
    assert len(found) >= 200


def test_a_text_that_says_the_same_all_along_is_followed_in_step() -> None:
    old = "The coffee is fair. " * 5000
    new = "".join("The cofee is fair. " if at % 250 == 100 else "The coffee is fair. " for at in range(5000))
    found = hunks(old, new)
    assert put_in(old, new, found) == new
    assert [hunk.i2 - hunk.i1 for hunk in found] == [1] * 20


def test_another_text_is_replaced_as_a_whole() -> None:
    old, new = "The coffee was fair and honest.", "The train had left by nine or so."
    assert hunks(old, new) == [Hunk(0, len(old), 0, len(new))]


def test_two_long_texts_of_few_words_are_not_tied_together_by_chance() -> None:
    chance = random.Random(5)
    words = ["".join(chance.choice("abcdefgh") for _ in range(5)) for _ in range(50)]
    old, new = (" ".join(chance.choice(words) for _ in range(20_000)) for _ in "ab")
    assert hunks(old, new) == [Hunk(0, len(old), 0, len(new))]


def test_every_character_belongs_to_a_word_of_the_comparison() -> None:
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x30000)]))
    assert "".join(differences._WORDS.findall(every)) == every
    assert "".join(differences._LINES.findall("a\n\nb\r\u2028c")) == "a\n\nb\r\u2028c"
