"""One commit of the index as sets of documents.

A set is an integer whose bit *n* stands for document *n*: ``&``, ``|`` and ``&~`` over ten thousand documents take
about a microsecond, and counting is exact. What a term stands for is read from Whoosh's postings once and remembered
per segment, and segments never change, so a commit leaves what is known of the others alone.
"""

import sys
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import Any

from desktop_app.search.analysis import LEVELS
from desktop_app.search.numbers import ADDED, NUMBERS, START

_REMEMBERED_BYTES = 8 << 20


def to_bits(numbers: Iterable[int], size: int) -> int:
    """The set of these document numbers, all below ``size``."""
    digits = bytearray(b"0" * (size or 1))
    for number in numbers:
        digits[-1 - number] = _ONE
    return int(digits, 2)


def to_numbers(bits: int) -> list[int]:
    """The document numbers of a set, ascending."""
    digits = bin(bits)[:1:-1].encode().translate(_ZERO_IS_FALSE)
    return list(compress(range(len(digits)), digits))


_ONE = ord("1")
_ZERO_IS_FALSE = bytes(0 if code == 48 else code for code in range(256))


class Memory:
    """Sets by what they stand for, the least used forgotten first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held: OrderedDict[object, tuple[int, ...]] = OrderedDict()
        self.size = 0

    def one(self, key: object, make: Callable[[], int]) -> int:
        """The set kept under a key, made when it is not."""
        return self.several(key, lambda: (make(),))[0]

    def several(self, key: object, make: Callable[[], tuple[int, ...]]) -> tuple[int, ...]:
        sets = self.held.get(key)
        if sets is not None:
            self.held.move_to_end(key)
            return sets
        sets = self.held[key] = make()
        self.size += _bytes(sets)
        while self.size > self.limit and len(self.held) > 1:
            _, old = self.held.popitem(last=False)
            self.size -= _bytes(old)
        return sets


def _bytes(sets: tuple[int, ...]) -> int:
    return 200 + sum(bits.bit_length() for bits in sets) // 8


class Segment:
    """One unchanging piece of the index; ``base`` is the number of its first document."""

    def __init__(self, reader: Any, base: int, known: "_Known") -> None:
        self.reader = reader
        self.base = base
        self.size: int = reader.doc_count_all()
        self.known = known
        # Opened at once: a writer of another process may take the files away, and Whoosh would make up empty ones.
        self._columns = {name: self._column(name) for name in ("name", "numbers")}

    def _column(self, name: str) -> Any:
        if not self.reader.has_column(name):
            raise FileNotFoundError(name)
        return self.reader.column_reader(name, translate=False)

    def live(self) -> int:
        """Documents that are not deleted."""
        everything = (1 << self.size) - 1
        segment = self.reader.segment()
        return everything & ~to_bits(segment.deleted_docs(), self.size) if segment.has_deletions() else everything

    def term(self, field: str, term: str) -> int:
        return self.known.sets.one((field, term), lambda: self._read(field, term))

    def _read(self, field: str, term: str) -> int:
        postings = self.postings(field, term)
        return to_bits(postings.all_ids(), self.size) if postings else 0

    def levels(self, field: str, term: str) -> tuple[int, ...]:
        """Documents that a term stands for at level 1 or more, 2 or more, 3 or more, 4."""
        return self.known.sets.several((field, term, LEVELS), lambda: self._read_levels(field, term))

    def _read_levels(self, field: str, term: str) -> tuple[int, ...]:
        postings = self.postings(field, term)
        if postings is None:
            return (0,) * LEVELS
        digits = [bytearray(b"0" * self.size) for _ in range(LEVELS)]
        while postings.is_active():
            number = postings.id()
            for held in digits[: int(postings.weight())]:
                held[-1 - number] = _ONE
            postings.next()
        return tuple(int(held, 2) for held in digits)

    def postings(self, field: str, term: str) -> Any:
        from whoosh.reading import TermNotFound

        try:
            return self.reader.postings(field, term)
        except TermNotFound:
            return None

    def begins(self, field: str, prefix: str) -> int:
        """Documents with a term of a field that begins so."""
        return self.known.sets.one((field, prefix, "*"), lambda: self._read_begins(field, prefix))

    def _read_begins(self, field: str, prefix: str) -> int:
        bits = 0
        for term in self.terms(field, prefix):
            bits |= self.term(field, term)
        return bits

    def terms(self, field: str, prefix: str) -> Iterator[str]:
        return (term.decode() for term in self.reader.expand_prefix(field, prefix))

    def similar(self, word: str, edits: int, same: int) -> Iterator[str]:
        """Words of the texts that are so many edits away at most and share the first ``same`` letters."""
        return iter(self.reader.terms_within("exact", word, edits, prefix=same))

    def values(self, which: int) -> "array[int]":
        """One of the numbers (see ``numbers``) of every document."""
        if not self.known.values:
            packed = array("q", b"".join(self._columns["numbers"]))
            if sys.byteorder == "big":
                packed.byteswap()
            places = NUMBERS.size // packed.itemsize
            self.known.values = [packed[place::places] for place in range(places)]
        return self.known.values[which]

    def keyed(self, keys: Iterable[str]) -> int:
        """Documents with these ids; not remembered, as writing asks for many ids once."""
        found = (self.postings("key", key) for key in keys)
        return to_bits((number for postings in found if postings for number in postings.all_ids()), self.size)

    def name(self, number: int) -> str:
        """Type, id and place of a document, with spaces between."""
        return self._names()[number].decode()

    def ids(self, bits: int) -> Iterator[str]:
        """The ids of these documents, in their order."""
        names = self._names()
        return (names[number].split(b" ", 2)[1].decode() for number in to_numbers(bits))

    def _names(self) -> list[bytes]:
        if not self.known.names:
            self.known.names = list(map(bytes, self._columns["name"]))
        return self.known.names


class _Known:
    """What was read of a segment; outlives the reader that it was read with."""

    def __init__(self) -> None:
        self.sets = Memory(_REMEMBERED_BYTES)
        self.values: list[array[int]] = []
        self.names: list[bytes] = []


class View:
    """One commit, open for searching. ``count`` documents can be found; ``all`` is their set."""

    def __init__(self, reader: Any, language: str, previous: "View | None" = None) -> None:
        self.language = language
        self._reader = reader
        before = previous.known if previous else {}
        self.known: dict[str, _Known] = {}
        self.segments: list[Segment] = []
        for leaf, base in reader.leaf_readers():
            if leaf.doc_count_all():
                name = leaf.segment().segment_id()
                self.known[name] = before.get(name) or _Known()
                self.segments.append(Segment(leaf, base, self.known[name]))
        self.all = self.gather(Segment.live)
        self.count = self.all.bit_count()
        self._recency: Sequence[int] = ()
        self._newest_first: Sequence[int] = ()

    def close(self) -> None:
        self._reader.close()

    def sizes(self) -> list[tuple[int, int]]:
        """Live and all documents of each segment."""
        return [(segment.live().bit_count(), segment.size) for segment in self.segments]

    def gather(self, find: Callable[[Segment], int]) -> int:
        """The set over all documents from what ``find`` gives for each segment."""
        bits = 0
        for segment in self.segments:
            bits |= find(segment) << segment.base
        return bits

    def term(self, field: str, term: str) -> int:
        """Documents with a term; deleted ones may be among them."""
        return self.gather(lambda segment: segment.term(field, term))

    def levels(self, field: str, term: str) -> list[int]:
        """Documents that a term stands for at each level or more, from 1."""
        totals = [0] * LEVELS
        for segment in self.segments:
            for step, bits in enumerate(segment.levels(field, term)):
                totals[step] |= bits << segment.base
        return totals

    def numbers(self, key: str) -> list[int]:
        """The documents with an id."""
        return to_numbers(self.gather(lambda segment: segment.keyed((key,))) & self.all)

    def ids(self, bits: int) -> Iterator[str]:
        """The ids of these documents, in their order; of a thing in several parts once for each."""
        for segment in self.segments:
            yield from segment.ids(bits >> segment.base & (1 << segment.size) - 1)

    def name(self, number: int) -> tuple[str, str, int, int]:
        """Type, id, and the place in the text of a document."""
        segment = next(piece for piece in reversed(self.segments) if piece.base <= number)
        named, at, until = segment.name(number - segment.base).rsplit(" ", 2)
        kind, _, key = named.partition(" ")
        return kind, key, int(at), int(until)

    def newest_first(self, bits: int, wanted: int) -> list[int]:
        """The newest documents of a set, by when they happened or else were added; at most ``wanted``."""
        recency = self.recency()
        if bits.bit_count() * 8 < len(recency):
            return sorted(to_numbers(bits), key=recency.__getitem__, reverse=True)[:wanted]
        if not self._newest_first:
            self._newest_first = sorted(range(len(recency)), key=recency.__getitem__, reverse=True)
        held = bits.to_bytes(len(recency) // 8 + 1, "little")
        return list(islice((at for at in self._newest_first if held[at >> 3] >> (at & 7) & 1), wanted))

    def recency(self) -> Sequence[int]:
        if not self._recency:
            times: array[int] = array("q")
            for segment in self.segments:
                starts, added = segment.values(START), segment.values(ADDED)
                times.extend([start or since for start, since in zip(starts, added, strict=True)])
            self._recency = times
        return self._recency
