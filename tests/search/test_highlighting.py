"""What is marked in a found text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.search import highlighter, understand
from desktop_app.search.highlighting import within_one_edit
from tests.search.library import NOW, VOCAB


def marked(query: str, text: str, language: str = "en") -> list[str]:
    found = highlighter(understand(query, now=NOW, vocab=VOCAB).query, language)(text)
    return [found.text[start:end] for start, end in found.marks]


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("price", "Prices, pricing and PRICE", ["Prices", "pricing", "PRICE"]),
        ('"price"', "Prices and price", ["price"]),
        ('"the price"', "the old, the price", ["the", "the", "price"]),
        ("pri*", "price prim apricot", ["price", "prim"]),
        ("prise~", "price rise prise surprise", ["price", "rise", "prise"]),
        ("cafe OR tea", "Café and tea", ["Café", "tea"]),
        ("tea -price", "tea price", ["tea"]),
        ("10:30", "at 10:30 or 10:31", ["10:30"]),
        ("東京", "私は東京にいる", ["東京"]),
        ("京", "東京都", ["京都"]),
        ("kind:quote in:2025", "quote 2025", []),
        ("", "text", []),
    ],
)
def test_marks(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, text) == marks


def test_the_language_decides_the_stem() -> None:
    assert marked("Haus", "viele Häuser", "de") == ["Häuser"]
    assert marked("Haus", "viele Häuser", "en") == []


def _edits(word: str) -> set[str]:
    letters = "ab"
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return (
        {word}
        | {left + right[1:] for left, right in splits if right}
        | {left + letter + right[1:] for left, right in splits if right for letter in letters}
        | {left + letter + right for left, right in splits for letter in letters}
        | {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    )


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_edit(one: str, other: str) -> None:
    assert within_one_edit(one, other) == (other in _edits(one))
