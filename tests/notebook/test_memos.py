"""Memos below the services."""

import pytest

from desktop_app.model.errors import NotFound
from desktop_app.model.ids import new_id
from desktop_app.model.memos import About, MemoFields
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import check, write


def memo(file: NotebookFile, body: str, *about: About, settles: tuple[str, ...] = ()) -> str:
    item = new_id()
    with file.journal.change("Write memo") as recorder:
        recorder.record("memo", item, MemoFields(body, about=about, settles=settles).to_json(), new=True)
    return item


def test_memos_are_found_by_what_they_are_about(file: NotebookFile) -> None:
    note = write(file, "Words")
    first = memo(file, "One", About("entry", note), About("organisation", "c1"))
    second = memo(file, "Two", About("entry", note), settles=("k1", "k2"))
    assert [found.id for found in file.memos.of(note)] == [first, second]
    assert [found.id for found in file.memos.of("c1")] == [first]
    assert file.memos.counts() == {note: 2, "c1": 1}
    assert file.codings.settlements() == [("memo", second, "k1"), ("memo", second, "k2")]
    assert file.memos.get(first).fields == MemoFields("One", about=(About("entry", note), About("organisation", "c1")))
    assert [found.id for found in file.memos.some([second, "zzz", first])] == [second, first]
    with pytest.raises(NotFound):
        file.memos.get(note)
    assert check(file).problems == ()


def test_what_a_memo_is_or_was_about_is_read_again(file: NotebookFile) -> None:
    first, second = write(file, "One"), write(file, "Two")
    item = memo(file, "About", About("entry", first), About("code", "lost in an exchange"))
    last = file.database.one("SELECT max(change) FROM outbox")[0]
    assert (first, "entry") in file.database.rows("SELECT item, kind FROM outbox WHERE change = ?", (last,))
    with file.journal.change("Edit memo") as recorder:
        recorder.record("memo", item, MemoFields("About", about=(About("entry", second),)).to_json())
    again = file.database.rows("SELECT item, kind FROM outbox WHERE change > ?", (last,))
    assert set(again) == {(first, "entry"), (second, "entry"), (item, "memo")}
    assert check(file).problems == ()


def test_a_trashed_memo_is_about_nothing_until_it_is_back(file: NotebookFile) -> None:
    item = memo(file, "One", About("organisation", "c1"), settles=("k1",))
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "memo", item)
    assert (file.memos.all(), file.memos.of("c1"), file.codings.settlements()) == ([], [], [])
    assert file.memos.get(item).trashed
    file.undo.undo()
    assert [found.id for found in file.memos.all()] == [item]
    assert file.memos.counts() == {"c1": 1}
