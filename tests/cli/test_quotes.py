"""quotes, codings auto, memos."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")

TALK = """Sam Reed: And the price?
Ines Vidal: The price was fine. The invoice was not.
Sam Reed: What was wrong with the invoice?
Ines Vidal: It was opaque 🙂.
"""


@pytest.fixture
def talk(tmp_path: Path, notebook: Path) -> str:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return str(done("documents", "import", path, "--json").json["documents"][0]["id"])


def test_quotes_come_with_their_context_and_become_entries(talk: str) -> None:
    text = done("documents", "show", talk, "--json").json["text"]
    start = text.index("opaque")
    coding = done("codings", "add", talk, start, start + 6, "Price talk / opaque").out.strip()
    (quote,) = done("quotes", "--code", "price talk", "--json").json
    assert (quote["id"], quote["quote"], quote["speaker"], quote["path"]) == (
        coding,
        "opaque",
        "Ines Vidal",
        "Price talk / opaque",
    )
    assert quote["before"].endswith("It was ")
    assert done("quotes", "--code", "price talk", "--only", "--json").json == []
    assert done("quotes", "--speaker", "Sam Reed", "--json").json == []
    assert "opaque" in done("quotes", "--speaker", "ines vidal").out
    (made,) = done("quotes", "--entries", "--json").json
    entry = done("show", made["entry"], "--json").json
    assert (entry["kind"], entry["body"], entry["speaker"]) == ("quote", "opaque", "Ines Vidal")
    assert [link["other"]["id"] for link in entry["links"]] == [coding]
    (again,) = done("quotes", "--entries", "--json").json
    assert again["entry"] == made["entry"]


def test_an_attribute_narrows_the_quotes(talk: str) -> None:
    done("codings", "add", talk, 0, 3, "x")
    assert "names no attribute" in terrain("quotes", "--attribute", "role=owner").sentence
    of_document = done("attributes", "add", "Role").out.strip()
    done("attributes", "set", talk, "Role", "owner")
    assert [quote["quote"] for quote in done("quotes", "--attribute", "role=owner", "--json").json] == ["And"]
    assert done("quotes", "--attribute", "role=barista", "--json").json == []
    done("attributes", "add", "Role", "--of", "person")
    assert "fits 2" in terrain("quotes", "--attribute", "role=owner").sentence
    assert len(done("quotes", "--attribute", f"{of_document[:8]}=owner", "--json").json) == 1


def test_coding_by_search_is_one_step(talk: str) -> None:
    seen = done("codings", "auto", "money", "--search", "price OR invoice", "--dry-run", "--json").json
    assert [place["quote"] for place in seen["places"]] == ["price", "price", "invoice", "invoice"]
    assert done("codings", "list", "--json").json == []
    made = done("codings", "auto", "money", "--search", "invoice", "--extent", "turn", "--json").json
    assert made["coded"] == 2
    assert [found["quote"] for found in done("codings", "list", "--json").json] == [
        "The price was fine. The invoice was not.",
        "What was wrong with the invoice?",
    ]
    done("undo")
    assert done("codings", "list", "--json").json == []
    assert done("codings", "auto", "sam", "--speaker", "sam reed", "--json").json["coded"] == 2
    assert done("codings", "auto", "p", "--regex", r"\bp\w+", "--json").json["coded"] == 2
    assert terrain("codings", "auto", "x").code == 1
    assert terrain("codings", "auto", "x", "--regex", "(").code == 1


def test_memos_are_about_things(talk: str) -> None:
    done("codes", "add", "opaque")
    first = done("memos", "add", "They never say *why*.", "--code", "opaque", "--document", talk, "--title", "Why").out
    done("memos", "add", "-", "--json", stdin="From a pipe.")
    memos = done("memos", "list", "--json").json
    assert [[thing["kind"] for thing in memo["about"]] for memo in memos] == [["notebook"], ["code", "document"]]
    (memo,) = done("memos", "list", "--about", "opaque", "--json").json
    assert (memo["id"], memo["about"][0]["name"]) == (first.strip(), "opaque")
    done("memos", "edit", memo["id"][:8], "Now they do.")
    assert "Now they do." in done("memos", "show", memo["id"]).out
    done("memos", "trash", memo["id"])
    assert len(done("memos", "list", "--json").json) == 1
    assert "no memo" in terrain("memos", "show", "nothing").sentence
