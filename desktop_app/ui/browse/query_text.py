"""A query as chips and words: which field parts stand in front as chips, and the text they make together."""

from collections.abc import Sequence

from desktop_app.model.queries import Chip


def joined(parts: Sequence[str], words: str) -> str:
    """The query that chips and words make, single-spaced at the seams; spaces at the end of the words are kept."""
    return " ".join([*(part for part in parts if part), *([words] if words else [])])


def field_part(field: str, value: str) -> str:
    """A field with one value as it is typed: ``tag:pricing``, ``metric:"Trials started"``."""
    clean = value.replace('"', " ")
    return f'{field}:"{clean}"' if any(sign in clean for sign in " ,():") else f"{field}:{clean}"


def absorbed(query: str, chips: Sequence[Chip], *, keep_last: bool) -> tuple[list[Chip], str]:
    """The field parts as chips, in the order they stand, and the words that are left.

    With ``keep_last`` a part at the very end stays text, because it may still be typed.
    """
    taken = [chip for chip in chips if not (keep_last and chip.end == len(query))]
    words = query
    for chip in reversed(taken):
        words = f"{words[: chip.start].rstrip()} {words[chip.end :].lstrip()}"
    if taken:
        words = words.lstrip()
        if not words.strip():
            words = ""
    return taken, words
