"""folder: exchanging through a folder that several devices share."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop_app.cli import output, words
from desktop_app.cli.given import PATH
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.folder import DeviceStatus, FolderStatus, SyncReport

if TYPE_CHECKING:
    from desktop_app.services import Notebook


@click.group("folder")
def folder_command() -> None:
    """Exchange through a folder that several devices share: a synchronised one, a network drive, a stick."""


@folder_command.command("attach")
@click.argument("path", type=PATH)
@common
@pass_session
def attach_folder(session: Session, path: Path) -> None:
    """Exchange this notebook through the folder PATH from now on, and do so at once.

    Every device that has a copy of the notebook attaches the same folder. The notebook itself stays where it is.
    """
    with session.changing() as notebook:
        notebook.folder.attach(path)
        _sync(session, notebook)


@folder_command.command("detach")
@common
@pass_session
def detach_folder(session: Session) -> None:
    """Exchange no more; what lies in the folder stays there."""
    with session.notebook() as notebook:
        path = notebook.folder.path()
        notebook.folder.detach()
    session.show({"path": str(path)}, lambda: output.line(f"{path} is left as it is; nothing is exchanged any more."))


@folder_command.command("sync")
@common
@pass_session
def sync_folder(session: Session) -> None:
    """Read what others put into the folder, and put there what is new here.

    An open window does so by itself. Packs of this device that are gone or damaged are written anew.
    """
    with session.changing() as notebook:
        _sync(session, notebook)


def _sync(session: Session, notebook: "Notebook") -> None:
    with output.progress() as progress:
        report = notebook.folder.sync(progress).result
    session.show(report.to_json(), lambda: _print_report(report))


def _print_report(report: SyncReport) -> None:
    output.line(
        f"Read {words.counted(report.took, 'new version', 'new versions')} in"
        f" {words.counted(report.packs_read, 'pack')}, sent {words.counted(report.sent, 'version')} in"
        f" {words.counted(report.packs_written, 'pack')}."
    )
    if report.conflicts:
        output.line(
            f"{words.counted(report.conflicts, 'thing was', 'things were')} changed differently by several people;"
            " see “terrain conflicts”."
        )
    for problem in report.problems:
        output.line(f"  {problem}")


@folder_command.command("status")
@common
@pass_session
def folder_status(session: Session) -> None:
    """Which devices exchange through the folder, how far each of them is, and what is wrong there."""
    with session.notebook() as notebook:
        status = notebook.folder.status()
    session.show(status and status.to_json(), lambda: _print_status(status))


def _print_status(status: FolderStatus | None) -> None:
    if status is None:
        output.line("No shared folder is attached; attach one with “terrain folder attach PATH”.")
        return
    output.line(status.path)
    now = datetime.now()
    head = ("device", "who", "last wrote", "packs", "read here", "has read ours")
    output.table([_row(device, now) for device in status.devices], head, right=(3, 4, 5), indent="  ")
    if status.waiting_out:
        output.line(f"{words.counted(status.waiting_out, 'version')} of yours not there yet.")
    for problem in status.problems:
        output.line(problem)


def _row(device: DeviceStatus, now: datetime) -> tuple[str, ...]:
    name = device.name or device.device[:8]
    return (
        f"{name} (this device)" if device.is_own else name,
        device.author,
        words.moment(device.at, now) if device.at else "",
        f"{device.wrote:,}",
        "" if device.is_own else f"{device.read_here:,}",
        "" if device.is_own else f"{device.has_read_ours:,}",
    )
