"""Times as the index keeps them: numbers that sort as the moments do."""

import struct

from desktop_app.search.documents import SearchDocument

WHEN = struct.Struct("<5q")
NEVER = WHEN.pack(0, 0, 0, 0, 0)


def when(document: SearchDocument) -> bytes:
    """Start, end, added, edited and due of a document; 0 for none."""
    moments = (document.start, document.end, document.added, document.edited, document.due)
    return WHEN.pack(*map(number, moments))


def number(moment: str) -> int:
    """``2026-03-14T10:20`` as 202603141020; a date alone counts as its first minute, nothing as 0."""
    digits = "".join(sign for sign in moment[:16] if sign.isdigit())
    return int(digits.ljust(12, "0")[:12]) if digits else 0
