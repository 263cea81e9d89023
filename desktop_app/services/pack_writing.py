"""Putting into a shared folder what is new here, in packs that are written once, and how far this device is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from desktop_app.exchange.folder import STATE, DeviceFiles, Folder, PackName
from desktop_app.exchange.packs import (
    DeviceState,
    PackedBlob,
    PackError,
    PackHeader,
    pack_name,
    read_pack,
    write_pack,
    write_state,
)
from desktop_app.model.errors import Interrupted
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.outgoing import Mark, Outgoing, Parcel
from desktop_app.services.folder_memory import NONE, Memory
from desktop_app.services.folder_status import Overview


class PackWriting:
    """Of one exchange. ``at`` is the time as ISO 8601 in UTC; ``sent`` and ``packs`` count what went out."""

    def __init__(
        self,
        file: NotebookFile,
        folder: Folder,
        memory: Memory,
        *,
        device_name: str,
        at: str,
        should_stop: Callable[[], bool],
    ) -> None:
        self._file = file
        self._folder = folder
        self._memory = memory
        self._outgoing = Outgoing(file.database)
        self._device_name = device_name
        self._at = at
        self._should_stop = should_stop
        self.sent = 0
        self.packs = 0

    def push(self, held: set[str], lying: DeviceFiles) -> None:
        """Put out what came to be since the last time and is not ``held`` by a pack already; ``lying`` is what is in
        our own folder. Raises a folder's known error, or :class:`Interrupted` between two packs."""
        mark = self._memory.mark
        if self._outgoing.newest() == mark:
            return
        numbers = [name.number for name in (*lying.packs, *self._memory.seen.get(self._memory.own, ()))]
        number = max(numbers, default=0)
        with self._file.database.snapshot():
            for parcel in self._outgoing.parcels(mark, held, self._memory.since):
                if parcel.revisions:
                    number += 1
                    self._write(number, parcel)
                self._memory.mark = parcel.mark

    def mend(self, lying: DeviceFiles, held_by_others: Callable[[], set[str]]) -> None:
        """Write those of our packs anew that are gone or damaged, under their numbers: what no whole pack holds.

        ``held_by_others`` reads all packs but those, which only happens where there is something to mend.
        """
        own = self._memory.own
        broken = sorted(self._broken(lying))
        if not broken:
            return
        numbers = iter([name.number for name in broken])
        further = max(name.number for name in (*lying.packs, *broken, *self._memory.seen.get(own, ())))
        mark = self._memory.mark
        with self._file.database.snapshot():
            for parcel in self._outgoing.parcels(Mark(), held_by_others(), self._outgoing.last_change()):
                mark = parcel.mark
                if parcel.revisions:
                    number = next(numbers, 0)
                    further += not number
                    self._write(number or further, parcel)
        for number in numbers:
            # What it held is elsewhere; without it the others would wait for it for ever.
            self._write(number, Parcel())
        self._folder.remove(path for name in broken for path in lying.packs.get(name, ()))
        self._memory.seen[own].difference_update(broken)
        for name in broken:
            self._memory.troubles.pop(f"{own}/{name}", None)
        self._memory.mark = mark

    def _broken(self, lying: DeviceFiles) -> Iterator[PackName]:
        """Ours that were seen and are gone, or cannot be read; nobody but us writes there."""
        own = self._memory.own
        damaged = (name for name in lying.packs if self._memory.troubles.get(f"{own}/{name}", NONE).kind == "damaged")
        for name in {*self._memory.seen.get(own, ()), *damaged}:
            if not any(_is_whole(path, name) for path in lying.packs.get(name, ())):
                yield name

    def _write(self, number: int, parcel: Parcel) -> None:
        if self._should_stop():
            raise Interrupted(what="Writing to the shared folder")
        rows = [name for name in parcel.blobs if self._file.blobs.has(name)]
        header = PackHeader(
            notebook=self._file.id,
            device=self._memory.own,
            device_name=self._device_name,
            author=self._file.journal.author,
            number=number,
            after=self._memory.last,
            at=self._at,
            blobs=len(rows),
        )

        def fill(out: BinaryIO) -> str:
            self._memory.last = write_pack(out, header, parcel.revisions, parcel.absent, self._blobs(rows))
            return pack_name(number, self._memory.last)

        path = self._folder.write(self._memory.own, fill)
        self._memory.seen.setdefault(self._memory.own, set()).add(PackName.parse(path.stem))
        self.sent += len(parcel.revisions)
        self.packs += 1

    def _blobs(self, names: list[str]) -> Iterator[PackedBlob]:
        for name in names:
            row = self._outgoing.blob(name)
            if row is not None:
                yield PackedBlob(name, *row)

    def tell(self, overview: Overview, title: str) -> None:
        """Say how far we are, where that is other than what we said last."""
        state = DeviceState(
            notebook=self._file.id,
            title=title,
            device=self._memory.own,
            device_name=self._device_name,
            author=self._file.journal.author,
            at="",
            wrote=max(self._memory.numbers(self._memory.own), default=0),
            read={device: overview.read_up_to(device) for device in overview.devices()[1:]},
        )
        said = write_state(state).decode()
        if said == self._memory.told and self._folder.has_state(self._memory.own):
            return

        def fill(out: BinaryIO) -> str:
            out.write(write_state(replace(state, at=self._at)))
            return STATE

        self._folder.write(self._memory.own, fill)
        self._memory.told = said


def _is_whole(path: Path, name: PackName) -> bool:
    try:
        return read_pack(path).digest.startswith(name.digest)
    except PackError:
        return False
