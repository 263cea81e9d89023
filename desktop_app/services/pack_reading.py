"""Reading what other devices put into a shared folder: which packs can be taken now, which have to wait, and why.

A pack waits while it builds upon something that may still come: then a later one of the same device can be there
first. Of a pack that is taken, single revisions may be refused; they are told, and what builds on them later is, too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.exchange.folder import PackName
from desktop_app.exchange.packs import (
    Pack,
    PackDamaged,
    PackError,
    PackTooNew,
    PackUnfinished,
    read_pack,
)
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import MergeReport, Outcome
from desktop_app.notebook.arriving import Arriving
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.services.folder_memory import NONE, Memory, Trouble

TOGETHER = 64 << 20
"""Bytes of packs that are read and taken in one step."""

Take = Callable[[Incoming], Changes[MergeReport]]


@dataclass(frozen=True, slots=True)
class Lying:
    """A pack as it lies in the folder: where it is, and where copies of it are."""

    device: str
    name: PackName
    paths: Sequence[Path]

    @property
    def place(self) -> str:
        return f"{self.device}/{self.name}"

    def stamp(self) -> str:
        """Another text once one of its files is another; raises ``OSError``."""
        found = [path.stat() for path in self.paths]
        return " ".join(f"{one.st_size}-{one.st_mtime_ns}" for one in found)


@dataclass(slots=True)
class Loaded:
    """A pack with what it needs that is not here: revisions before its own, and files."""

    lying: Lying
    pack: Pack
    news: set[str]
    needs: set[str]
    files: set[str]


@dataclass(slots=True)
class Read:
    """What reading came to. ``held`` are revisions of ours that packs which were read hold, too; ``strangers`` are
    packs, by folder, that hold what was not known here before."""

    took: int = 0
    packs: int = 0
    conflicts: int = 0
    held: set[str] = field(default_factory=set)
    strangers: dict[str, list[PackName]] = field(default_factory=dict)
    touched: dict[str, set[str]] = field(default_factory=dict)


class PackReading:
    """One reading of a folder. ``now`` in seconds; ``source`` names the folder in the log; ``called`` names a device;
    ``holes`` says whether something that others have read or written is not here yet."""

    def __init__(
        self,
        memory: Memory,
        arriving: Arriving,
        take: Take,
        *,
        notebook: str,
        now: float,
        source: Callable[[Iterable[str]], str],
        holes: bool,
        should_stop: Callable[[], bool],
    ) -> None:
        self._memory = memory
        self._arriving = arriving
        self._take = take
        self._notebook = notebook
        self._now = now
        self._source = source
        self._holes = holes
        self._should_stop = should_stop
        self.result = Read()

    def read(self, waiting: Sequence[Lying]) -> Read:
        """Takes what can be taken; raises :class:`Interrupted` between two steps."""
        while waiting:
            left = self._round(waiting)
            if len(left) == len(waiting):
                break
            waiting = left
        return self.result

    def _round(self, waiting: Sequence[Lying]) -> list[Lying]:
        left: list[Lying] = []
        pool: list[Loaded] = []
        size = 0
        for lying in waiting:
            if self._should_stop():
                raise Interrupted(what="Reading the shared folder")
            loaded = self._load(lying)
            if loaded is not None:
                pool.append(loaded)
                size += sum(len(revision.fields) for revision in loaded.pack.revisions)
            if size >= TOGETHER:
                left += self._take_ready(pool, more=True)
                pool, size = [], 0
        return left + self._take_ready(pool, more=bool(left))

    # --- one pack ---------------------------------------------------------------------------------------------------

    def _load(self, lying: Lying) -> Loaded | None:
        """The pack; what is wrong otherwise is noted."""
        found = opened(lying, self._notebook)
        if isinstance(found, Pack):
            return self._looked_at(lying, found)
        self.note(lying, *found)
        return None

    def _looked_at(self, lying: Lying, pack: Pack) -> Loaded:
        ids = {revision.id for revision in pack.revisions}
        needs = {parent for revision in pack.revisions for parent in revision.parents} - ids
        needs -= {one.revision for one in pack.absent}
        files = self._arriving.files_wanted(pack.revisions) - pack.blobs.keys()
        return Loaded(lying, pack, self._arriving.unknown(ids), self._arriving.unknown(needs), files)

    def note(self, lying: Lying, kind: str, why: str) -> None:
        """Remember what is wrong with a pack, since when, and with which file."""
        before = self._memory.troubles.get(lying.place)
        since = before.since if before is not None and before.kind == kind else self._now
        try:
            stamp = lying.stamp()
        except OSError:
            stamp = ""  # gone meanwhile: the next look finds it, or does not
        self._memory.troubles[lying.place] = Trouble(kind, why, stamp, since)

    # --- several together -------------------------------------------------------------------------------------------

    def _take_ready(self, pool: Sequence[Loaded], *, more: bool) -> list[Lying]:
        """Takes those whose needs are met by what is here or by each other; gives back the others. A file that nothing
        can bring any more is not waited for: ``more`` says that other packs are still to be looked at."""
        ready = [one for one in pool if not self._is_ahead(one)]
        while True:
            brought = {id_ for one in ready for id_ in one.news} | self._memory.refused
            brought |= {missing.revision for one in ready for missing in one.pack.absent}
            files = {name for one in ready for name in one.pack.blobs}
            kept = [one for one in ready if one.needs <= brought and (one.files <= files or not (self._holes or more))]
            if len(kept) == len(ready):
                break
            ready = kept
        taken = {one.lying.place for one in ready}
        left = [one.lying for one in pool if one.lying.place not in taken]
        for lying in left:
            if self._memory.troubles.get(lying.place, NONE).kind != "ahead":
                self.note(lying, "waiting", "")
        if ready:
            self._take_all(ready)
        return left

    def _is_ahead(self, loaded: Loaded) -> bool:
        ahead = self._arriving.is_ahead(loaded.pack.revisions)
        if ahead:
            self.note(loaded.lying, "ahead", "")
        else:
            self._memory.troubles.pop(loaded.lying.place, None)
        return ahead

    def _take_all(self, ready: Sequence[Loaded]) -> None:
        accepted: set[str] = set()
        why: dict[str, str] = {}
        if any(one.news or one.pack.absent for one in ready):
            incoming = self._arriving.incoming(
                self._source(dict.fromkeys(one.lying.device for one in ready)),
                [revision for one in ready for revision in one.pack.revisions],
                [missing for one in ready for missing in one.pack.absent],
                _blobs_of(ready),
            )
            accepted = {revision.id for revision in incoming.revisions}
            why = {refused.revision: refused.why for refused in incoming.refused}
            if accepted:
                self._note_taken(incoming, self._take(incoming))
        for one in ready:
            self._note_read(one, accepted, why)

    def _note_taken(self, incoming: Incoming, changes: Changes[MergeReport]) -> None:
        self.result.took += len(incoming.revisions)
        self.result.conflicts += changes.result.counts[Outcome.CONFLICTING]
        for kind, items in changes.touched.items():
            self.result.touched.setdefault(kind, set()).update(items)

    def _note_read(self, one: Loaded, accepted: set[str], why: dict[str, str]) -> None:
        held = self._arriving.held(one.pack.revisions)
        self.result.held |= held
        # What came is here by now, what a merge only derives may not be; what is here otherwise was forged.
        lost = {revision.id for revision in one.pack.revisions} - held - accepted
        self.result.packs += 1
        if one.news:
            self.result.strangers.setdefault(one.lying.device, []).append(one.lying.name)
        if not lost:
            self._memory.seen.setdefault(one.lying.device, set()).add(one.lying.name)
            return
        self._memory.refused |= lost
        roots = [*one.needs, *(revision.id for revision in one.pack.revisions)]
        reason = next((why[id_] for id_ in roots if id_ in why), "its content is not what its id promises")
        count = "1 revision was" if len(lost) == 1 else f"{len(lost):,} revisions were"
        self.note(one.lying, "refused", f"{count} not taken: {reason}.")


def opened(lying: Lying, notebook: str) -> Pack | tuple[str, str]:
    """The pack, or a copy of it where it is not whole itself; otherwise the kind of trouble, and why."""
    trouble = None
    for path in lying.paths:
        try:
            pack = read_pack(path, path.name)
        except PackError as error:
            trouble = trouble or (_kind_of(error), str(error))
            continue
        header = pack.header
        if not pack.digest.startswith(lying.name.digest):
            trouble = trouble or ("damaged", "")
        elif (header.notebook, header.device, header.number) == (notebook, lying.device, lying.name.number):
            return pack
        else:
            trouble = trouble or ("stranger", f"“{path.name}” belongs to another notebook or device and was left out.")
    return trouble or ("damaged", "")


def _kind_of(error: PackError) -> str:
    if isinstance(error, PackUnfinished):
        return "unfinished"
    if isinstance(error, PackTooNew):
        return "newer"
    return "damaged" if isinstance(error, PackDamaged) else "unreadable"


def _blobs_of(packs: Sequence[Loaded]) -> Callable[[str], BlobRow | None]:
    holding = {name: one.pack for one in packs for name in one.pack.blobs}

    def read(name: str) -> BlobRow | None:
        try:
            found = holding[name].blob(name) if name in holding else None
        except PackDamaged:
            return None
        return None if found is None else BlobRow(found.size, found.packing, found.data)

    return read
