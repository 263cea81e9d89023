"""Tempo: lanes, zooms, sampling and what was going on, against what is worked out by hand or one by one."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.tempo import active_at, lanes, sampling
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.tempo import (
    DAY,
    LAST_MINUTE,
    Lane,
    beginning,
    comes_again,
    extent,
    lane_view,
    minute_of,
    next_times,
    stamp_of,
    step_for,
    touching,
    usual_extent,
)
from desktop_app.model.time import OPEN_END, OPEN_START, parse_edtf
from desktop_app.model.vocabulary import Term

SCOPE = Scope("", "Everything.", 0)
SCALES = tuple(
    Term(name, name, name, "") for name in ("moment", "day", "week", "month", "quarter", "year", "decade", "generation")
)
TIDE = Term("tide", "Tide", "tide", "")
PARTS = {term.id: f"scale:{term.id}" for term in (*SCALES, TIDE)} | {"": "kind:note -has:scale"}


def entry(name: str, when: str, *scales: str, recurs: str = "") -> EntryFacts:
    time = parse_edtf(when) if when else None
    bounds = (time.start, time.end) if time else ("", "")
    return EntryFacts(name, "note", name, when, *bounds, scales=scales, recurs=recurs)


def laid(*entries: EntryFacts) -> tuple[Lane, ...]:
    return lanes(SCOPE, entries, SCALES, PARTS, "none")


def lane(*entries: EntryFacts) -> Lane:
    return next(one for one in laid(*entries) if one.scale == "week")


# --- lanes ------------------------------------------------------------------------------------------------------------


def test_each_entry_stands_on_each_of_its_lanes() -> None:
    made = laid(
        entry("b", "2026-02", "month", "week"), entry("a", "2026-01-05", "week"), entry("c", ""), entry("d", "2025")
    )
    assert [(one.scale, [each.id for each in one.entries]) for one in made if one.entries] == [
        ("week", ["a", "b"]),
        ("month", ["b"]),
        ("", ["d"]),
    ]
    assert [one.name for one in made][-1] == "none"
    week = made[2]
    assert (week.dated.value, week.dated.query) == (2, "scale:week has:date")


def test_scales_that_are_not_given_have_no_lane() -> None:
    assert not any(one.entries for one in laid(entry("a", "2026", "tide")))
    with_tide = lanes(SCOPE, [entry("a", "2026", "tide")], (*SCALES, TIDE), PARTS, "none")
    assert [one.scale for one in with_tide if one.entries] == ["tide"]


# --- a zoom -----------------------------------------------------------------------------------------------------------


def test_what_begins_within_a_step_stands_together() -> None:
    row = lane(
        entry("before", "2025-12-01/2025-12-10", "week"),
        entry("into", "2025-12-29/2026-01-03", "week"),
        entry("one", "2026-01-05", "week"),
        entry("two", "2026-01-05T23:59", "week"),
        entry("three", "2026-01-06", "week"),
        entry("after", "2026-02-01", "week"),
    )
    view = lane_view(row, minute_of("2026-01-01") / DAY, minute_of("2026-02-01") / DAY, DAY)
    assert [row.entries[at].id for at in view.lasting] == ["into"]
    assert (view.ended, view.later) == (1, 1)
    assert [[each.id for each in row.entries[one.first : one.last]] for one in view.clusters] == [
        ["one", "two"],
        ["three"],
    ]
    first = view.clusters[0]
    assert beginning(first.begins, first.before) == ("to:2026-01-05", "-to:2026-01-04")


def test_steps_are_whole_days_or_minutes() -> None:
    assert step_for(1 / 1440, 4) == 4
    assert step_for(0.01, 4) == 58
    assert step_for(0.3, 4) == DAY
    assert step_for(2.0, 4) == 8 * DAY
    assert step_for(0.0, 4) == 1


STAMPS = st.one_of(
    st.integers(minute_of("1990-01-01"), minute_of("2030-01-01")).map(stamp_of),
    st.sampled_from([OPEN_START, OPEN_END, "2026-01-01T00:00", "2026-01-01T00:01"]),
)
PAIRS = st.tuples(STAMPS, STAMPS).filter(lambda pair: pair[0] < pair[1])


@settings(max_examples=60)
@given(st.lists(PAIRS, max_size=12), PAIRS, st.sampled_from([1, 7, 58, DAY, 9 * DAY, 4000 * DAY]))
def test_a_zoom_holds_each_entry_once(pairs: list[tuple[str, str]], shown: tuple[str, str], step: int) -> None:
    row = lane(*(EntryFacts(str(at), "note", "", "", *pair, scales=("week",)) for at, pair in enumerate(pairs)))
    low, high = minute_of(shown[0]), minute_of(shown[1])
    view = lane_view(row, low / DAY, high / DAY, step)
    assert DAY <= view.low <= max(low, DAY)
    assert high <= view.high <= max(LAST_MINUTE, high)
    begun = [at for one in view.clusters for at in range(one.first, one.last)]
    assert begun == [at for at, start in enumerate(row.starts) if stamp_of(view.low) <= start < stamp_of(view.high)]
    for one in view.clusters:
        assert all(one.begins <= minute_of(row.starts[at]) < one.before for at in range(one.first, one.last))
        assert view.low <= one.begins < one.before <= view.high
    edge = stamp_of(view.low)
    assert list(view.lasting) == [at for at, start in enumerate(row.starts) if start < edge < row.ends[at]]
    assert len(begun) + len(view.lasting) + view.ended + view.later == len(pairs)


@given(st.integers(DAY, LAST_MINUTE))
def test_minutes_and_stamps_agree(minute: int) -> None:
    assert minute_of(stamp_of(minute)) == minute


@settings(max_examples=60)
@given(PAIRS)
def test_a_stretch_is_asked_for_as_it_is(pair: tuple[str, str]) -> None:
    parts = touching(*pair)
    if parts[0].startswith("in:"):
        asked = parse_edtf(parts[0].removeprefix("in:"))
        assert (asked.start, asked.end) == pair
    for part in parts:
        if part.startswith("from:"):
            assert parse_edtf(part.removeprefix("from:")).start == pair[0]
        if part.startswith("to:"):
            assert parse_edtf(part.removeprefix("to:")).end == pair[1]
    assert parts


def test_the_whole_time_and_the_usual_one() -> None:
    near = [entry(str(day), f"2026-01-{day:02}", "week") for day in range(1, 29)]
    made = laid(*near, entry("old", "1850", "generation"), entry("open", "../2026-01-09", "year"))
    assert extent(made) == (minute_of("1850-01-01"), minute_of("2026-01-29"))
    assert usual_extent(made, extent(made)) == (minute_of("2026-01-01"), minute_of("2026-01-29"))
    assert extent(laid()) is None
    since = minute_of("2024-01-01")
    open_end = laid(entry("since", "2024/..", "year"))
    assert usual_extent(open_end, extent(open_end)) == (since, since + 1)
    assert extent(laid(entry("all of time", "../..", "year"))) is None


# --- what comes again -------------------------------------------------------------------------------------------------


def test_what_comes_again_is_told_in_view_and_no_closer_than_can_be_seen() -> None:
    row = lane(entry("fair", "2026-03-01/2026-03-02", "week", recurs="P1Y"), entry("bills", "2026-01-01", "week"))
    low, high = minute_of("2027-01-01"), minute_of("2029-01-01")
    (found,) = comes_again(row, low, high, DAY, 10, 5)
    assert [stamp_of(start)[:10] for start, _ in found.times] == ["2027-03-01", "2028-03-01"]
    assert row.entries[found.place].id == "fair"
    (dense,) = comes_again(row, low, high, 400 * DAY, 10, 5)
    assert (dense.times, dense.dense) == ((), (minute_of("2027-03-01"), high))
    assert len(next_times(row.entries[1])) == 5
    assert next_times(row.entries[0]) == ()


def test_a_bounded_line_ends_with_its_last_time() -> None:
    row = lane(entry("shift", "2026-01-01", "week", recurs="R5/P1D"))
    (found,) = comes_again(row, minute_of("2026-01-01"), minute_of("2027-01-01"), 3 * DAY, 10, 5)
    assert found.dense == (minute_of("2026-01-02"), minute_of("2026-01-05"))


def test_a_lane_of_recurrences_costs_no_more_than_it_may() -> None:
    row = lane(*(entry(f"{at}", "2026-01-01", "week", recurs="P1W") for at in range(50)))
    found = comes_again(row, minute_of("2026-01-01"), minute_of("2036-01-01"), 1, 150, 8)
    assert sum(len(one.times) for one in found) <= 150
    assert len(found) <= 8


# --- sampling ---------------------------------------------------------------------------------------------------------


def series(grain: Grain, start: str, end: str, points: int = 400) -> Series:
    return Series("s1", "Visits", "shop", "count", grain, True, start=start, end=end, points=points)


@pytest.mark.parametrize(
    ("grain", "start", "end", "sees_from", "sees_to", "sees"),
    [
        (Grain.DAY, "2026-01-01", "2026-07-01", 2.0, 90.5, "week month quarter"),
        (Grain.DAY, "2024-01-01", "2026-01-01", 2.0, 365.5, "week month quarter year"),
        (Grain.DAY, "2025-01-01", "2027-01-01", 2.0, 365.0, "week month quarter year"),
        (Grain.HOUR, "2026-01-01", "2026-01-15", 2 / 24, 7.0, "day week"),
        (Grain.WEEK, "2025-01-06", "2026-01-05", 14.0, 182.0, "month quarter"),
        (Grain.MONTH, "2006-01-01", "2026-01-01", 60.8738, 3652.5, "quarter year decade"),
        (Grain.YEAR, "2020-01-01", "2026-01-01", 730.485, 1096.0, ""),
        (Grain.DAY, "2026-01-01", "2026-01-03", None, None, ""),
        (Grain.RANGE, "2025-01-01", "2026-01-01", None, None, ""),
        (Grain.DAY, "", "", None, None, ""),
    ],
)
def test_a_series_sees_from_two_samples_to_half_its_length(
    grain: Grain, start: str, end: str, sees_from: float | None, sees_to: float | None, sees: str
) -> None:
    found = sampling(SCOPE, series(grain, start, end), SCALES, "kind:note")
    assert found.sees_from == (pytest.approx(sees_from) if sees_from is not None else None)
    assert found.sees_to == (pytest.approx(sees_to) if sees_to is not None else None)
    assert " ".join(found.sees) == sees
    assert sorted((*found.sees, *found.cannot_see)) == sorted(term.id for term in SCALES)


@pytest.mark.parametrize(("points", "sees"), [(3, ""), (4, "week month quarter")])
def test_fewer_samples_than_a_movement_needs_show_none_however_long_the_record_is(points: int, sees: str) -> None:
    found = sampling(SCOPE, series(Grain.DAY, "2026-01-01", "2026-07-01", points), SCALES, "kind:note")
    assert " ".join(found.sees) == sees
    assert (found.sees_from is None) == (not sees)
    assert found.has_gaps
    assert sees or found.faster == tuple(term.id for term in SCALES)


def test_scales_outside_are_told_by_the_side_they_lie_on() -> None:
    found = sampling(SCOPE, series(Grain.DAY, "2026-01-01", "2026-07-01", 170), (*SCALES, TIDE), "kind:note")
    assert found.faster == ("moment", "day")
    assert found.slower == ("year", "decade", "generation")
    assert (found.expected, found.has_gaps) == (181, True)
    assert found.query == "kind:note in:2026-01-01/2026-06-30 metric:s1"
    hours = sampling(SCOPE, series(Grain.HOUR, "2026-01-01", "2026-01-02T06:00"), SCALES, "kind:note")
    assert hours.query == "kind:note in:2026-01-01T00:00/2026-01-02T05:59 metric:s1"


# --- at other speeds --------------------------------------------------------------------------------------------------


def test_slower_things_are_told_first() -> None:
    made = laid(
        entry("moment", "2026-03-14T10:20", "moment"),
        entry("just over", "2026-03-13", "day"),
        entry("week", "2026-03-09/2026-03-15", "week"),
        entry("year", "2026", "year"),
        entry("no scale", "2026-03"),
    )
    found = active_at(SCOPE, made, "2026-03-14T10:20", "2026-03-14T10:21", "week")
    assert [(one.scale, one.pace, [each.id for each in one.entries]) for one in found.scales] == [
        ("year", "slower", ["year"]),
        ("week", "same", ["week"]),
        ("moment", "faster", ["moment"]),
        ("", "", ["no scale"]),
    ]
    assert found.scales[0].figure.query == "scale:year in:2026-03-14T10:20"


@settings(max_examples=40)
@given(st.lists(PAIRS, max_size=10), PAIRS)
def test_what_was_going_on_overlaps(pairs: list[tuple[str, str]], at: tuple[str, str]) -> None:
    entries = [EntryFacts(str(n), "note", "", "", *pair, scales=("week",)) for n, pair in enumerate(pairs)]
    found = active_at(SCOPE, laid(*entries), *at)
    told = {each.id for one in found.scales for each in one.entries}
    assert told == {one.id for one in entries if one.start < at[1] and one.end > at[0]}


def test_a_day_of_minutes() -> None:
    first = datetime(2026, 3, 14)
    stamps = [f"{first + timedelta(minutes=minute):%Y-%m-%dT%H:%M}" for minute in range(0, DAY, 10)]
    row = lane(*(EntryFacts(stamp, "note", "", "", stamp, stamp[:-1] + "9", scales=("week",)) for stamp in stamps))
    view = lane_view(row, minute_of("2026-03-14") / DAY, minute_of("2026-03-15") / DAY, 60)
    assert [one.count for one in view.clusters] == [6] * 24
