"""The shared folder through the command line."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere" / "Team"
    folder.mkdir(parents=True)
    return folder


def as_ben(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Everything that follows happens on another device."""
    monkeypatch.setenv("TERRAIN_HOME", str(home / "ben"))


def test_two_devices_meet(
    notebook: Path, team: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "ben" / "shop.terrain"
    copy.parent.mkdir()
    done("backup", copy)
    entry = done("add", "from Ada").out.strip()
    told = done("folder", "attach", team)
    assert told.out == "Read 0 new versions in 0 packs, sent 2 versions in 1 pack.\n"
    first = done("folder", "status", "--json").json
    assert first["path"] == str(team)
    assert [(device["wrote"], device["is_own"]) for device in first["devices"]] == [(1, True)]

    as_ben(monkeypatch, home)
    got = done("folder", "attach", team, "--notebook", copy, "--json").json
    assert (got["took"], got["packs_read"], got["sent"], got["problems"]) == (1, 1, 0, [])
    assert done("show", entry, "--json", "--notebook", copy).json["body"] == "from Ada"
    done("add", "from Ben", "--notebook", copy)
    waiting = done("folder", "status", "--notebook", copy, "--json").json["waiting_out"]
    assert waiting == 1
    assert "1 version of yours not there yet." in done("folder", "status", "--notebook", copy).out
    assert "sent 1 version in 1 pack" in done("folder", "sync", "--notebook", copy).out
    status = done("folder", "status", "--notebook", copy).out
    assert "(this device)" in status
    assert len(done("folder", "status", "--notebook", copy, "--json").json["devices"]) == 2

    monkeypatch.setenv("TERRAIN_HOME", str(home / "terrain"))
    assert done("folder", "sync", "--json").json["took"] == 1
    assert done("search", "Ben", "--json").json["total"] == 1


def test_without_a_folder(notebook: Path, tmp_path: Path) -> None:
    assert done("folder", "status", "--json").out == "null\n"
    assert done("folder", "status").out == (
        "No shared folder is attached; attach one with “terrain folder attach PATH”.\n"
    )
    assert terrain("folder", "sync").sentence.startswith("This notebook is attached to no shared folder")
    assert terrain("folder", "detach").sentence.startswith("This notebook is attached to no shared folder")
    assert terrain("folder", "attach", tmp_path / "nowhere").sentence.startswith("There is no folder")
    assert "holds this very notebook" in terrain("folder", "attach", tmp_path).sentence


def test_detaching_leaves_the_folder(notebook: Path, team: Path) -> None:
    done("folder", "attach", team)
    assert done("folder", "detach").out == f"{team} is left as it is; nothing is exchanged any more.\n"
    assert len(list(team.rglob("*.pack"))) == 1
    assert done("folder", "status", "--json").out == "null\n"


def test_a_folder_that_is_not_there(notebook: Path, team: Path) -> None:
    done("folder", "attach", team)
    team.rename(team.with_name("away"))
    assert "is not there (a stick pulled out" in terrain("folder", "sync").sentence
    assert "is not there" in done("folder", "status").out


def test_a_notebook_in_a_harmful_place_is_warned_of_once(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "shop.terrain"
    path.parent.mkdir()
    done("new", path)
    ran = terrain("add", "x", "--notebook", path)
    assert ran.code == 0
    assert ran.err.count("in a folder that Dropbox synchronises") == 1
    assert terrain("check", "--json", "--notebook", path).json["ok"]
