"""Hits on their time scales: markers, groups of them, open and uncertain ends."""

import tomllib

from desktop_app.config.resources import resource_path
from desktop_app.model.samples import days
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.ui.browse.tracks import extent, groups, marker_x, placed, track_view, tracks
from desktop_app.ui.widgets.time_axis import TimeAxis
from tests.ui.browse.conftest import mark

SCALES = Vocabulary.from_toml("scale", tomllib.loads(resource_path("vocabulary", "scales.toml").read_text("utf-8")))


def axis(start: str = "2025-10-01", end: str = "2026-01-01") -> TimeAxis:
    made = TimeAxis(left=100, right=1020)  # ten pixels a day
    made.show(days(start), days(end))
    return made


def test_a_hit_stands_on_each_of_its_scales_and_on_none_if_it_has_none() -> None:
    rows = tracks(
        [
            mark("a", "2025-12-02", ("month", "moment")),
            mark("b", "2025-12-03", ()),
            mark("c", "2025-12-01", ("moment",)),
        ],
        SCALES,
        "no scale",
    )
    assert [(row.name, [item.mark.id for item in row.items]) for row in rows] == [
        ("moment", ["c", "a"]),
        ("month", ["a"]),
        ("no scale", ["b"]),
    ]


def test_an_unknown_scale_keeps_its_track() -> None:
    assert [row.name for row in tracks([mark("a", "2025", ("aeon",))], SCALES, "no scale")] == ["aeon"]


def test_ends_are_open_or_uncertain_as_the_date_says() -> None:
    since, about = placed(mark("a", "2023/..")), placed(mark("b", "2025-12-01~/2025-12-09"))
    assert since is not None
    assert about is not None
    assert (since.open_start, since.open_end) == (False, True)
    assert (about.start_fuzzy, about.end_fuzzy) == (True, False)
    assert placed(mark("c", "2025-12")) is not None


def test_a_marker_is_in_the_middle_of_a_day_and_at_the_beginning_of_a_span() -> None:
    view = axis()
    day, span, before = (placed(mark("a", text)) for text in ("2025-10-11", "2025-10-11/2025-11-10", "2025"))
    assert day is not None
    assert span is not None
    assert before is not None
    assert marker_x(day, view) == 205
    assert marker_x(span, view) == 208
    assert marker_x(before, view) == 108  # a span that began before the view is marked at its edge


def test_markers_that_would_overlap_become_one_with_a_count() -> None:
    row = tracks([mark(name, f"2025-10-{10 + at:02d}") for at, name in enumerate("abc")], SCALES, "")[0]
    apart = axis("2025-10-08", "2025-10-16")
    assert [len(group.items) for group in groups(row, apart)] == [1, 1, 1]
    near = groups(row, axis())
    assert [len(group.items) for group in near] == [3]
    assert near[0].x == 205  # the middle of the three


def test_a_grown_group_takes_in_its_neighbour() -> None:
    # Eleven pixels apart two markers stand free; a count of two is wider than a marker and takes in the third.
    row = tracks([mark("a", "2025-10-10"), mark("b", "2025-10-10"), mark("c", "2025-10-11")], SCALES, "")[0]
    view = axis()
    view.right = 1112  # eleven pixels a day
    assert [len(group.items) for group in groups(row, view)] == [3]


def test_hits_beyond_the_view_are_counted_at_its_edges() -> None:
    row = tracks([mark(str(year), str(year)) for year in (2020, 2021, 2025, 2027)], SCALES, "")[0]
    view = track_view(row, axis())
    assert (view.before, view.after) == (2, 1)
    assert [item.mark.id for item in view.spans] == ["2025"]


def test_far_off_hits_do_not_squeeze_the_rest() -> None:
    marks = [mark(str(day), f"2025-11-{day:02d}") for day in range(1, 29)]
    rows = tracks([*marks, mark("long ago", "1962"), mark("since", "1990/..")], SCALES, "")
    found = extent(rows)
    assert found is not None
    assert days("2025-10-25") < found[0] < days("2025-11-02")
    assert days("2025-11-28") < found[1] < days("2025-12-05")
    assert extent(()) is None
