"""Two texts line by line, beside each other: which lines are the same, which were taken away, added or replaced, and
which words in them. Makes data and HTML, no widgets.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from desktop_app.text.differences import hunks

AROUND = 2
"""Equal lines that are shown before and after a changed one."""
MOST_ROWS = 400
_MOST_PAIRS = 4_000_000
"""Product of two numbers of lines up to which they are aligned; more counts as replaced."""


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
    """All rows, long stretches of equal lines folded."""
    rows: list[Row] = []
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
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield old[:head], new[:head]
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle) * len(other) > _MOST_PAIRS:
        yield middle, other
    else:
        from difflib import SequenceMatcher

        for _, i1, i2, j1, j2 in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
            yield middle[i1:i2], other[j1:j2]
    yield old[len(old) - tail :], new[len(new) - tail :]


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
