"""Packing what was read, and refusing what was not packed here."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.metrics import read_metric_file
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point, Skipped, TotalCheck
from desktop_app.notebook.errors import DamagedPoints
from desktop_app.notebook.points import pack, unpack
from tests.exchange import twins
from tests.exchange.twins import put

_text = st.text(max_size=12)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_days = st.dates().map(lambda day: day.isoformat())
_bounds = st.just("") | _days


@st.composite
def _points(draw: st.DrawFn) -> tuple[Point, ...]:
    stretches = draw(st.lists(st.tuples(_days, _days).map(sorted), max_size=5))
    return tuple(Point(start, end, draw(_numbers)) for start, end in stretches)


_series = st.builds(
    ParsedSeries,
    name=_text,
    unit=_text,
    grain=st.sampled_from(Grain),
    additive=st.booleans(),
    points=_points(),
    dimensions=st.lists(st.tuples(_text, _text), max_size=3).map(tuple),
    numerator=_text,
    denominator=_text,
)
_tables = st.builds(
    ParsedTable,
    title=_text,
    start=_bounds,
    end=_bounds,
    grain=st.sampled_from(Grain),
    rows=st.integers(min_value=0, max_value=10**6),
    series=st.lists(_series, max_size=4).map(tuple),
    totals=st.lists(st.builds(TotalCheck, _text, _numbers, _numbers, st.booleans()), max_size=2).map(tuple),
    skipped=st.lists(st.builds(Skipped, st.integers(min_value=0), _text), max_size=2).map(tuple),
)


@given(st.lists(_tables, max_size=3).map(tuple))
def test_packing_comes_back_and_is_canonical(tables: tuple[ParsedTable, ...]) -> None:
    data = pack(tables)
    assert unpack(data) == tables
    assert pack(unpack(data)) == data


def test_hours_come_back() -> None:
    series = ParsedSeries("a", "count", Grain.HOUR, True, (Point("2026-01-01T23:00", "2026-01-02T00:00", 1.0),))
    tables = (ParsedTable("t", "2026-01-01", "2026-01-02", Grain.HOUR, 1, (series,)),)
    assert unpack(pack(tables)) == tables


def test_stretches_are_kept_once(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "report.csv", twins.ADS))
    document = json.loads(pack(parsed.tables))
    assert len(document["tables"][0]["series"]) > 10
    assert len(document["tables"][0]["axes"]) == 1


def test_what_is_no_number_cannot_be_packed() -> None:
    series = ParsedSeries("a", "count", Grain.DAY, True, (Point("2026-01-01", "2026-01-02", float("nan")),))
    with pytest.raises(ValueError, match="JSON"):
        pack((ParsedTable("t", "", "", Grain.DAY, 1, (series,)),))


def _document() -> dict:  # type: ignore[type-arg]
    series = ParsedSeries("a", "count", Grain.DAY, True, (Point("2026-01-01", "2026-01-02", 1.5),), (("d", "v"),))
    table = ParsedTable("t", "", "", Grain.DAY, 1, (series,), (TotalCheck("x", 1.0, 1.0, True),), (Skipped(1, "r"),))
    document: dict = json.loads(pack((table,)))  # type: ignore[type-arg]
    return document


@pytest.mark.parametrize(
    "path",
    [
        ("format", 2),
        ("tables", {}),
        ("tables", 0, []),
        ("tables", 0, "title", 3),
        ("tables", 0, "start", "yesterday"),
        ("tables", 0, "grain", "fortnight"),
        ("tables", 0, "rows", -1),
        ("tables", 0, "rows", True),
        ("tables", 0, "axes", [["2026-01-01"]]),
        ("tables", 0, "axes", [[["2026-01-01"], []]]),
        ("tables", 0, "axes", [[["2026-01-02"], ["2026-01-01"]]]),
        ("tables", 0, "axes", [[["x"], ["y"]]]),
        ("tables", 0, "axes", [[[1], [2]]]),
        ("tables", 0, "totals", [["x", 1, 1]]),
        ("tables", 0, "skipped", [["1", "r"]]),
        ("tables", 0, "series", 0, "axis", 7),
        ("tables", 0, "series", 0, "values", [1, 2]),
        ("tables", 0, "series", 0, "values", ["1"]),
        ("tables", 0, "series", 0, "values", [True]),
        ("tables", 0, "series", 0, "values", [10**400]),
        ("tables", 0, "series", 0, "additive", 1),
        ("tables", 0, "series", 0, "dimensions", [["d"]]),
        ("tables", 0, "series", 0, "name", None),
    ],
)
def test_damaged_points_are_refused(path: tuple[object, ...]) -> None:
    document = _document()
    *way, last, value = path
    place = document
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(DamagedPoints):
        unpack(json.dumps(document).encode())


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b"{", b"null", b"[" * 100_000, b'{"format":1,"tables":[{"rows":NaN}]}']
)
def test_what_is_no_such_document_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedPoints):
        unpack(data)


def test_infinity_is_refused() -> None:
    text = json.dumps(_document()).replace("1.5", "1e999")
    with pytest.raises(DamagedPoints):
        unpack(text.encode())


def test_whole_numbers_become_floats() -> None:
    text = json.dumps(_document()).replace("1.5", "2")
    value = unpack(text.encode())[0].series[0].points[0].value
    assert (value, type(value)) == (2.0, float)


def test_the_report_is_kept(tmp_path: Path) -> None:
    parsed = read_metric_file(put(tmp_path, "report.csv", twins.ADS))
    (again,) = unpack(pack(parsed.tables))
    assert again == parsed.tables[0]
    assert again.totals
    assert replace(again, totals=()) != parsed.tables[0]
