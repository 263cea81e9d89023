"""The time axis: labels from hours to centuries, zoom and pan, and the names of stretches."""

from itertools import pairwise

import pytest

from desktop_app.model.samples import days
from desktop_app.ui.widgets.time_axis import FIRST_DAY, LAST_DAY, TimeAxis, stretch_edtf, stretch_name


def axis(start: str, end: str, width: float = 1000) -> TimeAxis:
    made = TimeAxis(left=100, right=100 + width)
    made.show(days(start), days(end))
    return made


def test_pixels_and_days_are_inverse() -> None:
    view = axis("2025-10-01", "2026-01-01")
    assert view.x(view.start) == 100
    assert view.x(view.end) == 1100
    assert view.day(view.x(days("2025-12-02"))) == pytest.approx(days("2025-12-02"))


def test_zoom_keeps_the_day_under_the_cursor() -> None:
    view = axis("2025-10-01", "2026-01-01")
    anchor = days("2025-12-02")
    before = view.x(anchor)
    view.zoom(3, anchor)
    assert view.x(anchor) == pytest.approx(before)
    assert view.span == pytest.approx(92 / 3)


def test_the_view_stays_inside_the_calendar_and_never_collapses() -> None:
    view = axis("2025-10-01", "2026-01-01")
    view.zoom(1e9, days("2025-12-02"))
    assert view.span == pytest.approx(0.125)
    view.zoom(1e-9, days("2025-12-02"))
    assert view.start >= FIRST_DAY
    view.pan(1e9)
    assert view.end <= LAST_DAY
    view.pan(-1e9)
    assert view.start == FIRST_DAY


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        ("2025-10-01", "2026-01-01", ["October 2025", "November", "December"]),
        ("2025-12-01", "2026-03-01", ["December", "January 2026", "February"]),
        ("2025-12-02", "2025-12-05", ["2 December", "12:00", "3 December", "12:00", "4 December", "12:00"]),
        ("2025-12-02T08:00", "2025-12-02T12:00", ["2 December, 08:00", "09:00", "10:00", "11:00"]),
        ("2025-12-29", "2026-01-05", ["29 December 2025", "Tue 30", "Wed 31", "1 January", "Fri 2", "Sat 3", "Sun 4"]),
        ("2000-01-01", "2010-01-01", [str(year) for year in range(2000, 2010)]),
        ("1950-01-01", "2030-01-01", [str(year) for year in range(1950, 2030, 10)]),
    ],
)
def test_labels_suit_the_span(start: str, end: str, labels: list[str]) -> None:
    assert [tick.label for tick in axis(start, end).ticks()] == labels


@pytest.mark.parametrize(
    "view",
    [
        ("2025-12-02", "2025-12-03"),
        ("2025-11-01", "2025-12-01"),
        ("2025-06-01", "2025-12-01"),
        ("2024-01-01", "2026-01-01"),
        ("1990-01-01", "2026-01-01"),
        ("1300-01-01", "2026-01-01"),
    ],
)
@pytest.mark.parametrize("width", [180, 420, 1100])
def test_labels_never_stand_closer_than_they_are_wide(view: tuple[str, str], width: float) -> None:
    made = axis(*view, width=width)
    places = [made.x(tick.day) for tick in made.ticks(84)]
    assert all(later - earlier >= 76 for earlier, later in pairwise(places))
    assert len(places) <= width / 76 + 1


def test_a_dragged_edge_snaps_to_the_unit_of_the_view() -> None:
    assert axis("2025-10-01", "2026-01-01").snap(days("2025-12-02T14:00")) == days("2025-12-03")
    assert axis("2020-01-01", "2026-01-01").snap(days("2025-12-09")) == days("2025-12-01")
    assert axis("1900-01-01", "2026-01-01").snap(days("2025-08-09")) == days("2026-01-01")
    assert axis("2025-12-02", "2025-12-04").snap(days("2025-12-02T14:10")) == pytest.approx(days("2025-12-02T14:00"))


def test_steps_walk_along_units() -> None:
    view = axis("2020-01-01", "2026-01-01")
    assert view.step(days("2025-12-01"), 2) == days("2026-02-01")
    assert view.step(days("2025-12-01"), -1) == days("2025-11-01")
    assert axis("2025-10-01", "2026-01-01").step(days("2025-12-02"), 3) == days("2025-12-05")


@pytest.mark.parametrize(
    ("start", "end", "edtf", "name"),
    [
        ("2025-12-02", "2025-12-13", "2025-12-02/2025-12-12", "2–12 December 2025"),
        ("2025-12-02", "2025-12-03", "2025-12-02", "2 December 2025"),
        ("2025-12-01", "2026-01-01", "2025-12", "December 2025"),
        ("2025-10-01", "2026-01-01", "2025-36", "Q4 2025"),
        ("2025-01-01", "2026-01-01", "2025", "2025"),
        ("2025-12-02T10:00", "2025-12-02T14:00", "2025-12-02T10:00/2025-12-02T14:00", "2 December 2025, 10:00–14:00"),
    ],
)
def test_a_stretch_has_a_short_form_and_a_name(start: str, end: str, edtf: str, name: str) -> None:
    assert stretch_edtf(days(start), days(end)) == edtf
    assert stretch_name(days(start), days(end)) == name
