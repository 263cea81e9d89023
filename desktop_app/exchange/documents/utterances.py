"""Utterances on their way to a document: put one below the other, with a place for each.

Refuses to change a character of what was said; only white space at the ends of an utterance goes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop_app.model.documents import Turn

PAUSE = 2000
"""Milliseconds up to which cues of one speaker are one turn."""

# Scripts that put no space between words: CJK with its punctuation, kana, Thai, Lao, Khmer, Burmese.
_NO_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words and whose they are; times in ms. ``owned`` is false for text that nobody says, which makes no turn."""

    text: str
    speaker: str = ""
    begins: int | None = None
    ends: int | None = None
    owned: bool = True


@dataclass(frozen=True, slots=True)
class Start:
    """Where a turn begins: on ``line``, after a head of ``lines`` lines, with ``rest`` as its first words."""

    line: int
    speaker: str
    rest: str
    begins: int | None = None
    ends: int | None = None
    lines: int = 1


def laid_out(utterances: Iterable[Utterance]) -> tuple[str, tuple[Turn, ...]]:
    """The text, one utterance per paragraph, and its turns; empty utterances are left out."""
    texts: list[str] = []
    turns: list[Turn] = []
    place = 0
    for utterance in utterances:
        text = utterance.text.strip()
        if not text:
            continue
        if utterance.owned:
            turns.append(Turn(place, place + len(text), utterance.speaker, utterance.begins, utterance.ends))
        texts.append(text)
        place += len(text) + 1
    return "\n".join(texts), tuple(turns)


def merged(utterances: Iterable[Utterance]) -> Iterator[Utterance]:
    """Neighbours by one named speaker joined where the pause is at most ``PAUSE``; the order stays that of the file."""
    texts: list[str] = []
    current: Utterance | None = None
    for utterance in utterances:
        if not utterance.text.strip():
            continue
        if current is not None and _goes_on(current, utterance):
            texts.append(utterance.text.strip())
            ends = [end for end in (current.ends, utterance.ends) if end is not None]
            current = replace(current, ends=max(ends, default=None))
            continue
        if current is not None:
            yield replace(current, text=joined(texts))
        current, texts = utterance, [utterance.text.strip()]
    if current is not None:
        yield replace(current, text=joined(texts))


def _goes_on(before: Utterance, after: Utterance) -> bool:
    if not before.speaker or before.speaker != after.speaker or before.begins is None or after.begins is None:
        return False
    last = before.ends if before.ends is not None else before.begins
    return after.begins >= before.begins and after.begins - last <= PAUSE


def joined(pieces: Iterable[str]) -> str:
    """Pieces of one utterance in a row, with a space between them where their script has spaces."""
    parts: list[str] = []
    for piece in pieces:
        if parts and piece:
            last = parts[-1]
            parts.append("" if _NO_SPACES.match(piece[0]) and _NO_SPACES.match(last[-1]) else " ")
        if piece:
            parts.append(piece)
    return "".join(parts)
