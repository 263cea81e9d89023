"""Preferences on a real notebook, everything run at once on this thread."""

import pytest

from desktop_app.ui.preferences import PreferencesScreen
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> PreferencesScreen:
    return seen(qtbot, PreferencesScreen(context), height=900)
