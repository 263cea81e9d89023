"""Interviews in the one search: paragraphs, codings, codes and memos."""

from datetime import datetime

import pytest

from desktop_app.model.coding import CodeFields, TargetKind
from desktop_app.model.documents import DocumentFields, Turn
from desktop_app.model.entries import EntryDraft
from desktop_app.model.ids import new_id
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import PersonFields
from desktop_app.model.queries import Hit
from desktop_app.services import Notebook

SAID = (
    ("Ana", "We looked at the price twice 🙂 and then at the harbour."),
    ("Tobias Kerr", "It was opaque.\nNobody could read that bill."),
    ("Ana", "My sister set it up."),
)
TEXT = "\n\n".join(words for _, words in SAID)


def document(notebook: Notebook, when: str = "2026-03-14", **people: str) -> str:
    """A transcript with three turns, as an import would keep it."""
    turns, place = [], 0
    for speaker, words in SAID:
        turns.append(Turn(place, place + len(words), speaker))
        place += len(words) + 2
    file = notebook._file
    with notebook._context.change("Import") as recorder:
        fields = DocumentFields("Interview 07", file.documents.keep(TEXT, turns), people=people, occurred=when)
        item = new_id()
        recorder.record("document", item, fields.to_json(), new=True)
    return item


def code(notebook: Notebook, target: str, words: str, path: str, **given: str) -> str:
    text = notebook.codings.text(given.get("target_kind", "document"), target).text
    start = text.index(words)
    return notebook.codings.add(target, start, start + len(words), path, **given).result


def hits(notebook: Notebook, query: str) -> list[Hit]:
    return list(notebook.search.run(query).hits)


def found(notebook: Notebook, query: str) -> list[tuple[str, int]]:
    return sorted((hit.id, hit.at) for hit in hits(notebook, query))


def test_a_document_is_found_by_its_paragraphs_and_as_a_whole(notebook: Notebook) -> None:
    item = document(notebook)
    (hit,) = hits(notebook, "bills")
    assert (hit.type, hit.id, hit.document, hit.document_title, hit.title) == (
        "document",
        item,
        item,
        "Interview 07",
        "Interview 07",
    )
    assert hit.at == TEXT.index("It was")
    assert hit.speaker == "Tobias Kerr"
    assert hit.start == "2026-03-14T00:00"
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["bill"]
    assert found(notebook, "interview") == [(item, -1)]
    assert found(notebook, '"sister set"') == [(item, TEXT.index("My"))]


def test_a_phrase_does_not_reach_over_two_turns(notebook: Notebook) -> None:
    document(notebook)
    assert found(notebook, '"harbour it"') == []


def test_who_speaks_is_asked_by_field_and_not_by_word(notebook: Notebook) -> None:
    person = notebook.people.add(PersonFields("Anabel Ferro", pseudonym="Baker")).result
    item = document(notebook, Ana=person)
    mine = [(item, 0), (item, TEXT.index("My"))]
    assert found(notebook, "speaker:ana kind:document") == mine
    assert found(notebook, "speaker:ferro") == mine
    assert found(notebook, "person:baker kind:document") == mine
    assert found(notebook, "ferro") == [(person, -1)]
    notebook.people.edit(person, PersonFields("Anabel Vance"))
    assert found(notebook, "speaker:ferro") == []
    assert found(notebook, "speaker:vance") == mine


def test_a_corrected_or_trashed_document_leaves_nothing_behind(notebook: Notebook) -> None:
    item = document(notebook)
    coding = code(notebook, item, "opaque", "Price talk / opaque")
    assert len(found(notebook, "kind:document")) == 4
    notebook.documents.correct(item, TEXT.replace("harbour", "pier"))
    notebook.documents.correct(item, TEXT.replace("harbour", "pier").replace("It was opaque.\n", ""))
    assert found(notebook, "harbour") == []
    assert found(notebook, "pier") == [(item, 0)]
    assert [hit.id for hit in hits(notebook, "is:review")] == [coding]
    notebook.documents.trash(item)
    assert found(notebook, "kind:document,coding") == []
    notebook.history.undo()
    assert len(found(notebook, "kind:document,coding")) == 5


def test_codings_by_code_coder_speaker_and_words(notebook: Notebook) -> None:
    item = document(notebook)
    opaque = code(notebook, item, "It was opaque.", "Price talk / opaque")
    fair = code(notebook, item, "price twice 🙂", "Price talk / fair", coder="M.")
    family = code(notebook, item, "My sister", "Family as channel")
    assert {hit.id for hit in hits(notebook, 'code:"price talk"')} == {opaque, fair}
    assert {hit.id for hit in hits(notebook, "code:opaque")} == {opaque}
    assert {hit.id for hit in hits(notebook, 'code:"Price talk/opaque"')} == {opaque}
    assert {hit.id for hit in hits(notebook, "code:pri*")} == {opaque, fair}
    assert {hit.id for hit in hits(notebook, "coder:m")} == {fair}
    assert {hit.id for hit in hits(notebook, "kind:coding speaker:ana")} == {fair, family}
    assert {hit.id for hit in hits(notebook, "code:opaque -speaker:ana in:2026-03")} == {opaque}
    assert hits(notebook, "code:talk") == []
    (hit,) = hits(notebook, "code:fair")
    assert (hit.type, hit.at, hit.document, hit.document_title) == ("coding", TEXT.index("price"), item, "Interview 07")
    assert (hit.code, hit.coder, hit.speaker, hit.snippet) == ("Price talk / fair", "M.", "Ana", "price twice 🙂")


def test_codings_follow_their_code(notebook: Notebook) -> None:
    item = document(notebook)
    entry = notebook.entries.add(EntryDraft(body="The bill is a riddle")).result
    one = code(notebook, item, "opaque", "Price talk / opaque")
    two = code(notebook, entry, "a riddle", "Price talk / opaque", target_kind=TargetKind.ENTRY)
    assert {hit.id for hit in hits(notebook, "code:opaque")} == {one, two, entry}
    top = notebook.codes.get("Price talk")
    notebook.codes.edit(top.id, CodeFields("Money", definition="What they say of what it costs"))
    assert hits(notebook, 'code:"price talk"') == []
    assert {hit.id for hit in hits(notebook, "code:money")} == {one, two, entry}
    notebook.codings.recode([two], "Riddles")
    assert {hit.id for hit in hits(notebook, "code:money")} == {one}
    assert {hit.id for hit in hits(notebook, "code:riddles")} == {two, entry}
    assert {hit.id for hit in hits(notebook, "has:coding")} == {entry}
    (hit,) = hits(notebook, "kind:code costs")
    assert (hit.id, hit.title) == (top.id, "Money")
    notebook.entries.edit(entry, EntryDraft(when="2024-05"))
    assert {hit.id for hit in hits(notebook, "kind:coding in:2024")} == {two}
    notebook.codings.remove([two])
    assert {hit.id for hit in hits(notebook, "code:riddles")} == set()


def remember(notebook: Notebook, words: str, *about: About) -> str:
    with notebook._context.change("Add memo") as recorder:
        item = new_id()
        recorder.record("memo", item, MemoFields(words, about=about).checked().to_json(), new=True)
    return item


def test_memos_and_what_they_are_about(notebook: Notebook) -> None:
    item = document(notebook)
    coding = code(notebook, item, "opaque", "Price talk / opaque")
    entry = notebook.entries.add(EntryDraft(body="a note")).result
    assert hits(notebook, "has:memo") == []
    memo = remember(notebook, "A **doubtful** reading", About("coding", coding), About("entry", entry))
    (hit,) = hits(notebook, "doubtful")
    assert (hit.id, hit.type, hit.title, hit.snippet) == (memo, "memo", "A **doubtful** reading", "A doubtful reading")
    written = datetime.fromisoformat(notebook.memos.get(memo).created).astimezone()
    assert hit.occurred == written.strftime("%Y-%m-%d")
    assert {hit.id for hit in hits(notebook, "has:memo")} == {coding, entry}
    with notebook._context.change("Edit memo") as recorder:
        fields = MemoFields("A reading", about=(About("document", item),))
        recorder.record("memo", memo, {**notebook._file.journal.fields(memo), **fields.to_json()})
    assert found(notebook, "has:memo") == [(item, -1)]


@pytest.mark.parametrize("query", ["", "in:2026-03", "-price", "has:date", "has:speaker", "from:2026-03-01 -harbour"])
def test_without_words_or_names_interviews_stay_out(notebook: Notebook, query: str) -> None:
    one = notebook.entries.add(EntryDraft(body="a quiet week", when="2026-03-10", speaker="Ines Vidal")).result
    item = document(notebook)
    code(notebook, item, "opaque", "Price talk / opaque")
    assert one in {hit.id for hit in hits(notebook, query)}
    assert not {hit.type for hit in hits(notebook, query)} & {"document", "coding"}


def test_entries_come_before_short_turns_and_alone_on_the_tracks(notebook: Notebook) -> None:
    item = document(notebook, when="2026-11")
    words = " ".join(f"word{number}" for number in range(40))
    one = notebook.entries.add(EntryDraft(body=f"It was opaque. {words}", when="2026-01")).result
    result = notebook.search.run("opaque", marks=True)
    assert [hit.id for hit in result.hits] == [one, item]
    assert [mark.id for mark in result.marks] == [one]
    assert notebook.search.run("opaque", sort="occurred").hits[0].id == item


def test_a_chosen_stretch_keeps_the_paragraphs_of_it(notebook: Notebook) -> None:
    document(notebook)
    assert notebook.search.run("opaque", stretch=("2026-03-01T00:00", "2026-04-01T00:00")).total == 1
    assert notebook.search.run("opaque", stretch=("2026-04-01T00:00", "2026-05-01T00:00")).total == 0


def test_codes_and_coders_are_completed(notebook: Notebook) -> None:
    item = document(notebook)
    code(notebook, item, "opaque", "Price talk / opaque")
    code(notebook, item, "bill", "Bills / opaque", coder="M.")
    code(notebook, item, "price", "Price talk / fair")

    def complete(typed: str) -> list[str]:
        return [completion.text for completion in notebook.search.complete(typed, len(typed))]

    assert complete("code:opa") == ['"Bills / opaque"', '"Price talk / opaque"']
    assert complete("code:fa") == ["fair"]
    assert complete("coder:m") == ["M."]
    for text in complete("code:opa"):
        assert len(hits(notebook, f"code:{text} kind:coding")) == 1


def test_a_rebuilt_index_holds_the_same(notebook: Notebook) -> None:
    item = document(notebook)
    code(notebook, item, "opaque", "Price talk / opaque")
    before = found(notebook, "kind:document,coding,code")
    told: list[float] = []
    assert notebook.search.rebuild(lambda share, _: told.append(share)) == 4 + 1 + 2
    assert max(told) == 1.0
    assert found(notebook, "kind:document,coding,code") == before


def test_long_texts_are_left_to_the_background(notebook: Notebook) -> None:
    assert notebook.search.run("harbour").pending == 0
    item = notebook.documents.add(
        "Long", "\n\n".join(f"harbour {number}" + " word" * 60 for number in range(600))
    ).result
    result = notebook.search.run("harbour")
    assert (result.total, result.pending) == (0, 1)
    assert notebook.search.catch_up() == 601
    assert notebook.search.run("harbour").total == 600
    code(notebook, item, "harbour 7", "Ships")
    assert {hit.type for hit in hits(notebook, "code:ships")} == {"coding"}


def test_a_damaged_text_takes_nothing_else_with_it(notebook: Notebook) -> None:
    item = document(notebook)
    coding = code(notebook, item, "opaque", "Price talk / opaque")
    one = notebook.entries.add(EntryDraft(body="an opaque window")).result
    notebook._file.database.execute("UPDATE blob SET data = x'00'")
    notebook._file.documents._text.cache_clear()
    notebook._file.documents._turns.cache_clear()
    notebook.search.rebuild()
    assert {hit.id for hit in hits(notebook, "opaque kind:note,coding")} == {one, coding}
    assert found(notebook, "interview") == [(item, -1)]
