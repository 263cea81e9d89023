"""lens totals: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture(autouse=True)
def measured(notebook: Path, tmp_path: Path) -> None:
    path = tmp_path / "web.csv"
    path.write_text("Date,Revenue,Cost\n2026-03-01,40,10\n2026-03-02,20,10\n", encoding="utf-8")
    done("metrics", "import", path)


def test_a_ratio_is_told_with_its_totals() -> None:
    found = done("lens", "totals", "--over", "Revenue", "Cost", "--from", "2026-03-02", "--json").json
    (ratio,) = found["ratios"]
    assert (ratio["numerator"]["total"], ratio["denominator"]["total"], ratio["value"]) == (20, 10, 2)
    assert (found["start"], found["end"], ratio["cut"], ratio["matched"]) == ("2026-03-02", None, 0, True)
    assert ratio["points"] == [
        {"start": "2026-03-02", "end": "2026-03-03", "numerator": 20, "denominator": 10, "value": 2}
    ]
    assert done("search", ratio["query"], "--json").json["total"] == ratio["entries"] == 0


def test_options_by_total_and_by_ratio() -> None:
    given = ("--option", "Large: the fair:18000 EUR:9,000 EUR", "--option", "Small:2400 EUR:800 EUR")
    found = done("lens", "totals", *given, "--json").json
    assert [(one["name"], one["net"], one["ratio"], one["return"]) for one in found["options"]] == [
        ("Large: the fair", 9000, 2, 1),
        ("Small", 1600, 3, 2),
    ]
    assert found["crossing"] == {"by_total": "Large: the fair", "by_ratio": "Small"}
    assert "By total Large: the fair brings more, by ratio Small does." in done("lens", "totals", *given).out
    stretch = done("lens", "totals", "--option", "Fair:Revenue:2026-03-01/2026-03-02:15", "--json").json["options"][0]
    assert (stretch["gained"], stretch["spent"], stretch["gained_of"]["name"]) == (60, 15, "Revenue")
    differ = done("lens", "totals", "--option", "A:1 EUR:1 EUR", "--option", "B:1 USD:1 USD")
    assert "The units differ" in differ.out
    assert "is no option" in terrain("lens", "totals", "--option", "Large").err


def test_it_is_printed_as_a_table() -> None:
    out = done("lens", "totals", "--over", "Revenue", "Cost").out
    assert next(line for line in out.splitlines() if line.startswith("Revenue / Cost")).split()[3:] == ["60", "20", "3"]
    assert "There is no field" in terrain("lens", "totals", "--query", "tagg:x").sentence


def test_it_is_written_by_the_ending_of_the_name(tmp_path: Path) -> None:
    done("lens", "totals", "--over", "Revenue", "Cost", "--out", tmp_path / "t.csv")
    assert "ratio,Revenue / Cost," in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    windows = Windows()
    terrain("lens", "totals", "--out", tmp_path / "t.svg", launcher=windows)
    assert windows.asked == [("draw", "totals", tmp_path / "t.svg")]
