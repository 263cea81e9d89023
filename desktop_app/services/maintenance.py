"""Keeping notebooks safe: check and repair, backups, restoring."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop_app.config.paths import data_dir
from desktop_app.config.settings import Settings
from desktop_app.notebook import backup
from desktop_app.notebook.backup import BackupInfo
from desktop_app.notebook.check import Checker, CheckReport, Problem
from desktop_app.notebook.errors import NotebookDamaged
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
from desktop_app.notebook.salvage import Salvage, salvage
from desktop_app.services.context import Context

__all__ = [
    "BackupInfo",
    "CheckReport",
    "Maintenance",
    "NotebookDamaged",
    "Problem",
    "Salvage",
    "back_up",
    "back_up_file",
    "restore_notebook",
    "salvage_notebook",
]

Progress = Callable[[float, str], None]


def _now() -> datetime:
    return datetime.now()  # backups are named in the time that people's clocks show


def backup_folder(notebook: Path) -> Path:
    """Where the backups of a notebook lie: a folder by its name and a little of its path's hash."""
    root = Settings.load().text("backup_folder")
    mark = hashlib.sha256(str(notebook).encode()).hexdigest()[:8]
    return (Path(root).expanduser() if root else data_dir() / "backups") / f"{notebook.stem}-{mark}"


def back_up_file(path: Path) -> Path:
    """Back up a notebook that is not open yet, as before a migration."""
    folder = backup_folder(path)
    source = backup.read_only(path)
    try:
        return backup.write_backup(source, backup.stamped(folder, _now()))
    finally:
        source.close()


def back_up(file: NotebookFile, now: datetime, target: Path | None = None) -> Path:
    """Back up an open notebook, verify the copy, and thin out old ones; returns where it lies."""
    folder = backup_folder(file.path)
    made = backup.write_backup(file.database.connection, target or backup.stamped(folder, now))
    if target is None:
        backup.thin(folder, now)
    return made


def restore_notebook(path: Path | str, source: Path | str) -> Path | None:
    """Put a backup in a notebook's place; returns where the former state was set aside, if there was one."""
    return backup.restore(Path(path).expanduser().absolute(), Path(source).expanduser().absolute(), _now())


def salvage_notebook(path: Path | str) -> Salvage:
    """Make a notebook that can no longer be walked anew from what can be read of it and of its backups.

    The damaged file stays beside it. Raises :class:`~desktop_app.notebook.errors.NotebookDamaged` when nothing is left.
    """
    target = Path(path).expanduser().absolute()
    backups = [info.path for info in backup.kept(backup_folder(target))]
    return salvage(target, backups, ALL_PROJECTIONS, _now())


class Maintenance:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> CheckReport:
        """Look at everything the notebook promises; with ``repair`` mend what can be mended, after a backup."""
        if repair:
            with suppress(NotebookDamaged):
                # A copy of what cannot be walked would not pass its own verification.
                self.backup()
        backups = tuple(info.path for info in self.backups())
        checker = Checker(self._file.database, ALL_PROJECTIONS, backups)
        return checker.run(repair=repair, progress=progress or (lambda part, text: None))

    def refuse_if_damaged(self) -> None:
        """After an error nobody foresaw: raises :class:`NotebookDamaged` where the notebook is to blame."""
        report = self.check()
        if not report.ok:
            problem = report.problems[0]
            raise NotebookDamaged(path=self._file.path, reason=f"{problem.where}: {problem.what}")

    def backup(self, path: Path | None = None) -> Path:
        """Make a verified copy at ``path`` (which must not exist), or among the kept backups."""
        return back_up(self._file, self._context.now(), path.expanduser().absolute() if path else None)

    def backups(self) -> list[BackupInfo]:
        """Kept backups of this notebook, newest first."""
        return backup.kept(backup_folder(self._file.path))

    def backup_if_due(self) -> Path | None:
        """A backup if there is work since the last one, and that is half an hour ago or more."""
        now = self._context.now()
        last = self._file.log.newest()
        # One that a wrong clock has dated into the future says nothing of the last half hour.
        kept = [info for info in self.backups() if info.at <= now]
        if last is None or (kept and now - kept[0].at < backup.EVERY):
            return None
        changed = datetime.fromisoformat(last[1]).astimezone().replace(tzinfo=None)
        if kept and changed <= kept[0].at:
            return None
        return self.backup()
