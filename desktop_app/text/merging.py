"""Merging two versions of a text by lines, three-way.

In the manner of diff3 (S. Khanna, K. Kunal, B. C. Pierce, “A Formal Investigation of Diff3”, FSTTCS 2007): both
versions are aligned with what they began with, and what only one of them changed is taken. Where diff3 sees a conflict
because two changes touch, they are both taken if nothing is ambiguous about it.

The outcome does not depend on which version is which, but for the lines shown where both contradict each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.text.differences import Block, longest_chain

_SMALL = 40_000
"""Product of two lengths, in lines, up to which every pair may be compared."""
_RUNS = (1, 3, 8, 24)
"""Lengths of the runs of lines that are looked for exactly once in both versions, tried in this order."""
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class MergedText:
    """``conflicts``: both versions changed the same lines differently, and ``text`` has those of only one of them."""

    text: str
    conflicts: bool


def merge_lines(base: str, shown: str, other: str) -> MergedText:
    """``base`` with the changes of ``shown`` and of ``other``.

    Where both changed the same lines differently, those of ``shown`` stand, but where one deleted what the other
    edited, the edit does. Blocks that both put in at the same place, after a line, are both kept, in the order of their
    text. Of two texts without anything in common before (an empty ``base``) ``shown`` stands.
    """
    if shown in (base, other):
        return MergedText(other, conflicts=False)
    if other == base:
        return MergedText(shown, conflicts=False)
    if not base:
        return MergedText(shown, conflicts=True)
    # The newline parts lines: so a last line is a line like any other, whether or not a newline follows it.
    lines = base.split("\n")
    hunks = [*_hunks(lines, shown.split("\n"), 0), *_hunks(lines, other.split("\n"), 1)]
    merged: list[str] = []
    at, conflicts = 0, False
    for chunk in _chunks(hunks):
        merged += lines[at : chunk.start]
        found, in_conflict = _resolved(chunk, lines)
        merged += found
        conflicts = conflicts or in_conflict
        at = chunk.end
    merged += lines[at:]
    return MergedText("\n".join(merged), conflicts)


class _Hunk(NamedTuple):
    """The lines ``[start, end)`` of the base have become ``lines`` in the version ``side``."""

    start: int
    end: int
    side: int
    lines: list[str]


@dataclass(slots=True)
class _Chunk:
    """Hunks that have to be seen together, and the lines of the base that they span."""

    hunks: list[_Hunk] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def of(self, side: int) -> list[_Hunk]:
        return [hunk for hunk in self.hunks if hunk.side == side]

    def version(self, base: Sequence[str], side: int | None = None) -> list[str]:
        """The span as one side has it, or with the deletions of both."""
        made: list[str] = []
        at = self.start
        for hunk in self.hunks if side is None else self.of(side):
            made += base[at : hunk.start]
            made += hunk.lines
            at = max(at, hunk.end)
        return made + list(base[at : self.end])


def _chunks(hunks: Sequence[_Hunk]) -> Iterator[_Chunk]:
    chunk = _Chunk()
    last: _Hunk | None = None
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end, hunk.side)):
        if last is not None and not _meet(last, hunk):
            yield chunk
            chunk, last = _Chunk(), None
        if last is None:
            chunk.start = chunk.end = hunk.start
        chunk.hunks.append(hunk)
        if last is None or hunk.end >= last.end:
            last, chunk.end = hunk, hunk.end
    if last is not None:
        yield chunk


def _meet(last: _Hunk, hunk: _Hunk) -> bool:
    """Whether two hunks change the same place. Those that only touch do where both put in the same line: then nobody
    can say whether it was meant to be there once or twice."""
    if hunk.start != last.end:
        return hunk.start < last.end
    return (last.start == last.end and hunk.start == hunk.end) or _share(last.lines, hunk.lines)


def _share(one: Sequence[str], other: Sequence[str]) -> bool:
    return not _said(one).isdisjoint(_said(other))


def _said(lines: Sequence[str]) -> set[str]:
    return {line for line in lines if line and not line.isspace()}


def _resolved(chunk: _Chunk, base: Sequence[str]) -> tuple[list[str], bool]:
    """The lines that stand for a chunk, and whether they leave out something of the other version."""
    if len({hunk.side for hunk in chunk.hunks}) == 1:
        return chunk.version(base, chunk.hunks[0].side), False
    shown, other = (chunk.version(base, side) for side in (0, 1))
    if shown == other:
        return shown, False
    if not any(hunk.lines for hunk in chunk.hunks):
        return chunk.version(base), False
    if _all_in(chunk.of(1), chunk.of(0)):
        return shown, False
    if _all_in(chunk.of(0), chunk.of(1)):
        return other, False
    if 0 < chunk.start == chunk.end and not _share(shown, other):
        return _one_after_the_other(base[chunk.start - 1], *sorted((shown, other))), False
    return (shown if any(hunk.lines for hunk in chunk.of(0)) else other), True


def _all_in(hunks: Sequence[_Hunk], others: Sequence[_Hunk]) -> bool:
    """Whether one side did all that the other one did, and more."""
    return all(any(_is_in(hunk, other) for other in others) for hunk in hunks)


def _is_in(hunk: _Hunk, other: _Hunk) -> bool:
    """Whether another hunk begins or ends with the same change. A deletion is not in what stands there instead."""
    if not hunk.lines:
        return False
    count = len(hunk.lines)
    begins = hunk.start == other.start and hunk.end <= other.end and other.lines[:count] == hunk.lines
    return begins or (hunk.end == other.end and hunk.start >= other.start and other.lines[-count:] == hunk.lines)


def _one_after_the_other(line: str, first: list[str], second: list[str]) -> list[str]:
    """Two blocks after ``line``. Where that is blank, the second one began a paragraph and goes on doing so."""
    parted = line.strip() or not first[-1].strip() or not second[0].strip()
    return [*first, *second] if parted else [*first, "", *second]


# --- what one version changed ----------------------------------------------------------------------------------------


def _hunks(base: list[str], version: list[str], side: int) -> list[_Hunk]:
    """In order, with at least one equal line between two of them; lines put in or taken out stand as late as they can,
    so that the same change is the same hunk on both sides."""
    found: list[_Hunk] = []
    gaps = [(i1, i2, version[j1:j2]) for i1, i2, j1, j2 in _between(aligned_lines(base, version), base, version)]
    limit = len(base)
    for start, end, lines in reversed(gaps):
        if start == end:
            by = next(
                (by for by in range(limit - end) if base[end + by] != lines[by % len(lines)]), max(limit - end, 0)
            )
            turned = by % len(lines)
            start, end, lines = start + by, end + by, lines[turned:] + lines[:turned]
        elif not lines:
            while end < limit and base[start] == base[end]:
                start, end = start + 1, end + 1
        found.append(_Hunk(start, end, side, lines))
        limit = start - 1
    return found[::-1]


def aligned_lines(a: list[str], b: list[str], depth: int = 0) -> list[Block]:
    """Equal runs of two lists of lines, in order; the time grows with their length, never with their product."""
    least = min(len(a), len(b))
    head = next((at for at in range(least) if a[at] != b[at]), least)
    tail = next((at for at in range(least - head) if a[-1 - at] != b[-1 - at]), least - head)
    blocks = [(0, 0, head)] if head else []
    inner = _aligned_inner(a[head : len(a) - tail], b[head : len(b) - tail], depth)
    blocks += [(i + head, j + head, n) for i, j, n in inner]
    return [*blocks, (len(a) - tail, len(b) - tail, tail)] if tail else blocks


def _aligned_inner(a: list[str], b: list[str], depth: int) -> list[Block]:
    if not a or not b:
        return []
    if len(a) * len(b) <= _SMALL:
        from difflib import SequenceMatcher

        found = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        return [(block.a, block.b, block.size) for block in found if block.size]
    ties = next(filter(None, (_ties(a, b, length) for length in _RUNS)), []) if depth < _DEPTH else []
    blocks: list[Block] = []
    for i1, i2, j1, j2 in _between(ties, a, b) if ties else ():
        inner = aligned_lines(a[i1:i2], b[j1:j2], depth + 1)
        blocks += [(i + i1, j + j1, n) for i, j, n in inner]
    return sorted(blocks + ties)


def _ties(a: list[str], b: list[str], length: int) -> list[Block]:
    """Runs of so many lines that stand exactly once in both, those in the same order in both (as in patience diff)."""
    ours, theirs = _once(a, length), _once(b, length)
    ties: list[Block] = []
    i_end = j_end = 0
    for i, j in longest_chain(sorted((at, theirs[run]) for run, at in ours.items() if run in theirs)):
        if i >= i_end and j >= j_end:
            ties.append((i, j, length))
            i_end, j_end = i + length, j + length
    return ties


def _once(lines: list[str], length: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at, run in enumerate(zip(*(lines[step:] for step in range(length)), strict=False)):
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0 and any(run)}


def _between(blocks: Sequence[Block], a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    i = j = 0
    for start, place, n in (*blocks, (len(a), len(b), 0)):
        if i < start or j < place:
            yield i, start, j, place
        i, j = start + n, place + n
