"""What every plain reader gives: the paragraphs of a text, before anybody looks for speakers and times in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath


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
