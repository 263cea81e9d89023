"""The foresight page: resolving by a key, asking why, and a click from each figure to its entries."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.foresight import Silent, State, Statement
from desktop_app.ui.lenses.canvas import look_of
from desktop_app.ui.lenses.drawing import drawing_bytes
from desktop_app.ui.lenses.foresight import ForesightPage
from desktop_app.ui.ops import ChangeOp
from tests.ui.conftest import seen


def shown(qtbot, context, width: int = 1200, height: int = 800) -> ForesightPage:
    return seen(qtbot, ForesightPage(context), width, height)


@pytest.fixture
def ids(notebook, tmp_path) -> dict[str, str]:
    """Foresights in every state, one with a check that holds; a series that stepped up with nothing after it."""
    rows = [f"2024-{1 + at // 28:02}-{1 + at % 28:02},{(10 if at < 60 else 30) + at % 3}\n" for at in range(140)]
    path = tmp_path / "sacks.csv"
    path.write_text("Date,Sacks\n" + "".join(rows), encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)

    def add(body: str, **fields: object) -> str:
        return notebook.entries.add(EntryDraft(body=body, kind="foresight", **fields)).result  # type: ignore[arg-type]

    check = Check("Sacks", ">", 1, "2024-01-02/2024-01-03")
    return {
        "due": add("Sacks will sell", horizon="2024-02", confidence=0.7, check=check),
        "open": add("Half the farms will stop", horizon="2099", confidence=0.5),
        "yes": add("Prices will rise", horizon="2026", confidence=0.8, outcome=Outcome("yes")),
        "no": add("Nobody will leave", confidence=0.8, outcome=Outcome("no", "2026-03-01", "Two left")),
        "partly": add("Some will come", confidence=0.3, outcome=Outcome("partly")),
    }


@pytest.fixture
def page(qtbot, ids, context) -> ForesightPage:
    return shown(qtbot, context)


def choose(page: ForesightPage, item: str) -> None:
    for spot in page.canvas.spots():
        if isinstance(spot.key, Statement) and spot.key.id == item:
            page.canvas.choose_key(spot.key)
            return
    raise AssertionError(item)


def listed(page: ForesightPage) -> list[str]:
    return [spot.key.id for spot in page.canvas.spots() if isinstance(spot.key, Statement)]


def test_an_empty_notebook_offers_the_first_foresight(qtbot, context):
    page = shown(qtbot, context)
    assert page.stack.currentIndex() == 1
    with qtbot.waitSignal(page.capture_requested) as asked:
        page.first_step()
    assert asked.args[0] == "> "
    page.save()


def test_what_is_due_comes_first(page, ids):
    assert listed(page)[:2] == [ids["due"], ids["open"]]
    assert "1 foresight due" in page.sentence.text()


@pytest.mark.parametrize(("key", "result"), [(Qt.Key.Key_Y, "yes"), (Qt.Key.Key_P, "partly"), (Qt.Key.Key_N, "no")])
def test_one_key_resolves_the_chosen_statement(qtbot, page, ids, notebook, key, result):
    choose(page, ids["open"])
    qtbot.keyClick(page.canvas, key)
    assert notebook.entries.get(ids["open"]).fields.outcome.result == result
    assert page.result.found.open.value == 0
    notebook.history.undo()
    assert notebook.entries.get(ids["open"]).fields.outcome is None


def test_what_is_due_is_chosen_first_and_then_the_next(qtbot, ids, context, notebook):
    other = notebook.entries.add(EntryDraft(body="Another", kind="foresight", horizon="2025")).result
    page = shown(qtbot, context)
    assert page.statement.id == ids["due"]
    qtbot.keyClick(page.canvas, Qt.Key.Key_Y)
    assert page.statement.id == other
    qtbot.keyClick(page.canvas, Qt.Key.Key_N)
    assert [notebook.entries.get(item).fields.outcome.result for item in (ids["due"], other)] == ["yes", "no"]
    assert page.statement.id == ids["open"]


def test_a_statement_stays_chosen_when_it_is_edited(page, ids, context):
    choose(page, ids["open"])
    context.operations.submit(
        ChangeOp("Edit", lambda notebook: notebook.entries.edit(ids["open"], EntryDraft(body="All the farms")))
    )
    assert (page.statement.id, page.statement.heading) == (ids["open"], "All the farms")


def test_one_key_takes_what_the_check_says(qtbot, page, ids, notebook):
    choose(page, ids["due"])
    assert page.foot.words.text() == "Its check: Sacks in 2–3 January 2024 is 23, asked > 1: holds."
    assert page.check_button.isVisible()
    qtbot.keyClick(page.canvas, Qt.Key.Key_C)
    outcome = notebook.entries.get(ids["due"]).fields.outcome
    assert (outcome.result, "was 23 (total of 2 points)" in outcome.note) == ("yes", True)


def test_without_a_check_the_key_says_so(qtbot, page, ids, notebook):
    choose(page, ids["open"])
    assert not page.check_button.isVisible()
    qtbot.keyClick(page.canvas, Qt.Key.Key_C)
    assert "has no check on a series" in page.message.text()
    assert notebook.entries.get(ids["open"]).fields.outcome is None


def test_what_is_resolved_is_not_resolved_again_by_a_slip(qtbot, page, ids, notebook):
    choose(page, ids["no"])
    assert page.foot.words.text() == "Two left"
    assert not any(button.isVisible() for button in page.answers)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Y)
    assert notebook.entries.get(ids["no"]).fields.outcome.result == "no"


def test_a_key_on_a_figure_resolves_nothing(qtbot, page, ids, notebook):
    page.canvas.choose_key(("score", "brier"))
    for key in (Qt.Key.Key_Y, Qt.Key.Key_C, Qt.Key.Key_W):
        qtbot.keyClick(page.canvas, key)
    assert notebook.entries.get(ids["due"]).fields.outcome is None


def test_enter_opens_a_statement_and_asks_for_the_entries_of_a_figure(qtbot, page, ids):
    choose(page, ids["yes"])
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert opened.args == [ids["yes"]]
    page.canvas.choose_key(("bin", 0.8))
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert asked.args == ["kind:foresight confidence:0.8..0.9 -confidence:0.9 outcome:yes,no"]


def test_every_spot_has_words_and_leads_to_its_entries(page, ids, notebook):
    for spot in page.canvas.spots():
        assert spot.words
        if spot.query and not isinstance(spot.key, Silent):
            assert notebook.search.matches(spot.query), spot
    page.canvas.choose_key(("left", "unsure"))
    assert not page.foot.entries.isVisible()


def test_a_change_that_foretold_nothing_asks_why(qtbot, page):
    (change,) = (spot.key for spot in page.canvas.spots() if isinstance(spot.key, Silent))
    page.canvas.choose_key(change)
    assert page.ask_button.isVisible()
    with qtbot.waitSignal(page.capture_requested) as asked:
        qtbot.keyClick(page.canvas, Qt.Key.Key_W)
    assert asked.args[0] == f" =[{change.place.at}]"
    assert asked.args[1].startswith("Sacks rose from ")
    assert asked.args[1].endswith("within 90 days. Why not?")


def test_statements_of_one_state(qtbot, page, ids):
    qtbot.keyClick(page.canvas, Qt.Key.Key_F)
    assert (page.shown, listed(page)) == (State.DUE, [ids["due"]])
    for _ in range(3):
        qtbot.keyClick(page.canvas, Qt.Key.Key_F)
    assert page.shown is None
    assert len(listed(page)) == 5 + page.indicators.unshown.value


def test_a_query_narrows_all_of_it(page, ids):
    page.set_query("outcome:no")
    page.read_if_stale()
    assert listed(page) == [ids["no"]]
    assert page.indicators.scope.query == "outcome:no"


def test_files_hold_the_diagram_and_a_row_for_each_statement(page, notebook):
    look = look_of(page.appearance, page)
    assert b"<svg" in drawing_bytes(page.drawing(), ".svg", look, "Foresight")
    assert drawing_bytes(page.drawing(), ".png", look, "Foresight").startswith(b"\x89PNG")
    assert page.table(notebook, page.result).count(b"\n") == 6


@pytest.mark.parametrize("width", [760, 980, 1200])
def test_nothing_lies_outside_the_canvas(qtbot, ids, context, width):
    page = shown(qtbot, context, width)
    inside = page.canvas.rect().adjusted(-1, -1, 1, 1)
    assert all(inside.contains(spot.rect.toAlignedRect()) for spot in page.canvas.spots())


@pytest.mark.parametrize("values", [("9 of 16", "0.24"), ("12,345 of 98,765", "−0.270")])
def test_the_longest_figure_is_not_cut_off(page, values):
    from desktop_app.ui.lenses.canvas import look_of
    from desktop_app.ui.lenses.foresight.figures import Figures, _Item

    figures = Figures(page.result.found)
    figures._items = tuple(_Item(value, "words", "", None) for value in values)
    look = look_of(page.appearance, page)
    figures.arrange(400, look)
    assert figures._value >= max(look.width(value, look.sizes.body, bold=True) for value in values)


@pytest.mark.parametrize("percentage", [100, 150])
def test_the_axes_of_the_diagram_are_read_at_any_size_of_text(page, percentage):
    from desktop_app.ui.lenses.drawing import Look
    from desktop_app.ui.lenses.foresight.diagram import Diagram
    from desktop_app.ui.theme import TypeSizes

    look = Look(page.appearance.theme, TypeSizes.at(percentage), page.font())
    diagram = Diagram(page.result.found.score)
    diagram.arrange(420, look)
    assert diagram._plot.left() - 8 >= look.width("100 %", look.sizes.tiny)
