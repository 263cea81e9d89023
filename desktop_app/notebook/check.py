"""Proving that a notebook is whole, and mending what can be mended.

Looked at, in this order: the integrity and foreign keys of SQLite itself; every revision id recomputed, every parent
there, every revision in its change; every head the last of its line; topic tables equal to what the heads give; blobs
equal to their hash. A notebook so damaged that SQLite cannot walk it is a matter for ``salvage``.
"""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.model.changes import canonical_json, revision_id
from desktop_app.model.errors import KnownError
from desktop_app.notebook.blobs import unpack
from desktop_app.notebook.database import Database
from desktop_app.notebook.errors import NotebookDamaged, NotebookError
from desktop_app.notebook.projections import Projections

_EVERY_BYTE = 3_000
_EVERY_BIT = 60_000

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be: where, what, and whether ``repair`` mended it."""

    where: str
    what: str
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """``problems`` is empty for a whole notebook; the counts say how much was looked at.

    ``sound`` is false where SQLite cannot walk the file: nothing was repaired then, and ``salvage`` is what is left.
    """

    problems: tuple[Problem, ...]
    revisions: int
    items: int
    blobs: int
    sound: bool = True

    @property
    def ok(self) -> bool:
        """Nothing is wrong (any more)."""
        return all(problem.repaired for problem in self.problems)


class Checker:
    """Checks one notebook; ``backups`` are looked through for revisions and blobs that were lost."""

    def __init__(self, database: Database, projections: Projections, backups: tuple[Path, ...] = ()) -> None:
        self._database = database
        self._projections = projections
        self._backups = backups

    def run(self, *, repair: bool, progress: Progress) -> CheckReport:
        """Look at everything; with ``repair`` mend what can be mended on the way."""
        connection = self._database.connection
        before = connection.text_factory
        # A text that is no UTF-8 any more must not stop the check before it has said which one it is.
        connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        try:
            return self._run(repair=repair, progress=progress)
        finally:
            connection.text_factory = before

    def _run(self, *, repair: bool, progress: Progress) -> CheckReport:
        problems: list[Problem] = []
        steps: tuple[tuple[str, Callable[[bool], Iterator[Problem]]], ...] = (
            ("integrity", self._integrity),
            ("revisions", self._revisions),
            ("log", self._changes),
            ("items", self._items),
            ("current state", self._topics),
            ("files", self._blobs),
        )
        sound = True
        for number, (name, step) in enumerate(steps):
            progress(number / len(steps), name)
            try:
                problems += step(repair and sound)
            except NotebookDamaged as error:
                problems.append(Problem(name, f"cannot be read: {error.parts.get('reason', '')}"))
                sound = False
            if number == 0:
                # Mending what stands on broken ground would break more of it.
                sound = sound and all(problem.repaired for problem in problems)
        progress(1.0, "done")
        revisions, items, blobs = (self._count(table) for table in ("revision", "item", "blob"))
        return CheckReport(tuple(problems), revisions, items, blobs, sound)

    def _count(self, table: str) -> int:
        try:
            (count,) = self._database.one(f"SELECT count(*) FROM {table}")
        except NotebookError:
            return 0
        return int(count)

    # --- SQLite -----------------------------------------------------------------------------------------------------

    def _integrity(self, repair: bool) -> Iterator[Problem]:
        found = [text for (text,) in self._database.rows("PRAGMA integrity_check(50)") if text != "ok"]
        mended = False
        if found and repair:
            # An index that disagrees with its table is rebuilt from it; damage in the tables themselves stays.
            self._database.execute("REINDEX")
            mended = self._database.rows("PRAGMA integrity_check(1)") == [("ok",)]
        yield from (Problem("integrity", text, mended) for text in found)
        for table, row, parent, _ in self._database.rows("PRAGMA foreign_key_check"):
            yield Problem("foreign keys", f"row {row} of {table} points to a missing row of {parent}")

    # --- the journal ------------------------------------------------------------------------------------------------

    def _revisions(self, repair: bool) -> Iterator[Problem]:
        known = {row[0] for row in self._database.each("SELECT id FROM revision UNION SELECT revision FROM absent")}
        broken: list[tuple[str, str]] = []
        for revision, item, kind, parents, author, device, clock, fields in self._database.each(
            "SELECT id, item, kind, parents, author, device, clock, fields FROM revision"
        ):
            reason = wrong_with(revision, item, kind, parents, author, device, clock, fields)
            if reason:
                broken.append((revision, reason))
            elif missing := [parent for parent in json.loads(parents) if parent not in known]:
                yield Problem(f"revision {revision[:12]}", f"its parent {missing[0][:12]} is not here")
        for revision, reason in broken:
            yield Problem(f"revision {revision[:12]}", reason, repair and self._recover_revision(revision))

    def _recover_revision(self, revision: str) -> bool:
        """From a backup, or by turning back the one byte that rot has changed: the id says when it is right."""
        columns = "item, kind, parents, author, device, clock, fields"
        own = self._database.one(f"SELECT {columns} FROM revision WHERE id = ?", (revision,))
        kept = self._from_backups(f"SELECT {columns} FROM revision WHERE id = ?", revision)
        for row in itertools.chain(kept, one_byte_apart(own)):
            if wrong_with(revision, *row) == "":
                with self._database.transaction():
                    self._database.execute(
                        "UPDATE revision SET item = ?, kind = ?, parents = ?, author = ?, device = ?, clock = ?,"
                        " fields = ? WHERE id = ?",
                        (*row, revision),
                    )
                return True
        return False

    def _changes(self, repair: bool) -> Iterator[Problem]:
        """Every revision belongs to the change whose range of numbers it lies in."""
        for revision, change in self._database.rows(
            "SELECT revision.id, revision.change FROM revision LEFT JOIN change ON change.id = revision.change"
            " WHERE change.id IS NULL OR number NOT BETWEEN first AND last"
        ):
            yield Problem(f"revision {revision[:12]}", f"it does not belong to change {change}, which it names")

    def _items(self, repair: bool) -> Iterator[Problem]:
        """The head of an item is the one revision of it that is nobody's parent."""
        own_of: dict[str, set[str]] = {}
        parents: set[str] = set()
        state: dict[str, tuple[str, bool]] = {}
        for revision, item, clock, of, fields in self._database.each(
            "SELECT id, item, clock, parents, fields FROM revision"
        ):
            own_of.setdefault(item, set()).add(revision)
            # What cannot be read here has been told by the step before.
            with suppress(ValueError):
                parents.update(json.loads(of))
            state[revision] = (clock, _is_trashed(fields))
        for item, head, trashed, count in self._database.rows("SELECT id, head, trashed, revisions FROM item"):
            own = own_of.get(item, set())
            tips = own - parents
            if head in tips and state[head][1] == bool(trashed) and len(own) == count:
                continue
            mended = repair and bool(tips)
            if mended:
                newest = max(tips, key=lambda tip: state[tip][0])
                with self._database.transaction():
                    self._database.execute(
                        "UPDATE item SET head = ?, trashed = ?, edited = ?, revisions = ? WHERE id = ?",
                        (newest, state[newest][1], state[newest][0], len(own), item),
                    )
            yield Problem(f"item {item}", "its current revision is not its last one", mended)

    # --- what is derived --------------------------------------------------------------------------------------------

    def _topics(self, repair: bool) -> Iterator[Problem]:
        for kind, projection in self._projections.items():
            seen: set[str] = set()
            rows = self._database.rows(
                "SELECT item.id, revision.fields FROM item JOIN revision ON revision.id = item.head"
                " WHERE item.kind = ?",
                (kind,),
            )
            for item, text in rows:
                seen.add(item)
                try:
                    fields = json.loads(text)
                    if projection.stored(self._database, item) == projection.expected(self._database, item, fields):
                        continue
                    if repair:
                        self._apply(kind, item, fields)
                except (KnownError, KeyError, TypeError, ValueError) as error:
                    # Fields that are no fields of this kind, or a file they name that is gone.
                    yield Problem(f"{kind} {item}", f"what it is made from cannot be read ({error})")
                else:
                    yield Problem(f"{kind} {item}", "the current state is not what its revisions give", repair)
            yield from self._strangers(kind, seen, repair)

    def _apply(self, kind: str, item: str, fields: dict[str, Any]) -> None:
        with self._database.transaction():
            self._projections[kind].apply(self._database, item, fields, new=False)

    def _strangers(self, kind: str, known: set[str], repair: bool) -> Iterator[Problem]:
        """Rows of topic tables that belong to no item."""
        for table, key in self._projections[kind].tables.items():
            for (item,) in self._database.rows(f"SELECT DISTINCT {key} FROM {table}"):
                if item not in known:
                    if repair:
                        self._apply(kind, item, {"trashed": True})
                    yield Problem(f"{kind} {item}", f"{table} holds something no revision gives", repair)

    def _blobs(self, repair: bool) -> Iterator[Problem]:
        wanted = {blob for (blob,) in self._database.rows("SELECT DISTINCT blob FROM entry_attachment")}
        for (name,) in self._database.rows("SELECT sha256 FROM blob"):
            wanted.discard(name)
            size, packing, data = self._database.one("SELECT size, packing, data FROM blob WHERE sha256 = ?", (name,))
            if not is_blob(name, size, packing, data):
                yield Problem(f"file {name[:12]}", "its bytes are not what they were", self._recover_blob(name, repair))
        for name in sorted(wanted):
            yield Problem(f"file {name[:12]}", "its bytes are missing", self._recover_blob(name, repair))

    def _recover_blob(self, name: str, repair: bool) -> bool:
        if not repair:
            return False
        for size, packing, data in self._from_backups("SELECT size, packing, data FROM blob WHERE sha256 = ?", name):
            if is_blob(name, size, packing, data):
                with self._database.transaction():
                    self._database.execute(
                        "INSERT OR REPLACE INTO blob (sha256, size, packing, data) VALUES (?, ?, ?, ?)",
                        (name, size, packing, data),
                    )
                return True
        return False

    def _from_backups(self, sql: str, key: str) -> Iterator[tuple[Any, ...]]:
        for backup in self._backups:
            try:
                with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                    row = connection.execute(sql, (key,)).fetchone()
            except sqlite3.Error:
                # A backup may be damaged too; the next older one is asked.
                continue
            if row is not None:
                yield row


def _is_trashed(fields: str) -> bool:
    if '"trashed":true' not in fields:
        return False
    try:
        return bool(json.loads(fields).get("trashed"))
    except ValueError:
        return False


def one_byte_apart(row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every row that differs from this one in a single byte of one text, within reason: long texts in one bit only."""
    for column, text in sorted(enumerate(row), key=lambda pair: len(pair[1])):
        data = bytearray(text, "utf-8", "surrogateescape")
        masks = range(1, 256) if len(data) <= _EVERY_BYTE else [1 << bit for bit in range(8)]
        if len(data) > _EVERY_BIT:
            continue
        for place, mask in itertools.product(range(len(data)), masks):
            data[place] ^= mask
            with suppress(UnicodeDecodeError):
                yield (*row[:column], data.decode(), *row[column + 1 :])
            data[place] ^= mask


def wrong_with(
    revision: str, item: str, kind: str, parents: str, author: str, device: str, clock: str, fields: str
) -> str:
    """What keeps a revision's row from being what its id promises; an empty text for a sound one."""
    try:
        ancestors = json.loads(parents)
        canonical = canonical_json(json.loads(fields)) == fields
        same = canonical and revision_id(item, kind, ancestors, author, device, clock, fields) == revision
    except (ValueError, TypeError):
        return "it cannot be read"
    return "" if same else "its content does not give its id"


def is_blob(name: str, size: int, packing: str, data: bytes) -> bool:
    """Whether a blob's row holds the bytes that its name promises."""
    plain = unpack(size, packing, data)
    return plain is not None and hashlib.sha256(plain).hexdigest() == name
