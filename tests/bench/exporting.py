"""A copy of a notebook to hand out, beside the bare rows."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from desktop_app.model.exchange import ExportChoice
from desktop_app.services import Notebook
from desktop_app.services.exporting import Exporting
from tests.bench.figures import Call, Figure, in_turns

TURNS = 5
_TABLES = ("meta", "change", "item", "revision", "blob", "outbox", "entry", "entry_label", "entry_attachment", "person")


def export(notebook: Notebook, folder: Path) -> Figure:
    """The whole notebook with its history, and the same rows copied by SQL into tables with the same keys."""
    exporting = Exporting(notebook._context, notebook.search)

    def pairs() -> Iterator[tuple[Call, Call]]:
        for number in range(TURNS):
            yield (
                partial(exporting.export, folder / f"copy-{number}.terrain", ExportChoice()),
                partial(_raw, notebook.path, folder / f"raw-{number}.sqlite"),
            )

    value, floor = in_turns(pairs())
    return Figure(
        "export", value * 1000, "ms", floor * 1000, "a whole copy of the notebook", "ATTACH, INSERT … SELECT, one fsync"
    )


def _raw(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = OFF")
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("ATTACH ? AS source", (str(source),))
        raw.execute("BEGIN")
        for kind in ("table", "index"):
            definitions = raw.execute(
                "SELECT tbl_name, sql FROM source.sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,)
            )
            for table, definition in definitions.fetchall():
                if table in _TABLES:
                    raw.execute(definition)
        for table in _TABLES:
            raw.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")
        raw.execute("COMMIT")
    with target.open("rb+") as file:
        os.fsync(file.fileno())
