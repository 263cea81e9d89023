"""Search Console: zips, folders and single tables, English and translated."""

from pathlib import Path

import pytest

from desktop_app.exchange.metrics import read_metric_file
from desktop_app.exchange.metrics.search_console import account_of
from desktop_app.model.metrics import Grain, ParsedFile, Point
from tests.exchange import twins
from tests.exchange.twins import one, put, reasons, table, values


def _folder(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in files.items():
        put(folder, name, text)
    return folder


def _read(tmp_path: Path, how: str) -> ParsedFile:
    if how == "folder":
        return read_metric_file(_folder(tmp_path, dict(twins.SEARCH_CONSOLE)))
    name = "https___www.harbour.example_-Performance-on-Search-2026-01-08.zip"
    return read_metric_file(put(tmp_path, name, twins.zipped(twins.SEARCH_CONSOLE)))


@pytest.mark.parametrize("how", ["zip", "folder"])
def test_the_tables_without_dates_cover_the_days_of_the_chart(tmp_path: Path, how: str) -> None:
    parsed = _read(tmp_path, how)
    assert (parsed.profile, parsed.delimiter, parsed.timezone) == ("search-console", ",", "America/Los_Angeles")
    assert parsed.account == ("https://www.harbour.example/" if how == "zip" else "")
    queries = table(parsed, "Queries")
    assert (queries.start, queries.end, queries.grain, queries.rows) == ("2026-01-03", "2026-01-06", Grain.RANGE, 2)
    assert one(queries, "Clicks", "harbour boats").points == (Point("2026-01-03", "2026-01-06", 3.0),)
    assert len(parsed.parts) == (1 if how == "zip" else 5)


def test_the_chart_is_daily_and_leaves_empty_cells_out(tmp_path: Path) -> None:
    chart = table(_read(tmp_path, "zip"), "Chart")
    assert values(one(chart, "Clicks")) == [("2026-01-03", 0.0), ("2026-01-04", 1.0), ("2026-01-05", 2.0)]
    ctr = one(chart, "CTR")
    assert (ctr.unit, ctr.additive, ctr.numerator, ctr.denominator) == ("ratio", False, "Clicks", "Impressions")
    assert values(ctr) == [("2026-01-04", 0.0238), ("2026-01-05", 0.2)]
    position = one(chart, "Position")
    assert (position.unit, position.additive, len(position.points)) == ("position", False, 2)
    assert one(chart, "Impressions").additive


def test_filters_are_told_and_an_empty_table_too(tmp_path: Path) -> None:
    parsed = _read(tmp_path, "zip")
    assert "Last 16 months" in reasons(table(parsed, "Filters"))[3]
    assert "no rows" in reasons(table(parsed, "Search appearance"))[1]


def test_a_filter_makes_series_of_its_own(tmp_path: Path) -> None:
    files = {
        **twins.SEARCH_CONSOLE,
        "Filters.csv": 'Filter,Value\nSearch type,Image\nDate,"Jan 1, 2026-Jan 31, 2026"\nPage,+/blog/\n',
    }
    parsed = read_metric_file(_folder(tmp_path, files))
    clicks = table(parsed, "Chart").series[0]
    assert clicks.dimensions == (("Search type", "Image"), ("Page", "+/blog/"))


def test_without_a_chart_the_filter_dates_count(tmp_path: Path) -> None:
    files = {
        "Queries.csv": twins.SEARCH_CONSOLE["Queries.csv"],
        "Filters.csv": "Filter,Value\nSearch type,Web\nDate,1 Jan 2025-31 Dec 2025\n",
    }
    queries = table(read_metric_file(_folder(tmp_path, files)), "Queries")
    assert (queries.start, queries.end) == ("2025-01-01", "2026-01-01")


def test_without_any_dates_no_point_is_invented(tmp_path: Path) -> None:
    path = put(tmp_path, "Queries.csv", twins.SEARCH_CONSOLE["Queries.csv"])
    (queries,) = read_metric_file(path).tables
    assert (queries.series, queries.start) == ((), "")
    assert set(reasons(queries)) == {2, 3}


def test_a_single_table_asks_the_chart_beside_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path, dict(twins.SEARCH_CONSOLE))
    (queries,) = read_metric_file(folder / "Queries.csv").tables
    assert (queries.start, queries.end) == ("2026-01-03", "2026-01-06")
    assert "Chart.csv" in reasons(queries)[1]


def test_a_french_export(tmp_path: Path) -> None:
    files = {
        "Dates.csv": 'Date,Clics,Impressions,CTR,Position\n2026-01-02,7,300,"2,33 %","23,8"\n2026-01-01,6,200,3 %,24\n',
        "Requêtes.csv": 'Requêtes les plus fréquentes,Clics,Impressions,CTR,Position\nbateau,114,3681,"3,1 %","2,36"\n',
        "Filtres.csv": "Filtre,Valeur\nType de recherche,Web\nDate,3 derniers mois\n",
    }
    parsed = read_metric_file(put(tmp_path, "port.example-Performance-on-Search-2026-01-04.zip", twins.zipped(files)))
    assert (parsed.profile, parsed.account) == ("search-console", "port.example")
    assert values(one(table(parsed, "Dates"), "CTR")) == [("2026-01-01", 0.03), ("2026-01-02", 0.0233)]
    assert one(table(parsed, "Dates"), "CTR").numerator == "Clics"
    assert one(table(parsed, "Requêtes"), "Position", "bateau").points == (Point("2026-01-01", "2026-01-03", 2.36),)


def test_weekly_and_hourly_charts(tmp_path: Path) -> None:
    head = "Date,Clicks,Impressions,CTR,Position\n"
    weekly = put(tmp_path, "Chart.csv", head + "2026-01-05,1,2,50%,1\n2026-01-12,1,2,50%,1\n2026-01-26,1,2,50%,1\n")
    assert read_metric_file(weekly).tables[0].series[0].points[0] == Point("2026-01-05", "2026-01-12", 1.0)
    hourly = put(
        tmp_path, "Chart.csv", head + "2026-01-05T23:00:00-08:00,1,2,50%,1\n2026-01-06T00:00:00-08:00,1,2,50%,1\n"
    )
    assert read_metric_file(hourly).tables[0].series[0].points[0] == Point("2026-01-05T23:00", "2026-01-06T00:00", 1.0)


def test_the_site_of_a_zip() -> None:
    assert (
        account_of("https___www.harbour.example_-Performance-on-Search-2026-01-08 (1).zip")
        == "https://www.harbour.example/"
    )
    assert account_of("harbour.example-Performance-on-Search-2026-01-08.zip") == "harbour.example"
    assert account_of("download.zip") == ""


def test_foreign_files_in_a_zip_are_named(tmp_path: Path) -> None:
    files = {**twins.SEARCH_CONSOLE, "notes.csv": "a,b\nc,d\n", "empty.csv": "", "logo.png": b"\x89PNG"}
    parsed = read_metric_file(put(tmp_path, "x.zip", twins.zipped(files)))
    assert "does not read" in reasons(table(parsed, "notes.csv"))[1]
    assert "empty" in reasons(table(parsed, "empty.csv"))[1]
    assert "no CSV" in reasons(table(parsed, "logo.png"))[1]


def test_a_page_indexing_export_counts_levels(tmp_path: Path) -> None:
    files = {
        "Gráfico.csv": "Fecha,Sin indexar,Indexadas,Impresiones\n2026-01-27,,,4\n2026-01-28,3,8,0\n",
        "Metadatos.csv": "Propiedad,Valor\nSitemap,Todas\n",
        "Problemas críticos.csv": "Motivo,Fuente,Validación,Páginas\nNo encontrada (404),Sitio web,No iniciada,3\n",
    }
    parsed = read_metric_file(_folder(tmp_path, files))
    assert parsed.profile == "search-console"
    indexed = table(parsed, "Gráfico").series[1]
    assert (indexed.name, indexed.additive, values(indexed)) == ("Indexadas", False, [("2026-01-28", 8.0)])
    assert indexed.dimensions == (("Report", "Page indexing"), ("Sitemap", "Todas"))
    assert "does not read" in reasons(table(parsed, "Problemas críticos.csv"))[1]


def test_other_tables_of_clicks_are_not_taken_for_search_console(tmp_path: Path) -> None:
    ads = "Date,Campaign,Impressions,Clicks,CTR\n2026-01-01,A,10,1,10%\n2026-01-02,A,10,2,20%\n"
    assert read_metric_file(put(tmp_path, "ads.csv", ads)).profile == "plain-long"
    daily = "Date,Clicks,Impressions,CTR\n2026-01-01,1,10,10%\n"
    assert read_metric_file(put(tmp_path, "daily.csv", daily)).profile == "plain-long"
    assert read_metric_file(put(tmp_path, "Chart.csv", daily)).profile == "search-console"


def test_tables_of_the_same_name_in_two_folders_are_both_read(tmp_path: Path) -> None:
    head = "Date,Clicks,Impressions,CTR,Position\n"
    files = {"a/Chart.csv": head + "2026-01-01,1,2,50%,1\n", "b/Chart.csv": head + "2026-02-01,1,2,50%,1\n"}
    parsed = read_metric_file(put(tmp_path, "both.zip", twins.zipped(files)))
    assert [found.start for found in parsed.tables] == ["2026-01-01", "2026-02-01"]


@pytest.mark.parametrize(
    ("addresses", "site"),
    [
        (["https://www.harbour.example/", "https://harbour.example/boats"], "harbour.example"),
        (["https://harbour.example/", "https://blog.harbour.example/a"], "harbour.example"),
        (["https://harbour.example/", "https://other.example/a"], ""),
        (["not an address"], ""),
    ],
)
def test_the_pages_say_whose_site_it_is(tmp_path: Path, addresses: list[str], site: str) -> None:
    """So that two sites are never taken for one, and one site is one whether its export is zipped or not."""
    rows = "\n".join(f"{address},1,10,10%,2.0" for address in addresses)
    files = dict(twins.SEARCH_CONSOLE) | {"Pages.csv": f"Top pages,Clicks,Impressions,CTR,Position\n{rows}"}
    assert read_metric_file(_folder(tmp_path, files)).account == site
    zipped = put(tmp_path, "download.zip", twins.zipped(files))
    assert read_metric_file(zipped).account == site
