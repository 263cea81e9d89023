"""Identifiers of items and devices.

An item id is 26 characters of Crockford's base 32 in lower case (128 bits, random or the head of a hash). It is
random rather than time-ordered so that the first six characters already name an item on a command line.
"""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26


_PAIRS = tuple(high + low for high in ALPHABET for low in ALPHABET)


def _encode(data: bytes) -> str:
    """Sixteen bytes, a big-endian number, as :data:`LENGTH` digits."""
    number = int.from_bytes(data, "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10)])


def new_id() -> str:
    """A fresh random item id."""
    return _encode(secrets.token_bytes(16))


def derived_id(*parts: str) -> str:
    """The same id for the same parts on every machine: the head of SHA-256 over the length-prefixed UTF-8 parts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return _encode(digest.digest()[:16])
