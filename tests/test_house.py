"""The house itself: sizes that are the alarm, a README in each room, and lock files that name what they lock."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.without_qt import NoQt

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "desktop_app"
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
LONGEST_FILE = 600
LONGEST_FUNCTION = 60


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Name and number of lines of each function, decorators left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def locked_parts(lock: Path) -> dict[str, list[str]]:
    """The lines of each requirement in a lock file, by the requirement as it is pinned."""
    parts: dict[str, list[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            parts[line] = []
        elif line.strip().startswith("--hash="):
            parts[list(parts)[-1]].append(line.strip())
    return parts


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    files = [*APP.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_no_file_is_longer_than_the_alarm(sources: dict[str, str]) -> None:
    sizes = {name: len(text.splitlines()) for name, text in sources.items()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_the_alarm(sources: dict[str, str]) -> None:
    sizes = {
        f"{name}: {function}": size for name, text in sources.items() for function, size in functions(ast.parse(text))
    }
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for(sources: dict[str, str]) -> None:
    assert [name for name, text in sources.items() if not ast.get_docstring(ast.parse(text))] == []


def test_every_room_has_a_readme() -> None:
    rooms = [path.parent for path in (*APP.glob("*/__init__.py"), *APP.glob("ui/*/__init__.py"))]
    assert rooms
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []


def test_every_locked_part_is_pinned_and_has_hashes() -> None:
    assert [lock.name for lock in LOCKS] == ["requirements-dev.lock", "requirements.lock"]
    for lock in LOCKS:
        parts = locked_parts(lock)
        assert len(parts) > 20
        assert [line for line in parts if not re.match(r"[a-z0-9.-]+==[^ ;]+( ; .+)? \\$", line)] == []
        assert [line for line, hashes in parts.items() if not hashes] == []
        for hashes in parts.values():
            assert all(re.match(r"--hash=sha256:[0-9a-f]{64}( \\)?$", text) for text in hashes)


def test_the_development_lock_holds_the_run_lock() -> None:
    development, run = (locked_parts(lock) for lock in LOCKS)
    assert {line: development.get(line) for line in run} == run


def test_lock_files_name_no_registry() -> None:
    for lock in LOCKS:
        assert re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links", lock.read_text(encoding="utf-8")) == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        LOCKS[1]: [*project["project"]["dependencies"], *project["dependency-groups"]["build"]],
        LOCKS[0]: project["dependency-groups"]["dev"],
    }
    for lock, requirements in wanted.items():
        locked = {line.split("==")[0] for line in locked_parts(lock)}
        assert {re.split(r"[ <>=;]", text)[0].lower() for text in requirements} - locked == set()


def test_qt_below_6_12_is_locked_for_python_below_3_12() -> None:
    """PySide6 6.12 aborts on Python 3.11."""
    for lock in LOCKS:
        pins = [line for line in locked_parts(lock) if line.startswith(("pyside6-essentials==", "shiboken6=="))]
        for name in ("pyside6-essentials", "shiboken6"):
            old = [pin for pin in pins if pin.startswith(name) and "python_full_version < '3.12'" in pin]
            new = [pin for pin in pins if pin.startswith(name) and "python_full_version >= '3.12'" in pin]
            assert len(old) == len(new) == 1
            assert re.match(rf"{name}==6\.([0-9]|1[01])\.", old[0])


def test_no_room_of_leftovers() -> None:
    """A room of leftovers hides what it holds: each thing has a place with a name of its own."""
    leftovers = {"common", "helper", "helpers", "misc", "util", "utils"}
    assert [path.relative_to(ROOT).as_posix() for path in APP.rglob("*") if path.stem in leftovers] == []


def test_qt_cannot_be_imported_in_the_run_without_it() -> None:
    for name in ("PySide6.QtWidgets", "shiboken6", "pyqtgraph"):
        with pytest.raises(ImportError, match=r"only desktop_app\.ui may need Qt"):
            NoQt().find_spec(name, None)
    assert NoQt().find_spec("sqlite3", None) is None
