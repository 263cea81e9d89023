"""EDTF: what is read, what is refused, and that our own reading agrees with the edtf library."""

import calendar
import contextlib
import io

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.errors import KnownError
from desktop_app.model.time import (
    OPEN_END,
    OPEN_START,
    BadDate,
    Precision,
    covering,
    overlaps,
    parse_edtf,
    to_input,
)

STRETCHES = [
    ("2026-03-14T10:20", "2026-03-14T10:20", "2026-03-14T10:21", "moment"),
    ("2026-03-14T10:59", "2026-03-14T10:59", "2026-03-14T11:00", "moment"),
    ("2026-12-31T23:59:30+02:00", "2026-12-31T23:59", "2027-01-01T00:00", "moment"),
    ("2026-03-14", "2026-03-14T00:00", "2026-03-15T00:00", "day"),
    ("2024-02-29", "2024-02-29T00:00", "2024-03-01T00:00", "day"),
    ("2026-12", "2026-12-01T00:00", "2027-01-01T00:00", "month"),
    ("2026-33", "2026-01-01T00:00", "2026-04-01T00:00", "quarter"),
    ("2026-36", "2026-10-01T00:00", "2027-01-01T00:00", "quarter"),
    ("2026-21", "2026-03-01T00:00", "2026-06-01T00:00", "season"),
    ("2026-24", "2026-12-01T00:00", "2027-03-01T00:00", "season"),
    ("2026-29", "2026-09-01T00:00", "2026-12-01T00:00", "season"),
    ("2026-38", "2026-05-01T00:00", "2026-09-01T00:00", "third"),
    ("2026-41", "2026-07-01T00:00", "2027-01-01T00:00", "half"),
    ("2026", "2026-01-01T00:00", "2027-01-01T00:00", "year"),
    ("9999", "9999-01-01T00:00", OPEN_END, "year"),
    ("201X", "2010-01-01T00:00", "2020-01-01T00:00", "decade"),
    ("20XX", "2000-01-01T00:00", "2100-01-01T00:00", "century"),
    ("2026-XX", "2026-01-01T00:00", "2027-01-01T00:00", "year"),
    ("2026-02-XX", "2026-02-01T00:00", "2026-03-01T00:00", "month"),
    ("156X-12-25", "1560-12-25T00:00", "1569-12-26T00:00", "partial"),
    ("2026-03-1X", "2026-03-10T00:00", "2026-03-20T00:00", "partial"),
    ("2024/2026", "2024-01-01T00:00", "2027-01-01T00:00", "span"),
    ("2026-33/2026-34", "2026-01-01T00:00", "2026-07-01T00:00", "span"),
    ("2026-03/2026-03-05", "2026-03-01T00:00", "2026-03-06T00:00", "span"),
    ("2023/..", "2023-01-01T00:00", OPEN_END, "span"),
    ("../2023", OPEN_START, "2024-01-01T00:00", "span"),
    ("../..", OPEN_START, OPEN_END, "span"),
    ("2023/", "2023-01-01T00:00", "2024-01-01T00:00", "span"),
    ("[2020,2022]", "2020-01-01T00:00", "2023-01-01T00:00", "set"),
    ("{..2020-03}", OPEN_START, "2020-04-01T00:00", "set"),
    ("2026-~03", "2026-03-01T00:00", "2026-04-01T00:00", "month"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision"), STRETCHES)
def test_stretch_and_precision(text: str, start: str, end: str, precision: str) -> None:
    occurred = parse_edtf(text)
    assert (occurred.start, occurred.end, occurred.precision) == (start, end, precision)
    assert occurred.edtf == text
    assert occurred.start < occurred.end


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2026-Q1", "2026-33"),
        (" 2026-q4~ ", "2026-36~"),
        ("2025-Q4/2026-Q1", "2025-36/2026-33"),
        ("201x", "201X"),
        ("2026-03-14t10:20z", "2026-03-14T10:20Z"),
        ("~2019", "2019~"),
        ("[2020, 2022]", "[2020,2022]"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert parse_edtf(text).edtf == canonical
    assert parse_edtf(canonical) == parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "start_fuzzy", "end_fuzzy"),
    [
        ("2026", False, False),
        ("2026?", True, True),
        ("2026-03~", True, True),
        ("2026-33%", True, True),
        ("2024~/2026", True, False),
        ("2024/2026?", False, True),
        ("2023/", False, True),
        ("/2023", True, False),
        ("2023~/..", True, False),
        ("?2024/2026-03", True, False),
        ("1950S2", True, True),
    ],
)
def test_fuzzy_ends(text: str, start_fuzzy: bool, end_fuzzy: bool) -> None:
    occurred = parse_edtf(text)
    assert (occurred.start_fuzzy, occurred.end_fuzzy) == (start_fuzzy, end_fuzzy)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("soon", "no form of EDTF"),
        ("2026-02-30", "February 2026 has no day 30"),
        ("2023-02-29", "February 2023 has no day 29"),
        ("2026-13", "no month 13"),
        ("2026-42", "no month 42"),
        ("2026-33-01", "no month 33"),
        ("2026-03-14T24:00", "no 24:00 on a clock"),
        ("2026-03-14T10:60", "no 10:60 on a clock"),
        ("2026-03-14T10:20+25:00", "Greenwich"),
        ("2026-03-XXT10:20", "whole date"),
        ("2026-XX-32", "no day fits"),
        ("2026/2024", "ends before it begins"),
        ("/", "needs a date"),
        ("../", "needs a date"),
        ("2024/2025/2026", "no form of EDTF"),
        ("-0100", "years from 0001 to 9999"),
        ("0000", "years from 0001 to 9999"),
        ("20260", "years from 0001 to 9999"),
        ("Y20260", "years from 0001 to 9999"),
        ("2026 ~", "no form of EDTF"),
        ("[20260]", "no form of EDTF"),
        ("2026" * 40, "too long"),
        ("[" * 100, "no form of EDTF"),
        ("2026-1X~/2027-~03", "no form of EDTF"),
    ],
)
def test_refused_with_a_sentence(text: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadDate) as caught:
        parse_edtf(text)
    assert why in str(caught.value)
    assert "2026-Q1" in str(caught.value), "the sentence gives examples"
    assert isinstance(caught.value, KnownError)
    assert capsys.readouterr().out == "", "the library prints when a form surprises it"


def test_open_ends() -> None:
    since, until, closed = parse_edtf("2023/.."), parse_edtf("../2023"), parse_edtf("2023")
    assert (since.is_open_start, since.is_open_end) == (False, True)
    assert (until.is_open_start, until.is_open_end) == (True, False)
    assert (closed.is_open_start, closed.is_open_end) == (False, False)
    assert since.end_date is None
    assert until.start_date is None
    assert str(closed.end_date) == "2024-01-01 00:00:00"
    assert parse_edtf("9999").end_date is None
    assert not parse_edtf("9999").is_open_end


def test_input_form_reads_back() -> None:
    assert to_input("2026-33") == "2026-Q1"
    assert to_input("2025-36~/2026-33") == "2025-Q4~/2026-Q1"
    assert to_input("2026-03-31") == "2026-03-31"
    assert to_input(parse_edtf("2033-21")) == "2033-21"


def test_overlaps_is_half_open() -> None:
    day, next_day = parse_edtf("2026-03-14"), parse_edtf("2026-03-15")
    assert not overlaps(day.start, day.end, next_day.start, next_day.end)
    assert not overlaps(next_day.start, next_day.end, day.start, day.end)
    assert overlaps(day.start, day.end, "2026-03-14", "2026-03-15")
    assert not overlaps(day.start, day.end, "2026-03-15", "2026-03-16")
    assert overlaps("2026-03-14T10:00", "2026-03-14T10:01", day.start, day.end)


def test_covering_leaves_open_ends_out() -> None:
    times = [parse_edtf(text) for text in ("2024-05", "2023/..", "../2025")]
    assert covering(times) == ("2023-01-01T00:00", "2026-01-01T00:00")
    assert covering([parse_edtf("../..")]) is None
    assert covering([]) is None


# --- agreement with the library ---------------------------------------------------------------------------------------

years = st.integers(1, 9999).map("{:04}".format)
months = st.integers(1, 12).map("{:02}".format)


@st.composite
def days(draw: st.DrawFn) -> str:
    year, month = draw(st.integers(1, 9998)), draw(st.integers(1, 12))
    return f"{year:04}-{month:02}-{draw(st.integers(1, calendar.monthrange(year, month)[1])):02}"


year_months = st.builds("{}-{}".format, years, months)
unspecified = (
    st.builds(lambda year, n: year[: 4 - n] + "X" * n, st.integers(1000, 9999).map(str), st.integers(1, 2))
    | years.map("{}-XX".format)
    | year_months.map("{}-XX".format)
)
plain = years | year_months | days()
marked = st.builds("{}{}".format, plain, st.sampled_from(["", "?", "~", "%"]))
clocks = st.builds("T{:02}:{:02}:{:02}{}".format, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59),
                   st.sampled_from(["", "Z", "+02:00", "-05:00"]))  # fmt: skip
# Winters and southern summers run into the next year here; the library ends them with December.
parts = st.builds("{}-{}".format, years, st.sampled_from([n for n in range(21, 42) if n not in {24, 28, 30}]))
both_read = (
    marked
    | unspecified
    | parts
    | st.builds("{}{}".format, days(), clocks)
    | st.builds("{}/{}".format, marked, marked)
    | st.builds("{}/..".format, marked)
    | st.builds("../{}".format, marked)
)


@given(both_read)
def test_agrees_with_the_library(text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        theirs = edtf.parse_edtf(text)
        lower, upper = theirs.lower_strict(), theirs.upper_strict()
    if not isinstance(lower, float) and not isinstance(upper, float) and lower > upper:
        with pytest.raises(BadDate, match="ends before it begins"):
            parse_edtf(text)
        return
    ours = parse_edtf(text)
    assert str(theirs) == ours.edtf
    if isinstance(lower, float):
        assert ours.is_open_start
    else:
        assert ours.start[:10] == "{:04}-{:02}-{:02}".format(*lower[:3])
    if isinstance(upper, float):
        assert ours.is_open_end
    elif upper[0] < 9999:
        last = ours.end_date
        assert last is not None
        day = calendar.datetime.date(*upper[:3])
        assert (last.date() - day).days in {0, 1}
        assert (last.date() == day) == (ours.precision is Precision.MOMENT and not ours.end.endswith("T00:00"))


@given(st.text(alphabet="0123456789XQ-/.?~%T:Z+[]{},Y S", max_size=24))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        occurred = parse_edtf(text)
    except BadDate:
        return
    assert occurred.start < occurred.end
    assert parse_edtf(occurred.edtf) == occurred
    assert parse_edtf(to_input(occurred)) == occurred
