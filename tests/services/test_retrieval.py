from pathlib import Path

import pytest

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CodingFilter, Extent, Quote, Stretch
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.people import PersonFields
from desktop_app.services import Notebook
from desktop_app.text.finding import WrongSearch
from desktop_app.text.markdown import to_plain
from tests.services.interviews import ZOOM, code, interview


@pytest.fixture
def document(notebook: Notebook, tmp_path: Path) -> str:
    return interview(notebook, tmp_path)


def words(quotes: list[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def test_a_quote_knows_its_place(notebook: Notebook, document: str) -> None:
    ines = notebook.people.add(PersonFields("Ines V.")).result
    notebook.documents.match_speaker(document, "Ines Vidal", ines)
    notebook.documents.edit(document, when="2026-03-14")
    coding = code(notebook, document, "felt they took me", "Becoming / seriously")
    (quote,) = notebook.retrieval.quotes()
    assert quote.coding.id == coding
    assert (quote.text, quote.document, quote.path) == ("felt they took me", "Interview 07", ("Becoming", "seriously"))
    assert (quote.speaker, quote.person, quote.begins, quote.occurred) == ("Ines Vidal", ines, 5000, "2026-03-14")
    text = notebook.documents.text(document).text
    assert quote.before + quote.text + quote.after in text
    assert quote.before.endswith("opaque. I ")
    assert quote.after.startswith(" seriously.")
    assert quote.colour == notebook.codes.get("Becoming").colour


def test_whoever_says_most_of_it_is_the_speaker(notebook: Notebook, document: str) -> None:
    code(notebook, document, "roaster? 🙂\nThe price was opaque. I felt they took me seriously.\nAnd then?", "A")
    code(notebook, document, "So, how did you choose your roaster? 🙂\nThe price", "A")
    assert [(quote.speaker, quote.begins) for quote in notebook.retrieval.quotes()] == [
        ("Ana", 1000),
        ("Ines Vidal", 5000),
    ]


def test_quotes_by_every_part_of_a_filter(notebook: Notebook, tmp_path: Path, document: str) -> None:
    other = interview(notebook, tmp_path, "Interview 12", ZOOM.replace("Ines Vidal", "Bo"))
    bo = notebook.people.add(PersonFields("Bo Amsel")).result
    notebook.documents.match_speaker(other, "Bo", bo)
    role = notebook.attributes.add(VariableFields("Role", subject="person")).result
    city = notebook.attributes.add(VariableFields("City")).result
    notebook.attributes.set("person", [bo], role, "Owner")
    notebook.attributes.set("document", [document], city, "Porto")
    notebook.documents.edit(document, when="2026-03")
    code(notebook, document, "opaque", "Price / opaque")
    code(notebook, document, "And then?", "Probe", coder="M.")
    code(notebook, other, "opaque", "Price", coder="M.")
    note = notebook.entries.add(EntryDraft(body="They said 🙂 opaque too.", when="2025", speaker="Bo Amsel")).result
    code(notebook, note, "opaque too", "Price", kind="entry")

    def found(**wanted: object) -> list[tuple[str, str]]:
        return [(q.document, q.text) for q in notebook.retrieval.quotes(CodingFilter(**wanted))]  # type: ignore[arg-type]

    one, probe = ("Interview 07", "opaque"), ("Interview 07", "And then?")
    two, three = ("Interview 12", "opaque"), ("They said 🙂 opaque too.", "opaque too")
    price = notebook.codes.resolve("Price")
    assert found() == [one, probe, two, three]
    assert found(codes=(price,)) == [one, two, three]
    assert found(codes=(price,), deep=False) == [two, three]
    assert found(targets=(other,)) == [two]
    assert found(coders=("M.",)) == [probe, two]
    assert found(speakers=("ana",)) == [probe]
    assert found(speakers=("Bo Amsel",)) == found(speakers=(bo,)) == [two, three]
    assert found(speakers=("bo", "ANA")) == [probe, two]
    assert found(attributes=((role, "owner"),)) == [two, three]
    assert found(attributes=((city, "Porto"),)) == [one, probe]
    assert found(attributes=((city, "Porto"), (city, "Lisbon"))) == [one, probe]
    assert found(attributes=((city, "Porto"), (role, "Owner"))) == []
    assert found(occurred_from="2026-03-20T00:00", occurred_until="2026-05-01T00:00") == [one, probe]
    assert found(occurred_until="2026-01-01T00:00") == [three]
    assert found(since="2999-01-01T00:00:00Z") == []


def test_what_is_trashed_is_no_quote(notebook: Notebook, document: str) -> None:
    coding = code(notebook, document, "opaque", "Price")
    notebook.codings.remove([coding])
    assert notebook.retrieval.quotes() == []
    assert notebook.retrieval.some([coding]) == []


def test_quotes_become_entries_once(notebook: Notebook, document: str) -> None:
    notebook.documents.edit(document, when="2026-03-14")
    first = code(notebook, document, "The price was opaque.", "Price")
    second = code(notebook, document, "And then?", "Probe")
    made = notebook.retrieval.to_entries([first, second])
    assert made.label == "Turn quotes into entries"
    one, two = notebook.entries.many(made.result)
    assert (one.fields.kind, one.fields.body, one.speaker_name) == ("quote", "The price was opaque.", "Ines Vidal")
    assert (one.fields.occurred, one.fields.title, one.fields.basis) == ("2026-03-14", "", "")
    assert two.speaker_name == "Ana"
    assert notebook.retrieval.some([first])[0].entry == one.id
    assert [quote.entry for quote in notebook.retrieval.quotes()] == [one.id, two.id]
    (link,) = notebook.links.of(one.id)
    assert (link.relation, link.other.kind, link.other.id) == ("mentions", "coding", first)
    assert link.label == "Price: “The price was opaque.”"
    assert [back.other.id for back in notebook.links.of(first)] == [one.id]
    again = notebook.retrieval.to_entries([second, first])
    assert again.result == [two.id, one.id]
    assert not again.touched
    notebook.history.undo()
    assert notebook.retrieval.some([first])[0].entry is None
    assert notebook.people.list() == []
    notebook.history.redo()
    notebook.entries.trash([one.id])
    assert notebook.retrieval.some([first])[0].entry is None


def test_an_entry_shows_the_very_words(notebook: Notebook, tmp_path: Path) -> None:
    said = "*No* <b>tip</b> [see](x) & #1 — 1. that"
    target = notebook.documents.add("Marks", f"Before.\n{said}").result
    (entry,) = notebook.retrieval.to_entries([code(notebook, target, said, "A")]).result
    made = notebook.entries.get(entry)
    assert made.fields.body != said
    assert to_plain(made.fields.body) == said
    note = notebook.entries.add(EntryDraft(body="so *very* nice", speaker="Ana")).result
    (entry,) = notebook.retrieval.to_entries([code(notebook, note, "*very* nice", "A", kind="entry")]).result
    assert notebook.entries.get(entry).fields.body == "*very* nice"
    assert notebook.entries.get(entry).speaker_name == "Ana"


def test_entries_that_cannot_be_made(notebook: Notebook, document: str) -> None:
    coding = code(notebook, document, "The price was opaque.", "Price")
    with pytest.raises(NotFound, match="no coding"):
        notebook.retrieval.to_entries([coding, "zzz"])
    notebook.people.add(PersonFields("Ines Vidal"))
    notebook.people.add(PersonFields("Ines Vidal"))
    with pytest.raises(Invalid, match="Several people are called “Ines Vidal”; say in “Interview 07”"):
        notebook.retrieval.to_entries([coding])
    text = notebook.documents.text(document).text
    notebook.documents.correct(document, text.replace("The price was opaque. ", ""))
    (gone,) = notebook.codings.of(document)
    if gone.start == gone.end:
        with pytest.raises(Invalid, match="Nothing is left"):
            notebook.retrieval.to_entries([coding])
    assert notebook.entries.counts().total == 0


def test_a_trashed_person_keeps_their_words(notebook: Notebook, document: str) -> None:
    person = notebook.people.add(PersonFields("Ines V.")).result
    notebook.documents.match_speaker(document, "Ines Vidal", person)
    notebook.people.trash(person)
    (entry,) = notebook.retrieval.to_entries([code(notebook, document, "opaque", "Price")]).result
    assert notebook.entries.get(entry).fields.speaker == person
    assert notebook.entries.get(entry).speaker_name == "Ines V."


# --- what could be coded ----------------------------------------------------------------------------------------------


def quoted(stretches: list[Stretch]) -> list[str]:
    return [stretch.quote for stretch in stretches]


def test_places_of_words_with_what_is_around(notebook: Notebook, document: str) -> None:
    find = notebook.retrieval.search_text
    assert quoted(find("PRICE")) == ["price"]
    assert quoted(find("etage cafe")) == ["étage", "café"]
    assert quoted(find("price", extent=Extent.SENTENCE)) == ["The price was opaque."]
    assert quoted(find("price seriously", extent="sentence")) == []
    said = "The price was opaque. I felt they took me seriously."
    assert quoted(find("price OR seriously", extent=Extent.TURN)) == [said]
    assert quoted(find('"took me"', extent=Extent.PARAGRAPH)) == [said]
    assert quoted(find(r"\bth\w+", regex=True)) == ["The", "they", "then", "Then"]
    assert quoted(find(r"\bth\w+", regex=True, speakers=["Ana"])) == ["then"]
    with pytest.raises(WrongSearch):
        find("(", regex=True)


def test_only_the_targets_are_looked_through(notebook: Notebook, document: str) -> None:
    note = notebook.entries.add(EntryDraft(body="A price.")).result
    find = notebook.retrieval.search_text
    assert [found.target for found in find("price")] == [document]
    assert [(found.target_kind, found.quote) for found in find("price", targets=[note])] == [("entry", "price")]
    assert find("price", targets=[]) == []


def test_turns_of_speakers(notebook: Notebook, document: str) -> None:
    person = notebook.people.add(PersonFields("Somebody Else")).result
    notebook.documents.match_speaker(document, "Ana", person)
    asked = ["So, how did you choose your roaster? 🙂", "And then?"]
    assert quoted(notebook.retrieval.by_speaker(["ana"])) == asked
    assert quoted(notebook.retrieval.by_speaker(["Somebody Else"])) == asked
    assert notebook.retrieval.by_speaker(["Nobody"]) == []


def test_sections_below_headings(notebook: Notebook) -> None:
    notebook.documents.add("Notes", "# Price\nIt was\n## fair\nso so\n# Help\nGood.\n# The price again\n\nNo.\n")
    notebook.documents.add("Guide", "Opening\nHello.\nQuestion 1\nYes.\n🙂\nQuestion 2\nNo.")
    assert quoted(notebook.retrieval.by_section("price")) == ["It was\n## fair\nso so", "No."]
    assert quoted(notebook.retrieval.by_section("fair")) == ["so so"]
    assert quoted(notebook.retrieval.by_section(r"^question \d", regex=True)) == ["Yes.\n🙂", "No."]


def test_a_preview_and_one_undo(notebook: Notebook, document: str) -> None:
    places = notebook.retrieval.search_text("price OR café", extent=Extent.SENTENCE)
    first, second = notebook.retrieval.proposals(places)
    assert (first.document, first.speaker, first.begins) == ("Interview 07", "Ines Vidal", 5000)
    assert first.before.endswith("roaster? 🙂\n")
    assert second.stretch.quote.startswith("Then a friend")
    made = notebook.retrieval.autocode(places, "Auto / found", "Code 2 places")
    assert (made.result, made.label) == (2, "Code 2 places")
    assert notebook.codes.get("Auto / found").count == 2
    assert notebook.retrieval.autocode(places, "Auto / found").result == 0
    notebook.history.undo()
    assert notebook.codings.of(document) == []
    assert notebook.codes.list() == []
