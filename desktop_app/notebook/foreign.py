"""A notebook from other hands, read as untrusted: nothing in it is believed before it is proven, nothing is written.

SQLite opens it read-only, with its limits set low, and only after its header fits; its tables must be defined as the
formats define them, letter by letter, with nothing beside them. Then only the journal is read: revisions are proven
(``proof``), blobs hashed. An older format is read as it is, since journals have not changed in what is read here.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Revision, canonical_json
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import Manifest
from desktop_app.model.shapes import LONGEST_FIELDS
from desktop_app.notebook.blobs import MAXIMUM, Blobs, named_blobs, unpack
from desktop_app.notebook.database import APPLICATION_ID, Database, is_in_use, refuse_header, refuse_other_files
from desktop_app.notebook.errors import (
    DiskError,
    DiskFull,
    ForeignNotebook,
    NewerNotebook,
    NotANotebook,
    NotebookBusy,
    NotebookDamaged,
    NotebookMissing,
)
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.notebook.lineage import COLUMNS, Lineage
from desktop_app.notebook.proof import Proof, absent_rows, wrong_with_content
from desktop_app.notebook.schema import VERSION, definitions

Progress = Callable[[float, str], None]

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_FIELDS + (1 << 20),
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 100,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""Far above what a notebook needs. The bytes of blobs are read piece by piece, for which there is no limit."""

_MIGRATIONS = {
    "_sqlite_migrations": 'createtable"_sqlite_migrations"("id"integerprimarykey,"migration_set"text,"name"text,'
    '"applied_at"text)',
    "idx__sqlite_migrations_migration_set_name": 'createuniqueindex"idx__sqlite_migrations_migration_set_name"on'
    '"_sqlite_migrations"("migration_set","name")',
}
"""What sqlite-utils keeps beside our tables, as it defines it but for spaces and case."""

_PIECE = 1 << 20
_STEPS = 200_000
"""Instructions of SQLite between two looks at whether to stop."""

_LONGEST_MANIFEST = 1 << 20
_MOST_ABSENT = 5_000_000


def _going_on() -> bool:
    return False


def _silence(part: float, what: str) -> None:
    pass


@contextmanager
def foreign(
    source: Path | bytes,
    own: Database,
    *,
    latest: str,
    name: str = "",
    progress: Progress = _silence,
    should_stop: Callable[[], bool] = _going_on,
) -> Iterator[Incoming]:
    """What a notebook, given as a file or as its bytes, brings to ``own``; its blobs can be read inside the ``with``.

    ``latest`` is the clock beyond which nobody can have written yet (16 hex digits). ``name`` is what bytes are called
    in sentences. ``progress`` is told how far it is (0–1) and at what. Neither the file nor its folder is written to.

    Raises a :class:`NotebookError` for what is no notebook, a newer or a damaged one, or one that has been tampered
    with, and :class:`Interrupted`; single revisions that will not do are in ``refused``.
    """
    path = source if isinstance(source, Path) else Path(name or "notebook")
    with ExitStack() as stack:
        with _errors_told(path, should_stop):
            connection = _opened(source, path, stack)
            connection.set_progress_handler(should_stop, _STEPS)
            _look_at_tables(connection, path, lambda: progress(0.05, "looking at its tables"))
            incoming = _Reader(connection, path, own, progress, should_stop).read(latest)
        yield incoming


@contextmanager
def _errors_told(path: Path, should_stop: Callable[[], bool]) -> Iterator[None]:
    """SQLite's errors over a foreign file as sentences: whatever it stumbles over, the file is at fault."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise Interrupted(what=f"Reading {path.name}") from error
        if code == sqlite3.SQLITE_FULL:
            raise DiskFull(path=path) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise NotebookBusy(path=path) from error
        if code == sqlite3.SQLITE_IOERR:
            raise DiskError(path=path, reason=_short(str(error))) from error
        known = NotebookDamaged if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else ForeignNotebook
        raise known(path=path, reason=_short(str(error))) from error
    except UnicodeDecodeError as error:
        # SQLite quotes a definition in its complaint.
        raise ForeignNotebook(path=path, reason="its tables are not defined as they should be") from error
    except OSError as error:
        raise DiskError(path=path, reason=error.strerror or str(error)) from error


def _short(text: str) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text[:120])


# --- opening ----------------------------------------------------------------------------------------------------------


def _opened(source: Path | bytes, path: Path, stack: ExitStack) -> sqlite3.Connection:
    if isinstance(source, bytes):
        refuse_header(source[:100], len(source), path)
        connection = stack.enter_context(closing(sqlite3.connect(":memory:", isolation_level=None)))
        # What is in memory has no log beside it: byte 18 and 19 of the header would ask for one.
        connection.deserialize(source[:18] + b"\x01\x01" + source[20:])
    else:
        connection = stack.enter_context(closing(_connected(source, stack)))
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    return connection


def _connected(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """A connection that leaves no trace. SQLite would make files beside a notebook to read it, unless it is told that
    nobody writes there; where words wait in a log beside it, both are copied and read elsewhere."""
    _refuse_irregular(path)
    if is_in_use(path):
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    refuse_other_files(path)
    real = path.resolve()
    if _holds_something(real, "-journal", path):
        # Playing it back could delete files that it names; a notebook of ours never has one.
        raise ForeignNotebook(path=path, reason=f"{real.name}-journal beside it says that writing it was cut off")
    if not _holds_something(real, "-wal", path):
        return sqlite3.connect(f"{real.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="terrain-")))
    return sqlite3.connect(_copy_with_log(real, folder, path), isolation_level=None)


def _refuse_irregular(path: Path) -> None:
    """Raises unless there is an ordinary file: reading a pipe or a device might never end."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise NotebookMissing(path=path) from error
    if stat.S_ISDIR(mode):
        raise NotANotebook(path=path, reason="it is a folder")
    if not stat.S_ISREG(mode):
        raise NotANotebook(path=path, reason="it is no ordinary file")
    if not os.access(path, os.R_OK):
        raise ForeignNotebook(path=path, reason="it may not be read by you")


def _holds_something(real: Path, suffix: str, path: Path) -> bool:
    beside = real.with_name(real.name + suffix)
    try:
        found = beside.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode):
        raise ForeignNotebook(path=path, reason=f"{beside.name} beside it is no ordinary file")
    return found.st_size > 0


def _copy_with_log(real: Path, folder: Path, path: Path) -> Path:
    """Both as they were at one moment, whoever writes to them meanwhile."""
    log = real.with_name(real.name + "-wal")
    target = folder / "copy.terrain"
    for _ in range(3):
        before = _state_of(real, log)
        try:
            shutil.copyfile(real, target)
            shutil.copyfile(log, folder / "copy.terrain-wal")
        except FileNotFoundError:
            # It has just been closed: the next look finds one file.
            (folder / "copy.terrain-wal").unlink(missing_ok=True)
        except PermissionError as error:
            raise ForeignNotebook(path=path, reason=f"{log.name} beside it may not be read by you") from error
        if _state_of(real, log) == before:
            return target
    raise NotebookBusy(path=path)


def _state_of(*paths: Path) -> list[tuple[int, int, bytes]]:
    """Size, time of the last change and first bytes (of a log its salt) of those that are there."""
    found = []
    for path in paths:
        try:
            with path.open("rb") as file:
                found.append((path.stat().st_size, path.stat().st_mtime_ns, file.read(32)))
        except FileNotFoundError:
            found.append((0, 0, b""))
    return found


# --- tables -----------------------------------------------------------------------------------------------------------


def _look_at_tables(connection: sqlite3.Connection, path: Path, progress: Callable[[], None]) -> None:
    """Raises unless the file is whole and holds the tables of a format that is known, and nothing beside them."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotANotebook(path=path, reason="it is another program’s database")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerNotebook(path=path, found=version, known=VERSION)
    if version < 1:
        raise ForeignNotebook(path=path, reason="it does not say which format it has")
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        raise ForeignNotebook(path=path, reason="its texts are not kept in UTF-8")
    wrong = _wrong_with_schema(connection, version)
    if wrong:
        raise ForeignNotebook(path=path, reason=wrong)
    progress()
    found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise NotebookDamaged(path=path, reason=_short(str(found[0])))


def _wrong_with_schema(connection: sqlite3.Connection, version: int) -> str:
    left = dict(definitions(version))
    extra = dict(_MIGRATIONS)
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        told = _short(str(name))
        if kind not in ("table", "index"):
            return f"it has a {_short(str(kind))}, “{told}”, which no notebook has"
        if sql is None and kind == "index" and str(name).startswith("sqlite_autoindex_"):
            continue
        if name in extra and _without_spaces(sql) == extra.pop(name):
            left.pop(name, None)
            continue
        if name not in definitions(version):
            return f"it has a {kind}, “{told}”, which no notebook has"
        if left.pop(name, None) != sql or kind != ("index" if str(sql).startswith("CREATE INDEX") else "table"):
            return f"its {kind} “{told}” is not defined as it should be"
        if kind == "table" and table != name:
            return f"its table “{told}” is not defined as it should be"
    return f"it has no “{next(iter(left))}”" if left else ""


def _without_spaces(sql: object) -> str:
    return re.sub(r"\s+", "", str(sql)).lower().replace("[", '"').replace("]", '"')


# --- what is in it ----------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the journal of one foreign notebook through its open connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        own: Database,
        progress: Progress,
        should_stop: Callable[[], bool],
    ) -> None:
        self._connection = connection
        self._path = path
        self._lineage = Lineage(own)
        self._own = own
        self._progress = progress
        self._should_stop = should_stop
        self._proven: dict[str, bool] = {}
        self._contents: dict[tuple[object, ...], str] = {}
        self._warnings: list[str] = []

    def read(self, latest: str) -> Incoming:
        proof = Proof(self._lineage, latest)
        proof.meet(self._rows())
        self._progress(0.8, "looking at what it builds on")
        proof.sift(absent_rows(self._absent()), self._wrong_with_blobs)
        manifest = self._manifest()
        if proof.untold:
            self._warnings.append(f"{proof.untold:,} more revisions were not taken.")
        self._progress(1.0, "done")
        return Incoming(
            source=self._path.name,
            revisions=proof.revisions,
            items=proof.items,
            refused=proof.refused,
            absent=proof.absent,
            blob=self.blob,
            has_blob=self.has_blob,
            manifest=manifest,
            warnings=tuple(self._warnings),
        )

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        (count,) = self._connection.execute("SELECT count(*) FROM revision").fetchone()
        sql = f"SELECT {', '.join(COLUMNS)} FROM revision ORDER BY id"
        for number, row in enumerate(self._connection.execute(sql)):
            if number % 1_000 == 0:
                self._pause(0.1 + 0.7 * number / max(count, 1), "proving what was written")
            yield row

    def _pause(self, part: float, what: str) -> None:
        if self._should_stop():
            raise Interrupted(what=f"Reading {self._path.name}")
        self._progress(part, what)

    def _absent(self) -> Iterator[tuple[Any, ...]]:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        columns = "revision, item, parents, reason" if version >= 3 else "revision, '', '[]', reason"
        return self._connection.execute(f"SELECT {columns} FROM absent LIMIT {_MOST_ABSENT}")

    def _manifest(self) -> Manifest | None:
        """What the copy says about itself, or nothing where that cannot be read."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'manifest'").fetchone()
        if row is None:
            return None
        try:
            if not isinstance(row[0], str) or len(row[0]) > _LONGEST_MANIFEST:
                raise ValueError("no manifest is as long, or no text")
            manifest = Manifest.from_json(json.loads(row[0]))
            canonical_json(manifest.to_json()).encode("utf-8")
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
            self._warnings.append("What it says about who made it, and when, cannot be read.")
            return None
        return manifest

    # --- blobs ------------------------------------------------------------------------------------------------------

    def has_blob(self, name: str) -> bool:
        with _errors_told(self._path, self._should_stop):
            return self._connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (name,)).fetchone() is not None

    def blob(self, name: str) -> BlobRow | None:
        """A blob with its bytes, proven; ``None`` where there is none, or it is not what its name promises."""
        with _errors_told(self._path, self._should_stop):
            return self._read_blob(name, keep=True)

    def _read_blob(self, name: str, *, keep: bool) -> BlobRow | None:
        row = self._connection.execute(
            "SELECT rowid, size, packing, typeof(data), length(data) FROM blob WHERE sha256 = ?", (name,)
        ).fetchone()
        if row is None:
            return None
        number, size, packing, kind, length = row
        if kind != "blob" or type(size) is not int or not 0 <= length <= size <= MAXIMUM:
            return None
        if (packing == "plain") != (length == size) or packing not in ("plain", "zlib"):
            return None
        pieces: list[bytes] = []
        with self._connection.blobopen("blob", "data", number, readonly=True) as data:
            found = _sha256(_plain(_pieces(data, pieces if keep else None), size, packing))
        return BlobRow(size, packing, b"".join(pieces)) if found == name else None

    def _is_proven(self, name: str) -> bool:
        if name not in self._proven:
            self._pause(0.85, "proving its files")
            self._proven[name] = self._read_blob(name, keep=False) is not None
        return self._proven[name]

    def _wrong_with_blobs(self, revision: Revision) -> str:
        """Why the blobs that a revision names will not do: none of that name, or not what such a revision needs."""
        names = named_blobs(revision.kind, revision.fields)
        for name in names:
            here = self._own.one("SELECT 1 FROM blob WHERE sha256 = ?", (name,)) is not None
            if not here and not self._is_proven(name):
                return f"a file that it names ({name[:12]}) is neither in that copy nor here"
        if not names:
            return ""
        return wrong_with_content(revision.kind, json.loads(revision.fields), self._bytes, self._contents)

    def _bytes(self, name: str) -> bytes:
        if self._own.one("SELECT 1 FROM blob WHERE sha256 = ?", (name,)) is not None:
            return Blobs(self._own).get(name)
        row = self._read_blob(name, keep=True)
        return b"" if row is None else unpack(*row) or b""


def _pieces(data: sqlite3.Blob, kept: list[bytes] | None) -> Iterator[bytes]:
    while piece := data.read(_PIECE):
        if kept is not None:
            kept.append(piece)
        yield piece


def _plain(pieces: Iterator[bytes], size: int, packing: str) -> Iterator[bytes]:
    """The bytes behind a packing, never more than one beyond ``size``; nothing more once they break it."""
    if packing == "plain":
        yield from pieces
        return
    unpacker, left = zlib.decompressobj(), size
    try:
        for piece in pieces:
            while piece:
                plain = unpacker.decompress(piece, min(left + 1, _PIECE))
                piece = unpacker.unconsumed_tail
                left -= len(plain)
                yield plain
                if left < 0 or unpacker.unused_data:
                    yield b"beyond its end"
                    return
    except zlib.error:
        yield b"broken"
    if left or not unpacker.eof:
        yield b"cut off"


def _sha256(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
