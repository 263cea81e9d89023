"""metrics import, list, show: the report, the shapes, and files that no profile reads."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


def test_the_report_of_an_import(export: Path) -> None:
    (report,) = done("metrics", "import", export, "--json").json["files"]
    assert {"file", "profile", "encoding", "delimiter", "tables", "added", "restated", "unchanged"} <= set(report)
    assert (report["file"], report["delimiter"]) == ("sessions.csv", ",")
    assert (report["added"], report["restated"], report["unchanged"]) == (31, 0, 0)
    (table,) = report["tables"]
    assert {"title", "start", "end", "grain", "rows", "series", "totals", "skipped"} <= set(table)
    assert (table["grain"], table["rows"]) == ("day", 31)
    (series,) = table["series"]
    assert {"series", "name", "dimensions", "unit", "additive", "points"} <= set(series)
    assert (series["name"], series["points"], series["additive"]) == ("Sessions", 31, True)


def test_the_same_file_twice_adds_nothing(export: Path) -> None:
    done("metrics", "import", export)
    again = done("metrics", "import", export, "--json").json["files"][0]
    assert (again["added"], again["restated"], again["unchanged"]) == (0, 0, 31)


def test_a_restated_point_keeps_both_values(export: Path, tmp_path: Path) -> None:
    done("metrics", "import", export)
    later = tmp_path / "later.csv"
    later.write_text("Date,Sessions\n2026-01-01,99\n2026-01-02,11\n", encoding="utf-8")
    report = done("metrics", "import", later, "--json").json["files"][0]
    assert (report["added"], report["restated"], report["unchanged"]) == (0, 1, 1)
    assert done("metrics", "show", "Sessions", "--to", "2026-01-01", "--json").json["points"] == [["2026-01-01", 99.0]]
    then = done("metrics", "show", "Sessions", "--as-of", "2020-01-01", "--json").json
    assert then["points"] == []


def test_a_dry_run_writes_nothing(export: Path) -> None:
    report = done("metrics", "import", export, "--dry-run", "--json").json
    assert report["files"][0]["added"] == 31
    assert report["dry_run"] is True
    assert done("metrics", "list", "--json").json == []
    assert "nothing was written" in done("metrics", "import", export, "--dry-run").out
    assert len(done("log", "--json").json) == 1


def test_list_and_show(export: Path) -> None:
    done("metrics", "import", export)
    (series,) = done("metrics", "list", "--json").json
    keys = {"series", "name", "source", "unit", "grain", "additive", "start", "end", "points"}
    assert keys <= set(series)
    assert (series["name"], series["unit"], series["grain"], series["points"]) == ("Sessions", "count", "day", 31)
    assert (series["start"], series["end"]) == ("2026-01-01", "2026-02-01")
    for name in (series["series"], series["series"][:8], "Sessions", "sessions"):
        shown = done("metrics", "show", name, "--from", "2026-01-30", "--json").json
        assert keys <= set(shown)
        assert shown["points"] == [["2026-01-30", 39.0], ["2026-01-31", 40.0]]
        assert shown["value"] == 79.0
    text = done("metrics", "show", "Sessions").out.splitlines()
    assert text[0] == "Sessions"
    assert text[2] == "775 in total"
    assert text[-1] == "2026-01-31  40"


def test_a_ratio_comes_with_its_totals(tmp_path: Path) -> None:
    folder = tmp_path / "console"
    folder.mkdir()
    rows = "2026-01-01,10,1000,1%,5\n2026-01-02,30,1000,3%,4\n"
    (folder / "Chart.csv").write_text(f"Date,Clicks,Impressions,CTR,Position\n{rows}", encoding="utf-8")
    (folder / "Filters.csv").write_text("Filter,Value\nSearch type,Web\n", encoding="utf-8")
    done("metrics", "import", folder)
    shown = done("metrics", "show", "CTR", "--json").json
    assert (shown["value"], shown["numerator_total"], shown["denominator_total"]) == (0.02, 40.0, 2000.0)
    assert "2 % = 40 Clicks / 2,000 Impressions" in done("metrics", "show", "CTR").out


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"Dear all,\nplease find attached\n", "begins with"),
        (b'Date,Sessions\n2026-01-01,1\n"2026-01-02,', "cut off"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "strange.csv"
    path.write_bytes(data)
    ran = terrain("metrics", "import", path)
    assert ran.code == 1
    assert told in ran.sentence
    assert "strange.csv" in ran.sentence
    assert len(done("log", "--json").json) == 1


def test_of_several_files_all_are_kept_or_none(tmp_path: Path, export: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert terrain("metrics", "import", export, empty).code == 1
    assert done("metrics", "list", "--json").json == []
    assert terrain("metrics", "import", tmp_path / "missing.csv").code == 1
    assert terrain("metrics", "import").code == 2
    assert terrain("metrics", "import", export, "--profile", "nonsense").code == 1


def test_a_series_that_is_not_there() -> None:
    assert "There is no series" in terrain("metrics", "show", "Nothing").sentence
