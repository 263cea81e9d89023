"""Who is how far in a shared folder, and what is wrong there, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from desktop_app.exchange.folder import LATE, DeviceFiles, PackName, is_device
from desktop_app.exchange.packs import DeviceState
from desktop_app.model.folder import DeviceStatus
from desktop_app.services.folder_memory import Memory, Trouble

_MOST_NAMED = 3
_MOST_DEVICES = 200
_LONGEST = 100
_FURTHEST = 10_000
"""Packs beyond those that lie there which a device is believed to have written."""

_SENTENCES: Mapping[str, str] = {
    "unfinished": "Pack {number} of {device} is not here as a whole yet.",
    "waiting": "Pack {number} of {device} waits for something that is not here yet.",
    "ahead": "Pack {number} of {device} is dated in the future and waits until then; set the clock right there.",
    "damaged": "Pack {number} of {device} is damaged; it comes anew when the folder is synchronised on that device.",
    "refused": "Pack {number} of {device}: {why}",
    "unreadable": "Pack {number} of {device} cannot be read; see whether the folder is open to you.",
}
"""Of the other kinds of trouble the reader's own sentence is told."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is seen of a folder at one moment. ``states`` are what devices say of themselves, ``names`` what this
    notebook calls them; ``now`` in seconds; ``late`` counts files that do not arrive."""

    listing: Mapping[str, DeviceFiles]
    memory: Memory
    states: Mapping[str, DeviceState]
    names: Mapping[str, str]
    now: float
    late: Mapping[str, int] = field(default_factory=dict)

    def devices(self) -> list[str]:
        """This one, then those that write here or are known to have."""
        told = (device for state in self.states.values() for device in state.read)
        others = dict.fromkeys((*self.listing, *self.memory.seen, *self.states, *told))
        others.pop(self.memory.own, None)
        return [self.memory.own, *islice(sorted(filter(is_device, others), key=self._rank), _MOST_DEVICES)]

    def _rank(self, device: str) -> tuple[bool, str, str]:
        return device not in self.listing, self.called(device).casefold(), device

    def called(self, device: str) -> str:
        """What a sentence calls a device."""
        if device == self.memory.own:
            return "this device"
        state = self.states.get(device)
        name = self._name(device)
        if name:
            return f"“{name}”"
        author = _line(state.author) if state else ""
        return f"device {device[:4]} of {author}" if author else f"device {device[:4]}"

    def _name(self, device: str) -> str:
        state = self.states.get(device)
        return _line((state.device_name if state else "") or self.names.get(device, ""))

    # --- how far ----------------------------------------------------------------------------------------------------

    def expected(self, device: str) -> int:
        """The number of the last pack that a device has written, as far as anybody knows."""
        lying = self.listing[device].packs if device in self.listing else {}
        there = max((name.number for name in (*lying, *self.memory.seen.get(device, ()))), default=0)
        state = self.states.get(device)
        told = max((state.wrote if state else 0, *(other.read.get(device, 0) for other in self.states.values())))
        return max(there, min(told, there + _FURTHEST))

    def missing(self, device: str) -> Iterator[int]:
        """The numbers of packs that are neither here nor were read."""
        lying = self.listing[device].packs if device in self.listing else {}
        there = {name.number for name in lying} | self.memory.numbers(device)
        return (number for number in range(1, self.expected(device) + 1) if number not in there)

    def holes(self) -> bool:
        """Whether something is still to come that others have read or written."""
        on_its_way = any(trouble.kind not in ("waiting", "refused") for trouble in self.memory.troubles.values())
        return on_its_way or any(next(self.missing(device), 0) for device in self.devices())

    def read_up_to(self, device: str) -> int:
        """The number up to which every pack of a device has been read here."""
        numbers = self.memory.numbers(device)
        return next(number for number in range(len(numbers) + 1) if number + 1 not in numbers)

    def status(self) -> list[DeviceStatus]:
        return [self._status_of(device) for device in self.devices()]

    def _status_of(self, device: str) -> DeviceStatus:
        state = self.states.get(device)
        expected = self.expected(device)
        read = len(self.memory.numbers(device))
        own = device == self.memory.own
        return DeviceStatus(
            device=device,
            name=self._name(device),
            author=_line(state.author) if state else "",
            at=_moment(state.at) if state else "",
            wrote=expected,
            read_here=read,
            waiting=0 if own else max(expected - read, 0),
            has_read_ours=expected if own else (state.read.get(self.memory.own, 0) if state else 0),
            is_own=own,
        )

    # --- what is wrong ----------------------------------------------------------------------------------------------

    def problems(self) -> list[str]:
        """One sentence each; what is merely on its way is told after a minute."""
        found = [self._told(place, trouble) for place, trouble in sorted(self.memory.troubles.items())]
        for device in self.devices():
            found += self._gaps(device)
            if device in self.listing:
                found += self._foreign(device, self.listing[device].foreign)
            if device in self.late and device != self.memory.own:
                count = self.late[device]
                files = "1 file" if count == 1 else f"{count:,} files"
                found.append(f"{files} of {self.called(device)} has not arrived as a whole for more than a minute.")
        return [sentence for sentence in found if sentence]

    def _told(self, place: str, trouble: Trouble) -> str:
        if trouble.kind in ("unfinished", "waiting") and self.now - trouble.since < LATE:
            return ""
        device, name = place.split("/", 1)
        sentence = _SENTENCES.get(trouble.kind, "")
        number = PackName.parse(name).number
        if not sentence:
            return trouble.why
        return sentence.format(number=number, device=self.called(device), why=trouble.why)

    def _gaps(self, device: str) -> list[str]:
        if device == self.memory.own:
            lying = self.listing[device].packs if device in self.listing else {}
            gone = sorted(name.number for name in self.memory.seen.get(device, set()) - lying.keys())
            return [f"{_packs(gone)} of this device is gone from the folder; synchronise to mend that."] if gone else []
        numbers = list(islice(self.missing(device), _MOST_NAMED + 1))
        return [f"{_packs(numbers)} of {self.called(device)} is not here yet."] if numbers else []

    def _foreign(self, device: str, names: Sequence[str]) -> list[str]:
        if not names:
            return []
        shown = ", ".join(f"“{name[:60]}”" for name in names[:_MOST_NAMED])
        more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
        return [f"In the folder of {self.called(device)} there is {shown}{more}: no packs, left alone."]


def _line(text: str) -> str:
    """What another device calls itself, or its owner, as a short line."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text[:_LONGEST]).split())


def _moment(text: str) -> str:
    """A moment of another device, ISO 8601 in UTC; nothing for what is none."""
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return ""
    return text


def _packs(numbers: Sequence[int]) -> str:
    """``Pack 3``, ``Pack 3, 4 and more``."""
    shown = [str(number) for number in numbers[:_MOST_NAMED]]
    more = " and more" if len(numbers) > _MOST_NAMED else ""
    return f"Pack {', '.join(shown)}{more}"
