"""Turns go with their text when it is corrected: each still begins and ends at the line it began and ended at."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from desktop_app.model.documents import Turn
from desktop_app.text.anchors import Correction

_TELLING = 20
"""Characters of a line that is not written twice by chance; shorter ones (“Yes.”) are."""
_COMPARED = 4000
"""Lines between the first and the last change that are compared with each other, as that may take their square."""


def moved_turns(correction: Correction, turns: Sequence[Turn]) -> list[Turn]:
    """Turns on the new text: in order, without overlap, stripped; one whose words are all gone goes with them.

    Lines are what is looked for, as an edit that reaches from one turn into the next has words of both in it: where as
    many lines stand between two that are the same, each is the same line. A line that was put elsewhere is its turn's
    there too, whoever speaks around it. What is added before a line break belongs to the turn that it ends.
    """
    old, new = correction.old, correction.new
    lines = _Lines(old, new)
    staying: list[_Part] = []
    for number, turn in enumerate(turns):
        if lines.went_elsewhere(turn):
            continue
        start, end = lines.begin(turn.start), lines.end(turn.end)
        if start is None:
            at_line = turn.start and old[turn.start - 1] == "\n"
            start = correction.line_break(turn.start - 1) + 1 if at_line else correction.place(turn.start)
        if end is None:
            at_line = turn.end < len(old) and old[turn.end] == "\n"
            end = correction.line_break(turn.end) if at_line else correction.place(turn.end, after=True)
        start = max(start, staying[-1].end if staying else 0)
        if start < end:
            staying.append(_Part(start, end, number))
    moved: list[Turn] = []
    for part in _joined(_parted(staying, lines.of(turns)), new):
        words = new[part.start : part.end]
        start = part.start + len(words) - len(words.lstrip())
        end = part.end - len(words) + len(words.rstrip())
        if start < end:
            moved.append(replace(turns[part.turn], start=start, end=end))
    return moved


class _Part(NamedTuple):
    """Code points ``[start, end)`` of the new text that belong to a turn, by its number."""

    start: int
    end: int
    turn: int


def _parted(staying: Sequence[_Part], lines: Sequence[_Part]) -> list[_Part]:
    """All of them; a stretch is parted by the ``lines`` (in order) of other turns that lie in it."""
    found = list(lines)
    starts = [line.start for line in lines]
    for part in staying:
        at, place = part.start, max(bisect_right(starts, part.start) - 1, 0)
        while place < len(lines) and lines[place].start < part.end:
            line = lines[place]
            if line.turn != part.turn and line.end > at:
                found.append(_Part(at, max(at, line.start), part.turn))
                at = line.end
            place += 1
        found.append(_Part(at, max(at, part.end), part.turn))
    return sorted(found)


def _joined(parts: Iterable[_Part], text: str) -> list[_Part]:
    """Neighbours of one turn made one, where nothing but blanks is between them."""
    joined: list[_Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and before.turn == part.turn and not text[before.end : part.start].strip():
            joined[-1] = before._replace(end=max(before.end, part.end))
        elif text[part.start : part.end].strip():
            joined.append(part)
    return joined


class _Lines:
    """Which lines of the old text are which of the new, where that can be told from lines alone."""

    def __init__(self, old: str, new: str) -> None:
        before, after = old.split("\n"), new.split("\n")
        self._old = list(accumulate((len(line) + 1 for line in before), initial=0))
        self._new = list(accumulate((len(line) + 1 for line in after), initial=0))
        self._known, self._moved = _same_lines(before, after)
        self._last = max([*self._known.values(), *self._moved.values()], default=-1)

    def begin(self, position: int) -> int | None:
        """Where the line that begins at a position of the old text begins now."""
        line = self._beginning(position)
        return None if line is None or line not in self._known else self._new[self._known[line]]

    def end(self, position: int) -> int | None:
        """Where the line that ends at a position of the old text ends now. The last one takes in what was added."""
        line = self._ending(position)
        if line is None or line not in self._known:
            return None
        if line == len(self._old) - 2 and self._known[line] == self._last:
            return None
        return self._new[self._known[line] + 1] - 1

    def went_elsewhere(self, turn: Turn) -> bool:
        """Whether the lines that a turn begins and ends with were both put elsewhere."""
        return self._beginning(turn.start) in self._moved and self._ending(turn.end) in self._moved

    def of(self, turns: Sequence[Turn]) -> list[_Part]:
        """Whole lines of turns, where they are now."""
        starts = [turn.start for turn in turns]
        found: list[_Part] = []
        for line, there in (self._known | self._moved).items():
            start, end = self._old[line], self._old[line + 1] - 1
            number = bisect_right(starts, start) - 1
            begins, ends = self._new[there], self._new[there + 1] - 1
            if number >= 0 and start < end <= turns[number].end and begins < ends:
                found.append(_Part(begins, ends, number))
        return sorted(found)

    def _beginning(self, position: int) -> int | None:
        line = bisect_left(self._old, position)
        return line if line < len(self._old) - 1 and self._old[line] == position else None

    def _ending(self, position: int) -> int | None:
        line = bisect_left(self._old, position + 1) - 1
        return line if self._old[line + 1] == position + 1 else None


def _same_lines(before: Sequence[str], after: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """Lines that are one line, old to new: those still in their order, and those that were put elsewhere.

    Where as many lines stand as before, each is the same line, unless a long one says otherwise that stands elsewhere
    now. Then a line that stands once in the changed part of both texts is the same line, and as many lines as there
    were between two of these are the same ones rewritten.
    """
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    low, high = range(first, len(before) - last), range(first, len(after) - last)
    once = _once_in_both(before, after, low, high)
    if len(low) == len(high) and all(there == line for line, there in once.items() if len(before[line]) >= _TELLING):
        once = dict(zip(low, high, strict=True))
    ordered = _longest_rising(once)
    moved = {line: there for line, there in once.items() if line not in ordered}
    known = dict(zip(range(first), range(first), strict=True)) | ordered
    known |= dict(zip(range(low.stop, len(before)), range(high.stop, len(after)), strict=True))
    taken = set(moved.values())
    for (i1, j1), (i2, j2) in pairwise([(first - 1, first - 1), *ordered.items(), (low.stop, high.stop)]):
        mine = [line for line in range(i1 + 1, i2) if line not in moved]
        theirs = [line for line in range(j1 + 1, j2) if line not in taken]
        known.update(_aligned(before, after, mine, theirs))
    return known, moved


def _once_in_both(before: Sequence[str], after: Sequence[str], low: range, high: range) -> dict[int, int]:
    mine, theirs = Counter(before[line] for line in low), Counter(after[line] for line in high)
    there = {after[line]: line for line in high}
    return {
        line: there[before[line]]
        for line in low
        if before[line].strip() and mine[before[line]] == 1 == theirs[before[line]]
    }


def _longest_rising(pairs: Mapping[int, int]) -> dict[int, int]:
    """The most of these pairs, in the order of their keys, whose values rise too."""
    items = list(pairs.items())
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, value) in enumerate(items):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        last[length : length + 1] = [place]
    found: list[tuple[int, int]] = []
    place = last[-1] if last else -1
    while place >= 0:
        found.append(items[place])
        place = before[place]
    return dict(reversed(found))


def _aligned(
    before: Sequence[str], after: Sequence[str], mine: Sequence[int], theirs: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Lines between two that are known: all of them where there are as many, else those that are equal or were
    rewritten between equal ones."""
    if len(mine) == len(theirs):
        yield from zip(mine, theirs, strict=True)
    elif mine and theirs and max(len(mine), len(theirs)) <= _COMPARED:
        from difflib import SequenceMatcher

        old, new = [before[line] for line in mine], [after[line] for line in theirs]
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
                yield from zip(mine[i1:i2], theirs[j1:j2], strict=True)
