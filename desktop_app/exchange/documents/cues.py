"""Caption files to turns: WebVTT (Zoom, Teams and others) and SRT, however broken.

Source of the syntax: W3C WebVTT, and SubRip as programs write it. Cues stay in the order of the file. Those of one
speaker with a pause of two seconds at most are one turn; where nobody is named, each cue is one.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from desktop_app.exchange.documents.clocks import milliseconds
from desktop_app.exchange.documents.errors import UnreadableDocument
from desktop_app.exchange.documents.few import heads_a_remark
from desktop_app.exchange.documents.labels import NUMBERED_SPEAKER, PARTICLES, PHONE, is_field, tidied
from desktop_app.exchange.documents.utterances import Utterance, joined, laid_out, merged
from desktop_app.model.documents import ParsedDocument
from desktop_app.model.memory import paused_collector

_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-+>\s*({_CLOCK})(?:\s.*)?")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,200})?(?:[ \t]+([^<>\n]{0,200}))?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:v|c|i|b|u|s|ruby|rt|lang|font|em|strong)(?:[.\s][^<>]*)?/?>|<\d[\d:.,]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_ID = re.compile(r"\d+|[A-Za-z0-9\-]+/\d+-\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}(?:-\d+)?")
_DASH = re.compile(r"\s*[-–—]\s*\S")
_TURNED = re.compile(r"\s*(?:>>+|[-–—](?=\s))\s*")
"""What captions put before the words of another speaker."""
_LONGEST = 60
_MOST_WORDS = 8
_HEAD_LINES = 5
_REACH = 400
_NO_NAME = re.compile(r"[!?;<>{}\"“”„«»…\n]|//|\.\s+[a-z]|^\d+$")


class NoCues(UnreadableDocument):
    template = "“{file}” holds no caption with a time such as 00:00:01.000 --> 00:00:04.000; export it again."


@dataclass(frozen=True, slots=True)
class _Cue:
    begins: int
    ends: int
    lines: list[str]


def read_cues(name: str, text: str) -> ParsedDocument:
    """The document of a VTT or SRT file; its title is the stem of ``name``.

    Raises ``NoCues`` for a text without a single timing line.
    """
    with paused_collector():
        return _read(name, text)


def _read(name: str, text: str) -> ParsedDocument:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = any(line.startswith("WEBVTT") for line in lines[:_HEAD_LINES]) or PurePath(name).suffix.lower() == ".vtt"
    cues = list(_cues(lines, notes=is_vtt))
    if not cues:
        raise NoCues(file=name)
    voiced = any("<v" in line and _VOICE.search(line) for cue in cues for line in cue.lines)
    spoken = list(_voices(cues)) if voiced else list(_named(cues))
    laid, turns = laid_out(merged(spoken))
    if not is_vtt:
        style = "srt"
    elif voiced:
        style = "teams-vtt"
    else:
        style = "zoom-vtt" if any(turn.speaker for turn in turns) else "vtt"
    return ParsedDocument(PurePath(name).stem, laid, turns, style, _notices(cues))


def _notices(cues: Sequence[_Cue]) -> tuple[str, ...]:
    back = sum(later.begins < earlier.begins for earlier, later in pairwise(cues))
    if not back:
        return ()
    what = "1 caption begins" if back == 1 else f"{back} captions begin"
    return (f"{what} earlier than the one before; the order of the file was kept.",)


def _cues(lines: Sequence[str], *, notes: bool) -> Iterator[_Cue]:
    """Every cue with its lines, in the order of the file; ``notes`` tells that the file may hold WebVTT's blocks."""
    timings = [(at, times) for at, line in enumerate(lines) if "->" in line[:_REACH] and (times := _timing(line))]
    for number, (at, (begins, ends)) in enumerate(timings):
        until = timings[number + 1][0] if number + 1 < len(timings) else len(lines)
        if number + 1 < len(timings) and _is_id(lines, until - 1, at):
            until -= 1
        yield _Cue(begins, ends, list(_payload(lines, at + 1, until, notes=notes)))


def _timing(line: str) -> tuple[int, int] | None:
    found = _TIMING.fullmatch(line[:_REACH])
    begins, ends = (milliseconds(found[1]), milliseconds(found[2])) if found else (None, None)
    return (begins, ends) if begins is not None and ends is not None else None


def _is_id(lines: Sequence[str], at: int, timing: int) -> bool:
    """Whether the line before a timing is its cue's id: set off by a blank line, or in the shape of one."""
    if at <= timing or not lines[at].strip():
        return False
    blank = not lines[at - 1].strip()
    return blank or at - 1 == timing or bool(_ID.fullmatch(lines[at].strip()[:_REACH]))


def _payload(lines: Sequence[str], start: int, until: int, *, notes: bool) -> Iterator[str]:
    skipping = False
    for at in range(start, until):
        line = lines[at]
        if not line or line.isspace():
            skipping = False
        elif notes and at > start and not lines[at - 1].strip() and _BLOCK.fullmatch(line[:_REACH]):
            skipping = True
        elif not skipping:
            yield line


# --- who speaks -----------------------------------------------------------------------------------------------------


def _voices(cues: Sequence[_Cue]) -> Iterator[Utterance]:
    """WebVTT's voices, several in one cue where there are; what no voice holds goes on with the voice before it."""
    for cue in cues:
        whole = "\n".join(cue.lines)
        found = list(_VOICE.finditer(whole))
        yield Utterance(_words(whole[: found[0].start() if found else None].split("\n")), "", cue.begins, cue.ends)
        for number, voice in enumerate(found):
            after = found[number + 1] if number + 1 < len(found) else None
            speaker = " ".join(_unescaped(voice[1] or "").split())
            piece = whole[voice.end() : after.start() if after else None]
            yield Utterance(_words(piece.split("\n")), speaker, cue.begins, cue.ends)


def _named(cues: Sequence[_Cue]) -> Iterator[Utterance]:
    """``Name: text``, where the names come often enough; a caption without one goes on with the speaker before."""
    cleaned = [[_clean(line) for line in cue.lines] for cue in cues]
    names = _names([line for lines in cleaned for line in lines], len(cleaned))
    speaker = ""
    for cue, lines in zip(cues, cleaned, strict=True):
        pieces: list[str] = []
        for line in lines:
            label = split_name(line)
            if label and label[0] in names:
                yield Utterance(_flowed(pieces), speaker, cue.begins, cue.ends)
                speaker, pieces = label[0], [label[1]]
            elif line.startswith(">>"):
                yield Utterance(_flowed(pieces), speaker, cue.begins, cue.ends)
                speaker, pieces = "", [line]
            else:
                pieces.append(line)
        yield Utterance(_flowed(pieces), speaker, cue.begins, cue.ends)


def split_name(line: str) -> tuple[str, str] | None:
    """Name and words of a caption ``Name: text``; as people call themselves in meetings, with commas and brackets.

    A colon within a time (``10:30 Meeting:``) or an address (``https:``) follows no name.
    """
    numbered = NUMBERED_SPEAKER.match(line)
    if numbered:
        return numbered["name"], line[numbered.end() :].strip()
    turned = _TURNED.match(line)
    line = line[turned.end() :] if turned else line
    head = line[: _LONGEST + 2]
    place = min((at for at in (head.find(":"), head.find("\uff1a")) if at > 0), default=-1)
    rest = line[place + 1 :]
    if place < 1 or not (not rest or rest[0].isspace() or rest[0].isalpha() or head[place] == "\uff1a"):
        return None
    name = tidied(head[:place])
    has_shape = any(map(str.isalpha, name)) or PHONE.fullmatch(name)
    if not has_shape or is_field(name) or len(name.split()) > _MOST_WORDS or _NO_NAME.search(name):
        return None
    return name, rest.strip()


def _names(lines: Sequence[str], captions: int) -> frozenset[str]:
    """The names at the heads of ``lines``, by how many there are to each of the ``captions``."""
    counts = Counter(label[0] for line in lines if (label := split_name(line)))
    repeated = {name for name, count in counts.items() if count > 1}
    once = {name for name in counts.keys() - repeated if _is_called_so(name)}
    labelled = sum(counts[name] for name in repeated | once)
    if labelled * 5 >= captions * 4:
        return frozenset(repeated | once)
    if len(once) > 1 and labelled * 2 >= captions and split_name(next(filter(None, lines))) is not None:
        return frozenset() if any(map(heads_a_remark, once)) else frozenset(repeated | once)
    enough = labelled * 10 >= captions if len(repeated) > 1 else labelled * 5 >= captions * 2
    return frozenset(repeated) if enough else frozenset()


def _is_called_so(name: str) -> bool:
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    return bool(words) and not any(word[0].islower() for word in words)


# --- the words ------------------------------------------------------------------------------------------------------


def _words(lines: Sequence[str]) -> str:
    return _flowed([_clean(line) for line in lines])


def _clean(line: str) -> str:
    return _unescaped(_TAG.sub("", _BREAK.sub(" ", line))).strip()


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _flowed(lines: Sequence[str]) -> str:
    """The lines of a caption as one; a dialogue set with dashes keeps its lines."""
    if sum(bool(_DASH.match(line)) for line in lines) > 1:
        return "\n".join(line for line in lines if line)
    return joined(lines)
