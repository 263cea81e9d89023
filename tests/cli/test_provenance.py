"""Who wrote what, and which file brought it: in words, and in the shapes that others rely on."""

from pathlib import Path

import pytest

from desktop_app.model.entries import EntryFields
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.log import device_item
from tests.cli.terminal import done
from tests.notebook.arriving import Arriving

JUNE = 1_780_315_200_000


@pytest.fixture
def arrived(notebook: Path) -> str:
    """An entry of Ben's that came with Carla's file."""
    file = NotebookFile.open(notebook, author="Ada", device="one")
    merge = Arriving(file, by="Carla")
    entry = merge.item_of(merge.revision(EntryFields(body="Berth 4 is empty").to_json(), "Ben", JUNE))
    laptop = {"device": "ben-device", "name": "Ben’s laptop"}
    merge.revision(laptop, "Ben", JUNE, item=device_item("ben-device"), kind="device")
    merge.arrive()
    file.close()
    return entry


def test_an_entry_says_who_wrote_it_and_which_file_brought_it(arrived: str) -> None:
    shown = done("show", arrived, "--json").json
    told = {name: shown[name] for name in ("author", "device_name", "source", "source_by", "shallow")}
    assert told == {
        "author": "Ben",
        "device_name": "Ben’s laptop",
        "source": "team.terrain",
        "source_by": "Carla",
        "shallow": False,
    }
    line = done("show", arrived).out.splitlines()[-1]
    assert "by Ben on “Ben’s laptop” · came " in line
    assert line.endswith("with “team.terrain” from Carla")


def test_an_entry_written_here_names_no_file(notebook: Path) -> None:
    entry = done("add", "own").out.strip()
    shown = done("show", entry, "--json").json
    assert (shown["source"], shown["source_by"], shown["source_at"]) == (None, None, None)
    assert "came" not in done("show", entry).out


def test_a_coding_says_who_wrote_it_and_which_file_brought_it(arrived: str, notebook: Path) -> None:
    mine = done("codings", "add", arrived, "0", "5", "Berths").out.strip()
    file = NotebookFile.open(notebook, author="Ada", device="one")
    merge = Arriving(file, "codings.terrain")
    fields = {**file.journal.fields(mine), "coder": "B.", "start": 6, "end": 7, "quote": "4"}
    theirs = merge.item_of(merge.revision(fields, "Ben", JUNE, kind="coding"))
    merge.arrive()
    file.close()
    listed = {row["id"]: row for row in done("codings", "list", "--json").json}
    assert (listed[theirs]["coder"], listed[theirs]["author"], listed[theirs]["source"]) == (
        "B.",
        "Ben",
        "codings.terrain",
    )
    assert listed[mine]["source"] is None
    assert listed[mine]["author"] == listed[mine]["coder"]
    quoted = {row["id"]: row["source"] for row in done("quotes", "--json").json}
    assert quoted == {mine: None, theirs: "codings.terrain"}


def test_the_log_of_a_person(arrived: str) -> None:
    done("add", "own")
    assert [change["label"] for change in done("log", "--author", "ben", "--json").json] == ["Merge team.terrain"]
    (merge,) = done("log", "--author", "BEN", "--json").json
    assert (merge["source"], merge["authors"], merge["items"]) == ("team.terrain", {"Ben": 2}, 2)
    assert done("log", "--author", "ben").out.splitlines()[1].endswith("Merge team.terrain · 2 revisions: 2 of Ben")
    assert done("log", "--author", "nobody", "--json").json == []
    newest = done("log", "--limit", "1", "--json").json[0]
    assert (newest["source"], newest["authors"]) == (None, {})
    assert newest["label"] in [change["label"] for change in done("log", "--author", newest["author"], "--json").json]


def test_the_history_of_a_code_names_whoever_is_in_a_merged_version(notebook: Path) -> None:
    code = done("codes", "add", "Berths").out.strip()
    file = NotebookFile.open(notebook, author="Ada", device="one")
    (first,) = file.log.history(code)
    fields = file.journal.fields(code)
    with file.journal.change("Edit code") as recorder:
        recorder.record("code", code, {**fields, "definition": "Where ships lie"})
    ours = file.log.history(code)[0].id
    merge = Arriving(file)
    theirs = merge.revision({**fields, "include": "any"}, "Ben", JUNE, item=code, kind="code", parents=[first.id])
    both = {**fields, "definition": "Where ships lie", "include": "any"}
    merge.revision(both, "", JUNE, item=code, kind="code", parents=[ours, theirs])
    merge.arrive()
    file.close()
    merged = done("codes", "history", code, "--json").json[0]
    assert (merged["author"], merged["authors"], merged["changed"]) == (None, ["Ada", "Ben"], ["definition", "include"])
    assert "Ada, Ben" in done("codes", "history", code).out
    assert "Merged, from “team.terrain”" in done("codes", "history", code).out


def test_a_name_from_elsewhere_does_not_pass_for_a_line(notebook: Path) -> None:
    file = NotebookFile.open(notebook, author="Ada", device="one")
    merge = Arriving(file)
    fields = EntryFields(body="Berth 4 is empty").to_json()
    entry = merge.item_of(merge.revision(fields, "Ben\n99  today  Carla", JUNE))
    merge.arrive()
    file.close()
    assert len(done("log").out.splitlines()) == 3
    assert "by Ben 99 today Carla on" in done("show", entry).out
