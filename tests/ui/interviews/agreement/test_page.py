"""The page of agreement on a real notebook: figures that explain themselves, differences settled by key."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.model.agreement import Unit
from desktop_app.model.coding import CONSENSUS, CodingFilter
from desktop_app.ui.interviews.agreement import AgreementPage
from desktop_app.ui.interviews.agreement.page import WORKBENCH
from desktop_app.ui.ops import ChangeOp
from tests.ui.conftest import seen


def labels(page) -> list[str]:
    return [row.label for row in page.table.rows()]


def row_of(page, label: str) -> int:
    return labels(page).index(label)


def places(page) -> list[str]:
    return [card.text for card in page.workbench.list.cards() if card.id]


def consensus(ask) -> list[tuple[str, str]]:
    found = ask(lambda notebook: notebook.retrieval.quotes(CodingFilter(coders=(CONSENSUS,))))
    return [(quote.text, " / ".join(quote.path)) for quote in found]


def test_each_code_has_its_figures_under_the_overall_ones(page):
    assert labels(page)[0] == "Overall"
    place = row_of(page, "Becoming / a place people cross town for")
    assert page.table.text_of(place, "krippendorff_alpha") == "1.000"
    assert page.table.text_of(place, "percent") == "100.0 %"
    assert page.table.text_of(row_of(page, "Family as channel"), "cohen_kappa") == "0.000"
    assert "Unit: characters." in page.explanation.text() or page.explanation.text() == ""
    assert "codes as the values of one variable" in page.notes.text()


def test_what_is_undefined_is_told_with_its_reason_and_is_never_a_number(page, ask, context):
    def only_both(notebook):
        return notebook.codings.remove(
            [coding.id for coding in notebook.codings.find() if notebook.codes.get(coding.code).fields.name != "fair"]
        )

    context.operations.submit(ChangeOp("Remove", only_both))
    page.setup.unit.setCurrentIndex(list(Unit).index(Unit.SEGMENT))
    model = page.table.model()
    heads = [figure.name for figure in page.table.figures()]
    index = model.index(row_of(page, "Price talk / fair"), heads.index("interval"))
    assert index.data() == "n/a"
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("n/a: ")
    assert "n/a, " in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_head_explains_itself_in_the_line_beneath(qtbot, page):
    heads = [figure.name for figure in page.table.figures()]
    for name in ("cohen_kappa", "gwet_ac1", "krippendorff_alpha"):
        page.table.setCurrentIndex(page.table.model().index(0, heads.index(name)))
        assert page.explanation.text().endswith("Unit: characters.")
    assert page.explanation.text().startswith("Krippendorff’s α: 1 − observed")
    tip = page.table.model().headerData(heads.index("gwet_ac1"), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "Gwet 2008" in tip


def test_each_unit_has_its_own_columns(page):
    names = {}
    for at, unit in enumerate(Unit):
        page.setup.unit.setCurrentIndex(at)
        names[unit] = [figure.name for figure in page.table.figures()]
    assert "holsti" in names[Unit.SEGMENT]
    assert "holsti" not in names[Unit.CHARACTER]
    assert {"u_alpha", "u_alpha_binary", "cu_alpha"} <= set(names[Unit.CONTINUUM])
    assert "cohen_kappa" not in names[Unit.CONTINUUM]
    page.setup.unit.setCurrentIndex(list(Unit).index(Unit.SEGMENT))
    assert page.setup.overlap.isVisible()
    page.setup.overlap.setValue(50)
    assert "50 %" in page.notes.text()


def test_a_row_opens_onto_its_documents_by_key(qtbot, page):
    at = row_of(page, "Price talk / fair")
    page.table.setCurrentIndex(page.table.model().index(at, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert labels(page)[at + 1 : at + 3] == ["Interview 07 — café owner", "Interview 08 — roaster"]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert labels(page)[at + 1] != "Interview 07 — café owner"


def test_coders_codes_and_documents_can_be_chosen(page):
    page.setup.bar.line.setText("price talk")
    page.setup.bar.line.returnPressed.emit()
    assert [row.label for row in page.table.rows() if row.level == "code"] == [
        "Price talk / fair",
        "Price talk / opaque",
    ]
    page.setup.boxes["M."].setChecked(False)
    assert "two coders" in page.notes.text()


def test_the_table_is_copied_and_saved(tmp_path, page):
    page.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["", "Units", "Prevalence"]
    assert lines[1].startswith("Overall\t")
    page.saver.save(tmp_path / "agreement.csv", page.csv_maker())
    rows = list(csv.DictReader(io.StringIO((tmp_path / "agreement.csv").read_text(encoding="utf-8-sig"))))
    assert {row["code"] for row in rows} >= {"Price talk / fair", "Family as channel"}


def test_a_stopped_comparison_says_so_and_keeps_what_stood(page, monkeypatch, context):
    before = labels(page)
    monkeypatch.setattr(page.strip, "progress", lambda *_: context.operations.stop("Compare coders"))
    page.read()
    assert page.message.text() == "Stopped. What stands here is from before."
    assert labels(page) == before
    assert page.strip.isHidden()


def test_every_place_where_coders_differ_is_listed_side_by_side(page):
    page._go(WORKBENCH)
    assert places(page) == [
        ", not a vendor.",
        "what I am becoming",
        "The invoice was not.",
        "The invoice was not.",
        "My sister.",
        "Nobody explains a price in an email.",
    ]
    assert page.tabs.tabText(WORKBENCH) == "Differences  ·  0 of 6 settled"
    page.workbench.step(+1)
    page.workbench.step(+1)
    assert page.workbench.view.difference.text == "The invoice was not."
    labels = [choice.label for choice in page.workbench.view.choices]
    assert sorted(labels) == ["Price talk / fair", "Price talk / opaque"]


def test_a_number_agrees_on_a_code_and_goes_on_to_the_next(qtbot, page, ask):
    page._go(WORKBENCH)
    bench = page.workbench
    bench.list.setFocus()
    for _ in range(2):
        qtbot.keyClick(bench.list, Qt.Key.Key_J)
    agreed = bench.view.choices[1].label
    qtbot.keyClick(bench.list, Qt.Key.Key_2)
    assert consensus(ask) == [("The invoice was not.", agreed)]
    assert places(page) == [
        ", not a vendor.",
        "what I am becoming",
        "My sister.",
        "Nobody explains a price in an email.",
    ]
    assert bench.view.difference.text == "My sister."
    assert bench.count.text() == "2 of 6 settled"


def test_zero_writes_a_memo_and_u_opens_the_place_again(qtbot, page, ask):
    page._go(WORKBENCH)
    bench = page.workbench
    bench.list.setFocus()
    qtbot.keyClick(bench.list, Qt.Key.Key_0)
    assert bench.count.text() == "1 of 6 settled"
    assert len(ask(lambda notebook: notebook.memos.list())) == 2
    assert consensus(ask) == []
    qtbot.keyClick(bench.list, Qt.Key.Key_U)
    assert bench.count.text() == "0 of 6 settled"
    assert len(ask(lambda notebook: notebook.memos.list())) == 1


def test_settled_places_are_shown_by_s_with_what_was_agreed(qtbot, page):
    page._go(WORKBENCH)
    bench = page.workbench
    bench.list.setFocus()
    qtbot.keyClick(bench.list, Qt.Key.Key_1)
    qtbot.keyClick(bench.list, Qt.Key.Key_S)
    assert [card.mark for card in bench.list.cards() if card.id].count("settled") == 1
    bench.list.choose_first()
    assert bench.view.state.text() == "Settled: Help, not selling."


def test_the_last_word_can_be_said_in_a_memo(qtbot, page, ask):
    page._go(WORKBENCH)
    bench = page.workbench
    bench.list.setFocus()
    qtbot.keyClick(bench.list, Qt.Key.Key_M)
    assert bench.view.memo.isVisible()
    qtbot.keyClicks(bench.view.memo, "We read it as one remark, 1 and not 2.")
    key = bench.list.current_id()
    bench.step(+1)
    bench.step(-1)
    assert bench.view.memo.toPlainText() == "We read it as one remark, 1 and not 2."
    qtbot.keyClick(bench.view.memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert key not in [card.id for card in bench.list.cards()]
    bodies = [memo.fields.body for memo in ask(lambda notebook: notebook.memos.list())]
    assert "We read it as one remark, 1 and not 2." in bodies


def test_enter_reads_the_place_in_its_text(qtbot, ids, page, ask):
    page._go(WORKBENCH)
    start = ask(lambda notebook: notebook.documents.text(ids["cafe"])).text.index(", not a vendor.")
    with qtbot.waitSignal(page.open_document_requested) as asked:
        qtbot.keyClick(page.workbench.list, Qt.Key.Key_Return)
    assert asked.args == [ids["cafe"], start]


def test_the_differences_of_one_document_are_shown_where_they_are_asked_for(qtbot, ids, context):
    fresh = AgreementPage(context)
    fresh.show_differences(ids["roaster"])
    seen(qtbot, fresh)
    assert places(fresh) == ["Nobody explains a price in an email."]
    assert fresh.setup.bar.chips.texts() == ("document: Interview 08 — roaster",)


@pytest.mark.usefixtures("clock")
def test_with_fewer_than_two_coders_the_page_says_what_it_needs(qtbot, context):
    empty = seen(qtbot, AgreementPage(context))
    assert empty.nobody.isVisible()


def test_a_place_coded_anew_meanwhile_is_refused_in_a_sentence(page, ask, context):
    page._go(WORKBENCH)
    one = page.workbench.current()
    ask(lambda notebook: notebook.codings.remove(one.codings))
    page.settle(one, one.code, "")
    assert "look at it again" in page.message.text()
    assert ", not a vendor." not in places(page)


def test_a_memo_that_could_not_be_kept_is_still_there(qtbot, page, ask):
    page._go(WORKBENCH)
    bench = page.workbench
    one = bench.current()
    bench.begin_memo()
    bench.view.memo.setPlainText("A long thought")
    moved = ask(lambda notebook: notebook.codings.get(one.codings[0]))
    ask(lambda notebook: notebook.codings.remove(one.codings))
    bench.view.memo.given.emit()
    assert "look at it again" in page.message.text()
    again = (moved.target, moved.start, moved.end, moved.code)
    ask(lambda notebook: notebook.codings.add(*again, coder=moved.coder))
    page.read()
    bench.list.choose_first()
    assert bench.view.difference.text == one.text
    assert bench.view.memo.toPlainText() == "A long thought"
