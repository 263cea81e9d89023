"""Files on their way into a capture: by path, or as bytes where they were pasted."""

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

KEPT_BYTES = 8_000_000
"""Pasted bytes in all that a draft keeps; beyond it a picture lives in memory until it is saved."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file: ``path`` where it lies on this computer, else its ``data``."""

    name: str
    path: str = ""
    data: bytes = field(default=b"", repr=False)


def files_in(source: QMimeData) -> list[str]:
    """Local files of a drop or a paste."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]


def pasted_image(image: QImage, now: datetime) -> Attached | None:
    """A pasted picture as PNG, named by the time; ``None`` for one that cannot be written as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    written = QImageWriter(buffer, QByteArray(b"png")).write(image)
    return Attached(f"Pasted {now:%Y-%m-%d %H.%M.%S}.png", data=bytes(buffer.data().data())) if written else None


def with_file(files: Sequence[Attached], new: Attached) -> tuple[Attached, ...]:
    """The files and a further one: the same path only once, a taken name numbered."""
    if new.path and any(file.path == new.path for file in files):
        return tuple(files)
    taken = {file.name for file in files}
    name, number = new.name, 2
    while name in taken:
        name = f"{Path(new.name).stem} {number}{Path(new.name).suffix}"
        number += 1
    return (*files, Attached(name if not new.path else new.name, new.path, new.data))


def listed(files: Sequence[Attached]) -> list[dict[str, str]]:
    """What a draft says of the files: path, or the name alone where the bytes are kept beside it."""
    return [{"name": file.name, "path": file.path} for file in files]


def kept_bytes(files: Sequence[Attached]) -> dict[str, str]:
    """The pasted bytes as a draft keeps them, base64 by name, as many as there is room for."""
    room = KEPT_BYTES
    kept = {}
    for file in files:
        if not file.path and len(file.data) <= room:
            room -= len(file.data)
            kept[file.name] = b64encode(file.data).decode("ascii")
    return kept


def brought_back(files: Any, data: Mapping[str, str]) -> tuple[Attached, ...]:
    """The files of a draft; a pasted one whose bytes were too many to keep is left out."""
    found = []
    for item in files or ():
        name, path = str(item["name"]), str(item["path"])
        if path or name in data:
            found.append(Attached(name, path, b64decode(data.get(name, ""))))
    return tuple(found)


@contextmanager
def on_disk(files: Sequence[Attached]) -> Iterator[list[str]]:
    """Paths of all files; pasted bytes lie in a folder of their own for as long as this lasts."""
    if all(file.path for file in files):
        yield [file.path for file in files]
        return
    with TemporaryDirectory(prefix="terrain-") as folder:
        paths = []
        for number, file in enumerate(files):
            if file.path:
                paths.append(file.path)
                continue
            place = Path(folder) / str(number)
            place.mkdir()
            (place / file.name).write_bytes(file.data)
            paths.append(str(place / file.name))
        yield paths
