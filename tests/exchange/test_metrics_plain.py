"""Plausible, and plain tables by rows and with dates across."""

from pathlib import Path

import pytest

from desktop_app.exchange.metrics import read_metric_file
from desktop_app.model.metrics import Grain, ParsedTable, Point
from tests.exchange import twins
from tests.exchange.twins import one, put, reasons, table, values


def _one_table(tmp_path: Path, text: str | bytes, profile: str = "plain-long", name: str = "sales.csv") -> ParsedTable:
    parsed = read_metric_file(put(tmp_path, name, text))
    assert parsed.profile == profile
    (found,) = parsed.tables
    return found


# --- Plausible ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
def test_plausible_exports(tmp_path: Path, packed: bool) -> None:
    if packed:
        path = put(tmp_path, "plausible.zip", twins.zipped(twins.PLAUSIBLE))
    else:
        path = tmp_path
        for name, text in twins.PLAUSIBLE.items():
            put(path, name, text)
    parsed = read_metric_file(path)
    assert (parsed.profile, parsed.source) == ("plausible", "Plausible")
    visitors = table(parsed, "imported_visitors")
    assert visitors.grain is Grain.DAY  # two dates a week apart are two days, not two weeks
    assert values(one(visitors, "pageviews")) == [("2026-01-01", 25.0), ("2026-01-08", 20.0)]
    duration = one(visitors, "visit_duration")
    assert (duration.unit, duration.additive) == ("seconds", True)
    assert not one(visitors, "visitors").additive
    assert values(one(table(parsed, "imported_sources"), "visits", "Search")) == [
        ("2026-01-01", 7.0),
        ("2026-01-08", 9.0),
    ]


def test_the_dashboard_prints_percentages_and_averages(tmp_path: Path) -> None:
    files = {
        "visitors.csv": "date,visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration\n"
        "2026-01-01,10,12,20,1.67,45,63\n2026-01-02,11,12,18,1.5,52.5,60\n",
        "sources.csv": "name,visitors,bounce_rate,visit_duration\nSearch,7,45,30\n",
    }
    parsed = read_metric_file(put(tmp_path, "export.zip", twins.zipped(files)))
    daily = table(parsed, "visitors")
    assert values(one(daily, "bounce_rate")) == [("2026-01-01", 0.45), ("2026-01-02", 0.525)]
    assert not one(daily, "visit_duration").additive
    assert one(daily, "views_per_visit").numerator == "pageviews"
    assert one(table(parsed, "sources"), "visitors", "Search").points == (Point("2026-01-01", "2026-01-03", 7.0),)


# --- long -----------------------------------------------------------------------------------------------------------


def test_a_plain_table_by_day(tmp_path: Path) -> None:
    found = _one_table(tmp_path, "Date,Visits,Revenue (EUR)\n2026-03-02,12,3.5\n2026-03-01,10,2\n")
    assert (found.start, found.end, found.grain, found.rows) == ("2026-03-01", "2026-03-03", Grain.DAY, 2)
    assert values(one(found, "Visits")) == [("2026-03-01", 10.0), ("2026-03-02", 12.0)]
    assert one(found, "Revenue (EUR)").unit == "EUR"


def test_a_german_table_in_windows_encoding(tmp_path: Path) -> None:
    text = (
        "Datum;Ausgaben für Märkte;Klicks;Quote\r\n"
        "14.03.2026;1.234,56 €;1.234;62,5 %\r\n15.03.2026;12,00 €;900;2,38 %\r\n"
    )
    parsed = read_metric_file(put(tmp_path, "märz.csv", text.encode("cp1252")))
    assert (parsed.encoding, parsed.delimiter) == ("cp1252", ";")
    found = parsed.tables[0]
    assert values(one(found, "Ausgaben für Märkte")) == [("2026-03-14", 1234.56), ("2026-03-15", 12.0)]
    assert one(found, "Ausgaben für Märkte").unit == "EUR"
    assert values(one(found, "Klicks")) == [("2026-03-14", 1234.0), ("2026-03-15", 900.0)]
    assert [value for _, value in values(one(found, "Quote"))] == [0.625, 0.0238]


def test_a_french_table_with_a_totals_row(tmp_path: Path) -> None:
    text = (
        "Jour;Nom de la campagne;Montant dépensé (USD);Impressions\n"
        "13/08/2026;Été;1\u202f234,56;1\u00a0234\n14/08/2026;Été;10,5;12\nTotal;;1 245,06;1 246\n"
    )
    found = _one_table(tmp_path, text)
    assert values(one(found, "Montant dépensé (USD)", "Été")) == [("2026-08-13", 1234.56), ("2026-08-14", 10.5)]
    assert [check.agrees for check in found.totals] == [True, True]


def test_dimensions_split_and_remarks_do_not(tmp_path: Path) -> None:
    split = _one_table(
        tmp_path, "date,country,visits\n2026-01-01,DE,1\n2026-01-01,FR,2\n2026-01-02,DE,3\n2026-01-02,FR,4\n"
    )
    assert values(one(split, "visits", "FR")) == [("2026-01-01", 2.0), ("2026-01-02", 4.0)]
    whole = _one_table(tmp_path, "date,visits,note\n2026-01-01,1,opened\n2026-01-02,3,\n2026-01-03,4,closed\n")
    assert one(whole, "visits").dimensions == ()
    assert "note" in reasons(whole)[1]


def test_a_column_of_metric_names(tmp_path: Path) -> None:
    found = _one_table(
        tmp_path, "date,metric,value\n2026-01-01,Visits,10\n2026-01-01,Bounce rate,0.5\n2026-01-02,Visits,12\n"
    )
    assert values(one(found, "Visits")) == [("2026-01-01", 10.0), ("2026-01-02", 12.0)]
    assert (one(found, "Bounce rate").unit, one(found, "Bounce rate").additive) == ("ratio", False)


def test_rows_with_their_own_start_and_end_are_ranges(tmp_path: Path) -> None:
    text = (
        '"Reporting starts","Reporting ends","Campaign name",Reach,"Amount spent (USD)",Ends\n'
        "2026-03-01,2026-03-31,Spring,100,12.5,Ongoing\n2026-03-01,2026-03-31,Autumn,90,2.5,2026-05-01\n"
    )
    found = _one_table(tmp_path, text)
    spent = one(found, "Amount spent (USD)", "Spring")
    assert (spent.grain, spent.points) == (Grain.RANGE, (Point("2026-03-01", "2026-04-01", 12.5),))
    assert not one(found, "Reach", "Spring").additive


def test_a_preamble_and_a_footer(tmp_path: Path) -> None:
    text = "Report: Ads\nZone: UTC\n\nGregorian date,Clicks,Spend\n2026-01-01,1,2.5\n2026-01-02,2,3.5\n@2026 Somebody\n"
    found = _one_table(tmp_path, text)
    assert found.rows == 2
    assert {1, 2, 7} <= set(reasons(found))


def test_every_row_without_a_point_is_told(tmp_path: Path) -> None:
    text = (
        "Date,Clicks,Impressions\n2026-01-01,1,2\n2026-01-01,5,2\n2026-01-02,x,3\n2026-01-03,,\n2026-01-04,1,2,9\n"
        "later,1,1\n\n2026-01-05,4,4\n"
    )
    found = _one_table(tmp_path, text)
    assert set(reasons(found)) == {3, 4, 5, 6, 7}
    assert "repeats line 2" in reasons(found)[3]
    assert "4 cells" in reasons(found)[6]
    assert values(one(found, "Impressions")) == [("2026-01-01", 2.0), ("2026-01-02", 3.0), ("2026-01-05", 4.0)]


def test_lines_are_counted_in_the_file_not_in_the_rows(tmp_path: Path) -> None:
    text = 'Date,Page,Clicks\n2026-01-01,"two\nlines",1\n2026-01-01,"one",\n2026-01-02,one,2\n'
    assert 4 in reasons(_one_table(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ('Date,Clicks\n2026-01-01,"1,234"\n', 1234.0, False),  # clicks are whole
        ('Date,Points\n2026-01-01,"1,234"\n', 1234.0, True),  # a guess: nothing decides
        ("Date;Points\n2026-01-01;1,234\n", 1.234, True),
        ('Date,Points,Other\n2026-01-01,"1,234","0,57"\n', 1.234, False),  # one cell decides for the file
        ('Date,Points,Other\n2026-01-01,"1,234",0.57\n', 1234.0, False),
        ("Date;Points;Other\n2026-01-01;1.234;24.657,70\n", 1234.0, False),
    ],
)
def test_the_number_format_is_decided_for_the_file(tmp_path: Path, text: str, value: float, told: bool) -> None:
    found = _one_table(tmp_path, text)
    assert found.series[0].points[0].value == value
    assert any("two ways" in reason for reason in reasons(found).values()) is told


def test_day_or_month_first_is_decided_for_the_column(tmp_path: Path) -> None:
    american = _one_table(tmp_path, "Date,Visits\n03/04/2026,1\n03/14/2026,2\n")
    assert [start for start, _ in values(american.series[0])] == ["2026-03-04", "2026-03-14"]
    british = _one_table(tmp_path, "Date,Visits\n03/04/2026,1\n14/04/2026,2\n")
    assert [start for start, _ in values(british.series[0])] == ["2026-04-03", "2026-04-14"]
    daily = _one_table(tmp_path, "Date,Visits\n01/02/2026,1\n02/02/2026,2\n03/02/2026,2\n")
    assert [start for start, _ in values(daily.series[0])] == ["2026-02-01", "2026-02-02", "2026-02-03"]
    guessed = _one_table(tmp_path, "Date,Visits\n03/04/2026,1\n07/08/2026,2\n")
    assert "2026-03-04" in reasons(guessed)[2]


def test_durations_are_seconds_and_percent_headers_fractions(tmp_path: Path) -> None:
    found = _one_table(tmp_path, "Date,Avg. visit,CTR (%)\n2026-01-01,00:22:49,2.5\n2026-01-02,0:01:05,3\n")
    assert (one(found, "Avg. visit").unit, one(found, "Avg. visit").points[0].value) == ("seconds", 1369.0)
    assert (one(found, "CTR (%)").unit, one(found, "CTR (%)").points[0].value) == ("ratio", 0.025)


def test_a_large_table(tmp_path: Path) -> None:
    rows = "".join(
        f"20{20 + n // 336:02d}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d},{n},{n / 7:.3f}\n" for n in range(20_000)
    )
    found = _one_table(tmp_path, "date,visits,cost\n" + rows)
    assert found.rows == 20_000
    assert len(found.series[0].points) == 20_000


# --- wide -----------------------------------------------------------------------------------------------------------


def test_metrics_as_rows(tmp_path: Path) -> None:
    found = _one_table(tmp_path, "Metric,2026-01,2026-02,2026-03\nOrders,10,20,\nCTR,1.5%,2%,3%\n", "plain-wide")
    orders = one(found, "Orders")
    assert (orders.grain, orders.points[-1]) == (Grain.MONTH, Point("2026-02-01", "2026-03-01", 20.0))
    assert (one(found, "CTR").unit, one(found, "CTR").points[0].value) == ("ratio", 0.015)


def test_dimension_values_as_rows(tmp_path: Path) -> None:
    text = "Channel,Jan 2026,Feb 2026,Total\nDirect,10,20,30\nSearch,1,2,3\nTotal,11,22,33\n"
    found = _one_table(tmp_path, text, "plain-wide", "signups.csv")
    assert values(one(found, "signups", "Direct")) == [("2026-01-01", 10.0), ("2026-02-01", 20.0)]
    assert [(check.stated, check.summed, check.agrees) for check in found.totals] == [(33.0, 33.0, True)]
    assert {1, 4} <= set(reasons(found))


def test_a_profile_can_be_asked_for(tmp_path: Path) -> None:
    path = put(
        tmp_path, "imported_visitors_20260101_20260131.csv", twins.PLAUSIBLE["imported_visitors_20260101_20260131.csv"]
    )
    parsed = read_metric_file(path, profile="plain-long", timezone="Europe/Berlin")
    assert (parsed.profile, parsed.timezone) == ("plain-long", "Europe/Berlin")


def test_names_that_differ_in_blanks_lose_no_row_silently(tmp_path: Path) -> None:
    text = "date,page,visits\n2026-01-01,a,1\n2026-01-01,a ,2\n2026-01-02,a,3\n"
    found = _one_table(tmp_path, text)
    assert values(one(found, "visits", "a")) == [("2026-01-01", 1.0), ("2026-01-02", 3.0)]
    assert "repeats line 2" in reasons(found)[3]


def test_a_period_in_the_name_and_the_column_that_tells_most(tmp_path: Path) -> None:
    text = "Zustand,Bezeichnung,Klicks\naktiv,A,1\naktiv,B,2\nruht,C,3\n"
    found = _one_table(tmp_path, text, name="Liste 2026-01-01 - 2026-01-31.csv")
    klicks = one(found, "Klicks", "B")
    assert klicks.dimensions == (("Bezeichnung", "B"),)
    assert klicks.points == (Point("2026-01-01", "2026-02-01", 2.0),)


def test_two_columns_of_one_name_stay_two_series_and_it_is_told(tmp_path: Path) -> None:
    found = _one_table(tmp_path, "Date,Visits,Visits (2),Visits\n2026-01-01,5,6,7\n2026-01-02,8,9,10\n")
    assert {series.name: series.points[0].value for series in found.series} == {
        "Visits": 5.0,
        "Visits (2)": 6.0,
        "Visits (3)": 7.0,
    }
    assert any("Another column is called “Visits” too" in skip.reason for skip in found.skipped)
