"""What of a notebook has yet to go out to the other devices, in parcels of bounded size.

Revisions are numbered as they came to be here, so that a number says up to where everything is out already; the
:class:`Mark` has the revision of that number too, since a notebook that was put back from a backup counts anew.
"""

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from desktop_app.model.changes import NOBODY, Absent, Revision
from desktop_app.notebook.blobs import KINDS_WITH_BLOBS, named_blobs
from desktop_app.notebook.database import Database
from desktop_app.notebook.incoming import BlobRow
from desktop_app.notebook.lineage import COLUMNS, Lineage, as_revision

MOST_REVISIONS = 2_000
MOST_BYTES = 16 << 20
"""Of a parcel, about; a single revision or file that is larger goes alone."""


_CAME = "change IN (SELECT change FROM exchange WHERE direction = 'in' AND way = 'folder' AND change > ?)"
"""Of a revision, that a pack brought it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything up to this revision is out: its number here, and its id. Nothing is, by default."""

    number: int = 0
    revision: str = ""


@dataclass(slots=True)
class Parcel:
    """What goes out together: revisions, those before whose turn it is first, what is known to be missing before them,
    the names of the files that they brought into the notebook, and where the next parcel goes on."""

    revisions: list[Revision] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    size: int = 0
    mark: Mark = field(default_factory=Mark)


class Outgoing:
    """Reads one notebook; what merges derive goes out only where somebody has built upon it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lineage = Lineage(database)

    def is_redacted(self) -> bool:
        """Whether the notebook is a copy in which people have pseudonyms."""
        row = self._database.one("SELECT value FROM meta WHERE key = 'manifest'")
        try:
            return row is not None and bool(json.loads(row[0])["redacted"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return False

    def newest(self) -> Mark:
        """The last revision that a person wrote, of those here."""
        row = self._database.one(
            "SELECT number, id FROM revision WHERE device <> ? ORDER BY number DESC LIMIT 1", (NOBODY,)
        )
        return Mark(*row) if row else Mark()

    def holds(self, mark: Mark) -> bool:
        """Whether the revision of a mark still stands where it did."""
        row = self._database.one("SELECT id FROM revision WHERE number = ?", (mark.number,))
        return mark == Mark() or row == (mark.revision,)

    def waiting(self, mark: Mark, since: int) -> int:
        """How many revisions have come to be since that a person wrote and no pack brought."""
        (count,) = self._database.one(
            f"SELECT count(*) FROM revision WHERE number > ? AND device <> ? AND NOT {_CAME}",
            (mark.number, NOBODY, since),
        )
        return int(count)

    def last_change(self) -> int:
        """The number of the newest change."""
        (number,) = self._database.one("SELECT coalesce(max(id), 0) FROM change")
        return int(number)

    def parcels(self, after: Mark, out: Container[str], since: int) -> Iterator[Parcel]:
        """What came to be after a mark, oldest first: without the revisions that are ``out`` already, and without what
        packs brought by changes ``since`` that one.

        To be read in one snapshot. A parcel of nothing but its mark ends it, where anything was passed over.
        """
        columns = f"number, {_CAME}, {', '.join(COLUMNS)}"
        sql = f"SELECT {columns} FROM revision WHERE number > ? AND device <> ? ORDER BY number"
        parcel, gone = Parcel(mark=after), set[str]()
        for number, came, *row in self._database.each(sql, (since, after.number, NOBODY)):
            revision = as_revision(row)
            if not came and revision.id not in out:
                if len(parcel.revisions) >= MOST_REVISIONS or parcel.size >= MOST_BYTES:
                    yield parcel
                    parcel = Parcel()
                self._add(parcel, revision, gone)
            parcel.mark = Mark(number, revision.id)
        if parcel.mark != after:
            yield parcel

    def blob(self, name: str) -> BlobRow | None:
        """A file as the notebook keeps it; ``None`` for one that it has lost."""
        row = self._database.one("SELECT size, packing, data FROM blob WHERE sha256 = ?", (name,))
        return BlobRow(*row) if row else None

    # --- one revision with what it needs ----------------------------------------------------------------------------

    def _add(self, parcel: Parcel, revision: Revision, gone: set[str]) -> None:
        """``gone`` collects, over all parcels, what else went along: derived and missing revisions, files."""
        for derived in self._derived_before(revision, gone):
            self._put(parcel, derived, gone)
        self._put(parcel, revision, gone)

    def _put(self, parcel: Parcel, revision: Revision, gone: set[str]) -> None:
        parcel.revisions.append(revision)
        parcel.size += len(revision.fields)
        self._add_missing(parcel, revision, gone)
        if revision.kind not in KINDS_WITH_BLOBS:
            return
        named = [name for name in named_blobs(revision.kind, revision.fields) if name not in gone]
        if named:
            parents = self._lineage.some(revision.parents).values()
            before = {name for parent in parents for name in named_blobs(parent.kind, parent.fields)}
            for name in named:
                # What a version before named went out with it.
                row = (
                    None
                    if name in before
                    else self._database.one("SELECT length(data) FROM blob WHERE sha256 = ?", (name,))
                )
                if row is not None:
                    gone.add(name)
                    parcel.blobs.append(name)
                    parcel.size += row[0]

    def _derived_before(self, revision: Revision, gone: set[str]) -> list[Revision]:
        """The derived revisions that it builds upon, and those that these do, the first of all first."""
        found: list[Revision] = []
        waiting = list(revision.parents)
        while waiting:
            parents = self._lineage.some(one for one in waiting if one not in gone).values()
            derived = [one for one in parents if one.is_derived]
            gone.update(one.id for one in derived)
            found += derived
            waiting = [parent for one in derived for parent in one.parents]
        return found[::-1]

    def _add_missing(self, parcel: Parcel, revision: Revision, gone: set[str]) -> None:
        waiting = [parent for parent in revision.parents if parent not in gone]
        while waiting:
            missing = self._lineage.absent(waiting)
            gone.update(missing)
            parcel.absent += missing.values()
            waiting = [parent for one in missing.values() for parent in one.parents if parent not in gone]
