"""From a query to the set of documents it finds, and how well each part of it fits them."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial, reduce
from operator import and_, or_
from typing import assert_never

from desktop_app.model.queries import (
    ID_FIELDS,
    LINK_FIELDS,
    And,
    Everything,
    Fuzzy,
    Has,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Within,
    Words,
)
from desktop_app.model.shapes import is_id
from desktop_app.search.analysis import BEGIN, code_name, facet, stands_alone, stemmer, thing_of, words
from desktop_app.search.documents import BESIDE, PARTS
from desktop_app.search.numbers import (
    ADDED,
    CONFIDENCE,
    DUE,
    EDITED,
    END,
    RESOLVED,
    RESOLVED_END,
    START,
    number,
    share,
)
from desktop_app.search.places import unpack_places
from desktop_app.search.ranges import bounds
from desktop_app.search.view import Segment, View, to_bits, to_numbers

_WORTH = (0.8, 0.45, 0.25, 0.25)
"""What each level of a stem adds to the score; together they follow BM25F at the levels' thresholds."""

_STEPS = 4
_NAMES = ("speaker", "person", "org", "channel", "coder")
_OF_PARTS = ("kind", "code", "coder", "speaker", "person", "question", "id", *LINK_FIELDS)
_TRAITS_OF_PARTS = (
    ("has", "memo"),
    ("is", "review"),
    ("is", "conflicting"),
    ("is", "answered"),
    ("is", "unanswered"),
)
"""Fields that ask for parts of texts and for questions too; dates and traits alone would find whole interviews,
sentence by sentence, and what was asked among what was noticed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Documents that something adds to the score of."""

    bits: int
    worth: float


def _asks_for_something(query: Query) -> bool:
    match query:
        case And(parts) | Or(parts):
            return any(map(_asks_for_something, parts))
        case Has(field):
            return field != "metric"
        case Not() | Everything():
            return False
        case _:
            return True


def _asks_for_parts(query: Query) -> bool:
    match query:
        case And(parts) | Or(parts):
            return any(map(_asks_for_parts, parts))
        case Has(field, values):
            return field in _OF_PARTS or any((field, value) in _TRAITS_OF_PARTS for value in values)
        case Not() | Everything() | Within():
            return False
        case _:
            return True


class Evaluation:
    """The evaluation of queries on one view at one local time."""

    def __init__(self, view: View, now: datetime) -> None:
        self.view = view
        self.now = number(now.isoformat())
        self.stem = stemmer(view.language)

    def found(self, query: Query) -> int:
        """The documents a query finds.

        One that only leaves things out, or asks for nothing, is about entries; one that names no words and none of
        the fields that know more than entries is not about the parts of texts, nor about questions.
        """
        found = self._set(query) & self.view.all
        if not _asks_for_something(query):
            return found & self.entries()
        return found if _asks_for_parts(query) else found & ~self._of_types(BESIDE)

    def within(self, start: str, end: str) -> int:
        """The documents of a stretch of time ``[start, end)``, ISO 8601."""
        return self._set(Within("in", "", "", start, end))

    def entries(self) -> int:
        """Documents that are entries."""
        return self.view.term("facet", facet("type", "entry"))

    def parts(self) -> int:
        """Documents that are parts of longer texts: paragraphs and codings."""
        return self._of_types(PARTS)

    def _of_types(self, types: Iterable[str]) -> int:
        return reduce(or_, (self.view.term("facet", facet("type", kind)) for kind in types))

    def layers(self, query: Query) -> Iterator[Layer]:
        """What tells found documents apart: nothing that is excluded, no field."""
        match query:
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self.layers(part)
            case Words(text) if len(terms := words(text)) == 1 and not stands_alone(text):
                held = self._levels(self.stem(terms[0]))
                rarity = self._rarity(held[0])
                yield from (Layer(bits, rarity * worth) for bits, worth in zip(held, _WORTH, strict=True))
            case Words() | Phrase() | Prefix() | Fuzzy():
                bits = self._set(query)
                yield Layer(bits, self._rarity(bits))
            case _:
                return

    def _rarity(self, bits: int) -> float:
        """Inverse document frequency."""
        found, total = bits.bit_count(), max(self.view.count, bits.bit_count())
        return math.log(1 + (total - found + 0.5) / (found + 0.5))

    def _set(self, query: Query) -> int:
        match query:
            case Everything():
                return self.view.all
            case And(parts):
                return reduce(and_, map(self._set, parts))
            case Or(parts):
                return reduce(or_, map(self._set, parts))
            case Not(part):
                return self.view.all & ~self._set(part)
            case Has("id", values):
                return self._things(values)
            case Has(field, values):
                return reduce(or_, (self._value(field, value) for value in values))
            case Within():
                return self.view.gather(lambda segment: _within(segment, query))
            case Words(text):
                return self._words(text)
            case Phrase(text, slop):
                return self._phrase(text, slop)
            case Prefix(text):
                return self._prefix(text)
            case Fuzzy(text):
                return self._fuzzy(text)
            case _ as never:
                assert_never(never)

    # --- words --------------------------------------------------------------------------------------------------------

    def _words(self, text: str) -> int:
        terms = words(text)
        if len(terms) == 1 and not stands_alone(text):
            return self._levels(self.stem(terms[0]))[0]
        return self._phrase(text, 0)

    def _levels(self, stem: str) -> list[int]:
        """Documents with a word of this stem, by level: those with the stem itself are not listed twice."""
        levels = self.view.levels("stem", stem)
        if self.stem(stem) == stem:
            levels = list(map(or_, levels, self.view.levels("exact", stem)))
        return levels

    def _phrase(self, text: str, slop: int) -> int:
        terms = words(text)
        if len(terms) == 1:
            return self._prefix(text) if stands_alone(text) else self.view.term("exact", terms[0])
        key = ("phrase", *terms, slop)
        return self.view.gather(
            lambda segment: segment.known.sets.one(key, lambda: _phrase_in(segment, terms, slop)) if terms else 0
        )

    def _prefix(self, text: str) -> int:
        terms = words(text)
        if len(terms) != 1:
            return self._phrase(text, 0)
        term = terms[0]
        if len(term) == BEGIN:
            return self.view.term("begin", term)
        field = "begin" if len(term) < BEGIN else "exact"
        return self.view.gather(lambda segment: segment.begins(field, term))

    def _fuzzy(self, text: str) -> int:
        terms = words(text)
        if len(terms) != 1:
            return self._phrase(text, 0)
        return self.view.gather(
            lambda segment: segment.known.sets.one(("fuzzy", terms[0]), lambda: _fuzzy_in(segment, terms[0]))
        )

    # --- fields -------------------------------------------------------------------------------------------------------

    def _value(self, field: str, value: str) -> int:
        view = self.view
        if field == "metric":
            return view.all
        if field == "is" and value in ("untagged", "undated"):
            trait = "tag" if value == "untagged" else "date"
            return self.entries() & ~view.term("facet", facet("has", trait))
        if field == "is" and value == "due":
            past = view.gather(lambda segment: _bits(0 < due <= self.now for due in segment.values(DUE)))
            return past & view.term("facet", facet("is", "open"))
        if field == "confidence":
            return view.gather(lambda segment: _confident(segment, value))
        if field == "author":
            return view.term("facet", facet(field, value))
        if field in ID_FIELDS and is_id(value):
            return view.term("facet", facet(thing_of(field), value))
        if field == "question":
            return self._evidence(value)
        if field in _NAMES:
            return self._named(field, value)
        return self._facet(field, code_name(value) if field == "code" else value)

    def _things(self, ids: tuple[str, ...]) -> int:
        """The things of these ids, documents as a whole."""
        view = self.view
        paragraphs = view.term("facet", facet("type", "document")) & ~view.term("facet", facet("whole", "document"))
        found = view.gather(lambda segment: segment.known.sets.one(("id", ids), lambda: segment.keyed(ids)))
        return found & ~paragraphs

    def _evidence(self, text: str) -> int:
        """What links as evidence to a question with every word of a text, the last one maybe only begun."""
        asked = self.view.ids(self._named("asks", text) & self.view.all)
        return reduce(or_, (self.view.term("facet", facet(thing_of("question"), item)) for item in asked), 0)

    def _facet(self, field: str, value: str) -> int:
        term = facet(field, value.removesuffix("*"))
        if value.endswith("*"):
            return self.view.gather(lambda segment: segment.begins("facet", term))
        return self.view.term("facet", term)

    def _named(self, field: str, value: str) -> int:
        """A name fits when it has every word of the value, the last one maybe only begun."""
        terms = words(value)
        if not terms:
            return self._facet(field, value)
        if value.endswith("*") or stands_alone(value):
            terms[-1] += "*"
        return reduce(and_, (self._facet(field, term) for term in terms))


def _bits(flags: Iterator[bool]) -> int:
    """The set of the documents whose flag is set."""
    digits = bytes(flags)[::-1].translate(_DIGITS)
    return int(digits, 2) if digits else 0


_DIGITS = b"01" + bytes(range(2, 256))


def _within(segment: Segment, query: Within) -> int:
    """Documents whose time fits; those without one never do."""
    low, high = number(query.start), number(query.end)
    return segment.known.sets.one(
        ("within", query.field, low, high), lambda: _read_within(segment, query.field, low, high)
    )


def _read_within(segment: Segment, field: str, low: int, high: int) -> int:
    if field in ("added", "edited"):
        return _bits(low <= at < high for at in segment.values(ADDED if field == "added" else EDITED))
    if field == "due":
        # An end is the moment after: what is due by the end of March ends in March.
        return _bits(low < due <= high for due in segment.values(DUE))
    resolved = field == "resolved"
    starts, ends = segment.values(RESOLVED if resolved else START), segment.values(RESOLVED_END if resolved else END)
    if field == "from":
        return _bits(end > low for end in ends)
    if field == "to":
        return _bits(0 < start < high for start in starts)
    return _bits(0 < start < high and end > low for start, end in zip(starts, ends, strict=True))


def _confident(segment: Segment, value: str) -> int:
    """Documents whose confidence lies within, both bounds included; those without one never do."""
    return segment.known.sets.one(("confidence", value), lambda: _read_confident(segment, value))


def _read_confident(segment: Segment, value: str) -> int:
    low, high = map(share, bounds(value))
    return _bits(low <= held <= high for held in segment.values(CONFIDENCE))


def _fuzzy_in(segment: Segment, word: str) -> int:
    return reduce(or_, (segment.term("exact", near) for near in segment.similar(word, 1, 0)), 0)


def _phrase_in(segment: Segment, terms: Sequence[str], slop: int) -> int:
    """Documents of a segment where the terms stand one after another, or near each other."""
    # Whoosh passes over deleted documents, which sets that were read before they were deleted still hold.
    candidates = to_numbers(reduce(and_, (segment.term("exact", term) for term in set(terms)), segment.live()))
    places = {term: _places(segment, term, candidates) for term in set(terms)} if candidates else {}
    fits = _adjacent if slop == 0 else partial(_near, slop=slop)
    found = (
        number
        for at, number in enumerate(candidates)
        if fits(terms, {term: unpack_places(listed[at]) for term, listed in places.items()})
    )
    return to_bits(found, segment.size)


def _places(segment: Segment, term: str, documents: Sequence[int]) -> list[bytes]:
    """Where a term stands in each of these documents, all of which have it, still packed."""
    postings = segment.postings("exact", term)
    packed = []
    for wanted in documents:
        # Stepping is quicker than skipping where most documents are wanted.
        for _ in range(_STEPS):
            if postings.id() >= wanted:
                break
            postings.next()
        else:
            postings.skip_to(wanted)
        packed.append(postings.value())
    return packed


def _adjacent(terms: Sequence[str], places: Mapping[str, Sequence[int]]) -> bool:
    starts = set(places[terms[0]])
    for offset, term in enumerate(terms[1:], 1):
        starts &= {place - offset for place in places[term]}
        if not starts:
            return False
    return True


def _near(terms: Sequence[str], places: Mapping[str, Sequence[int]], slop: int) -> bool:
    """Whether all terms stand in one stretch with at most ``slop`` other words in it, in any order."""
    wanted = Counter(terms)
    stretch = len(terms) + slop
    events = sorted((place, term) for term, found in places.items() for place in found)
    inside: Counter[str] = Counter()
    first = 0
    for place, term in events:
        inside[term] += 1
        while place - events[first][0] >= stretch:
            inside[events[first][1]] -= 1
            first += 1
        if wanted <= inside:
            return True
    return False
