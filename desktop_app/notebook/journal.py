"""The journal: revisions of items grouped into changes, the hybrid clock, and which revision of an item stands.

Everything that alters an item goes through :meth:`Journal.change`: one transaction in which repositories call
:meth:`Recorder.record`, topic tables follow through their projections, and what the search index must read again goes
to the outbox. Nothing else writes revisions.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from desktop_app.model.changes import Clock, Revision, canonical_json, revision_id
from desktop_app.model.errors import Ambiguous, NotFound
from desktop_app.model.merging import CONFLICTS, TRASHED, value_of
from desktop_app.notebook.database import Database
from desktop_app.notebook.projections import Projections

_STATE = "revision.change, revision.parents, coalesce(json_extract(revision.fields, '$.trashed'), 0)"


def wall_clock() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def moment(clock: str) -> str:
    """The wall time of a clock as ISO 8601 in UTC, to the second."""
    return f"{datetime.fromtimestamp(Clock.parse(clock).milliseconds // 1000, UTC).isoformat()[:-6]}Z"


class Recorder:
    """One change in the making; valid inside its transaction only."""

    def __init__(self, journal: "Journal", change: int, clock: Clock, label: str, before: int) -> None:
        self._journal = journal
        self.label = label
        self.target: int | None = None
        self._database = journal.database
        self.change = change
        self.clock = clock
        self.first = before + 1
        self.last = before
        self.touched: dict[str, set[str]] = {}

    def record(
        self, kind: str, item: str, fields: Mapping[str, Any], *, new: bool = False, settles: bool = True
    ) -> bool:
        """Append a revision that gives ``item`` these fields; returns whether anything was different.

        ``new`` promises that the item has no revision yet, which spares looking. Fields may hold ``trashed: True``.
        Another value settles a conflict, unless nobody decided about it (``settles``).
        """
        head = None if new else self._journal.head(item)
        if settles and head is not None and CONFLICTS in fields:
            fields = settled(kind, fields, json.loads(head[1]))
        text = canonical_json(fields)
        if head is not None and head[1] == text:
            return False
        self._write(kind, item, fields, text, head)
        if kind == "coding":
            self._keep_text(fields)
        return True

    def _keep_text(self, coding: Mapping[str, Any]) -> None:
        """Write down a text that only a merge has made, as soon as somebody codes on it: without it nobody elsewhere
        could tell where the coding belongs."""
        row = self._database.one(
            "SELECT item.kind, revision.id, fields FROM item JOIN revision ON revision.id = head"
            " WHERE item.id = ? AND device = ''",
            (coding["target"],),
        )
        if row is not None:
            self._write(row[0], coding["target"], json.loads(row[2]), row[2], (row[1], row[2]))

    def _write(self, kind: str, item: str, fields: Mapping[str, Any], text: str, head: tuple[str, str] | None) -> None:
        parents = () if head is None else (head[0],)
        self.clock = self.clock.tick(self._journal.wall())
        clock, author, device = str(self.clock), self._journal.author, self._journal.device
        revision = revision_id(item, kind, parents, author, device, clock, text)
        trashed, conflicting = bool(fields.get(TRASHED)), CONFLICTS in fields
        if head is None:
            self._database.execute(
                "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions, conflicting)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)",
                (item, kind, revision, trashed, clock, clock, author, conflicting),
            )
        else:
            self._database.execute(
                "UPDATE item SET head = ?, trashed = ?, edited = ?, revisions = revisions + 1, conflicting = ?"
                " WHERE id = ?",
                (revision, trashed, clock, conflicting, item),
            )
        self.last += 1
        self._database.execute(
            "INSERT INTO revision (number, id, item, kind, parents, author, device, clock, fields, change)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.last, revision, item, kind, canonical_json(list(parents)), author, device, clock, text, self.change),
        )
        self.project(kind, item, fields, new=head is None)

    def adopt(self, revisions: Iterable[Revision]) -> None:
        """Append revisions that came from elsewhere, as they are; the clock goes on behind the latest of them.

        Heads, topic tables and the outbox are the caller's.
        """
        latest = str(self.clock)
        rows = []
        for number, one in enumerate(revisions, self.last + 1):
            latest = max(latest, one.clock)
            parents = canonical_json(list(one.parents))
            rows.append(
                (
                    number,
                    one.id,
                    one.item,
                    one.kind,
                    parents,
                    one.author,
                    one.device,
                    one.clock,
                    one.fields,
                    self.change,
                )
            )
        self._database.executemany(f"INSERT INTO revision VALUES ({','.join('?' * 10)})", rows)
        self.last += len(rows)
        self.clock = Clock.parse(latest)

    def project(self, kind: str, item: str, fields: Mapping[str, Any], *, new: bool) -> None:
        """Make topic tables and the outbox follow a revision that is in the journal already."""
        projection = self._journal.projections[kind]
        projection.apply(self._database, item, fields, new=new)
        self.touched.setdefault(kind, set()).add(item)
        waiting = [(item, kind)] if projection.indexed else []
        if not new or projection.indexed_through:
            waiting += projection.dependants(self._database, item, fields)
        for other, other_kind in waiting:
            # What a link or a coding is about need not have come along with it. Series are no items.
            self._database.execute(
                "INSERT OR IGNORE INTO outbox (change, item, kind) SELECT ?1, ?2, ?3"
                " WHERE ?3 = 'series' OR EXISTS (SELECT 1 FROM item WHERE id = ?2 AND kind = ?3)",
                (self.change, other, other_kind),
            )


def settled(kind: str, fields: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` without the conflict marks that ``before`` has too of what has been given another value since: whoever
    writes such a field says the last word about it."""
    stood = before.get(CONFLICTS, {})
    marks = {
        name: options
        for name, options in fields[CONFLICTS].items()
        if name not in stood or value_of(kind, fields, name) == value_of(kind, before, name)
    }
    rest = {name: value for name, value in fields.items() if name != CONFLICTS}
    return {**rest, CONFLICTS: marks} if marks else rest


class Journal:
    """Appends to the journal of one notebook as one author on one device; ``log`` reads what was done."""

    def __init__(self, database: Database, projections: Projections, author: str, device: str) -> None:
        self.database = database
        self.projections = projections
        self.author = author
        self.device = device
        self.wall = wall_clock
        self.undoable = True
        self._recording: Recorder | None = None

    @contextmanager
    def change(self, label: str, *, kind: str = "do") -> Iterator[Recorder]:
        """One durable step of the log; nested calls join the outer one, so that a use case may build on others.

        A change that turned out to alter nothing leaves no trace in the log.
        """
        if self._recording is not None:
            yield self._recording
            return
        if kind == "do" and not self.undoable:
            kind = "base"
        with self.database.transaction():
            last = self.database.one("SELECT id, clock, last FROM change ORDER BY id DESC LIMIT 1")
            number, clock, before = (last[0] + 1, Clock.parse(last[1]), last[2]) if last else (1, Clock(0, 0), 0)
            recorder = self._recording = Recorder(self, number, clock, label, before)
            try:
                yield recorder
            finally:
                self._recording = None
            if recorder.touched or recorder.target is not None or recorder.last > before:
                self.database.execute(
                    "INSERT INTO change (id, kind, label, clock, author, device, first, last, target)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        kind,
                        recorder.label,
                        str(recorder.clock),
                        self.author,
                        self.device,
                        recorder.first,
                        recorder.last,
                        recorder.target,
                    ),
                )

    def head(self, item: str) -> tuple[str, str] | None:
        """Id and canonical fields of the revision that stands, or ``None`` for an unknown item."""
        row: tuple[str, str] | None = self.database.one(
            "SELECT revision.id, revision.fields FROM item JOIN revision ON revision.id = item.head WHERE item.id = ?",
            (item,),
        )
        return row

    def fields(self, item: str) -> dict[str, Any]:
        """The current fields; raises :class:`NotFound`."""
        head = self.head(item)
        if head is None:
            raise NotFound(what="item", name=item)
        fields: dict[str, Any] = json.loads(head[1])
        return fields

    def resolve(self, kind: str, prefix: str) -> str:
        """The id that starts with ``prefix``; raises :class:`NotFound` or :class:`Ambiguous`."""
        wanted = prefix.strip().lower()
        if wanted:
            found = self.database.rows(
                "SELECT id FROM item WHERE id >= ? AND id < ? AND kind = ? LIMIT 4", (wanted, wanted + "{", kind)
            )
            if len(found) == 1:
                return str(found[0][0])
            if found:
                examples = ", ".join(str(row[0]) for row in found[:3])
                raise Ambiguous(name=prefix, what=kind, count="several", examples=examples)
        raise NotFound(what=kind, name=prefix)

    def beginning(self, prefix: str, kinds: Sequence[str]) -> list[str]:
        """Ids of items of these kinds outside the trash that begin so, at most three."""
        rows = self.database.rows(
            "SELECT id FROM item WHERE id >= ? AND id < ? AND trashed = 0"
            f" AND kind IN ({','.join('?' * len(kinds))}) ORDER BY id LIMIT 3",
            (prefix, prefix + "{", *kinds),
        )
        return [item for (item,) in rows]

    def trash(self, recorder: Recorder, kind: str, item: str, *, trashed: bool = True) -> bool:
        """Delete, or bring back: a revision like any other."""
        fields = self.fields(item)
        if bool(fields.get("trashed")) == trashed:
            return False
        if trashed:
            fields["trashed"] = True
        else:
            del fields["trashed"]
        return recorder.record(kind, item, fields)

    def companions(self, item: str, kind: str) -> list[str]:
        """Items of a kind that went into the trash in the same change as ``item`` and lie there still, as it does.

        What was changed of them while they lay there makes no difference. Nothing for an item outside the trash, or
        where it came in so: what else came in with it need not have gone there with it.
        """
        change = self._trashed_by(item)
        if change is None:
            return []
        beside = self.database.rows(
            "SELECT DISTINCT item FROM change JOIN revision ON number BETWEEN change.first AND change.last"
            " WHERE change.id = ? AND revision.kind = ? AND item <> ?"
            " AND change.id NOT IN (SELECT change FROM exchange WHERE change IS NOT NULL)",
            (change, kind, item),
        )
        return [other for (other,) in beside if self._trashed_by(other) == change]

    def _trashed_by(self, item: str) -> int | None:
        """The change that put an item where it lies in the trash; ``None`` outside of it."""
        found: int | None = None
        row = self.database.one(
            f"SELECT {_STATE} FROM item JOIN revision ON revision.id = item.head WHERE item.id = ?", (item,)
        )
        while row is not None and row[2]:
            found = row[0]
            parent = next(iter(json.loads(row[1])), "")
            row = self.database.one(f"SELECT {_STATE} FROM revision WHERE id = ?", (parent,))
        return found
