"""Whisper's JSON in the ways it is written."""

import pytest

from desktop_app.exchange.documents.whisper import NoSegments, is_whisper, read_whisper
from tests.exchange.documents.transcripts import times, told


@pytest.mark.parametrize(
    "data",
    [
        {"text": " Hi. Ho.", "language": "en", "segments": [
            {"id": 0, "start": 0.0, "end": 1.52, "text": " Hi."}, {"id": 1, "start": 1.52, "end": 3, "text": " Ho."}]},
        {"transcription": [
            {"offsets": {"from": 0, "to": 1520}, "text": " Hi."},
            {"offsets": {"from": 1520, "to": 3000}, "text": " Ho."}]},
        {"chunks": [{"timestamp": [0.0, 1.52], "text": " Hi."}, {"timestamp": [1.52, 3.0], "text": " Ho."}]},
        [{"start": 0.0, "end": 1.52, "text": " Hi."}, {"start": 1.52, "end": 3.0, "text": " Ho."}],
    ],
)  # fmt: skip
def test_segments_become_turns_of_nobody(data: object) -> None:
    parsed = read_whisper("talk.json", data)
    assert (parsed.title, parsed.format, parsed.text) == ("talk", "whisper-json", "Hi.\nHo.")
    assert told(parsed) == [("", "Hi."), ("", "Ho.")]
    assert times(parsed) == [(0, 1520), (1520, 3000)]


def test_segments_of_one_named_speaker_are_one_turn() -> None:
    segments = [
        {"start": 0, "end": 1, "text": "Hi", "speaker": "SPEAKER_00"},
        {"start": 2, "end": 3, "text": "there", "speaker": "SPEAKER_00"},
        {"start": 3, "end": 4, "text": "Ho", "speaker": "SPEAKER_01"},
    ]
    assert told(read_whisper("a.json", {"segments": segments})) == [("SPEAKER_00", "Hi there"), ("SPEAKER_01", "Ho")]


def test_halves_of_characters_become_whole() -> None:
    parsed = read_whisper("a.json", {"segments": [{"text": "a\ud83d b\0", "speaker": "\udc00"}]})
    assert told(parsed) == [("\ufffd", "a\ufffd b")]


def test_times_that_are_none_and_segments_without_text() -> None:
    segments = [
        {"start": float("nan"), "end": float("inf"), "text": "a"},
        {"start": -1, "end": 10**400, "text": "b"},
        {"start": True, "end": "1", "text": "c"},
        {"text": None},
        7,
    ]
    parsed = read_whisper("a.json", {"segments": segments, "language": "nl"})
    assert times(parsed) == [(None, None)] * 3
    assert parsed.notices == ("2 segments have no text and could not be read.",)
    assert parsed.attributes == (("Language", "nl"),)


@pytest.mark.parametrize(
    "data", [None, 3, "text", [], {}, {"segments": []}, {"segments": [{"start": 1}]}, {"segments": {}}]
)
def test_other_json_is_told(data: object) -> None:
    assert not is_whisper(data)
    with pytest.raises(NoSegments, match=r"“a\.json” is JSON without segments"):
        read_whisper("a.json", data)
