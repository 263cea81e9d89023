"""What holds for every test of the window: nothing is left behind.

A test gives its widgets to `qtbot.addWidget`, which closes and deletes them before this is checked.
"""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken


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
