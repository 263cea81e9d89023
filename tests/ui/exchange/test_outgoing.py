"""Copying out: the preview follows the form, and nothing is written that was not meant."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.exchange import ExportChoice, History, Seal
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.exchange.outgoing.form import with_ending
from tests.ui.exchange.fakes import FakeExporting

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def exporting(monkeypatch) -> FakeExporting:
    fake = FakeExporting()
    monkeypatch.setattr(Notebook, "exporting", fake, raising=False)
    return fake


@pytest.fixture
def page(exporting, screen):
    screen.go_to_page("outgoing")
    return screen.page("outgoing")


def select(page, query: str) -> None:
    page.form.what.buttons["query"].click()
    page.form.query.setText(query)
    page.form.query.settle_now()


def redact(page) -> None:
    page.form.redact.click()


def test_it_begins_with_everything(page, exporting):
    assert exporting.asked == [ExportChoice()]
    assert page.view.holds.text() == "812 entries, 2 people. About 123 kB."
    assert page.form.what.buttons["all"].hasFocus()


def test_a_search_is_counted_and_explained_while_it_is_typed(page, exporting):
    page.form.what.buttons["query"].click()
    assert page.form.query.hasFocus()
    assert page.view is None
    assert page.form.selects_nothing
    page.form.query.setText("tag:pricing")
    page.form.query.settle_now()
    assert exporting.asked[-1].query == "tag:pricing"
    assert page.view.holds.text() == "14 entries, 2 people. About 123 kB."
    assert "pricing" in page.form.explanation.text()


def test_a_search_that_is_not_understood_says_so_in_place(page, exporting):
    select(page, "prespective:holistic")
    assert page.form.query.property("problem")
    assert "perspective" in page.form.explanation.text()
    assert page.view is None


def test_an_empty_search_is_never_taken_for_everything(page, exporting, tmp_path):
    page.form.what.buttons["query"].click()
    page.form.target.setText(str(tmp_path / "c.terrain"))
    page.write()
    assert exporting.written == []
    assert page.form.query.hasFocus()


def test_history_and_attachments_are_asked_for(page, exporting):
    page.form.past.buttons[History.HEADS].click()
    page.form.attachments.click()
    assert exporting.asked[-1] == ExportChoice(history=History.HEADS, attachments=False)


def test_every_replacement_is_seen_and_the_rest_is_decided_one_by_one(qtbot, page, exporting):
    redact(page)
    first, second = page.view.suspects
    assert (first.suspicion.text, first.suspicion.count) == ("Frau Amsel", 2)
    second.by.setText("an address")
    first.by.setFocus()
    first.by.setText("a guest")
    qtbot.keyClick(first.by, Qt.Key.Key_Return)
    assert exporting.asked[-1].hide == {"Frau Amsel": "a guest"}
    (line,) = page.view.suspects
    assert line.by.text() == "an address"
    assert line.by.hasFocus()
    line.leave_link.click()
    assert page.view.suspects == []
    assert exporting.asked[-1].hide == {"Frau Amsel": "a guest"}
    page.view.hide_requested.emit("Frau Amsel", "")
    assert exporting.asked[-1].hide == {}
    redact(page)
    assert exporting.asked[-1] == ExportChoice()


def test_a_copy_is_written_by_one_key(qtbot, page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    qtbot.keyClick(page.form.target, Qt.Key.Key_Return, CONTROL)
    (written,) = exporting.written
    assert written["path"] == tmp_path / "c.terrain"
    assert (written["seal"], written["key_path"], written["replace"]) == (None, None, False)
    assert "is written" in page.message.text()


def test_nothing_is_written_that_was_not_seen(page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    select(page, "tag:pricing")
    page.form.query.setText("tag:pricing OR kind:quote")
    page.write()
    assert exporting.written == []
    assert "still being looked at" in page.message.text()
    page.write()
    assert exporting.written[0]["choice"].query == "tag:pricing OR kind:quote"


def test_where_to_is_asked_for_where_it_was_not_said(qtbot, page, exporting, tmp_path):
    page.write()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "c.terrain"))
    assert page.form.target_path() == tmp_path / "c.terrain"
    assert exporting.written == []
    dialog.close()


def test_a_passphrase_is_typed_twice_and_forgotten(page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    page.form.sealing.buttons["passphrase"].click()
    assert page.form.target.text() == str(tmp_path / "c.terrain.age")
    assert page.form.passphrase.edit.hasFocus()
    page.write()
    assert "twice" in page.message.text()
    page.form.passphrase.edit.setText("fjord")
    page.form.again.edit.setText("fjrod")
    assert page.form.short.isVisible()
    page.write()
    assert "differ" in page.message.text()
    assert exporting.written == []
    page.form.again.edit.setText("fjord")
    page.write()
    assert exporting.written[0]["seal"] == Seal(passphrase="fjord")
    assert page.form.passphrase.edit.text() == page.form.again.edit.text() == ""


def test_a_copy_for_certain_people_needs_their_keys(page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    page.form.sealing.buttons["recipients"].click()
    page.write()
    assert "public key" in page.message.text()
    page.form.recipients.setPlainText("# Ben\nage1abc\n\n  ssh-ed25519 AAAA ben \n")
    page.write()
    assert exporting.written[0]["seal"] == Seal(recipients=("age1abc", "ssh-ed25519 AAAA ben"))


def test_the_key_goes_beside_the_copy_and_is_not_replaced_unasked(page, exporting, tmp_path, monkeypatch):
    redact(page)
    (tmp_path / "c-key.json").write_bytes(b"who is who")
    monkeypatch.setattr(QMessageBox, "exec", lambda asked: 0)
    page.form.target.setText(str(tmp_path / "c"))
    page.write()
    assert exporting.written == []
    (tmp_path / "c-key.json").unlink()
    page.write()
    (written,) = exporting.written
    assert (written["path"], written["key_path"]) == (tmp_path / "c.terrain", tmp_path / "c-key.json")


def test_the_key_goes_where_it_was_said(page, exporting, tmp_path):
    redact(page)
    page.form.target.setText(str(tmp_path / "c.terrain"))
    page.form.key_file.setText(str(tmp_path / "apart" / "key.json"))
    page.write()
    assert exporting.written[0]["key_path"] == tmp_path / "apart" / "key.json"
    assert "do not send it along" in page.message.text()


@pytest.mark.parametrize("replaces", [True, False])
def test_a_file_that_is_there_is_only_replaced_when_that_was_said(page, exporting, tmp_path, monkeypatch, replaces):
    target = tmp_path / "c.terrain"
    target.write_bytes(b"kept")

    def answer(asked: QMessageBox) -> int:
        wanted = "Replace" if replaces else "Keep it"
        next(button for button in asked.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    page.form.target.setText(str(target))
    page.write()
    assert [written["replace"] for written in exporting.written] == ([True] if replaces else [])


def test_what_goes_wrong_is_told_and_the_form_stays(page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    exporting.error = KnownError(message="The disk is full.")
    page.write()
    assert page.message.text() == "The disk is full."
    exporting.error = Interrupted(what="The copy")
    page.write()
    assert page.message.text() == "It was stopped; nothing was written."
    assert page.form.isEnabled()
    assert page.form.target_path() == Path(tmp_path / "c.terrain")


def test_endings_follow_encryption():
    assert with_ending("", sealed=True) == ""
    assert with_ending("/a/b", sealed=True) == "/a/b.terrain.age"
    assert with_ending("/a/b.terrain.age", sealed=False) == "/a/b.terrain"
    assert with_ending("/a/b.terrain", sealed=False) == "/a/b.terrain"


def test_after_a_bug_the_form_can_be_used_again(page, exporting, tmp_path):
    page.form.target.setText(str(tmp_path / "c.terrain"))
    exporting.error = ZeroDivisionError()
    page.write()
    assert page.form.isEnabled()
    assert not page.copying.running
