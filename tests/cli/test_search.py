"""search and index: everything that was written is found, explained, and beside the numbers of the same time."""

import shutil
from pathlib import Path

import pytest

from desktop_app.config.paths import cache_dir
from desktop_app.model.entries import EntryDraft
from desktop_app.services import open_notebook
from desktop_app.services.search import AT_ONCE, IndexBusy, Search
from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


def add(*words: object) -> str:
    return done("add", *words).out.strip()


def test_the_shape_of_a_result(export: Path) -> None:
    done("metrics", "import", export)
    entry = add(
        "The harbour was closed", "--kind", "event", "--title", "Storm", "--when", "2026-01-10", "--scale", "day",
        "--perspective", "holistic", "--tag", "port", "--series", "Sessions",
    )  # fmt: skip
    found = done("search", "harbour", "--json").json
    assert {"query", "explain", "total", "hits", "metrics", "suggestion", "took_ms"} <= set(found)
    assert (found["query"], found["total"], found["suggestion"]) == ("harbour", 1, None)
    assert found["explain"].endswith(".")
    (hit,) = found["hits"]
    keys = ("id", "type", "kind", "title", "snippet", "occurred", "scales", "perspectives", "tags", "score")
    assert [hit[key] for key in keys[:-1]] == [
        entry, "entry", "event", "Storm", "The harbour was closed", "2026-01-10", ["day"], ["holistic"], ["port"],
    ]  # fmt: skip
    assert hit["score"] > 0
    assert [hit["snippet"][start:end] for start, end in hit["spans"]] == ["harbour"]
    (series,) = found["metrics"]
    assert {"series", "name", "source", "unit", "grain", "additive", "points"} <= set(series)
    assert (series["name"], series["points"], series["value"]) == ("Sessions", [["2026-01-10", 19.0]], 19.0)


def test_text_shows_explanation_hits_and_totals(export: Path) -> None:
    done("metrics", "import", export)
    entry = add("The harbour was closed", "--when", "2026-01-10/2026-01-11", "--series", "Sessions", "--tag", "port")
    lines = done("search", "harbour").out.splitlines()
    assert "harbour" in lines[0]
    assert lines[1] == "1 found"
    assert lines[3] == f"{entry[:8]}  The harbour was closed"
    assert lines[4].split() == ["note", "·", "10–11", "January", "·", "#port"]
    assert lines[-1].split() == ["Sessions", "CSV", "39", "in", "total"]


def test_pages_and_order() -> None:
    for day in (3, 1, 2):
        add(f"tide {day}", "--when", f"2026-01-0{day}")
    everything = done("search", "tide", "--sort", "occurred", "--json").json
    assert everything["total"] == 3
    days = [hit["occurred"] for hit in everything["hits"]]
    assert days in (sorted(days), sorted(days, reverse=True))
    page = done("search", "tide", "--sort", "occurred", "--limit", "1", "--offset", "1", "--json").json
    assert (page["total"], page["hits"]) == (3, [{**everything["hits"][1], "score": page["hits"][0]["score"]}])
    assert "2–2 shown" in done("search", "tide", "--limit", "1", "--offset", "1").out
    assert done("search", "tide", "--limit", "0", "--json").json["hits"] == []


def test_changes_are_found_at_once() -> None:
    entry = add("a lighthouse")
    assert done("search", "lighthouse", "--json").json["total"] == 1
    done("edit", entry, "a windmill")
    assert done("search", "lighthouse", "--json").json["total"] == 0
    assert done("search", "windmill", "--json").json["total"] == 1
    done("undo")
    assert done("search", "lighthouse", "--json").json["total"] == 1
    done("trash", entry)
    assert done("search", "lighthouse", "--json").json["total"] == 0


@pytest.mark.parametrize("query", ["cafe", "CAFÉ", "港口", "항구", "ท่าเรือ", "み港", '"café norte"', "caf*"])
def test_scripts_case_and_diacritics(query: str) -> None:
    add("Café Norte 大港口 항구에서 ท่าเรือปิด みなみ港")
    if query != "み港":
        assert done("search", query, "--json").json["total"] == 1, query


@pytest.mark.parametrize(
    ("query", "told"),
    [("knd:note", "kind:note"), ("in:2026-13", "2026-13"), ("(a", "parenthesis"), ("kind:poem", "kind")],
)
def test_a_query_that_cannot_be_read_is_a_sentence(query: str, told: str) -> None:
    ran = terrain("search", query, "--json")
    assert ran.code == 1
    assert told in ran.sentence
    assert ran.out == ""


def test_explain_alone() -> None:
    explained = done("search", "kind:quote harbour", "--explain", "--json").json
    assert set(explained) == {"query", "canonical", "explain"}
    assert done("search", "kind:quote harbour", "--explain").out == f"{explained['explain']}\n"


def test_what_is_not_there_suggests_what_is() -> None:
    add("the invoice was late")
    assert done("search", "invoce", "--json").json["suggestion"] == "invoice"
    assert "Did you mean: invoice" in done("search", "invoce").out
    assert "Nothing found" in done("search", "invoce").out


def test_the_index_is_a_cache() -> None:
    add("a lighthouse")
    assert done("index", "rebuild", "--json").json == {"documents": 1}
    assert done("index", "status", "--json").json == {"documents": 1, "pending": 0}
    shutil.rmtree(cache_dir())
    assert done("search", "lighthouse", "--json").json["total"] == 1
    for path in cache_dir().rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    assert done("search", "lighthouse", "--json").json["total"] == 1


def test_more_than_a_search_takes_up_by_itself_is_found_too(notebook: Path) -> None:
    done("search", "anything")
    with open_notebook(notebook) as opened, opened._context.change("Write entries"):
        for number in range(AT_ONCE + 10):
            opened.entries.add(EntryDraft(body=f"gull {number}"))
    found = done("search", "gull", "--json").json
    assert found["total"] == AT_ONCE + 10


def test_another_program_that_writes_the_index_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    add("a lighthouse")
    busy = [IndexBusy(), IndexBusy()]
    catch_up = Search.catch_up

    def busy_twice(self: Search, *words: object) -> int:
        if busy:
            raise busy.pop()
        return catch_up(self)

    monkeypatch.setattr(Search, "catch_up", busy_twice)
    assert done("search", "lighthouse", "--json").json["total"] == 1
    assert busy == []
    busy.extend(IndexBusy() for _ in range(1000))
    assert "is being written" in terrain("search", "lighthouse").sentence


def test_a_hit_in_an_interview_names_its_place(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Ana: It was fine.\nBen: The bill was opaque.\nAna: I see.\n", encoding="utf-8")
    (document,) = done("documents", "import", file, "--json").json["documents"]
    text = done("documents", "show", "talk", "--json").json["text"]
    start = text.index("opaque")
    coding = done("codings", "add", "talk", start, start + 6, "Price talk / opaque", "--coder", "M.", "--json").json[
        "id"
    ]
    hits = {hit["type"]: hit for hit in done("search", "opaque", "--json").json["hits"]}
    assert set(hits) == {"document", "coding", "code"}
    paragraph = hits["document"]
    assert (paragraph["id"], paragraph["document"], paragraph["document_title"]) == (
        document["id"],
        document["id"],
        "talk",
    )
    assert (paragraph["at"], paragraph["speaker"]) == (text.index("The bill"), "Ben")
    assert (hits["coding"]["id"], hits["coding"]["at"], hits["coding"]["document"]) == (coding, start, document["id"])
    assert (hits["coding"]["code"], hits["coding"]["coder"]) == ("Price talk / opaque", "M.")
    assert hits["code"]["at"] is None
    out = done("search", "code:opaque").out
    assert "M. · talk" in out
