"""Copies of one notebook that are written in apart and meet, without files in between."""

import json
import shutil
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Absent, Revision
from desktop_app.notebook.blobs import named_blobs
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
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
    """Every item with its head, every revision, and the blobs these name: what copies that have merged the same have
    alike. Blobs of texts that were merged only on the way there may be in one of them alone."""
    revisions = file.database.rows("SELECT id, item, kind, parents, author, device, clock, fields FROM revision")
    named = {blob for row in revisions for blob in named_blobs(row[2], row[7])}
    return {
        "items": sorted(
            file.database.rows(
                "SELECT id, kind, head, trashed, created, edited, author, revisions, conflicting FROM item"
            )
        ),
        "revisions": sorted(revisions),
        "blobs": sorted(name for (name,) in file.database.rows("SELECT sha256 FROM blob") if name in named),
        "absent": sorted(file.database.rows("SELECT revision, item, parents FROM absent")),
    }


def topics(file: NotebookFile) -> dict[str, Any]:
    """All topic tables, without the numbers that are of one copy alone."""
    rows = file.database.rows
    found = {
        table: sorted(rows(f"SELECT * FROM {table}"), key=repr)
        for projection in ALL_PROJECTIONS.values()
        for table in projection.tables
        if table != "import"
    }
    found["import"] = sorted(rows("SELECT id, file, profile, source, clock, points FROM import"))
    columns = "id, name, folded, source, account, dimensions, unit, grain, additive, numerator, denominator"
    found["series"] = sorted(rows(f"SELECT {columns} FROM series"), key=repr)
    found["point"] = sorted(
        rows(
            "SELECT series.id, starts, ends, import.id, value FROM point JOIN series ON series.number = point.series"
            " JOIN import ON import.number = point.import"
        )
    )
    return found


def part_of(incoming: Incoming, chosen: Collection[str]) -> Incoming:
    """Some of the revisions with all that came before them, as a folder that is not there in full would give them."""
    by_id = {one.id: one for one in incoming.revisions}
    kept: dict[str, Revision] = {}
    waiting = [by_id[one] for one in chosen if one in by_id]
    while waiting:
        one = waiting.pop()
        if one.id not in kept:
            kept[one.id] = one
            waiting += [by_id[parent] for parent in one.parents if parent in by_id]
    return replace(incoming, revisions=list(kept.values()), items={one.item for one in kept.values()})


def heads_of(file: NotebookFile) -> Incoming:
    """Of each item only how it stands, and what that was derived from; what came before is known to be missing."""
    incoming = all_of(file)
    by_id = {one.id: one for one in incoming.revisions}
    kept: dict[str, Revision] = {}
    waiting = [by_id[head] for (head,) in file.database.rows("SELECT head FROM item")]
    while waiting:
        one = waiting.pop()
        kept[one.id] = one
        waiting += [by_id[parent] for parent in one.parents if one.is_derived]
    left = [Absent(one.id, one.item, one.parents) for one in incoming.revisions if one.id not in kept]
    return replace(incoming, revisions=list(kept.values()), absent=[*incoming.absent, *left])
