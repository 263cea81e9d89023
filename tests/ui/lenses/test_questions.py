"""The page of questions: gathering, saying how it speaks, answering and saving a brief, by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.model.links import End
from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.questions import QuestionsPage
from desktop_app.ui.lenses.questions.forms import AnswerForm, QuestionForm
from desktop_app.ui.lenses.questions.gathering import Gathering
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def entry(notebook: Notebook) -> str:
    draft = EntryDraft(body="It is too dear", kind="quote", scales=("week",), perspectives=("holistic",))
    return notebook.entries.add(draft).result


@pytest.fixture
def question(notebook: Notebook, entry: str) -> str:
    item = notebook.questions.add(QuestionDraft("Why did trials fall?")).result
    notebook.questions.gather(item, End("entry", entry))
    return item


@pytest.fixture
def page(qtbot, context: ScreenContext, question: str) -> QuestionsPage:
    return seen(qtbot, QuestionsPage(context))


def _counts(notebook: Notebook, question: str) -> tuple[int, int, int]:
    found = notebook.questions.get(question)
    return found.supporting, found.contradicting, found.undecided


def test_an_empty_page_begins_with_a_question(qtbot, context: ScreenContext, notebook: Notebook) -> None:
    page = seen(qtbot, QuestionsPage(context))
    assert page.stack.currentIndex() == 1
    qtbot.keyClick(page.nothing.button, Qt.Key.Key_N)
    assert isinstance(page.form, QuestionForm)
    qtbot.keyClicks(page.form.text, "Who is next?")
    qtbot.keyClick(page.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.fields.text for one in notebook.questions.list()] == ["Who is next?"]
    assert page.form is None
    assert page.stack.currentIndex() == 0


def test_keys_say_how_the_evidence_speaks(qtbot, page: QuestionsPage, notebook: Notebook, question: str) -> None:
    assert page.view is not None
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_2)
    assert _counts(notebook, question) == (0, 1, 0)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_3)
    assert _counts(notebook, question) == (0, 0, 1)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Delete)
    assert _counts(notebook, question) == (0, 0, 0)


def test_a_piece_opens_where_it_is_read(qtbot, page: QuestionsPage, entry: str) -> None:
    assert page.view is not None
    page.view.choose(page.view.found.pieces[0].link)
    with qtbot.waitSignal(page.open_entry_requested) as told:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert told.args == [entry]


def test_what_a_search_finds_is_gathered(qtbot, page: QuestionsPage, notebook: Notebook, question: str) -> None:
    notebook.entries.add(EntryDraft(body="A fair in town"))
    qtbot.keyClick(page.list, Qt.Key.Key_G)
    assert isinstance(page.form, Gathering)
    qtbot.keyClicks(page.form.field, "fair")
    qtbot.keyClick(page.form.field, Qt.Key.Key_Return)
    qtbot.keyClick(page.form.list, Qt.Key.Key_2)
    assert _counts(notebook, question) == (1, 1, 0)
    qtbot.keyClick(page.form.list, Qt.Key.Key_Escape)
    assert page.form is None
    assert page.view is not None
    assert len(page.view.found.pieces) == 2


def test_a_question_is_answered_and_opened_again(qtbot, page: QuestionsPage, notebook: Notebook, question: str) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_W)
    assert isinstance(page.form, AnswerForm)
    qtbot.keyClicks(page.form.text, "The price")
    qtbot.keyClick(page.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notebook.questions.get(question).fields.answer == "The price"
    assert not notebook.questions.get(question).is_open
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    assert notebook.questions.get(question).is_open


@pytest.mark.parametrize("ending", [".md", ".html", ".pdf"])
def test_a_brief_is_written(page: QuestionsPage, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"brief{ending}"
    page.write_brief(path)
    assert path.stat().st_size > 300


def test_a_cell_leads_to_its_entries_and_an_empty_one_is_written_into(qtbot, page: QuestionsPage) -> None:
    assert page.view is not None
    canvas = page.view.canvas
    canvas.choose_key(("holistic", "week"))
    with qtbot.waitSignal(page.search_requested) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert "perspective:holistic" in told.args[0]
    canvas.choose_key(("holistic", "year"))
    with qtbot.waitSignal(page.capture_requested) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args[0] == "^holistic ~year "


def test_what_is_being_written_is_not_lost_by_choosing_another(qtbot, page: QuestionsPage, notebook: Notebook) -> None:
    other = notebook.questions.add(QuestionDraft("And then?")).result
    page.read()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    assert isinstance(page.form, QuestionForm)
    qtbot.keyClicks(page.form.text, " Say!")
    page.list.choose(other)
    page.open_question(other)
    assert isinstance(page.form, QuestionForm)
    assert page.form.text.text() == "Why did trials fall? Say!"
    qtbot.keyClick(page.form.text, Qt.Key.Key_Escape)
    page.open_question(other)
    assert page.view is not None
    assert page.view.found.question.id == other
