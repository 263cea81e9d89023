"""The revisions of one item as the graph that their parents make.

Written revisions count; what was derived from them counts where somebody has built upon it. The tips are the written
revisions that no other written one descends from: one for an item that went one way, several for one that was changed
in two places. Ancestors are kept as bits of one integer per revision, so that asking for common ones costs nothing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from desktop_app.model.changes import Absent, Revision


class Graph:
    """Of one item: ``revisions`` that are here, and what is known of those that are not.

    A parent of which nothing at all is known is as if it had never been.
    """

    def __init__(self, revisions: Iterable[Revision], absent: Iterable[Absent] = ()) -> None:
        self.revisions = {revision.id: revision for revision in revisions}
        self._missing = {one.revision: one.parents for one in absent if one.revision not in self.revisions}
        self._fields: dict[str, Mapping[str, Any]] = {}

    def parents(self, node: str) -> list[str]:
        """Those known of, here or missing."""
        found = self.revisions[node].parents if node in self.revisions else self._missing[node]
        return [parent for parent in found if parent in self.revisions or parent in self._missing]

    def fields(self, node: str) -> Mapping[str, Any]:
        """The state that a revision which is here gave the item; to be read only."""
        if node not in self._fields:
            self._fields[node] = json.loads(self.revisions[node].fields)
        return self._fields[node]

    @cached_property
    def order(self) -> list[str]:
        """Parents before children. What is missing proves nothing: where it claims a circle, it is not believed."""
        ordered = self._ordered()
        if len(ordered) < len(self.revisions) + len(self._missing):
            self._missing = dict.fromkeys(self._missing, ())
            ordered = self._ordered()
        return ordered

    def _ordered(self) -> list[str]:
        ordered: list[str] = []
        waiting = dict.fromkeys((*self.revisions, *self._missing), 0)
        children: dict[str, list[str]] = {node: [] for node in waiting}
        for node in waiting:
            parents = set(self.parents(node))
            waiting[node] = len(parents)
            for parent in parents:
                children[parent].append(node)
        ready = sorted((node for node, count in waiting.items() if not count), key=self._age, reverse=True)
        while ready:
            node = ready.pop()
            ordered.append(node)
            for child in children[node]:
                waiting[child] -= 1
                if not waiting[child]:
                    ready.append(child)
        return ordered

    def _age(self, node: str) -> tuple[str, str]:
        return (self.revisions[node].clock if node in self.revisions else ""), node

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {node: number for number, node in enumerate(self.order)}

    @cached_property
    def _ancestors(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for node in self.order:
            bits = 1 << self._numbers[node]
            for parent in self.parents(node):
                bits |= found[parent]
            found[node] = bits
        return found

    def bit(self, node: str) -> int:
        return 1 << self._numbers[node]

    def ancestry(self, *nodes: str) -> int:
        """The bits of these revisions and of all that came before them."""
        bits = 0
        for node in nodes:
            bits |= self._ancestors[node]
        return bits

    def nodes(self, bits: int) -> Iterator[str]:
        """The revisions of these bits, parents before children."""
        while bits:
            lowest = bits & -bits
            yield self.order[lowest.bit_length() - 1]
            bits ^= lowest

    def is_before(self, one: str, other: str) -> bool:
        """Whether ``other`` descends from ``one``, or is it."""
        return bool(self._ancestors[other] & self.bit(one))

    def newest_of(self, bits: int) -> int:
        """Those of these that no other of them descends from."""
        kept = 0
        passed = 0
        for node in reversed(list(self.nodes(bits))):
            if not passed & self.bit(node):
                kept |= self.bit(node)
            passed |= self._ancestors[node]
        return kept

    @cached_property
    def written(self) -> list[str]:
        """Revisions that people wrote, parents before children."""
        return [node for node in self.order if node in self.revisions and not self.revisions[node].is_derived]

    @cached_property
    def tips(self) -> tuple[str, ...]:
        """The written revisions that no other written one descends from, in the order of their ids."""
        return tuple(sorted(node for node in self.written if node not in self.gone_on_from))

    @cached_property
    def gone_on_from(self) -> set[str]:
        """Those that a written revision descends from. Found without ancestors as bits, which for the long lines of
        history that need no merging would be much."""
        found: set[str] = set()
        for node in reversed(self.order):
            if node in found or (node in self.revisions and not self.revisions[node].is_derived):
                found.update(self.parents(node))
        return found

    @cached_property
    def ephemeral(self) -> list[str]:
        """Derived revisions that nobody has built upon."""
        return [node for node, one in self.revisions.items() if one.is_derived and node not in self.gone_on_from]

    @cached_property
    def told(self) -> Mapping[str, Any] | None:
        """Where revisions before the tips are missing, the state that somebody derived from these very tips who had
        them; ``None`` where there is no such, or nothing is missing."""
        before = (node for node in self.nodes(self.ancestry(*self.tips)) if node in self.revisions)
        if all(parent in self.revisions for node in before for parent in self.revisions[node].parents):
            return None
        found = [
            node
            for node, revision in self.revisions.items()
            if revision.is_derived and tuple(sorted(revision.parents)) == self.tips
        ]
        return self.fields(max(found)) if found else None

    def by_age(self, nodes: Iterable[str]) -> list[str]:
        """Newest first, by clock and then by id; the same everywhere."""
        return sorted(nodes, key=self._age, reverse=True)
