"""The documents page on a real notebook."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from desktop_app.model.documents import Content, Document, DocumentFields
from desktop_app.ui.interviews.documents.listing import document_rows
from desktop_app.ui.interviews.documents.page import DocumentsPage

TALK = "[00:00:05] Mira: Where do the beans come from?\n[00:00:09] Oskar: From the port, when it is open.\n"
ODD = "Mira >> Where do the beans come from?\nOskar >> From the port, when it is open.\n"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "talks"
    made.mkdir()
    (made / "talk.txt").write_text(TALK, encoding="utf-8")
    (made / "odd.txt").write_text(ODD, encoding="utf-8")
    (made / "broken.docx").write_bytes(b"PK\x03\x04 and nothing more")
    return made


def dropped(page: DocumentsPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.dropEvent(
        QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def titles(page: DocumentsPage) -> list[str]:
    return [row.heading for row in page.list.rows()]


def test_an_empty_notebook_says_what_goes_there(qtbot, empty):
    assert empty.stack.currentWidget() is empty.nothing
    assert empty.empty.button.hasFocus()


def test_the_list_says_when_who_and_how_far(page):
    assert titles(page) == ["Interview 07 — café owner", "Interview 08 — roaster"]
    first = page.list.rows()[0]
    assert first.meta == "20 November 2025 · Interviewer, Ines Vidal"
    assert first.aside == "8 codings"


def test_words_of_title_and_speakers_filter_the_list(page):
    page.filter.setText("tomasz")
    page.filter.settle_now()
    assert titles(page) == ["Interview 08 — roaster"]
    page.filter.setText("nobody")
    page.filter.settle_now()
    assert page.none_fits.isVisible()


def test_enter_opens_the_document_for_coding(qtbot, ids, page):
    page.list.setFocus()
    with qtbot.waitSignal(page.open_document_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [ids["cafe"], -1]


def test_a_folder_that_is_dropped_is_looked_at_first_and_nothing_is_kept(empty, folder, ask):
    dropped(empty, folder)
    assert empty.stack.currentWidget() is empty.importing
    rows = {row.heading: row for row in empty.importing.list.rows()}
    assert rows["talk.txt"].meta == "2 turns · 2 speakers"
    assert rows["broken.docx"].aside == "not readable"
    assert ask(lambda notebook: notebook.documents.list()) == []


def test_the_speaker_pattern_is_corrected_and_the_preview_follows(empty, folder):
    path = folder / "odd.txt"
    empty.importer.look([path])
    view = empty.importing._shown
    assert view is not None
    assert "turn" not in view.found.text()
    view.pattern.setText("{speaker} >> {text}")
    view.settle()
    assert "2 turns" in view.found.text()
    assert empty.importing.list.rows()[0].meta == "2 turns · 2 speakers"
    view.pattern.setText("no speaker here")
    view.settle()
    assert "speaker" in view.problem.text()


def test_the_import_takes_the_pattern_along_and_reports(qtbot, empty, folder, ask):
    empty.importer.look([folder])
    empty.importing.list.choose(str(folder / "odd.txt"))
    view = empty.importing._shown
    view.pattern.setText("{speaker} >> {text}")
    view.settle()
    qtbot.keyClick(empty.importing.list, Qt.Key.Key_Return, CONTROL)
    documents = {one.fields.title: one for one in ask(lambda notebook: notebook.documents.list())}
    assert documents["odd"].fields.content.speakers == ("Mira", "Oskar")
    assert empty.report is not None
    words = empty.report.words.toPlainText()
    assert words.startswith("broken.docx: not taken in.")
    assert "talk (talk.txt): 2 turns" in words
    qtbot.keyClick(empty, Qt.Key.Key_Escape)
    assert titles(empty) == ["odd", "talk"]


def test_columns_of_a_table_are_chosen(empty, tmp_path, ask):
    table = tmp_path / "survey.csv"
    table.write_text(
        "id,why,wish\nA,Because the bread is good and warm,More of the dark bread on Saturdays\n"
        "B,Because my aunt came here before me,A second table near the window please\n",
        encoding="utf-8",
    )
    empty.importer.look([table])
    view = empty.importing._shown
    assert "which column" in view.problem.text()
    view.column_box.setCurrentText("wish")
    view.settle()
    assert view.found.text() == "2 answers"
    assert view.problem.isHidden()
    empty.importing.take()
    found = ask(lambda notebook: [notebook.documents.text(one.id).text for one in notebook.documents.list()])
    assert found == ["More of the dark bread on Saturdays", "A second table near the window please"]


def test_a_file_that_is_nothing_is_told_in_place(empty, tmp_path):
    empty.importer.look([tmp_path / "gone.txt"])
    assert empty.importing.list.rows()[0].aside == "not readable"
    assert not empty.importing.import_button.isEnabled()


def test_a_text_is_pasted(qtbot, empty, ask):
    QApplication.clipboard().setText("Somebody said something.")
    qtbot.keyClick(empty, Qt.Key.Key_V, CONTROL)
    assert empty.pasting.text.toPlainText() == "Somebody said something."
    qtbot.keyClick(empty.pasting.title, Qt.Key.Key_Return, CONTROL)
    assert "needs a title" in empty.pasting.message.text()
    empty.pasting.title.setText("A remark")
    qtbot.keyClick(empty.pasting.title, Qt.Key.Key_Return, CONTROL)
    assert titles(empty) == ["A remark"]
    assert empty.stack.currentWidget() is empty._home


def test_title_date_and_note_are_edited_in_place(qtbot, ids, page, ask):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    form = page.view.form
    form.when.setText("no day at all")
    form.save()
    assert page.view.message.text()
    form.title.setText("The café")
    form.when.setText("2025-11")
    form.note.setPlainText("Loud in there.")
    form.save()
    fields = ask(lambda notebook: notebook.documents.get(ids["cafe"])).fields
    assert (fields.title, fields.occurred, fields.note) == ("The café", "2025-11", "Loud in there.")
    assert page.view.form is None
    assert titles(page)[-1] == "The café"


def test_a_speaker_is_matched_to_a_new_person_and_renamed(qtbot, ids, page, ask):
    line = page.view.speakers.lines["Interviewer"]
    line.setFocus()
    qtbot.keyClicks(line, "Mira Holt")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    people = ask(lambda notebook: {one.id: one.fields.name for one in notebook.people.list()})
    fields = ask(lambda notebook: notebook.documents.get(ids["cafe"])).fields
    assert people[fields.people["Interviewer"]] == "Mira Holt"
    page._rename_speaker("Interviewer", "Mira")
    assert page.view.page.speakers[0].name == "Mira"
    assert page.view.page.speakers[0].person == "Mira Holt"


def test_a_document_goes_to_the_trash_and_comes_back_by_undo(qtbot, ids, page, context):
    from desktop_app.ui.ops import ChangeOp

    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert titles(page) == ["Interview 08 — roaster"]
    assert page.view.page.document.id == ids["roaster"]
    context.operations.submit(ChangeOp("Undo", lambda notebook: notebook.history.undo()))
    assert len(titles(page)) == 2


def test_a_thousand_documents_are_rows_at_once():
    documents = [
        Document(f"d{number}", DocumentFields(f"Interview {number}", Content("blob", speakers=("You", "Mira"))))
        for number in range(1000)
    ]
    assert len(document_rows(documents, "")) == 1000
    assert [row.id for row in document_rows(documents, "interview 999 mira")] == ["d999"]


def test_what_is_typed_about_a_document_is_not_lost_by_walking_on(qtbot, ids, page):
    page.edit()
    page.list.setFocus()
    page.list.choose(ids["roaster"])
    assert page.view.page.document.id == ids["roaster"]
    page.edit()
    page.view.form.note.setPlainText("Half a thought")
    page.list.choose(ids["cafe"])
    assert page.view.page.document.id == ids["roaster"]
    assert page.view.form.note.toPlainText() == "Half a thought"
    assert page.list.current_id() == ids["roaster"]


def test_without_documents_keys_bring_some_in(qtbot, empty):
    qtbot.keyClick(empty, Qt.Key.Key_N)
    assert empty.stack.currentWidget() is empty.pasting


def test_enter_presses_the_button_that_has_the_focus(qtbot, empty, monkeypatch):
    pressed = []
    empty.empty.step_requested.connect(lambda: pressed.append(True))
    monkeypatch.setattr(empty.importer, "_open", lambda dialog: dialog.deleteLater())
    qtbot.keyClick(empty.empty.button, Qt.Key.Key_Return)
    assert pressed == [True]


def test_a_pattern_that_was_just_typed_is_not_lost_by_importing_or_walking_on(qtbot, empty, folder, ask):
    empty.importer.look([folder])
    listed = empty.importing.list
    listed.choose(str(folder / "odd.txt"))
    empty.importing._shown.pattern.setText("{speaker} >> {text}")
    listed.choose(str(folder / "talk.txt"))
    assert {row.heading: row.meta for row in listed.rows()}["odd.txt"] == "2 turns · 2 speakers"
    listed.choose(str(folder / "odd.txt"))
    empty.importing._shown.pattern.setText("{speaker} >> {text} ")
    qtbot.keyClick(listed, Qt.Key.Key_Return, CONTROL)
    documents = {one.fields.title: one for one in ask(lambda notebook: notebook.documents.list())}
    assert documents["odd"].fields.content.speakers == ("Mira", "Oskar")


def test_a_pattern_for_all_files_is_tried_on_all_of_them(empty, folder):
    empty.importer.look([folder])
    empty.importing.list.choose(str(folder / "odd.txt"))
    view = empty.importing._shown
    view.pattern.setText("{speaker} >> {text}")
    view.all_wanted.emit(view.pattern.text())
    rows = {row.heading: row for row in empty.importing.list.rows()}
    assert rows["odd.txt"].meta == "2 turns · 2 speakers"
    assert rows["talk.txt"].aside == "not readable"


def test_a_pattern_that_fits_nothing_leaves_the_words_to_correct_it_by(empty, folder):
    empty.importer.look([folder / "odd.txt"])
    view = empty.importing._shown
    shown = view._lines.count()
    view.pattern.setText("no speaker here")
    view.settle()
    assert "speaker" in view.problem.text()
    assert view._lines.count() == shown > 0
