"""open, capture, tour: the commands that need the window, through the launcher."""

import re
from pathlib import Path

import click

from desktop_app.cli import output
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common, pass_session, with_notebook

SMALLEST, LARGEST = 320, 7680


@click.command("open")
@click.argument("path", type=PATH, required=False)
@click.option("--sample", is_flag=True, help="Open the sample notebook, which is made on first use.")
@with_notebook
@pass_session
def open_command(session: Session, path: Path | None, sample: bool) -> int:
    """Open the window, on PATH or the notebook opened last."""
    if sample and path is not None:
        raise click.UsageError("Give a path or --sample, not both.")
    path = path or (None if sample else session.named_path)
    if path is not None and not _is_notebook(path):
        from desktop_app.services import open_notebook

        # Says here, where the person is looking, what it is instead.
        open_notebook(path).close()
    return session.launcher.open_window(path, sample=sample)


@click.command("capture")
@click.argument("text", type=TEXT, required=False)
@with_notebook
@pass_session
def capture_command(session: Session, text: str | None) -> int:
    """Open the capture window, with TEXT in it.

    It is that of the running app, if there is one.
    """
    return session.launcher.capture(text, session.named_path)


def _is_notebook(path: Path) -> bool:
    """Whether a file begins like a notebook; all else about it is told in the window, which should not wait for it."""
    try:
        with path.open("rb") as file:
            return file.read(72).endswith(b"Terr")
    except OSError:
        return False


class Size(click.ParamType[tuple[int, int]]):
    """``1440x900``: pixels across and down."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{1,4})[x×](\d{1,4})", str(value))
        if match is None or not all(SMALLEST <= int(side) <= LARGEST for side in match.groups()):
            self.fail(f"{value!r} is no size; write it like 1440x900, from {SMALLEST} to {LARGEST} each.", param, ctx)
        return int(match[1]), int(match[2])


@click.command("tour")
@click.option("--out", metavar="DIR", type=PATH, default=Path("tour"), help="Where the pictures go.")
@click.option("--size", metavar="WxH", type=Size(), default=(1440, 900), help="Of the window; 1440x900 unless told.")
@common
@pass_session
def tour_command(session: Session, out: Path, size: tuple[int, int]) -> None:
    """Write a picture of every screen, light and dark.

    Without --notebook it is the sample that is shown; a copy is used, so that nothing is written into yours.
    """
    pictures = session.launcher.tour(session.named_path, out, size)

    def told() -> None:
        for picture in pictures:
            output.line(str(picture))

    session.show({"pictures": [str(picture) for picture in pictures]}, told)
