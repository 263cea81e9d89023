"""The documents page: on a small study, and on a notebook without any."""

import pytest

from desktop_app.ui.interviews.documents import DocumentsPage
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]


@pytest.fixture
def page(qtbot, ids: dict[str, str], context: ScreenContext) -> DocumentsPage:
    return seen(qtbot, DocumentsPage(context))


@pytest.fixture
def empty(qtbot, context: ScreenContext) -> DocumentsPage:
    return seen(qtbot, DocumentsPage(context))
