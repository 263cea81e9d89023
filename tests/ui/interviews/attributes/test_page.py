"""The page of attributes on a real notebook: a grid that is edited like a spreadsheet."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.model.attributes import Subject, VariableType
from desktop_app.ui.interviews.attributes import AttributesPage
from desktop_app.ui.interviews.attributes.reads import block_of, cells_of
from desktop_app.ui.ops import ChangeOp
from tests.ui.conftest import seen


def table(page) -> list[list[str]]:
    model = page.grid.model()
    return [[page.grid.text_at(row, to) for to in range(model.columnCount())] for row in range(model.rowCount())]


def go(page, row: int, column: int) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.grid.model().index(row, column))


def editor(page) -> QLineEdit:
    return next(line for line in page.grid.findChildren(QLineEdit) if line.isVisible())


def values(ask, ids, name: str) -> dict:
    return ask(lambda notebook: notebook.attributes.values("document")).get(ids[name], {})


def test_documents_stand_in_rows_and_what_they_carry_in_columns(page):
    assert table(page) == [["café owner", "6"], ["roaster", ""]]
    model = page.grid.model()
    assert model.headerData(0, Qt.Orientation.Vertical) == "Interview 07 — café owner"
    assert (
        model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Years in trade · whole number"
    )


def test_typing_edits_enter_goes_down_and_tab_to_the_right(qtbot, ids, page, ask):
    go(page, 0, 0)
    qtbot.keyClick(page.grid, "b")
    qtbot.keyClicks(editor(page), "aker")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (1, 0)
    assert values(ask, ids, "cafe")[ids["role"]] == "baker"
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    assert editor(page).text() == "roaster"
    qtbot.keyClick(editor(page), Qt.Key.Key_End)
    qtbot.keyClicks(editor(page), " too")
    qtbot.keyClick(editor(page), Qt.Key.Key_Tab)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (1, 1)
    qtbot.keyClicks(page.grid, "1")
    qtbot.keyClicks(editor(page), "2")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert values(ask, ids, "roaster") == {ids["role"]: "roaster too", ids["years"]: 12}


def test_a_value_of_another_type_stays_in_its_cell_with_a_sentence(qtbot, ids, page, ask):
    go(page, 1, 1)
    qtbot.keyClick(page.grid, "s")
    qtbot.keyClicks(editor(page), "even")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert page.message.text() == "“seven” is no whole number for Years in trade; write one such as 3."
    assert page.grid.text_at(1, 1) == "seven"
    assert page.grid.model().index(1, 1).data(Qt.ItemDataRole.ToolTipRole).startswith("“seven” is no")
    assert ids["years"] not in values(ask, ids, "roaster")
    go(page, 1, 1)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    editor(page).setText("7")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert values(ask, ids, "roaster")[ids["years"]] == 7
    assert page.grid.model().index(1, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    assert page.message.text() == ""


def test_escape_leaves_a_value_as_it_was(qtbot, ids, page, ask):
    go(page, 0, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(page), " of a chain")
    qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert values(ask, ids, "cafe")[ids["role"]] == "café owner"


def test_what_is_being_typed_stays_while_others_change_something(qtbot, ids, page, context):
    go(page, 0, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    editor(page).setText("half a")
    context.operations.submit(
        ChangeOp("Other", lambda notebook: notebook.attributes.set("document", [ids["roaster"]], "Role", "miller"))
    )
    assert editor(page).text() == "half a"
    qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert page.grid.text_at(1, 0) == "miller"


def test_a_block_is_pasted_in_one_step_and_copied_again(qtbot, ids, page, ask):
    go(page, 0, 0)
    QGuiApplication.clipboard().setText("owner\t3\nmiller\t4\nnobody\t5\n")
    qtbot.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert table(page) == [["owner", "3"], ["miller", "4"]]
    assert page.message.text() == "2 values did not fit into the grid."
    page.grid.selectAll()
    qtbot.keyClick(page.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "owner\t3\nmiller\t4"
    ask(lambda notebook: notebook.history.undo())
    page.mark_stale()
    assert table(page) == [["café owner", "6"], ["roaster", ""]]


def test_one_value_fills_what_is_selected_and_delete_clears_it(qtbot, page):
    go(page, 0, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QGuiApplication.clipboard().setText("farmer")
    qtbot.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row[0] for row in table(page)] == ["farmer", "farmer"]
    go(page, 0, 0)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert [row[0] for row in table(page)] == ["", ""]


def test_a_block_with_one_wrong_value_changes_nothing_and_says_why(qtbot, page):
    go(page, 0, 0)
    QGuiApplication.clipboard().setText("owner\tthree")
    qtbot.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "“three” is no whole number" in page.message.text()
    assert table(page)[0] == ["café owner", "6"]


def test_blocks_with_lines_and_quotes_in_a_cell_come_and_go():
    rows = [["one\nline", 'say "so"'], ["", "two"]]
    assert cells_of(block_of(rows)) == rows
    assert cells_of("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]


def test_an_attribute_is_made_changed_and_thrown_away_in_place(qtbot, ids, page, ask):
    page.add()
    page.form.name.setText("City")
    qtbot.keyClick(page.form.name, Qt.Key.Key_Return)
    assert not page.form.isVisible()
    assert page.grid.current_variable() == page._cases.variables[2].id
    page.edit()
    assert page.form.name.text() == "City"
    page.form.name.setText("Town")
    page.form.save()
    assert [one.fields.name for one in page._cases.variables] == ["Role", "Years in trade", "Town"]
    page.edit()
    page.form.trash_button.click()
    assert len(page._cases.variables) == 2


def test_a_type_that_some_value_is_none_of_is_refused_in_place(page):
    go(page, 0, 0)
    page.edit()
    page.form.type.setCurrentIndex(list(VariableType).index(VariableType.DATE))
    page.form.save()
    assert "no date for Role" in page.form.message.text()
    assert page.form.isVisible()


def test_people_have_their_own(qtbot, page):
    page.tabs.setCurrentIndex(1)
    assert page.subject == Subject.PERSON
    assert page.nothing.heading.text() == "No attributes yet"
    page.nothing.button.click()
    page.form.name.setText("Trade")
    page.form.save()
    assert table(page) == [[""]]


def test_a_table_is_looked_at_before_it_is_taken_in(tmp_path: Path, page, ask):
    path = tmp_path / "respondents.csv"
    rows = (
        "Case,Interview,City,Years in trade",
        "A,Interview 07 — café owner,Porto,9",
        "B,Interview 08 — roaster,Gdańsk,many",
        "C,Interview 99,Nowhere,1",
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    page.look_at(path, "Interview")
    assert page.importing.isVisible()
    assert page.importing.key.currentText() == "Interview"
    assert page.importing.facts.text().startswith("2 rows fit")
    assert "City: text, new" in page.importing.columns.text()
    assert "many" in page.importing.notices.text()
    assert table(page)[0] == ["café owner", "6"]
    page.importing.import_button.click()
    names = [one.fields.name for one in page._cases.variables]
    assert table(page)[0][names.index("City")] == "Porto"
    assert table(page)[0][names.index("Years in trade")] == "9"
    assert page.message.text().endswith("values set.")


def test_a_file_that_is_no_table_is_refused_in_a_sentence(tmp_path: Path, page):
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    page.look_at(path)
    assert "empty.csv" in page.message.text()
    assert not page.importing.isVisible()


def test_the_grid_is_saved_as_a_table(tmp_path: Path, page):
    page.saver.save(tmp_path / "cases.csv", page.file_maker())
    rows = list(csv.reader(io.StringIO((tmp_path / "cases.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0][1:] == ["Role", "Years in trade"]
    assert rows[1] == ["Interview 07 — café owner", "café owner", "6"]


def test_rows_are_found_by_name(page):
    page.filter.setText("cafe")
    page.filter.settle_now()
    assert len(table(page)) == 1


def test_without_documents_the_page_says_what_comes_first(qtbot, context):
    empty = seen(qtbot, AttributesPage(context))
    assert empty.nothing.heading.text() == "No documents yet"
    assert QApplication.focusWidget() is empty.nothing.button
