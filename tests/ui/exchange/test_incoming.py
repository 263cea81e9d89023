"""Bringing copies in: looked at first, opened where they are encrypted, merged one after the other."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import MOST_SHOWN, Arrival, Loss, Outcome
from desktop_app.ui.exchange import undoing
from desktop_app.ui.exchange.incoming import bringing
from desktop_app.ui.exchange.incoming.arrival_view import ArrivalView, ToldView
from desktop_app.ui.exchange.side_by_side import OneOfSeveral
from desktop_app.ui.exchange.unsealing import LARGEST_KEY
from desktop_app.ui.widgets import MutedLabel
from tests.ui.exchange.fakes import NOTHING

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(screen):
    return screen.page("incoming")


def bring(page, *names: str) -> None:
    page.take_paths([Path("/team") / name for name in names])


def test_it_begins_with_the_first_step(page):
    assert page.empty.isVisible()
    assert page.empty.button.hasFocus()


def test_every_dropped_file_is_looked_at_in_turn(page, merging):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/team/{name}") for name in ("Team.TERRAIN", "notes.txt", "b.terrain.age")])
    page.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    )
    assert merging.asked == [("preview", "Team.TERRAIN")]
    assert page.preview.head.place.text() == "1 of 3"


def test_the_preview_counts_and_lists_what_would_come(page):
    bring(page, "team.terrain")
    head = page.preview.head
    assert head.counts[Outcome.IDENTICAL].text() == "812  = identical"
    assert not head.counts[Outcome.IDENTICAL].isEnabled()
    rows = [row.heading for row in page.preview.list.rows() if row.kind == "item"]
    assert rows == [
        "A revision was not taken",
        "Malin Bakery",
        "Price talk / opaque",
        "without a name",
        "Trial of the new roast",
        "The invoice was not clear.",
        "The ferry was late again",
    ]
    assert page.preview.list.hasFocus()
    assert isinstance(page.preview.view, ToldView)


def test_a_count_filters_the_list_and_pressed_again_shows_all(page):
    bring(page, "team.terrain")
    page.preview.head.counts[Outcome.MERGED].click()
    assert [row.heading for row in page.preview.list.rows() if row.kind == "item"] == ["Trial of the new roast"]
    page.preview.head.counts[Outcome.NEW].click()
    assert not page.preview.head.counts[Outcome.MERGED].isChecked()
    page.preview.head.counts[Outcome.NEW].click()
    assert len(page.preview.list.rows()) > 7
    page.preview.left.filter.setText("ROAST")
    page.preview.left.filter.settle_now()
    assert [row.heading for row in page.preview.list.rows() if row.kind == "item"] == ["Trial of the new roast"]


def test_an_item_is_seen_before_and_after(qtbot, screen, page):
    bring(page, "team.terrain")
    page.preview.list.choose("item:1")
    view = page.preview.view
    assert isinstance(view, ArrivalView)
    assert set(view.fields) == {"body", "tags"}
    assert view.fields["tags"].accessibleName() == "becomes: trust"
    assert "line-through" in view.fields["body"].text()
    with qtbot.waitSignal(screen.open_entry_requested) as asked:
        view.open_link.click()
    assert asked.args == ["e2"]
    page.preview.list.choose("item:4")
    assert not page.preview.view.fields


def test_values_that_conflict_stand_beside_each_other(page):
    bring(page, "team.terrain")
    row = next(row for row in page.preview.list.rows() if row.heading == "Price talk / opaque")
    assert row.meta.endswith("· definition")
    page.preview.list.choose(row.id)
    assert list(page.preview.view.fields) == ["definition"]
    texts = [label.accessibleName() for label in page.preview.view.findChildren(OneOfSeveral)]
    assert texts == ["Understood too late or not at all.", "Too late."]


def test_merging_is_one_key_and_leads_on(qtbot, page, merging):
    bring(page, "team.terrain", "more.terrain")
    qtbot.keyClick(page.preview.list, Qt.Key.Key_Return, CONTROL)
    assert merging.asked == [("preview", "team.terrain"), ("merge", "team.terrain"), ("preview", "more.terrain")]
    qtbot.keyClick(page.preview.list, Qt.Key.Key_Escape)
    assert [one.path.name for one in page.done.merged] == ["team.terrain"]
    assert page.done.settle_button.text() == "Settle 1 conflict"
    assert page.done.settle_button.hasFocus()


def test_where_all_is_here_already_nothing_can_be_merged(qtbot, page, merging):
    merging.report = NOTHING
    bring(page, "again.terrain")
    assert not page.preview.head.merge_button.isEnabled()
    qtbot.keyClick(page.preview.left.filter, Qt.Key.Key_Return, CONTROL)
    assert merging.asked == [("preview", "again.terrain")]
    page.preview.head.leave_button.click()
    assert page.empty.isVisible()
    assert page.empty.button.hasFocus()


def test_a_passphrase_is_asked_for_in_place_and_used_for_merging(qtbot, page, merging):
    merging.sealed["s.terrain.age"] = ("passphrase", "fjord")
    bring(page, "s.terrain.age")
    form = page.form
    assert form.passphrase.edit.hasFocus()
    qtbot.keyClick(form.passphrase.edit, Qt.Key.Key_Return)
    assert form.message.text() == "Type the passphrase."
    form.passphrase.edit.setText("wrong")
    form.save()
    assert page.form is form
    assert form.message.text() == "This does not open s.terrain.age."
    form.passphrase.edit.setText("fjord")
    qtbot.keyClick(form.passphrase.edit, Qt.Key.Key_Return)
    assert page.preview is not None
    page.merge()
    assert page.done is not None


def test_a_passphrase_can_be_shown(page, merging):
    merging.sealed["s.terrain.age"] = ("passphrase", "fjord")
    bring(page, "s.terrain.age")
    line = page.form.passphrase
    assert line.edit.echoMode() == line.edit.EchoMode.Password
    line.show_button.click()
    assert line.edit.echoMode() == line.edit.EchoMode.Normal


def test_a_key_is_read_from_its_file(page, merging, tmp_path):
    merging.sealed["s.terrain.age"] = ("identity", "AGE-SECRET-KEY-1ABC\n")
    bring(page, "s.terrain.age")
    assert not page.form.passphrase.isVisible()
    page.form.key_file.setText(str(tmp_path / "none"))
    page.form.save()
    assert "could not be read" in page.form.message.text()
    (tmp_path / "big").write_bytes(b"a" * (LARGEST_KEY + 1))
    page.form.key_file.setText(str(tmp_path / "big"))
    page.form.save()
    assert "not a file of keys" in page.form.message.text()
    (tmp_path / "key.txt").write_text("AGE-SECRET-KEY-1ABC\n", encoding="utf-8")
    page.form.key_file.setText(str(tmp_path / "key.txt"))
    page.form.save()
    assert page.preview is not None


def test_esc_leaves_an_encrypted_copy_closed(qtbot, page, merging):
    merging.sealed["s.terrain.age"] = ("passphrase", "fjord")
    bring(page, "s.terrain.age", "team.terrain")
    qtbot.keyClick(page.form.passphrase.edit, Qt.Key.Key_Escape)
    assert page.preview.looked.path.name == "team.terrain"


def test_stopping_changes_nothing_and_the_preview_stays(page, merging):
    bring(page, "team.terrain")
    merging.stop = True
    page.merge()
    assert page.message.text() == "It was stopped; nothing was changed."
    assert page.preview is not None
    assert page.preview.isEnabled()


def test_undo_takes_back_the_merge_and_refuses_where_more_was_done(page, ask, monkeypatch):
    def write(notebook) -> None:
        notebook.entries.add(EntryDraft(body="Made by the merge."))

    numbers = []

    def following(notebook):
        if not numbers:
            write(notebook)
        numbers.append(undoing.next_undoable(notebook))
        return None if len(numbers) == 1 else numbers[-1]

    monkeypatch.setattr(bringing, "next_undoable", following)
    bring(page, "team.terrain")
    page.merge()
    ask(write)
    page.done.undo_button.click()
    assert "was done since" in page.message.text()
    ask(lambda notebook: notebook.history.undo())
    page.done.undo_button.click()
    assert "is taken back" in page.message.text()
    assert page.done is None
    assert page.empty.isVisible()
    assert ask(lambda notebook: notebook.entries.recent()) == []


def test_every_rejected_file_is_told_and_the_next_looked_at(page, merging, monkeypatch):
    usual = merging.preview

    def preview(path, **given):
        if path.name != "team.terrain":
            raise KnownError(message=f"{path.name} is no notebook.")
        return usual(path, **given)

    merging.preview = preview
    bring(page, "bad.terrain", "worse.terrain", "team.terrain")
    assert page.message.text() == "bad.terrain is no notebook.\nworse.terrain is no notebook."
    assert page.preview.looked.path.name == "team.terrain"


def test_after_a_bug_the_next_file_is_looked_at(page, merging, context):
    told = []
    context.operations.bug.connect(lambda label, _report: told.append(label))
    usual = merging.preview

    def preview(path, **given):
        if path.name == "odd.terrain":
            raise ZeroDivisionError
        return usual(path, **given)

    merging.preview = preview
    bring(page, "odd.terrain", "team.terrain")
    assert told == ["Bring in a notebook"]
    assert page.preview.looked.path.name == "team.terrain"
    assert page.strip.isHidden()


def test_a_hostile_file_has_as_many_losses_as_it_likes(page, merging):
    losses = tuple(Loss(f"x{number}", "a revision was not taken", "its id is wrong") for number in range(50_000))
    merging.report = replace(merging.report, losses=losses)
    bring(page, "team.terrain")
    assert sum(row.id.startswith("loss:") for row in page.preview.list.rows()) == MOST_SHOWN
    page.merge()
    told = [label.text() for label in page.done.findChildren(MutedLabel)]
    assert told[-1] == "and 49,980 more"
    assert len(told) < 30


def test_a_coding_that_moved_is_told_field_by_field(qtbot, look):
    before = {"code": "c", "start": 4, "end": 9, "quote": "price", "version": "0" * 64, "target_kind": "document"}
    after = {**before, "start": 6, "end": 11, "version": "1" * 64}
    changed = ("start", "end", "version")
    holder = QWidget()
    qtbot.addWidget(holder)
    coding = Arrival("x", "coding", Outcome.FAST_FORWARD, "Price: “price”", "Ben", "", changed, before, after)
    view = ArrivalView(look, coding, {}, holder)
    assert {name: label.accessibleName() for name, label in view.fields.items()} == {
        "end": "was: 9. becomes: 11",
        "start": "was: 4. becomes: 6",
    }
