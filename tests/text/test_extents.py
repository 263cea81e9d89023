import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.coding import Extent
from desktop_app.model.documents import Text, Turn
from desktop_app.text.extents import Extents, sentences, turns_within


def text_of(words: str, turns: tuple[Turn, ...] = ()) -> Text:
    return Text("document", "d", "A", words, "", turns)


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("I left. They called me.", ["I left.", "They called me."]),
        ("Did they? Yes! “They did.” And so on…", ["Did they?", "Yes!", "“They did.”", "And so on…"]),
        (
            "It cost 3.5 euros. Dr. Okafor paid, e.g. on Monday.",
            ["It cost 3.5 euros.", "Dr. Okafor paid, e.g. on Monday."],
        ),
        ("J. R. Amsel came. She sat.", ["J. R. Amsel came.", "She sat."]),
        ("no mark at all", ["no mark at all"]),
        ("  blanks.  Around.  ", ["blanks.", "Around."]),
        ("値段が高い。友達です。", ["値段が高い。", "友達です。"]),
        ("هل هذا جيد؟ نعم.", ["هل هذا جيد؟", "نعم."]),
        ("Wait… what happened?", ["Wait… what happened?"]),
        ("   ", []),
    ],
)
def test_sentences_are_told_by_their_marks(paragraph: str, parts: list[str]) -> None:
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == parts


def found(text: Text, extent: Extent, word: str) -> str:
    at = text.text.index(word)
    start, end = Extents(text).of(extent, at, at + len(word))
    return text.text[start:end]


def test_each_extent_around_a_word() -> None:
    words = "I left. They never called.\nWhy?\nThe price was 🙂 opaque. So I left."
    first, second = words.index("Why?"), words.index("The price")
    turns = (Turn(0, first - 1, "Ines"), Turn(first, first + 4, "Ana"), Turn(second, len(words), "Ines"))
    text = text_of(words, turns)
    assert found(text, Extent.MATCH, "opaque") == "opaque"
    assert found(text, Extent.SENTENCE, "opaque") == "The price was 🙂 opaque."
    assert found(text, Extent.PARAGRAPH, "called") == "I left. They never called."
    assert found(text, Extent.TURN, "Why") == "Why?"
    assert found(text, Extent.TURN, "called.\nWhy") == "I left. They never called.\nWhy?"


def test_a_paragraph_of_broken_lines_lies_between_blank_lines() -> None:
    text = text_of("A head\n\nThe first\nparagraph here.\n \nThe second.")
    assert found(text, Extent.PARAGRAPH, "first") == "The first\nparagraph here."
    assert found(text, Extent.PARAGRAPH, "second") == "The second."
    assert found(text, Extent.SENTENCE, "paragraph") == "The first\nparagraph here."


def test_lines_that_go_on_for_long_are_paragraphs() -> None:
    line = "Some words of a line that goes on."
    text = text_of("\n".join([line] * 200 + ["One apart."] + [line] * 200))
    assert found(text, Extent.PARAGRAPH, "apart") == "One apart."


def test_turns_within_a_range() -> None:
    turns = (Turn(0, 4), Turn(5, 9), Turn(12, 15))
    starts = [turn.start for turn in turns]
    assert [
        list(turns_within(turns, starts, *span)) for span in ((0, 5), (4, 5), (3, 6), (9, 12), (0, 20), (7, 7))
    ] == [
        [0],
        [],
        [0, 1],
        [],
        [0, 1, 2],
        [1],
    ]
    assert list(turns_within((), (), 0, 3)) == []


@given(st.text("aB. !?\n。é🙂", max_size=60), st.data(), st.sampled_from(list(Extent)))
def test_an_extent_holds_what_it_is_asked_for(words: str, data: st.DataObject, extent: Extent) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    low, high = Extents(text_of(words)).of(extent, start, end)
    assert 0 <= low <= high <= len(words)
    if words[start:end].strip() == words[start:end] and start < end:
        assert low <= start
        assert end <= high
