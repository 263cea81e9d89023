"""The names a query may use: which values each field knows, and which of them a typed value means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from desktop_app.model.entries import Basis, Consent, EntryKind
from desktop_app.model.people import Stage
from desktop_app.model.queries import HAS_VALUES, IS_VALUES
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.text.tokens import fold


@dataclass(frozen=True, slots=True)
class QueryVocabulary:
    """What a notebook has names for. The vocabularies decide what is right; the rest only helps with completion."""

    perspectives: Vocabulary
    scales: Vocabulary
    tags: Sequence[str] = ()
    people: Sequence[str] = ()
    organisations: Sequence[str] = ()
    channels: Sequence[str] = ()
    series: Sequence[str] = ()
    codes: Sequence[str] = ()
    coders: Sequence[str] = ()

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
        }[field]


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
    "has": HAS_VALUES,
    "is": IS_VALUES,
}
assert set(_FIXED["kind"]) > set(EntryKind)
assert set(_FIXED["basis"]) == set(Basis)


@dataclass(frozen=True, slots=True)
class Meant:
    """The value a typed one means, or the nearest right one and a sentence why not (``field:`` is put in by it)."""

    value: str
    refusal: str = ""


def meant(field: str, typed: str, vocabulary: QueryVocabulary) -> Meant:
    """What a typed value of a closed field means: a value, its name, or the only one that begins so."""
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


_WHAT = {"scale": "time scale", "has": "value of has:", "is": "value of is:", "basis": "basis", "kind": "kind"}


def _either(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"
