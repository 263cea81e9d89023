"""A notebook on several devices, and the folder through which they meet."""

import json
import os
import shutil
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, Notebook, open_notebook, pack_reading
from desktop_app.services.shared_folder import NoFolder, NotAttached, NotebookInside, RedactedCopy
from tests.services.conftest import Now
from tests.services.folder_devices import Device, bodies, exchange, packs, problems, write

# --- the usual way ----


def test_what_one_writes_the_other_reads(device: Device, shared: Path) -> None:
    ada, ben = device("ada"), device("ben")
    write(ada, "from Ada")
    ada.folder.attach(shared)
    sent = exchange(ada)
    assert (sent.took, sent.sent, sent.packs_written, sent.problems) == (0, 2, 1, ())
    ben.folder.attach(shared)
    got = exchange(ben)
    assert (got.took, got.packs_read, got.sent) == (1, 1, 0)
    assert bodies(ben) == ["from Ada"]

    write(ben, "from Ben")
    assert ben.folder.catch_up() is not None
    found = ada.folder.catch_up()
    assert found is not None
    assert found.result.took == 1
    assert set(found.touched) == {"entry"}
    assert bodies(ada) == ["from Ada", "from Ben"]
    assert ada.folder.catch_up() is None
    assert ben.folder.catch_up() is None
    assert len(packs(shared, ada, "ada")) == 1
    assert len(packs(shared, ada, "ben")) == 1
    for notebook in (ada, ben):
        assert notebook.maintenance.check().ok
        assert problems(notebook) == ""


def test_a_third_device_gets_everything(device: Device, shared: Path) -> None:
    ada, ben = device("ada"), device("ben")
    carla = device("carla")
    for notebook, body in ((ada, "a"), (ben, "b"), (carla, "c")):
        write(notebook, body)
        notebook.folder.attach(shared)
    for _ in range(2):
        for notebook in (ada, ben, carla):
            exchange(notebook)
    assert bodies(ada) == bodies(ben) == bodies(carla) == ["a", "b", "c"]
    status = ada.folder.status()
    assert status is not None
    assert [(one.device, one.author, one.wrote, one.read_here, one.has_read_ours) for one in status.devices] == [
        ("ada", "Ada", 1, 1, 1),
        ("ben", "Ben", 1, 1, 1),
        ("carla", "Carla", 1, 1, 1),
    ]
    assert [one.is_own for one in status.devices] == [True, False, False]
    assert all(one.at.endswith("Z") for one in status.devices)
    assert status.waiting_out == 0


def test_what_came_with_a_file_goes_out_too_and_nothing_twice(device: Device, shared: Path, tmp_path: Path) -> None:
    ada, ben = device("ada"), device("ben")
    carla = device("carla")
    ada.folder.attach(shared)
    ben.folder.attach(shared)
    exchange(ada), exchange(ben)
    write(carla, "on the train")
    carla.maintenance.backup(tmp_path / "carla.terrain")
    ada.merging.merge(tmp_path / "carla.terrain")
    assert exchange(ada).sent == 1
    assert exchange(ben).took == 1
    assert exchange(ben).sent == 0
    ben.merging.merge(tmp_path / "carla.terrain")
    assert exchange(ben).sent == 0
    assert bodies(ben) == ["on the train"]


def test_what_two_changed_apart_merges_the_same_on_both(device: Device, shared: Path) -> None:
    ada = device("ada")
    entry = write(ada, "one\ntwo\nthree")
    ben = device("ben")
    ada.folder.attach(shared)
    ben.folder.attach(shared)
    exchange(ada), exchange(ben)
    ada.entries.edit(entry, EntryDraft(body="ONE\ntwo\nthree"))
    ben.entries.edit(entry, EntryDraft(body="one\ntwo\nTHREE"))
    for _ in range(2):
        exchange(ada), exchange(ben)
    assert bodies(ada) == bodies(ben) == ["ONE\ntwo\nTHREE"]
    # What follows from both does not travel; what somebody writes on top of it takes it along.
    assert len(packs(shared, ada, "ada")) == 2
    ben.entries.edit(entry, EntryDraft(body="ONE\ntwo\nTHREE\nfour"))
    assert exchange(ben).sent == 2
    assert exchange(ada).took == 1
    assert bodies(ada) == ["ONE\ntwo\nTHREE\nfour"]
    assert [one.id for one in ada.history.of(entry)] == [one.id for one in ben.history.of(entry)]
    assert ada.maintenance.check().ok
    assert exchange(ada).sent == 0


def test_attachments_travel_once(device: Device, shared: Path) -> None:
    ada, ben = device("ada"), device("ben")
    ada.folder.attach(shared)
    ben.folder.attach(shared)
    entry = write(ada, "with a picture")
    data = os.urandom(200_000)
    ada.entries.attach_bytes(entry, "shop.png", "image/png", data)
    exchange(ada), exchange(ben)
    ada.entries.edit(entry, EntryDraft(body="still with it"))
    exchange(ada), exchange(ben)
    kept = ben.entries.get(entry).fields.attachments[0]
    assert ben.entries.attachment(kept.blob) == data
    assert packs(shared, ada, "ada")[-1].stat().st_size < 10_000
    assert ben.maintenance.check().ok


def test_much_goes_out_in_packs_of_bounded_size(device: Device, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.notebook.outgoing.MOST_REVISIONS", 3)
    monkeypatch.setattr(pack_reading, "TOGETHER", 200)
    ada = device("ada")
    ben = device("ben")
    for number in range(10):
        write(ada, f"{number}")
    ada.folder.attach(shared)
    assert exchange(ada).packs_written == 4
    ben.folder.attach(shared)
    assert exchange(ben).took == 10
    assert bodies(ben) == sorted(map(str, range(10)))


# --- one device twice, and backups ----


def test_a_copy_of_everything_goes_on_under_a_name_of_its_own(
    device: Device, shared: Path, tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    ada = device("ada")
    write(ada, "before")
    ada.folder.attach(shared)
    exchange(ada)
    ada.maintenance.backup(tmp_path / "second" / "notes.terrain")
    shutil.copytree(home / "terrain", home / "second")
    write(ada, "on the first")
    exchange(ada)
    monkeypatch.setenv("TERRAIN_HOME", str(home / "second"))
    with open_notebook(tmp_path / "second" / "notes.terrain", identity=Identity("Ada", "ada"), now=now) as twin:
        write(twin, "on the second")
        before = packs(shared, ada, "ada")
        got = exchange(twin)
        assert (got.took, got.sent) == (1, 1)
        assert packs(shared, ada, "ada") == before
        assert len(packs(shared, ada, "ada-2")) == 1
        monkeypatch.setenv("TERRAIN_HOME", str(home / "terrain"))
        assert exchange(ada).took == 1
        write(ada, "and on")
        exchange(ada)
        assert len(packs(shared, ada, "ada")) == 3
        monkeypatch.setenv("TERRAIN_HOME", str(home / "second"))
        exchange(twin)
        assert bodies(twin) == bodies(ada) == ["and on", "before", "on the first", "on the second"]
        assert twin.folder.status().devices[0].device == "ada-2"  # type: ignore[union-attr]


def test_of_two_that_wrote_under_one_number_one_stays(
    device: Device, shared: Path, tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    ada = device("ada")
    ada.folder.attach(shared)
    exchange(ada)
    ada.maintenance.backup(tmp_path / "second" / "notes.terrain")
    shutil.copytree(home / "terrain", home / "second")
    aside = tmp_path / "aside"
    write(ada, "on the first")
    exchange(ada)
    first = packs(shared, ada, "ada")[-1]
    shutil.move(first, aside)
    with open_notebook(tmp_path / "second" / "notes.terrain", identity=Identity("Ada", "ada"), now=now) as twin:
        monkeypatch.setenv("TERRAIN_HOME", str(home / "second"))
        write(twin, "on the second")
        exchange(twin)
        shutil.move(aside, first)
        exchange(twin)
        write(twin, "more on the second")
        exchange(twin)
        monkeypatch.setenv("TERRAIN_HOME", str(home / "terrain"))
        write(ada, "more on the first")
        exchange(ada)
        own = {
            ada.folder.status().devices[0].device,  # type: ignore[union-attr]
        }
        monkeypatch.setenv("TERRAIN_HOME", str(home / "second"))
        exchange(twin)
        own.add(twin.folder.status().devices[0].device)  # type: ignore[union-attr]
        assert own == {"ada", "ada-2"}
        monkeypatch.setenv("TERRAIN_HOME", str(home / "terrain"))
        exchange(ada)
        assert bodies(ada) == bodies(twin)
        assert len(bodies(ada)) == 4


def test_after_a_backup_was_put_back_nothing_is_overwritten_or_missed(
    device: Device, shared: Path, tmp_path: Path, now: Now
) -> None:
    ada, ben = device("ada"), device("ben")
    ada.folder.attach(shared)
    ben.folder.attach(shared)
    exchange(ada)
    ada.maintenance.backup(tmp_path / "old.terrain")
    write(ada, "lost here")
    exchange(ada)
    before = packs(shared, ada, "ada")
    with open_notebook(tmp_path / "old.terrain", identity=Identity("Ada", "ada"), now=now) as back:
        write(back, "after the backup")
        got = exchange(back)
        assert (got.took, got.sent) == (1, 1)
        assert packs(shared, ada, "ada") == before
        assert len(packs(shared, ada, "ada-2")) == 1
    exchange(ben)
    assert bodies(ben) == ["after the backup", "lost here"]


def test_losing_what_is_remembered_only_costs_reading_again(
    pair: tuple[Notebook, Notebook], shared: Path, home: Path
) -> None:
    ada, ben = pair
    write(ada, "x")
    exchange(ada), exchange(ben)
    for name in (home / "terrain" / "data" / "folders").glob("*.seen"):
        name.write_text("[", encoding="utf-8")
    got = exchange(ben)
    assert (got.took, got.sent, got.packs_written) == (0, 0, 0)
    assert exchange(ada).sent == 0
    assert ada.folder.status().devices[0].device == "ada"  # type: ignore[union-attr]
    write(ada, "y")
    assert exchange(ada).sent == 1
    assert exchange(ben).took == 1


# --- attaching ----


def test_attaching_and_detaching(device: Device, shared: Path, tmp_path: Path) -> None:
    ada = device("ada")
    assert ada.folder.status() is None
    assert ada.folder.catch_up() is None
    with pytest.raises(NotAttached):
        exchange(ada)
    with pytest.raises(NotAttached):
        ada.folder.detach()
    with pytest.raises(NoFolder):
        ada.folder.attach(tmp_path / "nowhere")
    with pytest.raises(NotebookInside):
        ada.folder.attach(tmp_path)
    ada.folder.attach(shared)
    status = ada.folder.status()
    assert status is not None
    assert (status.path, status.waiting_out) == (str(shared), 1)
    exchange(ada)
    ada.folder.detach()
    assert ada.folder.status() is None
    assert len(packs(shared, ada, "ada")) == 1


def test_a_redacted_copy_is_kept_away_from_names(device: Device, shared: Path) -> None:
    ada = device("ada")
    ada._file.database.execute("INSERT INTO meta VALUES ('manifest', ?)", (json.dumps({"redacted": True}),))
    with pytest.raises(RedactedCopy):
        ada.folder.attach(shared)
    assert ada.folder.status() is None
    ada._file.database.execute("UPDATE meta SET value = ? WHERE key = 'manifest'", (json.dumps({"redacted": False}),))
    ada.folder.attach(shared)
