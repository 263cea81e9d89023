"""Devices that write and exchange in any order, through a folder that loses, doubles and delays, end up the same."""

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from desktop_app.exchange.packs import PackError, read_pack
from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook

NAMES = ("ada", "ben", "carla")
STEPS = 40


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[list[Notebook]]:
    shared = tmp_path / "Team"
    shared.mkdir()
    with ExitStack() as stack:
        first = tmp_path / NAMES[0] / "notes.terrain"
        made = [stack.enter_context(create_notebook(first, identity=Identity("Ada", "ada")))]
        for name in NAMES[1:]:
            path = tmp_path / name / "notes.terrain"
            made[0].maintenance.backup(path)
            made.append(stack.enter_context(open_notebook(path, identity=Identity(name.capitalize(), name))))
        for notebook in made:
            notebook.folder.attach(shared)
        yield made


class Weather:
    """What programs that synchronise folders do to packs."""

    def __init__(self, shared: Path, chance: random.Random) -> None:
        self._shared = shared
        self._chance = chance
        self._aside: list[tuple[Path, Path]] = []

    def blow(self) -> None:
        packs = sorted(self._shared.rglob("*.pack"))
        if not packs:
            return
        pack = self._chance.choice(packs)
        what = self._chance.randrange(4)
        if what == 0:
            aside = self._shared.parent / f"aside-{len(self._aside)}-{pack.name}"
            shutil.move(pack, aside)
            self._aside.append((aside, pack))
        elif what == 1:
            shutil.copy(pack, pack.with_name(f"{pack.stem} (1).pack"))
        elif what == 2:
            whole = self._shared.parent / f"whole-{len(self._aside)}-{pack.name}"
            shutil.copy(pack, whole)
            pack.write_bytes(pack.read_bytes()[: self._chance.randrange(1, 200)])
            self._aside.append((whole, pack))
        else:
            self.calm(1)

    def calm(self, most: int = 10_000) -> None:
        for _ in range(min(most, len(self._aside))):
            aside, pack = self._aside.pop(self._chance.randrange(len(self._aside)))
            shutil.move(aside, pack)


def act(notebook: Notebook, chance: random.Random) -> None:
    entries = [entry.id for entry in notebook.entries.recent()]
    what = chance.randrange(6) if entries else 0
    body = "\n".join(chance.choices("abcdef", k=chance.randrange(1, 5)))
    if what <= 1:
        notebook.entries.add(EntryDraft(body=body, tags=tuple(chance.choices(("x", "y"), k=1))))
    elif what == 2:
        notebook.entries.edit(chance.choice(entries), EntryDraft(body=body))
    elif what == 3:
        notebook.entries.edit(chance.choice(entries), EntryDraft(title=body[:1], tags=(body[0],)))
    elif what == 4:
        notebook.entries.trash([chance.choice(entries)])
    else:
        notebook.history.undo()


def written(notebook: Notebook) -> set[str]:
    return {row[0] for row in notebook._file.database.rows("SELECT id FROM revision WHERE device <> ''")}


def state(notebook: Notebook) -> list[tuple[object, ...]]:
    return notebook._file.database.rows("SELECT id, kind, head, trashed, conflicting FROM item ORDER BY id")


def held(shared: Path) -> set[str]:
    """The revisions of all packs that are whole."""
    found: set[str] = set()
    for pack in shared.rglob("*.pack"):
        with suppress(PackError):
            found.update(one.id for one in read_pack(pack).revisions)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_all_end_equal_and_nothing_is_lost(devices: list[Notebook], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    shared = tmp_path / "Team"
    weather = Weather(shared, chance)
    for _ in range(STEPS):
        notebook = chance.choice(devices)
        what = chance.randrange(5)
        if what < 2:
            act(notebook, chance)
        elif what < 4:
            notebook.folder.catch_up()
        else:
            weather.blow()
    weather.calm()
    everything = set().union(*map(written, devices))
    for _ in range(3):
        for notebook in devices:
            notebook.folder.sync()
    for notebook in devices:
        assert written(notebook) == everything
        assert state(notebook) == state(devices[0])
        assert notebook.maintenance.check().ok
        status = notebook.folder.status()
        assert status is not None
        assert (status.problems, status.waiting_out) == ((), 0)
    for notebook in devices:
        assert notebook.folder.catch_up() is None
    assert everything <= held(shared)
