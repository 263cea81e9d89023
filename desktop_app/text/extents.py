"""Extents: the sentence, paragraph, turn or section that a place of a text lies in.

A paragraph lies between blank lines, as in texts whose lines are broken; where there are none for long, it is a line,
and it never reaches out of its turn. Sentences are told by their marks, with an eye on initials, titles and
abbreviations; what cannot be told stays one sentence. Blanks at the ends belong to none of them.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

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
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Extents:
    """What surrounds the places of one text."""

    def __init__(self, text: Text) -> None:
        self._text = text.text
        self._turns = text.turns
        self._starts = [turn.start for turn in text.turns]
        self._sentences: dict[Span, list[Span]] = {}

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
        low, high = self._block(start)[0], self._block(max(end - 1, start))[1]
        return trimmed(self._text, min(low, start), max(high, end))

    def _block(self, place: int) -> Span:
        """Between blank lines within the turn, or the line where that is long."""
        low, high = 0, len(self._text)
        for at in turns_within(self._turns, self._starts, place, place + 1):
            low, high = self._turns[at].start, self._turns[at].end
        first, last = max(low, place - _USUAL), min(high, place + _USUAL)
        before = max((gap.end() for gap in _BLANK_LINE.finditer(self._text, first, place)), default=None)
        gap = _BLANK_LINE.search(self._text, place, last)
        start = before if before is not None else (low if first == low else None)
        end = gap.start() if gap else (high if last == high else None)
        if start is not None and end is not None and end - start <= _USUAL:
            return start, end
        line_end = self._text.find("\n", place, high)
        return max(self._text.rfind("\n", low, place) + 1, low), high if line_end < 0 else line_end

    def _sentence(self, start: int, end: int) -> Span:
        first, last = self._paragraph(start, start), self._paragraph(max(end - 1, start), end)
        low = next((span for span in reversed(self._of_paragraph(first)) if span[0] <= start), first)[0]
        high = next((span for span in self._of_paragraph(last) if span[1] >= end), last)[1]
        return min(low, start), max(high, end)

    def _of_paragraph(self, paragraph: Span) -> list[Span]:
        if paragraph not in self._sentences:
            self._sentences[paragraph] = sentences(self._text, *paragraph)
        return self._sentences[paragraph]

    def _turn(self, start: int, end: int) -> Span:
        reached = turns_within(self._turns, self._starts, start, end)
        if not reached:
            return self._paragraph(start, end)
        return min(start, self._turns[reached[0]].start), max(end, self._turns[reached[-1]].end)


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
