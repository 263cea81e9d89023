"""Sections: what stands below the headings of a text."""

import re
from collections.abc import Callable

from desktop_app.text.extents import Span, trimmed

_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)


def sections(text: str, fits: Callable[[str], bool]) -> list[Span]:
    """The sections of the headings that fit, without the heading; a section in another one that fits is part of it.

    Headings are those of Markdown (``## Price``), and a section goes to the next of its level or above. In a text that
    has none every line that fits is a heading, and its section goes to the next such line.
    """
    headings = [(len(found["level"]), found["words"], found) for found in _HEADING.finditer(text)]
    if not headings:
        headings = [(1, found[0].strip(), found) for found in _LINE.finditer(text) if fits(found[0].strip())]
    spans: list[Span] = []
    for at, (level, words, found) in enumerate(headings):
        if (spans and found.start() < spans[-1][1]) or not fits(words):
            continue
        end = next((other.start() for deep, _, other in headings[at + 1 :] if deep <= level), len(text))
        start, end = trimmed(text, found.end(), end)
        if start < end:
            spans.append((start, end))
    return spans
