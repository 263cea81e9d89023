"""The tour: pictures of every screen, light and dark, taken offscreen.

A real search is made and a real entry is captured, in a copy of the notebook: the person's file is only read.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPixmap

from desktop_app.config.settings import Settings
from desktop_app.model.errors import KnownError
from desktop_app.ui.theme import Theme

if TYPE_CHECKING:
    from desktop_app.ui.shell.application import Program
    from desktop_app.ui.shell.main_window import MainWindow

QUERY = "price OR onboarding"
CAPTURED = (
    "“We only noticed how much we order when the boat did not come.” "
    "#supply/port ~week ^random-events ^holistic !surprise"
)
THEMES = ("light", "dark")
FIRST_MILLISECONDS = 600
STEP_MILLISECONDS = 120


class PictureNotWritten(KnownError):
    template = "The picture {path} could not be written; choose a folder that can be written to."


def take_tour(
    notebook: Path, out: Path, size: tuple[int, int] = (1440, 900), query: str = QUERY, captured: str = CAPTURED
) -> list[Path]:
    """Writes ``NN-screen-theme.png`` of exactly ``size`` into ``out``; returns them in order.

    Must run before any QApplication is made, as the screen's size is given to Qt when it starts.
    """
    with tempfile.TemporaryDirectory(prefix="terrain-tour-") as folder:
        configure_offscreen(Path(folder), size)
        copy = Path(folder) / notebook.name
        copy_notebook(notebook, copy)
        out.mkdir(parents=True, exist_ok=True)
        from desktop_app.ui.shell.application import Program, build_application

        with home_of_its_own(Path(folder) / "home"):
            tour = Tour(Program(build_application()), copy, out, size, query, captured)
            try:
                return tour.take()
            finally:
                tour.close()


@contextmanager
def home_of_its_own(home: Path) -> Iterator[None]:
    """Settings, device and shared folders of the tour's own, with the person's name: the copy has the id of the
    notebook, and what the tour does in it would go out through the folder that the notebook is attached to."""
    author, before = Settings.load().author(), os.environ.get("TERRAIN_HOME")
    os.environ["TERRAIN_HOME"] = str(home)
    try:
        settings = Settings.load()
        settings.set("author", author)
        settings.save()
        yield
    finally:
        if before is None:
            del os.environ["TERRAIN_HOME"]
        else:
            os.environ["TERRAIN_HOME"] = before


def configure_offscreen(folder: Path, size: tuple[int, int]) -> None:
    """Gives Qt's offscreen platform one plain screen that the window fits on; its own has 800 × 800 pixels."""
    screen = {
        "name": "tour",
        "x": 0,
        "y": 0,
        "width": size[0],
        "height": size[1],
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1.0,
    }
    config = {"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": [screen]}
    path = folder / "screen.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"
    for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI"):
        os.environ.pop(name, None)


def copy_notebook(source: Path, target: Path) -> None:
    """A copy of a notebook that may be open elsewhere: its own backup, which sees what is in the log file too."""
    from desktop_app.services.notebooks import open_notebook

    with open_notebook(source) as notebook:
        notebook.maintenance.backup(target)


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    act: Callable[[], object]


class Tour:
    """Drives a program through its screens. ``notebook`` is written to: give it a copy."""

    def __init__(
        self, program: "Program", notebook: Path, out: Path, size: tuple[int, int], query: str, captured: str
    ) -> None:
        program.application.setCursorFlashTime(0)
        self._out, self._size, self._query, self._captured = out, size, query, captured
        self._program = program
        self._program.settings.set("theme", THEMES[0])
        self._program.settings.set("text_size", 100)
        self._program.appearance.settings_changed()
        self._program.open(notebook)
        self._pictures: list[Path] = []

    def take(self) -> list[Path]:
        window = self._window()
        window.resize(*self._size)
        window.move(0, 0)
        self._settle(FIRST_MILLISECONDS)
        for theme in THEMES:
            self._program.settings.set("theme", theme)
            self._program.appearance.settings_changed()
            for number, step in enumerate(self._steps(save=theme == THEMES[-1]), start=1):
                step.act()
                self._settle(STEP_MILLISECONDS)
                self._save(self._out / f"{number:02d}-{step.name}-{theme}.png")
        return self._pictures

    def close(self) -> None:
        self._program.close()

    def _window(self) -> "MainWindow":
        assert self._program.window is not None
        return self._program.window

    def _settle(self, milliseconds: int) -> None:
        """Lets timers run, then waits until nothing is being read, changed or indexed."""
        assert self._program.operations is not None
        for _ in range(2):
            _run_events(milliseconds)
            self._program.operations.wait_until_idle()
        _run_events(20)

    def _save(self, path: Path) -> None:
        """The window as it is, with the capture window over it where that is open."""
        picture = self._window().grab()
        capture = self._program.capture_window()
        if capture is not None and capture.isVisible():
            lay_over(picture, capture.grab(), self._program.appearance.theme)
        if not picture.save(str(path), "PNG"):
            raise PictureNotWritten(path=path)
        self._pictures.append(path)

    # --- steps ------------------------------------------------------------------------------------------------------

    def _steps(self, *, save: bool) -> Iterator[_Step]:
        """Every screen with its further pictures, one search, one capture, the palette and the jump."""
        window = self._window()
        for place in window.places:
            yield _Step(place.id, partial(window.go_to, place.id))
            if place.id == "browse":
                yield _Step("search", partial(window.search_for, self._query))
            for name, act in window.screens[place.id].tour_steps():
                yield _Step(f"{place.id}-{name}", act)
            window.screens[place.id].end_tour()
        yield _Step("palette", self._palette)
        yield _Step("jump", self._jump)
        yield _Step("capture", self._capture)
        yield _Step("captured", partial(self._captured_step, save=save))

    def _palette(self) -> None:
        self._window().go_to("today")
        self._window().chooser("palette").open_with("")

    def _jump(self) -> None:
        self._window().chooser("palette").dismiss()
        self._window().chooser("jump").open_with("price")

    def _capture(self) -> None:
        self._window().chooser("jump").dismiss()
        self._program.capture(self._captured)

    def _captured_step(self, *, save: bool) -> None:
        """Saves in the last round, so that every round's other pictures show the same notebook."""
        capture = self._program.capture_window()
        assert capture is not None
        if save:
            capture.save()
        capture.hide()
        self._window().go_to("today")


def _run_events(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def lay_over(picture: QPixmap, upper: QPixmap, theme: Theme) -> None:
    """Draws one window over another, in its upper third, as a desktop would show it."""
    x, y = (picture.width() - upper.width()) // 2, (picture.height() - upper.height()) // 3
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), theme.color("ground", 0.6))
    painter.drawPixmap(x, y, upper)
    painter.setPen(theme.color("line_strong"))
    painter.drawRect(x - 1, y - 1, upper.width() + 1, upper.height() + 1)
    painter.end()
