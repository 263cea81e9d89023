"""What holds for every test of the window: nothing is left behind, and what a screen is given.

A test gives its widgets to `qtbot.addWidget`, which closes and deletes them before this is checked. The notebook is a
real one with nothing in it, and everything runs at once on this thread; a room that wants another `notebook_path` or
another `clock` says so in its own conftest.
"""

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from desktop_app.config.settings import Settings
from desktop_app.services.notebooks import Notebook, create_notebook, open_notebook
from desktop_app.ui.ops import InlineOperations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import Screen, ScreenContext

AnyScreen = TypeVar("AnyScreen", bound=Screen)


def windows() -> set[str]:
    return {f"window {widget!r}" for widget in QApplication.topLevelWidgets() if widget.isVisible()}


def timers_and_threads() -> set[str]:
    found = {f"thread {thread.name}" for thread in threading.enumerate() if thread is not threading.main_thread()}
    for wrapper in Shiboken.getAllValidWrappers():
        if isinstance(wrapper, QTimer) and wrapper.isActive():
            found.add(f"timer {wrapper!r}")
        elif isinstance(wrapper, QThread) and wrapper.isRunning() and wrapper is not QThread.currentThread():
            found.add(f"thread {wrapper!r}")
    return found


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """A window, running thread or active timer that the test leaves behind fails it."""
    before = timers_and_threads()
    yield
    QThreadPool.globalInstance().waitForDone()
    for _ in range(2):  # what is deleted may have asked for a deletion itself
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = windows() | (timers_and_threads() - before)
    if left:
        gc.collect()  # a widget in a reference cycle dies only now, and that is soon enough
        left = windows() | (timers_and_threads() - before)
    for widget in QApplication.topLevelWidgets():
        widget.close()
    assert not left, "left behind: " + ", ".join(sorted(left))


@pytest.fixture
def light() -> Settings:
    return Settings({"theme": "light"})


@pytest.fixture
def look(qapp: QApplication, light: Settings) -> Appearance:
    return Appearance(qapp, light)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """What time it is for the notebook."""
    return datetime.now


@pytest.fixture
def notebook_path(tmp_path: Path, clock: Callable[[], datetime]) -> Path:
    path = tmp_path / "harbour.terrain"
    create_notebook(path, title="Harbour Lane Coffee", now=clock).close()
    return path


@pytest.fixture
def notebook(notebook_path: Path) -> Iterator[Notebook]:
    """What another program sees of the notebook, and writes into it."""
    with open_notebook(notebook_path) as opened:
        yield opened


@pytest.fixture
def context(
    look: Appearance, light: Settings, notebook_path: Path, clock: Callable[[], datetime]
) -> Iterator[ScreenContext]:
    operations = InlineOperations(lambda: open_notebook(notebook_path, now=clock))
    yield ScreenContext(operations, look, light)
    operations.shutdown()


@pytest.fixture
def ask(context: ScreenContext) -> Callable[[Callable[[Notebook], object]], object]:
    """Asks the notebook something, as a screen would."""

    def answer(call: Callable[[Notebook], object]) -> object:
        found: list[object] = []
        context.operations.read("test", call, found.append)
        return found[0]

    return answer


def seen(qtbot, made: AnyScreen, width: int = 1264, height: int = 876) -> AnyScreen:
    """The screen as it is in a window that is in front."""
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    return made
