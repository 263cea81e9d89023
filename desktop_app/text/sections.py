"""Sections: what stands below the headings of a text."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop_app.text.extents import Span, trimmed

_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)


class _Heading(NamedTuple):
    level: int
    words: str
    start: int
    end: int


def sections(text: str, fits: Callable[[str], bool]) -> list[Span]:
    """The sections of the headings that fit, without the heading; a section in another one that fits is part of it.

    Headings are those of Markdown (``## Price``), and a section goes to the next of its level or above. In a text that
    has none every line that fits is a heading, and its section goes to the next such line.
    """
    headings = [
        _Heading(len(found["level"]), found["words"], found.start(), found.end()) for found in _HEADING.finditer(text)
    ] or [
        _Heading(1, found[0].strip(), found.start(), found.end())
        for found in _LINE.finditer(text)
        if fits(found[0].strip())
    ]
    spans: list[Span] = []
    for heading, below in zip(headings, _ends(headings, len(text)), strict=True):
        start, end = trimmed(text, heading.end, below)
        inside = bool(spans) and heading.start < spans[-1][1]
        if start < end and not inside and fits(heading.words):
            spans.append((start, end))
    return spans


def _ends(headings: Sequence[_Heading], length: int) -> list[int]:
    """Where the section of each heading ends."""
    ends = [length] * len(headings)
    open_ones: list[int] = []
    for at, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ends[open_ones.pop()] = heading.start
        open_ones.append(at)
    return ends
