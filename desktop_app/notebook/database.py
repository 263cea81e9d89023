"""One connection to one notebook file: opening, pragmas, transactions, and SQLite's errors as sentences.

A connection belongs to the thread that opened it. Several connections, in one process or in several, may work on one
file: WAL lets readers go on while one of them writes, and a writer waits up to ``BUSY_SECONDS`` for its turn.
"""

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.notebook.errors import (
    DiskError,
    DiskFull,
    NotANotebook,
    NotebookBusy,
    NotebookDamaged,
    NotebookError,
    NotebookMissing,
    NotebookMoved,
    NotebookReadOnly,
)

APPLICATION_ID = 0x54657272
"""``Terr`` in ASCII, at byte 68 of the file."""

MAGIC = b"SQLite format 3\x00"
BUSY_SECONDS = 15.0

_FileKey = tuple[int, int]
_gate = threading.RLock()
_in_use: Counter[_FileKey] = Counter()
"""Files that this process has connections to. None of them may be opened and closed past SQLite: POSIX drops all of a
process's locks on a file when any descriptor of it is closed, and the next program to leave would then take the log
away under the open window."""

_CODES: dict[int, type[NotebookError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: NotebookReadOnly,
    sqlite3.SQLITE_PERM: NotebookReadOnly,
    sqlite3.SQLITE_BUSY: NotebookBusy,
    sqlite3.SQLITE_LOCKED: NotebookBusy,
    sqlite3.SQLITE_CORRUPT: NotebookDamaged,
    sqlite3.SQLITE_NOTADB: NotebookDamaged,
    sqlite3.SQLITE_IOERR: DiskError,
}


def _raise_known(error: sqlite3.Error, path: Path) -> NoReturn:
    """The sentence for an error of the file; a mistake in our own SQL stays what it is, a bug."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        # WAL needs to make files beside the notebook, which a read-only folder forbids.
        known: type[NotebookError] = NotebookReadOnly if path.exists() else NotebookMissing
    elif getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE:
        # Opening needs a little room beside the notebook, and SQLite calls its lack an I/O error.
        known = DiskFull
    elif code in _CODES:
        known = _CODES[code]
    elif str(error).startswith("Could not decode to UTF-8"):
        # Python's own complaint, without a code of SQLite's; it quotes the person's words.
        raise NotebookDamaged(path=path, reason="a text in it is not what was written") from error
    else:
        raise error
    raise known(path=path, reason=str(error)) from error


class Database:
    """A thin door to ``sqlite3`` for the repositories: rows as tuples, one level of transaction, errors translated."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.file_key: _FileKey | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> "Database":
        """Connect with the pragmas every notebook is used with; raises a :class:`NotebookError`.

        The file's header is looked at before SQLite is, so that a wrong file is never touched.
        """
        with _gate:
            if not create:
                refuse_other_files(path)
            database = cls._connect(path, create=create)
            database.file_key = _file_key(path)
            _in_use[database.file_key] += 1
            return database

    @classmethod
    def _connect(cls, path: Path, *, create: bool) -> "Database":
        try:
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            _raise_known(error, path)
        database = cls(connection, path)
        try:
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA cell_size_check = ON")
            if create:
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            (mode,) = database.one("PRAGMA journal_mode = WAL")
            if mode != "wal":
                raise NotebookReadOnly(path=path)
        except BaseException:
            connection.close()
            raise
        return database

    def close(self) -> None:
        """Give the file back; the last one out folds the write-ahead log in, so that one file is left."""
        self.connection.close()
        with _gate:
            if self.file_key is not None:
                _in_use[self.file_key] -= 1
                self.file_key = None

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            return self.connection.execute(sql, parameters)
        except sqlite3.Error as error:
            _raise_known(error, self.path)
        except UnicodeDecodeError as error:
            # SQLite quotes a damaged definition in its complaint.
            raise NotebookDamaged(path=self.path, reason="its tables are not defined as they were") from error
        except UnicodeEncodeError as error:
            raise Invalid(message="The text holds half a character (a lone surrogate); type it again.") from error

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            _raise_known(error, self.path)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows as tuples."""
        cursor = self.execute(sql, parameters)
        try:
            return cursor.fetchall()
        except sqlite3.Error as error:
            _raise_known(error, self.path)

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows one by one, for results that may be large."""
        try:
            yield from self.connection.execute(sql, parameters)
        except sqlite3.Error as error:
            _raise_known(error, self.path)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first row or ``None``."""
        cursor = self.execute(sql, parameters)
        try:
            return cursor.fetchone()
        except sqlite3.Error as error:
            _raise_known(error, self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable when it returns.

        It takes the write lock at once (``BEGIN IMMEDIATE``): a deferred transaction, which ``sqlite_utils.atomic()``
        makes, would fail half-way when another process writes between its first read and its first write.
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            self._refuse_if_moved()
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise
        try:
            self.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.rollback()
            raise

    def _refuse_if_moved(self) -> None:
        """SQLite would go on writing into a file that was moved, deleted or replaced, and nobody would know."""
        try:
            same = self.file_key is None or _file_key(self.path) == self.file_key
        except OSError:
            same = False
        if not same:
            raise NotebookMoved(path=self.path)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the file for several reads, whoever writes meanwhile."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.rollback()

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        (version,) = self.one("PRAGMA data_version")
        return int(version)


def make_way(path: Path) -> None:
    """Set aside the log of a notebook that is gone: SQLite would play it into whatever takes its place.

    It is kept under a name of its own, because it may hold the last words of that notebook.
    """
    for suffix in ("-wal", "-journal"):
        left = path.with_name(path.name + suffix)
        if left.exists():
            left.rename(path.with_name(f"{path.name}-left-over-{new_id()[:8]}{suffix}"))
    path.with_name(path.name + "-shm").unlink(missing_ok=True)


def _file_key(path: Path) -> _FileKey:
    status = path.stat()
    return status.st_dev, status.st_ino


def is_in_use(path: Path) -> bool:
    """Whether this process works on the file already, so that it may not be opened past SQLite (:data:`_in_use`)."""
    with _gate:
        return _in_use[_file_key(path)] > 0


def refuse_other_files(path: Path) -> None:
    """Raises unless the file's header is that of a Terrain notebook; reads 100 bytes and changes nothing.

    A file that this process already works on has been looked at, and is not opened past SQLite (:data:`_in_use`).
    """
    with _gate:
        _look_at_header(path)


def _look_at_header(path: Path) -> None:
    try:
        if is_in_use(path):
            return
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError as error:
        raise NotebookMissing(path=path) from error
    except IsADirectoryError as error:
        raise NotANotebook(path=path, reason="it is a folder") from error
    except PermissionError as error:
        raise NotebookReadOnly(path=path) from error
    except OSError as error:
        raise DiskError(path=path, reason=error.strerror or str(error)) from error
    refuse_header(header, size, path)


def refuse_header(header: bytes, size: int, path: Path) -> None:
    """Raises unless the first 100 bytes of a file of ``size`` are those of a Terrain notebook."""
    if size == 0:
        raise NotANotebook(path=path, reason="the file is empty")
    application = int.from_bytes(header[68:72], "big")
    if not header.startswith(MAGIC):
        if application == APPLICATION_ID:
            raise NotebookDamaged(path=path, reason="its first bytes are not what they should be")
        raise NotANotebook(path=path, reason="it is another kind of file")
    if application != APPLICATION_ID:
        raise NotANotebook(path=path, reason="it is another program’s database")
