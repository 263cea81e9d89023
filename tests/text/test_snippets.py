"""Snippets: the best stretch, its marks in code points, its ends between words."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.snippets import ELLIPSIS, snippet
from desktop_app.text.tokens import fold, tokens

FILLER = "one two three four five six seven eight nine ten " * 8


def marked(text: str, terms: set[str], width: int = 160) -> list[str]:
    found = snippet(text, terms, width)
    return [found.text[start:end] for start, end in found.marks]


def test_a_short_text_is_shown_whole() -> None:
    found = snippet("The port\nstrike  ended.", {"strike"})
    assert found.text == "The port strike ended."
    assert found.marks == ((9, 15),)


def test_marks_quote_what_matched() -> None:
    assert marked("Das Café an der Straße, CAFÉ!", {"cafe", "strasse"}) == ["Café", "Straße", "CAFÉ"]


def test_a_predicate_decides_about_folded_words() -> None:
    found = snippet("Prices, pricing and a price", lambda word: word.startswith("pric"))
    assert [found.text[start:end] for start, end in found.marks] == ["Prices", "pricing", "price"]


def test_the_window_with_most_different_matches_wins() -> None:
    text = f"{FILLER}invoice invoice invoice {FILLER}invoice and roaster {FILLER}"
    found = snippet(text, {"invoice", "roaster"}, 80)
    assert "roaster" in found.text
    assert found.text.startswith(ELLIPSIS)
    assert found.text.endswith(ELLIPSIS)
    assert found.text.strip(ELLIPSIS) in text
    assert f" {found.text.strip(ELLIPSIS)} " in text, "both ends fall between words"


def test_without_a_match_the_beginning() -> None:
    found = snippet(FILLER, {"zebra"}, 20)
    assert found.text == "one two three four" + ELLIPSIS
    assert found.marks == ()


def test_pairs_of_a_spaceless_run_are_marked_as_one() -> None:
    assert marked("私は日本語を話します", {"日本", "本語"}) == ["日本語"]


def test_emoji_and_accents_are_not_torn_off() -> None:
    text = "e\u0301" * 300
    found = snippet(text, set(), 101)
    assert found.text.strip(ELLIPSIS) == "e\u0301" * 50


def test_a_match_longer_than_the_window_is_cut() -> None:
    found = snippet("x" * 500, {"x" * 500}, 50)
    assert found.text == "x" * 50 + ELLIPSIS
    assert found.marks == ((0, 50),)


words = st.sampled_from(["alpha", "Beta", "été", "日本語", "👍🏽", "e\u0301a", "x", "don't", "longword" * 9])


@given(st.lists(words, max_size=120).map(" ".join) | st.text(), st.integers(10, 200))
def test_every_mark_is_a_match(text: str, width: int) -> None:
    terms = {"alpha", "ete", "日本", "x"}
    found = snippet(text, terms, width)
    assert len(found.text) <= width + 2
    last = -1
    for start, end in found.marks:
        assert last < start < end <= len(found.text)
        part = fold(found.text[start:end])
        assert any(term in part or part in term for term in terms)
        last = end
    if "alpha" in text.split() and width > 20:
        assert found.marks


@given(st.text())
def test_no_token_reaches_across_a_space(text: str) -> None:
    """What lets a snippet be made word by word."""
    line = " ".join(text.split())
    place, piecewise = 0, []
    for word in line.split(" "):
        piecewise += [(token.text, token.start + place, token.end + place) for token in tokens(word, last_alone=True)]
        place += len(word) + 1
    assert piecewise == [tuple(token) for token in tokens(line, last_alone=True)]
