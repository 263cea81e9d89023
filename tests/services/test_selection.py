"""What a query selects, and what comes along because it is needed."""

from pathlib import Path

import pytest

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CodeFields
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.entries import EntryDraft
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.model.vocabulary import Term
from desktop_app.search.errors import QueryError
from desktop_app.services import Notebook
from desktop_app.services.selection import Selecting
from tests.services.interviews import code, interview


@pytest.fixture
def selecting(notebook: Notebook) -> Selecting:
    return Selecting(notebook._context, notebook.search)


def table(folder: Path, name: str, metric: str) -> Path:
    path = folder / name
    path.write_text(f"Date,{metric}\n2026-01-01,5\n2026-01-02,7\n2026-01-03,9\n", encoding="utf-8")
    return path


def chosen(notebook: Notebook, query: str) -> set[str]:
    """The items without the notebook itself."""
    return set(Selecting(notebook._context, notebook.search).select(query).items) - {notebook.id}


def kinds(notebook: Notebook, items: set[str]) -> list[str]:
    return sorted(notebook._file.lineage.kinds(items).values())


def test_an_empty_query_selects_everything_the_trash_too(notebook: Notebook, selecting: Selecting) -> None:
    entry = notebook.entries.add(EntryDraft(body="Rain")).result
    notebook.entries.trash([entry])
    notebook.saved_searches.add("Rain", "rain")
    selection = selecting.select(" ")
    assert selection.items == notebook._file.lineage.of_kinds(["notebook", "entry", "search"])
    assert selection.by_kind == {"entry": 1, "notebook": 1, "search": 1}


def test_the_notebook_itself_always_comes_along(notebook: Notebook, selecting: Selecting) -> None:
    selection = selecting.select("nothing-has-this-word")
    assert (set(selection.items), selection.found) == ({notebook.id}, 0)


def test_a_broken_query_is_told(selecting: Selecting) -> None:
    with pytest.raises(QueryError):
        selecting.select("colour:red")


def test_more_is_selected_than_a_page_shows(notebook: Notebook, selecting: Selecting) -> None:
    with notebook._context.change("Write"):
        for number in range(120):
            notebook.entries.add(EntryDraft(body=f"Harbour {number}"))
    assert selecting.select("harbour").found == 120


def test_an_entry_brings_its_speaker_their_organisation_and_what_describes_them(notebook: Notebook) -> None:
    org = notebook.people.add_organisation(OrganisationFields("Nordhafen")).result
    person = notebook.people.add(PersonFields("Ines Vidal", org=org)).result
    role = notebook.attributes.add(VariableFields("Role", "text", "person")).result
    notebook.attributes.set("person", [person], role, "buyer")
    notebook.attributes.add(VariableFields("Unused", "text", "person"))
    notebook.vocabulary.add_term("perspective", Term("tidal", "Tidal", "Tidal", "When does it turn?", own=True))
    notebook.vocabulary.add_term("scale", Term("tide", "Tide", "Tide", "How long?", own=True))
    (term,) = (item for item, _ in notebook._file.terms.of("perspective"))
    entry = notebook.entries.add(
        EntryDraft(body="The tide turned", speaker="Ines Vidal", perspectives=("tidal",))
    ).result
    notebook.entries.add(EntryDraft(body="Something else", speaker="Someone"))
    assert chosen(notebook, "tide turned") == {entry, person, org, role, term}


def test_what_was_put_into_the_trash_is_not_needed(notebook: Notebook) -> None:
    entry = notebook.entries.add(EntryDraft(body="The tide turned", speaker="Ines Vidal")).result
    (person,) = notebook._file.people.named("person", "Ines Vidal")
    notebook.people.trash(person)
    assert chosen(notebook, "tide") == {entry}


def test_a_series_comes_with_its_import_and_not_with_others(notebook: Notebook, tmp_path: Path) -> None:
    imports = [
        notebook.metrics.import_files([table(tmp_path, f"{name}.csv", name)]).result[0].import_id
        for name in ("Visits", "Sales")
    ]
    series = notebook._file.metrics.resolve("Visits")
    entry = notebook.entries.add(EntryDraft(body="A strike", series=("Visits",))).result
    link = notebook.links.add(
        LinkFields(End("entry", entry), "explains", End("series", "Visits", "2026-01-01", "2026-01-03"))
    ).result
    notebook.links.add(LinkFields(End("entry", entry), "explains", End("series", "Sales", "2026-01-01", "2026-01-03")))
    notebook.metrics.edit_series(series, additive=False)
    assert chosen(notebook, "strike") == {entry, imports[0], link, series}
    assert chosen(notebook, "sales") == {imports[1]}


def test_the_settings_of_all_series_of_an_import_come_along(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "web.csv"
    path.write_text("Date,Clicks,Impressions\n2026-01-01,5,50\n2026-01-02,7,70\n", encoding="utf-8")
    item = notebook.metrics.import_files([path]).result[0].import_id
    other = tmp_path / "later.csv"
    other.write_text("Date,Impressions\n2026-02-01,50\n2026-02-02,70\n", encoding="utf-8")
    notebook.metrics.import_files([other])
    beside = notebook.metrics.edit_series("Impressions", additive=False).result
    entry = notebook.entries.add(EntryDraft(body="A strike", series=("Clicks",))).result
    # The other import of what merely came along is not needed.
    assert chosen(notebook, "strike") == {entry, item, beside}


def test_a_text_brings_its_codings_codes_those_above_them_and_memos(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    other = notebook.documents.add("Another", "The weather was opaque.").result
    above = notebook.codes.add(CodeFields("Money")).result
    below = notebook.codes.add(CodeFields("Price", parent=above)).result
    notebook.codes.add(CodeFields("Unused"))
    coding = code(notebook, document, "The price was opaque", "Price")
    code(notebook, other, "weather", "Weather")
    memo = notebook.memos.add(MemoFields("Odd", about=(About("coding", coding),))).result
    notebook.memos.add(MemoFields("Elsewhere", about=(About("document", other),)))
    person = notebook.people.add(PersonFields("Ines Vidal")).result
    notebook.documents.match_speaker(document, "Ines Vidal", person)
    assert chosen(notebook, "roaster") == {document, coding, below, above, memo, person}


def test_a_coding_brings_its_text_and_none_of_the_others_on_it(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "a friend", "Friends")
    code(notebook, document, "The price was opaque", "Price")
    items = chosen(notebook, "code:Friends")
    assert coding in items
    assert document in items
    assert kinds(notebook, items).count("coding") == 1


def test_links_come_along_when_both_ends_do(notebook: Notebook) -> None:
    one, two, three = (notebook.entries.add(EntryDraft(body=f"Lock {word}")).result for word in ("in", "out", "off"))
    within = notebook.links.add(LinkFields(End("entry", one), "follows", End("entry", two))).result
    notebook.links.add(LinkFields(End("entry", one), "follows", End("entry", three)))
    assert chosen(notebook, "lock (in OR out)") >= {one, two, within}
    assert kinds(notebook, chosen(notebook, '"lock out" OR "lock in"')) == ["entry", "entry", "link"]


def test_a_question_goes_with_any_of_its_evidence(notebook: Notebook, tmp_path: Path) -> None:
    notebook.metrics.import_files([table(tmp_path, "visits.csv", "Visits"), table(tmp_path, "clicks.csv", "Clicks")])
    rain = notebook.entries.add(EntryDraft(body="Rain", speaker="Ada")).result
    sun = notebook.entries.add(EntryDraft(body="Sun")).result
    spent = Amount(None, series="Clicks", start="2026-01-01", end="2026-01-03")
    draft = QuestionDraft("Where to?", asker="Ines", whom="Tomasz", entry=sun, options=(Option("Out", None, spent),))
    question = notebook.questions.add(draft).result
    notebook.questions.add(QuestionDraft("Something else?", asker="Ada"))
    links = notebook.questions.gather_all(question, [End("entry", rain), End("entry", sun)]).result
    memo = notebook.memos.add(MemoFields("Ask again", about=(About("question", question),))).result
    found = chosen(notebook, "rain")
    assert kinds(notebook, found) == ["entry", "import", "link", "memo", "person", "person", "person", "question"]
    assert {question, memo, links[0]} <= found
    alone = chosen(notebook, "kind:question where")
    assert alone == found - {rain, links[0], *notebook._file.people.named("person", "Ada")}
    notebook.questions.trash([question])
    assert question not in chosen(notebook, "rain")


def test_a_question_goes_with_whoever_asked_it_or_is_to_be_asked(notebook: Notebook) -> None:
    question = notebook.questions.add(QuestionDraft("Where to?", asker="Ines Vidal", whom="Tomasz Wielgo")).result
    for query in ("kind:person ines", "kind:person wielgo"):
        assert kinds(notebook, chosen(notebook, query)) == ["person", "person", "question"]
        assert question in chosen(notebook, query)


def test_dismissed_places_go_with_their_series_where_that_was_found(notebook: Notebook, tmp_path: Path) -> None:
    notebook.metrics.import_files([table(tmp_path, "visits.csv", "Visits")])
    fields = DismissalFields(notebook.metrics.resolve("Visits"), "2026-01-01", "2026-01-02", "Rain").to_json()
    with notebook._context.change("Dismiss") as recorder:
        recorder.record("dismissal", new_id(), fields, new=True)
    notebook.entries.add(EntryDraft(body="Rain", series=("Visits",)))
    assert kinds(notebook, chosen(notebook, "kind:series visits")) == ["dismissal", "import"]
    assert kinds(notebook, chosen(notebook, "kind:note rain")) == ["entry", "import"]
