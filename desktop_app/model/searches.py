"""Saved searches: a query under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.model.errors import Invalid


@dataclass(frozen=True, slots=True)
class SavedSearch:
    id: str
    name: str
    query: str


def saved_search_fields(name: str, query: str) -> Mapping[str, Any]:
    """The fields of a revision; raises :class:`Invalid` without a name."""
    clean = " ".join(name.split())
    if not clean:
        raise Invalid(message="A saved search needs a name; type one.")
    return {"name": clean, "query": query.strip()}
