"""Ranges of a text: unions of a coder's own, and what holds between each two breakpoints of several coders.

Everything is counted between breakpoints, never character by character, so that the length of a text costs nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]
"""Code points ``[start, end)``."""

Track = Sequence[tuple[int, int, int]]
"""What one coder did along a text: ``(start, end, value)`` in order and without overlaps; between them is 0."""


def united(spans: Iterable[Span], *, touching: bool = False) -> list[Span]:
    """The spans in order, those that overlap made one; those that only touch too where ``touching``."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start < merged[-1][1] or (touching and start == merged[-1][1])):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def stretches(tracks: Sequence[Track | None], length: int) -> Iterator[tuple[int, int, tuple[int | None, ...]]]:
    """``(start, end, values)`` between each two breakpoints of ``[0, length)``: the value of each track there, and
    ``None`` throughout for a track that is ``None``."""
    events = []
    for place, track in enumerate(tracks):
        for start, end, value in track or ():
            events += [(start, 1, place, value), (end, 0, place, 0)]
    # An end sorts before a beginning at the same place, so that touching spans do not blot each other out.
    events.sort()
    now: list[int | None] = [None if track is None else 0 for track in tracks]
    before = 0
    for at, _, place, value in events:
        if at > before:
            yield before, at, tuple(now)
            before = at
        now[place] = value
    if before < length:
        yield before, length, tuple(now)


@dataclass(frozen=True, slots=True)
class CodedText:
    """One text as its coders have coded it: for each coder the spans of each code, or ``None`` for one who has
    applied nothing there. A coder's own overlapping spans of one code are united; those that touch stay apart."""

    target: str
    length: int
    marks: tuple[Mapping[str, Sequence[Span]] | None, ...]

    def track(self, coder: int, code: str, value: int) -> Track | None:
        """Where this coder has applied this code, or ``None`` for one who is absent."""
        marks = self.marks[coder]
        return None if marks is None else [(start, end, value) for start, end in marks.get(code, ())]

    def partitions(self, values: Mapping[str, int]) -> list[Track | None] | None:
        """What each coder has made of the text if a place can have one code only, by the value of each code; ``None``
        if anybody gave two codes to one place."""
        tracks: list[Track | None] = []
        for marks in self.marks:
            if marks is None:
                tracks.append(None)
                continue
            track = sorted((start, end, values[code]) for code, spans in marks.items() for start, end in spans)
            if any(second[0] < first[1] for first, second in pairwise(track)):
                return None
            tracks.append(track)
        return tracks
