from pathlib import Path

import pytest

from desktop_app.model.errors import Ambiguous, Interrupted, Invalid, NotFound
from desktop_app.model.people import PersonFields
from desktop_app.services import Notebook
from desktop_app.services.documents import Reading
from tests.services.interviews import ZOOM, code, interview


def said(notebook: Notebook, document: str) -> list[tuple[str, str]]:
    text = notebook.documents.text(document)
    return [(turn.speaker, text.text[turn.start : turn.end]) for turn in text.turns]


def test_a_transcript_is_taken_in_with_turns_and_people(notebook: Notebook, tmp_path: Path) -> None:
    ines = notebook.people.add(PersonFields("Ines Vidal")).result
    for _ in range(2):
        notebook.people.add(PersonFields("Ana"))
    document = interview(notebook, tmp_path)
    found = notebook.documents.get("interview 07")
    assert (found.id, found.fields.title, found.fields.origin.file) == (document, "Interview 07", "Interview 07.vtt")
    assert found.fields.people == {"Ines Vidal": ines}
    assert (found.fields.content.speakers, found.fields.content.count) == (("Ana", "Ines Vidal"), 4)
    assert found.fields.content.milliseconds == 30_000
    assert said(notebook, document)[2] == ("Ana", "And then?")
    assert notebook.documents.text(document).turns[1].begins == 5000
    assert notebook.history.can_undo() == "Import document"


def test_a_batch_goes_on_past_files_that_cannot_be_read(notebook: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("Words of b.", encoding="utf-8")
    (folder / "deep" / "a.vtt").write_text(ZOOM, encoding="utf-8")
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / "empty.txt").write_bytes(b"")
    empty = tmp_path / "nothing"
    empty.mkdir()
    paths = [folder, tmp_path / "missing.txt", empty]
    told: list[str] = []
    done = notebook.documents.import_files(paths, progress=lambda part, text: told.append(text)).result
    assert [taken.parsed.title for taken in done.documents] == ["b", "a"]
    assert {one.file for one in done.rejected} == {"empty.txt", "missing.txt", "nothing"}
    assert all(one.reason.endswith(".") for one in done.rejected)
    assert told[0] == "Reading b.txt"
    assert notebook.history.can_undo() == "Import 2 documents"
    notebook.history.undo()
    assert notebook.documents.list() == []


def test_a_preview_keeps_nothing(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("[1] Ana > Hello\n[2] Bo > Hi\n[3] Ana > So\n", encoding="utf-8")
    seen = notebook.documents.preview_files([tmp_path / "a.txt"], Reading(pattern="[{time}] {speaker} > {text}"))
    assert len(seen.documents) + len(seen.rejected) == 1
    assert notebook.documents.list() == []
    with pytest.raises(Invalid, match="cannot be read"):
        notebook.documents.preview(tmp_path / "none.txt")


def test_a_stopped_import_keeps_nothing(notebook: Notebook, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Words of {name}.", encoding="utf-8")
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    with pytest.raises(Interrupted, match="The import was stopped"):
        notebook.documents.import_files([tmp_path / "a.txt", tmp_path / "b.txt"], should_stop=stop)
    assert notebook.documents.list() == []


def test_the_same_text_twice_is_told(notebook: Notebook, tmp_path: Path) -> None:
    interview(notebook, tmp_path)
    done = notebook.documents.import_files([tmp_path / "Interview 07.vtt"]).result
    assert any("here already as “Interview 07”" in notice for notice in done.documents[0].parsed.notices)
    with pytest.raises(Ambiguous):
        notebook.documents.resolve("Interview 07")


def test_documents_made_by_hand(notebook: Notebook) -> None:
    document = notebook.documents.add("  A  title ", "One\r\ntwo\rthree\n").result
    assert notebook.documents.get("a title").id == document
    assert notebook.documents.text(document).text == "One\ntwo\nthree\n"
    for title, text in (("", "x"), ("x", " \n"), ("x", "a\0b")):
        with pytest.raises(Invalid):
            notebook.documents.add(title, text)
    notebook.documents.edit(document, title="B", when="March 2026", note=" n ")
    fields = notebook.documents.get(document).fields
    assert (fields.title, fields.occurred, fields.note) == ("B", "2026-03", "n")
    notebook.documents.edit(document, when="")
    assert (notebook.documents.get("b").fields.occurred, notebook.documents.get("b").fields.note) == ("", "n")
    with pytest.raises(Invalid, match="needs a title"):
        notebook.documents.edit(document, title=" ")


def test_speakers_are_matched_and_renamed(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    notebook.documents.match_speaker(document, "Ines Vidal", "Ines V.")
    (person,) = notebook.people.list()
    assert notebook.documents.text(document).people == {"Ines Vidal": person.id}
    notebook.documents.rename_speaker(document, "Ines Vidal", " The  owner ")
    assert notebook.documents.text(document).people == {"The owner": person.id}
    assert said(notebook, document)[1][0] == "The owner"
    notebook.documents.match_speaker(document, "The owner", "")
    assert notebook.documents.text(document).people == {}
    notebook.documents.rename_speaker(document, "The owner", "Ana")
    assert notebook.documents.get(document).fields.content.speakers == ("Ana",)
    for _ in range(4):
        notebook.history.undo()
    assert said(notebook, document)[1][0] == "Ines Vidal"
    with pytest.raises(NotFound, match="no speaker “Nobody”"):
        notebook.documents.match_speaker(document, "Nobody", "x")
    with pytest.raises(Invalid, match="needs a name"):
        notebook.documents.rename_speaker(document, "Ana", " ")


def test_turns_and_codings_follow_a_correction(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "took me seriously", "Becoming")
    text = notebook.documents.text(document)
    new = text.text.replace("So, how", "🙂 So how").replace("they took", "that they took").replace("And then?", "")
    done = notebook.documents.correct(document, new, version_before=text.version)
    assert (done.result.moved, done.result.waiting, done.label) == (1, (), "Correct text")
    assert notebook.codings.get(coding).quote == "took me seriously"
    assert [words.split()[0] for _, words in said(notebook, document)] == ["🙂", "The", "Then"]
    assert notebook.documents.get(document).fields.content.count == 3
    with pytest.raises(Invalid, match="changed meanwhile"):
        notebook.documents.correct(document, "Other words", version_before=text.version)
    notebook.history.undo()
    assert notebook.documents.text(document) == text
    assert not notebook.documents.correct(document, text.text).touched


def test_trash_and_restore(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    coding = code(notebook, document, "opaque", "A")
    notebook.documents.trash(document)
    assert notebook.documents.list() == []
    assert notebook.documents.get(document).trashed
    with pytest.raises(NotFound):
        notebook.documents.resolve("Interview 07")
    notebook.documents.restore(document)
    (back,) = notebook.documents.list()
    assert (back.codings, back.review, back.trashed) == ({"Ada": 1}, 0, False)
    assert notebook.codings.get(coding).quote == "opaque"
