"""What every plain reader gives: the paragraphs of a text, before anybody looks for speakers and times in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

NOTES_LINE = "―――"
"""What parts footnotes and endnotes from the text before them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Paragraphs as a file has them, Unicode untouched, LF newlines.

    A line break inside a paragraph stays as ``\\n`` inside it; an empty paragraph is an empty string. ``format`` is the
    id of the reader (``docx``, ``txt``, …); ``notices`` are sentences about what could not be taken over.
    """

    title: str
    paragraphs: tuple[str, ...]
    format: str
    notices: tuple[str, ...] = ()


def row_paragraphs(cells: Sequence[str]) -> tuple[str, ...]:
    """A table's row as paragraphs: its cells parted by tabs; a cell that is a row of its own is text in a frame."""
    return tuple(cells[0].split("\n")) if len(cells) == 1 else ("\t".join(cells),)


def title_of(name: str) -> str:
    """The title of a file that states none: its name without the suffix."""
    return PurePath(name).stem or name


def appended(paragraphs: Sequence[str], notes: Sequence[tuple[int, str]]) -> list[str]:
    """The paragraphs, and under a line the notes, each after the number that stands where the text names it."""
    if not notes:
        return list(paragraphs)
    return [*paragraphs, NOTES_LINE, *(f"[{number}] {text}" for number, text in notes)]


def counted(count: int, one: str, many: str) -> tuple[str, ...]:
    """A notice that counts, or none: ``counted(2, "note was put at the end", "notes were …")``."""
    return (f"{count} {one if count == 1 else many}.",) if count else ()
