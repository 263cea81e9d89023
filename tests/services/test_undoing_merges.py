"""Taking back what came in: it gives back what was there, and throws nothing away."""

from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.exchange import ExportChoice, History
from desktop_app.notebook.file import ALL_PROJECTIONS
from desktop_app.notebook.salvage import salvage
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook
from tests.notebook.hostile import spoil, writing


def _copy(notebook: Notebook, name: str, choice: ExportChoice) -> Path:
    path = notebook.path.with_name(name)
    notebook.exporting.export(path, choice)
    return path


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path, str]:
    """A copy as it stands, one with what came before, and the note that both hold."""
    with create_notebook(tmp_path / "ada.terrain", identity=Identity("Ada", "ada")) as ada:
        note = ada.entries.add(EntryDraft(body="A note")).result
        ada.entries.edit(note, EntryDraft(body="A better note"))
        return (
            _copy(ada, "heads.terrain", ExportChoice(history=History.HEADS)),
            _copy(ada, "whole.terrain", ExportChoice()),
            note,
        )


def test_taking_back_what_only_told_of_earlier_versions_keeps_the_later_one(
    copies: tuple[Path, Path, str], tmp_path: Path
) -> None:
    heads, whole, note = copies
    with create_notebook(tmp_path / "ben.terrain", identity=Identity("Ben", "ben")) as ben:
        ben.merging.merge(heads)
        ben.merging.merge(whole)

        assert ben.history.undo() is not None
        assert [one.id for one in ben.entries.recent()] == [note]
        ben.history.redo()
        assert ben.entries.get(note).fields.body == "A better note"


def test_bringing_back_what_only_told_of_earlier_versions_leaves_the_trash_alone(
    copies: tuple[Path, Path, str], tmp_path: Path
) -> None:
    heads, whole, note = copies
    with create_notebook(tmp_path / "ben.terrain", identity=Identity("Ben", "ben")) as ben:
        ben.merging.merge(heads)
        ben.entries.trash([note])
        ben.merging.merge(whole)

        ben.history.undo()
        ben.history.redo()

        assert not ben.entries.recent()


def test_what_a_merge_derived_is_derived_anew_where_it_was_lost(tmp_path: Path) -> None:
    with create_notebook(tmp_path / "ada.terrain", identity=Identity("Ada", "ada")) as ada:
        note = ada.entries.add(EntryDraft(body="one\n\ntwo")).result
        theirs = ada.maintenance.backup(tmp_path / "ben.terrain")
        ada.entries.edit(note, EntryDraft(body="one\n\ntwo", tags=("mine",)))
        with open_notebook(theirs, identity=Identity("Ben", "ben")) as ben:
            ben.entries.edit(note, EntryDraft(body="one\n\ntwo", tags=("yours",)))
        ada.merging.merge(theirs)
        earlier = ada.maintenance.backup(tmp_path / "earlier.terrain")
        with open_notebook(theirs, identity=Identity("Ben", "ben")) as ben:
            ben.entries.edit(note, EntryDraft(body="one\n\ntwo", tags=("yours", "last")))
        ada.merging.merge(theirs)
        (head,) = ada._file.database.one("SELECT head FROM item WHERE id = ?", (note,))
    spoil(ada.path, writing("DELETE FROM revision WHERE id = ?", head))
    salvage(ada.path, [earlier], ALL_PROJECTIONS, datetime(2026, 3, 1))

    with open_notebook(ada.path, identity=Identity("Ada", "ada")) as again:
        assert again.entries.get(note).head == head
        assert again.entries.get(note).fields.tags == ("last", "mine", "yours")
        assert again.maintenance.check().problems == ()


def test_what_was_merged_before_a_notebook_was_damaged_is_not_taken_back(
    copies: tuple[Path, Path, str], tmp_path: Path
) -> None:
    heads, whole, note = copies
    with create_notebook(tmp_path / "ben.terrain", identity=Identity("Ben", "ben")) as ben:
        ben.merging.merge(heads)
        ben.merging.merge(whole)
    salvage(ben.path, [], ALL_PROJECTIONS, datetime(2026, 3, 1))

    with open_notebook(ben.path, identity=Identity("Ben", "ben")) as again:
        assert again.maintenance.check().problems == ()
        assert len(again.merging.history()) == 2
        while again.history.undo():
            assert [one.id for one in again.entries.recent()] == [note]
        assert [one.id for one in again.entries.recent()] == [note]
