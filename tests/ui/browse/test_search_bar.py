"""The search bar: chips, completion, correction, saving."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.queries import Completion
from desktop_app.search import QueryError, chips
from desktop_app.ui.browse.search_bar import SearchBar
from desktop_app.ui.theme import Appearance


@pytest.fixture
def bar(qtbot, look: Appearance) -> SearchBar:
    made = SearchBar(look)
    qtbot.addWidget(made)
    made.resize(900, 70)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    return made


def answer(bar: SearchBar, explanation: str = "") -> None:
    bar.show_answer(bar.text(), chips(bar.text()), explanation)


def labels(bar: SearchBar) -> list[str]:
    return [chip.text for chip in bar._chips]


def test_a_query_put_there_shows_its_field_parts_as_chips(bar: SearchBar) -> None:
    bar.set_text("kind:quote,event in:2025-Q4 onboarding OR price")
    answer(bar, "Quotes and events.")
    assert labels(bar) == ["kind: quote, event", "in: 2025-Q4"]
    assert bar.line.text() == "onboarding OR price"
    assert bar.text() == "kind:quote,event in:2025-Q4 onboarding OR price"
    assert bar.explanation.whole_text() == "Quotes and events."


def test_a_part_becomes_a_chip_when_it_is_finished_with_a_space(qtbot, bar: SearchBar) -> None:
    qtbot.keyClicks(bar.line, "tag:pricing")
    answer(bar)
    assert labels(bar) == []
    qtbot.keyClicks(bar.line, " ")
    answer(bar)
    assert labels(bar) == ["tag: pricing"]
    assert bar.line.text() == ""
    qtbot.keyClicks(bar.line, "price")
    assert bar.text() == "tag:pricing price"


def test_backspace_at_the_beginning_turns_the_last_chip_into_text(qtbot, bar: SearchBar) -> None:
    bar.set_text("kind:quote tag:pricing price")
    answer(bar)
    bar.line.setCursorPosition(0)
    qtbot.keyClick(bar.line, Qt.Key.Key_Backspace)
    assert labels(bar) == ["kind: quote"]
    assert bar.line.text() == "tag:pricing price"
    assert bar.line.cursorPosition() == len("tag:pricing")


def test_a_removed_chip_leaves_the_query(qtbot, bar: SearchBar) -> None:
    bar.set_text("kind:quote tag:pricing price")
    answer(bar)
    with qtbot.waitSignal(bar.query_settled) as told:
        qtbot.keyClick(bar._chips[0], Qt.Key.Key_Delete)
    assert told.args == ["tag:pricing price"]


def test_typing_runs_once_it_settles_and_enter_runs_at_once(qtbot, bar: SearchBar) -> None:
    with qtbot.waitSignal(bar.query_settled) as told:
        qtbot.keyClicks(bar.line, "price")
    assert told.args == ["price"]
    with qtbot.waitSignal(bar.query_settled):
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert not bar._timer.isActive()


def test_an_answer_to_an_older_query_is_ignored(bar: SearchBar) -> None:
    bar.set_text("tag:pricing price")
    bar.show_answer("tag:pricing", chips("tag:pricing"), "Older.")
    assert labels(bar) == []
    assert bar.explanation.whole_text() == ""


def test_a_problem_is_said_and_its_correction_is_one_click(qtbot, bar: SearchBar) -> None:
    bar.set_text("knd:quote price")
    bar.show_problem(bar.text(), QueryError("There is no field “knd”; did you mean kind:?", 0, 3, "kind:quote price"))
    assert "knd" in bar.problem.text()
    assert bar.problem.isVisible()
    with qtbot.waitSignal(bar.query_settled) as told:
        qtbot.mouseClick(bar.correction, Qt.MouseButton.LeftButton)
    assert told.args == ["kind:quote price"]
    answer(bar, "Quotes.")
    assert not bar.problem.isVisible()
    assert not bar.correction.isVisible()


def test_completions_of_the_whole_query_land_in_the_words(qtbot, bar: SearchBar) -> None:
    bar.set_text("kind:quote tag:pri")
    bar.show_answer(bar.text(), chips("kind:quote "), "")
    assert bar.line.text() == "tag:pri"
    with qtbot.waitSignal(bar.completion_wanted) as told:
        qtbot.keyClicks(bar.line, "c")
    assert told.args == ["kind:quote tag:pric", 19]
    bar.offer("kind:quote tag:pric", 19, [Completion("pricing/invoice", 15, 19, "a tag")])
    assert [offer.text for offer in bar.popup.offers()] == ["pricing/invoice"]
    qtbot.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.text() == "kind:quote tag:pricing/invoice"


def test_a_query_put_there_asks_for_no_completion(qtbot, bar: SearchBar) -> None:
    asked: list[str] = []
    bar.completion_wanted.connect(lambda text, _: asked.append(text))
    bar.set_text("tag:pri")
    qtbot.wait(10)
    assert asked == []


def test_saving_asks_for_a_name_in_place(qtbot, bar: SearchBar) -> None:
    bar.begin_saving()
    assert not bar.name.isVisible()  # there is nothing to save
    bar.set_text("kind:quote")
    bar.begin_saving()
    assert bar.name.isVisible()
    bar.name.setText("Quotes")
    with qtbot.waitSignal(bar.save_requested) as told:
        qtbot.keyClick(bar.name, Qt.Key.Key_Return)
    assert told.args == ["Quotes"]
    assert not bar.name.isVisible()
    bar.begin_saving()
    qtbot.keyClick(bar.name, Qt.Key.Key_Escape)
    assert not bar.name.isVisible()


def test_escape_clears_and_down_leaves(qtbot, bar: SearchBar) -> None:
    bar.set_text("kind:quote price")
    answer(bar)
    with qtbot.waitSignal(bar.left_downwards):
        qtbot.keyClick(bar.line, Qt.Key.Key_Down)
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert bar.text() == ""


def test_the_count_says_how_many_of_how_many(bar: SearchBar) -> None:
    bar.show_count(12, 1214)
    assert bar.count.text() == "12 of 1,214"
    bar.show_count(1214, 1214)
    assert bar.count.text() == "1,214"
