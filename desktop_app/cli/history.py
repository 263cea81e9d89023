"""undo, redo, log."""

from datetime import datetime

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.changes import Change, Changes
from desktop_app.model.errors import KnownError


class NothingToUndo(KnownError):
    template = "There is nothing to undo."


class NothingToRedo(KnownError):
    template = "There is nothing to redo; what was undone can be brought back until something new is done."


@click.command("undo")
@common
@pass_session
def undo_command(session: Session) -> None:
    """Take back the last change, whichever program made it."""
    with session.changing() as notebook:
        done = notebook.history.undo()
        if done is None:
            raise NothingToUndo
        _tell(session, "Undone", done)


@click.command("redo")
@common
@pass_session
def redo_command(session: Session) -> None:
    """Bring back what was undone last."""
    with session.changing() as notebook:
        done = notebook.history.redo()
        if done is None:
            raise NothingToRedo
        _tell(session, "Redone", done)


def _tell(session: Session, what: str, done: Changes[str]) -> None:
    touched = {kind: sorted(items) for kind, items in done.touched.items()}
    session.show({what.lower(): done.label, "touched": touched}, lambda: output.line(f"{what}: {done.label}"))


@click.command("log")
@common
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@click.option(
    "--offset", metavar="N", type=click.IntRange(min=0), default=0, help="How many of the newest to pass over."
)
@click.option("--author", metavar="NAME", type=TEXT, default="", help="Only what NAME did, and what was brought of it.")
@pass_session
def log_command(session: Session, limit: int, offset: int, author: str) -> None:
    """Who did what and when, newest first."""
    with session.notebook() as notebook:
        changes = notebook.history.log(limit, offset, author)
    session.show([as_json.change(change) for change in changes], lambda: _print(changes))


def _print(changes: list[Change]) -> None:
    now = datetime.now()
    rows = [
        (
            str(change.id),
            words.moment(change.at, now),
            change.author,
            "–" if change.items == 0 else str(change.items),
            _label(change),
        )
        for change in changes
    ]
    output.table(rows, ("no.", "when", "who", "items", "what"), right=(0, 3))


def _label(change: Change) -> str:
    label = f"{change.kind.capitalize()}: {change.label}" if change.kind in {"undo", "redo"} else change.label
    if change.authors:
        brought = ", ".join(f"{count:,} of {words.named(name)}" for name, count in change.authors.items())
        label = f"{label} · {words.counted(sum(change.authors.values()), 'revision')}: {brought}"
    return f"{label} (undone)" if change.undone else label
