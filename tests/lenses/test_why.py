"""The ledger of causes against what a person works out by hand, and against counting one by one."""

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.why import Known, Watched, totals_of, why
from desktop_app.model.dismissals import Dismissal, DismissalFields
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.links import End
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.places import Place, PlaceKind
from desktop_app.model.samples import iso
from desktop_app.model.why import BASES, ShownStep, Standing, Statement, Why

EVERYTHING = Scope("", "Everything.", 0)
TRIALS = Series("s1", "Trials", "CSV", "count", Grain.DAY, True)
numbers = count()


def entry(item: str, basis: str = "", start: str = "2025-12-08") -> EntryFacts:
    end = f"{start}T24:00" if start else ""
    return EntryFacts(item, "note", f"About {item}", start, f"{start}T00:00" if start else "", end, basis=basis)


def at(day: str, start: str, end: str, kind: PlaceKind = PlaceKind.SHIFT) -> Place:
    return Place(kind, day, start, end, 31.0, 22.0, 2.0, 4.5)


def says(source: str, relation: str, target: End) -> Statement:
    return Statement(f"l{next(numbers):04}", source, relation, target)


def stretch(start: str, end: str, then: float | None = None, series: str = "s1") -> End:
    return End("series", series, start, end, then)


def look(
    entries: Sequence[EntryFacts],
    statements: Sequence[Statement],
    places: Sequence[Place],
    *,
    scope: Scope = EVERYTHING,
    found: Sequence[EntryFacts] | None = None,
    dismissals: Sequence[Dismissal] = (),
    steps: dict[str, tuple[ShownStep, ...]] | None = None,
) -> Why:
    ordered = sorted(entries, key=lambda one: (one.start, one.id))
    chosen = ordered if found is None else sorted(found, key=lambda one: (one.start, one.id))
    known = Known(
        statements, dismissals, steps or {}, lambda end: Standing(221.0, "2026-03-03T10:00:00Z", "june.csv"), _thing
    )
    return why(scope, chosen, ordered, [Watched(TRIALS, tuple(places), {})], [], known)


def _thing(end: End) -> tuple[str, str] | None:
    return None if end.id == "gone" else (f"{end.kind} {end.id}", f"id:{end.id}")


SHIFT = at("2025-12-08", "2025-12-01", "2025-12-16")


def test_reasons_stand_by_basis_and_only_links_make_them() -> None:
    entries = [
        entry("guess", "guessed"),
        entry("told", "told"),
        entry("bare"),
        entry("seen", "observed"),
        entry("merely"),
        entry("moved", "correlated"),
    ]
    near = stretch("2025-12-10", "2025-12-12", 214.0)
    statements = [says(one, "explains", near) for one in ("guess", "bare", "told", "seen", "moved")]
    (place,) = look(entries, statements, [SHIFT]).places
    assert [reason.entry for reason in place.ledger.reasons] == ["told", "seen", "moved", "guess", "bare"]
    assert {basis: found.value for basis, found in place.ledger.by_basis.items()} == dict.fromkeys(BASES, 1)
    assert list(place.ledger.by_basis) == list(BASES)
    assert (place.ledger.told, place.ledger.guessed, place.ledger.is_told_against_guessed) == (1, 1, True)
    assert place.ledger.is_competing
    assert not place.is_open
    assert (place.about.value, place.about.query) == (
        1,
        "kind:note,quote,event,foresight in:2025-12-01/2025-12-15 -id:guess,bare,told,seen,moved",
    )
    reason = place.ledger.reasons[0]
    assert (reason.then, reason.standing.now, reason.is_restated) == (214.0, 221.0, True)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2025-12-15", "2025-12-20", True),
        ("2025-11-20", "2025-12-02", True),
        ("2025-12-16", "2025-12-20", False),
        ("2025-11-20", "2025-12-01", False),
        ("2025-12-03T10:00", "2025-12-03T11:00", True),
        ("2025-12-20", "2025-12-10", False),
        ("", "", False),
        ("some day", "2025-12-10", False),
    ],
)
def test_a_reason_is_linked_to_a_stretch_that_overlaps(start: str, end: str, expected: bool) -> None:
    (place,) = look([entry("a")], [says("a", "explains", stretch(start, end))], [SHIFT]).places
    assert bool(place.ledger.reasons) is expected
    assert place.is_open is not expected


def test_of_another_series_and_from_the_trash_nothing_is_a_reason() -> None:
    near = stretch("2025-12-10", "2025-12-12")
    elsewhere = stretch("2025-12-10", "2025-12-12", series="s2")
    (place,) = look([entry("a")], [says("a", "explains", elsewhere), says("gone", "explains", near)], [SHIFT]).places
    assert place.ledger.reasons == ()
    assert place.is_open


def test_what_only_mentions_it_leaves_it_open() -> None:
    near = stretch("2025-12-10", "2025-12-12")
    statements = [says("a", "mentions", near), says("b", "contradicts", near), says("c", "supports", near)]
    (place,) = look([entry(one) for one in "abc"], statements, [SHIFT]).places
    assert [(reason.entry, reason.relation) for reason in place.ledger.reasons] == [
        ("c", "supports"),
        ("b", "contradicts"),
        ("a", "mentions"),
    ]
    assert place.is_open
    assert place.ledger.is_disputed
    assert place.ledger.causes.value == 0


def test_reasons_that_contradict_each_other_are_marked() -> None:
    near = stretch("2025-12-10", "2025-12-12")
    statements = [says(one, "explains", near) for one in "ab"]
    statements += [says("b", "contradicts", End("entry", "a")), says("b", "contradicts", End("entry", "z"))]
    (place,) = look([entry(one) for one in "abz"], statements, [SHIFT]).places
    assert {reason.entry: reason.against for reason in place.ledger.reasons} == {"a": ("b",), "b": ("a",)}
    assert place.ledger.is_disputed


def test_an_entry_that_is_linked_twice_counts_once() -> None:
    near = stretch("2025-12-10", "2025-12-12")
    other = stretch("2025-12-01", "2025-12-12")
    statements = [says("a", "explains", near), says("a", "explains", near), says("a", "explains", other)]
    (place,) = look([entry("a", "told")], statements, [SHIFT]).places
    assert (len(place.ledger.reasons), place.ledger.causes.value, place.ledger.told) == (2, 1, 1)
    assert place.ledger.query == "id:a"


def test_open_ones_come_first_then_time_and_never_size() -> None:
    small, large = at("2025-03-01", "2025-02-20", "2025-03-08"), at("2025-05-01", "2025-04-20", "2025-05-08")
    reasoned, away = at("2025-02-01", "2025-01-25", "2025-02-08"), at("2025-01-01", "2024-12-25", "2025-01-08")
    dismissal = Dismissal("d", DismissalFields("s1", "2024-12-30", "2025-01-03", "A holiday"), "Ada", "")
    other = Dismissal("e", DismissalFields("s2", "2025-02-20", "2025-05-08"), "Ada", "")
    found = look(
        [entry("a")],
        [says("a", "explains", stretch("2025-02-01", "2025-02-02"))],
        [away, reasoned, small, large],
        dismissals=[dismissal, other],
    )
    assert [one.place for one in found.places] == [small, large, reasoned, away]
    assert [one.place for one in found.open] == [small, large]
    assert [one.place for one in found.dismissed] == [away]
    assert [one.place for one in found.reasoned] == [reasoned]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [("2025-12-08", "2025-12-09", True), ("2025-12-01", "2025-12-08", False), ("2025-12-09", "2025-12-16", False)],
)
def test_a_dismissal_matches_where_the_change_lies_in_it(start: str, end: str, expected: bool) -> None:
    dismissal = Dismissal("d", DismissalFields("s1", start, end), "Ada", "")
    (place,) = look([], [], [SHIFT], dismissals=[dismissal]).places
    assert (place.dismissal is not None) is expected


def test_a_query_narrows_which_entries_are_reasons() -> None:
    near = stretch("2025-12-10", "2025-12-12")
    entries = [entry("a", "told"), entry("b", "guessed"), entry("c")]
    statements = [says("a", "explains", near), says("b", "explains", near)]
    scope = Scope("tag:x", "Tagged x.", 1)
    (place,) = look(entries, statements, [SHIFT], scope=scope, found=[entries[1], entries[2]]).places
    assert [reason.entry for reason in place.ledger.reasons] == ["b"]
    assert (place.elsewhere.value, place.elsewhere.query) == (1, "id:a")
    assert place.about.query.startswith("tag:x ")
    assert place.about.value == 1
    (none,) = look(entries, statements, [SHIFT], scope=scope, found=[]).places
    assert none.is_open
    assert none.elsewhere.value == 2


def test_effects_are_what_is_explained_with_its_causes() -> None:
    entries = [entry("late", start="2025-05-01"), entry("step", start="2025-06-01"), entry("a", "told"), entry("b")]
    statements = [
        says("a", "explains", End("entry", "step")),
        says("b", "explains", End("entry", "late")),
        says("a", "explains", End("entry", "late")),
        says("b", "supports", End("entry", "step")),
        says("a", "explains", stretch("2025-12-01", "2025-12-05", 7.0)),
        says("a", "explains", End("person", "ines")),
        says("a", "explains", End("document", "gone")),
        says("a", "explains", End("entry", "trashed")),
    ]
    found = look(entries, statements, [], steps={"step": (ShownStep("p1", "Ines Vidal", "customer"),)})
    assert [(one.kind, one.id, [cause.entry for cause in one.ledger.reasons]) for one in found.effects] == [
        ("entry", "late", ["a", "b"]),
        ("step", "step", ["a"]),
        ("series", "s1", ["a"]),
        ("person", "ines", ["a"]),
    ]
    assert found.effects[0].label == "About late"
    assert found.effects[1].steps[0].stage == "customer"
    assert (found.effects[0].ledger.told, found.effects[0].ledger.guessed) == (1, 0)


def days_of(values: Sequence[float], first: int = 739_000) -> tuple[Point, ...]:
    return tuple(Point(iso(first + day), iso(first + day + 1), value) for day, value in enumerate(values))


def test_totals_of_a_ratio_lie_over_equal_stretches() -> None:
    ratio = Series("r", "CTR", "CSV", "ratio", Grain.DAY, False)
    clicks, shown = (Series(one, one, "CSV", "count", Grain.DAY, True) for one in ("Clicks", "Shown"))
    above, below = days_of([3.0] * 10 + [6.0] * 50), days_of([100.0] * 60)
    points = days_of([0.03] * 10 + [0.06] * 50)
    place = at(points[10].start, points[3].start, points[17].end)
    told = totals_of(ratio, points, place, (clicks, above), (shown, below))
    assert told is not None
    assert (told.before.numerator, told.before.denominator, told.before.value) == (30, 1000, 0.03)
    assert (told.after.numerator, told.after.denominator, told.after.value) == (60, 1000, 0.06)
    assert (told.before.start, told.before.end, told.after.start) == (points[0].start, place.at, place.at)
    spike = at(points[10].start, points[3].start, points[17].end, PlaceKind.SPIKE)
    one = totals_of(ratio, points, spike, (clicks, above), (shown, below))
    assert one is not None
    assert (one.before.denominator, one.after.denominator) == (100, 100)
    assert totals_of(ratio, points, at(points[0].start, points[0].start, points[5].end), (clicks, above), (shown, below)) is None  # fmt: skip # noqa: E501
    zero = totals_of(ratio, points, place, (clicks, above), (shown, days_of([0.0] * 60)))
    assert zero is not None
    assert zero.before.value is None


dates = st.integers(738_000, 738_060).map(iso)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(dates, st.sampled_from(BASES)), max_size=12),
    st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from(["explains", "supports", "mentions"]), dates, dates), max_size=14
    ),
    st.sets(st.integers(0, 11)),
    dates,
)
def test_counting_one_by_one_comes_to_the_same(
    written: list[tuple[str, str]], links: list[tuple[int, str, str, str]], chosen: set[int], day: str
) -> None:
    entries = [entry(f"e{number:02}", basis, start) for number, (start, basis) in enumerate(written)]
    statements = [says(f"e{number:02}", relation, stretch(low, high)) for number, relation, low, high in links]
    place = at(day, day, iso(738_070))
    found = [one for number, one in enumerate(entries) if number in chosen]
    (told,) = look(entries, statements, [place], scope=Scope("tag:x", "", 0), found=found).places
    linked = [
        (f"e{number:02}", relation)
        for number, relation, low, high in links
        if low < high and high > place.start and low < place.end
    ]
    asked = {one.id for one in found}
    causes = {item for item, relation in linked if relation == "explains" and item in asked}
    assert told.ledger.causes.value == len(causes)
    assert {reason.entry for reason in told.ledger.reasons} == {item for item, _ in linked if item in asked}
    assert sum(one.value or 0 for one in told.ledger.by_basis.values()) == len(causes)
    beside = [one for one in found if one.occurred >= day and one.id not in {item for item, _ in linked}]
    assert told.about.value == len(beside)
