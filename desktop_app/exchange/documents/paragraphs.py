"""What every plain reader gives: the paragraphs of a text, before anybody looks for speakers and times in them."""

from dataclasses import dataclass


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
