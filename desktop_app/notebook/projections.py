"""From an item's fields to the rows of its topic tables, one projection per kind.

A projection is a pure function from fields to rows; writing, removing, rebuilding and checking are the same for all
kinds. That is what lets ``check`` prove that topic tables and revisions agree, and ``check --repair`` make them agree.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.model.errors import KnownError
from desktop_app.model.time import parse_edtf
from desktop_app.notebook.database import Database

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
Fields = Mapping[str, Any]
Dependants = Callable[[Database, str, Fields], list[tuple[str, str]]]


def folded(name: str) -> str:
    """A name as it is compared: composed, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def bounds(edtf: str) -> tuple[str, str]:
    """Derived start and end of a date; empty without one, or with one that this Terrain cannot read."""
    if not edtf:
        return "", ""
    try:
        occurred = parse_edtf(edtf)
    except KnownError:
        return "", ""
    return occurred.start, occurred.end


def _no_dependants(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    return []


@dataclass(frozen=True)
class Projection:
    """``rows`` gives the rows of each of ``tables`` (the first holds one row per item, the rest hang on its id).

    ``indexed``: the item itself is searchable. ``dependants`` are other items whose index documents mention this one;
    they are asked for on every edit, and also on creation where ``indexed_through``.
    """

    tables: Mapping[str, str]
    rows: Callable[[str, Fields], Rows]
    indexed: bool = False
    indexed_through: bool = False
    dependants: Dependants = _no_dependants

    def apply(self, database: Database, item: str, fields: Fields, *, new: bool) -> None:
        """Make the tables show these fields, or nothing where they are trashed."""
        if not new:
            for table, key in reversed(tuple(self.tables.items())):
                database.execute(f"DELETE FROM {table} WHERE {key} = ?", (item,))
        if fields.get("trashed"):
            return
        for table, rows in self.rows(item, fields).items():
            if rows:
                database.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    def stored(self, database: Database, item: str) -> Rows:
        """What the tables hold for an item, comparable with ``rows``."""
        found = {
            table: database.rows(f"SELECT * FROM {table} WHERE {key} = ?", (item,))
            for table, key in self.tables.items()
        }
        return {table: sorted(rows, key=repr) for table, rows in found.items() if rows}

    def expected(self, database: Database, item: str, fields: Fields) -> Rows:
        """What the tables should hold for an item, comparable with ``stored``."""
        if fields.get("trashed"):
            return {}
        return {
            table: sorted((tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows), key=repr)
            for table, rows in self.rows(item, fields).items()
            if rows
        }


Projections = Mapping[str, Projection]


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _entry_rows(item: str, fields: Fields) -> Rows:
    starts, ends = bounds(fields["occurred"])
    return {
        "entry": [
            (
                item,
                fields["kind"],
                fields["title"],
                fields["body"],
                fields["occurred"],
                starts,
                ends,
                fields["speaker"],
                fields["org"],
                fields["channel"],
                fields["basis"],
                fields["consent"],
                int(fields["surprise"]),
                fields["horizon"],
                fields["confidence"],
                _json(fields["check"]),
                _json(fields["outcome"]),
                fields.get("act", ""),
                fields.get("recurs", ""),
            )
        ],
        "entry_label": [
            (item, field, value)
            for field, name in (
                ("perspective", "perspectives"),
                ("scale", "scales"),
                ("series", "series"),
                ("tag", "tags"),
            )
            for value in fields[name]
        ],
        "entry_attachment": [
            (item, place, file["name"], file["blob"], file["media_type"], file["size"])
            for place, file in enumerate(fields["attachments"])
        ],
    }


def _organisation_rows(item: str, fields: Fields) -> Rows:
    return {"organisation": [(item, fields["name"], folded(fields["name"]), fields["note"])]}


def _person_rows(item: str, fields: Fields) -> Rows:
    return {
        "person": [
            (
                item,
                fields["name"],
                folded(fields["name"]),
                fields["org"],
                fields["consent"],
                fields["pseudonym"],
                fields["note"],
            )
        ],
        "stage": [
            (item, place, step["stage"], step["date"], bounds(step["date"])[0], step["entry"])
            for place, step in enumerate(fields["stages"])
        ],
        "person_value": values(item, fields),
    }


def values(item: str, fields: Fields) -> list[Row]:
    """Rows of the attributes that an item carries: itself, the variable, the value as JSON."""
    return [(item, variable, _json(value)) for variable, value in sorted(fields.get("attributes", {}).items())]


def _link_rows(item: str, fields: Fields) -> Rows:
    source, target = fields["source"], fields["target"]
    return {
        "link": [
            (
                item,
                source["kind"],
                source["id"],
                fields["relation"],
                target["kind"],
                target["id"],
                str(_json(source)),
                str(_json(target)),
            )
        ]
    }


def _codings_of(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    return database.rows("SELECT id, 'coding' FROM coding WHERE target = ?", (item,))


def _of_organisation(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    people = database.rows("SELECT id, 'person' FROM person WHERE org = ?", (item,))
    # An entry without an organisation is from that of whoever said it.
    entries = database.rows(
        "SELECT id, 'entry' FROM entry WHERE org = ?1"
        " OR org IS NULL AND speaker IN (SELECT id FROM person WHERE org = ?1)",
        (item,),
    )
    return entries + people


def _of_person(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    documents = database.rows("SELECT document, 'document' FROM document_person WHERE person = ?", (item,))
    codings = database.rows(
        "SELECT id, 'coding' FROM coding WHERE target IN (SELECT document FROM document_person WHERE person = ?)",
        (item,),
    )
    questions = database.rows("SELECT id, 'question' FROM question WHERE ?1 IN (asker, whom)", (item,))
    entries = database.rows("SELECT id, 'entry' FROM entry WHERE speaker = ?", (item,))
    return entries + documents + codings + questions


def _link_ends(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    ends = [(end["id"], end["kind"]) for end in (fields["source"], fields["target"]) if end["kind"] in _LINKED]
    return [(end, kind) for end, kind in ends if kind != "series" or _is_found(database, end)]


_LINKED = ("entry", "person", "document", "coding", "code", "memo", "question", "series")
"""Kinds of things that the search index finds by their links."""


def _is_found(database: Database, series: str) -> bool:
    """Whether it is a series that the search index knows of; a link from other hands may call any item a series."""
    return database.one("SELECT 1 FROM series WHERE id = ? AND grain <> 'range'", (series,)) is not None


def _itself(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    return [(item, "series")]


PROJECTIONS: dict[str, Projection] = {
    "entry": Projection(
        {
            "entry": "id",
            "entry_label": "entry",
            "entry_attachment": "entry",
        },
        _entry_rows,
        indexed=True,
        dependants=_codings_of,
    ),
    "organisation": Projection({"organisation": "id"}, _organisation_rows, dependants=_of_organisation),
    "person": Projection(
        {"person": "id", "stage": "person", "person_value": "person"},
        _person_rows,
        indexed=True,
        dependants=_of_person,
    ),
    "link": Projection({"link": "id"}, _link_rows, indexed_through=True, dependants=_link_ends),
    "search": Projection(
        {"saved_search": "id"},
        lambda item, fields: {"saved_search": [(item, fields["name"], fields["query"])]},
    ),
    "term": Projection(
        {"term": "id"},
        lambda item, fields: {
            "term": [
                (item, fields["vocabulary"], fields["term"], fields["name"], fields["question"], fields["description"])
            ]
        },
    ),
    "series": Projection(
        {"series_setting": "id"},
        lambda item, fields: {
            "series_setting": [(item, fields["additive"], fields["numerator"], fields["denominator"])]
        },
        indexed_through=True,
        dependants=_itself,
    ),
    "notebook": Projection({}, lambda item, fields: {}),
    "device": Projection({}, lambda item, fields: {}),
}
