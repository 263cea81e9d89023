"""The window: screens made on demand, the sidebar, the status line, palette and jump."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.model.changes import Changes
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import NotFound
from desktop_app.model.folder import SyncReport
from desktop_app.services.conflicts import Conflicts
from desktop_app.ui.ops import ChangeOp, LongOp, Operations
from desktop_app.ui.shell.main_window import MainWindow
from desktop_app.ui.widgets import ScreenContext
from tests.ui.shell.conftest import PLAIN_PLACES

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def labels(chooser) -> list[str]:
    return [choice.label for choice in chooser.choices()]


def test_it_opens_on_the_start_screen_and_makes_others_when_visited(qtbot, window):
    assert list(window.screens) == ["today"]
    qtbot.keyClick(window, Qt.Key.Key_4, CONTROL)
    assert list(window.screens) == ["today", "metrics"]
    assert window.stack.currentWidget() is window.screens["metrics"]
    first = window.screens["today"]
    window.go_to("today")
    assert window.screens["today"] is first


def test_the_sidebar_names_the_notebook_and_its_searches(window):
    assert window.sidebar.notebook_title.whole_text() == "Harbour Lane Coffee"
    assert window.windowTitle() == "Harbour Lane Coffee – Terrain"
    (saved,) = window.sidebar.saved()
    assert (saved.name, saved.query, saved.count) == ("Quotes", "kind:quote", 1)


def test_the_sidebar_says_how_many_conflicts_wait(qtbot, window, monkeypatch):
    button = next(one for one in window.sidebar.findChildren(QPushButton) if one.accessibleName() == "Exchange")
    monkeypatch.setattr(Conflicts, "count", lambda _conflicts: 3)
    window.upkeep.begin()
    qtbot.waitUntil(lambda: button.accessibleName() == "Exchange, 3 conflicts to settle")
    assert [label.text() for label in button.findChildren(QLabel)] == ["3"]
    window.sidebar.set_waiting("exchange", 0, "")
    assert button.accessibleName() == "Exchange"


def test_a_conflict_is_opened_where_it_is_settled(window):
    window.open_place("conflict", "e1")
    assert window.current == "exchange"
    assert window.current_screen().asked == [("conflict", "e1")]


def test_a_saved_search_opens_in_browse(window):
    row = next(button for button in window.sidebar.findChildren(QPushButton) if button.toolTip() == "kind:quote")
    row.click()
    assert window.current == "browse"
    assert window.current_screen().asked == [("search", "kind:quote")]


def test_a_screen_that_is_seen_reads_again_when_something_changed(window):
    today = window.go_to("today")
    metrics = window.go_to("metrics")
    before = today.reads, metrics.reads
    window.operations.submit(ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body="new"))))
    assert (today.reads, metrics.reads) == (before[0], before[1] + 1)
    window.go_to("today")
    assert today.reads == before[0] + 1


def test_a_change_is_told_with_its_undo(qtbot, window):
    window.operations.submit(ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body="new"))))
    assert window.status.text() == "Saved."
    assert window.status._link.text() == "Undo write note"
    window.status._link.click()
    assert window.status.text().startswith("Undid: ")
    window.status._link.click()
    assert window.status.text().startswith("Redid: ")


def test_an_exchange_that_was_asked_for_is_not_told_as_something_to_undo(window):
    report = SyncReport(took=2)
    window.status.say("2 new versions came in.")
    window.operations.changed.emit(Changes("Exchange", {"entry": frozenset("e")}, report))
    assert window.status.text() == "2 new versions came in."


def test_an_undo_on_a_page_is_not_told_as_something_to_undo(window):
    window.operations.changed.emit(Changes("", {"entry": frozenset("e")}, "Merge b.terrain"))
    assert window.status.text() == ""


def test_new_writing_is_found_after_a_moment(qtbot, window):
    with qtbot.waitSignal(window.operations.indexed):
        window.operations.submit(
            ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body="a zephyr", kind="quote")))
        )
    qtbot.waitUntil(lambda: window.sidebar.saved()[0].count == 2)


def test_the_palette_does_what_is_chosen(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | SHIFT)
    palette = window.chooser("palette")
    assert palette.isVisible()
    assert len(palette.choices()) > 15
    qtbot.keyClicks(palette.field, "people")
    assert labels(palette)[0] == "People"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.current == "people"


def test_the_palette_is_closed_by_escape_and_gives_the_focus_back(qtbot, window):
    field = window.current_screen().field
    field.setFocus()
    window.verbs.palette()
    palette = window.chooser("palette")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert field.hasFocus()


@pytest.mark.parametrize(
    ("typed", "screen", "asked"),
    [
        ("strike", "browse", "entry"),
        ("Ines", "people", "person"),
        ("supply/port", "browse", "search"),
        ("Quotes", "browse", "search"),
        ("Interview 07", "interviews", "document"),
        ("price opaq", "interviews", "code"),
    ],
)
def test_the_jump_finds_anything(qtbot, window, typed, screen, asked):
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    jump = window.chooser("jump")
    jump.field.setText(typed)
    qtbot.keyClick(jump.field, Qt.Key.Key_Return)
    assert window.current == screen
    assert window.current_screen().asked[0][0] == asked


def test_a_screen_may_ask_for_a_place_in_an_interview(window):
    window.current_screen().open_place_requested.emit("document", "d", 12)
    assert window.current == "interviews"
    assert window.current_screen().asked == [("document", "d@12")]


def test_a_screen_may_ask_for_somebody_or_for_an_editor(window):
    for kind, screen, asked in (
        ("person", "people", ("person", "x")),
        ("organisation", "people", ("organisation", "x")),
        ("entry_editor", "browse", ("edit", "x")),
    ):
        window.current_screen().open_place_requested.emit(kind, "x", -1)
        assert window.current == screen
        assert window.current_screen().asked[-1] == asked


def test_a_screen_may_ask_for_a_memo(window):
    window.go_to("people").new_memo_requested.emit("person", "p")
    assert window.current == "interviews"
    assert window.current_screen().asked == [("memo", "person:p")]


def test_the_jump_goes_to_screens(qtbot, window):
    window.verbs.jump()
    jump = window.chooser("jump")
    jump.field.setText("metr")
    qtbot.keyClick(jump.field, Qt.Key.Key_Return)
    assert window.current == "metrics"


def test_half_a_query_in_the_jump_is_no_error(qtbot, window):
    window.verbs.jump()
    window.chooser("jump").field.setText('kind:zzz "')
    assert window.message.text() == ""
    assert not window.chooser("jump").nothing.isHidden()


def test_write_asks_for_the_capture_window(qtbot, window):
    with qtbot.waitSignal(window.capture_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)


def test_known_errors_are_said_in_place_and_bugs_can_be_copied(window):
    window.operations.failed.emit("x", NotFound(what="entry", name="zz"))
    assert window.message.text() == "There is no entry “zz” in this notebook."
    window.operations.bug.emit("reading", "Traceback …")
    assert "reading" in window.message.text()
    assert "Traceback …" in window.message._details
    window.message.dismiss()
    assert not window._message_room.isVisible()


def test_long_work_appears_in_the_status_line_once_it_lasts(qtbot, window):
    status = window.status
    window.operations.started.emit("Importing")
    assert status.strip.isHidden()
    qtbot.waitUntil(lambda: not status.strip.isHidden())
    window.operations.progressed.emit("Importing", 0.5, "table 2")
    assert status.strip._label.whole_text() == "Importing · table 2"
    window.operations.ended.emit("Importing")
    assert status.strip.isHidden()


def test_backing_up_and_checking_tell_how_it_went(window):
    window.verbs.back_up()
    assert window.status.text().startswith("Backed up to ")
    window.verbs.check()
    assert window.status.text() == "The notebook is in order."
    window.verbs.rebuild_index()
    assert window.status.text().startswith("The search index is new")


def test_a_saved_search_is_renamed_in_place_and_removed(qtbot, window):
    saved = window.sidebar.saved()[0]
    window.sidebar.rename_requested.emit(saved.id, "What they said", saved.query)
    qtbot.waitUntil(lambda: window.sidebar.saved()[0].name == "What they said")
    window.sidebar.remove_requested.emit(saved.id)
    qtbot.waitUntil(lambda: window.sidebar.saved() == ())


def test_theme_and_text_size_are_changed_and_kept(window):
    settings = window.context.settings
    window.verbs.switch_theme()
    assert settings.text("theme") == "dark"
    width = window.sidebar.width()
    window.verbs.larger_text()
    assert window.sidebar.minimumWidth() > width
    assert settings.number("text_size") == 115
    for _ in range(9):
        window.verbs.smaller_text()
    assert settings.number("text_size") == 90
    assert 'theme = "dark"' in settings.path.read_text(encoding="utf-8")


def test_a_notebook_that_cannot_be_opened_is_told_with_first_steps(qtbot, context):
    def refuse():
        raise NotFound(what="notebook", name="x")

    operations = Operations(refuse)
    window = MainWindow(ScreenContext(operations, context.appearance, context.settings), places=PLAIN_PLACES)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(operations.open_failed):
        operations.start()
    assert "“x”" in window.message.text()
    with qtbot.waitSignal(window.notebook_requested) as told:
        window.stack.currentWidget().sample.click()
    assert told.args == ["sample"]
    assert window.go_to("today") is None
    window.close()
    operations.shutdown()


def test_everything_fits_into_a_small_window(window):
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
    window.verbs.palette()
    assert window.rect().contains(window.chooser("palette").geometry())
    window.resize(900, 620)
    assert window.rect().contains(window.chooser("palette").geometry())


def test_the_place_on_the_screen_is_remembered(qtbot, context):
    first = MainWindow(context, places=PLAIN_PLACES)
    qtbot.addWidget(first)
    first.show()
    first.resize(900, 655)
    first.close()
    second = MainWindow(context, places=PLAIN_PLACES)
    qtbot.addWidget(second)
    assert second.height() == 655


def test_stopping_long_work_from_the_status_line(qtbot, window, monkeypatch):
    stopped = []
    monkeypatch.setattr(window.operations, "stop", stopped.append)
    window.operations.started.emit("Importing")
    qtbot.waitUntil(lambda: not window.status.strip.isHidden())
    window.status.strip._stop.click()
    assert stopped == ["Importing"]
    window.operations.ended.emit("Importing")


def test_index_trouble_is_told_the_second_time(window, monkeypatch):
    told = []
    window.operations.failed.connect(lambda label, error: told.append(error))
    error = NotFound(what="index", name="x")
    window.upkeep._index_failed(error)
    assert told == []
    window.upkeep._index_failed(error)
    assert told == [error]


def test_long_work_of_the_frame_is_on_the_background_lane(window, monkeypatch):
    seen = []
    monkeypatch.setattr(window.operations, "submit", seen.append)
    window.upkeep._catch_up()
    window.verbs.check()
    window.verbs.rebuild_index()
    assert [isinstance(op, LongOp) and op.lane for op in seen] == ["background"] * 3


def test_a_copy_dropped_anywhere_is_looked_at_in_exchange(qtbot, window, monkeypatch):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/team/{name}") for name in ("notes.txt", "Team.TERRAIN")])
    brought = []
    screen = window.go_to("exchange")
    monkeypatch.setattr(screen, "bring_in", brought.append, raising=False)
    window.go_to("today")
    copy = Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)))
    assert (window.current, brought) == ("exchange", [[Path("/team/Team.TERRAIN")]])
