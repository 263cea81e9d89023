"""Browse on a real notebook, everything run at once: find, filter by time, read, edit, link, take back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.model.entries import Outcome
from desktop_app.model.samples import days
from desktop_app.services.notebooks import open_notebook
from desktop_app.ui.browse import BrowseScreen
from desktop_app.ui.browse.pieces import WordLinks
from desktop_app.ui.browse.screen import reasons_text
from tests.ui.browse.conftest import NOW, fill

INVOICE = "“We left when the invoice stopped making sense. No price was named.”"


def shown(screen: BrowseScreen) -> list[str]:
    return [card.heading for card in screen.list.cards() if card.type == "entry"]


def choose_time(screen: BrowseScreen, start: str, end: str) -> None:
    screen.timeline.set_stretch((days(start), days(end)))
    screen.timeline.stretch_chosen.emit(screen.timeline.stretch)


@pytest.fixture
def full(ids: dict[str, str], screen: BrowseScreen) -> BrowseScreen:
    return screen


def test_everything_is_there_newest_first_and_the_first_is_read(full: BrowseScreen, ids: dict[str, str]) -> None:
    assert shown(full) == [
        "“It felt like a friend showing me round, not a vendor.”",
        INVOICE,
        "Port strike",
        "Price page rewritten",
        "Invoices will win cafés before cards do",
    ]
    assert full.reader.entry_id == ids["friend"]
    assert [row.track.name for row in full.timeline.view.layout.tracks] == ["moment", "week", "month", "no scale"]


def test_a_query_filters_and_says_what_it_means(full: BrowseScreen) -> None:
    full.search_for("kind:quote,event price")
    assert set(shown(full)) == {INVOICE, "Price page rewritten"}
    assert full.search.explanation.whole_text()
    assert full.search.count.text() == "2 of 5"
    full.search_for("")
    assert full.search.count.text() == "5"


def test_a_wrong_query_says_so_and_keeps_what_was_shown(full: BrowseScreen) -> None:
    before = shown(full)
    full.search_for("knd:quote price")
    assert full.search.problem.isVisible()
    assert shown(full) == before
    full.search.correction.click()
    assert not full.search.problem.isVisible()
    assert len(shown(full)) == 1


def test_a_stretch_of_time_filters_the_hits_but_not_the_chart(full: BrowseScreen) -> None:
    marked = sum(len(track.items) for track in full.timeline._tracks)
    choose_time(full, "2025-12-05", "2025-12-08")
    assert set(shown(full)) == {INVOICE, "Port strike"}
    assert sum(len(track.items) for track in full.timeline._tracks) == marked
    assert full.timeline.view.note == "5–7 December 2025: 1 reason told"
    full.timeline.clear_stretch()
    assert len(shown(full)) == 5


def test_a_new_query_keeps_the_stretch_and_a_search_from_elsewhere_lets_it_go(full: BrowseScreen) -> None:
    choose_time(full, "2025-12-05", "2025-12-08")
    full.search.set_text("kind:quote")
    assert len(shown(full)) == 1
    full.search_for("kind:quote")
    assert len(shown(full)) == 2
    assert full.timeline.stretch is None


def test_empty_places_offer_a_step(qtbot, full: BrowseScreen) -> None:
    choose_time(full, "2024-01-01", "2024-02-01")
    assert full.nothing.heading.text() == "Nothing in this stretch of time"
    full.nothing.step_requested.emit()
    assert len(shown(full)) == 5
    full.search_for("zebra")
    assert full.nothing.heading.text() == "Nothing found"
    full.nothing.step_requested.emit()
    assert full.search.text() == "" or len(shown(full)) > 0


def test_an_empty_notebook_offers_to_write(qtbot, screen: BrowseScreen) -> None:
    assert screen.nothing.heading.text() == "This notebook is empty"
    with qtbot.waitSignal(screen.capture_requested):
        screen.nothing.step_requested.emit()
    assert screen.timeline.isHidden()


def test_while_the_index_is_built_what_was_written_last_is_shown(
    screen: BrowseScreen, notebook_path: Path, context
) -> None:
    with open_notebook(notebook_path, now=lambda: NOW) as other:
        fill(other)
        screen.mark_stale()
        assert "is being built" in screen.search.explanation.whole_text()
        assert len(shown(screen)) == 5
        assert not screen.timeline._tracks
        context.operations.indexed.emit(other.search.catch_up())
    assert "is being built" not in screen.search.explanation.whole_text()
    assert screen.timeline._tracks


def test_choosing_by_key_reads_and_lights(qtbot, full: BrowseScreen, ids: dict[str, str]) -> None:
    qtbot.keyClick(full.search.line, Qt.Key.Key_Down)
    assert full.list.hasFocus()
    qtbot.keyClick(full.list, Qt.Key.Key_Down)
    assert full.reader.entry_id == ids["invoice"]
    assert full.timeline.view.chosen == ids["invoice"]
    full.list.entry_hovered.emit(ids["strike"])
    assert full.timeline.view.lit == {ids["strike"]}
    full.list.entry_hovered.emit("")
    assert full.timeline.view.lit == frozenset()
    full.timeline.entry_hovered.emit(ids["page"])
    assert full.list.lit() == ids["page"]


def test_a_marker_opens_its_entry_and_the_list_follows(full: BrowseScreen, ids: dict[str, str]) -> None:
    full.timeline.entry_chosen.emit(ids["strike"])
    assert full.reader.entry_id == ids["strike"]
    assert full.list.current_id() == ids["strike"]


def test_an_entry_opened_from_elsewhere_stays_though_it_is_no_hit(full: BrowseScreen, ids: dict[str, str]) -> None:
    full.search_for("kind:quote")
    full.open_entry(ids["strike"])
    full.mark_stale()
    assert full.reader.entry_id == ids["strike"]
    full.search_for("kind:event")
    assert full.reader.entry_id == ids["strike"]
    assert full.list.current_id() == ids["strike"]


def test_the_page_tells_what_is_known(full: BrowseScreen, ids: dict[str, str]) -> None:
    page = full.reader.page
    assert page is not None
    assert "two other roasters" in page.body.plain_text()
    assert full.reader.revisions.text() == "1 revision"
    texts = [label.text() for label in page.findChildren(type(full.reader.hint).__mro__[2])]
    assert "Ines Vidal, Café Norte · customer since March 2025, loyal client since this day" in texts


def test_a_tag_searches(full: BrowseScreen) -> None:
    assert full.reader.page is not None
    full.reader.page.search_requested.emit("tag:onboarding")
    assert full.search.text() == "tag:onboarding"
    assert len(shown(full)) == 1
    full.reader.page.search_requested.emit("tag:onboarding")
    assert full.search.text() == "tag:onboarding"


def test_another_series_is_asked_for_in_the_query(full: BrowseScreen) -> None:
    full.search_for("kind:quote invoice")
    full.timeline.add_series.click()
    assert full.search.line.text() == "invoice metric:"
    assert full.search.line.hasFocus()


# --- editing ---------------------------------------------------------------------------------------------------------


def test_e_edits_and_ctrl_enter_saves(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.list.setFocus()
    qtbot.keyClick(full.list, Qt.Key.Key_E)
    editor = full.reader.editor
    assert editor is not None
    assert editor.body.hasFocus()
    qtbot.keyClicks(editor.body, " And stayed.")
    qtbot.keyClick(editor.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not full.reader.editing
    entry = ask(lambda notebook: notebook.entries.get(ids["friend"]))
    assert entry.fields.body == "She had planned to try two other roasters first. And stayed."
    assert entry.revisions == 2
    assert full.reader.page is not None
    assert "And stayed." in full.reader.page.body.plain_text()
    assert full.reader.revisions.text() == "2 revisions"


def test_leaving_an_unchanged_edit_writes_nothing(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    full.reader.editor.save()
    assert not full.reader.editing
    assert ask(lambda notebook: notebook.entries.get(ids["friend"])).revisions == 1


def test_choosing_another_entry_saves_what_was_typed(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    full.reader.editor.title.setText("Another title")
    full.timeline.entry_chosen.emit(ids["strike"])
    assert full.reader.entry_id == ids["strike"]
    assert not full.reader.editing
    assert ask(lambda notebook: notebook.entries.get(ids["friend"])).fields.title == "Another title"


def test_leaving_the_screen_saves_what_was_typed(full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    full.reader.editor.title.setText("Another title")
    full.hide()
    assert ask(lambda notebook: notebook.entries.get(ids["friend"])).fields.title == "Another title"


def test_escape_keeps_a_draft_that_comes_back(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    qtbot.keyClicks(full.reader.editor.body, " Half a thought")
    qtbot.keyClick(full.reader.editor.body, Qt.Key.Key_Escape)
    assert ask(lambda notebook: notebook.entries.get(ids["friend"])).revisions == 1
    assert "not saved yet" in full.reader.message.text()
    full.edit_entry()
    assert full.reader.editor.body.text().endswith(" Half a thought")
    full.reader.editor.forget()
    assert full.reader.message.text() == ""
    assert ask(lambda notebook: notebook.drafts.load(f"entry:{ids['friend']}")) is None


def test_saving_forgets_the_draft(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    with qtbot.waitSignal(full.reader.editor.draft_changed):
        qtbot.keyClicks(full.reader.editor.body, "!")
    assert ask(lambda notebook: notebook.drafts.load(f"entry:{ids['friend']}")) is not None
    full.reader.editor.save()
    assert ask(lambda notebook: notebook.drafts.load(f"entry:{ids['friend']}")) is None


def test_what_cannot_be_saved_stays_in_the_editor_with_the_reason(qtbot, full: BrowseScreen) -> None:
    full.edit_entry()
    full.reader.editor._inputs["when"].set_value("the day after never")
    full.reader.editor.save()
    assert full.reader.editing
    assert "the day after never" in full.reader.editor.message.text()
    full.reader.editor.forget()


def test_a_change_from_elsewhere_does_not_disturb_an_edit(full: BrowseScreen, notebook_path: Path, ids) -> None:
    full.edit_entry()
    full.reader.editor.title.setText("Mine")
    with open_notebook(notebook_path, now=lambda: NOW) as other:
        other.entries.trash([ids["page"]])
    full.operations.changed_elsewhere.emit()
    assert full.reader.editor.title.text() == "Mine"
    assert len(shown(full)) == 4
    full.reader.editor.forget()


def test_dates_are_understood_live(qtbot, full: BrowseScreen) -> None:
    full.edit_entry()
    when = full.reader.editor._inputs["when"]
    when.set_value("2025-Q4")
    qtbot.waitUntil(lambda: when.understood.text() == "Q4 2025")
    when.set_value("nonsense")
    qtbot.waitUntil(lambda: "nonsense" in when.understood.text())
    full.reader.editor.forget()


# --- trash, history, links, foresights, attachments ------------------------------------------------------------------


def test_trash_and_bring_back(qtbot, full: BrowseScreen, ids: dict[str, str]) -> None:
    full.list.setFocus()
    qtbot.keyClick(full.list, Qt.Key.Key_Delete)
    assert len(shown(full)) == 4
    full.open_entry(ids["friend"])
    assert full.reader.message.text() == "This entry is in the trash."
    full.reader.message._act()
    assert full.reader.message.text() == ""
    assert len(shown(full)) == 5


def test_history_unfolds_and_brings_a_version_back(full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.edit_entry()
    full.reader.editor.title.setText("Worse")
    full.reader.editor.save()
    full.reader.toggle_history()
    first = ask(lambda notebook: notebook.history.of(ids["friend"]))[-1]
    full.reader._history.bring_back_requested.emit(first.id)
    fields = ask(lambda notebook: notebook.entries.get(ids["friend"])).fields
    assert fields.title == "It felt like a friend showing me round, not a vendor."
    full.reader.toggle_history()
    assert full.reader._history is None


def test_a_link_is_made_by_typing_and_removed_by_a_click(qtbot, full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.reader.begin_link()
    maker = full.reader.maker
    maker.relation.setCurrentIndex(maker.relation.findData("follows"))
    qtbot.keyClicks(maker.line, "stri")
    qtbot.waitUntil(lambda: bool(maker.popup.offers()))
    assert [offer.text for offer in maker.popup.offers()] == ["Port strike"]
    qtbot.keyClick(maker.line, Qt.Key.Key_Return)
    links = ask(lambda notebook: notebook.links.of(ids["friend"]))
    assert [(link.relation, link.other.id) for link in links] == [("follows", ids["strike"])]
    assert full.reader.maker is None
    full.reader.page.unlink_requested.emit(links[0].id)
    assert ask(lambda notebook: notebook.links.of(ids["friend"])) == []


def test_a_foresight_is_resolved_in_place(full: BrowseScreen, ids: dict[str, str], ask) -> None:
    full.open_entry(ids["guess"])
    full.reader.page.resolve_requested.emit("partly")
    outcome = ask(lambda notebook: notebook.entries.get(ids["guess"])).fields.outcome
    assert outcome == Outcome("partly", "2026-01-10")


def test_a_file_is_attached_read_back_and_saved(full: BrowseScreen, ids: dict[str, str], tmp_path: Path, ask) -> None:
    file = tmp_path / "strike-note.txt"
    file.write_text("The port is closed.")
    full.reader.attach_files([str(file)])
    attachment = ask(lambda notebook: notebook.entries.get(ids["friend"])).fields.attachments[0]
    assert attachment.name == "strike-note.txt"
    target = tmp_path / "copy.txt"
    full.reader.attachments.save_as(attachment, target)
    assert target.read_text() == "The port is closed."
    told: list[object] = []
    full.reader.attachments.failed.connect(told.append)
    full.reader.attachments.save_as(attachment, tmp_path / "no such folder" / "copy.txt")
    assert "cannot be written" in str(told[0])


# --- frame -----------------------------------------------------------------------------------------------------------


def test_a_search_is_saved_under_a_name(full: BrowseScreen, ask) -> None:
    full.search_for("kind:quote price")
    full.search.save_requested.emit("Quotes on price")
    saved = ask(lambda notebook: notebook.saved_searches.list())
    assert [(item.name, item.query) for item in saved] == [("Quotes on price", "kind:quote price")]


def test_f6_walks_the_panes(qtbot, full: BrowseScreen) -> None:
    full.focus_search()
    seen = []
    for _ in range(4):
        seen.append(full.focusWidget())
        full.focus_next_pane()
    assert seen == full.panes()
    assert full.search.line.hasFocus()
    full.focus_previous_pane()
    assert full.reader.reading_area.hasFocus()


@pytest.mark.parametrize("size", [(1264, 876), (848, 676)])
def test_there_is_room_to_read_in_every_window(full: BrowseScreen, size: tuple[int, int]) -> None:
    full.resize(*size)
    full.grab()
    assert full.reader.width() >= 380
    assert full.reader.height() >= size[1] * 0.4
    assert full.list.width() >= 240
    page = full.reader.page
    assert page.mapTo(full.reader, page.rect().bottomRight()).x() <= full.reader.width()


def test_more_hits_are_read_when_the_list_nears_its_end(full: BrowseScreen, notebook_path: Path) -> None:
    from desktop_app.model.entries import EntryDraft

    with open_notebook(notebook_path, now=lambda: NOW) as other:
        for number in range(80):
            other.entries.add(EntryDraft(body=f"Counted sacks, row {number}", when="2025-11-01"))
    full.search_for("sacks row")
    assert len(full.list.cards()) == 40
    full.list.more_wanted.emit()
    assert len(full.list.cards()) == 80  # nothing twice
    full.list.more_wanted.emit()
    assert len(full.list.cards()) == 80


def test_the_tour_goes_everywhere(full: BrowseScreen) -> None:
    for name, act in full.tour_steps():
        act()
        assert name
    assert full.reader.editing
    full.reader.editor.forget()


def test_reasons_are_counted_only_when_all_hits_are_known() -> None:
    assert reasons_text([], 0) == ""
    assert reasons_text([], 12) == ""


def test_every_action_of_the_table_for_browse_is_there() -> None:
    from desktop_app.ui.shell.actions import ACTIONS

    wanted = [action.handler for action in ACTIONS if action.screen == "browse"]
    assert wanted
    assert [name for name in wanted if not callable(getattr(BrowseScreen, name, None))] == []


def test_scales_and_tags_follow_a_change_of_the_theme(full: BrowseScreen, ids: dict[str, str]) -> None:
    """Links keep the colour they were read with; on the other ground that is too faint to read."""
    full.open_entry(ids["friend"])
    assert full.reader.page is not None
    (words,) = full.reader.page.findChildren(WordLinks)
    accents = [colours(words)]
    full.appearance._settings.set("theme", "dark")
    full.appearance.settings_changed()
    assert full.appearance.theme.color("accent").name() in colours(words)
    assert full.appearance.theme.color("accent").name() not in accents[0]


def colours(label: QLabel) -> set[str]:
    image = label.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_what_could_not_be_saved_on_leaving_is_there_again(full: BrowseScreen, ids: dict[str, str]) -> None:
    full.edit_entry(ids["friend"])
    assert full.reader.editor is not None
    full.reader.editor.body.insertPlainText("More of it. ")
    full.reader.editor._inputs["when"].set_value("nonsense")
    full.hide()
    full.show()
    assert full.reader.page is not None
    assert full.reader.message.isVisible()
    full.edit_entry()
    assert full.reader.editor is not None
    assert "More of it." in full.reader.editor.body.text()


def test_what_lies_in_interviews_is_shown_and_opened_there(qtbot, full: BrowseScreen, notebook_path: Path) -> None:
    with open_notebook(notebook_path, now=lambda: NOW) as notebook:
        document = notebook.documents.add("Interview 07", "An opaque bill.\n\nNobody reads an opaque bill.").result
        coding = notebook.codings.add(document, 3, 9, "Price talk / opaque").result
    asked: list[tuple[str, str, int]] = []
    full.open_place_requested.connect(lambda *place: asked.append(place))
    full.search_for("opaque")
    cards = {card.id: card for card in full.list.cards()}
    assert set(cards) == {f"{document}@0", f"{document}@17", coding, *(c for c in cards if cards[c].type == "code")}
    assert cards[coding].heading == "Price talk / opaque"
    assert cards[coding].meta.startswith("Coding · ")
    assert cards[coding].snippet == "opaque"
    assert full.list.choose(f"{document}@17")
    assert full.reader.empty.heading.text() == "Interview 07"
    assert full.reader.empty.sentence.text() == "Document\nNobody reads an opaque bill."
    assert asked == []
    full.reader.empty.button.click()
    qtbot.keyClick(full.list, Qt.Key.Key_Return)
    assert full.list.choose(coding)
    qtbot.keyClick(full.list, Qt.Key.Key_Return)
    assert asked == [("document", document, 17), ("document", document, 17), ("coding", coding, 3)]
