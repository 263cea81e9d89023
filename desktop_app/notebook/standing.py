"""Where items stand once everything that is known of them is taken together."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.changes import Absent, Revision, canonical_json
from desktop_app.model.exchange import Loss
from desktop_app.model.shapes import MOST_PARENTS
from desktop_app.notebook.contents import MergedContents
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.incoming import Refused
from desktop_app.notebook.lineage import Lineage
from desktop_app.notebook.threeway import Tangled, ThreeWay, derived

_MOST_REVISIONS = 50_000
"""Of one item, where several went apart: their ancestors take a bit for each pair."""


@dataclass(slots=True)
class Standing:
    """One item: the revision it stands at here (``None`` for a new one), the written revisions that count (``tips``),
    and the state that follows from them, which coherence with other items may alter.

    ``fresh`` are revisions to be taken in, parents before children. ``built_upon``: a derived revision that stood here
    has become the parent of a written one.
    """

    item: str
    kind: str
    before: Revision | None
    tips: tuple[Revision, ...]
    fields: dict[str, Any]
    fresh: list[Revision] = field(default_factory=list)
    built_upon: bool = False
    decided: Revision | None = None

    @property
    def newest(self) -> tuple[str, str]:
        """Clock and id of the tip that was written last."""
        return max((tip.clock, tip.id) for tip in self.tips)

    @property
    def trashed(self) -> bool:
        return bool(self.fields.get("trashed"))

    def after(self) -> Revision:
        """The revision it stands at then: its one tip, or what is derived from its tips."""
        return self.decided or self._follows()

    def decide(self) -> None:
        """Nothing alters the state any more: what follows from it is worked out once."""
        self.decided = self._follows()

    @property
    def turns(self) -> bool:
        """Whether it stands at another revision than before."""
        return self.before is None or self.after().id != self.before.id

    def _follows(self) -> Revision:
        if len(self.tips) == 1 and canonical_json(self.fields) == self.tips[0].fields:
            return self.tips[0]
        return derived(self.item, self.kind, self.tips, self.fields)


class Standings:
    """Works out where items stand, without what holds them together. ``losses`` tells what was decided, ``refused``
    what nobody can have written."""

    def __init__(self, lineage: Lineage, contents: MergedContents) -> None:
        self._lineage = lineage
        self._contents = contents
        self.losses: list[Loss] = []
        self.refused: list[Refused] = []

    def here(self, items: Iterable[str]) -> dict[str, Standing]:
        """Items of which nothing new came in."""
        heads = self._lineage.heads(items)
        found = {
            item: Standing(item, head.kind, head, (head,), json.loads(head.fields))
            for item, head in heads.items()
            if not head.is_derived
        }
        derived_heads = [head for item, head in heads.items() if item not in found]
        own, missing = self._lineage.before(derived_heads)
        for head in derived_heads:
            graph = Graph(own[head.item], missing.get(head.item, ()))
            found[head.item] = self._stand(head.item, head, graph, [])
        return found

    def with_news(self, news: Mapping[str, Sequence[Revision]], skeleton: Mapping[str, Absent]) -> dict[str, Standing]:
        """Items that revisions came in for; ``skeleton`` is what the other copy knows of those it has not."""
        heads = self._lineage.heads(news)
        found: dict[str, Standing] = {}
        for item, revisions in news.items():
            quick = _quick(item, heads.get(item), revisions)
            if quick is not None:
                found[item] = quick
        slow = [item for item in news if item not in found]
        own, missing = self._lineage.before(heads[item] for item in slow if item in heads)
        for item in slow:
            here = own.get(item, [])
            graph = Graph([*here, *news[item]], [*missing.get(item, ()), *reached(news[item], skeleton)])
            if not graph.tips:
                # Nobody has written anything of it that is here or came.
                continue
            known = {revision.id for revision in here}
            fresh = [one for one in news[item] if one.id not in known]
            try:
                found[item] = self._stand(item, heads.get(item), graph, fresh)
            except Tangled:
                why = f"{len(graph.revisions):,} revisions of it went too many ways to be merged"
                self.refused.append(Refused(graph.tips[-1], item, news[item][0].kind, why))
        return found

    def earlier(self, standing: Standing, name: str) -> Iterator[str]:
        """The texts that a field has had, here or in what came in."""
        own = self._lineage.before([standing.before])[0][standing.item] if standing.before is not None else []
        for revision in (*own, *standing.fresh):
            found = json.loads(revision.fields).get(name)
            if isinstance(found, str):
                yield found

    def _stand(self, item: str, head: Revision | None, graph: Graph, news: Sequence[Revision]) -> Standing:
        tips = tuple(graph.revisions[tip] for tip in graph.tips)
        passing = set(graph.ephemeral)
        fresh = {revision.id for revision in news} - passing
        standing = Standing(
            item,
            tips[0].kind,
            head,
            tips,
            dict(graph.fields(tips[0].id)),
            [graph.revisions[node] for node in graph.order if node in fresh],
            built_upon=head is not None and head.id not in passing,
        )
        if len(tips) > 1 and (len(graph.order) > _MOST_REVISIONS or len(tips) > MOST_PARENTS):
            raise Tangled
        if len(tips) > 1 and graph.told is not None:
            standing.fields = dict(graph.told)
        elif len(tips) > 1:
            merged = ThreeWay(graph, standing.kind, self._contents).merge(graph.tips)
            standing.fields = merged.fields
            if merged.kept and news:
                trashed, edited = (graph.revisions[node] for node in merged.kept[0])
                self.losses.append(_kept(standing, trashed, edited))
        return standing


def _quick(item: str, head: Revision | None, news: Sequence[Revision]) -> Standing | None:
    """A new item, or one that goes on from where it stands here, without reading what came before."""
    if len(news) == 1 and news[0].parents == (() if head is None else (head.id,)) and not news[0].is_derived:
        fields = json.loads(news[0].fields)
        return Standing(item, news[0].kind, head, tuple(news), fields, list(news), built_upon=head is not None)
    graph = Graph(news if head is None else [head, *news])
    if len(graph.tips) != 1:
        return None
    if head is not None and head.id != graph.tips[0] and head.id not in graph.gone_on_from:
        return None
    if head is None and any(parent not in graph.revisions for one in news for parent in one.parents):
        return None
    tip = graph.revisions[graph.tips[0]]
    passing = {*graph.ephemeral, *([head.id] if head is not None else ())}
    fresh = [graph.revisions[node] for node in graph.order if node not in passing]
    return Standing(item, tip.kind, head, (tip,), dict(graph.fields(tip.id)), fresh, built_upon=head is not None)


def reached(revisions: Iterable[Revision], skeleton: Mapping[str, Absent]) -> list[Absent]:
    """What is known of the missing ancestors of these."""
    found: dict[str, Absent] = {}
    waiting = [parent for revision in revisions for parent in revision.parents]
    while waiting:
        parent = waiting.pop()
        if parent in skeleton and parent not in found:
            found[parent] = skeleton[parent]
            waiting += skeleton[parent].parents
    return list(found.values())


def _kept(standing: Standing, trashed: Revision, edited: Revision) -> Loss:
    return Loss(
        standing.item,
        f"{trashed.author} put this {standing.kind} into the trash while {edited.author} went on with it",
        "what was written is kept; put it into the trash again if it should be there",
    )
