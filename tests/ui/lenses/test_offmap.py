"""The page of random events: chosen by keys, told with links, drawn as it went, and saved."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop_app.model.entries import EntryDraft
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import StageStep
from desktop_app.services import Notebook
from desktop_app.ui.lenses.canvas import look_of
from desktop_app.ui.lenses.drawing import drawing_bytes
from desktop_app.ui.lenses.offmap import OffMapPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 22, 14, 30)


@pytest.fixture
def ids(notebook: Notebook) -> dict[str, str]:
    def add(title: str, when: str, speaker: str = "", **more: object) -> str:
        return notebook.entries.add(EntryDraft(title=title, when=when, speaker=speaker, **more)).result  # type: ignore[arg-type]

    made = {
        "flood": add("The <b>flood</b> & more", "2026-03-02", surprise=True, scales=("day",)),
        "talk": add("A talk", "2026-03-10", "Ines Vidal", scales=("year",)),
        "strike": add("The strike", "2026-04-01/2026-04-30", surprise=True),
        "seen": add("Only seen so", "2026-06-01", "Omar Reyes", perspectives=("random-events",)),
    }
    notebook.links.add(LinkFields(End("entry", made["talk"]), "explains", End("entry", made["flood"])))
    people = {person.fields.name: person.id for person in notebook.people.list()}
    for stage, when in (("customer", "2025"), ("prospect", "2026-01"), ("customer", "2026-02")):
        shown = made["talk"] if when == "2025" else None
        notebook.people.add_stage(people["Ines Vidal"], StageStep(stage, when, shown))
    for stage, when in (("prospect", "2025"), ("customer", "2026")):
        notebook.people.add_stage(people["Omar Reyes"], StageStep(stage, when))
    return made | people


@pytest.fixture
def page(qtbot, ids: dict[str, str], context: ScreenContext) -> OffMapPage:
    return seen(qtbot, OffMapPage(context))


def test_the_first_surprise_is_told_with_what_it_touched(page: OffMapPage, ids: dict[str, str]) -> None:
    assert [row.id for row in page.rows.rows()] == [ids["flood"], ids["strike"], "unmarked", ids["seen"]]
    assert page.rows.current_id() == ids["flood"]
    assert page.reader.browser.accessibleName() == "What it touched"
    told = page.reader.plain_text()
    assert "The <b>flood</b> & more" in told
    assert "1 entry began within 14 days" in told
    assert "Ines Vidal: 1 entry" in told
    assert "explained by A talk" in told
    assert "1 entry" in page.foot.words.text()


def test_the_keyboard_alone_goes_through_the_register(qtbot, page: OffMapPage, ids: dict[str, str]) -> None:
    page.rows.setFocus()
    qtbot.keyClick(page.rows, Qt.Key.Key_Down)
    assert page.rows.current_id() == ids["strike"]
    assert "0 entries began within 14 days" in page.reader.plain_text()
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert opened.args == [ids["strike"]]
    qtbot.keyClick(page, Qt.Key.Key_F6)
    assert page.reader.browser.hasFocus()
    with qtbot.waitSignal(page.capture_requested) as asked:
        qtbot.keyClick(page, Qt.Key.Key_N)
    assert asked.args[0] == "!surprise "


def test_links_lead_to_entries_and_to_queries(qtbot, page: OffMapPage, notebook: Notebook, ids: dict[str, str]) -> None:
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        page.reader.item_link_clicked.emit(f"entry/{ids['talk']}")
    assert opened.args == [ids["talk"]]
    with qtbot.waitSignal(page.search_requested) as asked:
        page.reader.item_link_clicked.emit("query/0")
    assert {item for _, item in notebook.search.matches(asked.args[0])} == {ids["talk"]}
    with qtbot.assertNotEmitted(page.search_requested):
        page.reader.item_link_clicked.emit("query/99")


def test_the_time_and_the_scales_are_chosen(page: OffMapPage, ids: dict[str, str]) -> None:
    page.set_reach(7)
    assert "0 entries began within 7 days" in page.reader.plain_text()
    assert page.within.text() == "within 7 days"
    page.set_reach(730)
    assert "3 entries began within 2 years" in page.reader.plain_text()
    page.set_scales(("year",))
    assert "1 entry began within 2 years" in page.reader.plain_text()
    page.set_scales(("day",))
    assert "0 entries began" in page.reader.plain_text()


def test_menus_offer_each_time_and_each_scale(qtbot, monkeypatch, page: OffMapPage) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    for key, least in ((Qt.Key.Key_W, 9), (Qt.Key.Key_T, 9)):
        qtbot.keyClick(page, key)
        actions = shown[-1].actions()
        assert len(actions) >= least
        assert sum(action.isChecked() for action in actions) == 1
        actions[1].trigger()
    assert page.reach == 3
    assert page.scales == ("moment",)


def test_the_drawing_leads_from_each_figure_to_what_is_behind_it(
    qtbot, page: OffMapPage, notebook: Notebook, ids: dict[str, str]
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_V)
    assert page.canvas.hasFocus()
    spots = {spot.key: spot for spot in page.canvas.spots()}
    assert spots[ids["Ines Vidal"], -1].words.startswith("Ines Vidal: customer → prospect → customer")
    with qtbot.waitSignal(page.open_place_requested) as opened:
        page.open_spot(spots[ids["Ines Vidal"], -1])
    assert opened.args == ["person", ids["Ines Vidal"], -1]
    with qtbot.waitSignal(page.search_requested) as asked:
        page.open_spot(spots[ids["Ines Vidal"], 0])
    assert asked.args == [f"id:{ids['talk']}"]
    # No entry shows the second step: its person does.
    with qtbot.waitSignal(page.open_place_requested):
        page.open_spot(spots[ids["Ines Vidal"], 1])
    assert spots["marked"].query == "is:surprise"
    assert spots["straight"].query == f"id:{ids['Omar Reyes']}"
    for spot in spots.values():
        assert spot.words
        if spot.query:
            assert notebook.search.matches(spot.query), spot.words
    page.canvas.choose_key((ids["Ines Vidal"], 1))
    with qtbot.waitSignal(page.open_place_requested):
        qtbot.keyClick(page, Qt.Key.Key_O)


@pytest.mark.parametrize("width", [300, 760, 1200])
def test_spots_stay_in_the_drawing(page: OffMapPage, width: int) -> None:
    drawing = page.drawing()
    assert drawing is not None
    height = drawing.arrange(width, look_of(page.appearance, page))
    for spot in drawing.spots:
        assert 0 <= spot.rect.top() < spot.rect.bottom() <= height, spot.words
        assert -1 <= spot.rect.left() < spot.rect.right() <= width + 1, spot.words


def test_it_is_saved_as_a_picture_and_as_a_table(page: OffMapPage, notebook: Notebook) -> None:
    drawing = page.drawing()
    assert drawing is not None
    assert page.result is not None
    assert b"<svg" in drawing_bytes(drawing, ".svg", look_of(page.appearance, page), "Random events")
    assert drawing_bytes(drawing, ".png", look_of(page.appearance, page), "x").startswith(b"\x89PNG")
    assert page.table(notebook, page.result).count(b"\n") == 3


def test_a_page_without_surprises_explains_itself(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, OffMapPage(context))
    assert page.stack.currentIndex() == 1
    for key in (Qt.Key.Key_V, Qt.Key.Key_W, Qt.Key.Key_T, Qt.Key.Key_O):
        qtbot.keyClick(page, key)
    with qtbot.waitSignal(page.capture_requested) as asked:
        page.nothing.button.click()
    assert asked.args[0] == "!surprise "


def test_a_surprise_that_is_written_appears(page: OffMapPage, notebook: Notebook, context: ScreenContext) -> None:
    def write(opened: Notebook) -> object:
        return opened.entries.add(EntryDraft(title="A letter", when="2026-02-01", surprise=True))

    context.operations.read("write", write, lambda _: page.mark_stale())
    assert page.rows.rows()[0].heading == "A letter"
    page.rows.choose(page.rows.rows()[-1].id)
    assert "Only seen so" in page.reader.plain_text()


def test_a_very_long_register_ends_with_a_way_to_all_of_it(
    qtbot, page: OffMapPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.lenses.offmap.page.MOST_ROWS", 1)
    page.read()
    assert [row.heading for row in page.rows.rows() if row.id.startswith("all/")] == ["1 more"]
    page.rows.choose("all/marked")
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.rows, Qt.Key.Key_Return)
    assert page.result is not None
    assert asked.args == [page.result[0].marked.query]


@pytest.mark.parametrize("width", [420, 760, 1200])
def test_the_counts_of_surprises_near_each_other_do_not_run_together(
    qtbot, context: ScreenContext, notebook: Notebook, width: int
) -> None:
    for day in range(200):
        notebook.entries.add(EntryDraft(body="x", when=f"{2000 + day * 7 % 27}-0{day % 9 + 1}-11", surprise=True))
    page = seen(qtbot, OffMapPage(context))
    drawing = page.drawing()
    assert drawing is not None
    look = look_of(page.appearance, page)
    drawing.arrange(width, look)
    marks = [spot for spot in drawing.spots if isinstance(spot.key, tuple) and spot.key[0] == "when"]
    many = [spot for spot in marks if "surprises" in spot.words]
    ends = [spot.rect.center().x() for spot in many]
    wide = look.width("00", look.sizes.tiny)
    assert len(many) > 5
    assert all(after - before >= wide for before, after in pairwise(ends))
