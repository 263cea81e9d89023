from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.model.documents import Turn
from desktop_app.text.paragraphs import LONGEST, paragraphs


def texts(text: str, *turns: Turn) -> list[tuple[str, str]]:
    return [(found.speaker, text[found.start : found.end]) for found in paragraphs(text, turns)]


def test_blank_lines_part_paragraphs_and_broken_lines_stay_together() -> None:
    text = "One goes on\nover two lines.\n \n\nTwo. \n\n\n"
    assert texts(text) == [("", "One goes on\nover two lines."), ("", "Two.")]


def test_where_no_line_is_blank_for_long_each_line_is_one() -> None:
    text = "\n".join(f"{number} {'word ' * 60}".strip() for number in range(8))
    assert [words for _, words in texts(text)] == text.split("\n")


def test_a_turn_is_one_paragraph_and_what_lies_between_belongs_to_nobody() -> None:
    text = "Cafe, noon\n\nYes.\n\nOf course.\n\nNo.\nEnd"
    yes, no = text.index("Yes"), text.index("No")
    turns = (Turn(yes, text.index("\n\nNo"), "Ana"), Turn(no, no + 3, "Ben"))
    assert texts(text, *turns) == [("", "Cafe, noon"), ("Ana", "Yes.\n\nOf course."), ("Ben", "No."), ("", "End")]


def test_what_is_too_long_is_cut_between_words() -> None:
    text = "word " * 3000
    found = texts(text)
    assert all(len(words) <= LONGEST and words.startswith("word") and words.endswith("word") for _, words in found)
    assert sum(words.count("word") for _, words in found) == 3000
    assert len(texts("漢" * 9000)) == 3


@settings(max_examples=60)
@given(st.text(alphabet="a \n\t🙂", max_size=80), st.lists(st.integers(0, 80), max_size=6))
def test_every_word_lies_in_one_paragraph(text: str, places: list[int]) -> None:
    ends = sorted(min(place, len(text)) for place in places)
    turns = [Turn(start, end, "S") for start, end in zip(ends[::2], ends[1::2], strict=False)]
    held = [at for found in paragraphs(text, turns) for at in range(found.start, found.end)]
    assert held == sorted(set(held))
    assert {at for at, sign in enumerate(text) if not sign.isspace()} <= set(held)
