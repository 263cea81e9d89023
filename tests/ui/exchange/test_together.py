"""The whole way with real notebooks: two copies are worked in apart, one is brought in, what conflicts is settled."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.model.coding import CodeFields
from desktop_app.model.entries import EntryDraft
from desktop_app.model.exchange import Outcome
from desktop_app.model.memos import MemoFields
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.ui.browse.page import EntryPage
from desktop_app.ui.browse.reads import read_entry
from desktop_app.ui.exchange import ExchangeScreen
from desktop_app.ui.exchange.past.telling import exchange_lines
from desktop_app.ui.interviews.codebook.code_view import CodeView
from desktop_app.ui.interviews.codebook.reads import read_code
from desktop_app.ui.interviews.documents.document_view import DocumentView
from desktop_app.ui.interviews.documents.reads import read_document
from desktop_app.ui.interviews.memos.memo_view import MemoView
from desktop_app.ui.interviews.memos.reads import read_memo
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.people.organisation_page import OrganisationView
from desktop_app.ui.people.person_page import PersonView
from desktop_app.ui.people.reads import read_organisation, read_person
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def pair(notebook: Notebook, tmp_path: Path) -> tuple[Notebook, Path, dict[str, str]]:
    """The notebook that is open, the file of a copy that Ben has changed, and ids of what both have changed."""
    ids = {
        "entry": notebook.entries.add(EntryDraft(body="Prices were fair", title="Prices")).result,
        "person": notebook.people.add(PersonFields("Ines Vidal")).result,
        "organisation": notebook.people.add_organisation(OrganisationFields("Café Norte")).result,
        "code": notebook.codes.add(CodeFields("Paying")).result,
        "memo": notebook.memos.add(MemoFields("Who pays?")).result,
        "document": notebook.documents.add("Talk", "Who pays?").result,
    }
    path = tmp_path / "ben.terrain"
    notebook.maintenance.backup(path)
    with open_notebook(path, identity=Identity("Ben", "two")) as ben:
        for writer, word in ((notebook, "mine"), (ben, "Ben’s")):
            writer.entries.edit(ids["entry"], EntryDraft(body=f"Prices were {word}", title="Prices"))
            writer.people.edit(ids["person"], PersonFields("Ines Vidal", pseudonym=word))
            writer.people.edit_organisation(ids["organisation"], OrganisationFields("Café Norte", word))
            writer.memos.edit(ids["memo"], MemoFields(f"Pays {word}"))
            writer.documents.edit(ids["document"], title=f"Talk, {word}")
            writer.codes.edit(ids["code"], CodeFields("Paying", definition=word))
        ben.entries.add(EntryDraft(body="Only Ben saw the ferry"))
    return notebook, path, ids


@pytest.fixture
def screen(qtbot, pair, context: ScreenContext) -> ExchangeScreen:
    return seen(qtbot, ExchangeScreen(context))


def test_a_copy_is_seen_merged_and_settled(qtbot, screen, pair):
    notebook, path, ids = pair
    screen.bring_in([path])
    page = screen.page("incoming")
    counts = page.preview.looked.report.counts
    assert (counts[Outcome.NEW], counts[Outcome.CONFLICTING]) == (1, 6)
    assert notebook.conflicts.count() == 0
    qtbot.keyClick(page.preview.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notebook.conflicts.count() == 6
    page.done.settle_button.click()
    conflicts = screen.current
    assert {row.aside for row in conflicts.list.rows()} == set(ids)
    screen.open_conflict(ids["entry"])
    theirs = next(one for one in conflicts.view.conflict.options if one.author == "Ben")
    conflicts.view.taken.emit(theirs.revision)
    assert notebook.entries.get(ids["entry"]).fields.body == "Prices were Ben’s"
    assert notebook.conflicts.count() == 5
    screen.go_to_page("past")
    (came,) = screen.current._past.exchanges
    assert (came.direction, came.file) == ("in", "ben.terrain")
    assert not screen.current.view.may_undo


def test_a_merge_is_taken_back_where_it_was_made(screen, pair):
    notebook, path, ids = pair
    screen.bring_in([path])
    page = screen.page("incoming")
    page.merge()
    page.done.undo_button.click()
    assert page.empty.isVisible()
    assert notebook.conflicts.count() == 0
    assert notebook.entries.get(ids["entry"]).fields.body == "Prices were mine"
    screen.go_to_page("past")
    assert screen.current._past.exchanges[0].undone


def test_the_same_copy_again_changes_nothing(screen, pair):
    _, path, _ = pair
    page = screen.page("incoming")
    for _ in range(2):
        screen.bring_in([path])
        page.merge()
        page.leave()
    assert page.empty.isVisible() or page.done is not None
    screen.bring_in([path])
    assert not page.preview.head.merge_button.isEnabled()


def test_a_file_that_is_no_notebook_is_told(screen, tmp_path):
    (tmp_path / "bad.terrain").write_bytes(b"no notebook at all")
    screen.bring_in([tmp_path / "bad.terrain"])
    page = screen.page("incoming")
    assert "bad.terrain" in page.message.text()
    assert page.empty.isVisible()


def test_an_entry_that_is_read_says_that_it_waits(qtbot, look, pair):
    notebook, path, ids = pair
    notebook.merging.merge(path)
    entry = EntryPage(look, read_entry(notebook, ids["entry"]))
    qtbot.addWidget(entry)
    with qtbot.waitSignal(entry.place_requested) as asked:
        entry.conflict_line.click()
    assert asked.args == ["conflict", ids["entry"], -1]
    (conflict,) = notebook.conflicts.of(ids["entry"])
    notebook.conflicts.settle(ids["entry"], "body", conflict.options[0].revision)
    again = EntryPage(look, read_entry(notebook, ids["entry"]))
    qtbot.addWidget(again)
    assert again.conflict_line.isHidden()


def test_so_does_everything_else_that_has_a_page(qtbot, look, context, pair):
    notebook, path, ids = pair
    notebook.merging.merge(path)
    holder = QWidget()
    qtbot.addWidget(holder)
    views = (
        PersonView(look, context.operations, read_person(notebook, ids["person"]), holder),
        OrganisationView(look, read_organisation(notebook, ids["organisation"]), holder),
        CodeView(look, read_code(notebook, ids["code"]), holder),
        MemoView(look, read_memo(notebook, ids["memo"]), "A. Author", holder),
        DocumentView(look, read_document(notebook, ids["document"]), holder),
    )
    for view in views:
        with qtbot.waitSignal(view.settle_requested):
            view.conflict_line.click()


def test_an_encrypted_copy_goes_out_and_opens_with_its_passphrase_alone(screen, pair, tmp_path):
    screen.go_to_page("outgoing")
    page = screen.current
    page.form.target.setText(str(tmp_path / "for-ben"))
    page.form.sealing.buttons["passphrase"].click()
    for line in (page.form.passphrase, page.form.again):
        line.edit.setText("five boats in the fjord")
    page.write()
    written = tmp_path / "for-ben.terrain.age"
    assert written.is_file(), page.message.text()
    assert b"Prices" not in written.read_bytes()
    screen.bring_in([written])
    incoming = screen.page("incoming")
    incoming.form.passphrase.edit.setText("four boats")
    incoming.form.save()
    assert incoming.form.message.text()
    incoming.form.passphrase.edit.setText("five boats in the fjord")
    incoming.form.save()
    assert not incoming.preview.looked.report.changes_something
    assert incoming.preview.looked.report.manifest.title == "Harbour Lane Coffee"
    screen.go_to_page("past")
    assert "It is encrypted." in exchange_lines(screen.current._past.exchanges[0])


def test_names_give_way_in_a_redacted_copy(screen, pair, tmp_path):
    screen.go_to_page("outgoing")
    page = screen.current
    page.form.redact.click()
    (replacement,) = page.view.previewed.preview.redaction.replacements
    assert replacement.name == "Ines Vidal"
    page.form.target.setText(str(tmp_path / "apart.terrain"))
    page.write()
    assert (tmp_path / "apart.terrain").is_file(), page.message.text()
    assert b"Vidal" not in (tmp_path / "apart.terrain").read_bytes()
    assert "Ines Vidal" in (tmp_path / "apart-key.json").read_text(encoding="utf-8")


def test_what_is_no_copy_is_told_beside_what_is(screen, pair, tmp_path):
    _, path, _ = pair
    (tmp_path / "notes.txt").write_text("words", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    screen.bring_in([tmp_path / "notes.txt", tmp_path / "folder", path])
    page = screen.page("incoming")
    assert page.preview is not None
    assert "notes.txt is no Terrain notebook" in page.message.text()
    assert "(it is a folder)" in page.message.text()
    page.leave()
    screen.bring_in([path])
    assert page.message.isHidden()


def test_a_preview_says_when_the_notebook_has_changed_since(screen, pair):
    _, path, _ = pair
    screen.bring_in([path])
    page = screen.page("incoming")
    screen.operations.submit(ChangeOp("add", lambda notebook: notebook.entries.add(EntryDraft(body="Meanwhile"))))
    assert "has changed since" in page.message.text()
    before = page.preview
    page.message._action.click()
    assert page.preview is not before
    assert page.message.isHidden()


def test_what_is_undone_elsewhere_no_longer_stands_as_merged(screen, pair):
    _, path, _ = pair
    screen.bring_in([path])
    page = screen.page("incoming")
    page.merge()
    assert page.done.isVisible()
    screen.operations.submit(ChangeOp("undo", lambda notebook: notebook.history.undo()))
    assert page.done is None
    assert page.empty.isVisible()
