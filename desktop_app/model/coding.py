"""Codes and codings: named categories, and where somebody has applied one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from desktop_app.model.errors import Invalid

CONSENSUS = "Consensus"
"""The coder of codings that a team has agreed on; nobody else may be called so when coding."""

COLOURS = (
    "#A8428F", "#0A7D35", "#CF6573", "#97973A", "#2F6FB0", "#C7792B", "#6B55B5", "#1F8A8A", "#A3503C", "#5E7D2E",
    "#B0457A", "#4A6A8C",
)  # fmt: skip
"""Colours that new top codes take in turn; told apart in light and dark, and never the only sign of a code."""

PATH_SEPARATOR = " / "

MOST_LEVELS = 100
"""How deep a person can put codes below each other."""

_MOST_NAMED = 1_000
"""Codes above one that its path names; an exchange may bring more, and each path would be longer than the last."""


class TargetKind(StrEnum):
    """What can be coded."""

    DOCUMENT = "document"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class CodeFields:
    """Everything a code's record holds. ``parent`` is a code's id; ``include`` says when to use it, ``exclude`` when
    not; ``merged_into`` names the code that took over its codings."""

    name: str
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    colour: str = ""
    merged_into: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "parent": self.parent,
            "definition": self.definition,
            "include": self.include,
            "exclude": self.exclude,
            "examples": list(self.examples),
            "colour": self.colour,
            "merged_into": self.merged_into,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            name=data["name"],
            parent=data.get("parent"),
            definition=data.get("definition", ""),
            include=data.get("include", ""),
            exclude=data.get("exclude", ""),
            examples=tuple(data.get("examples", ())),
            colour=data.get("colour", ""),
            merged_into=data.get("merged_into"),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without a name, or for a colour that is not ``#rrggbb``."""
        name = " ".join(self.name.split())
        if not name:
            raise Invalid(message="A code needs a name; type one.")
        if self.colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", self.colour):
            raise Invalid(message=f"“{self.colour}” is no colour; write #2F6B5E.")
        examples = tuple(dict.fromkeys(text.strip() for text in self.examples if text.strip()))
        return replace(self, name=name, colour=self.colour.upper(), examples=examples)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it stands in the tree: ``path`` are the names from the top down to its own; ``count`` its codings,
    ``below`` those of the codes under it."""

    id: str
    fields: CodeFields
    path: tuple[str, ...]
    colour: str
    count: int = 0
    below: int = 0
    trashed: bool = False

    @property
    def depth(self) -> int:
        return len(self.path) - 1

    @property
    def label(self) -> str:
        return PATH_SEPARATOR.join(self.path)


@dataclass(frozen=True, slots=True)
class Review:
    """Why a coding waits for a person: what it quoted before an edit, and what stood around it then."""

    quote: str
    before: str = ""
    after: str = ""

    def to_json(self) -> dict[str, str]:
        return {"quote": self.quote, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class CodingFields:
    """A code applied by ``coder`` to the code points ``[start, end)`` of a document or an entry's body.

    ``version`` is the SHA-256 of the text it was placed on, ``quote`` what stands there: together the anchor.
    ``weight`` is 0–100. ``settles`` are the codings about which a consensus was reached with this one. With ``review``
    the range is only the nearest guess (it may be empty) until a person has confirmed it.
    """

    target_kind: str
    target: str
    code: str
    start: int
    end: int
    quote: str
    coder: str
    version: str
    weight: int | None = None
    settles: tuple[str, ...] = ()
    review: Review | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "target_kind": str(self.target_kind),
            "target": self.target,
            "code": self.code,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "coder": self.coder,
            "version": self.version,
            "weight": self.weight,
            "settles": sorted(self.settles),
            "review": self.review.to_json() if self.review else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        review = data.get("review")
        return cls(
            target_kind=data["target_kind"],
            target=data["target"],
            code=data["code"],
            start=data["start"],
            end=data["end"],
            quote=data["quote"],
            coder=data["coder"],
            version=data.get("version", ""),
            weight=data.get("weight"),
            settles=tuple(data.get("settles", ())),
            review=Review(review["quote"], review.get("before", ""), review.get("after", "")) if review else None,
        )


@dataclass(frozen=True, slots=True)
class Coding:
    """A coding as views draw it; ``at`` is the UTC moment of its last change, ``memos`` how many are about it.

    ``author`` is who wrote it first, for whichever coder; ``source`` the name of the file that brought it here, where
    that was asked for.
    """

    id: str
    target_kind: str
    target: str
    code: str
    start: int
    end: int
    coder: str
    weight: int | None = None
    review: bool = False
    at: str = ""
    memos: int = 0
    author: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A coding with its words and what is around them, as retrieval shows it.

    ``speaker`` is the name in the text of whoever says most of it, ``person`` the person's id where known, ``begins``
    the milliseconds at which the turn begins. ``entry`` is the entry that was made from it.
    """

    coding: Coding
    text: str
    before: str
    after: str
    document: str
    path: tuple[str, ...]
    colour: str
    speaker: str = ""
    person: str | None = None
    begins: int | None = None
    occurred: str = ""
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A coding on the review list: where it was, and where it is guessed to be now."""

    coding: Coding
    old: Review
    text: str
    before: str
    after: str
    document: str
    path: tuple[str, ...]


def tree(fields: Mapping[str, CodeFields], counts: Mapping[str, int]) -> list[Code]:
    """Codes in the order of the tree, each under its parent, siblings by name as compared without case.

    A code whose parent is not among ``fields`` stands at the top, and so does one of a circle (which only an exchange
    could bring), so that none is ever lost from sight. A code without a colour has its parent's.
    """
    children: dict[str | None, list[str]] = {}
    for item, code in fields.items():
        parent = code.parent if code.parent in fields else None
        children.setdefault(parent, []).append(item)
    ordered: list[Code] = []
    above: list[int] = []
    seen: set[str] = set()
    for top in (children.get(None, ()), fields):
        # Without recursion: an exchange may bring codes that lie a thousand deep.
        waiting = [(item, -1) for item in reversed(_sorted(top, fields, seen))]
        while waiting:
            item, under = waiting.pop()
            if item in seen:
                continue
            seen.add(item)
            code = fields[item]
            path = (*ordered[under].path[-_MOST_NAMED:], code.name) if under >= 0 else (code.name,)
            own = code.colour or (ordered[under].colour if under >= 0 else "") or COLOURS[0]
            waiting += [(child, len(ordered)) for child in reversed(_sorted(children.get(item, ()), fields, seen))]
            ordered.append(Code(item, code, path, own, counts.get(item, 0)))
            above.append(under)
    totals = [0] * len(ordered)
    for place in range(len(ordered) - 1, -1, -1):
        if above[place] >= 0:
            totals[above[place]] += totals[place] + ordered[place].count
    return [replace(code, below=total) if total else code for code, total in zip(ordered, totals, strict=True)]


def _sorted(items: Iterable[str], fields: Mapping[str, CodeFields], seen: set[str]) -> list[str]:
    return sorted((i for i in items if i not in seen), key=lambda item: (fields[item].name.casefold(), item))


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings are meant: all that fit every given list; an empty list bars nothing.

    ``codes`` include those below them where ``deep``. ``speakers`` are names in the text, or names or ids of people.
    ``attributes`` are pairs of a variable's id and a value as shown, of the document or of whoever speaks; values of
    one variable are alternatives. ``since`` and ``until`` bound the last change (UTC, ISO 8601), ``occurred_from`` and
    ``occurred_until`` the stretch of time in which the document or entry occurred.
    """

    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    deep: bool = True
    occurred_from: str = ""
    occurred_until: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of a text for which something is proposed: the code points ``[start, end)`` of ``target``."""

    target_kind: str
    target: str
    start: int
    end: int
    quote: str = field(default="", repr=False)


class Extent(StrEnum):
    """How much is coded around a place that was found."""

    MATCH = "match"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch that could be coded, as a preview shows it; ``speaker`` and ``begins`` as of a quote."""

    stretch: Stretch
    document: str
    before: str
    after: str
    speaker: str = ""
    begins: int | None = None
