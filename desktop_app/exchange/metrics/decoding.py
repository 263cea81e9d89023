"""Bytes of one file to text, strictly: byte order mark, else UTF-8, else Windows-1252 where that is text at all.

Refuses to drop or replace a byte it cannot read. A file cut off within its last character is read up to there and
says so.
"""

import re
from dataclasses import dataclass

from desktop_app.exchange.decoding import binary_kind, marked_encoding
from desktop_app.exchange.metrics.errors import (
    BinaryMetricFile,
    EmptyMetricFile,
    FileTooLarge,
    LineTooLong,
    UnknownEncoding,
)

MAX_FILE = 256 * 1024 * 1024
"""Bytes of one table, packed or not."""
MAX_LINE = 1_000_000
"""Characters of one line; the widest real exports stay far below."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"{\\rtf", "a rich text document"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TEXT_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 32_768


@dataclass(frozen=True, slots=True)
class Decoded:
    """``encoding`` is Python's name for it; ``cut`` tells that the last character was incomplete and left out."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes, name: str) -> Decoded:
    """The text of ``data``; raises a ``MetricFileError`` naming ``name`` for anything that is not text."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyMetricFile(file=name)
    if len(data) > MAX_FILE:
        raise FileTooLarge(file=name, limit=MAX_FILE // 1024**2)
    kind = binary_kind(data) or next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise BinaryMetricFile(file=name, kind=kind)
    encoding = marked_encoding(data)
    if encoding and encoding.startswith("utf-16"):
        _refuse_long_lines(data, MAX_LINE * 2, name)
        decoded = _decode_wide(data, encoding, name)
    else:
        _refuse_long_lines(data, MAX_LINE, name)
        if _CONTROL.search(data):
            raise BinaryMetricFile(file=name, kind="not a text file")
        decoded = _decode_narrow(data, encoding or "utf-8", name)
    if not decoded.text.strip():
        raise EmptyMetricFile(file=name)
    return decoded


def _decode_wide(data: bytes, encoding: str, name: str) -> Decoded:
    whole = data[: len(data) // 2 * 2]
    cut = len(whole) != len(data)
    try:
        text = whole.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(whole) - 2:
            raise BinaryMetricFile(file=name, kind="not a text file") from None
        text, cut = whole[: error.start].decode(encoding), True
    if _TEXT_CONTROL.search(text):
        raise BinaryMetricFile(file=name, kind="not a text file")
    return Decoded(text.removeprefix("\ufeff"), encoding, cut)


def _decode_narrow(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            return Decoded(data[: error.start].decode(encoding), encoding, cut=True)
        at = error.start
    line = data.count(b"\n", 0, at) + 1
    if encoding != "utf-8" or not _is_western_text(data, at):
        raise UnknownEncoding(file=name, line=line)
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        raise UnknownEncoding(file=name, line=line) from None


def _is_western_text(data: bytes, at: int) -> bool:
    from charset_normalizer import from_bytes

    sample = data[max(0, at - _SAMPLE) : at + _SAMPLE]
    letters = len(re.findall(rb"[A-Za-z0-9 ,;\t\r\n\"'.%/:#-]", sample))
    return letters * 2 > len(sample) and from_bytes(sample).best() is not None


def _refuse_long_lines(data: bytes, limit: int, name: str) -> None:
    """A line of ``limit`` bytes covers a whole window of half that size without a line end; only such are measured."""
    if len(data) < limit:
        return
    window = limit // 2
    for low in range(0, len(data), window):
        high = low + window
        if data.find(b"\n", low, high) >= 0 or data.find(b"\r", low, high) >= 0:
            continue
        start = max(data.rfind(b"\n", 0, low), data.rfind(b"\r", 0, low)) + 1
        ends = [end for end in (data.find(b"\n", low), data.find(b"\r", low)) if end >= 0]
        if (min(ends) if ends else len(data)) - start > limit:
            raise LineTooLong(file=name, line=data.count(b"\n", 0, start) + 1, limit=MAX_LINE)
