"""lens relationships: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain


@pytest.fixture(autouse=True)
def written(notebook: Path) -> None:
    said = ("--speaker", "Ines Vidal", "--org", "The Mill")
    for day in ("2026-03-02", "2026-03-05", "2026-03-20"):
        done("add", f"on {day}", "--when", day, "--act", "listened", *said)
    shown = done("add", "we signed", "--when", "2026-03-21", "--act", "told", "--tag", "deal", *said, "--json").json[
        "id"
    ]
    done("add", "a quiet street", "--when", "2026-03-22", "--speaker", "Tomas Okoro")
    done("people", "stage", "Ines Vidal", "customer", "--when", "2026-03-21", "--entry", shown)


def test_everybody_is_there_by_name_with_queries() -> None:
    found = done("lens", "relationships", "--json").json
    assert [one["name"] for one in found["people"]] == ["Ines Vidal", "Tomas Okoro"]
    ines = found["people"][0]
    assert (ines["org"], ines["stage"], ines["contacts"], ines["last"]) == ("The Mill", "customer", 4, "2026-03-21")
    assert ines["rhythm_days"] == 3.0
    assert ines["beyond"] is (ines["silent_days"] > 3)
    assert (ines["listening"]["entries"], ines["listening"]["of"], ines["listening"]["share"]) == (3, 4, 0.75)
    assert found["people"][1]["rhythm_days"] is None
    for figure in (ines["listening"], ines["telling"]):
        assert done("search", figure["query"], "--json").json["total"] == figure["entries"]
    assert done("search", ines["contacts_query"], "--json").json["total"] == 4
    assert [(one["period"], one["stage"], one["people"]) for one in found["reached"]] == [("2026", "customer", 1)]
    assert found["reached"][0]["steps"][0]["name"] == "Ines Vidal"
    assert found["organisations"][0]["contacts"] == 4


def test_one_way_in_the_order_of_time() -> None:
    way = done("lens", "relationships", "--person", "ines vidal", "--json").json
    assert [moment["lane"] for moment in way["way"]] == ["conversation"] * 3 + ["step", "conversation"]
    assert way["name"] == "Ines Vidal"
    assert done("lens", "relationships", "--org", "The Mill", "--json").json["kind"] == "organisation"
    assert "we signed" in done("lens", "relationships", "--person", "Ines Vidal").out


def test_a_query_narrows_it_and_what_is_wrong_is_said() -> None:
    found = done("lens", "relationships", "--query", "tag:deal", "--json").json
    assert [one["name"] for one in found["people"]] == ["Ines Vidal"]
    assert "not both" in terrain("lens", "relationships", "--person", "a", "--org", "b").err
    assert "person" in terrain("lens", "relationships", "--person", "Nobody").sentence


def test_it_is_printed_as_tables() -> None:
    out = done("lens", "relationships", "--by", "quarter").out
    for words in ("Ines Vidal", "3 of 4", "3 d", "Q1 2026", "longer than their own rhythm: Ines Vidal."):
        assert words in out, words


def test_it_is_written_to_a_file(tmp_path: Path) -> None:
    for more, rows in (((), 4), (("--steps",), 2), (("--person", "Ines Vidal"), 6)):
        path = tmp_path / "people.csv"
        done("lens", "relationships", *more, "--out", path)
        assert len(path.read_text(encoding="utf-8-sig").splitlines()) == rows
