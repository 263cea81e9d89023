"""Copies of one notebook in which several people do everything that can be done, and which meet in any order: all end
the same, item by item and revision by revision, and nothing that anybody wrote is missing."""

import json
import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory, mkdtemp
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from desktop_app.model.merging import CONFLICTS
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.incoming import Incoming
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook
from desktop_app.text.anchors import version
from tests.notebook.replicas import all_of, merge, part_of, state, topics
from tests.notebook.writing import check
from tests.services.deeds import ALL, Deeds

NAMES = ("Ada", "Ben", "Cy", "Dee", "Eve")
CODING = (
    *("body", "bring_back", "code", "coding", "confirm", "correct", "document", "merge_codes", "move_code", "recode"),
    *("redo", "resize", "restore_document", "restore_entry", "settle", "split_code", "trash_code", "trash_document"),
    *("trash_entry", "uncode", "undo", "weigh", "write"),
)
"""What hangs together most."""

SEED = st.integers(0, 999_999)
WHO = st.integers(0, len(NAMES) - 1)
BEGUN = int(datetime(2026, 3, 1).timestamp() * 1000)


class Team:
    """A few people with a copy each; the last one began a notebook of their own."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self._at = BEGUN
        self._chance = Random(size)
        self.written: dict[str, str] = {}
        paths = _begun()
        self.copies = [self.open(NAMES[at], paths[at == size - 1 and size > 3]) for at in range(size)]
        self._deeds = [Deeds(copy, folder) for copy in self.copies]
        self._kept: list[Incoming] = []

    def open(self, name: str, path: Path) -> Notebook:
        target = self.folder / f"{name.lower()}.terrain"
        shutil.copyfile(path, target)
        notebook = open_notebook(target, identity=Identity(name, name.lower()), now=lambda: datetime(2026, 3, 1, 12))
        # Some clocks go wrong, and some things happen in the same millisecond.
        skew = self._chance.choice((0, 0, 400, -300))
        notebook._file.journal.wall = lambda: self._tick() + skew
        return notebook

    def _tick(self) -> int:
        self._at += self._chance.choice((0, 1, 50))
        return self._at

    def close(self) -> None:
        for copy in self.copies:
            copy.close()

    def file(self, who: int) -> NotebookFile:
        return self.copies[who % len(self.copies)]._file

    # --- what they do -----------------------------------------------------------------------------------------------

    def work(self, who: int, deeds: Sequence[tuple[str, int]]) -> None:
        for name, seed in deeds:
            self._deeds[who % len(self.copies)].do(name, seed)
        self._note(who)

    def _note(self, who: int) -> None:
        """What has been written so far."""
        rows = self.file(who).database.rows("SELECT id, fields FROM revision WHERE device <> ''")
        self.written.update(rows)

    def meet(self, who: int, other: int) -> None:
        into, incoming = self.file(who), all_of(self.file(other))
        merge(into, incoming)
        assert_holds_together(into, whole=False)
        assert merge(into, incoming).standing == {}

    def meet_in_part(self, who: int, other: int, seed: int) -> None:
        incoming, chance = all_of(self.file(other)), Random(seed)
        ids = sorted(one.id for one in incoming.revisions)
        merge(self.file(who), part_of(incoming, chance.sample(ids, chance.randint(0, len(ids)))))

    def keep(self, who: int) -> None:
        self._kept.append(all_of(self.file(who)))

    def meet_late(self, who: int, which: int) -> None:
        if self._kept:
            merge(self.file(who), self._kept[which % len(self._kept)])

    def meet_and_undo(self, who: int, other: int) -> None:
        file = self.file(who)
        before = _all_fields(file)
        plan = merge(file, self.file(other))
        if any(standing.turns for standing in plan.standing.values()):
            file.undo.undo()
            after = _all_fields(file)
            assert {item: after[item] for item in before} == before
            assert all(after[item].get("trashed") for item in after.keys() - before.keys())
            self._note(who)

    def look(self, who: int) -> None:
        assert check(self.file(who)).problems == ()

    # --- how it ends ------------------------------------------------------------------------------------------------

    def end(self) -> None:
        self.any_order([0, 1, len(self.copies) - 1])
        self.everybody_meets()

    def everybody_meets(self) -> None:
        files = [copy._file for copy in self.copies]
        for _ in range(2):
            for into in files:
                for other in files:
                    if other is not into:
                        merge(into, other)
        for other in files[1:]:
            assert_same(files[0], other)
        here = dict(files[0].database.rows("SELECT id, fields FROM revision"))
        assert self.written.items() <= here.items()
        for file in files:
            assert check(file).problems == ()
            assert_holds_together(file, whole=True)

    def any_order(self, three: Sequence[int]) -> None:
        """A ∪ B is B ∪ A, and (A ∪ B) ∪ C is A ∪ (B ∪ C)."""
        a, b, _ = three
        found = [all_of(self.file(who)) for who in three]
        both = self.union("ab", a, found[1])
        other = self.union("ba", b, found[0])
        assert_same(both, other)
        last = self.union("bc", b, found[2])
        merge(both, found[2])
        right = self.union("a-bc", a, all_of(last))
        assert_same(both, right)
        for file in (both, other, last, right):
            file.close()

    def union(self, name: str, who: int, incoming: Incoming) -> NotebookFile:
        path = self.folder / f"{name}.terrain"
        path.unlink(missing_ok=True)
        self.file(who).database.execute("VACUUM INTO ?", (str(path),))
        file = NotebookFile.open(path, author="Nobody", device=name)
        merge(file, incoming)
        return file


@cache
def _begun() -> tuple[Path, Path]:
    """Two notebooks with something in them, made once."""
    folder = Path(mkdtemp())
    paths = []
    ids = patch("desktop_app.model.ids.secrets", SimpleNamespace(token_bytes=Random(1).randbytes))
    for name in ("team", "own"):
        path = folder / f"{name}.terrain"
        with ids, create_notebook(path, identity=Identity("Ada", name), now=lambda: datetime(2026, 2, 1)) as notebook:
            notebook._file.journal.wall = lambda: BEGUN - 1_000_000
            deeds = Deeds(notebook, folder)
            names = "write write person document document code code code coding coding metrics variable memo term"
            for number, deed in enumerate(names.split()):
                deeds.do(deed, number)
            paths.append(notebook.path)
    return paths[0], paths[1]


def assert_same(one: NotebookFile, other: NotebookFile) -> None:
    ours, theirs = {**state(one), **topics(one)}, {**state(other), **topics(other)}
    for table, rows in ours.items():
        if table == "revisions":
            continue
        assert rows == theirs[table], _difference(table, rows, theirs[table], one, other)
    assert ours["revisions"] == theirs["revisions"]


def _difference(table: str, rows: list[Any], others: list[Any], one: NotebookFile, other: NotebookFile) -> str:
    apart = [row for row in rows if row not in others] + [row for row in others if row not in rows]
    lines = [f"{table}: {apart[:4]}"]
    for item in dict.fromkeys(row[0] for row in apart[:2]) if table == "items" else ():
        for file in (one, other):
            lines.append(file.path.name)
            lines += [
                str(row)
                for row in file.database.rows(
                    "SELECT substr(revision.id, 1, 6), parents, device, clock, fields, revision.id = head"
                    " FROM revision JOIN item ON item.id = item WHERE item = ? ORDER BY number",
                    (item,),
                )
            ]
    return "\n".join(lines)


def assert_holds_together(file: NotebookFile, *, whole: bool) -> None:
    """What must be true of several items at once. ``whole``: nothing is missing that others hold."""
    heads = {
        item: (kind, json.loads(text), bool(conflicting))
        for item, kind, text, conflicting in file.database.rows(
            "SELECT item.id, item.kind, fields, conflicting FROM item JOIN revision ON revision.id = item.head"
        )
    }
    standing = {item for item, (_, fields, _) in heads.items() if not fields.get("trashed")}
    for item, (kind, fields, conflicting) in heads.items():
        assert conflicting == (CONFLICTS in fields)
        if item not in standing:
            continue
        assert "trashed_with" not in fields
        if kind == "code":
            passed, at = {item}, fields["parent"]
            while at is not None:
                assert at not in passed, "a circle of codes"
                assert at in standing, "a code under one that is gone"
                passed.add(at)
                at = heads[at][1]["parent"]
        if kind == "coding":
            assert not whole or fields["code"] in standing, "a coding of a code that is gone"
            assert not whole or fields["target"] in standing, "a coding of a text that is gone"
            if fields["target"] in heads and (whole or fields["version"] == _version(file, heads[fields["target"]])):
                _assert_placed(file, fields, heads[fields["target"]])


def _version(file: NotebookFile, target: tuple[str, dict[str, Any], bool]) -> str:
    return str(target[1]["content"]["blob"]) if target[0] == "document" else version(target[1]["body"])


def _assert_placed(file: NotebookFile, coding: dict[str, Any], target: tuple[str, dict[str, Any], bool]) -> None:
    now = _version(file, target)
    text = file.blobs.get(now).decode() if target[0] == "document" else target[1]["body"]
    assert coding["version"] == now == version(text)
    assert text[coding["start"] : coding["end"]] == coding["quote"]
    assert coding["review"] is not None or coding["start"] < coding["end"]


class Begun:
    """A team in a folder of its own, with ids that are drawn alike every time."""

    def __init__(self, size: int, seed: int) -> None:
        _begun()
        self._folder = TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self._ids = patch("desktop_app.model.ids.secrets", SimpleNamespace(token_bytes=Random(-seed - 2).randbytes))
        self._ids.start()
        self.team = Team(Path(self._folder.name), size)

    def close(self) -> None:
        self.team.close()
        self._ids.stop()
        self._folder.cleanup()


class Convergence(RuleBasedStateMachine):
    begun: Begun | None = None

    @initialize(size=st.integers(3, 5))
    def begin(self, size: int) -> None:
        self.begun = Begun(size, 0)

    @property
    def team(self) -> Team:
        assert self.begun is not None
        return self.begun.team

    @rule(who=WHO, deeds=st.lists(st.tuples(st.sampled_from(sorted(ALL)), SEED), min_size=1, max_size=6))
    def work(self, who: int, deeds: list[tuple[str, int]]) -> None:
        self.team.work(who, deeds)

    @rule(who=WHO, other=WHO)
    def meet(self, who: int, other: int) -> None:
        self.team.meet(who, other)

    @rule(who=WHO, other=WHO, seed=SEED)
    def meet_in_part(self, who: int, other: int, seed: int) -> None:
        self.team.meet_in_part(who, other, seed)

    @rule(who=WHO)
    def keep(self, who: int) -> None:
        self.team.keep(who)

    @rule(who=WHO, which=SEED)
    def meet_late(self, who: int, which: int) -> None:
        self.team.meet_late(who, which)

    @rule(who=WHO, other=WHO)
    def meet_and_undo(self, who: int, other: int) -> None:
        self.team.meet_and_undo(who, other)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        self.team.look(who)

    def teardown(self) -> None:
        if self.begun is not None:
            try:
                self.team.end()
            finally:
                self.begun.close()


def _all_fields(file: NotebookFile) -> dict[str, dict[str, Any]]:
    rows = file.database.rows("SELECT item.id, fields FROM item JOIN revision ON revision.id = item.head")
    return {item: json.loads(text) for item, text in rows}


Convergence.TestCase.settings = settings(
    max_examples=int(os.environ.get("CONVERGENCE_EXAMPLES", "20")),
    stateful_step_count=20,
    suppress_health_check=list(HealthCheck),
)
TestConvergence = Convergence.TestCase

STORIES = range(int(os.environ.get("CONVERGENCE_FIRST", "0")), int(os.environ.get("CONVERGENCE_LAST", "40")))


@pytest.mark.parametrize("seed", STORIES)
def test_a_long_story_in_which_a_few_things_are_done_again_and_again(seed: int) -> None:
    chance = Random(seed)
    begun = Begun(chance.randint(3, 5), seed)
    pool = CODING if seed % 2 else tuple(sorted(ALL))
    names = chance.sample(pool, chance.randint(3, len(pool)))
    acts = ["work"] * 60 + ["meet"] * 16 + ["meet_in_part"] * 8 + ["keep"] * 3 + ["meet_late"] * 4
    acts += ["meet_and_undo"] * 6 + ["look"] * 2
    try:
        for _ in range(50):
            who, other, number = chance.randrange(5), chance.randrange(5), chance.randrange(10**6)
            deeds = [(chance.choice(names), chance.randrange(10**6)) for _ in range(chance.randint(1, 6))]
            arguments: dict[str, tuple[Any, ...]] = {
                "work": (who, deeds),
                "meet_in_part": (who, other, number),
                "keep": (who,),
                "meet_late": (who, number),
                "look": (who,),
            }
            act = chance.choice(acts)
            getattr(begun.team, act)(*arguments.get(act, (who, other)))
        begun.team.end()
    finally:
        begun.close()
