"""A notebook with its services, in a home of its own, at a time that stands still unless it is moved."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.services import Identity, Notebook, create_notebook, open_notebook
from tests.services.folder_devices import Device, exchange


class Now:
    """The time as the notebook knows it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 14, 30)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **spell: float) -> None:
        self.at += timedelta(**spell)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def notebook(tmp_path: Path, now: Now) -> Iterator[Notebook]:
    identity = Identity("Ada", "one")
    with create_notebook(tmp_path / "notes.terrain", title="Notes", identity=identity, now=now) as made:
        yield made


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "Team"
    folder.mkdir()
    return folder


@pytest.fixture
def device(tmp_path: Path, now: Now) -> Iterator[Device]:
    """Makes the notebook on the first device, and a copy of it on each further one."""
    with ExitStack() as stack:
        made: dict[str, Notebook] = {}

        def make(name: str, *, of: Notebook | None = None) -> Notebook:
            path = tmp_path / name / "notes.terrain"
            identity = Identity(name.capitalize(), name)
            if of is None and made:
                of = next(iter(made.values()))
            if of is None:
                opened = create_notebook(path, title="Notes", identity=identity, now=now)
            else:
                path.parent.mkdir(exist_ok=True)
                of.maintenance.backup(path)
                opened = open_notebook(path, identity=identity, now=now)
            made[name] = stack.enter_context(opened)
            return made[name]

        yield make


@pytest.fixture
def pair(device: Device, shared: Path) -> tuple[Notebook, Notebook]:
    """Two devices that have met, each with one pack at most."""
    ada, ben = device("ada"), device("ben")
    ada.folder.attach(shared)
    ben.folder.attach(shared)
    exchange(ada), exchange(ben)
    return ada, ben
