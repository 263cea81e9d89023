"""conflicts: what two people gave different values."""

import json
from collections.abc import Sequence
from datetime import datetime

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import Conflict


@click.group("conflicts", invoke_without_command=True)
@common
@click.pass_context
def conflicts_command(context: click.Context) -> None:
    """What two people gave different values, and settling it. Without a command: the list."""
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session))


@conflicts_command.command("list")
@common
@pass_session
def list_conflicts(session: Session) -> None:
    """Every field that waits, with its values: whose they are and when they were written."""
    _list(session)


def _list(session: Session) -> None:
    with session.notebook() as notebook:
        found = notebook.conflicts.all()
    session.show([as_json.conflict(one) for one in found], lambda: _print(found))


def _print(found: Sequence[Conflict]) -> None:
    now = datetime.now()
    if not found:
        output.line("Nothing waits to be settled.")
    for conflict in found:
        output.line(f"{conflict.item[: words.SHORT]}  {output.strong(conflict.heading)}  {conflict.field}")
        rows = [
            (str(number), one.author, words.moment(one.at, now), value_text(one.value))
            for number, one in enumerate(conflict.options, 1)
        ]
        output.table(rows, indent="  ")


def value_text(value: object) -> str:
    """A value on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@conflicts_command.command("settle")
@click.argument("item", type=TEXT)
@click.argument("field", type=TEXT)
@click.option("--take", metavar="N", type=int, help="Take the value of this number in the list.")
@click.option("--value", metavar="TEXT", type=TEXT, help="Give it a value of its own.")
@common
@pass_session
def settle_conflict(session: Session, item: str, field: str, take: int | None, value: str | None) -> None:
    """Say which value FIELD of ITEM has: one of the two, or another. ITEM is an id or its beginning."""
    if (take is None) == (value is None):
        raise click.UsageError("Give --take or --value.")
    with session.changing() as notebook:
        found = [one for one in notebook.conflicts.all() if one.item.startswith(item) and one.field == field]
        if len({one.item for one in found}) != 1:
            raise Invalid(message=f"Nothing of that name waits there (“{item}”, “{field}”); see “terrain conflicts”.")
        conflict = found[0]
        if value is not None:
            notebook.conflicts.settle_with(conflict.item, field, value)
        elif take is None or not 1 <= take <= len(conflict.options):
            raise Invalid(message=f"There is no value {take} of “{field}”; take 1 to {len(conflict.options)}.")
        else:
            notebook.conflicts.settle(conflict.item, field, conflict.options[take - 1].revision)
        session.show({"id": conflict.item}, lambda: output.line(conflict.item))


@conflicts_command.command("settle-by")
@click.argument("author", type=TEXT)
@common
@pass_session
def settle_by_author(session: Session, author: str) -> None:
    """Take what AUTHOR wrote wherever that is one of the values."""
    with session.changing() as notebook:
        settled = notebook.conflicts.settle_by(author).result
        session.show({"settled": settled}, lambda: output.line(f"{words.counted(settled, 'field')} settled"))
