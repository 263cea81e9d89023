"""A notebook that only knows what the operations ask of it."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError


@dataclass
class Store:
    """What several fake connections share: a log and who wrote what."""

    log: list[str] = field(default_factory=list)
    commits: int = 0
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    damage: KnownError | None = None
    looked: int = 0

    def write(self, label: str) -> None:
        self.log.append(label)
        self.commits += 1


class FakeNotebook:
    """One connection; ``data_version`` counts the commits of others, as SQLite's does."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path, self.id, self.title, self.language = Path("x.terrain"), "n1", "Harbour", "en"
        self.thread = threading.current_thread().name
        self.own = 0
        self.history = SimpleNamespace(newest=lambda: len(self.store.log))
        self.maintenance = SimpleNamespace(refuse_if_damaged=self._refuse_if_damaged)
        store.opened.append(self.thread)

    def _refuse_if_damaged(self) -> None:
        self.store.looked += 1
        if self.store.damage:
            raise self.store.damage

    def data_version(self) -> int:
        return self.store.commits - self.own

    def tidy(self) -> None:
        """A commit that is no change, as the index's bookkeeping makes."""
        self.store.commits += 1
        self.own += 1

    def write(self, label: str) -> Changes[str]:
        assert threading.current_thread().name == self.thread
        self.store.write(label)
        self.own += 1
        return Changes(label, {"entry": frozenset({"e1"})}, "e1")

    def close(self) -> None:
        assert threading.current_thread().name == self.thread
        self.store.closed.append(self.thread)
