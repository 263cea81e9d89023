import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.entries import Attachment
from desktop_app.model.errors import KnownError
from desktop_app.notebook.backup import write_backup
from desktop_app.notebook.errors import NotebookBusy, NotebookDamaged
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
from desktop_app.notebook.salvage import salvage
from tests.notebook.writing import check, rewrite, write

NOW = datetime(2026, 11, 22, 12, 0)


def opened(path: Path) -> NotebookFile:
    return NotebookFile.open(path, author="Ada", device="one")


@pytest.fixture
def full(path: Path) -> Path:
    """A notebook with a bit of everything, closed."""
    file = opened(path)
    for number in range(30):
        item = write(
            file, f"Note {number}. " + "The harbour was closed again. " * 5, tags=("supply/port",), scales=("week",)
        )
        if number % 3 == 0:
            rewrite(file, item, title=f"Title {number}")
    with file.journal.change("Attach") as recorder:
        blob = file.blobs.put(b"bytes of a picture" * 50)
        person = {"name": "Ines", "org": None, "consent": "", "pseudonym": "", "note": "", "stages": []}
        recorder.record("person", "p" * 26, person, new=True)
    item = write(file, "With a file", attachments=(Attachment("a.png", blob, "image/png", 900),))
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "entry", file.entries.newest(5)[3])
    file.undo.undo()
    file.close()
    return path


def bodies(file: NotebookFile) -> set[str]:
    return {entry.fields.body for entry in file.entries.many(file.entries.newest(1000))}


def test_a_whole_notebook_has_no_problems(full: Path) -> None:
    file = opened(full)
    report = check(file)
    assert report.ok
    assert report.problems == ()
    assert (report.items, report.blobs) == (33, 1)
    file.close()


DAMAGE: dict[str, tuple[str, str]] = {
    "a body was changed behind the journal": (
        "UPDATE entry SET body = 'forged' WHERE id = (SELECT id FROM entry LIMIT 1)",
        "not what its revisions give",
    ),
    "a tag went missing": (
        "DELETE FROM entry_label WHERE entry = (SELECT entry FROM entry_label LIMIT 1)",
        "not what its revisions give",
    ),
    "a row belongs to nothing": (
        "INSERT INTO entry_label VALUES ('nobody', 'tag', 'x')",
        "holds something no revision gives",
    ),
    "the wrong revision is current": (
        (
            "UPDATE item SET head = (SELECT id FROM revision WHERE revision.item = item.id ORDER BY number LIMIT 1)"
            " WHERE revisions > 1"
        ),
        "its current revision is not its last one",
    ),
    "a bit of a revision has flipped": (
        "UPDATE revision SET fields = replace(fields, 'Note ', 'Nota ') WHERE number = 9",
        "its content does not give its id",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_told_and_mended(full: Path, name: str) -> None:
    sql, told = DAMAGE[name]
    before = opened(full)
    words = bodies(before)
    before.database.execute(sql)
    report = check(before)
    assert not report.ok
    assert any(told in problem.what for problem in report.problems)
    assert check(before, repair=True).ok
    assert check(before).problems == ()
    assert bodies(before) == words
    before.close()


def test_a_forged_revision_is_told_and_taken_from_a_backup(full: Path, tmp_path: Path) -> None:
    file = opened(full)
    backup = write_backup(file.database.connection, tmp_path / "kept.terrain")
    words = bodies(file)
    file.database.execute("UPDATE revision SET fields = replace(fields, 'harbour', 'river') WHERE number = 5")
    assert [problem.repaired for problem in check(file, repair=True).problems if "give its id" in problem.what] == [
        False
    ]
    assert check(file, repair=True, backups=(tmp_path / "missing.terrain", backup)).ok
    assert bodies(file) == words
    file.close()


def test_a_parent_that_is_not_here_is_told(full: Path) -> None:
    file = opened(full)
    file.database.execute(
        "DELETE FROM revision WHERE number = (SELECT max(number) - 1 FROM revision WHERE item IN"
        " (SELECT id FROM item WHERE revisions > 1 AND kind = 'entry') AND parents = '[]')"
    )
    assert any("is not here" in problem.what or "not its last" in problem.what for problem in check(file).problems)
    file.close()


def test_a_file_whose_bytes_have_changed_comes_from_a_backup(full: Path, tmp_path: Path) -> None:
    file = opened(full)
    backup = write_backup(file.database.connection, tmp_path / "kept.terrain")
    file.database.execute("UPDATE blob SET data = CAST('wrong' AS BLOB)")
    with pytest.raises(NotebookDamaged):
        file.blobs.get(file.database.one("SELECT sha256 FROM blob")[0])
    assert [problem.what for problem in check(file).problems] == ["its bytes are not what they were"]
    assert check(file, repair=True, backups=(backup,)).ok
    file.database.execute("DELETE FROM blob")
    assert [problem.what for problem in check(file).problems] == ["its bytes are missing"]
    assert check(file, repair=True, backups=(backup,)).ok
    file.close()


def damaged(full: Path, change: Callable[[bytearray], None]) -> Path:
    data = bytearray(full.read_bytes())
    change(data)
    full.write_bytes(data)
    return full


def test_any_flipped_byte_gives_a_sentence_or_a_report(full: Path) -> None:
    """Never a traceback; and what check calls whole has all its words."""
    whole = full.read_bytes()
    file = opened(full)
    words = bodies(file)
    file.close()
    random.seed(7)
    told = 0
    for _ in range(120):
        data = bytearray(whole)
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        full.write_bytes(data)
        try:
            file = opened(full)
        except KnownError:
            told += 1
            continue
        try:
            report = check(file)
            told += not report.ok
            if report.ok:
                assert bodies(file) == words
        finally:
            file.close()
    assert told > 20


def test_a_page_of_noise_costs_no_more_than_what_stood_on_it(full: Path) -> None:
    file = opened(full)
    words = bodies(file)
    file.close()
    page = 4096

    def noise(data: bytearray) -> None:
        place = len(data) // page // 2 * page
        data[place : place + page] = os.urandom(page)

    damaged(full, noise)
    saved = salvage(full, (), ALL_PROJECTIONS, NOW)
    assert saved.aside.exists()
    file = opened(full)
    assert check(file).sound
    assert len(bodies(file) & words) >= 25
    write(file, "and it goes on")
    assert file.undo.undo() is not None
    file.close()


def test_what_one_notebook_lost_its_backup_gives_back(full: Path, tmp_path: Path) -> None:
    file = opened(full)
    words = bodies(file)
    backup = write_backup(file.database.connection, tmp_path / "kept.terrain")
    file.close()
    damaged(full, lambda data: data.__delitem__(slice(len(data) // 3, None)))
    assert salvage(full, (backup,), ALL_PROJECTIONS, NOW).lost == 0
    file = opened(full)
    assert check(file).problems == ()
    assert bodies(file) == words
    file.close()


def test_what_cannot_be_read_at_all_is_left_where_it_is(full: Path) -> None:
    damaged(full, lambda data: data.__setitem__(slice(100, None), os.urandom(len(data) - 100)))
    before = full.read_bytes()
    with pytest.raises(NotebookDamaged, match="nothing in it can be read"):
        salvage(full, (), ALL_PROJECTIONS, NOW)
    assert full.read_bytes() == before
    assert list(full.parent.iterdir()) == [full]


def test_no_revision_is_taken_twice_or_invented(full: Path, tmp_path: Path) -> None:
    shutil.copyfile(full, tmp_path / "copy.terrain")
    with closing(sqlite3.connect(full)) as connection:
        ids = {row[0] for row in connection.execute("SELECT id FROM revision")}
    salvage(full, (tmp_path / "copy.terrain",), ALL_PROJECTIONS, NOW)
    file = opened(full)
    assert [row[0] for row in file.database.rows("SELECT count(*) FROM revision")] == [len(ids)]
    assert {row[0] for row in file.database.rows("SELECT id FROM revision")} == ids
    file.close()


def test_what_another_program_writes_meanwhile_is_neither_told_nor_taken_back(full: Path) -> None:
    file, other = opened(full), opened(full)
    other.database.execute("PRAGMA busy_timeout = 0")
    item = file.entries.newest(1)[0]
    number = 0

    def edit(sql: str) -> None:
        nonlocal number
        if "FROM entry_label WHERE" in sql:
            number += 1
            with suppress(NotebookBusy):
                rewrite(other, item, title=f"Edited {number}")

    file.database.execute("UPDATE entry SET body = 'forged' WHERE id <> ?", (item,))
    file.database.connection.set_trace_callback(edit)
    told = check(file, repair=True)
    file.database.connection.set_trace_callback(None)
    assert number > 0
    assert item not in " ".join(problem.where for problem in told.problems)
    assert check(file).problems == ()
    shown = file.database.one("SELECT title FROM entry WHERE id = ?", (item,))[0]
    assert shown == file.journal.fields(item)["title"] == other.entries.get(item).fields.title
    other.close()
    file.close()


def test_a_trigger_or_a_view_is_told_and_dropped(full: Path) -> None:
    file = opened(full)
    file.database.execute("CREATE TRIGGER t AFTER INSERT ON revision BEGIN UPDATE entry SET body = 'forged'; END")
    file.database.execute('CREATE VIEW "a ""b" AS SELECT * FROM entry')
    assert {problem.where for problem in check(file).problems} == {"trigger t", 'view a "b'}
    assert check(file, repair=True).ok
    words = bodies(file)
    write(file, "one more")
    assert bodies(file) == words | {"one more"}
    assert check(file).problems == ()
    file.close()


LOOSE: dict[str, str] = {
    "an item's row": "DELETE FROM item WHERE id = (SELECT id FROM item WHERE kind = 'entry' LIMIT 1)",
    "a row of the log": "DELETE FROM change WHERE id = 4",
    "the range of a change": "UPDATE change SET first = first - 1 WHERE id = 4",
    "all of the log": "DELETE FROM change",
    "a waiting item of another kind": "UPDATE outbox SET kind = 'person' WHERE change = 4",
}


@pytest.mark.parametrize("name", LOOSE)
def test_what_hangs_on_a_missing_row_is_mended(full: Path, name: str) -> None:
    file = opened(full)
    words = bodies(file)
    file.database.execute("PRAGMA foreign_keys = OFF")
    file.database.execute(LOOSE[name])
    file.database.execute("PRAGMA foreign_keys = ON")
    assert not check(file).ok
    check(file, repair=True)
    assert check(file).problems == ()
    assert bodies(file) == words
    file.close()


def test_bytes_that_only_an_earlier_state_names_are_missed_too(full: Path, tmp_path: Path) -> None:
    file = opened(full)
    backup = write_backup(file.database.connection, tmp_path / "kept.terrain")
    (item,) = file.database.one("SELECT entry FROM entry_attachment")
    rewrite(file, item, attachments=[])
    file.database.execute("DELETE FROM blob")
    assert [problem.what for problem in check(file).problems] == ["its bytes are missing"]
    assert check(file, repair=True, backups=(backup,)).ok
    file.close()


def test_a_key_that_is_no_text_any_more_is_a_matter_for_salvage(full: Path) -> None:
    file = opened(full)
    file.database.execute("INSERT INTO entry_label VALUES (CAST(x'ff41' AS TEXT), 'tag', 'x')")
    assert not check(file).ok
    assert not check(file, repair=True).sound
    file.close()


def test_words_whose_revision_is_lost_are_told_and_never_thrown_away(full: Path) -> None:
    file = opened(full)
    item = write(file, "the last copy")
    file.database.execute("DELETE FROM revision WHERE item = ?", (item,))
    report = check(file, repair=True)
    assert not report.ok
    assert any("still shows it" in problem.what for problem in report.problems)
    assert file.database.rows("SELECT body FROM entry WHERE id = ?", (item,)) == [("the last copy",)]
    file.close()
