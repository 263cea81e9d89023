"""Help as the shell makes it, everything run at once on this thread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.services.notebooks import create_notebook, open_notebook
from desktop_app.ui.help import HelpScreen
from desktop_app.ui.ops import InlineOperations
from desktop_app.ui.shell.places import PLACES
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ScreenContext


@pytest.fixture
def context(qapp: QApplication, tmp_path: Path) -> Iterator[ScreenContext]:
    path = tmp_path / "harbour.terrain"
    create_notebook(path, title="Harbour Lane Coffee").close()
    settings = Settings({"theme": "light"})
    operations = InlineOperations(lambda: open_notebook(path))
    yield ScreenContext(operations, Appearance(qapp, settings), settings)
    operations.shutdown()


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> Iterator[HelpScreen]:
    made = next(place for place in PLACES if place.id == "help").make(context)
    assert isinstance(made, HelpScreen)
    qtbot.addWidget(made)
    made.resize(1264, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    yield made
    made.close()
