import os
from pathlib import Path

import pytest

from desktop_app.services.writing import CannotWrite, write_whole


def test_a_file_is_replaced_whole_or_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, link = tmp_path / "m.csv", tmp_path / "link.csv"
    path.write_bytes(b"before")
    link.symlink_to(path)
    write_whole(link, b"after")
    assert (path.read_bytes(), link.is_symlink()) == (b"after", True)

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as half:
            half.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_whole(path, b"again")
    assert path.read_bytes() == b"after"
    assert sorted(tmp_path.iterdir()) == [link, path]


def test_a_pipe_is_no_file_to_be_replaced(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link.csv"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    with pytest.raises(CannotWrite, match="it is no file"):
        write_whole(link, b"words")
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["", "missing/m.csv", "a\0b.csv", "file.txt/m.csv"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").touch()
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_whole(tmp_path / name, b"words")
