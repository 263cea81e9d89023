"""Where one character of a reader ends."""

import pytest

from desktop_app.text.graphemes import continues, parts


@pytest.mark.parametrize("character", ["e\u0301", "👩\u200d🔬", "👍🏽", "🇫🇷", "❤\ufe0f", "\u1112\u1161\u11ab", "שָ"])
def test_no_boundary_parts_one_character(character: str) -> None:
    text = f"a {character} b"
    assert [at for at in range(len(text) + 1) if parts(text, at)] == list(range(3, 2 + len(character)))


def test_two_flags_are_two_characters() -> None:
    assert [parts("🇫🇷🇩🇪", at) for at in range(5)] == [False, True, False, True, False]


def test_letters_go_on_by_themselves() -> None:
    assert not any(map(continues, "aéש日😀 "))
