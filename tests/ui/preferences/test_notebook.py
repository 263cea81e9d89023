"""What belongs to the open notebook: title, words, backups, check."""

import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.services.maintenance import CheckReport, Problem
from desktop_app.ui.preferences.reads import language_name, size_in_words
from desktop_app.ui.preferences.terms import id_of

LEFT = Qt.MouseButton.LeftButton


# --- title and language ---------------------------------------------------------------------------------------------


def test_the_notebook_is_renamed_and_that_is_undone(qtbot, screen, context, notebook):
    line = screen.notebook.line
    assert line.text() == "Harbour Lane Coffee"
    line.selectAll()
    qtbot.keyClicks(line, "The  Lane")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert notebook.title == "The Lane"
    assert line.text() == "The Lane"
    assert not line.isUndoAvailable()
    notebook.history.undo()
    context.operations.changed_elsewhere.emit()
    assert line.text() == "Harbour Lane Coffee"


def test_an_empty_title_is_refused_in_place(qtbot, screen, notebook):
    screen.notebook.line.clear()
    qtbot.keyClick(screen.notebook.line, Qt.Key.Key_Return)
    assert screen.notebook.message.text() == "A notebook needs a title; type one."
    assert notebook.title == "Harbour Lane Coffee"


def test_a_title_being_typed_is_left_alone(qtbot, screen, context):
    qtbot.keyClicks(screen.notebook.line, " and Tea")
    context.operations.changed_elsewhere.emit()
    assert screen.notebook.line.text() == "Harbour Lane Coffee and Tea"


def test_the_language_is_named_in_words(screen):
    assert screen.notebook.language.text() == "Language: English"
    assert language_name("xx") == "xx"


# --- words ----------------------------------------------------------------------------------------------------------


def test_a_word_is_added_and_taken_away(qtbot, screen, context, notebook):
    editor = screen.terms["perspective"]
    qtbot.mouseClick(editor.add, LEFT)
    assert editor.form.name.hasFocus()
    qtbot.keyClicks(editor.form.name, "Local memory")
    assert editor.form.id.text() == "local-memory"
    qtbot.keyClicks(editor.form.question, "What is known here?")
    qtbot.keyClick(editor.form.question, Qt.Key.Key_Return)
    assert not editor.form.isVisible()
    term = notebook.vocabulary.perspectives().get("local-memory")
    assert (term.name, term.question, term.own) == ("Local memory", "What is known here?", True)
    assert len(editor.rows) == 1
    qtbot.mouseClick(editor.rows[0].remove, LEFT)
    assert editor.rows == []
    assert "local-memory" not in notebook.vocabulary.perspectives()
    notebook.history.undo()
    context.operations.changed_elsewhere.emit()
    assert len(editor.rows) == 1


def test_an_id_of_ones_own_is_kept(qtbot, screen, notebook):
    editor = screen.terms["scale"]
    editor.begin()
    qtbot.keyClicks(editor.form.id, "shift")
    qtbot.keyClicks(editor.form.name, "Early shift")
    qtbot.mouseClick(editor.form.add, LEFT)
    assert "shift" in notebook.vocabulary.scales()


@pytest.mark.parametrize(("name", "term", "told"), [("Week", "week", "already"), ("", "x", "name"), ("日", "", "id")])
def test_a_word_that_cannot_be_is_told_and_stays(qtbot, screen, name, term, told):
    editor = screen.terms["scale"]
    editor.begin()
    editor.form.name.setText(name)
    editor.form.id.setText(term)
    qtbot.keyClick(editor.form.id, Qt.Key.Key_Return)
    assert told in editor.message.text()
    assert editor.form.isVisible()
    qtbot.keyClick(editor.form.id, Qt.Key.Key_Escape)
    assert not editor.form.isVisible()
    assert editor.message.text() == ""
    assert editor.add.hasFocus()


def test_a_begun_word_waits_only_if_it_has_a_name(screen):
    for editor, name in ((screen.terms["perspective"], "Begun"), (screen.terms["scale"], "")):
        editor.begin()
        editor.form.name.setText(name)
    screen.hide()
    screen.show()
    assert screen.terms["perspective"].form.isVisible()
    assert not screen.terms["scale"].form.isVisible()


def test_ids_are_made_of_names():
    assert id_of("  Early shift!  ") == "early-shift"
    assert id_of("Lokales Gedächtnis") == "lokales-gedachtnis"
    assert id_of("日") == ""


# --- backups --------------------------------------------------------------------------------------------------------


def test_backups_are_made_listed_and_their_folder_opened(qtbot, screen, notebook, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert not screen.backups.folder.isEnabled()
    qtbot.mouseClick(screen.backups.now, LEFT)
    (kept,) = notebook.maintenance.backups()
    assert [row.info.path for row in screen.backups.rows] == [kept.path]
    assert str(kept.path) in screen.backups.message.text()
    assert screen.backups.now.isEnabled()
    qtbot.mouseClick(screen.backups.folder, LEFT)
    assert [url.toLocalFile() for url in opened] == [str(kept.path.parent)]


def test_only_the_newest_are_shown_until_all_are_asked_for(qtbot, screen, notebook):
    for _ in range(7):
        notebook.maintenance.backup()
    screen.activate()
    assert len(screen.backups.rows) == 5
    assert screen.backups.more.text() == "Show all 7"
    qtbot.mouseClick(screen.backups.more, LEFT)
    assert len(screen.backups.rows) == 7
    assert not screen.backups.more.isVisible()
    assert screen.backups.rows[5].restore.hasFocus()


def test_going_back_asks_first(qtbot, screen, notebook):
    qtbot.mouseClick(screen.backups.now, LEFT)
    row = screen.backups.rows[0]
    qtbot.waitUntil(row.restore.isVisible)
    qtbot.mouseClick(row.restore, LEFT)
    assert row.question.isVisible()
    assert row.leave.hasFocus()
    with qtbot.assertNotEmitted(screen.backups.restore_wanted):
        qtbot.keyClick(row.leave, Qt.Key.Key_Escape)
    assert not row.question.isVisible()
    assert row.restore.hasFocus()


def test_the_notebook_is_put_back_and_goes_on(qtbot, screen, context, notebook, notebook_path):
    notebook.entries.add(EntryDraft(body="Before"))
    qtbot.mouseClick(screen.backups.now, LEFT)
    notebook.entries.add(EntryDraft(body="After"))
    row = screen.backups.rows[0]
    qtbot.waitUntil(row.restore.isVisible)
    qtbot.mouseClick(row.restore, LEFT)
    qtbot.waitUntil(row.question.isVisible)
    with qtbot.waitSignal(context.operations.changed_elsewhere):
        qtbot.mouseClick(row.sure, LEFT)
    assert [entry.fields.body for entry in notebook.entries.recent()] == ["Before"]
    (aside,) = notebook_path.parent.glob("*-before-restore-*.terrain")
    assert str(aside) in screen.backups.message.text()
    screen.notebook.rename_wanted.emit("Goes on")
    assert notebook.title == "Goes on"
    assert notebook.maintenance.check().ok


def test_a_backup_that_cannot_be_made_is_told(qtbot, screen, context, monkeypatch):
    def refuse(*_: object) -> None:
        raise Invalid(message="The disk is full.")

    context.operations.read("patch", lambda nb: monkeypatch.setattr(nb.maintenance, "backup", refuse), lambda _: None)
    qtbot.mouseClick(screen.backups.now, LEFT)
    assert screen.backups.message.text() == "The disk is full."
    assert screen.backups.now.isEnabled()


def test_sizes_in_words():
    assert size_in_words(999) == "999 bytes"
    assert size_in_words(1_240_000) == "1.2 MB"


# --- check ----------------------------------------------------------------------------------------------------------


def test_a_whole_notebook_is_called_well(qtbot, screen):
    qtbot.mouseClick(screen.check.now, LEFT)
    assert screen.check.message.text().startswith("All is well.")
    assert screen.check.now.isEnabled()
    assert not screen.check.progress.isVisible()


def test_what_is_wrong_is_told_and_mended(qtbot, screen, notebook, notebook_path):
    entry = notebook.entries.add(EntryDraft(body="True words", title="True")).result
    with sqlite3.connect(notebook_path) as connection:
        connection.execute("UPDATE entry SET title = 'False' WHERE id = ?", (entry,))
    connection.close()
    qtbot.mouseClick(screen.check.now, LEFT)
    assert screen.check.message.text().startswith("One thing is wrong.\n")
    qtbot.mouseClick(screen.check.message._action, LEFT)
    assert screen.check.message.text().startswith("One thing was wrong and is mended.")
    assert notebook.entries.get(entry).fields.title == "True"


def test_many_problems_are_counted_and_what_cannot_be_mended_is_not_offered(screen):
    problems = tuple(Problem("entry", f"number {number}", repaired=number == 0) for number in range(9))
    screen.check.show_report(CheckReport(problems, revisions=1, items=1, blobs=0))
    text = screen.check.message.text()
    assert text.startswith("8 things are wrong.")
    assert text.endswith("and 3 more")
    assert not screen.check.message._action.isVisible()


def test_the_check_can_be_stopped(qtbot, screen, context, monkeypatch):
    def long_check(*, repair: bool, progress) -> None:
        screen.check.progress.stop_requested.emit()
        progress(0.5, "half")
        raise AssertionError("it went on")

    context.operations.read(
        "patch", lambda nb: monkeypatch.setattr(nb.maintenance, "check", long_check), lambda _: None
    )
    qtbot.mouseClick(screen.check.now, LEFT)
    assert screen.check.message.text() == ""
    assert screen.check.now.isEnabled()


# --- the page -------------------------------------------------------------------------------------------------------


def test_two_columns_where_there_is_room_else_one(qtbot, screen):
    def lefts() -> tuple[int, int]:
        content = screen.page.widget()
        form = screen.form.mapTo(content, screen.form.rect().topLeft())
        return form.x(), screen.notebook.mapTo(content, screen.notebook.rect().topLeft()).x()

    qtbot.waitUntil(lambda: lefts()[1] > lefts()[0] + 300)
    screen.resize(848, 700)
    qtbot.waitUntil(lambda: lefts()[1] < lefts()[0] + 100)
    assert screen.page.horizontalScrollBar().maximum() == 0
    assert screen.page.widget().width() <= screen.page.viewport().width()


def test_the_first_setting_has_the_focus(screen):
    assert screen.form.rows["theme"].control.buttons["light"].hasFocus()
