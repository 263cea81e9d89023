"""Whether a place is good for a notebook that is open.

SQLite's log and locks are not kept by network drives as it needs them, and programs that synchronise folders copy a
file while it is written and put two versions of it side by side. Both have cost people their work, so a notebook that
is opened in such a place is warned of; nothing is forbidden.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from desktop_app.config.attached import attached_folders

_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs smb2 ncpfs afs afpfs ceph coda davfs webdav 9p drvfs vboxsf vmhgfs prl_fs glusterfs "
    "lustre gpfs beegfs orangefs ftp sshfs".split()
)
"""Types of file systems as ``/proc/mounts`` and ``mount`` name them."""

_LOCAL_FUSE = frozenset(
    "ntfs-3g ntfs exfat encfs gocryptfs cryfs securefs veracrypt mergerfs bindfs unionfs overlayfs fuse-overlayfs "
    "lxcfs portal archivemount squashfuse apfs-fuse zfs bcachefs snapfuse".split()
)
"""What follows ``fuse.`` where the files lie on this computer all the same."""

_NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"OneDrive( - .+|-.+)?"), "OneDrive"),
    (re.compile(r"Mobile Documents|iCloud Drive|iCloudDrive"), "iCloud Drive"),
    (re.compile(r"Google ?Drive(-.+)?"), "Google Drive"),
)
"""Names of folders that those programs make themselves."""

_MARKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.dropbox|\.dropbox\.cache"), "Dropbox"),
    (re.compile(r"\.stfolder"), "Syncthing"),
    (re.compile(r"\._?sync_[0-9a-f]+\.db|\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log(\.\d+)?"), "ownCloud"),
    (re.compile(r"\.tmp\.driveupload|\.tmp\.drivedownload"), "Google Drive"),
)
"""Names of what they leave in the topmost folder that they synchronise."""

_MOST_NAMES = 20_000
"""Of one folder that are looked at for marks; those are among the first in any order but a malicious one."""


def warning_for(path: Path) -> str:
    """A sentence if a notebook at ``path`` lies where an open one may be harmed, else an empty text.

    Looks at mounts and at the names in the folders above; a place that cannot be looked at is not warned of.
    """
    real = Path(os.path.realpath(path.expanduser()))
    shared = _shared_folder(real)
    if shared is not None:
        return (
            f"{path} lies inside the shared folder {shared}, which is for exchanging only; "
            "close the notebook and move it to another folder of this computer."
        )
    synced = _synchronised_by(real)
    if synced:
        return (
            f"{path} lies in a folder that {synced} synchronises, which can damage a notebook while it is open; "
            "move it to another folder of this computer, and attach a shared folder to exchange."
        )
    drive = _network_drive(real)
    if drive:
        return (
            f"{path} lies on a network drive ({drive}), where a notebook can be damaged when two computers open it; "
            "move it to a folder of this computer, and attach a shared folder to exchange."
        )
    return ""


def _shared_folder(path: Path) -> Path | None:
    return next((one for one in attached_folders() if path.is_relative_to(os.path.realpath(one))), None)


# --- folders that another program synchronises ----


def _synchronised_by(path: Path) -> str:
    for root in _announced(os.environ):
        if path.is_relative_to(os.path.realpath(root)):
            return "OneDrive"
    for folder in path.parents:
        for pattern, program in _NAMES:
            if pattern.fullmatch(folder.name):
                return program
        if folder.parent.name == "CloudStorage" and folder.parent.parent.name == "Library":
            return folder.name.split("-")[0]
        for name in _names(folder):
            for pattern, program in _MARKS:
                if pattern.fullmatch(name):
                    return program
    return ""


def _announced(environment: Mapping[str, str]) -> Iterable[str]:
    """OneDrive tells where its folders are, whatever they are called."""
    return filter(None, (environment.get(name) for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")))


def _names(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_NAMES:
                    return
                if entry.name.startswith("."):
                    yield entry.name
    except OSError:
        return  # what may not be looked into is not ours to warn of


# --- network drives ----


def _network_drive(path: Path) -> str:
    """What kind of network drive a real path lies on; empty for one of this computer, or where nobody can tell."""
    if sys.platform == "win32":
        return _windows_drive(path)
    mounts = dict(_mac_mounts() if sys.platform == "darwin" else _linux_mounts())
    if mounts.get("/") == "9p":
        del mounts["/"]  # all of a sandbox's own disk, not somebody else's
    for folder in (path, *path.parents):
        if str(folder) in mounts:
            return _as_network(mounts[str(folder)])
    return ""


def _as_network(kind: str) -> str:
    if kind.startswith("fuse."):
        return "" if kind[5:] in _LOCAL_FUSE else kind[5:]
    return kind if kind in _NETWORK else ""


def _linux_mounts() -> Iterator[tuple[str, str]]:
    """Where something is mounted, and what; of two at one place the later one counts (proc_mounts(5))."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        fields = line.split(" ")
        if len(fields) > 2 and fields[2] != "autofs":
            yield re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]), fields[2]


def _mac_mounts() -> Iterator[tuple[str, str]]:
    import subprocess

    try:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return
    for line in told.splitlines():
        found = re.fullmatch(r".+ on (/.*) \(([^,)]+).*\)", line)
        if found:
            yield found[1], found[2]


def _windows_drive(path: Path) -> str:
    drive = path.drive
    if drive.startswith("\\\\"):
        return drive
    if sys.platform == "win32" and drive:
        import ctypes

        remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == remote:
            return drive
    return ""
