"""Processes that are killed, that write at once, and disks that refuse: what was printed is there and is found."""

import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from desktop_app.config.paths import cache_dir
from tests.cli.terminal import ROOT, done, process, terrain

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits are a Unix matter")

NOBODY = 65_534

WRITER = """
import sys
from desktop_app.__main__ import main
for number in range(int(sys.argv[2])):
    assert main(["add", f"{sys.argv[1]} number {number}", "--speaker", "Ada", "--tag", "kept"]) == 0
"""


def python(code: str, *words: object) -> "Popen[bytes]":
    """A process that runs ``code`` with ``words``; many command lines in one process start faster than many."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, words)]
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment)


def kill_when(running: "Popen[bytes]", moment: Callable[[], bool]) -> bytes:
    """Kill -9 as soon as ``moment`` has come, or the process has ended; returns what it printed."""
    with running:
        while running.poll() is None and not moment():
            os.sched_yield()
        running.kill()
        assert running.stdout is not None
        return running.stdout.read()


def size_of(path: Path) -> int:
    """Bytes of a file that may come and go."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def whole_lines(out: bytes) -> list[str]:
    """What was printed to the end of its line: only that was promised."""
    return out.decode()[: out.decode().rfind("\n") + 1].split()


def is_well() -> None:
    report = done("check", "--json").json
    assert report["problems"] == []


def test_what_was_printed_is_kept_and_found_after_kill_9(notebook: Path) -> None:
    chance = random.Random(20261122)
    printed: list[str] = []
    for round_number in range(8):
        wanted = chance.randrange(1, 9)
        spins = chance.randrange(0, 4000)
        running = python(WRITER, f"round{round_number}", 500)
        assert running.stdout is not None
        lines = [running.stdout.readline().decode().strip() for _ in range(wanted)]
        for _ in range(spins):
            os.sched_yield()
        lines += whole_lines(kill_when(running, lambda: True))
        printed += lines
        if round_number % 3 == 0:
            # The index is brought up to date between some of the crashes and not between others.
            done("search", "number")
    assert len(printed) >= 8
    is_well()
    assert {done("show", entry, "--json").json["id"] for entry in printed} == set(printed)
    found = done("search", "number", "--limit", "10000", "--json").json
    assert set(printed) <= {hit["id"] for hit in found["hits"]}


def test_an_import_that_is_killed_is_there_whole_or_not_at_all(notebook: Path, tmp_path: Path) -> None:
    log = notebook.with_name(notebook.name + "-wal")
    header = "Date," + ",".join(f"Metric {number}" for number in range(20))
    for round_number, threshold in enumerate((0, 30_000, 200_000, 600_000, 1_000_000)):
        export = tmp_path / f"export{round_number}.csv"
        days = [f"20{round_number + 10}-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
        rows = [f"{date}," + ",".join(str(place * number) for number in range(20)) for place, date in enumerate(days)]
        export.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        before = done("log", "--limit", "1", "--json").json[0]["id"]
        running = process("metrics", "import", export)
        kill_when(running, lambda at=threshold: size_of(log) > at)  # type: ignore[misc]
        is_well()
        after = done("log", "--limit", "1", "--json").json[0]["id"]
        points = sum(series["points"] for series in done("metrics", "list", "--json").json)
        assert after - before in {0, 1}
        assert points % (20 * 336) == 0
        again = done("metrics", "import", export, "--json").json["files"][0]
        assert again["added"] + again["unchanged"] == 20 * 336
        assert (again["unchanged"] > 0) == (after > before)


def test_an_index_build_that_is_killed_is_begun_again(notebook: Path) -> None:
    for number in range(60):
        done("add", f"{'lantern ' * 40}{number}")
    for threshold in (0, 1, 2, 4, 6):
        running = process("index", "rebuild")
        kill_when(running, lambda at=threshold: sum(1 for _ in cache_dir().rglob("*")) > at)  # type: ignore[misc]
        assert done("search", "lantern", "--json").json["total"] == 60


def test_two_processes_write_at_once(notebook: Path) -> None:
    writers = [python(WRITER, name, 15) for name in ("left", "right")]
    printed = []
    for writer in writers:
        with writer:
            out, err = writer.communicate(timeout=120)
        assert (writer.returncode, err) == (0, b"")
        printed += out.decode().split()
    assert len(set(printed)) == 30
    is_well()
    assert len(done("people", "list", "--json").json) == 1
    assert done("search", "left OR right", "--json").json["total"] == 30
    assert len(done("log", "--limit", "100", "--json").json) == 31


def test_while_one_searches_another_writes(notebook: Path) -> None:
    running = python(WRITER, "tide", 25)
    seen = 0
    while running.poll() is None:
        total = done("search", "tide", "--json").json["total"]
        assert total >= seen
        seen = total
    with running:
        assert running.communicate()[1] == b""
    assert done("search", "tide", "--json").json["total"] == 25


def test_a_notebook_that_is_held_is_waited_for(notebook: Path) -> None:
    import sqlite3

    with sqlite3.connect(notebook, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        running = process("add", "patience")
        while running.poll() is None and not notebook.with_name(notebook.name + "-shm").exists():
            os.sched_yield()
        other.execute("COMMIT")
    other.close()
    with running:
        out, err = running.communicate(timeout=120)
    assert (running.returncode, err) == (0, b"")
    assert done("show", out.decode().strip(), "--json").json["body"] == "patience"


def test_a_disk_that_takes_no_more_is_one_sentence_and_nothing_is_lost(notebook: Path) -> None:
    entry = done("add", "before").out.strip()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2);"
        "from desktop_app.__main__ import main; sys.exit(main(sys.argv[2:]))"
    )
    size = notebook.stat().st_size
    text = "many words " * 40_000
    for limit in (1000, size // 2, size + 4096):
        with python(code, limit, "add", "-") as running:
            out, err = running.communicate(text.encode(), timeout=120)
        assert running.returncode == 1, err.decode()
        assert out == b""
        assert err.decode().count("\n") == 1
        assert err.startswith(b"terrain: ")
        assert str(notebook) in err.decode() or "cannot be used" in err.decode()
    is_well()
    assert done("show", entry, "--json").json["body"] == "before"
    assert len(done("log", "--json").json) == 2
    done("add", "after")


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of somebody without rights, acted in as that person where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, notebook: Path) -> None:
    # Everything is loaded by now: somebody without rights may not be able to read this Python.
    for words in (["search", "x"], ["log"], ["check"], ["tags"]):
        done(*words)
    with nobody() as folder:
        monkeypatch.setenv("TERRAIN_HOME", str(folder / "home"))
        kept = folder / "kept"
        done("new", kept / "shop.terrain")
        entry = done("add", "x").out.strip()
        kept.chmod(0o500)
        try:
            ran = terrain("new", kept / "other.terrain")
            assert ran.code == 1
            assert "read-only" in ran.sentence
            for words in (["add", "y"], ["show", entry], ["undo"], ["search", "x"]):
                ran = terrain(*words)
                assert ran.code == 1
                assert "read-only" in ran.sentence
            assert [path.name for path in kept.iterdir()] == ["shop.terrain"]
        finally:
            kept.chmod(0o700)
        assert done("show", entry, "--json").json["body"] == "x"
        (folder / "home").chmod(0o500)
        try:
            ran = terrain("search", "x")
            assert ran.code in {0, 1}
            assert ran.code == 0 or ran.sentence
        finally:
            (folder / "home").chmod(0o700)


def test_a_file_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, notebook: Path) -> None:
    with nobody() as folder:
        monkeypatch.setenv("TERRAIN_HOME", str(folder / "home"))
        path = folder / "shop.terrain"
        done("new", path)
        path.chmod(0o400)
        ran = terrain("add", "y")
        assert ran.code == 1
        assert "read-only" in ran.sentence


def test_ctrl_c_during_an_import_keeps_nothing(notebook: Path, tmp_path: Path) -> None:
    import signal

    export = tmp_path / "export.csv"
    rows = [
        f"20{year}-{month:02}-{day:02},{year * day}"
        for year in range(10, 40)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    export.write_text("\n".join(["Date,Sessions", *rows]) + "\n", encoding="utf-8")
    log = notebook.with_name(notebook.name + "-wal")
    running = process("metrics", "import", export)
    while running.poll() is None and not log.exists():
        os.sched_yield()
    running.send_signal(signal.SIGINT)
    with running:
        out, err = running.communicate(timeout=120)
    assert running.returncode == 130, err.decode()
    assert out == b""
    assert err.decode().count("\n") == 1
    is_well()
    assert done("metrics", "list", "--json").json == []
