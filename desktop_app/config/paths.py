"""Where Terrain keeps its own files. Notebooks lie wherever the person puts them; only caches and settings lie here.

The environment variable ``TERRAIN_HOME`` moves all four folders below one root, which tests and portable
installations use. Folders are made on first use by whoever writes into them, not by asking for their name.
"""

import os
from pathlib import Path

import platformdirs

APP = "terrain"


def _folder(kind: str, platform_folder: str) -> Path:
    root = os.environ.get("TERRAIN_HOME")
    return Path(root) / kind if root else Path(platform_folder)


def config_dir() -> Path:
    """Settings and this device's identity."""
    return _folder("config", platformdirs.user_config_dir(APP, appauthor=False))


def data_dir() -> Path:
    """Notebooks that Terrain itself makes (the sample) and backups."""
    return _folder("data", platformdirs.user_data_dir(APP, appauthor=False))


def cache_dir() -> Path:
    """Search indexes: everything below may be deleted at any time."""
    return _folder("cache", platformdirs.user_cache_dir(APP, appauthor=False))


def state_dir() -> Path:
    """Logs, bug reports, window geometry, the last notebook opened."""
    return _folder("state", platformdirs.user_state_dir(APP, appauthor=False))


def documents_dir() -> Path:
    """Where a person expects new notebooks: their documents folder."""
    root = os.environ.get("TERRAIN_HOME")
    return Path(root) / "documents" if root else Path(platformdirs.user_documents_dir())
