"""Codings of texts that are changed while they lie in the trash: nothing is lost, and nothing comes back elsewhere."""

from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from tests.services.interviews import code, interview


def test_a_document_renamed_in_the_trash_comes_back_with_its_codings(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "opaque", "Price")
    notebook.documents.trash(document)
    notebook.documents.edit(document, title="Another name", note="Twice")
    notebook.documents.restore(document)
    assert [found.id for found in notebook.codings.of(document)] == [coding]


def test_a_text_corrected_in_the_trash_takes_its_codings_along(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding, gone = code(notebook, document, "opaque", "Price"), code(notebook, document, "price", "Price")
    notebook.codings.remove([gone])
    notebook.documents.trash(document)
    notebook.documents.correct(document, "Now: " + notebook.documents.text(document).text)
    notebook.history.undo()
    notebook.history.redo()
    notebook.documents.restore(document)
    assert [found.id for found in notebook.codings.of(document)] == [coding]
    fields, text = notebook.codings.get(coding), notebook.documents.text(document)
    assert text.text[fields.start : fields.end] == fields.quote == "opaque"
    assert fields.version == text.version
    assert notebook.maintenance.check().problems == ()


@pytest.mark.parametrize("way", ["restore", "bring back"])
def test_an_entry_edited_in_the_trash_takes_its_codings_along(notebook: Notebook, way: str) -> None:
    entry = notebook.entries.add(EntryDraft(body="The price was opaque")).result
    coding = code(notebook, entry, "opaque", "Price", kind="entry")
    notebook.entries.trash([entry])
    notebook.entries.edit(entry, EntryDraft(body="Now: The price was opaque"))
    if way == "restore":
        notebook.entries.restore([entry])
    else:
        notebook.entries.bring_back(entry, notebook.history.of(entry)[-1].id)
    body = notebook.entries.get(entry).fields.body
    assert not notebook.entries.get(entry).trashed
    (found,) = notebook.codings.of(entry)
    assert (found.id, body[found.start : found.end]) == (coding, "opaque")


def test_two_codings_whose_codes_became_one_in_the_trash_are_not_doubled(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    code(notebook, document, "opaque", "A")
    code(notebook, document, "opaque", "B")
    notebook.documents.trash(document)
    notebook.codes.merge(["A"], "B")
    notebook.documents.restore(document)
    assert len(notebook.codings.of(document)) == 1
