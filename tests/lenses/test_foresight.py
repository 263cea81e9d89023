"""The foresight lens against figures worked out by hand."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.calibration import calibration
from desktop_app.lenses.foresight import NONE, confidence_part, foresight, indicators, read_check
from desktop_app.model.calibration import Forecast
from desktop_app.model.entries import Check, Outcome
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.foresight import Indicator, State, Verdict
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.places import Place, PlaceKind
from desktop_app.model.vocabulary import Term

NOW = "2026-11-22T14:30"
EVERYTHING = Scope("", "Everything.", 0)
TERMS = [Term("holistic", "Holistic", "holistic", ""), Term("value", "Value", "value", "")]
numbers = count()


def said(confidence: float | None = None, outcome: str = "", **fields: object) -> EntryFacts:
    item = f"e{next(numbers):03}"
    given = {"author": "Ada", "created": "2026-01-05T09:00:00+00:00", "horizon": "2026-06", **fields}
    resolved = str(given.pop("resolved", "2026-07-01"))
    made = Outcome(outcome, resolved) if outcome else None
    return EntryFacts(item, "foresight", item, "", "", "", confidence=confidence, outcome=made, **given)  # type: ignore[arg-type]


def asked(field: str, item: str, name: str) -> str:
    return f"{field}:{item}"


def read(*entries: EntryFacts, partly_half: bool = False, query: str = ""):
    scope = Scope(query, "", len(entries))
    return foresight(scope, entries, NOW, asked, TERMS, [], partly_half=partly_half)


# --- states -----------------------------------------------------------------------------------------------------------


def test_states_by_the_end_of_the_horizon():
    ended, today = said(horizon="2026-11-21"), said(horizon="2026-11-22")
    now, never, without = said(horizon="2026-11-22T14:29"), said(horizon="2026/.."), said(horizon="")
    decided = said(outcome="no", horizon="2027")
    found = read(ended, today, now, never, without, decided)
    assert [(one.id, one.state) for one in found.statements] == [
        (ended.id, State.DUE),
        (now.id, State.DUE),
        (today.id, State.OPEN),
        (never.id, State.OPEN),
        (without.id, State.OPEN),
        (decided.id, State.RESOLVED),
    ]
    assert (found.due.value, found.open.value, found.resolved.value) == (2, 3, 1)


def test_due_ones_come_in_the_order_of_their_horizons_and_resolved_ones_newest_first():
    later, sooner = said(horizon="2026-05"), said(horizon="2026-02")
    old, new, undated = (said(outcome="no", resolved=when) for when in ("2026-03", "2026-08", ""))
    found = read(later, old, undated, sooner, new)
    assert [one.id for one in found.statements] == [item.id for item in (sooner, later, new, old, undated)]


def test_who_foresaw_is_the_speaker_else_the_author():
    found = read(said(), said(speaker="p1", speaker_name="Ines"), said(speaker="gone"))
    assert [one.who for one in found.statements] == ["Ada", "Ines", "Ada"]


def test_other_kinds_and_dates_of_a_later_terrain_are_no_trouble():
    note = EntryFacts("n", "note", "n", "", "", "", confidence=0.7, outcome=Outcome("yes"))
    found = read(note, said(horizon="the year of the rat"))
    assert [one.state for one in found.statements] == [State.OPEN]
    assert found.score.calibration.n == 0


# --- scores -----------------------------------------------------------------------------------------------------------


def test_a_score_by_hand():
    # 0.8 twice, once true; 0.3 once, false. Brier (0.04 + 0.64 + 0.09) / 3.
    found = read(said(0.8, "yes"), said(0.8, "no"), said(0.3, "no"), said(0.9), said(None, "yes"), said(0.7, "partly"))
    score = found.score.calibration
    assert (score.n, score.hits) == (3, 1)
    assert score.brier == pytest.approx(0.77 / 3)
    assert score.reliability == pytest.approx((2 * 0.3**2 + 0.3**2) / 3)
    assert score.resolution == pytest.approx((2 * (1 / 2 - 1 / 3) ** 2 + (1 / 3) ** 2) / 3)
    assert score.uncertainty == pytest.approx(2 / 9)
    assert score.skill == pytest.approx(1 - (0.77 / 3) / (2 / 9))
    assert (found.partly.value, found.unsure.value, found.unresolved.value) == (1, 1, 1)


def test_partly_can_count_as_half():
    found = read(said(0.8, "yes"), said(0.6, "partly"), partly_half=True)
    score = found.score.calibration
    assert (score.n, score.hits) == (2, 1.5)
    assert score.brier == pytest.approx((0.04 + 0.01) / 2)
    assert found.score.scored == "kind:foresight has:confidence outcome:yes,partly,no"


def test_nothing_is_scored_of_nothing():
    score = read().score.calibration
    assert (score.n, score.brier, score.base_rate, score.skill) == (0, None, None, None)


def test_people_by_name_and_terms_in_their_order():
    found = read(
        said(0.2, "yes", perspectives=("value", "holistic"), speaker="p2", speaker_name="Zoe"),
        said(0.9, "yes", perspectives=("value",), author="Ben"),
        said(0.9, author="ada"),
        query="tag:x",
    )
    assert [(group.name, group.foresights.value, group.score.calibration.n) for group in found.by_person] == [
        ("ada", 1, 0),
        ("Ben", 1, 1),
        ("Zoe", 1, 1),
    ]
    assert [group.foresights.query for group in found.by_person] == [
        "tag:x author:ada -has:speaker kind:foresight",
        "tag:x author:Ben -has:speaker kind:foresight",
        "tag:x speaker:p2 kind:foresight",
    ]
    assert [(group.id, group.foresights.value) for group in found.by_perspective] == [
        ("holistic", 1),
        ("value", 2),
        ("", 1),
    ]
    assert found.by_perspective[-1].foresights.query == "tag:x -has:perspective kind:foresight"


def test_a_bin_asks_for_its_lower_edge_and_not_for_its_upper():
    bins = calibration([Forecast("a", 0.5, 1)]).bins
    assert confidence_part(bins[0].low, bins[0].high) == "confidence:0..0.1 -confidence:0.1"
    assert confidence_part(bins[6].low, bins[6].high) == "confidence:0.6..0.7 -confidence:0.7"
    assert confidence_part(bins[9].low, bins[9].high) == "confidence:0.9..1"


CONFIDENCES = st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.7, 1.0]))
RESULTS = st.sampled_from(["", "yes", "partly", "no"])


@settings(max_examples=50)
@given(st.lists(st.tuples(CONFIDENCES, RESULTS, st.sampled_from(["2020", "2030", ""])), max_size=30), st.booleans())
def test_each_foresight_counts_once(rows, half):
    found = read(*(said(sure, result, horizon=horizon) for sure, result, horizon in rows), partly_half=half)
    score = found.score.calibration
    assert found.due.value + found.open.value + found.resolved.value == len(rows) == len(found.statements)
    partly = 0 if half else found.partly.value
    assert score.n + partly + found.unsure.value + found.unresolved.value == len(rows)
    assert sum(one.count for one in score.bins) == score.n
    expected = {"yes": 1.0, "no": 0.0} | ({"partly": 0.5} if half else {})
    scored = [(sure, expected[result]) for sure, result, _ in rows if sure is not None and result in expected]
    if scored:
        assert score.brier == pytest.approx(sum((sure - came) ** 2 for sure, came in scored) / len(scored))
    else:
        assert score.brier is None


# --- checks -----------------------------------------------------------------------------------------------------------


def series(**fields: object) -> Series:
    return Series("s", "Trials", "Shop", "count", Grain.DAY, **{"additive": True, **fields})  # type: ignore[arg-type]


def daily(*values: float, first: int = 1) -> list[Point]:
    return [Point(f"2026-04-{day:02}", f"2026-04-{day + 1:02}", value) for day, value in enumerate(values, first)]


def check(comparison: str = ">=", value: float = 6, period: str = "2026-04-01/2026-04-03") -> Check:
    return Check("s", comparison, value, period)


@pytest.mark.parametrize(
    ("comparison", "value", "verdict"),
    [
        (">=", 6, "holds"),
        (">", 6, "fails"),
        ("<=", 6, "holds"),
        ("<", 6, "fails"),
        ("=", 6, "holds"),
        ("=", 5, "fails"),
        (">=", 6.5, "fails"),
    ],
)
def test_a_check_of_a_total(comparison, value, verdict):
    found = read_check("e", check(comparison, value), series(), daily(1, 2, 3, 99))
    assert (found.verdict, found.value, found.covered, found.length) == (verdict, 6, 3, 3)


def test_a_check_says_nothing_until_points_cover_its_period():
    found = read_check("e", check(), series(), daily(10, 20))
    assert (found.verdict, found.value, found.covered, found.length) == (Verdict.UNSAID, 30, 2, 3)
    none = read_check("e", check(), series(), [])
    assert (none.verdict, none.value, none.covered) == (Verdict.UNSAID, None, 0)


def test_a_comparison_of_a_later_terrain_says_nothing():
    found = read_check("e", check("about"), series(), daily(1, 2, 3))
    assert (found.verdict, found.value) == (Verdict.UNSAID, 6)


def test_points_that_overlap_are_not_added_up_to_a_verdict():
    twice = [*daily(1, 2, 3), Point("2026-04-01", "2026-04-03", 3)]
    found = read_check("e", check(), series(), twice)
    assert (found.verdict, found.covered) == (Verdict.UNSAID, 3)


def test_a_check_of_a_mean_and_of_a_ratio():
    mean = read_check("e", check(value=2), series(additive=False), daily(1, 2, 3))
    assert (mean.verdict, mean.value) == (Verdict.HOLDS, 2)
    totals = daily(1, 1, 2), daily(10, 10, 20)
    ratio = read_check("e", check(value=0.11), series(additive=False), daily(0.9, 0.9, 0.9), totals)
    assert (ratio.verdict, ratio.value, ratio.numerator, ratio.denominator) == (Verdict.FAILS, 0.1, 4, 40)
    nothing = read_check("e", check(), series(additive=False), (), (daily(1, 1, 1), daily(0, 0, 0)))
    assert (nothing.verdict, nothing.value) == (Verdict.UNSAID, None)
    part = read_check("e", check(), series(additive=False), (), (daily(1, 1, 1), daily(5)))
    assert (part.verdict, part.covered) == (Verdict.UNSAID, 1)


@pytest.mark.parametrize("period", ["", "2026-04/..", "whenever"])
def test_a_period_without_both_ends_says_nothing(period):
    found = read_check("e", check(period=period), series(), daily(1, 2, 3))
    assert (found.verdict, found.length) == (Verdict.UNSAID, None)


def test_a_series_that_is_not_here_says_nothing():
    assert read_check("e", check(), None, ()).verdict == Verdict.UNSAID


# --- indicators -------------------------------------------------------------------------------------------------------


def place(at: str) -> Place:
    return Place(PlaceKind.SHIFT, at, f"{at[:8]}01", f"{at[:8]}28", 10, 20, 1, 10)


def indicator(item: str, *at: str, start: str = "2025-01-01", end: str = "2026-11-01") -> Indicator:
    return Indicator(item, item.upper(), "count", start, end, tuple(map(place, at)))


def event(start: str, kind: str = "event", **fields: object) -> EntryFacts:
    return EntryFacts(f"x{next(numbers):03}", kind, "", start, start, start, **fields)  # type: ignore[arg-type]


def against(entries, known, *, linked=None, days: int = 90, every=None):
    return indicators(
        EVERYTHING, entries, entries if every is None else every, known, linked or {}, str, asked, NOW, days
    )


def test_what_came_true_and_no_series_showed():
    shown, unshown = said(outcome="yes", series=("a",)), said(outcome="yes", series=("b",))
    unwatched, missed = said(outcome="yes"), said(outcome="no", series=("b",))
    found = against([shown, unshown, unwatched, missed], [indicator("a", "2026-03-10"), indicator("b", "2025-03-10")])
    assert (found.unshown_ids, found.unwatched_ids) == ((unshown.id,), (unwatched.id,))
    assert found.unshown.query == f"id:{unshown.id}"
    assert (found.late.value, found.late.query) == (0, NONE)


def test_a_check_and_a_link_stand_for_a_foresight_too():
    checked, linked = said(outcome="yes", check=Check("a", ">", 1, "2026")), said(outcome="yes")
    found = against([checked, linked], [indicator("a", "2026-03-10")], linked={linked.id: ["a"]})
    assert (found.unshown.value, found.unwatched.value) == (0, 0)


@pytest.mark.parametrize(
    ("at", "unshown"),
    [("2026-01-04", 1), ("2026-01-05", 0), ("2026-06-30", 0), ("2026-07-01", 0), ("2026-07-02", 1)],
)
def test_between_writing_and_resolving_both_days_included(at, unshown):
    assert against([said(outcome="yes", series=("a",))], [indicator("a", at)]).unshown.value == unshown


def test_without_a_date_of_resolving_the_horizon_ends_it():
    entry = said(outcome="yes", series=("a",), resolved="")
    assert against([entry], [indicator("a", "2026-06-30")]).unshown.value == 0
    assert against([entry], [indicator("a", "2026-07-01")]).unshown.value == 1


def test_a_series_without_points_in_that_time_does_not_stand_for_it():
    entry = said(outcome="yes", series=("a",))
    found = against([entry], [indicator("a", end="2026-01-05")])
    assert (found.unshown.value, found.unwatched.value) == (0, 1)


def test_what_was_written_down_after_it_was_decided_is_told_apart():
    entry = said(outcome="yes", resolved="2026-01-04")
    found = against([entry], [])
    assert (found.late.value, found.unwatched.value, found.late.query) == (1, 0, f"id:{entry.id}")


def test_a_change_that_foretold_nothing():
    known = [indicator("a", "2026-03-10")]
    (silent,) = against([], known).silent
    assert (silent.start, silent.end, silent.query) == ("2026-03-10", "2026-06-08", "metric:a in:2026-03-01/2026-03-27")
    for after in ("2026-03-10T08:00", "2026-06-07T23:59"):
        assert against([event(after)], known).silent == ()
    for outside in ("2026-03-09T23:59", "2026-06-08T00:00"):
        assert len(against([event(outside)], known).silent) == 1


def test_what_counts_as_having_come():
    known = [indicator("a", "2026-03-10")]
    assert len(against([event("2026-04-01T00:00", "note")], known).silent) == 1
    assert len(against([event("2026-04-01T00:00", "note", series=("b",))], known).silent) == 1
    assert against([event("2026-04-01T00:00", "note", series=("a",))], known).silent == ()
    linked = event("2026-04-01T00:00", "quote")
    assert against([linked], known, linked={linked.id: ["a"]}).silent == ()
    assert against([said(outcome="no", resolved="2026-04-01")], known).silent == ()
    assert len(against([said(outcome="no", resolved="2026-07")], known).silent) == 1
    # All that the notebook holds came, whatever the lens is narrowed to.
    assert against([], known, every=[event("2026-04-01T00:00")]).silent == ()


def test_a_change_whose_time_is_not_over_waits():
    known = [indicator("a", "2026-10-10", "2026-03-10")]
    found = against([], known)
    assert (found.series, found.changes, found.waiting, len(found.silent)) == (1, 2, 1, 1)
    assert len(against([], known, days=30).silent) == 2
