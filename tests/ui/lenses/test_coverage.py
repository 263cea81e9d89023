"""The page of coverage: the grid leads to its entries, and an empty cell to the capture window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.coverage import CoverageDrawing, CoveragePage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def page(qtbot, context: ScreenContext, notebook: Notebook) -> CoveragePage:
    notebook.entries.add(EntryDraft(body="price", when="2026-03", scales=("week",), perspectives=("holistic",)))
    notebook.entries.add(EntryDraft(body="rent", when="2026-02", scales=("year",), perspectives=("value-rationality",)))
    return seen(qtbot, CoveragePage(context))


def test_the_grid_says_how_much_was_written(page: CoveragePage) -> None:
    assert "2 entries" in page.sentence.text()
    words = [spot.words for spot in page.canvas.spots()]
    assert "Holistic × week: 1 entry" in words
    assert "Random events × year: nothing yet" in words
    assert any(word.startswith("Holistic, March 2026: 1 entry") for word in words)


def test_a_cell_leads_to_its_entries(qtbot, page: CoveragePage) -> None:
    page.canvas.choose_key(("holistic", "week"))
    assert page.foot.name.text() == "Holistic × week"
    assert page.foot.words.text() == "What else went on within a week that no tool counts?"
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert asked.args == ["perspective:holistic scale:week"]
    with qtbot.waitSignal(page.search_requested):
        page.foot.entries.click()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_N])
def test_an_empty_cell_leads_to_the_capture_window(qtbot, page: CoveragePage, key: Qt.Key) -> None:
    page.canvas.choose_key(("random-events", "year"))
    assert page.foot.entries.isHidden()
    with qtbot.waitSignal(page.capture_requested) as asked:
        qtbot.keyClick(page.canvas, key)
    assert asked.args == ["^random-events ~year ", "What happened this year that was on nobody’s map?"]


def test_a_month_leads_to_its_entries_but_asks_nothing(qtbot, page: CoveragePage) -> None:
    month = next(spot for spot in page.canvas.spots() if spot.words.startswith("Holistic, March 2026"))
    page.canvas.choose_key(month.key)
    assert page.write_button.isHidden()
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert asked.args == ["perspective:holistic in:2026-03"]
    with qtbot.assertNotEmitted(page.capture_requested):
        qtbot.keyClick(page.canvas, Qt.Key.Key_N)


def test_a_query_narrows_it_and_is_told_to_the_other_lenses(qtbot, page: CoveragePage) -> None:
    with qtbot.waitSignal(page.scope_changed) as told:
        page.narrow.setText("in:2026-02")
        page.narrow.settle_now()
    assert told.args == ["in:2026-02"]
    assert "1 entry" in page.sentence.text()
    assert "Everything of February 2026." in page.sentence.text()


def test_a_query_that_is_not_understood_is_said_and_what_was_seen_stays(page: CoveragePage) -> None:
    page.narrow.setText("tagg:price")
    page.narrow.settle_now()
    assert page.narrow.property("problem") is True
    assert "tagg" in page.message.text()
    assert page.canvas.spots()
    page.narrow.setText("")
    page.narrow.settle_now()
    assert page.narrow.property("problem") is False
    assert page.message.isHidden()


def test_what_is_written_meanwhile_is_seen(page: CoveragePage, context: ScreenContext) -> None:
    from desktop_app.ui.ops import ChangeOp

    draft = EntryDraft(body="more", when="2026-03", scales=("week",), perspectives=("holistic",))
    context.operations.submit(ChangeOp("Write", lambda notebook: notebook.entries.add(draft)))
    context.operations.indexed.emit(1)
    assert "3 entries" in page.sentence.text()
    assert "Holistic × week: 2 entries" in [spot.words for spot in page.canvas.spots()]


def test_it_is_saved_as_a_table_and_as_a_drawing(page: CoveragePage, tmp_path: Path, monkeypatch) -> None:
    asked: list[tuple[str, tuple[tuple[str, str], ...], Callable[..., bytes]]] = []
    monkeypatch.setattr(page.saver, "ask", lambda *given: asked.append(given))
    page.save()
    name, kinds, make = asked[0]
    assert (name, [ending for _, ending in kinds]) == ("Coverage", [".svg", ".png", ".csv"])
    for ending, begins in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".csv", b"\xef\xbb\xbfperspective,scale")):
        page.saver.save(tmp_path / f"coverage{ending}", make)
        assert (tmp_path / f"coverage{ending}").read_bytes().startswith(begins)


def test_the_grid_keeps_to_the_room_there_is(page: CoveragePage) -> None:
    assert isinstance(page.canvas.drawing, CoverageDrawing)
    page.resize(1264, 640)
    low = page.canvas.spots()[0].rect.height()
    page.resize(1264, 1000)
    assert page.canvas.spots()[0].rect.height() > low >= 44
    for width in (600, 1264):
        page.resize(width, 800)
        assert all(spot.rect.right() <= page.canvas.width() + 1 for spot in page.canvas.spots())
