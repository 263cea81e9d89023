"""Files come in: chosen, dropped or pasted, read off the window's thread, all or none of them kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.metrics import ImportedFile
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import LongOp, Operations, Progress, ShouldStop

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class Importer(QObject):
    """One import at a time. ``began(str)``, ``progressed(float, str)``, ``imported(list[ImportedFile])``,
    ``failed(KnownError)``, ``stopped()``; ``ended()`` after any of the last three."""

    began = Signal(str)
    progressed = Signal(float, str)
    imported = Signal(list)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._window = window
        self.running = False
        self.label = tr("Import metrics")

    def choose_files(self) -> None:
        dialog = QFileDialog(self._window, tr("Import metric files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Metric exports (*.csv *.tsv *.txt *.zip)"), tr("All files (*)")])
        self._open(dialog)

    def choose_folder(self) -> None:
        dialog = QFileDialog(self._window, tr("Import a folder of metric files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.start([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def start(self, paths: Sequence[Path]) -> None:
        """Imports these files, zips and folders; one that cannot be read keeps the others out too."""
        if not paths or self.running:
            return
        self.running = True
        chosen = list(paths)
        title = tr("Importing {name}", name=chosen[0].name)
        self.began.emit(title if len(chosen) == 1 else tr("Importing {count} files", count=len(chosen)))

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Changes[list[ImportedFile]]:
            return notebook.metrics.import_files(chosen, progress=progress, should_stop=should_stop)

        self._operations.submit(
            LongOp(
                self.label,
                call,
                on_done=self._done,
                on_error=self._refused,
                on_progress=self.progressed.emit,
            )
        )

    def stop(self) -> None:
        self._operations.stop(self.label)

    def _done(self, changes: Changes[list[ImportedFile]]) -> None:
        self.running = False
        self.imported.emit(changes.result)
        self.ended.emit()

    def _refused(self, error: KnownError) -> None:
        self.running = False
        if isinstance(error, Interrupted):
            self.stopped.emit()
        else:
            self.failed.emit(error)
        self.ended.emit()


def save_original(files: dict[str, bytes], target: Path) -> Path:
    """Writes one file to ``target``, or several into a new folder of that name. Returns where they are."""
    if len(files) == 1:
        target.write_bytes(next(iter(files.values())))
        return target
    target.mkdir(exist_ok=True)
    for name, data in files.items():
        # A name may have had folders in the zip it came in; only its last part names a file here.
        (target / Path(name).name).write_bytes(data)
    return target
