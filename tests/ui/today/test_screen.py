"""The page of the day, as it is used."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop_app.model.entries import Check, EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.today import TodayScreen
from desktop_app.ui.today import screen as screen_module
from desktop_app.ui.today.lists import day_in_words, today
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


def shown(qtbot, context: ScreenContext, width: int = 1264, height: int = 900) -> TodayScreen:
    return seen(qtbot, TodayScreen(context), width, height)


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> Iterator[TodayScreen]:
    made = shown(qtbot, context)
    yield made
    made.close()


@pytest.fixture
def with_years(years, qtbot, context: ScreenContext) -> TodayScreen:
    return shown(qtbot, context)


@pytest.fixture
def with_due(qtbot, foresight, context: ScreenContext) -> TodayScreen:
    made = shown(qtbot, context)
    qtbot.waitUntil(lambda: bool(made.due_cards))
    return made


def headings(stack) -> list[str]:
    return [card.heading for card in stack.cards()]


# --- what is shown --------------------------------------------------------------------------------------------------


def test_a_new_notebook_asks_for_the_first_thing(screen):
    assert screen.heading.text() == day_in_words(today())
    assert screen.empty.isVisible()
    assert screen.empty.sentence.text() == "Write the first thing you noticed today."
    assert not screen.lately.isVisible()
    assert not screen.earlier.isVisible()
    assert screen.box.editor.hasFocus()


def test_what_is_written_here_appears_below(qtbot, screen, notebook):
    qtbot.keyClicks(screen.box.editor, "The lane smelled of tar #town ")
    qtbot.keyClick(screen.box.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert headings(screen.recent) == ["The lane smelled of tar"]
    assert not screen.empty.isVisible()
    assert screen.nothing_earlier.isVisible()
    assert notebook.entries.recent()[0].fields.tags == ("town",)
    screen.box.undo()
    assert headings(screen.recent) == []
    assert screen.empty.isVisible()


def test_it_is_read_again_when_it_is_stale_and_seen(context, with_years):
    with_years.hide()
    context.operations.changed_elsewhere.connect(with_years.mark_stale)
    context.operations.submit(_adding("Written elsewhere"))
    assert len(with_years.recent.cards()) == 3
    with_years.show()
    with_years.activate()
    assert headings(with_years.recent)[0] == "Written elsewhere"


def _adding(body: str) -> ChangeOp:
    return ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body=body)))


def test_earlier_years_are_shown_by_year(with_years):
    assert [headings(year.stack) for year in with_years.years] == [["A year ago"], ["Nearly two years ago"]]
    assert not with_years.nothing_earlier.isVisible()


def test_the_whole_page_scrolls_not_its_lists(with_years):
    for stack in (with_years.recent, *(year.stack for year in with_years.years)):
        assert stack.verticalScrollBar().maximum() == 0
        assert stack.height() >= stack.sizeHintForRow(0) * len(stack.cards())


def test_the_next_day_is_shown_when_the_page_is_come_back_to(with_years, monkeypatch):
    tomorrow = today().replace(year=today().year + 1)
    monkeypatch.setattr(screen_module, "today", lambda: tomorrow)
    with_years.activate()
    assert with_years.heading.text() == day_in_words(tomorrow)
    assert with_years.years[0].stack.accessibleName().startswith("Two years ago")


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_click_opens_an_entry(qtbot, with_years, years):
    stack = with_years.recent
    with qtbot.waitSignal(with_years.open_entry_requested) as asked:
        place = stack.visualRect(stack.model().index(1, 0)).center()
        qtbot.mouseClick(stack.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [years["Nearly two years ago"]]


def test_arrows_choose_and_enter_opens(qtbot, with_years, years):
    qtbot.keyClick(with_years.box.editor, Qt.Key.Key_Escape)
    assert with_years.recent.hasFocus()
    assert with_years.recent.current_id() == years["In spring"]
    with qtbot.assertNotEmitted(with_years.open_entry_requested):
        qtbot.keyClick(with_years.recent, Qt.Key.Key_Down)
    with qtbot.waitSignal(with_years.open_entry_requested) as asked:
        qtbot.keyClick(with_years.recent, Qt.Key.Key_Return)
    assert asked.args == [years["Nearly two years ago"]]


def test_only_the_list_with_the_focus_has_a_chosen_card(with_years):
    with_years.recent.setFocus(Qt.FocusReason.TabFocusReason)
    with_years.years[0].stack.setFocus(Qt.FocusReason.TabFocusReason)
    assert with_years.recent.current_id() == ""
    assert with_years.years[0].stack.current_id()


def test_choosing_by_key_scrolls_the_page(qtbot, context, notebook):
    for number in range(10):
        notebook.entries.add(EntryDraft(title=f"Entry {number}", body="With some words. " * 12))
    screen = shown(qtbot, context, 848, 500)
    qtbot.waitUntil(lambda: screen.page.verticalScrollBar().maximum() > 0)
    screen.recent.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(9):
        qtbot.keyClick(screen.recent, Qt.Key.Key_Down)
    chosen = screen.recent.visualRect(screen.recent.currentIndex())
    bottom = screen.recent.viewport().mapTo(screen.page.viewport(), chosen.bottomLeft()).y()
    assert 0 < bottom <= screen.page.viewport().height()


def test_a_list_leaves_the_wheel_to_the_page(with_years):
    viewport = with_years.recent.viewport()
    centre = viewport.rect().center()
    wheel = QWheelEvent(
        QPointF(centre),
        QPointF(viewport.mapToGlobal(centre)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, wheel)
    assert not wheel.isAccepted()


def test_everything_is_asked_of_browse(qtbot, with_years):
    with qtbot.waitSignal(with_years.search_requested) as asked:
        qtbot.mouseClick(with_years.more, Qt.MouseButton.LeftButton)
    assert asked.args == [""]


# --- foresights that are due ----------------------------------------------------------------------------------------


def test_a_due_foresight_is_resolved_in_place(qtbot, with_due, foresight, notebook):
    (card,) = with_due.due_cards
    assert card.due.heading == "The roaster will be paid off"
    qtbot.mouseClick(card.buttons[1], Qt.MouseButton.LeftButton)
    outcome = notebook.entries.get(foresight).fields.outcome
    assert (outcome.result, outcome.resolved) == ("partly", today().isoformat())
    assert with_due.due_cards == []
    assert not with_due.due.isVisible()
    assert notebook.history.undo() is not None


@pytest.mark.parametrize(("key", "result"), [(Qt.Key.Key_Y, "yes"), (Qt.Key.Key_P, "partly"), (Qt.Key.Key_N, "no")])
def test_a_due_foresight_is_resolved_by_a_key(qtbot, with_due, foresight, notebook, key, result):
    (card,) = with_due.due_cards
    card.buttons[0].setFocus()
    qtbot.keyClick(card.buttons[0], key)
    assert notebook.entries.get(foresight).fields.outcome.result == result
    assert with_due.due_cards == []


def test_without_a_check_there_is_nothing_to_take(qtbot, with_due, foresight, notebook):
    (card,) = with_due.due_cards
    assert [button.text() for button in card.buttons] == ["Yes", "Partly", "No"]
    card.buttons[0].setFocus()
    qtbot.keyClick(card.buttons[0], Qt.Key.Key_C)
    assert notebook.entries.get(foresight).fields.outcome is None


def test_a_check_is_told_and_taken(qtbot, context, notebook, tmp_path):
    path = tmp_path / "sacks.csv"
    path.write_text("Date,Sacks\n2026-03-01,4\n2026-03-02,5\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    check = Check("Sacks", ">=", 9, "2026-03-01/2026-03-02")
    item = notebook.entries.add(EntryDraft(body="Nine", kind="foresight", horizon="2026-03", check=check)).result
    notebook.search.catch_up()
    made = shown(qtbot, context)
    qtbot.waitUntil(lambda: bool(made.due_cards))
    (card,) = made.due_cards
    assert card.due.check == "Its check: Sacks in 1–2 March 2026 is 9, asked ≥ 9: holds."
    card.buttons[0].setFocus()
    qtbot.keyClick(card.buttons[0], Qt.Key.Key_C)
    outcome = notebook.entries.get(item).fields.outcome
    assert (outcome.result, "was 9 (total of 2 points)" in outcome.note) == ("yes", True)


def test_a_check_that_cannot_be_said_is_not_offered(qtbot, context, notebook, tmp_path):
    path = tmp_path / "sacks.csv"
    path.write_text("Date,Sacks\n2026-03-01,4\n2026-03-02,5\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    check = Check("Sacks", ">=", 9, "2026-03")
    notebook.entries.add(EntryDraft(body="Nine", kind="foresight", horizon="2026-03", check=check))
    notebook.search.catch_up()
    made = shown(qtbot, context)
    qtbot.waitUntil(lambda: bool(made.due_cards))
    (card,) = made.due_cards
    assert "cannot be said yet, points cover 2 of 31 days" in card.due.check
    assert len(card.buttons) == 3


def test_due_foresights_appear_when_the_index_is_there(qtbot, context, notebook):
    notebook.entries.add(EntryDraft(body="It will rain", kind="foresight", horizon="2026-06"))
    screen = shown(qtbot, context)
    qtbot.waitUntil(lambda: not screen._due_timer.isActive())
    assert screen.due_cards == []
    context.operations.indexed.emit(notebook.search.catch_up())
    assert [card.due.heading for card in screen.due_cards] == ["It will rain"]


def test_a_due_foresight_can_be_opened(qtbot, with_due, foresight):
    with qtbot.waitSignal(with_due.open_entry_requested) as asked:
        qtbot.mouseClick(with_due.due_cards[0].open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [foresight]


def test_a_refusal_is_told_and_can_be_tried_again(qtbot, with_due, context, monkeypatch):
    def refuse(*_: object) -> None:
        raise Invalid(message="The disk is full.")

    context.operations.read("patch", lambda nb: monkeypatch.setattr(nb.entries, "edit", refuse), lambda _: None)
    (card,) = with_due.due_cards
    qtbot.mouseClick(card.buttons[0], Qt.MouseButton.LeftButton)
    assert with_due.message.text() == "The disk is full."
    assert card.buttons[0].isEnabled()


def test_without_foresights_the_search_is_not_asked(qtbot, context, notebook, monkeypatch):
    notebook.entries.add(EntryDraft(body="A note"))
    context.operations.read("patch", lambda nb: monkeypatch.setattr(nb.search, "run", None), lambda _: None)
    screen = shown(qtbot, context)
    screen.mark_stale()
    assert not screen._due_timer.isActive()
    assert screen.due_cards == []


# --- columns --------------------------------------------------------------------------------------------------------


def left_edges(screen: TodayScreen) -> list[int]:
    content = screen.page.widget()
    return [section.mapTo(content, section.rect().topLeft()).x() for section in (screen.lately, screen.earlier)]


def top_edges(screen: TodayScreen) -> list[int]:
    content = screen.page.widget()
    sections = (screen.box, screen.due, screen.lately, screen.earlier)
    return [section.mapTo(content, section.rect().topLeft()).y() for section in sections]


def test_two_columns_where_there_is_room_else_one(qtbot, with_due, years):
    with_due.mark_stale()
    qtbot.waitUntil(lambda: left_edges(with_due)[0] < left_edges(with_due)[1])
    with_due.resize(848, 700)
    qtbot.waitUntil(lambda: left_edges(with_due)[0] == left_edges(with_due)[1])
    qtbot.waitUntil(lambda: top_edges(with_due) == sorted(top_edges(with_due)))
    with_due.resize(1264, 900)
    qtbot.waitUntil(lambda: left_edges(with_due)[0] < left_edges(with_due)[1])
    assert with_due.due.parentWidget() is with_due.earlier.parentWidget()


def test_nothing_is_wider_than_the_page(qtbot, context, with_due):
    context.settings.set("text_size", 150)
    context.appearance.settings_changed()
    with_due.resize(704, 600)
    qtbot.waitUntil(lambda: with_due.page.horizontalScrollBar().maximum() == 0)
    content = with_due.page.widget()
    assert content.width() <= with_due.page.viewport().width()
    card = with_due.due_cards[0]
    assert card.mapTo(content, card.rect().topRight()).x() < content.width()
