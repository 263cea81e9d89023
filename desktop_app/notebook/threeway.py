"""What an item is that was changed in several places: a pure function of the graph of its revisions.

A state is taken apart into atoms: a value, an element of a set, a key of a map. Who wrote an atom last is known for
every revision: whoever gave it another value than the revision before; where lines of history meet, those whose word
nobody among the others has built upon. One writer, or several who wrote the same: that is its value. Several who wrote
differently: elements stay where one of them wanted them, texts are merged by lines from what they have in common, and
other values are a conflict, of which nothing is dropped. No order in which things were received comes into it, nor
which of many common ancestors (criss-cross) is taken for the base.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from desktop_app.model.changes import NOBODY, Revision, canonical_json, revision_id
from desktop_app.model.merging import CONFLICTS, TRASHED, TRASHED_WITH, Rule, group_of, rule_of
from desktop_app.notebook.graph import Graph
from desktop_app.text.merging import merge_lines

Atom = tuple[str, ...]
_MOST_HELD = 2_000_000
"""Atoms of all revisions of one item, counted for each of their parents."""
_NOTHING = object()
_DEEPEST = 20
"""Criss-cross merges behind each other through which the common text of two is sought."""
_PLACE = (group_of("coding", "version")[0],)


class Contents(Protocol):
    """Reads and merges the texts of documents, whose states only name them."""

    def merged(
        self, base: Mapping[str, Any] | None, shown: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """The content with the changes of both; ``None`` where they contradict each other."""


@dataclass(slots=True)
class Merged:
    """The state that follows, and that of which nobody was asked: who threw away what somebody else went on with."""

    fields: dict[str, Any]
    kept: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of revisions: the one that trashed the item, and one that edited it meanwhile, which is why it stays."""


def atoms(kind: str, fields: Mapping[str, Any]) -> dict[Atom, Any]:
    """A state taken apart. Fields that go together are one atom under the name of the first; with which text a coding
    went into the trash goes together with its being there."""
    found: dict[Atom, Any] = {(TRASHED,): False}
    for name, value in fields.items():
        if name in (CONFLICTS, TRASHED_WITH):
            continue
        rule, group = _shape(kind, name)
        if rule in (Rule.SET, Rule.LIST):
            found.update(((name, canonical_json(element)), True) for element in value)
        elif rule is Rule.MAP:
            found.update(((name, key), kept) for key, kept in value.items())
        else:
            found[group[0],] = value if len(group) == 1 else {part: fields.get(part) for part in group}
    return found


@lru_cache(maxsize=1024)
def _shape(kind: str, name: str) -> tuple[Rule, tuple[str, ...]]:
    return rule_of(kind, name), group_of(kind, name)


class Tangled(Exception):
    """The history of an item holds more than can be held in memory; nobody writes one as long."""


class _Writers:
    """For every revision the atoms as it has them and, as bits, who wrote each of them last."""

    def __init__(self, graph: Graph, kind: str) -> None:
        self._graph = graph
        self._kind = kind
        self._atoms: dict[str, dict[Atom, Any]] = {}
        self._of: dict[str, dict[Atom, int]] = {}
        self._held = 0
        self.edited: set[str] = set()
        """Revisions that wrote anything but that the item is in the trash, or out of it."""
        for node in graph.order:
            self._visit(node)

    def _visit(self, node: str) -> None:
        graph = self._graph
        parents = graph.parents(node)
        inherited = self.met(parents)
        self._held += len(inherited) * max(len(parents), 1)
        if self._held > _MOST_HELD:
            raise Tangled
        if node not in graph.revisions:
            # Missing here: as if nobody had done anything there.
            self._of[node] = inherited
            self._atoms[node] = self._atoms[parents[0]] if len(parents) == 1 else {}
            return
        fields = graph.fields(node)
        own = self._atoms[node] = atoms(self._kind, fields)
        if not graph.revisions[node].is_derived:
            bit = graph.bit(node)
            befores = [self._atoms[parent] for parent in parents] or [{}]
            wrote = {
                atom
                for atom in own.keys() | {known for before in befores for known in before}
                if any(_differ(self._kind, before, own, atom) for before in befores)
            }
            wrote.update(name for parent in parents for name in self._settled(parent, fields))
            inherited.update(dict.fromkeys(wrote, bit))
            if wrote - {(TRASHED,)}:
                self.edited.add(node)
        self._of[node] = inherited

    def _settled(self, parent: str, fields: Mapping[str, Any]) -> Iterable[Atom]:
        """Conflicts of the revision before that are none any more: whoever took the mark away has decided."""
        if parent not in self._graph.revisions:
            return ()
        marks = self._graph.fields(parent).get(CONFLICTS, {})
        left = fields.get(CONFLICTS, {})
        return [_atom_of(name) for name in marks if name not in left]

    def met(self, nodes: Sequence[str]) -> dict[Atom, int]:
        """Who wrote each atom last where these lines of history meet."""
        if len(nodes) == 1:
            return dict(self._of[nodes[0]])
        found: dict[Atom, int] = {}
        for node in nodes:
            for atom, bits in self._of[node].items():
                found[atom] = found.get(atom, 0) | bits
        return {atom: self._graph.newest_of(bits) if bits & (bits - 1) else bits for atom, bits in found.items()}

    def value(self, node: str, atom: Atom) -> Any:
        return self._atoms[node].get(atom, _NOTHING)


def _atom_of(name: str) -> Atom:
    return tuple(name.split("/", 1))


def _differ(kind: str, before: Mapping[Atom, Any], own: Mapping[Atom, Any], atom: Atom) -> bool:
    """Whether an atom was given another value. A coding that went along with its corrected text was not: where it is
    in a text that two have corrected follows from where it was put."""
    one, other = before.get(atom, _NOTHING), own.get(atom, _NOTHING)
    if kind == "coding" and atom == _PLACE and one is not _NOTHING and other is not _NOTHING:
        return one["version"] == other["version"] and not _same(one, other)
    return not _same(one, other)


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: ``1`` is not ``true``, and ``1.0`` is not ``1``."""
    if one is _NOTHING or other is _NOTHING:
        return one is other
    return one == other and (type(one) is type(other) is str or canonical_json(one) == canonical_json(other))


class ThreeWay:
    """Merges the tips of one item's graph."""

    def __init__(self, graph: Graph, kind: str, contents: Contents) -> None:
        self._graph = graph
        self._kind = kind
        self._contents = contents
        self._writers = _Writers(graph, kind)
        self._bases: dict[tuple[str, int, int], str] = {}

    def merge(self, nodes: Sequence[str]) -> Merged:
        """The state that follows from these revisions, none of which descends from another."""
        last = self._writers.met(nodes)
        merged = Merged({})
        fields, conflicts = merged.fields, dict[str, list[dict[str, Any]]]()
        for atom in sorted(last):
            writers = self._graph.by_age(self._graph.nodes(last[atom]))
            name = atom[0]
            rule = rule_of(self._kind, name)
            if name == TRASHED:
                self._trash(merged, nodes, writers)
            elif rule in (Rule.SET, Rule.LIST):
                fields.setdefault(name, [])
                if any(self._writers.value(writer, atom) is not _NOTHING for writer in writers):
                    fields[name].append(atom[1])
            else:
                value, options = self._value(atom, rule, writers)
                name = "/".join(atom)
                if len(options) > 1:
                    conflicts[name] = [self._option(writer, atom) for writer in options]
                elif name in self._graph.fields(options[0]).get(CONFLICTS, {}):
                    # Whoever wrote it left it open, as undo does.
                    conflicts[name] = self._graph.fields(options[0])[CONFLICTS][name]
                _put(self._kind, fields, atom, rule, value)
        self._finish(fields, nodes)
        if conflicts:
            fields[CONFLICTS] = conflicts
        return merged

    def _finish(self, fields: dict[str, Any], nodes: Sequence[str]) -> None:
        """Sets and lists in their order, empty ones too."""
        newest = self._graph.by_age(nodes)
        for node in newest:
            for name in self._graph.fields(node):
                if rule_of(self._kind, name) in (Rule.SET, Rule.LIST):
                    fields.setdefault(name, [])
                elif rule_of(self._kind, name) is Rule.MAP:
                    fields.setdefault(name, {})
        for name, elements in fields.items():
            if rule_of(self._kind, name) is Rule.SET:
                fields[name] = sorted(map(json.loads, elements), key=_place_in_set)
            elif rule_of(self._kind, name) is Rule.LIST:
                fields[name] = self._listed(name, set(elements), nodes)

    def _listed(self, name: str, elements: set[str], nodes: Sequence[str]) -> list[Any]:
        """In the order of the newest list, what the others have after it."""
        placed: dict[str, None] = {}
        before = [node for node in self._graph.nodes(self._graph.ancestry(*nodes)) if node in self._graph.revisions]
        for node in (*self._graph.by_age(nodes), *self._graph.by_age(before)):
            texts = [canonical_json(element) for element in self._graph.fields(node).get(name, ())]
            placed.update(dict.fromkeys(text for text in texts if text in elements))
            if len(placed) == len(elements):
                break
        return [json.loads(element) for element in placed]

    def _trash(self, merged: Merged, nodes: Sequence[str], writers: Sequence[str]) -> None:
        """It stays in the trash where one who put it there knew of all that others had written."""
        if not all(self._writers.value(writer, (TRASHED,)) is True for writer in writers):
            return
        kept = []
        edited = [node for node in self._graph.nodes(self._graph.ancestry(*nodes)) if node in self._writers.edited]
        for writer in writers:
            meanwhile = [
                other
                for other in edited
                if not self._graph.is_before(other, writer) and not self._graph.is_before(writer, other)
            ]
            if not meanwhile:
                merged.fields[TRASHED] = True
                self._trash_with(merged.fields, writers)
                return
            kept.append((writer, self._graph.by_age(meanwhile)[0]))
        merged.kept = kept

    def _trash_with(self, fields: dict[str, Any], writers: Sequence[str]) -> None:
        """It comes back with its text if nobody has thrown it away for its own sake."""
        texts = {self._graph.fields(writer).get(TRASHED_WITH) for writer in writers}
        if len(texts) == 1 and None not in texts:
            fields[TRASHED_WITH] = texts.pop()

    def _value(self, atom: Atom, rule: Rule, writers: Sequence[str]) -> tuple[Any, list[str]]:
        """The value of an atom, and the writers between whose different values nobody has decided."""
        different: list[str] = []
        for writer in writers:
            value = self._writers.value(writer, atom)
            if not any(_same(value, self._writers.value(other, atom)) for other in different):
                different.append(writer)
        if len(atom) > 1 or rule is Rule.MAP:
            # Whoever took a key away did not know of the value that somebody else gave it.
            different = [one for one in different if self._writers.value(one, atom) is not _NOTHING] or different
        shown = self._writers.value(different[0], atom)
        if len(different) == 1:
            return shown, different
        if rule is Rule.TEXT and all(isinstance(self._writers.value(one, atom), str) for one in different):
            return self._text(atom[0], different)
        if rule is Rule.CONTENT:
            return self._content(different)
        return shown, different

    def _text(self, name: str, writers: Sequence[str], depth: int = 0) -> tuple[str, list[str]]:
        """Texts merged by lines, newest first; at lines that contradict each other the newest are shown."""
        text: str = self._graph.fields(writers[0])[name]
        known, conflicts = self._graph.ancestry(writers[0]), False
        for writer in writers[1:]:
            base = self._base_text(name, known & self._graph.ancestry(writer), depth)
            found = merge_lines(base, text, self._graph.fields(writer)[name])
            text, conflicts = found.text, conflicts or found.conflicts
            known |= self._graph.ancestry(writer)
        return text, list(writers) if conflicts else [writers[0]]

    def _base_text(self, name: str, common: int, depth: int) -> str:
        """What they all began with: the text of the last common ancestor, or of several merged in their turn, of which
        each is asked for once; a few merges back the newest of them does."""
        key = name, common, depth
        if key not in self._bases:
            self._bases[key] = self._base_of(name, common, depth)
        return self._bases[key]

    def _base_of(self, name: str, common: int, depth: int) -> str:
        bases = self._last_here(common)
        texts = [node for node in self._graph.by_age(bases) if isinstance(self._graph.fields(node).get(name), str)]
        if not texts:
            return ""
        if len(texts) > 1 and depth < _DEEPEST:
            return self._text(name, texts, depth + 1)[0]
        text: str = self._graph.fields(texts[0])[name]
        return text

    def _last_here(self, common: int) -> list[str]:
        here = 0
        for node in self._graph.nodes(common):
            if node in self._graph.revisions:
                here |= self._graph.bit(node)
        return list(self._graph.nodes(self._graph.newest_of(here)))

    def _content(self, writers: Sequence[str]) -> tuple[Any, list[str]]:
        content: Mapping[str, Any] = self._graph.fields(writers[0])["content"]
        known = self._graph.ancestry(writers[0])
        for writer in writers[1:]:
            bases = self._graph.by_age(self._last_here(known & self._graph.ancestry(writer)))
            base = self._graph.fields(bases[0])["content"] if bases else None
            found = self._contents.merged(base, content, self._graph.fields(writer)["content"])
            if found is None:
                return self._graph.fields(writers[0])["content"], list(writers)
            content = found
            known |= self._graph.ancestry(writer)
        return content, [writers[0]]

    def _option(self, writer: str, atom: Atom) -> dict[str, Any]:
        value = self._writers.value(writer, atom)
        revision = self._graph.revisions[writer]
        return {
            "value": None if value is _NOTHING else value,
            "revision": writer,
            "author": revision.author,
            "clock": revision.clock,
        }


def _place_in_set(element: Any) -> tuple[bool, str]:
    """Texts in the order that they have in a state that a person wrote."""
    return (False, element) if isinstance(element, str) else (True, canonical_json(element))


def _put(kind: str, fields: dict[str, Any], atom: Atom, rule: Rule, value: Any) -> None:
    if rule is Rule.MAP:
        kept = fields.setdefault(atom[0], {})
        if value is not _NOTHING:
            kept[atom[1]] = value
    elif value is not _NOTHING:
        group = group_of(kind, atom[0])
        fields.update({atom[0]: value} if len(group) == 1 else value)


def derived(item: str, kind: str, parents: Sequence[Revision], fields: Mapping[str, Any]) -> Revision:
    """The revision that says what follows from others: nobody's, at the time of the newest of them."""
    ids = tuple(sorted(parent.id for parent in parents))
    clock = max(parent.clock for parent in parents)
    text = canonical_json(fields)
    return Revision(
        revision_id(item, kind, ids, NOBODY, NOBODY, clock, text), item, kind, ids, NOBODY, NOBODY, clock, text
    )
