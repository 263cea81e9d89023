"""The codebook page on a real notebook."""

from PySide6.QtCore import Qt

from desktop_app.ui.interviews.codebook.page import CodebookPage
from tests.ui.conftest import seen

CONTROL = Qt.KeyboardModifier.ControlModifier


def names(page: CodebookPage) -> list[str]:
    return [("  " * row.depth) + row.name for row in page.list.rows()]


def code(page: CodebookPage, label: str) -> str:
    return next(one.id for one in page._codes if one.label == label)


def labels(ask) -> list[str]:
    return ask(lambda notebook: [one.label for one in notebook.codes.list()])


def test_the_tree_stands_in_its_order_and_the_first_code_is_read(page):
    first = ["Becoming", "  a place people cross town for", "  being taken seriously", "Family as channel"]
    assert names(page)[:4] == first
    assert page.view.page.code.label == "Becoming"


def test_an_empty_codebook_offers_the_first_code(qtbot, context, ask):
    page = seen(qtbot, CodebookPage(context))
    assert page.stack.currentWidget() is page.nothing
    page.nothing.button.click()
    page.form.name.setText("Waiting")
    qtbot.keyClick(page.form.name, Qt.Key.Key_Return)
    assert labels(ask) == ["Waiting"]
    assert page.view.page.code.label == "Waiting"


def test_words_find_codes_with_what_stands_above_them(page):
    page.filter.setText("opaq")
    (row,) = page.list.rows()
    assert (row.above, row.name) == ("Price talk", "opaque")


def test_a_code_is_edited_with_all_that_tells_when_to_use_it(qtbot, page, ask):
    page.open_code(code(page, "Price talk / opaque"))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    form = page.form
    form.definition.setPlainText("Understood too late.")
    form.include.setPlainText("they did not see it coming")
    form.exclude.setPlainText("“expensive”")
    form.examples.setPlainText("The invoice was not.\n\nEleven euros")
    form.colour.set_colour("#2F6FB0")
    qtbot.keyClick(form.definition, Qt.Key.Key_Return, CONTROL)
    fields = ask(lambda notebook: notebook.codes.get("Price talk / opaque")).fields
    assert (fields.definition, fields.include, fields.exclude) == (
        "Understood too late.",
        "they did not see it coming",
        "“expensive”",
    )
    assert fields.examples == ("The invoice was not.", "Eleven euros")
    assert fields.colour == "#2F6FB0"


def test_what_is_typed_in_a_form_is_not_lost_by_walking_on(qtbot, page):
    page.open_code(code(page, "Price talk"))
    page.edit()
    page.form.definition.setPlainText("half a thought")
    page.list.choose(code(page, "Becoming"))
    assert page.form is not None
    assert page.form.definition.toPlainText() == "half a thought"
    assert "Save this first" in page.form.message.text()


def test_a_name_twice_at_one_place_is_refused_in_the_form(qtbot, page):
    page.add_code()
    page.form.name.setText("becoming")
    page.form.save()
    assert "already" in page.form.message.text()


def test_ctrl_arrows_move_a_code_in_and_out(qtbot, page, ask):
    page.open_code(code(page, "Help, not selling"))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Right, CONTROL)
    assert "Family as channel / Help, not selling" in labels(ask)
    qtbot.keyClick(page.list, Qt.Key.Key_Down, CONTROL)
    assert "Price talk / Help, not selling" in labels(ask)
    qtbot.keyClick(page.list, Qt.Key.Key_Left, CONTROL)
    assert "Help, not selling" in labels(ask)
    assert page.list.current_id() == code(page, "Help, not selling")


def test_a_code_is_moved_to_a_named_place_and_dropped_elsewhere(qtbot, page, ask):
    page.open_code(code(page, "Help, not selling"))
    page.ask_place()
    page.line.field.setText("Price talk / fair")
    qtbot.keyClick(page.line.field, Qt.Key.Key_Return)
    assert "Price talk / fair / Help, not selling" in labels(ask)
    page.list.dropped.emit(page._chosen, "")
    assert "Help, not selling" in labels(ask)
    price = code(page, "Price talk")
    page.list.dropped.emit(price, code(page, "Price talk / fair"))
    assert "Price talk" in labels(ask)


def test_a_code_is_merged_into_another_with_its_codings(qtbot, page, ask):
    page.open_code(code(page, "Price talk / fair"))
    before = ask(lambda notebook: notebook.codes.get("Price talk / opaque")).count
    gone = ask(lambda notebook: notebook.codes.get("Price talk / fair")).count
    page.ask_merge()
    page.line.field.setText("Price talk / opaque")
    page.line.answer()
    assert "Price talk / fair" not in labels(ask)
    assert ask(lambda notebook: notebook.codes.get("Price talk / opaque")).count == before + gone
    assert "Merged into" in page.message.text()
    assert page.view.page.code.label == "Price talk / opaque"


def test_a_code_is_split_by_keys(qtbot, page, ask):
    page.open_code(code(page, "Price talk / fair"))
    page.begin_split()
    split = page.split
    assert len(split.list.rows()) == 3
    split.names[0].setText("most years")
    split.list.setFocus()
    split.list.choose_first()
    qtbot.keyClick(split.list, Qt.Key.Key_1)
    qtbot.keyClick(split.list, Qt.Key.Key_0)
    qtbot.keyClick(split.list, Qt.Key.Key_1)
    qtbot.keyClick(split.list, Qt.Key.Key_Return, CONTROL)
    assert ask(lambda notebook: notebook.codes.get("Price talk / fair / most years")).count == 2
    assert ask(lambda notebook: notebook.codes.get("Price talk / fair")).count == 1


def test_a_code_goes_to_the_trash_with_its_codings_and_comes_back(qtbot, page, ask, context):
    from desktop_app.ui.ops import ChangeOp

    page.open_code(code(page, "Price talk"))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert not [label for label in labels(ask) if label.startswith("Price talk")]
    context.operations.submit(ChangeOp("Undo", lambda notebook: notebook.history.undo()))
    assert "Price talk / opaque" in labels(ask)


def test_a_fold_hides_what_is_below_and_counts_it(qtbot, page):
    page.open_code(code(page, "Price talk"))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Left)
    assert "  opaque" not in names(page)
    row = next(row for row in page.list.rows() if row.name == "Price talk")
    assert row.count == 5
    qtbot.keyClick(page.list, Qt.Key.Key_Right)
    assert "  opaque" in names(page)


def test_a_codebook_comes_from_a_file_after_a_look(page, tmp_path, ask):
    path = tmp_path / "book.csv"
    path.write_text("code,definition\nSeasons,What the year does\nPrice talk,something else\n", encoding="utf-8")
    before = labels(ask)
    page.files.preview(path)
    assert "1 new code" in page.message.text()
    assert labels(ask) == before
    page.files.take(path)
    assert "Seasons" in labels(ask)


def test_quotes_and_memos_are_asked_for(qtbot, page):
    page.list.setFocus()
    with qtbot.waitSignal(page.quotes_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Q)
    assert asked.args == [page._chosen]
    with qtbot.waitSignal(page.new_memo_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_M)
    assert asked.args == ["code", page._chosen]
