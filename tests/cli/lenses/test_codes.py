"""lens codes and lens cooccurrence: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture(autouse=True)
def coded(notebook: Path, tmp_path: Path) -> None:
    text = tmp_path / "talk.txt"
    text.write_text("The price was opaque and I felt small.", encoding="utf-8")
    done("documents", "import", text)
    done("codes", "add", "Price")
    done("codes", "add", "Becoming")
    done("codings", "add", "talk", "4", "20", "Price")
    done("codings", "add", "talk", "14", "38", "Becoming")


def test_codes_are_told_with_the_codings_behind_them() -> None:
    found = done("lens", "codes", "--by", "perspective", "--json").json
    assert {code["path"]: code["codings"] for code in found["codes"]} == {"Price": 1, "Becoming": 1}
    assert [(cell["column"], cell["count"]) for cell in found["cells"]] == [("interviews", 1)] * 2
    for figure in (*found["codes"], *found["cells"]):
        assert done("search", figure["query"], "--json").json["total"] == 1
    assert done("lens", "codes", "--json").json["columns"] == [{"column": "undated", "label": "no date"}]
    assert done("lens", "codes", "--query", "code:Price", "--json").json["total"] == 1


def test_codes_that_come_together() -> None:
    found = done("lens", "cooccurrence", "--json").json
    (cell,) = found["cells"]
    assert (cell["count"], cell["codings"]) == (1, 2)
    assert done("search", cell["query"], "--json").json["total"] == 2
    assert [edge["count"] for edge in found["edges"]] == [1]
    assert len(found["nodes"]) == 2
    assert done("lens", "cooccurrence", "--least", "2", "--json").json["weaker"] == 1
    assert "There is no field" in terrain("lens", "cooccurrence", "--query", "tagg:x").sentence


def test_they_are_printed_as_tables() -> None:
    out = done("lens", "codes", "--by", "scale").out
    assert "Everything. 2 codings." in out
    assert next(line for line in out.splitlines() if line.startswith("Price")).split()[1] == "1"
    out = done("lens", "cooccurrence").out
    assert next(line for line in out.splitlines() if "Becoming" in line).split() == ["Becoming", "Price", "1"]


def test_they_are_written_by_the_ending_of_the_name(tmp_path: Path) -> None:
    done("lens", "codes", "--out", tmp_path / "c.csv")
    assert "code,Price,,1,1,kind:coding code:" in (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    windows = Windows()
    terrain("lens", "cooccurrence", "--out", tmp_path / "c.svg", launcher=windows)
    assert windows.asked == [("draw", "cooccurrence", tmp_path / "c.svg")]
