"""From a document to the terms of the index, and from the words of a query to the same terms.

Three sets of terms are kept of each text:

- ``exact``: every folded token with its positions, for phrases, prefixes, spelling;
- ``stem``: the stem of every token whose stem is another word. Together with ``exact`` it answers plain words.
- ``begin``: the first two letters of every token, so that a short prefix is one term rather than hundreds.

How well a word stands for its document (how often it is used, in the title or the body, in how long a text) is worked
out here, once, as BM25F does, and rounded to a level of 1 to 4, kept as the weight of ``exact`` and ``stem``.
Searching then needs only sets: those of the documents of each level.

Everything else is a facet: ``name=value``, folded.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.model.entries import tag_levels
from desktop_app.model.queries import writable
from desktop_app.search.documents import PARTS, SearchDocument
from desktop_app.text.tokens import fold, tokens

BEGIN = 2
"""Letters of a token that ``begin`` keeps."""

LEVELS = 4
_THRESHOLDS = (1.1, 1.4, 1.65)
_LONGEST_TERM = 80
_GAP = 1000
"""Positions between title, body and names: no phrase reaches from one into the next."""

_TITLE, _BODY, _NAMES, _CODES = 3.0, 1.0, 1.5, 0.5
_K1, _B, _USUAL_LENGTH = 1.2, 0.5, 80


def placed(text: str, *, last_alone: bool = False) -> Iterator[tuple[str, int]]:
    """The tokens of a text with their positions; the last character of a spaceless run has the place after it."""
    place, last_start, last_end = -1, -1, -1
    for token in tokens(text, last_alone=last_alone):
        extra = last_alone and last_start < token.start < last_end == token.end
        place += not extra
        yield token.text[:_LONGEST_TERM], place + extra
        last_start, last_end = token.start, token.end


def words(text: str) -> list[str]:
    """The tokens of a query's text."""
    return [token.text[:_LONGEST_TERM] for token in tokens(text)]


def stands_alone(text: str) -> bool:
    """Whether a text is one character of a script without spaces: any word that has it is meant."""
    return len(text) <= 3 and len(words(text)) == 1 and len(words(text * 3)) == 2


@lru_cache(maxsize=8)
def stemmer(language: str) -> Callable[[str], str]:
    """The stem of a folded token in a language (ISO 639-1), remembered; without a stemmer the token itself."""
    from whoosh.lang import NoStemmer, stemmer_for_language

    try:
        stem = stemmer_for_language(language)
    except NoStemmer:
        return lambda word: word

    @lru_cache(maxsize=50_000)
    def of(word: str) -> str:
        # What the stemmer does not know (numbers, other scripts, emoji) it might spoil.
        return fold(stem(word)) or word if word.isalpha() else word

    return of


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a document: ``exact`` with level and positions, ``stem`` with level."""

    exact: list[tuple[str, float, list[int]]]
    stem: list[tuple[str, float]]
    begin: list[str]
    facet: list[str]


def terms(document: SearchDocument, stem: Callable[[str], str]) -> Terms:
    """Everything the index keeps to find a document by."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    weights: defaultdict[str, float] = defaultdict(float)
    place = length = 0
    part = document.type in PARTS
    names = "\n".join(document.names())
    # A code's name is on all of its codings: a hundred of them shall not come before an entry that says the word.
    for text, weight in ((document.title, _TITLE), (document.body, _BODY), (names, _CODES if part else _NAMES)):
        count = 0
        for word, at in placed(text, last_alone=True):
            places[word].append(place + at)
            weights[word] += weight
            count = at + 1
        place += count + _GAP
        length += count
    stems = {word: stem(word) for word in places}
    # Being short says little of a part of a text: "Price? No." shall not come before an entry about prices.
    levels = _levels(weights, stems, max(length, _USUAL_LENGTH) if part else length)
    return Terms(
        exact=[(word, levels[stems[word]], at) for word, at in places.items()],
        stem=[(term, levels[term]) for term in {term for word, term in stems.items() if term != word}],
        begin=list({word[:BEGIN] for word in places}),
        facet=list(dict.fromkeys(_facets(document))),
    )


def _levels(weights: Mapping[str, float], stems: Mapping[str, str], length: int) -> dict[str, float]:
    """The level of each stem: 1 where it is one word among many, 4 where it is what the document is about."""
    totals: defaultdict[str, float] = defaultdict(float)
    for word, weight in weights.items():
        totals[stems[word]] += weight
    damping = _K1 * (1 - _B + _B * length / _USUAL_LENGTH)
    return {term: 1.0 + bisect(_THRESHOLDS, weight * (_K1 + 1) / (weight + damping)) for term, weight in totals.items()}


def _facets(document: SearchDocument) -> Iterator[str]:
    yield facet("type", document.type)
    yield facet("kind", document.kind or document.type)
    if document.type == "document" and document.at < 0:
        yield facet("whole", document.type)
    for name in ("basis", "consent", "stage", "act", "outcome"):
        if value := getattr(document, name):
            yield facet(name, value)
    if document.author:
        yield facet("author", writable(document.author))
    yield from (facet(thing_of(name), item) for name, item in document.things)
    if document.type == "question":
        yield from (facet("asks", word) for word in name_words(document.title))
    for path in document.codes:
        yield from (facet("code", name) for name in code_names(path))
    for tag in document.tags:
        yield from (facet("tag", level) for level in tag_levels(tag))
    yield from (facet("perspective", value) for value in document.perspectives)
    yield from (facet("scale", value) for value in document.scales)
    yield from (facet("has", value) for value in document.traits)
    yield from (facet("is", value) for value in document.states)
    named: Sequence[tuple[str, Sequence[str]]] = (
        ("speaker", document.speakers),
        ("person", (*document.speakers, *document.people)),
        ("org", document.organisations),
        ("channel", (document.channel,)),
        ("coder", document.coders),
    )
    for name, values in named:
        yield from {facet(name, word) for value in values for word in name_words(value)}


def name_words(name: str) -> set[str]:
    """The words that a name is found by."""
    return {word for word, _ in placed(name, last_alone=True)}


def code_names(path: Sequence[str]) -> Iterator[str]:
    """Every way to name a code of this path or one above it: by its own name, or with those above it."""
    for last in range(1, len(path) + 1):
        yield from code_endings(path[:last])


def code_endings(path: Sequence[str]) -> Iterator[str]:
    """Every way to name the code of this path itself."""
    return (code_name("/".join(path[first:])) for first in range(len(path)))


def code_name(text: str) -> str:
    """A code's name or path as it is compared: spaces around its strokes do not matter."""
    return re.sub(r"\s*/\s*", "/", text)


def thing_of(name: str) -> str:
    """The facet that a field's ids stand in, apart from its words: an id is never taken for a name."""
    return f"{name}.id"


def facet(name: str, value: str) -> str:
    """The term of a field's value."""
    return f"{name}={fold(value.encode('utf-8', 'replace').decode())}"
