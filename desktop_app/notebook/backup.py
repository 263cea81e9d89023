"""Backups: whole copies of a notebook, verified after writing, thinned out as they age.

A copy is made with SQLite's online backup, aside and under another name, and only takes its place once it has been
read back. Restoring never overwrites the notebook that is there: it is set aside first.
"""

import errno
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.notebook.database import BUSY_SECONDS, make_way, refuse_other_files
from desktop_app.notebook.errors import (
    DiskError,
    DiskFull,
    NewerNotebook,
    NotANotebook,
    NotebookDamaged,
    NotebookExists,
)
from desktop_app.notebook.schema import VERSION

EVERY = timedelta(minutes=30)
_FEW_AT_FIRST = 16
"""Pages; fewer than any notebook has, so that the first step of overwriting one is not the last."""
_UNFINISHED = timedelta(days=1)
_STAMP = "%Y-%m-%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One kept backup; ``at`` is local time, ``size`` in bytes."""

    path: Path
    at: datetime
    size: int


def write_backup(source: sqlite3.Connection, target: Path) -> Path:
    """Copy a notebook to ``target``, which must not exist; raises a :class:`NotebookError`, leaving nothing behind."""
    if target.exists():
        raise NotebookExists(path=target)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        # Counted before: while the copy is made and read back, another program may add some.
        least = _revisions(source)
        with closing(sqlite3.connect(aside)) as copy:
            source.backup(copy)
            # One file, no log beside it: a backup is carried around.
            copy.execute("PRAGMA journal_mode = DELETE")
        with closing(read_only(aside)) as copy:
            if _revisions(copy) < least:
                raise NotebookDamaged(path=target, reason="the copy holds fewer revisions than the notebook")
        _flush(aside)
        make_way(target)
        aside.rename(target)
    except (OSError, sqlite3.Error) as error:
        raise _known(error, target) from error
    finally:
        aside.unlink(missing_ok=True)
    return target


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change a notebook, all its pages looked at; raises a :class:`NotebookError`."""
    refuse_other_files(path)
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise NewerNotebook(path=path, found=version, known=VERSION)
        (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if sound != "ok":
            raise NotebookDamaged(path=path, reason=sound)
    except sqlite3.Error as error:
        connection.close()
        raise _known(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _revisions(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM revision").fetchone()
    return int(count)


def _known(error: OSError | sqlite3.Error, target: Path) -> DiskFull | DiskError | NotebookDamaged:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC:
        return DiskFull(path=target)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith("no such table"):
        return NotebookDamaged(path=target, reason=str(error))
    return DiskError(path=target, reason=getattr(error, "strerror", None) or str(error))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def stamped(folder: Path, at: datetime) -> Path:
    """A free name for a backup made ``at``."""
    path = folder / f"{at.strftime(_STAMP)}.terrain"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{at.strftime(_STAMP)}-{number}.terrain"
    return path


def kept(folder: Path) -> list[BackupInfo]:
    """Backups in a folder, newest first; other files are not ours and are passed over."""
    found = []
    for path in folder.glob("*.terrain"):
        try:
            found.append(BackupInfo(path, datetime.strptime(path.stem[:17], _STAMP), path.stat().st_size))
        except (ValueError, FileNotFoundError):
            # Not ours, or thinned out by another program since the folder was read.
            continue
    return sorted(found, key=lambda info: (info.at, len(info.path.name), info.path.name), reverse=True)


def superfluous(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups may go: all of two days stay, then the last of 12 days, 10 weeks and 9 months (Anki's scheme)."""
    ordered = sorted(moments, reverse=True)
    keep = {at for at in ordered if now - at <= timedelta(days=2)}
    rest = [at for at in ordered if at not in keep]
    for count, period in ((12, "%Y-%m-%d"), (10, "%G-%V"), (9, "%Y-%m")):
        last_of: dict[str, datetime] = {}
        for at in rest:
            last_of.setdefault(at.strftime(period), at)
        chosen = list(last_of.values())[:count]
        keep.update(chosen)
        # The longer periods begin where the shorter ones end, so that each reaches its full span.
        rest = [at for at in rest if chosen and at < chosen[-1]] if len(chosen) == count else []
    return set(ordered) - keep


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete what the scheme no longer keeps, and what a killed program left unfinished; returns which backups went."""
    for path in folder.glob(".*.terrain.*.part*"):
        with suppress(FileNotFoundError):
            # A younger one may be in the making.
            if now - datetime.fromtimestamp(path.stat().st_mtime) > _UNFINISHED:
                path.unlink()
    infos = kept(folder)
    gone = superfluous((info.at for info in infos), now)
    removed = [info.path for info in infos if info.at in gone]
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def restore(notebook: Path, backup: Path, now: datetime) -> Path | None:
    """Put ``backup`` in the place of ``notebook``; returns where the former state was set aside, if there was one.

    A readable notebook is copied aside and then overwritten through SQLite, so that a window that has it open sees the
    restored state; a damaged one is moved aside as it is. Raises a :class:`NotebookError` for a backup that cannot be
    read whole, and then nothing has changed.
    """
    with closing(read_only(backup)) as source:
        if not notebook.exists():
            write_backup(source, notebook)
            return None
        aside = notebook.with_name(f"{notebook.stem}-before-restore-{now.strftime(_STAMP)}.terrain")
        try:
            while not _swap(source, notebook, aside):
                aside.unlink()
        except (NotebookDamaged, NotANotebook):
            move_aside(notebook, aside)
            write_backup(source, notebook)
    return aside


class _WrittenMeanwhile(Exception):
    """Another program has added to the notebook since it was copied aside."""


def _swap(source: sqlite3.Connection, notebook: Path, aside: Path) -> bool:
    """Copy a readable notebook aside and overwrite it; false, and nothing done, where it was written to in between."""
    with closing(read_only(notebook)) as current:
        write_backup(current, aside)
    with closing(read_only(aside)) as copy:
        kept = _revisions(copy)

    def see(status: int, remaining: int, total: int) -> None:
        # Nobody else can write by now, and what is written here is not yet seen by others.
        with closing(sqlite3.connect(f"{notebook.as_uri()}?mode=ro", uri=True)) as current:
            if _revisions(current) > kept:
                raise _WrittenMeanwhile

    with closing(sqlite3.connect(notebook, timeout=BUSY_SECONDS)) as target:
        try:
            target.execute("PRAGMA journal_mode = WAL")
            source.backup(target, pages=_FEW_AT_FIRST, progress=_once(see))
        except _WrittenMeanwhile:
            return False
        except sqlite3.Error as error:
            raise _known(error, notebook) from error
    return True


def _once(see: Callable[[int, int, int], None]) -> Callable[[int, int, int], None]:
    """Only the first of many calls counts."""
    calls = itertools.count()
    return lambda status, remaining, total: None if next(calls) else see(status, remaining, total)


def move_aside(notebook: Path, aside: Path) -> None:
    """Move a notebook with what may still be in its log."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path = notebook.with_name(notebook.name + suffix)
        if path.exists():
            path.rename(aside.with_name(aside.name + suffix))
