"""Copies go out: what would go is looked at after every change of the form, then written as one piece of work."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import ExportChoice, Seal
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import LongOp, Operations, Progress, ShouldStop

if TYPE_CHECKING:
    from desktop_app.services.exporting import Exported, ExportPreview
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a copy would hold, for the choice that was asked; ``explanation`` of its query in one sentence."""

    choice: ExportChoice
    preview: "ExportPreview"
    explanation: str


class Copying(QObject):
    """``previewed(Previewed)``, ``not_previewed(KnownError)``; ``began(str)``, ``progressed(float, str)``,
    ``written(Exported)``, ``failed(KnownError)``, ``ended()`` after writing and before what came of it."""

    previewed = Signal(object)
    not_previewed = Signal(object)
    began = Signal(str)
    progressed = Signal(float, str)
    written = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._label = tr("Copy out")
        self.running = False
        operations.bug.connect(self._broke)

    def look(self, choice: ExportChoice) -> None:
        """Looks at what would go out; a newer choice takes the place of an older one."""

        def call(notebook: "Notebook", _progress: Progress, _should_stop: ShouldStop) -> Previewed:
            explanation = notebook.search.understand(choice.query).explanation if choice.query else ""
            return Previewed(choice, notebook.exporting.preview(choice), explanation)

        self._operations.submit(
            LongOp(
                tr("Looking at what goes out"),
                call,
                self.previewed.emit,
                self.not_previewed.emit,
                lane="background",
                key="exchange.outgoing",
            )
        )

    def write(self, path: Path, choice: ExportChoice, seal: Seal | None, key: Path | None, *, replace: bool) -> None:
        if self.running:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> "Exported":
            return notebook.exporting.export(
                path, choice, seal=seal, key_path=key, replace=replace, progress=progress, should_stop=should_stop
            )

        self.running = True
        self.began.emit(tr("Writing {name}", name=path.name))
        self._operations.submit(LongOp(self._label, call, self._written, self._refused, self.progressed.emit))

    def stop(self) -> None:
        self._operations.stop(self._label)

    def _end(self) -> None:
        self.running = False
        self.ended.emit()

    def _broke(self, label: str, _report: str) -> None:
        """The window tells of it; here it must not look as if work went on for ever."""
        if self.running and label == self._label:
            self._end()

    def _written(self, exported: "Exported") -> None:
        self._end()
        self.written.emit(exported)

    def _refused(self, error: KnownError) -> None:
        self._end()
        self.failed.emit(error)
