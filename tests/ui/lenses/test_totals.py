"""The page of totals: a ratio beside its totals, one of one's own, options typed and kept."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.services import Notebook
from desktop_app.ui.lenses.pictures import draw
from desktop_app.ui.lenses.totals import TotalsPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

CSV = "Date,Clicks,Impressions,CTR,Bounce rate\n2026-03-01,4,100,4%,50%\n2026-03-02,6,100,6%,40%\n"


@pytest.fixture
def measured(notebook: Notebook, tmp_path: Path) -> Notebook:
    path = tmp_path / "web.csv"
    path.write_text(CSV, encoding="utf-8")
    notebook.metrics.import_files([path])
    notebook.metrics.edit_series("CTR", numerator="Clicks", denominator="Impressions")
    notebook.entries.add(EntryDraft(body="a strike", when="2026-03-02", series=("Clicks",)))
    return notebook


@pytest.fixture
def page(qtbot, context: ScreenContext, measured: Notebook) -> TotalsPage:
    return seen(qtbot, TotalsPage(context))


def words(page: TotalsPage) -> list[str]:
    return [spot.words for spot in page.canvas.spots()]


def test_a_ratio_stands_beside_its_totals(qtbot, page: TotalsPage) -> None:
    assert [row.heading for row in page.rows.rows()] == ["CTR", "Totals unknown", "Bounce rate"]
    assert page.rows.rows()[0].meta == "10 / 200 = 5 %"
    assert words(page)[:3] == ["Clicks: 10 in 2 points", "Impressions: 200 in 2 points", "CTR: 5 %"]
    assert page.foot.words.text() == "1 entry speaks of it"
    page.canvas.choose_key(("figure", 2))
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert asked.args[0].startswith("id:")


def test_a_stretch_is_typed(qtbot, page: TotalsPage) -> None:
    page.from_.setText("2026-03-02")
    qtbot.keyClick(page.from_, Qt.Key.Key_Return)
    assert words(page)[:3] == ["Clicks: 6 in 1 point", "Impressions: 100 in 1 point", "CTR: 6 %"]
    page.from_.setText("someday")
    qtbot.keyClick(page.from_, Qt.Key.Key_Return)
    assert "someday" in page.message.text()


def test_unknown_totals_are_named_in_metrics(qtbot, page: TotalsPage, measured: Notebook) -> None:
    bounce = measured.metrics.resolve("Bounce rate")
    page.rows.choose(bounce)
    assert words(page) == ["Bounce rate: totals unknown"]
    assert page.name_button.isVisible()
    with qtbot.waitSignal(page.open_place_requested) as asked:
        qtbot.keyClick(page.rows, Qt.Key.Key_T)
    assert asked.args == ["series", bounce, -1]


def test_a_ratio_of_ones_own(qtbot, page: TotalsPage, measured: Notebook) -> None:
    qtbot.keyClick(page.rows, Qt.Key.Key_R)
    assert page.maker.isVisible()
    for choice, name in ((page.above, "Impressions"), (page.below, "Clicks")):
        choice.setCurrentIndex(choice.findData(measured.metrics.resolve(name)))
        choice.activated.emit(choice.currentIndex())
    assert page.rows.rows()[0].heading == "Impressions / Clicks"
    assert words(page)[2] == "Impressions / Clicks: 20"
    page.make_ratio()
    assert page.maker.isHidden()
    assert page.rows.rows()[0].heading == "CTR"


def type_options(page: TotalsPage, *rows: tuple[str, str, str]) -> None:
    page.form.show_typed(rows)
    page.read()


def test_options_are_compared_and_kept_with_a_question(
    qtbot, context: ScreenContext, measured: Notebook, ask: Callable[..., object]
) -> None:
    question = measured.questions.add(QuestionDraft(text="Which fair?")).result
    page = seen(qtbot, TotalsPage(context))
    qtbot.keyClick(page.rows, Qt.Key.Key_2)
    assert not page.keep_button.isEnabled()
    qtbot.keyClicks(page.form.lines[0][0], "Large")
    qtbot.keyClicks(page.form.lines[0][1], "18000 EUR")
    qtbot.keyClicks(page.form.lines[0][2], "9000 EUR")
    page.form.lines[1][0].setFocus()
    spots = [spot.words for spot in page.options.spots()]
    assert spots == ["Large: gained € 18,000, spent € 9,000, net € 9,000, gained / spent 2"]
    page.question.setCurrentIndex(page.question.findData(question))
    page.question.activated.emit(page.question.currentIndex())
    page.options.setFocus()
    qtbot.keyClick(page.options, Qt.Key.Key_K)
    kept = ask(lambda notebook: notebook.questions.get(question).fields.options)
    assert kept == (Option("Large", Amount(18000.0, "EUR"), Amount(9000.0, "EUR")),)


def test_the_options_of_a_question_are_shown(qtbot, context: ScreenContext, measured: Notebook) -> None:
    clicks = Amount(None, series="Clicks", start="2026-03-01", end="2026-03-03")
    options = (Option("Fair", clicks, Amount(4, "count")), Option("Stay", Amount(3, "count"), Amount(1, "count")))
    question = measured.questions.add(QuestionDraft(text="Which fair?", options=options)).result
    page = seen(qtbot, TotalsPage(context))
    page.show_options()
    page.question.setCurrentIndex(page.question.findData(question))
    page.question.activated.emit(page.question.currentIndex())
    said = [spot.words for spot in page.options.spots()]
    assert said[0] == "Fair: gained 10, spent 4, net 6, gained / spent 2.50"
    assert said[1] == "gained: Clicks, 2026-03-01 to 2026-03-03, that day excluded: 10"
    with qtbot.waitSignal(page.search_requested) as asked:
        page.open_spot(page.options.spots()[1])
    assert asked.args[0].startswith("id:")


def test_what_is_no_amount_is_said_and_what_was_seen_stays(page: TotalsPage) -> None:
    page.show_options()
    type_options(page, ("Large", "much", ""))
    assert "“much” is no amount" in page.message.text()
    type_options(page, ("Large", "5", "2"))
    assert page.message.isHidden()


def test_it_explains_itself_without_metrics(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, TotalsPage(context))
    assert page.stack.currentIndex() == 1
    page.nothing.button.click()
    assert page.views.currentIndex() == 1
    assert page.stack.currentIndex() == 0


def test_it_is_saved_as_a_table_and_as_a_drawing(
    page: TotalsPage, measured: Notebook, tmp_path: Path, monkeypatch
) -> None:
    asked: list[tuple[str, tuple[tuple[str, str], ...], Callable[..., bytes]]] = []
    monkeypatch.setattr(page.saver, "ask", lambda *given: asked.append(given))
    type_options(page, ("Large", "5", "2"), ("Loss", "1", "4"))
    for view in range(2):
        page.views.setCurrentIndex(view)
        page.save()
        name, kinds, make = asked[-1]
        assert (name, [ending for _, ending in kinds]) == ("Totals", [".svg", ".png", ".csv"])
        for ending, begins in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".csv", b"\xef\xbb\xbfwhat,name")):
            page.saver.save(tmp_path / f"t{ending}", make)
            assert (tmp_path / f"t{ending}").read_bytes().startswith(begins)
    draw("totals", measured.totals.read(), tmp_path / "all.svg")
    assert b"Bounce rate" in (tmp_path / "all.svg").read_bytes()


def test_everything_is_inside_at_any_width(page: TotalsPage) -> None:
    type_options(page, ("Large", "5", "2"), ("Loss", "1", "4"))
    for view, canvas in ((0, page.canvas), (1, page.options)):
        page.views.setCurrentIndex(view)
        for width in (776, 1264):
            page.resize(width, 800)
            assert canvas.spots()
            assert all(spot.rect.left() >= 0 and spot.rect.right() <= canvas.width() + 1 for spot in canvas.spots())


def test_an_amount_that_was_kept_stays_as_it_was_taken(
    qtbot, context: ScreenContext, measured: Notebook, tmp_path: Path, ask: Callable[..., object]
) -> None:
    clicks = Amount(None, series="Clicks", start="2026-03-01", end="2026-03-03")
    question = measured.questions.add(QuestionDraft(text="Which fair?", options=(Option("Fair", clicks),))).result
    later = tmp_path / "later.csv"
    later.write_text(CSV.replace("2026-03-02,6", "2026-03-02,8"), encoding="utf-8")
    measured.metrics.import_files([later])
    page = seen(qtbot, TotalsPage(context))
    page.show_options()
    page.question.setCurrentIndex(page.question.findData(question))
    page.question.activated.emit(page.question.currentIndex())
    said = [spot.words for spot in page.options.spots()]
    assert said[1] == "gained: Clicks, 2026-03-01 to 2026-03-03, that day excluded: 10; restated since: 12"
    page.form.lines[0][0].setText("The fair")
    page.keep()
    (kept,) = ask(lambda notebook: notebook.questions.get(question).fields.options)  # type: ignore[misc]
    assert (kept.name, kept.gained.value) == ("The fair", 10)


def test_only_a_search_that_is_not_understood_marks_its_field(qtbot, page: TotalsPage) -> None:
    page.from_.setText("someday")
    qtbot.keyClick(page.from_, Qt.Key.Key_Return)
    assert not page.narrow.property("problem")
    page.from_.setText("")
    page.narrow.setText("tagg:price")
    page.narrow.settle_now()
    assert page.narrow.property("problem")


def test_a_series_kept_as_an_amount_stands_by_its_name_unless_two_share_it(page: TotalsPage) -> None:
    names = page._series_names()
    assert set(names.values()) == {"Clicks", "Impressions"}
    assert page.result is not None
    clicks = next(one for one in page.result.series if one.label == "Clicks")
    page.result = replace(page.result, series=(*page.result.series, replace(clicks, id="another")))
    assert "Clicks" not in page._series_names().values()


def test_the_example_is_that_of_a_question(qtbot, context: ScreenContext, measured: Notebook) -> None:
    clicks = Amount(None, series="Clicks", start="2026-03-01", end="2026-03-03")
    measured.questions.add(QuestionDraft(text="Which fair?", options=(Option("Fair", clicks),)))
    page = seen(qtbot, TotalsPage(context))
    dict(page.tour_steps())["options"]()
    assert page.form.typed() == (("Fair", "Clicks: 2026-03-01/2026-03-02", ""),)
    page.end_tour()
    assert page.form.typed() == ()
