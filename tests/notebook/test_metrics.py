from datetime import UTC, datetime

import pytest

from desktop_app.model.errors import Ambiguous, NotFound
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.metrics import series_keys
from desktop_app.notebook.points import pack
from tests.notebook.writing import check

DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04")


def table(values: dict[str, float], name: str = "Clicks", **more: object) -> ParsedTable:
    after = dict(zip(DAYS, (*DAYS[1:], "2026-03-05"), strict=True))
    points = tuple(Point(day, after[day], value) for day, value in values.items())
    series = ParsedSeries(name, "count", Grain.DAY, additive=True, points=points, **more)  # type: ignore[arg-type]
    return ParsedTable("Chart", DAYS[0], "2026-03-05", Grain.DAY, len(points), (series,))


def keep(file: NotebookFile, name: str, *tables: ParsedTable) -> str:
    item = name.ljust(26, "0")
    with file.journal.change(f"Import {name}") as recorder:
        fields = {
            "file": f"{name}.csv",
            "profile": "plain-long",
            "source": "Search Console",
            "account": "",
            "encoding": "utf-8",
            "delimiter": ",",
            "timezone": "",
            "parts": [{"name": f"{name}.csv", "blob": file.blobs.put(name.encode())}],
            "points": file.blobs.put(pack(tables), compress=True),
        }
        recorder.record("import", item, fields)
    return item


def values(file: NotebookFile, series: str, **more: datetime) -> list[float]:
    return [point.value for point in file.metrics.points(series, **more)]


def clicks(file: NotebookFile) -> str:
    return file.metrics.resolve("Clicks")


def test_the_newest_import_of_a_point_is_shown_and_the_older_kept(file: NotebookFile) -> None:
    wall = [4_000_000_000_000]
    file.journal.wall = lambda: wall[0]
    keep(file, "first", table({DAYS[0]: 10, DAYS[1]: 20}))
    wall[0] += 86_400_000
    second = keep(file, "second", table({DAYS[1]: 21, DAYS[2]: 30}))
    assert values(file, clicks(file)) == [10, 21, 30]
    then = datetime.fromtimestamp(4_000_000_000 + 60, UTC)
    assert values(file, clicks(file), as_of=then) == [10, 20]
    with file.journal.change("Remove import") as recorder:
        file.journal.trash(recorder, "import", second)
    assert values(file, clicks(file)) == [10, 20]
    file.undo.undo()
    assert values(file, clicks(file)) == [10, 21, 30]
    assert check(file).problems == ()


def test_a_series_goes_with_its_last_points_and_comes_back(file: NotebookFile) -> None:
    keep(file, "only", table({DAYS[0]: 10}))
    assert [series.points for series in file.metrics.series()] == [1]
    file.undo.undo()
    assert file.metrics.series() == []
    assert check(file).problems == ()
    file.undo.redo()
    assert [(series.name, series.start, series.end) for series in file.metrics.series()] == [
        ("Clicks", "2026-03-01", "2026-03-02")
    ]


def test_bounds_take_what_overlaps(file: NotebookFile) -> None:
    keep(file, "first", table(dict.fromkeys(DAYS, 1.0)))
    found = file.metrics.points(clicks(file), "2026-03-02T00:00", "2026-03-04")
    assert [point.start for point in found] == ["2026-03-02", "2026-03-03"]


def test_one_name_with_and_without_dimensions(file: NotebookFile) -> None:
    keep(file, "first", table({DAYS[0]: 1}), table({DAYS[0]: 2}, dimensions=(("Page", "/about"),)))
    plain = file.metrics.series([file.metrics.resolve("clicks")])[0]
    assert plain.dimensions == ()
    assert file.metrics.resolve(plain.id) == plain.id
    assert file.metrics.resolve(plain.id[:10]) == plain.id


def test_a_name_that_several_sources_have_is_told(file: NotebookFile) -> None:
    both = (table({DAYS[0]: 1}, dimensions=(("Page", "/a"),)), table({DAYS[0]: 2}, dimensions=(("Page", "/b"),)))
    keep(file, "first", *both)
    with pytest.raises(Ambiguous):
        file.metrics.resolve("Clicks")
    with pytest.raises(NotFound):
        file.metrics.resolve("Clocks")


def test_a_ratio_knows_the_totals_it_divides(file: NotebookFile) -> None:
    point = (Point(DAYS[0], DAYS[1], 4.0),)
    series = (
        ParsedSeries("Clicks", "count", Grain.DAY, additive=True, points=point),
        ParsedSeries("Impressions", "count", Grain.DAY, additive=True, points=point),
        ParsedSeries(
            "CTR", "ratio", Grain.DAY, additive=False, points=point, numerator="Clicks", denominator="Impressions"
        ),
    )
    tables = (ParsedTable("Chart", DAYS[0], DAYS[1], Grain.DAY, 1, series),)
    keep(file, "first", *tables)
    ids = {key.name: key.id for key in series_keys("Search Console", "", tables).values()}
    ratio = file.metrics.series([ids["CTR"]])[0]
    assert (ratio.numerator, ratio.denominator) == (ids["Clicks"], ids["Impressions"])


def test_points_changed_behind_the_journal_are_told_and_mended(file: NotebookFile) -> None:
    keep(file, "first", table({DAYS[0]: 10, DAYS[1]: 20}))
    file.database.execute("UPDATE point SET value = 11 WHERE value = 10")
    assert [problem.what for problem in check(file).problems] == ["the current state is not what its revisions give"]
    assert check(file, repair=True).ok
    assert values(file, clicks(file)) == [10, 20]
