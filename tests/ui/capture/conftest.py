"""A capture window on a real notebook, everything run at once on this thread."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shiboken6 import Shiboken

from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import create_notebook
from desktop_app.ui.capture import CaptureWindow
from desktop_app.ui.widgets import ScreenContext


@pytest.fixture
def notebook_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.terrain"
    with create_notebook(path, title="Harbour Lane Coffee") as notebook:
        notebook.entries.add(EntryDraft(body="The strike held the beans back", tags=("supply/port", "pricing")))
        notebook.entries.add(EntryDraft(body="We left over the invoice", kind="quote", speaker="Ines Vidal"))
        notebook.entries.add(EntryDraft(body="Which roast?", kind="quote", speaker="Con Brophy", org="Café Norte"))
        notebook.entries.add(EntryDraft(body="Cheaper now", tags=("pricing",)))
    return path


@pytest.fixture
def make_window(qtbot, context: ScreenContext) -> Iterator[Callable[[], CaptureWindow]]:
    """Makes windows that a test may also delete, as a crash would."""
    made: list[CaptureWindow] = []

    def make() -> CaptureWindow:
        window = CaptureWindow(context)
        made.append(window)
        window.open_with()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(window.box.editor.hasFocus)
        return window

    yield make
    for window in filter(Shiboken.isValid, made):
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], CaptureWindow]) -> CaptureWindow:
    return make_window()
