"""Patterns of one's own, and one sentence for each that cannot be used."""

import pytest

from desktop_app.exchange.documents import pattern as module
from desktop_app.exchange.documents.pattern import (
    BrokenPattern,
    LongPattern,
    PatternFitsNothing,
    PatternTakesAll,
    PatternWithoutSpeaker,
    SlowPattern,
    UnknownPatternField,
    WrongPattern,
)
from tests.exchange.documents.transcripts import read, times, told


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("<{time}> {speaker}> {text}", "<10:30> Anna Berg> Yes: so\nmore\n<11:30> Ben> No"),
        ("{time} {speaker} - {text}", "10:30   Anna Berg - Yes: so\nmore\n11:30 Ben   -No"),
        ("{speaker} ({time})", "Anna Berg (10:30)\nYes: so\nmore\n\nBen (11:30)\n\nNo"),
        ("{speaker} ({time}):", "Anna Berg (10:30):\nYes: so\nmore\n\nBen (11:30): \n\nNo"),
        (
            r"\[(?P<time>[\d:]+)\] (?P<speaker>[\w ]+) -- (?P<text>.*)",
            "[10:30] Anna Berg -- Yes: so\nmore\n[11:30] Ben -- No",
        ),
        (r"(?P<speaker>[\w ]+)@(?P<time>[\d:]+)", "Anna Berg@10:30 Yes: so\nmore\nBen@11:30 No"),
        (r"(?<speaker>[\w ]+)@(?<time>[\d:]+)", "Anna Berg@10:30 Yes: so\nmore\nBen@11:30 No"),
        (r"(?P<speaker>[\w ]+)\n(?P<time>[\d:]+)\n(?P<text>.*)", "Anna Berg\n10:30\nYes: so\nmore\nBen\n11:30\nNo"),
        ("{Speaker} @ {Time} - {Text}", "Anna Berg @ 10:30 - Yes: so\nmore\nBen @ 11:30 - No"),
        ("{speaker}: {text} {time}", "Anna Berg: Yes: so 10:30\nmore\nBen: No 11:30"),
        ("{time} {speaker}\\n{text}", "10:30 Anna Berg\nYes: so\nmore\n\n11:30 Ben\n\nNo"),
        ("{speaker}\n{time}\n{text}", "Anna Berg\n\n10:30\n\nYes: so\nmore\nBen\n11:30\nNo"),
        ("{speaker}\n{time}", "Anna Berg\n10:30\nYes: so\nmore\nBen\n11:30\nNo"),
        ("{time}\t{speaker}\t{text}", "10:30\tAnna Berg\tYes: so\nmore\n11:30\tBen\tNo"),
    ],
)
def test_a_pattern_says_where_turns_begin(pattern: str, text: str) -> None:
    parsed = read(text, pattern)
    assert told(parsed) == [("Anna Berg", "Yes: so\nmore"), ("Ben", "No")]
    assert times(parsed) == [(630000, None), (690000, None)]
    assert parsed.format == "pattern"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{speaker}. {text}", "ANNA. Yes. So.\nBEN. No."),
        ("{speaker}\\n{text}", "ANNA\nYes. So.\n\nBEN\n\nNo."),
        ("[{speaker}] {text}", "[ANNA] Yes. So.\n[BEN] No."),
        ("{speaker}\\t{text}", "ANNA\tYes. So.\nBEN\tNo."),
    ],
)
def test_a_pattern_needs_no_time(pattern: str, text: str) -> None:
    assert told(read(text, pattern)) == [("ANNA", "Yes. So."), ("BEN", "No.")]


def test_a_pattern_that_leaves_no_words_is_told() -> None:
    with pytest.raises(PatternTakesAll, match="leaves no words"):
        read("Anna: hi\nBen: ho", "{speaker}")


def test_a_pattern_overrules_what_would_be_guessed() -> None:
    parsed = read("I: one\nB | two\nI: three\nB | four", "{speaker} | {text}")
    assert told(parsed) == [("B", "two\nI: three"), ("B", "four")]
    assert parsed.text == "I: one\ntwo\nI: three\nfour"


def test_what_a_text_reaches_beyond_the_tried_part_is_kept() -> None:
    long = "word " * 10_000
    assert told(read(f"Anna | {long}", "{speaker} | {text}")) == [("Anna", long.strip())]


@pytest.mark.parametrize(
    ("pattern", "kind", "sentence"),
    [
        ("{text}", PatternWithoutSpeaker, "write one such as [{time}] {speaker}: {text}."),
        ("{name}: {text}", UnknownPatternField, "“{name}” in the pattern means nothing"),
        ("{speaker} {speaker}", UnknownPatternField, "each once at most"),
        ("(?P<speaker>(a", BrokenPattern, "is no regular expression"),
        ("(?P<speaker>a)(?P<speaker>b)\\9", BrokenPattern, "is no regular expression"),
        ("{speaker}" + "x" * 500, LongPattern, "at most 500 characters"),
    ],
)
def test_a_wrong_pattern_is_told_in_one_sentence(pattern: str, kind: type[WrongPattern], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read("Anna: hi", pattern)
    assert sentence in str(caught.value)


def test_a_pattern_that_fits_nothing_shows_the_first_line() -> None:
    with pytest.raises(PatternFitsNothing, match="fits no line; the first it was tried on is “Anna: hi”"):
        read("\n  \nAnna: hi\nBen: ho", "<{speaker}> {text}")


def test_a_pattern_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.05)
    with pytest.raises(SlowPattern, match="takes too long on line 2"):
        read("\n" + "a" * 1500 + "!", r"(?P<speaker>(?:a|aa|a?a)+)+$")
