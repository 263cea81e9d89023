"""Graphemes: where one character of a reader ends, though it be written in several code points.

Covers what texts of conversations hold: combining marks, joined and coloured emoji, flags, Hangul written in letters.
"""

import unicodedata

_JOINER = "\u200d"


def continues(character: str) -> bool:
    """Whether a code point belongs to the one before it: a combining mark, a joiner, a variation selector."""
    return (
        unicodedata.category(character)[0] == "M" or character == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def parts(text: str, position: int) -> bool:
    """Whether a boundary at ``position`` would part a character of a reader."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if after < "\u0300" and before < "\u0300":
        return False
    return (
        (continues(after) and not before.isspace())
        or before == _JOINER
        or _is_within_flag(text, position)
        or ("\u1100" <= before <= "\u11ff" and "\u1160" <= after <= "\u11ff")
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_within_flag(text: str, position: int) -> bool:
    """Two regional letters make a flag, so that what counts is how many stand before."""
    if not _is_flag_letter(text[position]):
        return False
    start = position
    while start and _is_flag_letter(text[start - 1]):
        start -= 1
    return (position - start) % 2 == 1
