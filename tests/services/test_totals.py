"""The lens of totals over a notebook: what it reads, and the entries behind each figure."""

from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.links import End, LinkFields
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.services import Notebook

CSV = """Date,Clicks,Impressions,CTR,Revenue,Cost,Bounce rate
2026-03-01,4,100,4%,40,10,50%
2026-03-02,6,100,6%,20,10,40%
2026-03-03,10,300,3.33%,60,40,10%
"""


@pytest.fixture
def measured(notebook: Notebook, tmp_path: Path) -> Notebook:
    path = tmp_path / "web.csv"
    path.write_text(CSV, encoding="utf-8")
    notebook.metrics.import_files([path])
    notebook.metrics.edit_series("CTR", numerator="Clicks", denominator="Impressions")
    return notebook


def test_a_ratio_over_a_stretch_as_typed(measured: Notebook) -> None:
    ratio = next(one for one in measured.totals.read().ratios if one.name == "CTR")
    assert (ratio.name, ratio.value) == ("CTR", pytest.approx(20 / 500))
    found = measured.totals.read(series=["CTR"], from_="2026-03-02", to="3 March 2026")
    assert (found.start, found.end) == ("2026-03-02", "2026-03-04")
    assert found.ratios[0].value == pytest.approx(16 / 400)
    assert [point.start for point in found.ratios[0].points] == ["2026-03-02", "2026-03-03"]
    with pytest.raises(Invalid, match="earlier date first"):
        measured.totals.read(from_="2026-03-03", to="2026-03-01")


def test_a_ratio_whose_totals_are_not_named_is_no_mean_of_ratios(measured: Notebook) -> None:
    (ratio,) = measured.totals.read(series=["Bounce rate"]).ratios
    assert (ratio.known, ratio.value, ratio.points) == (False, None, ())


def test_a_ratio_of_ones_own(measured: Notebook) -> None:
    (ratio,) = measured.totals.read(over=[("Revenue", "Cost")]).ratios
    assert (ratio.series, ratio.name, ratio.value) == ("", "Revenue / Cost", 2.0)
    with pytest.raises(Invalid, match="does not add up"):
        measured.totals.read(over=[("CTR", "Cost")])
    with pytest.raises(Invalid, match="“Clicks” is no ratio"):
        measured.totals.read(series=["Clicks"])
    with pytest.raises(NotFound):
        measured.totals.read(series=["Weather"])
    assert {one.name for one in measured.totals.series()} == {"Clicks", "Impressions", "Revenue", "Cost"}


def test_the_entries_behind_a_figure_are_those_that_its_query_finds(measured: Notebook) -> None:
    clicks = measured.metrics.resolve("Clicks")
    for when in ("2026-03-02", "2026-03-03", "2026-01-01", ""):
        measured.entries.add(EntryDraft(body=f"pinned {when}", when=when, series=("Clicks",)))
    other = measured.entries.add(EntryDraft(body="about revenue", when="2026-03-02", series=("Revenue",))).result
    linked = measured.entries.add(EntryDraft(body="a reason", when="2020")).result
    for entry in (linked, other):
        end = End("series", clicks, "2026-03-01", "2026-03-03")
        measured.links.add(LinkFields(End("entry", entry), "explains", end))
    gone = measured.entries.add(EntryDraft(body="gone", when="2026-03-02", series=("Clicks",))).result
    measured.entries.trash([gone])
    for given, count in (
        ({}, 6),
        ({"from_": "2026-03-02", "to": "2026-03-02"}, 3),
        ({"from_": "2026-03-03"}, 1),
        ({"from_": "2027"}, 0),
        ({"query": "pinned"}, 4),
        ({"query": "reason", "to": "2026-03-01"}, 1),
    ):
        (ratio,) = measured.totals.read(series=["CTR"], **given).ratios  # type: ignore[arg-type]
        things = measured.search.matches(ratio.entries.query)
        assert {kind for kind, _ in things} <= {"entry"}
        assert (len(things), ratio.entries.value) == (count, count), given


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200", Amount(1200.0)),
        ("1,200.50 EUR", Amount(1200.5, "EUR")),
        ("€ 1200", Amount(1200.0, "EUR")),
        ("-3 hours", Amount(-3.0, "hours")),
        ("", None),
    ],
)
def test_an_amount_as_typed(notebook: Notebook, text: str, amount: Amount | None) -> None:
    assert notebook.totals.amount(text) == amount


@pytest.mark.parametrize("text", ["1,5", "much", "12 apples 3", "1" * 400])
def test_what_is_no_amount_is_said(notebook: Notebook, text: str) -> None:
    with pytest.raises(Invalid):
        notebook.totals.amount(text)


def test_an_amount_of_a_stretch_takes_its_total(measured: Notebook) -> None:
    measured.entries.add(EntryDraft(body="the fair", when="2026-03-02", series=("Revenue",)))
    gained = measured.totals.amount("Revenue: 2026-03-01/2026-03-02")
    option = measured.totals.compare([Option("Fair", gained, measured.totals.amount("Cost:2026-03-02"))]).options[0]
    assert option.gained is not None
    assert option.gained.entries is not None
    assert (option.gained.value, option.gained.end, option.net, option.ratio) == (60, "2026-03-03", 50, 6)
    assert len(measured.search.matches(option.gained.entries.query)) == option.gained.entries.value == 1


def test_a_stretch_that_does_not_add_up_is_no_total(measured: Notebook) -> None:
    ratio = Amount(0.04, "ratio", measured.metrics.resolve("CTR"), "2026-03-01", "2026-03-03")
    option = measured.totals.compare([Option("Odd", ratio, Amount(2, "ratio"))]).options[0]
    assert option.gained is not None
    assert (option.gained.is_total, option.gained.value, option.net) == (False, None, None)


def test_the_options_of_a_question_stand_before_those_given(measured: Notebook) -> None:
    options = (Option("Large", Amount(18000, "EUR"), Amount(9000, "EUR")), Option("Small", Amount(24, "EUR")))
    question = measured.questions.add(QuestionDraft(text="Which fair?", options=options)).result
    typed = Option("Tiny", Amount(300, "EUR"), Amount(100, "EUR"))
    found = measured.totals.read(question=question[:8], options=[typed]).comparison
    assert (found.question, found.text) == (question, "Which fair?")
    assert [(one.name, one.net) for one in found.options] == [("Large", 9000), ("Small", None), ("Tiny", 200)]
    assert found.crossing == ("Large", "Tiny")


def test_it_is_written_as_a_table(measured: Notebook) -> None:
    found = measured.totals.read(options=[Option("Large", Amount(20), Amount(10))])
    lines = measured.totals.csv(found).decode("utf-8-sig").splitlines()
    assert lines[0] == "what,name,start,end,numerator or gained,denominator or spent,net,ratio,query"
    assert any(line.startswith("point,CTR,2026-03-01,2026-03-02,4") for line in lines)
    assert lines[-1].startswith("option,Large,,,20")
