"""What programs that synchronise folders, disks and crashes do to a shared folder."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.folder import Folder, FolderEmptied, FolderError, FolderGone, FolderReadOnly
from desktop_app.exchange.packs import read_pack
from desktop_app.model.changes import Revision
from desktop_app.model.entries import EntryDraft
from desktop_app.notebook.lineage import as_revision
from desktop_app.services import Identity, Notebook, create_notebook
from tests.services.conftest import Now
from tests.services.folder_devices import Device, bodies, exchange, move_clock, packs, problems, write

ROOT = Path(__file__).resolve().parents[2]


def test_a_pack_that_is_missing_is_named_and_later_ones_are_read(
    pair: tuple[Notebook, Notebook], shared: Path, tmp_path: Path
) -> None:
    ada, ben = pair
    first = write(ada, "first")
    exchange(ada)
    write(ada, "second")
    exchange(ada)
    ada.entries.edit(first, EntryDraft(body="first again"))
    exchange(ada)
    _, lost, _, last = packs(shared, ada, "ada")
    shutil.move(lost, tmp_path / lost.name)
    got = exchange(ben)
    assert got.took == 1
    assert bodies(ben) == ["second"]
    assert "Pack 2 of device ada of Ada is not here yet." in got.problems
    status = ben.folder.status()
    assert status is not None
    assert status.devices[1].waiting == 2
    assert "waits for something" not in " ".join(status.problems)
    move_clock(ben, 120)
    assert "Pack 4 of device ada of Ada waits for something that is not here yet." in problems(ben)

    shutil.move(tmp_path / lost.name, lost)
    found = ben.folder.catch_up()
    assert found is not None
    assert found.result.took == 2
    assert bodies(ben) == ["first again", "second"]
    assert problems(ben) == ""
    assert last.exists()


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_half_written_pack_waits_until_it_is_whole(
    pair: tuple[Notebook, Notebook], shared: Path, kept: float
) -> None:
    ada, ben = pair
    write(ada, "whole at last")
    exchange(ada)
    pack = packs(shared, ada, "ada")[-1]
    data = pack.read_bytes()
    pack.write_bytes(data[: int(len(data) * kept)])
    assert exchange(ben).took == 0
    assert problems(ben) == ""
    move_clock(ben, 61)
    assert "Pack 2 of device ada of Ada is not here as a whole yet." in problems(ben)
    assert ben.folder.catch_up() is None
    pack.write_bytes(data)
    found = ben.folder.catch_up()
    assert found is not None
    assert bodies(ben) == ["whole at last"]
    assert problems(ben) == ""


def test_a_damaged_pack_is_named_and_written_anew_by_its_owner(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    entry = write(ada, "to be damaged")
    exchange(ada)
    ada.entries.edit(entry, EntryDraft(body="and later"))
    exchange(ada)
    pack = packs(shared, ada, "ada")[1]
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 0x55
    pack.write_bytes(bytes(data))
    assert exchange(ben).took == 0
    assert "Pack 2 of device ada of Ada is damaged" in problems(ben)
    assert exchange(ada).packs_written == 1
    assert not pack.exists()
    assert exchange(ben).took == 2
    assert bodies(ben) == ["and later"]
    assert problems(ben) == problems(ada) == ""
    assert exchange(ada).packs_written == 0


def test_a_pack_of_ours_that_is_gone_is_told_and_comes_back(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    write(ada, "to be deleted")
    exchange(ada)
    packs(shared, ada, "ada")[-1].unlink()
    assert "Pack 2 of this device is gone from the folder" in problems(ada)
    exchange(ada)
    assert problems(ada) == ""
    assert exchange(ben).took == 1


def test_copies_are_ignored_beside_the_pack_and_used_without_it(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    write(ada, "once")
    exchange(ada)
    pack = packs(shared, ada, "ada")[-1]
    copy = pack.with_name(f"{pack.stem}.sync-conflict-20261122-101010-ABCDEFG.pack")
    shutil.copy(pack, copy)
    got = exchange(ben)
    assert (got.took, got.packs_read, got.problems) == (1, 1, ())
    write(ada, "twice")
    exchange(ada)
    pack = packs(shared, ada, "ada")[-1]
    pack.rename(pack.with_name(f"{pack.stem} (Anna's conflicted copy 2026-11-22).pack"))
    assert exchange(ben).took == 1
    assert bodies(ben) == ["once", "twice"]


def test_a_damaged_pack_beside_a_whole_copy_is_read_from_it(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    write(ada, "saved by a copy")
    exchange(ada)
    pack = packs(shared, ada, "ada")[-1]
    shutil.copy(pack, pack.with_name(f"{pack.stem} (1).pack"))
    pack.write_bytes(b"terrain-pack 1\nnonsense")
    assert exchange(ben).took == 1


def test_foreign_and_temporary_files_are_left_alone(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    folder = shared / ada.id / "ada"
    (folder / "holiday.jpg").write_bytes(b"x")
    (folder / ".syncthing.000009-aaaa.pack.tmp").write_bytes(b"x")
    (folder / "state.sync-conflict-20261122-101010-ABCDEFG.json").write_text("{", encoding="utf-8")
    (shared / "desktop.ini").write_text("x", encoding="utf-8")
    (shared / ada.id / "thumbs.db").write_text("x", encoding="utf-8")
    (shared / ada.id / ".stversions").mkdir()
    got = exchange(ben)
    assert got.problems == ("In the folder of device ada of Ada there is “holiday.jpg”: no packs, left alone.",)
    os.utime(folder / ".syncthing.000009-aaaa.pack.tmp", (1, 1))
    assert "1 file of device ada of Ada has not arrived as a whole for more than a minute." in problems(ben)
    assert (folder / "holiday.jpg").exists()


def test_a_folder_that_vanishes_and_comes_back(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    away = shared.with_name("away")
    shared.rename(away)
    write(ada, "meanwhile")
    assert ada.folder.catch_up() is None
    assert "is not there (a stick pulled out" in problems(ada)
    status = ada.folder.status()
    assert status is not None
    assert status.waiting_out == 1
    with pytest.raises(FolderGone):
        exchange(ada)
    shared.mkdir()
    assert "is no longer there; if it was emptied on purpose" in problems(ada)
    with pytest.raises(FolderEmptied):
        exchange(ada)
    assert list(shared.iterdir()) == []
    shared.rmdir()
    away.rename(shared)
    assert ada.folder.catch_up() is not None
    assert problems(ada) == ""
    assert exchange(ben).took == 1


def test_a_folder_emptied_on_purpose_is_filled_anew_when_attached_again(
    pair: tuple[Notebook, Notebook], shared: Path
) -> None:
    ada, ben = pair
    write(ada, "x")
    exchange(ada), exchange(ben)
    shutil.rmtree(shared / ada.id)
    ada.folder.attach(shared)
    assert exchange(ada).sent == 2
    assert exchange(ben).took == 0


def test_another_notebook_in_the_same_folder(
    pair: tuple[Notebook, Notebook], shared: Path, tmp_path: Path, now: Now
) -> None:
    ada, _ben = pair
    write(ada, "mine")
    exchange(ada)
    with create_notebook(tmp_path / "other.terrain", identity=Identity("Dora", "dora"), now=now) as dora:
        dora.folder.attach(shared)
        assert exchange(dora).took == 0
        folder = shared / dora.id / "ada"
        shutil.copytree(shared / ada.id / "ada", folder)
        got = exchange(dora)
        assert got.took == 0
        assert "belongs to another notebook or device and was left out." in " ".join(got.problems)
        assert bodies(dora) == []


def test_no_state_can_do_harm(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    for text in ("", "{", "[" * 50_000, '{"terrain-state": 1}', "\x00" * 100):
        (shared / ada.id / "ada" / "state.json").write_text(text, encoding="utf-8")
        write(ben, "x")
        exchange(ben)
        problems(ben)
    state = json.loads((shared / ada.id / "ben" / "state.json").read_text(encoding="utf-8"))
    state.update(
        device="ada",
        device_name="x\n\x1b[2J" * 99,
        at="yesterday",
        wrote=999_999_999,
        read={"../..": 5, "ghost": 999_999_999},
    )
    (shared / ada.id / "ada" / "state.json").write_text(json.dumps(state), encoding="utf-8")
    exchange(ben)
    assert "is not here yet" in problems(ben)
    status = ben.folder.status()
    assert status is not None
    assert status.devices[1].at == ""
    assert status.devices[1].name.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, _ben = pair
    (shared / ada.id / "ada").chmod(0o500)
    write(ada, "waits")
    with pytest.raises(FolderReadOnly):
        exchange(ada)
    assert "cannot be written" in problems(ada)
    (shared / ada.id / "ada").chmod(0o700)
    assert exchange(ada).sent == 1


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "no room left"), (errno.EROFS, "cannot be written")])
def test_what_cannot_be_written_waits(
    pair: tuple[Notebook, Notebook], shared: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    ada, ben = pair
    write(ada, "waits")
    with monkeypatch.context() as patch:

        def full(descriptor: int) -> None:
            raise OSError(code, os.strerror(code))

        real = os.fsync
        patch.setattr(
            os, "fsync", lambda fd: full(fd) if str(shared) in str(Path(f"/proc/self/fd/{fd}").readlink()) else real(fd)
        )
        assert ada.folder.catch_up() is None
        assert words in problems(ada)
        with pytest.raises(FolderError, match=words):
            exchange(ada)
    assert list((shared / ada.id / "ada").glob(".*")) == []
    assert exchange(ada).sent == 1
    assert exchange(ben).took == 1


def test_what_is_dated_in_the_future_waits_until_then(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    move_clock(ada, 3 * 86400)
    write(ada, "from the day after the day after")
    exchange(ada)
    assert exchange(ben).took == 0
    assert "Pack 2 of device ada of Ada is dated in the future" in problems(ben)
    move_clock(ben, 3 * 86400)
    assert exchange(ben).took == 1
    assert problems(ben) == ""


def test_forged_revisions_are_refused_and_told_and_what_builds_on_them(
    pair: tuple[Notebook, Notebook], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = pair
    write(ada, "true")
    entry = write(ada, "to be forged")
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.notebook.outgoing.as_revision", forging("to be forged"))
        exchange(ada)
    got = exchange(ben)
    assert got.took == 1
    forged = "1 revision was not taken: its content is not what its id promises."
    assert f"Pack 2 of device ada of Ada: {forged}" in got.problems
    assert bodies(ben) == ["true"]
    ada.entries.edit(entry, EntryDraft(body="built upon it"))
    exchange(ada)
    assert exchange(ben).took == 0
    assert bodies(ben) == ["true"]
    assert "Pack 3 of device ada of Ada: 1 revision was not taken" in problems(ben)
    assert ben.maintenance.check().ok


def forging(words: str) -> Callable[..., Revision]:
    def forged(row: Sequence[str]) -> Revision:
        revision = as_revision(row)
        return (
            replace(revision, fields=revision.fields.replace(words, "forged")) if words in revision.fields else revision
        )

    return forged


def test_nothing_is_done_where_nothing_is_new(
    pair: tuple[Notebook, Notebook], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _ben = pair
    ada.folder.catch_up()
    monkeypatch.setattr(Path, "stat", lambda *_a, **_k: pytest.fail("looked at more than names"))
    monkeypatch.setattr(Path, "open", lambda *_a, **_k: pytest.fail("opened a file"))
    monkeypatch.setattr("desktop_app.config.attached._read", lambda _path: shared)
    monkeypatch.setattr(Path, "is_dir", lambda _self: True)
    assert ada.folder.catch_up() is None


# --- killed in the middle ----

KILLED = """
import os, signal, sys
from pathlib import Path
from desktop_app.services import Identity, open_notebook

path, name, where, count = sys.argv[1:5]
calls = 0

def deadly(real):
    def call(*arguments, **options):
        global calls
        calls += 1
        if calls == int(count):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call

if where == "fsync":
    os.fsync = deadly(os.fsync)
elif where == "replace":
    Path.replace = deadly(Path.replace)
else:
    from desktop_app.notebook.union import Union
    Union._write_items = deadly(Union._write_items)
with open_notebook(path, identity=Identity(name.capitalize(), name)) as notebook:
    notebook.folder.sync()
"""


@pytest.mark.parametrize(
    ("where", "count"), [("fsync", 1), ("fsync", 2), ("replace", 1), ("replace", 2), ("replace", 3), ("write", 1)]
)
def test_killed_in_the_middle_nothing_is_lost_or_there_twice(
    pair: tuple[Notebook, Notebook], shared: Path, monkeypatch: pytest.MonkeyPatch, where: str, count: int
) -> None:
    ada, ben = pair
    monkeypatch.setattr("desktop_app.notebook.outgoing.MOST_REVISIONS", 1)
    write(ada, "from Ada")
    for number in range(3):
        write(ben, f"from Ben {number}")
    exchange(ben)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(ada.path), "ada", where, str(count)], check=False, cwd=ROOT
    )
    assert killed.returncode == -signal.SIGKILL
    whole = packs(shared, ada, "ada")
    exchange(ada), exchange(ben)
    assert packs(shared, ada, "ada")[: len(whole)] == whole
    assert bodies(ada) == bodies(ben) == ["from Ada", *(f"from Ben {number}" for number in range(3))]
    held = [one.id for pack in packs(shared, ada, "*") for one in read_pack(pack).revisions]
    assert len(held) == len(set(held))
    for notebook in (ada, ben):
        assert notebook.maintenance.check().ok
        assert problems(notebook) == ""


def test_what_was_read_does_not_go_out_when_writing_failed_then(
    pair: tuple[Notebook, Notebook], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = pair
    write(ben, "from Ben")
    exchange(ben)
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "write", lambda self, *_: _raise(FolderReadOnly(path=self.root)))
        write(ada, "from Ada")
        with pytest.raises(FolderReadOnly):
            exchange(ada)
    assert bodies(ada) == ["from Ada", "from Ben"]
    status = ada.folder.status()
    assert status is not None
    assert status.waiting_out == 1
    assert exchange(ada).sent == 1


def _raise(error: Exception) -> None:
    raise error


def test_once_a_day_packs_of_ours_are_looked_at_without_being_asked(
    pair: tuple[Notebook, Notebook], shared: Path
) -> None:
    ada, _ben = pair
    write(ada, "x")
    assert ada.folder.catch_up() is not None
    packs(shared, ada, "ada")[-1].write_bytes(b"spoilt")
    assert ada.folder.catch_up() is None
    move_clock(ada, 86_401)
    found = ada.folder.catch_up()
    assert found is not None
    assert found.result.sent == 1
    assert problems(ada) == ""


def test_many_packs_are_taken_in_as_one_step(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    for number in range(30):
        write(ada, f"{number}")
        ada.folder.catch_up()
    found = ben.folder.catch_up()
    assert found is not None
    assert (found.result.packs_read, found.result.took) == (30, 30)
    assert len([change for change in ben.history.log(100) if change.source]) == 1


def test_what_builds_on_something_refused_is_refused_when_it_comes_by_itself(
    pair: tuple[Notebook, Notebook], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = pair
    entry = write(ada, "to be forged")
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.notebook.outgoing.as_revision", forging("to be forged"))
        exchange(ada)
    ben.folder.catch_up()
    ada.entries.edit(entry, EntryDraft(body="built upon it"))
    write(ada, "beside it")
    exchange(ada)
    ben.folder.catch_up()
    assert bodies(ben) == ["beside it"]
    assert "Pack 3 of device ada of Ada: 1 revision was not taken" in problems(ben)


def test_a_forgery_does_not_hide_the_true_revision(
    device: Device, shared: Path, pair: tuple[Notebook, Notebook], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ada, ben = pair
    carla = device("carla")
    write(ada, "what she wrote")
    ada.maintenance.backup(tmp_path / "copy.terrain")
    carla.merging.merge(tmp_path / "copy.terrain")
    carla.folder.attach(shared)
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.notebook.outgoing.as_revision", forging("what she wrote"))
        exchange(carla)
    # That somebody has put a forgery there does not keep her from sending it.
    assert exchange(ada).sent == 1
    assert "its content is not what its id promises" in problems(ada)
    # The forged one comes first: its number is smaller.
    assert exchange(ben).took == 1
    assert bodies(ben) == ["what she wrote"]
    assert ben.maintenance.check().ok


def test_a_lost_pack_whose_content_is_elsewhere_leaves_no_gap(
    device: Device, shared: Path, pair: tuple[Notebook, Notebook], tmp_path: Path
) -> None:
    ada, ben = pair
    write(ada, "here and there")
    ada.maintenance.backup(tmp_path / "copy.terrain")
    exchange(ada)
    aside = tmp_path / "aside"
    shutil.move(shared / ada.id / "ada", aside)
    ben.merging.merge(tmp_path / "copy.terrain")
    assert exchange(ben).sent == 1
    shutil.move(aside, shared / ada.id / "ada")
    _, lost = packs(shared, ada, "ada")
    lost.unlink()
    got = exchange(ada)
    assert (got.sent, got.packs_written) == (0, 1)
    carla = device("carla", of=ben)
    carla.folder.attach(shared)
    exchange(carla)
    assert problems(carla) == ""
    assert bodies(carla) == ["here and there"]


def test_a_pack_under_a_wrong_name_is_not_believed(pair: tuple[Notebook, Notebook], shared: Path) -> None:
    ada, ben = pair
    write(ada, "x")
    exchange(ada)
    pack = packs(shared, ada, "ada")[-1]
    pack.rename(pack.with_name(f"000002-{'0' * 16}.pack"))
    assert exchange(ben).took == 0
    assert "Pack 2 of device ada of Ada is damaged" in problems(ben)
    exchange(ada)
    assert exchange(ben).took == 1
