"""A pattern of one's own for where turns begin, when no style fits: a template or a regular expression.

``[{time}] {speaker}: {text}`` is a template; ``{text}`` may be left out, then the words stand on the lines below. With
``(?P<speaker>`` in it the pattern is a regular expression with the groups ``speaker``, ``time`` and ``text``. A line
break in either, also written ``\\n``, is one between lines with words. The pattern is tried on each line; a line that
it does not fit goes on with the turn before. Refuses to run without a bound on time.
"""

import re
import time
from collections.abc import Callable, Sequence

import regex  # type: ignore[import-untyped]  # re cannot be stopped

from desktop_app.exchange.documents.clocks import CLOCK, span
from desktop_app.exchange.documents.errors import UnreadableDocument
from desktop_app.exchange.documents.labels import tidied
from desktop_app.exchange.documents.utterances import Start

LONGEST_PATTERN = 500
REACH = 2000
"""Characters of a line that the pattern is tried on; a text that reaches further is taken to its end."""
SECONDS = 5.0
"""What all lines of a document together may take."""

_ONE_TIME = rf"(?:{CLOCK}|\d{{1,2}}\.\d{{2}}\.\d{{2}})"
_FIELDS = {
    "speaker": r"(?P<speaker>[^\n]{1,80}?)",
    "time": rf"(?P<time>(?<!\d){_ONE_TIME}(?:\s*(?:-->|→|-|–|—)\s*{_ONE_TIME})?(?!\d))",
    "text": r"(?P<text>.*)",
}
_FIELD = re.compile(r"\{\s*(\w*)\s*\}")
_GROUPED = re.compile(r"\(\?P?<speaker>")
_LINE_BREAK = re.compile(r"\n|\\n")
_SHOWN = 60


class WrongPattern(UnreadableDocument):
    """A speaker pattern that cannot be used."""


class PatternWithoutSpeaker(WrongPattern):
    template = (
        "The pattern “{pattern}” does not say where the speaker is; write one such as [{{time}}] {{speaker}}: {{text}}."
    )


class UnknownPatternField(WrongPattern):
    template = "“{{{field}}}” in the pattern means nothing; use {{speaker}}, {{time}} and {{text}}, each once at most."


class BrokenPattern(WrongPattern):
    template = "“{pattern}” is no regular expression ({reason}); correct it or write a template with {{speaker}}."


class LongPattern(WrongPattern):
    template = "A speaker pattern has at most {limit} characters; make it shorter."


class SlowPattern(WrongPattern):
    template = "The pattern “{pattern}” takes too long on line {line}; make it simpler, without repeats inside repeats."


class PatternFitsNothing(WrongPattern):
    template = "The pattern “{pattern}” fits no line; the first it was tried on is “{line}”."


class PatternTakesAll(WrongPattern):
    template = "The pattern “{pattern}” leaves no words; add {{text}} and the signs that stand between name and words."


def read_by_pattern(lines: Sequence[str], pattern: str) -> list[Start]:
    """The turns that begin where ``pattern`` fits a line; raises ``WrongPattern`` where it is wrong or fits none."""
    match = _compiled(pattern)
    breaks = len(_LINE_BREAK.findall(pattern.strip()))
    until = time.monotonic() + SECONDS
    starts: list[Start] = []
    taken = 0
    for at, line in enumerate(lines):
        if at < taken or not line or line.isspace():
            continue
        tried = "\n".join(part[:REACH] for part in lines[at : at + 2 * breaks + 1])
        left = until - time.monotonic()
        try:
            found = match(tried, timeout=left) if left > 0 else None
        except TimeoutError:
            left = 0
        if left <= 0:
            raise SlowPattern(pattern=_shown(pattern), line=at + 1)
        if found is not None:
            last = at + tried.count("\n", 0, _end(found))
            start = _start(at, lines[last], found)
            if start is not None:
                starts.append(start)
                taken = last + 1
    if not starts:
        first = next((line.strip() for line in lines if line.strip()), "")
        raise PatternFitsNothing(pattern=_shown(pattern), line=_shown(first))
    return starts


def _compiled(pattern: str) -> Callable[..., re.Match[str] | None]:
    if len(pattern) > LONGEST_PATTERN:
        raise LongPattern(limit=LONGEST_PATTERN)
    source = pattern.strip() if _GROUPED.search(pattern) else _template(pattern.strip())
    try:
        match: Callable[..., re.Match[str] | None] = regex.compile(source).match
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        raise BrokenPattern(pattern=_shown(pattern), reason=str(error).rstrip(".") or "it nests too deeply") from None
    return match


def _template(pattern: str) -> str:
    """The regular expression of a template: white space is any, the text goes to the end of the line."""
    pattern = _LINE_BREAK.sub("\n", pattern).replace("\\t", "\t")
    parts = [r"\s*"]
    place = 0
    fields: list[str] = []
    for found in _FIELD.finditer(pattern):
        name = found[1].casefold()
        if name not in _FIELDS or name in fields:
            raise UnknownPatternField(field=found[1])
        parts += [_literal(pattern[place : found.start()]), _FIELDS[name]]
        fields.append(name)
        place = found.end()
    if "speaker" not in fields:
        raise PatternWithoutSpeaker(pattern=_shown(pattern))
    return "".join([*parts, _literal(pattern[place:]), r"[^\S\n]*(?=\n|$)" if "\n" in pattern else r"\s*$"])


def _literal(text: str) -> str:
    """What stands between fields, letter by letter; white space fits any, also none beside a sign, but a line break or
    a tab must be there."""
    if text.isspace() and not {"\n", "\t"} & set(text):
        return r"\s+"
    pieces = re.split(r"(\s+)", text)
    return "".join(_white(piece) if piece.isspace() else re.escape(piece) for piece in pieces if piece)


def _white(piece: str) -> str:
    if "\n" in piece:
        return r"[^\S\n]*\n\s*"
    return r"[^\S\t]*\t\s*" if "\t" in piece else r"\s*"


def _start(at: int, last: str, found: re.Match[str]) -> Start | None:
    """The turn that begins at a match; ``last`` is the whole of the line on which the match ends."""
    groups = found.groupdict()
    speaker = tidied(groups.get("speaker") or "")
    if not speaker:
        return None
    begins, ends = span(groups.get("time") or "") or (None, None)
    end = _end(found)
    lines = found.string.count("\n", 0, end) + 1
    place = found.string.rfind("\n", 0, end) + 1
    text = groups.get("text")
    if text is None:
        return Start(at, speaker, last[end - place :].strip(), begins, ends, lines)
    if found.end("text") - place >= REACH:
        text += last[REACH:]
    return Start(at, speaker, text.strip(), begins, ends, lines)


def _end(found: re.Match[str]) -> int:
    """Where a match ends, on the line of its last sign."""
    return found.end() - found[0].endswith("\n")


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
