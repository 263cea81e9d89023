import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.model.vocabulary import Term
from desktop_app.notebook.errors import NotebookExists
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook, workspace
from desktop_app.services.maintenance import restore_notebook
from desktop_app.services.sample import build_sample, ensure_sample, sample_path
from tests.services.conftest import Now


def test_a_name_without_a_suffix_gets_one(tmp_path: Path) -> None:
    with create_notebook(tmp_path / "journal", identity=Identity("Ada", "one")) as made:
        assert made.path == tmp_path / "journal.terrain"
        assert made.title == "journal"
    with pytest.raises(NotebookExists):
        create_notebook(tmp_path / "journal", identity=Identity("Ada", "one"))


def test_a_title_can_be_changed_and_undone(notebook: Notebook) -> None:
    notebook.rename("  Field   notes ")
    assert notebook.title == "Field notes"
    notebook.history.undo()
    assert notebook.title == "Notes"
    with pytest.raises(Invalid):
        notebook.rename(" ")


def test_a_backup_is_due_half_an_hour_after_the_last(notebook: Notebook, now: Now) -> None:
    assert notebook.maintenance.backup_if_due() is not None
    now.pass_by(hours=2)
    assert notebook.maintenance.backup_if_due() is None, "nothing was written since"
    notebook.entries.add(EntryDraft(body="x"))
    now.at = max(now.at, notebook.maintenance.backups()[0].at + timedelta(hours=1))


def test_restoring_brings_back_what_was_backed_up(notebook: Notebook) -> None:
    one = notebook.entries.add(EntryDraft(body="kept")).result
    backup = notebook.maintenance.backup()
    notebook.entries.add(EntryDraft(body="later"))
    restore_notebook(notebook.path, backup)
    assert [entry.id for entry in notebook.entries.recent()] == [one]
    assert notebook.maintenance.check().ok


def test_a_notebook_may_add_terms_of_its_own(notebook: Notebook) -> None:
    term = Term("season", "Season", "Season", "What moves with the harvest?")
    notebook.vocabulary.add_term("scale", term)
    entry = notebook.entries.add(EntryDraft(body="harvest", scales=("seas",))).result
    assert notebook.entries.get(entry).fields.scales == ("season",)
    assert notebook.search.run("scale:season").total == 1
    for wrong in (term, Term("No Spaces", "x", "x", ""), Term("fine", " ", "", "")):
        with pytest.raises(Invalid):
            notebook.vocabulary.add_term("scale", wrong)
    notebook.vocabulary.remove_term("scale", "season")
    assert notebook.vocabulary.scales().get("season").known is False
    assert notebook.entries.get(entry).fields.scales == ("season",), "never lost for being unknown"


def test_saved_searches_keep_their_order(notebook: Notebook) -> None:
    first = notebook.saved_searches.add("Told", "basis:told").result
    notebook.saved_searches.add("Surprises", "is:surprise")
    notebook.saved_searches.edit(first, "Told to us", "basis:told")
    assert [found.name for found in notebook.saved_searches.list()] == ["Told to us", "Surprises"]
    notebook.saved_searches.remove(first)
    assert [found.name for found in notebook.saved_searches.list()] == ["Surprises"]


def test_the_last_notebook_is_remembered_while_it_is_there(tmp_path: Path) -> None:
    one, two = tmp_path / "one.terrain", tmp_path / "two.terrain"
    for path in (one, two):
        path.write_bytes(b"")
        workspace.remember(path)
    assert workspace.recent() == [two, one]
    two.unlink()
    assert workspace.last_notebook() == one


def test_the_sample_is_whole_dated_and_safe_from_undo(tmp_path: Path) -> None:
    path = build_sample(tmp_path / "sample.terrain")
    with open_notebook(path, identity=Identity("Ada", "one")) as sample:
        assert sample.title == "Harbour Lane Coffee"
        assert sample.entries.counts().total >= 80
        assert sample.maintenance.check().problems == ()
        assert sample.history.undo() is None
        written = [entry.created for entry in sample.entries.recent(500)]
        assert written == sorted(written, reverse=True)
        assert (written[-1][:4], written[0][:4]) == ("2024", "2026")
        assert len(sample.metrics.imports()) >= 3
        stretch = sample.metrics.show("Trials started", "2025-12-02", "2025-12-12")
        assert sum(point.value for point in stretch.points) == 221
        then = sample.metrics.show("Trials started", "2025-12-02", "2025-12-12", as_of="2025-12-20")
        assert sum(point.value for point in then.points) == 214, "restated since"
    assert list(tmp_path.iterdir()) == [path]


def test_the_sample_of_a_newcomer_is_made_once() -> None:
    assert ensure_sample() == sample_path()
    before = sample_path().stat().st_mtime_ns
    ensure_sample()
    assert sample_path().stat().st_mtime_ns == before


def test_a_backup_that_a_wrong_clock_dated_does_not_stop_the_next(notebook: Notebook, now: Now) -> None:
    now.pass_by(days=4000)
    notebook.maintenance.backup()
    now.pass_by(days=-4000)
    notebook.entries.add(EntryDraft(body="x"))
    assert notebook.maintenance.backup_if_due() is not None


def test_what_was_indexed_while_damaged_is_read_again_after_mending(notebook: Notebook) -> None:
    notebook.entries.add(EntryDraft(body="dated", when="2026-03-14"))
    with closing(sqlite3.connect(notebook.path)) as connection, connection:
        connection.execute("UPDATE entry SET starts = '', ends = ''")
    notebook.search.rebuild()
    assert notebook.search.run("in:2026").total == 0
    assert notebook.maintenance.check(repair=True).ok
    assert notebook.search.run("in:2026").total == 1
    assert notebook.maintenance.check().problems == ()
    assert notebook.history.can_undo() == "Write note"
