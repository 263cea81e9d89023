"""lens tempo: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture(autouse=True)
def written(notebook: Path, export: Path) -> None:
    done("metrics", "import", export)
    done("add", "the price again", "--when", "2026-01-14T10:20", "--scale", "moment", "--tag", "price")
    done("add", "a strike", "--when", "2026-01-12/2026-01-18", "--scale", "week", "--recurs", "every year")
    done("add", "the street", "--when", "2024/..", "--scale", "year")


def test_lanes_series_and_a_moment() -> None:
    found = done("lens", "tempo", "--at", "2026-01-14", "--series", "Sessions", "--json").json
    lanes = {lane["scale"]: lane for lane in found["lanes"]}
    assert list(lanes) == ["moment", "day", "week", "month", "quarter", "year", "decade", "generation", None]
    assert [(lanes[scale]["count"], lanes[scale]["recurring"]["value"]) for scale in ("moment", "week")] == [
        (1, 0),
        (1, 1),
    ]
    assert (lanes["year"]["start"], lanes["year"]["end"]) == ("2024-01-01T00:00", None)
    (strike,) = lanes["week"]["marks"]
    assert (strike["occurred"], strike["recurs"]) == ("2026-01-12/2026-01-18", "P1Y")
    assert strike["again"][0] == {"start": "2027-01-12T00:00", "end": "2027-01-19T00:00"}
    assert found["undated"]["value"] == 0
    (series,) = found["series"]
    assert (series["grain"], series["samples"], series["expected"]) == ("day", 31, 31)
    assert (series["sees_from_days"], series["sees_to_days"], series["sees"]) == (2.0, 15.5, ["week"])
    assert series["too_fast"] == ["moment", "day"]
    assert series["cannot_see"] == ["moment", "day", "month", "quarter", "year", "decade", "generation"]
    assert [(one["scale"], one["count"]) for one in found["active"]["scales"]] == [
        ("year", 1),
        ("week", 1),
        ("moment", 1),
    ]
    for figure in (*found["lanes"], *found["active"]["scales"], *found["series"]):
        wanted = figure.get("count", 3)
        assert done("search", figure["query"], "--json").json["total"] == wanted


def test_a_query_and_a_stretch_narrow_it() -> None:
    found = done("lens", "tempo", "--query", "tag:price", "--json").json
    assert (found["query"], found["total"]) == ("tag:price", 1)
    assert done("lens", "tempo", "--to", "2025", "--json").json["total"] == 1
    assert "is not a date" in terrain("lens", "tempo", "--at", "once upon").sentence
    assert "no series" in terrain("lens", "tempo", "--series", "Moonlight").sentence.lower()


def test_it_is_printed_as_tables() -> None:
    out = done("lens", "tempo", "--at", "2026-01-14").out
    assert "Everything. 3 entries." in out
    assert "a strike" in out


def test_it_is_written_to_files(tmp_path: Path) -> None:
    table = tmp_path / "tempo.csv"
    assert done("lens", "tempo", "--out", table, "--json").json == {"path": str(table)}
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 4
    windows = Windows()
    terrain("lens", "tempo", "--out", tmp_path / "tempo.svg", launcher=windows)
    assert windows.asked == [("draw", "tempo", tmp_path / "tempo.svg")]
