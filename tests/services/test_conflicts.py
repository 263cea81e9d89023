"""Settling what two people gave different values, with what hangs on it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.model.coding import CodeFields
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Identity, Notebook, open_notebook

TEXT = "Who pays for it?\nThe owner pays, she said.\nAnd then she laughed."


@pytest.fixture
def pair(notebook: Notebook, tmp_path: Path) -> Iterator[tuple[Notebook, Notebook, str, str]]:
    """Two copies with a document and an entry, and the ids of both."""
    document = notebook.documents.add("Talk", TEXT).result
    entry = notebook.entries.add(EntryDraft(body="Prices were fair", title="Prices")).result
    notebook.codes.add(CodeFields("Paying"))
    notebook.codings.add(document, 17, 31, "Paying")
    notebook.maintenance.backup(tmp_path / "ben.terrain")
    with open_notebook(tmp_path / "ben.terrain", identity=Identity("Ben", "two")) as ben:
        yield notebook, ben, document, entry


def quotes(notebook: Notebook, document: str) -> list[tuple[str, bool]]:
    text = notebook.documents.text(document).text
    found = notebook.codings.of(document)
    assert all(notebook.codings.get(one.id).quote == text[one.start : one.end] for one in found)
    return [(text[one.start : one.end], one.review) for one in found]


def test_the_other_text_brings_the_codings_along(pair: tuple[Notebook, Notebook, str, str]) -> None:
    ada, ben, document, _ = pair
    ada.documents.correct(document, TEXT.replace("The owner pays", "Yes: the owner pays"))
    ben.documents.correct(document, TEXT.replace("The owner pays, she said.", "Well, the owner pays, he said."))
    ada.merging.merge(ben.path)
    (conflict,) = ada.conflicts.all()
    assert (conflict.field, {one.author for one in conflict.options}) == ("content", {"Ada", "Ben"})
    for option in conflict.options:
        ada.conflicts.settle(document, "content", option.revision)
        assert ada.conflicts.count() == 0
        assert ada.documents.text(document).version == option.value["blob"]
        ((quote, _),) = quotes(ada, document)
        assert "owner pays" in quote
        ada.history.undo()
        assert ada.conflicts.count() == 1
    assert ada.maintenance.check().problems == ()


def test_a_body_of_ones_own_settles_too(pair: tuple[Notebook, Notebook, str, str]) -> None:
    ada, ben, _, entry = pair
    ada.entries.edit(entry, EntryDraft(body="Prices were very fair"))
    ben.entries.edit(entry, EntryDraft(body="Prices were unfair"))
    ada.merging.merge(ben.path)
    ada.conflicts.settle_with(entry, "body", "Prices were discussed")
    assert ada.conflicts.count() == 0
    assert ada.entries.get(entry).fields.body == "Prices were discussed"
    with pytest.raises(Invalid, match="Nothing is left to settle"):
        ada.conflicts.settle_with(entry, "body", "Once more")


def test_an_edit_of_the_field_settles_it_and_one_of_another_does_not(
    pair: tuple[Notebook, Notebook, str, str],
) -> None:
    ada, ben, _, entry = pair
    ada.entries.edit(entry, EntryDraft(title="Ada’s"))
    ben.entries.edit(entry, EntryDraft(title="Ben’s"))
    ada.merging.merge(ben.path)
    ada.entries.edit(entry, EntryDraft(tags=("fair",)))
    assert ada.conflicts.count() == 1
    ada.entries.edit(entry, EntryDraft(title="Ours"))
    assert ada.conflicts.count() == 0


def test_values_that_a_field_cannot_have_are_refused(pair: tuple[Notebook, Notebook, str, str]) -> None:
    ada, ben, _, _ = pair
    upper = ada.codes.add(CodeFields("Upper")).result
    ben.merging.merge(ada.path)
    code = next(one.id for one in ada.codes.list() if one.fields.name == "Paying")
    other = ben.codes.add(CodeFields("Other")).result
    fields = next(one.fields for one in ada.codes.list() if one.id == code)
    ada.codes.edit(code, replace(fields, parent=upper))
    ben.codes.edit(code, replace(fields, parent=other))
    ada.merging.merge(ben.path)
    (conflict,) = ada.conflicts.all()
    assert (conflict.field, conflict.kind) == ("parent", "code")
    for wrong in (code, "0" * 26, 7):
        with pytest.raises(Invalid, match="cannot have that value"):
            ada.conflicts.settle_with(code, "parent", wrong)
    with pytest.raises(Invalid, match="No value"):
        ada.conflicts.settle(code, "parent", "f" * 64)
    assert ada.conflicts.settle_by("ben").result == 1
    assert next(one.fields.parent for one in ada.codes.list() if one.id == code) == other


def test_a_question_is_called_by_its_words_and_a_dismissed_place_by_its_series(
    notebook: Notebook, tmp_path: Path
) -> None:
    visits = tmp_path / "visits.csv"
    visits.write_text("Date,Visits\n2026-01-01,5\n2026-01-02,7\n", encoding="utf-8")
    notebook.metrics.import_files([visits], backup=False)
    question = notebook.questions.add(QuestionDraft("Why did they leave?")).result
    dismissal = DismissalFields(notebook.metrics.resolve("Visits"), "2026-01-01", "2026-01-02").to_json()
    item = new_id()
    with notebook._context.change("Dismiss") as recorder:
        recorder.record("dismissal", item, dismissal, new=True)
    notebook.maintenance.backup(tmp_path / "ben.terrain")
    with open_notebook(tmp_path / "ben.terrain", identity=Identity("Ben", "two")) as ben:
        for copy, when, note in ((notebook, "2026-03", "rain"), (ben, "2026-04", "snow")):
            copy.questions.answer(question, when=when)
            with copy._context.change("Dismiss") as recorder:
                recorder.record("dismissal", item, {**dismissal, "note": note})
        ben.questions.add(QuestionDraft("Who will come?"))
    report = notebook.merging.merge(ben.path).result
    assert {(one.kind, one.heading) for one in report.arrivals} == {
        ("question", "Why did they leave?"),
        ("question", "Who will come?"),
        ("dismissal", "Visits"),
    }
    found = [(one.kind, one.heading, one.field) for one in notebook.conflicts.all()]
    assert found == [("dismissal", "Visits", "note"), ("question", "Why did they leave?", "answered")]
    notebook.conflicts.settle_by("Ben")
    assert notebook.questions.get(question).fields.answered == "2026-04"
    assert notebook.history.of(question)[-1].label == "Write question"
