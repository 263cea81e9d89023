"""The Whoosh schema: which terms and columns a document has. Loaded only when an index is opened.

Values come as ready terms, so no analyser of Whoosh runs. Changing anything here means raising ``VERSION``.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats

from desktop_app.search.numbers import NONE, NUMBERS
from desktop_app.search.places import pack_places

VERSION = 4
"""Of this schema and of the analysis behind it; an index of another version is built again."""


class Present(formats.Existence):  # type: ignore[misc]
    """Terms without anything else."""

    def word_values(
        self, value: Sequence[str], analyzer: object, **kwargs: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((term, 1, 1.0, b"") for term in value)


class Weighed(formats.Existence):  # type: ignore[misc]
    """Terms with their level as weight."""

    def word_values(
        self, value: Sequence[tuple[str, float]], analyzer: object, **kwargs: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((term, 1, level, b"") for term, level in value)


class Placed(formats.Format):  # type: ignore[misc]
    """Terms with their level as weight, and their positions."""

    def word_values(
        self, value: Sequence[tuple[str, float, list[int]]], analyzer: object, **kwargs: Any
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((term, len(places), level, pack_places(places)) for term, level, places in value)


def schema() -> Any:
    """A fresh schema; every index is opened with it, never with the one that was pickled beside the data."""
    return fields.Schema(
        key=fields.FieldType(Present(), None),
        exact=fields.FieldType(Placed(), None),
        stem=fields.FieldType(Weighed(), None),
        begin=fields.FieldType(Present(), None),
        facet=fields.FieldType(Present(), None),
        name=fields.COLUMN(columns.VarBytesColumn()),
        numbers=fields.COLUMN(columns.FixedBytesColumn(NUMBERS.size, NONE)),
    )
