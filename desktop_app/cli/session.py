"""What all commands share: which notebook is meant, whether JSON is asked for, and the launcher of windows."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from desktop_app.cli import output
from desktop_app.cli.given import whole
from desktop_app.model.errors import KnownError

if TYPE_CHECKING:
    # The window is to be there at once: commands that only ask for it do not load the services first.
    from desktop_app.services import Notebook

VARIABLE = "TERRAIN_NOTEBOOK"

Command = TypeVar("Command", bound=Callable[..., Any])


class Launcher(Protocol):
    """What the command line needs of the window; ``__main__`` brings it, so that no command imports Qt."""

    def open_window(self, path: Path | None, *, sample: bool = False) -> int:
        """Show the window, on ``path`` or the notebook opened last; returns the exit code when it is closed."""

    def capture(self, text: str | None, notebook: Path | None) -> int:
        """Show the capture window of the running app, or start it; returns the exit code."""

    def tour(self, notebook: Path | None, out: Path, size: tuple[int, int]) -> list[Path]:
        """Make pictures of every screen, without ``notebook`` on the sample; returns them."""

    def draw(self, lens: str, found: object, path: Path) -> None:
        """Write the picture of what a lens has found, as SVG or PNG."""

    def render_pdf(self, page: str) -> bytes:
        """Make a PDF of a page of HTML."""


class NoNotebook(KnownError):
    template = (
        "It is not clear which notebook is meant; name one with --notebook PATH, or make one with “terrain new PATH”."
    )


class Session:
    """One run of the command line."""

    def __init__(self, launcher: Launcher) -> None:
        self.launcher = launcher
        self.named: str | None = None
        self.json = False
        self._warned = False

    @property
    def named_path(self) -> Path | None:
        """The notebook that ``--notebook`` or the environment names."""
        named = self.named or os.environ.get(VARIABLE) or None
        return Path(whole(named)).expanduser() if named else None

    def path(self) -> Path:
        """The notebook meant: named, or opened last. Raises :class:`NoNotebook`."""
        from desktop_app.services.workspace import last_notebook

        path = self.named_path or last_notebook()
        if path is None:
            raise NoNotebook
        return path

    @contextmanager
    def notebook(self) -> "Iterator[Notebook]":
        """The notebook, opened for reading and writing."""
        from desktop_app.services import open_notebook

        with open_notebook(self.path()) as notebook:
            self._warn(notebook.path)
            try:
                yield notebook
            except (KnownError, OSError, click.ClickException):
                raise
            except Exception:
                # A damaged notebook shows in many ways; only what a whole one does wrong is a bug.
                notebook.maintenance.refuse_if_damaged()
                raise

    def _warn(self, path: Path) -> None:
        """Say once where an open notebook may come to harm."""
        from desktop_app.config.places import warning_for

        warning = "" if self._warned else warning_for(path)
        self._warned = True
        if warning:
            output.note(warning)

    @contextmanager
    def changing(self) -> "Iterator[Notebook]":
        """The same for a command that changes something: makes the half-hourly backup when all else is done."""
        with self.notebook() as notebook:
            yield notebook
            output.flush()
            try:
                notebook.maintenance.backup_if_due()
            except (KnownError, OSError) as error:
                output.note(f"what you did is kept, but no backup could be made: {error}")

    def remember(self, path: Path) -> None:
        """Commands without ``--notebook`` mean this one from now on."""
        from desktop_app.services.workspace import remember

        try:
            remember(path)
        except OSError as error:
            output.note(f"it could not be noted as the notebook opened last ({error.strerror or error})")

    def show(self, data: object, text: Callable[[], None]) -> None:
        """Print ``data`` as JSON where that is asked for, else what ``text`` prints."""
        if self.json:
            output.json_text(data)
        else:
            text()


pass_session = click.make_pass_decorator(Session)


def _keep_notebook(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Session).named = value


def _keep_json(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Session).json = True


def with_notebook(command: Command) -> Command:
    """Give a command ``--notebook PATH``; it is taken before the command's name too."""
    return click.option(
        "--notebook",
        metavar="PATH",
        expose_value=False,
        callback=_keep_notebook,
        help=f"The notebook to work on, instead of ${VARIABLE} or the one opened last.",
    )(command)


def with_json(command: Command) -> Command:
    """Give a command ``--json``; it is taken before the command's name too."""
    return click.option(
        "--json", "as_json", is_flag=True, expose_value=False, callback=_keep_json, help="Print data for programs."
    )(command)


def common(command: Command) -> Command:
    """Both options that most commands take."""
    return with_notebook(with_json(command))
