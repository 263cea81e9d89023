"""A window keeps its notebook in step with the shared folder that it is attached to."""

import shutil
import threading

import pytest

from desktop_app.config.attached import attach, detach
from desktop_app.config.paths import state_dir
from desktop_app.config.settings import device_id
from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, create_notebook, open_notebook
from desktop_app.ui.ops import ChangeOp, Operations


@pytest.fixture
def shared(tmp_path):
    folder = tmp_path / "Team"
    folder.mkdir()
    return folder


@pytest.fixture
def ben(tmp_path, shared):
    """Another device with a copy of the notebook at ``mine.terrain``."""
    with create_notebook(tmp_path / "mine.terrain", title="Notes") as mine:
        mine.maintenance.backup(tmp_path / "ben" / "notes.terrain")
        attach(mine.id, device_id(), shared)
    with open_notebook(tmp_path / "ben" / "notes.terrain", identity=Identity("Ben", "ben")) as notebook:
        notebook.folder.attach(shared)
        notebook.folder.sync()
        yield notebook


@pytest.fixture
def operations(qtbot, tmp_path, ben):
    made = Operations(lambda: open_notebook(tmp_path / "mine.terrain"))
    with qtbot.waitSignal(made.opened):
        made.start()
    yield made
    made.shutdown()


def lanes():
    return [thread.name for thread in threading.enumerate() if thread.name == "terrain-folder"]


def test_what_others_write_is_there_by_itself(qtbot, operations, ben):
    elsewhere, exchanged = [], []
    operations.changed_elsewhere.connect(lambda: elsewhere.append(1))
    operations.exchanged.connect(exchanged.append)
    entry = ben.entries.add(EntryDraft(body="from Ben")).result
    with qtbot.waitSignal(operations.changed, check_params_cb=lambda changes: entry in changes.touched["entry"]):
        ben.folder.sync()
    assert exchanged[-1].result.took == 1
    got = []
    operations.read("r", lambda notebook: notebook.entries.get(entry).fields.body, got.append)
    qtbot.waitUntil(lambda: got == ["from Ben"])
    qtbot.wait(1200)
    assert elsewhere == []


def test_what_is_written_here_goes_out_by_itself(qtbot, operations, ben):
    with qtbot.waitSignal(operations.exchanged, check_params_cb=lambda changes: changes.result.sent > 0):
        operations.submit(ChangeOp("c", lambda notebook: notebook.entries.add(EntryDraft(body="from here"))))
    assert ben.folder.sync().result.took > 0
    assert [entry.fields.body for entry in ben.entries.recent()] == ["from here"]


def test_nothing_is_looked_at_without_a_folder(qtbot, operations, shared, ben):
    assert len(lanes()) == 1
    detach(operations.info.id, device_id())
    operations.follow_folder()
    qtbot.waitUntil(lambda: lanes() == [])
    attach(operations.info.id, device_id(), shared)
    operations.follow_folder()
    operations.follow_folder()
    assert len(lanes()) == 1


def test_a_folder_that_is_not_there_stops_nothing(qtbot, operations, shared, ben):
    with qtbot.waitSignal(operations.exchanged):
        pass
    away = shared.with_name("away")
    shared.rename(away)
    qtbot.wait(700)
    got = []
    operations.read("r", lambda notebook: notebook.folder.status().problems, got.extend)
    qtbot.waitUntil(lambda: bool(got))
    assert "is not there" in got[0]
    away.rename(shared)
    with qtbot.waitSignal(operations.exchanged):
        operations.submit(ChangeOp("c", lambda notebook: notebook.entries.add(EntryDraft(body="again"))))


def test_a_bug_is_told_once_and_the_window_lives_on(qtbot, operations, monkeypatch):
    told = []
    operations.bug.connect(lambda label, _text: told.append(label))
    monkeypatch.setattr("desktop_app.services.shared_folder.SharedFolder.catch_up", lambda _self: 1 / 0)
    qtbot.waitUntil(lambda: told == ["exchange"] and lanes() == [])
    got = []
    operations.read("r", lambda notebook: notebook.title, got.append)
    qtbot.waitUntil(lambda: got == ["Notes"])
    assert told == ["exchange"]
    shutil.rmtree(state_dir() / "bugs")


def test_a_place_that_may_harm_a_notebook_is_warned_of(qtbot, tmp_path):
    with create_notebook(tmp_path / "Dropbox" / "notes.terrain"):
        pass
    made = Operations(lambda: open_notebook(tmp_path / "Dropbox" / "notes.terrain"))
    with qtbot.waitSignal(made.opened) as opened:
        made.start()
    assert "Dropbox synchronises" in opened.args[0].warning
    made.shutdown()
