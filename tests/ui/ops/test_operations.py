"""Background work: lanes, order, keys, errors, bugs, long work, and a clean end."""

import threading

import pytest
from PySide6.QtCore import QObject

from desktop_app.config.paths import state_dir
from desktop_app.model.errors import Interrupted, NotFound
from desktop_app.ui.ops import ChangeOp, InlineOperations, LongOp, Operations, ReadOp
from desktop_app.ui.ops.watch import Watch
from tests.ui.ops.fakes import FakeNotebook, Store


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def operations(qtbot, store):
    made = Operations(lambda: FakeNotebook(store))
    made.start()
    yield made
    made.shutdown()


def test_reads_and_changes_run_on_their_own_threads_and_come_back_on_this_one(qtbot, operations):
    seen = {}
    here = threading.current_thread()

    def done(name):
        return lambda result: seen.update({name: (result, threading.current_thread())})

    operations.submit(ReadOp("r", lambda notebook: notebook.thread, done("read")))
    operations.submit(ChangeOp("c", lambda notebook: notebook.write(notebook.thread), done("write")))
    operations.submit(LongOp("l", lambda notebook, p, s: notebook.thread, done("back"), lane="background"))
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen["read"] == ("terrain-read", here)
    assert seen["write"][0].label == "terrain-write"
    assert seen["back"] == ("terrain-background", here)
    assert {thread for _, thread in seen.values()} == {here}


def test_opening_tells_about_the_notebook(qtbot, store):
    made = Operations(lambda: FakeNotebook(store))
    with qtbot.waitSignal(made.opened) as told:
        made.start()
    assert told.args[0].title == "Harbour"
    assert made.info.id == "n1"
    made.shutdown()
    assert sorted(store.opened) == sorted(store.closed)


def test_work_submitted_before_the_start_waits_for_it(qtbot, store):
    made = Operations(lambda: FakeNotebook(store))
    got = []
    made.read("r", lambda notebook: 7, got.append)
    assert store.opened == []
    made.start()
    qtbot.waitUntil(lambda: got == [7])
    made.shutdown()


def test_a_change_is_announced(qtbot, operations):
    with qtbot.waitSignal(operations.changed) as told:
        operations.submit(ChangeOp("c", lambda notebook: notebook.write("Add entry")))
    assert told.args[0].label == "Add entry"
    assert told.args[0].concerns("entry")


def test_a_change_that_changes_nothing_is_not_announced(qtbot, operations):
    got = []
    with qtbot.assertNotEmitted(operations.changed):
        operations.submit(ChangeOp("c", lambda notebook: None, got.append))
        qtbot.waitUntil(lambda: got == [None])


def test_a_newer_read_of_the_same_key_replaces_the_older(qtbot, operations):
    begun, gate, calls, got = threading.Event(), threading.Event(), [], []

    def first(notebook):
        begun.set()
        gate.wait(5)
        return "first"

    operations.read("r", first, got.append, key="search")
    assert begun.wait(5)
    for number in range(5):
        operations.read("r", lambda notebook, number=number: calls.append(number) or number, got.append, key="search")
    operations.read("other", lambda notebook: "other", got.append)
    gate.set()
    qtbot.waitUntil(lambda: "other" in got)
    assert got == [4, "other"]
    assert calls == [4]
    assert operations.idle


def test_a_known_error_goes_to_who_asked_or_to_the_window(qtbot, operations):
    def fail(notebook):
        raise NotFound(what="entry", name="zz")

    errors = []
    operations.submit(ReadOp("r", fail, print, errors.append))
    qtbot.waitUntil(lambda: len(errors) == 1)
    with qtbot.waitSignal(operations.failed) as told:
        operations.submit(ChangeOp("change", fail))
    assert told.args[0] == "change"
    assert "zz" in str(told.args[1])


def test_anything_else_is_a_bug_with_a_report(qtbot, operations):
    with qtbot.waitSignal(operations.bug) as told:
        operations.submit(ReadOp("reading", lambda notebook: 1 // 0, print))
    assert told.args[0] == "reading"
    assert "ZeroDivisionError" in told.args[1]
    (report,) = (state_dir() / "bugs").glob("*.txt")
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    with qtbot.waitSignal(operations.bug) as told:
        operations.read("showing", lambda notebook: 1, lambda result: {}[result])
    assert "KeyError" in told.args[1]
    qtbot.waitUntil(lambda: operations.idle)


def test_what_a_damaged_notebook_does_wrong_is_no_bug(qtbot, store, operations):
    store.damage = NotFound(what="page", name="7")
    refused = []
    with qtbot.assertNotEmitted(operations.bug):
        operations.submit(ReadOp("reading", lambda notebook: 1 // 0, print, refused.append))
        qtbot.waitUntil(lambda: refused == [store.damage])
    with qtbot.waitSignal(operations.failed) as told:
        operations.submit(ChangeOp("writing", lambda notebook: 1 // 0))
    assert told.args == ["writing", store.damage]


def test_a_notebook_that_was_found_whole_is_not_looked_at_for_every_bug(qtbot, store, operations):
    for _ in range(3):
        with qtbot.waitSignal(operations.bug):
            operations.submit(ReadOp("reading", lambda notebook: 1 // 0, print))
    assert store.looked == 1


def test_a_notebook_that_cannot_be_opened_is_told_once(qtbot):
    def refuse():
        raise NotFound(what="notebook", name="x")

    made = Operations(refuse)
    told, failed = [], []
    made.open_failed.connect(told.append)
    made.failed.connect(lambda label, error: failed.append(error))
    made.read("r", lambda notebook: 1, print)
    made.submit(ChangeOp("c", lambda notebook: None))
    made.start()
    qtbot.waitUntil(lambda: made.idle)
    assert len(told) == 1
    assert failed == []
    made.shutdown()


def test_long_work_tells_its_progress_and_ends(qtbot, operations):
    told, shown = [], []
    operations.progressed.connect(lambda label, share, text: shown.append((label, share, text)))

    def work(notebook, progress, should_stop):
        progress(0.5, "half")
        progress(1.0)
        return "done"

    got = []
    with qtbot.waitSignals([operations.started, operations.ended]):
        operations.submit(LongOp("Import", work, got.append, on_progress=lambda share, text: told.append(share)))
    assert got == ["done"]
    assert told == [0.5, 1.0]
    assert shown == [("Import", 0.5, "half"), ("Import", 1.0, "")]


def test_long_work_can_be_stopped(qtbot, operations):
    begun = threading.Event()

    def work(notebook, progress, should_stop):
        begun.set()
        while not should_stop():
            pass
        raise Interrupted(what="The import")

    with qtbot.assertNotEmitted(operations.failed), qtbot.waitSignal(operations.ended):
        operations.submit(LongOp("Import", work))
        assert begun.wait(5)
        operations.stop("Import")


def test_shutdown_finishes_changes_and_drops_the_rest(qtbot, store):
    made = Operations(lambda: FakeNotebook(store))
    made.start()
    got = []
    begun = threading.Event()

    def endless(notebook, progress, should_stop):
        begun.set()
        while not should_stop():
            pass

    made.submit(LongOp("Index", endless, lane="background"))
    assert begun.wait(5)
    made.submit(ChangeOp("c", lambda notebook: _wait_for_the_end(made)))
    for number in range(20):
        made.submit(ChangeOp("c", lambda notebook, number=number: notebook.write(str(number)), got.append))
    made.shutdown()
    assert len(store.log) == 20
    assert sorted(store.opened) == sorted(store.closed)
    assert got == []
    assert made.closed
    made.read("r", lambda notebook: 1, got.append)
    assert got == []
    made.shutdown()


def _wait_for_the_end(operations: Operations) -> None:
    while not operations.closed:
        pass


def test_a_deleted_receiver_is_not_called(qtbot, operations):
    class Receiver(QObject):
        def take(self, result):
            raise AssertionError("called after deletion")

    import shiboken6

    receiver = Receiver()
    with qtbot.assertNotEmitted(operations.bug):
        operations.read("r", lambda notebook: 1, receiver.take)
        shiboken6.delete(receiver)
        qtbot.waitUntil(lambda: operations.idle)


def test_other_programs_changes_are_noticed_and_own_ones_are_not(qtbot, operations, store):
    told = []
    operations.changed_elsewhere.connect(lambda: told.append(True))
    got = []
    operations.submit(ChangeOp("c", lambda notebook: notebook.write("mine"), got.append))
    qtbot.waitUntil(lambda: len(got) == 1)
    assert told == []
    store.write("theirs")
    with qtbot.waitSignal(operations.changed_elsewhere, timeout=10_000):
        pass
    assert len(told) == 1


def test_a_change_elsewhere_just_before_an_own_one_is_noticed(qtbot, operations, store):
    got = []
    operations.submit(ChangeOp("c", lambda notebook: notebook.write("mine"), got.append))
    qtbot.waitUntil(lambda: len(got) == 1)
    with qtbot.waitSignal(operations.changed_elsewhere):
        store.write("theirs")
        operations.submit(ChangeOp("c", lambda notebook: notebook.write("mine again")))


def test_inline_operations_run_at_once(qtbot, store):
    made = InlineOperations(lambda: FakeNotebook(store))
    got = []
    made.read("r", lambda notebook: notebook.title, got.append)
    with qtbot.waitSignal(made.changed):
        made.submit(ChangeOp("c", lambda notebook: notebook.write("x"), got.append))
    made.submit(LongOp("l", lambda notebook, progress, stop: progress(0.2, "") or 5, got.append))
    assert got[0] == "Harbour"
    assert got[2] == 5
    assert made.idle
    made.shutdown()
    assert store.closed == [threading.current_thread().name]


def test_waiting_until_idle_runs_the_event_loop(operations):
    got = []
    operations.read("r", lambda notebook: 1, got.append)
    assert operations.wait_until_idle(5_000)
    assert got == [1]


def test_the_index_s_own_commits_are_no_changes(qtbot, store, monkeypatch):
    monkeypatch.setattr("desktop_app.ui.ops.lane.IDLE_SECONDS", 0.01)
    looked = []
    look = Watch.changed_elsewhere

    def watched(watch, notebook, **given):
        looked.append(look(watch, notebook, **given))
        return looked[-1]

    monkeypatch.setattr(Watch, "changed_elsewhere", watched)
    made = Operations(lambda: FakeNotebook(store))
    made.start()
    with qtbot.assertNotEmitted(made.changed_elsewhere):
        qtbot.waitUntil(lambda: len(looked) > 1)
        made.submit(LongOp("index", lambda notebook, progress, stop: notebook.tidy(), lane="background"))
        assert made.wait_until_idle()
        before = len(looked)
        qtbot.waitUntil(lambda: len(looked) > before + 2)
    store.write("theirs")
    with qtbot.waitSignal(made.changed_elsewhere):
        pass
    made.shutdown()
    assert looked.count(True) == 1
