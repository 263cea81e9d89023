"""Saving what a page shows as a file: the place is chosen, and the file is made and written off the window's thread."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations, ReadOp
from desktop_app.ui.widgets.messages import InlineMessage
from desktop_app.ui.widgets.screen import Screen

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

Make = Callable[["Notebook", str], bytes]
"""Makes the file's bytes, given the suffix that was chosen (``.csv``)."""


def saver_of(page: Screen, message: InlineMessage) -> "Saver":
    """Saves what ``page`` shows; the page tells what was saved, ``message`` why it was not."""
    saver = Saver(page.operations, page)
    saver.saved.connect(page.status_message)
    saver.failed.connect(message.say_error)
    return saver


class Saver(QObject):
    """``saved(str)`` a sentence that names the file; ``failed(KnownError)``."""

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, operations: Operations, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._window = window

    def ask(self, name: str, kinds: tuple[tuple[str, str], ...], make: Make) -> None:
        """Asks where to; ``kinds`` are pairs of words and suffix, such as ``("CSV", ".csv")``."""
        dialog = QFileDialog(self._window, tr("Save {name}", name=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} (*{suffix})" for words, suffix in kinds])
        dialog.selectFile(name + kinds[0][1])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        suffixes = {f"{words} (*{suffix})": suffix for words, suffix in kinds}

        def chosen(file: str) -> None:
            suffix = suffixes.get(dialog.selectedNameFilter(), kinds[0][1])
            path = Path(file)
            known = path.suffix.lower() in suffixes.values()
            self.save(path if known else path.with_name(path.name + suffix), make)

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def save(self, path: Path, make: Make) -> None:
        """Writes the file, whole or not at all."""

        def write(notebook: "Notebook") -> Path:
            from desktop_app.services.writing import write_whole

            write_whole(path, make(notebook, path.suffix.lower()))
            return path

        self._operations.submit(ReadOp(tr("Save {name}", name=path.name), write, self._done, self._refused))

    def _done(self, path: Path) -> None:
        self.saved.emit(tr("Saved {name}.", name=path.name))

    def _refused(self, error: KnownError) -> None:
        self.failed.emit(error)
