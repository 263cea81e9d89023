"""Anchors: where a coded stretch is after its text was corrected, and what stands around it.

A correction is the difference between the old text and the new. A stretch that was not touched, or was mended inside,
is where it is for certain. Whatever else happened to it gives only a guess that says so, as nothing may move in
silence: an edit across one of its ends, words put so close that they are one with it, most of it gone, or an edit that
could as well have been meant elsewhere (of two equal sentences one was deleted).
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, product
from typing import NamedTuple

from desktop_app.text.differences import Hunk, hunks
from desktop_app.text.graphemes import continues, parts

_FAR = 1000
"""Characters around a place in which a blank is looked for."""
_LINE_BREAK = re.compile("\n")
_SNAP = 24
"""How far the end of a context moves to fall between two words."""
_NEAR = 8
"""Characters between a stretch and a rewritten one that still count as side by side."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a stretch is now: the code points ``[start, end)`` of the new text. Unless ``certain`` it is a guess, and
    empty (``start == end``) where nothing of it is left."""

    start: int
    end: int
    certain: bool


class _Edge(NamedTuple):
    """Where a boundary is now: the likeliest place, and the lowest and highest that explain the new text as well."""

    at: int
    low: int
    high: int
    crossed: bool
    touched: bool


class Correction:
    """From an old text to a new one. Made once per correction; each stretch then costs a look-up."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new
        self._hunks = hunks(old, new)
        self._starts = [hunk.i1 for hunk in self._hunks]
        self._broken: dict[int, tuple[list[int], list[int]]] = {}
        self._deleted = list(accumulate((hunk.i2 - hunk.i1 for hunk in self._hunks), initial=0))

    def place(self, position: int, *, after: bool = False) -> int:
        """Where a boundary is now. Never falls as ``position`` rises.

        Text added exactly there comes after it, or before it with ``after``: so a turn that begins at ``place(start)``
        and ends at ``place(end, after=True)`` keeps what was added at its edges.
        """
        at = min(max(position, 0), len(self.old))
        hunk = self._hunk_before(at)
        if hunk is None:
            return at
        return _begins(hunk, at) if after else _ends(hunk, at)

    def line_break(self, position: int) -> int:
        """Where the line break at a position of the old text is now. Never falls as ``position`` rises.

        Where the lines around it were rewritten it is the one of as many before it there, or the nearest; where it was
        deleted, the blank that is nearest to where it would be.
        """
        hunk = self._hunk_before(position)
        if hunk is None or position >= hunk.i2:
            return self.place(position)
        mine, there = self._breaks(hunk)
        before = bisect_left(mine, position)
        if there:
            count = len(mine)
            return there[before if count == len(there) else min(before * len(there) // count, len(there) - 1)]
        expected = hunk.j1 + (hunk.j2 - hunk.j1) * (position - hunk.i1) // max(hunk.i2 - hunk.i1, 1)
        return _nearest_blank(self.new, hunk.j1, hunk.j2, expected)

    def _breaks(self, hunk: Hunk) -> tuple[list[int], list[int]]:
        """The line breaks of a hunk in both texts; read once for each, as a text may be one hunk."""
        if hunk.i1 not in self._broken:
            self._broken[hunk.i1] = (
                [found.start() for found in _LINE_BREAK.finditer(self.old, hunk.i1, hunk.i2)],
                [found.start() for found in _LINE_BREAK.finditer(self.new, hunk.j1, hunk.j2)],
            )
        return self._broken[hunk.i1]

    def move(self, start: int, end: int) -> Moved:
        """Where the stretch ``[start, end)`` of the old text is now."""
        start = min(max(start, 0), len(self.old))
        end = min(max(end, start), len(self.old))
        first, last = self._edge(start, _begins), self._edge(end, _ends)
        if start == end:
            return Moved(last.at, last.at, not last.touched)
        survived = end - start - self._deleted_before(end) + self._deleted_before(start)
        if not survived:
            return self._elsewhere(start, end) or self._replaced(start, end)
        low, high = self._settled(start, end, first, last)
        low, begins_there = self._word_start(start, low, first)
        high, ends_there = self._word_end(end, high, last)
        if 2 * survived < end - start:
            return self._elsewhere(start, end) or self._guess(start, end, low, high)
        doubt = first.crossed or last.crossed or self._has_rival(start, end) or self._is_rewritten_at_an_end(start, end)
        if doubt or not begins_there or not ends_there or high <= low:
            return self._guess(start, end, low, high)
        return Moved(low, high, True)

    # --- one boundary -------------------------------------------------------------------------------------------------

    def _hunk_before(self, position: int) -> Hunk | None:
        """The last hunk that begins at or before a position of the old text."""
        at = bisect_right(self._starts, position) - 1
        return self._hunks[at] if at >= 0 else None

    def _deleted_before(self, position: int) -> int:
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return 0
        return self._deleted[at] + min(position, self._hunks[at].i2) - self._hunks[at].i1

    def _edge(self, position: int, found: Callable[[Hunk, int], int]) -> _Edge:
        last = bisect_right(self._starts, position) - 1
        at = found(self._hunks[last], position) if last >= 0 else position
        shifts, crossed, touched = [0], False, False
        for hunk in self._hunks[max(last - 1, 0) : last + 2]:
            if hunk.i1 - hunk.left <= position <= hunk.i2 + hunk.right:
                touched = True
                # Wherever the hunk may lie; one that may lie beside the boundary is judged by what is between.
                crossed = crossed or hunk.i1 + hunk.right < position < hunk.i2 - hunk.left
                shifts += [found(_slid(hunk, by), position) - found(hunk, position) for by in (-hunk.left, hunk.right)]
        return _Edge(at, at + min(shifts), at + max(shifts), crossed, touched)

    def _settled(self, start: int, end: int, first: _Edge, last: _Edge) -> tuple[int, int]:
        """Of the places both boundaries may be at, those that leave the words as they were; else the likeliest."""
        quote = self.old[start:end]
        for low, high in product((first.at, first.low, first.high), (last.at, last.low, last.high)):
            if high - low == end - start and self.new[low:high] == quote:
                return low, high
        low = first.high if self.new[first.low : first.high].isspace() else first.at
        high = last.low if self.new[last.low : last.high].isspace() else last.at
        return (low, high) if low <= high else (first.at, last.at)

    # --- words at the ends --------------------------------------------------------------------------------------------

    def _word_start(self, start: int, at: int, edge: _Edge) -> tuple[int, bool]:
        """As :meth:`_word_end`, at the beginning."""
        if not edge.touched:
            return at, True
        if _is_in_word(self.new, at) and _is_in_word(self.old, start):
            return at, False
        grown = _start_of_word(self.new, at) if _is_in_word(self.new, at) else at
        while parts(self.new, grown):
            grown -= 1
        if grown == at:
            return at, not self.new[edge.low : edge.high].strip()
        word = self.new[grown : _end_of_word(self.new, at)]
        return grown, grown <= edge.low and edge.high <= grown + len(word) and _is_mended(word, at - grown)

    def _word_end(self, end: int, at: int, edge: _Edge) -> tuple[int, bool]:
        """The end with the whole of a word that has grown over it, and whether there is no doubt about it.

        There is none where nothing but blanks parts the places it may be at, or where a typo of one word was mended.
        """
        if not edge.touched:
            return at, True
        if _is_in_word(self.new, at) and _is_in_word(self.old, end):
            return at, False
        grown = _end_of_word(self.new, at) if _is_in_word(self.new, at) else at
        while parts(self.new, grown):
            grown += 1
        if grown == at:
            return at, not self.new[edge.low : edge.high].strip()
        word = self.new[_start_of_word(self.new, at) : grown]
        return grown, grown - len(word) <= edge.low and edge.high <= grown and _is_mended(word, grown - at)

    # --- doubts -------------------------------------------------------------------------------------------------------

    def _has_rival(self, start: int, end: int) -> bool:
        """Whether right beside the stretch a text was rewritten that held, or holds, the same words: then those may be
        the ones that were meant."""
        quote = self.old[start:end].strip()
        first = bisect_right(self._starts, start) - 1
        after = bisect_right(self._starts, end - 1)
        beside = [(hunk, self.old[hunk.i2 : start]) for hunk in self._hunks[max(first, 0) : first + 1]]
        beside += [(hunk, self.old[end : hunk.i1]) for hunk in self._hunks[after : after + 1]]
        return bool(quote) and any(
            (hunk.i2 <= start or end <= hunk.i1)
            and hunk.i1 < hunk.i2
            and hunk.j1 < hunk.j2
            and len(gap) <= _NEAR
            and not any(map(_is_of_word, gap))
            and (quote in self.old[hunk.i1 : hunk.i2] or quote in self.new[hunk.j1 : hunk.j2])
            for hunk, gap in beside
        )

    def _is_rewritten_at_an_end(self, start: int, end: int) -> bool:
        """Whether words inside the stretch were replaced up to one of its ends, so that they may reach beyond it."""
        first, last = self._hunk_before(start), self._hunk_before(end - 1)
        at_an_end = [
            hunk for hunk, is_there in (
                (first, first is not None and first.i1 == start), (last, last is not None and last.i2 == end),
            ) if hunk is not None and is_there
        ]  # fmt: skip
        return any(
            hunk.i1 < hunk.i2
            and hunk.j1 < hunk.j2
            and any(map(str.isspace, self.old[hunk.i1 : hunk.i2] + self.new[hunk.j1 : hunk.j2]))
            for hunk in at_an_end
        )

    # --- gone ---------------------------------------------------------------------------------------------------------

    def _guess(self, start: int, end: int, low: int, high: int) -> Moved:
        """An uncertain place, without blanks at its ends unless the stretch had some."""
        high = max(low, high)
        if not self.old[start].isspace():
            low += len(self.new[low:high]) - len(self.new[low:high].lstrip())
        if not self.old[end - 1].isspace():
            high -= len(self.new[low:high]) - len(self.new[low:high].rstrip())
        return Moved(low, high, False)

    def _elsewhere(self, start: int, end: int) -> Moved | None:
        """Where the same words are now, if they stand in the new text once and were put there by this correction."""
        quote = self.old[start:end]
        at = -1 if quote.isspace() else self.new.find(quote)
        if at < 0 or self.new.find(quote, at + 1) >= 0:
            return None
        hunk_after = bisect_right(self._hunks, at, key=lambda hunk: hunk.j1)
        put_there = hunk_after and at < self._hunks[hunk_after - 1].j2
        put_partly = hunk_after < len(self._hunks) and self._hunks[hunk_after].j1 < at + len(quote)
        return Moved(at, at + len(quote), False) if put_there or put_partly else None

    def _replaced(self, start: int, end: int) -> Moved:
        """What stands in the place of a stretch of which nothing is left."""
        hunk = self._hunk_before(start)
        assert hunk is not None
        room = hunk.j2 - hunk.j1
        low = hunk.j1 + min(start - hunk.i1, room)
        return self._guess(start, end, low, hunk.j2 - min(hunk.i2 - end, room))


def _nearest_blank(text: str, start: int, end: int, expected: int) -> int:
    """The blank of ``[start, end)`` that is nearest to a place; ``end`` where there is none near it."""
    for distance in range(min(end - start, _FAR) + 1):
        for at in (expected - distance, expected + distance):
            if start <= at < end and text[at].isspace():
                return at
    return end


def _begins(hunk: Hunk, position: int) -> int:
    """Where the beginning of a stretch is after one hunk, of those nearest to it; what is added there stays outside."""
    if position < hunk.i1 or position == hunk.i1 < hunk.i2:
        return position - hunk.i1 + hunk.j1
    if position < hunk.i2:
        return hunk.j2 - min(hunk.i2 - position, hunk.j2 - hunk.j1)
    return position - hunk.i2 + hunk.j2


def _ends(hunk: Hunk, position: int) -> int:
    """Where the end of a stretch is after one hunk, of those nearest to it; what is added there stays outside."""
    if position <= hunk.i1:
        return position - hunk.i1 + hunk.j1
    if position < hunk.i2:
        return hunk.j1 + min(position - hunk.i1, hunk.j2 - hunk.j1)
    return position - hunk.i2 + hunk.j2


def _slid(hunk: Hunk, by: int) -> Hunk:
    return Hunk(hunk.i1 + by, hunk.i2 + by, hunk.j1 + by, hunk.j2 + by)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or continues(character)


def _is_in_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and _is_of_word(text[position - 1]) and _is_of_word(text[position])


def _start_of_word(text: str, position: int) -> int:
    while position and _is_of_word(text[position - 1]):
        position -= 1
    return position


def _end_of_word(text: str, position: int) -> int:
    while position < len(text) and _is_of_word(text[position]):
        position += 1
    return position


def _is_mended(word: str, added: int) -> bool:
    """Whether a word is still the same: at most a fifth of it is new, and it is no number."""
    return 5 * added <= len(word) and not any(map(str.isdigit, word))


def surroundings(text: str, start: int, end: int, width: int = 60) -> tuple[str, str]:
    """Up to ``width`` characters before and after a stretch, cut between words where there are any near the cut."""
    low, high = max(0, start - width), min(len(text), end + width)
    if low:
        blank = next((at for at in range(low - 1, min(start, low + _SNAP)) if text[at].isspace()), low - 1)
        low = blank + 1
    if high < len(text):
        high = next((at for at in range(high, max(end, high - _SNAP), -1) if text[at].isspace()), high)
    while low < start and parts(text, low):
        low += 1
    while end < high and parts(text, high):
        high -= 1
    return text[low:start], text[end:high]


def version(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hex: which version of a text a coding was placed on."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
