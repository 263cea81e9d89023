"""Coverage of a notebook: the entries behind a figure are those that its query finds."""

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.facts import Figure
from desktop_app.model.questions import QuestionDraft
from desktop_app.search.errors import QueryError
from desktop_app.services import Notebook


def _write(notebook: Notebook, body: str, **given: object) -> str:
    return notebook.entries.add(EntryDraft(body=body, **given)).result  # type: ignore[arg-type]


@pytest.fixture
def written(notebook: Notebook) -> Notebook:
    _write(
        notebook, "the price again", when="2026-03-14", scales=("week",), perspectives=("holistic",), tags=("price",)
    )
    _write(notebook, "rent", when="2026-02/2026-04", scales=("year", "month"), perspectives=("value-rationality",))
    _write(notebook, "a price", kind="quote", speaker="Ada", when="2026-04", scales=("week",), tags=("price/cups",))
    _write(notebook, "since long", when="2019/..", scales=("generation",), perspectives=("holistic", "multi-temporal"))
    _write(notebook, "before all that", when="2001", perspectives=("holistic",))
    gone = _write(notebook, "gone", when="2026-03", scales=("week",), perspectives=("holistic",))
    notebook.entries.trash([gone])
    # Others things that can be found are none of its entries.
    notebook.questions.add(QuestionDraft(text="What does rent do to the price?"))
    return notebook


@pytest.mark.parametrize("query", ["", "price", "tag:price OR rent", "kind:quote,note in:2026-03", "-has:perspective"])
def test_every_figure_counts_what_its_query_finds(written: Notebook, query: str) -> None:
    found = written.coverage.read(query)
    figures = [Figure(cell.count, cell.query) for cell in found.cells]
    figures += [*found.by_perspective, *found.by_scale, found.without_perspective, found.without_scale, found.undated]
    for month in found.months:
        figures += [month.entries, *month.by_perspective]
    figures += [found.earlier] if found.earlier else []
    for figure in figures:
        things = written.search.matches(figure.query)
        assert len(things) == figure.value, figure.query
        assert {kind for kind, _ in things} <= {"entry"}


def test_the_scope_says_what_was_looked_at(written: Notebook) -> None:
    found = written.coverage.read("tag:price")
    assert (found.scope.query, found.scope.total) == ("tag:price", 2)
    assert written.coverage.read("").scope.explanation == "Everything."
    with pytest.raises(QueryError):
        written.coverage.read("in:someday-soon")


def test_what_was_written_a_moment_ago_is_covered(written: Notebook) -> None:
    before = written.coverage.read("").scope.total
    _write(written, "one more")
    assert written.coverage.read("").scope.total == before + 1
    assert written.coverage.read("more").scope.total == 1


def test_a_term_that_came_with_an_exchange_has_its_row(written: Notebook) -> None:
    item = written.entries.add(EntryDraft(body="theirs")).result
    with written._context.change("Bring in") as recorder:
        fields = written._file.journal.fields(item)
        recorder.record("entry", item, {**fields, "perspectives": ["their-own"], "scales": ["fortnight"]})
    found = written.coverage.read("")
    cell = next(cell for cell in found.cells if (cell.perspective, cell.scale) == ("their-own", "fortnight"))
    assert cell.count == 1
    assert written.search.matches(cell.query) == [("entry", item)]


def test_cells_are_written_as_a_table(written: Notebook) -> None:
    lines = written.coverage.csv(written.coverage.read("price")).decode("utf-8-sig").splitlines()
    assert lines[0] == "perspective,scale,count,query"
    assert "holistic,week,1,price perspective:holistic scale:week" in lines
    assert len(lines) == 1 + 7 * 8
