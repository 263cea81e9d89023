"""The names a query may use: which values each field knows, and which of them a typed value means."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from desktop_app.model.entries import Act, Basis, Consent, EntryKind, Result
from desktop_app.model.people import Stage
from desktop_app.model.queries import HAS_VALUES, IS_VALUES, LINK_FIELDS, writable
from desktop_app.model.shapes import is_id
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.search.ranges import NoConfidence, confidence
from desktop_app.text.tokens import fold

_BEGINNING = 8
"""Characters of an id that are enough to name a thing."""


@dataclass(frozen=True, slots=True)
class QueryVocabulary:
    """What a notebook has names for. The vocabularies decide what is right; the lists only help with completion.

    ``beginning`` gives ids of things that begin so (more than one need not be all), ``name_of`` what the thing of an id
    is called, empty where nobody knows.
    """

    perspectives: Vocabulary
    scales: Vocabulary
    tags: Sequence[str] = ()
    people: Sequence[str] = ()
    organisations: Sequence[str] = ()
    channels: Sequence[str] = ()
    series: Sequence[str] = ()
    codes: Sequence[str] = ()
    coders: Sequence[str] = ()
    authors: Sequence[str] = ()
    questions: Sequence[str] = ()
    beginning: Callable[[str], Sequence[str]] = lambda begun: ()
    name_of: Callable[[str], str] = lambda item: ""

    def closed(self, field: str) -> Mapping[str, str] | None:
        """Every value a field can have, with what it means; None for a field that takes any value."""
        if field in _FIXED:
            return _FIXED[field]
        if field in ("perspective", "scale"):
            vocabulary = self.perspectives if field == "perspective" else self.scales
            return {term.id: term.name for term in vocabulary}
        return None

    def spellings(self, field: str) -> Mapping[str, str]:
        """Folded ways to write each value of a closed field, with the value."""
        spellings = {fold(value): value for value in self.closed(field) or ()}
        if field in ("perspective", "scale"):
            for term in self.perspectives if field == "perspective" else self.scales:
                spellings.setdefault(fold(writable(term.id)), term.id)
                spellings.setdefault(fold(term.name), term.id)
                spellings.setdefault(fold(term.short), term.id)
        return spellings

    def known(self, field: str) -> Sequence[str]:
        """The values of a field that this notebook has already."""
        closed = self.closed(field)
        if closed is not None:
            return tuple(closed)
        return {
            "tag": self.tags,
            "person": self.people,
            "speaker": self.people,
            "org": self.organisations,
            "channel": self.channels,
            "metric": self.series,
            "code": self.codes,
            "coder": self.coders,
            "author": self.authors,
            "question": self.questions,
        }.get(field, ())


def _named(names: Iterable[str], meaning: str) -> dict[str, str]:
    return {str(name): meaning for name in names}


_FIXED: dict[str, Mapping[str, str]] = {
    "kind": {
        "note": "a field note",
        "quote": "a customer quote",
        "event": "an event",
        "foresight": "a foresight",
        "document": "a document, or a paragraph of one",
        "coding": "words that a code was applied to",
        "memo": "a memo",
        "code": "a code of the codebook",
        "question": "a question",
        "person": "a person",
        "series": "a series of numbers",
    },
    "basis": {
        "told": "the customer gave this reason",
        "observed": "we saw it",
        "correlated": "numbers moved together",
        "guessed": "a guess",
    },
    "consent": _named(Consent, "consent"),
    "stage": _named(Stage, "stage of the speaker"),
    "act": {
        "listened": "we listened",
        "told": "we told something",
        "asked": "we asked something",
        "helped": "we helped",
    },
    "outcome": {"yes": "it came about", "partly": "it came about in part", "no": "it did not come about"},
    "has": HAS_VALUES,
    "is": IS_VALUES,
}
assert set(_FIXED["kind"]) > set(EntryKind)
assert set(_FIXED["basis"]) == set(Basis)
assert set(_FIXED["act"]) == set(Act)
assert set(_FIXED["outcome"]) == set(Result)


@dataclass(frozen=True, slots=True)
class Meant:
    """The value a typed one means, or the nearest right one and a sentence why not (``field:`` is put in by it)."""

    value: str
    refusal: str = ""


def meant(field: str, typed: str, vocabulary: QueryVocabulary) -> Meant:
    """What a typed value of a field means: where the field is closed a value, its name, or the only one that begins so;
    the thing whose id begins so; a confidence in its one form; else what was typed."""
    if field == "confidence":
        return _confidence(typed)
    if field == "id" or field in LINK_FIELDS:
        return _thing(typed, vocabulary)
    if vocabulary.closed(field) is None:
        return Meant(typed)
    spellings = vocabulary.spellings(field)
    wanted = fold(" ".join(typed.split())).rstrip("*")
    if wanted in spellings:
        return Meant(spellings[wanted])
    if wanted.replace(" ", "-") in spellings:
        return Meant(spellings[wanted.replace(" ", "-")])
    begun = sorted({value for spelling, value in spellings.items() if spelling.startswith(wanted)}) if wanted else []
    if len(begun) == 1:
        return Meant(begun[0])
    if begun:
        return Meant(begun[0], f"“{field}:{typed}” could be {_either(begun)}; write more of it.")
    near = get_close_matches(wanted, spellings, 1, 0.5)
    if near:
        value = spellings[near[0]]
        return Meant(value, f"There is no {_WHAT.get(field, field)} “{typed}”; did you mean “{value}”?")
    values = _either(list(vocabulary.closed(field) or ()))
    return Meant("", f"There is no {_WHAT.get(field, field)} “{typed}”; it can be {values}.")


def _confidence(typed: str) -> Meant:
    try:
        return Meant(confidence(typed))
    except NoConfidence as error:
        return Meant(error.instead, str(error))


def _thing(typed: str, vocabulary: QueryVocabulary) -> Meant:
    begun = typed.strip().lower()
    if is_id(begun):
        return Meant(begun)
    if not re.fullmatch("[0-9a-z]+", begun):
        return Meant("", f"“{typed}” is no id; ids are letters and digits, and their first {_BEGINNING} are enough.")
    found = vocabulary.beginning(begun)
    if len(begun) < _BEGINNING:
        only = found[0] if len(found) == 1 else ""
        return Meant(only, f"“{typed}” is too little of an id; write at least the first {_BEGINNING} characters.")
    if not found:
        return Meant("", f"Nothing here has an id that begins with “{typed}”.")
    if len(found) > 1:
        return Meant(found[0], f"Several things have an id that begins with “{typed}”; write more of it.")
    return Meant(found[0])


_WHAT = {"scale": "time scale", "has": "value of has:", "is": "value of is:", "basis": "basis", "kind": "kind"}


def _either(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
