"""Merging two notebooks that share nine entries of ten, beside copying the rows of one into the other."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, open_notebook
from tests.bench import corpus
from tests.bench.figures import Figure, seconds

SHARED = 0.9
BOUND = 15
"""How many times the raw copy a merge may take."""


def pair(folder: Path, entries: int) -> tuple[Path, Path]:
    """Two notebooks of so many entries each, of which they share nine of ten."""
    texts = corpus.make(entries)
    shared = int(entries * SHARED)
    ours, theirs = folder / "ours.terrain", folder / "theirs.terrain"
    corpus.notebook(ours, corpus.Corpus(texts.texts[:shared], texts.words)).close()
    shutil.copyfile(ours, theirs)
    for path in (ours, theirs):
        _go_on(path, texts.texts[shared:])
    return ours, theirs


def _go_on(path: Path, texts: tuple[str, ...]) -> None:
    """Other entries with the same words are written into each of them."""
    with open_notebook(path, identity=Identity(path.stem, path.stem)) as notebook:
        for first in range(0, len(texts), corpus.BATCH):
            with notebook._context.change("Write entries"):
                for text in texts[first : first + corpus.BATCH]:
                    notebook.entries.add(EntryDraft(body=text, when="2026-11-20", tags=("port",)))


def copy_rows(into: Path, other: Path) -> None:
    """All rows of all tables of the other notebook, durably."""
    with closing(sqlite3.connect(into, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS other", (str(other),))
        tables = connection.execute(
            "SELECT name FROM other.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        names = [name for (name,) in tables]
        connection.execute("BEGIN IMMEDIATE")
        for name in names:
            connection.execute(f'INSERT OR IGNORE INTO main."{name}" SELECT * FROM other."{name}"')
        connection.execute("COMMIT")


def figures(folder: Path, entries: int, turns: int = 3) -> Iterator[Figure]:
    """The whole merge of a file, proving and backup included; the medians of a few turns of either."""
    ours, theirs = pair(folder, entries)
    merged: list[float] = []
    copied: list[float] = []
    for turn in range(turns):
        into, raw = (folder / f"{name}-{turn}.terrain" for name in ("into", "raw"))
        shutil.copyfile(ours, into)
        shutil.copyfile(ours, raw)
        copied.append(seconds(lambda raw=raw: copy_rows(raw, theirs)))  # type: ignore[misc]
        with open_notebook(into) as notebook:
            merged.append(seconds(lambda notebook=notebook: notebook.merging.merge(theirs)))  # type: ignore[misc]
            assert notebook.entries.counts().total == entries + entries - int(entries * SHARED)
        into.unlink()
        raw.unlink()
    yield Figure(
        "merge",
        median(merged) * 1000,
        "ms",
        median(copied) * 1000,
        f"{entries:,} + {entries:,} entries merged, {SHARED:.0%} shared",
        "rows copied with ATTACH and INSERT OR IGNORE",
    )


def beyond(found: Iterable[Figure]) -> list[str]:
    """Names of the figures that are beyond the bound."""
    return [figure.name for figure in found if figure.name == "merge" and figure.ratio > BOUND]
