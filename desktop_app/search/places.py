"""Positions of a term in a document, packed: two bytes each, or four in a text of more than 65,000 words.

Whoosh pickles them, which takes most of the time of a search for a phrase of common words.
"""

from array import array
from collections.abc import Sequence

_SHORT, _LONG = "H", "I"


def pack_places(places: Sequence[int]) -> bytes:
    """Ascending positions as bytes; only ever read by the machine that wrote them."""
    code = _SHORT if places[-1] <= 0xFFFF else _LONG
    return code.encode() + array(code, places).tobytes()


def unpack_places(packed: bytes) -> Sequence[int]:
    return array(chr(packed[0]), packed[1:])
