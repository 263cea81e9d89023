"""The lens of random events against figures worked out by hand, published intervals and brute force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.offmap import (
    NOTHING,
    around,
    began_within,
    moved,
    off_map,
    path_of,
    poisson_interval,
    rate,
    reach_of,
    who_spoke,
)
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.offmap import Reach
from desktop_app.model.people import PersonFields, StageStep
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.model.vocabulary import Term

ALL = Scope("", "", 0)
DAY = timedelta(days=1)


def entry(name: str, first: date | None, *, length: int = 1, surprise: bool = False, **more: object) -> EntryFacts:
    start = f"{first}T00:00" if first else ""
    end = f"{first + length * DAY}T00:00" if first else ""
    return EntryFacts(name, "event", name, str(first or ""), start, end, surprise=surprise, **more)  # type: ignore[arg-type]


def term(name: str) -> Term:
    return Term(name, name, name, "", "")


# --- the register -----------------------------------------------------------------------------------------------------


def test_the_register_goes_by_time_and_keeps_what_is_not_marked_apart() -> None:
    entries = [
        entry("undated", None, surprise=True, scales=("day",)),
        entry("early", date(2025, 1, 1), surprise=True, scales=("day", "year"), perspectives=("holistic",)),
        entry("seen", date(2025, 2, 1), perspectives=("random-events",)),
        entry("late", date(2025, 3, 1), surprise=True, perspectives=("random-events",)),
        entry("plain", date(2025, 4, 1)),
    ]
    found = off_map(ALL, entries, [], [term("day"), term("year"), term("week")], [term("holistic")])
    assert [one.id for one in found.surprises] == ["early", "late", "undated"]
    assert found.marked == Figure(3, "is:surprise")
    assert found.undated.value == 1
    assert [one.id for one in found.unmarked_entries] == ["seen"]
    assert [(one.term, one.count) for one in found.by_scale] == [("day", 2), ("year", 1), ("", 1)]
    assert [(one.term, one.count) for one in found.by_perspective] == [("holistic", 1), ("", 1)]


def test_nothing_is_counted_in_an_empty_notebook() -> None:
    found = off_map(ALL, [], [], [], [])
    assert not found.surprises
    assert (found.rate.per_year, found.rate.start, found.rate.waiting.median.value) == (None, "", None)
    assert (found.off_map, found.straight.query, found.straight.count) == (Figure(0, NOTHING), NOTHING, 0)


# --- what a surprise touched ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length"), [("14 days", 14), ("1 day", 1), ("6 weeks", 42), ("3 Months", 90), ("2years", 730)]
)
def test_a_reach_is_read(text: str, length: int) -> None:
    assert Reach.read(text).days == length


@pytest.mark.parametrize("text", ["", "14", "0 days", "3 years", "731 days", "-1 day", "a fortnight", "9999 years"])
def test_a_reach_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Reach.read(text)


def test_a_reach_goes_from_the_start_to_so_long_after_the_end() -> None:
    assert reach_of("2025-03-01T10:20", "2025-03-01T10:21", Reach(14)) == ("2025-03-01T10:20", "2025-03-15T10:21")
    assert reach_of("2025-01-01T00:00", "2026-01-01T00:00", Reach(1)) == ("2025-01-01T00:00", "2026-01-02T00:00")
    assert reach_of("2025-01-01T00:00", OPEN_END, Reach(1)) == ("2025-01-01T00:00", OPEN_END)
    assert reach_of("9999-12-30T00:00", "9999-12-31T00:00", Reach(14)) == ("9999-12-30T00:00", OPEN_END)
    assert reach_of("", "", Reach(14)) == ("", "")
    assert reach_of(OPEN_START, "2025-01-01T00:00", Reach(14)) == ("", "")


def test_what_begins_at_the_end_of_the_reach_is_no_longer_touched() -> None:
    first = date(2025, 3, 1)
    entries = [
        entry("before", first - DAY, length=30),
        entry("it", first, surprise=True),
        entry("same day", first, scales=("year",)),
        entry("last", first + 14 * DAY, scales=("day",)),
        entry("beyond", first + 15 * DAY),
    ]
    start, end = reach_of(entries[1].start, entries[1].end, Reach(14))
    assert [one.id for one in began_within(entries, start, end, but="it")] == ["same day", "last"]
    assert [one.id for one in began_within(entries, start, end, ("day", "week"), but="it")] == ["last"]
    assert began_within(entries, "", "") == []


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "ines", "omar"])), max_size=30), st.integers(1, 30))
def test_what_began_is_what_a_look_at_each_entry_finds(rows: list[tuple[int, str]], reach: int) -> None:
    entries = sorted(
        (
            entry(f"{at}", date(2025, 1, 1) + day * DAY, speaker=who or None, speaker_name=who.title())
            for at, (day, who) in enumerate(rows)
        ),
        key=lambda one: one.start,
    )
    start, end = reach_of("2025-01-20T00:00", "2025-01-21T00:00", Reach(reach))
    found = began_within(entries, start, end, but="0")
    low, high = date(2025, 1, 20), date(2025, 1, 21) + reach * DAY
    assert found == [one for one in entries if low <= date.fromisoformat(one.occurred) < high and one.id != "0"]
    spoke = {one.name: one.count for one in who_spoke(found, "q")}
    assert spoke == {name: n for name in ("Ines", "Omar") if (n := sum(one.speaker_name == name for one in found))}
    assert list(spoke) == sorted(spoke)


# --- series before and after ------------------------------------------------------------------------------------------


def daily(first: date, *values: float) -> list[Point]:
    return [Point(f"{first + at * DAY}", f"{first + (at + 1) * DAY}", value) for at, value in enumerate(values)]


def series(*, additive: bool = True, grain: Grain = Grain.DAY, unit: str = "count", **more: str) -> Series:
    return Series("s", "Sessions", "shop", unit, grain, additive, **more)  # type: ignore[arg-type]


def test_an_additive_series_is_summed_over_as_many_points_before_and_after() -> None:
    points = daily(date(2025, 3, 1), 1, 2, 3, 4, 5, 6, 7)
    found = moved(series(), points, "2025-03-04T10:20", "2025-03-06T09:00", ((), ()))
    assert found.before
    assert found.after
    assert (found.after.value, found.after.start, found.after.end, found.after.points) == (
        15,
        "2025-03-04",
        "2025-03-07",
        3,
    )
    assert (found.before.value, found.before.start, found.before.end) == (6, "2025-03-01", "2025-03-04")
    assert found.after.query == "kind:note,quote,event,foresight in:2025-03-04/2025-03-06"
    mean = moved(series(additive=False), points, "2025-03-04T10:20", "2025-03-06T09:00", ((), ()))
    assert mean.before
    assert mean.after
    assert (mean.reading, mean.before.value, mean.after.value) == ("mean", 2, 5)


def test_there_is_no_figure_where_points_do_not_cover_the_stretch() -> None:
    points = daily(date(2025, 3, 1), 1, 2, 3, 4, 5)
    found = moved(series(), points, "2025-03-04T00:00", "2025-03-08T00:00", ((), ()))
    assert found.before
    assert found.after
    assert (found.before.value, found.after.value, found.after.points) == (None, None, 0)
    found = moved(series(), points, "2025-03-02T00:00", "2025-03-05T00:00", ((), ()))
    assert found.before
    assert found.after
    assert (found.before.value, found.after.value) == (None, 9)
    hole = [points[0], *points[2:]]
    assert around(hole, "2025-03-01T00:00", "2025-03-04T00:00") == (None, None)
    assert around(hole, "2025-03-04T00:00", "2025-03-06T00:00") == (None, hole[2:])


def test_a_ratio_comes_from_its_totals_or_has_no_figure() -> None:
    above, below = daily(date(2025, 3, 1), 1, 1, 3, 3), daily(date(2025, 3, 1), 10, 10, 10, 20)
    ratio = series(additive=False, unit="ratio", numerator="n", denominator="d")
    rates = daily(date(2025, 3, 1), 0.1, 0.1, 0.3, 0.15)
    found = moved(ratio, rates, "2025-03-03T00:00", "2025-03-05T00:00", (above, below))
    assert found.before
    assert found.after
    assert (found.before.value, found.before.numerator, found.before.denominator) == (0.1, 2, 20)
    assert (found.after.value, found.after.numerator, found.after.denominator) == (0.2, 6, 30)
    bare = moved(series(additive=False, unit="ratio"), rates, "2025-03-03T00:00", "2025-03-05T00:00", ((), ()))
    assert bare.after
    assert bare.after.value is None
    short = moved(ratio, rates, "2025-03-03T00:00", "2025-03-05T00:00", (above, below[:3]))
    assert short.after
    assert short.after.value is None


# --- how often --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood 1936, as tabled since: Poisson means, 95 %.
    [
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (50, 37.11, 65.92),
        (100, 81.36, 121.63),
    ],
)
def test_the_interval_is_the_published_one(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == (pytest.approx(low, abs=0.005), pytest.approx(high, abs=0.005))


def test_the_interval_is_half_the_quantiles_of_chi_square() -> None:
    from scipy.stats import chi2  # type: ignore[import-untyped]

    for count in (1, 3, 17, 400):
        expected = chi2.ppf(0.025, 2 * count) / 2, chi2.ppf(0.975, 2 * count + 2) / 2
        assert poisson_interval(count) == pytest.approx(expected)


def test_the_rate_is_of_the_stretch_in_which_something_is_dated() -> None:
    entries = [
        entry("a", date(2024, 1, 1)),
        entry("b", date(2024, 3, 1), surprise=True),
        entry("c", date(2024, 3, 11), surprise=True),
        entry("d", date(2024, 4, 30), surprise=True),
        entry("e", date(2024, 12, 30)),
    ]
    found = rate(ALL, entries, [one for one in entries if one.surprise])
    assert (found.start, found.end, found.days, found.asked) == ("2024-01-01T00:00", "2024-12-31T00:00", 365, False)
    assert found.count == Figure(3, "is:surprise to:2024-12-30 -to:2023-12-31")
    assert found.per_year
    assert found.per_month
    assert found.per_year.value == pytest.approx(3 * 365.2425 / 365)
    assert found.per_month.low == pytest.approx(0.6187 * 30 / 365, abs=1e-4)
    assert found.per_month.high == pytest.approx(8.7673 * 30 / 365, abs=1e-4)
    assert (found.waiting.median.value, found.waiting.shortest, found.waiting.longest) == (
        30,
        Figure(10, "id:b,c"),
        Figure(50, "id:c,d"),
    )


def test_slow_movements_do_not_stretch_the_time_in_which_surprises_were_looked_out_for() -> None:
    slow = entry("slow", date(2000, 1, 1), length=366 + 365)
    noted = [entry("a", date(2024, 1, 1), length=366), entry("b", date(2024, 3, 1), surprise=True)]
    found = rate(ALL, [slow, *noted], [noted[1]])
    assert (found.start, found.end) == ("2024-01-01T00:00", "2025-01-01T00:00")
    assert rate(ALL, [slow], []).start == "2000-01-01T00:00"
    plague = entry("plague", date(2020, 1, 1), length=1000, surprise=True)
    assert rate(ALL, [slow, plague, *noted], [plague, noted[1]]).count.value == 2


def test_the_rate_of_an_asked_stretch_counts_what_begins_in_it_and_ends_today() -> None:
    entries = [entry("a", date(2024, 1, 1), length=90, surprise=True), entry("b", date(2024, 3, 1), surprise=True)]
    found = rate(ALL, entries, entries, asked=("2024-02-01T00:00", "2025-01-01T00:00"), until="2024-05-01T00:00")
    assert (found.start, found.end, found.days, found.asked) == ("2024-02-01T00:00", "2024-05-01T00:00", 90, True)
    assert found.count == Figure(1, "is:surprise to:2024-04-30 -to:2024-01-31")
    assert found.waiting.median.value is None
    ahead = rate(ALL, entries, entries, asked=("2030-01-01T00:00", ""), until="2024-05-01T00:00")
    assert (ahead.days, ahead.per_year, ahead.count) == (0, None, Figure(0, ahead.count.query))


# --- ways -------------------------------------------------------------------------------------------------------------

WAYS = [
    (["stranger", "prospect", "customer"], (), ["next", "next"]),
    (["stranger", "loyal client"], ("skip",), ["skip"]),
    (["customer", "prospect"], ("return",), ["return"]),
    (["prospect", "customer", "prospect", "customer"], ("return", "loop"), ["next", "return", "next"]),
    (["customer", "stranger", "advocate"], ("skip", "return"), ["return", "skip"]),
    (["customer", "customer", "loyal client"], ("repeat",), ["repeat", "next"]),
    (["advocate"], (), []),
]


@pytest.mark.parametrize(("stages", "kinds", "moves"), WAYS)
def test_a_way_is_told_as_it_went(stages: list[str], kinds: tuple[str, ...], moves: list[str]) -> None:
    # Noted in another order than it happened.
    steps = [StageStep(stage, f"2025-{at + 1:02}") for at, stage in enumerate(stages)][::-1]
    found = path_of("p", PersonFields("Ines Vidal", stages=tuple(steps)), set())
    assert [step.stage for step in found.steps] == stages
    assert (found.kinds, [move.kind for move in found.moves]) == (kinds, moves)


def test_transitions_name_people_and_straight_ways_are_counted() -> None:
    people = [
        (
            f"{at}",
            PersonFields(f"Person {at}", stages=tuple(StageStep(s, f"2025-{n + 1:02}") for n, s in enumerate(way))),
        )
        for at, (way, _, _) in enumerate(WAYS)
    ]
    found = off_map(ALL, [], [*people, ("none", PersonFields("Nobody"))], [], [])
    assert [way.person for way in found.paths] == ["1", "2", "3", "4", "5"]
    assert found.off_map == Figure(5, "id:1,2,3,4,5")
    assert ([one.id for one in found.straight.people], [one.id for one in found.single.people]) == (["0"], ["6"])
    told = {(one.source, one.target): (one.times, [who.id for who in one.who.people]) for one in found.transitions}
    assert told["prospect", "customer"] == (3, ["0", "3"])
    assert told["customer", "prospect"] == (2, ["2", "3"])
    assert [one.source for one in found.transitions][:2] == ["stranger", "stranger"]


def test_steps_of_other_programs_are_taken_as_they_can_be() -> None:
    steps = (StageStep("customer", "2025"), StageStep("fan", "2025-02"), StageStep("prospect", "no date", "shown"))
    found = path_of("p", PersonFields("Omar", stages=steps), {"shown"})
    assert [(step.stage, step.query) for step in found.steps] == [("prospect", "id:shown"), ("customer", "")]
