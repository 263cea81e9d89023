"""Twins of real exports: each is told for what it is, and its turns and its head are read."""

import pytest

from desktop_app.exchange.documents.styles import STYLES
from tests.exchange.documents.transcripts import read, times, told

OTTER = """Weekly talk
Wed, May 20, 2026 5:27PM • 1:03:12

SUMMARY KEYWORDS
price, churn

SPEAKERS
Anna Berg, Unknown Speaker

Anna Berg  00:00
Hello there.

Unknown Speaker  00:05
Hi. It is

Anna Berg  75:12
Bye.

Transcribed by https://otter.ai
"""
TEAMS = """Web plans-20260615_133555-Meeting Transcript
15 June 2026, 03:35am
27m 42s
Anna Berg started transcription
Ben Ode   0:03
that from the talk
and more
Anna Berg   0:03
Yes.
Ben Ode   1:02:03
No.
Anna Berg stopped transcription"""


def test_otter() -> None:
    parsed = read(OTTER)
    assert parsed.format == "otter"
    assert told(parsed) == [("Anna Berg", "Hello there."), ("Unknown Speaker", "Hi. It is"), ("Anna Berg", "Bye.")]
    assert times(parsed) == [(0, None), (5000, None), (4512000, None)]
    assert parsed.text == "Hello there.\nHi. It is\nBye."
    assert parsed.occurred == "2026-05-20T17:27"
    assert dict(parsed.attributes) == {
        "Title": "Weekly talk",
        "Date": "Wed, May 20, 2026 5:27PM",
        "Duration": "1:03:12",
        "Keywords": "price, churn",
        "Speakers": "Anna Berg, Unknown Speaker",
    }
    assert parsed.notices == ("The closing line “Transcribed by https://otter.ai” was left out.",)


def test_otter_without_a_head_and_with_blanks_behind_the_time() -> None:
    parsed = read("Anna  0:00  \nHello.\n\nBen Ode  1:02:03  \nYes.\n")
    assert parsed.format == "otter"
    assert told(parsed) == [("Anna", "Hello."), ("Ben Ode", "Yes.")]


def test_otter_of_somebody_alone() -> None:
    parsed = read("0:01  \nWhen I was young\n\n0:15  \nit rained.\n\nTranscribed by https://otter.ai\n")
    assert told(parsed) == [("", "When I was young"), ("", "it rained.")]
    assert times(parsed) == [(1000, None), (15000, None)]


def test_teams() -> None:
    parsed = read(TEAMS)
    assert parsed.format == "teams-docx"
    assert told(parsed) == [("Ben Ode", "that from the talk\nand more"), ("Anna Berg", "Yes."), ("Ben Ode", "No.")]
    assert times(parsed) == [(3000, None), (3000, None), (3723000, None)]
    assert parsed.occurred == "2026-06-15T03:35"
    assert dict(parsed.attributes) == {
        "Title": "Web plans-20260615_133555-Meeting Transcript",
        "Date": "15 June 2026, 03:35am",
        "Duration": "27m 42s",
    }


def test_fields_before_the_talk_become_attributes() -> None:
    parsed = read(
        "Interview 3\nDate: 3 May 2026\nInterviewer: Anna Berg\nPlace: Ghent\n\n"
        "Interviewer: How are you?\nP3: Fine.\nInterviewer: Good.\nP3: Yes."
    )
    assert parsed.attributes == (("Date", "3 May 2026"), ("Interviewer", "Anna Berg"), ("Place", "Ghent"))
    assert parsed.occurred == "2026-05-03"
    assert parsed.text.startswith("Interview 3\nHow are you?")
    assert [speaker for speaker, _ in told(parsed)] == ["Interviewer", "P3", "Interviewer", "P3"]


def test_front_matter_becomes_attributes() -> None:
    parsed = read(
        "---\nguest: Ben\ndate: 2026-05-03\n---\n\n# Talk\n\n"
        "**Anna:**\nHi.\n\n**Ben:**\nHo.\n\n**Anna:**\nSo.\n\n**Ben:**\nOh."
    )
    assert parsed.attributes == (("guest", "Ben"), ("date", "2026-05-03"))
    assert parsed.occurred == "2026-05-03"
    assert parsed.text == "# Talk\nHi.\nHo.\nSo.\nOh."


def test_names_as_people_call_themselves_in_meetings() -> None:
    parsed = read("Berg, Anna (Shop)   0:03\nHi.\n+32 470 ***12   0:05\nHo.\nBerg, Anna (Shop)   0:09\nSo.")
    assert [speaker for speaker, _ in told(parsed)] == ["Berg, Anna (Shop)", "+32 470 ***12", "Berg, Anna (Shop)"]


def test_a_remark_between_turns_takes_none_of_them_away() -> None:
    parsed = read("I: Hi\nB: Hello\nNote: she laughs\nI: So\nB: Yes\nI: And\nB: No")
    assert told(parsed)[:2] == [("I", "Hi"), ("B", "Hello\nNote: she laughs")]


def test_a_day_that_could_be_two_is_not_guessed() -> None:
    assert read("Date: 3/4/2026\n\nI: Hi.\nB: No.\nI: So.\nB: Yes.").occurred == ""


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("timed", "[00:00:03] Anna Berg: One.\n\n[00:01:05] Ben: Two: three\n\n[01:02:03] Anna Berg: Four."),
        ("timed", "[0:03] Anna Berg: One.\n[1:05] Ben: Two: three\n[62:03] Anna Berg: Four."),
        ("timed", "00:00:03 Anna Berg: One.\n00:01:05 Ben: Two: three\n01:02:03 Anna Berg: Four."),
        ("timed", "(00:00:03) Anna Berg: One.\n(00:01:05) Ben: Two: three\n(01:02:03) Anna Berg: Four."),
        ("timed", "{00:00:03} Anna Berg: One.\n{00:01:05} Ben: Two: three\n{01:02:03} Anna Berg: Four."),
        ("timed", "[00.00.03] Anna Berg: One.\n[00.01.05] Ben: Two: three\n[01.02.03] Anna Berg: Four."),
        ("timed", "**[0:03] Anna Berg:** One.\n\n**[1:05] Ben:** Two: three\n\n**[1:02:03] Anna Berg:** Four."),
        ("timed", "Anna Berg (00:03):\nOne.\n\nBen (01:05):\nTwo: three\n\nAnna Berg (01:02:03):\nFour."),
        ("timed", "Anna Berg [00:00:03]\nOne.\n\nBen [00:01:05]\nTwo: three\n\nAnna Berg [01:02:03]\nFour."),
        ("timed", "Anna Berg [00:00:03] One.\nBen [00:01:05] Two: three\nAnna Berg [01:02:03] Four."),
        ("timed", "Anna Berg: [00:00:03] One.\nBen: [00:01:05] Two: three\nAnna Berg: [01:02:03] Four."),
        ("timed", "Anna Berg:\t00:03\tOne.\nBen:\t01:05\tTwo: three\nAnna Berg:\t01:02:03\tFour."),
        ("timed", "[0:03.120] - Anna Berg\nOne.\n\n[1:05.1] - Ben\nTwo: three\n\n[01:02:03.120] - Anna Berg\nFour."),
        ("timed", "0:03 - Anna Berg\n  One.\n1:05 - Ben\n  Two: three\n1:02:03 - Anna Berg\n  Four."),
        ("timed", "00:00:03 Anna Berg\nOne.\n00:01:05 Ben\nTwo: three\n01:02:03 Anna Berg\nFour."),
        ("timed", "Anna Berg 00:03\nOne.\n\nBen 01:05\nTwo: three\n\nAnna Berg 01:02:03\nFour."),
        ("timed", "Anna Berg: 00:00:03\n\nOne.\n\nBen: 00:01:05\n\nTwo: three\n\nAnna Berg: 01:02:03\n\nFour."),
        ("timed", "**Anna Berg:** \\[0:03\\] One.\n**Ben:** \\[1:05\\] Two: three\n**Anna Berg:** \\[62:03\\] Four."),
        ("timed", "<u>Anna Berg</u> (0:03) One.\n<u>Ben</u> (1:05) Two: three\n<u>Anna Berg</u> (62:03) Four."),
        ("timed", "Anna Berg\n0:03\nOne.\nBen\n1:05\nTwo: three\nAnna Berg\n1:02:03\nFour."),
        ("timed", "[Anna Berg] 00:00:03\nOne.\n\n[Ben] 00:01:05\nTwo: three\n\n[Anna Berg] 01:02:03\nFour."),
        ("timed", "00:00:03\tAnna Berg\tOne.\n00:01:05\tBen\tTwo: three\n01:02:03\tAnna Berg\tFour."),
        ("timed", "Time\tText\tName\n0:03 - 0:05\tOne.\tAnna Berg\n1:05\tTwo: three\tBen\n62:03\tFour.\tAnna Berg"),
        ("f4", "#00:00:03-1# Anna Berg: One.\n#00:01:05-2# Ben: Two: three\n#01:02:03-3# Anna Berg: Four."),
    ],
)  # fmt: skip
def test_a_head_with_a_time(style: str, text: str) -> None:
    parsed = read(text)
    assert told(parsed) == [("Anna Berg", "One."), ("Ben", "Two: three"), ("Anna Berg", "Four.")]
    assert [turn.begins is not None and turn.begins // 1000 for turn in parsed.turns] == [3, 65, 3723]
    assert parsed.format == style


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("labels", "I: One.\nB1: Two: three\nI: Four.\nB1: Five."),
        ("labels", "I:One.\nB1:Two: three\nI:Four.\nB1:Five."),
        ("labels", "I : One.\nB1 : Two: three\nI : Four.\nB1 : Five."),
        ("labels", "I:\nOne.\nB1:\nTwo: three\nI:\nFour.\nB1:\nFive."),
        ("labels", "I:\tOne.\nB1:\tTwo: three\nI:\tFour.\nB1:\tFive."),
        ("labels", "[I]: One.\n[B1]: Two: three\n[I]: Four.\n[B1]: Five."),
        ("labels", "**I**: One.\n\n**B1**: Two: three\n\n**I**: Four.\n\n**B1**: Five."),
        ("labels", "\u200fI: One.\n\u200fB1: Two: three\n\u200fI: Four.\n\u200fB1: Five."),
        ("names", "I\nOne.\n\nB1\nTwo: three\n\nI\nFour.\n\nB1\nFive."),
    ],
)
def test_a_head_without_a_time(style: str, text: str) -> None:
    parsed = read(text)
    assert told(parsed) == [("I", "One."), ("B1", "Two: three"), ("I", "Four."), ("B1", "Five.")]
    assert parsed.format == style


def test_names_in_capitals_are_told_from_words_that_come_again() -> None:
    parsed = read("ANNA\nYeah\n\nBEN\nYeah\n\nANNA\nSo\n\nBEN\nYeah")
    assert told(parsed) == [("ANNA", "Yeah"), ("BEN", "Yeah"), ("ANNA", "So"), ("BEN", "Yeah")]


def test_questions_and_answers() -> None:
    assert told(read("Q: How?\nA: So.")) == [("Q", "How?"), ("A", "So.")]
    assert told(read("Q.  How?\nA.  So.\nQ.  When?\nA.  Now.")) == [
        ("Q", "How?"),
        ("A", "So."),
        ("Q", "When?"),
        ("A", "Now."),
    ]


def test_a_table_without_a_head() -> None:
    text = "I\tHow are you today?\nB\tI am fine, thanks.\nI\tGood.\nB\tYes, it is."
    assert told(read(text))[1] == ("B", "I am fine, thanks.")


def test_segments_of_speech_without_names() -> None:
    parsed = read("[00:00:00.000 --> 00:00:04.500]   Hello there\n[00:00:04.500 --> 00:00:06.000]   you")
    assert told(parsed) == [("", "Hello there"), ("", "you")]
    assert times(parsed) == [(0, 4500), (4500, 6000)]


def test_every_style_has_a_name() -> None:
    assert {"otter", "teams-docx", "timed", "labels", "names", "f4", "pattern", "zoom-vtt", "answers"} <= STYLES.keys()
    assert all(STYLES.values())
