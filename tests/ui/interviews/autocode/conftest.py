"""The page of coding by search on a small study."""

import pytest

from desktop_app.ui.interviews.autocode import AutocodePage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]


@pytest.fixture
def page(qtbot, ids: dict[str, str], context: ScreenContext) -> AutocodePage:
    return seen(qtbot, AutocodePage(context))
