"""Differences: what was replaced between two versions of one text.

Both texts are followed in step over small edits. From where that fails, lines are compared, then the words of lines
that differ, then the characters of words that differ; long lists are tied together where both have the same few tokens
exactly once (as in patience diff), and what cannot be tied together counts as replaced. So the time grows with the
length of the texts and the number of edits, never with their product.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from desktop_app.text.tokens import SPACELESS

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(rf"[{SPACELESS}]\s*|[^\W{SPACELESS}]+\s*|[^\w\s]\s*|\s+")
_SMALL = 4096
"""Product of two lengths, in tokens, up to which every pair may be compared."""
_CHARACTERS = 20_000
"""Product of two lengths, in characters, up to which replaced words are compared letter by letter."""
_REACH = 600
"""Characters that an edit may add or take away for both texts to be followed in step."""
_RUN = 64
"""Characters after an edit that must be the same to go on so."""
_DEPTH = 12
_TELLING = 20
"""Characters of an equal stretch that two texts do not share by chance."""
_EDGE = 8
"""The same at their very beginning or end."""
_WORD = 100
"""Characters of the longest word that is looked for."""


class Hunk(NamedTuple):
    """``old[i1:i2]`` has become ``new[j1:j2]``; one of them may be empty. ``left`` and ``right`` say how far the hunk
    could lie earlier or later with the same outcome (of two equal sentences either may be the one deleted)."""

    i1: int
    i2: int
    j1: int
    j2: int
    left: int = 0
    right: int = 0


Block = tuple[int, int, int]
"""``a[i:i+n] == b[j:j+n]`` as ``(i, j, n)``."""


def hunks(old: str, new: str) -> list[Hunk]:
    """All differences in the order of the text, with at least one equal character between two of them."""
    head = common_head(old, 0, new, 0, min(len(old), len(new)))
    tail = common_tail(old, len(old), new, len(new), min(len(old), len(new)) - head)
    if head + tail == len(old) == len(new):
        return []
    middle = _changed(old[head : len(old) - tail], new[head : len(new) - tail])
    found = [Hunk(i1 + head, i2 + head, j1 + head, j2 + head) for i1, i2, j1, j2, _, _ in middle]
    if _is_another_text(found, len(old), len(new), max(head, tail)):
        return [Hunk(0, len(old), 0, len(new))]
    return [_with_room(old, new, found, at) for at in range(len(found))]


def common_head(one: str, at: int, other: str, to: int, limit: int) -> int:
    """How many characters, at most ``limit``, are the same after ``one[at]`` and ``other[to]``."""
    length, step = 0, 64
    while length < limit:
        step = min(step, limit - length)
        if one[at + length : at + length + step] == other[to + length : to + length + step]:
            length += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return length


def common_tail(one: str, at: int, other: str, to: int, limit: int) -> int:
    """How many characters, at most ``limit``, are the same before ``one[at]`` and ``other[to]``."""
    length, step = 0, 64
    while length < limit:
        step = min(step, limit - length)
        if one[at - length - step : at - length] == other[to - length - step : to - length]:
            length += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return length


def _changed(old: str, new: str) -> list[Hunk]:
    """Differences by lines, words and characters, without those islands of equal text that are there by chance."""
    blocks = _in_step(old, new)
    for gap in list(_between(blocks, len(old), len(new))):
        _refine(old, new, gap, blocks)
    blocks.sort()
    return _joined(_between(blocks, len(old), len(new)))


def _in_step(old: str, new: str) -> list[Block]:
    """Equal stretches found going through both texts at once, as far as small edits of plain text allow."""
    blocks: list[Block] = []
    i = j = 0
    while True:
        n = common_head(old, i, new, j, min(len(old) - i, len(new) - j))
        if n:
            blocks.append((i, j, n))
        i, j = i + n, j + n
        step = _next_step(old, new, i, j)
        if step is None:
            return blocks
        i, j = i + step[0], j + step[1]


def _next_step(old: str, new: str, i: int, j: int) -> tuple[int, int] | None:
    """The shortest pair of steps after which both texts go on alike for too long to be chance."""
    best: tuple[int, int] | None = None
    reach = _REACH
    for step in range(min(_REACH, len(old) - i - _RUN + 1)):
        if step >= reach:
            break
        place = new.find(old[i + step : i + step + _RUN], j, j + reach - step + _RUN)
        if place >= 0:
            best = step, place - j
            reach = sum(best)
    return best


def _refine(old: str, new: str, gap: Hunk, blocks: list[Block]) -> None:
    """Adds to ``blocks`` what is equal within a gap: lines, then words, then characters."""
    for i1, i2, j1, j2 in _refined(_LINES, old[gap.i1 : gap.i2], new[gap.j1 : gap.j2], gap.i1, gap.j1, blocks):
        for k1, k2, l1, l2 in _refined(_WORDS, old[i1:i2], new[j1:j2], i1, j1, blocks):
            if (k2 - k1) * (l2 - l1) <= _CHARACTERS:
                _refine_letters(old[k1:k2], new[l1:l2], k1, l1, blocks)


def _refined(
    pattern: re.Pattern[str], old: str, new: str, at: int, to: int, blocks: list[Block]
) -> list[tuple[int, int, int, int]]:
    """Adds to ``blocks`` the equal tokens of two texts that begin at ``at`` and ``to``; gives what lies between."""
    ours, theirs = pattern.findall(old), pattern.findall(new)
    starts = list(accumulate(map(len, ours), initial=at))
    places = list(accumulate(map(len, theirs), initial=to))
    aligned = _align(ours, theirs, lines=pattern is _LINES)
    blocks += [(starts[i], places[j], starts[i + n] - starts[i]) for i, j, n in aligned]
    gaps = _between(aligned, len(ours), len(theirs))
    return [(starts[gap.i1], starts[gap.i2], places[gap.j1], places[gap.j2]) for gap in gaps]


def _refine_letters(old: str, new: str, at: int, to: int, blocks: list[Block]) -> None:
    blocks += [(i + at, j + to, n) for i, j, n in _align(list(old), list(new))]


def _between(blocks: Sequence[Block], length: int, other: int) -> Iterator[Hunk]:
    i = j = 0
    for start, place, n in (*blocks, (length, other, 0)):
        if i < start or j < place:
            yield Hunk(i, start, j, place)
        i, j = start + n, place + n


def _joined(found: Iterable[Hunk]) -> list[Hunk]:
    """Hunks, joined over short equal islands that are no longer than the edits on either side of them."""
    kept: list[Hunk] = []
    for hunk in found:
        while kept:
            last = kept[-1]
            island = hunk.i1 - last.i2
            if island >= _TELLING or island > min(_size(last), _size(hunk)):
                break
            hunk = Hunk(last.i1, hunk.i2, last.j1, hunk.j2)
            kept.pop()
        kept.append(hunk)
    return kept


def _is_another_text(found: Sequence[Hunk], length: int, other: int, edge: int) -> bool:
    """Whether what both texts share is so little, and in such small pieces, that it says nothing."""
    longest = max((second.i1 - first.i2 for first, second in pairwise(found)), default=0)
    equal = length - sum(hunk.i2 - hunk.i1 for hunk in found)
    return edge < _EDGE and longest < _TELLING and 4 * equal < min(length, other)


def _size(hunk: Hunk) -> int:
    return max(hunk.i2 - hunk.i1, hunk.j2 - hunk.j1)


def _with_room(old: str, new: str, found: Sequence[Hunk], at: int) -> Hunk:
    """The hunk with how far it could slide between its neighbours; only what was purely added or deleted can."""
    i1, i2, j1, j2, _, _ = found[at]
    if i1 < i2 and j1 < j2:
        return found[at]
    before = i1 - (found[at - 1].i2 if at else 0)
    after = (found[at + 1].i1 if at + 1 < len(found) else len(old)) - i2
    text, start, end = (old, i1, i2) if i1 < i2 else (new, j1, j2)
    left, right = common_tail(text, start, text, end, before), common_head(text, start, text, end, after)
    if not _parts_word(text, start):
        # Of whole words that were put in or taken out, no half words are meant: “good bad” was not “goo[d ba]d”.
        left = next((by for by in range(left, max(left - _WORD, 0), -1) if not _parts_word(text, start - by)), 0)
        right = next((by for by in range(right, max(right - _WORD, 0), -1) if not _parts_word(text, start + by)), 0)
    return Hunk(i1, i2, j1, j2, left, right)


def _parts_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


# --- aligning two lists of tokens ------------------------------------------------------------------------------------


def _align(a: list[str], b: list[str], *, lines: bool = False, depth: int = 0) -> list[Block]:
    """Equal runs of two lists, in order. For ``lines`` a single one ties both together if it is long enough."""
    head = 0
    while head < len(a) and head < len(b) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    inner = _align_inner(a[head : len(a) - tail], b[head : len(b) - tail], lines, depth)
    blocks = [(0, 0, head)] if head else []
    blocks += [(i + head, j + head, n) for i, j, n in inner]
    if tail:
        blocks.append((len(a) - tail, len(b) - tail, tail))
    return blocks


def _align_inner(a: list[str], b: list[str], lines: bool, depth: int) -> list[Block]:
    if not a or not b:
        return []
    if len(a) * len(b) <= _SMALL:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, a, b, autojunk=False)
        return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]
    ties = _ties(a, b, lines) if depth < _DEPTH else []
    if not ties:
        return []
    blocks: list[Block] = []
    for gap in _between(ties, len(a), len(b)):
        inner = _align(a[gap.i1 : gap.i2], b[gap.j1 : gap.j2], lines=lines, depth=depth + 1)
        blocks += [(i + gap.i1, j + gap.j1, n) for i, j, n in inner]
    return sorted(blocks + ties)


def _ties(a: list[str], b: list[str], lines: bool) -> list[Block]:
    """Runs around what stands exactly once in both lists, those in the same order in both (the longest such chain)."""
    longest = max(len(a), len(b))
    length = 1 if lines else 8 if longest > 4096 else 5 if longest > 512 else 3
    ours, theirs = _once(a, length), _once(b, length)
    shared = [(at, theirs[key]) for key, at in ours.items() if key in theirs]
    if lines:
        shared = [(i, j) for i, j in shared if len(a[i]) >= _TELLING]
    blocks: list[Block] = []
    i_end = j_end = 0
    for i, j in longest_chain(sorted(shared)):
        if i < i_end or j < j_end:
            continue
        start, place = i, j
        while start > i_end and place > j_end and a[start - 1] == b[place - 1]:
            start, place = start - 1, place - 1
        i_end, j_end = i, j
        while i_end < len(a) and j_end < len(b) and a[i_end] == b[j_end]:
            i_end, j_end = i_end + 1, j_end + 1
        blocks.append((start, place, i_end - start))
    return blocks


def _once(tokens: list[str], length: int) -> dict[tuple[str, ...], int]:
    """Runs of ``length`` tokens that occur exactly once, with their place."""
    places: dict[tuple[str, ...], int] = {}
    for at, key in enumerate(zip(*(tokens[step:] for step in range(length)), strict=False)):
        places[key] = -1 if key in places else at
    return {key: at for key, at in places.items() if at >= 0}


def longest_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second numbers rise too (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            piles.append(at)
        else:
            tops[pile], piles[pile] = j, at
    chain: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
