"""What the first bytes of a file tell: the encoding that they state, or the kind of binary file that it is."""

import re

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KINDS: tuple[tuple[bytes, str], ...] = (
    (rb"\x89PNG", "a PNG picture"),
    (rb"\xff\xd8\xff", "a JPEG picture"),
    (rb"GIF8", "a GIF picture"),
    (rb"II\*\x00|MM\x00\*|8BPS|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", "a picture"),
    (rb"ID3[\x00-\x0f]|\xff[\xfb\xf3\xf2]|OggS|fLaC|#!AMR|RIFF.{4}WAVE|.{4}ftypM4A|FORM.{4}AIF", "a sound recording"),
    (rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI |\x30\x26\xb2\x75\x8e\x66|\x00\x00\x01[\xba\xb3]", "a recording"),
    (rb"\x1f\x8b", "a gzip archive"),
    (rb"7z\xbc\xaf", "a 7-Zip archive"),
    (rb"Rar!", "a RAR archive"),
    (rb"SQLite format 3\x00", "a database"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _KINDS)


def marked_encoding(data: bytes) -> str | None:
    """Python's name of the encoding that a byte order mark states, or UTF-16 that shows without one.

    UTF-16 without its mark shows as a zero in every other byte of ASCII. The mark of UTF-16 and UTF-32 stays in what
    is decoded with that name.
    """
    stated = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    head = data[:400]
    if stated or len(head) < 8:
        return stated
    if not any(head[1::2]) and all(head[0::2]):
        return "utf-16-le"
    if not any(head[0::2]) and all(head[1::2]):
        return "utf-16-be"
    return None


def binary_kind(data: bytes) -> str | None:
    """Which kind of binary file the first bytes tell ("a PNG picture"); ``None`` where they tell none."""
    return next((kind for pattern, kind in _PATTERNS if pattern.match(data)), None)
