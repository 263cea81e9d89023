"""The Whoosh schema: which terms and columns a document has. Loaded only when an index is opened.

Values come as ready terms, so no analyser of Whoosh runs. Changing anything here means raising ``VERSION``.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats

from desktop_app.model.time import OPEN_END
from desktop_app.search.documents import SearchDocument

VERSION = 1
"""Of this schema and of the analysis behind it; an index of another version is built again."""

WHEN = struct.Struct("<5q")
NEVER = WHEN.pack(0, 0, 0, 0, 0)


class Present(formats.Existence):  # type: ignore[misc]
    """Terms without anything else."""

    def word_values(
        self, value: Sequence[str], analyzer: object, **kwargs: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((term, 1, 1.0, b"") for term in value)


class Placed(formats.Positions):  # type: ignore[misc]
    """Terms with their positions; the value is a list of pairs."""

    def word_values(
        self, value: Sequence[tuple[str, list[int]]], analyzer: object, **kwargs: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((term, len(places), 1.0, self.encode(places)) for term, places in value)


def schema() -> Any:
    """A fresh schema; every index is opened with it, never with the one that was pickled beside the data."""
    return fields.Schema(
        key=fields.FieldType(Present(), None),
        exact=fields.FieldType(Placed(), None),
        stem=fields.FieldType(Present(), None),
        begin=fields.FieldType(Present(), None),
        facet=fields.FieldType(Present(), None),
        name=fields.COLUMN(columns.VarBytesColumn()),
        when=fields.COLUMN(columns.FixedBytesColumn(WHEN.size, NEVER)),
    )


def when(document: SearchDocument) -> bytes:
    """Start, end, added, edited and due as numbers that sort as the times do; 0 for none."""
    times = (document.start, document.end, document.added, document.edited, document.due)
    return WHEN.pack(*map(number, times))


def number(moment: str) -> int:
    """``2026-03-14T10:20`` as 202603141020; a date alone counts as its first minute, nothing as 0."""
    digits = "".join(sign for sign in moment[:16] if sign.isdigit())
    return int(digits.ljust(12, "0")[:12]) if digits else 0


assert number(OPEN_END) > number("9999-12-31T23:59")
