"""A look for widgets that paint."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.ui.theme import Appearance


@pytest.fixture
def look(qapp: QApplication) -> Appearance:
    return Appearance(qapp, Settings({"theme": "light"}))
