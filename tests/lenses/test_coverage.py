"""Coverage, against figures worked out by hand and against counting one by one."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.coverage import MOST_MONTHS, coverage
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.time import parse_edtf
from desktop_app.model.vocabulary import Term

PERSPECTIVES = [Term("holistic", "Holistic", "Holistic", "?"), Term("value-rationality", "Value", "Value", "?")]
SCALES = [Term("day", "Day", "day", "?"), Term("week", "Week", "week", "?"), Term("year", "Year", "year", "?")]
ALL = Scope("", "Everything.", 0)


def entry(number: int, occurred: str = "", perspectives: str = "", scales: str = "") -> EntryFacts:
    when = parse_edtf(occurred) if occurred else None
    return EntryFacts(
        f"{number:026}",
        "note",
        f"entry {number}",
        occurred,
        when.start if when else "",
        when.end if when else "",
        scales=tuple(scales.split()),
        perspectives=tuple(perspectives.split()),
    )


BY_HAND = [
    entry(1, "2026-01-10", "holistic", "day"),
    entry(2, "2026-01-31", "holistic value-rationality", "day week"),
    entry(3, "2026-02/2026-03", "value-rationality", "week"),
    entry(4, "2026-03-02", "holistic", ""),
    entry(5, "", "", "year"),
    entry(6, "2020", "", ""),
]


def test_cells_count_each_entry_in_each_of_its_cells() -> None:
    found = coverage(ALL, BY_HAND, PERSPECTIVES, SCALES)
    counts = {(cell.perspective, cell.scale): cell.count for cell in found.cells}
    assert counts == {
        ("holistic", "day"): 2,
        ("holistic", "week"): 1,
        ("holistic", "year"): 0,
        ("value-rationality", "day"): 1,
        ("value-rationality", "week"): 2,
        ("value-rationality", "year"): 0,
    }
    assert [cell.scale for cell in found.blind_spots] == ["year", "year"]
    assert [figure.value for figure in found.by_perspective] == [3, 2]
    assert [figure.value for figure in found.by_scale] == [2, 2, 1]
    assert (found.without_perspective.value, found.without_scale.value, found.undated.value) == (2, 2, 1)


def test_a_cell_names_the_query_behind_it() -> None:
    found = coverage(replace(ALL, query="tag:price"), BY_HAND, PERSPECTIVES, SCALES)
    assert found.cells[1].query == "tag:price perspective:holistic scale:week"
    assert found.months[0].by_perspective[0].query.startswith("tag:price perspective:holistic in:")


def test_months_hold_what_touches_them() -> None:
    found = coverage(ALL, [one for one in BY_HAND if one.occurred != "2020"], PERSPECTIVES, SCALES)
    months = {month.start: month for month in found.months}
    assert list(months) == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [month.entries.value for month in months.values()] == [2, 1, 2]
    assert [[figure.value for figure in month.by_perspective] for month in months.values()] == [[2, 1], [0, 1], [1, 1]]
    # January fills four cells, February and March the one of what lasts through both.
    assert [month.filled for month in months.values()] == [4, 1, 1]
    assert found.earlier is None


def test_only_the_last_months_are_shown_and_what_ended_before_is_counted() -> None:
    found = coverage(ALL, BY_HAND, PERSPECTIVES, SCALES)
    assert len(found.months) == MOST_MONTHS
    assert found.months[-1].start == "2026-03-01"
    assert found.earlier is not None
    assert found.earlier.value == 1


def test_an_open_beginning_and_an_open_end_reach_every_month() -> None:
    entries = [
        entry(1, "../2026-02", "holistic", "day"),
        entry(2, "2026-01/..", "holistic", "day"),
        entry(3, "2026-03"),
    ]
    found = coverage(ALL, entries, PERSPECTIVES, SCALES)
    assert [month.by_perspective[0].value for month in found.months] == [2, 2, 1]


def test_nothing_written_is_nothing_counted() -> None:
    found = coverage(ALL, [], PERSPECTIVES, SCALES)
    assert len(found.blind_spots) == len(found.cells) == 6
    assert found.months == ()
    assert found.earlier is None


DATES = st.sampled_from(["", "2024-11", "2026-02-28", "2025/2026", "2026-01/..", "../2025-06", "2023", "2026-33"])
LABELS = st.lists(st.sampled_from(["holistic", "value-rationality", "their-own"]), unique=True)
SPEEDS = st.lists(st.sampled_from(["day", "week", "year"]), unique=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DATES, LABELS, SPEEDS), max_size=12))
def test_counting_one_by_one_gives_the_same(rows: list[tuple[str, list[str], list[str]]]) -> None:
    entries = [entry(at, when, " ".join(labels), " ".join(speeds)) for at, (when, labels, speeds) in enumerate(rows)]
    found = coverage(ALL, entries, PERSPECTIVES, SCALES)
    for cell in found.cells:
        assert cell.count == sum(cell.perspective in one.perspectives and cell.scale in one.scales for one in entries)
    for month in found.months:
        start, end = f"{month.start}T00:00", f"{month.end}T00:00"
        inside = [one for one in entries if one.start and one.start < end and one.end > start]
        assert month.entries.value == len(inside)
        assert [figure.value for figure in month.by_perspective] == [
            sum(term.id in one.perspectives for one in inside) for term in PERSPECTIVES
        ]
        assert month.filled == len(
            {(p, s) for one in inside for p in one.perspectives for s in one.scales if p != "their-own"}
        )
