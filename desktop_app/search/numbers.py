"""What the index keeps of a document as numbers: its times, which sort as the moments do, and its confidence."""

import struct

from desktop_app.search.documents import SearchDocument

NUMBERS = struct.Struct("<8q")
NONE = NUMBERS.pack(*(0,) * 8)
START, END, ADDED, EDITED, DUE, RESOLVED, RESOLVED_END, CONFIDENCE = range(8)


def numbers(document: SearchDocument) -> bytes:
    """The moments of a document and its confidence, at the places named above; 0 for none."""
    moments = (document.start, document.end, document.added, document.edited, document.due, *document.resolved)
    return NUMBERS.pack(*map(number, moments), 0 if document.confidence is None else share(document.confidence))


def number(moment: str) -> int:
    """``2026-03-14T10:20`` as 202603141020; a date alone counts as its first minute, nothing as 0."""
    digits = "".join(sign for sign in moment[:16] if sign.isdigit())
    return int(digits.ljust(12, "0")[:12]) if digits else 0


def share(value: float) -> int:
    """A number from 0 to 1 as a positive integer that sorts as it does: its bits as a double (IEEE 754), and one."""
    (bits,) = struct.unpack("<q", struct.pack("<d", abs(value)))
    return int(bits) + 1
