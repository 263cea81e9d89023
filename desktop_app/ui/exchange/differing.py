"""Two texts line by line, beside each other: which lines are the same, which were taken away, added or replaced, and
which words in them. Makes data and HTML, no widgets.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from desktop_app.text.differences import hunks
from desktop_app.text.merging import aligned_lines

AROUND = 2
"""Equal lines that are shown before and after a changed one."""
MOST_ROWS = 400
MOST_CHARACTERS = 100_000
"""Of a text that are looked at: what is longer is read where it stands."""


class Row(NamedTuple):
    """A line at the left and at the right, ``None`` where there is none. ``marks`` are half-open ranges of code points
    that differ. A row without lines stands for ``folded`` equal lines."""

    old: str | None
    new: str | None
    old_marks: tuple[tuple[int, int], ...] = ()
    new_marks: tuple[tuple[int, int], ...] = ()
    folded: int = 0

    @property
    def same(self) -> bool:
        return self.old == self.new


def rows_of(old: str, new: str) -> list[Row]:
    """All rows, long stretches of equal lines folded; of long texts only those of their beginning."""
    rows: list[Row] = []
    old, new = old[:MOST_CHARACTERS], new[:MOST_CHARACTERS]
    for before, after in _blocks(old.split("\n") if old else [], new.split("\n") if new else []):
        if before == after:
            rows += [Row(line, line) for line in before]
        else:
            rows += _replaced(before, after)
    return list(_folded(rows))


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    paired = min(len(before), len(after))
    for one, other in zip(before[:paired], after[:paired], strict=True):
        found = hunks(one, other)
        ours = _whole_words(one, ((hunk.i1, hunk.i2) for hunk in found if hunk.i1 < hunk.i2))
        theirs = _whole_words(other, ((hunk.j1, hunk.j2) for hunk in found if hunk.j1 < hunk.j2))
        yield Row(one, other, ours, theirs)
    for line in before[paired:]:
        yield Row(line, None, ((0, len(line)),))
    for line in after[paired:]:
        yield Row(None, line, (), ((0, len(line)),))


def _whole_words(line: str, marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks that begin and end with words: single letters that two words share tell nobody anything."""
    wider: list[tuple[int, int]] = []
    for start, end in marks:
        while start > 0 and line[start - 1 : start + 1].isalnum():
            start -= 1
        while end < len(line) and line[end - 1 : end + 1].isalnum():
            end += 1
        if wider and start <= wider[-1][1]:
            start = wider.pop()[0]
        wider.append((start, end))
    return tuple(wider)


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Both in step: blocks of equal lines, and of lines that take each other's place."""
    i = j = 0
    for start, place, number in (*aligned_lines(old, new), (len(old), len(new), 0)):
        yield old[i:start], new[j:place]
        yield old[start : start + number], new[place : place + number]
        i, j = start + number, place + number


def _folded(rows: Sequence[Row]) -> Iterator[Row]:
    near = [False] * len(rows)
    for at, row in enumerate(rows):
        if not row.same:
            for beside in range(max(at - AROUND, 0), min(at + AROUND + 1, len(rows))):
                near[beside] = True
    hidden = 0
    for at, row in enumerate(rows):
        # A single line takes no less room folded.
        lonely = not hidden and (at + 1 == len(rows) or near[at + 1]) and (at == 0 or near[at - 1])
        if near[at] or lonely:
            if hidden:
                yield Row(None, None, folded=hidden)
                hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield Row(None, None, folded=hidden)


def marked(text: str, marks: Sequence[tuple[int, int]], tag: str) -> str:
    """``text`` as HTML with ``<tag>`` around the marks; ``tag`` may have attributes."""
    parts, at = [], 0
    close = tag.split(maxsplit=1)[0]
    for start, end in marks:
        parts.append(f"{escape(text[at:start])}<{tag}>{escape(text[start:end])}</{close}>")
        at = end
    return "".join(parts) + escape(text[at:])
