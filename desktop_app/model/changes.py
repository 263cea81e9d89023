"""Changes, revisions and the clock that orders them across devices."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """One text for one value: sorted keys, no spaces, no escapes but JSON's own; NaN and infinities are refused."""
    return _CANONICAL.encode(value)


@dataclass(frozen=True, slots=True)
class Clock:
    """A hybrid logical clock (Kulkarni and others, 2014): wall time in milliseconds, then a counter.

    Its text is fixed-width hex, so that clocks compare as text.
    """

    milliseconds: int
    counter: int

    def __str__(self) -> str:
        return f"{self.milliseconds:012x}{self.counter:04x}"

    @classmethod
    def parse(cls, text: str) -> "Clock":
        if len(text) != 16:
            raise ValueError(f"a clock has 16 hex digits, not {text!r}")
        return cls(int(text[:12], 16), int(text[12:], 16))

    def tick(self, now: int) -> "Clock":
        """The next clock at wall time ``now`` (ms): never behind this one, even if the wall clock went back."""
        if now > self.milliseconds:
            return Clock(now, 0)
        if self.counter < 0xFFFF:
            return Clock(self.milliseconds, self.counter + 1)
        return Clock(self.milliseconds + 1, 0)


def revision_id(
    item: str, kind: str, parents: Sequence[str], author: str, device: str, clock: str, fields_json: str
) -> str:
    """The id of a revision, one immutable state of an item: SHA-256 in hex over the canonical JSON of all these.

    ``author`` is the name of whoever wrote it, ``device`` the id of the installation; ``fields_json`` is the whole
    state as canonical JSON, in which ``trashed`` marks a deleted item. The keys below are in sorted order.
    """
    frame = {"author": author, "clock": clock, "device": device, "item": item, "kind": kind, "parents": sorted(parents)}
    # An unescaped quote never stands inside a JSON string, so the first ,"item": is the key.
    head, tail = canonical_json(frame).split(',"item":', 1)
    text = f'{head},"fields":{fields_json},"item":{tail}'
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


NOBODY = ""
"""Author and device of a revision that no person wrote: what a merge makes of several, the same on every machine."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of an item, as it travels. ``fields`` is its whole state as canonical JSON; the id is
    :func:`revision_id` of all the rest."""

    id: str
    item: str
    kind: str
    parents: tuple[str, ...]
    author: str
    device: str
    clock: str
    fields: str = field(repr=False)

    @property
    def is_derived(self) -> bool:
        """Whether it follows from other revisions alone, so that nobody's words are in it that are not in theirs."""
        return self.device == NOBODY


@dataclass(frozen=True, slots=True)
class Absent:
    """A revision known to be missing here: that it is one of ``item``, and which came before it. Unproven, since only
    its content could prove its id; ``reason`` is ``shallow`` (left out on purpose) or ``lost`` (salvaged)."""

    revision: str
    item: str
    parents: tuple[str, ...] = ()
    reason: str = "shallow"


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """One line of an item's history. ``changed`` names the fields in which it differs from any of its ``parents``.

    ``authors`` are whoever's words are in it: the author, or all whose versions a merge has put together. ``source`` is
    the name of the file that brought it, empty for what was written here. ``shallow``: what came right before it is
    not in this copy, so that nobody can say what it changed.
    """

    id: str
    clock: str
    at: str
    author: str
    device: str
    label: str
    changed: tuple[str, ...]
    fields: Mapping[str, Any] = field(repr=False)
    parents: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str = ""
    shallow: bool = False

    @property
    def is_derived(self) -> bool:
        """Whether a merge made it of its parents, rather than a person."""
        return self.device == NOBODY


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the log: what a person did, when, and what it touched.

    ``kind`` is ``do``, ``undo`` or ``redo``; ``undone``: it was taken back; ``items``: their count. For a merge
    ``source`` is the name of the file that came in, and ``authors`` says how many revisions it brought of whom.
    """

    id: int
    kind: str
    label: str
    at: str
    author: str
    device: str
    items: int
    undone: bool = False
    source: str = ""
    authors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What a change touched, for the screens: item ids by kind, the label for undo, and the call's result."""

    label: str
    touched: Mapping[str, frozenset[str]]
    result: T

    def concerns(self, *kinds: str) -> bool:
        return any(self.touched.get(kind) for kind in kinds)
