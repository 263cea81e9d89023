from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.services import Notebook
from tests.services.conftest import Now
from tests.services.interviews import code, interview


def test_a_memo_names_everything_it_is_about(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "The price was opaque.", "Price talk / opaque")
    about = (
        About("code", notebook.codes.resolve("Price talk / opaque")),
        About("coding", coding[:8]),
        About("document", document),
        About("entry", notebook.entries.add(EntryDraft(body="# A note\nmore")).result),
        About("person", notebook.people.add(PersonFields("Ines Vidal")).result),
        About("organisation", notebook.people.add_organisation(OrganisationFields("Café Norte")).result),
        About("notebook", ""),
    )
    made = notebook.memos.add(MemoFields("  What is it that they *mean*?\r\nMore.", about=about))
    assert made.label == "Write memo"
    memo = notebook.memos.get(made.result[:8])
    assert memo.names == (
        "Price talk / opaque",
        "Price talk / opaque: “The price was opaque.”",
        "Interview 07",
        "# A note",
        "Ines Vidal",
        "Café Norte",
        "Notes",
    )
    assert memo.heading == "What is it that they *mean*?"
    for thing in memo.fields.about:
        assert [found.id for found in notebook.memos.of(thing.id)] == [made.result]
    assert notebook.codings.of(document)[0].memos == 1
    assert notebook.memos.counts()[coding] == 1


def test_memos_are_edited_and_listed_newest_first(notebook: Notebook, now: Now) -> None:
    with notebook.as_of(now):
        first = notebook.memos.add(MemoFields("First")).result
        now.pass_by(minutes=1)
        second = notebook.memos.add(MemoFields("Second")).result
        now.pass_by(minutes=1)
        assert [memo.id for memo in notebook.memos.list()] == [second, first]
        notebook.memos.edit(first, MemoFields("First", title=" A title "))
    assert [memo.id for memo in notebook.memos.list()] == [first, second]
    assert notebook.memos.get(first).heading == "A title"


def test_trashing_a_thing_keeps_its_memos(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "opaque", "Price")
    memo = notebook.memos.add(
        MemoFields("About it", about=(About("document", document), About("coding", coding)))
    ).result
    notebook.documents.trash(document)
    kept = notebook.memos.get(memo)
    assert not kept.trashed
    assert kept.names == ("Interview 07", "Price: “opaque”")
    notebook.memos.edit(memo, MemoFields("Still about it", about=kept.fields.about))


def test_trash_restore_and_undo(notebook: Notebook) -> None:
    memo = notebook.memos.add(MemoFields("Words", about=(About("notebook", ""),))).result
    assert notebook.memos.trash(memo).result
    assert notebook.memos.list() == []
    assert not notebook.memos.trash(memo).result
    assert notebook.memos.restore(memo).result
    notebook.memos.edit(memo, MemoFields("Other words"))
    notebook.history.undo()
    assert notebook.memos.get(memo).fields.body == "Words"
    assert notebook.memos.get(memo).fields.about == (About("notebook", notebook.id),)


def test_the_draft_goes_with_what_was_saved(notebook: Notebook) -> None:
    notebook.drafts.save("memo:new", {"body": "W"})
    memo = notebook.memos.add(MemoFields("Words"), draft_of="memo:new").result
    notebook.drafts.save(f"memo:{memo}", {"body": "V"})
    notebook.memos.edit(memo, MemoFields("Verse"), draft_of=f"memo:{memo}")
    assert notebook.drafts.surfaces() == []


def test_memos_that_cannot_be(notebook: Notebook) -> None:
    with pytest.raises(Invalid, match="needs some words"):
        notebook.memos.add(MemoFields(" "))
    with pytest.raises(Invalid, match="cannot be about a series"):
        notebook.memos.add(MemoFields("x", about=(About("series", "a"),)))
    with pytest.raises(NotFound, match="no document"):
        notebook.memos.add(MemoFields("x", about=(About("document", "zzz"),)))
    assert notebook.memos.list() == []


def test_a_memo_may_say_of_a_thing_that_it_is_another(notebook: Notebook) -> None:
    """As one from other hands can."""
    entry = notebook.entries.add(EntryDraft(body="A note")).result
    about = [{"kind": kind, "id": entry} for kind in ("code", "coding")]
    with notebook._file.journal.change("Arrive") as recorder:
        recorder.record("memo", "0" * 26, {"title": "", "body": "x", "about": about[:1], "settles": []}, new=True)
        recorder.record("memo", "1" * 26, {"title": "", "body": "x", "about": about[1:], "settles": []}, new=True)
    assert notebook.memos.get("0" * 26).names == ("",)
    assert notebook.memos.get("1" * 26).names == ("",)
