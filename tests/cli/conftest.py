"""What the tests of the command line share: a notebook that commands mean without being told."""

from pathlib import Path

import pytest

from tests.cli.terminal import done


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """An empty notebook, opened last."""
    path = tmp_path / "shop.terrain"
    done("new", path, "--title", "The shop")
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A metric export: daily sessions of January 2026, 10 on the first and one more each day."""
    path = tmp_path / "sessions.csv"
    rows = "".join(f"2026-01-{day:02},{day + 9}\n" for day in range(1, 32))
    path.write_text(f"Date,Sessions\n{rows}", encoding="utf-8")
    return path
