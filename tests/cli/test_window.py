"""open, capture, tour: what the launcher is asked for."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, terrain


def test_open(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Windows()
    terrain("open", launcher=windows)
    terrain("open", notebook, launcher=windows)
    terrain("open", "--sample", launcher=windows)
    monkeypatch.setenv("TERRAIN_NOTEBOOK", str(notebook))
    terrain("open", launcher=windows)
    terrain("open", "--sample", launcher=windows)
    assert windows.asked == [
        ("open", None, False),
        ("open", notebook, False),
        ("open", None, True),
        ("open", notebook, False),
        ("open", None, True),
    ]
    assert terrain("open", notebook, "--sample", launcher=windows).code == 2


def test_what_cannot_be_opened_is_told_before_a_window_is_made(tmp_path: Path) -> None:
    windows = Windows()
    assert "There is no notebook" in terrain("open", tmp_path / "missing.terrain", launcher=windows).sentence
    assert windows.asked == []


def test_capture(notebook: Path) -> None:
    windows = Windows()
    terrain("capture", launcher=windows)
    terrain("capture", "Fewer boats #port", "--notebook", notebook, launcher=windows)
    assert windows.asked == [("capture", None, None), ("capture", "Fewer boats #port", notebook)]


def test_tour(notebook: Path, tmp_path: Path) -> None:
    windows = Windows()
    ran = terrain("tour", "--out", tmp_path, "--size", "1200x800", "--json", launcher=windows)
    assert ran.json == {"pictures": [str(tmp_path / "01-today-light.png")]}
    terrain("tour", "--notebook", notebook, launcher=windows)
    assert windows.asked == [("tour", None, tmp_path, (1200, 800)), ("tour", notebook, Path("tour"), (1440, 900))]


@pytest.mark.parametrize("size", ["big", "10x10", "1440", "99999x900", "-1x900"])
def test_a_size_that_is_none(size: str) -> None:
    assert terrain("tour", "--size", size).code == 2
