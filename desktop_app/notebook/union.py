"""The union of two notebooks: which revisions come in, what every item is then, and writing that down.

First everything is worked out and nothing written (:meth:`Union.plan`), so that the same plan is what a preview shows
and what is done. What an item is follows from its revisions (``standing``, ``threeway``) and from what holds items
together (``coherence``); where that is none of the revisions that people wrote, a derived one says it, the same on
every machine, and makes way when more comes in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.changes import Absent, Revision, canonical_json
from desktop_app.model.exchange import Loss, Outcome
from desktop_app.model.merging import CONFLICTS, TRASHED
from desktop_app.notebook.blobs import Blobs, named_blobs, unpack
from desktop_app.notebook.coherence import Coherence
from desktop_app.notebook.contents import MergedContents
from desktop_app.notebook.database import Database
from desktop_app.notebook.incoming import Incoming, Refused
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.lineage import Lineage
from desktop_app.notebook.standing import Standing, Standings, reached

Progress = Callable[[float], None]
"""Told how far it is, from 0 to 1; may raise to stop."""


@dataclass(slots=True)
class Plan:
    """What a union comes to: every item that changes, what is refused, what was decided for people, which revisions are
    known to be missing from now on (``absent``) and which are here after all (``found``), the names of the blobs that
    come along, and the bytes that merging ``made``."""

    incoming: Incoming
    standing: dict[str, Standing] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    absent: dict[str, Absent] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    blobs: list[str] = field(default_factory=list)
    made: Mapping[str, bytes] = field(default_factory=dict)


def outcome_of(standing: Standing) -> Outcome:
    """What became of an item."""
    if standing.before is None:
        return Outcome.NEW
    if not standing.turns:
        return Outcome.IDENTICAL
    if not standing.after().is_derived:
        return Outcome.FAST_FORWARD
    return Outcome.CONFLICTING if CONFLICTS in standing.fields and len(standing.tips) > 1 else Outcome.MERGED


class Union:
    """Works out and writes what another copy brings to one notebook."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lineage = Lineage(database)
        self._blobs = Blobs(database)

    # --- planning ---------------------------------------------------------------------------------------------------

    def plan(self, incoming: Incoming, progress: Progress = lambda part: None) -> Plan:
        """What would come of it; writes nothing. To be called in a snapshot, or in the transaction that applies it."""
        plan = Plan(incoming, refused=list(incoming.refused))
        contents = MergedContents(lambda name: self._read(incoming, name))
        skeleton = {one.revision: one for one in incoming.absent}
        news = self._news(plan, incoming)
        progress(0.1)
        standings = Standings(self._lineage, contents)
        standing = standings.with_news(news, skeleton)
        plan.refused += standings.refused
        progress(0.6)
        coherence = Coherence(self._database, standings, contents, standing)
        coherence.see_to()
        progress(0.9)
        plan.losses = standings.losses + coherence.losses
        for one in standing.values():
            one.decide()
        plan.standing = {item: one for item, one in standing.items() if one.fresh or one.turns}
        self._note_absent(plan, skeleton)
        self._note_blobs(plan, contents)
        progress(1.0)
        return plan

    def _news(self, plan: Plan, incoming: Incoming) -> dict[str, list[Revision]]:
        """By item the revisions that are not here, without what only follows from others."""
        known = self._lineage.some(one.id for one in incoming.revisions)
        absent = self._lineage.absent(one.id for one in incoming.revisions)
        plan.found = set(absent)
        by_item: dict[str, list[Revision]] = {}
        for revision in incoming.revisions:
            if revision.id not in known:
                by_item.setdefault(revision.item, []).append(revision)
        kinds = self._lineage.kinds(by_item)
        news = {}
        for item, revisions in by_item.items():
            kind = kinds.get(item) or min(revisions, key=lambda one: (one.clock, one.id)).kind
            for one in revisions:
                if one.kind != kind:
                    why = f"it says that it is of a {one.kind}, and this is a {kind}"
                    plan.refused.append(Refused(one.id, item, one.kind, why))
            useful = _useful([one for one in revisions if one.kind == kind], absent)
            if useful:
                news[item] = useful
        return news

    def _read(self, incoming: Incoming, name: str) -> bytes | None:
        if self._blobs.has(name):
            return self._blobs.get(name)
        row = incoming.blob(name)
        return None if row is None else unpack(*row)

    def _note_absent(self, plan: Plan, skeleton: Mapping[str, Absent]) -> None:
        fresh = [one for standing in plan.standing.values() for one in standing.fresh]
        plan.found &= {one.id for one in fresh}
        missing = [*reached(fresh, skeleton), *_named(fresh, skeleton)]
        here = self._lineage.some(one.revision for one in missing).keys() | {one.id for one in fresh}
        plan.absent = {one.revision: one for one in missing if one.revision not in here}

    def _note_blobs(self, plan: Plan, contents: MergedContents) -> None:
        wanted: dict[str, None] = {}
        for standing in plan.standing.values():
            for revision in (*standing.fresh, standing.after()):
                wanted.update(dict.fromkeys(named_blobs(revision.kind, revision.fields)))
        plan.made = {name: data for name, data in contents.made.items() if name in wanted}
        plan.blobs = [name for name in wanted if name not in plan.made and not self._blobs.has(name)]

    # --- writing ----------------------------------------------------------------------------------------------------

    def apply(self, recorder: Recorder, plan: Plan, progress: Progress = lambda part: None) -> None:
        """Write a plan that was made in the caller's transaction."""
        self._write_blobs(plan)
        self._write_absent(plan)
        progress(0.2)
        ordered = sorted(plan.standing.values(), key=lambda one: one.newest)
        self._write_items(recorder, ordered)
        progress(0.5)
        for number, standing in enumerate(ordered):
            if number % 200 == 0:
                progress(0.5 + 0.5 * number / len(ordered))
            # Which of several imports states a figure last depends on how old they are.
            if standing.turns or standing.kind == "import":
                recorder.project(standing.kind, standing.item, standing.fields, new=standing.before is None)
        progress(1.0)

    def _write_blobs(self, plan: Plan) -> None:
        for name in plan.blobs:
            row = plan.incoming.blob(name)
            if row is not None:
                self._database.execute(
                    "INSERT OR IGNORE INTO blob (sha256, size, packing, data) VALUES (?, ?, ?, ?)", (name, *row)
                )
        for data in plan.made.values():
            self._blobs.put(data, compress=True)

    def _write_absent(self, plan: Plan) -> None:
        self._database.executemany(
            "INSERT INTO absent (revision, reason, item, parents) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (revision) DO UPDATE SET parents = excluded.parents WHERE parents = '[]'",
            ((one.revision, one.reason, one.item, canonical_json(list(one.parents))) for one in plan.absent.values()),
        )
        self._database.executemany("DELETE FROM absent WHERE revision = ?", ((one,) for one in sorted(plan.found)))

    def _write_items(self, recorder: Recorder, ordered: Iterable[Standing]) -> None:
        fresh: list[Revision] = []
        new: list[tuple[Any, ...]] = []
        changed: list[tuple[Any, ...]] = []
        turned: list[tuple[Any, ...]] = []
        for one in ordered:
            after = one.after()
            before = one.before
            taken = [*one.fresh, *([after] if one.turns and after.is_derived else [])]
            gone = int(before is not None and one.turns and before.is_derived and not one.built_upon)
            if gone and before is not None:
                self._supersede(before)
            fresh += taken
            marks = bool(one.fields.get(TRASHED)), CONFLICTS in one.fields
            if before is None:
                first = min((found for found in taken if not found.is_derived), key=lambda it: (it.clock, it.author))
                new.append(
                    (
                        one.item,
                        one.kind,
                        after.id,
                        marks[0],
                        first.clock,
                        after.clock,
                        first.author,
                        len(taken),
                        marks[1],
                    )
                )
            else:
                changed.append((after.id, *marks, after.clock, len(taken) - gone, one.item))
            if one.turns:
                turned.append((recorder.change, one.item, before.id if before else "", after.id))
        self._database.executemany(
            "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions, conflicting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new,
        )
        recorder.adopt(sorted(fresh, key=lambda it: it.clock))
        self._database.executemany(
            "UPDATE item SET head = ?, trashed = ?, conflicting = ?, edited = ?, revisions = revisions + ?"
            " WHERE id = ?",
            changed,
        )
        self._write_beginnings(ordered)
        self._database.executemany("INSERT INTO turned (change, item, before, after) VALUES (?, ?, ?, ?)", turned)

    def _write_beginnings(self, ordered: Iterable[Standing]) -> None:
        """An item is as old as its oldest revision, which may come later than younger ones."""
        for one in ordered:
            written = [found for found in one.fresh if not found.is_derived]
            if one.before is None or not written:
                continue
            first = min(written, key=lambda it: (it.clock, it.author))
            self._database.execute(
                "UPDATE item SET created = ?, author = ? WHERE id = ? AND (created, author) > (?, ?)",
                (first.clock, first.author, one.item, first.clock, first.author),
            )

    def _supersede(self, revision: Revision) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO superseded (id, item, fields) VALUES (?, ?, ?)",
            (revision.id, revision.item, revision.fields),
        )
        self._database.execute("DELETE FROM revision WHERE id = ?", (revision.id,))


def _named(revisions: Iterable[Revision], skeleton: Mapping[str, Absent]) -> list[Absent]:
    """What came before these and is not known to the other copy either."""
    return [Absent(parent, one.item) for one in revisions for parent in one.parents if parent not in skeleton]


def _useful(revisions: list[Revision], absent: Mapping[str, Absent]) -> list[Revision]:
    """Without items of which only came what was derived and nobody has built upon: that follows here from what is
    here. Beside others it may know what is missing here."""
    useful = any(not one.is_derived or one.id in absent for one in revisions)
    return revisions if useful else []
