"""Help as the shell makes it, everything run at once on this thread."""

import pytest

from desktop_app.ui.help import HelpScreen
from desktop_app.ui.shell.places import PLACES
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> HelpScreen:
    made = next(place for place in PLACES if place.id == "help").make(context)
    assert isinstance(made, HelpScreen)
    return seen(qtbot, made, height=900)
