"""The program: opening, switching, capturing, ending; with real threads on a real notebook."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from desktop_app.config.paths import config_dir, state_dir
from desktop_app.services.workspace import last_notebook
from desktop_app.ui.shell.application import Program, _create
from tests.ui.shell.conftest import PLAIN_PLACES

LIGHT = """
import sys
from pathlib import Path
from desktop_app.ui.shell.application import Program, build_application
program = Program(build_application())
program.open(Path(sys.argv[1]))
program.window.grab()
heavy = (
    "dateparser markdown nh3 numpy pyqtgraph sqlite3 sqlite_utils whoosh charset_normalizer edtf "
    "networkx ruptures scipy"
).split()
loaded = sorted(set(heavy) & set(sys.modules))
program.operations.start()
program.operations.wait_until_idle()
program.close()
print(*loaded)
"""

SEND_OPEN = """
import sys
from pathlib import Path
from desktop_app.ui.shell.start import capture, run
sys.exit(run(Path(sys.argv[1])) if sys.argv[2] == "open" else capture(Path(sys.argv[1]), sys.argv[3]))
"""


@pytest.fixture
def program(qapp: QApplication):
    made = Program(qapp, PLAIN_PLACES)
    yield made
    made.close()
    made.deleteLater()


def opened(qtbot, program: Program, path: Path, **given) -> None:
    program.open(path, **given)
    qtbot.waitUntil(lambda: program.operations.info is not None, timeout=20_000)
    program.operations.wait_until_idle()


def test_a_notebook_is_opened_on_other_threads_and_remembered(qtbot, program, notebook_path):
    opened(qtbot, program, notebook_path)
    assert program.window.sidebar.notebook_title.whole_text() == "Harbour Lane Coffee"
    names = {thread.name for thread in threading.enumerate()}
    assert {"terrain-read", "terrain-write"} <= names
    assert last_notebook() == notebook_path
    program.close()
    assert not [name for name in (thread.name for thread in threading.enumerate()) if name.startswith("terrain-")]
    assert sorted(path.suffix for path in notebook_path.parent.iterdir()) == [".terrain"]


def test_what_is_written_is_found_and_undone(qtbot, program, notebook_path):
    from desktop_app.model.entries import EntryDraft
    from desktop_app.ui.ops import ChangeOp

    opened(qtbot, program, notebook_path)
    with qtbot.waitSignal(program.operations.indexed, timeout=20_000):
        program.operations.submit(ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body="zephyr"))))
    found = []
    program.operations.read("s", lambda notebook: notebook.search.run("zephyr").total, found.append)
    qtbot.waitUntil(lambda: found == [1])
    program.window.verbs.undo()
    qtbot.waitUntil(lambda: program.window.status.text().startswith("Undid"))


def test_another_notebook_takes_the_window_s_place(qtbot, program, notebook_path, tmp_path):
    opened(qtbot, program, notebook_path)
    first = program.window
    opened(qtbot, program, tmp_path / "new.terrain", make=_create)
    assert program.window is not first
    assert not shiboken6.isValid(first)
    assert program.window.sidebar.notebook_title.whole_text() == "new"
    assert (tmp_path / "new.terrain").is_file()


def test_a_file_that_is_no_notebook_is_told_in_place(qtbot, program, tmp_path):
    bad = tmp_path / "bad.terrain"
    bad.write_bytes(b"not a notebook" * 100)
    program.open(bad)
    qtbot.waitUntil(lambda: bool(program.window.message.text()))
    assert "bad.terrain" in program.window.message.text()
    assert program.window.go_to("today") is None


def test_without_a_notebook_there_are_first_steps(program):
    program.open(None)
    assert program.window.go_to("today") is None
    assert not program.window.sidebar.write_hint.isVisible()


def test_the_settings_problems_are_told(qtbot, qapp, notebook_path):
    config_dir().mkdir(parents=True, exist_ok=True)
    (config_dir() / "settings.toml").write_text('theme = "pink"\n', encoding="utf-8")
    program = Program(qapp, PLAIN_PLACES)
    opened(qtbot, program, notebook_path)
    assert "pink" in program.window.message.text()
    program.close()


def test_an_uncaught_error_becomes_a_report(qtbot, program, notebook_path, capsys):
    opened(qtbot, program, notebook_path)
    try:
        raise RuntimeError("that should not have happened")
    except RuntimeError as error:
        program._uncaught(type(error), error, error.__traceback__)
    assert "Something went wrong" in program.window.message.text()
    assert "that should not have happened" in program.window.message._details
    (report,) = (state_dir() / "bugs").glob("*.txt")
    assert "RuntimeError" in report.read_text(encoding="utf-8")
    assert "RuntimeError" in capsys.readouterr().err


def test_another_start_raises_this_window_or_its_capture(qtbot, program, notebook_path):
    opened(qtbot, program, notebook_path)
    program.window.hide()
    start = [sys.executable, "-c", SEND_OPEN, str(notebook_path)]
    raised = subprocess.Popen([*start, "open"])
    qtbot.waitUntil(program.window.isVisible, timeout=20_000)
    writing = subprocess.Popen([*start, "capture", "the boat came"])
    qtbot.waitUntil(lambda: program.capture_window() is not None, timeout=20_000)
    qtbot.waitUntil(lambda: raised.poll() is not None and writing.poll() is not None, timeout=20_000)
    assert (raised.returncode, writing.returncode) == (0, 0)
    assert program.capture_window().isVisible()
    program.operations.wait_until_idle()


def test_capture_alone_needs_no_window_and_ends_with_it(qtbot, program, notebook_path, monkeypatch):
    quits = []
    monkeypatch.setattr(program.application, "quit", lambda: quits.append(True), raising=False)
    opened(qtbot, program, notebook_path, show=False)
    program.capture("the boat came")
    assert program.window is None
    assert program.capture_window().isVisible()
    program.capture_window().hide()
    qtbot.waitUntil(lambda: quits == [True])


def test_nothing_heavy_is_imported_before_the_first_paint(notebook_path):
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(notebook_path)], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == []
