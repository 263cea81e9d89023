"""Where a window stood, across starts. Losing it loses nothing but a place on the screen."""

import json
from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from desktop_app.config.paths import state_dir
from desktop_app.config.settings import write_aside


def restore_geometry(window: QWidget, name: str, size: tuple[int, int]) -> None:
    """The place and size remembered under ``name``, or a comfortable one of ``size`` pixels."""
    try:
        kept = json.loads(_file(name).read_text(encoding="utf-8"))
        placed = window.restoreGeometry(QByteArray(b64decode(kept["geometry"])))
    except (OSError, ValueError, KeyError, TypeError):
        placed = False
    if not placed:
        room = window.screen().availableSize()
        window.resize(min(size[0], room.width()), min(size[1], room.height()))


def remember_geometry(window: QWidget, name: str) -> None:
    data = b64encode(window.saveGeometry().data()).decode("ascii")
    try:
        write_aside(_file(name), json.dumps({"geometry": data}))
    except OSError:
        # A read-only home: the next start opens at the usual place.
        return


def _file(name: str) -> Path:
    return state_dir() / f"{name}.json"
