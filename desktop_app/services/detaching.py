"""Copies without attached files: the entries that have any leave in another state, without them.

A revision cannot lose what it names, so another one stands for it, as in a redacted copy; its attachments are there
again when it comes home. Of such an entry only how it stands leaves, for what it was before names files as well.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop_app.model.changes import Absent, Revision, canonical_json, revision_id
from desktop_app.model.exchange import History, LeftOut
from desktop_app.model.merging import CONFLICTS
from desktop_app.notebook.blobs import named_blobs
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.stand_ins import StandIns

if TYPE_CHECKING:
    from desktop_app.services.redaction import RedactedCopy

ATTACHMENTS = "attachments"


def attached(file: NotebookFile, items: Iterable[str]) -> list[LeftOut]:
    """The files attached to these items as they stand, as what is left out."""
    blobs = {
        blob
        for head in file.lineage.heads(items).values()
        if head.kind == "entry"
        for blob in named_blobs(head.kind, head.fields)
    }
    if len(blobs) == 1:
        return [LeftOut("attached file", 1, "it was not asked for")]
    return [LeftOut("attached files", len(blobs), "they were not asked for")] if blobs else []


def detached(file: NotebookFile, items: Collection[str], history: History, other: "RedactedCopy") -> "RedactedCopy":
    """``other`` without attachments, and with those of ``items`` that leave as they are but have any."""
    instead = {one.item for one in other.revisions}
    heads = {
        item: head
        for item, head in file.lineage.heads(item for item in items if item not in instead).items()
        if head.kind == "entry"
    }
    own, missing = file.lineage.before(heads.values())
    graphs = {item: Graph(revisions, missing.get(item, ())) for item, revisions in own.items()}
    standing = {item: _standing(graph, heads[item]) for item, graph in graphs.items()}
    concerned = {
        item: graph for item, graph in graphs.items() if any(map(_has_any, _leaving(graph, standing[item], history)))
    }
    known = StandIns(file.database).of(node for graph in concerned.values() for node in graph.order)
    leaving = {one.id: one for one in other.revisions}
    stand_ins = dict(other.stand_ins)
    absent = list(other.absent)
    for item, graph in concerned.items():
        for node in standing[item]:
            one = graph.revisions[node]
            before = _went_out(graph, one, standing[item], known)
            absent += [Absent(stand_in, item) for stand_in in before]
            within = [parent for parent in one.parents if parent in standing[item]]
            leaving[node] = replace(one, parents=tuple(sorted([*within, *before])))
            stand_ins[node] = node
    return _without(other, leaving, stand_ins, absent)


def _without(
    other: "RedactedCopy", leaving: Mapping[str, Revision], stand_ins: Mapping[str, str], absent: Collection[Absent]
) -> "RedactedCopy":
    by_item: dict[str, list[Revision]] = {}
    for one in leaving.values():
        by_item.setdefault(one.item, []).append(one)
    ids: dict[str, str] = {}
    revisions = []
    for own in by_item.values():
        # Parents first, for a revision that becomes another one has other children.
        for node in Graph(own).order:
            after = _bare(leaving[node], ids)
            ids[node] = after.id
            revisions.append(after)
    return replace(
        other,
        revisions=revisions,
        stand_ins={ids.get(revision, revision): original for revision, original in stand_ins.items()},
        absent=list(absent),
    )


def _leaving(graph: Graph, standing: Iterable[str], history: History) -> Iterable[Revision]:
    if history == History.FULL:
        return graph.revisions.values()
    return [graph.revisions[node] for node in standing]


def _standing(graph: Graph, head: Revision) -> list[str]:
    """An item's head, and what it was derived from where a merge has done that; parents before children."""
    found = {head.id}
    waiting = [head]
    while waiting:
        one = waiting.pop()
        parents = [parent for parent in one.parents if one.is_derived and parent in graph.revisions]
        waiting += [graph.revisions[parent] for parent in parents if parent not in found]
        found.update(parents)
    return [node for node in graph.order if node in found]


def _went_out(
    graph: Graph, one: Revision, standing: Collection[str], known: Mapping[str, Collection[str]]
) -> list[str]:
    """What stood for the versions nearest before this one in earlier copies, so that two copies know of each other."""
    found: set[str] = set()
    passed: set[str] = set()
    waiting = [parent for parent in graph.parents(one.id) if parent not in standing]
    while waiting:
        node = waiting.pop()
        if node in passed:
            continue
        passed.add(node)
        if node in known:
            found.update(known[node])
        else:
            waiting += graph.parents(node)
    return sorted(found)


def _has_any(revision: Revision) -> bool:
    return bool(named_blobs(revision.kind, revision.fields))


def _bare(revision: Revision, ids: Mapping[str, str]) -> Revision:
    """A revision without attachments, of parents that have lost theirs."""
    fields: dict[str, Any] = json.loads(revision.fields)
    if revision.kind == "entry":
        fields[ATTACHMENTS] = []
        marks = {name: options for name, options in fields.pop(CONFLICTS, {}).items() if name != ATTACHMENTS}
        fields |= {CONFLICTS: marks} if marks else {}
    text = canonical_json(fields)
    parents = tuple(ids.get(parent, parent) for parent in revision.parents)
    made = revision_id(revision.item, revision.kind, parents, revision.author, revision.device, revision.clock, text)
    return replace(revision, id=made, parents=parents, fields=text)
