"""What marks can mean in this notebook: its vocabularies, tags, people and organisations, read in one go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.entries import TagCount
from desktop_app.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

KINDS = ("entry", "person", "organisation", "term")
"""Item kinds whose changes make :class:`Known` old."""


@dataclass(frozen=True, slots=True)
class Known:
    """Terms in vocabulary order, tags with their counts, names as they are written."""

    scales: Vocabulary
    perspectives: Vocabulary
    tags: tuple[TagCount, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


def read_known(notebook: "Notebook") -> Known:
    return Known(
        scales=notebook.vocabulary.scales(),
        perspectives=notebook.vocabulary.perspectives(),
        tags=tuple(notebook.entries.tags()),
        people=tuple(notebook.people.names()),
        organisations=tuple(notebook.people.organisation_names()),
    )
