"""The rows of the lists."""

from desktop_app.model.metrics import Grain, Series
from desktop_app.ui.metrics.listing import fold_of, series_rows


def series(name: str, *, grain: Grain = Grain.DAY, source: str = "Search Console", page: str = "") -> Series:
    dimensions = (("Page", page),) if page else ()
    return Series(
        f"{name}{page}{grain}", name, source, "count", grain, True, dimensions=dimensions, start="2025-01-01",
        end="2025-03-01", points=59,
    )  # fmt: skip


SHELF = [
    series("Clicks"),
    series("Clicks", grain=Grain.RANGE, page="/about"),
    series("Clicks", grain=Grain.RANGE, page="/beans"),
    series("Sessions", source="Analytics", grain=Grain.RANGE),
]


def told(rows) -> list[tuple[str, str]]:
    return [(row.kind, row.heading) for row in rows]


def test_rows_of_reports_are_folded_under_their_report_after_what_runs_over_time():
    assert told(series_rows(SHELF, "", ())) == [
        ("section", "Analytics"),
        ("fold", "whole reports"),
        ("section", "Search Console"),
        ("item", "Clicks"),
        ("fold", "by Page"),
    ]


def test_an_opened_fold_shows_its_rows_and_its_count():
    rows = series_rows(SHELF, "", {fold_of(SHELF[1])})
    assert told(rows)[-3:] == [("fold", "by Page"), ("item", "/about · Clicks"), ("item", "/beans · Clicks")]
    assert rows[-3].aside == "2"
    assert rows[-3].open


def test_a_filter_opens_the_folds_that_hold_something():
    assert told(series_rows(SHELF, "beans", ())) == [
        ("section", "Search Console"),
        ("fold", "by Page"),
        ("item", "/beans · Clicks"),
    ]


def test_a_series_says_its_period_in_months_and_its_points():
    row = series_rows(SHELF, "", ())[3]
    assert row.meta == "Jan 2025 – Feb 2025 · 59 points"
    assert row.aside == "by day"
