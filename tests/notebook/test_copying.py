"""Copies: whole, of some items, where they stand only; what they hold, what they do not, and how they come to be."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.model.changes import Absent, Revision, canonical_json, revision_id
from desktop_app.model.entries import EntryFields
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import History, Manifest
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point
from desktop_app.notebook import copying as copying_room
from desktop_app.notebook.blobs import Blobs
from desktop_app.notebook.copying import LABEL, Contents, Copying, CopyInUse, WrittenMeanwhile
from desktop_app.notebook.errors import NotebookExists
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
from desktop_app.notebook.incoming import BlobRow
from desktop_app.notebook.points import pack
from tests.notebook.replicas import copy_of, merge
from tests.notebook.writing import check, rewrite, write

MANIFEST = Manifest("n", "Notes", "Ada", "one", "Desk", "2026-11-22T14:30:00Z", items={"entry": 1})


def contents(file: NotebookFile, **fields: object) -> Contents:
    return Contents(file.outbox.position(), **fields)  # type: ignore[arg-type]


def copying(file: NotebookFile) -> Copying:
    return Copying(file.database, ALL_PROJECTIONS)


def opened(path: Path) -> NotebookFile:
    return NotebookFile.open(path, author="Bea", device="two")


def made(file: NotebookFile, **fields: object) -> NotebookFile:
    """The copy with these contents, found whole."""
    target = file.path.with_name("copy.terrain")
    copying(file).write(target, contents(file, **fields), MANIFEST)
    copy = opened(target)
    assert check(copy).problems == ()
    return copy


def revisions(file: NotebookFile) -> set[tuple[str, ...]]:
    return set(file.lineage.rows())


def attach(file: NotebookFile, entry: str, data: bytes) -> str:
    with file.journal.change("Attach") as recorder:
        blob = file.blobs.put(data)
        part = {"name": "a.txt", "blob": blob, "media_type": "text/plain", "size": len(data)}
        recorder.record("entry", entry, {**file.journal.fields(entry), "attachments": [part]})
    return blob


def take_in(file: NotebookFile, name: str, values: tuple[float, ...], item: str) -> str:
    points = tuple(Point(f"2026-01-{day:02}", f"2026-01-{day + 1:02}", value) for day, value in enumerate(values, 1))
    series = ParsedSeries(name=name, unit="", grain=Grain.DAY, additive=True, points=points)
    table = ParsedTable(
        title="", start="2026-01-01", end="2026-01-09", grain=Grain.DAY, rows=1, series=(series,), totals=(), skipped=()
    )
    with file.journal.change("Import") as recorder:
        blob = file.blobs.put(pack([table]))
        original = file.blobs.put(name.encode())
        recorder.record(
            "import",
            item,
            {
                "file": f"{name}.csv",
                "profile": "wide",
                "source": "wide",
                "account": "",
                "parts": [{"name": f"{name}.csv", "blob": original}],
                "points": blob,
            },
            new=True,
        )
    return blob


@pytest.fixture
def lived(file: NotebookFile) -> NotebookFile:
    """A notebook with something of what makes a copy hard."""
    first = write(file, "The port is closed", tags=("port",))
    rewrite(file, first, body="The port is closed again")
    attach(file, first, b"a list of ships")
    gone = write(file, "Nobody came")
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "entry", gone)
    take_in(file, "visits", (1.0, 2.0), "import-one")
    take_in(file, "sales", (5.0,), "import-two")
    return file


@pytest.fixture
def merged(file: NotebookFile) -> tuple[NotebookFile, str]:
    """A notebook in which two people have gone different ways with one entry, and the entry."""
    entry = write(file, "Shared", title="One")
    file.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(copy_of(file.path, "bea")) as other:
        rewrite(other, entry, title="Two")
        write(other, "Only Bea wrote this")
        rewrite(file, entry, body="Shared by Ada")
        merge(file, other)
    assert file.lineage.heads([entry])[entry].is_derived
    return file, entry


def test_a_whole_copy_has_every_revision_and_the_state_they_give(lived: NotebookFile) -> None:
    with closing(made(lived)) as copy:
        assert copy.id == lived.id
        assert revisions(copy) == revisions(lived)
        for table in ("item", "entry", "entry_label", "entry_attachment", "import", "series", "point", "blob"):
            sql = f"SELECT * FROM {table}"
            assert sorted(copy.database.rows(sql)) == sorted(lived.database.rows(sql)), table
        (manifest,) = copy.database.one("SELECT value FROM meta WHERE key = 'manifest'")
        assert Manifest.from_json(json.loads(manifest)) == MANIFEST


def test_a_copy_has_no_drafts_no_undo_and_one_file(lived: NotebookFile) -> None:
    lived.database.execute("INSERT INTO draft VALUES ('capture', 'half a thought', '')")
    lived.database.execute("INSERT INTO stand_in VALUES ('a', 'b', 1)")
    with closing(made(lived)) as copy:
        for table in ("draft", "exchange", "turned", "superseded", "stand_in"):
            assert copy.database.rows(f"SELECT * FROM {table}") == [], table
        assert copy.undo.next_undo() is None
        kinds = {kind for (kind,) in copy.database.rows("SELECT kind FROM change")}
        assert kinds == {"base"}
        labels = [label for (label,) in copy.database.rows("SELECT label FROM change ORDER BY id")]
        own = [label for (label,) in lived.database.rows("SELECT label FROM change ORDER BY id")]
        assert labels == [*own, LABEL]
        numbers = [number for (number,) in copy.database.rows("SELECT number FROM revision ORDER BY number")]
        assert numbers == list(range(1, len(numbers) + 1))
    assert b"half a thought" not in copy.path.read_bytes()
    assert [path.name for path in copy.path.parent.glob("*copy*")] == ["copy.terrain"]


def test_some_items_go_without_a_trace_of_the_others(lived: NotebookFile) -> None:
    left = write(lived, "A word nobody else may read")
    items = lived.lineage.of_kinds(["entry", "notebook"]) - {left}
    with closing(made(lived, items=items)) as copy:
        assert {item for (item,) in copy.database.rows("SELECT id FROM item")} == items
        assert copy.database.rows("SELECT * FROM series") == copy.database.rows("SELECT * FROM import") == []
        blobs = [name for (name,) in copy.database.rows("SELECT sha256 FROM blob")]
        assert [copy.blobs.get(name) for name in blobs] == [b"a list of ships"]
    data = copy.path.read_bytes()
    assert b"nobody else may read" not in data
    assert b"sales" not in data


def test_one_import_goes_with_its_points_and_no_others(lived: NotebookFile) -> None:
    with closing(made(lived, items={lived.id, "import-two"})) as copy:
        assert [name for _, name in copy.metrics.names()] == ["sales"]
        (series,) = copy.metrics.series()
        assert copy.metrics.points(series.id) == (Point("2026-01-01", "2026-01-02", 5.0),)
        assert {kind for _, kind in copy.outbox.everything()} == {"series"}


def test_heads_alone_know_what_came_before_them(lived: NotebookFile) -> None:
    (entry,) = lived.entries.newest(9)
    with closing(made(lived, history=History.HEADS)) as copy:
        (head,) = copy.lineage.heads([entry]).values()
        assert head == lived.lineage.heads([entry])[entry]
        before = {one.id: one for one in lived.lineage.before([head])[0][entry] if one.id != head.id}
        assert len(before) == 2
        known = copy.lineage.absent(before)
        assert known == {one.id: Absent(one.id, entry, one.parents) for one in before.values()}
        assert copy.database.one("SELECT count(*) FROM revision") == copy.database.one("SELECT count(*) FROM item")
        # An attachment that stands comes along, and a copy of the copy is whole as well.
        assert copy.database.one("SELECT count(*) FROM blob WHERE data = ?", (b"a list of ships",)) == (1,)
        again = copy.path.with_name("again.terrain")
        copying(copy).write(again, contents(copy), MANIFEST)
    with closing(opened(again)) as second:
        assert check(second).problems == ()
        assert second.lineage.absent(before) == known


@pytest.mark.parametrize("history", History)
def test_what_a_merge_derived_goes_with_what_it_was_derived_from(
    merged: tuple[NotebookFile, str], history: History
) -> None:
    file, entry = merged
    with closing(made(file, history=history)) as copy:
        head = copy.lineage.heads([entry])[entry]
        assert head == file.lineage.heads([entry])[entry]
        assert copy.lineage.some(head.parents).keys() == set(head.parents)
        # Whoever takes it in again learns nothing new, and it stands where it stood.
        assert merge(file, copy).standing == {}


def test_what_a_merge_brought_is_told_of_those_who_wrote_it(merged: tuple[NotebookFile, str]) -> None:
    file, _ = merged
    with closing(made(file)) as copy:
        rows = copy.database.rows(
            "SELECT DISTINCT change.author, change.device, revision.author, revision.device FROM revision"
            " JOIN change ON change.id = revision.change"
        )
        assert all(row[:2] == row[2:] for row in rows)
        assert {row[0] for row in rows} == {"Ada", "Bea", ""}
        clocks = [clock for (clock,) in copy.database.rows("SELECT clock FROM change ORDER BY id")]
        assert clocks == sorted(clocks)
        entry = write(copy, "Written in the copy")
        assert copy.lineage.heads([entry])[entry].clock > clocks[-1]


def test_no_index_of_the_notebook_takes_the_copy_for_it(lived: NotebookFile) -> None:
    positions = [
        (number, token) for number, token in lived.database.rows("SELECT id, clock || device FROM change WHERE id > 0")
    ]
    with closing(made(lived)) as copy:
        known = set(copy.database.rows("SELECT id, clock || device FROM change"))
        assert not known & set(positions)
        assert not lived.outbox.knows(copy.outbox.position())


def test_some_go_as_they_are_and_others_in_another_state(lived: NotebookFile) -> None:
    entry = write(lived, "Ines said so")
    rewrite(lived, entry, body="Ines said so twice")
    own = lived.lineage.heads([entry])[entry]
    data = b"a note without names"
    blob = BlobRow(len(data), "plain", data)
    name = hashlib.sha256(data).hexdigest()
    part = {"name": "n.txt", "blob": name, "media_type": "text/plain", "size": len(data)}
    fields = {**EntryFields(body="Person 1 said so twice").to_json(), "attachments": [part]}
    text = canonical_json(fields)
    before = "f" * 64
    stand_in = revision_id(entry, "entry", [before], own.author, own.device, own.clock, text)
    written = Revision(stand_in, entry, "entry", (before,), own.author, own.device, own.clock, text)
    with closing(
        made(
            lived,
            items=lived.lineage.of_kinds(["entry", "notebook", "import"]) - {entry},
            written=[written],
            originals={stand_in: own.id},
            blobs={name: blob},
            absent=[Absent(before, entry)],
            label=lambda label: label.replace("note", "NOTE"),
        )
    ) as copy:
        assert copy.entries.get(entry).fields.body == "Person 1 said so twice"
        assert copy.lineage.some([own.id]) == {}
        assert copy.blobs.get(name) == data
        labels = {label for (label,) in copy.database.rows("SELECT label FROM change")}
        assert "Edit NOTE" in labels
        assert "Edit note" not in labels
    assert b"Ines" not in copy.path.read_bytes()


def test_an_import_in_another_state_is_read_from_its_own_points(lived: NotebookFile) -> None:
    own = lived.lineage.heads(["import-one"])["import-one"]
    fields = json.loads(own.fields)
    data = Blobs(lived.database).get(fields["points"])
    text = canonical_json({**fields, "parts": [], "file": "hidden.csv"})
    stand_in = revision_id(own.item, own.kind, (), own.author, own.device, own.clock, text)
    written = Revision(stand_in, own.item, own.kind, (), own.author, own.device, own.clock, text)
    with closing(
        made(
            lived,
            items={lived.id, "import-two"},
            written=[written],
            originals={stand_in: own.id},
            blobs={fields["points"]: BlobRow(len(data), "plain", data)},
        )
    ) as copy:
        assert sorted(name for _, name in copy.metrics.names()) == ["sales", "visits"]
        assert {record.file for record in copy.metrics.imports()} == {"hidden.csv", "sales.csv"}


def test_in_memory_it_is_the_same_notebook(lived: NotebookFile, tmp_path: Path) -> None:
    data = copying(lived).packed(contents(lived), MANIFEST)
    path = tmp_path / "from-memory.terrain"
    path.write_bytes(data)
    with closing(opened(path)) as copy:
        assert check(copy).problems == ()
        assert revisions(copy) == revisions(lived)


def test_the_notebook_itself_and_what_is_there_are_not_overwritten(lived: NotebookFile, tmp_path: Path) -> None:
    copies = copying(lived)
    with pytest.raises(CopyInUse):
        copies.write(lived.path, contents(lived), MANIFEST, replace=True)
    target = tmp_path / "there.terrain"
    target.write_text("mine")
    with pytest.raises(NotebookExists):
        copies.write(target, contents(lived), MANIFEST)
    assert target.read_text() == "mine"
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotebookExists):
        copies.write(tmp_path / "folder", contents(lived), MANIFEST, replace=True)
    copies.write(target, contents(lived), MANIFEST, replace=True)
    with closing(opened(target)) as copy:
        assert check(copy).problems == ()
        with pytest.raises(CopyInUse):
            copies.write(target, contents(lived), MANIFEST, replace=True)


def test_what_was_written_meanwhile_is_noticed(lived: NotebookFile, tmp_path: Path) -> None:
    before = contents(lived)
    write(lived, "One more")
    with pytest.raises(WrittenMeanwhile):
        copying(lived).write(tmp_path / "c.terrain", before, MANIFEST)
    assert not list(tmp_path.glob("*c.terrain*"))


def test_a_long_step_is_stopped_in_its_middle(
    lived: NotebookFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying_room, "_INSTRUCTIONS", 50)
    progressed: list[float] = []
    asked: list[int] = []

    def stop() -> bool:
        asked.append(len(progressed))
        # The second time in one step: the first is between two of them.
        return len(progressed) > 3 and asked.count(len(progressed)) > 1

    with pytest.raises(Interrupted):
        copying(lived).write(
            tmp_path / "c.terrain", contents(lived), MANIFEST, progress=progressed.append, should_stop=stop
        )
    assert 3 < len(progressed) < 11
    assert not list(tmp_path.glob("*c.terrain*"))


def test_stopping_leaves_nothing_at_any_moment(lived: NotebookFile, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    target = folder / "c.terrain"

    def stop_after(calls: int) -> Callable[[], bool]:
        left = iter(range(calls))
        return lambda: next(left, None) is None

    stopped = 0
    for calls in range(40):
        try:
            copying(lived).write(target, contents(lived), MANIFEST, should_stop=stop_after(calls))
        except Interrupted:
            stopped += 1
            assert list(folder.iterdir()) == []
        else:
            break
    assert stopped > 0
    assert [path.name for path in folder.iterdir()] == ["c.terrain"]


def _copy_in_another_process(file: NotebookFile, target: Path, before: str) -> subprocess.CompletedProcess[str]:
    code = f"""
import os, resource, signal, sys
from pathlib import Path
from desktop_app.model.exchange import Manifest
from desktop_app.notebook import copying
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
file = NotebookFile.open(Path(sys.argv[1]), author="Ada", device="one")
manifest = Manifest("n", "Notes", "Ada", "one", "Desk", "2026-11-22T14:30:00Z")
{before}
contents = copying.Contents(file.outbox.position())
copying.Copying(file.database, ALL_PROJECTIONS).write(Path(sys.argv[2]), contents, manifest, replace=True)
"""
    return subprocess.run(
        [sys.executable, "-c", code, str(file.path), str(target)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.parametrize("where", ["_Copy._write_topics", "_Copy._write_last", "_put_in_place"])
def test_a_kill_leaves_what_was_there(lived: NotebookFile, tmp_path: Path, where: str) -> None:
    target = tmp_path / "there.terrain"
    copying(lived).write(target, contents(lived), MANIFEST)
    before = target.read_bytes()
    write(lived, "More than before")
    done = _copy_in_another_process(
        lived, target, f"copying.{where} = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert done.returncode == -signal.SIGKILL
    assert target.read_bytes() == before


def test_a_full_disk_is_one_sentence_and_leaves_nothing(lived: NotebookFile, tmp_path: Path) -> None:
    entry = write(lived, "With a large file")
    attach(lived, entry, os.urandom(3_000_000))
    target = tmp_path / "out" / "c.terrain"
    limit = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000,) * 2)"
    done = _copy_in_another_process(lived, target, limit)
    assert done.returncode == 1
    assert str(target) in done.stderr.splitlines()[-1]
    assert list(target.parent.iterdir()) == []


def test_what_a_killed_program_left_is_cleared_by_the_next_copy(file: NotebookFile) -> None:
    old, young, other = (
        file.path.with_name(f".{name}.part") for name in ("copy.terrain.aa", "copy.terrain.bb", "x.cc")
    )
    for part in (old, young, other):
        part.write_bytes(b"half")
    for part in (old, other):
        os.utime(part, (1_000_000_000, 1_000_000_000))
    made(file).close()
    assert [part.exists() for part in (old, young, other)] == [False, True, True]
