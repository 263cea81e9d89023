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


@pytest.mark.parametrize("name", ["", "missing/m.csv", "a\0b.csv"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotWrite, match="cannot be written"):
        write_whole(tmp_path / name, b"words")
