"""Queries as data: what a search asks, free of how it is typed and of how an index answers it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.model.time import OPEN_END, OPEN_START

HAS_VALUES = {
    "attachment": "an attachment",
    "speaker": "a speaker",
    "date": "a date",
    "title": "a title",
    "link": "a link",
    "metric": "a pinned series",
    "outcome": "an outcome",
    "surprise": "a surprise",
    "scale": "a time scale",
    "perspective": "a perspective",
    "tag": "a tag",
    "coding": "a coding",
    "memo": "a memo about it",
    "act": "what we did in the conversation",
    "basis": "a basis",
    "confidence": "a confidence",
    "recurrence": "a recurrence",
}
"""What ``has:`` can ask for, as the explanation says it."""

IS_VALUES = {
    "surprise": "a surprise",
    "open": "a foresight not resolved yet",
    "resolved": "a foresight that was resolved",
    "due": "a foresight past its horizon and not resolved",
    "edited": "changed after it was written",
    "untagged": "without a tag",
    "undated": "without a date",
    "review": "a coding that waits for a person since its text was corrected",
    "conflicting": "something that two people gave different values, and nobody has settled",
    "answered": "a question that has been answered",
    "unanswered": "a question still open",
}
"""What ``is:`` can ask for."""

FIELDS = {
    "kind": "note, quote, event or foresight; document, coding, memo, code, question, person or series",
    "perspective": "a perspective",
    "scale": "a time scale",
    "tag": "a tag and those below it",
    "person": "a person, as speaker or in their record",
    "org": "an organisation",
    "speaker": "who said it",
    "code": "a code by name or path, and those below it",
    "coder": "who applied the code",
    "basis": "told, observed, correlated or guessed",
    "channel": "where it was heard",
    "consent": "named, anonymous or withdrawn",
    "stage": "the speaker's stage at the time",
    "metric": "a series to show beside the hits",
    "has": "something it must have, such as an attachment",
    "is": "a state it must be in, such as open",
    "author": "who wrote the entry down",
    "act": "listened, told, asked or helped",
    "outcome": "how a foresight turned out",
    "confidence": "of a foresight: 0.7, 70% or 0.6..0.8",
    "question": "evidence of a question, by its words or its id",
    "id": "a thing by its id, or the first eight characters of it",
    "linked": "something linked to the thing of that id",
    "explains": "something that explains the thing of that id",
    "supports": "something that supports the thing of that id",
    "contradicts": "something that contradicts the thing of that id",
}
"""Fields that take values, with what they hold (shown in completion and in the manual)."""

DATE_FIELDS = {
    "from": "occurred on or after",
    "to": "occurred on or before",
    "on": "occurred on that day",
    "in": "occurred in that stretch of time",
    "added": "written down in that stretch of time",
    "edited": "last edited in that stretch of time",
    "due": "a foresight whose horizon ends in that stretch of time",
    "resolved": "a foresight resolved in that stretch of time",
}
"""Fields that take a date, typed as anywhere else."""

LINK_FIELDS = ("linked", "explains", "supports", "contradicts")
"""Fields that find what a link joins to the thing of an id: in either direction, or as the source of that relation."""

ID_FIELDS = ("person", "speaker", "org", "code", "question", "id", *LINK_FIELDS)
"""Fields that take the id of a thing, which finds that thing alone where several have one name."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, stemmed when searched; a text such as ``10:30`` or an address is searched as its words in order."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, not stemmed; with ``slop`` in any order, with up to so many other words in between."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so; not stemmed."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word within one edit."""

    text: str


@dataclass(frozen=True, slots=True)
class Has:
    """A field that must hold one of the values; values of vocabularies are ids, confidences print as fractions
    (``0.7``, ``0.6..0.8``, ``0.9..``).

    ``metric`` is no condition: it chooses the series shown, and stands only where all parts of a query are joined.
    """

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A date field against the stretch ``[start, end)``; ``text`` is what was typed, ``edtf`` what was understood.

    ``in`` and ``on`` ask for what overlaps the stretch, ``from`` for what ends after its start, ``to`` for what starts
    before its end: what lasts from March to May is found by ``from:2026-05``, ``to:2026-03`` and ``in:2026-04``.
    ``resolved`` asks like ``in``, ``due`` for what has its end in the stretch.
    """

    field: str
    text: str
    edtf: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Query"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query."""


_QUOTES = {ord(sign): " " for sign in '"“”'}
_BARE = re.compile(r"[^\s,()\"“”|]+")


def writable(text: str) -> str:
    """A text as a value can hold it: on one line, without quotation marks, which would end the value."""
    return " ".join(text.translate(_QUOTES).split())


def print_values(values: Iterable[str]) -> str:
    """Values of a field as they are typed: joined by commas, quoted at need."""
    return ",".join(value if _BARE.fullmatch(value) else f'"{writable(value)}"' for value in values)


def field_part(field: str, *values: str) -> str:
    """The part of a query that asks for one of these values of a field, whatever signs are in them."""
    return f"{field}:{print_values(map(writable, values))}"


Query = Words | Phrase | Prefix | Fuzzy | Has | Within | Not | And | Or | Everything


def asked_stretch(query: Query) -> tuple[str, str] | None:
    """The stretch ``[start, end)`` of ``occurred`` that a query asks for, an open side empty; ``None`` where it asks
    for none."""
    parts = query.parts if isinstance(query, And) else (query,)
    asked = [part for part in parts if isinstance(part, Within) and part.field in ("from", "to", "on", "in")]
    if not asked:
        return None
    starts = [part.start for part in asked if part.field != "to" and part.start > OPEN_START]
    ends = [part.end for part in asked if part.field != "from" and part.end < OPEN_END]
    return max(starts, default=""), min(ends, default="")


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as understood: tree, canonical print (parses to the same tree) and an explanation of one sentence."""

    query: Query
    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A field part of a query as typed, at ``[start, end)`` in code points; ``label`` is how a chip shows it."""

    text: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand at ``[start, end)`` of the query instead of what does; ``note`` says what it is."""

    text: str
    start: int
    end: int
    note: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One found thing. ``spans`` are the matched words' code-point ranges in ``snippet``; ``score`` falls with rank.

    ``type`` is ``entry``, ``person``, ``series``, ``document``, ``coding``, ``code``, ``memo`` or ``question``; of an
    entry ``kind`` is its own. A hit in a document is one paragraph or turn of it: ``at`` is the code point where it
    begins, as it is for a coding; -1 stands for the thing as a whole. ``document`` and ``document_title`` are of the
    document (or the entry) that a paragraph or a coding lies in, ``code`` is a path as shown, ``coder`` who applied it.
    """

    id: str
    type: str
    kind: str
    title: str
    snippet: str
    spans: tuple[tuple[int, int], ...]
    occurred: str
    start: str
    end: str
    scales: tuple[str, ...]
    perspectives: tuple[str, ...]
    tags: tuple[str, ...]
    score: float
    basis: str = ""
    speaker: str = ""
    org: str = ""
    surprise: bool = False
    at: int = -1
    document: str = ""
    document_title: str = ""
    code: str = ""
    coder: str = ""
