"""The paragraphs of a text that is coded: what is searched, shown and found as one piece."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_app.model.documents import Turn
from desktop_app.text.extents import trimmed

LONGEST = 4000
"""Code points of a paragraph; what is longer is cut between words, so that a hit in it still leads somewhere."""
_USUAL = 1500
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE = re.compile(r"\n")


class Paragraph(NamedTuple):
    """The code points ``[start, end)`` of a text, and who says them (empty: nobody in particular)."""

    start: int
    end: int
    speaker: str = ""


def paragraphs(text: str, turns: Sequence[Turn] = ()) -> Iterator[Paragraph]:
    """The paragraphs of a text in its order, without the white space around them; turns of transcripts are paragraphs.

    Elsewhere paragraphs are parted by blank lines; where there are none for long, each line is one. They never
    overlap, and every word lies in one of them.
    """
    place = 0
    for turn in turns:
        yield from _between(text, place, turn.start)
        yield from _cut(text, turn.start, turn.end, turn.speaker)
        place = turn.end
    yield from _between(text, place, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Paragraph]:
    for low, high in _parted(_BLANK, text, start, end):
        lines = _parted(_LINE, text, low, high) if high - low > _USUAL else ((low, high),)
        for first, last in lines:
            yield from _cut(text, first, last, "")


def _parted(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    place = start
    for gap in separator.finditer(text, start, end):
        yield place, gap.start()
        place = gap.end()
    yield place, end


def _cut(text: str, start: int, end: int, speaker: str) -> Iterator[Paragraph]:
    """A stretch without the white space at its ends, in pieces that are not too long."""
    while start < end:
        last = min(start + LONGEST, end)
        if last < end:
            space = max(text.rfind(" ", start + LONGEST // 2, last), text.rfind("\n", start + LONGEST // 2, last))
            last = space if space > 0 else last
        low, high = trimmed(text, start, last)
        if low < high:
            yield Paragraph(low, high, speaker)
        start = last
