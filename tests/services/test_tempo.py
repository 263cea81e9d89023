"""Tempo over a real notebook: what its searches find is what it counts."""

from collections.abc import Iterable

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.tempo import (
    DAY,
    Lane,
    Tempo,
    beginning,
    begun_from,
    ended_before,
    lane_view,
    lasting_into,
    minute_of,
)
from desktop_app.model.time import BadDate
from desktop_app.services import Notebook

WRITTEN = (
    ("opening", "2026-03-14T10:20", ("moment",)),
    ("closing", "2026-03-14T18:00", ("moment", "day")),
    ("price list", "2026-03-14", ("day",)),
    ("strike", "2026-03-09/2026-03-15", ("week",)),
    ("heatwave", "2026-03-02/2026-03-15", ("week", "month")),
    ("rent", "2026-03", ("month",)),
    ("season", "2026-Q1", ("quarter",)),
    ("trust", "2024/..", ("year",)),
    ("old street", "../2025", ("decade",)),
    ("tea and coffee", "1985~/2010?", ("generation",)),
    ("drifting", "2026-04-01", ()),
    ("long ago", "2019", ("year",)),
    ("some day", "", ("week",)),
)


@pytest.fixture
def written(notebook: Notebook) -> Notebook:
    for title, when, scales in WRITTEN:
        recurs = "every year" if title == "season" else ""
        draft = EntryDraft(title=title, when=when, scales=scales, tags=("shop",), recurs=recurs)
        notebook.entries.add(draft)
    return notebook


def found(notebook: Notebook, query: str) -> set[str]:
    hits = notebook.search.matches(query)
    assert {kind for kind, _ in hits} <= {"entry"}
    assert " OR " in query or notebook.search.understand(query).text == query, "not the canonical print"
    return {item for _, item in hits}


def ids(lane: Lane, places: Iterable[int]) -> set[str]:
    return {lane.entries[place].id for place in places}


def lane(tempo: Tempo, scale: str) -> Lane:
    return next(one for one in tempo.lanes if one.scale == scale)


@pytest.mark.parametrize("query", ["", "tag:shop", "opening OR strike OR season"])
def test_every_figure_is_what_its_search_finds(written: Notebook, query: str) -> None:
    tempo = written.tempo.read(query)
    assert [one.scale for one in tempo.lanes] == [
        *("moment", "day", "week", "month", "quarter", "year", "decade", "generation"),
        "",
    ]
    for one in tempo.lanes:
        assert found(written, one.dated.query) == ids(one, range(len(one.entries)))
        assert found(written, one.recurring.query) == ids(one, one.recurrent)
        assert one.dated.value == len(one.entries)
    assert len(found(written, tempo.undated.query)) == tempo.undated.value


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        ("2026-03-01", "2026-04-30", DAY),
        ("2026-01-01", "2027-01-01", 7 * DAY),
        ("2026-03-14", "2026-03-15", 30),
        ("2026-03-14", "2026-03-15", 1),
        ("1980-01-01", "2030-01-01", 400 * DAY),
        ("0001-01-01", "9999-12-31", 40_000 * DAY),
        ("2010-06-01", "2010-07-01", DAY),
    ],
)
def test_what_stands_together_is_what_its_search_finds(written: Notebook, low: str, high: str, step: int) -> None:
    tempo = written.tempo.read("tag:shop")
    for one in tempo.lanes:
        view = lane_view(one, minute_of(low) / DAY, minute_of(high) / DAY, step)

        def behind(*parts: str, part: str = one.part) -> set[str]:
            return found(written, tempo.scope.narrowed(part, *parts))

        every = set(ids(one, view.lasting))
        for cluster in view.clusters:
            members = ids(one, range(cluster.first, cluster.last))
            assert behind(*beginning(cluster.begins, cluster.before)) == members
            every |= members
        if view.low > DAY:
            assert behind(*lasting_into(view.low)) == ids(one, view.lasting)
            ended = behind(*ended_before(view.low))
            assert len(ended) == view.ended
            every |= ended
        later = behind(*begun_from(view.high))
        assert len(later) == view.later
        assert every | later == ids(one, range(len(one.entries)))


@pytest.mark.parametrize("at", ["2026-03-14", "2026-03-14T10:20", "2026-03", "2020", "../2000", "2026/..", "1990"])
def test_what_was_going_on_is_what_its_search_finds(written: Notebook, at: str) -> None:
    tempo = written.tempo.read("tag:shop", at=at)
    assert tempo.active is not None
    for one in tempo.active.scales:
        assert found(written, one.figure.query) == {entry.id for entry in one.entries}
        assert one.figure.value == len(one.entries) > 0
    missing = {one.scale for one in tempo.lanes} - {one.scale for one in tempo.active.scales}
    for scale in missing:
        part = lane(tempo, scale).part
        assert found(written, tempo.scope.narrowed(part, f"in:{at}")) == set()


def test_slower_things_come_first(written: Notebook) -> None:
    tempo = written.tempo.read("", at="2026-03-14T10:20")
    assert tempo.active is not None
    assert [(one.scale, len(one.entries)) for one in tempo.active.scales] == [
        ("year", 1),
        ("quarter", 1),
        ("month", 2),
        ("week", 2),
        ("day", 1),
        ("moment", 1),
    ]
    chosen = written.tempo.active(tempo, "2026-03-09T00:00", "2026-03-16T00:00", "week")
    assert {one.scale: one.pace for one in chosen.scales} == {
        "year": "slower",
        "quarter": "slower",
        "month": "slower",
        "week": "same",
        "day": "faster",
        "moment": "faster",
    }


def test_a_stretch_keeps_what_touches_it(written: Notebook) -> None:
    tempo = written.tempo.read("tag:shop", from_="March 2026", to="2026-03-20")
    assert tempo.shown == (minute_of("2026-03-01"), minute_of("2026-03-21"))
    assert tempo.scope.query == "tag:shop from:2026-03 to:2026-03-20"
    assert [entry.heading for entry in lane(tempo, "year").entries] == ["trust"]
    with pytest.raises(BadDate):
        written.tempo.read("", at="soonish or so")


def test_scales_from_elsewhere_have_their_lane(written: Notebook) -> None:
    written.entries.add(EntryDraft(title="the tide", when="2026-05-01", scales=("week",)))
    own = written.vocabulary.scales().get("week")
    assert own.known
    tempo = written.tempo.read("tide")
    assert lane(tempo, "week").dated.value == 1


def test_the_table_has_a_row_for_each_entry_on_each_lane(written: Notebook) -> None:
    tempo = written.tempo.read("closing OR drifting OR price")
    lines = written.tempo.csv(tempo).decode("utf-8-sig").splitlines()
    assert lines[0] == "scale,id,kind,heading,occurred,start,end,recurs"
    assert sorted(line.split(",")[0] + " " + line.split(",")[3] for line in lines[1:]) == [
        " drifting",
        "day closing",
        "day price list",
        "moment closing",
    ]
