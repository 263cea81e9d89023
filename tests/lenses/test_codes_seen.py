"""Codes over time and by perspective, and the graph of those that come together, worked out by hand."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.codes_seen import MOST_EDGES, by_term, by_time, code_graph, codes_seen, codes_together
from desktop_app.model.code_lens import EARLIER, INTERVIEWS, UNDATED, WITHOUT, CodeCell, CodeCount, CodeGrid
from desktop_app.model.coding import Code, CodeFields
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.matrices import PlacedCoding
from desktop_app.model.metrics import Grain
from desktop_app.model.vocabulary import Term

EVERYTHING = Scope("", "Everything.", 0)
TERMS = [Term("holistic", "Holistic", "", ""), Term("value-rationality", "Value-rationality", "", "")]


def code(item: str, parent: str | None = None) -> Code:
    return Code(item, CodeFields(item, parent), (parent, item) if parent else (item,), "#336699")


CODES = [code("a"), code("b", "a"), code("c")]


def coding(item: str, code: str, target: str, start: int = 0, end: int = 5, when: str = "") -> PlacedCoding:
    return PlacedCoding(item, target, start, end, code, "Ada", "", when)


def entry(item: str, *perspectives: str) -> EntryFacts:
    return EntryFacts(item, "note", "", "", "", "", perspectives=perspectives)


def counts(grid: CodeGrid) -> dict[tuple[str, str], int]:
    return {(cell.row, cell.column): cell.count for cell in grid.cells}


CODINGS = [
    coding("1", "a", "one", 0, 10, "2026-01-05T00:00"),
    coding("2", "b", "one", 5, 12, "2026-01-05T00:00"),
    coding("3", "b", "two", 0, 5, "2026-03-31T23:59"),
    coding("4", "a", "three", 0, 5),
    coding("5", "c", "three", 4, 4),
]


def test_over_time_every_period_stands_between_the_first_and_the_last() -> None:
    grid = by_time(CODINGS, CODES, Grain.MONTH)
    assert [column for column, _ in grid.columns] == ["2026-01-01", "2026-02-01", "2026-03-01", UNDATED]
    assert counts(grid) == {
        ("a", "2026-01-01"): 1,
        ("b", "2026-01-01"): 1,
        ("b", "2026-03-01"): 1,
        ("a", UNDATED): 1,
    }
    assert {cell.query for cell in grid.cells} == {"id:1", "id:2", "id:3", "id:4"}


def test_what_was_before_the_last_periods_stands_in_one_column() -> None:
    grid = by_time(CODINGS, CODES, Grain.MONTH, most=2)
    assert [column for column, _ in grid.columns] == [EARLIER, "2026-03-01", UNDATED]
    assert counts(grid)["a", EARLIER] == counts(grid)["b", EARLIER] == 1
    quarter = by_time(CODINGS, CODES, Grain.QUARTER)
    assert [column for column, _ in quarter.columns] == ["2026-01-01", UNDATED]


def test_a_coding_counts_in_each_perspective_of_its_entry() -> None:
    entries = {"one": entry("one", "holistic", "value-rationality"), "two": entry("two")}
    grid = by_term(CODINGS, CODES, entries, "perspective", TERMS)
    assert [column for column, _ in grid.columns] == ["holistic", "value-rationality", WITHOUT, INTERVIEWS]
    assert counts(grid) == {
        ("a", "holistic"): 1,
        ("a", "value-rationality"): 1,
        ("b", "holistic"): 1,
        ("b", "value-rationality"): 1,
        ("b", WITHOUT): 1,
        ("a", INTERVIEWS): 1,
    }


def test_codes_count_their_own_codings_and_none_of_which_nothing_is_left() -> None:
    found = codes_seen(EVERYTHING, CODINGS, CODES, [], Grain.MONTH)
    assert [(one.code, one.codings, one.query) for one in found.codes] == [
        ("a", 2, "id:1,4"),
        ("b", 2, "id:2,3"),
        ("c", 0, "has:date is:undated"),
    ]
    assert found.empty == 1
    whole = codes_seen(EVERYTHING, CODINGS[:4], CODES, [], Grain.MONTH, every=True)
    assert [one.query for one in whole.codes] == [
        "kind:coding code:a -code:b",
        "kind:coding code:b",
        "kind:coding code:c",
    ]


def test_each_two_that_come_together_are_there_once() -> None:
    found = codes_together(EVERYTHING, CODINGS, CODES, {})
    (cell,) = found.cells
    assert (cell.row, cell.column, cell.count, cell.codings, cell.query) == ("a", "b", 1, 2, "id:1,2")
    assert [code for code, _, _ in found.graph.nodes] == ["a", "b"]
    assert found.graph.alone == ()
    none = codes_together(EVERYTHING, CODINGS, CODES, {}, least=2)
    assert (none.graph.edges, none.graph.alone, none.graph.weaker) == ((), ("a", "b"), 1)


def test_a_graph_shows_the_strongest() -> None:
    codes = [CodeCount(f"c{at}", f"c{at}", f"c{at}", "#000000", 1, "") for at in range(40)]
    cells = [CodeCell("c0", f"c{at}", at, at, "") for at in range(1, 40)]
    cells += [CodeCell("c1", f"c{at}", at, at, "") for at in range(2, 40)]
    graph = code_graph(codes, cells, least=3)
    assert len(graph.edges) == MOST_EDGES
    assert [edge.count for edge in graph.edges] == sorted((edge.count for edge in graph.edges), reverse=True)
    assert graph.weaker == 3
    assert len(graph.edges) + graph.weaker + graph.more == len(cells)
    drawn = {code for edge in graph.edges for code in (edge.row, edge.column)}
    assert {code for code, _, _ in graph.nodes} == drawn
    assert all(0 <= x <= 1 and 0 <= y <= 1 for _, x, y in graph.nodes)


MONTHS = st.sampled_from(["", "2025-12-31T00:00", "2026-01-01T00:00", "2026-02-10T00:00", "2026-06-01T00:00"])


@given(st.lists(st.tuples(st.sampled_from("abc"), MONTHS, st.booleans()), max_size=30), st.integers(0, 5))
def test_no_coding_is_lost_or_told_twice_over_time(drawn: list[tuple[str, str, bool]], most: int) -> None:
    codings = [coding(str(at), code, "t", 0, 3 if kept else 0, when) for at, (code, when, kept) in enumerate(drawn)]
    grid = by_time(codings, CODES, Grain.MONTH, most)
    told = Counter(item for cell in grid.cells for item in cell.query.removeprefix("id:").split(","))
    assert told == Counter(str(at) for at, (_, _, kept) in enumerate(drawn) if kept)
    assert {cell.column for cell in grid.cells} <= {column for column, _ in grid.columns}
    if most:
        assert len(grid.columns) <= most + 2
