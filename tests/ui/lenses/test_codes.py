"""The page of codes: four views, each figure leads to its codings; who codes blind sees nothing of others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.codes import CodesPage, GraphDrawing, GridDrawing, MatrixDrawing
from desktop_app.ui.lenses.codes.graph import _covered, _places
from desktop_app.ui.lenses.pictures import draw
from desktop_app.ui.widgets import ScreenContext
from tests.services.interviews import code
from tests.ui.conftest import seen


@pytest.fixture
def coded(notebook: Notebook) -> Notebook:
    for day in (3, 4):
        draft = EntryDraft(body="the price was opaque", when=f"2026-03-0{day}", perspectives=("holistic",))
        entry = notebook.entries.add(draft).result
        code(notebook, entry, "price was", "Price", kind="entry")
        code(notebook, entry, "was opaque", "Price / opaque", kind="entry")
    code(notebook, entry, "the", "Articles", "Mina", kind="entry")
    return notebook


@pytest.fixture
def page(qtbot, context: ScreenContext, coded: Notebook) -> CodesPage:
    return seen(qtbot, CodesPage(context))


def words(page: CodesPage) -> list[str]:
    return [spot.words for spot in page.canvas.spots()]


def test_the_matrix_says_which_come_together(qtbot, page: CodesPage) -> None:
    assert isinstance(page.canvas.drawing, MatrixDrawing)
    assert words(page) == [
        "Price: 2 codings",
        "Price with Price / opaque: 2 times, 4 codings",
        "Price / opaque: 2 codings",
    ]
    pair = page.canvas.spots()[1]
    page.canvas.choose_key(pair.key)
    assert page.foot.words.text() == pair.words
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert asked.args == [pair.query]
    assert pair.query.startswith("id:")


def test_the_graph_leaves_out_weaker_pairs(qtbot, page: CodesPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert isinstance(page.canvas.drawing, GraphDrawing)
    assert "Articles: 1 coding, in none of the pairs drawn" in words(page)
    assert "Price with Price / opaque: 2 times, 4 codings" in words(page)
    assert page.more.text() == "+  at least once"
    qtbot.keyClick(page, Qt.Key.Key_Plus)
    qtbot.keyClick(page, Qt.Key.Key_Plus)
    assert page.least == 2
    assert "Price with Price / opaque: 2 times, 4 codings" in words(page)
    qtbot.keyClick(page, Qt.Key.Key_Minus)
    assert page.least == 1
    qtbot.keyClick(page, Qt.Key.Key_R)
    assert "same turn" in page.sentence.text()
    assert "No two do." in page.sentence.text()


def test_over_time_and_by_perspective(qtbot, page: CodesPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_3)
    assert isinstance(page.canvas.drawing, GridDrawing)
    assert "Price, March 2026: 2 codings" in words(page)
    qtbot.keyClick(page, Qt.Key.Key_P)
    assert "Price, Q1 2026: 2 codings" in words(page)
    qtbot.keyClick(page, Qt.Key.Key_4)
    assert "Price / opaque, Holistic: 2 codings" in words(page)
    assert "Price, entries without one: 2 codings" in words(page)


def test_who_codes_blind_sees_nothing_of_others(qtbot, context: ScreenContext, coded: Notebook) -> None:
    context.settings.set("blind", True)
    page = seen(qtbot, CodesPage(context))
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert not any(word.startswith("Articles") for word in words(page))
    assert "4 codings" in page.sentence.text()
    assert "coding blind" in page.sentence.text()
    context.settings.set("blind", False)
    page.read_if_stale()
    assert any(word.startswith("Articles") for word in words(page))


def test_it_explains_itself_while_nothing_is_coded(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, CodesPage(context))
    assert page.stack.currentIndex() == 1
    with qtbot.waitSignal(page.open_place_requested) as asked:
        page.nothing.button.click()
    assert asked.args == ["page", "documents", -1]


def test_everything_is_inside_at_any_width(page: CodesPage) -> None:
    for view in range(4):
        page.show_view(view)
        for width in (700, 1264):
            page.resize(width, 800)
            assert page.canvas.spots()
            assert all(
                spot.rect.left() >= 0 and spot.rect.right() <= page.canvas.width() + 1 for spot in page.canvas.spots()
            )


def test_it_is_saved_as_a_table_and_as_a_drawing(page: CodesPage, coded: Notebook, tmp_path: Path, monkeypatch) -> None:
    asked: list[tuple[str, tuple[tuple[str, str], ...], Callable[..., bytes]]] = []
    monkeypatch.setattr(page.saver, "ask", lambda *given: asked.append(given))
    for view in range(4):
        page.show_view(view)
        page.save()
        name, kinds, make = asked[-1]
        assert (name, [ending for _, ending in kinds]) == ("Codes", [".svg", ".png", ".csv"])
        for ending, begins in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".csv", b"\xef\xbb\xbfby,code,column")):
            page.saver.save(tmp_path / f"codes{ending}", make)
            assert (tmp_path / f"codes{ending}").read_bytes().startswith(begins)
    draw("codes", coded.code_lens.read(), tmp_path / "c.svg")
    draw("cooccurrence", coded.code_lens.together(), tmp_path / "d.svg")
    assert b"opaque" in (tmp_path / "d.svg").read_bytes()


def test_names_in_the_graph_cover_neither_nodes_nor_each_other() -> None:
    places = _places(QRectF(100, 100, 20, 20), QSizeF(60, 16))
    room = QRectF(0, 0, 400, 400)
    best = [
        min(places, key=lambda place: _covered(place, taken, room))
        for taken in ([], [QRectF(100, 120, 20, 20)], [QRectF(100, 120, 20, 20), QRectF(100, 80, 20, 20)])
    ]
    assert best == places[:3]
    assert min(places, key=lambda place: _covered(place, (), QRectF(0, 0, 400, 125))) == places[1]
