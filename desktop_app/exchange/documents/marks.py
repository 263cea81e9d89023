"""Time marks inside what was said: they leave the words, and their times stay with the turn.

A turn keeps the mark it opens with as its beginning and the one it closes with as its end (f4 writes the end of a
paragraph); marks in the middle of a turn are dropped, for a turn is the smallest thing that has a time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.exchange.documents.clocks import mostly_rising, span
from desktop_app.exchange.documents.utterances import Utterance

_HASH = r"#\s?\d{1,2}:\d{2}(?::\d{2})?(?:[-.,]\d{1,3})?\s?#"
_LONG = r"\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,-]\d{1,3})?"
_SQUARE = rf"\\?\[\s?(?:{_LONG}|\d{{1,3}}:\d{{2}}(?:\.\d{{1,3}})?)\s?\\?\]"
_OTHER = rf"\(\s?{_LONG}\s?\)|\{{\s?{_LONG}\s?\}}|<\s?{_LONG}\s?>"
_ANY = re.compile(rf"(?P<mark>{_HASH}|{_SQUARE}|{_OTHER})[:：]?")
_QUICK = re.compile(r"[#\[({<]\s?\d{1,3}[:.]\d")
_FEW = 2
_SPACES = 8


@dataclass(frozen=True, slots=True)
class Marks:
    """How many marks stand in a text, how many of them in f4's way, and in how many lines one closes the line."""

    count: int
    hashes: int
    closing: int
    rising: bool


def count_marks(lines: Iterable[str]) -> Marks:
    times: list[int] = []
    hashes = closing = 0
    for line in lines:
        if not _QUICK.search(line):
            continue
        end = len(line.rstrip())
        for found in _ANY.finditer(line):
            at = span(found["mark"])
            if at is not None:
                times.append(at[0])
                hashes += found["mark"].startswith("#")
                closing += found.end() == end
    return Marks(len(times), hashes, closing, mostly_rising(times))


def has_marks(marks: Marks) -> bool:
    """Whether marks are the text's way to tell times, and so may leave it."""
    return marks.count >= _FEW and marks.rising


def unmarked(utterances: Sequence[Utterance]) -> Iterator[Utterance]:
    """Utterances without their marks. One without a beginning begins where the one before was marked to end."""
    closed: int | None = None
    for utterance in utterances:
        plain = _unmarked(utterance) if _QUICK.search(utterance.text) else utterance
        if plain.begins is None and plain.owned:
            plain = replace(plain, begins=closed)
        closed = plain.ends if plain.owned else None
        yield plain


def _unmarked(utterance: Utterance) -> Utterance:
    text = utterance.text
    end = len(text.rstrip())
    kept: list[str] = []
    begins, ends, place, spoken = utterance.begins, utterance.ends, 0, False
    for found in _ANY.finditer(text):
        at = span(found["mark"])
        if at is None:
            continue
        piece = text[place : found.start()].rstrip(" \t")
        place = found.end()
        spoken = spoken or not (not piece or piece.isspace())
        kept.append(piece)
        if not piece or piece.endswith("\n"):
            place += len(text[place : place + _SPACES]) - len(text[place : place + _SPACES].lstrip(" \t"))
        begins = at[0] if begins is None and not spoken else begins
        ends = at[0] if ends is None and spoken and found.end() == end else ends
    kept.append(text[place:])
    return replace(utterance, text="".join(kept), begins=begins, ends=ends)
