"""The field that narrows a lens: stretches of time by key, and queries that keep their meaning."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.coverage import CoveragePage
from desktop_app.ui.lenses.narrowing import in_stretch
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

YEAR, MONTH = 'in:"this year"', 'in:"this month"'


@pytest.fixture
def page(qtbot, context: ScreenContext, notebook: Notebook) -> CoveragePage:
    notebook.entries.add(EntryDraft(body="price", when="2026-03"))
    return seen(qtbot, CoveragePage(context))


@pytest.mark.parametrize(
    ("query", "part", "becomes"),
    [
        ("", YEAR, YEAR),
        ("tag:port", YEAR, f"tag:port {YEAR}"),
        (f"tag:port {YEAR}", MONTH, f"tag:port {MONTH}"),
        (f"{YEAR} tag:port", "", "tag:port"),
        (f"tag:a {YEAR} tag:b", MONTH, f"tag:a tag:b {MONTH}"),
        (f"tag:a OR {YEAR}", "", f"tag:a OR {YEAR}"),
        (f"{YEAR} OR tag:a", MONTH, f"({YEAR} OR tag:a) {MONTH}"),
        (f"({YEAR} OR tag:a) {MONTH}", "", f"({YEAR} OR tag:a)"),
        (f"(tag:a OR tag:b) {MONTH}", YEAR, f"(tag:a OR tag:b) {YEAR}"),
        ("(tag:a) OR (tag:b)", YEAR, f"((tag:a) OR (tag:b)) {YEAR}"),
        (f"-{YEAR} tag:a", "", f"-{YEAR} tag:a"),
    ],
)
def test_another_stretch_takes_the_place_of_the_one_before(query: str, part: str, becomes: str) -> None:
    assert in_stretch(query, part) == becomes


def test_stretches_are_offered_by_key(qtbot, page: CoveragePage, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: offered.append(menu))
    page.narrow.setFocus()
    qtbot.keyClick(page.narrow, Qt.Key.Key_Down)
    offered[0].actions()[4].trigger()
    assert page.query == YEAR


def test_escape_clears_the_field_and_then_leaves_it(qtbot, page: CoveragePage) -> None:
    page.narrow.setFocus()
    page.narrow.setText("tag:port")
    page.narrow.settle_now()
    qtbot.keyClick(page.narrow, Qt.Key.Key_Escape)
    assert page.narrow.text() == ""
    page.narrow.settle_now()
    assert page.narrow.hasFocus()
    qtbot.keyClick(page.narrow, Qt.Key.Key_Escape)
    assert page.canvas.hasFocus()


def test_a_query_that_is_not_understood_is_marked_red_with_and_without_the_focus(page: CoveragePage) -> None:
    def edge() -> QColor:
        return page.narrow.grab().toImage().pixelColor(page.narrow.width() // 2, 0)

    page.narrow.setText("tagg:port")
    page.narrow.settle_now()
    error = page.appearance.theme.color("error")
    assert edge() == error
    page.narrow.setFocus()
    assert edge() == error
