"""The page of matrices on a real notebook."""

import csv
import io
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.model.matrices import Measure, Relation
from desktop_app.ui.interviews.matrices import MatricesPage
from desktop_app.ui.interviews.matrices.asking import TIME
from desktop_app.ui.interviews.matrices.grid import HEAT_ROLE
from desktop_app.ui.theme import load_theme
from desktop_app.ui.theme.themes import contrast
from tests.ui.conftest import seen


def ask_across(page, across: str) -> None:
    page.controls.across.setCurrentIndex(page.controls.across.findData(across))


def table(page) -> dict[tuple[str, str], str]:
    matrix = page.grid.matrix()
    return {
        (row[1], column[1]): page.grid.text_at(at, to)
        for at, row in enumerate(matrix.rows)
        for to, column in enumerate(matrix.columns)
        if page.grid.text_at(at, to)
    }


def test_codes_by_codes_show_what_overlaps_with_the_quotes_behind(page):
    assert table(page) == {
        ("Price talk / fair", "Price talk / opaque"): "1",
        ("Price talk / opaque", "Price talk / fair"): "1",
    }
    page.grid.setCurrentIndex(page.grid.model().index(0, 0))
    assert [card.text for card in page.behind.cards()] == []
    page.grid.setCurrentIndex(page.grid.model().index(0, 1))
    assert [card.text for card in page.behind.cards()] == ["The invoice was not.", "The invoice was not."]
    assert page.about_cell.text() == "Price talk / fair × Price talk / opaque  ·  2 codings"


def test_the_first_cell_that_holds_something_is_looked_at_first(page):
    assert page.about_cell.text() == "Price talk / fair × Price talk / opaque  ·  2 codings"


def test_what_is_near_or_in_one_turn_comes_together_too(page):
    page.controls.relation.setCurrentIndex(list(Relation).index(Relation.SAME_TURN))
    assert ("Price talk / fair", "Price talk / opaque") in table(page)
    page.controls.relation.setCurrentIndex(list(Relation).index(Relation.NEAR))
    assert page.controls.distance.isVisible()
    before = len(table(page))
    page.controls.distance.setValue(5000)
    assert len(table(page)) > before


def test_documents_speakers_coders_and_attributes_stand_across(ids, page):
    ask_across(page, "document")
    assert table(page)["Price talk / fair", "Interview 08 — roaster"] == "2"
    ask_across(page, "speaker")
    assert table(page)["Family as channel", "Ines Vidal"] == "1"
    ask_across(page, "coder")
    assert table(page)["Price talk / opaque", "M."] == "1"
    ask_across(page, ids["role"])
    assert table(page)["Help, not selling", "café owner"] == "2"


def test_characters_and_percent_are_written_with_totals_at_the_edges(page):
    ask_across(page, "document")
    page.controls.measure.setCurrentIndex(list(Measure).index(Measure.PERCENT))
    assert table(page)["Price talk / fair", "Interview 08 — roaster"] == "66.7 %"
    page.controls.measure.setCurrentIndex(list(Measure).index(Measure.CHARACTERS))
    assert table(page)["Family as channel", "Interview 07 — café owner"] == "10"
    page.controls.measure.setCurrentIndex(list(Measure).index(Measure.COUNT))
    rows, columns = page.grid.model().rowCount(), page.grid.model().columnCount()
    assert [page.grid.text_at(rows - 1, column) for column in range(columns)] == ["8", "3", ""]
    assert page.grid.model().headerData(rows - 1, Qt.Orientation.Vertical) == "Total"


def test_empty_codes_are_hidden_until_they_are_asked_for(page):
    ask_across(page, "document")
    assert "Becoming" not in [label for _, label in page.grid.matrix().rows]
    page.controls.filled.setChecked(False)
    assert "Becoming" in [label for _, label in page.grid.matrix().rows]


def test_the_cell_that_is_looked_at_stays_when_the_matrix_is_read_anew(ids, page):
    ask_across(page, "document")
    matrix = page.grid.matrix()
    row, column = matrix.rows[2], matrix.columns[1]
    page.grid.choose(row[0], column[0])
    page.controls.filled.setChecked(False)
    assert page.grid.chosen_row() == row


def test_enter_goes_to_the_quotes_and_enter_there_to_the_spot(qtbot, page):
    ask_across(page, "document")
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.behind.hasFocus()
    with qtbot.waitSignal(page.open_coding_requested):
        qtbot.keyClick(page.behind, Qt.Key.Key_Return)


def test_codes_over_time_have_every_period_and_a_picture_in_words(page):
    ask_across(page, TIME)
    assert [label for _, label in page.grid.matrix().columns] == ["November 2025", "December 2025"]
    assert page.chart.isVisible()
    page.grid.setCurrentIndex(page.grid.model().index(page.grid.model().rowCount() - 1, 0))
    assert page.chart.accessibleName() == "All codes by period: 8, 3"
    page.chart.grab()


def test_only_some_codes_can_be_looked_at(page):
    ask_across(page, "document")
    page.bar.line.setText("becoming")
    page.bar.line.returnPressed.emit()
    assert {row for row, _ in table(page)} == {
        "Becoming / a place people cross town for",
        "Becoming / being taken seriously",
    }


def test_it_is_copied_and_saved_as_csv_and_excel(tmp_path: Path, page):
    ask_across(page, "document")
    page.copy()
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t")[-1] == "Total"
    page.saver.save(tmp_path / "matrix.csv", page.file_maker())
    rows = list(csv.reader(io.StringIO((tmp_path / "matrix.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["", "Interview 07 — café owner", "Interview 08 — roaster"]
    page.saver.save(tmp_path / "matrix.xlsx", page.file_maker())
    sheet = openpyxl.load_workbook(tmp_path / "matrix.xlsx").active
    assert sheet.title == "Codes by documents"
    assert sheet.cell(1, 2).value == "Interview 07 — café owner"


def test_the_hottest_cell_is_readable_in_both_themes(page):
    from desktop_app.ui.interviews.matrices.grid import HEAT
    from desktop_app.ui.interviews.transcript.colours import mixed

    ask_across(page, "document")
    heats = [page.grid.model().index(row, 0).data(HEAT_ROLE) for row in range(len(page.grid.matrix().rows))]
    assert max(heats) == 1.0
    for name in ("light", "dark"):
        theme = load_theme(name)
        assert contrast(theme.text, mixed(theme.surface, theme.accent, HEAT)) >= 4.5


def test_where_nothing_is_coded_the_page_says_what_goes_there(qtbot, context):
    empty = seen(qtbot, MatricesPage(context))
    assert empty.nothing.isVisible()
