"""Copies of one notebook that are written in apart and meet, without files in between."""

import json
import shutil
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Absent
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.notebook.lineage import Lineage, as_revision
from desktop_app.notebook.union import Plan, Union


def copy_of(path: Path, name: str) -> NotebookFile:
    target = path.with_name(f"{name}.terrain")
    shutil.copyfile(path, target)
    return NotebookFile.open(target, author=name.title(), device=name)


def all_of(file: NotebookFile) -> Incoming:
    """Everything that another copy holds, as a merge takes it."""

    def blob(name: str) -> BlobRow | None:
        row = file.database.one("SELECT size, packing, data FROM blob WHERE sha256 = ?", (name,))
        return BlobRow(*row) if row else None

    revisions = [as_revision(row) for row in Lineage(file.database).rows()]
    absent = file.database.rows("SELECT revision, item, parents, reason FROM absent")
    return Incoming(
        source=file.path.name,
        revisions=revisions,
        items={one.item for one in revisions},
        refused=(),
        absent=[
            Absent(revision, item, tuple(json.loads(parents)), reason) for revision, item, parents, reason in absent
        ],
        blob=blob,
        has_blob=lambda name: blob(name) is not None,
    )


def merge(into: NotebookFile, incoming: Incoming | NotebookFile) -> Plan:
    """Merge as the services do, without what they tell about it."""
    found = all_of(incoming) if isinstance(incoming, NotebookFile) else incoming
    union = Union(into.database)
    with into.journal.change("Merge") as recorder:
        plan = union.plan(found)
        union.apply(recorder, plan)
        if plan.standing:
            into.database.execute(
                "INSERT INTO exchange (direction, way, clock, author, file, report, change)"
                " VALUES ('in', 'file', ?, ?, ?, '{}', ?)",
                (str(recorder.clock), into.journal.author, found.source, recorder.change),
            )
    return plan


def state(file: NotebookFile) -> dict[str, Any]:
    """Every item with its head, and every revision: what two copies that have merged the same have alike."""
    return {
        "items": sorted(
            file.database.rows(
                "SELECT id, kind, head, trashed, created, edited, author, revisions, conflicting FROM item"
            )
        ),
        "revisions": sorted(
            file.database.rows("SELECT id, item, kind, parents, author, device, clock, fields FROM revision")
        ),
        "blobs": sorted(name for (name,) in file.database.rows("SELECT sha256 FROM blob")),
    }
