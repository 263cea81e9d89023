"""Dismissals: places where a series changed and of which somebody said that there is nothing to ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from desktop_app.model.errors import Invalid


@dataclass(frozen=True, slots=True)
class DismissalFields:
    """``series`` is an id, ``[start, end)`` the stretch (ISO 8601), ``note`` why nobody needs to ask."""

    series: str
    start: str
    end: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"series": self.series, "start": self.start, "end": self.end, "note": self.note}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["series"], data["start"], data["end"], data.get("note", ""))

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` for a stretch that does not end after it begins."""
        if not self.start or self.start >= self.end:
            raise Invalid(message="A dismissal needs the stretch of time it speaks of: a start and a later end.")
        return replace(self, note=" ".join(self.note.split()))


@dataclass(frozen=True, slots=True)
class Dismissal:
    id: str
    fields: DismissalFields
    author: str
    created: str
