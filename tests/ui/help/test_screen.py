"""Help as it is used: pages, links, finding, keys."""

import pytest
from PySide6.QtCore import Qt, QUrl

from desktop_app.config.resources import resource_path
from desktop_app.ui.shell.actions import ACTIONS, shown_keys

ALT = Qt.KeyboardModifier.AltModifier


def headings(rows) -> list[str]:
    return [row.heading for row in rows.rows() if row.kind == "item"]


def at_top(view) -> str:
    """The text at the top of what is seen of the page."""
    return view.browser.cursorForPosition(view.browser.rect().topLeft()).block().text()


def test_it_opens_on_the_first_steps(screen):
    assert screen.list.current_id() == "index/"
    assert screen.view.plain_text().startswith("First steps")
    assert len(headings(screen.list)) == len(list(resource_path("manual").glob("*.md")))
    assert screen.list.hasFocus()


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_on_the_page_of_keys(screen, action):
    html = next(page for page in screen._manual.pages if page.id == "keyboard").html
    rows = [row for row in html.split("<tr>") if f"<td>{action.text}</td>" in row]
    assert any(all(f"<code>{key}</code>" in row for key in shown_keys(action)) for row in rows)


def test_the_arrows_turn_the_pages_and_enter_goes_to_the_page(qtbot, screen):
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    assert screen.view.plain_text().startswith("Perspectives and time scales")
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert screen.view.browser.hasFocus()


def test_a_link_leads_to_its_heading_and_back(qtbot, screen):
    screen.view.browser.anchorClicked.emit(QUrl("terrain:notebook/backups"))
    assert screen.list.current_id() == "notebook/"
    assert at_top(screen.view) == "Backups"
    qtbot.keyClick(screen.view.browser, Qt.Key.Key_Left, ALT)
    assert screen.list.current_id() == "index/"
    assert screen.view.plain_text().startswith("First steps")


def test_headings_beside_the_page_scroll_to_their_place(screen):
    screen.open_page("notebook")
    assert "Trash" in headings(screen.outline)
    screen.outline.choose("trash")
    assert at_top(screen.view) == "Trash"
    screen.outline.choose("undo")
    assert at_top(screen.view) == "Undo"


def test_the_headings_go_where_there_is_no_room(screen):
    assert screen.aside.isVisible()
    screen.resize(848, 700)
    assert not screen.aside.isVisible()


def test_a_page_that_does_not_exist_changes_nothing(screen):
    screen.open_page("no-such-page")
    assert screen.view.plain_text().startswith("First steps")


def test_finding_shows_places_and_enter_opens_the_first(qtbot, screen):
    qtbot.keyClick(screen.list, Qt.Key.Key_Slash)
    assert screen.field.hasFocus()
    qtbot.keyClicks(screen.field, "backups")
    assert screen.told.text().endswith("places")
    assert headings(screen.list)[0] == "Backups"
    qtbot.keyClick(screen.field, Qt.Key.Key_Return)
    assert at_top(screen.view) == "Backups"
    assert screen.view.browser.extraSelections()
    qtbot.keyClick(screen.list, Qt.Key.Key_Up)
    assert screen.field.hasFocus()
    qtbot.keyClick(screen.field, Qt.Key.Key_Escape)
    assert screen.list.current_id() == "notebook/"
    assert not screen.told.isVisible()
    assert not screen.view.browser.extraSelections()


def test_down_goes_from_the_field_to_the_first_place(qtbot, screen):
    screen.field.setFocus()
    screen.field.setText("backups")
    qtbot.keyClick(screen.field, Qt.Key.Key_Down)
    assert screen.list.hasFocus()
    assert at_top(screen.view) == "Backups"


def test_nothing_found_is_said(screen):
    screen.field.setText("xylophone")
    assert screen.told.text() == "Nothing in the manual has all these words."
    assert headings(screen.list) == []
    assert screen.view.plain_text().startswith("First steps")


def test_it_is_read_once(screen, monkeypatch):
    monkeypatch.setattr(screen.operations, "read", None)
    screen.operations.changed_elsewhere.emit()
    screen.activate()
    assert screen.list.current_id() == "index/"
