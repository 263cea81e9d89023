"""A codebook while it is being read: codes tied to those above them, checked and put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desktop_app.exchange.codebook.errors import (
    CircularCodes,
    DuplicateCode,
    NamelessCode,
    NoCodes,
    TooDeep,
    TooManyCodes,
    shown,
)
from desktop_app.model.codebook import ParsedCode

MAX_DEPTH = 100
MAX_CODES = 50_000


@dataclass(slots=True, eq=False)
class Draft:
    """A code as a file has it, with the drafts above and below it; ``where`` tells a person its place in the file."""

    code: ParsedCode
    where: str = ""
    parent: "Draft | None" = None
    below: list["Draft"] = field(default_factory=list)

    def put_under(self, parent: "Draft | None") -> None:
        self.parent = parent
        if parent is not None:
            parent.below.append(self)


def in_order(drafts: Iterable[Draft], file: str) -> tuple[ParsedCode, ...]:
    """All codes, each after the one above it; raises a ``CodebookError`` for what makes no tree."""
    everyone = list(drafts)
    if not everyone:
        raise NoCodes(file=file)
    if len(everyone) > MAX_CODES:
        raise TooManyCodes(file=file, limit=MAX_CODES)
    tops = [draft for draft in everyone if draft.parent is None]
    _refuse_twins(None, tops, file)
    made: list[ParsedCode] = []
    waiting: list[tuple[Draft, int | None, int]] = [(draft, None, 1) for draft in reversed(tops)]
    while waiting:
        draft, parent, depth = waiting.pop()
        code = draft.code
        if not code.name:
            raise NamelessCode(file=file, where=draft.where)
        if depth > MAX_DEPTH:
            raise TooDeep(file=file, limit=MAX_DEPTH)
        _refuse_twins(code.name, draft.below, file)
        made.append(replace(code, parent=parent))
        waiting += [(child, len(made) - 1, depth + 1) for child in reversed(draft.below)]
    if len(made) < len(everyone):
        raise CircularCodes(file=file, name=shown(_in_a_circle(everyone).code.name))
    return tuple(made)


def _refuse_twins(parent: str | None, drafts: Iterable[Draft], file: str) -> None:
    names: set[str] = set()
    for draft in drafts:
        if draft.code.name in names:
            above = "the top" if parent is None else f"“{shown(parent)}”"
            raise DuplicateCode(file=file, name=shown(draft.code.name), parent=above)
        if draft.code.name:
            names.add(draft.code.name)


def _in_a_circle(drafts: Iterable[Draft]) -> Draft:
    """The first draft that is found above itself; some is."""
    whole: set[int] = set()
    for draft in drafts:
        way: list[Draft] = []
        at: Draft | None = draft
        on_the_way: set[int] = set()
        while at is not None and id(at) not in whole:
            if id(at) in on_the_way:
                return at
            on_the_way.add(id(at))
            way.append(at)
            at = at.parent
        whole |= on_the_way
    raise AssertionError("no code lies below itself")
