"""The Interviews screen: its pages, and the requests between them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.interviews import InterviewsScreen
from desktop_app.ui.interviews.pages import PAGES
from desktop_app.ui.shell.actions import INTERVIEW_PAGES
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, ids: dict[str, str], context: ScreenContext) -> Iterator[InterviewsScreen]:
    made = seen(qtbot, InterviewsScreen(context))
    yield made
    if "coding" in made.pages:
        made.page("coding")._compare.stop()


def test_it_opens_on_the_documents_and_makes_other_pages_when_visited(screen):
    assert list(screen.pages) == ["documents"]
    assert screen.current.page_id == "documents"
    assert screen.page("documents").list.hasFocus()


def test_keys_go_to_pages_and_through_them(qtbot, screen):
    qtbot.keyClick(screen, Qt.Key.Key_3, ALT)
    assert screen.current.page_id == "codebook"
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CONTROL)
    assert screen.current.page_id == "coding"
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CONTROL)
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CONTROL)
    assert screen.current.page_id == PAGES[-1].id
    assert screen.tabs.currentIndex() == len(PAGES) - 1


def test_keys_go_to_pages_from_within_the_text(qtbot, ids, screen):
    screen.open_document(ids["cafe"])
    view = screen.page("coding").view
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_1, ALT)
    assert screen.current.page_id == "documents"


def test_a_document_opens_for_coding_at_a_place(ids, screen):
    screen.open_document(ids["cafe"], 40)
    page = screen.page("coding")
    assert screen.current is page
    assert page.view.selection() == (40, 40)
    screen.go_to("documents")
    screen.open_document(ids["roaster"])
    screen.open_document(ids["cafe"])
    assert page.view.selection() == (40, 40)


def test_a_coding_opens_its_document_and_is_chosen(ids, screen):
    screen.open_coding(ids["My sister.|A. Author"])
    page = screen.page("coding")
    assert page.target == ids["cafe"]
    assert page.view.chosen() == ids["My sister.|A. Author"]


def test_pages_ask_each_other(qtbot, ids, screen):
    documents = screen.page("documents")
    documents.open_document_requested.emit(ids["cafe"], -1)
    coding = screen.current
    assert coding.page_id == "coding"
    code = coding.desk.codings.get(ids["My sister.|A. Author"]).code
    coding.open_code_requested.emit(code)
    assert screen.current.page_id == "codebook"
    assert screen.current.view.page.code.id == code
    screen.current.open_coding_requested.emit(ids["The invoice was not.|M."])
    assert screen.current is coding
    with qtbot.waitSignal(screen.open_entry_requested):
        coding.open_entry_requested.emit("e")


def test_ctrl_f_looks_in_the_text_and_not_in_the_notebook(qtbot, ids, context):
    window = QWidget()
    screen = InterviewsScreen(context, window)
    QVBoxLayout(window).addWidget(screen)
    asked = []
    shortcut = QShortcut(QKeySequence("Ctrl+F"), window)
    shortcut.activated.connect(lambda: asked.append("notebook"))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    screen.activate()
    qtbot.keyClick(screen.page("documents").list, Qt.Key.Key_F, CONTROL)
    assert asked == ["notebook"]
    screen.open_document(ids["cafe"])
    page = screen.page("coding")
    qtbot.keyClick(page.view, Qt.Key.Key_F, CONTROL)
    assert asked == ["notebook"]
    assert page.frame.finder.field.hasFocus()
    page._compare.stop()


def test_the_tour_shows_every_page(ids, screen):
    steps = dict(screen.tour_steps())
    assert {entry.id for entry in PAGES[1:]} <= set(steps)
    steps["coding"]()
    assert screen.page("coding").target == ids["cafe"]


def test_the_palette_has_every_page_with_its_key():
    assert [(entry.id, entry.title) for entry in PAGES] == list(INTERVIEW_PAGES)
