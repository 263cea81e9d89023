"""Identifiers of items and devices.

An item id is 26 characters of Crockford's base 32 in lower case (130 bits, of which 128 are random or the head of a
hash). It is random rather than time-ordered so that the first six characters already name an item on a command line.
"""

import hashlib
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26


def _encode(number: int) -> str:
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def new_id() -> str:
    """A fresh random item id."""
    return _encode(secrets.randbits(128))


def derived_id(*parts: str) -> str:
    """The same id for the same parts on every machine: the head of SHA-256 over the length-prefixed UTF-8 parts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return _encode(int.from_bytes(digest.digest()[:16], "big"))
