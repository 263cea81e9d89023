"""Runs every test outside tests/ui where Qt cannot be imported: `python tests/without_qt.py [pytest's options]`.

So it stays true that everything but `desktop_app.ui` is a library that needs no window system.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

QT_PARTS = frozenset({"PySide6", "pyqtgraph", "shiboken6"})


class NoQt(MetaPathFinder):
    """Stands before all other finders and says of each part of Qt that it is not there."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in QT_PARTS:
            raise ImportError(f"{fullname} cannot be imported in this run: only desktop_app.ui may need Qt")
        return None


class SettingsOfPytestQt:
    """pytest-qt is left out, so its settings in pyproject.toml need someone to declare them."""

    @staticmethod
    def pytest_addoption(parser: pytest.Parser) -> None:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "a setting of pytest-qt")
        parser.addini("qt_log_ignore", "a setting of pytest-qt", type="linelist")


def main(options: list[str]) -> int:
    sys.meta_path.insert(0, NoQt())
    fixed = ["-p", "no:pytest-qt", "--ignore=tests/ui"]
    return int(pytest.main([*fixed, *options], plugins=[SettingsOfPytestQt()]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
