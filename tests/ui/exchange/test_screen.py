"""The Exchange screen: its pages, and what others ask of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.services.notebooks import Notebook
from desktop_app.ui.exchange.pages import PAGES
from desktop_app.ui.shell.actions import EXCHANGE_PAGES, EXCHANGE_VERBS
from tests.ui.exchange.fakes import FakeExporting, FakeFolder


def test_it_opens_on_what_comes_in_and_keys_go_through_the_pages(qtbot, screen):
    assert screen.current.page_id == PAGES[0].id == "incoming"
    qtbot.keyClick(screen, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert screen.current.page_id == "conflicts"
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.current.page_id == "incoming"


@pytest.fixture(autouse=True)
def others(monkeypatch) -> None:
    monkeypatch.setattr(Notebook, "exporting", FakeExporting(), raising=False)
    monkeypatch.setattr(Notebook, "folder", FakeFolder(), raising=False)


def test_the_table_of_actions_knows_the_pages_and_their_verbs(screen):
    assert [(entry.id, entry.title) for entry in PAGES] == list(EXCHANGE_PAGES)
    for action in EXCHANGE_VERBS:
        assert callable(getattr(screen.page(action.page), action.argument.split(".")[1])), action.id


def test_a_verb_is_done_on_its_page(screen, conflicts):
    screen.do("conflicts.take_second")
    assert screen.current.page_id == "conflicts"
    assert conflicts.settled == [("e2", "body", "r2")]
    screen.copy_out()
    assert screen.current.page_id == "outgoing"


def test_items_are_opened_where_they_are_read(qtbot, screen):
    with qtbot.waitSignal(screen.open_entry_requested) as asked:
        screen.current.item_requested.emit("entry", "e1")
    assert asked.args == ["e1"]
    with qtbot.waitSignal(screen.open_place_requested) as asked:
        screen.current.item_requested.emit("person", "p1")
    assert asked.args == ["person", "p1", -1]
    with qtbot.assertNotEmitted(screen.open_place_requested):
        screen.current.item_requested.emit("link", "l1")


def test_copies_can_be_handed_to_it(screen, merging):
    screen.bring_in([Path("/team/team.terrain")])
    assert merging.asked == [("preview", "team.terrain")]


def test_a_merge_leads_to_its_conflicts(screen):
    screen.bring_in([Path("/team/team.terrain")])
    page = screen.page("incoming")
    page.merge()
    page.done.settle_button.click()
    assert screen.current.page_id == "conflicts"
    assert screen.current.list.hasFocus()
