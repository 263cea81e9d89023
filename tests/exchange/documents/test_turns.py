"""Turns in plain text: what every style writes is read back, and a text in which nobody speaks stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.documents.paragraphs import Source
from desktop_app.exchange.documents.turns import find_turns
from tests.exchange.documents import transcripts
from tests.exchange.documents.transcripts import Said, conversations, read, times, told


@given(conversations(), st.sampled_from(sorted(transcripts.BEGINNING)))
def test_a_style_with_times_is_read_back(said: list[Said], style: str) -> None:
    parsed = read(transcripts.BEGINNING[style](said))
    assert told(parsed) == [(turn.speaker, turn.text) for turn in said]
    assert times(parsed) == [(turn.begins * 1000, None) for turn in said]
    assert parsed.text == "\n".join(turn.text for turn in said)


@given(conversations(), st.sampled_from(sorted(transcripts.TIMELESS)))
def test_a_style_without_times_is_read_back(said: list[Said], style: str) -> None:
    parsed = read(transcripts.TIMELESS[style](said))
    assert told(parsed) == [(turn.speaker, turn.text) for turn in said]
    assert parsed.text == "\n".join(turn.text for turn in said)


@given(conversations())
def test_f4_is_read_back(said: list[Said]) -> None:
    parsed = read(transcripts.f4(said))
    ends = [turn.ends * 1000 for turn in said]
    assert parsed.format == "f4"
    assert told(parsed) == [(turn.speaker, turn.text) for turn in said]
    assert times(parsed) == list(zip([None, *ends[:-1]], ends, strict=True))


@given(conversations())
def test_times_and_names_on_lines_of_their_own_are_read_back(said: list[Said]) -> None:
    parsed = read(transcripts.old_teams(said))
    assert told(parsed) == [(turn.speaker, turn.text) for turn in said]
    assert times(parsed) == [(turn.begins * 1000, turn.ends * 1000) for turn in said]


@given(st.lists(transcripts.texts, max_size=8))
def test_a_text_without_speakers_stays_as_it_is(paragraphs: list[str]) -> None:
    parsed = find_turns(Source("T", tuple(paragraphs), "docx", ("A notice.",)))
    assert (parsed.text, parsed.turns, parsed.format) == ("\n".join(paragraphs), (), "docx")
    assert parsed.notices == ("A notice.",)


_SCRAPS = st.sampled_from(
    "Anna: |Ben: |I: |Q. |A. |Note: |Date: 3 May 2026|[00:01:02] |(00:03)|0:05|1:02:03|  0:07|#00:00:09-1#|\t|\n|\n\n|"
    "---|SPEAKERS|SUMMARY KEYWORDS|Anna started transcription|27m 42s|Transcribed by https://otter.ai|**Anna:** |"
    "Speaker\tText\tTime|0:0:0.0 --> 0:0:4.1|words and more.|你好。|\u200f|\u00a0| |...|-->".split("|")
)


@given(st.lists(_SCRAPS, max_size=40).map("".join))
def test_whatever_a_text_is_made_of_turns_keep_their_promises(text: str) -> None:
    parsed = read(text)
    told(parsed)
    assert parsed.turns or parsed.text == text


def test_a_paragraph_without_a_name_goes_on_with_the_turn_before() -> None:
    parsed = read("I: One.\nB: Two.\nStill two: yes.\n\nAnd two.\nI: Three.\nB: Four.")
    assert told(parsed) == [("I", "One."), ("B", "Two.\nStill two: yes.\n\nAnd two."), ("I", "Three."), ("B", "Four.")]


def test_a_line_break_inside_a_paragraph_parts_a_head_from_its_words() -> None:
    parsed = find_turns(
        Source("T", ("Anna Berg   0:03\nHello.\nYou.", "Ben   0:09\nHi.", "Anna Berg   1:02:03\nBye."), "docx")
    )
    assert parsed.format == "teams-docx"
    assert told(parsed) == [("Anna Berg", "Hello.\nYou."), ("Ben", "Hi."), ("Anna Berg", "Bye.")]
    assert times(parsed) == [(3000, None), (9000, None), (3723000, None)]


def test_long_answers_and_wrapped_lines_are_still_a_conversation() -> None:
    line = "and so I went on for the length of a whole line of a page"
    turns = [("INTERVIEWER", "What then?"), ("MS. O'NEIL", "\n".join(["Well,", *[line] * 20]))] * 5
    assert told(read("\n".join(f"{name}: {text}" for name, text in turns))) == turns


def test_what_stands_before_the_first_turn_belongs_to_nobody() -> None:
    parsed = read("Interview about prices\n\nI: One.\nB: Two.\nI: Three.\nB: Four.")
    assert parsed.text.startswith("Interview about prices\nOne.")
    assert parsed.turns[0].start == len("Interview about prices\n")


def test_a_label_without_words_makes_no_turn_and_is_told() -> None:
    parsed = read("I: One.\nB:\nI: Two.\nB: Three.")
    assert told(parsed) == [("I", "One."), ("I", "Two."), ("B", "Three.")]
    assert parsed.notices == ("1 speaker label has no words behind and made no turn.",)


def test_marks_inside_what_was_said_leave_it() -> None:
    parsed = read(
        "I: One. #00:00:05-2#\nB: Two #00:00:07-1# and more. #00:00:09-8#\nmore #00:00:11-0#\nI: #00:00:12-0# Three."
    )
    assert told(parsed) == [("I", "One."), ("B", "Two and more.\nmore"), ("I", "Three.")]
    assert times(parsed) == [(None, 5200), (5200, 11000), (12000, None)]


def test_paragraphs_that_close_with_a_mark_are_turns_of_nobody() -> None:
    parsed = read("First of all. #00:00:05-2#\nAnd then\nmore. #00:00:09-8#")
    assert told(parsed) == [("", "First of all."), ("", "And then\nmore.")]
    assert times(parsed) == [(None, 5200), (5200, 9800)]


def test_a_time_on_a_line_of_its_own_is_that_of_the_next_name() -> None:
    parsed = read("00:05:00\n\nAnna Berg: Hi.\nBen: Hello.\n\n00:10:00\n\nAnna Berg: So.\nBen: Yes.")
    assert told(parsed) == [("Anna Berg", "Hi."), ("Ben", "Hello."), ("Anna Berg", "So."), ("Ben", "Yes.")]
    assert times(parsed) == [(300000, None), (None, None), (600000, None), (None, None)]


def test_a_time_within_a_turn_leaves_the_words() -> None:
    parsed = read("Anna (00:01):\nHello.\n\nBen (00:05):\nHi.\n(00:45)\nMore.\n\nAnna (01:00):\nBye.")
    assert told(parsed) == [("Anna", "Hello."), ("Ben", "Hi.\nMore."), ("Anna", "Bye.")]


def test_initials_are_no_answers() -> None:
    parsed = read("Q. Berg: One.\nA. Ode: Two.\nQ. Berg: Three.\nA. Ode: Four.")
    assert [speaker for speaker, _ in told(parsed)] == ["Q. Berg", "A. Ode", "Q. Berg", "A. Ode"]


def test_somebody_who_says_just_one_thing_is_a_speaker_too() -> None:
    parsed = read("Int: Hello.\n\nResp: Hi.\n\nInt: So.\n\nWoman: Tea?\n\nResp: Yes.")
    assert [speaker for speaker, _ in told(parsed)] == ["Int", "Resp", "Int", "Woman", "Resp"]


@pytest.mark.parametrize(
    "text",
    [
        "Note: this\nNote: that\nNote: more",
        "Name: A\nEmail: b\nName: C\nEmail: d",
        "Reach: people who saw\nChurn: people who left\nROI: a ratio",
        "Problem: They do not read.\nSolution: Write less.\nProblem: They forget.\nSolution: Repeat.",
        "10:30 Meeting: prices\n11:30 Lunch: soup\n12:30 Meeting: more",
        "9:30\nMet Ben.\n10:15\nMet Anna.",
        "Keynote  09:00\nOn prices\nLunch  12:00\nSoup",
        "See https://example.org\nhttps://example.org\nhttps://example.org",
        "He said: no.\nA long story that goes on.\nShe said: yes.\nAnd on.\nAnd on.\nAnd on.",
        "— No, she said.\n— Yes, he said.\n— No: never.",
        "The plan: do it.\nWe said: no.\nThe plan: failed.",
        "Yeah\nokay\nwhat\nYeah\nno\nokay",
        "The bus arrives at 10:30\nand then it waits.\nThe bus arrives at 11:30\nand goes.",
        "Mark (5:12) tells it.\n" + "A long page follows.\n" * 20 + "Mark (6:12) does too.",
        "SPEAKERS\nAn essay on those who speak.\nIt goes on.",
        "Name\tContent\nSoap\tSalt and oil.\nTea\tLeaves.",
        "A. apples\nB. beans\nA. pears\nB. peas",
        "",
        "\n\n",
    ],
)
def test_no_conversation_is_seen_where_there_is_none(text: str) -> None:
    parsed = read(text)
    assert parsed.turns == ()
    assert parsed.text == text
    assert parsed.format == "txt"


@pytest.mark.parametrize(
    "line",
    ["x" * 2_000_000, " " * 2_000_000 + "x", "[0:" * 500_000, "a:" * 500_000, "[00:00:01] " * 50_000, "#" * 999_999],
)
def test_a_line_without_end_is_read(line: str) -> None:
    read(f"I: one\nB: two\n{line}\nI: three\nB: {line}")
