"""The program: what it imports, and the pair of Qt and Python that it refuses."""

import subprocess
import sys
from importlib.util import spec_from_file_location
from pathlib import Path

import pytest

from desktop_app.__main__ import BadPair, NoQt, installed_qt, main, refuse_bad_qt
from tests.cli.terminal import ROOT

HEAVY = tuple(
    "PySide6 whoosh numpy dateparser edtf markdown nh3 pyqtgraph charset_normalizer networkx ruptures scipy".split()
)


@pytest.mark.parametrize(
    ("qt", "python", "bad"),
    [
        ("6.12.0", (3, 11), True),
        ("6.12.1", (3, 11), True),
        ("7.0.0", (3, 11), True),
        ("6.11.3", (3, 11), False),
        ("6.12.0", (3, 12), False),
        ("6.9.0a1", (3, 11), False),
    ],
)
def test_the_bad_pair_is_refused(qt: str, python: tuple[int, int], bad: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # Where the tests run without Qt it cannot be looked for either.
    monkeypatch.setattr("desktop_app.__main__.find_spec", lambda name: object())
    if not bad:
        refuse_bad_qt(python, lambda: qt)
        return
    with pytest.raises(BadPair, match=rf"PySide6 {qt} aborts on Python 3\.11; install .* below 6\.12"):
        refuse_bad_qt(python, lambda: qt)


def test_without_qt_it_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.__main__.find_spec", lambda name: None)
    with pytest.raises(NoQt, match="PySide6-Essentials"):
        refuse_bad_qt()


def test_the_installed_qt_is_found_without_importing_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text("raise SystemExit", encoding="utf-8")
    spec = spec_from_file_location(
        "PySide6", tmp_path / "PySide6" / "__init__.py", submodule_search_locations=[str(tmp_path / "PySide6")]
    )
    monkeypatch.setattr("desktop_app.__main__.find_spec", lambda name: spec)
    assert installed_qt() is None
    (tmp_path / "pyside6_essentials-6.12.0.dist-info").mkdir()
    assert installed_qt() == "6.12.0"


def test_main_returns_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["log"]) == 1


def test_writing_an_entry_loads_nothing_heavy(notebook: object) -> None:
    code = (
        "import sys; from desktop_app.__main__ import main; assert main(['add', 'x', '--when', 'last tuesday']) == 0;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[1:] == ["[]"]
