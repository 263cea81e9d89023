"""import, merge: what another copy holds."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli import output, words
from desktop_app.cli.given import PATH
from desktop_app.cli.secrets import identity_option, passphrase_option, what_opens
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Arrival, MergeReport, Outcome, Unseal

if TYPE_CHECKING:
    from desktop_app.services import Notebook

_SHOWN = 30

_SIGNS = {
    Outcome.NEW: "new",
    Outcome.FAST_FORWARD: "newer",
    Outcome.MERGED: "merged",
    Outcome.CONFLICTING: "conflict",
    Outcome.REJECTED: "rejected",
}


class NoCopy(KnownError):
    template = (
        "{path} is no notebook; metric files are taken in by “terrain metrics import”, texts by"
        " “terrain documents import”, codebooks by “terrain codes import”."
    )


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@passphrase_option
@identity_option
@common
@pass_session
def import_command(
    session: Session, files: tuple[Path, ...], dry_run: bool, passphrase: Path | None, identity: Path | None
) -> int:
    """Take in notebooks of others, as one undoable step each.

    A notebook is not trusted: everything in it is proven before anything is written, and what cannot be is told.
    Encrypted ones (.age) ask for their passphrase.
    """
    for path in files:
        _refuse_other(path)
    return _merge(session, files, dry_run, passphrase, identity)


@click.command("merge")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@passphrase_option
@identity_option
@common
@pass_session
def merge_command(
    session: Session, files: tuple[Path, ...], dry_run: bool, passphrase: Path | None, identity: Path | None
) -> int:
    """Merge copies of the notebook that were written in elsewhere, as one undoable step each.

    The same copy again changes nothing, and the order makes no difference. What two people changed differently keeps
    both values; “terrain conflicts” settles it.
    """
    return _merge(session, files, dry_run, passphrase, identity)


def _refuse_other(path: Path) -> None:
    if path.is_file() and path.suffix.lower() not in (".terrain", ".age"):
        with path.open("rb") as file:
            head = file.read(64)
        if not head.startswith((b"SQLite format 3", b"age-encryption.org", b"-----BEGIN AGE")):
            raise NoCopy(path=path)


def _merge(
    session: Session, files: Sequence[Path], dry_run: bool, passphrase: Path | None, identity: Path | None
) -> int:
    with session.notebook() if dry_run else session.changing() as notebook:
        reports = [_one(notebook, path, what_opens(path, passphrase, identity), dry_run) for path in files]
        session.show(_as_json(reports), lambda: _print(reports, dry_run))
    return 0


def _one(notebook: "Notebook", path: Path, unseal: Unseal | None, dry_run: bool) -> MergeReport:
    with output.progress() as progress:
        if dry_run:
            return notebook.merging.preview(path, unseal=unseal, progress=progress)
        return notebook.merging.merge(path, unseal=unseal, progress=progress).result


def _as_json(reports: Sequence[MergeReport]) -> dict[str, object]:
    each = [report.to_json() for report in reports]
    if len(each) == 1:
        return each[0]
    total: dict[str, object] = {str(outcome): sum(report.counts[outcome] for report in reports) for outcome in Outcome}
    return {
        **total,
        "losses": [loss.to_json() for report in reports for loss in report.losses],
        "same_names": sorted({name for report in reports for name in report.same_names}),
        "files": each,
    }


def _print(reports: Sequence[MergeReport], dry_run: bool) -> None:
    now = datetime.now()
    for report in reports:
        if len(reports) > 1:
            output.line(output.strong(report.source))
        _print_one(report, dry_run, now)


def _print_one(report: MergeReport, dry_run: bool, now: datetime) -> None:
    if report.manifest is not None:
        made = report.manifest
        what = f", of “{made.query}”" if made.query else ""
        output.line(f"Made by {made.author}, {words.moment(made.at, now)}, out of “{made.title}”{what}.")
    counts = report.counts
    told = [
        f"{counts[Outcome.NEW]:,} new",
        f"{counts[Outcome.FAST_FORWARD]:,} newer there",
        f"{counts[Outcome.MERGED]:,} merged",
        f"{counts[Outcome.CONFLICTING]:,} conflicting",
        f"{counts[Outcome.REJECTED]:,} rejected",
        f"{counts[Outcome.IDENTICAL]:,} the same",
    ]
    output.line(" · ".join(told))
    rows = [_row(arrival, now) for arrival in report.arrivals[:_SHOWN]]
    output.table(rows, indent="  ")
    if len(report.arrivals) > _SHOWN:
        output.line(output.faint(f"  and {len(report.arrivals) - _SHOWN:,} more"))
    for loss in report.losses:
        output.line(f"{loss.item[: words.SHORT]}: {loss.what}; {loss.why}.")
    for name in report.same_names:
        output.line(f"There are two of {name} now, made apart.")
    if dry_run:
        output.line("Nothing was written.")
    elif not report.changes_something:
        output.line("Nothing in it was new.")
    elif counts[Outcome.CONFLICTING]:
        output.line("“terrain conflicts” shows what to settle; “terrain undo” takes the merge back.")


def _row(arrival: Arrival, now: datetime) -> tuple[str, str, str, str, str]:
    at = words.moment(arrival.at, now) if arrival.at else ""
    return _SIGNS[arrival.outcome], arrival.kind, arrival.author, at, arrival.heading
