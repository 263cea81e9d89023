"""What people type for a time, and how it is told back. "Now" is a Sunday."""

from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.model.time import BadDate, describe, describe_short, parse_edtf, parse_when

NOW = datetime(2026, 11, 22, 14, 50)

TYPED = {
    "2026-03-14T10:20": "2026-03-14T10:20",
    "2026-03-14 10:20": "2026-03-14T10:20",
    "now": "2026-11-22T14:50",
    "today": "2026-11-22",
    "Yesterday": "2026-11-21",
    "the day before yesterday": "2026-11-20",
    "last Tuesday": "2026-11-17",
    "tuesday": "2026-11-17",
    "sunday": "2026-11-22",
    "last Sunday": "2026-11-15",
    "next Sunday": "2026-11-29",
    "this Friday": "2026-11-20",
    "on Friday": "2026-11-20",
    "this morning": "2026-11-22T06:00~/2026-11-22T12:00~",
    "last night": "2026-11-21T18:00~/2026-11-21T23:59~",
    "Tuesday afternoon": "2026-11-17T12:00~/2026-11-17T18:00~",
    "3 days ago": "2026-11-19",
    "two weeks ago": "2026-11-08",
    "3 months ago": "2026-08",
    "a year ago": "2025",
    "20 minutes ago": "2026-11-22T14:30",
    "in two weeks": "2026-12-06",
    "in a month": "2026-12",
    "last week": "2026-11-09/2026-11-15",
    "this week": "2026-11-16/2026-11-22",
    "last weekend": "2026-11-14/2026-11-15",
    "last month": "2026-10",
    "last quarter": "2026-35",
    "next year": "2027",
    "last decade": "201X",
    "the last 3 months": "2026-08-22/2026-11-22",
    "week of 3 March 2025": "2025-03-03/2025-03-09",
    "week 12 2025": "2025-03-17/2025-03-23",
    "2025-W12": "2025-03-17/2025-03-23",
    "spring 2024": "2024-21",
    "fall 2024": "2024-23",
    "last summer": "2026-22",
    "last winter": "2025-24",
    "Q3 2025": "2025-35",
    "2025 Q3": "2025-35",
    "2025-Q3": "2025-35",
    "third quarter 2025": "2025-35",
    "the 3rd quarter of 2025": "2025-35",
    "first half of 2025": "2025-40",
    "H2 2025": "2025-41",
    "since 2023": "2023/..",
    "from 2023 onwards": "2023/..",
    "2023 to present": "2023/..",
    "since last week": "2026-11-09/..",
    "until March 2025": "../2025-03",
    "by June 2027": "../2027-06",
    "by June": "../2027-06",
    "before March 2025": "../2025-02",
    "before 2025": "../2024",
    "before Q3 2025": "../2025-06-30",
    "after 2023": "2024/..",
    "after 14 March 2026": "2026-03-15/..",
    "around March 2025": "2025-03~",
    "~ March 2025": "2025-03~",
    "about 2019": "2019~",
    "maybe 2019": "2019?",
    "March 2019?": "2019-03?",
    "perhaps around March 2025": "2025-03%",
    "about 2019-2021": "2019~/2021~",
    "from about 2019 to 2021": "2019~/2021",
    "2019-2021": "2019/2021",
    "2019 to 2021": "2019/2021",
    "between 2019 and 2021": "2019/2021",
    "from March to May 2025": "2025-03/2025-05",
    "March 2025": "2025-03",
    "March": "2026-03",
    "December": "2025-12",
    "14 March 2026": "2026-03-14",
    "14th of March, 2026": "2026-03-14",
    "Saturday 14 March 2026": "2026-03-14",
    "March 14, 2026 10:20": "2026-03-14T10:20",
    "29 February": "2024-02-29",
    "25 Dec.": "2025-12-25",
    "14.3.2026": "2026-03-14",
    "3/14/2026": "2026-03-14",
    "3/4/2026": "2026-04-03",
    "3/4/26": "2026-04-03",
    "1/1/99": "1999-01-01",
    "12/2025": "2025-12",
    "14-Mar-2026": "2026-03-14",
    "14:30": "2026-11-22T14:30",
    "today 14:30": "2026-11-22T14:30",
    "3pm": "2026-11-22T15:00",
    "yesterday at 12 a.m.": "2026-11-21T00:00",
    "yesterday 10:20-11:40": "2026-11-21T10:20/2026-11-21T11:40",
    "9am to 11am": "2026-11-22T09:00/2026-11-22T11:00",
    "the 90s": "199X",
    "the 20s": "202X",
    "1990s": "199X",
    "early 2025": "2025-37~",
    "mid-2025": "2025-38~",
    "end of 2024": "2024-39~",
    "late February 2024": "2024-02-21~/2024-02-29~",
    "early 2010s": "2010~/2013~",
    "December 3–11 2025": "2025-12-03/2025-12-11",
    "3-11 December 2025": "2025-12-03/2025-12-11",
    "3 to 11 December 2025": "2025-12-03/2025-12-11",
    "28 Nov 2025 – 3 Jan 2026": "2025-11-28/2026-01-03",
    "2026-03-14 to 2026-03-20": "2026-03-14/2026-03-20",
    "14. März 2026": "2026-03-14",
    "gestern": "2026-11-21",
    "il y a 3 jours": "2026-11-19",
    "2026年3月14日": "2026-03-14",
    "14 марта 2026": "2026-03-14",
}


@pytest.mark.parametrize(("typed", "edtf"), TYPED.items())
def test_typed(typed: str, edtf: str) -> None:
    assert parse_when(typed, NOW) == parse_edtf(edtf)


def test_month_first() -> None:
    assert parse_when("3/4/2026", NOW, dayfirst=False).edtf == "2026-03-04"
    assert parse_when("14/3/2026", NOW, dayfirst=False).edtf == "2026-03-14"
    assert parse_when("3.4.2026", NOW, dayfirst=False).edtf == "2026-04-03", "dots put the day first"


@pytest.mark.parametrize(
    ("today", "typed", "edtf"),
    [
        ("2026-01-10", "last winter", "2024-24"),
        ("2026-01-10", "winter", "2025-24"),
        ("2026-01-10", "this winter", "2025-24"),
        ("2026-04-10", "last winter", "2025-24"),
        ("2026-01-10", "last month", "2025-12"),
        ("2026-01-10", "last quarter", "2025-36"),
        ("2026-01-01", "yesterday", "2025-12-31"),
        ("2026-05-31", "the last month", "2026-04"),
        ("2026-05-31", "the last 3 months", "2026-02-28/2026-05-31"),
        ("2026-03-14", "14 march", "2026-03-14"),
        ("2026-03-13", "14 march", "2025-03-14"),
    ],
)
def test_near_the_turn_of_the_year(today: str, typed: str, edtf: str) -> None:
    assert parse_when(typed, datetime.fromisoformat(today)).edtf == edtf


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "it is empty"),
        ("hello", "no time"),
        ("hello 5", "no time"),
        ("5", "no time"),
        ("12", "no time"),
        ("1 2 3", "no time"),
        ("10.20", "no time"),
        ("1/13", "no time"),
        ("March 5 oranges", "no time"),
        ("2025 2026", "no time"),
        ("later", "no time"),
        ("since", "no time"),
        ("since yesterday or so", "no time"),
        ("between a and b", "no time"),
        ("2026-02-30", "February 2026 has no day 30"),
        ("30.2.2026", "February 2026 has no day 30"),
        ("31 April 2026", "April 2026 has no day 31"),
        ("2026-13", "no month 13"),
        ("Tuesday 14 March 2026", "that day is a Saturday"),
        ("25:00", "no 25:00 on a clock"),
        ("13pm", "no 13pm on a clock"),
        ("week 60 2025", "2025 has no week 60"),
        ("May 2025 to March 2025", "ends before it begins"),
        ("999 decades ago", "can be read"),
        ("14. März 2026 10:20 +05:30", "no time"),
        ("14 mars 2026 UTC+3", "no time"),
        ("14 mars 2026 10:20:30.5", "no time"),
        ("x" * 200, "too long"),
    ],
)
def test_nonsense_is_refused(typed: str, why: str) -> None:
    with pytest.raises(BadDate) as caught:
        parse_when(typed, NOW)
    assert why in str(caught.value)
    assert "last Tuesday" in str(caught.value)


TOLD = {
    "2025-12-14": "14 December 2025",
    "2025-12-14T10:20": "14 December 2025, 10:20",
    "2025-12-14T10:20:30Z": "14 December 2025, 10:20:30 UTC",
    "2025-12-14T10:20-05:00": "14 December 2025, 10:20 -05:00",
    "2025-12-14T10:20/2025-12-14T11:40": "14 December 2025, 10:20–11:40",
    "2025-12-14T23:20/2025-12-15T01:40": "14 December 2025, 23:20 – 15 December 2025, 01:40",
    "2025-12-03/2025-12-11": "3–11 December 2025",
    "2025-11-28/2025-12-03": "28 November – 3 December 2025",
    "2025-11-28/2026-01-03": "28 November 2025 – 3 January 2026",
    "2025-12": "December 2025",
    "2025-03/2025-05": "March–May 2025",
    "2025-11/2026-01": "November 2025 – January 2026",
    "2026-33": "Q1 2026",
    "2026-33/2026-35": "Q1–Q3 2026",
    "2024-21": "spring 2024",
    "2024-30": "southern summer 2024",
    "2025-40": "first half of 2025",
    "2025-37~": "early 2025",
    "2025-38%": "perhaps mid-2025",
    "2025-38": "second third of 2025",
    "2026": "2026",
    "2024/2026": "2024–2026",
    "2023/..": "since 2023",
    "2023~/..": "since about 2023",
    "../2025-03": "until March 2025",
    "2023/": "from 2023 to an unknown date",
    "/2023": "from an unknown date to 2023",
    "../..": "any time",
    "2025-03~": "about March 2025",
    "2019?": "perhaps 2019",
    "2019%": "perhaps about 2019",
    "2024~/2026~": "about 2024–2026",
    "2024~/2026": "from about 2024 to 2026",
    "201X": "the 2010s",
    "2026-XX": "some month of 2026",
    "2026-03-XX": "some day of March 2026",
    "156X-12-25": "156X-12-25",
    "[2020,2021]": "[2020,2021]",
}


@pytest.mark.parametrize(("edtf", "words"), TOLD.items())
def test_told(edtf: str, words: str) -> None:
    assert describe(edtf) == describe(parse_edtf(edtf)) == words
    assert parse_when(words, NOW) == parse_edtf(edtf)


def test_told_without_a_date_and_unreadable() -> None:
    assert describe("") == ""
    assert describe("when the port was closed") == "when the port was closed"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-12-14", "14 December"),
        ("2025-12-14", "14 December 2025"),
        ("2026-12-14T10:20", "14 December, 10:20"),
        ("2026-03/2026-05", "March–May"),
        ("2026-11-28/2026-12-03", "28 November – 3 December"),
        ("2025-11-28/2026-01-03", "28 November 2025 – 3 January"),
        ("2026-33", "Q1 2026"),
        ("2026/..", "since 2026"),
        ("2026-03~/..", "since about March"),
    ],
)
def test_told_shortly(edtf: str, words: str) -> None:
    assert describe_short(edtf, NOW) == words


# --- both ways --------------------------------------------------------------------------------------------------------

year = st.integers(1, 9999).map("{:04}".format)
dates = (
    year
    | st.builds("{}X".format, st.integers(1, 999).map("{:03}".format))
    | st.builds("{}-{:02}".format, year, st.integers(1, 12))
    | st.builds("{}-{}".format, year, st.integers(21, 41))
    | st.builds("{}-{:02}-{:02}".format, year, st.integers(1, 12), st.integers(1, 28))
    | st.builds("{}-{:02}-XX".format, year, st.integers(1, 12))
    | st.builds("{}-XX{}".format, year, st.sampled_from(["", "-XX"]))
    | st.builds(
        "{}-{:02}-{:02}T{:02}:{:02}{}{}".format, year, st.integers(1, 12), st.integers(1, 28), st.integers(0, 23),
        st.integers(0, 59), st.sampled_from(["", ":30"]), st.sampled_from(["", "Z", "+02:00", "-03:30"]),
    )
)  # fmt: skip
sides = st.builds("{}{}".format, dates, st.sampled_from(["", "~", "?", "%"]))
times = (
    sides
    | st.builds("{}/{}".format, sides, sides)
    | st.builds("{}/{}".format, sides, st.sampled_from(["", ".."]))
    | st.builds("{}/{}".format, st.sampled_from(["", ".."]), sides)
    # Spans close together share words.
    | st.builds("{0}-{1:02}-{2:02}{4}/{0}-{1:02}-{3:02}{4}".format, year, st.integers(1, 12), st.integers(1, 14),
                st.integers(14, 28), st.sampled_from(["", "~", "?", "%"]))
    | st.builds("{0}-{1:02}-{2:02}/{0}-{3:02}-{4:02}".format, year, st.integers(1, 6), st.integers(1, 28),
                st.integers(7, 12), st.integers(1, 28))
    | st.builds("{0}-{1:02}/{0}-{2:02}".format, year, st.integers(1, 6), st.integers(7, 12))
    | st.builds("{0}-03-14T0{1}:20/{0}-03-14T1{1}:30".format, year, st.integers(0, 9))
    | st.builds("{0}-{1}/{0}-{2}".format, year, st.integers(33, 34), st.integers(35, 36))
)  # fmt: skip


@settings(max_examples=400)
@given(times)
def test_what_is_told_reads_back(text: str) -> None:
    try:
        occurred = parse_edtf(text)
    except BadDate as error:
        assume("ends before" not in str(error))
        raise
    assert parse_when(describe(occurred), NOW).edtf == occurred.edtf


WORDS = [
    "last", "next", "this", "week", "march", "tuesday", "3", "14", "2025", "to", "-", "–", "since", "until", "about",
    "?", "q3", "spring", "early", "10:20", "3pm", "ago", "days", "in", "from", "and", "between", "the", "of", "90s",
    "201X", "2025-03", "..", "/", "before", "after", "by", "half", "first", "some", "day", "99/99/2026", "hello",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join) | st.text(max_size=12))
def test_anything_is_read_whole_or_refused(text: str) -> None:
    try:
        occurred = parse_when(text, NOW)
    except BadDate:
        return
    assert "hello" not in text
    assert parse_edtf(occurred.edtf) == occurred


@pytest.mark.parametrize(
    ("typed", "edtf"), [("today/tomorrow", "2026-11-22/2026-11-23"), ("march / april", "2026-03/2026-04")]
)
def test_words_on_both_sides_of_a_stroke_are_a_span(typed: str, edtf: str) -> None:
    assert parse_when(typed, NOW).edtf == edtf
