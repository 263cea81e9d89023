"""The Metrics screen on a real notebook."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop_app.ui.metrics.import_page import ImportView
from desktop_app.ui.metrics.series_page import SeriesView
from tests.ui.metrics.conftest import table


def series_view(screen) -> SeriesView:
    assert isinstance(screen.view, SeriesView)
    return screen.view


def import_view(screen) -> ImportView:
    assert isinstance(screen.view, ImportView)
    return screen.view


def drop(screen, *paths) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(9, 9), action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    screen.dropEvent(event)


# --- lists -----------------------------------------------------------------------------------------------------------


def test_series_stand_under_their_source_and_the_first_is_drawn(imported, screen):
    assert [(row.kind, row.heading) for row in screen.list.rows()] == [
        ("section", "CSV"),
        ("item", "Clicks"),
        ("item", "CTR"),
        ("item", "Impressions"),
    ]
    assert series_view(screen).page.series.name == "Clicks"
    assert series_view(screen).chart is not None


def test_the_filter_leaves_what_fits(imported, screen):
    screen.filter.setText("impress")
    screen.filter.settle_now()
    assert [row.heading for row in screen.list.rows()] == ["CSV", "Impressions"]
    assert series_view(screen).page.series.name == "Clicks"


def test_imports_are_listed_newest_first_with_who_and_when(imported, screen):
    screen.tabs.setCurrentIndex(1)
    rows = screen.list.rows()
    assert [row.heading for row in rows] == ["shop-62.csv", "shop-60.csv"]
    assert rows[0].aside == "186 points"
    assert rows[0].meta.startswith("plain-long · 12 January")
    assert import_view(screen).page.record.id == imported["newest"]


# --- a series --------------------------------------------------------------------------------------------------------


def test_a_series_tells_the_total_of_what_is_seen(imported, screen):
    screen.open_series(imported["Clicks"])
    chart = series_view(screen).chart
    assert chart._figures[0].text() == "624 in all"
    chart.zoom(4)
    assert chart._figures[0].text() != "624 in all"
    chart.show_all()
    assert chart._figures[0].text() == "624 in all"
    assert chart.view_words().startswith("1 October – 1 December 2025")


def test_a_ratio_is_drawn_under_the_two_totals_it_divides(imported, screen):
    screen.open_series(imported["CTR"])
    chart = series_view(screen).chart
    assert [plot.series.name for plot in chart.plots] == ["Impressions", "Clicks", "CTR"]
    assert chart._figures[2].text() == "1 %  =  624 ÷ 62,000"


def test_a_ratio_without_totals_is_not_drawn_until_they_are_named(tmp_path, screen, ask):
    file = tmp_path / "fair.csv"
    rows = [f"2025-10-{day:02},{200},{day},{day / 2}%" for day in range(1, 29)]
    file.write_text("\n".join(["Date,Talks,Signatures,Won over", *rows]) + "\n", encoding="utf-8")
    drop(screen, file)
    ids = {series.name: series.id for series in ask(lambda notebook: notebook.metrics.list())}
    screen.open_series(ids["Won over"])
    assert series_view(screen).lacks_totals
    assert series_view(screen).chart is None
    for name, total in (("numerator", "Signatures"), ("denominator", "Talks")):
        box = getattr(series_view(screen), name)
        box.setCurrentIndex(box.findData(ids[total]))
        box.activated.emit(box.currentIndex())
    assert [plot.series.name for plot in series_view(screen).chart.plots] == ["Talks", "Signatures", "Won over"]


def test_keys_read_out_single_points(qtbot, imported, screen):
    screen.open_series(imported["Clicks"])
    view = series_view(screen)
    view.chart.setFocus()
    view.chart.zoom(6)
    qtbot.keyClick(view.chart, Qt.Key.Key_Right)
    assert view.chart._figures[0].text() == "10"
    assert view.under.text() == "26 October 2025"
    qtbot.keyClick(view.chart, Qt.Key.Key_Right)
    assert view.under.text() == "27 October 2025"
    qtbot.keyClick(view.chart, Qt.Key.Key_Escape)
    assert "in all" in view.chart._figures[0].text()


def test_what_it_said_then_is_drawn_and_told(imported, screen):
    screen.open_series(imported["Clicks"])
    view = series_view(screen)
    assert view.moments.texts() == ("10 January 2026, 12:00 · 2 points differ",)
    view.moments.chip_clicked.emit(0)
    assert view.told_then.text() == "As of 10 January 2026, 12:00, 2 points said something else; 2 were not known yet."
    assert len(view.chart.main._then.xData) > 0
    low, high = view.chart.view()
    assert high - low < 62
    view.moments.chip_clicked.emit(0)
    assert view.told_then.isHidden()
    assert view.chart.main._then.xData is None or not len(view.chart.main._then.xData)


def test_any_date_as_typed_asks_what_it_said_then(imported, screen):
    screen.open_series(imported["Clicks"])
    view = series_view(screen)
    view.date.set_text("5 January 2026")
    assert view.told_then.text() == "As of 5 January 2026, it had no points yet."
    view.date.set_text("some day or other")
    assert "some day or other" in view.date.telling.text()


def test_the_entries_that_speak_of_a_series_stand_under_it(qtbot, imported, screen):
    screen.open_series(imported["Clicks"])
    view = series_view(screen)
    assert [card.id for card in view.stack.cards()] == [imported["entry"]]
    with qtbot.waitSignal(screen.open_entry_requested) as asked:
        view.stack.entry_opened.emit(imported["entry"])
    assert asked.args == [imported["entry"]]
    screen.open_series(imported["Impressions"])
    assert not series_view(screen).nobody.isHidden()


def test_whether_it_adds_up_is_set_in_place_and_undone(imported, screen, ask):
    screen.open_series(imported["Clicks"])
    series_view(screen).additive.click()
    assert series_view(screen).chart._figures[0].text() == "mean 10.1"
    ask(lambda notebook: notebook.history.undo())
    assert ask(lambda notebook: notebook.metrics.show("Clicks")).series.additive


# --- imports ---------------------------------------------------------------------------------------------------------


def test_a_dropped_file_is_imported_and_its_report_shown(tmp_path, screen, ask):
    assert screen.stack.currentWidget() is screen.nothing
    drop(screen, table(tmp_path / "shop.csv", 30))
    view = import_view(screen)
    assert view.page.record.file == "shop.csv"
    assert view.counts.text() == "90 points added."
    assert len(ask(lambda notebook: notebook.metrics.list())) == 3
    assert not screen.strip.isVisible()


def test_the_same_file_again_adds_nothing_and_says_so(tmp_path, imported, screen):
    drop(screen, tmp_path / "shop-62.csv")
    assert import_view(screen).counts.text() == "Nothing new: 186 points."


def test_a_file_that_restates_points_says_how_many(tmp_path, imported, screen):
    drop(screen, table(tmp_path / "again.csv", 63, changed=1))
    assert import_view(screen).counts.text() == "3 points added, 8 say something else now, 178 already known."


def test_several_files_are_told_together(tmp_path, screen):
    screen.import_paths([table(tmp_path / "one.csv", 30), table(tmp_path / "two.csv", 40)])
    assert screen.message.text() == "2 files imported, 120 points added."
    assert [row.heading for row in screen.list.rows()] == ["two.csv", "one.csv"]


def test_a_file_that_cannot_be_read_gives_its_sentence_in_place(tmp_path, screen, ask):
    bad = tmp_path / "letter.txt"
    bad.write_text("Dear Jonas,\nthe beans are late.\n", encoding="utf-8")
    drop(screen, bad)
    assert "letter.txt" in screen.message.text()
    assert "the beans are late" in screen.message.text()
    assert screen.message.text().endswith("Nothing was imported.")
    assert ask(lambda notebook: notebook.metrics.imports()) == []


def test_an_import_is_taken_back_and_undo_brings_it_again(imported, screen, ask):
    screen.open_import(imported["newest"])
    import_view(screen).remove_button.click()
    assert [row.heading for row in screen.list.rows()] == ["shop-60.csv"]
    assert import_view(screen).page.record.id == imported["oldest"]
    ask(lambda notebook: notebook.history.undo())
    assert len(ask(lambda notebook: notebook.metrics.imports())) == 2


def test_the_original_is_saved_byte_for_byte(tmp_path, imported, screen):
    screen.save_original(imported["oldest"], tmp_path / "copy.csv")
    assert (tmp_path / "copy.csv").read_bytes() == (tmp_path / "shop-60.csv").read_bytes()
    screen.save_original(imported["oldest"], tmp_path / "nowhere" / "copy.csv")
    assert "choose another place" in screen.message.text()


def test_a_report_leads_to_its_series(qtbot, imported, screen):
    screen.open_import(imported["newest"])
    screen.view.series_requested.emit(imported["CTR"])
    assert series_view(screen).page.series.name == "CTR"
    assert screen.tabs.currentIndex() == 0
    assert screen.list.current_id() == imported["CTR"]


def test_a_series_can_be_opened_before_the_screen_was_ever_shown(qtbot, imported, context):
    from desktop_app.ui.metrics import MetricsScreen

    made = MetricsScreen(context)
    qtbot.addWidget(made)
    made.open_series(imported["CTR"])
    made.show()
    made.activate()
    assert series_view(made).page.series.name == "CTR"
    assert made.list.current_id() == imported["CTR"]


def test_the_tour_shows_a_ratio_a_restated_series_and_a_report(imported, screen):
    steps = dict(screen.tour_steps())
    steps["ratio"]()
    assert series_view(screen).page.series.name == "CTR"
    steps["then"]()
    assert series_view(screen).moment
    steps["import"]()
    assert import_view(screen).page.record.id == imported["newest"]


def test_a_series_fits_into_the_smallest_window(qtbot, imported, screen):
    screen.resize(704, 600)
    qtbot.waitUntil(lambda: screen.page.sheet.width() <= screen.page.area.viewport().width())
    assert series_view(screen).under.text()
