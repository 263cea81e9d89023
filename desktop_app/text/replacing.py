"""Texts in which stretches were replaced: where everything is then, and what an edit did to these stretches."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from desktop_app.text.differences import Hunk, hunks


class Span(NamedTuple):
    """``[start, end)`` of a text has become ``[to_start, to_end)`` of another."""

    start: int
    end: int
    to_start: int
    to_end: int


@dataclass(frozen=True)
class Redacted:
    """A text in which the spans, in order and without overlap, were replaced."""

    text: str
    spans: tuple[Span, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.spans]

    def map_range(self, start: int, end: int) -> tuple[int, int]:
        """Where the code points ``[start, end)`` are now; a boundary within a replaced stretch takes in all of it."""
        if start == end:
            at = self._place(start, last=False)
            return at, at
        return self._place(start, last=False), self._place(end, last=True)

    def _place(self, position: int, *, last: bool) -> int:
        at = bisect_left(self._starts, position) - 1 if last else bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        span = self.spans[at]
        if position >= span.end:
            return position - span.end + span.to_end
        return span.to_end if last else span.to_start

    def unmap(self, start: int, end: int) -> tuple[int, int]:
        """Where the code points ``[start, end)`` of this text were before."""
        return self._turned.map_range(start, end)

    @cached_property
    def _turned(self) -> "Redacted":
        return Redacted("", tuple(Span(one.to_start, one.to_end, one.start, one.end) for one in self.spans))

    def replaced(self) -> Iterator[str]:
        """What stands in each of the replaced stretches."""
        return (self.text[one.to_start : one.to_end] for one in self.spans)


def replaced(text: str, places: Iterable[tuple[int, int, str]]) -> Redacted:
    """A text with something else in these places, given in order as start, end and what stands there then."""
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for start, end, by in places:
        parts += [text[at:start], by]
        length += start - at
        spans.append(Span(start, end, length, length + len(by)))
        length += len(by)
        at = end
    return Redacted("".join([*parts, text[at:]]), tuple(spans)) if spans else Redacted(text)


def spans_through(made: Redacted, other: str) -> list[Span]:
    """What was replaced in another text that was made of the same one, mostly with the same stretches replaced."""
    changes = [(one.i1, one.i2, one) for one in hunks(made.text, other)]
    blocks: list[tuple[int, int, list[Hunk]]] = []
    for start, end, change in sorted([*((one.to_start, one.to_end, None) for one in made.spans), *changes], key=_place):
        before = blocks[-1] if blocks else None
        if before is not None and (start < before[1] or (start == before[1] and (change or before[2]))):
            blocks[-1] = before[0], max(before[1], end), before[2] + ([change] if change else [])
        else:
            blocks.append((start, end, [change] if change else []))
    found = []
    shift = 0
    for start, end, within in blocks:
        grown = sum((one.j2 - one.j1) - (one.i2 - one.i1) for one in within)
        found.append(Span(*made.unmap(start, end), start + shift, end + shift + grown))
        shift += grown
    return found


def _place(one: tuple[int, int, Hunk | None]) -> tuple[int, int]:
    return one[:2]


def widened(redacted: str, edited: str, places: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, int, int]]:
    """What was changed, as ``(i1, i2, j1, j2)``: a pseudonym that was touched is changed as a whole, and so is one that
    has got longer by a digit."""
    starts = [start for start, _, _ in places]
    found: list[tuple[int, int, int, int]] = []
    for hunk in hunks(redacted, edited):
        i1, i2, j1, j2 = hunk[:4]
        at = bisect_left(starts, i1) - 1
        if at >= 0 and _touches(redacted, edited, places[at], i1, i2, j1, j2):
            j1, i1 = j1 - (i1 - places[at][0]), places[at][0]
        at = bisect_left(starts, i2) - 1
        if at >= 0 and places[at][0] < i2 < places[at][1]:
            j2, i2 = j2 + (places[at][1] - i2), places[at][1]
        if found and i1 < found[-1][1]:
            before = found.pop()
            i1, j1 = before[0], before[2]
        found.append((i1, max(i2, i1), j1, max(j2, j1)))
    return found


def _touches(redacted: str, edited: str, place: tuple[int, int, str], i1: int, i2: int, j1: int, j2: int) -> bool:
    start, end, _ = place
    if start < i1 < end:
        return True
    grown = edited[j1:j2] if j1 < j2 else edited[j2 : j2 + 1]
    return i1 == end and redacted[end - 1 : end].isdigit() and grown[:1].isdigit()
