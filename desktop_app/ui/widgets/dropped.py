"""What is being dragged or pasted."""

from pathlib import Path

from PySide6.QtCore import QMimeData

_COPIES = (".terrain", ".age")


def files_in(data: QMimeData) -> list[Path]:
    """The files and folders of this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def copies_in(data: QMimeData) -> list[Path]:
    """Those that are copies of notebooks by their names, encrypted ones too."""
    return [path for path in files_in(data) if path.suffix.lower() in _COPIES]
