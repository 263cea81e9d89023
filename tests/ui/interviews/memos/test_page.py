"""The page of memos on a real notebook."""

from PySide6.QtCore import Qt

from desktop_app.model.people import OrganisationFields
from desktop_app.ui.interviews.memos import MemosPage
from tests.ui.conftest import seen


def headings(page) -> list[str]:
    return [row.heading for row in page.list.rows()]


def test_a_memo_is_read_with_what_it_is_about(page):
    assert headings(page) == ["Price and invoice"]
    assert page.view.chips.texts() == ("code: Price talk / opaque", "document: Interview 07 — café owner")
    assert "what she cannot bear is not knowing" in page.view.words.plain_text()


def test_what_it_is_about_is_opened_from_it(qtbot, ids, page):
    with qtbot.waitSignal(page.open_document_requested) as asked:
        page.view.chips.chip_clicked.emit(1)
    assert asked.args == [ids["cafe"], -1]
    with qtbot.waitSignal(page.open_code_requested):
        page.view.chips.chip_clicked.emit(0)


def test_a_memo_leads_to_the_page_of_whom_it_is_about(qtbot, ids, page, ask):
    person = ask(lambda notebook: notebook.people.list())[0].id
    norte = ask(lambda notebook: notebook.people.add_organisation(OrganisationFields("Café Norte"))).result
    for kind, item, name in (("person", person, "Ines Vidal"), ("organisation", norte, "Café Norte")):
        page.new_memo(kind, item)
        assert page.form.chips.texts() == (f"{kind}: {name}",)
        page.form.body.setPlainText("Ask again.")
        page.form.save()
        with qtbot.waitSignal(page.open_place_requested) as asked:
            page.view.chips.chip_clicked.emit(0)
        assert asked.args == [kind, item, -1]


def test_a_memo_that_is_begun_on_the_first_visit_is_not_lost_to_the_list(qtbot, ids, context, monkeypatch):
    """In the window the list is read while the memo is begun; a read replaces the one of its key before it."""
    waiting = {}
    at_once = context.operations.submit
    monkeypatch.setattr(context.operations, "submit", lambda operation: waiting.update({operation.key: operation}))
    page = MemosPage(context)
    qtbot.addWidget(page)
    page.read_if_stale()
    page.new_memo("document", ids["cafe"])
    at_once(waiting.pop("interviews.memos"))
    while waiting:
        at_once(waiting.pop(next(iter(waiting))))
    assert page.form is not None
    assert page.form.chips.texts() == ("document: Interview 07 — café owner",)
    page.form.stop_keeping()


def test_words_and_things_are_searched_without_their_accents(page):
    for typed, found in (("cafe invoice", 1), ("knowing", 1), ("nowhere", 0)):
        page.filter.setText(typed)
        page.filter.settle_now()
        assert len(headings(page)) == found
    assert page.none_fits.isVisible()


def test_a_memo_is_edited_in_place_and_saved_by_key(qtbot, ids, page, ask):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    assert page.form.title.text() == "Price and invoice"
    page.form.body.setPlainText("It is about *knowing*.")
    qtbot.keyClick(page.form.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.form is None
    assert ask(lambda notebook: notebook.memos.get(ids["memo"])).fields.body == "It is about *knowing*."
    assert page.view.words.plain_text() == "It is about knowing."
    assert ask(lambda notebook: notebook.drafts.surfaces()) == []


def test_saving_what_was_not_changed_leaves_the_form(qtbot, page):
    page.edit()
    page.form.save()
    assert page.form is None
    assert page.view is not None


def test_what_was_typed_is_kept_when_the_form_is_left_and_comes_back(qtbot, ids, page):
    page.edit()
    page.form.body.setPlainText("Half a thought")
    qtbot.keyClick(page.form.body, Qt.Key.Key_Escape)
    assert page.form is None
    page.edit()
    assert page.form.body.toPlainText() == "Half a thought"
    qtbot.keyClick(page.form.body, Qt.Key.Key_Escape)


def test_a_memo_about_the_project_is_begun_by_key(qtbot, page, ask):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_N)
    assert page.form.chips.texts() == ("the project",)
    page.form.body.setPlainText("Ask the next one about the sister.")
    page.form.save()
    assert headings(page) == ["Ask the next one about the sister.", "Price and invoice"]
    memo = ask(lambda notebook: notebook.memos.list())[0]
    assert [about.kind for about in memo.fields.about] == ["notebook"]


def test_memos_about_other_things_are_begun_beside_each_other(qtbot, ids, page):
    coding = ids["My sister.|A. Author"]
    page.new_memo("coding", coding)
    assert page.form.chips.texts() == ("coding: “My sister.”",)
    page.form.body.setPlainText("Family again")
    page.new_memo("document", ids["roaster"])
    assert page.form.body.toPlainText() == ""
    page.form.body.setPlainText("He calls")
    page.new_memo("coding", coding)
    assert page.form.body.toPlainText() == "Family again"
    qtbot.keyClick(page.form.body, Qt.Key.Key_Escape)


def test_a_memo_without_words_is_refused_in_a_sentence(qtbot, page):
    page.new_memo("", "")
    page.form.save()
    assert page.form.message.text() == "A memo needs some words; write something first."
    qtbot.keyClick(page.form.body, Qt.Key.Key_Escape)


def test_a_memo_goes_to_the_trash_and_undo_brings_it_back(qtbot, page, ask):
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert headings(page) == []
    assert page.nothing.isVisible()
    ask(lambda notebook: notebook.history.undo())
    page.mark_stale()
    assert headings(page) == ["Price and invoice"]


def test_a_memo_is_opened_from_elsewhere(qtbot, ids, context, ask):
    fresh = MemosPage(context)
    fresh.open_memo(ids["memo"])
    seen(qtbot, fresh)
    assert fresh.view.page.memo.id == ids["memo"]


def test_where_there_are_none_the_page_says_what_goes_there(qtbot, context):
    empty = seen(qtbot, MemosPage(context))
    assert empty.nothing.heading.text() == "No memos yet"
    empty.nothing.button.click()
    assert empty.form is not None
    qtbot.keyClick(empty.form.body, Qt.Key.Key_Escape)


def test_the_list_shows_words_without_the_marks_of_markdown(qtbot, page):
    page.new_memo("", "")
    page.form.body.setPlainText("I have this as *fair*.\n\nAnd more.")
    page.form.save()
    assert headings(page)[0] == "I have this as fair."
