"""A folder that several devices exchange a notebook through: names, places, and files written aside and renamed.

``FOLDER/<notebook>/<device>/NNNNNN-<digest>.pack``, beside a ``state.json`` that says how far the device is. A device
writes below its own name only, so that no program that synchronises the folder ever finds two versions of one file.
Looking costs one listing for each device and opens nothing.
"""

import errno
import os
import re
import secrets
import stat
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from desktop_app.exchange.packs import LARGEST_STATE, is_temporary, parse_pack_name
from desktop_app.model.errors import KnownError

STATE = "state.json"
_DEVICE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,79}")
_OTHER_STATE = re.compile(r"state.*\.json")
"""Conflict copies of a state: the next one written says more."""
_ASIDE = re.compile(r"\.[0-9a-f]{16}\.part")
_GIVEN_UP = 600.0
"""Seconds after which a file that was being written aside has been given up."""
LATE = 60.0
"""Seconds for which nothing is said of a file that is still on its way."""


class FolderError(KnownError):
    """Anything that keeps a shared folder from being used."""


class FolderGone(FolderError):
    template = (
        "The shared folder {path} is not there (a stick pulled out, a drive not connected?); nothing is lost, what was "
        "written waits until it is back."
    )


class FolderEmptied(FolderError):
    template = (
        "What was exchanged through {path} is no longer there; if it was emptied on purpose, attach the folder again, "
        "and everything goes out anew."
    )


class FolderReadOnly(FolderError):
    template = "The shared folder {path} cannot be written; what you write waits until it can. Ask whoever owns it."


class FolderFull(FolderError):
    template = "There is no room left in the shared folder {path}; free some space, what you write waits until then."


class FolderTrouble(FolderError):
    template = "The shared folder {path} cannot be used ({reason}); look at the drive, nothing is lost."


@dataclass(frozen=True, slots=True, order=True)
class PackName:
    """One pack: its place among those of its device, and the beginning of its digest."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number:06d}-{self.digest}"

    @classmethod
    def parse(cls, text: str) -> "PackName":
        number, digest = text.split("-", 1)
        return cls(int(number), digest)


@dataclass(slots=True)
class DeviceFiles:
    """What lies in a device's folder: where each pack is, the pack itself first and then copies of it that programs
    made; files that are still being written; names that have no business there."""

    packs: dict[PackName, list[Path]] = field(default_factory=dict)
    unfinished: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def is_device(name: str) -> bool:
    """Whether a device may have this name in a folder."""
    return _DEVICE.fullmatch(name) is not None


def _sorted_out(folder: Path, names: Iterable[str]) -> DeviceFiles:
    found = DeviceFiles()
    copies: list[tuple[PackName, Path]] = []
    for name in sorted(names):
        parsed = None if is_temporary(name) else parse_pack_name(name)
        if parsed is not None:
            pack = PackName(parsed.number, parsed.digest)
            if parsed.is_copy:
                copies.append((pack, folder / name))
            else:
                found.packs.setdefault(pack, []).append(folder / name)
        elif is_temporary(name):
            found.unfinished.append(name)
        elif not _OTHER_STATE.fullmatch(name):
            found.foreign.append(name)
    for pack, path in copies:
        found.packs.setdefault(pack, []).append(path)
    return found


class Folder:
    """The part of a shared folder that belongs to one notebook."""

    def __init__(self, root: Path, notebook: str) -> None:
        self.root = root
        self.place = root / notebook
        self._known: dict[str, tuple[list[str], DeviceFiles]] = {}

    def listing(self) -> dict[str, DeviceFiles]:
        """By device what lies there; raises :class:`FolderGone` and its like."""
        with self._errors_told():
            if not self.root.is_dir():
                raise FolderGone(path=self.root)
            try:
                names = sorted(entry.name for entry in os.scandir(self.place) if entry.is_dir())
            except FileNotFoundError:
                return {}
            return {name: self._files(name) for name in names if is_device(name)}

    def _files(self, device: str) -> DeviceFiles:
        """What is known of a device's folder as long as the same names are there: there may be thousands."""
        try:
            names = os.listdir(self.place / device)  # noqa: PTH208  names are enough
        except FileNotFoundError:
            return DeviceFiles()
        known = self._known.get(device)
        if known is None or known[0] != names:
            known = self._known[device] = names, _sorted_out(self.place / device, names)
        return known[1]

    def states(self, devices: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What each device says of itself, not looked at yet; those that cannot be read are left out."""
        for device in devices:
            path = self.place / device / STATE
            try:
                # Opening a pipe would wait for a writer.
                if path.is_file():
                    with path.open("rb") as file:
                        yield device, file.read(LARGEST_STATE + 1)
            except OSError:
                continue

    def has_state(self, device: str) -> bool:
        return (self.place / device / STATE).is_file()

    def late(self, listing: Mapping[str, DeviceFiles]) -> dict[str, int]:
        """By device how many files have been on their way for a minute or longer."""
        late: Counter[str] = Counter()
        for device, files in listing.items():
            for name in files.unfinished:
                with suppress(OSError):
                    found = (self.place / device / name).stat()
                    late[device] += stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > LATE
        return +late

    # --- writing ----------------------------------------------------------------------------------------------------

    def write(self, device: str, fill: Callable[[BinaryIO], str]) -> Path:
        """Writes a file into a device's folder. ``fill`` writes the content and gives the name.

        Until it is whole and on the disk it has another name. Raises :class:`FolderFull` and its like.
        """
        with self._errors_told():
            if not self.root.is_dir():
                raise FolderGone(path=self.root)
            folder = self.place / device
            folder.mkdir(parents=True, exist_ok=True)
            aside = folder / f".{secrets.token_hex(8)}.part"
            try:
                with aside.open("xb") as file:
                    name = fill(file)
                    file.flush()
                    os.fsync(file.fileno())
                return aside.replace(folder / name)
            except BaseException:
                aside.unlink(missing_ok=True)
                raise

    def remove(self, paths: Iterable[Path]) -> None:
        """Takes damaged files of our own away, once what they held is there again."""
        with self._errors_told():
            for path in paths:
                path.unlink(missing_ok=True)

    def clear_given_up(self, device: str) -> None:
        """Takes away what a crash of ours left half-written."""
        with self._errors_told():
            for name in self._files(device).unfinished:
                path = self.place / device / name
                if _ASIDE.fullmatch(name) and time.time() - path.stat().st_mtime > _GIVEN_UP:
                    path.unlink(missing_ok=True)

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise FolderFull(path=self.root) from error
            if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
                raise FolderReadOnly(path=self.root) from error
            if not self.root.is_dir():
                raise FolderGone(path=self.root) from error
            raise FolderTrouble(path=self.root, reason=error.strerror or str(error)) from error
