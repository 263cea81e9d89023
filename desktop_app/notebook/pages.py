"""Rows of a damaged database, read page by page without its b-trees.

A row of an ordinary table stands in a leaf page as a self-describing record, so it can be read when everything that
leads to it is gone. Follows the SQLite file format, https://www.sqlite.org/fileformat2.html, sections 1.6 and 2.1.
What is no record is passed over: whoever asks has to know a good row from a chance one.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

Value = None | int | float | str | bytes

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SIZES = tuple(1 << power for power in range(9, 17))
_USUAL = 4096
_LARGEST = 1 << 30


class _NoRecord(Exception):
    """These bytes are no record."""


class _Pages:
    """The pages of a file, with those of a write-ahead log beside it laid over them."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        stated = int.from_bytes(self._data[16:18], "big")
        self.size = 65536 if stated == 1 else stated if stated in _SIZES else _USUAL
        self._newer: dict[int, bytes] = {}
        log = path.with_name(path.name + "-wal")
        if log.exists():
            self._lay_over(log.read_bytes())

    def _lay_over(self, log: bytes) -> None:
        frame = 24 + self.size
        for place in range(32, len(log) - frame + 1, frame):
            if log[place + 8 : place + 16] == log[16:24]:
                number = int.from_bytes(log[place : place + 4], "big")
                self._newer[number] = log[place + 24 : place + frame]

    @property
    def count(self) -> int:
        return max(len(self._data) // self.size, *self._newer, 0) if self._newer else len(self._data) // self.size

    def get(self, number: int) -> bytes:
        page = self._newer.get(number) or self._data[(number - 1) * self.size : number * self.size]
        if number < 1 or len(page) < self.size:
            raise _NoRecord
        return page


def records(path: Path) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Row number and values of every record that stands on a leaf page of a table, in no order that means anything.

    Reads the whole file into memory. Texts that are no UTF-8 come with their bad bytes as surrogates.
    """
    pages = _Pages(path)
    for number in range(1, pages.count + 1):
        try:
            page = pages.get(number)
        except _NoRecord:
            continue
        head = 100 if number == 1 else 0
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        # The page's own type is not asked: it may be the very byte that is wrong.
        for cell in range(min(cells, (pages.size - head - 8) // 2)):
            pointer = head + 8 + 2 * cell
            try:
                yield _cell(pages, page, int.from_bytes(page[pointer : pointer + 2], "big"))
            except (_NoRecord, IndexError, struct.error):
                continue


def _cell(pages: _Pages, page: bytes, place: int) -> tuple[int, tuple[Value, ...]]:
    size, place = _varint(page, place)
    number, place = _varint(page, place)
    return number, _record(_payload(pages, page, place, size))


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 127
        if byte < 128:
            return value, place + count + 1
    raise AssertionError


def _payload(pages: _Pages, page: bytes, place: int, size: int) -> bytes:
    """The bytes of a cell, with those that did not fit and lie on a chain of pages of their own."""
    usable = pages.size
    if size > _LARGEST or size < 2:
        raise _NoRecord
    if size <= usable - 35:
        return page[place : place + size]
    least = (usable - 12) * 32 // 255 - 23
    local = least + (size - least) % (usable - 4)
    local = local if local <= usable - 35 else least
    parts, missing = [page[place : place + local]], size - local
    following = int.from_bytes(page[place + local : place + local + 4], "big")
    while missing > 0:
        page = pages.get(following)
        parts.append(page[4 : 4 + min(missing, usable - 4)])
        missing -= usable - 4
        following = int.from_bytes(page[:4], "big")
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    end, place = _varint(payload, 0)
    if not place <= end <= len(payload):
        raise _NoRecord
    types = []
    while place < end:
        kind, place = _varint(payload, place)
        types.append(kind)
    values = []
    for kind in types:
        value, place = _value(payload, place, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, place
    if kind in (8, 9):
        return kind - 8, place
    if kind == 7:
        return struct.unpack_from(">d", payload, place)[0], place + 8
    if kind in (10, 11):
        raise _NoRecord
    length = _INTEGERS.get(kind) or (kind - 12) // 2
    data = payload[place : place + length]
    if len(data) < length:
        raise _NoRecord
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True), place + length
    return (data.decode("utf-8", "surrogateescape") if kind % 2 else data), place + length
