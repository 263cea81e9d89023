"""Queries as data: what a search asks, free of how it is typed and of how an index answers it."""

from dataclasses import dataclass

FIELDS = {
    "kind": "note, quote, event or foresight",
    "perspective": "a perspective",
    "scale": "a time scale",
    "tag": "a tag and those below it",
    "person": "a person, as speaker or in their record",
    "org": "an organisation",
    "speaker": "who said it",
    "basis": "told, observed, correlated or guessed",
    "channel": "where it was heard",
    "consent": "named, anonymous or withdrawn",
    "stage": "the speaker's stage at the time",
    "metric": "a series to show beside the hits",
    "has": "attachment, speaker, date, title, link, metric, outcome, surprise, scale, perspective or tag",
    "is": "surprise, open, resolved, due, edited, untagged or undated",
}
"""Fields that take values, with what they hold (shown in completion and in the manual)."""

DATE_FIELDS = {
    "from": "occurred on or after",
    "to": "occurred on or before",
    "on": "occurred on that day",
    "in": "occurred in that stretch of time",
    "added": "written down in that stretch of time",
    "edited": "last edited in that stretch of time",
}
"""Fields that take a date, typed as anywhere else."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word, stemmed when searched."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, not stemmed; with ``slop`` they may stand up to so many words apart."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word within one edit."""

    text: str


@dataclass(frozen=True, slots=True)
class Has:
    """A field that must hold one of the values; values of vocabularies are ids."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A date field against the stretch ``[start, end)``; ``text`` is what was typed, ``edtf`` what was understood."""

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


Query = Words | Phrase | Prefix | Fuzzy | Has | Within | Not | And | Or | Everything


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as understood: its tree, its canonical print (parses to the same tree), one sentence that explains it."""

    query: Query
    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One found thing. ``spans`` are the matched words' code-point ranges in ``snippet``; ``score`` falls with rank."""

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
