"""How a piece of evidence is called in the lists of a question."""

from dataclasses import replace

from desktop_app.model.questions import Piece
from desktop_app.ui.lenses.questions.telling import piece_rows, piece_words

QUOTE = Piece(
    "l" * 26, "supports", "entry", "e" * 26, "It felt like a friend", entry_kind="quote", text="She had planned\nit."
)


def called(piece: Piece) -> str:
    return piece_rows([piece], "supports")[0].heading


def test_an_entry_is_called_by_its_title_and_told_in_its_words() -> None:
    assert called(QUOTE) == "“It felt like a friend”"
    assert piece_words(QUOTE).startswith("“She had planned it.”")


def test_a_quotation_is_not_quoted_twice() -> None:
    assert called(replace(QUOTE, heading="“We left,” she said.")) == "“We left,” she said."


def test_a_coding_is_called_by_the_words_it_lies_on() -> None:
    assert called(replace(QUOTE, kind="coding", heading="Price talk", text="too dear")) == "“too dear”"


def test_what_has_no_words_says_so() -> None:
    assert called(replace(QUOTE, entry_kind="note", heading="", text="")) == "(no words)"
