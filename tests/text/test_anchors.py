"""Where a coded stretch is after its text was corrected."""

import hashlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.text.anchors import Correction, Moved, surroundings, version
from desktop_app.text.graphemes import parts

LETTERS = "abc אבג é\u0301ش日本😀👩\u200d🔬\n.,"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=60)
WORDS = ("coffee ", "the ", "was fair. ", "שלום ", "très bon. ", "👩\u200d🔬 ", "日本語。", "\n", "I said. ")
PASSAGES = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


def marked(text: str) -> tuple[str, int, int]:
    """The text without its brackets, and where they stood."""
    start = text.index("[")
    return text.replace("[", "").replace("]", ""), start, text.index("]") - 1


def outcome(before: str, after: str) -> tuple[str, bool]:
    """The new text with the moved stretch in brackets, and whether it is certain."""
    old, start, end = marked(before)
    moved = Correction(old, after).move(start, end)
    return f"{after[: moved.start]}[{after[moved.start : moved.end]}]{after[moved.end :]}", moved.certain


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the [coffee] was fair", "the [coffee] was fair"),
        ("the [coffee] was fair", "and so the [coffee] was fair"),
        ("the [coffee] was fair", "the [coffee] was very fair"),
        ("a [good] day", "a very [good] day"),
        ("a [good] day", "a [good] bad day"),
        ("a [good] day", "a [good], long day"),
        ("the [good] coffee", "the [good] tea"),
        ("the [cofee was] fair", "the [coffee was] fair"),
        ("the [coffee wass fair] then", "the [coffee was fair] then"),
        ("the [coffe] was", "the [coffee] was"),
        ("the [custome] was", "the [customer] was"),
        ("the [caffee] was", "the [coffee] was"),
        ("the [very good coffee] was", "the [good coffee] was"),
        ("the [coffee is nice] here", "the [coffee was really nice] here"),
        ("a [café] x", "a [cafés] x"),
        ("[שלום עלם] ועוד", "אז [שלום עולם] ועוד"),
        ("😀 [so 👩\u200d🔬 said] 😀", "😀😀😀 [so 👩\u200d🔬 said] 😀"),
        ("one.\n[two.]\nthree.", "one.\nnew.\n[two.]\nthree."),
    ],
)
def test_a_stretch_that_was_not_touched_or_was_mended_inside_is_certain(before: str, after: str) -> None:
    assert outcome(before, after.replace("[", "").replace("]", "")) == (after, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the [coffee] was", "the [coffeeshop] was"),  # a word grew
        ("the [coffee] was", "the [coffeeno] was"),
        ("was [fair] then", "was [unfair] then"),
        ("in [20]", "in [205]"),
        ("[coffee] shop", "[coffeeshop]"),  # the blank was taken out
        ("the [👩] said", "the [👩\u200d🔬] said"),  # one character grew
        ("[I came. She saw.] They won.", "[I came. She] won."),  # across an end
        ("[I came. I saw.] I won.", "[I came. I] won."),
        ("[Yes.] Yes. No.", "[Yes.] No."),  # either may be the one deleted
        ("Yes. [Yes.] No.", "Yes. []No."),
        ("[Yes.] No.", "[Yes.] Yes. No."),  # either may be the one added
        ("The coffee [is fair]. The coffee is fair. Bye.", "The coffee [is fair]. Bye."),
        ("[Yes.] Yes. No.", "[Yes.] Oh, well."),  # the second was rewritten, or the first deleted
        ("a [gone] b", "a []b"),  # everything deleted
        ("a [good] b", "a [dismal] b"),  # most of it replaced
        ("a [tea 123456789 pot] b", "a [tea pot] b"),  # most of it taken out
        ("[I came. I saw it] So.", "[I came. I was busy] So."),  # new words up to its end, which may reach beyond
    ],
)
def test_whatever_else_happened_is_a_guess(before: str, after: str) -> None:
    assert outcome(before, after.replace("[", "").replace("]", "")) == (after, False)


def test_a_rewriting_across_an_end_is_a_guess_of_about_the_same_length() -> None:
    old, new = "She said the coffee was 55555555 here.", "She said the coffee was 777777777777 here."
    moved = Correction(old, new).move(old.index("the"), old.index("555 here"))
    assert not moved.certain
    assert new[moved.start : moved.end] == "the coffee was 77777"


def test_words_that_were_cut_and_put_elsewhere_are_proposed_there() -> None:
    after = "one two six seven eight three four"
    assert outcome("one two [three four] six seven eight", after) == ("one two six seven eight [three four]", False)


def test_the_same_words_of_another_stretch_are_no_proposal() -> None:
    """What was said twice and deleted once is not at the other place, which was there before."""
    before = "It was fair. Then came the bill, and we paid, and she said: [it was dear]. Later on he said: it was dear."
    after = "It was fair. Then came the bill, and we paid. Later on he said: it was dear."
    found, certain = outcome(before, after)
    assert "[it was dear]" not in found
    assert not certain


def test_nothing_of_another_text_is_certain() -> None:
    old = "The coffee was fair and the queue was short, so we stayed for an hour. " * 30
    new = "Her train left at nine while rain fell over a harbour town of old men. " * 30
    correction = Correction(old, new)
    assert not any(correction.move(at, at + 7).certain for at in range(0, len(old), 5))


def test_a_thousand_typos_in_a_long_text_leave_every_other_stretch_alone() -> None:
    lines = [f"Line {at} of what was said about coffee and its price." for at in range(3000)]
    mended = [line.replace("coffee", "cofffee") if at % 3 else line for at, line in enumerate(lines)]
    old, new = "\n".join(mended), "\n".join(lines)
    correction = Correction(old, new)
    for at in range(0, 3000, 7):
        start = old.index(mended[at])
        moved = correction.move(start, start + len(mended[at]))
        assert (new[moved.start : moved.end], moved.certain) == (lines[at], True)


def test_turns_keep_what_was_added_at_their_edges() -> None:
    correction = Correction("one\ntwo\nsix", "one\nso two and a half\nsix")
    assert (correction.place(4), correction.place(7, after=True)) == (4, 21)
    assert correction.place(8) == 22


@given(TEXTS, st.data())
def test_without_a_change_nothing_moves(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    assert Correction(text, text).move(start, end) == Moved(start, end, True)


@given(PASSAGES, PASSAGES, PASSAGES, PASSAGES, st.integers(0, 3))
def test_edits_away_from_a_stretch_leave_its_words_certain(
    before: str, after: str, other_before: str, other_after: str, side: int
) -> None:
    """The coded words have no equal in what surrounds them, and a sentence that is none of it stands on either side."""
    coded, guard = "zebra 😀 crossing", "| this sentence stands there for good, long as it is |" * 5
    new_before, new_after = (other_before if side & 1 else before), (other_after if side & 2 else after)
    old = f"{before}{guard}{coded}{guard}{after}"
    new = f"{new_before}{guard}{coded}{guard}{new_after}"
    start = old.index(coded)
    moved = Correction(old, new).move(start, start + len(coded))
    assert (new[moved.start : moved.end], moved.certain) == (coded, True)


@settings(max_examples=300)
@given(st.one_of(TEXTS, PASSAGES), st.one_of(TEXTS, PASSAGES), st.data())
def test_a_stretch_stays_inside_the_text_and_a_whole_one(old: str, new: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(old)), min_size=2, max_size=2)))
    moved = Correction(old, new).move(start, end)
    assert 0 <= moved.start <= moved.end <= len(new)
    if moved.certain and start < end and not parts(old, start) and not parts(old, end):
        assert moved.start < moved.end


@settings(max_examples=300)
@given(PASSAGES, st.data())
def test_one_edit_in_the_text_leaves_what_it_did_not_touch_as_it_was_or_asks(text: str, data: st.DataObject) -> None:
    """Every stretch beside one replacement is either quoted as before, or waits for a person."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    start, end, low, high = cuts if data.draw(st.booleans()) else (cuts[2], cuts[3], cuts[0], cuts[1])
    assume(text[start:end].strip())
    put = data.draw(PASSAGES)
    new = text[:low] + put + text[high:]
    moved = Correction(text, new).move(start, end)
    shift = len(put) - (high - low) if high <= start else 0
    if moved.certain and (moved.start, moved.end) != (start + shift, end + shift):
        # The same edit can be told so that it lay inside the stretch: mended, not merely moved.
        inside = new[: moved.start] == text[:start] or new[moved.end :] == text[end:]
        assert inside or new[moved.start : moved.end].strip() == text[start:end].strip()


@settings(max_examples=200)
@given(TEXTS, TEXTS, st.booleans())
def test_boundaries_keep_their_order(old: str, new: str, after: bool) -> None:
    correction = Correction(old, new)
    places = [correction.place(at, after=after) for at in range(len(old) + 1)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= len(new)


@settings(max_examples=200)
@given(PASSAGES, PASSAGES, st.data())
def test_certain_stretches_keep_their_order(old: str, new: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(old)), min_size=4, max_size=4)))
    correction = Correction(old, new)
    one, other = correction.move(*cuts[:2]), correction.move(*cuts[2:])
    if one.certain and other.certain:
        assert one.start <= other.start
        assert one.end <= other.end


@given(TEXTS, TEXTS)
def test_there_and_back_the_untouched_is_where_it_was(old: str, new: str) -> None:
    there, back = Correction(old, new), Correction(new, old)
    for start in range(0, len(old), 7):
        moved = there.move(start, min(start + 5, len(old)))
        if moved.certain and new[moved.start : moved.end] == old[start : start + 5]:
            again = back.move(moved.start, moved.end)
            assert not again.certain or old[again.start : again.end].strip() == old[start : start + 5].strip()


def test_what_stands_around_is_cut_between_words() -> None:
    text = "It took an hour to get there, and the coffee was fair, though nobody would say so aloud."
    start = text.index("coffee")
    before, after = surroundings(text, start, start + 6, width=20)
    assert before in text
    assert text.endswith(before + "coffee" + after + text[start + 6 + len(after) :])
    assert (before, after) == ("get there, and the ", " was fair, though")


def test_what_stands_around_is_all_there_is_near_the_ends() -> None:
    assert surroundings("a b c", 2, 3) == ("a ", " c")
    assert surroundings("", 0, 0) == ("", "")


@given(TEXTS, st.data())
def test_what_stands_around_parts_no_character(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    before, after = surroundings(text, start, end, width=5)
    assert text[start - len(before) : start] == before
    assert text[end : end + len(after)] == after
    assert len(before) <= 5
    assert len(after) <= 5
    assert not before or not parts(text, start - len(before))
    assert not after or not parts(text, end + len(after))


def test_a_version_is_the_hash_of_the_text() -> None:
    assert version("Café 😀") == hashlib.sha256("Café 😀".encode()).hexdigest()
    assert version("\ud800") != version("?")
