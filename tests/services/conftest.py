"""A notebook with its services, in a home of its own, at a time that stands still unless it is moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.services import Identity, Notebook, create_notebook


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
