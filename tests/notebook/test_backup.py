import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.notebook import backup
from desktop_app.notebook.errors import NotANotebook, NotebookDamaged, NotebookExists
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import check, write

NOW = datetime(2026, 11, 22, 12, 0)


def opened(path: Path) -> NotebookFile:
    return NotebookFile.open(path, author="Ada", device="one")


def test_a_backup_is_one_whole_file(file: NotebookFile, tmp_path: Path) -> None:
    item = write(file, "kept")
    target = backup.write_backup(file.database.connection, tmp_path / "b" / "copy.terrain")
    assert list(target.parent.iterdir()) == [target]
    copy = opened(target)
    assert copy.entries.get(item).fields.body == "kept"
    assert check(copy).ok
    copy.close()


def test_a_backup_never_overwrites(file: NotebookFile, tmp_path: Path) -> None:
    target = tmp_path / "copy.terrain"
    target.write_text("something of mine")
    with pytest.raises(NotebookExists):
        backup.write_backup(file.database.connection, target)
    assert target.read_text() == "something of mine"


def test_a_backup_that_does_not_read_back_is_not_kept(
    file: NotebookFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_revisions", lambda connection: 5 if connection is file.database.connection else 4)
    with pytest.raises(NotebookDamaged, match="fewer revisions"):
        backup.write_backup(file.database.connection, tmp_path / "b" / "copy.terrain")
    assert list((tmp_path / "b").iterdir()) == []


def test_restoring_is_seen_by_a_window_that_has_it_open(path: Path, tmp_path: Path) -> None:
    window = opened(path)
    first = write(window, "first")
    kept = backup.write_backup(window.database.connection, tmp_path / "kept.terrain")
    second = write(window, "second")
    aside = backup.restore(path, kept, NOW)
    assert window.entries.newest(5) == [first]
    write(window, "third")
    assert check(window).ok
    window.close()
    assert aside is not None
    former = opened(aside)
    assert set(former.entries.newest(5)) == {first, second}
    former.close()


def test_restoring_over_a_damaged_notebook_keeps_it_aside(path: Path, tmp_path: Path) -> None:
    file = opened(path)
    item = write(file, "kept")
    kept = backup.write_backup(file.database.connection, tmp_path / "kept.terrain")
    file.close()
    path.write_bytes(path.read_bytes()[:5000])
    aside = backup.restore(path, kept, NOW)
    assert aside is not None
    assert aside.stat().st_size == 5000
    again = opened(path)
    assert again.entries.newest(5) == [item]
    again.close()


def test_a_bad_backup_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    (tmp_path / "bad.terrain").write_bytes(b"not a notebook")
    with pytest.raises(NotANotebook):
        backup.restore(path, tmp_path / "bad.terrain", NOW)
    torn = bytearray(before)
    torn[4096 * 2 : 4096 * 4] = bytes(8192)
    (tmp_path / "torn.terrain").write_bytes(torn)
    with pytest.raises(NotebookDamaged):
        backup.restore(path, tmp_path / "torn.terrain", NOW)
    assert path.read_bytes() == before


def test_a_backup_is_opened_without_being_changed(file: NotebookFile, tmp_path: Path) -> None:
    kept = backup.write_backup(file.database.connection, tmp_path / "kept.terrain")
    before = kept.read_bytes()
    backup.read_only(kept).close()
    assert kept.read_bytes() == before
    with closing(backup.read_only(kept)) as copy, pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy.execute("DELETE FROM entry")


def test_all_of_two_days_then_days_weeks_and_months_are_kept() -> None:
    every_half_hour = [NOW - timedelta(minutes=30 * number) for number in range(48 * 500)]
    keep = set(every_half_hour) - backup.superfluous(every_half_hour, NOW)
    recent = {at for at in keep if NOW - at <= timedelta(days=2)}
    older = sorted(keep - recent, reverse=True)
    assert len(recent) == 97
    assert len(older) == 12 + 10 + 9
    assert len({at.date() for at in older[:12]}) == 12
    assert len({at.strftime("%G-%V") for at in older[12:22]}) == 10
    assert len({at.strftime("%Y-%m") for at in older[22:]}) == 9


def test_few_backups_are_all_kept() -> None:
    assert backup.superfluous([NOW, NOW - timedelta(days=400), NOW - timedelta(days=5)], NOW) == set()


def test_thinning_leaves_other_peoples_files_alone(tmp_path: Path) -> None:
    for hour in range(24):
        backup.stamped(tmp_path, NOW - timedelta(days=5, hours=hour)).write_bytes(b"")
    (tmp_path / "mine.terrain").write_bytes(b"")
    backup.thin(tmp_path, NOW)
    assert (tmp_path / "mine.terrain").exists()
    assert len(backup.kept(tmp_path)) == 2


def test_two_backups_in_one_second_have_two_names(tmp_path: Path) -> None:
    first = backup.stamped(tmp_path, NOW)
    first.write_bytes(b"")
    second = backup.stamped(tmp_path, NOW)
    second.write_bytes(b"")
    assert first != second
    assert [info.at for info in backup.kept(tmp_path)] == [NOW, NOW]


def test_what_another_program_writes_while_restoring_is_kept_aside(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(path)
    write(window, "first")
    kept = backup.write_backup(window.database.connection, tmp_path / "kept.terrain")
    late: list[str] = []

    def copied(source: sqlite3.Connection, target: Path) -> Path:
        made = real(source, target)
        if not late:
            late.append(write(window, "written after the copy was made"))
        return made

    real = backup.write_backup
    monkeypatch.setattr(backup, "write_backup", copied)
    aside = backup.restore(path, kept, NOW)
    window.close()
    assert aside is not None
    former = opened(aside)
    assert late[0] in former.entries.newest(5)
    former.close()


def test_the_log_of_a_notebook_that_is_gone_is_not_played_into_a_restored_one(path: Path, tmp_path: Path) -> None:
    file = opened(path)
    item = write(file, "kept")
    kept = backup.write_backup(file.database.connection, tmp_path / "kept.terrain")
    for number in range(40):
        write(file, f"later {number}")
    log = path.with_name(path.name + "-wal").read_bytes()
    file.close()
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(log)
    assert backup.restore(path, kept, NOW) is None
    again = opened(path)
    assert again.entries.newest(5) == [item]
    assert check(again).ok
    again.close()


def test_a_backup_that_goes_while_the_folder_is_read_is_passed_over(tmp_path: Path) -> None:
    backup.stamped(tmp_path, NOW).symlink_to(tmp_path / "gone")
    assert backup.kept(tmp_path) == []


def test_what_a_killed_program_left_unfinished_goes_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / ".2026-11-22T120000.terrain.7.part-journal", tmp_path / ".2026-11-22T120000.terrain.8.part"
    for path, at in ((old, NOW - timedelta(days=2)), (new, NOW)):
        path.write_bytes(b"half")
        os.utime(path, (at.timestamp(), at.timestamp()))
    assert backup.thin(tmp_path, NOW) == []
    assert list(tmp_path.iterdir()) == [new]
