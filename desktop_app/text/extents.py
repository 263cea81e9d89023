"""Extents: the sentence, paragraph, turn or section that a place of a text lies in.

A paragraph lies between blank lines, as in texts whose lines are broken; where there are none for long, it is a line,
and it never reaches out of its turn. Sentences are told by their marks, with an eye on initials, titles and
abbreviations; what cannot be told stays one sentence. Blanks at the ends belong to none of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop_app.model.coding import Extent
from desktop_app.model.documents import Text, Turn

Span = tuple[int, int]
"""Code points ``[start, end)``."""

# A mark, quotes and brackets that close behind it, then a blank; Chinese and Japanese leave out the blank.
_SENTENCE_END = re.compile(
    r"[.!?…‽؟۔।]+[\"'”’»)\]]*(?=\s+(?P<next>[\"'“‘«(\[¿¡]*\S))|[。！？｡]+[」』”）]*(?=\s*(?P<wide>\S))"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘«])(?:\w|\w\.\w|Dr|Mr|Mrs|Ms|Mme|Prof|St|Sr|Sra|Jr|No|Nr|vs|etc|approx|ca|cf|al|resp|e\.g|i\.e|z\.B)\.$",
    re.IGNORECASE,
)
_REACH = 12
"""Characters before a full stop that tell an abbreviation."""
_USUAL = 1500
"""Code points; lines that go on longer without a blank one between them are paragraphs each."""
_LINE_END = re.compile(r"\n")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


class Extents:
    """What surrounds the places of one text."""

    def __init__(self, text: Text) -> None:
        self._text = text.text
        self._turns = text.turns
        self._starts = [turn.start for turn in text.turns]
        self._sentences: dict[Span, list[Span]] = {}
        self._paragraphs: list[Span] = []
        self._paragraph_starts: list[int] = []

    def of(self, extent: Extent, start: int, end: int) -> Span:
        """The extent that ``[start, end)`` lies in, or all of those it reaches into; the range itself for a match."""
        match extent:
            case Extent.SENTENCE:
                return self._sentence(start, end)
            case Extent.PARAGRAPH:
                return self._paragraph(start, end)
            case Extent.TURN:
                return self._turn(start, end)
        return start, end

    def _paragraph(self, start: int, end: int) -> Span:
        if not self._paragraphs:
            self._paragraphs = list(_paragraphs(self._text, self._turns))
            self._paragraph_starts = [span[0] for span in self._paragraphs]
        first = max(bisect_right(self._paragraph_starts, start) - 1, 0)
        last = max(bisect_right(self._paragraph_starts, max(end - 1, start)) - 1, 0)
        return trimmed(self._text, min(self._paragraphs[first][0], start), max(self._paragraphs[last][1], end))

    def _sentence(self, start: int, end: int) -> Span:
        first, last = self._paragraph(start, start), self._paragraph(max(end - 1, start), end)
        begun, ended = self._of_paragraph(first), self._of_paragraph(last)
        low = bisect_right(begun, start, key=lambda span: span[0]) - 1
        high = bisect_left(ended, end, key=lambda span: span[1])
        return (
            min(begun[low][0] if low >= 0 else first[0], start),
            max(ended[high][1] if high < len(ended) else last[1], end),
        )

    def _of_paragraph(self, paragraph: Span) -> list[Span]:
        if paragraph not in self._sentences:
            self._sentences[paragraph] = sentences(self._text, *paragraph)
        return self._sentences[paragraph]

    def _turn(self, start: int, end: int) -> Span:
        reached = turns_within(self._turns, self._starts, start, end)
        if not reached:
            return self._paragraph(start, end)
        return min(start, self._turns[reached[0]].start), max(end, self._turns[reached[-1]].end)


def _paragraphs(text: str, turns: Sequence[Turn]) -> Iterator[Span]:
    """The parts of a text in order, turn by turn: blocks between blank lines, or the lines of long ones."""
    edges = sorted({0, len(text), *(edge for turn in turns for edge in (turn.start, turn.end))})
    for low, high in pairwise(edges) if text else [(0, 0)]:
        for start, end in _parted(_BLANK_LINES, text, low, high):
            if end - start <= _USUAL:
                yield start, end
            else:
                yield from _parted(_LINE_END, text, start, end)


def _parted(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for gap in separator.finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def turns_within(turns: Sequence[Turn], starts: Sequence[int], start: int, end: int) -> range:
    """Indices of the turns that share a character with ``[start, end)``, or hold the place where it is empty.

    ``starts`` are those of ``turns``, made once per text.
    """
    first = max(bisect_right(starts, start) - 1, 0)
    if first < len(turns) and turns[first].end <= start and not (start == end == turns[first].end):
        first += 1
    last = first
    while last < len(turns) and turns[last].start < max(end, start + 1):
        last += 1
    return range(first, last)


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of a stretch of one paragraph, in order; at least one where there is any word."""
    end = len(text) if end is None else end
    found: list[Span] = []
    low = start
    for mark in _SENTENCE_END.finditer(text, start, end):
        if mark.end() >= end or (mark["next"] is not None and not _ends(text, mark)):
            continue
        found.append(trimmed(text, low, mark.end()))
        low = mark.end()
    found.append(trimmed(text, low, end))
    return [span for span in found if span[0] < span[1]]


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Whether a sentence ends at a mark followed by a blank: not before a small letter, nor after an abbreviation."""
    following = mark["next"][-1]
    if following.islower() and not mark[0].startswith(("!", "?")):
        return False
    return not (mark[0] == "." and _ABBREVIATION.search(text[max(0, mark.end() - _REACH) : mark.end()]))


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks at its ends."""
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
