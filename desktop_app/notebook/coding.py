"""Codes and codings as they stand."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.model.coding import CodeFields, Coding, CodingFields
from desktop_app.model.errors import NotFound
from desktop_app.model.merging import TRASHED_WITH
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import Journal, moment
from desktop_app.notebook.projections import Fields, Projection, Rows, folded

_CODING = """
SELECT coding.id, target_kind, target, code, range_start, range_end, coder, weight, review, item.edited,
    (SELECT count(*) FROM memo_about WHERE about = coding.id), item.author
FROM coding JOIN item ON item.id = coding.id
"""


def _code_rows(item: str, fields: Fields) -> Rows:
    return {"code": [(item, fields["name"], folded(fields["name"]), fields["parent"], fields["colour"])]}


def _coding_rows(item: str, fields: Fields) -> Rows:
    return {
        "coding": [
            (
                item,
                fields["target_kind"],
                fields["target"],
                fields["code"],
                fields["start"],
                fields["end"],
                fields["quote"],
                fields["coder"],
                fields["version"],
                fields["weight"],
                int(fields["review"] is not None),
            )
        ],
        "coding_settled": [(item, settled) for settled in fields["settles"]],
    }


def _under(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    """The codes below a code, and the codings of all of them with their entries: their paths have its name in them."""
    tree = (
        "WITH RECURSIVE tree (id) AS (SELECT ? UNION SELECT code.id FROM tree JOIN code ON code.parent = tree.id)"
        " SELECT id FROM tree"
    )
    codes = [code for (code,) in database.rows(tree, (item,))]
    found = [(code, "code") for code in codes if code != item]
    for batch in batches(codes):
        where = f"FROM coding WHERE code IN ({holders(batch)})"
        found += database.rows(f"SELECT id, 'coding' {where}", batch)
        found += database.rows(f"SELECT DISTINCT target, 'entry' {where} AND target_kind = 'entry'", batch)
    return found


def _coded_entry(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    return [(fields["target"], "entry")] if fields["target_kind"] == "entry" else []


CODE_PROJECTION = Projection({"code": "id"}, _code_rows, indexed=True, dependants=_under)
CODING_PROJECTION = Projection(
    {"coding": "id", "coding_settled": "coding"},
    _coding_rows,
    indexed=True,
    indexed_through=True,
    dependants=_coded_entry,
)


class Codes:
    """Reads the codebook."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def fields(self) -> dict[str, CodeFields]:
        """Every code that is not in the trash, by id."""
        rows = self._database.rows(
            "SELECT code.id, revision.fields FROM code JOIN item ON item.id = code.id"
            " JOIN revision ON revision.id = item.head"
        )
        return {item: CodeFields.from_json(json.loads(text)) for item, text in rows}

    def counts(self, coders: Sequence[str] | None = None) -> dict[str, int]:
        """Codings of each code, of all coders or of those named."""
        where = "" if coders is None else f" WHERE coder IN ({holders(coders)})"
        return dict(self._database.rows(f"SELECT code, count(*) FROM coding{where} GROUP BY code", coders or ()))

    def exists(self, item: str) -> bool:
        return self._database.one("SELECT 1 FROM code WHERE id = ?", (item,)) is not None


class Codings:
    """Reads codings; writing them is :meth:`Journal.change` with kind ``coding``."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def of(self, target: str) -> list[Coding]:
        """Codings of a document or an entry, in the order of the text."""
        rows = self._database.rows(f"{_CODING} WHERE target = ? ORDER BY range_start, range_end, coding.id", (target,))
        return [_coding(row) for row in rows]

    def at(self, target: str, start: int, end: int) -> list[Coding]:
        """Codings of exactly this range of a text."""
        rows = self._database.rows(
            f"{_CODING} WHERE target = ? AND range_start = ? AND range_end = ?", (target, start, end)
        )
        return [_coding(row) for row in rows]

    def some(self, ids: Iterable[str]) -> list[Coding]:
        """Codings in the order asked for; what is not there, or in the trash, is left out."""
        wanted = list(ids)
        found: dict[str, Coding] = {}
        for batch in batches(wanted):
            rows = self._database.rows(f"{_CODING} WHERE coding.id IN ({holders(batch)})", batch)
            found.update((row[0], _coding(row)) for row in rows)
        return [found[item] for item in wanted if item in found]

    def find(
        self,
        *,
        codes: Sequence[str] | None = None,
        targets: Sequence[str] | None = None,
        coders: Sequence[str] | None = None,
        review: bool | None = None,
    ) -> list[Coding]:
        """Codings that fit every list given (an empty list fits nothing), by target and in the order of the text."""
        wheres, parameters = [], []
        for column, allowed in (("code", codes), ("target", targets), ("coder", coders)):
            if allowed is not None:
                wheres.append(f"{column} IN (SELECT value FROM json_each(?))")
                parameters.append(json.dumps(list(allowed)))
        if review is not None:
            wheres.append(f"review = {int(review)}")
        where = f" WHERE {' AND '.join(wheres)}" if wheres else ""
        rows = self._database.rows(f"{_CODING}{where} ORDER BY target, range_start, range_end, coding.id", parameters)
        return [_coding(row) for row in rows]

    def quotes(self, ids: Iterable[str]) -> dict[str, str]:
        """The quoted words by id."""
        found: dict[str, str] = {}
        for batch in batches(ids):
            found.update(self._database.rows(f"SELECT id, quote FROM coding WHERE id IN ({holders(batch)})", batch))
        return found

    def fields(self, item: str) -> dict[str, Any]:
        """A coding's fields as its revision has them; raises :class:`NotFound` unless it stands."""
        if self._database.one("SELECT 1 FROM coding WHERE id = ?", (item,)) is None:
            raise NotFound(what="coding", name=item)
        return self._journal.fields(item)

    def full(self, item: str) -> CodingFields:
        """A coding with its anchor; raises :class:`NotFound`."""
        return CodingFields.from_json(self.fields(item))

    def trashed_with(self, target: str) -> list[str]:
        """Codings that went into the trash with a text and lie there still."""
        rows = self._database.rows(
            "SELECT item.id FROM item JOIN revision ON revision.id = item.head WHERE item.kind = 'coding'"
            f" AND item.trashed = 1 AND json_extract(revision.fields, '$.{TRASHED_WITH}') = ? ORDER BY item.id",
            (target,),
        )
        return [coding for (coding,) in rows]

    def before_merging(self, item: str, version: str) -> CodingFields | None:
        """A coding that a merge has moved, as somebody had placed it on the text of this version; ``None`` where
        nobody had."""
        rows = self._database.rows(
            "SELECT before.fields FROM item JOIN revision ON revision.id = item.head, json_each(revision.parents)"
            " JOIN revision AS before ON before.id = value WHERE item.id = ? AND revision.device = '' ORDER BY value",
            (item,),
        )
        found = [CodingFields.from_json(json.loads(text)) for (text,) in rows]
        return next((fields for fields in found if fields.version == version), None)

    def coders(self) -> dict[str, int]:
        """Everybody who has coded, with the number of their codings, most first."""
        return dict(self._database.rows("SELECT coder, count(*) FROM coding GROUP BY coder ORDER BY 2 DESC, 1"))

    def targets(self) -> list[tuple[str, str]]:
        """Kind and id of everything that is coded."""
        return self._database.rows("SELECT DISTINCT target_kind, target FROM coding ORDER BY target")

    def settlements(self) -> list[tuple[str, str, str]]:
        """Kind and id of each consensus coding and memo, with each of the codings about which it says the last word."""
        return self._database.rows(
            "SELECT 'coding', coding, settled FROM coding_settled UNION ALL"
            " SELECT 'memo', memo, settled FROM memo_settled"
        )


def _coding(row: Sequence[Any]) -> Coding:
    item, target_kind, target, code, start, end, coder, weight, review, edited, memos, author = row
    at = moment(edited)
    return Coding(item, target_kind, target, code, start, end, coder, weight, bool(review), at, memos, author)
