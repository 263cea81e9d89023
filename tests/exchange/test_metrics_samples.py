"""Real exports, where this checkout lies beside them; they belong to their authors and are not part of it."""

from pathlib import Path

import pytest

from desktop_app.exchange.metrics import profiles, read_metric_file
from desktop_app.notebook.points import pack, unpack
from tests.exchange.twins import one, table

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "samples" / "metrics"

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not here")


@needs_samples
def test_a_real_snapshot() -> None:
    parsed = read_metric_file(SAMPLES / "ga4_reports_snapshot.csv")
    assert (parsed.profile, parsed.encoding, parsed.delimiter) == ("ga4-snapshot", "utf-8", ",")
    assert len(parsed.tables) == 8
    assert {(t.start, t.end) for t in parsed.tables} == {("2025-12-03", "2026-03-03")}
    daily = table(parsed, "Nth day, new, returning")
    assert [len(series.points) for series in daily.series] == [90, 90]
    assert daily.series[0].points[70].value == 506.0
    assert daily.series[0].points[70].start == "2026-02-11"
    assert sum(series.points[0].value for series in table(parsed, "Session source / medium, Sessions").series) > 1200


@needs_samples
def test_a_real_search_console_folder() -> None:
    parsed = read_metric_file(SAMPLES / "search_console")
    assert parsed.profile == "search-console"
    chart = table(parsed, "Chart")
    assert (chart.start, chart.end, chart.rows) == ("2025-08-11", "2026-03-02", 203)
    assert len(one(chart, "Clicks").points) == 203
    assert len(one(chart, "CTR").points) == 200
    assert table(parsed, "Queries").rows == 66
    assert unpack(pack(parsed.tables)) == parsed.tables


def test_the_manual_names_every_profile() -> None:
    page = (ROOT / "resources" / "manual" / "metrics.md").read_text(encoding="utf-8")
    headings = [line.lstrip("# ").strip() for line in page.splitlines() if line.startswith("#")]
    for info in profiles():
        assert f"{info.name} (`{info.id}`)" in headings
