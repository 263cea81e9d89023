"""Saving what can be read of a notebook that SQLite can no longer walk.

Revisions are immutable and prove themselves by their ids, and so do blobs: the notebook is made anew from all of them
that still stand anywhere in the damaged file or in its backups. The damaged file is moved aside and kept.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.model.changes import canonical_json
from desktop_app.model.errors import KnownError
from desktop_app.model.ids import new_id
from desktop_app.model.merging import CONFLICTS, TRASHED
from desktop_app.notebook.backup import move_aside, read_only
from desktop_app.notebook.blobs import Blobs
from desktop_app.notebook.check import RECOVERED, is_blob, one_byte_apart, wrong_with
from desktop_app.notebook.contents import MergedContents
from desktop_app.notebook.database import Database
from desktop_app.notebook.errors import NotebookDamaged
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.lineage import as_revision
from desktop_app.notebook.pages import records
from desktop_app.notebook.projections import Projections
from desktop_app.notebook.schema import migrate
from desktop_app.notebook.threeway import ThreeWay, derived

Row = tuple[Any, ...]

# The types of the columns as they are stored; a table's integer key is not stored with the row.
_REVISION = (type(None), str, str, str, str, str, str, str, str, int)
_CHANGE = (type(None), str, str, str, str, str, int, int)
_EXCHANGE = (type(None), str, str, str, str, str, str, int)
_BLOB = (str, int, str, bytes)
_KINDS = ("base", "do", "undo", "redo")
_MOST_MENDED = 50


@dataclass(frozen=True, slots=True)
class Salvage:
    """How many ``revisions`` and ``blobs`` were saved and revisions ``lost``; ``aside`` is the damaged file."""

    revisions: int
    blobs: int
    lost: int
    aside: Path


def salvage(path: Path, backups: Sequence[Path], projections: Projections, now: datetime) -> Salvage:
    """Make a notebook anew from a damaged one and its backups, and put it in its place.

    Raises :class:`NotebookDamaged` when nothing can be read; then nothing has been moved.
    """
    found = _Found()
    target = path.with_name(f".{path.name}.{new_id()[:8]}.part")
    try:
        with closing(Database.open(target, create=True)) as database:
            migrate(database)
            found.read(path, database)
            for file in _own(backups, found.revisions):
                found.read(file, database)
            found.mend()
            if not found.revisions:
                raise NotebookDamaged(path=path, reason="nothing in it can be read any more")
            _write(database, found, projections)
        numbers = [row[0] for row in found.revisions.values()] + [row[7] for row in found.changes.values()]
        lost = max(numbers) - len(found.revisions)
        aside = path.with_name(f"{path.stem}-damaged-{now.strftime('%Y-%m-%dT%H%M%S')}.terrain")
        move_aside(path, aside)
        target.rename(path)
    finally:
        target.unlink(missing_ok=True)
    return Salvage(len(found.revisions), found.blobs, max(lost, 0), aside)


def _own(backups: Sequence[Path], revisions: Mapping[str, Row]) -> list[Path]:
    """The backups of the notebook that these revisions are of: another one may have stood in its place before.

    Where nothing was found they are those of the notebook that was backed up last. One that cannot be asked is kept:
    what it holds proves itself.
    """
    known = {row[2] for row in revisions.values() if row[3] == "notebook"}
    own: list[Path] = []
    for file in backups:
        try:
            with closing(read_only(file)) as connection:
                (notebook,) = connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()
                shared = any(
                    connection.execute("SELECT 1 FROM revision WHERE id = ?", (revision,)).fetchone()
                    for revision in (() if known else revisions)
                )
        except (KnownError, sqlite3.Error, TypeError):
            own.append(file)
            continue
        if shared or (not known and not revisions):
            known.add(notebook)
        if notebook in known:
            own.append(file)
    return own


class _Found:
    """Rows that prove themselves, out of all that the files hold: the first file's word counts where they differ."""

    def __init__(self) -> None:
        self.revisions: dict[str, Row] = {}
        self.changes: dict[int, Row] = {}
        self.exchanges: dict[int, Row] = {}
        self.blobs = 0
        self._broken: list[Row] = []

    def read(self, file: Path, target: Database) -> None:
        for number, values in records(file):
            row: Row = values
            types = tuple(type(value) for value in row)
            if types == _REVISION:
                self._revision((number, *row[1:]))
            elif types[:8] == _CHANGE and row[1] in _KINDS:
                self.changes.setdefault(number, (number, *row[1:]))
            elif types == _EXCHANGE and row[1] == "in" and row[2] in ("file", "folder") and _is_object(row[6]):
                self.exchanges.setdefault(number, (number, *row[1:]))
            elif types == _BLOB and is_blob(*row):
                sql = "INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?)"
                self.blobs += target.execute(sql, row).rowcount

    def _revision(self, row: Row) -> None:
        if wrong_with(*row[1:9]) == "":
            self.revisions.setdefault(row[1], row)
        else:
            self._broken.append(row)

    def mend(self) -> None:
        """Turn back single bytes in a few revisions that nobody else had whole."""
        for row in self._broken[:_MOST_MENDED]:
            if row[1] in self.revisions:
                continue
            for candidate in one_byte_apart(row[2:9]):
                if wrong_with(row[1], *candidate) == "":
                    self.revisions[row[1]] = (*row[:2], *candidate, row[9])
                    break


def _write(database: Database, found: _Found, projections: Projections) -> None:
    ordered = sorted(found.revisions.values(), key=lambda row: (row[9], row[0]))
    notebook = next((row[2] for row in ordered if row[3] == "notebook"), new_id())
    with database.transaction():
        ordered = _with_one_head(database, ordered)
        _write_absent(database, ordered)
        heads = _write_items(database, ordered)
        _write_journal(database, ordered, found)
        database.execute("INSERT INTO meta VALUES ('id', ?)", (notebook,))
        for item, row in heads.items():
            # An import whose bytes are gone has no points to show; ``check`` tells of it.
            with suppress(KnownError):
                projections[row[3]].apply(database, item, json.loads(row[8]), new=True)
        database.execute("INSERT INTO outbox SELECT (SELECT max(id) FROM change), id, kind FROM item")


def _with_one_head(database: Database, ordered: Sequence[Row]) -> list[Row]:
    """Of every item one revision that is nobody's parent: what earlier merges derived (backups hold it still) makes
    way, and what the last one did is derived anew where it is lost."""
    parents = {parent for row in ordered for parent in json.loads(row[4])}
    of_item: dict[str, list[Row]] = {}
    for row in ordered:
        of_item.setdefault(row[2], []).append(row)
    found: list[Row] = []
    for rows in of_item.values():
        several = sum(row[1] not in parents for row in rows) > 1
        found += _merged(database, rows) if several else rows
    return sorted(found, key=lambda row: (row[9], row[0]))


def _merged(database: Database, rows: Sequence[Row]) -> list[Row]:
    graph = Graph([as_revision(row[1:9]) for row in rows])
    passing = set(graph.ephemeral)
    kept = [row for row in rows if row[1] not in passing]
    standing = [row for row in rows if row[1] in passing and tuple(json.loads(row[4])) == graph.tips]
    if standing:
        return [*kept, standing[-1]]
    if len(graph.tips) < 2:
        return kept
    blobs = Blobs(database)
    contents = MergedContents(lambda name: blobs.get(name) if blobs.has(name) else None)
    fields = ThreeWay(graph, rows[0][3], contents).merge(graph.tips).fields
    for data in contents.made.values():
        blobs.put(data, compress=True)
    made = derived(rows[0][2], rows[0][3], [graph.revisions[tip] for tip in graph.tips], fields)
    cells = (made.id, made.item, made.kind, canonical_json(list(made.parents)), "", "", made.clock, made.fields)
    return [*kept, (kept[-1][0], *cells, kept[-1][9])]


def _write_absent(database: Database, ordered: Sequence[Row]) -> None:
    known = {row[1] for row in ordered}
    parents = {parent for row in ordered for parent in json.loads(row[4])}
    database.executemany(
        "INSERT INTO absent (revision, reason) VALUES (?, 'lost')", ((parent,) for parent in sorted(parents - known))
    )


def _write_items(database: Database, ordered: Sequence[Row]) -> dict[str, Row]:
    """One row per item, its head the one revision that is nobody's parent."""
    parents = {parent for row in ordered for parent in json.loads(row[4])}
    of_item: dict[str, list[Row]] = {}
    for row in ordered:
        of_item.setdefault(row[2], []).append(row)
    heads = {}
    for item, rows in of_item.items():
        head = next(row for row in rows if row[1] not in parents)
        first = min(rows, key=lambda row: (row[7], not row[5], row[5]))
        fields = json.loads(head[8])
        heads[item] = head
        database.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item,
                head[3],
                head[1],
                bool(fields.get(TRASHED)),
                first[7],
                head[7],
                first[5],
                len(rows),
                CONFLICTS in fields,
            ),
        )
    return heads


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _write_journal(database: Database, ordered: Sequence[Row], found: _Found) -> None:
    """Changes with the numbers of the revisions that were saved, and what is known of those that were merges; a change
    whose row was lost is named so."""
    number = 0
    by_change: dict[int, list[Row]] = {}
    for row in ordered:
        by_change.setdefault(row[9], []).append(row)
    for change, rows in sorted(by_change.items()):
        first = number + 1
        for row in rows:
            number += 1
            database.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *row[1:]))
        newest, author, device = (max(row[cell] for row in rows) for cell in (7, 5, 6))
        known = found.changes.get(change) or (change, "base", RECOVERED, newest, author, device, 0, 0, None, 0)
        target = known[8] if known[8] in by_change else None
        # What a merge brought can only be taken back by what it noted, which is of no use without all of it.
        merged = any((row[5], row[6]) != (known[4], known[5]) for row in rows)
        if merged and change not in {one[7] for one in found.exchanges.values()}:
            known = (*known[:3], newest, author, device, *known[6:])
        kind = "base" if merged or (known[1] in ("undo", "redo") and target is None) else known[1]
        database.execute(
            "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (change, kind, *known[2:6], first, number, target, known[9]),
        )
    for exchange in found.exchanges.values():
        if exchange[7] in by_change:
            database.execute("INSERT INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?)", exchange)
