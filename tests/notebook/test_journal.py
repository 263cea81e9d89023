import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.changes import Clock, canonical_json, revision_id
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import rewrite, write


def test_a_revision_id_is_the_hash_of_its_canonical_json(file: NotebookFile) -> None:
    item = write(file, "Harbour closed", tags=("supply/port",))
    rewrite(file, item, title="Strike")
    for info in file.log.history(item):
        row = file.database.one(
            "SELECT item, kind, parents, author, device, clock, fields FROM revision WHERE id = ?", (info.id,)
        )
        whole = {
            "item": row[0],
            "kind": row[1],
            "parents": json.loads(row[2]),
            "author": row[3],
            "device": row[4],
            "clock": row[5],
            "fields": json.loads(row[6]),
        }
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == info.id


@given(st.text(), st.text(), st.text(), st.dictionaries(st.text(), st.text() | st.booleans() | st.none()))
def test_no_text_can_pose_as_another_part_of_a_revision(
    item: str, author: str, device: str, fields: dict[str, object]
) -> None:
    whole = {
        "item": item,
        "kind": "entry",
        "parents": [],
        "author": author,
        "device": device,
        "clock": "0" * 16,
        "fields": fields,
    }
    expected = hashlib.sha256(canonical_json(whole).encode("utf-8", "surrogatepass")).hexdigest()
    assert revision_id(item, "entry", (), author, device, "0" * 16, canonical_json(fields)) == expected


def test_each_revision_names_the_one_before_as_its_parent(file: NotebookFile) -> None:
    item = write(file, "one")
    rewrite(file, item, body="two")
    rewrite(file, item, body="three")
    newest, middle, oldest = file.log.history(item)
    parents = dict(file.database.rows("SELECT id, parents FROM revision WHERE item = ?", (item,)))
    assert [json.loads(parents[info.id]) for info in (newest, middle, oldest)] == [[middle.id], [oldest.id], []]
    assert newest.changed == ("body",)


def test_the_same_fields_again_leave_no_trace(file: NotebookFile) -> None:
    item = write(file, "one")
    before = len(file.log.changes(100))
    rewrite(file, item, body="one")
    assert len(file.log.changes(100)) == before


def test_an_error_inside_a_change_keeps_nothing_of_it(file: NotebookFile) -> None:
    def fail() -> None:
        with file.journal.change("Write two"):
            write(file, "lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file.entries.newest(5) == []
    assert [change.label for change in file.log.changes(5)] == ["New notebook"]
    write(file, "still works")


def test_nested_changes_are_one_step(file: NotebookFile) -> None:
    with file.journal.change("Outer"):
        write(file, "one")
        write(file, "two")
    assert [(change.label, change.items) for change in file.log.changes(1)] == [("Outer", 2)]


def test_clocks_never_go_back_with_the_wall_clock(file: NotebookFile) -> None:
    now = [2_000_000_000_000]
    file.journal.wall = lambda: now[0]
    first = write(file, "one")
    now[0] -= 3_600_000
    second = write(file, "two")
    clocks = [file.log.history(item)[0].clock for item in (first, second)]
    assert clocks == sorted(clocks)
    assert clocks[0] < clocks[1]


@given(st.lists(st.integers(min_value=0, max_value=1 << 40), min_size=2))
def test_every_tick_is_later_as_text_too(walls: list[int]) -> None:
    clock, texts = Clock(0, 0), []
    for wall in walls:
        clock = clock.tick(wall)
        texts.append(str(clock))
        assert Clock.parse(str(clock)) == clock
    assert texts == sorted(set(texts))


def test_a_full_counter_moves_on_to_the_next_millisecond() -> None:
    assert Clock(5, 0xFFFF).tick(5) == Clock(6, 0)


def test_the_clock_goes_on_after_reopening(path: Path) -> None:
    first = NotebookFile.open(path, author="Ada", device="one")
    first.journal.wall = lambda: 3_000_000_000_000
    one = write(first, "from the future")
    clock = first.log.history(one)[0].clock
    first.close()
    again = NotebookFile.open(path, author="Ada", device="one")
    two = write(again, "from now")
    assert again.log.history(two)[0].clock > clock
    again.close()


def test_items_are_found_by_the_beginning_of_their_id(file: NotebookFile) -> None:
    item = write(file, "one")
    assert file.journal.resolve("entry", item[:8].upper()) == item
    with pytest.raises(NotFound, match="no entry “zzzz”"):
        file.journal.resolve("entry", "zzzz")
    with pytest.raises(NotFound):
        file.journal.resolve("entry", "")


def test_a_beginning_that_several_share_is_told(file: NotebookFile) -> None:
    for name in ("aa" + "0" * 24, "aa" + "1" * 24):
        with file.journal.change("x") as recorder:
            recorder.record(
                "person", name, {"name": name, "stages": [], "org": None, "consent": "", "pseudonym": "", "note": ""}
            )
    with pytest.raises(Ambiguous, match="give more of it"):
        file.journal.resolve("person", "aa")


def test_half_a_character_is_refused_in_a_sentence(file: NotebookFile) -> None:
    with pytest.raises(Invalid, match="half a character"):
        write(file, "broken \ud800 text")
    assert file.entries.newest(5) == []


def test_the_file_is_a_durable_wal_database_with_foreign_keys(file: NotebookFile) -> None:
    pragmas = {
        name: file.database.one(f"PRAGMA {name}")[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "trusted_schema")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": 0x54657272,
        "trusted_schema": 0,
    }


def test_a_closed_notebook_is_one_file(path: Path) -> None:
    opened = NotebookFile.open(path, author="Ada", device="one")
    write(opened, "one")
    assert len(list(path.parent.iterdir())) > 1
    opened.close()
    assert list(path.parent.iterdir()) == [path]


def test_two_connections_write_in_turns(path: Path) -> None:
    one = NotebookFile.open(path, author="Ada", device="one")
    two = NotebookFile.open(path, author="Ben", device="two")
    version = one.database.data_version()
    for number in range(5):
        write(one, f"a{number}")
        write(two, f"b{number}")
    assert one.database.data_version() != version
    assert len(one.entries.newest(20)) == 10
    clocks = [change.id for change in one.log.changes(20)]
    assert clocks == sorted(clocks, reverse=True)
    one.close()
    two.close()


def test_an_own_mistake_in_sql_stays_a_bug(file: NotebookFile) -> None:
    with pytest.raises(sqlite3.OperationalError):
        file.database.execute("SELECT nonsense FROM nowhere")
