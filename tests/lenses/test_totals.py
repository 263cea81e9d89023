"""Ratios from their totals, and options by total and by ratio, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.totals import compared, ratio_of, seen_option, speaking_of, without_totals
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import EntryFacts, Figure
from desktop_app.model.links import End
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.totals import AmountSeen, OptionSeen, ratio_figure

NONE = Figure(0, "has:date is:undated")


def series(item: str, unit: str = "count", *, additive: bool = True, grain: Grain = Grain.WEEK) -> Series:
    return Series(item, item.capitalize(), "CSV", unit, grain, additive)


def weeks(*values: float | None) -> list[Point]:
    """Weeks from 5 January 2026 on; a week without a value is missing."""
    days = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02")
    return [Point(days[at], days[at + 1], value) for at, value in enumerate(values) if value is not None]


CLICKS, SEEN = series("clicks"), series("seen")
CTR = Series("ctr", "CTR", "CSV", "ratio", Grain.WEEK, False, numerator="clicks", denominator="seen")


def test_the_ratio_of_a_stretch_comes_from_its_totals_and_not_from_a_mean() -> None:
    found = ratio_of((CLICKS, weeks(1, 90)), (SEEN, weeks(100, 100)), "", "", NONE, CTR)
    assert found.numerator is not None
    assert found.denominator is not None
    assert (found.numerator.value, found.denominator.value) == (91, 200)
    assert found.value == pytest.approx(0.455)
    assert [point.value for point in found.points] == [0.01, 0.9]
    assert found.matched
    assert found.cut == 0
    uneven = ratio_of((CLICKS, weeks(10, 10)), (SEEN, weeks(100, 300)), "", "", NONE, CTR)
    assert uneven.value == pytest.approx(20 / 400)


def test_points_that_an_edge_cuts_are_left_out_and_counted() -> None:
    found = ratio_of((CLICKS, weeks(1, 2, 3)), (SEEN, weeks(10, 20, 30)), "2026-01-08", "2026-01-26", NONE, CTR)
    assert found.numerator is not None
    assert (found.numerator.value, found.numerator.points, found.numerator.cut) == (5, 2, 1)
    assert found.cut == 2
    assert found.value == pytest.approx(0.1)


def test_totals_of_different_times_are_said_to_be_so() -> None:
    found = ratio_of((CLICKS, weeks(1, 2)), (SEEN, weeks(10, None, 30)), "", "", NONE, CTR)
    assert not found.matched
    assert [(point.start, point.value) for point in found.points] == [
        ("2026-01-05", 0.1),
        ("2026-01-12", None),
        ("2026-01-19", None),
    ]


@pytest.mark.parametrize("below", [[], weeks(0, 0)])
def test_nothing_to_divide_by_is_no_ratio(below: list[Point]) -> None:
    assert ratio_of((CLICKS, weeks(1, 2)), (SEEN, below), "", "", NONE, CTR).value is None


def test_a_ratio_without_known_totals_has_no_figure() -> None:
    found = without_totals(CTR, NONE)
    assert (found.known, found.value, found.points) == (False, None, ())


def test_a_ratio_of_ones_own_is_made_of_two_totals_that_fit() -> None:
    cost, revenue = series("cost", "EUR"), series("revenue", "EUR")
    made = ratio_of((revenue, weeks(30)), (cost, weeks(20)), "", "", NONE)
    assert (made.series, made.name, made.unit, made.value) == ("", "Revenue / Cost", "", 1.5)
    assert ratio_of((cost, weeks(30)), (CLICKS, weeks(20)), "", "", NONE).unit == "EUR"
    for other, wrong in (
        (series("dollars", "USD"), "one unit"),
        (series("time", "seconds"), "one unit"),
        (series("daily", "EUR", grain=Grain.DAY), "one grain"),
        (series("position", additive=False), "does not add up"),
        (CTR, "does not add up"),
        (revenue, "divided by itself"),
    ):
        with pytest.raises(Invalid, match=wrong):
            ratio_of((revenue, []), (other, []), "", "", NONE)


def entry(item: str, when: str = "", *pinned: str) -> EntryFacts:
    ends = f"{when[:-1]}{int(when[-1]) + 1}" if when else ""
    stretch = (f"{when}T00:00", f"{ends}T00:00") if when else ("", "")
    return EntryFacts(item, "note", "", when, *stretch, series=pinned)


def test_entries_speak_of_a_ratio_that_pin_or_link_it_within_the_stretch() -> None:
    entries = [
        entry("undated", "", "clicks"),
        entry("before", "2026-01-04", "clicks"),
        entry("inside", "2026-01-05", "clicks", "seen"),
        entry("other", "2026-01-05", "rent"),
        entry("linked", "2020-01-01"),
        entry("long-ago", "2020-01-01"),
    ]
    linked = [
        ("linked", End("series", "seen", "2026-01-01", "2026-01-06")),
        ("long-ago", End("series", "seen", "2020-01-01", "2020-01-08")),
        ("other", End("series", "rent", "2026-01-05", "2026-01-06")),
    ]
    of = {"clicks", "seen"}
    assert speaking_of(entries, of, linked, "2026-01-05", "2026-01-12") == ["inside", "linked"]
    assert speaking_of(entries, of, linked, "", "") == ["undated", "before", "inside", "linked", "long-ago"]
    assert speaking_of(entries, of, linked, "", "2026-01-05") == ["before", "linked", "long-ago"]


# --- options ----------------------------------------------------------------------------------------------------------


def option(name: str, gained: float | None, spent: float | None, unit: str = "EUR", other: str = "") -> OptionSeen:
    return seen_option(
        name,
        None if gained is None else AmountSeen(gained, unit),
        None if spent is None else AmountSeen(spent, other or unit),
    )


def test_an_option_by_total_and_by_ratio() -> None:
    found = option("Large", 18000, 9000)
    assert (found.net, found.ratio, found.returned) == (9000, 2, 1)
    assert option("Loss", 50, 100).net == -50
    assert (option("Free", 50, 0).net, option("Free", 50, 0).ratio, option("Free", 50, 0).returned) == (50, None, None)
    assert (option("Half", 50, None).net, option("Half", 50, None).ratio) == (None, None)
    mixed = option("Mixed", 50, 20, "EUR", "USD")
    assert (mixed.units_differ, mixed.net, mixed.ratio) == (True, None, None)


def test_where_the_orders_differ_it_is_said_and_nothing_is_sorted() -> None:
    large, small = option("Large", 18000, 9000), option("Small", 2400, 800)
    found = compared("", "", [small, large])
    assert [one.name for one in found.options] == ["Small", "Large"]
    assert found.crossing == ("Large", "Small")
    assert compared("", "", [large, option("Tiny", 12, 10)]).crossing is None
    assert compared("", "", [large]).crossing is None
    below = [option("Best", 100, 10), large, small]
    assert compared("", "", [large, option("Best", 90000, 9000), small]).crossing == ("Large", "Small")
    assert compared("", "", below).crossing == ("Large", "Best")


def test_units_that_differ_are_not_compared() -> None:
    found = compared("", "", [option("One", 100, 10, "EUR"), option("Other", 900, 800, "USD")])
    assert (found.units_differ, found.crossing) == (True, None)
    assert compared("", "", [option("One", 100, 10, "eur "), option("Other", 90, 1, "EUR")]).units_differ is False


AMOUNTS = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=6))
def test_a_crossing_is_one(drawn: list[tuple[float | None, float | None]]) -> None:
    options = [option(str(at), *amounts) for at, amounts in enumerate(drawn)]
    by_name = {one.name: one for one in options}
    crossing = compared("", "", options).crossing
    full = [one for one in options if one.net is not None and one.ratio is not None]
    exists = any(
        (one.net or 0) > (other.net or 0) and (one.ratio or 0) < (other.ratio or 0) for one in full for other in full
    )
    assert (crossing is not None) == exists
    if crossing:
        one, other = by_name[crossing[0]], by_name[crossing[1]]
        assert (one.net or 0) > (other.net or 0)
        assert (one.ratio or 0) < (other.ratio or 0)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(None, "", "–"), (0.0238, "ratio", "2.4 %"), (0.0238, "", "0.0238"), (1.5, "", "1.50"), (0.72, "EUR", "€ 0.72")],
)
def test_how_a_ratio_reads(value: float | None, unit: str, said: str) -> None:
    assert ratio_figure(value, unit) == said
