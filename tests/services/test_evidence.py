"""The evidence of a question, read whole."""

from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft, Outcome
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.memos import MemoFields
from desktop_app.model.questions import Piece, QuestionDraft
from desktop_app.services import Notebook
from tests.services.interviews import code, interview
from tests.services.test_questions import visits


@pytest.fixture
def question(notebook: Notebook) -> str:
    return notebook.questions.add(QuestionDraft("Why?")).result


def one(notebook: Notebook, question: str) -> Piece:
    (piece,) = notebook.questions.evidence(question)
    return piece


def test_an_entry_comes_with_what_is_known_of_it(notebook: Notebook, question: str) -> None:
    draft = EntryDraft(
        body="It was *dear*",
        kind="foresight",
        title="Dear",
        when="2026-03",
        speaker="Ines Vidal",
        basis="told",
        perspectives=("holistic",),
        scales=("week",),
        horizon="2027",
        confidence=0.7,
        outcome=Outcome("yes", "2026-05", "so"),
    )
    entry = notebook.entries.add(draft).result
    link = notebook.questions.gather(question, End("entry", entry), "contradicts").result
    found = notebook.entries.get(entry)
    assert one(notebook, question) == Piece(
        link,
        "contradicts",
        "entry",
        entry,
        "Dear",
        "It was dear",
        "foresight",
        "Ines Vidal",
        found.fields.speaker,
        "2026-03",
        found.start,
        found.end,
        basis="told",
        perspectives=("holistic",),
        scales=("week",),
        horizon="2027",
        confidence=0.7,
        outcome=Outcome("yes", "2026-05", "so"),
    )


def test_a_coding_is_its_own_piece(notebook: Notebook, question: str, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    notebook.documents.edit(document, when="2026-02-03")
    coding = code(notebook, document, "The price was opaque.", "Price talk / opaque")
    notebook.questions.gather(question, End("coding", coding))
    piece = one(notebook, question)
    assert (piece.text, piece.speaker, piece.target) == ("The price was opaque.", "Ines Vidal", document)
    assert piece.heading == "Price talk / opaque: “The price was opaque.”"
    assert (piece.occurred, piece.start) == ("2026-02-03", "2026-02-03T00:00")
    assert piece.person == notebook.documents.get(document).fields.people.get("Ines Vidal")
    notebook.documents.correct(document, notebook.documents.text(document).text.replace("price was", "prices were"))
    assert "opaque" in one(notebook, question).text


def test_a_coding_of_an_entry_has_the_entrys_traits(notebook: Notebook, question: str) -> None:
    draft = EntryDraft(body="a dear price", speaker="Ines", basis="told", perspectives=("holistic",), when="2026")
    entry = notebook.entries.add(draft).result
    coding = code(notebook, entry, "dear", "Price", kind="entry")
    notebook.questions.gather_all(question, [End("coding", coding), End("entry", entry)])
    pieces = {piece.kind: piece for piece in notebook.questions.evidence(question)}
    of_coding, of_entry = pieces["coding"], pieces["entry"]
    assert (of_coding.text, of_entry.text) == ("dear", "a dear price")
    for name in ("speaker", "person", "basis", "perspectives", "occurred", "start", "end"):
        assert getattr(of_coding, name) == getattr(of_entry, name)


def test_a_stretch_says_when_its_numbers_have_been_restated(notebook: Notebook, question: str, tmp_path: Path) -> None:
    series = visits(notebook, tmp_path)
    notebook.questions.gather(question, notebook.questions.stretch("Visits", "2026-01-01", "2026-01-02"))
    piece = one(notebook, question)
    assert (piece.id, piece.heading, piece.unit) == (series, "Visits", "count")
    assert (piece.start, piece.end, piece.then, piece.now) == ("2026-01-01", "2026-01-03", 12.0, 12.0)
    assert not piece.is_restated
    visits(notebook, tmp_path, second=8)
    piece = one(notebook, question)
    assert (piece.then, piece.now, piece.is_restated) == (12.0, 13.0, True)


def test_documents_and_memos_are_pieces_too(notebook: Notebook, question: str, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    memo = notebook.memos.add(MemoFields("She never says *dear*", "On price")).result
    notebook.questions.gather_all(question, [End("document", document), End("memo", memo)], "mentions")
    pieces = {piece.kind: piece for piece in notebook.questions.evidence(question)}
    assert (pieces["document"].heading, pieces["document"].text) == ("Interview 07", "")
    assert (pieces["memo"].heading, pieces["memo"].text) == ("On price", "She never says dear")


def test_pieces_come_in_the_order_of_time_and_undated_ones_last(
    notebook: Notebook, question: str, tmp_path: Path
) -> None:
    visits(notebook, tmp_path)
    undated = notebook.entries.add(EntryDraft(body="x", when="")).result
    late, early = (notebook.entries.add(EntryDraft(body="x", when=when)).result for when in ("2026-02", "2025"))
    notebook.questions.gather_all(question, [End("entry", item) for item in (undated, late, early)])
    notebook.questions.gather(question, notebook.questions.stretch("Visits", "2026-01-01"))
    found = [piece.id for piece in notebook.questions.evidence(question)]
    assert found == [early, notebook.metrics.resolve("Visits"), late, undated]


def test_what_lies_in_the_trash_stays_out_and_comes_back(notebook: Notebook, question: str, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "opaque", "Price")
    entry = notebook.entries.add(EntryDraft(body="x")).result
    memo = notebook.memos.add(MemoFields("y")).result
    visits(notebook, tmp_path)
    ends = [End("document", document), End("coding", coding), End("entry", entry), End("memo", memo)]
    notebook.questions.gather_all(question, [*ends, notebook.questions.stretch("Visits", "2026-01-01")])
    assert len(notebook.questions.evidence(question)) == 5
    notebook.documents.trash(document)
    notebook.entries.trash([entry])
    notebook.memos.trash(memo)
    notebook.metrics.remove_import(notebook.metrics.imports()[0].id)
    assert notebook.questions.evidence(question) == ()
    assert notebook.questions.get(question).evidence == 0
    for _ in range(4):
        notebook.history.undo()
    assert len(notebook.questions.evidence(question)) == notebook.questions.get(question).evidence == 5


def test_a_stretch_from_other_hands_that_is_none_has_no_figure(
    notebook: Notebook, question: str, tmp_path: Path
) -> None:
    series = visits(notebook, tmp_path)
    link = LinkFields(End("series", series, "soon", "later", 3.0), "supports", End("question", question)).to_json()
    with notebook._context.change("Write") as recorder:
        recorder.record("link", new_id(), link, new=True)
    piece = one(notebook, question)
    assert (piece.then, piece.now, piece.is_restated) == (3.0, None, False)
    assert notebook.links.of(question)[0].now is None
