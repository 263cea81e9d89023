"""The words of an entry on the coding page: coded like a text, corrected where entries are edited."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.interviews import InterviewsScreen
from desktop_app.ui.interviews.coding import CodingPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]

BODY = "🫘 The invoice was not fine.\n\nNobody could tell me why."
INVOICE = (2, 13)


@pytest.fixture
def entry(ids: dict[str, str], notebook: Notebook) -> str:
    draft = EntryDraft(body=BODY, title="Eleven euros", kind="quote", when="2025-11-02", speaker="Ines Vidal")
    return notebook.entries.add(draft).result


@pytest.fixture
def screen(qtbot, entry: str, context: ScreenContext) -> Iterator[InterviewsScreen]:
    made = seen(qtbot, InterviewsScreen(context))
    made.open_entry_text(entry)
    yield made
    made.page("coding")._compare.stop()


@pytest.fixture
def page(screen: InterviewsScreen) -> CodingPage:
    shown = screen.current
    assert isinstance(shown, CodingPage)
    return shown


def test_it_opens_under_its_title_with_its_speaker(entry: str, page: CodingPage) -> None:
    assert page.target == entry
    assert page.frame.head.title.whole_text() == "Eleven euros"
    assert page.frame.head.line.whole_text() == "11 words · nothing coded yet"
    assert [turn.speaker for turn in page.desk.opened.text.turns] == ["Ines Vidal"]
    assert page.view.hasFocus()


def test_its_words_are_coded_by_key_and_quoted_to_the_code_point(
    qtbot, entry: str, page: CodingPage, notebook: Notebook
) -> None:
    page.view.select(*INVOICE)
    qtbot.keyClicks(page.view, "opa")
    qtbot.keyClick(page.panel.field, Qt.Key.Key_Return)
    (coding,) = notebook.codings.of(entry)
    assert (coding.target_kind, coding.start, coding.end) == ("entry", *INVOICE)
    assert notebook.codings.get(coding.id).quote == "The invoice"
    assert page.frame.head.line.whole_text() == "11 words · 1 coding by you"


def test_a_coding_of_an_entry_is_opened_where_it_stands(
    entry: str, ids: dict[str, str], screen: InterviewsScreen, page: CodingPage, notebook: Notebook
) -> None:
    coding = notebook.codings.add(entry, *INVOICE, "Price talk / opaque", target_kind="entry").result
    screen.open_document(ids["cafe"])
    screen.open_coding(coding)
    assert page.target == entry
    assert page.view.chosen() == coding


def test_e_leads_to_the_editor_of_entries(qtbot, entry: str, screen: InterviewsScreen, page: CodingPage) -> None:
    places: list[tuple[str, str, int]] = []
    screen.open_place_requested.connect(lambda *place: places.append(place))
    qtbot.keyClick(page.view, Qt.Key.Key_E)
    assert places == [("entry_editor", entry, -1)]
    assert not page.amending.running


def test_what_is_edited_meanwhile_is_shown_with_its_codings_moved(
    entry: str, page: CodingPage, notebook: Notebook
) -> None:
    coding = notebook.codings.add(entry, *INVOICE, "Price talk / opaque", target_kind="entry").result
    notebook.entries.edit(entry, EntryDraft(body="She said: " + BODY))
    page.mark_stale()
    assert page.desk.opened.text.text.startswith("She said: ")
    found = page.desk.codings.get(coding)
    assert (found.start, found.end) == (12, 23)


def test_one_in_the_trash_is_not_coded(entry: str, screen: InterviewsScreen, page: CodingPage, notebook) -> None:
    said: list[str] = []
    screen.status_message.connect(said.append)
    notebook.entries.trash([entry])
    page.mark_stale()
    assert page.target == ""
    assert said == ["“Eleven euros” is in the trash."]


def test_a_memo_on_it_is_begun_with_its_name(entry: str, screen: InterviewsScreen, page: CodingPage) -> None:
    page.frame.head.memo_wanted.emit()
    memos = screen.current
    assert memos.page_id == "memos"
    assert memos.form is not None
    assert memos._surface == f"memo:new:entry:{entry}"
