"""Copies come in one after the other: looked at off the window's thread, merged as one piece of work with a stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import MergeReport
from desktop_app.ui.exchange.names import names_here, names_with
from desktop_app.ui.exchange.undoing import next_undoable
from desktop_app.ui.exchange.unsealing import Opening
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import LongOp, Operations, Progress, ShouldStop

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Looked:
    """What merging a file would do; ``names`` of things by id, those that only arrive too."""

    path: Path
    report: MergeReport
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging a file did; ``change`` is what would be undone, ``None`` where nothing was changed."""

    path: Path
    report: MergeReport
    change: int | None


class Bringing(QObject):
    """One piece of work at a time. ``began(str)``, ``progressed(float, str)``, ``looked(Looked)``, ``merged(Merged)``,
    ``failed(KnownError)``, ``ended()`` after work of any kind and before what came of it, ``broke()`` after a bug."""

    began = Signal(str)
    progressed = Signal(float, str)
    looked = Signal(object)
    merged = Signal(object)
    failed = Signal(object)
    ended = Signal()
    broke = Signal()

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._label = tr("Bring in a notebook")
        self.running = False
        operations.bug.connect(self._broke)

    def look(self, path: Path, opening: Opening) -> None:
        """Looks at a copy; nothing is written."""
        if self.running:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Looked:
            report = notebook.merging.preview(path, unseal=opening.unseal(), progress=progress, should_stop=should_stop)
            return Looked(path, report, names_with(names_here(notebook), report.arrivals))

        self._begin(tr("Looking at {name}", name=path.name))
        self._operations.submit(
            LongOp(self._label, call, self._looked, self._refused, self.progressed.emit, lane="background")
        )

    def merge(self, path: Path, opening: Opening) -> None:
        """Merges a copy: one step that can be undone."""
        if self.running:
            return

        changed: list[int | None] = []

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Changes[MergeReport]:
            before = next_undoable(notebook)
            changes = notebook.merging.merge(path, unseal=opening.unseal(), progress=progress, should_stop=should_stop)
            after = next_undoable(notebook)
            changed.append(after if after != before else None)
            return changes

        def done(changes: Changes[MergeReport]) -> None:
            self._end()
            self.merged.emit(Merged(path, changes.result, changed[0]))

        self._begin(tr("Merging {name}", name=path.name))
        self._operations.submit(LongOp(self._label, call, done, self._refused, self.progressed.emit))

    def stop(self) -> None:
        self._operations.stop(self._label)

    def _begin(self, title: str) -> None:
        self.running = True
        self.began.emit(title)

    def _end(self) -> None:
        self.running = False
        self.ended.emit()

    def _broke(self, label: str, _report: str) -> None:
        """The window tells of it; here it must not look as if work went on for ever."""
        if self.running and label == self._label:
            self._end()
            self.broke.emit()

    def _looked(self, looked: Looked) -> None:
        self._end()
        self.looked.emit(looked)

    def _refused(self, error: KnownError) -> None:
        self._end()
        self.failed.emit(error)
