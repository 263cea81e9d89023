"""One entry written on one device until it is read on another, through a shared folder."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.ui.ops.following import EVERY_SECONDS
from desktop_app.ui.ops.lane import Lane
from tests.bench import corpus
from tests.bench.figures import Figure, seconds

BOUND = 2.0
"""Seconds that it may take, waiting for the next look of either device included."""

TURNS = 15


@contextmanager
def two_devices(folder: Path, entries: int) -> Iterator[tuple[Notebook, Notebook]]:
    """Notebooks of so many entries that have met in a folder, each kept in step on a lane as the window does it."""
    shared = folder / "shared"
    shared.mkdir()
    paths = [folder / "one.terrain", folder / "two.terrain"]
    corpus.notebook(paths[0], corpus.make(entries)).close()
    with open_notebook(paths[0], identity=Identity("One", "one")) as first:
        first.maintenance.backup(paths[1])
    lanes = []
    with (
        open_notebook(paths[0], identity=Identity("One", "one")) as one,
        open_notebook(paths[1], identity=Identity("Two", "two")) as two,
    ):
        for notebook in (one, two, one):
            notebook.folder.attach(shared)
            notebook.folder.sync()
        for path, name in zip(paths, ("one", "two"), strict=True):
            lanes.append(_kept_in_step(path, Identity(name.capitalize(), name)))
        try:
            yield one, two
        finally:
            for lane in lanes:
                lane.close(finish=False)
                lane.join()


def _kept_in_step(path: Path, identity: Identity) -> Lane:
    begun = threading.Event()
    lane = Lane(
        f"folder-{identity.device}",
        lambda: open_notebook(path, identity=identity),
        opened=lambda _notebook: begun.set(),
        idle=_catch_up,
        every=EVERY_SECONDS,
    )
    lane.start()
    begun.wait()
    return lane


def _catch_up(notebook: Notebook) -> None:
    notebook.folder.catch_up()


def _until_read(one: Notebook, two: Notebook, number: int) -> float:
    """Seconds from the moment when it is saved."""
    entry = one.entries.add(EntryDraft(body=f"The boat came {number} hours late", when="2026-11-20")).result
    saved = time.perf_counter()
    while not two.entries.many([entry]):
        time.sleep(0.005)
        if time.perf_counter() - saved > 10 * BOUND:
            raise RuntimeError("what one device wrote never came to the other")
    return time.perf_counter() - saved


def _copied(path: Path, number: int) -> None:
    """Two kilobytes written durably and read back."""
    file = path / f"copied-{number}"
    with file.open("wb") as out:
        out.write(b"x" * 2048)
        out.flush()
        os.fsync(out.fileno())
    assert len(file.read_bytes()) == 2048


def figures(folder: Path, entries: int) -> Iterator[Figure]:
    """Medians; what is beyond the bound is an error."""
    with two_devices(folder, entries) as (one, two):
        found = [_until_read(one, two, number) for number in range(TURNS)]
    floor = median(seconds(partial(_copied, folder, number)) for number in range(TURNS))
    if max(found) > BOUND:
        raise RuntimeError(f"an entry took {max(found):.2f} s to the other device, more than {BOUND:g} s")
    yield Figure(
        "through_folder",
        median(found) * 1000,
        "ms",
        floor * 1000,
        f"saved on one device until read on another, each looking every {EVERY_SECONDS:g} s",
        "the same bytes written durably and read",
    )
