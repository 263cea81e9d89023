"""The program ``terrain``: hands the command line the window, which is only imported when it is asked for.

The one module that knows both ``ui`` and ``cli``.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from desktop_app.cli.app import main as command_line
from desktop_app.cli.output import progress
from desktop_app.model.errors import KnownError


class BadPair(KnownError):
    """PySide6 6.12.0 drops a reference to None on every void call, which ends Python below 3.12 sooner or later."""

    template = (
        "PySide6 {qt} aborts on Python {python}; install PySide6-Essentials below 6.12, as bootstrap.py does, "
        "or use Python 3.12 or newer."
    )


class NoQt(KnownError):
    template = "The window needs PySide6-Essentials, which is not installed; commands work without it."


def installed_qt() -> str | None:
    """The version of PySide6-Essentials, or ``None`` where it does not say; found out without importing it.

    By the name of the folder that describes it: ``importlib.metadata`` takes longer than the look itself.
    """
    spec = find_spec("PySide6")
    places = (spec.submodule_search_locations or ()) if spec else ()
    for place in places:
        for described in Path(place).parent.glob("[Pp]y[Ss]ide6_[Ee]ssentials-*.dist-info"):
            return described.name.removesuffix(".dist-info").split("-")[1]
    return None


def refuse_bad_qt(
    python: tuple[int, int] = sys.version_info[:2], find_qt: Callable[[], str | None] = installed_qt
) -> None:
    """Raises :class:`BadPair` or :class:`NoQt` before Qt is imported and it is too late for a sentence."""
    if find_spec("PySide6") is None:
        raise NoQt
    if python >= (3, 12):
        return
    qt = find_qt()
    if qt and tuple(int(part) for part in qt.split(".")[:2]) >= (6, 12):
        raise BadPair(qt=qt, python=f"{python[0]}.{python[1]}")


class Window:
    """The launcher that the command line asks for a window."""

    def open_window(self, path: Path | None, *, sample: bool = False) -> int:
        refuse_bad_qt()
        if sample:
            path = _sample()
        from desktop_app.ui.shell.start import run

        return run(path)

    def capture(self, text: str | None, notebook: Path | None) -> int:
        refuse_bad_qt()
        from desktop_app.ui.shell.start import capture

        return capture(notebook, text or "")

    def tour(self, notebook: Path | None, out: Path, size: tuple[int, int]) -> list[Path]:
        refuse_bad_qt()
        from desktop_app.ui.shell.tour import take_tour

        return take_tour(notebook or _sample(), out, size)

    def draw(self, lens: str, found: object, path: Path) -> None:
        refuse_bad_qt()
        from desktop_app.ui.shell.start import draw_lens

        draw_lens(lens, found, path)

    def render_pdf(self, page: str) -> bytes:
        refuse_bad_qt()
        from desktop_app.ui.shell.start import print_page

        return print_page(page)


def _sample() -> Path:
    """The sample notebook among the person's data, made on first use."""
    from desktop_app.services.sample import ensure_sample

    with progress() as tell:
        return ensure_sample(tell)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; without a command the window opens. Returns the exit code."""
    return command_line(sys.argv[1:] if argv is None else argv, Window())


if __name__ == "__main__":
    sys.exit(main())
