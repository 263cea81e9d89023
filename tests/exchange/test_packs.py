"""The files of a shared folder come back as they were written, or not at all."""

import hashlib
import json
import os
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange import packs
from desktop_app.exchange.packs import (
    DeviceState,
    Pack,
    PackDamaged,
    PackedBlob,
    PackHeader,
    PackTooNew,
    PackUnfinished,
    PackUnreadable,
    is_temporary,
    pack_name,
    parse_pack_name,
    read_pack,
    read_state,
    write_pack,
    write_state,
)
from desktop_app.model.changes import Absent, Revision, canonical_json

HEADER = PackHeader("notebook-1", "device-1", "Laptop", "Rosa Beispiel – 日本", 12, "a" * 64, "2026-03-14T10:20:00Z")
NAME = "000012-0123456789abcdef.pack"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def revision(at: int, body: str = "The price was fair.") -> Revision:
    fields = canonical_json({"body": body, "at": at})
    parents = (digest(f"before {at}"), digest(f"beside {at}"))
    return Revision(digest(f"{at}"), f"item{at}", "entry", parents, "Rosa", "device-1", f"{at:016x}", fields)


def plain(data: bytes) -> PackedBlob:
    return PackedBlob(hashlib.sha256(data).hexdigest(), len(data), "plain", data)


def squeezed(data: bytes) -> PackedBlob:
    return PackedBlob(hashlib.sha256(data).hexdigest(), len(data), "zlib", zlib.compress(data))


REVISIONS = [revision(at) for at in range(3)]
ABSENT = [Absent(digest("gone"), "item9", (digest("older"),)), Absent(digest("lost"), "item8", (), "lost")]
BLOBS = [plain(os.urandom(5_000)), squeezed(b"words " * 50_000), plain(b"")]


def written(**changes: object) -> bytes:
    out = BytesIO()
    header = PackHeader(
        **{**{name: getattr(HEADER, name) for name in HEADER.__slots__}, "blobs": len(BLOBS), **changes}
    )
    write_pack(out, header, REVISIONS, ABSENT, BLOBS)
    return out.getvalue()


def signed(body: bytes) -> bytes:
    """What somebody who knows the format would write."""
    return body + f"end {hashlib.sha256(body).hexdigest()}\n".encode()


def made(*sections: bytes, **counts: int) -> bytes:
    """A pack of any sections, well signed."""
    header = {name: getattr(HEADER, name) for name in HEADER.__slots__} | {"revisions": 0, "absent": 0, "blobs": 0}
    return signed(b"terrain-pack 1\n" + json.dumps(header | counts).encode() + b"\n" + b"".join(sections))


def rows(raw: bytes, kind: str = "revisions", unpacked: int | None = None) -> bytes:
    packed = zlib.compress(raw)
    return f"{kind} {len(packed)} {len(raw) if unpacked is None else unpacked}\n".encode() + packed


def row(**changes: object) -> bytes:
    one = REVISIONS[0]
    value = {name: getattr(one, name) for name in one.__slots__} | changes
    return json.dumps(value).encode() + b"\n"


def read(data: bytes) -> Pack:
    return read_pack(BytesIO(data), NAME)


def refused(data: bytes, why: str | None = None) -> None:
    with pytest.raises(PackDamaged, match=why) as raised:
        read(data)
    assert NAME in str(raised.value)


@contextmanager
def held_at_most(size: int) -> Iterator[None]:
    """So many bytes more than before."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < size
    finally:
        tracemalloc.stop()


def test_a_pack_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with path.open("wb") as file:
        found = write_pack(file, PackHeader(*list(HEADER.__getstate__())[:7], blobs=3), REVISIONS, ABSENT, iter(BLOBS))
    pack = read_pack(path)
    assert (pack.file, pack.digest) == (NAME, found)
    assert (list(pack.revisions), list(pack.absent)) == (REVISIONS, ABSENT)
    assert (pack.header.author, pack.header.number, pack.header.revisions, pack.header.absent) == (
        HEADER.author,
        12,
        3,
        2,
    )
    assert pack.blobs == {blob.sha256: blob.size for blob in BLOBS}
    assert [pack.blob(blob.sha256) for blob in BLOBS] == BLOBS
    assert pack.blob(digest("nothing")) is None


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_every_text_comes_back(bodies: list[str]) -> None:
    revisions = [revision(at, body) for at, body in enumerate(bodies)]
    out = BytesIO()
    write_pack(out, HEADER, revisions)
    assert list(read(out.getvalue()).revisions) == revisions


def test_many_revisions_go_into_several_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "_SECTION", 1_000)
    revisions = [revision(at) for at in range(100)]
    out = BytesIO()
    write_pack(out, HEADER, revisions)
    assert out.getvalue().count(b"\nrevisions ") + out.getvalue().count(b"revisions ") > 5
    assert list(read(out.getvalue()).revisions) == revisions


def test_a_pack_tells_how_many_blobs_came() -> None:
    with pytest.raises(ValueError, match="3 blobs came, not 0"):
        write_pack(BytesIO(), HEADER, REVISIONS, ABSENT, BLOBS)


def test_a_revision_too_large_to_be_read_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "LONGEST_FIELDS", 1_000)
    out = BytesIO()
    with pytest.raises(packs.RevisionTooLarge, match="entry item7"):
        write_pack(out, HEADER, [revision(7, "é" * 600)])
    assert out.getvalue() == b""


def test_large_blobs_are_held_once(tmp_path: Path) -> None:
    path = tmp_path / NAME
    size = 20_000_000
    names = []

    def blobs() -> Iterator[PackedBlob]:
        for seed in range(4):
            blob = plain(random.Random(seed).randbytes(size))
            names.append(blob.sha256)
            yield blob

    with held_at_most(7 * size // 2), path.open("wb") as file:
        write_pack(file, PackHeader(*list(HEADER.__getstate__())[:7], blobs=4), [], (), blobs())
    with held_at_most(size // 2):
        pack = read_pack(path)
    assert pack.blob(names[2]) == plain(random.Random(2).randbytes(size))


# --- what happens to files -------------------------------------------------------------------------------------------


def test_a_pack_that_is_not_here_as_a_whole_is_unfinished() -> None:
    data = written()
    for cut in [*range(0, 400, 7), *range(400, len(data), 101), len(data) - 1]:
        with pytest.raises(PackUnfinished, match=NAME):
            read(data[:cut])


def test_a_pack_for_which_only_room_was_made_is_unfinished() -> None:
    data = written()
    for cut in (0, 10, 200, 1_000, len(data) // 2, len(data) - 100):
        with pytest.raises(PackUnfinished):
            read(data[:cut] + b"\0" * (len(data) - cut))


def test_no_byte_can_be_altered() -> None:
    data = written()
    picked = random.Random(4)
    for at in [*range(600), *(picked.randrange(len(data)) for _ in range(300)), len(data) - 2]:
        altered = bytearray(data)
        altered[at] ^= 1 << picked.randrange(8)
        with pytest.raises(packs.PackError):
            read(bytes(altered))


@pytest.mark.parametrize("more", [b"x", b"\n", b"end", b"terrain-pack 1\n"])
def test_nothing_can_be_appended(more: bytes) -> None:
    refused(written() + more, "appended")


def test_another_format_is_named() -> None:
    with pytest.raises(PackTooNew, match="format 2"):
        read(b"terrain-pack 2\nwhatever")
    refused(b"SQLite format 3\0 and a good deal more of it", "begin like a pack")
    refused(b"terrain-pack 1x\n")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(PackUnreadable):
        read_pack(tmp_path)
    with pytest.raises(PackUnreadable, match=r"nothing\.pack"):
        read_pack(tmp_path / "nothing.pack")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pack")
        with pytest.raises(PackUnreadable):
            read_pack(tmp_path / "pipe.pack")


def test_a_blob_that_changed_since_is_not_given(tmp_path: Path) -> None:
    path = tmp_path / NAME
    data = written()
    path.write_bytes(data)
    pack = read_pack(path)
    for blob in BLOBS[:2]:
        place = data.index(blob.data) + len(blob.data) // 2
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(PackDamaged, match="a blob is not what"):
            pack.blob(blob.sha256)
    path.write_bytes(data[:2_000])
    with pytest.raises(PackDamaged):
        pack.blob(BLOBS[1].sha256)
    path.unlink()
    with pytest.raises(PackUnreadable):
        pack.blob(BLOBS[0].sha256)


# --- packs made to hurt ----------------------------------------------------------------------------------------------


def test_the_twins_of_hostile_packs_are_packs() -> None:
    assert read(made()).revisions == ()
    assert list(read(made(rows(row()), revisions=1)).revisions) == REVISIONS[:1]


@pytest.mark.parametrize(
    "raw",
    [
        row() + row(),
        row(id="A" * 64),
        row(id=5),
        row(parents="a"),
        row(parents=[1]),
        row(fields={}),
        row(author=None),
        row(author="\ud800"),
        row().replace(b"Rosa", b"R\xff"),
        b"[]\n",
        b"5\n",
        b"{}\n",
        b"\n\n\n",
        b"[" * 100_000 + b"\n",
        b"1" * 10_000 + b"\n",
        row()[:-5],
    ],
)
def test_rows_that_make_no_sense(raw: bytes) -> None:
    refused(made(rows(raw), revisions=2), "rows cannot be read")


@pytest.mark.parametrize("unpacked", [0, 1, 10**6])
def test_rows_unpack_to_what_was_said(unpacked: int) -> None:
    refused(made(rows(row(), unpacked=unpacked), revisions=1), "rows cannot be read")


def test_counts_are_what_was_said() -> None:
    refused(made(rows(row()), revisions=2), "as much as it says")
    refused(made(rows(row()), revisions=0), "rows cannot be read")
    refused(made(rows(row() + row(id=digest("other"))), revisions=1), "rows cannot be read")
    refused(made(revisions=10**8), "more than any pack")
    for count in (-1, 1.5, True, "1", 10**30, None):
        refused(made(revisions=count), "header")
    for number in (0, 10**12):
        refused(made(number=number))
    refused(made(after="nothing"), "its place")
    refused(made(author="x" * 10_000), "header")
    refused(made(author="\ud800"), "header")
    refused(b"terrain-pack 1\n" + b"{" * 100_000 + b"\n", "does not end")
    refused(signed(b"terrain-pack 1\n[]\n"), "header")
    refused(made(b"surprise 1\n"), "unknown")


def bomb(byte: bytes) -> bytes:
    return zlib.compress(byte * 100_000_000, 9)


def test_bombs_are_not_unpacked() -> None:
    packed = bomb(b"\n")
    with held_at_most(10_000_000):
        refused(made(f"revisions {len(packed)} 1000\n".encode() + packed, revisions=9), "cannot be read")
        refused(made(f"revisions {len(packed)} 200000000\n".encode() + packed, revisions=9), "more than any pack")
        refused(made(f"absent {len(packed)} 999999999999\n".encode() + packed, absent=9), "more than any pack")


def test_many_sections_are_not_unpacked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "_LARGEST_ROWS", 10 * len(row()))
    sections = [rows(row(id=digest(str(at)))) for at in range(11)]
    assert len(read(made(*sections[:9], revisions=9)).revisions) == 9
    refused(made(*sections, revisions=11), "more than any pack")


def test_a_blob_bomb_is_not_unpacked() -> None:
    packed = bomb(b"\0")
    name = hashlib.sha256(b"\0" * 1_000).hexdigest()
    pack = read(made(f"blob {name} 1000 zlib {len(packed)}\n".encode() + packed, blobs=1))
    with held_at_most(10_000_000), pytest.raises(PackDamaged, match="a blob is not what"):
        pack.blob(name)


def test_a_blob_under_the_name_of_another_is_not_given() -> None:
    for packing, data in (("plain", b"two"), ("zlib", zlib.compress(b"two")), ("zlib", b""), ("zlib", b"two")):
        pack = read(made(f"blob {digest('one')} 3 {packing} {len(data)}\n".encode() + data, blobs=1))
        with pytest.raises(PackDamaged, match="a blob is not what"):
            pack.blob(digest("one"))


@settings(max_examples=200)
@given(st.data())
def test_whatever_is_signed_is_a_pack_or_refused(data: st.DataObject) -> None:
    body = bytearray(written()[:-69])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        pack = read(signed(bytes(body)))
        for name in pack.blobs:
            pack.blob(name)
    except packs.PackError:
        pass


def test_claims_about_blobs() -> None:
    name = digest("x")
    refused(made(f"blob {name} 4294967296 zlib 5\nxxxxx".encode(), blobs=1), "more than 1024 MB")
    refused(made(f"blob {name} 6 plain 5\nxxxxx".encode(), blobs=1), "files make no sense")
    refused(made(f"blob {name} 1 plain 1\nx".encode() * 2, blobs=2), "files make no sense")
    refused(made(f"blob {name} 1 plain 1\nx".encode(), blobs=0), "more than it says")
    refused(made(f"blob {name} 1 rot13 1\nx".encode(), blobs=1), "unknown")
    with pytest.raises(PackUnfinished):
        read(made(f"blob {name} 500000 plain 500000\nx".encode(), blobs=1))


# --- the state of a device -------------------------------------------------------------------------------------------

STATE = DeviceState(
    "notebook-1", "Field notes", "device-1", "Laptop", "Rosa – 日本", "2026-03-14T10:20:00Z", 12, {"device-2": 7}
)


def test_a_state_comes_back_as_it_was_written() -> None:
    assert read_state(write_state(STATE), "state.json") == STATE
    assert json.loads(write_state(STATE))["terrain-state"] == 1


def test_a_state_that_is_half_there_is_unfinished() -> None:
    data = write_state(STATE)
    for cut in range(len(data) - 2):
        if not data[:cut].endswith(b"}"):
            with pytest.raises(PackUnfinished, match=r"state\.json"):
                read_state(data[:cut], "state.json")


@pytest.mark.parametrize(
    "change",
    [
        {"terrain-state": "1"},
        {"terrain-state": 0},
        {"wrote": -1},
        {"wrote": True},
        {"wrote": 1e9},
        {"read": []},
        {"read": {"a": "b"}},
        {"read": {"a": -1}},
        {"read": {"\ud800": 1}},
        {"read": {str(at): 1 for at in range(2_000)}},
        {"author": None},
        {"author": "x" * 2_000},
        {"author": "\udfff"},
    ],
)
def test_a_state_that_makes_no_sense(change: dict[str, object]) -> None:
    value = json.loads(write_state(STATE)) | change
    with pytest.raises(PackDamaged, match=r"state\.json"):
        read_state(json.dumps(value).encode(), "state.json")


@pytest.mark.parametrize("data", [b"{}", b"\xff}", b"[" * 50_000 + b"}", b'{"a":' * 50_000 + b"}", b"x" * 2_000_000])
def test_a_state_that_is_none(data: bytes) -> None:
    with pytest.raises(PackDamaged):
        read_state(data, "state.json")


def test_a_later_state_is_named() -> None:
    with pytest.raises(PackTooNew, match="format 3"):
        read_state(b'{"terrain-state":3}\n', "state.json")


# --- names -----------------------------------------------------------------------------------------------------------


def test_a_name_says_number_and_digest() -> None:
    name = pack_name(12, "3fa9" * 16)
    assert name == "000012-3fa93fa93fa93fa9.pack"
    assert parse_pack_name(name) == (12, "3fa9" * 4, False)
    assert parse_pack_name(pack_name(1_234_567, "3fa9" * 16)) == (1_234_567, "3fa9" * 4, False)
    assert sorted([pack_name(10, "b" * 64), pack_name(9, "c" * 64)]) == [
        pack_name(9, "c" * 64),
        pack_name(10, "b" * 64),
    ]


@pytest.mark.parametrize(
    "added",
    [
        ".sync-conflict-20261122-101010-ABCDEFG",
        " (conflicted copy 2026-11-22 101010)",
        " (Rosa's conflicted copy 2026-11-22)",
        " (In Konflikt stehende Kopie von Rosa 2026-11-22)",
        "-LAPTOP",
        "-Rosas MacBook",
        " (1)",
        " - Copy",
        " 2",
        "_conflict-20261122-101010",
    ],
)
def test_copies_that_programs_make_are_known(added: str) -> None:
    assert parse_pack_name(f"000012-{'3fa9' * 4}{added}.pack") == (12, "3fa9" * 4, True)
    assert not is_temporary(f"000012-{'3fa9' * 4}{added}.pack")


@pytest.mark.parametrize(
    "name", ["state.json", "12-3fa9.pack", f"000012-{'3fa9' * 5}.pack", f"000012-{'3fa9' * 4}.pack.bak"]
)
def test_other_names_are_none(name: str) -> None:
    assert parse_pack_name(name) is None
    assert not is_temporary(name)


@pytest.mark.parametrize(
    "name",
    [
        f".syncthing.{NAME}.tmp",
        f"~syncthing~{NAME}.tmp",
        f".~{NAME}",
        f"{NAME}.part",
        f".{NAME}.~1a2b3c",
        f"{NAME}.!sync",
        f"{NAME}.!Sync",
        f"{NAME}.crdownload",
        f".~lock.{NAME}#",
        f".{NAME}.Xy12Zz",
        f"{NAME}~",
        f"{NAME}.ocTransferId1122.part",
    ],
)
def test_files_that_are_being_written_are_known(name: str) -> None:
    assert is_temporary(name)
    assert not is_temporary(NAME)
