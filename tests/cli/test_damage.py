"""One flipped bit anywhere in a notebook: every command works or says one sentence, and ``check`` tells of it."""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

SEED = 20261122
FLIPS = 40
ROUNDS = 5


def fill(export: Path, attachment: Path) -> list[str]:
    """A notebook of everything; returns the ids of its entries."""
    done("metrics", "import", export)
    attachment.write_bytes(b"what was kept\n" * 900)
    entries = []
    for number in range(12):
        files = ["--attach", attachment] if number % 5 == 0 else []
        ran = done(
            "add", f"Entry {number} about the harbour", "--speaker", f"Person {number % 3}",
            "--tag", f"t{number % 4}/x", "--scale", "week", "--perspective", "holistic", "--series", "Sessions", *files,
        )  # fmt: skip
        entries.append(ran.out.strip())
    done("edit", entries[3], "changed")
    done("trash", entries[4])
    done("undo")
    return entries


def content(data: bytes, folder: Path) -> list[str]:
    """All that a notebook says, but for the labels of its log, which nothing proves."""
    copy = folder / "content.sqlite"
    copy.write_bytes(data)
    with closing(sqlite3.connect(copy)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        connection.execute("UPDATE change SET label = ''")
        return list(connection.iterdump())


def commands(entries: Sequence[str]) -> list[list[str]]:
    return [
        ["show", entries[0], "--json"],
        ["show", entries[7]],
        ["log"],
        ["tags"],
        ["people", "list"],
        ["people", "show", "Person 1"],
        ["metrics", "list"],
        ["metrics", "show", "Sessions"],
        ["search", "harbour"],
        ["search", "kind:note tag:t1", "--json"],
        ["trash", "--list"],
        ["add", "more"],
        ["edit", entries[5], "other words"],
        ["trash", entries[6]],
        ["undo"],
        ["redo"],
        ["backup"],
        ["check", "--repair"],
    ]


@pytest.mark.parametrize("round_number", range(ROUNDS))
def test_a_flipped_bit_is_a_sentence_or_nothing(
    notebook: Path, export: Path, tmp_path: Path, round_number: int
) -> None:
    entries = fill(export, tmp_path / "kept.txt")
    whole = notebook.read_bytes()
    said = content(whole, tmp_path)
    chance = random.Random(SEED + round_number)
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        damaged = bytearray(whole)
        damaged[place] ^= 1 << bit
        for suffix in ("-wal", "-shm"):
            notebook.with_name(notebook.name + suffix).unlink(missing_ok=True)
        notebook.write_bytes(damaged)
        flip = f"byte {place}, bit {bit}"

        checked = terrain("check")
        assert checked.code in {0, 1}, f"{flip}: {checked.err}"
        if checked.code == 0:
            assert content(bytes(damaged), tmp_path) == said, f"{flip}: check saw nothing"
        for words in chance.sample(commands(entries), 3):
            ran = terrain(*words)
            assert ran.code in {0, 1}, f"{flip}: {words}: {ran.err}"
            if ran.err:
                assert ran.sentence, flip


def test_what_is_broken_beyond_reading_is_made_anew(notebook: Path, export: Path, tmp_path: Path) -> None:
    entries = fill(export, tmp_path / "kept.txt")
    done("backup")
    data = bytearray(notebook.read_bytes())
    # The first page that is full of revisions.
    place = data.find(b"Entry 7 about") // 4096 * 4096
    data[place : place + 64] = bytes(64)
    notebook.write_bytes(data)
    assert terrain("check").code == 1
    assert "terrain check --repair" in terrain("show", entries[7]).err + terrain("check").out + terrain("check").err
    saved = terrain("check", "--repair", "--json")
    assert saved.code == 0, saved.out
    assert '"lost": 0' in saved.out
    assert done("check", "--json").json["problems"] == []
    assert {done("show", entry, "--json").json["id"] for entry in entries} == set(entries)
    assert done("search", "harbour", "--json").json["total"] == 11
