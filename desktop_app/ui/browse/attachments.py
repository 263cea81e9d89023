"""Attachments on their way in and out: chosen, dropped or pasted files, and what the desktop may open.

What is attached is a change of its own, so that undo takes it back alone and an edit under way is not disturbed.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Attachment, EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, Operations, ReadOp

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

OPENED = ("image/", "text/", "audio/", "video/", "application/pdf")
"""What is handed to the desktop; anything else may be a program and is only saved."""
NEVER_OPENED = ("text/html", "text/x-", "text/javascript", "image/svg")


def may_open(attachment: Attachment) -> bool:
    """Whether the desktop may open it without its being able to act."""
    kind = attachment.media_type
    return kind.startswith(OPENED) and not kind.startswith(NEVER_OPENED)


class Attachments(QObject):
    """Signals: ``attached()``, ``failed(KnownError)``, ``told(str)`` for the status line."""

    attached = Signal()
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations = operations
        self._window = parent
        self._folder: QTemporaryDir | None = None

    # --- in ----------------------------------------------------------------------------------------------------------

    def choose(self, entry_id: str) -> None:
        """Shows a dialog for files to attach; it does not hold up the window."""
        dialog = QFileDialog(self._window, tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: self.attach_files(entry_id, paths))
        dialog.open()

    def attach_files(self, entry_id: str, paths: list[str]) -> None:
        draft = EntryDraft(attach=tuple(paths))
        if entry_id and paths:
            self._change(lambda notebook: notebook.entries.edit(entry_id, draft))

    def attach_image(self, entry_id: str, image: object) -> None:
        """Attaches a pasted image as PNG."""
        if not entry_id or not isinstance(image, QImage):
            return
        data = png_bytes(image)
        name = f"pasted-{datetime.now():%Y-%m-%d-%H%M%S}.png"
        self._change(lambda notebook: notebook.entries.attach_bytes(entry_id, name, "image/png", data))

    def _change(self, call: "Callable[[Notebook], Changes[Any]]") -> None:
        self._operations.submit(ChangeOp(tr("Attach file"), call, lambda _: self.attached.emit(), self.failed.emit))

    # --- out ---------------------------------------------------------------------------------------------------------

    def read(self, blob: str, on_done: Callable[[bytes], None]) -> None:
        """Reads an attachment's bytes, for a thumbnail; one that cannot be read leaves its place empty."""
        self._operations.submit(
            ReadOp(
                tr("Read an attachment"), lambda notebook: notebook.entries.attachment(blob), on_done, lambda _: None
            )
        )

    def open(self, attachment: Attachment) -> None:
        """Hands an attachment to the desktop, or saves what might be a program."""
        if not may_open(attachment):
            self.save(attachment)
            return
        self._operations.submit(
            ReadOp(
                tr("Read an attachment"),
                lambda notebook: notebook.entries.attachment(attachment.blob),
                lambda data: self._hand_over(attachment, data),
                self.failed.emit,
            )
        )

    def _hand_over(self, attachment: Attachment, data: bytes) -> None:
        self._folder = self._folder or QTemporaryDir()
        path = Path(self._folder.path()) / f"{attachment.blob[:8]}-{Path(attachment.name).name}"
        path.write_bytes(data)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.told.emit(tr("The desktop could not open {name}; save it instead.", name=attachment.name))

    def save(self, attachment: Attachment) -> None:
        dialog = QFileDialog(self._window, tr("Save {name}", name=attachment.name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(attachment.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.save_as(attachment, Path(path)))
        dialog.open()

    def save_as(self, attachment: Attachment, path: Path) -> None:
        """Writes an attachment to a path of the person's choice."""

        def write(notebook: "Notebook") -> str:
            try:
                path.write_bytes(notebook.entries.attachment(attachment.blob))
            except OSError as error:
                raise Invalid(message=f"{path} cannot be written: {error.strerror}; choose another place.") from error
            return str(path)

        self._operations.submit(
            ReadOp(
                tr("Save an attachment"),
                write,
                lambda where: self.told.emit(tr("Saved as {where}", where=where)),
                self.failed.emit,
            )
        )


def png_bytes(image: QImage) -> bytes:
    """A pasted image as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, Qt itself for text
    buffer.close()
    return bytes(data.data())


def files_in(source: QMimeData) -> list[str]:
    """Local files of a drop or a paste."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
