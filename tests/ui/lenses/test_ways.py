"""The page of ways: three readings by keys, words a page at a time, and the way to every entry."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import StageStep
from desktop_app.services import Notebook
from desktop_app.ui.lenses.ways import WaysPage
from desktop_app.ui.lenses.ways.telling import AGAINST, BESIDE
from desktop_app.ui.lenses.ways.views import PAGE, SLICE, SheetView
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets import ScreenContext, SmallLink, TextLabel
from tests.ui.conftest import seen


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 22, 14, 30)


@pytest.fixture
def written(notebook: Notebook, tmp_path: Path) -> dict[str, str]:
    """Ids by their words."""
    made: dict[str, str] = {}

    def write(body: str, perspective: str, **given: object) -> None:
        draft = EntryDraft(body=body, perspectives=(perspective,), **given)  # type: ignore[arg-type]
        made[body] = notebook.entries.add(draft).result

    write("ring *twice*", "cunning-intelligence", kind="quote", speaker="Ines Vidal", org="The Mill", tags=("door",))
    write("ask the cook", "cunning-intelligence", tags=("kitchen",), channel="visit", when="2026-03-04")
    write("I cook", "aspirational-rationality", kind="quote", speaker="Ines Vidal", when="2026-03-01")
    write("I teach", "aspirational-rationality", kind="quote", speaker="Ines Vidal", when="2026-08-01")
    for number in range(PAGE + 5):
        write(f"number {number}", "value-rationality", speaker="Tomas Okoro", when=f"2026-01-{number + 1:02}")
    ines = next(person.id for person in notebook.people.list() if person.fields.name == "Ines Vidal")
    notebook.people.add_stage(ines, StageStep("customer", "2026-05"))
    path = tmp_path / "visits.csv"
    path.write_text("Date,Visits\n2026-03-03,5\n2026-03-04,7\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    stretch = End("series", "Visits", "2026-03-03", "2026-03-05")
    reason = notebook.entries.add(EntryDraft(title="Rain", body="it rained")).result
    notebook.links.add(LinkFields(End("entry", reason), "explains", stretch))
    notebook.links.add(LinkFields(End("entry", made["ring *twice*"]), "contradicts", End("entry", reason)))
    notebook.links.add(LinkFields(End("entry", made["ask the cook"]), "supports", stretch))
    made["Rain"] = reason
    return made


@pytest.fixture
def page(qtbot, context: ScreenContext, written: dict[str, str]) -> WaysPage:
    return seen(qtbot, WaysPage(context))


def _rows(page: WaysPage) -> list[str]:
    return [row.heading for row in page.list.rows() if row.kind == "item"]


def _words(page: WaysPage) -> list[str]:
    assert page.view is not None
    return [card.view.plain_text() for card in page.view.cards]


def test_quotes_are_read_practice_by_practice(page: WaysPage) -> None:
    assert _rows(page) == ["door", "kitchen", "Where it disagrees", "Beside the numbers"]
    assert _words(page) == ["ring twice"]
    assert page.view is not None
    assert "Ines Vidal, The Mill" in page.view.cards[0].accessibleName()


def test_keys_go_from_reading_to_reading(qtbot, page: WaysPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_2)
    assert _rows(page)[0] == "Ines Vidal"
    assert _words(page) == ["I cook", "I teach", "I cook", "I teach"]
    assert page.view is not None
    assert [card.accessibleName().split(".")[0] for card in page.view.cards[:2]] == ["First", "Last"]
    assert "customer" in page.view.cards[1].accessibleName()
    assert not page.by_button.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_3)
    assert _rows(page)[0] == "Tomas Okoro"
    qtbot.keyClick(page.list, Qt.Key.Key_B)
    assert _rows(page)[0] == "Without a tag"
    qtbot.keyClick(page.list, Qt.Key.Key_1)
    assert _rows(page)[0] == "door"


def _wait_for_cards(qtbot, page: WaysPage) -> None:
    assert page.view is not None
    view = page.view
    qtbot.waitUntil(lambda: len(view.cards) == len(view.sheet.spoken))


def test_many_entries_are_read_a_page_at_a_time(qtbot, page: WaysPage) -> None:
    page.read_value()
    _wait_for_cards(qtbot, page)
    assert _words(page) == [f"number {number}" for number in range(PAGE)]
    qtbot.keyClick(page.list, Qt.Key.Key_Period)
    _wait_for_cards(qtbot, page)
    assert _words(page) == [f"number {number}" for number in range(PAGE, PAGE + 5)]
    qtbot.keyClick(page.list, Qt.Key.Key_Period)
    assert len(_words(page)) == 5
    qtbot.keyClick(page.list, Qt.Key.Key_Comma)
    _wait_for_cards(qtbot, page)
    assert len(_words(page)) == PAGE
    qtbot.keyClick(page.list, Qt.Key.Key_Comma)
    assert len(_words(page)) == PAGE


def test_arrows_walk_the_words_and_enter_opens_the_entry(qtbot, page: WaysPage, written: dict[str, str]) -> None:
    page.read_aspiration()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.view is not None
    cards = page.view.cards
    assert cards[0].hasFocus()
    qtbot.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].hasFocus()
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        qtbot.keyClick(cards[1], Qt.Key.Key_Return)
    assert opened.args == [written["I teach"]]
    qtbot.keyClick(cards[1], Qt.Key.Key_Up)
    qtbot.keyClick(cards[0], Qt.Key.Key_Up)
    assert page.list.hasFocus()


def test_a_figure_leads_to_its_entries(qtbot, page: WaysPage, context: ScreenContext) -> None:
    assert page.view is not None
    links = {link.accessibleName(): link for link in page.view.findChildren(SmallLink)}
    with qtbot.waitSignal(page.search_requested) as asked:
        links["1 quote"].click()
    assert asked.args == ["perspective:cunning-intelligence tag:door kind:quote"]
    whole = {link.accessibleName(): link for link in page.findChildren(SmallLink)}
    with qtbot.waitSignal(page.search_requested) as asked:
        whole["2 entries in all"].click()
    assert asked.args == ["perspective:cunning-intelligence"]


def test_what_meets_the_metrics_stands_apart_with_its_numbers(qtbot, page: WaysPage, written: dict[str, str]) -> None:
    page.show_row(AGAINST)
    assert _words(page) == ["ring twice"]
    assert page.view is not None
    told = [label.text() for label in page.view.findChildren(TextLabel)]
    assert told == ["contradicts “Rain”, which explains Visits, 3–4 March 2026. When it was linked: 12. Now: 12."]
    links = {link.accessibleName(): link for link in page.view.cards[0].findChildren(SmallLink)}
    with qtbot.waitSignal(page.search_requested) as asked:
        links["Show both entries"].click()
    assert asked.args == [f"id:{written['ring *twice*']},{written['Rain']}"]
    page.show_row(BESIDE)
    assert page.view is not None
    told = [label.text() for label in page.view.findChildren(TextLabel)]
    assert told == ["supports Visits, 3–4 March 2026. When it was linked: 12. Now: 12."]


def test_one_is_written_with_the_perspective_and_its_question(qtbot, page: WaysPage) -> None:
    with qtbot.waitSignal(page.capture_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_N)
    marks, question = asked.args
    assert marks == "^cunning-intelligence "
    assert question == "What do people who know the ground do that no rule describes?"


def test_an_empty_reading_explains_itself_and_leads_to_the_others(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, WaysPage(context))
    assert page.stack.currentIndex() == 1
    assert "no rule describes" in page.nothing.heading.text()
    assert not page.save_button.isEnabled()
    qtbot.keyClick(page.nothing.button, Qt.Key.Key_2)
    assert "trying to become" in page.nothing.heading.text()
    with qtbot.waitSignal(page.capture_requested) as asked:
        page.nothing.button.click()
    assert asked.args[0] == "^aspirational-rationality "


def test_a_query_narrows_what_is_read(page: WaysPage) -> None:
    page.set_query("tag:window")
    assert page.stack.currentIndex() == 1
    page.set_query("tag:kitchen")
    assert _rows(page)[0] == "kitchen"
    assert _words(page) == ["ask the cook"]


def test_the_list_narrows_to_a_name(qtbot, page: WaysPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_F)
    assert page.pane.filter.hasFocus()
    page.pane.filter.setText("KITCH")
    page.pane.filter.settle_now()
    assert _rows(page) == ["kitchen"]
    page.pane.filter.setText("window")
    page.pane.filter.settle_now()
    assert page.card.none_fits.isVisible()


def test_what_is_read_again_keeps_its_place(qtbot, page: WaysPage, context: ScreenContext) -> None:
    page.read_value()
    page.page_on()
    assert page.view is not None
    page.view.cards[2].setFocus()
    before = page.view
    draft = EntryDraft(body="more", kind="quote", perspectives=("value-rationality",), speaker="Zoe Marsh")
    context.operations.submit(ChangeOp("Write", lambda notebook: notebook.entries.add(draft)))
    context.operations.indexed.emit(1)
    assert page.view is not before
    assert page.view.sheet.at == PAGE
    _wait_for_cards(qtbot, page)
    assert page.view.cards[2].hasFocus()
    assert "Zoe Marsh" in _rows(page)


def test_it_is_saved_as_markdown_or_as_a_table(page: WaysPage, tmp_path: Path, monkeypatch) -> None:
    asked: list[tuple[str, tuple[tuple[str, str], ...], Callable[..., bytes]]] = []
    monkeypatch.setattr(page.saver, "ask", lambda *given: asked.append(given))
    page.save()
    name, kinds, make = asked[0]
    assert (name, [ending for _, ending in kinds]) == ("Ways", [".md", ".csv"])
    for ending, begins in ((".md", b"# Cunning"), (".csv", b"\xef\xbb\xbfpart,group")):
        page.saver.save(tmp_path / f"ways{ending}", make)
        assert (tmp_path / f"ways{ending}").read_bytes().startswith(begins)


@pytest.mark.parametrize("width", [824, 1264])
def test_no_word_is_cut_off_and_no_line_too_long(qtbot, page: WaysPage, context: ScreenContext, width: int) -> None:
    draft = EntryDraft(body="so many words " * 60, kind="quote", tags=("door",), perspectives=("cunning-intelligence",))
    context.operations.submit(ChangeOp("Write", lambda notebook: notebook.entries.add(draft)))
    context.operations.indexed.emit(1)
    page.resize(width, 700)

    def whole() -> bool:
        assert page.view is not None
        return all(card.view.browser.height() <= card.view.height() for card in page.view.cards)

    qtbot.waitUntil(whole)
    assert page.view is not None
    card = page.view.cards[0]
    assert card.view.browser.lineWrapColumnOrWidth() <= 72 * card.view.browser.fontMetrics().averageCharWidth()


def test_the_tour_shows_each_reading(page: WaysPage) -> None:
    page.begin_tour()
    shown = []
    for name, show in page.tour_steps():
        show()
        assert page.view is not None
        shown.append((name, page.view.sheet.name))
    assert shown == [
        ("aspiration", "Ines Vidal"),
        ("value", "Tomas Okoro"),
        ("metrics", "Beside the numbers"),
    ]
    page.end_tour()
    assert page.tabs.currentIndex() == 0


def test_cards_come_a_few_at_a_time(qtbot, context: ScreenContext, notebook: Notebook) -> None:
    for number in range(SLICE + 2):
        notebook.entries.add(EntryDraft(body=f"way {number}", when="2026-03", perspectives=("cunning-intelligence",)))
    page = seen(qtbot, WaysPage(context))
    sheet = page.view.sheet
    view = SheetView(page.appearance, sheet, page)
    qtbot.addWidget(view)
    made: list[int] = []
    view.when_complete(lambda: made.append(len(view.cards)))
    assert (len(view.cards), made) == (SLICE, [])
    qtbot.waitUntil(lambda: bool(made))
    assert made == [SLICE + 2]
    assert [card.spoken for card in view.cards] == list(sheet.spoken)
    places = [view.column.indexOf(card) for card in view.cards]
    assert places == sorted(places)
