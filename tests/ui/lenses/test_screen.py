"""The Lenses screen: one query for all lenses."""

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses import LensesScreen
from desktop_app.ui.lenses.pages import PAGES
from desktop_app.ui.lenses.pictures import DRAWINGS, draw
from desktop_app.ui.lenses.relationships import RelationshipsPage
from desktop_app.ui.lenses.tempo import TempoPage
from desktop_app.ui.shell.actions import LENS_PAGES
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def screen(qtbot, context: ScreenContext, notebook: Notebook) -> LensesScreen:
    notebook.entries.add(EntryDraft(body="price", when="2026-03", tags=("price",)))
    notebook.entries.add(EntryDraft(body="rent", when="2026-02"))
    return seen(qtbot, LensesScreen(context))


def test_the_table_of_actions_knows_the_lenses() -> None:
    assert tuple((entry.id, entry.title) for entry in PAGES) == LENS_PAGES


@pytest.mark.parametrize("page", [entry.id for entry in PAGES])
def test_every_lens_opens_on_a_notebook_with_little_in_it(screen: LensesScreen, page: str) -> None:
    screen.go_to_page(page)
    assert screen.current.page_id == page
    assert screen.current.result is not None


@pytest.mark.parametrize("page", [entry.id for entry in PAGES])
def test_every_lens_opens_on_an_empty_notebook(qtbot, context: ScreenContext, page: str) -> None:
    empty = seen(qtbot, LensesScreen(context))
    empty.go_to_page(page)
    assert empty.current.result is not None
    assert empty.current.message.isHidden()


def test_what_narrows_one_lens_narrows_the_others(screen: LensesScreen) -> None:
    page = screen.page("coverage")
    page.narrow.setText("tag:price")
    page.narrow.settle_now()
    for entry in PAGES:
        other = screen.go_to(entry.id)
        if other.narrowed_by_query:
            assert other.query == "tag:price", entry.id
            assert other.narrow.text() == "tag:price"


def test_a_query_that_is_not_understood_stays_where_it_was_typed(screen: LensesScreen) -> None:
    page = screen.page("coverage")
    page.narrow.setText("tagg:price")
    page.narrow.settle_now()
    for entry in PAGES[1:]:
        assert screen.page(entry.id).query == ""


def test_a_lens_without_a_picture_says_so(tmp_path) -> None:
    from desktop_app.model.errors import Invalid

    assert "weather" not in DRAWINGS
    with pytest.raises(Invalid, match="has no picture"):
        draw("weather", object(), tmp_path / "w.svg")


def test_a_page_shows_nothing_of_its_own_until_it_has_been_read(qtbot, context: ScreenContext) -> None:
    page = RelationshipsPage(context)
    seen_first = page.waiting.isVisibleTo(page), page.foot.isVisibleTo(page), page.save_button.isEnabled()
    assert seen_first == (True, False, False)
    seen(qtbot, page)
    assert page.waiting.isHidden()


def test_a_page_that_takes_long_says_what_it_waits_for(qtbot, context: ScreenContext) -> None:
    page = TempoPage(context)
    qtbot.addWidget(page)
    page.resize(800, 500)
    page.show()
    page.waiting.begin()
    qtbot.waitUntil(lambda: page.waiting.text() == "Looking through the notebook…")
    assert page.waiting.geometry() == page.stack.rect()
    page.waiting.say("")
    assert page.waiting.text() == ""


@pytest.mark.parametrize("name", ["tempo", "foresight", "offmap", "ways"])
def test_a_query_that_leaves_nothing_is_told_apart_from_an_empty_notebook(screen: LensesScreen, name: str) -> None:
    page = screen.go_to(name)
    page.narrow.setText("tag:nothing-has-this")
    page.narrow.settle_now()
    assert page.nothing.heading.text() == "Nothing here with this search"
    assert "tag:nothing-has-this" in page.nothing.sentence.text()
    page.nothing.button.click()
    assert (page.query, page.narrow.text()) == ("", "")
    assert page.nothing.heading.text() != "Nothing here with this search" or not page.stack.currentIndex()


def test_a_bug_in_the_first_read_does_not_leave_a_page_waiting(qtbot, context: ScreenContext, monkeypatch) -> None:
    def look(*_: object) -> object:
        raise RuntimeError("a bug")

    monkeypatch.setattr(RelationshipsPage, "look", look)
    page = seen(qtbot, RelationshipsPage(context))
    assert page.result is None
    assert page.waiting.text() == "This lens could not look through the notebook."
    assert not page.waiting._timer.isActive()
