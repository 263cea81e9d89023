"""GA4: snapshots of many blocks, detail reports, explorations, in English and translated."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app.exchange.metrics import read_metric_file
from desktop_app.exchange.metrics.ga4 import offset_span
from desktop_app.model.metrics import Grain, Point
from tests.exchange import twins
from tests.exchange.twins import one, put, reasons, table, values


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_snapshot_is_many_tables(tmp_path: Path, newline: str, mark: bytes) -> None:
    parsed = read_metric_file(put(tmp_path, "Reports_snapshot.csv", mark + twins.ga4_snapshot(newline)))
    assert (parsed.profile, parsed.source) == ("ga4-snapshot", "Google Analytics 4")
    assert parsed.encoding == ("utf-8-sig" if mark else "utf-8")
    assert (parsed.delimiter, parsed.account) == (",", "Harbour / Shop")
    assert len(parsed.tables) == 8
    assert {t.start for t in parsed.tables} == {"2025-01-01", "2025-01-05"}
    assert parsed.tables[0].end == "2025-02-01"


def test_nth_weeks_are_calendar_weeks_from_sunday_cut_to_the_period(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    series = one(table(parsed, "Nth week, Active users"), "Active users")
    assert series.grain is Grain.WEEK
    assert not series.additive
    assert series.points[0] == Point("2025-01-01", "2025-01-05", 13.0)
    assert series.points[1] == Point("2025-01-05", "2025-01-12", 22.0)
    assert series.points[-1] == Point("2025-01-26", "2025-02-01", 30.0)


def test_offsets_of_days_months_and_hours() -> None:
    period = ("2025-01-15", "2025-03-11")
    assert offset_span(0, Grain.DAY, period) == ("2025-01-15", "2025-01-16")
    assert offset_span(54, Grain.DAY, period) == ("2025-03-10", "2025-03-11")
    assert offset_span(55, Grain.DAY, period) is None
    assert offset_span(0, Grain.MONTH, period) == ("2025-01-15", "2025-02-01")
    assert offset_span(1, Grain.MONTH, period) == ("2025-02-01", "2025-03-01")
    assert offset_span(2, Grain.MONTH, period) == ("2025-03-01", "2025-03-11")
    assert offset_span(25, Grain.HOUR, period) == ("2025-01-16T01:00", "2025-01-16T02:00")
    assert offset_span(23, Grain.HOUR, period) == ("2025-01-15T23:00", "2025-01-16T00:00")


def test_weeks_cover_every_day_once() -> None:
    period = ("2025-01-01", "2026-01-01")
    spans = [span for number in range(60) if (span := offset_span(number, Grain.WEEK, period))]
    assert len(spans) == 53
    assert all(first[1] == second[0] for first, second in pairwise(spans))
    assert all(date.fromisoformat(start).isoweekday() == 7 for start, _ in spans[1:])


def test_a_card_of_totals_is_one_point_for_the_whole_period(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    card = table(parsed, "Active users, New users, Event count")
    assert (card.grain, card.rows) == (Grain.RANGE, 1)
    assert one(card, "Event count").points == (Point("2025-01-01", "2025-02-01", 512.0),)
    assert one(card, "Event count").additive
    assert not one(card, "Active users").additive


def test_an_empty_block_is_told(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    empty = table(parsed, "Nth week, Total revenue")
    assert (empty.rows, empty.series) == (0, ())
    assert "no rows" in next(iter(reasons(empty).values()))


def test_both_country_cards_stay_apart(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    assert one(table(parsed, "Country ID, Active users"), "Active users", "DE").dimensions == (("Country ID", "DE"),)
    assert one(table(parsed, "Country, Active users"), "Active users", "DE").dimensions == (("Country", "DE"),)


def test_retention_knows_weeks_that_have_not_come(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    cohorts = table(parsed, "How well do you retain your users?")
    assert cohorts.grain is Grain.WEEK
    first, second, third = cohorts.series
    assert [p.start for p in first.points] == ["2025-01-05", "2025-01-12", "2025-01-19"]
    assert [p.value for p in second.points] == [2.0, 0.0]
    assert [p.value for p in third.points] == [1.0]
    assert not first.additive
    assert any("-1" in reason for reason in reasons(cohorts).values())


def test_rates_are_fractions_and_commas_inside_titles_stay(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    rate = one(table(parsed, "Page title, Views, Bounce rate"), "Bounce rate", "Boats, and more")
    assert (rate.unit, rate.additive, rate.points[0].value) == ("ratio", False, 0.019077901430842606)


def test_columns_that_say_little_name_their_card(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", twins.ga4_snapshot()))
    trend = table(parsed, "How are active users trending?")
    assert {s.name for s in trend.series} == {"30 days", "7 days", "1 day"}
    assert trend.series[0].dimensions == (("Report", "How are active users trending?"),)
    assert not any(s.additive for s in trend.series)
    assert all(len(s.points) == 31 for s in trend.series)


def test_a_comparison_is_a_second_table_of_the_same_series(tmp_path: Path) -> None:
    text = twins.ga4_preamble() + "\n".join(
        [
            twins.ga4_block("Nth day,New users", "0000,1\n0001,2\n", "20250801", "20250802"),
            twins.ga4_block("Nth day,New users", "0000,3\n0001,4\n", "20250730", "20250731", None),
        ]
    )
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", text))
    first, second = (t.series[0] for t in parsed.tables)
    assert values(first) == [("2025-08-01", 1.0), ("2025-08-02", 2.0)]
    assert values(second) == [("2025-07-30", 3.0), ("2025-07-31", 4.0)]
    assert first.dimensions == second.dimensions == ()
    assert first.additive


def test_a_translated_snapshot(tmp_path: Path) -> None:
    text = (
        f"{twins.RULE}\n# Aperçu des rapports\n# Compte : Port\n# Propriété : Boutique\n{twins.RULE}\n#  \n"
        "# Date de début : 20260701\n# Date de fin : 20260703\n"
        "Nième jour,Utilisateurs actifs\n0000,1\n0001,2\n0002,3\n\n"
        "# D'où viennent-ils ?\n# Date de début : 20260701\n# Date de fin : 20260703\n"
        "Groupe de canaux,Sessions,Taux de rebond,Revenu total\n"
        'Direct,"1\u202f234","62,5\u00a0%","1\u202f234,56\u00a0€"\nOrganic,12,"2,38 %","12,00 €"\n'
    )
    parsed = read_metric_file(put(tmp_path, "apercu.csv", text))
    assert (parsed.profile, parsed.account) == ("ga4-snapshot", "Port / Boutique")
    assert values(parsed.tables[0].series[0]) == [("2026-07-01", 1.0), ("2026-07-02", 2.0), ("2026-07-03", 3.0)]
    assert not parsed.tables[0].series[0].additive
    channels = parsed.tables[1]
    assert one(channels, "Sessions", "Direct").points[0].value == 1234.0
    assert one(channels, "Taux de rebond", "Organic").points[0].value == 0.0238
    revenue = one(channels, "Revenu total", "Direct")
    assert (revenue.unit, revenue.points[0].value) == ("EUR", 1234.56)


def test_offsets_are_known_by_their_cells_where_the_header_is_in_another_language(tmp_path: Path) -> None:
    text = twins.ga4_preamble() + twins.ga4_block("日,ユーザー", "0000,5\n0001,6\n0002,7\n", "20260701", "20260703")
    parsed = read_metric_file(put(tmp_path, "snapshot.csv", text))
    assert [p.start for p in parsed.tables[0].series[0].points] == ["2026-07-01", "2026-07-02", "2026-07-03"]


def test_a_snapshot_saved_again_by_a_spreadsheet(tmp_path: Path) -> None:
    text = twins.ga4_preamble() + twins.ga4_block("Nth day,Active users", "0,5\n1,6\n", "20260701", "20260702")
    padded = "\r\n".join(
        line + (";;" if not line or line[0] == "#" else ";") for line in text.replace(",", ";").split("\n")
    )
    parsed = read_metric_file(put(tmp_path, "again.csv", padded))
    assert parsed.account == "Harbour / Shop"
    assert values(parsed.tables[0].series[0]) == [("2026-07-01", 5.0), ("2026-07-02", 6.0)]


def test_a_detail_report_covers_its_whole_period(tmp_path: Path) -> None:
    text = twins.ga4_preamble("Events: Event name") + twins.ga4_block(
        "Event name,Event count,Total users,Event count per active user,Total revenue",
        "page_view,40,15,2.7,0\nscroll,16,6,2.5,0\n",
        title="All Users",
    )
    parsed = read_metric_file(put(tmp_path, "Events_Event_name.csv", text))
    assert parsed.profile == "ga4-report"
    events = table(parsed, "Events: Event name")
    assert one(events, "Event count", "page_view").points == (Point("2025-01-01", "2025-02-01", 40.0),)
    assert not one(events, "Event count per active user", "scroll").additive
    assert one(events, "Total revenue", "scroll").unit == "money"


def test_a_segment_makes_series_of_its_own(tmp_path: Path) -> None:
    text = twins.ga4_preamble("Events: Event name") + twins.ga4_block("Event name,Event count", "a,1\n", title="Mobile")
    parsed = read_metric_file(put(tmp_path, "Events.csv", text))
    assert parsed.tables[0].series[0].dimensions == (("Segment", "Mobile"), ("Event name", "a"))


def test_a_detail_report_by_date(tmp_path: Path) -> None:
    rows = "20260103,5,2.5\n20260101,3,1.5\n20260102,4,1\n"
    block = twins.ga4_block("Date,Event count,Event count per user", rows, "20260101", "20260103", "All Users")
    parsed = read_metric_file(put(tmp_path, "export.csv", twins.ga4_preamble("Report") + block))
    assert values(one(parsed.tables[0], "Event count")) == [
        ("2026-01-01", 3.0),
        ("2026-01-02", 4.0),
        ("2026-01-03", 5.0),
    ]


@pytest.mark.parametrize("last", [False, True])
def test_an_exploration_checks_its_grand_total(tmp_path: Path, last: bool) -> None:
    lines = twins.EXPLORATION.split("\n")
    if last:
        lines.insert(9, lines.pop(7))
    parsed = read_metric_file(put(tmp_path, "download.csv", "\n".join(lines)))
    assert (parsed.profile, parsed.account) == ("ga4-exploration", "Harbour shop")
    (free,) = parsed.tables
    assert (free.title, free.start, free.end, free.rows) == ("Free form-Table 1", "2026-05-01", "2026-05-04", 2)
    assert values(one(free, "Sessions", "Web")) == [("2026-05-01", 5.0), ("2026-05-02", 7.0)]
    (check,) = free.totals
    assert (check.stated, check.summed, check.agrees) == (12.0, 12.0, True)
    assert "Sessions" in check.name
    assert "Total users" in next(reason for reason in reasons(free).values() if "Grand total" in reason)


def test_a_wrong_grand_total_does_not_agree(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "download.csv", twins.EXPLORATION.replace(",,12,", ",,13,")))
    assert [check.agrees for check in parsed.tables[0].totals] == [False]
