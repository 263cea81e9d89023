"""Memos as they stand."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.model.errors import NotFound
from desktop_app.model.memos import Memo, MemoFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import moment
from desktop_app.notebook.projections import Fields, Projection, Rows

_MEMO = """
SELECT item.id, revision.fields, item.created, item.edited, item.author, item.trashed
FROM item JOIN revision ON revision.id = item.head
"""


def _rows(item: str, fields: Fields) -> Rows:
    return {
        "memo": [(item, fields["title"], fields["body"])],
        "memo_about": [(item, place, thing["kind"], thing["id"]) for place, thing in enumerate(fields["about"])],
        "memo_settled": [(item, settled) for settled in fields["settles"]],
    }


def _abouts(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    """The searchable things that a memo is about, or was: ``has:memo`` finds them."""
    return database.rows(
        "WITH RECURSIVE line (id) AS (SELECT head FROM item WHERE id = ?"
        " UNION SELECT json_each.value FROM line JOIN revision USING (id), json_each(revision.parents))"
        " SELECT DISTINCT about.id, about.kind FROM line JOIN revision USING (id),"
        " json_each(revision.fields, '$.about') AS thing"
        " JOIN item AS about ON about.id = json_extract(thing.value, '$.id')"
        " WHERE about.kind NOT IN ('organisation', 'notebook')",
        (item,),
    )


MEMO_PROJECTION = Projection(
    {"memo": "id", "memo_about": "memo", "memo_settled": "memo"},
    _rows,
    indexed=True,
    indexed_through=True,
    dependants=_abouts,
)


class Memos:
    """Reads memos; writing them is :meth:`Journal.change` with kind ``memo``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Memo]:
        """Every memo that is not in the trash, the one edited last first."""
        rows = self._database.rows(f"{_MEMO} JOIN memo ON memo.id = item.id ORDER BY item.edited DESC, item.id")
        return [_memo(row) for row in rows]

    def of(self, about: str) -> list[Memo]:
        """Memos about an item, oldest first."""
        rows = self._database.rows(
            f"{_MEMO} WHERE item.id IN (SELECT memo FROM memo_about WHERE about = ?) ORDER BY item.created, item.id",
            (about,),
        )
        return [_memo(row) for row in rows]

    def some(self, ids: Iterable[str]) -> list[Memo]:
        """Memos in the order asked for, in the trash or not; what is not there is left out."""
        wanted = list(ids)
        found: dict[str, Memo] = {}
        for batch in batches(wanted):
            rows = self._database.rows(f"{_MEMO} WHERE item.kind = 'memo' AND item.id IN ({holders(batch)})", batch)
            found.update((row[0], _memo(row)) for row in rows)
        return [found[item] for item in wanted if item in found]

    def get(self, item: str) -> Memo:
        """One memo, in the trash or not; raises :class:`NotFound`."""
        found = self.some([item])
        if not found:
            raise NotFound(what="memo", name=item)
        return found[0]

    def counts(self) -> dict[str, int]:
        """How many memos are about each thing, by its id."""
        return dict(self._database.rows("SELECT about, count(*) FROM memo_about GROUP BY about"))


def _memo(row: Sequence[Any]) -> Memo:
    item, text, created, edited, author, trashed = row
    fields = MemoFields.from_json(json.loads(text))
    return Memo(item, fields, moment(created), moment(edited), author, trashed=bool(trashed))
