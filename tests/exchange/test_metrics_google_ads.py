"""Google Ads: reports in both downloads, totals rows, nulls, currencies, and the cards of the overview."""

from pathlib import Path

import pytest

from desktop_app.exchange.metrics import read_metric_file
from desktop_app.model.metrics import Grain, ParsedTable, Point
from tests.exchange import twins
from tests.exchange.twins import one, put, reasons, values


def _tables(tmp_path: Path, content: str | bytes, name: str = "Campaign report.csv") -> tuple[ParsedTable, ...]:
    parsed = read_metric_file(put(tmp_path, name, content))
    assert (parsed.profile, parsed.source) == ("google-ads", "Google Ads")
    return parsed.tables


def test_both_downloads_read_the_same(tmp_path: Path) -> None:
    plain = read_metric_file(put(tmp_path, "Campaign report.csv", twins.ADS))
    excel = read_metric_file(put(tmp_path, "Campaign report (1).csv", twins.ads_excel()))
    assert (plain.encoding, plain.delimiter) == ("utf-8", ",")
    assert (excel.encoding, excel.delimiter) == ("utf-16-le", "\t")
    assert plain.tables == excel.tables


def test_a_report_gives_one_point_for_its_period(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS)
    assert (report.title, report.start, report.end, report.grain, report.rows) == (
        "Campaign report", "2025-07-08", "2025-08-01", Grain.RANGE, 3,
    )  # fmt: skip
    cost = one(report, "Cost", "Boats, new")
    assert cost.points == (Point("2025-07-08", "2025-08-01", 1661.67),)
    assert (cost.unit, cost.additive, cost.dimensions) == ("INR", True, (("Campaign", "Boats, new"),))
    assert one(report, "Impr.", "Boats, new").points[0].value == 25881.0
    ctr = one(report, "CTR", "Boats, new")
    assert (ctr.unit, ctr.numerator, ctr.denominator, ctr.points[0].value) == ("ratio", "Clicks", "Impr.", 0.0777)
    cpc = one(report, "Avg. CPC", "Rescue")
    assert (cpc.unit, cpc.additive, cpc.numerator, cpc.denominator) == ("INR", False, "Cost", "Clicks")


def test_nulls_and_bounds_give_no_point(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS)
    assert [s.dimensions[0][1] for s in report.series if s.name == "CTR"] == ["Boats, new"]
    assert one(report, "Clicks", "Quiet").points[0].value == 0.0


def test_settings_are_not_metrics(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS)
    assert {s.name for s in report.series} == {"Impr.", "Interactions", "CTR", "Avg. CPC", "Cost", "Clicks"}
    assert "Budget" in reasons(report)[3]


def test_totals_rows_are_dropped_and_checked(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS)
    checks = {check.name: check for check in report.totals}
    assert (checks["Total: Campaigns · Impr."].stated, checks["Total: Campaigns · Impr."].summed) == (26881.0, 26881.0)
    assert checks["Total: Campaigns · Impr."].agrees
    assert checks["Total: Campaigns · Cost"].agrees
    assert not checks["Total: Account · Impr."].agrees
    assert (checks["Total: Search · Cost"].summed, checks["Total: Search · Cost"].agrees) == (1661.67, True)
    assert not any("CTR" in name or "CPC" in name for name in checks)
    assert {7, 8, 9} <= set(reasons(report))
    assert "CTR" in reasons(report)[7]


def test_rounding_of_the_print_is_allowed_for(tmp_path: Path) -> None:
    (near,) = _tables(tmp_path, twins.ADS.replace("0.08,1666.67", "0.08,1666.66"))
    assert next(check for check in near.totals if check.name == "Total: Campaigns · Cost").agrees
    (far,) = _tables(tmp_path, twins.ADS.replace("0.08,1666.67", "0.08,1666.60"))
    assert not next(check for check in far.totals if check.name == "Total: Campaigns · Cost").agrees


def test_a_german_report(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS_GERMAN)
    assert (report.start, report.end) == ("2025-07-01", "2025-08-01")
    assert one(report, "Klicks", "Sommer").points[0].value == 1234.0
    assert one(report, "Impr.", "Winter").points[0].value == 1000.0
    assert (one(report, "Kosten", "Sommer").unit, one(report, "Kosten", "Sommer").points[0].value) == ("EUR", 345.6)
    assert one(report, "CTR", "Sommer").points[0].value == 0.0999
    assert all(check.agrees for check in report.totals)
    assert len(report.totals) == 3


@pytest.mark.parametrize(
    "prefix", ["Total: conta", "Gesamt", "합계", "총계: 계정", "Totale: account", "合計: アカウント"]
)
def test_totals_in_other_languages(tmp_path: Path, prefix: str) -> None:
    (report,) = _tables(tmp_path, twins.ADS.replace("Total: Account", prefix))
    assert report.rows == 3
    assert any(check.name.startswith(prefix) for check in report.totals)


def test_all_time_names_no_days(tmp_path: Path) -> None:
    (report,) = _tables(tmp_path, twins.ADS.replace('"July 8, 2025 - July 31, 2025"', "All time"))
    assert (report.series, report.start, report.end) == ((), "", "")
    assert {4, 5, 6} <= set(reasons(report))
    assert report.totals


def test_a_report_by_day_is_daily(tmp_path: Path) -> None:
    text = (
        "Search keyword report\n27 January 2026 - 29 January 2026\n"
        "Day,Keyword status,Search keyword,Match type,Campaign,Ad group,Currency code,Clicks,Impr.,Cost\n"
        "2026-01-27,Enabled,boat,Exact match,A,G,EUR,1,10,1.50\n2026-01-28,Paused,boat,Exact match,A,G,EUR,2,10,1.70\n"
    )
    (report,) = _tables(tmp_path, text)
    clicks = next(s for s in report.series if s.name == "Clicks")
    assert clicks.grain is Grain.DAY
    assert values(clicks) == [("2026-01-27", 1.0), ("2026-01-28", 2.0)]
    assert ("Keyword status", "Enabled") not in clicks.dimensions
    assert ("Search keyword", "boat") in clicks.dimensions


def test_two_currencies_never_share_a_series(tmp_path: Path) -> None:
    text = (
        'Campaign report\n"July 8, 2025 - July 9, 2025"\nDay,Campaign,Currency code,Impr.,Clicks,Cost\n'
        "2025-07-08,A,EUR,10,1,2.00\n2025-07-09,A,USD,10,1,3.00\n"
    )
    (report,) = _tables(tmp_path, text)
    costs = {s.unit: values(s) for s in report.series if s.name == "Cost"}
    assert costs == {"EUR": [("2025-07-08", 2.0)], "USD": [("2025-07-09", 3.0)]}
    assert len(one(report, "Clicks", "A").points) == 2


# --- cards ----------------------------------------------------------------------------------------------------------


def test_a_card_takes_its_period_from_the_name(tmp_path: Path) -> None:
    text = 'Date,Clicks,Avg. CPC,Cost\n"Thu, 5 Feb 2026",0,US$0.00,US$0.00\n"Fri, 6 Feb 2026",26,US$1.92,US$50.00\n'
    parsed = read_metric_file(put(tmp_path, "Time_series(2026.02.05-2026.02.10).csv", text))
    assert parsed.profile == "google-ads-card"
    (card,) = parsed.tables
    assert (card.start, card.end, card.grain) == ("2026-02-05", "2026-02-11", Grain.DAY)
    cost = one(card, "Cost")
    assert (cost.unit, values(cost)) == ("USD", [("2026-02-05", 0.0), ("2026-02-06", 50.0)])


def test_a_card_of_one_day_is_hourly(tmp_path: Path) -> None:
    text = "Hour,Clicks\n00 - 01,0\n09 - 10,4\n23 - 00,2\n"
    parsed = read_metric_file(put(tmp_path, "Time_series(2026.02.05).csv", text))
    clicks = parsed.tables[0].series[0]
    assert clicks.grain is Grain.HOUR
    assert clicks.points[-1] == Point("2026-02-05T23:00", "2026-02-06T00:00", 2.0)


def test_weekdays_and_hours_are_no_dates(tmp_path: Path) -> None:
    text = "Day,Start Hour,Impressions\nSunday,00,3\nSunday,01,4\nMonday,00,5\n"
    name = "Day_&_hour(Day_Hour_2026.02.05-2026.02.10).csv"
    (card,) = read_metric_file(put(tmp_path, name, text)).tables
    assert one(card, "Impressions", "Sunday", "01").points == (Point("2026-02-05", "2026-02-11", 4.0),)


def test_a_zip_of_cards(tmp_path: Path) -> None:
    files = {
        "Time_series(2026.02.05-2026.02.06).csv": 'Date,Clicks\n"Thu, 5 Feb 2026",1\n"Fri, 6 Feb 2026",2\n',
        "Networks(2026.02.05-2026.02.06).csv": "Network,Clicks,Cost\nGoogle Search,1,€9.72\nSearch partners,2,€1.50\n",
    }
    parsed = read_metric_file(put(tmp_path, "cards.zip", twins.zipped(files)))
    assert [t.title for t in parsed.tables] == ["Time series", "Networks"]
    assert one(parsed.tables[1], "Cost", "Google Search").unit == "EUR"


def test_a_total_of_rows_nobody_can_name_is_not_compared(tmp_path: Path) -> None:
    text = (
        twins.ADS.replace(",Campaign type,", ",Kind,").replace("INR,Search", "INR,Web").replace("INR,Video", "INR,Film")
    )
    (report,) = _tables(tmp_path, text)
    assert not any(check.name.startswith("Total: Search") for check in report.totals)
    assert any(check.name.startswith("Total: Account") for check in report.totals)
    assert "no column tells" in reasons(report)[9]
