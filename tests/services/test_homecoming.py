"""A copy without names is handed out, edited elsewhere, and merged home."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.coding import TargetKind
from desktop_app.model.entries import Entry, EntryDraft
from desktop_app.model.exchange import ExportChoice, History, MergeReport, Outcome
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import PersonFields
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.foreign import foreign
from desktop_app.notebook.stand_ins import StandIns
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.exporting import Exporting
from desktop_app.services.homecoming import Homecoming, come_home
from tests.services.conftest import Now
from tests.services.interviews import code, interview

BODY = "Ines said: “Berg’s price is dear.”\n\nTomorrow Anna Berg answers.\n\n😀 The end."


@pytest.fixture(params=list(History))
def history(request: pytest.FixtureRequest) -> History:
    found: History = request.param
    return found


@pytest.fixture
def quote(notebook: Notebook) -> str:
    notebook.people.add(PersonFields("Anna Berg"))
    first = EntryDraft(body="a draft of Ines", kind="quote", speaker="Ines Vidal", tags=("visits/ines",))
    entry = notebook.entries.add(first).result
    notebook.entries.edit(entry, EntryDraft(body=BODY, channel="Call Ines"))
    return entry


def hand_out(notebook: Notebook, path: Path, history: History, **choice: Any) -> Path:
    given = ExportChoice(**{"redact": True, "history": history, **choice})
    Exporting(notebook._context, notebook.search).export(path, given)
    return path


@contextmanager
def elsewhere(path: Path, now: Now) -> Iterator[Notebook]:
    now.pass_by(hours=1)
    with open_notebook(path, identity=Identity("Bo", "two"), now=now) as copy:
        yield copy


def bring_home(notebook: Notebook, path: Path) -> MergeReport:
    report: MergeReport = notebook.merging.merge(path).result
    assert notebook.maintenance.check().sound
    return report


def entry(notebook: Notebook, item: str) -> Entry:
    return notebook.entries.get(item)


def states(notebook: Notebook) -> dict[str, str]:
    file: NotebookFile = notebook._file
    return dict(file.database.rows("SELECT item.id, revision.id FROM item JOIN revision ON revision.id = item.head"))


def test_left_alone_it_brings_nothing(notebook: Notebook, quote: str, tmp_path: Path, history: History) -> None:
    code(notebook, interview(notebook, tmp_path), "The price was opaque", "Price")
    before = states(notebook)
    copy = hand_out(notebook, tmp_path / "copy.terrain", history)
    report = bring_home(notebook, copy)
    assert not report.changes_something
    assert states(notebook) == before


def test_only_what_was_changed_arrives_and_names_are_back(
    notebook: Notebook, quote: str, tmp_path: Path, history: History, now: Now
) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    with elsewhere(path, now) as copy:
        body = entry(copy, quote).fields.body
        assert body == "Person 2 said: “Person 1’s price is dear.”\n\nTomorrow Person 1 answers.\n\n😀 The end."
        copy.entries.edit(quote, EntryDraft(body=body.replace("Tomorrow", "On Monday")))
        copy.entries.edit(quote, EntryDraft(title="What Person 1 charges"))
    report = bring_home(notebook, path)
    found = entry(notebook, quote).fields
    assert found.body == BODY.replace("Tomorrow", "On Monday")
    assert found.title == "What Anna Berg charges"
    assert (found.channel, found.tags) == ("Call Ines", ("visits/ines",))
    assert report.counts[Outcome.FAST_FORWARD] == 1
    assert report.counts[Outcome.NEW] == report.counts[Outcome.CONFLICTING] == report.counts[Outcome.REJECTED] == 0
    assert not bring_home(notebook, path).changes_something


def test_what_was_changed_here_meanwhile_is_merged(
    notebook: Notebook, quote: str, tmp_path: Path, history: History, now: Now
) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    notebook.entries.edit(quote, EntryDraft(body=BODY.replace("dear", "dear, Ines finds")))
    with elsewhere(path, now) as copy:
        body = entry(copy, quote).fields.body
        copy.entries.edit(quote, EntryDraft(body=body.replace("The end.", "The very end.")))
    bring_home(notebook, path)
    assert entry(notebook, quote).fields.body == BODY.replace("dear", "dear, Ines finds").replace("end", "very end")


def test_new_things_come_with_names(notebook: Notebook, quote: str, tmp_path: Path, history: History, now: Now) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    with elsewhere(path, now) as copy:
        new = copy.entries.add(EntryDraft(body="Person 2 and Person 1 meet.", tags=("Person-2",))).result
        memo = copy.memos.add(MemoFields("On Person 1", about=(About("entry", quote),))).result
        copy.people.edit(
            copy._file.people.named("person", "Person 1")[0], PersonFields("Person 1", note="knows Person 2")
        )
    bring_home(notebook, path)
    assert entry(notebook, new).fields.body == "Ines Vidal and Anna Berg meet."
    assert entry(notebook, new).fields.tags == ("Ines-Vidal",)
    assert entry(notebook, new).author == "Bo"
    assert notebook.memos.get(memo).fields.body == "On Anna Berg"
    assert [(one.fields.name, one.fields.note) for one in notebook.people.list()] == [
        ("Anna Berg", "knows Ines Vidal"),
        ("Ines Vidal", ""),
    ]


def test_codings_and_corrected_texts_find_their_place(
    notebook: Notebook, tmp_path: Path, history: History, now: Now
) -> None:
    notebook.people.add(PersonFields("Ines Vidal"))
    text = "Ines Vidal: The price was opaque. Ines felt it.\nAna: And then?"
    document = interview(notebook, tmp_path, text=f"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n{text}\n")
    here = notebook.documents.text(document)
    old = code(notebook, document, "felt it", "Feeling")
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    with elsewhere(path, now) as copy:
        there = copy.documents.text(document)
        assert "Ines" not in there.text
        assert copy.codings.get(old).quote == "felt it"
        new = code(copy, document, "Person 1 felt", "Feeling")
        copy.documents.correct(document, there.text.replace("opaque", "quite opaque"))
        later = code(copy, document, "quite opaque. Person 1", "Price")
    bring_home(notebook, path)
    after = notebook.documents.text(document)
    assert after.text == here.text.replace("opaque", "quite opaque")
    assert [turn.speaker for turn in after.turns] == [turn.speaker for turn in here.turns]
    quotes = {notebook.codings.get(one).quote for one in (old, new, later)}
    assert quotes == {"felt it", "Ines felt", "quite opaque. Ines"}
    for one in notebook.codings.of(document):
        assert after.text[one.start : one.end] in quotes
        assert not one.review


def test_anonymous_quotes_get_their_speaker_back(
    notebook: Notebook, tmp_path: Path, now: Now, history: History
) -> None:
    quote = notebook.entries.add(
        EntryDraft(body="Anna likes it. Someone else not.", kind="quote", speaker="Anna Berg", consent="anonymous")
    ).result
    speaker = entry(notebook, quote).fields.speaker
    path = hand_out(notebook, tmp_path / "copy.terrain", history, redact=False)
    with elsewhere(path, now) as copy:
        fields = entry(copy, quote).fields
        assert (fields.body, fields.speaker) == ("someone likes it. Someone else not.", None)
        copy.entries.edit(quote, EntryDraft(body=fields.body + " And someone new.", tags=("seen",)))
    bring_home(notebook, path)
    found = entry(notebook, quote).fields
    assert found.body == "Anna likes it. Someone else not. And someone new."
    assert (found.speaker, found.tags) == (speaker, ("seen",))


def test_a_second_round_goes_on_where_the_first_ended(notebook: Notebook, quote: str, tmp_path: Path, now: Now) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", History.HEADS)
    with elsewhere(path, now) as copy:
        copy.entries.edit(quote, EntryDraft(title="One"))
    bring_home(notebook, path)
    notebook.entries.edit(quote, EntryDraft(channel="Mail Ines"))
    again = hand_out(notebook, tmp_path / "again.terrain", History.HEADS)
    with elsewhere(path, now) as copy:
        assert copy.merging.merge(again).result.counts[Outcome.CONFLICTING] == 0
        assert entry(copy, quote).fields.channel == "Mail Person 2"
        copy.entries.edit(quote, EntryDraft(title="Two of Person 2"))
    bring_home(notebook, path)
    found = entry(notebook, quote).fields
    assert (found.title, found.channel, found.body) == ("Two of Ines Vidal", "Mail Ines", BODY)


def test_names_come_back_though_they_are_others_now(
    notebook: Notebook, quote: str, tmp_path: Path, now: Now, history: History
) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", history, hide={"dear": "[costly]"})
    person = notebook._file.people.named("person", "Anna Berg")[0]
    notebook.people.edit(person, PersonFields("Anna Klarin"))
    with elsewhere(path, now) as copy:
        copy.entries.edit(quote, EntryDraft(title="Person 1 pays"))
    bring_home(notebook, path)
    found = entry(notebook, quote).fields
    assert (found.title, found.body) == ("Anna Klarin pays", BODY)


def test_attachments_that_stayed_here_are_still_here(
    notebook: Notebook, quote: str, tmp_path: Path, now: Now, history: History
) -> None:
    for name, data in (("ines.txt", b"Ines pays"), ("ines.bin", b"\xff\x00")):
        (tmp_path / name).write_bytes(data)
        notebook.entries.edit(quote, EntryDraft(attach=(str(tmp_path / name),)))
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    (tmp_path / "new.txt").write_text("new")
    with elsewhere(path, now) as copy:
        assert [one.name for one in entry(copy, quote).fields.attachments] == ["Person 2.txt"]
        copy.entries.edit(quote, EntryDraft(attach=(str(tmp_path / "new.txt"),)))
    bring_home(notebook, path)
    assert [one.name for one in entry(notebook, quote).fields.attachments] == ["ines.txt", "ines.bin", "new.txt"]


def test_what_came_home_is_remembered_under_both_ids(notebook: Notebook, quote: str, tmp_path: Path, now: Now) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", History.FULL)
    with elsewhere(path, now) as copy:
        copy.entries.edit(quote, EntryDraft(title="One"))
        theirs = copy._file.journal.head(quote)
    file = notebook._file
    with foreign(path, file.database, latest=notebook.merging.latest()) as incoming:
        found = come_home(file, incoming)
        assert isinstance(found, Homecoming)
        assert theirs is not None
        (made,) = found.revisions
        assert found.stand_ins == {theirs[0]: made.id}
        assert json.loads(made.fields)["body"] == BODY
        assert (made.author, made.device) == ("Bo", "two")
    bring_home(notebook, path)
    assert StandIns(file.database).originals([theirs[0]]) == {theirs[0]: made.id}


def test_text_of_an_entry_can_be_coded_there(
    notebook: Notebook, quote: str, tmp_path: Path, now: Now, history: History
) -> None:
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    with elsewhere(path, now) as copy:
        coding = code(copy, quote, "Tomorrow Person 1", "Time", kind=TargetKind.ENTRY)
    bring_home(notebook, path)
    assert notebook.codings.get(coding).quote == "Tomorrow Anna Berg"


def test_conflicts_go_out_and_come_home_settled(
    notebook: Notebook, quote: str, tmp_path: Path, now: Now, history: History
) -> None:
    plain = hand_out(notebook, tmp_path / "plain.terrain", History.FULL, redact=False)
    notebook.entries.edit(quote, EntryDraft(title="Ines calls"))
    with elsewhere(plain, now) as copy:
        copy.entries.edit(quote, EntryDraft(title="Anna Berg calls"))
    bring_home(notebook, plain)
    (before,) = notebook.conflicts.of(quote)
    path = hand_out(notebook, tmp_path / "copy.terrain", history)
    assert not bring_home(notebook, path).changes_something
    with elsewhere(path, now) as copy:
        (conflict,) = copy.conflicts.of(quote)
        assert sorted(option.value for option in conflict.options) == ["Person 1 calls", "Person 2 calls"]
        copy.conflicts.settle_with(quote, "title", "Person 2 and Person 1 call")
    bring_home(notebook, path)
    assert notebook.conflicts.of(quote) == []
    assert entry(notebook, quote).fields.title == "Ines Vidal and Anna Berg call"
    assert entry(notebook, quote).fields.body == BODY
    notebook.history.undo()
    assert notebook.conflicts.of(quote) == [before]
