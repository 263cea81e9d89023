"""What people allow with their words counts in every copy, also where it waits to be settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.exchange import ExportChoice, History
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import PersonFields
from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.consent import consents
from desktop_app.services.exporting import Exporting
from tests.services.conftest import Now
from tests.services.interviews import code, interview


@pytest.fixture(params=[(redact, history) for redact in (True, False) for history in History], ids=str)
def choice(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"redact": request.param[0], "history": request.param[1]}


def hand_out(notebook: Notebook, path: Path, **choice: Any) -> Path:
    return Exporting(notebook._context, notebook.search).export(path, ExportChoice(**choice)).path


@contextmanager
def elsewhere(path: Path, now: Now) -> Iterator[Notebook]:
    now.pass_by(hours=1)
    with open_notebook(path, identity=Identity("Bo", "two"), now=now) as copy:
        yield copy


def everything(notebook: Notebook) -> set[str]:
    return {item for (item,) in notebook._file.database.rows("SELECT id FROM item")}


def test_what_one_of_two_has_withdrawn_stays(
    notebook: Notebook, tmp_path: Path, now: Now, choice: dict[str, Any]
) -> None:
    quote = notebook.entries.add(EntryDraft(body="we left in silence", kind="quote", speaker="Ines Vidal")).result
    other = notebook.entries.add(EntryDraft(body="a better price", kind="quote", speaker="Tomasz Wielgo")).result
    path = hand_out(notebook, tmp_path / "plain.terrain")
    notebook.entries.edit(quote, EntryDraft(consent="withdrawn"))
    ines = notebook._file.people.named("person", "Ines Vidal")[0]
    notebook.entries.edit(other, EntryDraft(speaker="Jonas Reiher"))
    with elsewhere(path, now) as copy:
        copy.entries.edit(quote, EntryDraft(consent="named"))
        copy.entries.edit(other, EntryDraft(speaker="Ines Vidal"))
    notebook.merging.merge(path)
    assert {one.field for item in (quote, other) for one in notebook.conflicts.of(item)} == {"consent", "speaker"}
    assert consents(notebook._file, everything(notebook)).withheld == {quote}
    out = hand_out(notebook, tmp_path / "one.terrain", **choice)
    assert b"in silence" not in out.read_bytes()
    notebook.people.edit(ines, PersonFields("Ines Vidal", consent="withdrawn"))
    assert consents(notebook._file, everything(notebook)).withheld == {quote, other}


def test_who_might_have_spoken_is_not_told_by_a_conflict(
    notebook: Notebook, tmp_path: Path, now: Now, choice: dict[str, Any]
) -> None:
    quote = notebook.entries.add(EntryDraft(body="we left", kind="quote", speaker="Ines Vidal")).result
    path = hand_out(notebook, tmp_path / "plain.terrain")
    notebook.entries.edit(quote, EntryDraft(consent="anonymous", speaker="Jonas Reiher"))
    with elsewhere(path, now) as copy:
        copy.entries.edit(quote, EntryDraft(speaker="Tomasz Wielgo"))
    notebook.merging.merge(path)
    (before,) = notebook.conflicts.of(quote)
    out = hand_out(notebook, tmp_path / "one.terrain", **choice)
    with elsewhere(out, now) as copy:
        assert copy.conflicts.of(quote) == []
        told = " ".join(fields for (fields,) in copy._file.database.rows("SELECT fields FROM revision"))
        assert all(option.value not in told for option in before.options)
        copy.entries.edit(quote, EntryDraft(title="Leaving"))
    notebook.merging.merge(out)
    assert notebook.entries.get(quote).fields.title == "Leaving"
    assert [one.options for one in notebook.conflicts.of(quote)] == [before.options]


def test_what_an_entry_asks_for_holds_for_the_text_it_quotes(
    notebook: Notebook, tmp_path: Path, choice: dict[str, Any]
) -> None:
    ines = notebook.people.add(PersonFields("Ines Vidal")).result
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "they took me seriously", "Trust")
    quote = notebook.retrieval.to_entries([coding]).result[0]
    notebook.entries.edit(quote, EntryDraft(consent="anonymous"))
    assert consents(notebook._file, everything(notebook)).anonymous == {
        item: frozenset([ines]) for item in (document, coding, quote)
    }
    out = hand_out(notebook, tmp_path / "one.terrain", **choice)
    with open_notebook(out, identity=Identity("Bo", "two")) as copy:
        assert copy.maintenance.check().sound
        assert "someone" in copy.documents.get(document).fields.content.speakers
        assert copy.documents.get(document).fields.people == {}


def test_a_link_does_not_tell_who_has_spoken(notebook: Notebook) -> None:
    one = notebook.entries.add(EntryDraft(body="we left", kind="quote", speaker="Ines Vidal", consent="anonymous"))
    two = notebook.entries.add(EntryDraft(body="we came", kind="quote", speaker="Ines Vidal"))
    three = notebook.entries.add(EntryDraft(body="we saw", kind="quote", speaker="Tomasz Wielgo"))
    telling = notebook.links.add(LinkFields(End("entry", two.result), "follows", End("entry", one.result))).result
    notebook.links.add(LinkFields(End("entry", three.result), "follows", End("entry", one.result)))
    question = notebook.questions.add(QuestionDraft("Will they stay?", whom="Ines Vidal")).result
    asking = notebook.questions.gather(question, End("entry", one.result)).result
    assert consents(notebook._file, everything(notebook)).withheld == {telling, asking}


def test_what_somebody_asked_is_theirs(notebook: Notebook, tmp_path: Path, choice: dict[str, Any]) -> None:
    draft = QuestionDraft("Why was it dear in autumn?", asker="Ines Vidal", whom="Tomasz Wielgo")
    question = notebook.questions.add(draft).result
    entry = notebook.entries.add(EntryDraft(body="We talked in autumn", kind="quote", speaker="Jonas Reiher")).result
    in_it = notebook.questions.add(QuestionDraft("What comes in winter?", entry=entry)).result
    ines, tomasz = (notebook._file.people.named("person", name)[0] for name in ("Ines Vidal", "Tomasz Wielgo"))
    notebook.people.edit(tomasz, PersonFields("Tomasz Wielgo", consent="withdrawn"))
    assert consents(notebook._file, everything(notebook)).withheld == set()
    notebook.people.edit(ines, PersonFields("Ines Vidal", consent="withdrawn"))
    assert consents(notebook._file, everything(notebook)).withheld == {question}
    notebook.entries.edit(entry, EntryDraft(consent="withdrawn"))
    assert consents(notebook._file, everything(notebook)).withheld == {question, entry, in_it}
    out = hand_out(notebook, tmp_path / "one.terrain", **choice).read_bytes()
    assert b"in autumn" not in out
    assert b"in winter" not in out


def test_an_anonymous_question_leaves_without_whoever_asked(
    notebook: Notebook, tmp_path: Path, now: Now, choice: dict[str, Any]
) -> None:
    named = EntryDraft(body="we left", kind="quote", speaker="Ines Vidal", consent="named")
    heard = notebook.entries.add(named).result
    hidden = notebook.entries.add(EntryDraft(body="we came", kind="quote", speaker="Jonas Reiher")).result
    draft = QuestionDraft("Does Ines Vidal stay?", asker="Ines Vidal", whom="Tomasz Wielgo", entry=heard)
    question = notebook.questions.add(draft).result
    plain = notebook.questions.add(QuestionDraft("And then?", asker="Tomasz Wielgo", entry=heard)).result
    notebook.questions.answer(plain, "so", entry=hidden)
    for name in ("Ines Vidal", "Jonas Reiher"):
        person = notebook._file.people.named("person", name)[0]
        notebook.people.edit(person, PersonFields(name, consent="anonymous"))
    telling = notebook.questions.gather(question, End("entry", heard)).result
    about = notebook.questions.gather(plain, End("entry", hidden)).result
    assert consents(notebook._file, everything(notebook)).withheld == {telling}
    out = hand_out(notebook, tmp_path / "one.terrain", **choice)
    with elsewhere(out, now) as copy:
        assert copy.maintenance.check().sound
        fields = copy.questions.get(question).fields
        assert (fields.asker, fields.entry, fields.text) == (None, None, "Does someone stay?")
        assert fields.whom == notebook.questions.get(question).fields.whom
        fields = copy.questions.get(plain).fields
        assert (fields.asker is None, fields.entry, fields.answer_entry) == (False, heard, None)
        assert [piece.link for piece in copy.questions.evidence(plain)] == [about]
        copy.questions.edit(question, QuestionDraft(note="We should know"))
    notebook.merging.merge(out)
    found = notebook.questions.get(question)
    assert (found.fields.note, found.asker_name, found.fields.entry) == ("We should know", "Ines Vidal", heard)
    assert (found.fields.text, notebook.questions.get(plain).fields.answer_entry) == ("Does Ines Vidal stay?", hidden)
    assert notebook.conflicts.count() == 0


def test_matches_that_wait_go_out_and_come_home(notebook: Notebook, tmp_path: Path, now: Now, history: History) -> None:
    notebook.people.add(PersonFields("Ines Vidal"))
    notebook.people.add(PersonFields("Tomasz Wielgo"))
    document = interview(notebook, tmp_path, text="WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nInes Vidal: Dear.\n")
    notebook.documents.match_speaker(document, "Ines Vidal", "")
    path = hand_out(notebook, tmp_path / "plain.terrain")
    notebook.documents.match_speaker(document, "Ines Vidal", "Ines Vidal")
    with elsewhere(path, now) as copy:
        copy.documents.match_speaker(document, "Ines Vidal", "Tomasz Wielgo")
    notebook.merging.merge(path)
    (before,) = notebook.conflicts.of(document)
    out = hand_out(notebook, tmp_path / "one.terrain", redact=True, history=history)
    assert b"ines" not in out.read_bytes().lower()
    with elsewhere(out, now) as copy:
        (there,) = copy.conflicts.of(document)
        assert there.field in ("people/Person 1", "people/Person 2")
        copy.documents.edit(document, note="seen")
    notebook.merging.merge(out)
    assert notebook.documents.get(document).fields.note == "seen"
    assert notebook.conflicts.of(document) == [before]


@pytest.fixture(params=list(History))
def history(request: pytest.FixtureRequest) -> History:
    found: History = request.param
    return found


def test_two_speakers_who_are_one_person_stay_two(
    notebook: Notebook, tmp_path: Path, now: Now, history: History
) -> None:
    cues = ("Ines Vidal: The price.", "I. V.: Was opaque.", "Ana: And then?", "Ines Vidal: Then a friend.")
    times = [f"{at}\n00:00:0{at}.000 --> 00:00:0{at}.900\n{cue}\n" for at, cue in enumerate(cues, 1)]
    document = interview(notebook, tmp_path, text="\n".join(["WEBVTT\n", *times]))
    for speaker in ("Ines Vidal", "I. V."):
        notebook.documents.match_speaker(document, speaker, "Ines Vidal")
    before = [turn.speaker for turn in notebook.documents.text(document).turns]
    path = hand_out(notebook, tmp_path / "copy.terrain", redact=True, history=history)
    with elsewhere(path, now) as copy:
        copy.documents.correct(document, copy.documents.text(document).text.replace("opaque", "quite opaque"))
        copy.documents.match_speaker(document, "Ana", "Ana Ruiz")
    notebook.merging.merge(path)
    assert [turn.speaker for turn in notebook.documents.text(document).turns] == before
    assert notebook.documents.get(document).fields.people.keys() == {"Ines Vidal", "I. V.", "Ana"}
