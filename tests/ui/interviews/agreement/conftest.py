"""The page of agreement on a small study with two coders."""

import pytest

from desktop_app.ui.interviews.agreement import AgreementPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]


@pytest.fixture
def page(qtbot, ids: dict[str, str], context: ScreenContext) -> AgreementPage:
    return seen(qtbot, AgreementPage(context))
