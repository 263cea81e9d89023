"""Saving what can be read of a notebook that SQLite can no longer walk.

Revisions are immutable and prove themselves by their ids, so the notebook is made anew from those that can still be
read, one by one, in the damaged file and in its backups. The damaged file is moved aside and kept.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.model.errors import KnownError
from desktop_app.model.ids import new_id
from desktop_app.notebook.backup import move_aside
from desktop_app.notebook.check import is_blob, wrong_with
from desktop_app.notebook.database import Database
from desktop_app.notebook.errors import NotebookDamaged
from desktop_app.notebook.projections import Projections
from desktop_app.notebook.schema import migrate

_REVISION = "number, id, item, kind, parents, author, device, clock, fields, change"
_CHANGE = "id, kind, label, clock, author, device, first, last, target, undone"
_STRETCH = 200
_LARGEST = 1 << 36
_SMALLEST_ROW = 200
_MOST_PROBED = 300_000
RECOVERED = "Recovered from a damaged notebook"


@dataclass(frozen=True, slots=True)
class Salvage:
    """How many ``revisions`` and ``blobs`` were saved and revisions ``lost``; ``aside`` is the damaged file."""

    revisions: int
    blobs: int
    lost: int
    aside: Path


class _Source:
    """One file read row by row; what cannot be read is passed over, because saving the rest is the point."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._connection.execute("PRAGMA trusted_schema = OFF")
        self._connection.text_factory = bytes
        self._size = path.stat().st_size

    def close(self) -> None:
        self._connection.close()

    def rows(self, table: str, columns: str, key: str, last: int) -> Iterator[tuple[Any, ...]]:
        """Rows of a table by its integer key up to ``last``: in stretches, and one by one where a stretch fails."""
        for first in range(1, last + 1, _STRETCH):
            sql = f"SELECT {columns} FROM {table} WHERE {key} BETWEEN ? AND ?"
            try:
                found = self._connection.execute(sql, (first, first + _STRETCH - 1)).fetchall()
            except sqlite3.Error:
                found = list(self._singly(sql, range(first, min(first + _STRETCH, last + 1))))
            for row in found:
                with suppress(UnicodeDecodeError):
                    yield tuple(value.decode() if isinstance(value, bytes) else value for value in row)

    def _singly(self, sql: str, keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for key in keys:
            with suppress(sqlite3.Error):
                yield from self._connection.execute(sql, (key, key)).fetchall()

    def last(self, table: str, column: str) -> int:
        """The highest key, or where it cannot be read as many as the file could hold."""
        newest = f"SELECT {column} FROM {table} ORDER BY {column} DESC LIMIT 1"
        for sql in (newest, f"SELECT max({column}) FROM {table} NOT INDEXED"):
            with suppress(sqlite3.Error):
                found = self._connection.execute(sql).fetchone()
                return int(found[0] or 0) if found else 0
        return min(self._size // _SMALLEST_ROW, _MOST_PROBED)

    def blobs(self) -> Iterator[tuple[str, int, str, bytes]]:
        for number in range(1, self.last("blob", "rowid") + 1):
            with suppress(sqlite3.Error, UnicodeDecodeError):
                row = self._connection.execute(
                    "SELECT sha256, size, packing, data FROM blob WHERE rowid = ?", (number,)
                ).fetchone()
                if row is not None:
                    yield row[0].decode(), row[1], row[2].decode(), row[3]

    def meta(self) -> dict[str, str]:
        with suppress(sqlite3.Error, UnicodeDecodeError):
            return {key.decode(): value.decode() for key, value in self._connection.execute("SELECT * FROM meta")}
        return {}


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """The file itself, or where its end is missing a copy filled up with zeros, which SQLite does not refuse."""
    with path.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18], "big")
    stated = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    if not path.stat().st_size < stated < _LARGEST:
        yield path
        return
    copy = path.with_name(f".{path.name}.{new_id()[:8]}.whole")
    try:
        shutil.copyfile(path, copy)
        os.truncate(copy, stated)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def salvage(path: Path, backups: Sequence[Path], projections: Projections, now: datetime) -> Salvage:
    """Make a notebook anew from a damaged one and its backups, and put it in its place.

    Raises :class:`NotebookDamaged` when nothing can be read; then nothing has been moved.
    """
    revisions: dict[str, tuple[Any, ...]] = {}
    changes: dict[int, tuple[Any, ...]] = {}
    meta: dict[str, str] = {}
    target = path.with_name(f".{path.name}.{new_id()[:8]}.part")
    try:
        with closing(Database.open(target, create=True)) as database:
            migrate(database)
            blobs = 0
            for file in (path, *backups):
                with _readable(file) as readable, suppress(sqlite3.Error), closing(_Source(readable)) as source:
                    blobs += _collect(source, database, revisions, changes)
                    meta = {**source.meta(), **meta}
            if not revisions:
                raise NotebookDamaged(path=path, reason="nothing in it can be read any more")
            _write(database, revisions, changes, meta, projections)
        numbers = [row[0] for row in revisions.values()] + [row[7] for row in changes.values()]
        lost = max(numbers) - len(revisions)
        aside = path.with_name(f"{path.stem}-damaged-{now.strftime('%Y-%m-%dT%H%M%S')}.terrain")
        move_aside(path, aside)
        target.rename(path)
    finally:
        target.unlink(missing_ok=True)
    return Salvage(len(revisions), blobs, max(lost, 0), aside)


def _collect(
    source: _Source, target: Database, revisions: dict[str, tuple[Any, ...]], changes: dict[int, tuple[Any, ...]]
) -> int:
    for row in source.rows("change", _CHANGE, "id", source.last("change", "id")):
        changes.setdefault(row[0], row)
    last = max(source.last("revision", "number"), max((row[7] for row in changes.values()), default=0))
    for row in source.rows("revision", _REVISION, "number", last):
        if row[1] not in revisions and wrong_with(*row[1:9]) == "":
            revisions[row[1]] = row
    saved = 0
    for name, size, packing, data in source.blobs():
        if is_blob(name, size, packing, data):
            saved += target.execute(
                "INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?)", (name, size, packing, data)
            ).rowcount
    return saved


def _write(
    database: Database,
    revisions: dict[str, tuple[Any, ...]],
    changes: dict[int, tuple[Any, ...]],
    meta: dict[str, str],
    projections: Projections,
) -> None:
    ordered = sorted(revisions.values(), key=lambda row: (row[9], row[0]))
    with database.transaction():
        _write_absent(database, ordered)
        heads = _write_items(database, ordered)
        _write_journal(database, ordered, changes)
        notebook = meta.get("id") or next((row[2] for row in ordered if row[3] == "notebook"), new_id())
        for key, value in {**meta, "id": notebook}.items():
            database.execute("INSERT INTO meta VALUES (?, ?)", (key, value))
        for item, row in heads.items():
            # An import whose bytes are gone has no points to show; ``check`` tells of it.
            with suppress(KnownError):
                projections[row[3]].apply(database, item, json.loads(row[8]), new=True)
        database.execute("INSERT INTO outbox SELECT (SELECT max(id) FROM change), id, kind FROM item")


def _write_absent(database: Database, ordered: Sequence[tuple[Any, ...]]) -> None:
    known = {row[1] for row in ordered}
    parents = {parent for row in ordered for parent in json.loads(row[4])}
    database.executemany("INSERT INTO absent VALUES (?, 'lost')", ((parent,) for parent in sorted(parents - known)))


def _write_items(database: Database, ordered: Sequence[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """One row per item, its head the newest revision that is nobody's parent."""
    parents = {parent for row in ordered for parent in json.loads(row[4])}
    of_item: dict[str, list[tuple[Any, ...]]] = {}
    for row in ordered:
        of_item.setdefault(row[2], []).append(row)
    heads = {}
    for item, rows in of_item.items():
        head = max((row for row in rows if row[1] not in parents), key=lambda row: row[7])
        first = min(rows, key=lambda row: row[7])
        trashed = bool(json.loads(head[8]).get("trashed"))
        heads[item] = head
        database.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (item, head[3], head[1], trashed, first[7], head[7], first[5], len(rows)),
        )
    return heads


def _write_journal(database: Database, ordered: Sequence[tuple[Any, ...]], changes: dict[int, tuple[Any, ...]]) -> None:
    """Changes with the numbers of the revisions that were saved; a change whose row was lost is named so."""
    number = 0
    by_change: dict[int, list[tuple[Any, ...]]] = {}
    for row in ordered:
        by_change.setdefault(row[9], []).append(row)
    for change, rows in sorted(by_change.items()):
        first = number + 1
        for row in rows:
            number += 1
            database.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row[1:]))
        known = changes.get(change) or (change, "base", RECOVERED, rows[-1][7], rows[-1][5], rows[-1][6], 0, 0, None, 0)
        target = known[8] if known[8] in by_change else None
        kind = "base" if known[1] in ("undo", "redo") and target is None else known[1]
        database.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (change, kind, *known[2:6], first, number, target, known[9]),
        )
