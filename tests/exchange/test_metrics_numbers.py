"""Numbers, names and dates: what one column of cells means."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.metrics.dates import read_dates
from desktop_app.exchange.metrics.names import is_additive, is_total, ratio_parts
from desktop_app.exchange.metrics.numbers import Marks, decide_marks, read_column
from desktop_app.exchange.metrics.periods import find_period, yearless_span
from desktop_app.model.metrics import Grain

DOT, COMMA = Marks("."), Marks(",")


@pytest.mark.parametrize(
    ("cell", "marks", "value", "kind"),
    [
        ("1234", DOT, 1234.0, ""),
        ("25,881", DOT, 25881.0, ""),
        ("12,34,567.50", DOT, 1234567.5, ""),  # Indian groups
        ("1.234.567,89", COMMA, 1234567.89, ""),
        ("1\u202f234,5", COMMA, 1234.5, ""),
        ("1’234.50", DOT, 1234.5, ""),
        ("-3.5", DOT, -3.5, ""),
        ("−3.5", DOT, -3.5, ""),
        ("(12.50)", DOT, -12.5, ""),
        ("1.5e-05", DOT, 1.5e-05, ""),
        ("2.38%", DOT, 0.0238, "ratio"),
        ("62,5 %", COMMA, 0.625, "ratio"),
        ("100\u00a0%", COMMA, 1.0, "ratio"),
        ("US$50.00", DOT, 50.0, "money"),
        ("1.234,56 €", COMMA, 1234.56, "money"),
        ("-£1.20", DOT, -1.2, "money"),
        ("12.50 CHF", DOT, 12.5, "money"),
        ("R$ 1.234,50", COMMA, 1234.5, "money"),
        ("00:22:49", DOT, 1369.0, "seconds"),
        ("22:49", DOT, 1369.0, "seconds"),
        ("1m 5s", DOT, 65.0, "seconds"),
    ],
)
def test_one_cell(cell: str, marks: Marks, value: float, kind: str) -> None:
    column = read_column([cell], marks)
    assert (column.values, column.kind, column.bad) == ([value], kind, [])


@pytest.mark.parametrize("cell", ["", " --", "-", "–", "< 10%", "> 90%", "n/a", "NaN"])
def test_no_value(cell: str) -> None:
    column = read_column([cell, "1"], DOT)
    assert (column.values, column.bad) == ([None, 1.0], [])


@pytest.mark.parametrize(
    "cell", ["abc", "1,2,3,4", "12.34.56", "1e999", "9" * 400, "١٢", "1_000", "0x10", "12 apples", "%", "5%5%"]
)
def test_no_number(cell: str) -> None:
    column = read_column([cell], DOT)
    assert (column.values, column.bad) == ([None], [0])


def test_a_number_without_the_sign_of_its_column_is_not_read() -> None:
    column = read_column(["5%", "0", "7"], DOT)
    assert (column.values, column.bad) == ([0.05, 0.0, None], [2])


def test_currencies_stay_with_their_rows() -> None:
    column = read_column(["US$1.00", "€2.00", "0"], DOT)
    assert column.currencies == ["USD", "EUR", ""]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_percentage_is_rounded_once(number: Decimal) -> None:
    assert read_column([f"{number}%"], DOT).values == [float(number / 100)]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_printed_floats_come_back(numbers: list[float]) -> None:
    assert read_column([repr(number) for number in numbers], DOT).values == numbers


@given(
    st.integers(min_value=0, max_value=10**12),
    st.sampled_from([(".", ",", DOT), (",", ".", COMMA), (",", "\u00a0", COMMA)]),
)
def test_grouped_numbers_come_back(number: int, print_as: tuple[str, str, Marks]) -> None:
    decimal, group, marks = print_as
    text = f"{number:,}".replace(",", group) + decimal + "25"
    assert read_column([text], marks).values == [number + 0.25]


def test_the_mark_of_a_file() -> None:
    assert decide_marks([("a", ["1,234", "0,57"])], ",").decimal == ","
    assert decide_marks([("a", ["1,234"]), ("b", ["0.57"])], ",") == DOT
    assert decide_marks([("a", ["24.657,70"])], ",").decimal == ","
    assert decide_marks([("a", ["1,234,567"])], ";") == DOT
    assert decide_marks([("Klicks", ["1.234"])], ";").decimal == ","
    assert decide_marks([("a", ["1,234"])], ",").guessed == "1,234"
    assert decide_marks([("a", ["12", "7"])], ";").guessed == ""


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Active users",
        "Total users",
        "Utilisateurs actifs",
        "Aktive Nutzer",
        "Reach",
        "Position",
        "CTR",
        "Bounce rate",
        "bounce_rate",
        "Avg. CPC",
        "Durchschn. CPC",
        "Views per visit",
        "Cost / conv.",
        "Conv. rate",
        "visitors",
        "Absprungrate",
        "Search impr. share",
        "30 days",
        "Average engagement time per active user",
        "Returning users",
        "Taux de rebond",
        "CTR (%)",
    ],
)
def test_metrics_that_must_not_be_summed(name: str) -> None:
    assert not is_additive(name)


@pytest.mark.parametrize(
    "name",
    [
        "Clicks",
        "Impr.",
        "Impressions",
        "Cost",
        "Views",
        "Sessions",
        "Event count",
        "Conversions",
        "New users",
        "visits",
        "pageviews",
        "Total revenue",
        "Klicks",
        "Kosten",
        "Clics",
        "Key events",
        "visit_duration",
        "Shares",
    ],
)
def test_metrics_that_may_be_summed(name: str) -> None:
    assert is_additive(name)


@pytest.mark.parametrize(
    "label",
    ["Total", "Grand total", "Total: Account", "Gesamt", "Gesamt: Konto", "합계", "총계", "Total: conta", "Totaux"],
)
def test_totals_labels(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["", "Total recall", "Totally new", "Summer", "Gesamtschule Nord", "/total/"])
def test_labels_that_only_look_like_totals(label: str) -> None:
    assert not is_total(label)


def test_ratios_know_their_parts() -> None:
    assert ratio_parts("CTR", ["Klicks", "Impressionen", "CTR"]) == ("Klicks", "Impressionen")
    assert ratio_parts("CTR", ["Clicks", "CTR"]) == ("", "")
    assert ratio_parts("Views per active user", ["Views", "Active users"]) == ("Views", "Active users")
    assert ratio_parts("Cost / conv.", ["Cost", "Conversions"]) == ("Cost", "Conversions")


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "July 8, 2025 - July 31, 2025",
        "8 July 2025 - 31 July 2025",
        "8. Juli 2025 – 31. Juli 2025",
        "8 juil. 2025 - 31 juil. 2025",
        "8 de julio de 2025 - 31 de julio de 2025",
        "2025.07.08-2025.07.31",
        "20250708-20250731",
        "July 8 - 31, 2025",
        "8 Jul 2025-31 Jul 2025",
        "7/8/2025 - 7/31/2025",
        "08/07/2025 - 31/07/2025",
        "2025년 7월 8일 - 2025년 7월 31일",
        "2025年7月8日 - 2025年7月31日",
        "2025-07-08,2025-07-31",
    ],
)
def test_periods(text: str) -> None:
    assert find_period(text) == ("2025-07-08", "2025-08-01")


@pytest.mark.parametrize(
    "text",
    ["All time", "Last 28 days", "Gesamter Zeitraum", "", "2026", "31 February 2026", "Jul 31, 2025 - Jul 8, 2025"],
)
def test_no_period(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize(
    ("cells", "starts", "grain"),
    [
        (["2026-03-14", "2026-03-15"], ["2026-03-14", "2026-03-15"], Grain.DAY),
        (["2026/03/14"], ["2026-03-14"], Grain.DAY),
        (["14.03.2026"], ["2026-03-14"], Grain.DAY),
        (["03/14/2026"], ["2026-03-14"], Grain.DAY),
        (["14/03/26"], ["2026-03-14"], Grain.DAY),
        (["Mar 14, 2026"], ["2026-03-14"], Grain.DAY),
        (["14 March 2026"], ["2026-03-14"], Grain.DAY),
        (["14. März 2026"], ["2026-03-14"], Grain.DAY),
        (["14 mars 2026", "1er avr. 2026"], ["2026-03-14", "2026-04-01"], Grain.DAY),
        (["14 de marzo de 2026"], ["2026-03-14"], Grain.DAY),
        (["Thu, 5 Feb 2026"], ["2026-02-05"], Grain.DAY),
        (["jeu. 5 févr. 2026"], ["2026-02-05"], Grain.DAY),
        (["20260314"], ["2026-03-14"], Grain.DAY),
        (["2026-03-14 00:00:00"], ["2026-03-14"], Grain.DAY),
        (["1/5/2026, 12:00 AM", "1/15/2026, 12:00 AM"], ["2026-01-05", "2026-01-15"], Grain.DAY),
        (["2026-03-14T09:00:00Z", "2026-03-14T10:00:00Z"], ["2026-03-14T09:00", "2026-03-14T10:00"], Grain.HOUR),
        (["2026031409"], ["2026-03-14T09:00"], Grain.HOUR),
        (["2026-03-02", "2026-03-09", "2026-03-23"], ["2026-03-02", "2026-03-09", "2026-03-23"], Grain.WEEK),
        (["2026-W12", "2026-W13"], ["2026-03-16", "2026-03-23"], Grain.WEEK),
        (["KW 12/2026"], ["2026-03-16"], Grain.WEEK),
        (["2026-03-02 - 2026-03-08"], ["2026-03-02"], Grain.WEEK),
        (["2026-03", "2026-04"], ["2026-03-01", "2026-04-01"], Grain.MONTH),
        (["März 2026"], ["2026-03-01"], Grain.MONTH),
        (["01/02/2026", "01/03/2026", "01/04/2026"], ["2026-02-01", "2026-03-01", "2026-04-01"], Grain.MONTH),
        (["2026-01-31", "2026-02-28"], ["2026-01-01", "2026-02-01"], Grain.MONTH),
        (["2026-Q1", "2026-Q2"], ["2026-01-01", "2026-04-01"], Grain.QUARTER),
        (["2026-01-01", "2026-04-01", "2026-10-01"], ["2026-01-01", "2026-04-01", "2026-10-01"], Grain.QUARTER),
        (["2024-01-01", "2025-01-01"], ["2024-01-01", "2025-01-01"], Grain.YEAR),
    ],
)
def test_columns_of_dates(cells: list[str], starts: list[str], grain: Grain) -> None:
    first = cells[0].startswith("01/02") or None
    column = read_dates(cells, "Date", day_first=first)
    assert column is not None
    assert [column.spans[cell][0] for cell in cells] == starts
    assert column.grain is grain


@pytest.mark.parametrize(
    "cells",
    [["12", "13"], ["1.5", "2.5"], ["Sunday", "Monday"], ["last week"], ["2026-02-30"], ["202603"], [""], ["1,234"]],
)
def test_columns_of_something_else(cells: list[str]) -> None:
    assert read_dates(cells, "Anything") is None


@given(st.lists(st.dates(), min_size=1, max_size=30, unique=True))
def test_iso_dates_start_where_they_say_or_in_their_month(days: list) -> None:  # type: ignore[type-arg]
    column = read_dates([day.isoformat() for day in days], "day")
    assert column is not None
    assert all(column.spans[day.isoformat()][0] == day.isoformat() for day in days)


def test_weeks_without_a_year() -> None:
    assert yearless_span("Jun 14 - Jun 20", ("2026-06-14", "2026-07-26")) == ("2026-06-14", "2026-06-21")
    assert yearless_span("Dec 28 - Jan 3", ("2025-12-07", "2026-01-18")) == ("2025-12-28", "2026-01-04")
    assert yearless_span("28 déc. - 3 janv.", ("2025-12-07", "2026-01-18")) == ("2025-12-28", "2026-01-04")
    assert yearless_span("All users", ("2025-12-07", "2026-01-18")) is None
