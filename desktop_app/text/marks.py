"""The inline marks of quick capture: ``#tag @person !surprise ~week ^holistic =yesterday``, ``"…"`` and ``>`` in front.

A mark begins after a space, a bracket or a quotation mark, so that ``C#``, ``a@b.example``, ``https://x.example/#top``
and ``2^n`` are left alone; so is everything in code, in addresses and behind a backslash. Numbers are no tags (``#1``).
Marks at the end of a line, and lines of marks alone, are taken out of the text; a tag or a person inside a sentence
stays as its word. A mark that is not understood stays as it was typed and is reported: nothing is lost by a slip.

A date is ``=`` and one word, or ``=[last tuesday]``; it is handed on as it was typed, for ``model.time.parse_when``.
A rhythm (``=yearly``, ``=[every 2 weeks]``) is no date and leaves that to another ``=``.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop_app.model.time import BadRecurrence, parse_recurrence


class MarkKind(StrEnum):
    TAG = "tag"
    PERSON = "person"
    EVENT = "event"
    SCALE = "scale"
    PERSPECTIVE = "perspective"
    WHEN = "when"
    RECURS = "recurs"
    QUOTE = "quote"
    FORESIGHT = "foresight"


SIGILS = {
    "#": MarkKind.TAG,
    "@": MarkKind.PERSON,
    "!": MarkKind.EVENT,
    "~": MarkKind.SCALE,
    "^": MarkKind.PERSPECTIVE,
    "=": MarkKind.WHEN,
}
EVENT_WORDS = ("surprise", "event")
"""What may follow ``!``: both make an event, ``!surprise`` one that was on nobody's map."""

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "[": "]"}
_BEFORE = ' \t\n\r\u00a0\u3000("“„«—–'
# A trailing mark after one of these ends a sentence rather than standing beside it: "talked with @ines".
_JOINING = frozenset(
    "a about after an and around as at before but by for from how in into is like more of on or our over than that the "
    "their this to under via was we were with without your her his my its no not".split()
)
_LEFT_ALONE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).{0,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|\]\([^)\n]{0,300}\)"
    r"|\b[a-z][a-z0-9+.-]{0,30}://\S+"
    r"|\bwww\.\S+",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


class MarkSpan(NamedTuple):
    """A mark at the code points ``[start, end)`` of the text; ``value`` is what it says, without sigil and quotes."""

    start: int
    end: int
    kind: MarkKind
    value: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A capture taken apart. ``people`` are names as typed, ``when`` is a date as typed (the last one given, or empty).

    ``recurs`` is how often it comes again (the last one given, canonical, or empty).
    ``unknown`` lists the marks that fit no term of the vocabularies, or more than one; they are still in ``body``.
    """

    body: str
    kind: str
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    surprise: bool = False
    scales: tuple[str, ...] = ()
    perspectives: tuple[str, ...] = ()
    when: str = ""
    recurs: str = ""
    unknown: tuple[str, ...] = ()


class Completion(NamedTuple):
    """The mark that is being typed: ``[start, end)`` with its sigil, ``prefix`` what stands before the cursor."""

    kind: MarkKind
    prefix: str
    start: int
    end: int


def parse_marks(text: str, *, scales: Iterable[str], perspectives: Iterable[str]) -> Marked:
    """Take the marks out of a capture; ``scales`` and ``perspectives`` are the ids known here.

    A term may be cut short where it stays unique: ``^hol`` is holistic, ``~w`` week.
    """
    vocabulary = {
        MarkKind.SCALE: tuple(scales),
        MarkKind.PERSPECTIVE: tuple(perspectives),
        MarkKind.EVENT: EVENT_WORDS,
    }
    found: dict[MarkKind, list[str]] = {kind: [] for kind in MarkKind}
    known: list[MarkSpan] = []
    unknown: list[str] = []
    for mark in marks_in(text):
        value = resolve(mark.value, vocabulary[mark.kind]) if mark.kind in vocabulary else mark.value
        if value is None:
            unknown.append(text[mark.start : mark.end])
            continue
        known.append(mark)
        kind = mark.kind
        if kind is MarkKind.WHEN and (recurs := _rhythm(value)):
            kind, value = MarkKind.RECURS, recurs
        if value not in found[kind]:
            found[kind].append(value)
    return Marked(
        body=_body(text, known),
        kind=_kind(found),
        tags=tuple(found[MarkKind.TAG]),
        people=tuple(found[MarkKind.PERSON]),
        surprise="surprise" in found[MarkKind.EVENT],
        scales=tuple(found[MarkKind.SCALE]),
        perspectives=tuple(found[MarkKind.PERSPECTIVE]),
        when=found[MarkKind.WHEN][-1] if found[MarkKind.WHEN] else "",
        recurs=found[MarkKind.RECURS][-1] if found[MarkKind.RECURS] else "",
        unknown=tuple(unknown),
    )


def _rhythm(typed: str) -> str:
    """How often something comes again, canonical; empty where the text says something else."""
    try:
        return parse_recurrence(typed)
    except BadRecurrence:
        return ""


def resolve(prefix: str, ids: Sequence[str]) -> str | None:
    """The id that is ``prefix``, or the only one that begins with it; None where there is none or several."""
    wanted = prefix.casefold()
    fitting = [name for name in ids if name.casefold().startswith(wanted)]
    exact = [name for name in fitting if name.casefold() == wanted]
    chosen = exact or fitting
    return chosen[0] if len(chosen) == 1 else None


def marks_in(text: str) -> list[MarkSpan]:
    """All marks of a text in order, for colouring them. The vocabularies are not asked: ``~soon`` is one too."""
    alone = [match.span() for match in _LEFT_ALONE.finditer(text)]
    starts = [start for start, _ in alone]
    marks = []
    at = 0
    for match in re.finditer(r"[#@!~^=]", text):
        start = match.start()
        inside = bisect_right(starts, start) - 1
        if start < at or (inside >= 0 and start < alone[inside][1]):
            continue
        mark = _mark_at(text, start)
        if mark is not None:
            marks.append(mark)
            at = mark.end
    front = _front(text, marks)
    return sorted([*marks, front]) if front else marks


def _mark_at(text: str, start: int) -> MarkSpan | None:
    if start and text[start - 1] not in _BEFORE:
        return None
    kind = SIGILS[text[start]]
    opening = text[start + 1 : start + 2]
    if kind in {MarkKind.PERSON, MarkKind.WHEN} and opening in _CLOSING and opening:
        return _quoted(text, start, kind)
    end = _word_end(text, start + 1, kind)
    value = text[start + 1 : end]
    if not value or (kind is not MarkKind.WHEN and not any(map(str.isalpha, value))):
        return None
    if kind in {MarkKind.SCALE, MarkKind.PERSPECTIVE, MarkKind.EVENT} and not value[0].isalpha():
        return None
    return MarkSpan(start, end, kind, value)


def _quoted(text: str, start: int, kind: MarkKind) -> MarkSpan | None:
    """``@"Ines Vidal"``, ``@[Ines Vidal]``, ``=[last tuesday]``: on one line, up to the closing mark."""
    closing = _CLOSING[text[start + 1]]
    for at in range(start + 2, min(len(text), start + 120)):
        if text[at] == "\n":
            return None
        if text[at] in closing:
            value = " ".join(text[start + 2 : at].split())
            return MarkSpan(start, at + 1, kind, value) if value else None
    return None


def _word_end(text: str, start: int, kind: MarkKind) -> int:
    """Where the word of a mark ends; marks of the sentence at its end do not belong to it."""
    inside = {MarkKind.TAG: "-_/", MarkKind.PERSON: "-_.'’", MarkKind.WHEN: "-_.:/?~%+–"}.get(kind, "-")
    end = start
    while end < len(text) and (_is_letter(text[end]) or text[end] in inside):
        end += 1
    loose = "-_/.'’:+–" if kind is not MarkKind.WHEN or not text[start:end].endswith("/..") else ""
    while end > start and text[end - 1] in loose:
        end -= 1
    return end


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"}


# --- kind and body ----------------------------------------------------------------------------------------------------


def _kind(found: dict[MarkKind, list[str]]) -> str:
    for kind in (MarkKind.QUOTE, MarkKind.FORESIGHT, MarkKind.EVENT):
        if found[kind]:
            return str(kind)
    return "note"


def _front(text: str, marks: list[MarkSpan]) -> MarkSpan | None:
    """The quotation (closed on the same paragraph) or the ``>`` that the text begins with, marks before it aside."""
    at = _after_space(text, 0)
    for mark in marks:
        if mark.start != at:
            break
        at = _after_space(text, mark.end)
    if text[at : at + 1] == ">":
        return MarkSpan(at, at + 1, MarkKind.FORESIGHT, "")
    opening = text[at : at + 1]
    if not opening or opening not in '"“„«':
        return None
    starts = [mark.start for mark in marks]
    for match in re.finditer(rf"[{_CLOSING[opening]}]|\n[ \t]*\n", text[at + 1 :]):
        end = at + 1 + match.start()
        if match[0][0] == "\n":
            return None
        inside = bisect_right(starts, end) - 1
        if inside < 0 or end >= marks[inside].end:
            value = text[at + 1 : end].strip()
            return MarkSpan(at, end + 1, MarkKind.QUOTE, value) if value else None
    return None


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _body(text: str, marks: list[MarkSpan]) -> str:
    front = next((mark for mark in marks if mark.kind in {MarkKind.QUOTE, MarkKind.FORESIGHT}), None)
    inline = [mark for mark in marks if mark is not front]
    gap = next(character for character in map(chr, range(0xE000, 0xF900)) if character not in text)
    pieces: list[str] = []
    at = 0
    for mark, ends_line in zip(inline, _ends_line(text, inline), strict=True):
        leads = front is not None and mark.end <= front.start
        pieces += (text[at : mark.start], mark.value if not leads and _is_word(text, mark, ends_line) else gap)
        at = mark.end
    body = _tidy("".join([*pieces, text[at:]]), gap)
    if front is None:
        return body
    return _without_quotes(body) if front.kind is MarkKind.QUOTE else _without_angle(body)


def _is_word(text: str, mark: MarkSpan, ends_line: bool) -> bool:
    """Whether a tag or a person is a word of its sentence rather than a mark beside it."""
    if mark.kind not in {MarkKind.TAG, MarkKind.PERSON}:
        return False
    before = text[max(0, mark.start - 40) : mark.start].rpartition("\n")[2].split()
    return not ends_line or (bool(before) and before[-1].casefold() in _JOINING)


def _ends_line(text: str, marks: list[MarkSpan]) -> list[bool]:
    """For each mark whether only marks and the sentence's last stop follow it on its line."""
    ends: list[bool] = []
    following, after = len(text), True
    for mark in reversed(marks):
        rest, newline, _ = text[mark.end : following].partition("\n")
        last = bool(newline) or following == len(text)
        after = not rest.strip(" \t.;,!?") if last else after and not rest.strip(" \t")
        ends.append(after)
        following = mark.start
    return ends[::-1]


def _tidy(text: str, gap: str) -> str:
    """The text with its gaps closed: no double space, no space before a stop, no line that held nothing but marks."""
    lines = []
    for line in text.split("\n"):
        if gap not in line:
            lines.append(line)
            continue
        parts = [part.strip(" \t") for part in line.split(gap)]
        joined = [line[: len(line) - len(line.lstrip(" \t"))] + parts[0] if parts[0] else ""]
        for part in filter(None, parts[1:]):
            close = not joined[-1] or joined[-1].endswith("(") or part[0] in ".,;:!?)"
            joined.append(part if close else f" {part}")
        if any(joined):
            lines.append("".join(joined))
    return "\n".join(lines).strip("\n").rstrip()


def _without_quotes(body: str) -> str:
    """The words without quotation marks, where these go round all of it; a comment behind them keeps them."""
    body = body.strip()
    closing = _CLOSING.get(body[:1], "")
    inside = body[1:-1]
    whole = len(body) > 2 and body[-1] in closing and not any(mark in inside for mark in (body[0], *closing))
    return inside.strip() if whole else body


def _without_angle(body: str) -> str:
    """The statement without the ``>`` of its first lines."""
    lines = body.lstrip().split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(">")), len(lines))
    return "\n".join([line[1:].removeprefix(" ") for line in lines[:count]] + lines[count:]).strip()


# --- completion -------------------------------------------------------------------------------------------------------


def completion_at(text: str, position: int) -> Completion | None:
    """The mark that is being typed at a code point position, or None; a sigil alone counts, with an empty prefix."""
    line_start = text.rfind("\n", 0, position) + 1
    for start in range(position - 1, max(line_start, position - 60) - 1, -1):
        if text[start] in SIGILS and (start == 0 or text[start - 1] in _BEFORE):
            break
    else:
        return None
    if any(low < position <= high and low <= start for low, high in _spans_left_alone(text)):
        return None
    kind = SIGILS[text[start]]
    opening = text[start + 1 : start + 2]
    if kind in {MarkKind.PERSON, MarkKind.WHEN} and opening and opening in _CLOSING:
        return _quoted_completion(text, start, position, kind)
    end = max(_word_end(text, start + 1, kind), start + 1)
    typed = text[start + 1 : position]
    if any(not _is_letter(character) and character not in "-_/.'’:?~%+–" for character in typed):
        return None
    return Completion(kind, typed, start, max(end, position))


def _quoted_completion(text: str, start: int, position: int, kind: MarkKind) -> Completion | None:
    mark = _quoted(text, start, kind)
    if position < start + 2 or (mark is not None and position >= mark.end):
        return None
    return Completion(kind, text[start + 2 : position], start, mark.end if mark else position)


def _spans_left_alone(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _LEFT_ALONE.finditer(text)]


def apply_completion(text: str, completion: Completion, value: str) -> tuple[str, int]:
    """The text with the mark completed to ``value`` (a tag, a name, a term, a date), and the cursor's new position."""
    sigil = next(sigil for sigil, kind in SIGILS.items() if kind is completion.kind)
    written = f"{sigil}{value}"
    whole = _mark_at(written, 0)
    if completion.kind in {MarkKind.PERSON, MarkKind.WHEN} and (whole is None or whole.end < len(written)):
        written = f"{sigil}[{value}]" if '"' in value or completion.kind is MarkKind.WHEN else f'{sigil}"{value}"'
    rest = text[completion.end :]
    space = "" if rest[:1].isspace() or rest[:1] in {".", ",", ";", ")"} else " "
    completed = f"{text[: completion.start]}{written}{space}"
    position = len(completed) + (1 if rest[:1] in {" ", "\u00a0"} else 0)
    return completed + rest, position
