"""Random events over a real notebook: the search of each figure finds what it counts, no more and no less."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import NotFound
from desktop_app.model.links import End, LinkFields
from desktop_app.model.offmap import OffMap, Reach, Touched
from desktop_app.model.people import PersonFields, StageStep
from desktop_app.services import Notebook


@pytest.fixture
def ids(notebook: Notebook) -> dict[str, str]:
    """A year with three surprises, one of them long, one without a date; two people speak."""

    def add(title: str, when: str, speaker: str = "", *, surprise: bool = False, **more: tuple[str, ...]) -> str:
        draft = EntryDraft(kind="event", title=title, when=when, speaker=speaker, surprise=surprise, **more)  # type: ignore[arg-type]
        return notebook.entries.add(draft).result

    return {
        "first": add("The first", "2026-01-01"),
        "flood": add("The flood", "2026-03-02T10:20", surprise=True, scales=("moment", "year"), tags=("weather",)),
        "same": add("Shop closed", "2026-03-02", "Ines Vidal", scales=("day",)),
        "talk": add("A talk", "2026-03-10", "Ines Vidal", scales=("day",)),
        "other": add("Another talk", "2026-03-15", "Omar Reyes", scales=("year",)),
        "strike": add("The strike", "2026-04-01/2026-04-30", surprise=True, perspectives=("random-events",)),
        "may": add("In May", "2026-05-10", "Omar Reyes", tags=("weather",)),
        "rumour": add("A rumour", "", surprise=True),
        "seen": add("Seen as random", "2026-06-01", perspectives=("random-events",)),
    }


def found(notebook: Notebook, query: str) -> set[str]:
    assert query
    return {item for _, item in notebook.search.matches(query)}


def figures(result: OffMap) -> Iterator[tuple[str, float | None]]:
    """Every query of a result with the number of things it is to find."""
    yield from ((one.query, one.value) for one in (result.marked, result.undated, result.unmarked, result.off_map))
    yield from ((one.query, one.count) for one in (*result.by_scale, *result.by_perspective))
    yield result.rate.count.query, result.rate.count.value
    yield from ((crowd.query, crowd.count) for crowd in (result.straight, result.single))
    yield from ((one.who.query, one.who.count) for one in result.transitions)


@pytest.mark.parametrize("query", ["", "tag:weather", "in:2026-04", "from:2026-03-10", "is:surprise", "nowhere"])
def test_the_search_of_each_figure_finds_as_many(notebook: Notebook, ids: dict[str, str], query: str) -> None:
    walk(notebook)
    result = notebook.offmap.read(query)
    for asked, value in figures(result):
        assert len(found(notebook, asked)) == value, asked
    assert found(notebook, result.marked.query) == {one.id for one in result.surprises}
    assert found(notebook, result.unmarked.query) == {one.id for one in result.unmarked_entries}
    for touched in notebook.offmap.all_touched(result):
        holds(notebook, touched)


def holds(notebook: Notebook, touched: Touched) -> None:
    assert found(notebook, touched.entries.query) == {one.id for one in touched.found}
    for person in touched.people:
        assert len(found(notebook, person.query)) == person.count
    for tie in touched.ties:
        if tie.query:
            assert found(notebook, tie.query) == {tie.link.other.id}


def walk(notebook: Notebook) -> str:
    """Ines goes forth and back, Omar straight on; returns Ines."""
    people = {person.fields.name: person.id for person in notebook.people.list()}
    shown = next(item for kind, item in notebook.search.matches("Shop closed") if kind == "entry")
    for stage, when in (
        ("prospect", "2025"),
        ("customer", "2026-01"),
        ("prospect", "2026-03"),
        ("advocate", "2026-05"),
    ):
        notebook.people.add_stage(people["Ines Vidal"], StageStep(stage, when, shown if stage == "customer" else None))
    for stage, when in (("prospect", "2025"), ("customer", "2026-02")):
        notebook.people.add_stage(people["Omar Reyes"], StageStep(stage, when))
    notebook.people.add(PersonFields("Nobody Else", stages=(StageStep("customer", "2026"),)))
    return people["Ines Vidal"]


def names(ids: dict[str, str], found: Iterable[str]) -> list[str]:
    by_id = {item: name for name, item in ids.items()}
    return [by_id[item] for item in found]


def test_what_began_after_a_surprise_is_told(notebook: Notebook, ids: dict[str, str]) -> None:
    touched = notebook.offmap.touched(ids["flood"])
    # The day of the flood began before its morning: what begins at midnight was there before.
    assert names(ids, (one.id for one in touched.found)) == ["talk", "other"]
    assert [(one.name, one.count) for one in touched.people] == [("Ines Vidal", 1), ("Omar Reyes", 1)]
    holds(notebook, touched)
    assert names(ids, (one.id for one in notebook.offmap.touched(ids["flood"], Reach(8)).found)) == ["talk"]
    slow = notebook.offmap.touched(ids["flood"], scales=notebook.offmap.scales(["YEAR"]))
    assert names(ids, (one.id for one in slow.found)) == ["other"]
    assert names(ids, (one.id for one in notebook.offmap.touched(ids["strike"]).found)) == ["may"]
    vague = notebook.offmap.touched(ids["rumour"])
    assert (vague.entries.value, vague.found, vague.metrics) == (None, (), ())
    assert not found(notebook, vague.entries.query)
    with pytest.raises(NotFound):
        notebook.offmap.touched("0" * 32)


def test_links_and_series_stand_beside_a_surprise(notebook: Notebook, ids: dict[str, str], tmp_path: Path) -> None:
    table = tmp_path / "visits.csv"
    rows = "".join(f"2026-{month:02},{month * 10}\n" for month in range(1, 6))
    table.write_text(f"Month,Visits\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([table], backup=False)
    (series,) = notebook.metrics.list()
    flood, talk, may = (End("entry", ids[name]) for name in ("flood", "talk", "may"))
    notebook.links.add(LinkFields(flood, "explains", End("series", series.id, "2026-03-01", "2026-04-01")))
    notebook.links.add(LinkFields(talk, "supports", flood))
    notebook.links.add(LinkFields(flood, "mentions", may))
    notebook.entries.trash([ids["may"]])
    touched = notebook.offmap.touched(ids["flood"])
    told = [(tie.link.relation, tie.link.outgoing, tie.link.other.id, bool(tie.query)) for tie in touched.ties]
    assert (told[:2], touched.ties[0].link.other.then, touched.ties[0].link.now) == (
        [("explains", True, series.id, True), ("supports", False, ids["talk"], True)],
        30,
        30,
    )
    assert all(not findable for _, _, item, findable in told if item == ids["may"])
    holds(notebook, touched)
    (metric,) = touched.metrics
    assert metric.before
    assert metric.after
    assert (metric.before.value, metric.after.value, metric.after.start) == (20, 30, "2026-03-01")
    assert found(notebook, metric.after.query) == {ids[name] for name in ("flood", "same", "talk", "other")}


def test_a_query_keeps_to_its_surprises_and_its_people(notebook: Notebook, ids: dict[str, str]) -> None:
    ines = walk(notebook)
    every = notebook.offmap.read()
    assert names(ids, (one.id for one in every.surprises)) == ["flood", "strike", "rumour"]
    assert [(way.person, way.kinds) for way in every.paths] == [(ines, ("skip", "return", "loop"))]
    assert found(notebook, every.paths[0].query) == {ines}
    assert [step.query for step in every.paths[0].steps] == ["", f"id:{ids['same']}", "", ""]
    assert [one.name for one in every.straight.people] == ["Omar Reyes"]
    assert [one.name for one in every.single.people] == ["Nobody Else"]
    may = notebook.offmap.read("tag:weather")
    assert names(ids, (one.id for one in may.surprises)) == ["flood"]
    assert ([one.name for one in may.straight.people], may.paths) == (["Omar Reyes"], ())


def test_the_observed_stretch_is_told(notebook: Notebook, ids: dict[str, str]) -> None:
    rate = notebook.offmap.read().rate
    assert (rate.start, rate.end, rate.asked, rate.count.value) == ("2026-01-01T00:00", "2026-06-02T00:00", False, 2)
    assert found(notebook, rate.count.query) == {ids["flood"], ids["strike"]}
    asked = notebook.offmap.read("in:2026").rate
    # The clock of these tests stands on 22 November.
    assert (asked.start, asked.end, asked.asked) == ("2026-01-01T00:00", "2026-11-23T00:00", True)


def test_the_register_as_a_table(notebook: Notebook, ids: dict[str, str]) -> None:
    lines = notebook.offmap.csv(notebook.offmap.read()).decode("utf-8-sig").splitlines()
    assert lines[0] == "id,kind,heading,occurred,start,scales,perspectives,entries after,people,links,query"
    assert lines[1] == (
        f"{ids['flood']},event,The flood,2026-03-02T10:20,2026-03-02T10:20,moment year,,2,Ines Vidal; Omar Reyes,0,"
        f'"kind:note,quote,event,foresight to:2026-03-16T10:20 -to:2026-03-02T10:19 -id:{ids["flood"]}"'
    )
    assert lines[3].startswith(f"{ids['rumour']},event,A rumour,,,,,,,0,")


def test_nothing_is_no_trouble(notebook: Notebook) -> None:
    result = notebook.offmap.read()
    assert (result.surprises, result.paths) == ((), ())
    assert all(not found(notebook, query) for query, _ in figures(result))
    assert isinstance(notebook.offmap.csv(result), bytes)


def test_surprises_without_a_beginning_or_an_end(notebook: Notebook) -> None:
    def add(title: str, when: str, *, surprise: bool = False) -> str:
        return notebook.entries.add(EntryDraft(title=title, when=when, surprise=surprise)).result

    since, until = add("Since then", "since 2023", surprise=True), add("Until then", "../2020", surprise=True)
    late, ancient = add("Late", "2150"), add("Ancient", "../1000")
    open_ended = notebook.offmap.touched(since)
    assert [one.id for one in open_ended.found] == [late]
    holds(notebook, open_ended)
    without = notebook.offmap.touched(until)
    assert (without.entries.value, without.found) == (None, ())
    holds(notebook, without)
    result = notebook.offmap.read()
    # Observed from the one dated beginning to today, not to the year 2150; what has no beginning began nowhere.
    assert (result.rate.start, result.rate.end, result.rate.count.value) == ("2023-01-01T00:00", "2026-11-23T00:00", 1)
    assert found(notebook, result.rate.count.query) == {since}
    assert ancient not in found(notebook, result.marked.query)
