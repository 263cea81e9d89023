"""Today on a real notebook, everything run at once on this thread."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import Notebook, create_notebook, open_notebook
from desktop_app.ui.ops import InlineOperations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.today.lists import today
from desktop_app.ui.widgets import ScreenContext


@pytest.fixture
def notebook_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.terrain"
    create_notebook(path, title="Harbour Lane Coffee").close()
    return path


@pytest.fixture
def notebook(notebook_path: Path) -> Iterator[Notebook]:
    """What another program sees of the notebook, and writes into it."""
    with open_notebook(notebook_path) as opened:
        yield opened


@pytest.fixture
def years(notebook: Notebook) -> dict[str, str]:
    """Entries of about this day one and two years ago, and one of another season; ids by body."""
    day = today()
    dates = {
        "A year ago": day - timedelta(days=365),
        "Nearly two years ago": day - timedelta(days=2 * 365 + 1),
        "In spring": day - timedelta(days=500),
    }
    return {
        body: notebook.entries.add(EntryDraft(body=body, when=when.isoformat())).result for body, when in dates.items()
    }


@pytest.fixture
def foresight(notebook: Notebook) -> str:
    """The id of a foresight that is due and in the index."""
    due = notebook.entries.add(
        EntryDraft(body="The roaster will be paid off", kind="foresight", horizon="2026-06", confidence=0.6)
    ).result
    notebook.entries.add(EntryDraft(body="Half the farms will stop", kind="foresight", horizon="2099"))
    notebook.search.catch_up()
    return due


@pytest.fixture
def context(qapp: QApplication, notebook_path: Path) -> Iterator[ScreenContext]:
    settings = Settings({"theme": "light"})
    operations = InlineOperations(lambda: open_notebook(notebook_path))
    yield ScreenContext(operations, Appearance(qapp, settings), settings)
    operations.shutdown()
