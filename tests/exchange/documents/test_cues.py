"""Caption files: Zoom, Teams and subtitles are read back, and broken ones as far as they can be."""

import pytest
from hypothesis import given

from desktop_app.exchange.documents.cues import NoCues, read_cues
from desktop_app.model.documents import ParsedDocument
from tests.exchange.documents import transcripts
from tests.exchange.documents.transcripts import Said, conversations, times, told


@given(conversations())
def test_zoom_is_read_back(said: list[Said]) -> None:
    parsed = read_cues("GMT20260615.transcript.vtt", transcripts.zoom(said))
    assert parsed.format == "zoom-vtt"
    assert parsed.title == "GMT20260615.transcript"
    _same(parsed, said)


@given(conversations())
def test_teams_is_read_back(said: list[Said]) -> None:
    parsed = read_cues("talk.vtt", transcripts.teams(said))
    assert parsed.format == "teams-vtt"
    _same(parsed, said)


@given(conversations())
def test_subtitles_are_read_back(said: list[Said]) -> None:
    parsed = read_cues("talk.srt", transcripts.srt(said))
    assert parsed.format == "srt"
    _same(parsed, said)


def _same(parsed: ParsedDocument, said: list[Said]) -> None:
    assert told(parsed) == [(turn.speaker, turn.text) for turn in said]
    assert times(parsed) == [(turn.begins * 1000, turn.ends * 1000) for turn in said]


def _vtt(*cues: tuple[str, str, str]) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{begins} --> {ends}\n{text}\n" for begins, ends, text in cues)


def test_captions_of_one_speaker_are_one_turn_up_to_two_seconds_of_silence() -> None:
    parsed = read_cues(
        "a.vtt",
        _vtt(
            ("00:01.000", "00:02.000", "Anna: One."),
            ("00:04.000", "00:05.000", "Anna: Two."),
            ("00:07.001", "00:08.000", "Anna: Three."),
            ("00:08.000", "00:09.000", "Ben: Four."),
        ),
    )
    assert told(parsed) == [("Anna", "One. Two."), ("Anna", "Three."), ("Ben", "Four.")]
    assert times(parsed) == [(1000, 5000), (7001, 8000), (8000, 9000)]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [("你好", "世界", "你好世界"), ("สวัสดี", "ครับ", "สวัสดีครับ"), ("你好", "Anna", "你好 Anna")],
)
def test_scripts_without_spaces_are_joined_without(first: str, second: str, whole: str) -> None:
    parsed = read_cues(
        "a.vtt", _vtt(("00:01.000", "00:02.000", f"小林：{first}"), ("00:02.000", "00:03.000", f"小林：{second}"))
    )
    assert told(parsed) == [("小林", whole)]


def test_a_clock_and_an_address_are_no_speakers() -> None:
    parsed = read_cues(
        "a.vtt",
        _vtt(
            ("00:01.000", "00:02.000", "Anna: 10:30 Meeting: yes."),
            ("00:12.000", "00:13.000", "10:30 Meeting: no."),
            ("00:22.000", "00:23.000", "https://example.org"),
            ("00:32.000", "00:33.000", "Anna: So."),
        ),
    )
    assert [speaker for speaker, _ in told(parsed)] == ["Anna"] * 4
    assert told(parsed)[1] == ("Anna", "10:30 Meeting: no.")
    assert told(parsed)[2] == ("Anna", "https://example.org")


def test_names_as_people_call_themselves_in_meetings() -> None:
    names = ["Berg, Anna", "Ben (he/him)", "+32 470 *****12", "Zoë | Shop", "anna_b.ex", "iPhone (2)"] * 2
    cues = [(f"00:{at * 5:02}.000", f"00:{at * 5 + 1:02}.000", f"{name}: Yes.") for at, name in enumerate(names)]
    assert [speaker for speaker, _ in told(read_cues("a.vtt", _vtt(*cues)))] == names


def test_teams_with_all_that_it_does() -> None:
    text = (
        "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nNOTE duration:00:10\nlanguage:en\n\n"
        "5ab1e2f3-0000-4000-8000-333344445555/12-0\n00:00:01.000 --> 00:00:04.000 align:start position:10%\n"
        "<v First Last>Hello &amp; <i>bye</i> &lt;3&nbsp;x &#39;a&#39; AT&T</v>\n\n"
        "5ab1e2f3-0000-4000-8000-333344445555/12-1\n00:00:04.000 --> 00:00:05.000\n<v First Last>more\nlines\n\n"
        "5ab1e2f3-0000-4000-8000-333344445555/13-0\n00:00:05.100 --> 00:00:06.000\n"
        "<v.loud Ben>Hi</v> <v O&#39;Neil>Ho <00:00:05.500><c.x>now</c></v>\n\n00:09.000 --> 00:10.000\nwho?\n"
    )
    parsed = read_cues("a.vtt", text)
    assert told(parsed) == [
        ("First Last", "Hello & bye <3\xa0x 'a' AT&T more lines"),
        ("Ben", "Hi"),
        ("O'Neil", "Ho now"),
        ("", "who?"),
    ]
    assert times(parsed) == [(1000, 5000), (5100, 6000), (5100, 6000), (9000, 10000)]


def test_broken_files_are_read_as_far_as_they_go() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nHello\nthere\n2\n0:3.5 -> 0:4\n- Hi\n- Ho\n\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n42\n"
    )
    parsed = read_cues("a.vtt", text.replace("\n", "\r\n"))
    assert told(parsed) == [("", "Hello there"), ("", "- Hi\n- Ho"), ("", "42")]
    assert times(parsed) == [(1000, 2000), (3500, 4000), (5000, 6000)]


def test_overlapping_captions_keep_the_order_of_the_file() -> None:
    parsed = read_cues("a.srt", _vtt(("00:05.000", "00:09.000", "one"), ("00:01.000", "00:06.000", "two"))[8:])
    assert times(parsed) == [(5000, 9000), (1000, 6000)]
    assert parsed.notices == ("1 caption begins earlier than the one before; the order of the file was kept.",)


def test_a_caption_without_a_name_goes_on_with_the_speaker_before() -> None:
    parsed = read_cues(
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nANNA: Hello\n\n2\n00:00:02,000 --> 00:00:04,000\nthere\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\nBEN: yes\nANNA: no\n",
    )
    assert told(parsed) == [("ANNA", "Hello there"), ("BEN", "yes"), ("ANNA", "no")]


def test_captions_without_names_stay_one_by_one() -> None:
    parsed = read_cues(
        "a.vtt", _vtt(("00:01.000", "00:02.000", "so the thing is this: foo"), ("00:02.000", "00:03.000", "bar"))
    )
    assert told(parsed) == [("", "so the thing is this: foo"), ("", "bar")]
    assert parsed.format == "vtt"


@pytest.mark.parametrize("text", ["", "WEBVTT\n\n", "WEBVTT\n\n00:99.000 --> 00:01\nfoo", "hello --> there"])
def test_a_file_without_captions_is_told(text: str) -> None:
    with pytest.raises(NoCues, match=r"“a\.vtt” holds no caption"):
        read_cues("a.vtt", text)


@pytest.mark.parametrize("junk", ["<v ", "<", "&a", "<v.", "{\\", "<c.", "-> ", "</v>", "<1", "\0", "a: "])
def test_a_line_without_end_is_read(junk: str) -> None:
    read_cues("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>" + junk * (1_000_000 // len(junk)))
    read_cues("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + junk * (1_000_000 // len(junk)))
