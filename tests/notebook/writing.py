"""Writing entries straight through the journal, for tests of the rooms below the services."""

from dataclasses import replace
from pathlib import Path

from desktop_app.model.entries import EntryFields
from desktop_app.model.ids import new_id
from desktop_app.notebook.check import Checker, CheckReport
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile


def write(file: NotebookFile, body: str, **fields: object) -> str:
    item = new_id()
    with file.journal.change("Write note") as recorder:
        recorder.record("entry", item, replace(EntryFields(body=body), **fields).to_json(), new=True)  # type: ignore[arg-type]
    return item


def rewrite(file: NotebookFile, item: str, **fields: object) -> None:
    with file.journal.change("Edit note") as recorder:
        recorder.record("entry", item, {**file.journal.fields(item), **fields})


def check(file: NotebookFile, *, repair: bool = False, backups: tuple[Path, ...] = ()) -> CheckReport:
    return Checker(file.database, ALL_PROJECTIONS, backups).run(repair=repair, progress=lambda part, text: None)
