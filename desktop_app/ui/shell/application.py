"""The program: one QApplication, one notebook at a time, the window, the capture window and the tray.

The window comes first and is empty; the notebook is opened on a worker. Nothing heavy (pyqtgraph, numpy, whoosh,
dateparser, markdown) is imported before the first paint.
"""

import gc
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app import __version__
from desktop_app.config.bugs import write_bug_report
from desktop_app.config.paths import documents_dir
from desktop_app.config.settings import Settings
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations
from desktop_app.ui.shell.instance import Instance, send
from desktop_app.ui.shell.main_window import MainWindow
from desktop_app.ui.shell.places import PLACES, Place
from desktop_app.ui.shell.tray import build_tray
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ScreenContext

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook
    from desktop_app.ui.capture import CaptureWindow

Make = Callable[[Path], object]
FILTER = "*.terrain"
COLLECTOR = (700, 10, 1000)
"""Python's own but for the last: every hundredth time that it would, it looks through all there is, which holds up the
window for half a second when 100,000 entries have been read."""


def build_application(argv: Sequence[str] = ()) -> QApplication:
    """The QApplication with its name and version; the one there is, if there is one."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    application = QApplication(["terrain", *argv])
    application.setApplicationName("terrain")
    application.setApplicationDisplayName("Terrain")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("terrain")
    application.setQuitOnLastWindowClosed(False)
    return application


def notebook_opener(path: Path, make: Make | None = None) -> "Callable[[], Notebook]":
    """What each lane calls on its own thread; ``make`` is called first where there is no such file yet."""

    def open_here() -> "Notebook":
        from desktop_app.services.notebooks import open_notebook
        from desktop_app.services.workspace import remember

        if make is not None and not path.exists():
            make(path)
        notebook = open_notebook(path)
        try:
            remember(path)
        except OSError:
            # Only the next start's choice of notebook is lost with a state folder that cannot be written.
            return notebook
        return notebook

    return open_here


class Program(QObject):
    """Holds what lives as long as the program: settings, look, and the open notebook's window and threads."""

    def __init__(self, application: QApplication, places: Sequence[Place] = PLACES) -> None:
        super().__init__(application)
        self.application = application
        self._places = places
        self.settings = Settings.load()
        self.appearance = Appearance(application, self.settings)
        self.window: MainWindow | None = None
        self.operations: Operations | None = None
        self._context: ScreenContext | None = None
        self._capture: CaptureWindow | None = None
        self._instance: Instance | None = None
        self._path: Path | None = None

    def execute(self) -> int:
        """Runs until the window is closed; uncaught exceptions become reports, not crashes."""
        before = sys.excepthook
        sys.excepthook = self._uncaught
        gc.set_threshold(*COLLECTOR)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            return self.application.exec()
        finally:
            sys.excepthook = before
            self.close()

    # --- notebooks --------------------------------------------------------------------------------------------------

    def open(self, path: Path | None, *, make: Make | None = None, show: bool = True) -> None:
        """Opens another notebook: a new window takes the place of the one there is."""
        if path is not None and self._instance is not None and send(path, {"verb": "open"}):
            return
        before = self.window, self.operations, self._capture, self._instance
        self.window = self._capture = self._instance = None
        self.operations = Operations(notebook_opener(path, make) if path is not None else _no_notebook, self)
        self._context = ScreenContext(self.operations, self.appearance, self.settings)
        self._path = path
        if path is not None:
            self._instance = Instance(path, self)
            self._instance.received.connect(self._received)
        if show:
            self.show()
        if path is not None:
            QTimer.singleShot(0, self.operations.start)
        self._dispose(*before)

    def show(self) -> None:
        """Shows and raises the window, which is made when it is first wanted."""
        if self._context is None:
            return
        if self.window is None:
            self.window = self._build_window(self._context)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _build_window(self, context: ScreenContext) -> MainWindow:
        window = MainWindow(context, places=self._places, has_notebook=self._path is not None)
        window.capture_requested.connect(self.capture)
        window.notebook_requested.connect(self._choose_notebook)
        window.quit_requested.connect(lambda: self._window_closed(window))
        if context.operations.info is not None:
            window.notebook_opened(context.operations.info)
        build_tray(window.actions_by_id, window)
        for problem in self.settings.problems:
            window.tell(problem)
        return window

    def _window_closed(self, window: MainWindow) -> None:
        if window is self.window:
            self.application.quit()

    def _dispose(
        self,
        window: MainWindow | None,
        operations: Operations | None,
        capture_window: "CaptureWindow | None",
        instance: Instance | None,
    ) -> None:
        if instance is not None:
            instance.close()
            instance.deleteLater()
        for widget in (capture_window, window):
            if widget is not None:
                widget.close()
                widget.deleteLater()
        if operations is not None:
            operations.shutdown()
            operations.deleteLater()

    def close(self) -> None:
        """Ends everything: windows, threads, socket."""
        before = self.window, self.operations, self._capture, self._instance
        self.window = self.operations = self._capture = self._instance = None
        self._dispose(*before)

    # --- capture and other starts -----------------------------------------------------------------------------------

    def capture(self, text: str = "", prompt: str = "") -> None:
        """Opens the capture window, with ``text`` in it and a question above it."""
        if self._context is None or self.operations is None or self.operations.closed:
            return
        if self._capture is None:
            from desktop_app.ui.capture import CaptureWindow

            self._capture = CaptureWindow(self._context)
            self._capture.installEventFilter(self)
        self._capture.open_with(text, prompt)

    def capture_window(self) -> "CaptureWindow | None":
        """The capture window, once it has been asked for."""
        return self._capture

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self._capture and self.window is None:
            # Only the capture window was asked for: when it is done with, so is the program.
            QTimer.singleShot(0, self._quit_if_hidden)
        return False

    def _quit_if_hidden(self) -> None:
        if self.window is None and not (self._capture and self._capture.isVisible()):
            self.application.quit()

    def _received(self, message: dict[str, str]) -> None:
        if message["verb"] == "capture":
            self.capture(message.get("text", ""))
        else:
            self.show()

    # --- choosing a notebook ----------------------------------------------------------------------------------------

    def _choose_notebook(self, kind: str) -> None:
        if kind == "sample":
            self._open_sample()
            return
        making = kind == "new"
        title = tr("New notebook") if making else tr("Open a notebook")
        dialog = QFileDialog(self.window, title, str(documents_dir()), f"{tr('Notebooks')} ({FILTER})")
        dialog.setDefaultSuffix("terrain")
        dialog.setFileMode(QFileDialog.FileMode.AnyFile if making else QFileDialog.FileMode.ExistingFile)
        mode = QFileDialog.AcceptMode.AcceptSave if making else QFileDialog.AcceptMode.AcceptOpen
        dialog.setAcceptMode(mode)
        dialog.fileSelected.connect(lambda name: self.open(Path(name), make=_create if making else None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_sample(self) -> None:
        from desktop_app.services.sample import build_sample, sample_path

        self.open(sample_path(), make=build_sample)

    # --- bugs -------------------------------------------------------------------------------------------------------

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if issubclass(kind, KeyboardInterrupt):
            self.application.quit()
            return
        write_bug_report("window", text)
        if self.window is not None:
            self.window.tell_bug(tr("the window"), text)


def _create(path: Path) -> None:
    from desktop_app.services.notebooks import create_notebook

    create_notebook(path).close()


def _no_notebook() -> "Notebook":
    raise AssertionError("there is no notebook to open")
