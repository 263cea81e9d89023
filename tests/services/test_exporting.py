"""Copies to hand out, through the services: what they hold, what is remembered of them, what may not leave."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyrage import x25519

from desktop_app.exchange.encryption import is_sealed, unseal
from desktop_app.model.coding import CodeFields
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Interrupted, Invalid, KnownError
from desktop_app.model.exchange import ExportChoice, History, LeftOut, Manifest, Outcome, Seal, Unseal
from desktop_app.model.links import End, LinkFields
from desktop_app.notebook import copying
from desktop_app.notebook.copying import CopyInUse
from desktop_app.notebook.errors import NotebookExists
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.exporting import Exporting
from tests.services.interviews import code, interview

ALL = ExportChoice()


@pytest.fixture
def exporting(notebook: Notebook) -> Exporting:
    return Exporting(notebook._context, notebook.search)


@contextmanager
def handed_out(path: Path) -> Iterator[Notebook]:
    """The copy as somebody else opens it, found whole."""
    with open_notebook(path, identity=Identity("Bea", "two")) as copy:
        assert copy.maintenance.check().problems == ()
        yield copy


def manifest_of(copy: Notebook) -> Manifest:
    (text,) = copy._file.database.one("SELECT value FROM meta WHERE key = 'manifest'")
    return Manifest.from_json(json.loads(text))


def filled(notebook: Notebook, folder: Path) -> str:
    """An entry with an attachment, a coded interview, metrics, something in the trash. The entry's id."""
    plan = folder / "plan.txt"
    plan.write_text("We build a new quay")
    entry = notebook.entries.add(
        EntryDraft(body="The quay is full", speaker="Ines Vidal", kind="quote", attach=(str(plan),))
    ).result
    notebook.entries.add(EntryDraft(body="Nothing happened"))
    document = interview(notebook, folder)
    notebook.codes.add(CodeFields("Price"))
    code(notebook, document, "The price was opaque", "Price")
    csv = folder / "visits.csv"
    csv.write_text("Date,Visits\n2026-01-01,5\n2026-01-02,7\n", encoding="utf-8")
    notebook.metrics.import_files([csv])
    gone = notebook.entries.add(EntryDraft(body="A mistake")).result
    notebook.entries.trash([gone])
    notebook.history.undo()
    notebook.history.redo()
    return entry


@pytest.mark.parametrize("history", History)
def test_everything_goes_out_as_a_notebook(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, history: History
) -> None:
    entry = filled(notebook, tmp_path)
    made = exporting.export(tmp_path / "out" / "copy", ExportChoice(history=history))
    assert (made.path, made.key_path) == (tmp_path / "out" / "copy.terrain", None)
    with handed_out(made.path) as copy:
        assert copy.id == notebook.id
        assert copy.entries.get(entry).fields == notebook.entries.get(entry).fields
        assert copy.metrics.list() == notebook.metrics.list()
        assert copy.search.run("quay").total == notebook.search.run("quay").total == 1
        assert [found.fields.body for found in copy.entries.trashed()] == ["A mistake"]
        assert manifest_of(copy) == made.manifest
    assert made.manifest.items == {**exporting.preview(ALL).items}
    assert (made.manifest.title, made.manifest.author, made.manifest.device) == ("Notes", "Ada", "one")
    assert made.manifest.history == history


def test_a_query_selects_with_what_it_needs(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    entry = filled(notebook, tmp_path)
    choice = ExportChoice(query="quay")
    preview = exporting.preview(choice)
    assert preview.items == {"entry": 1, "notebook": 1, "person": 1}
    others = sum(exporting.preview(ALL).items.values()) - 3
    assert preview.left_out == (LeftOut("other things", others, "the query does not ask for them"),)
    made = exporting.export(tmp_path / "copy.terrain", choice)
    with handed_out(made.path) as copy:
        assert copy.entries.get(entry).speaker_name == "Ines Vidal"
        assert manifest_of(copy).query == "quay"
    assert b"Nothing happened" not in made.path.read_bytes()


def test_withdrawn_words_never_leave(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    gone = notebook.entries.add(EntryDraft(body="A secret", speaker="Ines Vidal", kind="quote")).result
    kept = notebook.entries.add(EntryDraft(body="No secret")).result
    notebook.links.add(LinkFields(End("entry", kept), "follows", End("entry", gone)))
    notebook.entries.edit(gone, EntryDraft(body="Something else", consent="withdrawn"))
    made = exporting.export(tmp_path / "copy.terrain", ALL)
    why = "those whose words they are have withdrawn their consent"
    assert made.manifest.left_out == (LeftOut("entry", 1, why), LeftOut("link", 1, why))
    with handed_out(made.path) as copy:
        assert copy._file.lineage.kinds([gone, kept]) == {kept: "entry"}
    assert b"A secret" not in made.path.read_bytes()


@pytest.mark.parametrize("history", History)
def test_attached_files_stay_here_when_they_are_not_asked_for(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, history: History
) -> None:
    entry = filled(notebook, tmp_path)
    earlier = notebook.entries.add(EntryDraft(body="Had one", attach=(str(tmp_path / "plan.txt"),))).result
    notebook.entries.edit(earlier, EntryDraft(detach=("plan.txt",)))
    choice = ExportChoice(history=history, attachments=False)
    made = exporting.export(tmp_path / "copy.terrain", choice)
    assert LeftOut("attached file", 1, "it was not asked for") in made.manifest.left_out
    with handed_out(made.path) as copy:
        assert copy.entries.get(entry).fields.attachments == ()
        assert copy.entries.get(entry).fields.body == "The quay is full"
        copy.entries.edit(entry, EntryDraft(title="Full"))
    assert b"new quay" not in made.path.read_bytes()
    # The same state gives the same revisions, and a later one goes on from them.
    with handed_out(exporting.export(tmp_path / "again.terrain", choice).path) as again:
        (first,) = again._file.lineage.heads([entry]).values()
    notebook.entries.edit(entry, EntryDraft(body="The quay is empty"))
    with handed_out(exporting.export(tmp_path / "later.terrain", choice).path) as later:
        (second,) = later._file.lineage.heads([entry]).values()
    assert second.parents == (first.id,)


def test_a_redacted_copy_has_its_key_apart_and_can_come_home(
    notebook: Notebook, exporting: Exporting, tmp_path: Path
) -> None:
    entry = filled(notebook, tmp_path)
    for history in History:
        choice = ExportChoice(history=history, redact=True, hide={"quay": "…"})
        assert exporting.preview(choice).redaction is not None
        made = exporting.export(tmp_path / f"{history}.terrain", choice)
        assert made.key_path == tmp_path / f"{history}-key.json"
        assert "Ines Vidal" in made.key_path.read_text(encoding="utf-8")
        assert made.manifest.redacted
        with handed_out(made.path) as copy:
            fields = copy.entries.get(entry).fields
            assert fields.body == "The … is full"
            assert copy.entries.get(entry).speaker_name == "Person 1"
            (head,) = copy._file.lineage.heads([entry]).values()
        data = made.path.read_bytes()
        for word in (b"Vidal", b"Ines", b"quay"):
            assert word not in data
        rows = notebook._file.database.rows("SELECT original FROM stand_in WHERE revision = ?", (head.id,))
        assert rows == [(notebook._file.lineage.heads([entry])[entry].id,)]
    with pytest.raises(NotebookExists, match="key"):
        exporting.export(tmp_path / "other.terrain", choice, key_path=tmp_path / "full-key.json")
    assert not list(tmp_path.glob("*other*"))


def test_a_key_is_never_written_over_the_notebook_or_its_copy(
    notebook: Notebook, exporting: Exporting, tmp_path: Path
) -> None:
    choice = ExportChoice(redact=True)
    with pytest.raises(CopyInUse):
        exporting.export(tmp_path / "copy", choice, key_path=notebook.path, replace=True)
    with pytest.raises(Invalid, match="both the copy and its key"):
        exporting.export(tmp_path / "copy", choice, key_path=tmp_path / "copy.terrain", replace=True)
    assert notebook.maintenance.check().problems == ()


def test_a_redacted_copy_that_fails_leaves_no_key(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(notebook, tmp_path)
    before = sorted(tmp_path.iterdir())
    put = copying._put_in_place

    def full(aside: Path, target: Path, *, replace: bool) -> None:
        if target.suffix == ".terrain":
            assert (tmp_path / "copy-key.json").exists()
            raise OSError(28, "No space left on device")
        put(aside, target, replace=replace)

    monkeypatch.setattr(copying, "_put_in_place", full)
    with pytest.raises(KnownError, match="no room left"):
        exporting.export(tmp_path / "copy", ExportChoice(redact=True))
    assert sorted(tmp_path.iterdir()) == before
    assert notebook._file.database.rows("SELECT * FROM exchange") == []
    assert notebook._file.database.rows("SELECT * FROM stand_in") == []


def test_anonymous_words_leave_without_their_speaker(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    words = EntryDraft(body="Ines Vidal was here", speaker="Ines Vidal", kind="quote", consent="anonymous")
    entry = notebook.entries.add(words).result
    other = notebook.entries.add(EntryDraft(body="Ines Vidal was there")).result
    made = exporting.export(tmp_path / "copy.terrain", ALL)
    with handed_out(made.path) as copy:
        assert copy.entries.get(entry).fields.speaker is None
        assert "Vidal" not in copy.entries.get(entry).fields.body
        assert copy.entries.get(other).fields.body == "Ines Vidal was there"
        copy.entries.edit(other, EntryDraft(tags=("port",)))
    assert made.manifest.items["entry"] == 2


def test_an_encrypted_copy_holds_the_same(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    entry = filled(notebook, tmp_path)
    key = x25519.Identity.generate()
    seal = Seal(recipients=(str(key.to_public()),))
    made = exporting.export(tmp_path / "copy", ALL, seal=seal)
    assert made.path == tmp_path / "copy.terrain.age"
    data = made.path.read_bytes()
    assert is_sealed(data[:256])
    assert b"quay" not in data
    plain = tmp_path / "plain.terrain"
    plain.write_bytes(unseal(data, Unseal(identity=str(key))))
    with handed_out(plain) as copy:
        assert copy.entries.get(entry).fields.body == "The quay is full"
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.terrain.age"]


def test_what_went_out_is_remembered_here_and_no_change_is_made(
    notebook: Notebook, exporting: Exporting, tmp_path: Path
) -> None:
    before = notebook._file.outbox.position()
    made = exporting.export(tmp_path / "copy.terrain", ExportChoice(query=""), seal=None)
    assert notebook._file.outbox.position() == before
    (number, direction, way, file, report) = notebook._file.database.one(
        "SELECT number, direction, way, file, report FROM exchange"
    )
    assert (number, direction, way, file) == (1, "out", "file", "copy.terrain")
    told = json.loads(report)
    assert Manifest.from_json(told["manifest"]) == made.manifest
    assert (told["encrypted"], told["attachments"], told["hidden"]) == (False, True, [])
    assert notebook.maintenance.check().problems == ()


def test_what_is_there_is_replaced_only_on_request(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    target = tmp_path / "copy.terrain"
    target.write_text("mine")
    with pytest.raises(NotebookExists):
        exporting.export(target, ALL)
    assert target.read_text() == "mine"
    exporting.export(target, ALL, replace=True)
    with handed_out(target) as copy:
        assert copy.title == "Notes"
    with pytest.raises(CopyInUse):
        exporting.export(notebook.path, ALL, replace=True)


def test_a_copy_that_fails_leaves_nothing_and_is_not_remembered(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(aside: Path, target: Path, *, replace: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "_put_in_place", full)
    for seal in (None, Seal(recipients=(str(x25519.Identity.generate().to_public()),))):
        with pytest.raises(KnownError, match="no room left"):
            exporting.export(tmp_path / "out" / "copy", ALL, seal=seal)
        assert list((tmp_path / "out").iterdir()) == []
        assert notebook._file.database.rows("SELECT * FROM exchange") == []


def after(calls: int) -> Callable[[], bool]:
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_stopping_leaves_nothing(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    exporting.export(tmp_path / "one.terrain", ALL, progress=lambda part, text: told.append((part, text)))
    parts = [part for part, _ in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1.0
    for moment in range(len(told)):
        with pytest.raises(Interrupted):
            exporting.export(tmp_path / "two.terrain", ALL, should_stop=after(moment))
        assert not list(tmp_path.glob("*two*"))


def test_somebody_writing_meanwhile_is_waited_for(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    manifest = Exporting._manifest

    def meanwhile(self: Exporting, *given: object) -> Manifest:
        if not written:
            with open_notebook(notebook.path, identity=Identity("Ada", "three")) as other:
                written.append(other.entries.add(EntryDraft(body="In between")).result)
        return manifest(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Exporting, "_manifest", meanwhile)
    made = exporting.export(tmp_path / "copy.terrain", ALL)
    assert made.manifest.items == {"entry": 1, "notebook": 1}
    with handed_out(made.path) as copy:
        assert copy.entries.get(written[0]).fields.body == "In between"


def test_the_size_is_about_right(notebook: Notebook, exporting: Exporting, tmp_path: Path) -> None:
    with notebook._context.change("Write"):
        for number in range(2000):
            notebook.entries.add(EntryDraft(body=f"Entry {number} " + "and some more words " * 20, tags=("port",)))
    size = exporting.export(tmp_path / "copy.terrain", ALL).path.stat().st_size
    assert 0.6 < exporting.preview(ALL).size / size < 1.6


@pytest.mark.parametrize("choice", [ALL, ExportChoice(history=History.HEADS), ExportChoice("quay")])
def test_what_was_written_in_a_copy_comes_home(
    notebook: Notebook, exporting: Exporting, tmp_path: Path, choice: ExportChoice
) -> None:
    entry = filled(notebook, tmp_path)
    made = exporting.export(tmp_path / "copy.terrain", choice)
    with handed_out(made.path) as copy:
        copy.entries.edit(entry, EntryDraft(tags=("port",)))
        added = copy.entries.add(EntryDraft(body="Written elsewhere")).result
        assert copy.maintenance.check().problems == ()
    counts = notebook.merging.merge(made.path).result.counts
    assert (counts[Outcome.NEW], counts[Outcome.FAST_FORWARD]) == (1, 1)
    assert counts[Outcome.MERGED] == counts[Outcome.CONFLICTING] == counts[Outcome.REJECTED] == 0
    assert notebook.entries.get(entry).fields.tags == ("port",)
    assert notebook.entries.get(added).fields.body == "Written elsewhere"
    assert notebook.maintenance.check().problems == ()
    assert [found.direction for found in notebook.merging.history()] == ["in", "out"]


def test_a_copy_of_what_was_merged_is_whole_and_brings_nothing_new(
    notebook: Notebook, exporting: Exporting, tmp_path: Path
) -> None:
    entry = filled(notebook, tmp_path)
    made = exporting.export(tmp_path / "copy.terrain", ALL)
    with handed_out(made.path) as copy:
        copy.entries.edit(entry, EntryDraft(title="Hers", tags=("port",)))
    notebook.entries.edit(entry, EntryDraft(title="Ours"))
    assert notebook.merging.merge(made.path).result.counts[Outcome.CONFLICTING] == 1
    for history in History:
        again = exporting.export(tmp_path / f"again-{history}.terrain", ExportChoice(history=history))
        with handed_out(again.path) as copy:
            assert copy.entries.get(entry).fields == notebook.entries.get(entry).fields
            assert copy._file.lineage.conflicting() == notebook._file.lineage.conflicting()
        assert not notebook.merging.merge(again.path).result.changes_something


def test_nothing_of_what_stays_here_can_be_read_in_the_file(
    notebook: Notebook, exporting: Exporting, tmp_path: Path
) -> None:
    filled(notebook, tmp_path)
    made = exporting.export(tmp_path / "copy.terrain", ExportChoice(query="quay", history=History.HEADS))
    with sqlite3.connect(made.path) as connection:
        (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    connection.close()
    assert free == 0
    data = made.path.read_bytes()
    for word in (b"opaque", b"Visits", b"mistake", b"roaster"):
        assert word not in data
