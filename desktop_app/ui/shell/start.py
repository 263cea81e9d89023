"""How the window is started: a start that finds a running one hands over its wish before anything big is imported."""

import os
from collections.abc import Sequence
from pathlib import Path

from desktop_app.ui.shell.instance import send


def run(notebook: Path | None = None, *, argv: Sequence[str] = ()) -> int:
    """Shows the window on ``notebook`` (the one opened last by default; a welcome where there is none) until it closes.

    Where a window on that notebook is open already it is raised instead, and this returns at once. Returns 0.
    """
    path = notebook or _last_notebook()
    if path is not None and send(path, {"verb": "open"}):
        return 0
    from desktop_app.ui.shell.application import Program, build_application

    program = Program(build_application(argv))
    program.open(path)
    return program.execute()


def capture(notebook: Path | None = None, text: str = "", *, argv: Sequence[str] = ()) -> int:
    """Opens the capture window: that of the running window where there is one, else alone, until it is done with."""
    path = notebook or _last_notebook()
    if path is not None and send(path, {"verb": "capture", "text": text}):
        return 0
    from desktop_app.ui.shell.application import Program, build_application

    program = Program(build_application(argv))
    program.open(path, show=path is None)
    if path is not None:
        program.capture(text)
    return program.execute()


def _last_notebook() -> Path | None:
    from desktop_app.services.workspace import last_notebook

    return last_notebook()


def draw_lens(lens: str, found: object, path: Path) -> None:
    """Writes the picture of what a lens has found; needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.ui.lenses.pictures import draw
    from desktop_app.ui.shell.application import build_application
    from desktop_app.ui.theme.type_sizes import TypeSizes, body_font

    application = build_application()
    application.setFont(body_font(TypeSizes.at(100)))
    draw(lens, found, path)


def print_page(page: str) -> bytes:
    """A page of HTML as the bytes of a PDF; needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.ui.lenses.questions.printing import render_pdf
    from desktop_app.ui.shell.application import build_application

    build_application()
    return render_pdf(page)
