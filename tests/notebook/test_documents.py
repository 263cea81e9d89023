"""Documents below the services: texts as blobs, turns beside them, and what topic tables hold."""

from dataclasses import replace

import pytest

from desktop_app.model.documents import Content, DocumentFields, Turn
from desktop_app.model.errors import NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import check

TURNS = (Turn(0, 2, "Ana", 0, 900), Turn(3, 6, "", None, None), Turn(7, 9, "Bo", 1000, None))


def keep(file: NotebookFile, title: str, text: str, **fields: object) -> str:
    item = new_id()
    with file.journal.change("Add document") as recorder:
        made = replace(DocumentFields(title, file.documents.keep(text, ())), **fields)  # type: ignore[arg-type]
        recorder.record("document", item, made.to_json(), new=True)
    return item


def test_a_text_and_its_turns_come_back_as_they_were(file: NotebookFile) -> None:
    text = "🙂é سل値 \ud800x"
    with file.journal.change("Keep"):
        content = file.documents.keep(text, TURNS)
    assert file.documents.text(content) == text
    assert file.documents.turns(content) == TURNS
    assert content == Content(content.blob, content.turns, len(text), ("Ana", "Bo"), 3, 1000)
    assert file.documents.turns(replace(content, turns="")) == ()
    with pytest.raises(NotFound):
        file.documents.text(Content("0" * 64))


def test_one_text_is_kept_once(file: NotebookFile) -> None:
    keep(file, "b", "Same words")
    blobs = file.database.one("SELECT count(*) FROM blob")
    keep(file, "A", "Same words")
    assert file.database.one("SELECT count(*) FROM blob") == blobs
    content = file.documents.all()[0].fields.content
    assert file.documents.same_text(content.blob) == ["A", "b"]


def test_lists_by_title_with_dates_and_without_the_trash(file: NotebookFile) -> None:
    zebra = keep(file, "zebra", "x", occurred="2026-03")
    able = keep(file, "Äble", "y")
    assert [document.fields.title for document in file.documents.all()] == ["zebra", "Äble"]
    assert (file.documents.get(zebra).start, file.documents.get(zebra).end) == ("2026-03-01T00:00", "2026-04-01T00:00")
    assert list(file.documents.titles()) == [zebra, able]
    assert file.documents.named(" ZEBRA ") == [zebra]
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "document", zebra)
    assert [document.id for document in file.documents.all()] == [able]
    assert [document.trashed for document in file.documents.many([able, zebra, "zzz"])] == [False, True]
    with pytest.raises(NotFound):
        file.documents.get("zzz")


def test_people_and_values_stand_in_their_tables_and_are_proved(file: NotebookFile) -> None:
    item = keep(file, "A", "x", people={"Ana": "p1"}, attributes={"v1": "Porto", "v2": True, "v3": 3.5})
    assert file.attributes.values("document") == {item: {"v1": "Porto", "v2": True, "v3": 3.5}}
    assert file.database.rows("SELECT * FROM document_person") == [(item, "Ana", "p1")]
    assert check(file).problems == ()
    file.database.execute("UPDATE document SET title = 'B'")
    assert check(file).problems
    assert check(file, repair=True).problems
    assert check(file).problems == ()


def test_a_text_that_is_lost_is_told(file: NotebookFile) -> None:
    keep(file, "A", "Some words")
    file.database.execute("DELETE FROM blob")
    assert any("bytes are missing" in str(problem) for problem in check(file).problems)
