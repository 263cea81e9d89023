"""Writing a copy of a notebook that leaves the house: another notebook file, or its bytes, with all of it or a part.

It is made anew, never as a copy of pages, so that nothing of what was left out stands in a freed corner of it. Rows of
what goes as it is are copied by SQL; what goes in another state (:attr:`Contents.written`) is projected. Neither undo
steps nor drafts, exchanges or what merges have set aside go along.

Changes that merges have made hold the revisions of several people, which only the history of exchanges explains; since
that stays here, they become one change for each of these people. The last change of a copy is that of its making, which
no other file has: so no index takes the copy for another branch of this notebook.
"""

import errno
import glob
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Absent, Clock, Revision, canonical_json
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import History, Manifest
from desktop_app.model.ids import new_id
from desktop_app.model.merging import CONFLICTS, TRASHED
from desktop_app.notebook import schema
from desktop_app.notebook.blobs import named_blobs
from desktop_app.notebook.database import APPLICATION_ID, BUSY_SECONDS, Database, is_in_use, make_way
from desktop_app.notebook.entries import holders
from desktop_app.notebook.errors import (
    DiskError,
    DiskFull,
    NotebookBusy,
    NotebookDamaged,
    NotebookError,
    NotebookExists,
    NotebookMissing,
    NotebookReadOnly,
)
from desktop_app.notebook.incoming import BlobRow
from desktop_app.notebook.journal import wall_clock
from desktop_app.notebook.outbox import Position
from desktop_app.notebook.projections import Projections

MANIFEST = "manifest"
"""The key in ``meta`` under which a copy says what it is, as JSON."""

LABEL = "Hand out a copy"
"""What the last change of a copy is called."""

Progress = Callable[[float], None]
ShouldStop = Callable[[], bool]
Ready = Callable[[], object]

_LEFT_OVER = 24 * 60 * 60
"""Seconds after which what is written aside belongs to a program that was killed."""
_INSTRUCTIONS = 20_000
"""Steps of SQLite's machine between two looks at whether to stop: some milliseconds."""

_WITH_BLOBS = "kind IN ('import', 'document') OR (kind = 'entry' AND instr(fields, '\"blob\":'))"

_EMPTY, _ROW, _STATE, _POINT = 280_000, 350, 1.7, 100
"""For guessing sizes: bytes of a notebook without items, of a revision beside its fields, how much the current state
adds to both, and bytes of a metric's point."""

_WORK = """
CREATE TEMP TABLE chosen (item TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE written (
    id TEXT PRIMARY KEY, item TEXT, kind TEXT, parents TEXT, author TEXT, device TEXT, clock TEXT, fields TEXT
) WITHOUT ROWID;
CREATE TEMP TABLE going (
    id TEXT PRIMARY KEY, item TEXT, author TEXT, device TEXT, clock TEXT, change INTEGER, place INTEGER, own INTEGER
) WITHOUT ROWID;
CREATE TEMP TABLE step (
    change INTEGER, author TEXT, device TEXT, number INTEGER, PRIMARY KEY (change, author, device)
) WITHOUT ROWID;
CREATE TEMP TABLE placed (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, place INTEGER NOT NULL, own INTEGER NOT NULL, change INTEGER NOT NULL
);
CREATE TEMP TABLE named (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_HEADS = """
WITH RECURSIVE standing (id) AS (
    SELECT head FROM source.item WHERE item.id IN (SELECT item FROM chosen)
    UNION
    SELECT json_each.value FROM standing JOIN source.revision AS made ON made.id = standing.id AND made.device = '',
        json_each(made.parents)
)
SELECT id FROM standing
"""

_MISSING = """
WITH RECURSIVE missing (id) AS (
    SELECT json_each.value FROM main.revision, json_each(main.revision.parents)
        WHERE json_each.value NOT IN (SELECT id FROM going)
    UNION
    SELECT parent.value FROM missing JOIN source.revision AS one ON one.id = missing.id,
        json_each(one.parents) AS parent
    UNION
    SELECT parent.value FROM missing JOIN source.absent AS one ON one.revision = missing.id,
        json_each(one.parents) AS parent
)
SELECT id FROM missing WHERE id NOT IN (SELECT id FROM going)
"""


class WrittenMeanwhile(NotebookError):
    template = "{path} was written to while it was being copied; try again in a moment, nothing was changed."


class CopyInUse(NotebookError):
    template = "{path} is open here; choose another name for the copy, nothing was overwritten."


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a copy.

    The ``items`` go as they are (``None``: every one), with all their revisions or only where they stand: that is an
    item's head and, where a merge has derived that, what it was derived from; what came before is noted as missing.
    ``written`` are revisions of other items, in another state; each stands for the one of ours that ``originals``
    names, and comes with the ``blobs`` it names and with what is ``absent`` before it. ``label`` gives what a change is
    called there. ``at`` is where the notebook stood when all this was looked up.
    """

    at: Position
    items: AbstractSet[str] | None = None
    history: History = History.FULL
    written: Sequence[Revision] = ()
    originals: Mapping[str, str] = field(default_factory=dict)
    blobs: Mapping[str, BlobRow] = field(default_factory=dict)
    absent: Sequence[Absent] = ()
    label: Callable[[str], str] = str


class Copying:
    """Copies of one notebook."""

    def __init__(self, source: Database, projections: Projections) -> None:
        self._source = source
        self._projections = projections

    def write(
        self,
        target: Path,
        contents: Contents,
        manifest: Manifest,
        *,
        replace: bool = False,
        ready: Ready = lambda: None,
        progress: Progress = lambda part: None,
        should_stop: ShouldStop = lambda: False,
    ) -> None:
        """Make the copy aside and put it in its place, durably: at any moment there is what was there before, or all of
        it. ``ready`` is called when it is whole, before it takes its place.

        Raises :class:`NotebookExists` unless ``replace``, :class:`CopyInUse`, :class:`WrittenMeanwhile` where the
        notebook does not stand at ``contents.at`` any more, :class:`Interrupted`, and other
        :class:`NotebookError`; then nothing is left behind.
        """
        self.refuse(target, replace=replace)
        with written_aside(target, replace=replace) as aside:
            with self._database(str(aside), target, should_stop) as database:
                self._fill(database, contents, manifest, progress, should_stop)
            ready()

    def packed(
        self,
        contents: Contents,
        manifest: Manifest,
        *,
        progress: Progress = lambda part: None,
        should_stop: ShouldStop = lambda: False,
    ) -> bytes:
        """The copy as the bytes of a notebook file, made in memory alone; raises like :meth:`write`."""
        with self._database(":memory:", self._source.path, should_stop) as database:
            self._fill(database, contents, manifest, progress, should_stop)
            return database.connection.serialize()

    def refuse(self, target: Path, *, replace: bool) -> None:
        """Raises what :meth:`write` raises on account of what stands at ``target``."""
        if not target.exists():
            return
        # The notebook itself is open, too.
        if target.is_file() and is_in_use(target):
            raise CopyInUse(path=target)
        if not replace or not target.is_file():
            raise NotebookExists(path=target)

    def size(self, items: AbstractSet[str], history: History) -> int:
        """About how many bytes a copy of these items has."""
        held = "(SELECT value FROM json_each(?))"
        taken = f"item IN {held}" if history == History.FULL else f"id IN (SELECT head FROM item WHERE id IN {held})"
        chosen = json.dumps(sorted(items))
        (written,) = self._source.one(
            f"SELECT coalesce(sum({_ROW} + length(CAST(fields AS BLOB))), 0) FROM revision WHERE {taken}", (chosen,)
        )
        names: set[str] = set()
        for kind, fields in self._source.each(
            f"SELECT kind, fields FROM revision WHERE ({_WITH_BLOBS}) AND {taken}", (chosen,)
        ):
            names.update(named_blobs(kind, fields))
        (kept,) = self._source.one(
            f"SELECT coalesce(sum(length(data)), 0) FROM blob WHERE sha256 IN {held}", (json.dumps(sorted(names)),)
        )
        (points,) = self._source.one(f"SELECT coalesce(sum(points), 0) FROM import WHERE id IN {held}", (chosen,))
        return int(_EMPTY + _STATE * written + kept + _POINT * points)

    @contextmanager
    def _database(self, name: str, path: Path, should_stop: ShouldStop) -> Iterator[Database]:
        """An empty notebook with this one attached as ``source``; what SQLite writes aside stays in memory."""
        try:
            connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
        except sqlite3.Error as error:
            raise NotebookReadOnly(path=path) from error
        with closing(connection):
            database = Database(connection, path)
            try:
                # A copy that is cut short is thrown away, so nothing has to be taken back or be safe before the end.
                for pragma in (
                    "trusted_schema = OFF",
                    "temp_store = MEMORY",
                    "journal_mode = OFF",
                    "synchronous = OFF",
                ):
                    database.execute(f"PRAGMA {pragma}")
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                schema.migrate(database)
                database.execute("ATTACH ? AS source", (f"{self._source.path.resolve().as_uri()}?mode=ro",))
                connection.set_progress_handler(lambda: int(should_stop()), _INSTRUCTIONS)
                yield database
                connection.set_progress_handler(None, 0)
                database.execute("DETACH source")
                # One file, no log beside it: a copy is carried around.
                database.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                    raise Interrupted(what="The export") from error
                raise
            except (NotebookDamaged, NotebookMissing, NotebookBusy) as error:
                # The copy is new and nobody else's: it is the notebook that could not be read.
                raise type(error)(**{**error.parts, "path": self._source.path}) from error

    def _fill(
        self,
        database: Database,
        contents: Contents,
        manifest: Manifest,
        progress: Progress,
        should_stop: ShouldStop,
    ) -> None:
        def tell(part: float) -> None:
            if should_stop():
                raise Interrupted(what="The export")
            progress(part)

        database.execute("BEGIN")
        _Copy(database, self._projections, contents).fill(manifest, tell)
        database.execute("COMMIT")


class _Copy:
    """One copy in the making, in a transaction that sees one state of the source."""

    def __init__(self, database: Database, projections: Projections, contents: Contents) -> None:
        self._database = database
        self._projections = projections
        self._contents = contents
        # Two of ours that differ in a name alone become one.
        self._written = list({one.id: one for one in contents.written}.values())

    def fill(self, manifest: Manifest, progress: Progress) -> None:
        self._refuse_another_state()
        steps: tuple[Callable[[], None], ...] = (
            self._gather,
            self._write_changes,
            self._write_items,
            self._write_revisions,
            self._write_absent,
            self._write_blobs,
            self._write_topics,
            self._write_imports,
            self._project,
            lambda: self._write_last(manifest),
            self._write_outbox,
        )
        for number, step in enumerate(steps):
            progress(number / len(steps))
            step()
        progress(1.0)

    def _refuse_another_state(self) -> None:
        found = self._database.one("SELECT id, clock || device FROM source.change ORDER BY id DESC LIMIT 1")
        at = self._contents.at
        if (tuple(found) if found else (0, "")) != (at.change, at.token):
            raise WrittenMeanwhile(path=self._database.path)

    # --- the journal ------------------------------------------------------------------------------------------------

    def _gather(self) -> None:
        """Which revisions go, and where each stood in the log here."""
        for statement in _WORK.split(";"):
            self._database.execute(statement)
        contents = self._contents
        if contents.items is None:
            self._database.execute("INSERT INTO chosen SELECT id FROM source.item")
        else:
            self._database.executemany("INSERT INTO chosen VALUES (?)", ((item,) for item in sorted(contents.items)))
        taken = "item IN (SELECT item FROM chosen)" if contents.history == History.FULL else f"id IN ({_HEADS})"
        self._database.execute(
            "INSERT INTO going SELECT id, item, author, device, clock, change, number, 0"
            f" FROM source.revision WHERE {taken}"
        )
        for one in self._written:
            row = one.id, one.item, one.kind, canonical_json(list(one.parents)), one.author, one.device, one.clock
            self._database.execute("INSERT INTO written VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, one.fields))
            change, place = self._database.one(
                "SELECT change, number FROM source.revision WHERE id = ?", (contents.originals[one.id],)
            )
            self._database.execute(
                "INSERT INTO going VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                (one.id, one.item, one.author, one.device, one.clock, change, place),
            )

    def _write_changes(self) -> None:
        """In the order of their clocks, so that the next one in the copy comes after all of them. They are numbered on
        from ours: an index that has read this notebook must not believe that it knows the copy."""
        (number,) = self._database.one("SELECT coalesce(max(id), 0) FROM source.change")
        labels = dict(self._database.rows("SELECT id, label FROM source.change"))
        clocks = {}
        for change, author, device, clock, _ in self._database.rows(
            "SELECT change, author, device, max(clock), min(place) FROM going GROUP BY 1, 2, 3 ORDER BY 4, 5"
        ):
            number += 1
            clocks[number] = self._contents.label(labels.get(change, "")), clock, author, device
            self._database.execute("INSERT INTO step VALUES (?, ?, ?, ?)", (change, author, device, number))
        self._database.execute(
            "INSERT INTO placed (id, place, own, change) SELECT id, place, own, step.number"
            " FROM going JOIN step USING (change, author, device) ORDER BY step.number, place"
        )
        rows = self._database.rows("SELECT change, min(number), max(number) FROM placed GROUP BY change")
        self._database.executemany(
            "INSERT INTO change (id, kind, label, clock, author, device, first, last)"
            " VALUES (?, 'base', ?, ?, ?, ?, ?, ?)",
            ((change, *clocks[change], first, last) for change, first, last in rows),
        )

    def _write_items(self) -> None:
        self._database.execute(
            "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions, conflicting)"
            " SELECT stood.id, kind, head, trashed, made.created, edited, made.author, made.revisions, conflicting"
            " FROM source.item AS stood JOIN"
            # The author is that of the row with the least.
            " (SELECT item, count(*) AS revisions, clock AS created, author, min(clock || (author = '') || author)"
            " FROM going WHERE own = 0 GROUP BY item) AS made ON made.item = stood.id"
        )
        parents = {parent for one in self._written for parent in one.parents}
        by_item: dict[str, list[Revision]] = {}
        for one in self._written:
            by_item.setdefault(one.item, []).append(one)
        self._database.executemany(
            "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions, conflicting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_item_row(item, revisions, parents) for item, revisions in by_item.items()),
        )

    def _write_revisions(self) -> None:
        for own, table, found in (
            (0, "source.revision", "one.number = placed.place"),
            (1, "written", "one.id = placed.id"),
        ):
            self._database.execute(
                "INSERT INTO main.revision SELECT placed.number, one.id, one.item, one.kind, one.parents, one.author,"
                f" one.device, one.clock, one.fields, placed.change FROM placed CROSS JOIN {table} AS one ON {found}"
                " WHERE placed.own = ? ORDER BY placed.number",
                (own,),
            )

    def _write_absent(self) -> None:
        """Everything that came before and does not go along, with what is known of it."""
        self._database.executemany(
            "INSERT OR IGNORE INTO main.absent (revision, reason, item, parents) VALUES (?, ?, ?, ?)",
            ((one.revision, one.reason, one.item, canonical_json(list(one.parents))) for one in self._contents.absent),
        )
        self._database.execute(
            "INSERT OR IGNORE INTO main.absent (revision, reason, item, parents)"
            f" SELECT id, 'shallow', item, parents FROM source.revision WHERE id IN ({_MISSING})"
        )
        self._database.execute(
            "INSERT OR IGNORE INTO main.absent (revision, reason, item, parents)"
            f" SELECT revision, reason, item, parents FROM source.absent WHERE revision IN ({_MISSING})"
        )

    def _write_last(self, manifest: Manifest) -> None:
        number, last, clock = self._database.one(
            "SELECT (SELECT max(id) FROM (SELECT id FROM main.change UNION SELECT id FROM source.change)),"
            " (SELECT coalesce(max(number), 0) FROM main.revision), (SELECT coalesce(max(clock), '') FROM main.change)"
        )
        made = (Clock.parse(clock) if clock else Clock(0, 0)).tick(wall_clock())
        self._database.execute(
            "INSERT INTO main.change (id, kind, label, clock, author, device, first, last)"
            " VALUES (?, 'base', ?, ?, ?, ?, ?, ?)",
            (number + 1, LABEL, str(made), manifest.author, manifest.device, last + 1, last),
        )
        self._database.execute(
            "INSERT INTO main.meta SELECT key, value FROM source.meta WHERE key IN ('id', 'created')"
        )
        self._database.execute("INSERT INTO main.meta VALUES (?, ?)", (MANIFEST, canonical_json(manifest.to_json())))

    # --- what the revisions name and give ---------------------------------------------------------------------------

    def _write_blobs(self) -> None:
        for kind, fields in self._database.each(f"SELECT kind, fields FROM main.revision WHERE {_WITH_BLOBS}"):
            names = ((name,) for name in named_blobs(kind, fields))
            self._database.executemany("INSERT OR IGNORE INTO named VALUES (?)", names)
        self._database.execute(
            "INSERT INTO main.blob SELECT * FROM source.blob WHERE sha256 IN (SELECT sha256 FROM named)"
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO main.blob (sha256, size, packing, data)"
            " SELECT ?1, ?2, ?3, ?4 WHERE ?1 IN (SELECT sha256 FROM named)",
            ((name, *row) for name, row in self._contents.blobs.items()),
        )

    def _write_topics(self) -> None:
        """The rows of the items that go as they are."""
        for kind, projection in self._projections.items():
            if kind == "import":
                continue
            for table, key in projection.tables.items():
                self._database.execute(
                    f"INSERT INTO main.{table} SELECT * FROM source.{table} WHERE {key} IN (SELECT item FROM chosen)"
                )

    def _write_imports(self) -> None:
        self._database.execute(
            "INSERT INTO main.import SELECT * FROM source.import WHERE id IN (SELECT item FROM chosen)"
        )
        self._database.execute(
            "INSERT INTO main.point SELECT * FROM source.point WHERE import IN (SELECT number FROM main.import)"
        )
        self._database.execute(
            "INSERT INTO main.series SELECT * FROM source.series AS one"
            " WHERE EXISTS (SELECT 1 FROM main.point WHERE series = one.number)"
        )

    def _project(self) -> None:
        """The rows of the items that go in another state."""
        rows = self._database.rows(
            "SELECT item.id, item.kind, written.fields FROM main.item JOIN written ON written.id = item.head"
            " ORDER BY item.created, item.id"
        )
        for item, kind, fields in rows:
            self._projections[kind].apply(self._database, item, json.loads(fields), new=True)

    def _write_outbox(self) -> None:
        kinds = [kind for kind, projection in self._projections.items() if projection.indexed]
        self._database.execute(
            "INSERT INTO main.outbox SELECT one.change, item.id, item.kind FROM main.item"
            f" JOIN main.revision AS one ON one.id = item.head WHERE item.kind IN ({holders(kinds)})",
            kinds,
        )
        self._database.execute(
            "INSERT INTO main.outbox SELECT (SELECT max(id) FROM main.change), id, 'series' FROM main.series"
            " WHERE grain <> 'range'"
        )


def _item_row(item: str, revisions: Sequence[Revision], parents: AbstractSet[str]) -> tuple[Any, ...]:
    """As :class:`~desktop_app.notebook.check.Checker` expects it."""
    head = max((one for one in revisions if one.id not in parents), key=lambda one: (one.clock, one.id))
    first = min(revisions, key=lambda one: (one.clock, not one.author, one.author))
    fields = json.loads(head.fields)
    marks = bool(fields.get(TRASHED)), CONFLICTS in fields
    return item, head.kind, head.id, marks[0], first.clock, head.clock, first.author, len(revisions), marks[1]


@contextmanager
def written_aside(target: Path, *, replace: bool) -> Iterator[Path]:
    """A path beside ``target`` that takes its place once it has been written to, and is on the disk; what fails leaves
    nothing behind. Raises :class:`NotebookExists` and other :class:`NotebookError`."""
    aside = target.with_name(f".{target.name}.{new_id()[:8]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_left_over(target)
        yield aside
        _put_in_place(aside, target, replace=replace)
    except OSError as error:
        raise _known(error, target) from error
    finally:
        aside.unlink(missing_ok=True)


def _clear_left_over(target: Path) -> None:
    """Take away what a killed program had begun of the same copy; a younger one may be in the making."""
    for part in target.parent.glob(f".{glob.escape(target.name)}.*.part*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _LEFT_OVER:
                part.unlink()


def _put_in_place(aside: Path, target: Path, *, replace: bool) -> None:
    with aside.open("rb+") as file:
        os.fsync(file.fileno())
    if target.exists() and not replace:
        raise NotebookExists(path=target)
    make_way(target)
    aside.replace(target)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _known(error: OSError, target: Path) -> NotebookError:
    if isinstance(error, PermissionError):
        return NotebookReadOnly(path=target)
    if error.errno == errno.ENOSPC:
        return DiskFull(path=target)
    return DiskError(path=target, reason=error.strerror or str(error))
