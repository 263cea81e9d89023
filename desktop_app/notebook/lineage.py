"""Revisions by item: at which each stands, and everything that came before.

There is no index of revisions by item, which every capture would have to pay for: parents are asked for, those of many
items at once.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktop_app.model.changes import Absent, Revision
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders

COLUMNS = ("id", "item", "kind", "parents", "author", "device", "clock", "fields")


class Lineage:
    """Reads the revisions of one notebook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Every revision here, by id, with the columns of :data:`COLUMNS`; parents are JSON."""
        return self._database.each(f"SELECT {', '.join(COLUMNS)} FROM revision ORDER BY id")

    def knows(self, revision: str) -> bool:
        """Whether a revision is here, or known to be missing."""
        found = self._database.one(
            "SELECT 1 FROM revision WHERE id = ? UNION ALL SELECT 1 FROM absent WHERE revision = ?",
            (revision, revision),
        )
        return found is not None

    def some(self, ids: Iterable[str]) -> dict[str, Revision]:
        """Those of these revisions that are here, by id."""
        found: dict[str, Revision] = {}
        for batch in batches(ids):
            sql = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE id IN ({holders(batch)})"
            found.update((row[0], as_revision(row)) for row in self._database.rows(sql, batch))
        return found

    def absent(self, ids: Iterable[str]) -> dict[str, Absent]:
        """Those of these revisions that are known to be missing here, by id."""
        found: dict[str, Absent] = {}
        for batch in batches(ids):
            sql = f"SELECT revision, item, parents, reason FROM absent WHERE revision IN ({holders(batch)})"
            for revision, item, parents, reason in self._database.rows(sql, batch):
                found[revision] = Absent(revision, item, tuple(json.loads(parents)), reason)
        return found

    def heads(self, items: Iterable[str]) -> dict[str, Revision]:
        """The revisions at which these items stand, by item; those that are not here are left out."""
        columns = ", ".join(f"revision.{name}" for name in COLUMNS)
        found: dict[str, Revision] = {}
        for batch in batches(items):
            sql = (
                f"SELECT {columns} FROM item JOIN revision ON revision.id = item.head"
                f" WHERE item.id IN ({holders(batch)})"
            )
            found.update((row[1], as_revision(row)) for row in self._database.rows(sql, batch))
        return found

    def kinds(self, items: Iterable[str]) -> dict[str, str]:
        """The kinds of those of these items that are here, in the trash or not."""
        found: dict[str, str] = {}
        for batch in batches(items):
            found.update(self._database.rows(f"SELECT id, kind FROM item WHERE id IN ({holders(batch)})", batch))
        return found

    def of_kinds(self, kinds: Sequence[str]) -> set[str]:
        """All items of these kinds, in the trash or not."""
        rows = self._database.rows(f"SELECT id FROM item WHERE kind IN ({holders(kinds)})", kinds)
        return {item for (item,) in rows}

    def conflicting(self) -> list[tuple[str, str, str]]:
        """Id, kind and fields (canonical JSON) of the items outside the trash of which something has to be settled."""
        return self._database.rows(
            "SELECT item.id, item.kind, revision.fields FROM item JOIN revision ON revision.id = item.head"
            " WHERE conflicting = 1 AND item.trashed = 0"
        )

    def count_conflicting(self) -> int:
        (count,) = self._database.one("SELECT count(*) FROM item WHERE conflicting = 1 AND trashed = 0")
        return int(count)

    def before(self, heads: Iterable[Revision]) -> tuple[dict[str, list[Revision]], dict[str, list[Absent]]]:
        """By item these revisions with all that came before them, here and known to be missing."""
        here = {head.id: head for head in heads}
        missing: dict[str, Absent] = {}
        item_of = {head.id: head.item for head in here.values()}
        wanted = _parents(here.values(), item_of)
        while wanted:
            found = self.some(wanted)
            not_here = self.absent(wanted - found.keys())
            here.update(found)
            missing.update(not_here)
            wanted = _parents([*found.values(), *not_here.values()], item_of) - here.keys() - missing.keys()
        return (
            _by_item(here.values(), {node: revision.item for node, revision in here.items()}),
            _by_item(missing.values(), item_of),
        )


def _parents(nodes: Sequence[Revision | Absent] | Any, item_of: dict[str, str]) -> set[str]:
    found = set()
    for node in nodes:
        own = node.id if isinstance(node, Revision) else node.revision
        for parent in node.parents:
            item_of.setdefault(parent, item_of[own])
            found.add(parent)
    return found


def _by_item(nodes: Iterable[Any], item_of: Mapping[str, str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for node in nodes:
        found.setdefault(item_of[node.id if isinstance(node, Revision) else node.revision], []).append(node)
    return found


def as_revision(row: Sequence[Any]) -> Revision:
    """A row with the columns of :data:`COLUMNS`."""
    return Revision(row[0], row[1], row[2], tuple(json.loads(row[3])), *row[4:8])
