"""check, backup, restore through the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.terminal import done, terrain


def tamper(notebook: Path, sql: str) -> None:
    with closing(sqlite3.connect(notebook)) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_whole_notebook(notebook: Path) -> None:
    done("add", "x")
    report = done("check", "--json").json
    assert report == {"ok": True, "problems": [], "revisions": 2, "items": 2, "blobs": 0}
    assert done("check").out == "All is well: 2 revisions of 2 items and 0 kept files.\n"


def test_a_wrong_state_is_told_and_mended(notebook: Path) -> None:
    entry = done("add", "as written").out.strip()
    tamper(notebook, "UPDATE entry SET body = 'as forged'")
    ran = terrain("check", "--json")
    assert ran.code == 1
    assert '"ok": false' in ran.out
    assert ran.err == ""
    assert "terrain check --repair" in terrain("check").out
    report = done("check", "--repair", "--json").json
    assert report["ok"] is True
    assert [problem["repaired"] for problem in report["problems"]] == [True]
    assert done("check", "--json").json["problems"] == []
    assert done("show", entry, "--json").json["body"] == "as written"


def test_a_forged_revision_is_told(notebook: Path) -> None:
    done("add", "as written")
    tamper(notebook, "UPDATE revision SET fields = replace(fields, 'as written', 'as forged')")
    ran = terrain("check")
    assert ran.code == 1
    assert "its content does not give its id" in ran.out


def test_backups_are_listed_and_restored(notebook: Path, tmp_path: Path) -> None:
    first = done("add", "first").out.strip()
    kept = done("backup", "--json").json["path"]
    assert Path(kept).is_file()
    listed = done("backup", "--list", "--json").json
    assert listed[0]["path"] == kept
    assert {"path", "at", "size"} <= set(listed[0])
    assert kept in done("backup", "--list").out

    second = done("add", "second").out.strip()
    restored = done("restore", kept, "--json").json
    assert restored["path"] == str(notebook)
    assert done("show", first, "--json").json["body"] == "first"
    assert terrain("show", second).code == 1
    assert done("search", "second", "--json").json["total"] == 0
    # Nothing is lost by restoring either.
    aside = restored["set_aside"]
    assert done("show", second, "--json", "--notebook", aside).json["body"] == "second"
    assert done("check", "--json").json["ok"] is True


def test_a_backup_to_a_path_is_a_notebook_and_never_overwrites(notebook: Path, tmp_path: Path) -> None:
    entry = done("add", "x").out.strip()
    copy = tmp_path / "copy.terrain"
    assert done("backup", copy).out == f"{copy}\n"
    assert done("show", entry, "--json", "--notebook", copy).json["id"] == entry
    assert "already exists" in terrain("backup", copy).sentence
    assert terrain("backup", copy, "--list").code == 2


def test_restoring_what_is_no_backup_changes_nothing(notebook: Path, tmp_path: Path) -> None:
    entry = done("add", "x").out.strip()
    strange = tmp_path / "strange.terrain"
    strange.write_bytes(b"not a notebook at all, but long enough to be looked at" * 4)
    assert "is no Terrain notebook" in terrain("restore", strange).sentence
    assert "There is no notebook" in terrain("restore", tmp_path / "missing.terrain").sentence
    assert done("show", entry, "--json").json["id"] == entry
    assert [path.name for path in notebook.parent.glob("*.terrain")] == ["shop.terrain", "strange.terrain"]


def test_a_notebook_that_is_gone_is_restored(notebook: Path) -> None:
    entry = done("add", "x").out.strip()
    kept = done("backup").out.strip()
    notebook.unlink()
    done("restore", kept, "--notebook", notebook)
    assert done("show", entry, "--json").json["id"] == entry


def test_a_closed_notebook_is_one_file(notebook: Path) -> None:
    done("add", "x")
    done("search", "x")
    terrain("add", "x", "--scale", "nonsense")
    assert [path.name for path in notebook.parent.iterdir()] == ["shop.terrain"]


def test_a_text_that_is_no_text_any_more_is_named_and_mended(notebook: Path) -> None:
    entry = done("add", "as written").out.strip()
    revision = done("show", entry, "--json").json["revision"]
    notebook.write_bytes(notebook.read_bytes().replace(b"as written", b"as wr\xfftten"))
    ran = terrain("check")
    assert ran.code == 1
    assert f"revision {revision[:12]}" in ran.out
    assert terrain("show", entry).code == 1
    assert done("check", "--repair", "--json").json["ok"] is True
    assert done("show", entry, "--json").json["body"] == "as written"
    assert done("check", "--json").json["problems"] == []
