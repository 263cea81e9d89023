"""What waits to be settled, with the names and texts that its values stand for. Asks the notebook, makes rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Conflict
from desktop_app.model.merging import Rule, rule_of
from desktop_app.text.tokens import fold
from desktop_app.ui.exchange.names import names_here
from desktop_app.ui.exchange.telling import conflict_words, kind_word
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import Row

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

BY_HAND = ("title", "name", "channel", "pseudonym")
"""Fields beside running texts whose value is any words at all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """All conflicts, and ``names`` of things by id and of versions of texts by their SHA-256."""

    conflicts: tuple[Conflict, ...]
    names: Mapping[str, str]


def read_waiting(notebook: "Notebook") -> Waiting:
    conflicts = tuple(notebook.conflicts.all())
    if not conflicts:
        return Waiting((), {})
    texts = {}
    for conflict in conflicts:
        for option in conflict.options:
            if conflict.field == "content" and isinstance(option.value, Mapping):
                version = str(option.value.get("blob"))
                texts[version] = _text(notebook, version)
    return Waiting(conflicts, {**names_here(notebook), **texts})


def _text(notebook: "Notebook", version: str) -> str:
    """The text of a version; empty where it did not come along, so that it is described from afar."""
    try:
        return notebook.entries.attachment(version).decode("utf-8", "replace")
    except KnownError:
        return ""


def key_of(conflict: Conflict) -> str:
    return f"{conflict.item} {conflict.field}"


def conflict_rows(conflicts: Sequence[Conflict], wanted: str) -> list[Row]:
    words = fold(wanted)
    return [
        Row(
            key_of(conflict),
            conflict.heading or tr("without a name"),
            conflict_words(conflict),
            kind_word(conflict.kind),
        )
        for conflict in conflicts
        if words in fold(f"{conflict.heading} {conflict_words(conflict)} {kind_word(conflict.kind)}")
    ]


def may_be_typed(conflict: Conflict) -> bool:
    """Whether a value that nobody gave can be typed for it: only words, nothing that stands for something else."""
    words = rule_of(conflict.kind, conflict.field) is Rule.TEXT or conflict.field in BY_HAND
    return words and all(isinstance(option.value, str) for option in conflict.options)
