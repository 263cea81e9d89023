"""Questions: asked, answered, opened again, decided between options."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Ambiguous, Invalid, KnownError, NotFound
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import PersonFields
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.model.time import BadDate
from desktop_app.services import Identity, Notebook, open_notebook
from tests.services.conftest import Now
from tests.services.interviews import code, interview


@pytest.fixture
def question(notebook: Notebook) -> str:
    return notebook.questions.add(QuestionDraft("Why did trials fall?")).result


def visits(notebook: Notebook, folder: Path, second: int = 7) -> str:
    path = folder / "visits.csv"
    path.write_text(f"Date,Visits\n2026-01-01,5\n2026-01-02,{second}\n2026-01-03,9\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    return notebook.metrics.resolve("Visits")


def ids(notebook: Notebook) -> list[str]:
    return [one.id for one in notebook.questions.list()]


# --- asking and answering ---------------------------------------------------------------------------------------------


def test_a_question_keeps_what_is_given_and_makes_people(notebook: Notebook) -> None:
    entry = notebook.entries.add(EntryDraft(body="We talked")).result
    draft = QuestionDraft(
        "  Why \n now? ", "a\r\nnote\n", "Ines Vidal", "Tomasz", entry[:10], "March 2026", options=(Option("Print"),)
    )
    made = notebook.questions.add(draft)
    assert made.label == "Write question"
    assert made.touched.keys() == {"question", "person"}
    found = notebook.questions.get(made.result[:8])
    fields = found.fields
    assert (fields.text, fields.note, fields.entry, fields.asked) == ("Why now?", "a\nnote", entry, "2026-03")
    assert (found.asker_name, found.whom_name) == ("Ines Vidal", "Tomasz")
    assert (found.start, found.end) == ("2026-03-01T00:00", "2026-04-01T00:00")
    assert fields.options == (Option("Print"),)
    assert found.is_open
    assert [one.id for one in notebook.questions.asked_by(fields.asker or "")] == [found.id]
    assert notebook.maintenance.check().sound
    notebook.history.undo()
    assert notebook.questions.list() == []
    assert notebook.people.list() == []


def test_a_question_of_ones_own_was_asked_today(notebook: Notebook, question: str) -> None:
    found = notebook.questions.get(question)
    assert found.fields.asked == "2026-11-22"
    assert (found.fields.asker, found.asker_name) == (None, "")
    notebook.questions.edit(question, QuestionDraft(asked=""))
    assert (notebook.questions.get(question).fields.asked, notebook.questions.get(question).start) == ("", "")


@pytest.mark.parametrize(
    "draft",
    [
        QuestionDraft(),
        QuestionDraft(" \n"),
        QuestionDraft("a\0b"),
        QuestionDraft("a", note="\0"),
        QuestionDraft("a", asked="soonish"),
        QuestionDraft("a", entry="zzzzzz"),
        QuestionDraft("a", options=(Option("x"), Option(" X "))),
        QuestionDraft("a", options=(Option(""),)),
        QuestionDraft("a", options=(Option("x", Amount(float("nan"))),)),
        QuestionDraft("a", options=(Option("x", Amount(None, series="Nothing", start="2026", end="2027")),)),
    ],
)
def test_what_is_no_question_is_refused_and_leaves_nothing(notebook: Notebook, draft: QuestionDraft) -> None:
    with pytest.raises(KnownError):
        notebook.questions.add(draft)
    with pytest.raises(KnownError):
        notebook.questions.add(replace(draft, asker="Nobody yet"))
    assert notebook.questions.list() == []
    assert notebook.people.list() == []


def test_an_edit_changes_what_is_given(notebook: Notebook, question: str) -> None:
    notebook.questions.edit(question, QuestionDraft(asker="Ines", note="n", options=(Option("a"),)))
    with notebook._context.change("Write") as recorder:
        fields = notebook._file.journal.fields(question)
        option = {**fields["options"][0], "of a later Terrain": 1}
        recorder.record("question", question, {**fields, "mood": "calm", "options": [option, option]})
    notebook.questions.edit(question, QuestionDraft(text="Why then?", whom="Ines"))
    fields = notebook._file.journal.fields(question)
    assert (fields["text"], fields["mood"], fields["note"]) == ("Why then?", "calm", "n")
    assert fields["options"] == [option, option]
    assert len(notebook.people.list()) == 1
    notebook.questions.edit(question, QuestionDraft(asker="", whom=""))
    assert notebook.questions.get(question).asker_name == ""


def test_answering_and_opening_again(notebook: Notebook, question: str, now: Now) -> None:
    entry = notebook.entries.add(EntryDraft(body="Because")).result
    done = notebook.questions.answer(question, "The page was down", entry=entry)
    assert done.label == "Answer question"
    found = notebook.questions.get(question)
    assert (found.fields.answer, found.fields.answered) == ("The page was down", "2026-11-22")
    assert (found.fields.answer_entry, found.is_open) == (entry, False)
    assert notebook.questions.reopen(question).label == "Reopen question"
    found = notebook.questions.get(question)
    assert found.is_open
    assert (found.fields.answer, found.fields.answer_entry) == ("The page was down", entry)
    notebook.questions.answer(question, when="May 2026")
    found = notebook.questions.get(question)
    assert (found.fields.answer, found.fields.answered) == ("The page was down", "2026-05")
    notebook.history.undo()
    assert notebook.questions.get(question).is_open
    notebook.history.redo()
    assert not notebook.questions.get(question).is_open
    with pytest.raises(BadDate):
        notebook.questions.answer(question, "x", when="")


def test_open_ones_come_first_and_the_newest_before_others(notebook: Notebook, now: Now) -> None:
    with notebook.as_of(now):
        made = []
        for text in ("first", "second", "third"):
            made.append(notebook.questions.add(QuestionDraft(text)).result)
            now.pass_by(minutes=1)
        notebook.questions.answer(made[2], "so")
    assert ids(notebook) == [made[1], made[0], made[2]]


def test_trash_and_back(notebook: Notebook, question: str) -> None:
    other = notebook.questions.add(QuestionDraft("Other?")).result
    assert notebook.questions.trash([question, other[:9]]).result == 2
    assert notebook.questions.trash([question]).result == 0
    assert ids(notebook) == []
    assert notebook.questions.get(question).trashed
    assert notebook.questions.restore([question]).result == 1
    assert ids(notebook) == [question]
    assert notebook.maintenance.check().sound


def test_who_is_in_the_trash_has_still_asked(notebook: Notebook) -> None:
    question = notebook.questions.add(QuestionDraft("Why?", asker="Ines")).result
    notebook.people.trash(notebook.questions.get(question).fields.asker or "")
    assert notebook.questions.get(question).asker_name == "Ines"


def test_two_of_one_name_are_told_apart(notebook: Notebook) -> None:
    first = notebook.people.add(PersonFields("Ines")).result
    notebook.people.add(PersonFields("Ines"))
    with pytest.raises(Ambiguous):
        notebook.questions.add(QuestionDraft("Why?", asker="Ines"))
    question = notebook.questions.add(QuestionDraft("Why?", asker=first)).result
    assert notebook.questions.get(question).fields.asker == first


def test_a_draft_that_was_kept_goes(notebook: Notebook) -> None:
    notebook.drafts.save("question", {"text": "Why"})
    notebook.questions.add(QuestionDraft("Why?"), draft_of="question")
    assert notebook.drafts.load("question") is None


def test_memos_can_be_about_questions(notebook: Notebook, question: str) -> None:
    memo = notebook.memos.add(MemoFields("Ask again", about=(About("question", question[:8]),))).result
    assert notebook.memos.get(memo).names == ("Why did trials fall?",)
    assert [one.id for one in notebook.memos.of(question)] == [memo]


# --- options ----------------------------------------------------------------------------------------------------------


def test_an_amount_of_a_series_takes_its_total(notebook: Notebook, question: str, tmp_path: Path) -> None:
    series = visits(notebook, tmp_path)
    gained = Amount(None, series="Visits", start="2026-01-01", end="2026-01-03")
    done = notebook.questions.set_options(question, [Option("Print", gained, Amount(3, "€"))])
    assert done.label == "Set options"
    (option,) = notebook.questions.get(question).fields.options
    assert option.gained == Amount(12.0, "count", series, "2026-01-01", "2026-01-03")
    assert option.spent == Amount(3.0, "€")
    visits(notebook, tmp_path, second=8)
    # What was taken once stays, until somebody takes it anew.
    notebook.questions.set_options(question, [option, Option("Radio")])
    assert notebook.questions.get(question).fields.options[0].gained == option.gained
    notebook.questions.set_options(question, [Option("Print", gained)])
    taken = notebook.questions.get(question).fields.options[0].gained
    assert taken is not None
    assert taken.value == 13.0
    for start, end in (("2026-01-03", "2026-01-01"), ("", "2026-01-01"), ("soon", "later"), ("2026-01-01", "")):
        with pytest.raises(Invalid):
            notebook.questions.set_options(question, [Option("a", Amount(None, series=series, start=start, end=end))])


def test_an_amount_stays_though_its_series_is_gone(notebook: Notebook, question: str, tmp_path: Path) -> None:
    visits(notebook, tmp_path)
    gained = Amount(None, series="Visits", start="2026-01-01", end="2026-01-03")
    notebook.questions.set_options(question, [Option("Print", gained)])
    (option,) = notebook.questions.get(question).fields.options
    notebook.metrics.remove_import(notebook.metrics.imports()[0].id)
    notebook.questions.set_options(question, [Option("Paper", option.gained)])
    assert notebook.questions.get(question).fields.options == (Option("Paper", option.gained),)


# --- gathering --------------------------------------------------------------------------------------------------------


def counts(notebook: Notebook, question: str) -> tuple[int, int, int]:
    found = notebook.questions.get(question)
    assert found.evidence == len(notebook.questions.evidence(question))
    return found.supporting, found.contradicting, found.undecided


def test_gathering_again_changes_how_it_speaks(notebook: Notebook, question: str) -> None:
    entry = notebook.entries.add(EntryDraft(body="It was dear")).result
    done = notebook.questions.gather(question[:8], End("entry", entry[:8]))
    assert done.label == "Gather evidence"
    assert counts(notebook, question) == (1, 0, 0)
    for relation, expected in (("contradicts", (0, 1, 0)), ("mentions", (0, 0, 1)), ("supports", (1, 0, 0))):
        assert notebook.questions.gather(question, End("entry", entry), relation).result == done.result
        assert counts(notebook, question) == expected
    assert not notebook.questions.gather(question, End("entry", entry)).touched
    assert len(notebook.links.of(entry)) == 1
    notebook.history.undo()
    assert counts(notebook, question) == (0, 0, 1)
    assert notebook.maintenance.check().sound


def test_every_stretch_of_a_series_is_its_own_evidence(notebook: Notebook, question: str, tmp_path: Path) -> None:
    visits(notebook, tmp_path)
    first = notebook.questions.stretch("Visits", "2026-01-01", "2 January 2026")
    assert (first.start, first.end, first.then) == ("2026-01-01", "2026-01-03", 12.0)
    second = notebook.questions.stretch("Visits", "January 2026")
    assert (second.start, second.end, second.then) == ("2026-01-01", "2026-02-01", 21.0)
    link = notebook.questions.gather(question, first).result
    notebook.questions.gather_all(question, [second], Relation.CONTRADICTS)
    assert counts(notebook, question) == (1, 1, 0)
    visits(notebook, tmp_path, second=8)
    # As it stood when it was gathered first.
    notebook.questions.gather(question, notebook.questions.stretch("Visits", "2026-01-01", "2026-01-02"), "mentions")
    assert [one.other.then for one in notebook.links.of(question) if one.id == link] == [12.0]
    assert notebook.questions.let_go(question, "visits").result == 2
    assert counts(notebook, question) == (0, 0, 0)
    with pytest.raises(Invalid):
        notebook.questions.stretch("Visits", "since 2023")


def test_what_is_no_evidence_is_refused(notebook: Notebook, question: str) -> None:
    entry = notebook.entries.add(EntryDraft(body="It was dear")).result
    person = notebook.people.add(PersonFields("Ines")).result
    other = notebook.questions.add(QuestionDraft("Other?")).result
    with pytest.raises(Invalid):
        notebook.questions.gather(question, End("entry", entry), "explains")
    for end in (End("person", person), End("question", other), End("question", question), End("spell", entry)):
        with pytest.raises(Invalid):
            notebook.questions.gather(question, end)
    with pytest.raises(NotFound):
        notebook.questions.gather(question, End("coding", entry))
    for thing in (entry, entry[:9]):
        with pytest.raises(Invalid):
            notebook.questions.let_go(question, thing)
    notebook.entries.trash([entry])
    with pytest.raises(Invalid):
        notebook.questions.gather(question, End("entry", entry))
    assert notebook.links.of(question) == []


def test_several_things_come_and_go_in_one_step_or_not_at_all(notebook: Notebook, question: str) -> None:
    entries = [notebook.entries.add(EntryDraft(body=text)).result for text in ("one", "two")]
    ends = [End("entry", entry) for entry in entries]
    with pytest.raises(NotFound):
        notebook.questions.gather_all(question, [*ends, End("entry", "zzzzzzzz")])
    assert counts(notebook, question) == (0, 0, 0)
    notebook.questions.gather_all(question, ends)
    assert counts(notebook, question) == (2, 0, 0)
    with pytest.raises(NotFound):
        notebook.questions.let_go(question, *entries, "zzzzzzzz")
    assert notebook.questions.let_go(question, entries[0][:9], entries[1], entries[1]).result == 2
    notebook.history.undo()
    assert counts(notebook, question) == (2, 0, 0)


def test_a_thing_is_found_by_what_it_is(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "opaque", "Price")
    series = visits(notebook, tmp_path)
    found = [notebook.questions.thing(name) for name in (document[:12], coding, "Visits")]
    assert found == [End("document", document), End("coding", coding), End("series", series)]
    with pytest.raises(NotFound):
        notebook.questions.thing("zzzzzzzz")


def test_the_same_gathered_apart_is_there_once(notebook: Notebook, question: str, tmp_path: Path, now: Now) -> None:
    entry = notebook.entries.add(EntryDraft(body="It was dear")).result
    path = tmp_path / "copy.terrain"
    notebook.maintenance.backup(path)
    with open_notebook(path, identity=Identity("Bo", "two"), now=now) as copy:
        copy.questions.gather(question, End("entry", entry))
    notebook.questions.gather(question, End("entry", entry))
    notebook.merging.merge(path)
    assert len(notebook.links.of(question)) == 2
    assert counts(notebook, question) == (1, 0, 0)
    # What is shown as one piece goes as one.
    (piece,) = notebook.questions.evidence(question)
    assert notebook.questions.let_go(question, piece.link).result == 2
    assert counts(notebook, question) == (0, 0, 0)
    notebook.history.undo()
    notebook.questions.gather(question, End("entry", entry), "contradicts")
    assert len(notebook.links.of(question)) == 1
    assert counts(notebook, question) == (0, 1, 0)


def test_how_it_speaks_is_settled_by_saying_it_again(
    notebook: Notebook, question: str, tmp_path: Path, now: Now
) -> None:
    entry = End("entry", notebook.entries.add(EntryDraft(body="It was dear")).result)
    notebook.questions.gather(question, entry, "mentions")
    path = tmp_path / "copy.terrain"
    notebook.maintenance.backup(path)
    with open_notebook(path, identity=Identity("Bo", "two"), now=now) as copy:
        copy.questions.gather(question, entry, "supports")
    notebook.questions.gather(question, entry, "contradicts")
    notebook.merging.merge(path)
    assert [conflict.field for conflict in notebook.conflicts.all()] == ["relation"]
    (piece,) = notebook.questions.evidence(question)
    notebook.questions.gather(question, entry, piece.relation)
    assert notebook.conflicts.count() == 0


def test_options_of_one_name_made_apart_can_be_lived_with(notebook: Notebook, tmp_path: Path, now: Now) -> None:
    question = notebook.questions.add(QuestionDraft("Which?", options=(Option("Print"),))).result
    path = tmp_path / "copy.terrain"
    notebook.maintenance.backup(path)
    with open_notebook(path, identity=Identity("Bo", "two"), now=now) as copy:
        copy.questions.set_options(question, [Option("Print", Amount(1.0))])
        copy.questions.answer(question, "Print")
    notebook.questions.set_options(question, [Option("Print", None, Amount(2.0))])
    notebook.merging.merge(path)
    found = notebook.questions.get(question)
    assert [option.name for option in found.fields.options] == ["Print", "Print"]
    assert not found.is_open
    notebook.questions.edit(question, QuestionDraft(note="Twice"))
    notebook.questions.set_options(question, [Option("Print", Amount(1.0), Amount(2.0))])
    assert len(notebook.questions.get(question).fields.options) == 1
    assert notebook.maintenance.check().sound


def test_a_link_from_other_hands_is_no_evidence_of_what_it_does_not_name(notebook: Notebook, question: str) -> None:
    entry = notebook.entries.add(EntryDraft(body="It was dear")).result
    for kind, relation in (("coding", "supports"), ("series", "supports"), ("entry", "haunts"), ("entry", "explains")):
        link = LinkFields(End(kind, entry, "soon", "later"), relation, End("question", question)).to_json()
        with notebook._context.change("Write") as recorder:
            recorder.record("link", entry[:24] + kind[:1] + relation[:1], link, new=True)
    assert counts(notebook, question) == (0, 0, 0)
    assert notebook.links.of(question)
