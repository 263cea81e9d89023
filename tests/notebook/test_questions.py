"""Questions and dismissals below the services."""

import pytest

from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.errors import NotFound
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import PersonFields
from desktop_app.model.questions import QuestionFields
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import check, write


def record(file: NotebookFile, kind: str, fields: dict[str, object]) -> str:
    item = new_id()
    with file.journal.change("Write") as recorder:
        recorder.record(kind, item, fields, new=True)
    return item


def ask(file: NotebookFile, text: str, **fields: str) -> str:
    return record(file, "question", QuestionFields(text, **fields).to_json())  # type: ignore[arg-type]


def test_questions_are_read_in_their_order(file: NotebookFile) -> None:
    person = record(file, "person", PersonFields("Ines").to_json())
    early, late = (ask(file, text, asker=person, asked=asked) for text, asked in (("B", "2025"), ("A", "2026-03")))
    answered = ask(file, "C", answered="2026")
    assert [found.id for found in file.questions.all()] == [late, early, answered]
    assert [found.id for found in file.questions.asked_by(person)] == [early, late]
    assert [found.id for found in file.questions.many([answered, "zzz", early])] == [answered, early]
    assert file.questions.get(late).start == "2026-03-01T00:00"
    with pytest.raises(NotFound):
        file.questions.get(person)
    assert check(file).problems == ()


def test_evidence_is_counted_as_it_is_listed(file: NotebookFile) -> None:
    question, other = ask(file, "Why?"), ask(file, "Who?")
    entries = [write(file, text) for text in ("one", "two")]
    for entry, relation in (*zip(entries, ("supports", "mentions"), strict=True), (entries[0], "supports")):
        link = LinkFields(End("entry", entry), relation, End("question", question)).to_json()
        record(file, "link", link)
    record(file, "link", LinkFields(End("entry", entries[0]), "follows", End("question", question)).to_json())
    record(file, "link", LinkFields(End("question", question), "supports", End("entry", entries[0])).to_json())
    record(file, "link", LinkFields(End("entry", new_id()), "supports", End("question", question)).to_json())
    found = file.questions.get(question)
    assert (found.supporting, found.contradicting, found.undecided) == (1, 0, 1)
    assert [link.source.id for link in file.questions.evidence([question, other])[question]] == entries
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "entry", entries[0])
    assert file.questions.get(question).evidence == 1
    assert file.questions.all()[0].evidence + file.questions.all()[1].evidence == 1


def test_tables_that_say_something_else_are_told_and_mended(file: NotebookFile) -> None:
    ask(file, "Why?")
    record(file, "dismissal", DismissalFields("s" * 26, "2026-01", "2026-02", "n").to_json())
    with file.database.transaction():
        file.database.execute("UPDATE question SET answered = '2026'")
        file.database.execute("DELETE FROM dismissal")
    assert len(check(file).problems) == 2
    check(file, repair=True)
    assert check(file).problems == ()
    assert file.questions.all()[0].is_open
    assert len(file.dismissals.all()) == 1
