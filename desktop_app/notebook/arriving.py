"""What packs of a shared folder bring to a notebook: proven like any notebook from other hands, by the same rules.

Only those of our own revisions are looked at that the packs name, so that one new entry costs the same in a small
notebook and in a large one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from desktop_app.model.changes import Absent, Revision, canonical_json
from desktop_app.model.shapes import is_digest, is_id, wrong_with_revision
from desktop_app.notebook.blobs import MAXIMUM, Blobs, named_blobs, unpack
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.notebook.lineage import Lineage
from desktop_app.notebook.proof import Proof, wrong_with_content

ReadBlob = Callable[[str], BlobRow | None]
"""A file out of a pack, proven to be what its name promises; ``None`` where there is none such."""


class Arriving:
    """Reads one notebook; ``latest`` is the clock beyond which nobody can have written yet (16 hex digits)."""

    def __init__(self, database: Database, latest: str) -> None:
        self._database = database
        self._latest = latest
        self._blobs = Blobs(database)
        self._lineage = Lineage(database)

    def unknown(self, ids: Iterable[str]) -> set[str]:
        """Those of these revisions that are neither here nor known to be missing."""
        left = set(ids)
        for batch in batches(sorted(left)):
            marks = holders(batch)
            for table, column in (("revision", "id"), ("absent", "revision")):
                sql = f"SELECT {column} FROM {table} WHERE {column} IN ({marks})"
                left.difference_update(found for (found,) in self._database.rows(sql, batch))
        return left

    def held(self, revisions: Sequence[Revision]) -> set[str]:
        """The ids of those that are here with the very same content."""
        here = self._lineage.some(revision.id for revision in revisions)
        return {one.id for one in revisions if one.id in here and _row(one) == _row(here[one.id])}

    def files_wanted(self, revisions: Iterable[Revision]) -> set[str]:
        """The files that these name and that are not here. What cannot be read names none: it is refused later."""
        wanted: set[str] = set()
        for revision in revisions:
            try:
                wanted.update(name for name in named_blobs(revision.kind, revision.fields) if is_digest(name))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue
        return {name for name in wanted if not self._blobs.has(name)}

    def is_ahead(self, revisions: Iterable[Revision]) -> bool:
        """Whether one of these was written later than can be."""
        return any(revision.clock > self._latest for revision in revisions)

    def incoming(
        self, source: str, revisions: Sequence[Revision], absent: Iterable[Absent], read: ReadBlob
    ) -> Incoming:
        """What can be taken of these, the rest refused. The ``source`` is told in the log."""
        ids = {revision.id for revision in revisions}
        ids.update(parent for revision in revisions for parent in revision.parents)
        files = _Files(self._blobs, read)
        proof = Proof(_Near(self._database, ids), self._latest)
        proof.meet(_row(revision) for revision in self._once(revisions))
        proof.sift((one for one in absent if _is_sound(one)), files.wrong_with)
        return Incoming(
            source=source,
            revisions=proof.revisions,
            items=proof.items,
            refused=proof.refused,
            absent=proof.absent,
            blob=files.get,
            has_blob=lambda name: files.get(name) is not None,
        )

    def _once(self, revisions: Sequence[Revision]) -> list[Revision]:
        """Each id once, by id. Of several contents under one id the good one, so that a forgery hides nothing."""
        by_id: dict[str, Revision] = {}
        for one in revisions:
            other = by_id.get(one.id)
            if other is None or (other != one and wrong_with_revision(other, latest=self._latest)):
                by_id[one.id] = one
        return [by_id[id_] for id_ in sorted(by_id)]


class _Near(Lineage):
    """Of our own revisions those that are asked for."""

    def __init__(self, database: Database, ids: Iterable[str]) -> None:
        super().__init__(database)
        self._ids = sorted(id_ for id_ in ids if is_digest(id_))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        found = self.some(self._ids)
        return iter([_row(found[id_]) for id_ in sorted(found)])


class _Files:
    """Files out of packs, each looked at when it is first asked for."""

    def __init__(self, own: Blobs, read: ReadBlob) -> None:
        self._own = own
        self._read = read
        self._good: dict[str, bool] = {}
        self._contents: dict[tuple[object, ...], str] = {}

    def get(self, name: str) -> BlobRow | None:
        row = self._read(name) if self._good.get(name, True) else None
        self._good[name] = row is not None and row.size <= MAXIMUM
        return row if self._good[name] else None

    def wrong_with(self, revision: Revision) -> str:
        """Why the files that a revision names will not do."""
        names = named_blobs(revision.kind, revision.fields)
        for name in names:
            if not self._own.has(name) and name not in self._good:
                self.get(name)
            if not self._own.has(name) and not self._good[name]:
                return f"a file that it names ({name[:12]}) did not come with it and is not here"
        if not names:
            return ""
        return wrong_with_content(revision.kind, json.loads(revision.fields), self._bytes, self._contents)

    def _bytes(self, name: str) -> bytes:
        if self._own.has(name):
            return self._own.get(name)
        row = self.get(name)
        return b"" if row is None else unpack(*row) or b""


def _row(revision: Revision) -> tuple[Any, ...]:
    return (
        revision.id,
        revision.item,
        revision.kind,
        canonical_json(list(revision.parents)),
        revision.author,
        revision.device,
        revision.clock,
        revision.fields,
    )


def _is_sound(one: Absent) -> bool:
    return is_digest(one.revision) and all(map(is_digest, one.parents)) and (not one.item or is_id(one.item))
