"""What came in and went out, and taking back the last merge."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.model.exchange import Exchange
from desktop_app.ui.exchange import undoing
from desktop_app.ui.exchange.past.telling import exchange_lines, exchange_lists, manifest_of
from tests.ui.exchange.fakes import MANIFEST, PAST


@pytest.fixture
def page(merging, screen):
    merging.past = list(PAST)
    screen.go_to_page("past")
    return screen.page("past")


def test_both_ways_are_listed_newest_first(page):
    assert [(row.heading, row.aside) for row in page.list.rows()] == [
        ("for-carla.terrain.age", ""),
        ("team.terrain", ""),
        ("Ben’s laptop", "taken back"),
    ]
    assert page.list.rows()[0].meta == "↑ copied out · A. Author · 21 November 2026, 10:00"
    assert page.list.hasFocus()


def test_the_filter_finds_by_way(page):
    page.left.filter.setText("folder")
    page.left.filter.settle_now()
    assert [row.heading for row in page.list.rows()] == ["Ben’s laptop"]


def test_a_report_is_read_as_far_as_it_is_understood():
    out, came, broken = PAST
    assert exchange_lines(out)[1:] == ["It is encrypted.", "Attached files stayed here."]
    assert exchange_lines(came)[0] == "1 new, 1 moved on, 1 merged, 1 conflicting, 1 rejected, 812 identical."
    assert [title for title, _ in exchange_lists(came.report)] == [
        "Left out",
        "Not taken as it came",
        "Names that stood twice",
    ]
    assert exchange_lines(broken) == []
    assert exchange_lists({"losses": 3, "same_names": None, "manifest": {"items": 4}}) == []
    assert manifest_of(MANIFEST.to_json()) == MANIFEST


def test_the_last_merge_can_be_taken_back(qtbot, page, ask, merging):
    ask(lambda notebook: notebook.entries.add(EntryDraft(body="Made by the merge.")))
    change = ask(undoing.next_undoable)
    merging.past = [Exchange(4, "in", "file", "2026-11-22T10:00:00Z", "A", "b.terrain", {}, change=change), *PAST]
    page.mark_stale()
    page.list.choose("4")
    assert page.view.may_undo
    ask(lambda notebook: notebook.entries.add(EntryDraft(body="Written since.")))
    page.mark_stale()
    assert not page.view.may_undo
    qtbot.keyClick(page.list, Qt.Key.Key_U)
    assert "was done since" in page.message.text()
    ask(lambda notebook: notebook.history.undo())
    page.mark_stale()
    qtbot.keyClick(page.list, Qt.Key.Key_U)
    assert ask(lambda notebook: notebook.entries.recent()) == []
    assert ask(undoing.next_undoable) is None


def test_what_went_out_cannot_be_taken_back(qtbot, page):
    qtbot.keyClick(page.list, Qt.Key.Key_U)
    assert page.message.text() == ""


def test_nothing_exchanged_offers_the_first_step(screen, page, merging):
    merging.past = []
    page.mark_stale()
    assert page.nothing.isVisible()
