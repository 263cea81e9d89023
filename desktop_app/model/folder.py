"""Exchanging through a shared folder: who is how far, and what one exchange did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device that exchanges a notebook through a folder, this one among them.

    ``name`` is what its owner calls it (may be empty), ``author`` who writes there, ``at`` when it was last heard of
    (ISO 8601, UTC; empty for never). Packs: ``wrote`` so many, of which ``read_here`` were read on this device and
    ``waiting`` lie there or are still to come; ``has_read_ours`` so many of ours it has read.
    """

    device: str
    name: str
    author: str
    at: str
    wrote: int
    read_here: int
    waiting: int
    has_read_ours: int
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """``path`` is the attached folder; ``devices`` are this one, then the others by name. ``problems`` are sentences;
    ``waiting_out`` is how many revisions written here are not in the folder yet."""

    path: str
    devices: Sequence[DeviceStatus]
    problems: Sequence[str]
    waiting_out: int

    def to_json(self) -> Mapping[str, Any]:
        return {
            "path": self.path,
            "devices": [asdict(device) for device in self.devices],
            "problems": list(self.problems),
            "waiting_out": self.waiting_out,
        }


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one exchange did: revisions that were new here, and how many went out, in so many packs. ``conflicts`` are
    the items that several people have changed apart since; ``problems`` are sentences."""

    took: int = 0
    sent: int = 0
    packs_read: int = 0
    packs_written: int = 0
    conflicts: int = 0
    problems: Sequence[str] = ()

    def to_json(self) -> Mapping[str, Any]:
        return {**asdict(self), "problems": list(self.problems)}
