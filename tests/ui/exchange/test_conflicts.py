"""Conflicts: seen side by side, settled by their number or by hand, one after the other."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.errors import KnownError
from tests.ui.exchange.fakes import BODY

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(screen):
    screen.go_to_page("conflicts")
    return screen.page("conflicts")


def test_what_waits_is_listed_and_the_first_is_shown(page):
    assert [(row.heading, row.meta) for row in page.list.rows()] == [
        ("The invoice was not clear.", "text · Carla Munk, Ben Adair"),
        ("Trial of the new roast", "channel · Carla Munk, Ben Adair, Ruth Amsel"),
        ("Price talk / opaque", "place in the tree · Carla Munk, Ben Adair"),
    ]
    assert page.told.text() == "3 wait to be settled"
    assert page.list.hasFocus()
    assert [button.text() for button in page.view.buttons] == ["1  Take this", "2  Take this"]


def test_a_number_settles_and_leads_to_the_next(qtbot, page, conflicts):
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    assert conflicts.settled == [("e2", "body", "r2")]
    assert page.view.conflict.item == "e3"
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_7)
    assert len(conflicts.settled) == 1


def test_n_and_p_walk_round(qtbot, page):
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    assert page.view.conflict.item == "c1"
    qtbot.keyClick(page.list, Qt.Key.Key_N)
    assert page.view.conflict.item == "e2"


def test_a_value_is_written_together_by_hand(qtbot, page, conflicts):
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    editor = page.view.form.editor
    assert editor.hasFocus()
    assert editor.toPlainText().endswith("Ask Malin.")
    qtbot.keyClick(editor, Qt.Key.Key_1)
    assert conflicts.settled == []
    editor.setPlainText(BODY)
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert conflicts.settled == [("e2", "body", BODY)]


def test_what_was_typed_is_there_again(qtbot, page):
    page.edit()
    page.view.form.editor.setPlainText("half a thought")
    qtbot.keyClick(page.view.form.editor, Qt.Key.Key_Escape)
    assert page.view.form is None
    page.edit()
    assert page.view.form.editor.toPlainText() == "half a thought"
    page.next_conflict()
    page.previous_conflict()
    page.edit()
    assert page.view.form.editor.toPlainText() == "half a thought"


def test_what_stands_for_something_else_cannot_be_typed(page):
    page.list.choose("c1 parent")
    page.edit()
    assert page.view.form is None
    assert not page.view.edit_button.isVisible()


def test_an_item_is_opened_where_it_is_read(qtbot, screen, page):
    page.list.choose("c1 parent")
    with qtbot.waitSignal(screen.open_place_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_O)
    assert asked.args == ["code", "c1", -1]


def test_others_open_the_conflict_of_an_item(screen):
    screen.open_conflict("c1")
    assert screen.current.page_id == "conflicts"
    assert screen.current.view.conflict.item == "c1"
    screen.go_to_page("incoming")
    screen.open_conflict("e3")
    assert screen.current.view.conflict.item == "e3"


def test_a_refusal_is_told_and_nothing_lost(page, conflicts, monkeypatch):
    def refuse(*_given):
        raise KnownError(message="It was settled meanwhile.")

    monkeypatch.setattr(conflicts, "settle_with", refuse)
    page.edit()
    page.view.form.editor.setPlainText("mine")
    page.view.form.save()
    assert page.message.text() == "It was settled meanwhile."
    assert page.view.form.editor.toPlainText() == "mine"


def test_when_all_is_settled_the_page_says_so(qtbot, screen, page, conflicts):
    conflicts.waiting = []
    page.mark_stale()
    assert page.nothing.isVisible()
    assert page.nothing.button.hasFocus()
    page.nothing.button.click()
    assert screen.current.page_id == "incoming"


def test_the_filter_finds_by_who(page):
    page.left.filter.setText("ruth")
    page.left.filter.settle_now()
    assert [row.heading for row in page.list.rows()] == ["Trial of the new roast"]
    assert page.view.conflict.item == "e3"


def test_a_key_that_repeats_settles_one_conflict_only(qtbot, page, conflicts, monkeypatch):
    waiting = []
    monkeypatch.setattr(page.operations, "submit", waiting.append)
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert len(waiting) == 1
    page.operations.bug.emit(waiting[0].label, "")
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert len(waiting) == 2
