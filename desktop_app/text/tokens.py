"""Tokens: the words of a text, folded for comparing, with the code points they came from.

Search and snippets share this, so that what is found is what is marked. A token is a word of letters and digits, a
number with its marks (``3.5``, ``10:20``), or an emoji. ``don't`` stays whole, ``Ines's`` is ``ines``, ``l'eau`` is two
words, ``e-mail`` is ``email``; other hyphens part words.

Scripts that write no spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), and Korean, give overlapping pairs of
characters: ``日本語`` is ``日本`` ``本語``. So every stretch of two characters or more is found as a phrase of pairs. A
query of one character is a prefix query, for which the index must be fed with ``last_alone=True``: then every
character begins a token.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple


class Token(NamedTuple):
    """A folded word and the code points ``[start, end)`` of the original text that it stands for."""

    text: str
    start: int
    end: int


# Marks that only colour a letter: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels. The vowel signs of
# Thai or Devanagari are letters in all but name and stay.
_ACCENTS = (
    *range(0x0300, 0x0370), *range(0x0483, 0x0488), *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5,
    0x05C7, 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100), *range(0xFE20, 0xFE30),
)  # fmt: skip
_UNSEEN = (0x00AD, 0x200C, 0x200D, 0xFE0E, 0xFE0F)  # soft hyphen, joiners, variation selectors
_FOLDED: dict[int, str | None] = dict.fromkeys((*_ACCENTS, *_UNSEEN))
_FOLDED |= {
    ord(letter): plain
    for letter, plain in {
        "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t",
        "ŋ": "n", "ĸ": "k", "ƒ": "f", "’": "'", "ʼ": "'", "＇": "'",
    }.items()
}  # fmt: skip

SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    r"\u3041-\u3096\u3099\u309a\u309d-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Inside of a character class: scripts that write no spaces, and Korean."""
_EMOJI = r"\u2600-\u27bf\U0001f1e6-\U0001f3fa\U0001f400-\U0001faff"  # without skin tones
# One character to a reader: a voiced kana written as two, the letters of one Hangul syllable.
_UNIT = re.compile(r"[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|.[\u3099\u309a\uff9e\uff9f]?", re.DOTALL)

# Joined by a mark: don't (not l'eau, not Ines's), e-mail (one letter before the hyphen), 3.5, 1,200, 10:20.
_ASCII_WORD = re.compile(
    r"([a-z0-9]+(?:['.,:-]"
    r"(?:(?<=[a-z][a-z]')(?!s\b)[a-z][a-z0-9]*|(?<=[0-9][.,:])[0-9][a-z0-9]*"
    r"|(?<=\b[a-z]-)(?<!-[a-z]-)[a-z][a-z0-9]*))*)(?:'s\b)?"
)
# A token is made so three times as fast as by its own constructor, and there are a thousand in every page of results.
_new = tuple.__new__


def fold(text: str) -> str:
    """The text without case and accents, as it is compared: ``Straße`` equals ``STRASSE``, ``Łódź`` equals ``lodz``.

    Folding twice changes nothing. The result may be longer or shorter than the text.
    """
    if text.isascii():
        return text.lower()
    return _fold(text)


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    # Taking a compatibility form apart can bring capitals to light (ϒ).
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()
    # Kana and Hangul syllables are put together again.
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def tokens(text: str, *, last_alone: bool = False) -> Iterator[Token]:
    """The tokens of a text in order. ``last_alone`` also gives the last character of each spaceless run by itself."""
    if text.isascii():
        return _ascii_tokens(text)
    return _tokens(text, last_alone)


def _ascii_tokens(text: str) -> Iterator[Token]:
    for match in _ASCII_WORD.finditer(text.lower()):
        start, end = match.span(1)
        word = match[1]
        yield _new(Token, (word.replace("-", "") if "-" in word else word, start, end))


def _tokens(text: str, last_alone: bool) -> Iterator[Token]:
    for match in _word_pattern().finditer(text):
        run, word = match.groups()
        if run is not None:
            yield from _pairs(run, match.start(), last_alone)
            continue
        start, end = match.span(2)
        if "-" in word:
            word = word.replace("-", "")
        folded = word.lower() if word.isascii() else _fold(word)
        if folded:
            yield _new(Token, (folded, start, end))


def _pairs(run: str, offset: int, last_alone: bool) -> Iterator[Token]:
    units = [match.span() for match in _UNIT.finditer(run)]
    for (start, _), (_, end) in pairwise(units):
        yield Token(fold(run[start:end]), offset + start, offset + end)
    if last_alone or len(units) == 1:
        start, end = units[-1]
        yield Token(fold(run[start:end]), offset + start, offset + end)


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    """Words of any script. Made when first needed, as most texts of a start are found without it."""
    marks = _ranges(
        code
        for first, last in ((0x0300, 0x1E00), (0x20D0, 0x2100), (0xA66F, 0xABEE), (0xFB1E, 0xFB1F), (0xFE20, 0xFE30))
        for code in range(first, last)
        if unicodedata.category(chr(code)) in {"Mn", "Mc"} and not re.match(f"[{SPACELESS}]", chr(code))
    )
    letter = rf"[^\W_{SPACELESS}]"
    inside = rf"(?:{letter}|[{marks}\u00ad\u200c\u200d])*"
    apostrophe = rf"(?<=[^\W\d_][^\W\d_]['’ʼ])(?![sS]\b|\d){letter}{inside}"
    number = rf"(?<=\d[.,:])\d{inside}"
    hyphen = rf"(?<=\b[^\W\d_]-)(?<!-[^\W\d_]-)(?!\d){letter}{inside}"
    return re.compile(
        rf"([{SPACELESS}]+)"
        rf"|({letter}{inside}(?:['’ʼ.,:-](?:{apostrophe}|{number}|{hyphen}))*|[{_EMOJI}])(?:['’ʼ][sS]\b)?"
    )


def _ranges(codes: Iterator[int]) -> str:
    """Code points as the inside of a character class."""
    stretches: list[list[int]] = []
    for code in codes:
        if stretches and stretches[-1][1] == code - 1:
            stretches[-1][1] = code
        else:
            stretches.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in stretches)
