"""Where the window stood, across starts. Losing it loses nothing but a place on the screen."""

import json
from base64 import b64decode, b64encode

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from desktop_app.config.paths import state_dir
from desktop_app.config.settings import write_aside

FILE = "window.json"
SIZE = (1280, 820)


def restore_geometry(window: QWidget) -> None:
    """The remembered place and size, or a comfortable one."""
    try:
        kept = json.loads((state_dir() / FILE).read_text(encoding="utf-8"))
        placed = window.restoreGeometry(QByteArray(b64decode(kept["geometry"])))
    except (OSError, ValueError, KeyError, TypeError):
        placed = False
    if not placed:
        room = window.screen().availableSize()
        window.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))


def remember_geometry(window: QWidget) -> None:
    data = b64encode(window.saveGeometry().data()).decode("ascii")
    try:
        write_aside(state_dir() / FILE, json.dumps({"geometry": data}))
    except OSError:
        # A read-only home: the next start opens at the usual place.
        return
