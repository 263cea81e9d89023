"""Whisper's JSON to turns: of OpenAI's program and its likes, of whisper.cpp, and of WhisperX with speakers.

Segments stay in the order of the file; those of one named speaker with a pause of two seconds at most are one turn.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from desktop_app.exchange.documents.errors import UnreadableDocument
from desktop_app.exchange.documents.utterances import Utterance, laid_out, merged
from desktop_app.model.documents import ParsedDocument

_LISTS = ("segments", "transcription", "chunks")
_LONGEST = 1e9
"""Seconds beyond which a number is no time."""


class NoSegments(UnreadableDocument):
    template = "“{file}” is JSON without segments of speech, which Whisper writes as “segments”; check the file."


def is_whisper(data: object) -> bool:
    """Whether parsed JSON holds segments with a text."""
    return any(isinstance(segment, Mapping) and isinstance(segment.get("text"), str) for segment in _segments(data)[:3])


def read_whisper(name: str, data: object) -> ParsedDocument:
    """The document of parsed JSON; its title is the stem of ``name``.

    Read are ``segments`` with ``start``, ``end`` (s) and ``text``; whisper.cpp's ``transcription`` with ``offsets``
    (ms); ``chunks`` with ``timestamp`` (s); or a bare list of any. Raises ``NoSegments`` where there is none of them.
    """
    if not is_whisper(data):
        raise NoSegments(file=name)
    spoken = [item for item in _segments(data) if isinstance(item, Mapping) and isinstance(item.get("text"), str)]
    lost = len(_segments(data)) - len(spoken)
    text, turns = laid_out(merged(_utterances(spoken)))
    what = "1 segment has" if lost == 1 else f"{lost} segments have"
    language = data.get("language") if isinstance(data, Mapping) else None
    return ParsedDocument(
        title=PurePath(name).stem,
        text=text,
        turns=turns,
        format="whisper-json",
        notices=(f"{what} no text and could not be read.",) if lost else (),
        attributes=(("Language", language),) if isinstance(language, str) and language else (),
    )


def _segments(data: object) -> list[Any]:
    if isinstance(data, list):
        return data
    if isinstance(data, Mapping):
        return next((data[name] for name in _LISTS if isinstance(data.get(name), list)), [])
    return []


def _utterances(segments: list[Mapping[str, Any]]) -> Iterator[Utterance]:
    for segment in segments:
        speaker = segment.get("speaker")
        text = _whole(segment["text"]).replace("\r\n", "\n").replace("\r", "\n")
        yield Utterance(text, " ".join(_whole(speaker).split()) if isinstance(speaker, str) else "", *_times(segment))


def _whole(text: str) -> str:
    """JSON can hold halves of characters and NULs, which no text can; the first show as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _times(segment: Mapping[str, Any]) -> tuple[int | None, int | None]:
    offsets, stamp = segment.get("offsets"), segment.get("timestamp")
    if isinstance(offsets, Mapping):
        return _ms(offsets.get("from"), 1), _ms(offsets.get("to"), 1)
    if isinstance(stamp, list) and len(stamp) == 2:
        return _ms(stamp[0], 1000), _ms(stamp[1], 1000)
    return _ms(segment.get("start"), 1000), _ms(segment.get("end"), 1000)


def _ms(value: object, factor: int) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value * factor) if 0 <= value <= _LONGEST else None
