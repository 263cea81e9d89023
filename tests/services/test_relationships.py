"""Relationships of a notebook: the entries behind each figure are exactly those that its query finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.model.questions import QuestionDraft
from desktop_app.model.relationships import Lane, Relationship
from desktop_app.search.errors import QueryError
from desktop_app.services import Notebook
from tests.services.interviews import interview


def _write(notebook: Notebook, body: str, **given: object) -> str:
    return notebook.entries.add(EntryDraft(body=body, **given)).result  # type: ignore[arg-type]


def _person(notebook: Notebook, name: str) -> str:
    return next(person.id for person in notebook.people.list() if person.fields.name == name)


@pytest.fixture
def written(notebook: Notebook, tmp_path: Path) -> Notebook:
    """Ines of The Mill and Tomas of nowhere; Ines once spoke for another organisation."""
    first = _write(notebook, "too dear", kind="quote", speaker="Ines Vidal", org="The Mill", when="2026-10-01")
    notebook.people.edit(
        _person(notebook, "Ines Vidal"),
        PersonFields("Ines Vidal", org=next(one.id for one in notebook.people.organisations())),
    )
    _write(notebook, "we told of rent", speaker="Ines Vidal", when="2026-10-05", act="told", tags=("rent",))
    _write(notebook, "for another", speaker="Ines Vidal", org="Elsewhere", when="2026-10-09", act="helped")
    _write(notebook, "in autumn", speaker="Ines Vidal", when="2026-10", tags=("rent",))
    _write(notebook, "a visit", kind="event", speaker="Tomas Okoro", when="2026-09-03")
    _write(notebook, "will leave", kind="foresight", speaker="Ines Vidal", when="2026-10-10", horizon="2027")
    _write(notebook, "the mill wrote", org="The Mill", when="2026-10-12", act="listened")
    _write(notebook, "rent", kind="quote", speaker="Tomas Okoro", when="2026-09-01", tags=("rent",), act="asked")
    gone = _write(notebook, "gone", speaker="Ines Vidal", when="2026-10-02")
    notebook.entries.trash([gone])
    notebook.people.add_stage(_person(notebook, "Ines Vidal"), StageStep("customer", "2026-10-01", first))
    notebook.people.add_stage(_person(notebook, "Ines Vidal"), StageStep("loyal client", "2026-11", gone))
    notebook.people.add_stage(_person(notebook, "Tomas Okoro"), StageStep("customer", "2026-02-01"))
    talk = interview(notebook, tmp_path)
    notebook.documents.match_speaker(talk, "Ines Vidal", _person(notebook, "Ines Vidal"))
    notebook.questions.add(QuestionDraft(text="Why is rent so dear?", asker="Ines Vidal", asked="2026-10-02"))
    done = notebook.questions.add(QuestionDraft(text="When?", asker="Ines Vidal", asked="2026-09-02")).result
    notebook.questions.answer(done, "Soon")
    notebook.questions.add(QuestionDraft(text="What would Ines say?", whom="Ines Vidal"))
    return notebook


def _figures(one: Relationship) -> Iterator[tuple[str, float | None, str]]:
    yield "conversations", one.conversations.value, one.conversations.query
    yield "listening", one.listening.part, one.listening.query
    yield "telling", one.telling.part, one.telling.query
    yield "helped", one.helped.value, one.helped.query
    yield "unsaid", one.unsaid.value, one.unsaid.query
    yield "asked", one.asked.value, one.asked.query
    yield "unanswered", one.unanswered.value, one.unanswered.query
    yield "contacts", one.rhythm.contacts.value, one.rhythm.contacts.query
    yield "last", one.rhythm.last_contact.value, one.rhythm.last_contact.query
    yield "left out", one.rhythm.left_out.value, one.rhythm.left_out.query
    for step in one.steps:
        yield step.stage, int(step.entry is not None), step.query


@pytest.mark.parametrize("query", ["", "rent", "tag:rent OR in:2026-09", "-has:act", "kind:quote", "in:2026-10"])
def test_every_figure_counts_what_its_query_finds(written: Notebook, query: str) -> None:
    found = written.relationships.read(query)
    for one in (*found.people, *found.organisations):
        for name, value, asked in _figures(one):
            assert len(written.search.matches(asked)) == value, (one.name, name, asked)
            assert asked
    for reached in found.reached:
        people = {item for _, item in written.search.matches(reached.people_query)}
        assert people == {step.person for step in reached.steps}
        shown = {item for _, item in written.search.matches(reached.entries.query)}
        assert shown == {step.entry for step in reached.steps if step.entry}


@pytest.mark.parametrize("query", ["", "rent"])
def test_every_moment_of_a_way_is_what_its_query_finds(written: Notebook, query: str) -> None:
    for item in (_person(written, "Ines Vidal"), written.people.organisations()[1].id):
        moments = written.relationships.way(item, query).moments
        assert moments
        for moment in moments:
            ids = [one for _, one in written.search.matches(moment.query)]
            assert ids == ([] if moment.kind == "person" else [moment.id])


def test_figures_as_worked_out_by_hand(written: Notebook) -> None:
    found = written.relationships.read()
    ines = next(one for one in found.people if one.name == "Ines Vidal")
    assert (ines.org_name, ines.stage) == ("The Mill", "loyal client")
    assert ines.conversations.value == 5  # four entries and a transcript
    assert (ines.listening.part, ines.telling.part, ines.listening.of) == (1, 1, 2)
    assert (ines.helped.value, ines.unsaid.value) == (1, 1)
    # 1, 5 and 9 October; the transcript has no date, "October" no day; today is 22 November.
    assert (ines.rhythm.days, ines.rhythm.days_between, ines.rhythm.silent) == (3, 4.0, 44)
    assert ines.rhythm.left_out.value == 2
    assert (ines.asked.value, ines.unanswered.value) == (2, 1)
    assert 0 < ines.spoken.part < ines.spoken.of
    text = "The price was opaque. I felt they took me seriously.Then a friend — étage du café — asked me to stay."
    assert ines.spoken.part == len(text)
    mill = next(one for one in found.organisations if one.name == "The Mill")
    assert (mill.conversations.value, mill.listening.part) == (6, 2)
    assert [one.name for one in found.beyond] == ["Ines Vidal"]
    assert [(one.period, one.stage, one.people) for one in found.reached] == [
        ("2026", "customer", 2),
        ("2026", "loyal client", 1),
    ]


def test_a_query_chooses_people_and_narrows_transcripts_and_questions_too(written: Notebook) -> None:
    found = written.relationships.read("opaque")
    assert [one.name for one in found.people] == ["Ines Vidal"]
    ines = found.people[0]
    assert (ines.conversations.value, ines.asked.value, len(ines.steps)) == (1, 0, 2)
    assert [one.name for one in written.relationships.read("tag:rent").people] == ["Ines Vidal", "Tomas Okoro"]
    way = written.relationships.way(_person(written, "Tomas Okoro"), "opaque")
    assert [moment.lane for moment in way.moments] == [Lane.STEP]


def test_a_notebook_with_nobody_in_it(notebook: Notebook) -> None:
    found = notebook.relationships.read()
    assert (found.people, found.organisations, found.reached, found.beyond) == ((), (), (), ())
    assert notebook.relationships.csv(found).count(b"\n") == 1


def test_what_cannot_be_is_said(written: Notebook) -> None:
    with pytest.raises(QueryError):
        written.relationships.read("nofield:x")
    with pytest.raises(Invalid, match="by year or by quarter"):
        written.relationships.read(grain="decade")
    with pytest.raises(NotFound):
        written.relationships.way("nobody")


def test_somebody_is_named_by_name_or_id(written: Notebook) -> None:
    ines = _person(written, "Ines Vidal")
    named = written.relationships.named
    assert named("person", "ines vidal") == named("person", ines[:10]) == ines
    written.people.add(PersonFields("Ines Vidal"))
    with pytest.raises(Ambiguous):
        named("person", "Ines Vidal")
    with pytest.raises(NotFound):
        named("organisation", "No such mill")


def test_the_tables_have_a_row_for_each(written: Notebook) -> None:
    lens = written.relationships
    found = lens.read()
    rows = lens.csv(found).decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(found.people) + len(found.organisations)
    assert len(lens.reached_csv(found).decode().splitlines()) == 1 + 3
    way = lens.way(_person(written, "Ines Vidal"))
    assert len(lens.way_csv(way).decode().splitlines()) == 1 + len(way.moments)


def test_organisations_count_their_people_and_what_names_them_or_their_people(written: Notebook) -> None:
    silent = written.people.add_organisation(OrganisationFields("Nobody & Sons")).result
    counted = {one.fields.name: (one.people, one.entries) for one in written.people.organisations()}
    # Of Ines's entries that are not in the trash one names another organisation; one names The Mill and nobody.
    assert counted == {"The Mill": (1, 5), "Elsewhere": (0, 1), "Nobody & Sons": (0, 0)}
    assert written.people.organisation(silent).entries == 0
