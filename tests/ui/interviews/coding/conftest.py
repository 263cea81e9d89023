"""The coding page on a small study, with the café interview open."""

import pytest

from desktop_app.ui.interviews.coding import CodingPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]


@pytest.fixture
def page(qtbot, ids: dict[str, str], context: ScreenContext) -> CodingPage:
    made = seen(qtbot, CodingPage(context))
    made.open_document(ids["cafe"])
    yield made
    made._compare.stop()
    made.amending.correction.suspend()
