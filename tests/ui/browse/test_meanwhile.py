"""An entry is changed by others while it is being edited: nothing typed is lost, and nothing is overwritten unseen."""

from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, open_notebook
from desktop_app.ui.browse import BrowseScreen
from tests.ui.browse.conftest import NOW

LINES = "First line\n\nSecond line\n\nThird line"


@pytest.fixture
def theirs(screen: BrowseScreen, ids: dict[str, str], notebook_path: Path, ask):
    """Edits the entry as somebody else, and tells the screen; the entry has three lines and is being edited."""
    ask(lambda notebook: notebook.entries.edit(ids["friend"], EntryDraft(body=LINES)))
    screen.operations.changed_elsewhere.emit()
    screen.edit_entry()

    def edit(**given: object) -> None:
        with open_notebook(notebook_path, now=lambda: NOW, identity=Identity("Ben", "two")) as other:
            other.entries.edit(ids["friend"], EntryDraft(**given))
        screen.operations.changed_elsewhere.emit()

    return edit


def _fields(ask, ids):
    return ask(lambda notebook: notebook.entries.get(ids["friend"])).fields


def test_what_only_others_changed_is_taken_into_the_form(screen: BrowseScreen, ids, theirs, ask) -> None:
    editor = screen.reader.editor
    editor.title.setText("Mine")
    theirs(body=f"{LINES}\n\nFrom Ben", tags=("ferry",))
    assert editor.body.text() == f"{LINES}\n\nFrom Ben"
    assert editor.title.text() == "Mine"
    assert "Ben changed the text, tags meanwhile; it is here now." in editor.message.text()
    editor.save()
    fields = _fields(ask, ids)
    assert (fields.title, fields.body, fields.tags) == ("Mine", f"{LINES}\n\nFrom Ben", ("ferry",))


def test_changes_of_the_same_text_are_put_together_when_it_is_saved(screen: BrowseScreen, ids, theirs, ask) -> None:
    editor = screen.reader.editor
    editor.body.setPlainText(LINES.replace("First", "My first"))
    theirs(body=LINES.replace("Third", "Ben’s third"))
    assert editor.body.text() == LINES.replace("First", "My first")
    assert "as you do" in editor.message.text()
    editor.save()
    assert _fields(ask, ids).body == "My first line\n\nSecond line\n\nBen’s third line"


def test_what_contradicts_is_told_and_saved_only_after_that(screen: BrowseScreen, ids, theirs, ask) -> None:
    editor = screen.reader.editor
    editor.body.setPlainText(LINES.replace("Second", "My second"))
    theirs(body=LINES.replace("Second", "Ben’s second"))
    editor.save()
    assert screen.reader.editing
    assert "“Ben’s second line”" in editor.message.text()
    assert _fields(ask, ids).body == LINES.replace("Second", "Ben’s second")
    editor.save()
    assert not screen.reader.editing
    assert _fields(ask, ids).body == LINES.replace("Second", "My second")


def test_a_draft_kept_before_they_wrote_does_not_overwrite_them(screen: BrowseScreen, ids, theirs, ask) -> None:
    editor = screen.reader.editor
    editor.body.setPlainText(LINES.replace("First", "My first"))
    editor.left.emit(editor._kept())
    theirs(body=LINES.replace("Third", "Ben’s third"))
    screen.edit_entry()
    screen.reader.editor.save()
    assert _fields(ask, ids).body == "My first line\n\nSecond line\n\nBen’s third line"


def test_what_contradicts_when_another_entry_is_chosen_is_kept_as_a_draft(screen, ids, theirs, ask) -> None:
    screen.reader.editor.title.setText("Mine")
    theirs(title="Ben’s")
    screen.timeline.entry_chosen.emit(ids["strike"])
    assert _fields(ask, ids).title == "Ben’s"
    assert ask(lambda notebook: notebook.drafts.load(f"entry:{ids['friend']}"))["title"] == "Mine"
