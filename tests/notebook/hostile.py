"""Notebooks as nobody's Terrain writes them, each made from a good one by what a person with bad intent would do."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Revision, canonical_json, revision_id
from desktop_app.model.entries import EntryFields
from desktop_app.model.ids import new_id
from desktop_app.notebook.database import APPLICATION_ID
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.foreign import foreign
from desktop_app.notebook.incoming import Incoming
from desktop_app.notebook.schema import definitions

NOW = "018000000000"
LATEST = "0fffffffffff0000"
"""Nothing in these tests was written after this."""

Spoil = Callable[[sqlite3.Connection], None]


def spoil(path: Path, *changes: str | Spoil) -> Path:
    """Change a notebook behind its back, with SQLite's own checks off, and leave one file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        for change in changes:
            if isinstance(change, str):
                connection.execute(change)
            else:
                change(connection)
    return path


def revision(
    fields: Any,
    *,
    item: str = "",
    kind: str = "entry",
    parents: tuple[str, ...] = (),
    author: str = "Mallory",
    device: str = "evil",
    clock: str = NOW + "0001",
) -> Revision:
    """One whose id is right, whatever it says; ``fields`` may be text already."""
    text = fields if isinstance(fields, str) else canonical_json(fields)
    item = item or new_id()
    id_ = revision_id(item, kind, parents, author, device, clock, text)
    return Revision(id_, item, kind, tuple(sorted(parents)), author, device, clock, text)


def entry(body: str = "A note", **fields: Any) -> dict[str, Any]:
    return {**EntryFields(body=body).to_json(), **fields}


def adding(*revisions: Revision, **cells: Any) -> Spoil:
    """Write rows for them; ``cells`` stand there instead of what they say."""

    def change(connection: sqlite3.Connection) -> None:
        for one in revisions:
            row = {
                "id": one.id,
                "item": one.item,
                "kind": one.kind,
                "parents": canonical_json(list(one.parents)),
                "author": one.author,
                "device": one.device,
                "clock": one.clock,
                "fields": one.fields,
                "change": 1,
                **cells,
            }
            names = ", ".join(row)
            connection.execute(
                f"INSERT INTO revision ({names}) VALUES ({','.join('?' * len(row))})", tuple(row.values())
            )

    return change


def missing(id_: str, item: str = "", parents: tuple[str, ...] = (), reason: str = "shallow") -> Spoil:
    """Claim that a revision is known to be missing."""

    def change(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO absent (revision, item, parents, reason) VALUES (?, ?, ?, ?)",
            (id_, item, json.dumps(list(parents)), reason),
        )

    return change


def keeping(data: bytes, *, name: str = "", size: int | None = None, packing: str = "plain", kept: Any = None) -> Spoil:
    """Keep bytes; what the row says of them may be untrue."""

    def change(connection: sqlite3.Connection) -> None:
        packed = kept if kept is not None else zlib.compress(data) if packing == "zlib" else data
        connection.execute(
            "INSERT INTO blob (sha256, size, packing, data) VALUES (?, ?, ?, ?)",
            (name or sha256(data).hexdigest(), len(data) if size is None else size, packing, packed),
        )

    return change


def attached(data: bytes) -> dict[str, Any]:
    """An entry with a file."""
    file = {"name": "a.bin", "blob": sha256(data).hexdigest(), "media_type": "application/octet-stream", "size": 1}
    return entry(attachments=[file])


def writing(sql: str, *parameters: object) -> Spoil:
    """One statement with what stands in it."""

    def change(connection: sqlite3.Connection) -> None:
        connection.execute(sql, parameters)

    return change


def read(file: NotebookFile, source: Path | bytes) -> Incoming:
    """What is taken of a notebook; its folder stays as it was."""
    before = _folder(source.parent) if isinstance(source, Path) else {}
    try:
        with foreign(source, file.database, latest=LATEST) as incoming:
            return incoming
    finally:
        if isinstance(source, Path):
            assert _folder(source.parent) == before


def _folder(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        one.name: (one.stat().st_mtime_ns, sha256(one.read_bytes()).digest()) if one.is_file() else (0, b"")
        for one in folder.iterdir()
    }


def redefined(table: str, old: str, new: str) -> Spoil:
    """Another definition for a table than the format has, as if it had always been so."""

    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (old, new, table))

    return change


def utf16(path: Path) -> Path:
    """A notebook with the right tables whose texts are kept in UTF-16."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA encoding = 'UTF-16le'")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 3")
        for name, sql in definitions().items():
            if "_sqlite_migrations" not in name:
                connection.execute(sql)
    return path


def document(text: bytes, turns: bytes = b"", characters: int | None = None) -> dict[str, Any]:
    content = {
        "blob": sha256(text).hexdigest(),
        "turns": sha256(turns).hexdigest() if turns else "",
        "characters": len(text.decode("utf-8", "replace")) if characters is None else characters,
        "speakers": [],
        "count": 0,
        "milliseconds": None,
    }
    return {"title": "Talk", "content": content, "people": {}, "occurred": ""}


GOOD_TURNS = b'[[0,4,"Ada",0,null],[5,8,"",null,null]]'


SPOILT_TABLES: dict[str, tuple[str | Spoil, ...]] = {
    "a trigger": ("CREATE TRIGGER sly AFTER INSERT ON blob BEGIN DELETE FROM revision; END",),
    "a view": ("CREATE VIEW sly AS SELECT * FROM revision",),
    "a view instead of a table": ("DROP TABLE absent", "CREATE VIEW absent AS SELECT id AS revision FROM revision"),
    "a virtual table": ("CREATE VIRTUAL TABLE sly USING fts5(words)",),
    "one table more": ("CREATE TABLE sly (secret)",),
    "one index more": ("CREATE INDEX sly ON revision (item)",),
    "one table less": ("DROP TABLE draft",),
    "a table of its own statistics": ("ANALYZE",),
    "a column more": ("ALTER TABLE revision ADD COLUMN sly",),
    "a generated column": ("ALTER TABLE revision ADD COLUMN sly AS (hex(fields))",),
    "a table in another shape": (redefined("absent", "WITHOUT ROWID", ""),),
    "a table without its rules": (redefined("revision", "NOT NULL UNIQUE", "UNIQUE"),),
    "a table under another name": ("UPDATE sqlite_master SET tbl_name = 'change' WHERE name = 'draft'",),
    "two tables on one page": (
        writing(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = ?) WHERE name = ?",
            "draft",
            "turned",
        ),
    ),
    "a table beyond the file": ("UPDATE sqlite_master SET rootpage = 1000000 WHERE name = 'revision'",),
    "a table on the page of tables": ("UPDATE sqlite_master SET rootpage = 1 WHERE name = 'revision'",),
    "tables that are no SQL": ("UPDATE sqlite_master SET sql = 'CREATE TABLE revision (((' WHERE name = 'revision'",),
    "tables that are no text": ("UPDATE sqlite_master SET sql = X'FF00FF' WHERE name = 'revision'",),
    "a table twice": ("INSERT INTO sqlite_master SELECT * FROM sqlite_master WHERE name = 'draft'",),
    "no format": ("PRAGMA user_version = 0",),
    "a format before the first": ("PRAGMA user_version = -1",),
    "the tables of another format": ("PRAGMA user_version = 2",),
}
