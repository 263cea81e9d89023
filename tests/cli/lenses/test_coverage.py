"""lens coverage: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture(autouse=True)
def written(notebook: Path) -> None:
    done("add", "the price again", "--when", "2026-03-14", "--scale", "week", "--perspective", "holistic")
    done(
        "add", "a quiet street", "--when", "2026-03", "--scale", "month", "--perspective", "holistic", "--tag", "street"
    )


def test_every_cell_is_there_with_its_count_and_query() -> None:
    found = done("lens", "coverage", "--json").json
    assert len(found["cells"]) == 56
    filled = [cell for cell in found["cells"] if cell["count"]]
    assert [(cell["perspective"], cell["scale"], cell["count"]) for cell in filled] == [
        ("holistic", "week", 1),
        ("holistic", "month", 1),
    ]
    for cell in filled:
        assert done("search", cell["query"], "--json").json["total"] == cell["count"]
    assert found["blind_spots"] == 54
    assert [month["count"] for month in found["months"]] == [2]


def test_a_query_narrows_it() -> None:
    found = done("lens", "coverage", "--query", "tag:street", "--json").json
    assert (found["query"], found["total"]) == ("tag:street", 1)
    assert "There is no field" in terrain("lens", "coverage", "--query", "tagg:street").sentence


def test_it_is_printed_as_a_table() -> None:
    out = done("lens", "coverage").out
    assert "Everything. 2 entries." in out
    assert "54 of 56 cells are empty." in out
    assert next(line for line in out.splitlines() if line.startswith("Holistic")).split()[1:5] == ["·", "·", "1", "1"]


def test_it_is_written_by_the_ending_of_the_name(tmp_path: Path) -> None:
    done("lens", "coverage", "--out", tmp_path / "c.csv")
    assert "holistic,week,1,perspective:holistic scale:week" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    windows = Windows()
    terrain("lens", "coverage", "--out", tmp_path / "c.svg", launcher=windows)
    assert windows.asked == [("draw", "coverage", tmp_path / "c.svg")]
    assert "written as .csv, .svg or .png" in terrain("lens", "coverage", "--out", tmp_path / "c.txt").sentence
