"""Links: typed relations between any two things, a stretch of a series included."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from desktop_app.model.entries import one_of


class Relation(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    EXPLAINS = "explains"
    FOLLOWS = "follows"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link: an item, or the stretch ``[start, end)`` of a series with the total ``then`` as it stood."""

    kind: str
    id: str
    start: str = ""
    end: str = ""
    then: float | None = None

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "id": self.id, "start": self.start, "end": self.end, "then": self.then}


@dataclass(frozen=True, slots=True)
class LinkFields:
    source: End
    relation: str
    target: End

    def to_json(self) -> dict[str, Any]:
        return {"source": self.source.to_json(), "relation": self.relation, "target": self.target.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(End(**data["source"]), data["relation"], End(**data["target"]))

    def checked(self) -> Self:
        one_of("relation", self.relation, Relation)
        return self


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one of its ends sees it: ``other`` is the far end, ``outgoing`` whether it was made from here.

    ``label`` is the far end's heading; ``now`` the stretch's total today, to be read beside ``other.then``.
    """

    id: str
    relation: str
    outgoing: bool
    other: End
    label: str
    unit: str = ""
    now: float | None = None
