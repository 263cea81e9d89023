"""Bug reports: a file under the state folder for everything that went wrong and should not have."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_app import __version__
from desktop_app.config.paths import state_dir

KEPT = 20


def bug_text(label: str, traceback_text: str) -> str:
    """The report as text: what was being done, the versions, the traceback. Nothing of the notebook's content."""
    qt = sys.modules.get("PySide6")
    lines = [
        f"Terrain {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"Qt {getattr(qt, '__version__', '?')}",
        f"While: {label}",
        "",
        traceback_text,
    ]
    return "\n".join(lines)


def write_bug_report(label: str, traceback_text: str) -> Path | None:
    """Writes a report and drops the oldest beyond twenty; ``None`` where the folder cannot be written."""
    folder = state_dir() / "bugs"
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ.txt")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(bug_text(label, traceback_text), encoding="utf-8")
        for old in sorted(folder.glob("*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path
