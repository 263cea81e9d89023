"""Copies without names: nothing that names anybody is left in any byte of them."""

import json
import sqlite3
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CodeFields
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.exchange import ExportChoice, History
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import PersonFields
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.model.vocabulary import Term
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.exporting import Exported, Exporting
from desktop_app.services.pseudonyms import Pseudonyms
from desktop_app.services.redaction import Redaction, key_file, withheld
from tests.services.conftest import Now
from tests.services.interviews import code, interview

NAMES = ("ines", "vidal", "vídal", "wielgo", "tomasz")


@pytest.fixture(params=list(History))
def history(request: pytest.FixtureRequest) -> History:
    found: History = request.param
    return found


def export(notebook: Notebook, path: Path, history: History = History.FULL, **choice: Any) -> Exported:
    given = ExportChoice(**{"redact": True, "history": history, **choice})
    return Exporting(notebook._context, notebook.search).export(path, given)


def words_in(path: Path) -> str:
    """Every byte of a copy as text, folded, and what its blobs hold unpacked."""
    parts = [path.read_bytes()]
    database = sqlite3.connect(path)
    for packing, data in database.execute("SELECT packing, data FROM blob"):
        parts.append(zlib.decompress(data) if packing == "zlib" else data)
    database.close()
    text = "\n".join(part.decode("utf-8", "replace") for part in parts).casefold()
    return text + unicodedata.normalize("NFC", text) + text.encode("unicode_escape").decode("ascii")


def fill(notebook: Notebook, folder: Path) -> dict[str, str]:
    """Something of every kind, with names wherever words can stand."""
    ines = notebook.people.add(PersonFields("Ines Vídal", note="Ines is called Vidal")).result
    notebook.people.add(PersonFields("Tomasz Wielgo", pseudonym="Heron"))
    attached = folder / "ines_vidal.txt"
    attached.write_text("From Ines Vi\u0301dal")
    (folder / "vidal.bin").write_bytes(b"\xffInes Vidal")
    draft = EntryDraft(
        body="Ines’s price. INES VIDAL, Vidal, Ines; i.vidal@norte.example, InesVidal, ines_vidal",
        title="Ines calls",
        kind="quote",
        speaker="Ines Vídal",
        tags=("ines", "visits/vidal"),
        channel="Call Ines",
        attach=(str(attached), str(folder / "vidal.bin")),
    )
    entry = notebook.entries.add(draft).result
    notebook.entries.edit(entry, EntryDraft(title="Wielgo called, Vidals too"))
    text = "1\n00:00:01.000 --> 00:00:04.000\nInes Vídal: Tomasz met Ines at the opaque price.\n"
    document = interview(notebook, folder, "Vidal 07", f"WEBVTT\n\n{text}")
    coding = code(notebook, document, "Ines at the opaque", "Price of Vidal", coder="Tomasz Wielgo")
    notebook.documents.correct(document, notebook.documents.text(document).text.replace("price", "price of Ines"))
    notebook.codes.add(CodeFields("Vidal", definition="as Ines says", include="Wielgo", examples=("Ines pays",)))
    notebook.memos.add(MemoFields("Wielgo again", title="On Ines", about=(About("person", ines),)))
    variable = notebook.attributes.add(VariableFields("Vidal’s", choices=("Ines", "No"))).result
    notebook.attributes.set("document", [document], variable, "Ines")
    notebook.saved_searches.add("Ines everywhere", 'speaker:Ines "Wielgo said"')
    notebook.vocabulary.add_term("perspective", Term("wielgo", "Wielgo", "Wielgo’s", "Why, Ines?", "By Tomasz"))
    notebook.entries.edit(entry, EntryDraft(perspectives=("wielgo",)))
    csv = folder / "vidal.csv"
    csv.write_text("Date,Page,Clicks\n2026-03-01,/team/ines-vidal,4\n2026-03-02,/team/ines-vidal,6\n")
    notebook.metrics.import_files([csv])
    series = notebook.metrics.list()[0].id
    check = Check(series, ">=", 5.0, "2026-03")
    foresight = EntryDraft(
        body="Ines will go", kind="foresight", series=(series,), check=check, outcome=Outcome("yes", "2026-04", "Vidal")
    )
    later = notebook.entries.add(foresight).result
    notebook.links.add(LinkFields(End("entry", entry), "explains", End("series", series, "2026-03-01", "2026-03-02")))
    options = (Option("Vidal’s", Amount(None, "Ines", series, "2026-03-01", "2026-03-02")), Option("Wielgo"))
    asked = QuestionDraft("Does Ines stay?", "Vidal asked", ines, "Tomasz Wielgo", entry, "2026-03", options=options)
    question = notebook.questions.add(asked).result
    notebook.questions.answer(question, "Ines does", entry=entry)
    notebook.questions.gather_all(question, [End("entry", entry), End("series", series, "2026-03-01", "2026-03-02")])
    with notebook._context.change("Dismiss") as recorder:
        dismissal = DismissalFields(series, "2026-03-01", "2026-03-02", "Ines was ill").to_json()
        recorder.record("dismissal", new_id(), dismissal, new=True)
    notebook.rename("Notes on Ines Vidal")
    notebook.entries.trash([notebook.entries.add(EntryDraft(body="Ines in the trash")).result])
    return {
        "entry": entry,
        "document": document,
        "coding": coding,
        "series": series,
        "foresight": later,
        "question": question,
    }


def test_no_name_is_left_in_any_byte(notebook: Notebook, tmp_path: Path, history: History) -> None:
    made = fill(notebook, tmp_path)
    done = export(notebook, tmp_path / "copy.terrain", history)
    words = words_in(done.path)
    assert [name for name in NAMES if name in words] == []
    with open_notebook(done.path, identity=Identity("Bo", "two")) as copy:
        assert copy.maintenance.check().sound
        coding = copy.codings.get(made["coding"])
        assert coding.quote == "Person 1 at the opaque"
        assert copy.documents.text(made["document"]).text[coding.start : coding.end] == coding.quote
        assert coding.coder == "Heron"
        (series,) = (one for one in copy.metrics.list() if one.name == "Clicks")
        fields = copy.entries.get(made["foresight"]).fields
        assert fields.check is not None
        assert fields.check.series == series.id
        assert fields.series == (series.id,)
        assert [link.other.id for link in copy.links.of(made["entry"]) if link.other.kind == "series"] == [series.id]
        assert [one.name for one in copy.entries.get(made["entry"]).fields.attachments] == ["Person 1.txt"]
        assert copy.saved_searches.list()[0].query == 'speaker:"Person 1" "Heron said"'
        assert copy.title == "Notes on Person 1"
    assert {one.what for one in done.manifest.left_out} == {
        "attachment", "original file", "original metric file",
    }  # fmt: skip


def test_questions_and_dismissed_places_leave_without_names(
    notebook: Notebook, tmp_path: Path, history: History
) -> None:
    made = fill(notebook, tmp_path)
    done = export(notebook, tmp_path / "copy.terrain", history)
    with open_notebook(done.path, identity=Identity("Bo", "two")) as copy:
        (series,) = (one for one in copy.metrics.list() if one.name == "Clicks")
        question = copy.questions.get(made["question"])
        fields = question.fields
        assert (fields.text, fields.asked, fields.answered) == ("Does Person 1 stay?", "2026-03", "2026-11-22")
        assert (question.asker_name, question.whom_name) == ("Person 1", "Heron")
        assert (fields.note, fields.answer) == ("Person 1 asked", "Person 1 does")
        assert [option.name for option in fields.options] == ["Person 1’s", "Heron"]
        gained = fields.options[0].gained
        assert gained is not None
        assert (gained.series, gained.value, gained.unit) == (series.id, 4.0, "Person 1")
        assert fields.entry == fields.answer_entry == made["entry"]
        assert {piece.id for piece in copy.questions.evidence(question.id)} == {made["entry"], series.id}
        (dismissed,) = copy._file.dismissals.all()
        assert (dismissed.fields.series, dismissed.fields.note) == (series.id, "Person 1 was ill")


def test_everything_of_it_comes_home_as_it_was(notebook: Notebook, tmp_path: Path, history: History) -> None:
    fill(notebook, tmp_path)
    before = notebook._file.database.rows("SELECT id, head FROM item")
    done = export(notebook, tmp_path / "copy.terrain", history)
    report = notebook.merging.merge(done.path).result
    assert not report.changes_something
    assert notebook._file.database.rows("SELECT id, head FROM item") == before


def test_the_same_state_gives_the_same_copy(notebook: Notebook, tmp_path: Path, history: History) -> None:
    fill(notebook, tmp_path)
    items = {item for (item,) in notebook._file.database.rows("SELECT id FROM item")}
    one = Redaction(notebook._context).redact(items, history, {})
    export(notebook, tmp_path / "copy.terrain", history)
    two = Redaction(notebook._context).redact(items, history, {})
    assert one.revisions == two.revisions
    assert one.blobs == two.blobs


def test_pseudonyms_last_and_are_nobody_elses(notebook: Notebook, tmp_path: Path) -> None:
    notebook.entries.add(EntryDraft(body="Person 1 in the row"))
    first = notebook.people.add(PersonFields("Tomasz Wielgo")).result
    taken = notebook.people.add(PersonFields("Ines Vidal", pseudonym="Tomasz")).result
    done = export(notebook, tmp_path / "one.terrain")
    assert done.key_path is not None
    key = json.loads(done.key_path.read_text(encoding="utf-8"))["people"]
    assert [(one["pseudonym"], one["id"]) for one in key] == [("Person 2", first), ("Person 3", taken)]
    notebook.people.edit(first, PersonFields("Tomasz Wielgo", pseudonym="Heron"))
    again = Pseudonyms(notebook._file)
    assert [again.people[item].pseudonym for item in (first, taken)] == ["Heron", "Person 3"]
    assert again.former() == {"Person 2": "Tomasz Wielgo"}


def test_earlier_names_and_authors_go_too(notebook: Notebook, tmp_path: Path, history: History, now: Now) -> None:
    person = notebook.people.add(PersonFields("Ines Wielgo")).result
    notebook.people.edit(person, PersonFields("Ines Vidal"))
    notebook._file.journal.author = "Ines Vidal"
    notebook.entries.add(EntryDraft(body="Wielgo was her name"))
    done = export(notebook, tmp_path / "copy.terrain", history)
    words = words_in(done.path)
    assert [name for name in NAMES if name in words] == []
    assert done.manifest.author == "Person 1"


def test_withdrawn_words_never_leave(notebook: Notebook, tmp_path: Path, history: History) -> None:
    ines = notebook.people.add(PersonFields("Ines Vidal")).result
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "they took me seriously", "Trust")
    said = notebook.entries.add(EntryDraft(body="we left in silence", kind="quote", speaker="Ines Vidal")).result
    quote = notebook.retrieval.to_entries([coding]).result[0]
    items = {item for (item,) in notebook._file.database.rows("SELECT id FROM item")}
    assert withheld(notebook._file, items) == set()
    notebook.people.edit(ines, PersonFields("Ines Vidal", consent="withdrawn"))
    assert {document, coding, said, quote} <= withheld(notebook._file, items)
    for redact in (True, False):
        done = export(notebook, tmp_path / f"{redact}.terrain", history, redact=redact)
        words = words_in(done.path)
        assert "seriously" not in words
        assert "silence" not in words


def test_an_anonymous_quote_leaves_without_its_speaker(notebook: Notebook, tmp_path: Path, history: History) -> None:
    draft = EntryDraft(body="Ines thinks so.", kind="quote", speaker="Ines Vidal", org="Norte")
    quote = notebook.entries.add(draft).result
    notebook.entries.edit(quote, EntryDraft(consent="anonymous"))
    coding = code(notebook, quote, "Ines thinks", "Thought", kind="entry")
    for redact in (True, False):
        done = export(notebook, tmp_path / f"{redact}.terrain", history, redact=redact)
        with open_notebook(done.path, identity=Identity("Bo", "two")) as copy:
            assert copy.maintenance.check().sound
            fields = copy.entries.get(quote).fields
            assert (fields.body, fields.speaker, fields.org) == ("someone thinks so.", None, None)
            assert copy.codings.get(coding).quote == "someone thinks"
            assert all("Ines" not in str(one.fields) for one in copy.history.of(quote))


def test_a_preview_tells_of_every_replacement_and_of_what_is_left(notebook: Notebook, tmp_path: Path) -> None:
    notebook.people.add(PersonFields("Ines Vidal"))
    notebook.people.add(PersonFields("Ines Amsel"))
    entry = notebook.entries.add(EntryDraft(body="Ines Vidal met Jonas Reiher. Write to order@norte.example.")).result
    before = notebook._file.outbox.position()
    found = Exporting(notebook._context, notebook.search).preview(ExportChoice(redact=True)).redaction
    assert found is not None
    one, two = found.replacements
    told = (one.name, one.pseudonym, one.where, one.shared)
    assert told == (
        "Ines Vidal",
        "Person 1",
        ("entries", "people"),
        ("ines",),
    )
    assert (one.count, two.count) == (2, 1)
    assert [(suspect.kind, suspect.text) for suspect in found.suspects] == [
        ("name", "Jonas Reiher"),
        ("mail", "order@norte.example"),
    ]
    assert notebook._file.outbox.position() == before
    hidden = export(notebook, tmp_path / "copy.terrain", hide={"Jonas Reiher": "[a neighbour]"})
    with open_notebook(hidden.path, identity=Identity("Bo", "two")) as copy:
        assert copy.entries.get(entry).fields.body.startswith("Person 1 met [a neighbour].")


def test_a_key_is_json(notebook: Notebook) -> None:
    assert json.loads(key_file({"Person 1": ("Ines Vídal", "id")})) == {
        "people": [{"pseudonym": "Person 1", "name": "Ines Vídal", "id": "id"}]
    }
