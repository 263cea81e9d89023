"""The Exchange screen on a real notebook with nothing in it, beside services that are asked and answer at once."""

import pytest

from desktop_app.services.notebooks import Notebook
from desktop_app.ui.exchange import ExchangeScreen
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.exchange.fakes import FakeConflicts, FakeMerging


@pytest.fixture
def merging(monkeypatch) -> FakeMerging:
    fake = FakeMerging()
    monkeypatch.setattr(Notebook, "merging", fake, raising=False)
    return fake


@pytest.fixture
def conflicts(monkeypatch) -> FakeConflicts:
    fake = FakeConflicts()
    monkeypatch.setattr(Notebook, "conflicts", fake, raising=False)
    return fake


@pytest.fixture
def screen(qtbot, merging, conflicts, context: ScreenContext) -> ExchangeScreen:
    return seen(qtbot, ExchangeScreen(context))
