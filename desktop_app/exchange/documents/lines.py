"""Lines on pages to paragraphs: which lines belong together, and which repeat on every page.

A page says where its letters stand, not which line goes on in the next; that is told here from margins and lengths.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAME_PLACE = 2.5
"""Points within which two margins or two heights are the same."""
_EDGE_ROWS = 3
_APART = 1.6
_NUMBER = re.compile(r"\W*(?:[^\W\d]{1,8}\W*)?\d{1,4}(?:\W{1,3}(?:[^\W\d]{1,4}\W)?\d{1,4})?\W*")
"""A page's number, with a word before it or the number of pages after it."""
_LONG_HEAD = 120
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Letters of Hebrew, Arabic and their neighbours."""
_SPACES = re.compile(r"[ \t\u2000-\u200a]+")
_UNPRINTED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNS_OF_GLYPHS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdf9\ufe70-\ufefc]+")
_CLOCKED = re.compile(r"[\[({#<]?\d{1,3}[:.]\d{2}(?:[:.]\d{2})?")
_LABELLED = re.compile(r"[A-Z\u00c0-\u00de\u0400-\u042f][\w.'’ -]{0,39}(?:[\[(]\d[\d:.]*[\])])? ?[:：](?:\s|$)")
_BULLET = re.compile(r"[•◦▪‣·–—*-]\s|\(?\d{1,3}[.)]\s")
_TIME_AT_END = re.compile(r"#\d\d:\d\d:\d\d[-.]\d+#\s*$")
_HYPHENS = ("-", "\u2010", "\u00ad")
_FULL = 0.88
_NARROW, _NARROW_WIDE = 40, 18
"""Characters of the narrowest column that is believed; where all lines are shorter, they are short on purpose."""
_WIDE = "CJK HIRAGANA KATAKANA THAI LAO KHMER MYANMAR FULLWIDTH IDEOGRAPHIC".split()


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters written in one go: where they begin, in points from the lower left corner, and how tall they are."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; ``x`` is its left end, ``y`` its height above the foot of the page, in points."""

    text: str
    x: float
    y: float
    size: float


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Lines of one page in the order of the file: pieces at one height, each to the right of the one before."""
    lines: list[Line] = []
    open_pieces: list[Piece] = []
    for piece in pieces:
        if not piece.text.strip():
            if open_pieces:
                # A space or a break of its own has no place that could be trusted.
                open_pieces.append(Piece(" ", open_pieces[-1].x, open_pieces[-1].y, open_pieces[-1].size))
            continue
        last = open_pieces[-1] if open_pieces else None
        if last and (abs(last.y - piece.y) > 0.4 * max(last.size, piece.size) or _is_before(piece, last)):
            lines += _closed(open_pieces)
            open_pieces = []
        open_pieces.append(piece)
    return lines + _closed(open_pieces)


def _is_before(piece: Piece, last: Piece) -> bool:
    """Whether a piece begins left of the one before it, where that is not how its script runs."""
    return piece.x < last.x - 1 and not RIGHT_TO_LEFT.search(last.text)


def _closed(pieces: Sequence[Piece]) -> list[Line]:
    """Most often one line; more where a piece holds breaks of its own, whose places can only be reckoned."""
    if not pieces:
        return []
    first = pieces[0]
    rows = "".join(piece.text for piece in pieces).rstrip().split("\n")
    size = max(piece.size for piece in pieces)
    at_one_height = len({round(piece.y) for piece in pieces}) == 1 and len(pieces) > 1
    if at_one_height:
        rows = [" ".join(rows)]
    found = ((_clean(row), first.y - number * size * 1.2) for number, row in enumerate(rows))
    return [Line(text, first.x, y, size) for text, y in found if text]


def _clean(text: str) -> str:
    """Ligatures and the shapes of Arabic letters are signs of the page, not letters of the text."""
    text = _SIGNS_OF_GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _SPACES.sub(" ", _UNPRINTED.sub("\ufffd", text)).strip(" \n")


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """Pages without the lines at their edges that most of them have at the same height, numbers apart; how many."""
    seen = Counter(key for page in pages for key in {_head_key(line) for line in _edges(page)})
    filled = sum(bool(page) for page in pages)
    repeated = {key for key, count in seen.items() if count >= 2 and count * 2 > filled}
    kept: list[list[Line]] = []
    dropped = 0
    for page in pages:
        gone = {id(line) for line in _edges(page) if _head_key(line) in repeated}
        kept.append([line for line in page if id(line) not in gone])
        dropped += len(gone)
    if not any(kept):
        return [list(page) for page in pages], 0
    return kept, dropped


def _edges(page: Sequence[Line]) -> list[Line]:
    """Lines at the head and the foot of a page that stand apart from its text, and numbers that stand alone there."""
    rows: dict[int, list[Line]] = {}
    for line in sorted(page, key=lambda line: -line.y):
        rows.setdefault(round(line.y), []).append(line)
    heights = list(rows)
    found: list[Line] = []
    for order in (heights, heights[::-1]):
        for place, (height, inner) in enumerate(pairwise(order[: _EDGE_ROWS + 1])):
            if abs(height - inner) > _APART * max(line.size for line in rows[height]):
                found += [line for outer in order[: place + 1] for line in rows[outer]]
                break
        else:
            found += [line for outer in order[:1] for line in rows[outer] if _NUMBER.fullmatch(line.text)]
    return [line for line in {id(line): line for line in found}.values() if len(line.text) <= _LONG_HEAD]


def _head_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.casefold()), round(line.y / _SAME_PLACE)


def flow(pages: Sequence[Sequence[Line]]) -> tuple[list[str], int]:
    """Paragraphs out of lines, and how many words were parted at a line's end."""
    width = _usual_length([line for page in pages for line in page])
    paragraphs: list[list[str]] = []
    hyphens = 0
    last: Line | None = None
    for page in pages:
        margins = Counter(round(line.x) for line in page)
        margin = margins.most_common(1)[0][0] if margins else 0
        turned = True
        for line in page:
            if last is not None and _goes_on(last, line, width, margin, turned=turned):
                hyphens += _join(paragraphs[-1], line.text)
            else:
                paragraphs.append([line.text])
            last, turned = line, False
    return ["".join(parts) for parts in paragraphs], hyphens


def _usual_length(lines: Sequence[Line]) -> int:
    """Characters of a full line: the length that one line in ten reaches."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(last: Line, line: Line, width: int, margin: int, *, turned: bool) -> bool:
    """Whether ``line`` continues ``last``; ``turned`` where a page or a column lies between them."""
    if any(start.match(line.text) for start in (_LABELLED, _CLOCKED, _BULLET)) or _TIME_AT_END.search(last.text):
        return False
    if abs(last.size - line.size) > 0.2 * last.size:
        return False
    jumped = turned or line.y > last.y
    wide = _is_unspaced(line.text[0])
    word = line.text[0] if wide else line.text.split(" ", 1)[0][:15]
    if len(last.text) + 1 + len(word) < max(width, _NARROW_WIDE if wide else _NARROW) * _FULL:
        return False
    if jumped:
        return last.text[-1] not in '.?!:;”"»…)。？！'
    if last.y - line.y > 1.75 * max(last.size, line.size):
        return False
    hangs = line.x > last.x and bool(_LABELLED.match(last.text) or _CLOCKED.match(last.text))
    return hangs or abs(line.x - margin) <= _SAME_PLACE or abs(line.x - last.x) <= _SAME_PLACE


def _join(parts: list[str], more: str) -> bool:
    """Append a line and what belongs before it; whether a word was parted there."""
    text = parts[-1]
    parted = False
    if text.endswith(_HYPHENS) and text[-2:-1].isalpha():
        parted = more[0].islower()
        parts[-1] = text[:-1] if parted else text.removesuffix("\u00ad")
    elif not (_is_unspaced(text[-1]) and _is_unspaced(more[0])):
        parts.append(" ")
    parts.append(more)
    return parted


def _is_unspaced(character: str) -> bool:
    """Whether it is of a script that puts no spaces between words."""
    return unicodedata.name(character, "").split(" ", 1)[0].split("-")[0] in _WIDE
