"""What comes in from another copy, whatever it came in: proven revisions and blobs that are not here yet."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.model.changes import Absent, Revision
from desktop_app.model.exchange import Manifest


class BlobRow(NamedTuple):
    """A blob as a notebook keeps it: ``size`` in bytes of what ``data`` holds by ``packing`` (``plain``, ``zlib``)."""

    size: int
    packing: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A revision that was not taken: its id, of which item and kind it says it is, and why not."""

    revision: str
    item: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """``revisions`` are those not known here, in no particular order: their ids recomputed, their fields looked at.
    ``items`` are the ids of all items that came, of those with nothing new too. ``absent`` are the revisions that the
    other copy knows to be missing there. ``blob`` reads one of its blobs, proven to be what its name promises, or
    ``None``; ``has_blob`` says cheaply whether there is one of that name (not proven)."""

    source: str
    revisions: Sequence[Revision]
    items: AbstractSet[str]
    refused: Sequence[Refused]
    absent: Sequence[Absent]
    blob: Callable[[str], BlobRow | None]
    has_blob: Callable[[str], bool]
    manifest: Manifest | None = None
    warnings: Sequence[str] = field(default=())
