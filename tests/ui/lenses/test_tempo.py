"""The page of tempo: lanes and combs, zooming without reading, the way from marks to entries, files."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.lenses.tempo import lanes
from desktop_app.model.entries import EntryDraft
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.tempo import DAY, Tempo, extent, minute_of, stamp_of
from desktop_app.model.vocabulary import Term
from desktop_app.services import Notebook
from desktop_app.ui.lenses.drawing import Look, Spot
from desktop_app.ui.lenses.pictures import draw
from desktop_app.ui.lenses.tempo import TempoDrawing, TempoPage
from desktop_app.ui.lenses.tempo.drawing import TempoKey
from desktop_app.ui.lenses.tempo.telling import length_words
from desktop_app.ui.theme import TypeSizes, load_theme
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

WRITTEN = (
    ("closing", "2026-03-14T18:00", "moment", ""),
    ("strike", "2026-03-09/2026-03-15", "week", ""),
    ("stocktaking", "2026-01-05", "day", "every month"),
    ("rent", "2026-02", "month", ""),
    ("rent again", "2026-02", "month", ""),
    ("trust", "2024~/..", "year", ""),
)


@pytest.fixture
def written(notebook: Notebook, tmp_path: Path) -> Notebook:
    for title, when, scale, recurs in WRITTEN:
        notebook.entries.add(EntryDraft(title=title, when=when, scales=(scale,), recurs=recurs))
    rows = "".join(f"2026-01-{day:02},{day + 9}\n" for day in range(1, 32))
    export = tmp_path / "visits.csv"
    export.write_text(f"Date,Visits\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([export])
    return notebook


@pytest.fixture
def page(qtbot, context: ScreenContext, written: Notebook) -> TempoPage:
    return seen(qtbot, TempoPage(context))


def spots(page: TempoPage, kind: str) -> list[Spot]:
    return [spot for spot in page.canvas.spots() if isinstance(spot.key, TempoKey) and spot.key.kind == kind]


def spot(page: TempoPage, words: str) -> Spot:
    return next(one for one in page.canvas.spots() if words in one.words)


def click(qtbot, page: TempoPage, place: QPointF) -> None:
    qtbot.mouseClick(page.canvas, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_lanes_marks_and_combs_say_what_they_are(page: TempoPage) -> None:
    assert "6 entries" in page.sentence.text()
    words = [one.words for one in spots(page, "lane")]
    assert words[0].startswith("moment: 1 entry. Unseen: too fast")
    assert words[1].startswith("day: 1 entry, 1 comes again")
    assert len(words) == 8  # no lane for entries without a scale, as there are none
    assert "2 entries that begin in" in spots(page, "group")[0].words
    (comb,) = spots(page, "series")
    assert comb.words == (
        "Visits, one sample a day over 4.4 weeks: sees movements from 2 days to 2.2 weeks; "
        "moments and days pass between its samples; "
        "months, quarters, years, decades and generations are longer than it is."
    )
    assert spots(page, "again")[0].words.startswith("stocktaking comes again 5 ")


def test_a_mark_opens_its_entry_and_a_number_its_entries(qtbot, page: TempoPage, written: Notebook) -> None:
    strike = spot(page, "strike")
    click(qtbot, page, strike.rect.center())
    assert page.foot.words.text() == "strike · 9–15 March 2026"
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert opened.args == [strike.query.removeprefix("id:")]
    group = spots(page, "group")[0]
    click(qtbot, page, group.rect.center())
    with qtbot.waitSignal(page.search_requested) as asked:
        page.foot.entries.click()
    assert {hit for _, hit in written.search.matches(asked.args[0])} == {
        hit.id for hit in written.search.run("rent").hits
    }


def test_every_spot_leads_to_what_it_counts(page: TempoPage, written: Notebook) -> None:
    for one in page.canvas.spots():
        found = written.search.matches(one.query)
        count = next((int(word) for word in one.words.replace(":", " ").split() if word.isdigit()), 1)
        if isinstance(one.key, TempoKey) and one.key.kind in ("group", "ended", "later"):
            assert len(found) == count, one.words
        elif isinstance(one.key, TempoKey) and one.key.kind == "entry":
            assert found == [("entry", one.key.entry)]


def test_zooming_reads_nothing(qtbot, page: TempoPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "look", lambda *_: pytest.fail("read again"))
    axis = page.canvas.lanes.axis
    before = axis.span
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Plus)
    assert axis.span == pytest.approx(before / 1.5)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Minus)
    assert axis.span == pytest.approx(before)
    place = QPointF(400, 100)
    day = axis.day(400)
    event = QWheelEvent(
        place, page.canvas.mapToGlobal(place), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    laid_out: list[None] = []
    page.canvas.zoomed.connect(lambda: laid_out.append(None))
    QApplication.sendEvent(page.canvas, event)
    QApplication.sendEvent(page.canvas, event)
    assert axis.span < before / 2
    qtbot.waitUntil(lambda: bool(laid_out))
    assert len(laid_out) == 1
    assert axis.day(400) == pytest.approx(day)
    start = axis.start
    qtbot.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert axis.start > start
    qtbot.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
    qtbot.mouseMove(page.canvas, QPoint(500, 100))
    qtbot.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, pos=QPoint(500, 100))
    assert axis.start != pytest.approx(start + axis.span / 8)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Home)
    assert axis.start < page.result.whole[0] / 1440
    assert not spots(page, "ended")


def test_zoomed_in_what_lies_beside_is_counted(page: TempoPage) -> None:
    page.canvas.lanes.axis.show(*(day + 0.0 for day in (739_690.0, 739_692.0)))
    page.canvas.refresh()
    assert spots(page, "ended") or spots(page, "later")
    for _ in range(30):
        page.step_back()
    assert spots(page, "group")
    for _ in range(60):
        page.look_closer()
    assert page.canvas.lanes.axis.span == pytest.approx(1 / 8)


def test_a_mark_tells_what_moved_at_other_speeds(qtbot, page: TempoPage) -> None:
    assert page.around.list.isHidden()
    click(qtbot, page, spot(page, "strike").rect.center())
    assert page.around.heading.text() == "9–15 March 2026"
    rows = [(row.heading, row.aside) for row in page.around.list.rows()]
    assert rows == [
        ("year", "slower · 1 entry"),
        ("trust", ""),
        ("week", "at the same speed · 1 entry"),
        ("strike", ""),
        ("moment", "faster · 1 entry"),
        ("closing", ""),
    ]
    page.around.list.go_to(1)
    with qtbot.waitSignal(page.open_entry_requested):
        qtbot.keyClick(page.around.list, Qt.Key.Key_Return)
    page.around.list.go_to(0)
    with qtbot.waitSignal(page.search_requested) as asked:
        qtbot.keyClick(page.around.list, Qt.Key.Key_Return)
    assert asked.args == ["scale:year in:2026-03-09/2026-03-15"]


def test_a_time_is_chosen_by_pointer_and_by_keys(qtbot, page: TempoPage) -> None:
    lanes = page.canvas.lanes
    empty = QPointF(lanes.axis.x(date(2026, 3, 1).toordinal() + 0.5), lanes.lanes[-1].box.center().y())
    click(qtbot, page, empty)
    assert page.around.heading.text() == "1 March 2026"
    qtbot.keyClick(page.canvas, Qt.Key.Key_Period)
    assert page.around.heading.text() != "1 March 2026"
    qtbot.keyClick(page.canvas, Qt.Key.Key_Comma)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Comma)
    assert lanes.at is not None


def test_series_are_chosen_from_a_menu(qtbot, page: TempoPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: opened.append(menu))
    qtbot.keyClick(page.canvas, Qt.Key.Key_S)
    (menu,) = opened
    (action,) = menu.actions()
    assert action.isChecked()
    action.trigger()
    assert spots(page, "series") == []
    assert spots(page, "lane")[0].words == "moment: 1 entry"


def test_an_empty_notebook_is_told_the_first_step(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, TempoPage(context))
    assert page.stack.currentIndex() == 1
    with qtbot.waitSignal(page.capture_requested) as asked:
        page.nothing.button.click()
    assert asked.args[0] == "~week "
    page.choose_series(), page.look_closer(), page.later(), page.begin_tour()


def test_a_low_and_narrow_page_has_its_list_below(qtbot, page: TempoPage) -> None:
    beside = page.around.geometry()
    page.resize(780, 560)
    QApplication.processEvents()
    assert page.around.geometry().top() > page.area.geometry().top() >= beside.top() - 40
    assert page.canvas.width() > 600


@pytest.mark.parametrize(("count", "width"), [(30, 760.0), (300, 760.0), (300, 1200.0), (5000, 760.0)])
def test_nothing_stands_on_another_mark(count: int, width: float, qapp: QApplication) -> None:
    scope, week = Scope("", "", count), Term("week", "Week", "week", "")
    numbers = Random(count)
    stamps = [stamp_of(minute_of("2026-01-01") + numbers.randrange(365 * DAY)) for _ in range(count)]
    entries = [EntryFacts(str(at), "note", "", stamp, stamp, stamp_of(minute_of(stamp) + 9 * DAY), ("week",))
               for at, stamp in enumerate(stamps)]  # fmt: skip
    rows = lanes(scope, entries, [week], {"week": "scale:week", "": "-has:scale"}, "none")
    drawing = TempoDrawing(Tempo(scope, rows, {}, Figure(0, ""), (), (), extent(rows), extent(rows)))
    drawing.axis.zoom(2.0, drawing.axis.start + drawing.axis.span * 0.7)
    drawing.arrange(width, Look(load_theme("dark"), TypeSizes.at(100), QFont()))
    stands = drawing.lanes[0].standing
    for left, right in pairwise(stands.groups):
        assert left.x + left.half <= right.x - right.half + 0.01
    assert stands.groups[-1].x <= drawing.axis.right + 30
    assert sum(group.count for group in stands.groups) + stands.view.ended + stands.view.later == count


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_the_lanes_are_written_to_a_picture(tmp_path: Path, written: Notebook, qapp: QApplication, ending: str) -> None:
    path = tmp_path / f"tempo{ending}"
    draw("tempo", written.tempo.read("", at="2026-03-14"), path)
    assert path.stat().st_size > 5000


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1 / 24, "1 hour"),
        (0.5, "12 hours"),
        (2.0, "2 days"),
        (14.0, "2 weeks"),
        (60.87, "2 months"),
        (730.5, "2 years"),
    ],
)
def test_lengths_are_told_in_round_units(days: float, words: str) -> None:
    assert length_words(days) == words


def test_a_zoom_outlasts_what_is_written_meanwhile(page: TempoPage, written: Notebook) -> None:
    first = page.canvas.lanes.axis.end
    written.entries.add(EntryDraft(title="much later", when="2026-06-01", scales=("day",)))
    page.read()
    assert page.canvas.lanes.axis.end > first
    page.look_closer()
    shown = page.canvas.lanes.axis.start, page.canvas.lanes.axis.end
    written.entries.add(EntryDraft(title="later still", when="2026-08-01", scales=("day",)))
    page.read()
    assert (page.canvas.lanes.axis.start, page.canvas.lanes.axis.end) == shown
    assert spots(page, "later")


def test_a_query_narrows_the_lanes(page: TempoPage) -> None:
    page.query = "strike"
    page.read()
    assert [one.words for one in spots(page, "lane")][2].startswith("week: 1 entry")
    assert "“strike”" in page.sentence.text()
