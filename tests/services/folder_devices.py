"""Devices that share a folder, for the tests of it."""

from collections.abc import Callable
from pathlib import Path

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.services.shared_folder import SyncReport

Device = Callable[..., Notebook]


def write(notebook: Notebook, body: str) -> str:
    return notebook.entries.add(EntryDraft(body=body)).result


def bodies(notebook: Notebook) -> list[str]:
    return sorted(entry.fields.body for entry in notebook.entries.recent(100))


def packs(shared: Path, notebook: Notebook, device: str) -> list[Path]:
    return sorted((shared / notebook.id / device).glob("*.pack"))


def problems(notebook: Notebook) -> str:
    status = notebook.folder.status()
    assert status is not None
    return " ".join(status.problems)


def exchange(notebook: Notebook) -> SyncReport:
    return notebook.folder.sync().result


def move_clock(notebook: Notebook, seconds: float) -> None:
    """Move a notebook's wall clock on."""
    journal = notebook._file.journal
    wall = journal.wall
    journal.wall = lambda: wall() + int(seconds * 1000)
