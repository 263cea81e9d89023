"""Where something comes from: who wrote it, on which device, and which file brought it here."""

from dataclasses import dataclass

SHORT_DEVICE = 4


@dataclass(frozen=True, slots=True)
class Provenance:
    """Of an item's first version: who wrote it, on which device (its id, and the name that its owner gave it, if any),
    and when. ``source`` is the name of the file whose merge brought it here, by ``source_by`` who handed that file out,
    at ``source_at``; all three are empty for what was written here. Times are ISO 8601 in UTC.

    ``shallow``: there were earlier versions, which are not in this copy; it speaks of the oldest one that is.
    """

    author: str
    device: str
    device_name: str
    at: str
    source: str = ""
    source_by: str = ""
    source_at: str = ""
    shallow: bool = False


def short_device(device: str) -> str:
    """The beginning of a device's id: enough to tell those without a name apart."""
    return device[:SHORT_DEVICE]
