import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.notebook.database import _raise_known
from desktop_app.notebook.errors import (
    DiskFull,
    NewerNotebook,
    NotANotebook,
    NotebookDamaged,
    NotebookExists,
    NotebookMissing,
    NotebookMoved,
    NotebookReadOnly,
)
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.schema import VERSION
from tests.notebook.writing import check, write


def opened(path: Path) -> NotebookFile:
    return NotebookFile.open(path, author="Ada", device="one")


def test_what_is_no_notebook_is_refused_and_left_alone(tmp_path: Path) -> None:
    cases = {
        "empty": b"",
        "text": b"Dear diary",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    }
    for name, data in cases.items():
        path = tmp_path / f"{name}.terrain"
        path.write_bytes(data)
        with pytest.raises(NotANotebook, match="is no Terrain notebook"):
            opened(path)
        assert path.read_bytes() == data
        assert sorted(tmp_path.iterdir()) == [path]
        path.unlink()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.terrain"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entry (id)")
    connection.close()
    with pytest.raises(NotANotebook, match="another program’s database"):
        opened(path)


def test_a_folder_and_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(NotANotebook, match="it is a folder"):
        opened(tmp_path)
    with pytest.raises(NotebookMissing, match="terrain new"):
        opened(tmp_path / "nowhere.terrain")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_schema_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerNotebook, match="written by a newer Terrain"):
        opened(path)
    assert path.read_bytes() == before


def test_making_one_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(NotebookExists):
        NotebookFile.create(path, title="", language="en", author="Ada", device="one")
    assert path.read_bytes() == before


def test_a_header_gone_bad_is_called_damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[3] ^= 0x40
    path.write_bytes(data)
    with pytest.raises(NotebookDamaged, match="check --repair"):
        opened(path)


def test_a_notebook_that_lost_its_id_is_called_damaged(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM meta")
    connection.close()
    with pytest.raises(NotebookDamaged, match="its own id"):
        opened(path)


def test_an_older_format_is_backed_up_and_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.notebook import schema

    make = schema._migrations

    def with_another() -> object:
        migrations = make()

        @migrations(name="one more for this test")
        def another(db: object) -> None:
            db.conn.execute("CREATE TABLE later (id)")  # type: ignore[attr-defined]
            db.conn.execute(f"PRAGMA user_version = {VERSION + 1}")  # type: ignore[attr-defined]

        return migrations

    monkeypatch.setattr(schema, "_migrations", with_another)
    monkeypatch.setattr(schema, "VERSION", VERSION + 1)
    seen: list[Path] = []
    file = NotebookFile.open(path, author="Ada", device="one", before_migration=seen.append)
    assert seen == [path]
    assert schema.version_of(file.database) == VERSION + 1
    write(file, "goes on")
    file.close()
    again = NotebookFile.open(path, author="Ada", device="one", before_migration=seen.append)
    again.close()
    assert len(seen) == 1


def test_a_migration_that_fails_leaves_the_notebook_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.notebook import schema

    make = schema._migrations

    def with_broken() -> object:
        migrations = make()

        @migrations(name="one more, broken")
        def another(db: object) -> None:
            db.conn.execute("CREATE TABLE later (id)")  # type: ignore[attr-defined]
            raise ZeroDivisionError

        return migrations

    monkeypatch.setattr(schema, "_migrations", with_broken)
    monkeypatch.setattr(schema, "VERSION", VERSION + 1)
    with pytest.raises(ZeroDivisionError):
        opened(path)
    monkeypatch.undo()
    file = opened(path)
    assert schema.version_of(file.database) == VERSION
    assert file.database.rows("SELECT name FROM sqlite_master WHERE name = 'later'") == []
    file.close()


def test_a_full_disk_is_one_sentence_and_loses_nothing(file: NotebookFile) -> None:
    kept = write(file, "before")
    (pages,) = file.database.one("PRAGMA page_count")
    file.database.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFull, match="no room left"):
        write(file, "x" * 200_000)
    file.database.execute("PRAGMA max_page_count = 1000000")
    assert file.entries.newest(5) == [kept]
    write(file, "after")


@pytest.mark.skipif(os.name != "posix", reason="permissions of a POSIX file system")
def test_a_read_only_folder_is_one_sentence(path: Path, tmp_path: Path) -> None:
    """In a process of its own, which gives up root where it has it."""
    folder = tmp_path / "locked"
    folder.mkdir()
    shutil.copyfile(path, folder / "n.terrain")
    (folder / "n.terrain").chmod(0o444)
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(0o755)
        if parent == tmp_path.parent.parent.parent:
            break
    folder.chmod(0o555)
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from desktop_app.notebook.file import NotebookFile\n"
        "from desktop_app.notebook.errors import NotebookReadOnly\n"
        "from tests.notebook.writing import write\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try:\n"
        "    write(NotebookFile.open(Path(sys.argv[1]), author='A', device='d'), 'x')\n"
        "except NotebookReadOnly as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder / "n.terrain")], capture_output=True, text=True, check=False
    )
    folder.chmod(0o755)
    assert "cannot be written" in done.stdout, done.stderr
    assert NotebookReadOnly.__name__ not in done.stderr


def test_the_log_of_a_notebook_that_is_gone_is_not_played_into_a_new_one(path: Path, tmp_path: Path) -> None:
    file = opened(path)
    for number in range(40):
        write(file, f"Old words {number}")
    log = path.with_name(path.name + "-wal").read_bytes()
    file.close()
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(log)
    made = NotebookFile.create(path, title="New", language="en", author="Ada", device="one")
    item = write(made, "new words")
    assert made.entries.newest(5) == [item]
    assert check(made).ok
    made.close()
    (kept,) = tmp_path.glob("*left-over*")
    assert kept.read_bytes() == log


def test_a_notebook_without_a_table_is_called_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE meta")
    with pytest.raises(NotebookDamaged, match="no such table"):
        opened(path)


def test_a_disk_without_room_for_opening_is_called_full(path: Path) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(DiskFull):
        _raise_known(error, path)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file in use cannot be moved")
def test_a_notebook_moved_away_while_open_takes_no_writing(path: Path, tmp_path: Path) -> None:
    """Else the window would say "Saved" of words that lie in a file nobody looks at."""
    file = opened(path)
    kept = write(file, "kept")
    aside = tmp_path / "elsewhere.terrain"
    path.rename(aside)
    with pytest.raises(NotebookMoved, match="put it back"):
        write(file, "lost")
    shutil.copyfile(aside, path)
    with pytest.raises(NotebookMoved):
        write(file, "lost in another file of that name")
    aside.replace(path)
    write(file, "goes on")
    assert file.entries.newest(5)[-1] == kept
    assert len(file.entries.newest(5)) == 2
    file.close()
