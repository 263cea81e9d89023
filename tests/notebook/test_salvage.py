"""What is saved of a notebook is its own: backups of another one that stood in its place before stay out."""

from pathlib import Path

import pytest

from desktop_app.notebook.backup import write_backup
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
from desktop_app.notebook.salvage import salvage
from tests.notebook.test_check import NOW, bodies, opened
from tests.notebook.writing import write


def _backed_up(path: Path, body: str, backup: Path) -> None:
    NotebookFile.create(path, title=body, language="en", author="Ada", device="one").close()
    file = opened(path)
    write(file, body)
    write_backup(file.database.connection, backup)
    file.close()


@pytest.mark.parametrize("kept", [4096 * 8, 0])
def test_backups_of_another_notebook_of_that_path_are_left_alone(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "study.terrain"
    _backed_up(path, "Somebody else's words", tmp_path / "first.terrain")
    path.unlink()
    _backed_up(path, "My words", tmp_path / "second.terrain")
    data = path.read_bytes()
    path.write_bytes(data[:kept] + b"\0" * (len(data) - kept))
    salvage(path, [tmp_path / "second.terrain", tmp_path / "first.terrain"], ALL_PROJECTIONS, NOW)
    file = opened(path)
    assert bodies(file) == {"My words"}
    assert file.about()[0] == "My words"
    file.close()
