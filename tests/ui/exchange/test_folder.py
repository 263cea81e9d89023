"""The shared folder: attached, exchanged with, let go of; who is how far, and what is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.folder import FolderStatus
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.exchange.folder import page as folder_page
from tests.ui.exchange.fakes import STATUS, FakeFolder


@pytest.fixture
def folder(monkeypatch) -> FakeFolder:
    fake = FakeFolder()
    monkeypatch.setattr(Notebook, "folder", fake, raising=False)
    monkeypatch.setattr(folder_page, "warning_for", lambda _path: "")
    return fake


@pytest.fixture
def page(folder, screen):
    screen.go_to_page("folder")
    return screen.page("folder")


def test_it_tells_who_is_how_far(page):
    assert page.path.whole_text() == "/home/me/Sync/harbour"
    assert page.out.text() == "4 versions wait to go out."
    own, carla, ben = page.list.rows()
    assert carla.heading == "Carla’s laptop, Carla Munk"
    assert carla.meta == "seen 20 November 2026, 09:30 · 12 of 14 packs read here · has read 3 of your 5 packs"
    assert (own.meta, own.aside) == ("5 packs written", "this computer")
    assert ben.meta == "not to be seen now · 3 of 3 packs read here · has read all of yours"
    assert carla.aside == "! 2 wait"
    assert (ben.heading, ben.aside) == ("Device 3fa2, Ben Adair", "✓ all read")
    assert page.list.hasFocus()


def test_what_is_wrong_is_named(page, folder):
    assert [label.text() for label in problems(page)] == ["! Pack 13 of Carla’s laptop is not here yet."]
    folder.standing = FolderStatus(STATUS.path, (), (), 0)
    page.mark_stale()
    assert problems(page) == []
    assert page.card.none_fits.isVisible()


def problems(page) -> list[QLabel]:
    return [page.problems.itemAt(at).widget() for at in range(page.problems.count())]


def test_a_key_exchanges_now(qtbot, page, folder):
    with qtbot.waitSignal(page.status_message) as told:
        qtbot.keyClick(page.list, Qt.Key.Key_S)
    assert told.args == ["12 new versions came in, 3 went out. 1 conflict waits for you."]
    assert folder.asked == ["sync"]
    assert not page.syncing
    folder.error = KnownError(message="The stick is gone.")
    page.sync()
    assert page.message.text() == "The stick is gone."
    folder.error = Interrupted(what="The exchange")
    page.sync()
    assert "was stopped" in page.message.text()


def test_a_folder_that_is_gone_is_told_once_and_only_for_as_long(page, folder):
    gone = "The folder is not there."
    folder.standing = FolderStatus(STATUS.path, (), (gone,), 0)
    folder.error = KnownError(message=gone)
    page.sync()
    assert [label.text() for label in problems(page)] == [f"! {gone}"]
    assert page.message.isHidden()


def test_the_focus_stays_on_the_page_when_a_folder_comes_and_goes(page, folder, tmp_path):
    page.detach_button.setFocus()
    page.detach()
    assert page.nothing.button.hasFocus()
    folder.standing = None
    page.attach(tmp_path)
    assert page.stack.currentIndex() == 0
    assert page.isAncestorOf(page.focusWidget())
    assert page.focusWidget().isVisible()


def test_without_a_folder_the_first_step_is_offered(qtbot, page, folder, tmp_path):
    page.detach_button.click()
    assert page.nothing.isVisible()
    assert page.nothing.button.hasFocus()
    page.nothing.button.click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert folder.asked == [tmp_path, "sync"]
    assert page.path.whole_text() == str(tmp_path)


def test_a_folder_that_cannot_be_attached_says_why(page, folder, tmp_path):
    folder.standing = None
    folder.error = KnownError(message="Nothing can be written there.")
    page.attach(tmp_path)
    assert page.message.text() == "Nothing can be written there."
    assert "sync" not in folder.asked


def test_a_notebook_in_a_synchronised_place_is_warned_of(page, monkeypatch):
    monkeypatch.setattr(folder_page, "warning_for", lambda path: f"{path.name} lies in Dropbox.")
    page.mark_stale()
    assert page.warning.text() == "harbour.terrain lies in Dropbox."


def test_after_a_bug_it_can_be_tried_again(page, folder):
    folder.error = ZeroDivisionError()
    page.sync()
    assert not page.syncing
    assert page.strip.isHidden()
