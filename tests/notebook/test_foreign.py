"""A notebook from other hands: what is taken, what is refused and why, and that nothing beside it is touched."""

import json
import os
import random
import shutil
import sqlite3
import zlib
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.changes import canonical_json
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import Manifest
from desktop_app.notebook import points
from desktop_app.notebook.errors import (
    ForeignNotebook,
    NewerNotebook,
    NotANotebook,
    NotebookDamaged,
    NotebookError,
    NotebookMissing,
)
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.foreign import foreign
from desktop_app.notebook.incoming import BlobRow, Incoming, Refused
from tests.notebook.hostile import (
    GOOD_TURNS,
    LATEST,
    SPOILT_TABLES,
    Spoil,
    adding,
    attached,
    document,
    entry,
    keeping,
    missing,
    read,
    revision,
    spoil,
    utf16,
    writing,
)
from tests.notebook.writing import rewrite, write

LEGACY = Path(__file__).parent.parent / "legacy"


@pytest.fixture
def theirs(path: Path) -> Path:
    """A copy of the notebook, as a colleague would send it, alone in a folder."""
    target = path.parent / "theirs" / "copy.terrain"
    target.parent.mkdir()
    shutil.copyfile(path, target)
    return target


def whys(refused: Incoming) -> list[str]:
    return [one.why for one in refused.refused]


# --- good ones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_memory", [False, True])
@pytest.mark.parametrize("name", sorted(path.name for path in LEGACY.glob("*.terrain")))
def test_every_format_is_read_without_being_brought_up_to_date(
    name: str, in_memory: bool, file: NotebookFile, tmp_path: Path
) -> None:
    path = tmp_path / "theirs" / name
    path.parent.mkdir()
    shutil.copy(LEGACY / name, path)
    incoming = read(file, path.read_bytes() if in_memory else path)
    assert not incoming.refused
    with closing(sqlite3.connect(path)) as connection:
        assert {(one.id,) for one in incoming.revisions} == set(connection.execute("SELECT id FROM revision"))
        assert {(item,) for item in incoming.items} == set(connection.execute("SELECT id FROM item"))


def test_what_is_here_already_is_compared_and_what_is_new_is_brought(file: NotebookFile, theirs: Path) -> None:
    write(file, "Only here")
    there = NotebookFile.open(theirs, author="Ben", device="two")
    item = write(there, "Only there")
    rewrite(there, item, body="Changed there")
    there.close()
    incoming = read(file, theirs)
    assert [one.item for one in incoming.revisions] == [item, item]
    assert incoming.items == {item, file.id}
    assert incoming.source == "copy.terrain"


def test_blobs_are_read_and_proven(file: NotebookFile, theirs: Path) -> None:
    data, text = os.urandom(3 << 20), b"words " * 1_000_000
    spoil(theirs, keeping(data), keeping(text, packing="zlib"), adding(revision(attached(data))))
    with foreign(theirs, file.database, latest=LATEST) as incoming:
        assert incoming.blob(sha256(data).hexdigest()) == BlobRow(len(data), "plain", data)
        packed = incoming.blob(sha256(text).hexdigest())
        assert packed is not None
        assert zlib.decompress(packed.data) == text
        assert incoming.has_blob(sha256(text).hexdigest())
        assert not incoming.has_blob("0" * 64)
        assert incoming.blob("0" * 64) is None


def test_a_large_file_fits_through_the_limits(file: NotebookFile, theirs: Path) -> None:
    data = bytes(80 << 20)
    spoil(theirs, keeping(data), adding(revision(attached(data))))
    assert read(file, theirs).revisions


def test_words_that_wait_in_a_log_are_read_too(file: NotebookFile, theirs: Path, tmp_path: Path) -> None:
    there = NotebookFile.open(theirs, author="Ben", device="two")
    item = write(there, "In the log")
    folder = tmp_path / "mailed"
    folder.mkdir()
    for name in ("copy.terrain", "copy.terrain-wal"):
        shutil.copyfile(theirs.with_name(name), folder / name)
    there.close()
    assert [one.item for one in read(file, folder / "copy.terrain").revisions] == [item]


def test_a_notebook_that_is_open_here_is_read_as_it_stands(file: NotebookFile, theirs: Path) -> None:
    there = NotebookFile.open(theirs, author="Ben", device="two")
    item = write(there, "Just written")
    with foreign(theirs, file.database, latest=LATEST) as incoming:
        assert [one.item for one in incoming.revisions] == [item]
    write(there, "And on it goes")
    there.close()
    assert list(theirs.parent.iterdir()) == [theirs]


def test_what_a_copy_says_about_itself_is_read(file: NotebookFile, theirs: Path) -> None:
    manifest = Manifest("id", "Title", "Ben", "two", "Ben’s laptop", "2026-03-14T10:20:00Z", items={"entry": 3})
    text = canonical_json(manifest.to_json())
    spoil(theirs, f"INSERT INTO meta VALUES ('manifest', '{text}')")
    assert read(file, theirs).manifest == manifest


@pytest.mark.parametrize(
    "value",
    ["'no json'", "'[]'", "'{}'", "X'00'", "NULL", "'" + "[" * 100_000 + "'", '\'{"items":{"a":1e999}}\'', "x'ff'"],
)
def test_a_manifest_that_cannot_be_read_is_told(value: str, file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, f"INSERT OR REPLACE INTO meta VALUES ('manifest', {value})" if value != "NULL" else "SELECT 1")
    incoming = read(file, theirs)
    assert incoming.manifest is None
    assert len(incoming.warnings) == (value != "NULL")


@pytest.mark.parametrize("at", ["", "soon", "2026-03-14T10:20:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_manifest_of_no_time_is_told(at: str, file: NotebookFile, theirs: Path) -> None:
    manifest = {**Manifest("id", "Title", "Ben", "two", "", "2026-03-14T10:20:00Z").to_json(), "at": at}
    spoil(theirs, f"INSERT INTO meta VALUES ('manifest', '{json.dumps(manifest)}')")
    incoming = read(file, theirs)
    assert incoming.manifest is None
    assert incoming.warnings


def test_half_a_character_in_a_manifest_is_told(file: NotebookFile, theirs: Path) -> None:
    manifest = {**Manifest("id", "Title", "Ben", "two", "", "").to_json(), "author": "\ud800"}
    spoil(theirs, f"INSERT INTO meta VALUES ('manifest', '{json.dumps(manifest)}')")
    assert read(file, theirs).warnings


# --- files that are none ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SPOILT_TABLES)
@pytest.mark.parametrize("in_memory", [False, True])
def test_tables_that_are_not_those_of_a_format_are_refused(
    what: str, in_memory: bool, file: NotebookFile, theirs: Path
) -> None:
    spoil(theirs, *SPOILT_TABLES[what])
    with pytest.raises(NotebookError) as caught:
        read(file, theirs.read_bytes() if in_memory else theirs)
    assert isinstance(caught.value, ForeignNotebook | NotebookDamaged)


def test_other_files_are_refused(file: NotebookFile, theirs: Path) -> None:
    folder = theirs.parent
    (folder / "empty.terrain").touch()
    (folder / "text.terrain").write_text("Dear all")
    (folder / "short.terrain").write_bytes(theirs.read_bytes()[:300])
    os.mkfifo(folder / "pipe.terrain")
    (folder / "away.terrain").symlink_to(folder / "nowhere")
    (folder / "round.terrain").symlink_to(folder / "round.terrain")
    (folder / "device.terrain").symlink_to("/dev/zero")
    with closing(sqlite3.connect(folder / "other.terrain")) as connection:
        connection.execute("CREATE TABLE t (x)")
    expected: dict[str, type[NotebookError]] = {
        "empty": NotANotebook,
        "text": NotANotebook,
        "short": NotebookDamaged,
        "pipe": NotANotebook,
        "away": NotebookMissing,
        "round": NotebookError,
        "device": NotANotebook,
        "other": NotANotebook,
        "nothing": NotebookMissing,
    }
    for name, error in expected.items():
        with pytest.raises(error), foreign(folder / f"{name}.terrain", file.database, latest=LATEST):
            pass
    for other in (folder, folder / "copy.terrain" / "below", Path("with\0nul")):
        with pytest.raises(NotebookError), foreign(other, file.database, latest=LATEST):
            pass
    for data in (b"", b"x", theirs.read_bytes()[:90], theirs.read_bytes()[:600]):
        with pytest.raises(NotebookError), foreign(data, file.database, latest=LATEST, name="mail"):
            pass


def test_a_link_to_a_notebook_is_followed(file: NotebookFile, theirs: Path) -> None:
    link = theirs.with_name("link #1?.terrain")
    link.symlink_to(theirs)
    assert not read(file, link).refused


def test_a_newer_format_is_refused_as_such(file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, "PRAGMA user_version = 99")
    with pytest.raises(NewerNotebook):
        read(file, theirs)


def test_another_application_is_refused(file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, "PRAGMA application_id = 7")
    with pytest.raises(NotANotebook):
        read(file, theirs)


def test_texts_in_utf_16_are_refused(file: NotebookFile, theirs: Path) -> None:
    with pytest.raises(ForeignNotebook):
        read(file, utf16(theirs.with_name("wide.terrain")))


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_what_lies_beside_it_and_is_no_file_is_refused(suffix: str, file: NotebookFile, theirs: Path) -> None:
    theirs.with_name(theirs.name + suffix).mkdir()
    with pytest.raises(ForeignNotebook):
        read(file, theirs)


def test_a_journal_beside_it_is_never_played_back(file: NotebookFile, theirs: Path) -> None:
    victim = theirs.with_name("victim.txt")
    victim.write_text("mine")
    theirs.with_name(theirs.name + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000))
    with pytest.raises(ForeignNotebook):
        read(file, theirs)
    assert victim.read_text() == "mine"


def test_a_log_of_something_else_brings_nothing(file: NotebookFile, theirs: Path) -> None:
    theirs.with_name(theirs.name + "-wal").write_bytes(random.Random(1).randbytes(50_000))
    assert not read(file, theirs).revisions


def test_it_can_be_stopped(file: NotebookFile, theirs: Path) -> None:
    with pytest.raises(Interrupted), foreign(theirs, file.database, latest=LATEST, should_stop=lambda: True):
        pass


# --- revisions that will not do ---------------------------------------------------------------------------------------

GOOD = revision(entry("Good"), item="1" * 26)
OTHER = revision(entry("Other"), item="2" * 26)

WRONG_ROWS: dict[str, tuple[Spoil, str]] = {
    "a forged id": (adding(GOOD, id="0" * 64), "its content is not what its id promises"),
    "an id that is none": (adding(GOOD, id="../../etc"), "its id is none"),
    "an id of bytes": (adding(GOOD, id=b"\xff" * 32), "its id is none"),
    "another author": (adding(GOOD, author="Ada"), "its content is not what its id promises"),
    "another kind": (adding(GOOD, kind="memo"), "its content is not what its id promises"),
    "bytes for fields": (adding(GOOD, fields=GOOD.fields.encode()), "it cannot be read"),
    "a number for the clock": (adding(GOOD, clock=7.5), "its clock is none"),
    "wrong UTF-8": (
        writing(
            "INSERT INTO revision VALUES (9, ?, ?, 'entry', '[]', CAST(X'ff41' AS TEXT), 'x', ?, '{}', 1)",
            GOOD.id,
            GOOD.item,
            GOOD.clock,
        ),
        "no UTF-8",
    ),
    "parents that are no JSON": (adding(GOOD, parents="[" * 50_000), "it cannot be read"),
    "parents that are no ids": (adding(GOOD, parents='["a"]'), "it cannot be read"),
    "an unknown kind": (adding(revision({}, kind="spell")), "it is of a kind that this Terrain does not know"),
    "an item that is none": (adding(revision(entry(), item="<script>")), "it is of no item"),
    "a clock in the year 9999": (adding(revision(entry(), clock="e677d21fdbff0000")), "its clock is ahead of now"),
    "a clock beyond all years": (adding(revision(entry(), clock="f" * 16)), "its clock is none"),
    "a clock in capitals": (adding(revision(entry(), clock="01800000000A0001")), "its clock is none"),
    "nobody wrote it": (adding(revision(entry(), author="", device="")), "it does not say who wrote it"),
    "nobody has a device": (adding(revision(entry(), author="")), "it does not say who wrote it"),
    "fields that are no object": (adding(revision("[]")), "its fields are no object"),
    "fields in another form": (adding(revision('{"a": 1}')), "its fields are not written in their one form"),
    "fields that are a bomb": (adding(revision("[" * 100_000)), "its fields are no JSON"),
    "a name twice": (adding(revision('{"a":1,"a":1}')), "its fields are not written in their one form"),
    "half an emoji": (adding(revision('{"a":"\\ud800"}')), "its fields are not written in their one form"),
    "a field less": (adding(revision({"body": "x"})), "it lacks its “kind”"),
    "a file that is nowhere": (adding(revision(attached(b"x"))), "is neither in that copy nor here"),
}


@pytest.mark.parametrize("what", WRONG_ROWS)
def test_a_revision_that_will_not_do_is_refused_alone(what: str, file: NotebookFile, theirs: Path) -> None:
    change, why = WRONG_ROWS[what]
    spoil(theirs, change, adding(OTHER))
    incoming = read(file, theirs)
    assert incoming.revisions == [OTHER]
    assert len(incoming.refused) == 1
    assert why in whys(incoming)[0]
    assert incoming.items == {OTHER.item, file.id}
    for one in incoming.refused:
        f"{one.revision}{one.item}{one.kind}{one.why}".encode()


def test_another_content_under_an_id_that_is_here_is_refused(file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, "UPDATE revision SET fields = '{}'")
    incoming = read(file, theirs)
    assert whys(incoming) == ["its content is not what its id promises"]
    assert [one.item for one in incoming.refused] == [file.id]
    assert not incoming.revisions
    assert not incoming.items


def test_parents_in_another_order_are_put_into_theirs(file: NotebookFile, theirs: Path) -> None:
    one, two = (revision(entry(body), item=GOOD.item) for body in ("one", "two"))
    child = revision(entry("both"), item=GOOD.item, parents=(one.id, two.id))
    spoil(theirs, adding(one, two), adding(child, parents=json.dumps(sorted((one.id, two.id), reverse=True))))
    assert child in read(file, theirs).revisions


def test_what_builds_on_what_was_refused_is_told_once(file: NotebookFile, theirs: Path) -> None:
    line = [revision({"body": "x"}, item=GOOD.item)]
    for number in range(50):
        line.append(revision(entry(str(number)), item=GOOD.item, parents=(line[-1].id,)))
    spoil(theirs, adding(*line, OTHER))
    incoming = read(file, theirs)
    assert incoming.revisions == [OTHER]
    assert incoming.refused == [
        Refused(line[0].id, GOOD.item, "entry", "it lacks its “kind”, and 50 revisions that build on it go with it")
    ]


def test_what_builds_on_nothing_known_is_refused(file: NotebookFile, theirs: Path) -> None:
    child = revision(entry(), item=GOOD.item, parents=("a" * 64,))
    spoil(theirs, adding(child))
    incoming = read(file, theirs)
    assert not incoming.revisions
    assert [one.revision for one in incoming.refused] == ["a" * 64]
    assert "1 revision that builds on it goes with it" in whys(incoming)[0]


def test_a_parent_of_another_item_or_kind_is_refused(file: NotebookFile, theirs: Path) -> None:
    ours = file.journal.head(file.id)
    assert ours is not None
    stranger = revision(entry(), item=GOOD.item, parents=(OTHER.id,))
    shifter = revision({"name": "x", "query": ""}, kind="search", item=OTHER.item, parents=(OTHER.id,))
    cuckoo = revision(entry(), item=GOOD.item, parents=(ours[0],))
    spoil(theirs, adding(OTHER, stranger, shifter, cuckoo))
    incoming = read(file, theirs)
    assert incoming.revisions == [OTHER]
    assert {one.revision for one in incoming.refused} == {stranger.id, shifter.id, cuckoo.id}


def test_a_shallow_copy_says_what_is_missing(file: NotebookFile, theirs: Path) -> None:
    child = revision(entry(), item=GOOD.item, parents=("a" * 64,))
    spoil(theirs, adding(child), missing("a" * 64, parents=("b" * 64,)), missing("b" * 64), missing("c" * 64))
    incoming = read(file, theirs)
    assert incoming.revisions == [child]
    assert not incoming.refused
    assert {(one.revision, one.item, one.parents) for one in incoming.absent} == {
        ("a" * 64, GOOD.item, ("b" * 64,)),
        ("b" * 64, GOOD.item, ()),
    }


def test_what_is_known_to_be_missing_here_may_be_built_upon(file: NotebookFile, theirs: Path) -> None:
    child = revision(entry(), item=GOOD.item, parents=("a" * 64,))
    file.database.execute("INSERT INTO absent (revision, reason) VALUES (?, 'lost')", ("a" * 64,))
    spoil(theirs, adding(child))
    assert read(file, theirs).revisions == [child]


def test_missing_ones_that_claim_a_circle_are_not_believed(file: NotebookFile, theirs: Path) -> None:
    child = revision(entry(), item=GOOD.item, parents=("a" * 64,))
    spoil(
        theirs,
        adding(child),
        missing("a" * 64, parents=("b" * 64,)),
        missing("b" * 64, parents=("a" * 64, child.id)),
    )
    incoming = read(file, theirs)
    assert incoming.revisions == [child]
    assert all(not one.parents for one in incoming.absent)


def test_a_circle_through_what_is_here_is_not_believed(file: NotebookFile, theirs: Path) -> None:
    first = revision(entry("first"), item=GOOD.item, parents=("a" * 64,))
    second = revision(entry("second"), item=GOOD.item, parents=("b" * 64,))
    with file.database.transaction():
        file.database.execute("INSERT INTO absent (revision, reason) VALUES (?, 'shallow')", ("a" * 64,))
        file.database.execute(
            "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions)"
            " VALUES (?, 'entry', ?, 0, ?, ?, '', 1)",
            (GOOD.item, first.id, GOOD.clock, GOOD.clock),
        )
        adding(first)(file.database.connection)
    spoil(theirs, adding(second), missing("b" * 64, parents=("a" * 64,)), missing("a" * 64, parents=(first.id,)))
    incoming = read(file, theirs)
    assert incoming.revisions == [second]
    assert ("a" * 64, ()) in [(one.revision, one.parents) for one in incoming.absent]


def test_one_missing_revision_is_of_one_item(file: NotebookFile, theirs: Path) -> None:
    one = revision(entry("one"), item=GOOD.item, parents=("a" * 64,))
    two = revision(entry("two"), item=OTHER.item, parents=("a" * 64,))
    spoil(theirs, adding(one, two), missing("a" * 64, item="3" * 26, parents=("b" * 64,)))
    incoming = read(file, theirs)
    assert len(incoming.revisions) == len(incoming.refused) == 1
    assert [(absent.item, absent.parents) for absent in incoming.absent] == [(incoming.revisions[0].item, ())]


def test_rows_about_missing_ones_may_be_anything(file: NotebookFile, theirs: Path) -> None:
    spoil(
        theirs,
        "INSERT INTO absent VALUES (X'00', 7, X'01', 'x')",
        "INSERT INTO absent VALUES ('a', '[]', '', '[[[')",
        missing("a" * 64, item="<script>"),
        missing("b" * 64, parents=("x",)),
    )
    incoming = read(file, theirs)
    assert not incoming.absent
    assert not incoming.refused


def test_of_many_that_will_not_do_some_are_told_and_the_rest_counted(file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, adding(*(revision({"number": number}) for number in range(1_100))))
    incoming = read(file, theirs)
    assert len(incoming.refused) == 1_000
    assert incoming.warnings == ("100 more revisions were not taken.",)


# --- files in it ------------------------------------------------------------------------------------------------------

DATA = b"words and words and words " * 100
NAME = sha256(DATA).hexdigest()

WRONG_BLOBS: dict[str, Spoil] = {
    "other bytes": keeping(b"other", name=NAME),
    "a claim of 4 GB": keeping(DATA, size=4 << 30),
    "a claim of 4 GB, packed": keeping(DATA, size=4 << 30, packing="zlib"),
    "a negative size": keeping(DATA, size=-1),
    "a size too small": keeping(DATA, size=5, packing="zlib"),
    "a size too large": keeping(DATA, size=len(DATA) + 1, packing="zlib"),
    "plain of another length": keeping(DATA, size=len(DATA) + 1),
    "text for bytes": keeping(DATA, kept=DATA.decode()),
    "a size that is text": keeping(DATA, size="many"),  # type: ignore[arg-type]
    "an unknown packing": keeping(DATA, packing="brotli"),
    "packed that is not": keeping(DATA, packing="zlib", kept=b"x" * 50),
    "packed and cut off": keeping(DATA, packing="zlib", kept=zlib.compress(DATA)[:-5]),
    "something after its end": keeping(DATA, packing="zlib", kept=zlib.compress(DATA) + b"secret"),
    "a bomb": keeping(DATA, packing="zlib", size=len(DATA), kept=zlib.compress(bytes(50 << 20))[: len(DATA) - 1]),
}


@pytest.mark.parametrize("what", WRONG_BLOBS)
def test_bytes_that_are_not_what_their_name_promises_are_none(what: str, file: NotebookFile, theirs: Path) -> None:
    spoil(theirs, WRONG_BLOBS[what], adding(revision(attached(DATA)), OTHER))
    with foreign(theirs, file.database, latest=LATEST) as incoming:
        assert incoming.revisions == [OTHER]
        assert incoming.blob(NAME) is None


def test_bytes_that_are_here_need_not_come(file: NotebookFile, theirs: Path) -> None:
    with file.database.transaction():
        file.blobs.put(DATA)
    spoil(theirs, adding(revision(attached(DATA))))
    assert read(file, theirs).revisions


WRONG_TURNS = (
    b"{}",
    b"[" * 5_000,
    b"\xff",
    b"[[0,4]]",
    b'[[0,99,"Ada",0,0]]',
    b'[[5,8,"",0,0],[0,4,"",0,0]]',
    b'[[0,true,"",0,0]]',
    b'[[0,4,"\\ud800",0,0]]',
    b'[[0,4,"Ada",0.5,0]]',
    b"[7]",
)


@pytest.mark.parametrize("turns", [b"", GOOD_TURNS])
def test_documents_are_taken(turns: bytes, file: NotebookFile, theirs: Path) -> None:
    text = "Café so 🙂".encode()
    made = revision(document(text, turns), kind="document")
    spoil(theirs, keeping(text), keeping(turns), adding(made))
    assert read(file, theirs).revisions == [made]


@pytest.mark.parametrize("turns", WRONG_TURNS)
def test_turns_that_are_none_of_the_text_are_refused(turns: bytes, file: NotebookFile, theirs: Path) -> None:
    text = b"Tell me more"
    made = revision(document(text, turns), kind="document")
    spoil(theirs, keeping(text), keeping(turns), adding(made))
    assert "turns" in whys(read(file, theirs))[0]


def test_texts_that_are_none_are_refused(file: NotebookFile, theirs: Path) -> None:
    broken = revision(document(b"\xff"), kind="document")
    longer = revision(document(b"words", characters=50), kind="document")
    spoil(theirs, keeping(b"\xff"), keeping(b"words"), adding(broken, longer))
    assert sorted(whys(read(file, theirs))) == ["its text is no UTF-8", "its text is not as long as it says"]


def test_points_that_are_none_are_refused(file: NotebookFile, theirs: Path) -> None:
    def imported(data: bytes) -> dict[str, Any]:
        texts = dict.fromkeys(("file", "profile", "source", "account", "encoding", "delimiter", "timezone"), "x")
        return {**texts, "parts": [], "points": sha256(data).hexdigest()}

    good, bad = points.pack(()), b"no points"
    taken = revision(imported(good), kind="import")
    spoil(theirs, keeping(good), keeping(bad), adding(taken, revision(imported(bad), kind="import")))
    incoming = read(file, theirs)
    assert incoming.revisions == [taken]
    assert "its points cannot be read" in whys(incoming)[0]


def test_points_and_texts_that_would_fill_the_memory_are_refused(
    file: NotebookFile, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.notebook.proof._MOST_PARTS", 3)
    monkeypatch.setattr("desktop_app.notebook.proof._LONGEST_TEXT", 100)
    texts = dict.fromkeys(("file", "profile", "source", "account", "encoding", "delimiter", "timezone"), "x")
    many, long = b"[1,1,1,1,1]", b"word " * 50
    imported = {**texts, "parts": [], "points": sha256(many).hexdigest()}
    made = revision(imported, kind="import"), revision(document(long), kind="document")
    turned = revision(document(b"Tell me more", GOOD_TURNS), kind="document")
    kept = [keeping(one) for one in (many, long, b"Tell me more", GOOD_TURNS)]

    spoil(theirs, *kept, adding(*made, turned))

    assert sorted(whys(read(file, theirs))) == [
        "it has more turns than any text",
        "it holds more points than any file has",
        "its text is longer than any file has",
    ]
