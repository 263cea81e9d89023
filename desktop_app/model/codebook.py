"""Codebooks as files give them: codes that are not in any notebook yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParsedCode:
    """A code of a codebook that was read. ``parent`` is the index of the code above it, which stands before it.

    ``colour`` is ``#RRGGBB`` or empty; ``guid`` is the file's own, in upper case without braces, or empty.
    """

    name: str
    parent: int | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    colour: str = ""
    guid: str = ""
