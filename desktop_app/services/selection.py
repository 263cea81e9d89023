"""What a query selects of a notebook, with everything that it needs to be understood elsewhere.

What is found brings what is said of it: its codings, the questions for which any of that was gathered, or that somebody
found asked or is to be asked, the dismissed places of a series, memos about any of these. What is chosen then needs
whom and what it names: the people, organisations, codes and those above them, variables, terms, the imports of its
series. What is only needed brings nothing more that is said of it. Links come along where both of their ends do; what
else was gathered for a question does not come because the question does.

An id of something that was left out may stand in a field all the same (a memo about something else, the entry that
shows a stage): every part of Terrain takes it for something that has not come along.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from desktop_app.model.changes import Revision
from desktop_app.model.merging import RULES, TRASHED
from desktop_app.services.context import Context
from desktop_app.services.search import Search

ALWAYS = ("notebook", "device")
"""Kinds of items that belong to every copy: what the notebook is called, and the devices."""

TEXTS = ("entry", "document")


@dataclass(frozen=True, slots=True)
class Selection:
    """The ids of all items chosen, how many there are of each kind, and how many of them the query itself ``found``."""

    items: frozenset[str]
    by_kind: Mapping[str, int]
    found: int


class Selecting:
    def __init__(self, context: Context, search: Search) -> None:
        self._file = context.file
        self._search = search

    def select(self, query: str) -> Selection:
        """All that there is for an empty query, the trash too; else what it finds with what that needs.

        Raises :class:`~desktop_app.search.errors.QueryError`.
        """
        if not query.strip():
            items = self._file.lineage.of_kinds(list(RULES))
            return self._selection(items, len(items))
        found = self._search.matches(query)
        items = self._said_of({item for _, item in found}, {item for kind, item in found if kind in TEXTS})
        chosen, series = self._with_needs(items)
        chosen |= self._links(chosen, series)
        return self._selection(chosen | self._file.lineage.of_kinds(ALWAYS), len(found))

    def _selection(self, items: AbstractSet[str], found: int) -> Selection:
        kinds = Counter(self._file.lineage.kinds(items).values())
        return Selection(frozenset(items), dict(sorted(kinds.items())), found)

    def _said_of(self, found: set[str], texts: set[str]) -> set[str]:
        """What was found, with its codings, questions, dismissed places and memos."""
        said = found | {coding.id for coding in self._file.codings.find(targets=sorted(texts))}
        memos = self._file.memos.all()
        about = {memo.id for memo in memos if any(thing.id in said for thing in memo.fields.about)}
        said |= about | self._questions(said | about)
        said |= {one.id for one in self._file.dismissals.all() if one.fields.series in found}
        return said | {memo.id for memo in memos if any(thing.id in said for thing in memo.fields.about)}

    def _questions(self, things: AbstractSet[str]) -> set[str]:
        """The questions that have to do with any of these."""
        questions = self._file.questions.all()
        evidence = self._file.questions.evidence([question.id for question in questions])
        found = set()
        for question in questions:
            fields = question.fields
            named = {fields.asker, fields.whom, fields.entry, fields.answer_entry}
            named.update(link.source.id for link in evidence.get(question.id, ()))
            if not things.isdisjoint(named):
                found.add(question.id)
        return found

    def _with_needs(self, items: Iterable[str]) -> tuple[set[str], set[str]]:
        """Items with all that they need, and the series that come along; what is not here, or in the trash, is not
        needed."""
        terms = self._terms()
        chosen: set[str] = set()
        series: set[str] = set()
        asked: set[str] = set()
        waiting = set(items)
        while waiting:
            asked |= waiting
            imports = self._file.metrics.holding(waiting)
            standing = {item: head for item, head in self._heads(waiting | imports).items() if item not in chosen}
            chosen |= standing.keys()
            series |= self._file.metrics.held(standing.keys() & imports)
            waiting = {need for head, fields in standing.values() for need in _needs(head.kind, fields, terms)} - asked
        # The settings of a series have its id. Other imports of what merely came along with it are not needed.
        return chosen | self._heads(series).keys(), series

    def _heads(self, items: Iterable[str]) -> dict[str, tuple[Revision, Mapping[str, Any]]]:
        heads = {item: (head, json.loads(head.fields)) for item, head in self._file.lineage.heads(items).items()}
        return {item: (head, fields) for item, (head, fields) in heads.items() if not fields.get(TRASHED)}

    def _terms(self) -> Mapping[tuple[str, str], str]:
        """The notebook's own terms by the field of entries that they stand in, and their name there."""
        return {
            (f"{vocabulary}s", term.id): item
            for vocabulary in ("perspective", "scale")
            for item, term in self._file.terms.of(vocabulary)
        }

    def _links(self, items: AbstractSet[str], series: AbstractSet[str]) -> set[str]:
        """The links that both start and end at something chosen."""
        ends = items | series
        return {
            link
            for link, (_, fields) in self._heads(self._file.lineage.of_kinds(["link"])).items()
            if fields["source"]["id"] in ends and fields["target"]["id"] in ends
        }


def _needs(kind: str, fields: Mapping[str, Any], terms: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """What an item names and cannot be understood without: ids of items and of series."""
    if kind == "entry":
        yield from filter(None, (fields["speaker"], fields["org"]))
        yield from fields["series"]
        if fields["check"]:
            yield fields["check"]["series"]
        for name in ("perspectives", "scales"):
            yield from (terms[name, term] for term in fields[name] if (name, term) in terms)
    elif kind == "coding":
        yield from (fields["target"], fields["code"], *fields["settles"])
    elif kind == "document":
        yield from fields["people"].values()
    elif kind == "person" and fields["org"]:
        yield fields["org"]
    elif kind == "code" and fields["parent"]:
        yield fields["parent"]
    elif kind == "series":
        yield from filter(None, (fields["numerator"], fields["denominator"]))
    elif kind == "question":
        yield from filter(None, (fields["asker"], fields["whom"]))
        amounts = (option.get(side) for option in fields.get("options", ()) for side in ("gained", "spent"))
        yield from (amount["series"] for amount in amounts if amount and amount.get("series"))
    elif kind == "dismissal":
        yield fields["series"]
    yield from fields.get("attributes", ())
