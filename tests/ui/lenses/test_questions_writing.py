"""What is written about a question: its options, stretches of series as evidence, and what comes back after a crash."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.questions import QuestionsPage
from desktop_app.ui.lenses.questions.forms import AnswerForm, QuestionForm
from desktop_app.ui.lenses.questions.gathering import Gathering
from desktop_app.ui.lenses.questions.options_form import OptionsForm
from desktop_app.ui.widgets import LinkButton, ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def question(notebook: Notebook) -> str:
    return notebook.questions.add(QuestionDraft("Print or radio?")).result


@pytest.fixture
def series(notebook: Notebook, tmp_path: Path) -> str:
    path = tmp_path / "sales.csv"
    path.write_text("Date,Orders,Visits\n2026-01-01,5,50\n2026-01-02,7,60\n2026-02-03,9,70\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    return notebook.metrics.resolve("Orders")


@pytest.fixture
def page(qtbot: QtBot, context: ScreenContext, question: str, series: str) -> QuestionsPage:
    page = seen(qtbot, QuestionsPage(context))
    page.list.setFocus()
    return page


def _options(qtbot: QtBot, page: QuestionsPage) -> OptionsForm:
    qtbot.keyClick(page.list, Qt.Key.Key_O)
    assert isinstance(page.form, OptionsForm)
    return page.form


def _type(qtbot: QtBot, form: OptionsForm, row: int, *texts: str) -> None:
    for line, text in zip(form.rows[row].lines, texts, strict=False):
        line.setFocus()
        line.clear()
        qtbot.keyClicks(line, text)
    form.rows[-1].lines[0].setFocus()


def _save(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _action(page: QuestionsPage, words: str) -> LinkButton:
    return next(one for one in page.message.findChildren(LinkButton) if one.text() == words)


# --- options ----------------------------------------------------------------------------------------------------------


def test_options_are_written_in_one_step(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str, series: str
) -> None:
    form = _options(qtbot, page)
    assert form.rows[0].lines[0].hasFocus()
    _type(qtbot, form, 0, "Print", "orders: January 2026", "3 EUR")
    assert form.rows[0].telling.text() == "Orders, January 2026: 12"
    _type(qtbot, form, 1, "Radio", "", "1,200 EUR")
    assert not form.rows[1].telling.isVisible()
    _save(qtbot, form.rows[1].lines[0])
    assert page.form is None
    assert notebook.questions.get(question).fields.options == (
        Option("Print", Amount(12.0, "count", series, "2026-01-01", "2026-02-01"), Amount(3.0, "EUR")),
        Option("Radio", None, Amount(1200.0, "EUR")),
    )
    notebook.history.undo()
    assert notebook.questions.get(question).fields.options == ()


def test_options_are_moved_and_removed_by_keys(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str
) -> None:
    notebook.questions.set_options(question, [Option(name, Amount(1.5, "1/day")) for name in ("A", "B", "C")])
    page.read()
    form = _options(qtbot, page)
    assert [row.texts()[0] for row in form.rows] == ["A", "B", "C", ""]
    alt = Qt.KeyboardModifier.AltModifier
    form.rows[2].lines[1].setFocus()
    qtbot.keyClick(form.rows[2].lines[1], Qt.Key.Key_Up, alt)
    qtbot.keyClick(form.rows[1].lines[1], Qt.Key.Key_Up, alt)
    assert form.rows[0].lines[1].hasFocus()
    qtbot.keyClick(form.rows[0].lines[1], Qt.Key.Key_Up, alt)
    assert [row.texts()[0] for row in form.rows] == ["C", "A", "B", ""]
    form.rows[1].lines[0].setFocus()
    qtbot.keyClick(form.rows[1].lines[0], Qt.Key.Key_Delete, alt)
    assert form.rows[1].lines[0].hasFocus()
    qtbot.keyClick(form.rows[1].lines[0], Qt.Key.Key_Down, alt)
    _save(qtbot, form.rows[1].lines[0])
    # What was not typed anew stays as it stood, in words that nobody could type.
    assert notebook.questions.get(question).fields.options == (
        Option("C", Amount(1.5, "1/day")),
        Option("B", Amount(1.5, "1/day")),
    )


def test_a_total_stays_as_it_was_taken_until_its_words_change(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str, series: str
) -> None:
    taken = Amount(11.0, "count", series, "2026-01-01", "2026-02-01")
    notebook.questions.set_options(question, [Option("Print", taken)])
    page.read()
    form = _options(qtbot, page)
    assert form.rows[0].texts()[1] == "Orders: 2026-01-01/2026-01-31"
    assert form.rows[0].telling.text() == "Orders, January 2026: 11"
    form.rows[0].lines[0].setFocus()
    qtbot.keyClicks(form.rows[0].lines[0], "!")
    _save(qtbot, form.rows[0].lines[0])
    assert notebook.questions.get(question).fields.options[0].gained == taken
    form = _options(qtbot, page)
    _type(qtbot, form, 0, "Print", "Orders: 2026-01")
    _save(qtbot, form.rows[0].lines[0])
    gained = notebook.questions.get(question).fields.options[0].gained
    assert gained is not None
    assert gained.value == 12.0


def test_what_is_no_amount_is_told_and_nothing_is_lost(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str
) -> None:
    form = _options(qtbot, page)
    _type(qtbot, form, 0, "Print", "dear", "3 EUR")
    assert "“dear” is no amount" in form.rows[0].telling.text()
    _save(qtbot, form.rows[0].lines[0])
    assert page.form is form
    assert "“dear” is no amount" in form.message.text()
    assert form.rows[0].texts() == ("Print", "dear", "3 EUR")
    _type(qtbot, form, 0, "", "4 EUR")
    _save(qtbot, form.rows[0].lines[0])
    assert "name of its own" in form.message.text()
    _type(qtbot, form, 0, "Print")
    _save(qtbot, form.rows[0].lines[0])
    assert notebook.questions.get(question).fields.options == (Option("Print", Amount(4.0, "EUR"), Amount(3.0, "EUR")),)


def test_series_are_offered_by_name(qtbot: QtBot, page: QuestionsPage) -> None:
    form = _options(qtbot, page)
    line = form.rows[0].lines[1]
    line.setFocus()
    qtbot.keyClicks(line, "isit")
    qtbot.waitUntil(lambda: any(popup.offers() for popup in form.rows[0].popups))
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Visits: "


# --- stretches of series ----------------------------------------------------------------------------------------------


def test_a_stretch_of_a_series_is_gathered_by_keys(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str, series: str
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_G)
    form = page.form
    assert isinstance(form, Gathering)
    qtbot.keyClicks(form.field, "order")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.list.current_id() == series
    qtbot.keyClick(form.list, Qt.Key.Key_2)
    assert form.stretch.hasFocus()
    qtbot.keyClicks(form.stretch, "soon enough")
    qtbot.keyClick(form.stretch, Qt.Key.Key_Return)
    assert form.stretch.hasFocus()
    assert "soon enough" in form.telling.text()
    assert form.telling.property("role") == "error"
    form.stretch.clear()
    qtbot.keyClicks(form.stretch, "January 2026")
    qtbot.keyClick(form.stretch, Qt.Key.Key_Return)
    assert form.list.hasFocus()
    assert form.telling.text() == "Orders, January 2026: 12"
    qtbot.keyClick(form.list, Qt.Key.Key_2)
    (piece,) = notebook.questions.evidence(question)
    assert (piece.id, piece.relation, piece.start, piece.end, piece.then) == (
        series,
        "contradicts",
        "2026-01-01",
        "2026-02-01",
        12.0,
    )


def test_a_stretch_that_was_changed_is_not_gathered_as_it_was(qtbot: QtBot, page: QuestionsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_G)
    form = page.form
    assert isinstance(form, Gathering)
    qtbot.keyClicks(form.field, "visits")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    qtbot.keyClick(form.list, Qt.Key.Key_Return)
    qtbot.keyClicks(form.stretch, "2026-01")
    qtbot.keyClick(form.stretch, Qt.Key.Key_Return)
    assert form.chosen() is not None
    form.stretch.setFocus()
    qtbot.keyClicks(form.stretch, "-02")
    assert form.chosen() is None
    form.field.clear()
    form.field.settle_now()
    assert form.stretch.isHidden()


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_what_was_being_written_is_offered_after_a_crash(
    qtbot: QtBot, page: QuestionsPage, context: ScreenContext, notebook: Notebook, question: str
) -> None:
    form = _options(qtbot, page)
    _type(qtbot, form, 0, "Print", "3 EUR")
    qtbot.waitUntil(lambda: notebook.drafts.surfaces() == [f"question:options:{question}"])
    again = seen(qtbot, QuestionsPage(context))
    assert again.message.text() == "Something you typed here was not saved yet."
    _action(again, "Go on editing").click()
    assert isinstance(again.form, OptionsForm)
    assert again.form.rows[0].texts() == ("Print", "3 EUR", "")
    _save(qtbot, again.form.rows[0].lines[0])
    assert notebook.drafts.surfaces() == []
    assert [one.name for one in notebook.questions.get(question).fields.options] == ["Print"]
    form.end()


@pytest.mark.parametrize(
    ("key", "name", "of"), [(Qt.Key.Key_N, "text", ""), (Qt.Key.Key_E, "note", "q"), (Qt.Key.Key_W, "text", "q")]
)
def test_each_form_keeps_what_is_typed(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str, key: Qt.Key, name: str, of: str
) -> None:
    qtbot.keyClick(page.list, key)
    form = page.form
    assert isinstance(form, QuestionForm | AnswerForm)
    kind = {Qt.Key.Key_N: "new", Qt.Key.Key_E: "edit", Qt.Key.Key_W: "answer"}[key]
    surface = f"question:{kind}:{question if of else ''}"
    qtbot.keyClicks(form.fields[name], "Words")
    qtbot.waitUntil(lambda: notebook.drafts.load(surface) == {name: "Words"})
    qtbot.keyClick(form.fields[name], Qt.Key.Key_Escape)
    assert page.form is None
    assert notebook.drafts.surfaces() == []
    _action(page, "Bring it back").click()
    assert isinstance(page.form, QuestionForm | AnswerForm)
    assert page.form.values()[name] == "Words"
    _save(qtbot, page.form.fields[name])
    assert page.form is None
    assert notebook.drafts.surfaces() == []


def test_a_draft_gives_only_what_was_typed(
    qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str
) -> None:
    notebook.drafts.save(f"question:edit:{question}", {"note": "Mine", "later": "unknown"})
    notebook.questions.edit(question, QuestionDraft(text="Print, radio or neither?"))
    page.read()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    assert isinstance(page.form, QuestionForm)
    assert page.form.text.text() == "Print, radio or neither?"
    _save(qtbot, page.form.text)
    fields = notebook.questions.get(question).fields
    assert (fields.text, fields.note) == ("Print, radio or neither?", "Mine")


def test_what_is_refused_is_kept(qtbot: QtBot, page: QuestionsPage, notebook: Notebook, question: str) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_W)
    assert isinstance(page.form, AnswerForm)
    page.form.when.setText("some day")
    qtbot.keyClicks(page.form.text, "Neither")
    _save(qtbot, page.form.text)
    assert isinstance(page.form, AnswerForm)
    assert page.form.message.text()
    assert notebook.drafts.load(f"question:answer:{question}") == {"text": "Neither", "when": "some day"}
