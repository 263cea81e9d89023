"""Tokens: folding, words of every script, and offsets that quote the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.tokens import fold, tokens


def texts(text: str, *, last_alone: bool = False) -> list[str]:
    return [token.text for token in tokens(text, last_alone=last_alone)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Đurđa", "durda"),
        ("İstanbul", "istanbul"),
        ("ılık", "ilik"),
        ("Ａｂｃ", "abc"),
        ("ﬁn", "fin"),
        ("ÉTÉ", "ete"),
        ("Ёлка", "елка"),
        ("Ώρα", "ωρα"),
        ("ϒ", "υ"),
        ("مُحَمَّد", "محمد"),
        ("ﾊﾟﾝ", "パン"),
        ("が", "が"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("한국", "한국"),
        ("สวัสดี", "สวัสดี"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't", ["don't"]),
        ("Don’t", ["don't"]),
        ("It’s Ines's café’s", ["it", "ines", "cafe"]),
        ("It's Ines's.", ["it", "ines"]),
        ("l'eau d’été", ["l", "eau", "d", "ete"]),
        ("e-mail E-Mail", ["email", "email"]),
        ("Berlin-Mitte follow-up", ["berlin", "mitte", "follow", "up"]),
        ("mail-a-friend", ["mail", "a", "friend"]),
        ("3.5 1,200 10:20 v2.1.", ["3.5", "1,200", "10:20", "v2.1"]),
        ("2026-03-14", ["2026", "03", "14"]),
        ("snake_case (a) [b]", ["snake", "case", "a", "b"]),
        ("#tag/sub @ines", ["tag", "sub", "ines"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("日本語", ["日本", "本語"]),
        ("東", ["東"]),
        ("Qt日本x", ["qt", "日本", "x"]),
        ("カード", ["カー", "ード"]),
        ("ﾊﾟﾝ", ["パン"]),
        ("한국어 한", ["한국", "국어", "한"]),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165", ["한국", "국어"]),
        ("ราคา", ["รา", "าค", "คา"]),
        ("so 👍🏽 good ❤️", ["so", "👍", "good", "❤"]),
        ("\u0301 — … ’ ", []),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert texts(text) == found


def test_every_character_of_a_run_begins_a_token_for_the_index() -> None:
    assert texts("日本語 x", last_alone=True) == ["日本", "本語", "語", "x"]
    assert texts("東", last_alone=True) == ["東"]


scripts = st.text(
    alphabet=st.sampled_from(
        "abcXYZ 019'’.,:-_éßłØ\u0301\u00ad\u200d日本語カナﾊﾟがราคาสวัดีခမ្មែရ한국어नमस्ते👍🏽❤️🇩🇪мирΩ\n\t#@/"
    )
    | st.characters()
)


@given(scripts)
def test_offsets_quote_the_original(text: str) -> None:
    last = -1
    for token in tokens(text, last_alone=True):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= last
        assert token.text
        assert fold(text[token.start : token.end]).replace("-", "") == token.text
        last = token.start


@given(st.text(alphabet="abzAZ019'.,:-_ \n#/"))
def test_both_ways_of_reading_agree(text: str) -> None:
    assert [*tokens(text)] == [*tokens(f"{text} é")][:-1]


@given(st.text(alphabet="日本語東京カナ한국어ราคา", min_size=2), st.data())
def test_any_stretch_of_a_spaceless_run_is_a_phrase_of_pairs(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    part = text[start : data.draw(st.integers(start + 2, len(text)))]
    wanted = texts(part)
    found = texts(text)
    assert any(found[at : at + len(wanted)] == wanted for at in range(len(found)))
    assert any(token.startswith(part[0]) for token in texts(text, last_alone=True))


@given(scripts)
def test_tokens_are_folded(text: str) -> None:
    for token in tokens(text):
        assert fold(token.text) == token.text


def test_a_long_text_is_no_trouble() -> None:
    assert sum(1 for _ in tokens("a'" * 200_000)) == 200_000
    assert sum(1 for _ in tokens("1.1," * 100_000 + "é")) >= 1
    assert sum(1 for _ in tokens("日" * 100_000)) == 99_999
