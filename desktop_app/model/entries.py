"""Entries: what is written down, and the rules its fields obey."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from desktop_app.model.errors import Invalid
from desktop_app.model.time import parse_recurrence


class EntryKind(StrEnum):
    NOTE = "note"
    QUOTE = "quote"
    EVENT = "event"
    FORESIGHT = "foresight"


class Basis(StrEnum):
    """Where a stated cause comes from, strongest first."""

    TOLD = "told"
    OBSERVED = "observed"
    CORRELATED = "correlated"
    GUESSED = "guessed"


class Consent(StrEnum):
    """What a person allows with their words; no value means nobody has asked."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What we did in a conversation; no value means nobody has said."""

    LISTENED = "listened"
    TOLD = "told"
    ASKED = "asked"
    HELPED = "helped"


class Result(StrEnum):
    """How a foresight turned out."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


COMPARISONS = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Check:
    """A foresight's test: a series' total (mean, where not additive) over ``period`` (EDTF) against ``value``."""

    series: str
    comparison: str
    value: float
    period: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A resolved foresight: ``resolved`` is the EDTF date of the decision, ``note`` says why."""

    result: str
    resolved: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept in the notebook: ``blob`` is the SHA-256 of its bytes in hex, ``size`` in bytes."""

    name: str
    blob: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class EntryFields:
    """Everything a person can set on an entry. Ids stand for people, organisations and series; dates are EDTF.

    ``act`` is what we did in a conversation. ``recurs`` is how often it comes again after ``occurred``, as an ISO 8601
    duration (``P1Y``) or, with a bound, a repeating interval's beginning (``R5/P1M``).
    """

    kind: str = EntryKind.NOTE
    title: str = ""
    body: str = ""
    occurred: str = ""
    scales: tuple[str, ...] = ()
    perspectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    speaker: str | None = None
    org: str | None = None
    channel: str = ""
    basis: str = ""
    consent: str = ""
    surprise: bool = False
    attachments: tuple[Attachment, ...] = ()
    series: tuple[str, ...] = ()
    horizon: str = ""
    confidence: float | None = None
    check: Check | None = None
    outcome: Outcome | None = None
    act: str = ""
    recurs: str = ""

    def to_json(self) -> dict[str, Any]:
        """The revision's fields: plain JSON values, sets sorted so that equal entries print equal."""
        return {
            "kind": str(self.kind),
            "title": self.title,
            "body": self.body,
            "occurred": self.occurred,
            "scales": sorted(self.scales),
            "perspectives": sorted(self.perspectives),
            "tags": sorted(self.tags),
            "speaker": self.speaker,
            "org": self.org,
            "channel": self.channel,
            "basis": self.basis,
            "consent": self.consent,
            "surprise": self.surprise,
            "attachments": [_plain(item) for item in self.attachments],
            "series": sorted(self.series),
            "horizon": self.horizon,
            "confidence": self.confidence,
            "check": _plain(self.check) if self.check else None,
            "outcome": _plain(self.outcome) if self.outcome else None,
            "act": self.act,
            "recurs": self.recurs,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The fields of a revision; unknown keys of a later version are ignored here (the revision keeps them)."""
        values: dict[str, Any] = {key: data[key] for key in _NAMES if key in data}
        for name in ("scales", "perspectives", "tags", "series"):
            values[name] = tuple(values.get(name, ()))
        values["attachments"] = tuple(Attachment(**item) for item in values.get("attachments", ()))
        if values.get("check"):
            values["check"] = Check(**values["check"])
        if values.get("outcome"):
            values["outcome"] = Outcome(**values["outcome"])
        return cls(**values)

    def checked(self) -> Self:
        """The same fields in canonical form (trimmed, tags normalised, without repeats).

        Raises :class:`Invalid` for a value outside its list, a rhythm that is not canonical, a confidence outside 0–1
        or an entry with no words.
        """
        one_of("kind", self.kind, EntryKind)
        one_of("basis", self.basis, Basis, empty=True)
        one_of("consent", self.consent, Consent, empty=True)
        one_of("act", self.act, Act, empty=True)
        if self.recurs and parse_recurrence(self.recurs) != self.recurs:
            raise Invalid(message=f"“{self.recurs}” is no rhythm as it is kept; say {parse_recurrence(self.recurs)}.")
        if not self.body.strip() and not self.title.strip() and not self.attachments:
            raise Invalid(message="An entry needs some words, a title or an attachment; write something first.")
        if any("\0" in text for text in (self.title, self.body, self.channel)):
            raise Invalid(
                message="A text cannot hold NUL characters (a binary file was given perhaps); leave them out."
            )
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            raise Invalid(
                message=f"A confidence lies between 0 and 1, and {self.confidence:g} does not; write 0.7 for 70 %."
            )
        if self.check:
            one_of("comparison", self.check.comparison, COMPARISONS)
        if self.outcome:
            one_of("outcome", self.outcome.result, Result)
        return replace(
            self,
            title=" ".join(self.title.split()),
            body=self.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n"),
            channel=" ".join(self.channel.split()),
            tags=tuple(sorted({tag(name) for name in self.tags})),
            scales=tuple(sorted(set(self.scales))),
            perspectives=tuple(sorted(set(self.perspectives))),
            series=tuple(sorted(set(self.series))),
        )


_NAMES = tuple(item.name for item in fields(EntryFields))


def _plain(item: Check | Outcome | Attachment) -> dict[str, Any]:
    return {slot.name: getattr(item, slot.name) for slot in fields(item)}


def one_of(what: str, value: str, allowed: Iterable[str], *, empty: bool = False) -> None:
    """Raises :class:`Invalid` naming the allowed values unless ``value`` is one of them."""
    if empty and value == "":
        return
    names = [str(name) for name in allowed]
    if value not in names:
        raise Invalid(message=f"“{value}” is no {what}; use one of {', '.join(names)}.")


@lru_cache(maxsize=2000)
def tag(name: str) -> str:
    """A tag in canonical form: NFC, no leading ``#``, single spaces become ``-``, levels joined by ``/``.

    Case is kept for reading; comparing is done folded. Raises :class:`Invalid` for a tag with nothing left in it.
    """
    levels = unicodedata.normalize("NFC", name).strip().lstrip("#").split("/")
    clean = "/".join(level for level in ("-".join(level.split()) for level in levels) if level)
    if not clean or any(mark in clean for mark in ',"\0'):
        raise Invalid(message=f"“{name}” is no tag: use letters, digits, - and _, with / between levels.")
    return clean


_MOST_LEVELS = 100
"""Levels of a tag that are counted and found; an exchange may bring a tag with a million."""


def tag_levels(name: str) -> list[str]:
    """A tag with those above it, the top one first: ``a``, ``a/b``, ``a/b/c``."""
    levels = name.split("/")
    above = ["/".join(levels[:depth]) for depth in range(1, min(len(levels), _MOST_LEVELS))]
    return [*above, name]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands, with the names behind its ids and its dates derived.

    ``start``/``end`` bound ``occurred`` as ``model.time`` gives them (``end`` exclusive, both empty without a date);
    ``created`` and ``edited`` are UTC moments in ISO 8601; ``head`` is its newest revision, ``revisions`` their count.
    """

    id: str
    fields: EntryFields
    start: str
    end: str
    created: str
    edited: str
    author: str
    head: str
    revisions: int = 1
    trashed: bool = False
    speaker_name: str = ""
    org_name: str = ""

    @property
    def heading(self) -> str:
        """What a list shows first: the title, else the first line of the body, else the first attachment's name."""
        text = self.fields.title or next((line for line in self.fields.body.splitlines() if line.strip()), "")
        return text.strip() or (self.fields.attachments[0].name if self.fields.attachments else "")


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What a person gives for a new entry, or changes on one: names instead of ids, dates as typed, files by path.

    ``None`` means "not given". ``speaker`` and ``org`` are names: an unknown name makes a person or an organisation.
    ``recurs`` is a rhythm as typed ("every 2 weeks").
    ``series`` and a check's series may be a series id or a name that is unique.
    """

    body: str | None = None
    kind: str | None = None
    title: str | None = None
    when: str | None = None
    scales: tuple[str, ...] | None = None
    perspectives: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    speaker: str | None = None
    org: str | None = None
    channel: str | None = None
    basis: str | None = None
    consent: str | None = None
    surprise: bool | None = None
    horizon: str | None = None
    confidence: float | None = None
    check: Check | None = None
    outcome: Outcome | None = None
    series: tuple[str, ...] | None = None
    act: str | None = None
    recurs: str | None = None
    attach: tuple[str, ...] = ()
    detach: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and the number of entries in it or below it."""

    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What a track draws of a dated entry. ``occurred`` is EDTF, so that uncertain ends can fade."""

    id: str
    kind: str
    heading: str
    occurred: str
    start: str
    end: str
    scales: tuple[str, ...]
    perspectives: tuple[str, ...]
    surprise: bool

    @property
    def start_fuzzy(self) -> bool:
        """Whether the beginning is uncertain, approximate or unknown."""
        return _is_fuzzy(self.occurred.split("/")[0])

    @property
    def end_fuzzy(self) -> bool:
        """Whether the end is uncertain, approximate or unknown."""
        return _is_fuzzy(self.occurred.split("/")[-1])


def _is_fuzzy(date: str) -> bool:
    return not date or any(mark in date for mark in "?~%X")
