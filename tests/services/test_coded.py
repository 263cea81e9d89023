from pathlib import Path

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from desktop_app.services.coded import sources
from desktop_app.services.spoken import Spoken
from tests.services.interviews import code, interview


def test_codings_go_into_the_trash_with_their_text_and_back(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    kept, gone = code(notebook, document, "price", "A"), code(notebook, document, "opaque", "A")
    notebook.codings.remove([gone])
    notebook.documents.trash(document)
    assert notebook.codings.find() == []
    notebook.documents.restore(document)
    assert [coding.id for coding in notebook.codings.of(document)] == [kept]


def test_what_happened_to_codes_meanwhile_is_heeded(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    merged, lost = code(notebook, document, "price", "A"), code(notebook, document, "opaque", "B")
    note = notebook.entries.add(EntryDraft(body="A price")).result
    code(notebook, note, "price", "C", kind="entry")
    notebook.documents.trash(document)
    notebook.codes.merge(["A"], "C")
    notebook.codes.trash("B")
    notebook.documents.restore(document)
    (back,) = notebook.codings.of(document)
    assert (back.id, back.code) == (merged, notebook.codes.resolve("C"))
    assert lost not in {coding.id for coding in notebook.codings.find()}


def test_codings_of_an_entry_follow_and_go_along(notebook: Notebook) -> None:
    note = notebook.entries.add(EntryDraft(body="It felt like a friend.", speaker="Ines")).result
    coding = code(notebook, note, "a friend", "Friend", kind="entry")
    notebook.entries.edit(note, EntryDraft(body="🙂 It felt like a friend."))
    assert notebook.codings.get(coding).start == 15
    assert notebook.codings.get(coding).review is None
    notebook.entries.trash([note])
    assert notebook.codings.find() == []
    notebook.entries.restore([note])
    assert [found.id for found in notebook.codings.of(note)] == [coding]
    first = notebook.history.of(note)[-1]
    notebook.entries.bring_back(note, first.id)
    assert (notebook.codings.get(coding).start, notebook.codings.get(coding).quote) == (13, "a friend")


def test_a_text_edited_in_the_trash_moves_nothing_in_silence(notebook: Notebook) -> None:
    note = notebook.entries.add(EntryDraft(body="It felt like a friend to me.")).result
    kept, moved, gone = (code(notebook, note, words, words, kind="entry") for words in ("It felt", "a friend", "to me"))
    notebook.entries.trash([note])
    notebook.entries.edit(note, EntryDraft(body="It felt as if a friend asked."))
    notebook.entries.restore([note])
    body = notebook.entries.get(note).fields.body
    found = {coding.id: notebook.codings.get(coding.id) for coding in notebook.codings.of(note)}
    assert all(fields.quote == body[fields.start : fields.end] for fields in found.values())
    assert found[kept].review is None
    assert found[moved].quote == "a friend"
    assert gone in {one.coding.id for one in notebook.codings.waiting(note)}
    document = notebook.documents.add("A", "One two three.").result
    code(notebook, document, "two", "A")
    notebook.documents.trash(document)
    notebook.documents.correct(document, "Two and one two three.")
    notebook.documents.restore(document)
    (back,) = notebook.codings.of(document)
    assert notebook.codings.get(back.id).quote == "two"


def test_sources_come_by_title_and_without_what_is_not_there(notebook: Notebook) -> None:
    late = notebook.entries.add(EntryDraft(body="Late", when="2026", speaker="Bo")).result
    early = notebook.entries.add(EntryDraft(body="Early", when="2025")).result
    b, a = (notebook.documents.add(title, "Words").result for title in ("b", "A"))
    wanted = [("entry", late), ("document", b), ("entry", early), ("document", a), ("document", "zzz")]
    found = list(sources(notebook._context, wanted))
    assert [source.text.id for source in found] == [a, b, early, late]
    assert (found[3].occurred, found[3].start) == ("2026", "2026-01-01T00:00")
    turn = Spoken(found[3].text).turn(0, 2)
    assert turn is not None
    assert turn.speaker == "Bo"
    assert Spoken(found[0].text).turn(0, 2) is None


def test_what_waits_is_not_counted_among_what_moved(notebook: Notebook) -> None:
    document = notebook.documents.add("Talk", "It felt like a friend to me.").result
    for words in ("a friend", "to me"):
        code(notebook, document, words, words)
    text = notebook.documents.text(document)
    done = notebook.documents.correct(document, "Then it felt like a fiend to me.", version_before=text.version).result
    assert done.moved == 2 - len(done.waiting)
    new = "Now gone to me."
    done = notebook.documents.correct(document, new, version_before=notebook.documents.text(document).version).result
    assert (done.moved, len(done.waiting)) == (1, 1)
