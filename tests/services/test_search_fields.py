"""What lenses ask the search for: ids, authors, acts, foresights, links, evidence, and queries put together."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.model.coding import CodeFields
from desktop_app.model.entries import Act, Basis, Entry, EntryDraft, EntryFields, EntryKind, Outcome
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.model.questions import QuestionDraft
from desktop_app.model.time import OPEN_END, parse_edtf
from desktop_app.search.errors import QueryError
from desktop_app.services import Identity, Notebook, create_notebook
from tests.services.test_search_texts import code, document


def write(notebook: Notebook, body: str = "words", **fields: object) -> str:
    item = new_id()
    with notebook._context.change("Write") as recorder:
        made = EntryFields(body=body, **fields)  # type: ignore[arg-type]
        recorder.record("entry", item, made.checked().to_json(), new=True)
    return item


def link(notebook: Notebook, source: tuple[str, str], relation: str, target: tuple[str, str]) -> str:
    return notebook.links.add(LinkFields(End(*source), relation, End(*target))).result


def entries(notebook: Notebook, query: str) -> set[str]:
    found = notebook.search.entry_ids(query)
    assert found is not None
    assert len(found) == len(set(found))
    assert set(found) == {item for kind, item in notebook.search.matches(query) if kind == "entry"}
    return set(found)


def things(notebook: Notebook, query: str) -> set[tuple[str, str]]:
    hits = notebook.search.run(query).hits
    assert {(hit.type, hit.id) for hit in hits} == set(notebook.search.matches(query))
    return {(hit.type, hit.id) for hit in hits}


# --- ids --------------------------------------------------------------------------------------------------------------


def test_everything_is_found_by_its_id_and_called_by_its_name(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "web.csv"
    path.write_text("Date,Trials started\n2026-03-01,4\n2026-03-02,5\n2026-03-03,5\n")
    notebook.metrics.import_files([path])
    text = document(notebook)
    known = {
        "entry": (notebook.entries.add(EntryDraft(body="A quiet week")).result, "A quiet week"),
        "person": (notebook.people.add(PersonFields("Ines Vidal")).result, "Ines Vidal"),
        "document": (text, "Interview 07"),
        "coding": (code(notebook, text, "opaque", "Price talk"), "Price talk: “opaque”"),
        "code": (notebook.codes.get("Price talk").id, "Price talk"),
        "question": (notebook.questions.add(QuestionDraft(text="Why do they leave?")).result, "Why do they leave?"),
        "series": (notebook.metrics.resolve("Trials started"), "Trials started"),
    }
    for kind, (item, name) in known.items():
        for query in (f"id:{item}", f"id:{item[:8]}"):
            assert things(notebook, query) == {(kind, item)}
            understood = notebook.search.understand(query)
            assert (understood.text, understood.explanation) == (f"id:{item}", f"Everything being “{name}”.")
        assert [chip.label for chip in notebook.search.chips(f"id:{item}")] == [f"id: {name}"]
    assert notebook.search.entry_ids(f"id:{','.join(item for item, _ in known.values())}") == [known["entry"][0]]
    notebook.entries.trash([known["entry"][0]])
    assert things(notebook, f"id:{known['entry'][0]}") == set()
    with pytest.raises(QueryError, match="Nothing here"):
        notebook.search.understand(f"id:{known['entry'][0][:8]}")


def test_two_people_of_one_name_stay_apart(notebook: Notebook) -> None:
    norte = notebook.people.add_organisation(OrganisationFields("Café Norte")).result
    one = notebook.people.add(PersonFields("Ines Vidal", org=norte)).result
    other = notebook.people.add(PersonFields("Ines Vidal", pseudonym="Baker")).result
    tom = notebook.people.add(PersonFields("Tom Ruiz")).result
    first, second = write(notebook, speaker=one), write(notebook, speaker=other, org=norte)
    text = document(notebook, Ana=other)
    coding = code(notebook, text, "My sister", "Family")
    asked = notebook.questions.add(QuestionDraft(text="Why?", asker=tom)).result
    assert entries(notebook, "speaker:ines") == {first, second}
    assert things(notebook, f"speaker:{one}") == {("entry", first)}
    assert things(notebook, f"speaker:{other}") == {("entry", second), ("document", text), ("coding", coding)}
    assert things(notebook, f"person:{one}") == {("entry", first), ("person", one)}
    assert things(notebook, f"person:{tom}") == {("person", tom), ("question", asked)}
    assert things(notebook, f"org:{norte}") == {("entry", first), ("entry", second), ("person", one)}
    assert notebook.search.value_for("speaker", one, "Ines Vidal") == f"speaker:{one}"
    assert notebook.search.value_for("person", tom, "Tom Ruiz") == 'person:"Tom Ruiz"'
    assert notebook.search.value_for("person", other, "Baker") == "person:Baker"
    assert notebook.search.value_for("org", norte, "Café Norte") == 'org:"Café Norte"'
    notebook.people.edit(one, PersonFields("Inês Braga"))
    assert things(notebook, f"org:{norte}") == {("entry", second)}
    assert notebook.search.value_for("speaker", other, "Ines Vidal") == 'speaker:"Ines Vidal"'
    assert things(notebook, 'speaker:"Ines Vidal"') == things(notebook, f"speaker:{other}")


def test_a_name_that_others_have_too_is_written_as_an_id(notebook: Notebook) -> None:
    ana = notebook.people.add(PersonFields("Ana")).result
    anna = notebook.people.add(PersonFields("Tobias Kerr Ana")).result
    gone = notebook.people.add(PersonFields("Mo Ferro")).result
    write(notebook, speaker=gone)
    notebook.people.trash(gone)
    mo = notebook.people.add(PersonFields("Mo Ferro")).result
    ids = {ana: "Ana", mo: "Mo Ferro", notebook.people.add(PersonFields("東")).result: "東"}
    for item, name in ids.items():
        assert notebook.search.value_for("speaker", item, name) == f"speaker:{item}"
    assert notebook.search.value_for("speaker", anna, "Tobias Kerr Ana") == 'speaker:"Tobias Kerr Ana"'
    star = notebook.people.add(PersonFields('Star* "S" Vance*')).result
    assert notebook.search.value_for("person", star, 'Star* "S" Vance*') == f"person:{star}"
    assert notebook.search.value_for("linked", mo, "Mo Ferro") == f"linked:{mo}"


def test_a_name_that_stands_in_a_transcript_for_nobody_is_somebody_elses(notebook: Notebook) -> None:
    kerr = notebook.people.add(PersonFields("Tobias Kerr")).result
    text = document(notebook)
    assert notebook.search.value_for("speaker", kerr, "Tobias Kerr") == f"speaker:{kerr}"
    assert things(notebook, f"speaker:{kerr}") == set()
    notebook.documents.trash(text)
    document(notebook, **{"Tobias Kerr": kerr})
    assert notebook.search.value_for("speaker", kerr, "Tobias Kerr") == f"speaker:{kerr}", "the trash may come back"


def test_a_code_is_written_by_its_path_where_that_is_its_own(notebook: Notebook) -> None:
    text = document(notebook)
    opaque = code(notebook, text, "opaque", "Price talk / opaque")
    code(notebook, text, "bill", "Bills / opaque")
    fair = code(notebook, text, "price", "Price talk / fair")
    ids = {made.label: made.id for made in notebook.codes.list()}
    value = notebook.search.value_for
    assert value("code", ids["Price talk / opaque"], "Price talk / opaque") == 'code:"Price talk / opaque"'
    assert value("code", ids["Price talk / opaque"], "opaque") == f"code:{ids['Price talk / opaque']}"
    assert value("code", ids["Price talk / fair"], "fair") == "code:fair"
    assert things(notebook, f"code:{ids['Price talk']}") == {("coding", opaque), ("coding", fair)}
    assert things(notebook, f"code:{ids['Price talk / opaque']}") == {("coding", opaque)}
    notebook.codes.edit(ids["Price talk / fair"], CodeFields("fair"))
    assert things(notebook, f"code:{ids['Price talk']}") == {("coding", opaque)}


def test_a_question_is_written_by_its_words_where_no_other_has_them(notebook: Notebook) -> None:
    one = notebook.questions.add(QuestionDraft(text='Why is the "price" up?')).result
    other = notebook.questions.add(QuestionDraft(text="Is the price up?")).result
    assert notebook.search.value_for("question", one, 'Why is the "price" up?') == 'question:"Why is the price up?"'
    assert notebook.search.value_for("question", other, "Is the price up?") == f"question:{other}"


def test_values_that_are_no_ids_are_written_so_that_they_can_be_read(notebook: Notebook) -> None:
    for author in ("Mara", 'Mara "M" Lind', "O'Neill, Jr", "—", "Ann|Bo", "张三"):
        notebook._file.journal.author = author
        item = write(notebook)
        assert entries(notebook, notebook.search.value_for("author", author, author)) == {item}


# --- links and questions ----------------------------------------------------------------------------------------------


def test_links_are_found_from_both_ends_and_by_relation_from_their_source(notebook: Notebook) -> None:
    cause, effect, aside = (write(notebook, body) for body in ("cause", "effect", "aside"))
    person = notebook.people.add(PersonFields("Ines Vidal")).result
    text = document(notebook)
    coding = code(notebook, text, "opaque", "Price talk")
    assert entries(notebook, f"linked:{effect}") == set()
    explaining = link(notebook, ("entry", cause), "explains", ("entry", effect))
    link(notebook, ("coding", coding), "contradicts", ("entry", effect))
    link(notebook, ("document", text), "mentions", ("person", person))
    assert things(notebook, f"linked:{effect}") == {("entry", cause), ("coding", coding)}
    assert things(notebook, f"linked:{cause}") == {("entry", effect)}
    assert things(notebook, f"explains:{effect}") == {("entry", cause)}
    assert things(notebook, f"explains:{cause}") == set()
    assert things(notebook, f"contradicts:{effect}") == {("coding", coding)}
    assert things(notebook, f"linked:{person}") == {("document", text)}
    assert things(notebook, f"linked:{text}") == {("person", person)}
    assert [hit.at for hit in notebook.search.run(f"linked:{person}").hits] == [-1]
    assert entries(notebook, "-has:link") == {aside}
    explained = notebook.search.understand(f"explains:{effect}").explanation
    assert explained == "Everything explaining “effect”."
    notebook.links.remove(explaining)
    assert things(notebook, f"linked:{effect}") == {("coding", coding)}
    assert things(notebook, f"explains:{effect}") == set()
    notebook.history.undo()
    assert things(notebook, f"explains:{effect}") == {("entry", cause)}


def test_a_stretch_of_a_series_is_linked(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "web.csv"
    path.write_text("Date,Trials started\n2026-03-01,4\n2026-03-02,5\n2026-03-03,5\n")
    notebook.metrics.import_files([path])
    series = notebook.metrics.resolve("Trials started")
    told = write(notebook, "they told us")
    stretch = End("series", series, "2026-03-01", "2026-03-03")
    notebook.links.add(LinkFields(End("entry", told), "explains", stretch))
    assert things(notebook, f"explains:{series}") == {("entry", told)}
    assert things(notebook, f"linked:{told}") == {("series", series)}


def test_evidence_of_a_question_and_the_question_itself(notebook: Notebook) -> None:
    question = notebook.questions.add(
        QuestionDraft(
            text="Why is the price up?", note="Since *spring*", asker="Tom Ruiz", whom="Ines Vidal", asked="2026-03"
        )
    ).result
    other = notebook.questions.add(QuestionDraft(text="Is the harbour open?")).result
    near, far, beside = (write(notebook, body) for body in ("near", "far", "beside"))
    text = document(notebook)
    coding = code(notebook, text, "opaque", "Price talk")
    notebook.questions.gather(question, End("entry", near), "supports")
    notebook.questions.gather(question, End("coding", coding), "contradicts")
    notebook.questions.gather(question, End("document", text), "mentions")
    notebook.questions.gather(other, End("entry", far), "mentions")
    link(notebook, ("entry", beside), "follows", ("question", question))
    link(notebook, ("question", other), "mentions", ("question", question))
    evidence = {("entry", near), ("coding", coding), ("document", text)}
    for query in (f"question:{question}", "question:price", 'question:"why price"'):
        assert things(notebook, query) == evidence
    assert things(notebook, "question:harbour") == {("entry", far)}
    assert things(notebook, f"linked:{question}") == {*evidence, ("entry", beside), ("question", other)}
    asks = notebook.search.understand(f"question:{question}").explanation
    assert asks == "Everything as evidence of the question “Why is the price up?”."

    (hit,) = notebook.search.run("spring").hits
    assert (hit.type, hit.id, hit.title, hit.snippet) == ("question", question, "Why is the price up?", "Since spring")
    assert (hit.occurred, hit.start) == ("2026-03", "2026-03-01T00:00")
    assert things(notebook, "person:tom kind:question") == {("question", question)}
    assert things(notebook, "person:ines kind:question in:2026-03") == {("question", question)}
    assert things(notebook, "in:2026-03") == set()
    assert things(notebook, "is:unanswered") == {("question", question), ("question", other)}
    notebook.questions.answer(question, "Because of the harbour")
    assert things(notebook, "is:answered") == {("question", question)}
    assert things(notebook, "kind:question harbour") == {("question", question), ("question", other)}
    notebook.questions.edit(question, QuestionDraft(text="Why is coffee dear?"))
    assert things(notebook, "question:price") == set()
    assert things(notebook, "question:coffee") == evidence
    ines = notebook.people.list()[0].id
    notebook.people.edit(ines, PersonFields("Inês Braga"))
    assert things(notebook, "kind:question person:braga") == {("question", question)}
    notebook.questions.let_go(question, near)
    assert entries(notebook, "question:coffee") == set()
    notebook.questions.trash([question])
    assert things(notebook, "question:coffee") == set()
    assert things(notebook, f"question:{question}") == evidence - {("entry", near)}


# --- names, and queries put together ----------------------------------------------------------------------------------


def test_an_organisation_that_takes_another_name_is_found_by_it_in_all_that_its_people_said(notebook: Notebook) -> None:
    norte = notebook.people.add_organisation(OrganisationFields("Norte")).result
    said = write(notebook, speaker=notebook.people.add(PersonFields("Ines Vidal", org=norte)).result)
    assert entries(notebook, "org:norte") == {said}
    notebook.people.edit_organisation(norte, OrganisationFields("Sur"))
    assert entries(notebook, "org:norte") == set()
    assert entries(notebook, "org:sur") == {said}


def test_terms_that_nobody_here_defined_are_asked_for_where_they_are_in_use(notebook: Notebook) -> None:
    with pytest.raises(QueryError):
        notebook.search.understand("perspective:their-own")
    one = write(notebook, perspectives=("their-own",), scales=("tide",))
    assert entries(notebook, "perspective:their-own") == entries(notebook, "scale:tide") == {one}
    assert [offer.text for offer in notebook.search.complete("perspective:the", 15)] == ["their-own"]
    assert notebook.search.understand("scale:tide").explanation == "Everything moving by the tide."
    notebook.entries.trash([one])
    with pytest.raises(QueryError):
        notebook.search.understand("perspective:their-own")


def test_authors_and_questions_are_completed(notebook: Notebook) -> None:
    write(notebook)
    notebook._file.journal.author = "Mara Lind"
    mine = write(notebook)
    notebook.questions.add(QuestionDraft(text='Why "they"?'))
    assert [offer.text for offer in notebook.search.complete("author:", 7)] == ["Ada", '"Mara Lind"']
    assert [offer.text for offer in notebook.search.complete("question:wh", 11)] == ['"Why they ?"']
    assert entries(notebook, 'author:"mara lind"') == {mine}
    assert entries(notebook, "author:mara") == set()


def test_entry_ids_of_all_and_of_what_was_written_a_moment_ago(notebook: Notebook) -> None:
    assert notebook.search.entry_ids("") is None
    assert notebook.search.entry_ids("  ") is None
    one = write(notebook)
    notebook.people.add(PersonFields("Words"))
    assert notebook.search.entry_ids("words") == [one]
    assert notebook.search.entry_ids("kind:person") == []
    notebook.entries.trash([one])
    assert notebook.search.entry_ids("words") == []
    with pytest.raises(QueryError):
        notebook.search.entry_ids("kind:qoute")


def test_queries_are_joined(notebook: Notebook) -> None:
    one = write(notebook)
    assert notebook.search.joined() == ""
    assert notebook.search.joined("a OR b", f"id:{one[:9]}", "", "a OR b") == f"(a OR b) id:{one}"
    with pytest.raises(QueryError):
        notebook.search.joined("a", "kind:qoute")


# --- brute force ------------------------------------------------------------------------------------------------------

_DATES = st.sampled_from(
    ["", "2026-03", "2026-Q2".replace("Q2", "34"), "2025-12-31", "2026/..", "2024/2026", "2026-03-31"]
)
_SHARES = st.sampled_from([None, 0.0, 0.1, 0.3, 0.1 + 0.2, 0.7, 1.0])
_FIELDS = st.builds(
    EntryFields,
    kind=st.sampled_from(list(EntryKind)),
    body=st.just("words"),
    perspectives=st.sets(st.sampled_from(["holistic", "their-own"])).map(tuple),
    basis=st.sampled_from(["", *Basis]),
    act=st.sampled_from(["", *Act]),
    recurs=st.sampled_from(["", "P1Y"]),
    horizon=_DATES,
    confidence=_SHARES,
    outcome=st.none() | st.builds(Outcome, st.sampled_from(["yes", "partly", "no"]), _DATES),
)
_WRITTEN = st.lists(
    st.tuples(_FIELDS, st.sampled_from(["Ada", "Ben Lee", "ben"]), st.integers(0, 3)), min_size=1, max_size=8
)
_LINKS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(["supports", "contradicts", "explains", "follows", "mentions"]),
        st.integers(0, 9),
    ),
    max_size=8,
)


def _ends(edtf: str, low: str, high: str) -> bool:
    end = parse_edtf(edtf).end if edtf else ""
    return low < end <= high and end != OPEN_END


def _overlaps(edtf: str, low: str, high: str) -> bool:
    when = parse_edtf(edtf) if edtf else None
    return when is not None and when.start < high and when.end > low


_Fits = Callable[[Entry], bool]
_ASKED: dict[str, _Fits] = {
    **{f"act:{act}": lambda one, act=act: one.fields.act == act for act in Act},
    "act:told,asked": lambda one: one.fields.act in ("told", "asked"),
    "has:act": lambda one: bool(one.fields.act),
    "has:basis": lambda one: bool(one.fields.basis),
    "has:confidence": lambda one: one.fields.confidence is not None,
    "has:recurrence": lambda one: bool(one.fields.recurs),
    "has:outcome": lambda one: one.fields.outcome is not None,
    "author:ada": lambda one: one.author == "Ada",
    'author:"ben lee"': lambda one: one.author == "Ben Lee",
    "author:ben,ada": lambda one: one.author in ("ben", "Ada"),
    "outcome:yes,no": lambda one: one.fields.outcome is not None and one.fields.outcome.result in ("yes", "no"),
    "-outcome:partly": lambda one: one.fields.outcome is None or one.fields.outcome.result != "partly",
    "confidence:0.3": lambda one: one.fields.confidence == 0.3,
    "confidence:30%..": lambda one: one.fields.confidence is not None and one.fields.confidence >= 0.3,
    "confidence:..0.1": lambda one: one.fields.confidence is not None and one.fields.confidence <= 0.1,
    "confidence:0.1..0.7": lambda one: one.fields.confidence is not None and 0.1 <= one.fields.confidence <= 0.7,
    "due:2026-03": lambda one: _ends(one.fields.horizon, "2026-03-01T00:00", "2026-04-01T00:00"),
    "due:2024/..": lambda one: _ends(one.fields.horizon, "2024-01-01T00:00", OPEN_END),
    "due:2026": lambda one: _ends(one.fields.horizon, "2026-01-01T00:00", "2027-01-01T00:00"),
    "is:due": lambda one: (
        one.fields.kind == "foresight"
        and one.fields.outcome is None
        and _ends(one.fields.horizon, "0001-01-01T00:00", "2026-11-22T14:30")
    ),
    "resolved:2026-03": lambda one: _overlaps(
        one.fields.outcome.resolved if one.fields.outcome else "", "2026-03-01T00:00", "2026-04-01T00:00"
    ),
    "resolved:2025": lambda one: _overlaps(
        one.fields.outcome.resolved if one.fields.outcome else "", "2025-01-01T00:00", "2026-01-01T00:00"
    ),
    "kind:foresight confidence:0..1 -act:told": lambda one: (
        one.fields.kind == "foresight" and one.fields.confidence is not None and one.fields.act != "told"
    ),
}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crowd")


@given(_WRITTEN, _LINKS, st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_found_is_what_the_fields_say(
    crowd: Path, written: list[tuple[EntryFields, str, int]], links: list[tuple[int, str, int]], data: st.DataObject
) -> None:
    path = crowd / f"{new_id()}.terrain"
    with create_notebook(
        path, title="N", identity=Identity("Ada", "one"), now=lambda: datetime(2026, 11, 22, 14, 30)
    ) as made:
        _fill(made, written)
        people, questions = _people_and_questions(made)
        for source, relation, target in links:
            _link_some(made, source, relation, target, questions)
        _compare(made, people, questions)
        ids = sorted(entry.id for entry in made._file.entries.many(made._file.entries.newest(100)))
        changed = data.draw(st.sampled_from(ids))
        fields = data.draw(_FIELDS)
        with made._context.change("Edit") as recorder:
            recorder.record("entry", changed, fields.checked().to_json())
        made.entries.trash([data.draw(st.sampled_from(ids))])
        for stored in list(made._file.database.rows("SELECT id FROM link"))[:2]:
            made.links.remove(stored[0])
        _compare(made, people, questions)
        before = {query: sorted(made.search.entry_ids(query) or ()) for query in _ASKED}
        made.search.rebuild()
        assert {query: sorted(made.search.entry_ids(query) or ()) for query in _ASKED} == before


def _fill(notebook: Notebook, written: list[tuple[EntryFields, str, int]]) -> None:
    people = [notebook.people.add(PersonFields(name)).result for name in ("Ines Vidal", "Ines Vidal", "Tom")]
    for fields, author, speaker in written:
        notebook._file.journal.author = author
        with notebook._context.change("Write") as recorder:
            spoken = replace(fields, speaker=[*people, None][speaker])
            recorder.record("entry", new_id(), spoken.checked().to_json(), new=True)


def _people_and_questions(notebook: Notebook) -> tuple[list[str], list[str]]:
    people = [person.id for person in notebook.people.list()]
    asked = [notebook.questions.add(QuestionDraft(text=text)).result for text in ("Why up?", "Why down?")]
    return people, asked


def _link_some(notebook: Notebook, source: int, relation: str, target: int, questions: list[str]) -> None:
    ids = sorted(notebook._file.entries.newest(100))
    from_ = ids[source % len(ids)]
    to = ("question", questions[target - 8]) if target > 7 else ("entry", ids[target % len(ids)])
    if from_ != to[1]:
        link(notebook, ("entry", from_), relation, to)


def _compare(notebook: Notebook, people: list[str], questions: list[str]) -> None:
    held = notebook._file.entries.many(notebook._file.entries.newest(100))
    links = [
        (json.loads(source), relation, json.loads(target))
        for source, relation, target in notebook._file.database.rows(
            "SELECT source_end, relation, target_end FROM link"
        )
    ]
    asked: dict[str, set[str]] = {query: {one.id for one in held if fits(one)} for query, fits in _ASKED.items()}
    if any("their-own" in one.fields.perspectives for one in held):
        asked["perspective:their-own"] = {one.id for one in held if "their-own" in one.fields.perspectives}
    for person in people:
        asked[f"speaker:{person}"] = {one.id for one in held if one.fields.speaker == person}
    for item in [*(one.id for one in held), *questions]:
        outgoing = {(source["id"], relation) for source, relation, target in links if target["id"] == item}
        incoming = {target["id"] for source, _, target in links if source["id"] == item}
        asked[f"linked:{item}"] = {one for one, _ in outgoing} | incoming
        for relation in ("supports", "contradicts", "explains"):
            asked[f"{relation}:{item}"] = {one for one, said in outgoing if said == relation}
        if item in questions:
            asked[f"question:{item}"] = {
                one for one, said in outgoing if said in ("supports", "contradicts", "mentions")
            }
    asked["question:why"] = asked[f"question:{questions[0]}"] | asked[f"question:{questions[1]}"]
    asked['question:"down why"'] = asked[f"question:{questions[1]}"]
    ids = {one.id for one in held}
    for query, expected in asked.items():
        assert set(notebook.search.entry_ids(query) or ()) == expected & ids, query
