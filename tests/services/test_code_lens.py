"""The lens of codes over a notebook: the codings behind a figure are those that its query finds."""

from pathlib import Path

import pytest

from desktop_app.model.code_lens import INTERVIEWS
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.model.matrices import Relation
from desktop_app.search.errors import QueryError
from desktop_app.services import Notebook
from tests.services.interviews import code, interview


@pytest.fixture
def coded(notebook: Notebook, tmp_path: Path) -> Notebook:
    document = interview(notebook, tmp_path)
    code(notebook, document, "opaque. I felt", "Price / opaque", "Ada")
    code(notebook, document, "I felt they took me seriously", "Becoming", "Ada")
    code(notebook, document, "friend", "Becoming", "Mina")
    code(notebook, document, "And then?", "Price", "Mina")
    for body, when, perspectives, scales in (
        ("the price was opaque to her", "2026-03-14", ("holistic", "value-rationality"), ("week",)),
        ("a quiet price", "2025-11", (), ("month", "year")),
        ("the price stays", None, ("holistic",), ()),
    ):
        draft = EntryDraft(body=body, when=when, perspectives=perspectives, scales=scales, tags=("street",))
        entry = notebook.entries.add(draft).result
        code(notebook, entry, "price", "Price", "Ada", kind="entry")
        code(notebook, entry, body[2:9], "Becoming", "Mina", kind="entry")
    gone = notebook.entries.add(EntryDraft(body="gone price")).result
    code(notebook, gone, "price", "Price", "Ada", kind="entry")
    notebook.entries.trash([gone])
    return notebook


QUERIES = ["", "tag:street", "quiet", "code:Price", "kind:document", "kind:coding coder:Mina", "kind:note in:2026"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("coders", [(), ("Ada",)])
def test_every_figure_counts_what_its_query_finds(coded: Notebook, query: str, coders: tuple[str, ...]) -> None:
    seen = coded.code_lens.read(query, grain="quarter", coders=coders)
    figures = [(one.codings, one.query) for one in seen.codes]
    figures += [(cell.codings, cell.query) for grid in seen.grids for cell in grid.cells]
    for relation in Relation:
        together = coded.code_lens.together(query, relation, coders=coders)
        figures += [(cell.codings, cell.query) for cell in together.cells]
    for count, asked in figures:
        things = coded.search.matches(asked)
        assert {kind for kind, _ in things} <= {"coding"}
        assert len(things) == count, asked
    if not coders and not query:
        assert sum(one.codings for one in seen.codes) == seen.scope.total == 10


def test_a_query_counts_codings_it_finds_and_those_of_texts_it_finds(coded: Notebook) -> None:
    def total(query: str) -> int:
        return coded.code_lens.read(query).scope.total

    assert total("kind:coding coder:Mina") == 5
    assert total("quiet") == 2
    assert total("kind:document roaster") == 4
    assert total("kind:note tag:street") == 6
    with pytest.raises(QueryError):
        total("tagg:street")


def test_codings_on_documents_stand_apart(coded: Notebook) -> None:
    grid = coded.code_lens.read("", ("perspective",)).grids[0]
    assert sum(cell.count for cell in grid.cells if cell.column == INTERVIEWS) == 4
    assert grid.columns[-1] == (INTERVIEWS, "interviews, no perspective")
    holistic = {cell.row: cell.count for cell in grid.cells if cell.column == "holistic"}
    assert holistic == {coded.codes.resolve("Price"): 2, coded.codes.resolve("Becoming"): 2}


def test_only_the_codings_of_some_coders_are_seen(coded: Notebook) -> None:
    assert coded.code_lens.read(coders=("Ada",)).scope.total == 5
    pairs = coded.code_lens.together(coders=("Mina",)).cells
    assert pairs == ()


def test_what_is_coded_meanwhile_is_seen(coded: Notebook) -> None:
    before = coded.code_lens.read().scope.total
    entry = coded.entries.add(EntryDraft(body="one more")).result
    code(coded, entry, "more", "New", kind="entry")
    assert coded.code_lens.read().scope.total == before + 1


def test_a_term_that_came_with_an_exchange_has_its_column(coded: Notebook) -> None:
    entry = coded.entries.add(EntryDraft(body="theirs")).result
    code(coded, entry, "theirs", "Price", kind="entry")
    with coded._context.change("Bring in") as recorder:
        recorder.record("entry", entry, {**coded._file.journal.fields(entry), "scales": ["fortnight"]})
    grid = coded.code_lens.read("", ("scale",)).grids[0]
    assert [cell.count for cell in grid.cells if cell.column == "fortnight"] == [1]


def test_it_is_written_as_a_table(coded: Notebook) -> None:
    lines = coded.code_lens.csv(coded.code_lens.read("", ("time",))).decode("utf-8-sig").splitlines()
    assert lines[0] == "by,code,column,count,codings,query"
    assert any(line.startswith("time,Price,2026-03-01,1,1,id:") for line in lines)
    pairs = coded.code_lens.csv(coded.code_lens.together()).decode("utf-8-sig").splitlines()
    assert any(line.startswith("overlap,Becoming,Price / opaque,1,2,") for line in pairs)


def test_what_cannot_be_asked_is_said(coded: Notebook) -> None:
    with pytest.raises(Invalid, match="“decade” is no grain"):
        coded.code_lens.read(grain="decade")
    with pytest.raises(Invalid, match="nothing to lay codes against"):
        coded.code_lens.read(by=("weather",))
    with pytest.raises(Invalid, match="distance of -1"):
        coded.code_lens.together(distance=-1)
