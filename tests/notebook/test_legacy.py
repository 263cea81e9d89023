"""Every released format is kept as one notebook and brought up to date without losing a word."""

import shutil
from pathlib import Path

import pytest

from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.schema import VERSION, definitions, version_of
from tests.notebook.writing import check

LEGACY = Path(__file__).parent.parent / "legacy"


@pytest.mark.parametrize("name", sorted(path.name for path in LEGACY.glob("*.terrain")))
def test_a_notebook_of_an_older_format_opens_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    shutil.copy(LEGACY / name, path)
    backed_up: list[Path] = []
    file = NotebookFile.open(path, author="Ada", device="one", before_migration=backed_up.append)
    try:
        assert backed_up == [path]
        assert version_of(file.database) == VERSION
        have = dict(
            file.database.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '_sqlite%'")
        )
        assert have == definitions()
        quotes = [entry for entry in file.entries.many(file.entries.newest(10)) if entry.fields.kind == "quote"]
        assert [quote.fields.body for quote in quotes] == ['"The invoice was opaque" said the café owner 🙂']
        assert quotes[0].speaker_name == "Ines Vidal"
        assert [point.value for point in file.metrics.points(file.metrics.resolve("Active users"))] == [10.0, 12.0]
        assert check(file).problems == ()
        file.undo.undo()
    finally:
        file.close()
