"""The one way to files under ``resources/``, in a source tree, a wheel and a frozen app."""

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Path of a file or folder below ``resources``; it is not checked that it exists.

    Looks beside a frozen program first, then inside the installed package, then in the source tree.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent.parent
    if frozen:
        root = Path(frozen) / "resources"
    elif (package / "resources").is_dir():
        root = package / "resources"
    else:
        root = package.parent / "resources"
    return root.joinpath(*parts)
