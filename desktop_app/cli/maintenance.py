"""check, backup, restore."""

from datetime import datetime
from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.services.maintenance import (
    BackupInfo,
    CheckReport,
    NotebookDamaged,
    restore_notebook,
    salvage_notebook,
)


@click.command("check")
@click.option("--repair", is_flag=True, help="Mend what can be mended, after a backup.")
@common
@pass_session
def check_command(session: Session, repair: bool) -> int:
    """Prove that the notebook is whole.

    Looked at are the file, every revision, the current state and every kept file.

    The exit code is 1 when something is wrong and was not mended.
    """
    try:
        with session.notebook() as notebook, output.progress() as progress:
            report = notebook.maintenance.check(repair=repair, progress=progress)
    except NotebookDamaged:
        if not repair:
            raise
    else:
        if report.sound or not repair:
            session.show(as_json.check(report), lambda: _print_report(report, repair))
            return 0 if report.ok else 1
    return _save(session)


def _save(session: Session) -> int:
    """Make a notebook anew that nothing else can mend; the exit code is 1 where something is lost."""
    saved = salvage_notebook(session.path())
    with session.notebook() as notebook:
        report = notebook.maintenance.check()
    data = {"revisions": saved.revisions, "blobs": saved.blobs, "lost": saved.lost, "set_aside": str(saved.aside)}

    def told() -> None:
        lost = f"{saved.lost:,} revisions are lost" if saved.lost else "no revision is lost"
        output.line(f"Made anew from {saved.revisions:,} revisions and {saved.blobs:,} kept files; {lost}.")
        output.line(f"The damaged file is kept as {saved.aside}.")

    session.show(as_json.check(report) | {"saved": data}, told)
    return 0 if report.ok and not saved.lost else 1


def _print_report(report: CheckReport, repair: bool) -> None:
    looked_at = f"{report.revisions:,} revisions of {report.items:,} items and {report.blobs:,} kept files"
    if not report.problems:
        output.line(f"All is well: {looked_at}.")
        return
    rows = [("mended" if problem.repaired else "wrong", problem.where, problem.what) for problem in report.problems]
    output.table(rows)
    output.line()
    open_ones = sum(not problem.repaired for problem in report.problems)
    if not open_ones:
        output.line(f"Everything was mended; looked at {looked_at}.")
    elif repair:
        output.line(
            f"{open_ones:,} of {len(rows):,} could not be mended; “terrain backup --list” shows what to restore."
        )
    else:
        output.line(f"{open_ones:,} wrong; “terrain check --repair” mends what can be mended.")


@click.command("backup")
@click.argument("path", type=PATH, required=False)
@click.option("--list", "listed", is_flag=True, help="Show the kept backups.")
@common
@pass_session
def backup_command(session: Session, path: Path | None, listed: bool) -> None:
    """Make a verified copy and print where it is.

    It is made at PATH, or among the kept backups.
    """
    if listed and path is not None:
        raise click.UsageError("Give a path or --list, not both.")
    with session.notebook() as notebook:
        if listed:
            backups = notebook.maintenance.backups()
            session.show([as_json.backup(info) for info in backups], lambda: _print_backups(backups))
            return
        made = notebook.maintenance.backup(path)
    session.show({"path": str(made)}, lambda: output.line(str(made)))


def _print_backups(backups: list[BackupInfo]) -> None:
    now = datetime.now()
    rows = [(words.moment(info.at.isoformat(), now), words.size(info.size), str(info.path)) for info in backups]
    output.table(rows, right=(1,))


@click.command("restore")
@click.argument("path", type=PATH)
@common
@pass_session
def restore_command(session: Session, path: Path) -> None:
    """Put a backup in the notebook's place; what was there is kept beside it."""
    notebook = session.path()
    aside = restore_notebook(notebook, path)

    def told() -> None:
        output.line(f"{notebook} is as {path} has it.")
        if aside is not None:
            output.line(f"What was there before is kept as {aside}.")

    session.show({"path": str(notebook), "set_aside": str(aside) if aside else None}, told)
