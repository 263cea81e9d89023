"""resolve: how a foresight turned out."""

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.entries import Result


@click.command("resolve")
@click.argument("entry", metavar="ID", type=TEXT)
@click.argument("result", type=click.Choice([str(result) for result in Result]), required=False)
@click.option("--by-check", is_flag=True, help="Take what its check on a series says now.")
@click.option("--note", metavar="TEXT", type=TEXT, default="", help="Why.")
@click.option("--resolved", metavar="W", type=TEXT, default="", help="When it was decided; today unless told.")
@common
@pass_session
def resolve_command(session: Session, entry: str, result: str | None, by_check: bool, note: str, resolved: str) -> None:
    """Say how a foresight turned out.

    With --by-check its check says so, and the numbers as they stand are kept in the note; nothing is resolved while
    the points of the series do not cover the period. ID is an id or the beginning of one.
    """
    if by_check == bool(result):
        raise click.UsageError("Say yes, partly or no, or --by-check alone.")
    if by_check and resolved:
        raise click.UsageError("--resolved belongs to yes, partly or no; a check is taken today.")
    with session.changing() as notebook:
        lens = notebook.foresight
        if result:
            item = lens.resolve(entry, result, note=note, when=resolved).result
        else:
            item = lens.resolve_by_check(entry, note=note).result
        outcome = notebook.entries.get(item).fields.outcome
        assert outcome is not None
        data = {"id": item, "outcome": outcome.result, "resolved": outcome.resolved, "note": outcome.note}
        session.show(data, lambda: output.line("  ".join(part for part in (outcome.result, outcome.note) if part)))
