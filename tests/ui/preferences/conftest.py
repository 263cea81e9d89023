"""Preferences on a real notebook, everything run at once on this thread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.services.notebooks import Notebook, create_notebook, open_notebook
from desktop_app.ui.ops import InlineOperations
from desktop_app.ui.preferences import PreferencesScreen
from desktop_app.ui.theme import Appearance
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
def context(qapp: QApplication, notebook_path: Path) -> Iterator[ScreenContext]:
    settings = Settings({"theme": "light"})
    operations = InlineOperations(lambda: open_notebook(notebook_path))
    yield ScreenContext(operations, Appearance(qapp, settings), settings)
    operations.shutdown()


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> Iterator[PreferencesScreen]:
    made = PreferencesScreen(context)
    qtbot.addWidget(made)
    made.resize(1264, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    yield made
    made.close()
