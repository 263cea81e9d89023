"""Lines that head a turn with a time: ``[00:01:23] Name: text``, ``Name (00:01):``, ``Name  0:03``, a time alone.

Looks at one line, or at two that belong together; whether they make a transcript is for ``turns`` to say.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.exchange.documents.clocks import BARE, BRACKETED, IN_BRACKETS, mostly_rising, span
from desktop_app.exchange.documents.few import heads_a_remark
from desktop_app.exchange.documents.labels import (
    is_caller,
    is_field,
    is_label,
    is_name_like,
    is_sentence,
    split_label,
    tidied,
)

REACH = 160
"""Characters of a line in which its head must end."""

_QUICK = re.compile(r"\d[:.]\d")
_PREFIX = re.compile(r"\s*(?:#{1,6}\s+|>{2,3}\s*|>\s+|[-*•]\s+(?=\S))?")
_CHAT = re.compile(
    r"(?:From\s+(?P<name>\S.{0,58}?)(?:\s+to\s+\S.{0,80}?)?|(?:Von|De|Da|Van)\s+(?P<other>\S.{0,58}?)\s+(?:an|à|a|aan)\s"
    r"+\S.{0,80}?)\s*[:：](?:\s|$)",
    re.IGNORECASE,
)
"""What Zoom puts between the time and the words of a chat, in the language of the one who saved it."""
_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<first>.{1,100}?)(?<=\S)(?P=mark)")
_TAGGED = re.compile(r"<(?P<mark>u|b|i|em|strong)>(?P<first>[^<>]{1,100})</(?P=mark)>")
_FIRST = re.compile(rf"@?(?P<time>{BRACKETED}|{BARE})(?P<gap>\s*[:\-–|]?\s*)")
_INSIDE = re.compile(rf"(?P<gap>\s*[:\-–|·]?\s*)(?P<time>{IN_BRACKETS})\s*(?P<colon>[:：])?")
_CLOSING = re.compile(rf"(?P<gap>\s*[-–|·@]\s+|\s+|(?<=[:：]))(?P<time>{BARE})\s*[:：]?\s*")
_MINUTES = re.compile(r"\d{1,3}:\d{2}")
_AHEAD = re.compile(rf"(?:\s{{2,}}|\t\s*)(?P<time>{BARE})[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Timed:
    """The head of a turn on ``line``; ``rest`` is what the line says after it.

    ``form`` is ``time-name``, ``name-time``, ``time`` (alone) or ``time-text`` (before words without a name). ``lines``
    is how many lines the head takes. ``gap`` is what stands between a name and the bare time behind it, ``[`` for a
    time in brackets or ``(`` for one that may be a verse; of a time that stands first it is the time as written.
    """

    line: int
    form: str
    speaker: str
    begins: int
    ends: int | None
    rest: str
    gap: str = ""
    lines: int = 1


def plain_start(line: str) -> str:
    """A line without the heading marks of Markdown, and without the emphasis of its first words."""
    start = _PREFIX.match(line)
    text = line[start.end() :] if start else line
    found = _EMPHASIS.match(text[:REACH]) or _TAGGED.match(text[:REACH])
    return found["first"] + text[found.end() :] if found else text


def scan(line: str, at: int) -> Timed | None:
    """What head with a time a line may begin with."""
    if not _QUICK.search(line[:REACH]):
        return None
    text = plain_start(line)
    head = text[:REACH]
    found = _FIRST.match(head)
    if found:
        return _time_first(text, found, at)
    return _name_first(text, head, at)


def _time_first(text: str, found: re.Match[str], at: int) -> Timed | None:
    times = span(found["time"])
    after = text[found.end() :]
    if times is None or (after and not found["gap"] and found["time"][-1:].isdigit()):
        return None
    if not after.strip():
        return Timed(at, "time", "", *times, "", found["time"])
    cells = after.split("\t", 1)
    if len(cells) == 2 and "\t" in text[: found.end()] and is_label(tidied(cells[0])):
        return Timed(at, "time-name", tidied(cells[0]), *times, cells[1].strip(), found["time"])
    chat = _CHAT.match(after[:REACH])
    if chat:
        return Timed(
            at, "time-name", tidied(chat["name"] or chat["other"]), *times, after[chat.end() :].strip(), found["time"]
        )
    label = split_label(plain_start(after))
    if label and not is_field(label[0]):
        return Timed(at, "time-name", label[0], *times, label[1], found["time"])
    return Timed(at, "time-text", "", *times, after.strip(), found["time"])


def _name_first(text: str, head: str, at: int) -> Timed | None:
    for found in _INSIDE.finditer(head):
        name, times = tidied(head[: found.start()].rstrip(" :\uff1a")), span(found["time"])
        if times and is_caller(name):
            rest = text[found.end() :].strip()
            loose = bool(rest) and found["time"][0] == "(" and found["time"].count(":") == 1 and found["colon"] is None
            return Timed(at, "name-time", name, *times, rest, "(" if loose else "[")
        break
    if len(text) <= len(head):
        for found in _CLOSING.finditer(head):
            if found.end() == len(head):
                return _named(text, found, at)
    ahead = _AHEAD.search(head)
    return _named(text, ahead, at) if ahead else None


def _named(text: str, found: re.Match[str], at: int) -> Timed | None:
    name, times = tidied(text[: found.start()].rstrip(" :\uff1a,")), span(found["time"])
    if times is None or not is_caller(name) or is_field(name):
        return None
    rest = text[found.end() :].strip()
    gap = text[found.start() : found.start("time")]
    return Timed(at, "name-time", name, *times, rest, gap)


def names_behind(found: Sequence[Timed], lines: Sequence[str]) -> list[Timed]:
    """Heads ``[00:01:23] Name`` with the words below; empty where the names do not come again, unless all times have
    hours, brackets or fractions and nothing but names behind."""
    behind = [item for item in found if item.form == "time-text"]
    named = [item for item in behind if is_label(tidied(item.rest)) and is_name_like(tidied(item.rest))]
    counts = Counter(item.rest for item in named)
    repeated = sum(count for count in counts.values() if count > 1)
    if repeated < 2:
        sure = len(named) == len(behind) > 1 and all(not _MINUTES.fullmatch(item.gap) for item in named)
        names = [tidied(item.rest) for item in named]
        if not sure or any(heads_a_remark(name) or is_sentence(name) for name in names):
            return []
        if not all(has_words_below(item, lines) for item in named):
            return []
    elif len(named) * 5 < len(behind) * 4:
        return []
    return [replace(item, form="time-name", speaker=tidied(item.rest), rest="") for item in named]


def has_words_below(item: Timed, lines: Sequence[str]) -> bool:
    """Whether words stand right below a head, at most an empty line between, and no head of its kind."""
    below = next((line for line in lines[item.line + item.lines : item.line + item.lines + 2] if line.strip()), "")
    return bool(below) and scan(below, 0) is None


def pairs(found: Sequence[Timed], lines: Sequence[str], *, repeated: bool = True) -> list[Timed]:
    """Heads over two lines, a time alone and a name alone in either order; empty where names do not come again, or
    where ``repeated`` is false and some time has no name."""
    alone = [item for item in found if item.form == "time"]
    best: list[Timed] = []
    for before, apart in ((True, 1), (False, 1), (True, 2), (False, 2)):
        named = [(item, _neighbour(item, lines, before=before, apart=apart)) for item in alone]
        counts = Counter(name for _, (name, _) in named if name)
        heads = [
            replace(
                item, form="name-time", speaker=name, line=min(at, item.line), lines=abs(at - item.line) + 1, gap="\n"
            )
            for item, (name, at) in named
            if name
        ]
        heads = [head for head in heads if counts[head.speaker] > 1 or not is_sentence(head.speaker)]
        again = sum(count for count in counts.values() if count > 1)
        enough = again * 2 >= len(alone) and again > 1 if repeated else len(heads) == len(alone)
        if enough and len(heads) > len(best):
            best = heads
    return best if mostly_rising([head.begins for head in best]) else []


def _neighbour(item: Timed, lines: Sequence[str], *, before: bool, apart: int) -> tuple[str, int]:
    """The name alone ``apart`` lines before or after a time, only an empty one between them, and its line."""
    at = item.line - apart if before else item.line + apart
    if (
        not 0 <= at < len(lines)
        or len(lines[at]) > REACH
        or any(map(str.strip, lines[min(at, item.line) + 1 : max(at, item.line)]))
    ):
        return "", at
    name = tidied(plain_start(lines[at]).strip().rstrip(":\uff1a"))
    return (name, at) if is_caller(name) and is_name_like(name) else ("", at)
