"""The shared folder: a notebook and the packs through which it meets its copies on other devices.

One exchange looks at names, reads the packs that are new, takes them in as one step, and puts what is new here beside
them. It can be stopped and repeated at any point: a pack is there as a whole or not at all, and what was not noted as
read is read again and found to be known.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.config import attached
from desktop_app.exchange.folder import DeviceFiles, Folder, FolderEmptied, is_device
from desktop_app.exchange.packs import DeviceState, Pack, PackError, read_state
from desktop_app.model.changes import Changes, Clock
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.exchange import MergeReport
from desktop_app.model.folder import FolderStatus, SyncReport
from desktop_app.model.shapes import is_id
from desktop_app.notebook.arriving import Arriving
from desktop_app.notebook.incoming import Incoming
from desktop_app.notebook.journal import moment
from desktop_app.notebook.outgoing import Outgoing
from desktop_app.services.context import Context
from desktop_app.services.devices import Devices
from desktop_app.services.folder_memory import Memory
from desktop_app.services.folder_status import Overview
from desktop_app.services.merging import Merging
from desktop_app.services.pack_reading import Lying, PackReading, Read, opened
from desktop_app.services.pack_writing import PackWriting

__all__ = [
    "FolderStatus",
    "NoFolder",
    "NotAttached",
    "NotShareable",
    "NotebookInside",
    "RedactedCopy",
    "SharedFolder",
    "SyncReport",
]

Progress = Callable[[float, str], None]
ShouldStop = Callable[[], bool]

_SHORTEST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
"""Seconds until what went wrong is tried again, twice as long each time."""

_one_at_a_time = threading.Lock()
"""Two at once would do no harm but put the same things out twice; against another program nothing else helps."""

_DAY = 86_400.0

LABEL = "Exchange through the shared folder"


class NotAttached(KnownError):
    template = "This notebook is attached to no shared folder; attach one with “terrain folder attach PATH”."


class NoFolder(KnownError):
    template = "There is no folder {path}; make it first, or check the name."


class NotebookInside(KnownError):
    template = (
        "{path} holds this very notebook, which must not lie in the folder that it exchanges through; "
        "choose another folder, or move the notebook out of it."
    )


class NotShareable(KnownError):
    template = "{path} has an id that no folder can have; run “terrain check” on it, nothing was attached."


class RedactedCopy(KnownError):
    template = (
        "{path} is a redacted copy: through a folder the names would come into it that were kept out; "
        "send it back as a file instead, what was changed in it comes home when it is merged."
    )


@dataclass(slots=True)
class _Look:
    """What is known before anything is read or written."""

    folder: Folder
    memory: Memory
    listing: Mapping[str, DeviceFiles]
    overview: Overview
    thorough: bool
    stop: ShouldStop
    read: Read = field(default_factory=Read)


class SharedFolder:
    def __init__(self, context: Context, merging: Merging) -> None:
        self._context = context
        self._file = context.file
        self._merging = merging
        self._devices = Devices(context)
        self._outgoing = Outgoing(self._file.database)
        self._device = self._file.journal.device
        self._folder: Folder | None = None
        self._remembered: Memory | None = None
        self._pause = 0.0
        self._not_before = 0.0

    # --- which folder -----------------------------------------------------------------------------------------------

    def path(self) -> Path | None:
        """The folder that the notebook is attached to on this installation."""
        return attached.attached_folder(self._file.id, self._device)

    def attach(self, path: Path) -> None:
        """Exchange through this folder from now on; everything that is not there yet goes out with the next exchange.

        Raises :class:`NoFolder`, :class:`NotebookInside`, :class:`NotShareable` or :class:`RedactedCopy`.
        """
        if self._outgoing.is_redacted():
            raise RedactedCopy(path=self._file.path)
        if not is_id(self._file.id) or not is_device(self._device):
            raise NotShareable(path=self._file.path)
        folder = path.expanduser().absolute()
        if not folder.is_dir():
            raise NoFolder(path=folder)
        if self._file.path.resolve().is_relative_to(folder.resolve()):
            raise NotebookInside(path=folder)
        self._forget()
        attached.attach(self._file.id, self._device, folder)

    def detach(self) -> None:
        """Exchange no more. What lies in the folder stays there. Raises :class:`NotAttached`."""
        if self.path() is None:
            raise NotAttached
        attached.detach(self._file.id, self._device)
        self._forget()

    def _forget(self) -> None:
        Memory.forget(self._file.id, self._device)
        self._remembered = None

    # --- exchanging -------------------------------------------------------------------------------------------------

    def sync(self, progress: Progress | None = None, should_stop: ShouldStop | None = None) -> Changes[SyncReport]:
        """Read what others have put there and put there what is new here, after looking at our own packs.

        Raises :class:`NotAttached`, a :class:`~desktop_app.exchange.folder.FolderError` for a folder that cannot be
        used, and :class:`Interrupted`; what was done by then is kept and noted.
        """
        if self.path() is None:
            raise NotAttached
        with _one_at_a_time:
            return self._exchange(progress or (lambda part, text: None), should_stop or (lambda: False), thorough=True)

    def catch_up(self) -> Changes[SyncReport] | None:
        """The same where there is something to do, which is found out by names alone; for calling every second.

        A folder that cannot be used is told by :meth:`status`, and tried again the next time.
        """
        path = self.path()
        if path is None:
            return None
        memory = self._remembered or self._recall()
        try:
            if not self._has_news(self._folder_at(path), memory):
                return None
        except KnownError:
            return None
        if time.monotonic() < self._not_before or not _one_at_a_time.acquire(blocking=False):
            return None
        try:
            found = self._exchange(lambda part, text: None, lambda: False, thorough=self._is_due(memory))
        except KnownError:
            self._pause = min(max(2 * self._pause, _SHORTEST_PAUSE), _LONGEST_PAUSE)
            self._not_before = time.monotonic() + self._pause
            return None
        finally:
            _one_at_a_time.release()
        self._pause = 0.0
        return found

    def _has_news(self, folder: Folder, memory: Memory) -> bool:
        listing = folder.listing()
        if memory.problem or self._is_due(memory) or any(self._unread(listing, memory, waiting_too=False)):
            return True
        return self._outgoing.newest() != memory.mark

    def _is_due(self, memory: Memory) -> bool:
        """Whether a day has gone by since all packs of ours were looked at, and what is wrong was tried again."""
        return not memory.looked <= self._now() < memory.looked + _DAY

    def _folder_at(self, path: Path) -> Folder:
        if self._folder is None or self._folder.root != path:
            self._folder = Folder(path, self._file.id)
        return self._folder

    def _exchange(self, progress: Progress, stop: ShouldStop, *, thorough: bool) -> Changes[SyncReport]:
        path = self.path()
        assert path is not None
        self._name_device()
        memory = self._recall()
        if not self._outgoing.holds(memory.mark):
            # A backup was put back: what is out is found out by reading, so that nothing goes out twice.
            memory = Memory(memory.own)
        memory.since = memory.since or self._outgoing.last_change()
        try:
            look = self._look(path, memory, stop, thorough=thorough)
            progress(0.05, "reading")
            self._read(look)
            progress(0.6, "writing")
            writing = self._write(look)
            memory.problem = ""
            memory.looked = self._now() if thorough else memory.looked
            progress(1.0, "")
        except KnownError as error:
            memory.problem = "" if isinstance(error, Interrupted) else str(error)
            raise
        finally:
            self._keep(memory)
        report = SyncReport(
            look.read.took,
            writing.sent,
            look.read.packs,
            writing.packs,
            look.read.conflicts,
            tuple(self._look_again(look).problems()),
        )
        touched = {kind: frozenset(items) for kind, items in look.read.touched.items()}
        return Changes(LABEL, touched, report)

    def _name_device(self) -> None:
        with self._context.change("Name this device") as recorder:
            self._devices.note_own(recorder)

    # --- looking ----------------------------------------------------------------------------------------------------

    def _look(self, path: Path, memory: Memory, stop: ShouldStop, *, thorough: bool) -> _Look:
        folder = self._folder_at(path)
        listing = folder.listing()
        if any(memory.seen.values()) and not listing:
            raise FolderEmptied(path=path)
        return _Look(folder, memory, listing, self._overview(folder, listing, memory), thorough, stop)

    def _look_again(self, look: _Look) -> Overview:
        return self._overview(look.folder, look.folder.listing(), look.memory)

    def _overview(self, folder: Folder, listing: Mapping[str, DeviceFiles], memory: Memory) -> Overview:
        states: dict[str, DeviceState] = {}
        for device, data in folder.states(listing):
            try:
                state = read_state(data, device)
            except PackError:
                continue  # the next one that is written says more
            if (state.notebook, state.device) == (self._file.id, device):
                states[device] = state
        return Overview(listing, memory, states, self._devices.names(), self._now(), folder.late(listing))

    def _unread(
        self, listing: Mapping[str, DeviceFiles], memory: Memory, *, waiting_too: bool, again: bool = False
    ) -> Iterator[Lying]:
        """Packs that are not read yet. Those that something is wrong with only when their file is another than it was,
        or ``again``; those that wait for others where ``waiting_too``."""
        for device, files in listing.items():
            seen = memory.seen.get(device, set())
            for name in files.packs.keys() - seen:
                lying = Lying(device, name, files.packs[name])
                trouble = memory.troubles.get(lying.place)
                waits = trouble is not None and trouble.kind in ("waiting", "ahead")
                if trouble is None or again or (waits and waiting_too) or _is_other(lying, trouble.stamp):
                    yield lying

    # --- reading and writing ----------------------------------------------------------------------------------------

    def _read(self, look: _Look) -> None:
        memory = look.memory
        self._drop_old_troubles(look)
        waiting = sorted(
            self._unread(look.listing, memory, waiting_too=True, again=look.thorough),
            key=lambda lying: (lying.name.number, lying.device),
        )
        reading = PackReading(
            memory,
            self._arriving(),
            self._take,
            notebook=self._file.id,
            now=self._now(),
            source=lambda devices: self._source(look, devices),
            holes=look.overview.holes(),
            should_stop=look.stop,
        )
        look.read = reading.result
        reading.read(waiting)
        self._move_if_doubled(look)

    def _drop_old_troubles(self, look: _Look) -> None:
        """Of packs that are gone there is nothing more to say; a gap is told where they are missed."""
        lying = {f"{device}/{name}" for device, files in look.listing.items() for name in files.packs}
        for place in [place for place in look.memory.troubles if place not in lying]:
            del look.memory.troubles[place]

    def _take(self, incoming: Incoming) -> Changes[MergeReport]:
        return self._merging.take(incoming)

    def _source(self, look: _Look, devices: Iterable[str]) -> str:
        names = [look.overview.called(device).strip("“”") for device in devices]
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        return f"{look.folder.root.name} ({', '.join(names[:2])}{more})"

    def _move_if_doubled(self, look: _Look) -> None:
        """Somebody else writes as this device: a copy of its data, or itself before a backup was put back. From now on
        this one writes under a name of its own. Of two that find each other out the one with the smaller digest stays.
        """
        memory = look.memory
        strange = look.read.strangers.get(memory.own, [])
        for name in strange:
            ours_there = [
                other.digest
                for other in memory.seen.get(memory.own, ())
                if other.number == name.number and other not in strange
            ]
            if not ours_there or min(ours_there) > name.digest:
                break
        else:
            return
        taken = {*look.listing, *memory.seen, *look.overview.devices()}
        memory.own = next(
            own for number in range(2, len(taken) + 3) if (own := f"{self._device}-{number}") not in taken
        )
        memory.last = ""

    def _held_by_all(self, look: _Look) -> set[str]:
        """Which of our revisions others can have from packs that are whole."""
        arriving = self._arriving()
        held: set[str] = set()
        for device, files in look.folder.listing().items():
            for name, paths in files.packs.items():
                pack = opened(Lying(device, name, paths), self._file.id)
                if isinstance(pack, Pack):
                    held |= arriving.held(pack.revisions)
        return held

    def _arriving(self) -> Arriving:
        return Arriving(self._file.database, self._merging.latest())

    def _write(self, look: _Look) -> PackWriting:
        memory = look.memory
        writing = PackWriting(
            self._file,
            look.folder,
            memory,
            device_name=self._devices.own_name(),
            at=moment(str(Clock(self._file.journal.wall(), 0))),
            should_stop=look.stop,
        )
        lying = look.listing.get(memory.own, DeviceFiles())
        if look.thorough:
            look.folder.clear_given_up(memory.own)
            writing.mend(lying, lambda: self._held_by_all(look))
        writing.push(look.read.held, lying)
        writing.tell(self._look_again(look), self._title())
        return writing

    def _title(self) -> str:
        return self._file.about()[0]

    # --- telling ----------------------------------------------------------------------------------------------------

    def status(self) -> FolderStatus | None:
        """Who is how far, and what is wrong; ``None`` where no folder is attached. Reads and writes no pack."""
        path = self.path()
        if path is None:
            return None
        memory = Memory.load(self._file.id, self._device)
        folder = self._folder_at(path)
        problems = []
        try:
            listing = folder.listing()
            if any(memory.seen.values()) and not listing:
                raise FolderEmptied(path=path)
        except KnownError as error:
            listing = {}
            problems = [str(error)]
        overview = self._overview(folder, listing, memory)
        if not problems:
            problems = [*filter(None, [memory.problem]), *overview.problems()]
        return FolderStatus(
            str(path), tuple(overview.status()), tuple(problems), self._outgoing.waiting(memory.mark, memory.since)
        )

    # --- what is remembered -----------------------------------------------------------------------------------------

    def _recall(self) -> Memory:
        self._remembered = Memory.load(self._file.id, self._device)
        return self._remembered

    def _keep(self, memory: Memory) -> None:
        self._remembered = memory
        with suppress(OSError):
            # Without it the next start reads again.
            memory.save(self._file.id, self._device)

    def _now(self) -> float:
        return self._file.journal.wall() / 1000


def _is_other(lying: Lying, stamp: str) -> bool:
    try:
        return lying.stamp() != stamp
    except OSError:
        return False
