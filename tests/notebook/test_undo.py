import json
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.undo import restored
from tests.notebook.writing import check, rewrite, write


def test_undo_and_redo_survive_a_restart(path: Path) -> None:
    first = NotebookFile.open(path, author="Ada", device="one")
    item = write(first, "one")
    rewrite(first, item, body="two")
    first.close()
    again = NotebookFile.open(path, author="Ada", device="one")
    done = again.undo.undo()
    assert done is not None
    assert (done.label, dict(done.touched)) == ("Edit note", {"entry": {item}})
    assert again.entries.get(item).fields.body == "one"
    again.close()
    third = NotebookFile.open(path, author="Ada", device="one")
    assert third.undo.next_redo() == (3, "Edit note")
    third.undo.redo()
    assert third.entries.get(item).fields.body == "two"
    assert third.undo.redo() is None
    third.close()


def test_undoing_a_creation_puts_the_item_into_the_trash(file: NotebookFile) -> None:
    item = write(file, "one")
    file.undo.undo()
    assert file.entries.get(item).trashed
    assert file.entries.counts() == {}
    file.undo.redo()
    assert not file.entries.get(item).trashed
    assert file.entries.counts() == {"note": 1}


def test_making_the_notebook_cannot_be_undone(file: NotebookFile) -> None:
    assert file.undo.next_undo() is None
    assert file.undo.undo() is None
    assert file.about()[0] == "Template"


def test_something_new_forgets_what_was_undone(file: NotebookFile) -> None:
    write(file, "one")
    file.undo.undo()
    write(file, "two")
    assert file.undo.redo() is None


def test_fields_written_since_are_left_alone() -> None:
    old = {"title": "a", "body": "x"}
    new = {"title": "b", "body": "x", "channel": "phone"}
    assert restored({"title": "b", "body": "later", "channel": "phone"}, new, old) == {"title": "a", "body": "later"}
    assert restored({"title": "c", "body": "x", "channel": "phone"}, new, old) == {"title": "c", "body": "x"}


class Undoing(RuleBasedStateMachine):
    """Against a model that keeps whole states on two stacks."""

    path: Path

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.file = NotebookFile.create(
            Path(self.folder.name) / "n.terrain", title="", language="en", author="Ada", device="one"
        )
        self.items: list[str] = []
        self.past: list[dict[str, Any]] = [{}]
        self.future: list[dict[str, Any]] = []

    def state(self) -> dict[str, Any]:
        rows = self.file.database.rows(
            "SELECT item.id, fields FROM item JOIN revision ON revision.id = head"
            " WHERE item.kind = 'entry' AND trashed = 0"
        )
        return {item: json.loads(text) for item, text in rows}

    def did(self) -> None:
        if self.state() != self.past[-1]:
            self.past.append(self.state())
            self.future.clear()

    @rule(body=st.text(alphabet="ab", min_size=1, max_size=3))
    def add(self, body: str) -> None:
        self.items.append(write(self.file, body))
        self.did()

    @precondition(lambda self: bool(self.past[-1]))
    @rule(data=st.data(), body=st.text(alphabet="abc", max_size=2), tag=st.sampled_from(["x", "y"]))
    def edit(self, data: st.DataObject, body: str, tag: str) -> None:
        item = data.draw(st.sampled_from(sorted(self.past[-1])))
        rewrite(self.file, item, body=body, tags=[tag])
        self.did()

    @precondition(lambda self: bool(self.past[-1]))
    @rule(data=st.data())
    def trash(self, data: st.DataObject) -> None:
        item = data.draw(st.sampled_from(sorted(self.past[-1])))
        with self.file.journal.change("Trash") as recorder:
            self.file.journal.trash(recorder, "entry", item)
        self.did()

    @rule()
    def undo(self) -> None:
        done = self.file.undo.undo()
        assert (done is not None) == (len(self.past) > 1)
        if done:
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        done = self.file.undo.redo()
        assert (done is not None) == bool(self.future)
        if done:
            self.past.append(self.future.pop())

    @rule()
    def reopen(self) -> None:
        path = self.file.path
        self.file.close()
        self.file = NotebookFile.open(path, author="Ada", device="one")

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "file"):
            assert self.state() == self.past[-1]

    def teardown(self) -> None:
        if hasattr(self, "file"):
            assert check(self.file).problems == ()
            self.file.close()
            self.folder.cleanup()


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
