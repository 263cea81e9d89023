"""attributes list, add, set, import, export."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


@pytest.fixture
def talks(tmp_path: Path, notebook: Path) -> list[str]:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"{name} has words\n", encoding="utf-8")
    made = done("documents", "import", tmp_path / "one.txt", tmp_path / "two.txt", "--json").json
    return [document["id"] for document in made["documents"]]


@pytest.mark.usefixtures("talks")
def test_values_are_typed() -> None:
    done("attributes", "add", "Years", "--type", "integer")
    done("attributes", "set", "one", "years", "12")
    assert terrain("attributes", "set", "two", "Years", "many").sentence == (
        "“many” is no whole number for Years; write one such as 3."
    )
    listed = done("attributes", "list", "--json").json
    assert [(variable["name"], variable["type"]) for variable in listed["variables"]] == [("Years", "integer")]
    assert [(row["name"], row["attributes"]) for row in listed["values"]] == [("one", {"Years": 12})]
    assert "12" in done("attributes", "list").out
    done("undo")
    assert done("attributes", "list", "--json").json["values"] == []


@pytest.mark.usefixtures("talks")
def test_a_table_gives_values_by_its_key(tmp_path: Path) -> None:
    table = tmp_path / "attributes.csv"
    table.write_text("title,City,Years,Since\none,Dublin,12,2020-01-02\nthree,Cork,3,2021-01-02\n", encoding="utf-8")
    dry = done("attributes", "import", table, "--dry-run", "--json").json
    assert [(column["name"], column["type"], column["new"]) for column in dry["columns"]] == [
        ("City", "text", True),
        ("Years", "integer", True),
        ("Since", "date", True),
    ]
    assert done("attributes", "list", "--json").json["variables"] == []
    made = done("attributes", "import", table, "--json").json
    assert (made["matched"], made["values"]) == (1, 3)
    assert "three" in made["notices"][0]
    out = tmp_path / "out.csv"
    done("attributes", "export", out)
    assert "one,Dublin,12,2020-01-02" in out.read_text(encoding="utf-8-sig")
    assert "written as .csv or .xlsx" in terrain("attributes", "export", tmp_path / "out.txt").sentence


def test_people_have_attributes_too() -> None:
    done("add", "a", "--speaker", "Ines Vidal")
    done("attributes", "add", "Role", "--of", "person", "--choice", "owner", "--choice", "barista")
    done("attributes", "set", "ines vidal", "Role", "owner", "--of", "person")
    assert (
        "use one of owner, barista"
        in terrain("attributes", "set", "Ines Vidal", "Role", "x", "--of", "person").sentence
    )
    (row,) = done("attributes", "list", "person", "--json").json["values"]
    assert (row["name"], row["attributes"]) == ("Ines Vidal", {"Role": "owner"})
    assert "no person" in terrain("attributes", "set", "Nobody", "Role", "owner", "--of", "person").sentence
