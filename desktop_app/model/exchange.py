"""Exchanges of notebooks: what a copy holds, what a merge would do or did, what waits for a person to settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class Outcome(StrEnum):
    """What became of one item when two notebooks met."""

    NEW = "new"
    IDENTICAL = "identical"
    FAST_FORWARD = "fast_forward"
    MERGED = "merged"
    CONFLICTING = "conflicting"
    REJECTED = "rejected"


class History(StrEnum):
    """How much of the past a copy holds. ``heads``: of each item only how it stands; what came before is known to be
    missing."""

    FULL = "full"
    HEADS = "heads"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was not taken as it came, or was decided for a person: ``item`` is an id (or names a revision or a
    file), ``what`` and ``why`` are short English sentences without names of people in redacted copies."""

    item: str
    what: str
    why: str

    def to_json(self) -> dict[str, Any]:
        return {"item": self.item, "what": self.what, "why": self.why}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a copy does not hold, and why: ``{count} {what}, because {why}``, one or several as the count is."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says about itself: who made it, on which device, when (ISO 8601, UTC) and out of which notebook;
    the query that selected it (empty: everything), how much history, whether people have pseudonyms in it, how many
    items of each kind it holds, and what was left out."""

    notebook: str
    title: str
    author: str
    device: str
    device_name: str
    at: str
    query: str = ""
    history: str = History.FULL
    redacted: bool = False
    items: Mapping[str, int] = field(default_factory=dict)
    left_out: Sequence[LeftOut] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "notebook": self.notebook,
            "title": self.title,
            "author": self.author,
            "device": self.device,
            "device_name": self.device_name,
            "at": self.at,
            "query": self.query,
            "history": str(self.history),
            "redacted": self.redacted,
            "items": dict(sorted(self.items.items())),
            "left_out": [{"what": one.what, "count": one.count, "why": one.why} for one in self.left_out],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else than what :meth:`to_json` gives."""
        texts = {
            name: str(data[name])
            for name in ("notebook", "title", "author", "device", "device_name", "at", "query", "history")
        }
        at = datetime.fromisoformat(texts["at"])
        if at.tzinfo is None or not 1970 <= at.year < 9999:
            raise ValueError("no moment that can be told")
        return cls(
            **texts,
            redacted=bool(data["redacted"]),
            items={str(kind): int(count) for kind, count in data["items"].items()},
            left_out=tuple(LeftOut(str(one["what"]), int(one["count"]), str(one["why"])) for one in data["left_out"]),
        )


@dataclass(frozen=True, slots=True)
class Seal:
    """How a copy is encrypted with age (age-encryption.org/v1): a passphrase, or X25519 or SSH public keys of those
    who may open it, one text each."""

    passphrase: str = field(default="", repr=False)
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unseal:
    """What opens an encrypted copy: its passphrase, or the text of an age identity file or of an SSH private key."""

    passphrase: str = field(default="", repr=False)
    identity: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What a person wants in a copy. ``query`` selects entries, documents, people, … (empty: everything); what they
    need comes along. ``redact``: people have pseudonyms in it; ``hide`` are further words to be replaced then, each
    with what stands in its place. ``attachments``: whether attached files come along (never in a redacted copy,
    unless they are plain text)."""

    query: str = ""
    history: History = History.FULL
    redact: bool = False
    hide: Mapping[str, str] = field(default_factory=dict)
    attachments: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item of a merge. ``before`` and ``after`` are its fields here as they were and as they are then (``None``
    where it is new, or was rejected); ``author`` and ``at`` (ISO 8601, UTC) are of the revision that came last;
    ``changed`` names the fields that differ."""

    item: str
    kind: str
    outcome: Outcome
    heading: str
    author: str = ""
    at: str = ""
    changed: tuple[str, ...] = ()
    before: Mapping[str, Any] | None = field(default=None, repr=False)
    after: Mapping[str, Any] | None = field(default=None, repr=False)


MOST_SHOWN = 1000
"""Arrivals of each outcome that a report lists; the counts count all."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge does, or did. ``counts`` has every :class:`Outcome`; ``arrivals`` are at most :data:`MOST_SHOWN` of
    each outcome but ``identical``, which is only counted. ``same_names`` are the names of people, organisations and
    codes that stand twice afterwards, because they were made apart."""

    source: str
    counts: Mapping[Outcome, int]
    arrivals: Sequence[Arrival] = field(default=(), repr=False)
    losses: Sequence[Loss] = ()
    manifest: Manifest | None = None
    same_names: Sequence[str] = ()

    @property
    def changes_something(self) -> bool:
        return any(self.counts[outcome] for outcome in Outcome if outcome not in (Outcome.IDENTICAL, Outcome.REJECTED))

    def to_json(self) -> dict[str, Any]:
        """The shape that the command line prints."""
        return {
            **{str(outcome): self.counts[outcome] for outcome in Outcome},
            "losses": [loss.to_json() for loss in self.losses],
            "same_names": list(self.same_names),
            "file": self.source,
            "manifest": self.manifest.to_json() if self.manifest else None,
        }


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values that a field could have: whose it is and when it was written (ISO 8601, UTC)."""

    value: Any
    revision: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people gave different values: the one shown first is what the item shows meanwhile. ``field`` is
    its name, ``attributes/ID`` or ``people/NAME`` for one key of a field."""

    item: str
    kind: str
    heading: str
    field: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the history of exchanges: ``direction`` is ``in`` or ``out``, ``way`` is ``file`` or ``folder``;
    ``file`` its name without the folder; ``report`` what it was about, as JSON. ``change`` is the change that a merge
    made, ``undone`` whether it was taken back."""

    number: int
    direction: str
    way: str
    at: str
    author: str
    file: str
    report: Mapping[str, Any] = field(repr=False)
    change: int | None = None
    undone: bool = False
