"""Links as they stand."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.model.links import End
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A link with both its ends."""

    id: str
    source: End
    relation: str
    target: End


class Links:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, item: str) -> list[StoredLink]:
        """Links that start or end at an item, in the order they were made."""
        rows = self._database.rows(
            "SELECT link.id, source_end, relation, target_end FROM link JOIN item ON item.id = link.id"
            " WHERE source = ? OR target = ? ORDER BY item.created, link.id",
            (item, item),
        )
        return [_stored(*row) for row in rows]

    def from_entries(self) -> list[StoredLink]:
        """Links that start at an entry, in the trash or not, in the order they were made."""
        rows = self._database.rows(
            "SELECT link.id, source_end, relation, target_end FROM link JOIN item ON item.id = link.id"
            " WHERE source_kind = 'entry' ORDER BY item.created, link.id"
        )
        return [_stored(*row) for row in rows]

    def relations(self, items: Iterable[str]) -> dict[str, list[tuple[str, str, str, bool]]]:
        """By item, for those of these that have any: the relation of each link, kind and id of its other end, and
        whether the item is its source."""
        found: dict[str, list[tuple[str, str, str, bool]]] = {}
        for batch in batches(items):
            held = holders(batch)
            rows = self._database.rows(
                f"SELECT source, relation, target_kind, target, 1 FROM link WHERE source IN ({held})"
                f" UNION ALL SELECT target, relation, source_kind, source, 0 FROM link WHERE target IN ({held})",
                (*batch, *batch),
            )
            for item, relation, kind, other, outgoing in rows:
                found.setdefault(item, []).append((relation, kind, other, bool(outgoing)))
        return found

    def quoting(self) -> dict[str, str]:
        """By coding: the entry of kind quote that mentions it, outside the trash; the first where there are several."""
        rows = self._database.rows(
            "SELECT link.target, link.source FROM link JOIN item ON item.id = link.id"
            " JOIN entry ON entry.id = link.source AND entry.kind = 'quote'"
            " WHERE target_kind = 'coding' AND relation = 'mentions' ORDER BY item.created DESC, link.id"
        )
        return dict(rows)


def _stored(link: str, source: str, relation: str, target: str) -> StoredLink:
    return StoredLink(link, End(**json.loads(source)), relation, End(**json.loads(target)))
