"""Files come in: chosen or dropped, looked at off the window's thread, taken in as one piece of work with a stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import LongOp, Operations, Progress, ReadOp, ShouldStop

if TYPE_CHECKING:
    from desktop_app.services.documents import FilePreview, Intake, Reading, Rejected
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Looked:
    """What the chosen files would become, and folders with nothing in them."""

    files: "tuple[FilePreview, ...]"
    rejected: "tuple[Rejected, ...]" = field(default=())


class Importer(QObject):
    """One import at a time. ``began(str)``, ``progressed(float, str)``, ``looked(Looked)``,
    ``looked_again(FilePreviews)``, ``imported(Intake)``, ``failed(KnownError)``, ``ended()`` after work of any kind.
    """

    began = Signal(str)
    progressed = Signal(float, str)
    looked = Signal(object)
    looked_again = Signal(object)
    imported = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._window = window
        self._label = tr("Import documents")
        self.running = False

    # --- choosing ----------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        dialog = QFileDialog(self._window, tr("Import documents"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog)

    def choose_folder(self) -> None:
        dialog = QFileDialog(self._window, tr("Import a folder of documents"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.look([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- looking -----------------------------------------------------------------------------------------------------

    def look(self, paths: Sequence[Path]) -> None:
        """Looks at files and folders; nothing is kept."""
        chosen = list(paths)
        if not chosen or self.running:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Looked:
            files, rejected = notebook.documents.files(chosen)
            found = []
            for number, path in enumerate(files):
                progress(number / len(files), path.name)
                if should_stop():
                    raise Interrupted(what=tr("Looking at the files"))
                found.append(notebook.documents.look(path))
            return Looked(tuple(found), rejected)

        self._begin(tr("Looking at the files"))
        self._operations.submit(
            LongOp(self._label, call, self._looked, self._refused, self.progressed.emit, lane="background")
        )

    def look_again(self, path: Path, reading: "Reading") -> None:
        """Looks at one file, read in another way; a newer wish about it replaces an older one."""
        self._operations.submit(
            ReadOp(
                tr("Look at the file"),
                lambda notebook: notebook.documents.look(path, reading),
                lambda file: self.looked_again.emit((file,)),
                self.failed.emit,
                key=f"documents.look:{path}",
            )
        )

    def look_all_again(self, readings: "Mapping[Path, Reading]") -> None:
        """Looks at many files, each read as it is said, as one piece of work."""
        if self.running:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> "tuple[FilePreview, ...]":
            found = []
            for number, (path, reading) in enumerate(readings.items()):
                progress(number / len(readings), path.name)
                if should_stop():
                    raise Interrupted(what=tr("Looking at the files"))
                found.append(notebook.documents.look(path, reading))
            return tuple(found)

        self._begin(tr("Looking at the files"))
        self._operations.submit(
            LongOp(self._label, call, self._looked_all, self._refused, self.progressed.emit, lane="background")
        )

    # --- taking in ---------------------------------------------------------------------------------------------------

    def take(self, readings: "Mapping[Path, Reading]") -> None:
        """Takes the files in, each read as it is said; what cannot be read is told and the rest goes on."""
        groups: dict[Reading, list[Path]] = {}
        for path, reading in readings.items():
            groups.setdefault(reading, []).append(path)
        if not groups or self.running:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> "Changes[Intake]":
            return notebook.documents.import_each(groups, progress=progress, should_stop=should_stop)

        self._begin(tr("Importing documents"))
        self._operations.submit(LongOp(self._label, call, self._taken, self._refused, self.progressed.emit))

    def stop(self) -> None:
        self._operations.stop(self._label)

    def _begin(self, title: str) -> None:
        self.running = True
        self.began.emit(title)

    def _looked(self, looked: Looked) -> None:
        self.running = False
        self.ended.emit()
        self.looked.emit(looked)

    def _looked_all(self, files: "tuple[FilePreview, ...]") -> None:
        self.running = False
        self.ended.emit()
        self.looked_again.emit(files)

    def _taken(self, changes: "Changes[Intake]") -> None:
        self.running = False
        self.ended.emit()
        self.imported.emit(changes.result)

    def _refused(self, error: KnownError) -> None:
        self.running = False
        self.ended.emit()
        self.failed.emit(error)
