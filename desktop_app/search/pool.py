"""Where postings wait, sorted, until their segment is written.

Whoosh's own pool pickles every posting to disk and back for an external sort, which is most of the time of building an
index. Segments here are small enough to be kept in memory, as arrays: about 4 kB for each entry.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator

Posting = tuple[str, bytes, int, float, bytes]
"""Field, term, document number, weight, encoded positions."""


class _Postings:
    """The postings of one term, documents ascending."""

    __slots__ = ("lengths", "numbers", "values", "weights")

    def __init__(self) -> None:
        self.numbers = array("I")
        self.weights = array("f")
        self.values = bytearray()
        self.lengths = array("I")


class Pool:
    """Stands in for ``whoosh.writing.PostingPool``."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, defaultdict[bytes, _Postings]] = defaultdict(lambda: defaultdict(_Postings))

    def add(self, posting: Posting) -> None:
        field, term, number, weight, value = posting
        held = self._fields[field][term]
        held.numbers.append(number)
        held.weights.append(weight)
        if value:
            held.values += value
            held.lengths.append(len(value))

    def iter_postings(self) -> Iterator[Posting]:
        """Every posting by field, term and document; what was given out is forgotten."""
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            for term in sorted(terms):
                held = terms.pop(term)
                if not held.lengths:
                    for number, weight in zip(held.numbers, held.weights, strict=True):
                        yield field, term, number, weight, b""
                    continue
                start = 0
                for number, weight, length in zip(held.numbers, held.weights, held.lengths, strict=True):
                    yield field, term, number, weight, bytes(held.values[start : start + length])
                    start += length

    def cleanup(self) -> None:
        self._fields.clear()
