"""Which notebooks were open last, across starts of the program."""

import json
from pathlib import Path

from desktop_app.config.paths import state_dir
from desktop_app.config.settings import write_aside

FILE = "recent.json"
KEPT = 12


def recent() -> list[Path]:
    """Notebooks opened before that are still there, the last one first."""
    try:
        names = json.loads((state_dir() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Nothing but a convenience is lost with this file.
        return []
    paths = [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return [path for path in paths if path.is_file()]


def last_notebook() -> Path | None:
    """The notebook opened last, if it is still there."""
    found = recent()
    return found[0] if found else None


def remember(path: Path) -> None:
    """Note that a notebook was opened."""
    others = [other for other in recent() if other != path]
    names = [str(name) for name in [path, *others][:KEPT]]
    write_aside(state_dir() / FILE, json.dumps(names, ensure_ascii=False, indent=1))
