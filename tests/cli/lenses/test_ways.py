"""lens cunning, aspiration and value: printed, as JSON, written to a file."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain


@pytest.fixture(autouse=True)
def written(notebook: Path) -> None:
    said = ("--kind", "quote", "--speaker", "Ines Vidal", "--org", "The Mill")
    done("add", "ring twice", "--perspective", "cunning", "--tag", "door/bell", "--when", "2026-03-02", *said)
    done("add", "I cook now", "--perspective", "aspirational", "--when", "2026-03-02", *said)
    done("add", "I teach cooks", "--perspective", "aspirational", "--when", "2026-08-02", *said)
    done("add", "open on Sundays", "--perspective", "value", "--tag", "door")
    done("people", "stage", "Ines Vidal", "customer", "--when", "2026-05-21")


def test_cunning_is_grouped_by_practice_with_queries() -> None:
    found = done("lens", "cunning", "--json").json
    assert found["perspective"] == "cunning-intelligence"
    (group,) = found["groups"]
    assert (group["name"], group["count"], group["people"]) == ("door", 1, 1)
    assert done("search", group["query"], "--json").json["total"] == 1
    (entry,) = found["entries"]
    assert (entry["body"], entry["speaker"], entry["org"]) == ("ring twice", "Ines Vidal", "The Mill")
    assert (found["disagreements"], found["disagreeing"]["count"]) == ([], 0)


def test_aspiration_goes_person_by_person_with_the_stage_then() -> None:
    found = done("lens", "aspiration", "--json").json
    (group,) = found["groups"]
    assert [entry["stage"] for entry in found["entries"]] == [None, "customer"]
    assert [group["first"], group["last"]] == [entry["id"] for entry in found["entries"]]
    printed = done("lens", "aspiration").out
    assert printed.index("I cook now") < printed.index("I teach cooks")


def test_value_is_put_together_by_person_or_by_tag() -> None:
    assert [group["name"] for group in done("lens", "value", "--json").json["groups"]] == [None]
    assert [group["name"] for group in done("lens", "value", "--by", "tag", "--json").json["groups"]] == ["door"]
    assert "open on Sundays" in done("lens", "value", "--query", "tag:door").out
    assert done("lens", "value", "--query", "tag:window", "--json").json["groups"] == []


def test_it_is_written_as_markdown_or_as_a_table_and_as_nothing_else(tmp_path: Path) -> None:
    text, table = tmp_path / "cunning.md", tmp_path / "cunning.csv"
    done("lens", "cunning", "--out", text)
    assert "> ring twice" in text.read_text(encoding="utf-8")
    done("lens", "cunning", "--out", table)
    assert "ring twice" in table.read_text(encoding="utf-8-sig")
    assert ".csv or .md" in terrain("lens", "cunning", "--out", tmp_path / "cunning.svg").err
    assert ".csv, .svg or .png" in terrain("lens", "coverage", "--out", tmp_path / "coverage.md").err
