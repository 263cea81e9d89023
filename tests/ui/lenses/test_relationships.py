"""The page of relationships: people on the left, their way beside it, and the way to every entry."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.people import StageStep
from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.drawing import Look, drawing_bytes
from desktop_app.ui.lenses.relationships import RelationshipsPage, StepsDrawing, WayDrawing
from desktop_app.ui.lenses.relationships.telling import EVERYBODY
from desktop_app.ui.lenses.relationships.views import EverybodyView, WayView
from desktop_app.ui.theme import TypeSizes, load_theme
from desktop_app.ui.widgets import ScreenContext, SmallLink
from tests.ui.conftest import seen


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 22, 14, 30)


@pytest.fixture
def people(notebook: Notebook) -> dict[str, str]:
    """Ids by name; Ines has a rhythm and has been silent for longer, Tomas was heard yesterday."""

    def write(body: str, **given: object) -> str:
        return notebook.entries.add(EntryDraft(body=body, **given)).result  # type: ignore[arg-type]

    for day in ("2026-05-01", "2026-05-08", "2026-05-15"):
        shown = write(f"on {day}", kind="quote", speaker="Ines Vidal", org="The Mill", when=day)
    write("helped", speaker="Ines Vidal", when="2026-05-20", act="helped")
    write("heard", speaker="Tomas Okoro", when="2026-11-21")
    write("Spring fair", kind="event", title="Spring fair", when="2026-05")
    found = {person.fields.name: person.id for person in notebook.people.list()}
    notebook.people.add_stage(found["Ines Vidal"], StageStep("customer", "2026-05-15", shown))
    notebook.people.add_stage(found["Ines Vidal"], StageStep("prospect", "2026-06-15"))
    notebook.questions.add(QuestionDraft(text="Why so dear?", asker="Ines Vidal", asked="2026-05-03"))
    return found


@pytest.fixture
def page(qtbot, context: ScreenContext, people: dict[str, str]) -> RelationshipsPage:
    return seen(qtbot, RelationshipsPage(context))


@pytest.fixture
def paper(qapp) -> Look:
    return Look(load_theme("light"), TypeSizes.at(100), qapp.font())


def _words(page: RelationshipsPage) -> list[str]:
    assert page.view is not None
    return [link.accessibleName() for link in page.view.findChildren(SmallLink)]


def _names(page: RelationshipsPage) -> list[str]:
    return [row.heading for row in page.list.rows()]


def test_people_stand_by_name_below_everybody(page: RelationshipsPage) -> None:
    assert _names(page) == ["Everybody", "Ines Vidal", "Tomas Okoro"]
    assert isinstance(page.view, EverybodyView)
    assert "2 people" in page.sentence.text()
    assert "Ines Vidal: every 7 days, silent for 186 days" in _words(page)


def test_keys_walk_the_list_and_list_it_by_date(qtbot, page: RelationshipsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_L)
    assert _names(page) == ["Everybody", "Tomas Okoro", "Ines Vidal"]
    qtbot.keyClick(page.list, Qt.Key.Key_L)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert isinstance(page.view, WayView)
    assert page.view.found.relationship.name == "Ines Vidal"
    qtbot.keyClick(page.list, Qt.Key.Key_F)
    assert page.pane.filter.hasFocus()
    qtbot.keyClicks(page.pane.filter, "okoro")
    page.pane.filter.settle_now()
    assert _names(page) == ["Tomas Okoro"]


def test_the_silent_and_organisations_have_lists_of_their_own(page: RelationshipsPage) -> None:
    page.tabs.setCurrentIndex(1)
    assert _names(page) == ["The Mill"]
    page.list.choose_first()
    assert isinstance(page.view, WayView)
    assert page.view.ask.isHidden()
    page.tabs.setCurrentIndex(2)
    assert [(row.heading, row.meta) for row in page.list.rows()] == [
        ("Ines Vidal", "every 7 days, silent for 186 days")
    ]


def test_figures_in_words_lead_to_their_entries(qtbot, page: RelationshipsPage, people: dict[str, str]) -> None:
    page.show_one(people["Ines Vidal"])
    words = _words(page)
    for said in (
        "4 conversations",
        "talked with on 4 days, usually every 7 days",
        "last on 20 May 2026, 186 days ago: longer than their own rhythm",
        "Listened: 3 of 3 of those that say which (100%)",
        "Helped: 1",
        "1 question still open",
        "customer, 15 May 2026, shown by an entry",
    ):
        assert said in words, said
    link = next(one for one in page.view.findChildren(SmallLink) if one.accessibleName() == "Helped: 1")
    with qtbot.waitSignal(page.search_requested) as asked:
        link.click()
    assert asked.args == [f"kind:note,quote,event speaker:{people['Ines Vidal']} act:helped"]


def test_each_mark_of_a_way_says_what_it_is_and_leads_there(
    qtbot, page: RelationshipsPage, people: dict[str, str], notebook: Notebook
) -> None:
    page.show_one(people["Ines Vidal"])
    spots = {spot.words: spot for spot in page.view.canvas.spots()}
    assert "Back to prospect, 15 June 2026: no entry shows it" in spots
    assert "Open question, 3 May 2026: Why so dear?" in spots
    assert any(words.startswith("Spring fair, planned") for words in spots)
    assert spots["Back to prospect, 15 June 2026: no entry shows it"].query == ""
    helped = spots["Help, 20 May 2026: helped"]
    page.view.canvas.choose_key(helped.key)
    assert page.foot.words.text() == "Help, 20 May 2026: helped"
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.view.canvas, Qt.Key.Key_Return)
    assert [item for _, item in notebook.search.matches(asked.args[0])] == [helped.key[1][0]]


def test_steps_lead_to_who_they_are(qtbot, page: RelationshipsPage, people: dict[str, str]) -> None:
    customer = next(spot for spot in page.view.canvas.spots() if spot.words == "2026, customer: 1 person")
    page.view.canvas.choose_key(customer.key)
    link = next(
        one for one in page.view.findChildren(SmallLink) if one.accessibleName().startswith("Ines Vidal, customer")
    )
    with qtbot.waitSignal(page.search_requested):
        qtbot.keyClick(page.view.canvas, Qt.Key.Key_Return)
    link.click()
    assert page.view.found.relationship.id == people["Ines Vidal"]
    page.show_one(EVERYBODY)
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    assert [spot.words for spot in page.view.canvas.spots()] == [
        "Q2 2026, customer: 1 person",
        "Q2 2026, prospect: 1 person, 1 of them back from further along",
    ]


def test_from_a_person_one_writes_asks_and_opens(
    qtbot, page: RelationshipsPage, people: dict[str, str], notebook: Notebook
) -> None:
    page.show_one(people["Tomas Okoro"])
    with qtbot.waitSignal(page.capture_requested) as captured:
        qtbot.keyClick(page.list, Qt.Key.Key_N)
    assert captured.args == ["@[Tomas Okoro] ", ""]
    with qtbot.waitSignal(page.open_place_requested) as opened:
        qtbot.keyClick(page.list, Qt.Key.Key_O)
    assert opened.args == ["person", people["Tomas Okoro"], -1]
    qtbot.keyClick(page.list, Qt.Key.Key_Q)
    assert page.view.line.hasFocus()
    QTest.keyClicks(page.view.line, "Will it be on time, now?")
    qtbot.keyClick(page.view.line, Qt.Key.Key_Return)
    asked = notebook.questions.asked_by(people["Tomas Okoro"])
    assert [question.fields.text for question in asked] == ["Will it be on time, now?"]
    assert page.view.line.isHidden()
    assert "1 question still open" in _words(page)


def test_escape_leaves_the_question_and_a_change_does_not(
    qtbot, page: RelationshipsPage, people: dict[str, str]
) -> None:
    page.show_one(people["Tomas Okoro"])
    qtbot.keyClick(page.list, Qt.Key.Key_Q)
    QTest.keyClicks(page.view.line, "Half a")
    page.read()
    assert page.view.line.text() == "Half a"
    qtbot.keyClick(page.view.line, Qt.Key.Key_Escape)
    assert page.view.line.isHidden()


def test_a_query_that_leaves_somebody_out_shows_everybody(page: RelationshipsPage, people: dict[str, str]) -> None:
    page.show_one(people["Tomas Okoro"])
    page.set_query("kind:quote")
    assert _names(page) == ["Everybody", "Ines Vidal"]
    assert isinstance(page.view, EverybodyView)


def test_nobody_yet(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, RelationshipsPage(context))
    assert page.stack.currentIndex() == 1
    assert page.nothing.button.hasFocus()
    with qtbot.waitSignal(page.capture_requested):
        page.nothing.button.click()


@pytest.mark.parametrize("width", [360, 760, 1200])
def test_drawings_keep_inside_their_width(
    page: RelationshipsPage, people: dict[str, str], paper: Look, width: int
) -> None:
    page.show_one(people["Ines Vidal"])
    for drawing in (page.drawing(), StepsDrawing(page.result)):
        height = drawing.arrange(width, paper)
        assert drawing.spots
        for spot in drawing.spots:
            assert spot.rect.left() >= 0, spot
            assert spot.rect.right() <= width + 1, spot
            assert spot.rect.bottom() <= height, spot
            assert spot.words


def test_what_is_shown_is_saved(
    page: RelationshipsPage, people: dict[str, str], paper: Look, notebook: Notebook
) -> None:
    assert isinstance(page.drawing(), StepsDrawing)
    assert page.table(notebook, page.result).startswith(b"\xef\xbb\xbfid,kind,name")
    page.show_one(people["Ines Vidal"])
    drawing = page.drawing()
    assert isinstance(drawing, WayDrawing)
    for ending, head in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
        assert drawing_bytes(drawing, ending, paper, "Ines").startswith(head)
    assert b"Why so dear?" in page.table(notebook, page.result)


def test_a_crowded_way_heaps_up(qtbot, context: ScreenContext, notebook: Notebook) -> None:
    for day in range(1, 29):
        notebook.entries.add(EntryDraft(body=f"day {day}", speaker="Ines Vidal", when=f"2026-02-{day:02}"))
    notebook.entries.add(EntryDraft(body="never", speaker="Ines Vidal", when=""))
    page = seen(qtbot, RelationshipsPage(context))
    page.begin_tour()
    spots = page.view.canvas.spots()
    heap = next(spot for spot in spots if spot.words.startswith("Conversations: "))
    undated = next(spot for spot in spots if spot.words == "1 without a date")
    assert len(notebook.search.matches(heap.query)) == len(heap.key[1])
    assert sum(len(spot.key[1]) for spot in spots if spot.key != "undated") == 28
    assert len(notebook.search.matches(undated.query)) == 1


def test_the_tour_shows_a_way_and_everybody(page: RelationshipsPage, tmp_path: Path) -> None:
    page.begin_tour()
    assert isinstance(page.view, WayView)
    for _, act in page.tour_steps():
        act()
    assert isinstance(page.view, EverybodyView)


def test_what_is_read_again_keeps_the_place_in_the_drawing(
    qtbot, page: RelationshipsPage, people: dict[str, str]
) -> None:
    page.show_one(people["Ines Vidal"])
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.view.canvas.hasFocus()
    qtbot.keyClick(page.view.canvas, Qt.Key.Key_End)
    words = page.foot.words.text()
    page.read()
    assert page.view.canvas.hasFocus()
    assert page.view.canvas.chosen.words == page.foot.words.text() == words


def test_what_lies_centuries_apart_keeps_inside_the_drawing(
    page: RelationshipsPage, people: dict[str, str], notebook: Notebook, paper: Look
) -> None:
    for when in ("0850", "../0900", "2026-05/..", "9998"):
        notebook.entries.add(EntryDraft(body=f"since {when}", speaker="Tomas Okoro", when=when))
    for number in range(70):
        when = f"2026-{1 + number % 9:02}-03/2026-{2 + number % 9:02}-07"
        notebook.entries.add(EntryDraft(body=f"campaign {number}", kind="event", when=when))
    drawing = WayDrawing(notebook.relationships.way(people["Tomas Okoro"]))
    height = drawing.arrange(760, paper)
    for spot in drawing.spots:
        assert spot.rect.left() >= 0, spot
        assert spot.rect.right() <= 761, spot
        assert spot.rect.bottom() <= height, spot
    assert drawing_bytes(drawing, ".png", paper, "Tomas").startswith(b"\x89PNG")


def test_sixty_bands_are_as_quiet_as_one(
    page: RelationshipsPage, people: dict[str, str], notebook: Notebook, paper: Look
) -> None:
    for at in range(60):
        notebook.entries.add(EntryDraft(body=f"Sale {at}", kind="event", when="2025-01/2026-06"))
    page.read()
    page.show_one(people["Ines Vidal"])
    drawing = page.drawing()
    assert drawing is not None
    height = drawing.arrange(800, paper)
    image = QImage(800, int(height), QImage.Format.Format_RGB32)
    image.fill(paper.theme.color("surface"))
    painter = QPainter(image)
    drawing.paint(painter, paper)
    painter.end()
    ground = paper.theme.color("surface").lightness()
    quiet = paper.theme.color("muted").lightness()
    ink = image.pixelColor(500, int(height) - 30).lightness()
    assert abs(ink - ground) < abs(quiet - ground) * 0.15
