"""merge, import, conflicts."""

import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain


@pytest.fixture
def copy(notebook: Path, tmp_path: Path) -> Path:
    """The same notebook with one entry, as a colleague got it."""
    done("add", "Prices were discussed", "--title", "Old", "--tag", "pricing")
    return Path(shutil.copy(notebook, tmp_path / "team.terrain"))


def _id(notebook: Path) -> str:
    found = done("search", "prices", "--json", "--notebook", notebook).json["hits"]
    return str(found[0]["id"])


def test_what_was_written_elsewhere_comes_in_once(notebook: Path, copy: Path) -> None:
    done("add", "From the train", "--speaker", "Ines Vidal", "--notebook", copy)
    seen = done("merge", copy, "--dry-run", "--json", "--notebook", notebook).json
    assert done("search", "train", "--json", "--notebook", notebook).json["total"] == 0
    merged = done("merge", copy, "--json", "--notebook", notebook).json
    assert merged == seen
    counts = [merged[name] for name in ("new", "identical", "fast_forward", "merged", "conflicting", "rejected")]
    assert counts == [2, 1, 0, 0, 0, 0]
    assert done("search", "train", "--json", "--notebook", notebook).json["total"] == 1
    assert done("import", copy, "--json", "--notebook", notebook).json["new"] == 0
    done("undo", "--notebook", notebook)
    assert done("search", "train", "--json", "--notebook", notebook).json["total"] == 0
    assert "All is well" in done("check", "--notebook", notebook).out


def test_conflicts_are_listed_and_settled(notebook: Path, copy: Path) -> None:
    item = _id(notebook)
    done("edit", item, "--title", "Ours", "--notebook", notebook)
    done("edit", item, "--title", "Theirs", "--tag", "fair", "--notebook", copy)
    assert done("merge", copy, "--json", "--notebook", notebook).json["conflicting"] == 1
    (conflict,) = done("conflicts", "--json", "--notebook", notebook).json
    assert (conflict["item"], conflict["field"]) == (item, "title")
    assert {option["value"] for option in conflict["values"]} == {"Ours", "Theirs"}
    (number,) = (option["number"] for option in conflict["values"] if option["value"] == "Ours")
    assert "Theirs" in done("conflicts", "--notebook", notebook).out
    done("conflicts", "settle", item[:8], "title", "--take", number, "--notebook", notebook)
    assert done("conflicts", "--json", "--notebook", notebook).json == []
    assert done("show", item, "--json", "--notebook", notebook).json["title"] == "Ours"
    done("undo", "--notebook", notebook)
    assert len(done("conflicts", "list", "--json", "--notebook", notebook).json) == 1
    done("conflicts", "settle", item, "title", "--value", "Both of us", "--notebook", notebook)
    assert done("show", item, "--json", "--notebook", notebook).json["title"] == "Both of us"


def test_everything_of_one_person_can_be_taken(notebook: Path, copy: Path) -> None:
    item = _id(notebook)
    done("edit", item, "--title", "Ours", "--notebook", notebook)
    done("edit", item, "--title", "Theirs", "--notebook", copy)
    done("merge", copy, "--notebook", notebook)
    author = done("conflicts", "--json", "--notebook", notebook).json[0]["values"][0]["author"]
    assert done("conflicts", "settle-by", author, "--json", "--notebook", notebook).json == {"settled": 1}
    assert done("conflicts", "--json", "--notebook", notebook).json == []


def test_several_files_are_summed_up(notebook: Path, copy: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(copy, tmp_path / "other.terrain"))
    done("add", "One", "--notebook", copy)
    done("add", "Two", "--notebook", other)
    merged = done("merge", copy, other, "--json", "--notebook", notebook).json
    assert (merged["new"], [one["new"] for one in merged["files"]]) == (2, [1, 1])


def test_wrong_files_are_told_in_a_sentence(notebook: Path, tmp_path: Path) -> None:
    table = tmp_path / "numbers.csv"
    table.write_text("Date,Sessions\n2026-01-01,3\n", encoding="utf-8")
    assert "terrain metrics import" in terrain("import", table).err
    assert "it is another kind of file" in terrain("merge", table).err
    assert "There is no notebook" in terrain("merge", tmp_path / "gone.terrain").err
    assert "this very notebook" in terrain("merge", notebook).err
    assert terrain("conflicts", "settle", "abc", "title").code == 2
    assert "Nothing of that name waits" in terrain("conflicts", "settle", "abc", "title", "--take", "1").err


def test_an_encrypted_copy_asks_for_what_opens_it(
    notebook: Path, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.exchange.encryption import seal
    from desktop_app.model.exchange import Seal

    done("add", "Behind a lock", "--notebook", copy)
    sealed = tmp_path / "team.terrain.age"
    sealed.write_bytes(seal(copy.read_bytes(), Seal(passphrase="correct horse")))
    assert "is encrypted" in terrain("merge", sealed, "--notebook", notebook).err
    words = tmp_path / "words.txt"
    words.write_text("wrong\n", encoding="utf-8")
    assert terrain("merge", sealed, "--passphrase-file", words, "--notebook", notebook).code == 1
    monkeypatch.setenv("TERRAIN_PASSPHRASE", "correct horse")
    assert done("merge", sealed, "--json", "--notebook", notebook).json["new"] == 1


def test_what_goes_into_the_trash_is_told(notebook: Path, copy: Path) -> None:
    item = _id(notebook)
    done("trash", item, "--notebook", copy)
    (loss,) = done("merge", copy, "--dry-run", "--json", "--notebook", notebook).json["losses"]
    assert (loss["item"], "into the trash" in loss["what"], "“Old”" in loss["what"]) == (item, True, True)


def test_an_item_says_that_it_waits_to_be_settled_and_is_found_by_it(notebook: Path, copy: Path) -> None:
    item = _id(notebook)
    done("edit", item, "--title", "Ours", "--notebook", notebook)
    done("edit", item, "--title", "Theirs", "--notebook", copy)
    assert done("show", item, "--json", "--notebook", notebook).json["conflicts"] == []
    done("merge", copy, "--notebook", notebook)
    (conflict,) = done("show", item, "--json", "--notebook", notebook).json["conflicts"]
    assert (conflict["field"], len(conflict["values"])) == ("title", 2)
    assert "“terrain conflicts” settles it" in done("show", item, "--notebook", notebook).out
    assert done("search", "is:conflicting", "--json", "--notebook", notebook).json["total"] == 1
    done("conflicts", "settle", item, "title", "--take", "1", "--notebook", notebook)
    assert done("search", "is:conflicting", "--json", "--notebook", notebook).json["total"] == 0
