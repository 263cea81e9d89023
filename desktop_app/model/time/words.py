"""Times in plain English for the screens. What :func:`describe` writes, ``parse_when`` reads back to the same EDTF."""

import re
from datetime import datetime
from functools import lru_cache

from desktop_app.model.time.names import MONTHS, ORDINALS, SEASONS
from desktop_app.model.time.occurred import Atom, BadDate, Occurred, parse_edtf, read_atom

__all__ = ["MONTHS", "describe", "describe_short", "to_input"]

MARK_WORDS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_EARLY = ("early", "mid", "late")
_UNKNOWN = "an unknown date"


def describe(occurred: Occurred | str) -> str:
    """``14 December 2025``, ``3–11 December 2025``, ``Q1 2026``, ``since 2023``, ``about March 2025``.

    Takes EDTF text too. No date (``""``) gives no words; a text that is no EDTF, and the rare forms that English has
    no short words for, are shown as they are written.
    """
    return _describe(occurred if isinstance(occurred, str) else occurred.edtf)


def describe_short(occurred: Occurred | str, now: datetime) -> str:
    """As :func:`describe`, without the year after a month of this year: ``14 December``, ``March–May``."""
    return re.sub(rf"({'|'.join(MONTHS)}) {now.year:04}\b", r"\1", describe(occurred))


def to_input(occurred: Occurred | str) -> str:
    """The EDTF as it stands in an edit field: quarters as ``2026-Q1``, which ``parse_edtf`` and ``parse_when`` read."""
    text = occurred if isinstance(occurred, str) else occurred.edtf
    return re.sub(r"\b([0-9X]{4})-3([3-6])(?![0-9-])", lambda match: f"{match[1]}-Q{int(match[2]) - 2}", text)


@lru_cache(maxsize=4096)
def _describe(text: str) -> str:
    if not text:
        return ""
    try:
        edtf = parse_edtf(text).edtf
    except BadDate:
        return text
    if edtf == "../..":
        return "any time"
    first, slash, second = edtf.partition("/")
    return (_span(first, second) if slash else _marked(read_atom(edtf))) or edtf


def _span(first: str, second: str) -> str:
    """Words for a span; empty where one side has none."""
    a, b = read_atom(first), read_atom(second)
    if first == "..":
        words = _marked(b)
        return words and f"until {words}"
    if second == "..":
        words = _marked(a)
        return words and f"since {words}"
    start, end = _marked(a) or _unknown(first), _marked(b) or _unknown(second)
    if not start or not end:
        return ""
    if a is None or b is None or a.mark != b.mark or _is_early(a) or _is_early(b):
        return f"from {start} to {end}"
    return MARK_WORDS[a.mark] + (_joined(a, b) or f"{_words(a)} – {_words(b)}")


def _unknown(side: str) -> str:
    return "" if side else _UNKNOWN


def _joined(a: Atom, b: Atom) -> str:
    """Two dates of one form with what they share said once; empty where they share nothing."""
    form = tuple(map(bool, a[:4]))
    if form != tuple(map(bool, b[:4])) or "X" in "".join(a + b) or a.zone or b.zone:
        return ""
    if not a.part:
        return f"{a.year}–{b.year}"
    if a.time:
        return f"{_words(a)}–{b.time}" if a[:3] == b[:3] else ""
    if a.year != b.year:
        return ""
    if a.day:
        if a.part == b.part:
            return f"{int(a.day)}–{_words(b)}"
        return f"{int(a.day)} {MONTHS[int(a.part) - 1]} – {_words(b)}"
    if int(a.part) <= 12 and int(b.part) <= 12:
        return f"{MONTHS[int(a.part) - 1]}–{_words(b)}"
    if _is_quarter(a) and _is_quarter(b):
        return f"Q{int(a.part) - 32}–{_words(b)}"
    return ""


def _marked(atom: Atom | None) -> str:
    """Words with what the mark says about them; empty for none, or where there are no words."""
    if atom is None:
        return ""
    if _is_early(atom):
        word = _EARLY[int(atom.part) - 37]
        joint = "-" if word == "mid" else " "
        return f"{'perhaps ' if atom.mark == '%' else ''}{word}{joint}{atom.year}"
    words = _words(atom)
    return words and MARK_WORDS[atom.mark] + words


def _words(atom: Atom) -> str:
    if "X" in atom.year:
        decade = not atom.part and re.fullmatch(r"[0-9]{3}X", atom.year)
        return f"the {atom.year[:3]}0s" if decade else ""
    if not atom.part:
        return atom.year
    if atom.part == "XX":
        return {"": f"some month of {atom.year}", "XX": f"some day of {atom.year}"}.get(atom.day, "")
    if "X" in atom.part:
        return ""
    part = int(atom.part)
    if part > 12:
        return f"{_part_of_year(part)} {atom.year}"
    month = f"{MONTHS[part - 1]} {atom.year}"
    if not atom.day:
        return month
    if "X" in atom.day:
        return f"some day of {month}" if atom.day == "XX" else ""
    zone = {"": "", "Z": " UTC"}.get(atom.zone, f" {atom.zone}")
    return f"{int(atom.day)} {month}" + (f", {atom.time}{zone}" if atom.time else "")


def _part_of_year(part: int) -> str:
    if part <= 32:
        hemisphere = ("", "northern ", "southern ")[(part - 21) // 4]
        return hemisphere + SEASONS[(part - 21) % 4]
    if part <= 36:
        return f"Q{part - 32}"
    return f"{ORDINALS[part - 37]} third of" if part <= 39 else f"{ORDINALS[part - 40]} half of"


def _is_early(atom: Atom) -> bool:
    """An approximate third of a year, which English calls early, mid or late."""
    return atom.part in {"37", "38", "39"} and atom.mark in {"~", "%"} and "X" not in atom.year


def _is_quarter(atom: Atom) -> bool:
    return atom.part in {"33", "34", "35", "36"}
