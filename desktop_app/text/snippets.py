"""Snippets: the stretch of a text that shows best why it was found."""

from collections import Counter
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from desktop_app.text.graphemes import continues
from desktop_app.text.tokens import Token, tokens

ELLIPSIS = "…"
_REMEMBERED_LENGTH = 40
_SNAP = 24
"""How far an end moves to fall between two words; text without spaces is cut where it is."""


class Snippet(NamedTuple):
    """One line of text with the stretches ``[start, end)`` of it, in code points, that were matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


Known = dict[str, tuple[Token, ...]]
"""Which tokens of a word were asked for; keep one for all texts of a query."""


def snippet(
    text: str, matches: AbstractSet[str] | Callable[[str], bool], width: int = 160, known: Known | None = None
) -> Snippet:
    """About ``width`` code points of ``text`` around as many different matches as fit.

    ``matches`` holds folded terms, or says whether a folded token matches. Line breaks become spaces. Without a match
    the beginning is shown. The text is plain: marks of Markdown are to be taken off before. ``known`` remembers the
    answers of ``matches`` by word, for the next text.
    """
    line = " ".join(text.split())
    hits = _hits(line, matches if callable(matches) else matches.__contains__, {} if known is None else known)
    first, last = _best(hits, width)
    start, end = _window(line, hits[first].start if hits else 0, hits[last].end if hits else 0, width)
    before, after = ELLIPSIS if start else "", ELLIPSIS if end < len(line) else ""
    shift = len(before) - start
    marks: list[tuple[int, int]] = []
    for hit in hits:
        low, high = max(hit.start, start) + shift, min(hit.end, end) + shift
        if low >= high:
            continue
        if marks and low <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(high, marks[-1][1]))
        else:
            marks.append((low, high))
    return Snippet(f"{before}{line[start:end]}{after}", tuple(marks))


def _hits(line: str, asked: Callable[[str], bool], known: Known) -> list[Token]:
    """Matching tokens. No token reaches across a space, so that each different word is looked at only once."""
    hits = []
    place = 0
    for word in line.split(" "):
        found = known.get(word)
        if found is None:
            found = tuple(token for token in _tokens_of(word) if asked(token.text))
            if len(word) <= _REMEMBERED_LENGTH:
                known[word] = found
        for text, start, end in found:
            hits.append(Token(text, place + start, place + end))
        place += len(word) + 1
    return hits


def _tokens_of(word: str) -> Iterable[Token]:
    return _remembered(word) if len(word) <= _REMEMBERED_LENGTH else tokens(word, last_alone=True)


@lru_cache(maxsize=30_000)
def _remembered(word: str) -> tuple[Token, ...]:
    return tuple(tokens(word, last_alone=True))


def _best(hits: list[Token], width: int) -> tuple[int, int]:
    """The first and the last hit of the window with most different terms, then most hits, then earliest."""
    best, best_score = (0, 0), (0, 0)
    inside: Counter[str] = Counter()
    last = -1
    for first, hit in enumerate(hits):
        while last + 1 < len(hits) and (last < first or hits[last + 1].end - hit.start <= width):
            last += 1
            inside[hits[last].text] += 1
        score = (len(inside), last - first + 1)
        if score > best_score:
            best, best_score = (first, last), score
        inside[hit.text] -= 1
        if not inside[hit.text]:
            del inside[hit.text]
    return best


def _window(line: str, first: int, last: int, width: int) -> tuple[int, int]:
    """``[start, end)`` of the stretch to show around ``[first, last)``, its ends between words where there are any."""
    if len(line) <= width:
        return 0, len(line)
    # A third of the free room goes before the match: what follows explains more.
    start = max(0, min(first - max(0, width - (last - first)) // 3, len(line) - width))
    end = min(len(line), start + width)
    if start:
        space = line.find(" ", start - 1, min(first, start + _SNAP))
        start = space + 1 if space >= 0 else start
    if end < len(line):
        space = line.rfind(" ", max(last, end - _SNAP), end + 1)
        end = space if space > start else end
    while start < first and continues(line[start]):
        start += 1
    while last < end < len(line) and continues(line[end]):
        end -= 1
    return start, end
