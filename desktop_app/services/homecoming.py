"""What others wrote in a copy without names comes home: onto the revisions that theirs stood for, with the names back.

Of every field only what the receiver has changed arrives; what they left alone is what stands here. A revision keeps
its author, device and clock, gets the parents that its own stood for, and therefore another id, the same every time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from desktop_app.model.changes import Absent, Revision, canonical_json, revision_id
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.notebook.stand_ins import StandIns
from desktop_app.services.consent import consents
from desktop_app.services.pseudonyms import Pseudonyms
from desktop_app.services.redacting import Redacting, redacted_series
from desktop_app.services.redaction import Redactors
from desktop_app.services.restoring import Pair, Restoring

_TEXTS_FIRST = {"document": 0, "entry": 1}
"""Codings follow the texts that they are placed on."""


@dataclass(frozen=True, slots=True)
class Homecoming(Incoming):
    """``stand_ins`` says for which revision each one stands that came under another id; to be remembered
    (``StandIns.add``) by whoever takes this in."""

    stand_ins: Mapping[str, str] = field(default_factory=dict)


def come_home(file: NotebookFile, incoming: Incoming) -> Incoming:
    """What comes in as if it had been written here; ``incoming`` itself where nothing of it was handed out in another
    state. To be called while its blobs can be read."""
    named = {one.id for one in incoming.revisions} | {one.revision for one in incoming.absent}
    named |= {parent for one in incoming.revisions for parent in one.parents}
    originals = StandIns(file.database).originals(named)
    manifest = incoming.manifest
    is_ours = manifest is not None and manifest.redacted and manifest.notebook == file.id
    if not originals and not is_ours:
        return incoming
    return _Translation(file, incoming, originals).made()


class _Translation:
    def __init__(self, file: NotebookFile, incoming: Incoming, originals: Mapping[str, str]) -> None:
        self._file = file
        self._incoming = incoming
        self._originals = originals
        redacts = incoming.manifest is None or incoming.manifest.redacted
        redactors = Redactors(Pseudonyms(file), consents(file, incoming.items), {}, redacts=redacts)
        series = redacted_series(file, redactors.of(""))
        self._work = Redacting(file, redactors.of, redactors.pseudonym, nameless=redactors.nameless, series=series)
        self._series = {redacted: one for one, redacted in series.items()}
        self._restoring = Restoring(file, incoming, redactors, self._series)
        self._pairs: dict[str, Pair] = {}
        self._own = file.lineage.some(
            {*originals.values(), *(parent for one in incoming.revisions for parent in one.parents)}
        )
        self._superseded = StandIns(file.database).superseded(set(originals.values()) - self._own.keys())
        self._ids: dict[str, tuple[str, ...]] = {}

    def made(self) -> Homecoming:
        by_item: dict[str, list[Revision]] = {}
        for one in self._incoming.revisions:
            by_item.setdefault(one.item, []).append(one)
        ordered = sorted(by_item, key=lambda item: (_TEXTS_FIRST.get(by_item[item][0].kind, 2), item))
        graphs = [Graph(by_item[item], self._missing(by_item[item])) for item in ordered]
        revisions = [one for graph in graphs for one in self._translated(graph)]
        made = self._restoring.made
        incoming = self._incoming

        def blob(name: str) -> BlobRow | None:
            return made.get(name) or incoming.blob(name)

        given = {one.name: getattr(incoming, one.name) for one in fields(Incoming)}
        return Homecoming(
            **given
            | {
                "revisions": revisions,
                "items": frozenset(self._series.get(item, item) for item in incoming.items),
                "absent": [self._without_stand_ins(one) for one in incoming.absent if not self._is_ours(one.revision)],
                "blob": blob,
                "has_blob": lambda name: name in made or incoming.has_blob(name),
            },
            stand_ins={before: after[0] for before, after in self._ids.items() if len(after) == 1},
        )

    def _missing(self, revisions: Sequence[Revision]) -> list[Absent]:
        wanted = {parent for one in revisions for parent in one.parents}
        return [one for one in self._incoming.absent if one.revision in wanted]

    def _is_ours(self, revision: str) -> bool:
        return revision in self._originals

    def _without_stand_ins(self, one: Absent) -> Absent:
        parents = tuple(dict.fromkeys(found for parent in one.parents for found in self._parents_for(parent)))
        return Absent(one.revision, one.item, parents, one.reason)

    # --- one item ---------------------------------------------------------------------------------------------------

    def _translated(self, graph: Graph) -> list[Revision]:
        """The revisions of an item that are news, parents first."""
        passing = set(graph.ephemeral)
        found: list[Revision] = []
        for node in graph.order:
            one = graph.revisions.get(node)
            if one is None:
                continue
            if self._is_ours(node):
                self._note_stand_in(one)
            elif node not in passing:
                found.append(self._translate(one))
        return found

    def _note_stand_in(self, one: Revision) -> None:
        """A revision that went out comes back as it was."""
        before = self._fields_of(self._originals[one.id])
        if before is not None:
            self._pairs[one.id] = self._restoring.pair(one, before)

    def _fields_of(self, original: str) -> str | None:
        own = self._own.get(original)
        return own.fields if own is not None else self._superseded.get(original)

    def _translate(self, one: Revision) -> Revision:
        pairs = [pair for parent in one.parents if (pair := self._pair_of(parent)) is not None]
        state = canonical_json(self._restoring.fields(one, pairs))
        parents = tuple(sorted({found for parent in one.parents for found in self._parents_for(parent)}))
        item = self._series.get(one.item, one.item) if one.kind == "series" else one.item
        made = revision_id(item, one.kind, parents, one.author, one.device, one.clock, state)
        self._pairs[one.id] = self._restoring.pair(one, state)
        if made == one.id:
            return one
        self._ids[one.id] = (made,)
        return Revision(made, item, one.kind, parents, one.author, one.device, one.clock, state)

    def _parents_for(self, parent: str) -> tuple[str, ...]:
        """What stands here for a parent. One that a merge had derived, and has derived anew since, was of others."""
        if parent in self._ids:
            return self._ids[parent]
        original = self._originals.get(parent)
        if original is None:
            return (parent,)
        if original in self._own:
            return (original,)
        stood = next((one for one in self._incoming.revisions if one.id == parent), None)
        return tuple(found for one in (stood.parents if stood else ()) for found in self._parents_for(one))

    def _pair_of(self, parent: str) -> Pair | None:
        if parent not in self._pairs:
            own = self._own.get(self._originals.get(parent, parent))
            if own is None:
                return None
            redacted = own.fields
            if parent in self._originals:
                # The version that they went on from is not in their copy; ours without names is what it was.
                redacted = canonical_json(self._work.fields(own, {}))
                self._restoring.use(self._work.blobs)
            stood = Revision(parent, own.item, own.kind, (), own.author, own.device, own.clock, redacted)
            self._pairs[parent] = self._restoring.pair(stood, own.fields)
        return self._pairs[parent]
