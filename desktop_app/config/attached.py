"""Which notebook exchanges through which shared folder, on this installation.

It is kept beside the program's own data and not in the notebook: a copy of the notebook on another machine has another
way to the folder, or none. One small file for each notebook and device; a file that cannot be read is as if the
notebook were attached to nothing.
"""

import hashlib
import json
import re
from pathlib import Path

from desktop_app.config.paths import data_dir
from desktop_app.config.settings import write_aside

_SAFE = re.compile(r"[0-9A-Za-z_-]{1,80}")


def attached_file(notebook: str, device: str) -> Path:
    """Where the attachment of a notebook is kept."""
    name = f"{notebook}-{device}"
    if not _SAFE.fullmatch(name):
        name = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return data_dir() / "folders" / f"{name}.json"


def attached_folder(notebook: str, device: str) -> Path | None:
    """The shared folder that a notebook is attached to."""
    return _read(attached_file(notebook, device))


def attach(notebook: str, device: str, folder: Path) -> None:
    """From now on a notebook exchanges through ``folder``; raises ``OSError`` where that cannot be kept."""
    write_aside(attached_file(notebook, device), json.dumps({"folder": str(folder)}, ensure_ascii=False))


def detach(notebook: str, device: str) -> None:
    """From now on it exchanges through none; raises ``OSError`` where that cannot be kept."""
    attached_file(notebook, device).unlink(missing_ok=True)


def attached_folders() -> list[Path]:
    """All shared folders that notebooks of this installation are attached to."""
    try:
        files = sorted((data_dir() / "folders").glob("*.json"))
    except OSError:
        return []
    return list(dict.fromkeys(folder for folder in map(_read, files) if folder is not None))


def _read(path: Path) -> Path | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return Path(found) if isinstance(found, str) and found else None
