"""Proving that a notebook is whole, and mending what can be mended.

Looked at, in this order: the integrity and foreign keys of SQLite itself, and the definitions of its tables; every
revision id recomputed, every parent there, every revision in its change; every item, its head and the outbox; topic
tables equal to what the heads give; blobs equal to their hash. A notebook so damaged that
SQLite cannot walk it is a matter for ``salvage``.
"""

import hashlib
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.model.changes import canonical_json, revision_id
from desktop_app.model.errors import Invalid, KnownError
from desktop_app.model.merging import CONFLICTS, TRASHED
from desktop_app.notebook.blobs import KINDS_WITH_BLOBS, named_blobs, unpack
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import holders
from desktop_app.notebook.errors import NotebookDamaged, NotebookError
from desktop_app.notebook.projections import Projections
from desktop_app.notebook.schema import definitions

_EVERY_BYTE = 3_000
_EVERY_BIT = 60_000
_ITEM = "id, kind, head, trashed, created, edited, author, revisions, conflicting"

RECOVERED = "Recovered from a damaged notebook"
"""What a change is called whose own name is lost."""

MENDED = "Mend the notebook"

_LOOSE_ENDS = {
    # The points themselves are there again by then, under the series and the import that are theirs.
    ("point", "series"): "DELETE FROM point WHERE series NOT IN (SELECT number FROM series)",
    ("point", "import"): "DELETE FROM point WHERE import NOT IN (SELECT number FROM import)",
    ("change", "change"): "UPDATE change SET target = NULL WHERE target NOT IN (SELECT id FROM change)",
}

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
            # Between two steps nobody else may write: what was read would be old, and mending would bring it back.
            with self._database.snapshot():
                report = self._run(repair=False, progress=progress)
            if not repair or not report.problems:
                return report
            with self._database.transaction():
                report = self._run(repair=True, progress=progress)
                if report.sound and any(problem.repaired for problem in report.problems):
                    self._index_again()
                return report
        finally:
            connection.text_factory = before

    def _run(self, *, repair: bool, progress: Progress) -> CheckReport:
        problems: list[Problem] = []
        steps: tuple[tuple[str, Callable[[bool], Iterator[Problem]]], ...] = (
            ("integrity", self._integrity),
            ("revisions", self._revisions),
            ("log", self._changes),
            ("items", self._items),
            ("outbox", self._outbox),
            # Before the current state, which is made of them where it shows imports.
            ("files", self._blobs),
            ("current state", self._topics),
            ("foreign keys", self._foreign_keys),
        )
        sound = True
        for number, (name, step) in enumerate(steps):
            progress(number / len(steps), name)
            try:
                problems += step(repair and sound)
            except NotebookDamaged as error:
                problems.append(Problem(name, f"cannot be read: {error.parts.get('reason', '')}"))
                sound = False
            except (Invalid, UnicodeEncodeError, sqlite3.IntegrityError):
                # A key that is no UTF-8 any more, or breaks a rule of its table, cannot even be asked for.
                problems.append(Problem(name, "something in it can neither be read nor mended in its place"))
                sound = False
            if number == 0:
                # Mending what stands on broken ground would break more of it.
                sound = sound and all(problem.repaired for problem in problems)
                if any(problem.where == "schema" for problem in problems):
                    # Nothing can be asked of tables that are not what they are called.
                    break
        progress(1.0, "done")
        revisions, items, blobs = (self._count(table) for table in ("revision", "item", "blob"))
        return CheckReport(tuple(problems), revisions, items, blobs, sound)

    def _index_again(self) -> None:
        """What was indexed while something was wrong is read once more, on whichever machine an index is kept."""
        self._database.execute(
            "INSERT INTO change (id, kind, label, clock, author, device, first, last)"
            " SELECT id + 1, 'base', ?, clock, author, device, last + 1, last FROM change ORDER BY id DESC LIMIT 1",
            (MENDED,),
        )
        self._database.execute(
            "INSERT INTO outbox SELECT (SELECT max(id) FROM change), item, kind"
            " FROM (SELECT DISTINCT item, kind FROM outbox)"
        )

    def _count(self, table: str) -> int:
        try:
            (count,) = self._database.one(f"SELECT count(*) FROM {table}")
        except (NotebookError, sqlite3.OperationalError):
            # Not there, as the steps have told.
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
        stated = dict(self._database.rows("SELECT name, sql FROM sqlite_master"))
        for name, sql in definitions().items():
            if stated.get(name) != sql:
                yield Problem("schema", f"{name} is not defined as it should be")
        for kind, name in self._database.rows("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"):
            # A trigger writes what no revision says, and nothing of ours makes one.
            if repair:
                self._database.execute(f'DROP {kind} "{name.replace(chr(34), chr(34) * 2)}"')
            yield Problem(f"{kind} {name}", "it does not belong in a notebook", repair)

    def _foreign_keys(self, repair: bool) -> Iterator[Problem]:
        """Looked at last: mending items and topic tables has mended most of it."""
        for table, row, parent, _ in self._database.rows("PRAGMA foreign_key_check"):
            mended = repair and (table, parent) in _LOOSE_ENDS
            if mended:
                self._database.execute(_LOOSE_ENDS[table, parent])
            yield Problem("foreign keys", f"row {row} of {table} points to a missing row of {parent}", mended)

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
                yield Problem(f"revision {str(revision)[:12]}", f"its parent {missing[0][:12]} is not here")
        for revision, reason in broken:
            yield Problem(f"revision {str(revision)[:12]}", reason, repair and self._recover_revision(revision))

    def _recover_revision(self, revision: str) -> bool:
        """From a backup, or by turning back the one byte that rot has changed: the id says when it is right."""
        columns = "item, kind, parents, author, device, clock, fields"
        found = self._database.one(f"SELECT {columns} FROM revision WHERE id = ?", (revision,))
        own = tuple(cell.decode("utf-8", "surrogateescape") if isinstance(cell, bytes) else str(cell) for cell in found)
        kept = self._from_backups(f"SELECT {columns} FROM revision WHERE id = ?", revision)
        for row in itertools.chain(kept, [own], one_byte_apart(own)):
            if wrong_with(revision, *row) == "":
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
            mended = repair and self._recover_change(change)
            yield Problem(
                f"revision {str(revision)[:12]}", f"it does not belong to change {change}, which it names", mended
            )
        for (change,) in self._database.rows(
            "SELECT id FROM change JOIN (SELECT change, min(number) AS least, max(number) AS most FROM revision"
            " GROUP BY change) AS made ON made.change = id WHERE (first, last) <> (least, most)"
            # What a merge derived may have left since, and numbers are not given twice.
            " AND id NOT IN (SELECT change FROM exchange WHERE change IS NOT NULL)"
        ):
            mended = repair and self._recover_change(change)
            yield Problem(f"change {change}", "the revisions it made are not those that name it", mended)
        for change, clock, author, device in self._database.rows(
            "SELECT id, made.clock, made.author, made.device FROM change JOIN (SELECT change, max(clock) AS clock,"
            " max(author) AS author, max(device) AS device FROM revision GROUP BY change) AS made ON made.change = id"
            " WHERE (change.clock, change.author, change.device) <> (made.clock, made.author, made.device)"
            # A merge brings what others have written.
            " AND change.id NOT IN (SELECT change FROM exchange WHERE change IS NOT NULL)"
        ):
            if repair:
                self._update("change", "clock = ?, author = ?, device = ?", (clock, author, device), change)
            yield Problem(f"change {change}", "who made it, or when, is not what its revisions say", repair)

    def _recover_change(self, change: object) -> bool:
        """Write the log's row for revisions that follow on each other; what the change was called stays lost."""
        first, last, count, clock, author, device = self._database.one(
            "SELECT min(number), max(number), count(*), max(clock), max(author), max(device)"
            " FROM revision WHERE change = ?",
            (change,),
        )
        if not isinstance(change, int) or last - first + 1 != count:
            return False
        self._database.execute(
            "INSERT INTO change (id, kind, label, clock, author, device, first, last)"
            " VALUES (?, 'base', ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET first = excluded.first, last = excluded.last",
            (change, RECOVERED, clock, author, device, first, last),
        )
        return True

    def _items(self, repair: bool) -> Iterator[Problem]:
        """The head of an item is the one revision of it that is nobody's parent, and its row says what that gives."""
        revisions_of: dict[str, dict[str, _State]] = {}
        parents: set[str] = set()
        for revision, item, kind, author, clock, of, fields in self._database.each(
            "SELECT id, item, kind, author, clock, parents, fields FROM revision"
        ):
            revisions_of.setdefault(item, {})[revision] = _State(
                kind, author, clock, _is_marked(fields, TRASHED), _is_marked(fields, CONFLICTS)
            )
            # What cannot be read here has been told by the step before.
            with suppress(ValueError, TypeError):
                parents.update(json.loads(of))
        rows = {row[0]: row for row in self._database.rows(f"SELECT {_ITEM} FROM item")}
        for item in rows.keys() | revisions_of.keys():
            own = revisions_of.get(item, {})
            head = rows[item][2] if item in rows else ""
            expected = _item_row(item, head, own, own.keys() - parents)
            if expected is None:
                yield Problem(f"item {item}", "the revision that gives its current state is not here")
            elif rows.get(item) != expected:
                if repair:
                    self._database.execute(
                        f"INSERT OR REPLACE INTO item ({_ITEM}) VALUES (?,?,?,?,?,?,?,?,?)", expected
                    )
                yield Problem(f"item {item}", _wrong_with_item(rows.get(item), expected), repair)
        yield from self._own_id(repair)

    def _own_id(self, repair: bool) -> Iterator[Problem]:
        """The notebook's id is that of its one item of kind ``notebook``."""
        (stated,) = self._database.one("SELECT value FROM meta WHERE key = 'id'")
        own = self._database.one("SELECT item FROM revision WHERE kind = 'notebook' ORDER BY number LIMIT 1")
        if own is not None and own[0] != stated:
            if repair:
                self._database.execute("UPDATE meta SET value = ? WHERE key = 'id'", own)
            yield Problem("notebook", "its id is not that of its first revision", repair)

    def _update(self, table: str, columns: str, values: tuple[object, ...], key: object) -> None:
        self._database.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values, key))

    def _outbox(self, repair: bool) -> Iterator[Problem]:
        """What waits to be indexed are items, and of each that is searched for its newest change."""
        strays = self._database.rows(
            "SELECT outbox.change, outbox.item FROM outbox LEFT JOIN item ON item.id = outbox.item"
            # Series are no items: they come and go with the imports that they are made from.
            " WHERE outbox.kind <> 'series' AND (item.id IS NULL OR item.kind <> outbox.kind)"
        )
        if repair:
            self._database.executemany("DELETE FROM outbox WHERE change = ? AND item = ?", strays)
        kinds = [kind for kind, projection in self._projections.items() if projection.indexed]
        missing = self._database.rows(
            "SELECT revision.change, item.id, item.kind FROM item JOIN revision ON revision.id = item.head"
            " LEFT JOIN (SELECT item, max(change) AS newest FROM outbox GROUP BY item) AS found ON found.item = item.id"
            f" WHERE item.kind IN ({holders(kinds)}) AND coalesce(found.newest, 0) < revision.change",
            kinds,
        )
        if repair:
            self._database.executemany("INSERT OR REPLACE INTO outbox VALUES (?, ?, ?)", missing)
        for _, item in strays:
            yield Problem("outbox", f"it names {item}, which is no such item", repair)
        for _, item, _ in missing:
            yield Problem("outbox", f"it lacks the last change of {item}", repair)

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
                except (KnownError, AttributeError, KeyError, TypeError, ValueError) as error:
                    # Fields that are no fields of this kind, or a file they name that is gone.
                    yield Problem(f"{kind} {item}", f"what it is made from cannot be read ({error})")
                else:
                    yield Problem(f"{kind} {item}", "the current state is not what its revisions give", repair)
            yield from self._strangers(kind, seen, repair)

    def _apply(self, kind: str, item: str, fields: dict[str, Any]) -> None:
        self._projections[kind].apply(self._database, item, fields, new=False)

    def _strangers(self, kind: str, known: set[str], repair: bool) -> Iterator[Problem]:
        """Rows of topic tables that belong to no item; where one has lost its revisions they are all that is left."""
        orphaned = {item for (item,) in self._database.rows("SELECT id FROM item WHERE kind = ?", (kind,))} - known
        for table, key in self._projections[kind].tables.items():
            for (item,) in self._database.rows(f"SELECT DISTINCT {key} FROM {table}"):
                if item in orphaned:
                    yield Problem(f"{kind} {item}", f"the revision that gave it is lost, {table} still shows it")
                elif item not in known:
                    if repair:
                        self._apply(kind, item, {"trashed": True})
                    yield Problem(f"{kind} {item}", f"{table} holds something no revision gives", repair)

    def _blobs(self, repair: bool) -> Iterator[Problem]:
        wanted = self._named_blobs()
        for (name,) in self._database.rows("SELECT sha256 FROM blob"):
            wanted.discard(name)
            size, packing, data = self._database.one("SELECT size, packing, data FROM blob WHERE sha256 = ?", (name,))
            if not is_blob(name, size, packing, data):
                yield Problem(
                    f"file {str(name)[:12]}", "its bytes are not what they were", self._recover_blob(name, repair)
                )
        for name in sorted(wanted):
            yield Problem(f"file {str(name)[:12]}", "its bytes are missing", self._recover_blob(name, repair))

    def _named_blobs(self) -> set[str]:
        """Every blob that some revision names: undo and history need those of earlier states too."""
        named: set[str] = set()
        kinds = f"({holders(KINDS_WITH_BLOBS)})"
        for kind, text in self._database.each(
            f"SELECT kind, fields FROM revision WHERE kind IN {kinds} AND fields LIKE '%\"blob\":%'", KINDS_WITH_BLOBS
        ):
            # What cannot be read here has been told by an earlier step.
            with suppress(AttributeError, KeyError, TypeError, ValueError):
                named.update(named_blobs(kind, text))
        return named

    def _recover_blob(self, name: str, repair: bool) -> bool:
        if not repair:
            return False
        for size, packing, data in self._from_backups("SELECT size, packing, data FROM blob WHERE sha256 = ?", name):
            if is_blob(name, size, packing, data):
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


class _State(NamedTuple):
    """What one revision says of its item."""

    kind: str
    author: str
    clock: str
    trashed: bool
    conflicting: bool


def _item_row(
    item: str, head: str, own: Mapping[str, _State], tips: AbstractSet[str]
) -> tuple[str, str, str, int, str, str, str, int, int] | None:
    """The row that an item's revisions give; ``head`` stands where it is one of the tips, else the newest tip does."""
    if not tips:
        return None
    standing = head if head in tips else max(tips, key=lambda tip: own[tip].clock)
    first, last = min(own.values(), key=lambda state: (state.clock, not state.author, state.author)), own[standing]
    marks = int(last.trashed), int(last.conflicting)
    return item, last.kind, standing, marks[0], first.clock, last.clock, first.author, len(own), marks[1]


def _wrong_with_item(row: tuple[Any, ...] | None, expected: tuple[Any, ...]) -> str:
    if row is None:
        return "it is missing, although it has revisions"
    if [row[2], row[3], row[7]] != [expected[2], expected[3], expected[7]]:
        return "its current revision is not its last one"
    return "what it is, who wrote it or when is not what its revisions say"


def _is_marked(fields: object, mark: str) -> bool:
    if not isinstance(fields, str) or f'"{mark}":' not in fields:
        return False
    try:
        return bool(json.loads(fields).get(mark))
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
    if not all(isinstance(cell, str) for cell in (item, kind, parents, author, device, clock, fields)):
        return "it cannot be read"
    try:
        ancestors = json.loads(parents)
        canonical = canonical_json(json.loads(fields)) == fields
        same = canonical and revision_id(item, kind, ancestors, author, device, clock, fields) == revision
    except (ValueError, TypeError):
        return "it cannot be read"
    return "" if same else "its content does not give its id"


def is_blob(name: str, size: object, packing: object, data: object) -> bool:
    """Whether a blob's row holds the bytes that its name promises."""
    plain = unpack(size, packing, data)
    return plain is not None and hashlib.sha256(plain).hexdigest() == name
