import shutil
from pathlib import Path

from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.outbox import Position
from tests.notebook.writing import rewrite, write

PERSON = {"name": "Ines", "org": None, "consent": "", "pseudonym": "", "note": "", "stages": []}


def since(file: NotebookFile, position: Position) -> set[str]:
    return {item for item, _ in file.outbox.since(position.change)}


def test_what_changed_after_a_position_is_waiting(file: NotebookFile) -> None:
    one = write(file, "one")
    position = file.outbox.position()
    assert since(file, position) == set()
    two = write(file, "two")
    rewrite(file, one, body="again")
    rewrite(file, one, body="and again")
    assert since(file, position) == {one, two}
    assert file.outbox.waiting(position.change) == 2


def test_undo_and_trash_are_waiting_too(file: NotebookFile) -> None:
    one = write(file, "one")
    position = file.outbox.position()
    file.undo.undo()
    assert since(file, position) == {one}


def test_a_renamed_person_brings_their_entries_along(file: NotebookFile) -> None:
    with file.journal.change("Add") as recorder:
        recorder.record("person", "p" * 26, PERSON, new=True)
    said = write(file, "said", speaker="p" * 26)
    write(file, "unsaid")
    position = file.outbox.position()
    with file.journal.change("Rename") as recorder:
        recorder.record("person", "p" * 26, {**PERSON, "name": "Inês"})
    assert since(file, position) == {said, "p" * 26}


def test_a_change_that_fails_leaves_nothing_waiting(file: NotebookFile) -> None:
    position = file.outbox.position()
    try:
        with file.journal.change("Outer"):
            write(file, "one")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert since(file, position) == set()
    assert file.outbox.position() == position


def test_another_branch_of_the_files_life_is_noticed(path: Path, tmp_path: Path) -> None:
    one = NotebookFile.open(path, author="Ada", device="one")
    write(one, "common")
    common = one.outbox.position()
    one.close()
    shutil.copyfile(path, tmp_path / "copy.terrain")
    one = NotebookFile.open(path, author="Ada", device="one")
    two = NotebookFile.open(tmp_path / "copy.terrain", author="Ben", device="two")
    write(one, "here")
    write(two, "there")
    assert one.outbox.knows(common)
    assert two.outbox.knows(common)
    assert not two.outbox.knows(one.outbox.position())
    assert one.outbox.knows(Position(0, ""))
    one.close()
    two.close()
