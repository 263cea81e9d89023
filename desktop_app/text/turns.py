"""Turns go with their text when it is corrected: each still begins and ends at the line it began and ended at."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from desktop_app.model.documents import Turn
from desktop_app.text.anchors import Correction

_COMPARED = 4000
"""Lines between the first and the last change that are compared with each other, as that may take their square."""


def moved_turns(correction: Correction, turns: Sequence[Turn]) -> list[Turn]:
    """Turns on the new text: in order, without overlap, stripped; one whose words are all gone goes with them.

    Lines are what is looked for, as an edit that reaches from one turn into the next has words of both in it: where as
    many lines stand as before, each is the same line. What is added before a line break belongs to the turn that it
    ends.
    """
    old, new = correction.old, correction.new
    lines = _Lines(old, new)
    moved: list[Turn] = []
    for turn in turns:
        start, end = lines.begin(turn.start), lines.end(turn.end)
        if start is None:
            at_line = turn.start and old[turn.start - 1] == "\n"
            start = correction.line_break(turn.start - 1) + 1 if at_line else correction.place(turn.start)
        if end is None:
            at_line = turn.end < len(old) and old[turn.end] == "\n"
            end = correction.line_break(turn.end) if at_line else correction.place(turn.end, after=True)
        start = max(start, moved[-1].end if moved else 0)
        words = new[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start < end:
            moved.append(replace(turn, start=start, end=end))
    return moved


class _Lines:
    """Which lines of the old text are which of the new, where that can be told from lines alone."""

    def __init__(self, old: str, new: str) -> None:
        before, after = old.split("\n"), new.split("\n")
        self._old = list(accumulate((len(line) + 1 for line in before), initial=0))
        self._new = list(accumulate((len(line) + 1 for line in after), initial=0))
        self._known = dict(_same_lines(before, after))

    def begin(self, position: int) -> int | None:
        """Where the line that begins at a position of the old text begins now."""
        line = bisect_left(self._old, position)
        if line >= len(self._old) - 1 or self._old[line] != position or line not in self._known:
            return None
        return self._new[self._known[line]]

    def end(self, position: int) -> int | None:
        """Where the line that ends at a position of the old text ends now. The last one takes in what was added."""
        line = bisect_left(self._old, position + 1) - 1
        if self._old[line + 1] != position + 1 or line not in self._known:
            return None
        return None if line == len(self._old) - 2 else self._new[self._known[line] + 1] - 1


def _same_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of lines that are one line: equal ones, and those of a rewritten stretch that has as many as it had."""
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    yield from zip(range(first), range(first), strict=True)
    low, high = range(first, len(before) - last), range(first, len(after) - last)
    if len(low) == len(high):
        yield from zip(low, high, strict=True)
    elif max(len(low), len(high)) <= _COMPARED:
        from difflib import SequenceMatcher

        compared = SequenceMatcher(None, before[first : low.stop], after[first : high.stop], autojunk=False)
        for kind, i1, i2, j1, j2 in compared.get_opcodes():
            if kind == "equal" or (kind == "replace" and i2 - i1 == j2 - j1):
                yield from zip(low[i1:i2], high[j1:j2], strict=True)
    yield from zip(range(low.stop, len(before)), range(high.stop, len(after)), strict=True)
