"""undo, redo, log: across runs of the program, and in the shapes that others rely on."""

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


def test_undo_and_redo_across_runs() -> None:
    entry = done("add", "first").out.strip()
    done("edit", entry, "second")
    assert done("undo", "--json").json == {"undone": "Edit note", "touched": {"entry": [entry]}}
    assert done("show", entry, "--json").json["body"] == "first"
    assert done("redo", "--json").json == {"redone": "Edit note", "touched": {"entry": [entry]}}
    assert done("show", entry, "--json").json["body"] == "second"
    assert done("undo").out == "Undone: Edit note\n"
    assert done("undo").out == "Undone: Write note\n"
    assert done("show", entry, "--json").json["trashed"] is True


def test_nothing_to_undo_is_a_sentence() -> None:
    assert terrain("undo").sentence == "There is nothing to undo."
    assert "nothing to redo" in terrain("redo").sentence


def test_something_new_forgets_what_was_undone() -> None:
    done("add", "one")
    done("undo")
    done("add", "two")
    assert terrain("redo").code == 1


def test_an_import_is_one_step(export: object) -> None:
    done("metrics", "import", export)
    assert len(done("metrics", "list", "--json").json) == 1
    done("undo")
    assert done("metrics", "list", "--json").json == []
    done("redo")
    assert len(done("metrics", "list", "--json").json) == 1


def test_log_says_who_did_what_and_when() -> None:
    done("add", "one", "--speaker", "Ada")
    done("undo")
    newest, written, made = done("log", "--json").json
    assert {"id", "kind", "label", "at", "author", "device", "items", "undone"} <= set(newest)
    assert (newest["kind"], newest["label"], newest["undone"]) == ("undo", "Write note", False)
    assert (written["kind"], written["items"], written["undone"]) == ("do", 2, True)
    assert made["label"] == "New notebook"
    assert newest["at"].endswith("Z")
    lines = done("log").out.splitlines()
    assert lines[0].split() == ["no.", "when", "who", "items", "what"]
    assert lines[1].endswith("Undo: Write note")
    assert lines[2].endswith("Write note (undone)")


def test_log_in_pages() -> None:
    for number in range(5):
        done("add", str(number))
    everything = done("log", "--json").json
    assert done("log", "--limit", "2", "--json").json == everything[:2]
    assert done("log", "--limit", "2", "--offset", "2", "--json").json == everything[2:4]
    assert terrain("log", "--limit", "0").code == 2
