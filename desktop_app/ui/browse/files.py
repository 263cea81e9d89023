"""Attachments on their way in and out: what may be opened with the desktop, and pasted images as bytes."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from desktop_app.model.entries import Attachment

OPENED_TYPES = ("image/", "text/", "audio/", "video/", "application/pdf")
"""What is handed to the desktop; anything else may be a program and is only saved."""
NEVER_OPENED = ("text/html", "text/x-", "text/javascript", "image/svg")


def may_open(attachment: Attachment) -> bool:
    """Whether the desktop may open it without its being able to act."""
    kind = attachment.media_type
    return kind.startswith(OPENED_TYPES) and not kind.startswith(NEVER_OPENED)


class Outbox:
    """A folder for attachments that the desktop opens; it goes when the program ends."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None

    def open(self, attachment: Attachment, data: bytes) -> bool:
        """Writes the bytes and hands the file to the desktop; false where that is not possible."""
        self._folder = self._folder or QTemporaryDir()
        if not self._folder.isValid():
            return False
        path = Path(self._folder.path()) / f"{attachment.blob[:8]}-{Path(attachment.name).name}"
        path.write_bytes(data)
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def png_bytes(image: QImage) -> bytes:
    """A pasted image as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    buffer.close()
    return bytes(data.data())


def files_in(source: QMimeData) -> list[str]:
    """Local files of a drop or a paste."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
