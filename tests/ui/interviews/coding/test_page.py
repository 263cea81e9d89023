"""Coding by keyboard on a real notebook."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.model.coding import CodeFields
from desktop_app.model.errors import Invalid

SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LIST = "I had a list of three roasters"


def select(page, words: str) -> tuple[int, int]:
    start = page.desk.opened.text.text.index(words)
    page.view.select(start, start + len(words))
    page.view.setFocus()
    return start, start + len(words)


def type_keys(qtbot, *keys: object) -> None:
    """Keys as a person presses them: each goes to whatever has the focus then."""
    for key in keys:
        if isinstance(key, str):
            for letter in key:
                qtbot.keyClicks(QApplication.focusWidget(), letter)
        else:
            qtbot.keyClick(QApplication.focusWidget(), key)


def applied(ask, document: str) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """Labels of codes and coders by range, as the notebook has them."""

    def read(notebook):
        codes = {code.id: code.label for code in notebook.codes.list()}
        found: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for coding in notebook.codings.of(document):
            found.setdefault((coding.start, coding.end), []).append((codes[coding.code], coding.coder))
        return found

    return ask(read)


def drawn(page) -> set[str]:
    return {coding.id for coding in page.desk.visible()}


def test_the_head_says_how_long_who_speaks_and_who_has_coded(page):
    assert page.frame.head.title.whole_text() == "Interview 07 — café owner"
    assert "2 speakers" in page.frame.head.line.whole_text()
    assert "5 codings by you, 3 by M." in page.frame.head.line.whole_text()


def test_places_where_coders_differ_are_counted_and_lead_to_the_workbench(qtbot, ids, page):
    page._compare.timeout.emit()
    assert page.frame.head.differences.text().endswith("you differ")
    with qtbot.waitSignal(page.differences_requested) as asked:
        page.frame.head.differences.click()
    assert asked.args == [ids["cafe"]]


def test_three_letters_and_enter_code_the_selected_words(qtbot, ids, page, ask):
    place = select(page, LIST)
    type_keys(qtbot, "opa", Qt.Key.Key_Return)
    assert applied(ask, ids["cafe"])[place] == [("Price talk / opaque", ask(lambda notebook: notebook.author))]
    assert page.view.hasFocus()
    assert page.view.selection() == place
    assert page.panel.field.text() == ""


def test_a_name_that_fits_nothing_makes_a_code_with_its_path(qtbot, ids, page, ask):
    place = select(page, LIST)
    page.verbs.find_code()
    page.panel.field.setText("Price talk / never compared")
    type_keys(qtbot, Qt.Key.Key_Return)
    assert [label for label, _ in applied(ask, ids["cafe"])[place]] == ["Price talk / never compared"]
    assert all(not code.startswith("new:") for code in page.desk.codes)
    assert all(not coding.id.startswith("pending:") for coding in page.desk.visible())


def test_without_a_selection_it_says_what_to_do(qtbot, ids, page, ask):
    before = applied(ask, ids["cafe"])
    page.view.scroll_to(3)
    with qtbot.waitSignal(page.status_message) as said:
        type_keys(qtbot, "1")
    assert "Select words first" in said.args[0]
    assert applied(ask, ids["cafe"]) == before


def test_recent_codes_are_on_the_digits_and_keep_their_keys(qtbot, ids, page, ask):
    first = page.desk.recent.code(1)
    place = select(page, LIST)
    type_keys(qtbot, "1")
    (label, _), *rest = applied(ask, ids["cafe"])[place]
    assert not rest
    assert page.desk.codes[first].label == label
    assert page.desk.recent.code(1) == first
    assert next(row for row in page.panel.list.rows() if row.id == first).number == 1


def test_t_takes_the_whole_turn_and_shift_i_codes_with_its_words(qtbot, ids, page, ask):
    at = page.desk.opened.text.text.index("And the price?")
    page.view.scroll_to(at + 2)
    type_keys(qtbot, "t")
    assert page.view.selection() == (at, at + len("And the price?"))
    qtbot.keyClick(page.view, Qt.Key.Key_I, SHIFT)
    assert [label for label, _ in applied(ask, ids["cafe"])[page.view.selection()]] == ["And the price"]


def test_a_coding_is_drawn_before_the_notebook_has_answered(qtbot, ids, page, monkeypatch):
    held = []
    monkeypatch.setattr(page.operations, "submit", held.append)
    place = select(page, LIST)
    type_keys(qtbot, "1")
    assert [(coding.start, coding.end) for coding in page.view.codings_at(place[0])] == [place]
    assert len(held) == 1


def test_what_the_notebook_refuses_is_taken_back_with_the_sentence(qtbot, ids, page, monkeypatch):
    def refuse(self, *arguments, **more):
        raise Invalid(message="The sea was rough; wait for a calmer day.")

    monkeypatch.setattr("desktop_app.services.codings.Codings.add", refuse)
    place = select(page, LIST)
    type_keys(qtbot, "1")
    assert page.view.codings_at(place[0]) == []
    assert "The sea was rough" in page.frame.message.text()


def test_undo_and_redo_draw_what_the_notebook_says(qtbot, ids, page, context):
    from desktop_app.ui.ops import ChangeOp

    before = drawn(page)
    select(page, LIST)
    type_keys(qtbot, "1")
    assert len(drawn(page)) == len(before) + 1
    context.operations.submit(ChangeOp("Undo", lambda notebook: notebook.history.undo()))
    assert drawn(page) == before
    context.operations.submit(ChangeOp("Redo", lambda notebook: notebook.history.redo()))
    assert len(drawn(page)) == len(before) + 1


def test_the_chosen_coding_is_recoded_weighed_and_removed_by_keys(qtbot, ids, page, ask):
    coding = ids["The invoice was not.|A. Author"]
    page.open_coding(coding)
    assert page.view.chosen() == coding
    assert page.frame.chosen.path.text() == "Price talk / opaque"
    type_keys(qtbot, "r", "fair", Qt.Key.Key_Return)
    fields = ask(lambda notebook: notebook.codings.get(coding))
    assert page.desk.codes[fields.code].label == "Price talk / fair"
    assert page.view.hasFocus()
    type_keys(qtbot, "w")
    page.frame.chosen.weight.setValue(70)
    type_keys(qtbot, Qt.Key.Key_Return)
    assert ask(lambda notebook: notebook.codings.get(coding)).weight == 70
    page.view.setFocus()
    type_keys(qtbot, Qt.Key.Key_Delete)
    assert coding not in drawn(page)
    assert coding not in {one.id for one in ask(lambda notebook: notebook.codings.of(ids["cafe"]))}
    assert page.frame.chosen.isHidden()


def test_brackets_and_alt_arrows_resize_the_chosen_coding(qtbot, ids, page, ask):
    coding = ids["My sister.|A. Author"]
    page.open_coding(coding)
    start, end = page.desk.codings.get(coding).start, page.desk.codings.get(coding).end
    type_keys(qtbot, "]")
    fields = ask(lambda notebook: notebook.codings.get(coding))
    assert fields.quote.startswith("My sister. She")
    qtbot.keyClick(page.view, Qt.Key.Key_Right, ALT | SHIFT)
    fields = ask(lambda notebook: notebook.codings.get(coding))
    assert (fields.start, fields.quote[:8]) == (start + 1, "y sister")
    assert fields.end > end


def test_a_memo_is_written_in_the_panel(qtbot, ids, page, ask):
    coding = ids["My sister.|A. Author"]
    page.open_coding(coding)
    type_keys(qtbot, "m", "Family again")
    qtbot.keyClick(page.frame.chosen.memo, Qt.Key.Key_Return, CONTROL)
    (memo,) = ask(lambda notebook: notebook.memos.of(coding))
    assert memo.fields.body == "Family again"
    assert page.frame.chosen.memo.isHidden()
    assert page.view.hasFocus()
    assert page.desk.codings.get(coding).memos == 1


def test_escape_lets_go_one_step_at_a_time(qtbot, ids, page):
    page.open_coding(ids["My sister.|A. Author"])
    start = page.view.selection()[0]
    page.view.select(start, start + 4)
    assert page.view.chosen()
    type_keys(qtbot, Qt.Key.Key_Escape)
    assert page.view.chosen() is None
    assert page.verbs.has_selection()
    type_keys(qtbot, Qt.Key.Key_Escape)
    assert not page.verbs.has_selection()


def test_nothing_of_the_others_shows_while_coding_blind(ids, page):
    page._compare.timeout.emit()
    assert not page.frame.head.differences.isHidden()
    page.frame.filter.begin()
    page.frame.filter.blind.setChecked(True)
    assert {coding.coder for coding in page.desk.visible()} == {page.desk.looking.author}
    page._compare.timeout.emit()
    assert page.frame.head.differences.isHidden()
    assert "M." not in page.frame.head.line.whole_text()
    at = page.desk.opened.text.text.index("The invoice was not.")
    assert {coding.coder for coding in page.view.codings_at(at)} == {page.desk.looking.author}
    counts = {row.name: row.count for row in page.panel.list.rows()}
    assert counts["fair"] == 1
    assert all(key != ("coder", "M.") for key in page.frame.filter.boxes)


def test_a_coder_is_hidden_and_shown_again(ids, page):
    box = page.frame.filter.boxes["coder", "M."]
    box.setChecked(False)
    assert "M." not in {coding.coder for coding in page.desk.visible()}
    page.frame.filter.boxes["coder", "M."].setChecked(True)
    assert "M." in {coding.coder for coding in page.desk.visible()}


def test_words_are_found_in_the_text(qtbot, ids, page):
    qtbot.keyClick(page.view, Qt.Key.Key_F, CONTROL)
    assert page.frame.finder.field.hasFocus()
    type_keys(qtbot, "PRICE", Qt.Key.Key_Return)
    text = page.desk.opened.text.text
    first = text.index("price")
    assert page.view.selection() == (first, first + 5)
    type_keys(qtbot, Qt.Key.Key_Return)
    assert page.view.selection()[0] == text.index("price", first + 1)
    type_keys(qtbot, Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_a_correction_moves_codings_and_leaves_the_doubtful_ones_to_a_person(qtbot, ids, page, ask):
    text = page.desk.opened.text.text
    page.view.setFocus()
    type_keys(qtbot, "e")
    assert page.amending.correction.running
    at = text.index("The invoice was not.")
    page.view.select(at, at + len("The invoice was not."))
    page.view.textCursor().insertText("A bill came that was odd.")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, CONTROL)
    assert not page.amending.correction.running
    assert "bill came that was odd." in ask(lambda notebook: notebook.documents.text(ids["cafe"])).text
    assert "bill came that was odd." in page.desk.opened.text.text
    assert "wait for you" in page.frame.message.text()
    assert page.frame.review.count == 2
    page.verbs.show_review()
    type_keys(qtbot, Qt.Key.Key_Return)
    assert page.frame.review.count == 1
    assert page.view.chosen() == page.frame.review.current.coding.id
    type_keys(qtbot, Qt.Key.Key_Delete)
    assert page.frame.review.count == 0
    assert not page.frame.message.isVisible()
    assert not page.frame.reviewing
    assert ask(lambda notebook: notebook.drafts.load(f"correct:{ids['cafe']}")) is None


def test_a_waiting_coding_is_put_on_the_selected_words(qtbot, ids, page, ask):
    at = page.desk.opened.text.text.index("My sister.")
    page.verbs.correct_text()
    page.view.select(at, at + len("My sister."))
    page.view.textCursor().insertText("Ruth told me")
    page.amending.correction.save()
    (waiting,) = ask(lambda notebook: notebook.codings.waiting(ids["cafe"]))
    page.verbs.show_review()
    start, end = select(page, "Ruth told me")
    page.frame.review.setFocus()
    type_keys(qtbot, "s")
    fields = ask(lambda notebook: notebook.codings.get(waiting.coding.id))
    assert (fields.start, fields.end, fields.review) == (start, end, None)


def test_a_correction_that_was_not_saved_comes_back(qtbot, ids, page, ask):
    page.verbs.correct_text()
    page.view.textCursor().insertText("Hm. ")
    page.amending.correction.keep_draft()
    page.amending.correction.suspend()
    assert page.desk.opened.text.text.startswith("What made")
    page.verbs.correct_text()
    assert page.view.corrected_text().startswith("Hm. What made")
    page.amending.correction.save()
    assert ask(lambda notebook: notebook.documents.text(ids["cafe"])).text.startswith("Hm. What made")


def test_leaving_a_correction_asks_before_it_is_lost(qtbot, ids, page, monkeypatch):
    page.verbs.correct_text()
    page.view.textCursor().insertText("Hm. ")
    monkeypatch.setattr(page.amending.correction, "_may_be_lost", lambda: False)
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.amending.correction.running
    monkeypatch.setattr(page.amending.correction, "_may_be_lost", lambda: True)
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.amending.correction.running
    assert page.view.corrected_text() == page.desk.opened.text.text


def test_a_code_that_is_recoloured_elsewhere_is_drawn_anew(ids, page, context):
    from desktop_app.ui.ops import ChangeOp

    code = next(code for code in page.desk.codes.values() if code.label == "Help, not selling")
    fields = CodeFields("Help first", colour="#123456")
    context.operations.submit(ChangeOp("Edit", lambda notebook: notebook.codes.edit(code.id, fields)))
    assert page.desk.codes[code.id].label == "Help first"
    assert "Help first" in {row.name for row in page.panel.list.rows()}


def test_a_document_in_the_trash_is_not_shown_any_more(ids, page, context):
    from desktop_app.ui.ops import ChangeOp

    context.operations.submit(ChangeOp("Trash", lambda notebook: notebook.documents.trash(ids["cafe"])))
    assert page.desk.opened is None
    assert page.stack.currentWidget() is page.nothing


@pytest.mark.parametrize(
    "verb", ["find_code", "apply_in_vivo", "recode", "weigh", "uncode", "show_filter", "find_text"]
)
def test_verbs_of_the_palette_do_no_harm_without_a_text(qtbot, context, verb):
    from desktop_app.ui.interviews.coding import CodingPage

    page = CodingPage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.status_message) as said:
        page.do(verb)
    assert "Open a document first" in said.args[0]


def test_what_another_coder_applied_is_changed_only_when_asked_twice(qtbot, ids, page, ask):
    coding = ids["The invoice was not.|M."]
    page.open_coding(coding)
    with qtbot.waitSignal(page.status_message) as said:
        type_keys(qtbot, Qt.Key.Key_Delete)
    assert "This is M.’s coding" in said.args[0]
    assert coding in drawn(page)
    type_keys(qtbot, Qt.Key.Key_Delete)
    assert coding not in drawn(page)


def test_the_same_code_twice_on_the_same_words_is_one_coding(qtbot, ids, page, ask):
    place = select(page, LIST)
    type_keys(qtbot, "1")
    with qtbot.waitSignal(page.status_message) as said:
        type_keys(qtbot, "1")
    assert "already" in said.args[0]
    assert len(applied(ask, ids["cafe"])[place]) == 1


def test_recoding_ends_when_other_words_are_selected(qtbot, ids, page, ask):
    coding = ids["My sister.|A. Author"]
    before = ask(lambda notebook: notebook.codings.get(coding)).code
    page.open_coding(coding)
    type_keys(qtbot, "r")
    assert "instead" in page.panel.field.placeholderText()
    place = select(page, LIST)
    type_keys(qtbot, "opa", Qt.Key.Key_Return)
    assert ask(lambda notebook: notebook.codings.get(coding)).code == before
    assert [label for label, _ in applied(ask, ids["cafe"])[place]] == ["Price talk / opaque"]


def test_another_document_does_not_take_an_unsaved_correction_along(qtbot, ids, page, ask):
    page.verbs.correct_text()
    page.view.textCursor().insertText("Hm. ")
    page.open_document(ids["roaster"])
    assert page.target == ids["roaster"]
    assert not page.amending.correction.running
    assert page.frame.correction.isHidden()
    assert page.view.corrected_text() == page.desk.opened.text.text
    page.open_document(ids["cafe"])
    assert "not saved are kept" in page.frame.message.text()


def test_a_correction_of_an_older_text_can_be_copied(qtbot, ids, page, context):
    from desktop_app.ui.ops import ChangeOp

    page.verbs.correct_text()
    page.view.textCursor().insertText("Hm. ")
    page.open_document(ids["roaster"])
    context.operations.submit(
        ChangeOp("Correct", lambda notebook: notebook.documents.correct(ids["cafe"], "Another text altogether."))
    )
    page.open_document(ids["cafe"])
    assert page.desk.opened.text.text == "Another text altogether."
    assert "older version" in page.frame.message.text()


def test_whoever_codes_blind_does_so_in_the_next_window_too(qtbot, ids, page, context):
    from desktop_app.ui.interviews.coding import CodingPage

    page.frame.filter.blind.setChecked(True)
    other = CodingPage(context)
    qtbot.addWidget(other)
    assert other.desk.looking.blind


@pytest.mark.parametrize("chosen", [False, True])
def test_the_menu_has_the_verbs_that_can_be_done(qtbot, ids, page, monkeypatch, chosen):
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    if chosen:
        page.open_coding(ids["My sister.|A. Author"])
    else:
        select(page, LIST)
    page._show_menu(QPoint(5, 5))
    words = {action.text().split("\t")[0]: action for action in shown[0].actions() if action.text()}
    assert ("Uncode" in words) == chosen
    assert ("Code with…" in words) != chosen
    words["Select the whole turn"].trigger()
    assert page.verbs.has_selection()
    shown[0].deleteLater()


def test_a_memo_that_was_begun_waits_for_its_coding(qtbot, ids, page, ask):
    first, second = ids["My sister.|A. Author"], ids["The invoice was not.|A. Author"]
    page.open_coding(first)
    type_keys(qtbot, "m", "Half a")
    page.open_coding(second)
    assert page.frame.chosen.memo.toPlainText() == ""
    page.open_coding(first)
    assert page.frame.chosen.memo.toPlainText() == "Half a"
    assert ask(lambda notebook: notebook.memos.of(first)) == []


def test_a_weight_goes_to_the_coding_for_which_it_was_typed(qtbot, ids, page, ask):
    first, second = ids["My sister.|A. Author"], ids["The invoice was not.|A. Author"]
    page.open_coding(first)
    type_keys(qtbot, "w")
    page.frame.chosen.weight.setValue(40)
    page.open_coding(second)
    assert ask(lambda notebook: notebook.codings.get(second)).weight is None


def test_keys_in_the_list_of_codes_find_apply_and_leave(qtbot, ids, page, ask):
    place = select(page, LIST)
    page.panel.list.setFocus()
    type_keys(qtbot, "1")
    assert len(applied(ask, ids["cafe"])[place]) == 1
    page.panel.list.setFocus()
    type_keys(qtbot, "opa")
    assert page.panel.field.text() == "opa"
    page.panel.list.setFocus()
    type_keys(qtbot, Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_a_long_name_from_the_words_says_that_it_is_cut(qtbot, ids, page, ask):
    page.view.setFocus()
    select(page, "It felt like a friend showing me round, not a vendor. I had a list")
    page.verbs.apply_in_vivo()
    names = [code.fields.name for code in ask(lambda notebook: notebook.codes.list())]
    assert "It felt like a friend showing me round, not a vendor. I had…" in names


def test_another_colour_of_a_code_places_no_coding_anew(qtbot, ids, page, ask, monkeypatch):
    monkeypatch.setattr(page.view, "set_codings", lambda *_: pytest.fail("all codings were placed anew"))
    select(page, "list of three roasters")
    page.verbs.take_code("Roasters")
    assert "Roasters" in {code.fields.name for code in page.desk.codes.values()}


def test_the_next_place_is_gone_to_after_the_bar_was_left(qtbot, ids, page):
    page.verbs.find_text()
    page.frame.finder.field.setText("the")
    page.frame.finder.field.settle_now()
    first = page.view.selection()
    qtbot.keyClick(page.frame.finder.field, Qt.Key.Key_Escape)
    assert not page.frame.finder.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_F3)
    assert page.view.selection() > first
    assert page.view.hasFocus()
