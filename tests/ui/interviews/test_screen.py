"""The Interviews screen: its pages, and the requests between them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.ui.interviews import InterviewsScreen
from desktop_app.ui.interviews.agreement.workbench import Workbench
from desktop_app.ui.interviews.coding.verbs import CodingVerbs
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.pages import PAGES
from desktop_app.ui.shell.actions import INTERVIEW_PAGES, INTERVIEW_VERBS, Action
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


# --- the verbs of pages ----------------------------------------------------------------------------------------------

WORKBENCH_VERBS = ("agree_on_none", "begin_memo", "reopen", "toggle_settled")


@pytest.fixture(params=[page for page, _ in INTERVIEW_PAGES])
def page_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def verbs_of(page_id: str) -> list[tuple[Action, str]]:
    return [(action, action.argument.split(".")[1]) for action in INTERVIEW_VERBS if action.page == page_id]


def watch(monkeypatch: pytest.MonkeyPatch, page: Page) -> list[str]:
    """What the verbs of the pages of this kind are asked for from now on, in place of doing it."""
    asked: list[str] = []
    for _, verb in verbs_of(page.page_id):
        owner = CodingVerbs if page.page_id == "coding" else Workbench if verb in WORKBENCH_VERBS else type(page)
        assert callable(getattr(owner, verb))
        monkeypatch.setattr(owner, verb, lambda *_, verb=verb: asked.append(verb))
    return asked


def test_every_verb_goes_to_its_page_and_is_done(monkeypatch, ids, screen, page_id):
    if page_id == "coding":
        screen.open_document(ids["cafe"])
    screen.go_to_page(page_id)
    if page_id == "agreement":
        screen.page(page_id).show_workbench()
    asked = watch(monkeypatch, screen.page(page_id))
    for action, verb in verbs_of(page_id):
        screen.go_to_page("attributes" if page_id == "memos" else "memos")
        screen.do(action.argument)
        assert screen.current.page_id == page_id
        assert verb in asked


def test_every_key_that_is_told_does_its_verb(qtbot, monkeypatch, ids, context, screen, page_id):
    asked = watch(monkeypatch, screen.page(page_id))
    screen.close()
    another = seen(qtbot, InterviewsScreen(context))
    if page_id == "coding":
        another.open_document(ids["cafe"])
    another.go_to_page(page_id)
    page = another.page(page_id)
    if page_id == "agreement":
        page.tabs.setCurrentIndex(1)
    elif page_id == "autocode":
        page.by.setFocus()  # in the field letters are typed
    for action, verb in verbs_of(page_id):
        asked.clear()
        for keys in action.keys:
            pressed = QKeySequence(keys)[0]
            qtbot.keyClick(QApplication.focusWidget(), pressed.key(), pressed.keyboardModifiers())
            # Ctrl with the arrows moves a code step by step; by its name the verb asks where to.
            assert verb in asked or action.id == "codebook.move", action.id
    if page_id == "coding":
        page._compare.stop()


def test_no_difference_is_settled_behind_the_figures(ids, screen):
    screen.go_to_page("agreement")
    page = screen.page("agreement")
    before = [one.settled for one in page.workbench._all]
    screen.do("agreement.agree_on_none")
    assert [one.settled for one in page.workbench._all] == before
    assert page.pages.currentIndex() == 1
    screen.do("agreement.agree_on_none")
    assert sum(one.settled for one in page.workbench._all) == sum(before) + 1


def test_figures_are_copied_by_name_from_the_workbench_too(ids, screen):
    screen.go_to_page("agreement")
    page = screen.page("agreement")
    page.show_workbench()
    QApplication.clipboard().clear()
    screen.do("agreement.copy")
    assert page.pages.currentIndex() == 0
    assert "opaque" in QApplication.clipboard().text()


def test_a_document_is_not_trashed_while_another_is_pasted(ids, screen):
    page = screen.page("documents")
    screen.do("documents.add_text")
    page.pasting.text.setPlainText("Half a talk")
    for verb in ("trash", "edit"):
        screen.do(f"documents.{verb}")
    screen.do("documents.add_text")
    assert page.pasting.text.toPlainText() == "Half a talk"
    assert len(page._documents) == 2


def test_no_verb_stumbles_where_there_is_nothing_yet(qtbot, context):
    screen = seen(qtbot, InterviewsScreen(context))
    for action in INTERVIEW_VERBS:
        if not action.id.endswith((".import", ".export")):  # these ask for a file
            screen.do(action.argument)
            assert screen.current.page_id == action.page
