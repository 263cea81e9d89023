"""What people type for a rhythm, and where its occurrences lie."""

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.time import (
    OPEN_END,
    OPEN_START,
    BadRecurrence,
    describe_recurrence,
    occurrences,
    overlaps,
    parse_edtf,
    parse_recurrence,
)

TYPED = {
    "": "",
    "  ": "",
    "every year": "P1Y",
    "Each year": "P1Y",
    "once a year": "P1Y",
    "yearly": "P1Y",
    "annually": "P1Y",
    "weekly": "P1W",
    "daily": "P1D",
    "fortnightly": "P2W",
    "quarterly": "P3M",
    "every quarter": "P3M",
    "every half year": "P6M",
    "half-yearly": "P6M",
    "every decade": "P10Y",
    "every 2 weeks": "P2W",
    "every two weeks": "P2W",
    "every other week": "P2W",
    "every 2nd week": "P2W",
    "every third month": "P3M",
    "every 10 years": "P10Y",
    "monthly, 5 times": "R5/P1M",
    "every 2 weeks, five times in all": "R5/P2W",
    "P1Y": "P1Y",
    "p2w": "P2W",
    "R5/P1M": "R5/P1M",
    "R/P1M": "P1M",
    "P12M": "P1Y",
    "P14D": "P2W",
    "P03M": "P3M",
}

REFUSED = [
    "week", "every", "sometimes", "biweekly", "weekly 3 times", "every monday", "every second", "every year, once",
    "monthly,", ", 5 times", "monthly, 1 times", "R1/P1M", "R0/P1M", "R99999/P1M", "P0Y", "P1Y6M", "PT1H", "P10000Y",
    "every ² weeks", "every half 2 years", "P1", "R5/", "every year " * 50,
]  # fmt: skip

MONTH = "2025-03-01T00:00", "2025-04-01T00:00"
RHYTHMS = st.builds(
    lambda times, number, unit: parse_recurrence(f"{times}P{number}{unit}"),
    st.one_of(st.just(""), st.integers(2, 40).map(lambda times: f"R{times}/")),
    st.integers(1, 30),
    st.sampled_from("YMWD"),
)
MOMENTS = st.datetimes(datetime(1890, 1, 1), datetime(2150, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))
DAYS = MOMENTS.map(lambda at: at.replace(hour=0, minute=0))
MONTHS = DAYS.map(lambda at: at.replace(day=1))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, str]:
    begins, ends = sorted(draw(st.tuples(*[draw(st.sampled_from((MOMENTS, DAYS, MONTHS)))] * 2)))
    return stamp(begins), stamp(ends if ends > begins else begins + timedelta(minutes=1))


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def found(when: str, recurs: str, low: str = OPEN_START, high: str = OPEN_END, most: int = 4) -> list[str]:
    first = parse_edtf(when)
    return [f"{begins} {ends}" for begins, ends in occurrences(first.start, first.end, recurs, low, high, most)]


def days(when: str, recurs: str, most: int = 4) -> list[str]:
    """The occurrences as bare dates."""
    return [stretch.replace("T00:00", "") for stretch in found(when, recurs, most=most)]


@pytest.mark.parametrize(("typed", "recurs"), TYPED.items())
def test_what_people_type(typed: str, recurs: str) -> None:
    assert parse_recurrence(typed) == recurs


@pytest.mark.parametrize("typed", REFUSED)
def test_what_says_no_rhythm_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(BadRecurrence, match=r"does not say how often it comes again: .+\. Write it like “every year”"):
        parse_recurrence(typed)


def test_a_rhythm_is_told() -> None:
    told = [describe_recurrence(recurs) for recurs in ("P1Y", "P2W", "R5/P2W", "R2/P1M", "")]
    assert told == ["every year", "every 2 weeks", "every 2 weeks, 5 times", "every month, 2 times", ""]


@given(RHYTHMS)
def test_what_is_told_is_read_back(recurs: str) -> None:
    assert parse_recurrence(recurs) == recurs
    assert parse_recurrence(describe_recurrence(recurs)) == recurs


@given(st.text(st.sampled_from("PRYMWD/0123456789 ,every timosnth²"), max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert parse_recurrence(parse_recurrence(text)) == parse_recurrence(text)
    except BadRecurrence:
        assert list(occurrences(*MONTH, text, OPEN_START, OPEN_END)) == [] or text == parse_recurrence(text)
        assert describe_recurrence(text) == text


def test_the_day_stays_where_there_is_one() -> None:
    assert days("2025-01-31", "P1M") == [
        "2025-02-28 2025-03-01", "2025-03-31 2025-04-01", "2025-04-30 2025-05-01", "2025-05-31 2025-06-01",
    ]  # fmt: skip
    assert days("2024-02-29", "P1Y") == [
        "2025-02-28 2025-03-01", "2026-02-28 2026-03-01", "2027-02-28 2027-03-01", "2028-02-29 2028-03-01",
    ]  # fmt: skip


def test_whole_months_stay_whole_months() -> None:
    assert days("2025-02", "P1M") == [
        "2025-03-01 2025-04-01", "2025-04-01 2025-05-01", "2025-05-01 2025-06-01", "2025-06-01 2025-07-01",
    ]  # fmt: skip
    assert days("2023-02", "P1Y", 1) == ["2024-02-01 2024-03-01"]
    assert days("2025-Q1", "P1Y", 1) == ["2026-01-01 2026-04-01"]
    assert days("2023/2024", "P10Y", 1) == ["2033-01-01 2035-01-01"]


def test_the_first_and_the_last_day_keep_their_place() -> None:
    assert days("2024-02-20/2024-03-05", "P1Y", 1) == ["2025-02-20 2025-03-06"]
    assert days("2025-12-24/2026-01-01", "P1Y", 1) == ["2026-12-24 2027-01-02"]
    assert found("2025-01-31T10:20", "P1M", most=2) == [
        "2025-02-28T10:20 2025-02-28T10:21", "2025-03-31T10:20 2025-03-31T10:21",
    ]  # fmt: skip
    assert found("2025-01-31T23:59", "P1M", most=1) == ["2025-02-28T23:59 2025-03-01T00:00"]


def test_days_and_weeks_keep_the_length() -> None:
    assert days("2024-02", "P4W", 2) == ["2024-02-29 2024-03-29", "2024-03-28 2024-04-26"]
    assert days("2025-12-29", "P1W", 2) == ["2026-01-05 2026-01-06", "2026-01-12 2026-01-13"]


def test_a_bound_counts_the_first_one() -> None:
    assert len(found("2025-01", "R5/P1M", most=99)) == 4
    assert found("2025-01", "R5/P1M", low="2025-06-01") == []


def test_no_more_than_asked_for() -> None:
    assert len(found("2025-01-01", "P1D", most=7)) == 7
    assert found("2025-01-01", "P1D", most=0) == []
    assert len(list(occurrences(*MONTH, "P1D", OPEN_START, OPEN_END))) == 500


@pytest.mark.parametrize(("start", "end"), [("", ""), (OPEN_START, "2020-01-01T00:00"), ("2020-01-01T00:00", OPEN_END)])
def test_what_is_open_or_undated_does_not_come_again(start: str, end: str) -> None:
    assert list(occurrences(start, end, "P1Y", "2021-01-01", "2025-01-01")) == []


@pytest.mark.parametrize("recurs", ["", "every year", "P0D", "R1/P1D", "R/P1D", "p1d", "P١D", "\ud800", "P1D" * 999])
def test_what_is_in_no_canonical_form_does_not_come_again(recurs: str) -> None:
    assert list(occurrences(*MONTH, recurs, OPEN_START, OPEN_END)) == []
    assert describe_recurrence(recurs) == recurs


def test_years_end_with_9999() -> None:
    assert len(found("9990-05", "P1Y", most=99)) == 9
    assert len(found("9999-12-25", "P1D", most=99)) == 5
    assert found("2025", "P9999Y") == []


@given(stretches(), RHYTHMS, stretches(), st.integers(0, 60))
def test_exactly_the_later_ones_that_overlap_are_found(
    first: tuple[str, str], recurs: str, shown: tuple[str, str], most: int
) -> None:
    """Against those of the whole way, counted one by one from the first."""
    every = list(islice(occurrences(*first, recurs, OPEN_START, shown[1], 200_000), 200_000))
    wanted = [one for one in every if overlaps(*one, *shown)]
    assert list(occurrences(*first, recurs, *shown, most)) == wanted[:most]


@given(stretches(), RHYTHMS)
def test_each_is_counted_from_the_first(first: tuple[str, str], recurs: str) -> None:
    number, unit = int("".join(filter(str.isdigit, recurs.rpartition("P")[2]))), recurs[-1]
    name = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}[unit]
    begins = datetime.fromisoformat(first[0])
    several = list(occurrences(*first, recurs, OPEN_START, OPEN_END, 8))
    for at, (start, end) in enumerate(several, 1):
        assert start == stamp(begins + relativedelta(**{name: number * at}))
        assert start < end


@pytest.mark.parametrize("when", ["2024-01-31", "2024-02", "2024-01-30T23:59", "2023-11-20/2024-02-10"])
@pytest.mark.parametrize("recurs", ["P1D", "P1W", "P1M", "P5M", "P1Y", "R30/P2W"])
def test_none_is_passed_over_on_any_day(when: str, recurs: str) -> None:
    first = parse_edtf(when)
    every = list(occurrences(first.start, first.end, recurs, OPEN_START, "2027-01-01", 2000))
    for day in range(0, 800, 3):
        low = str(date(2024, 1, 1) + timedelta(days=day))
        for high in (low, f"{low}T12:00"):
            wanted = [one for one in every if overlaps(*one, low, high)]
            assert list(occurrences(first.start, first.end, recurs, low, high)) == wanted


def test_it_costs_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.model.time import recurrence

    moved, count = recurrence._Stretch.moved, []
    monkeypatch.setattr(
        recurrence._Stretch, "moved", lambda stretch, number: count.append(number) or moved(stretch, number)
    )
    for recurs in ("P1D", "P1W", "P1M", "P1Y"):
        count.clear()
        assert len(found("0009-03-31", recurs, "2026-11-01", "2026-11-02")) == (recurs == "P1D")
        assert len(count) <= 5
