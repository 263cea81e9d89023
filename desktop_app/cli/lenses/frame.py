"""What the commands of all lenses share: the query that narrows them, and the file that they are written to."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from desktop_app.cli import output
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common
from desktop_app.model.errors import Invalid
from desktop_app.services import Notebook
from desktop_app.services.writing import write_whole

Command = TypeVar("Command", bound=Callable[..., Any])
Result = TypeVar("Result")

PICTURES = (".svg", ".png")


def lens_options(command: Command) -> Command:
    """Give a lens ``--query Q`` and ``--out PATH``, beside what most commands take."""
    query = click.option("--query", metavar="Q", type=TEXT, default="", help="Only what this search finds.")
    out = click.option(
        "--out", metavar="PATH", type=PATH, help="Write it to a file: .csv, .svg or .png; a text as .md."
    )
    return query(out(common(command)))


def show(
    session: Session,
    lens: str,
    out: Path | None,
    read: Callable[[Notebook], Result],
    *,
    csv: Callable[[Notebook, Result], bytes],
    data: Callable[[Result], object],
    text: Callable[[Result], None],
    markdown: Callable[[Notebook, Result], bytes] | None = None,
) -> None:
    """Read a lens, then print it, or write it to a file by the ending of its name.

    A picture is drawn by the window's own drawing of that ``lens``, which the launcher brings; a lens that gives
    ``markdown`` is read, not drawn.
    """
    ending = out.suffix.lower() if out else ""
    endings = (".csv", ".md") if markdown else (".csv", *PICTURES)
    if out is not None and ending not in endings:
        told = f"{', '.join(endings[:-1])} or {endings[-1]}"
        raise Invalid(message=f"This lens is written as {told}, not {ending or 'without an ending'}.")
    with session.notebook() as notebook:
        found = read(notebook)
        make = markdown if ending == ".md" else csv
        made = make(notebook, found) if make and ending in (".csv", ".md") else b""
    if out is None:
        session.show(data(found), lambda: text(found))
        return
    if ending in (".csv", ".md"):
        write_whole(out, made)
    else:
        session.launcher.draw(lens, found, out)
    session.show({"path": str(out)}, lambda: output.line(str(out)))


def plain(value: object) -> Any:
    """A result as JSON has it: dataclasses as objects by the names of their fields, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {slot.name: plain(getattr(value, slot.name)) for slot in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def scope_line(explanation: str, total: int) -> None:
    """What was looked at, above a table."""
    output.line(output.faint(f"{explanation} {total:,} {'entry' if total == 1 else 'entries'}."))
