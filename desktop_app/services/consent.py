"""What people allow with their words, for everything that leaves: nothing that was withdrawn, no speaker of what is
anonymous. What an entry says itself counts before what its speaker says; of a conflict that waits, each value counts.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.entries import Consent
from desktop_app.model.links import Relation
from desktop_app.model.merging import CONFLICTS
from desktop_app.notebook.file import NotebookFile

_LIMITING = (Consent.ANONYMOUS, Consent.WITHDRAWN)


@dataclass(slots=True)
class Consents:
    """``withheld`` items must not leave in any version. ``anonymous`` ones leave without these people (ids)."""

    withheld: set[str] = field(default_factory=set)
    anonymous: dict[str, frozenset[str]] = field(default_factory=dict)


def consents(file: NotebookFile, items: Collection[str]) -> Consents:
    """What consent asks for of these items.

    A document leaves if none of those who speak in it has withdrawn. Words stand in several places: codings go with
    their texts, a quote that was made an entry with the text it was taken from, a question with the entry in which it
    was asked.
    """
    found = Consents()
    people = _limiting(file, "person", _LIMITING)
    for kind in ("entry", "document"):
        for item, fields in _limiting(file, kind, (*_LIMITING, *people)).items():
            own = _values(fields, "consent")
            asked = {
                person: (own - {""}) | (_values(people.get(person, {}), "consent") if "" in own else set())
                for person in _speakers(fields)
            }
            asks = own.union(*asked.values())
            if Consent.WITHDRAWN in asks:
                found.withheld.add(item)
            elif Consent.ANONYMOUS in asks:
                found.anonymous[item] = frozenset(one for one, theirs in asked.items() if Consent.ANONYMOUS in theirs)
    if people or found.withheld or found.anonymous:
        _follow(file, found, items, people)
    return found


def limiting_people(file: NotebookFile) -> set[str]:
    """The ids of everybody, in the trash or not, who wants to be anonymous or has withdrawn."""
    found = _limiting(file, "person", _LIMITING)
    return {item for item, fields in found.items() if not _values(fields, "consent").isdisjoint(_LIMITING)}


def _limiting(file: NotebookFile, kind: str, words: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The fields of the items of a kind in which one of these words is a value."""
    wanted = re.compile(f'"(?:{"|".join(map(re.escape, words))})"')
    heads = file.lineage.heads(_of(file, kind))
    return {item: _fields(head) for item, head in heads.items() if wanted.search(head.fields)}


def _values(fields: Mapping[str, Any], name: str) -> set[Any]:
    """Every value that a field has, the settled one or those that wait."""
    options = fields.get(CONFLICTS, {}).get(name, ())
    return {fields.get(name) or "", *(option["value"] or "" for option in options)}


def _speakers(fields: Mapping[str, Any]) -> set[str]:
    found = set(fields.get("people", {}).values()) | _values(fields, "speaker") | _values(fields, "asker")
    for name, options in fields.get(CONFLICTS, {}).items():
        if name.startswith("people/"):
            found.update(option["value"] or "" for option in options)
    return found - {""}


def _of(file: NotebookFile, kind: str) -> AbstractSet[str]:
    return file.lineage.of_kinds([kind])


def _fields(head: Any) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = json.loads(head.fields)
    return fields


def _follow(
    file: NotebookFile, found: Consents, items: Collection[str], people: Mapping[str, Mapping[str, Any]]
) -> None:
    """The same for what holds the same words, or tells whose they are."""
    heads = file.lineage.heads
    codings = {item: _fields(head)["target"] for item, head in heads(_of(file, "coding")).items()}
    links = {item: _fields(head) for item, head in heads(_of(file, "link")).items()}
    _spread(found, [one for link in links.values() if (one := _quoted(link, codings)) is not None])
    for coding, target in codings.items():
        if target in found.withheld:
            found.withheld.add(coding)
        elif target in found.anonymous:
            found.anonymous[coding] = found.anonymous[target]
    _ask(file, found, people)
    _part(file, found, links, codings)
    for item, head in heads(_of(file, "person")).items():
        if any(step.get("entry") in found.anonymous for step in _fields(head).get("stages", ())):
            found.anonymous[item] = frozenset()
    chosen = set(items)
    found.withheld &= chosen
    found.anonymous = {item: who for item, who in found.anonymous.items() if item in chosen - found.withheld}


def _quoted(link: Mapping[str, Any], codings: Mapping[str, str]) -> tuple[str, str] | None:
    """An entry with the text that its words were taken from, where a link says so."""
    source, target = link["source"], link["target"]
    is_quote = (source["kind"], link["relation"], target["kind"]) == ("entry", Relation.MENTIONS, "coding")
    text = codings.get(target["id"]) if is_quote else None
    return (source["id"], text) if text is not None else None


def _spread(found: Consents, quoting: Collection[tuple[str, str]]) -> None:
    """What an entry asks for holds for the text it quotes; what a text withholds, for whatever quotes it."""
    before = -1
    while before != len(found.withheld):
        before = len(found.withheld)
        for pair in quoting:
            if found.withheld.intersection(pair):
                found.withheld.update(pair)
    for entry, text in quoting:
        if entry in found.anonymous:
            found.anonymous[text] = found.anonymous.get(text, frozenset()) | found.anonymous[entry]


def _ask(file: NotebookFile, found: Consents, people: Mapping[str, Mapping[str, Any]]) -> None:
    """The same for questions: what somebody asked is theirs, and so is what was asked in words of theirs."""
    for item, head in file.lineage.heads(_of(file, "question")).items():
        fields = _fields(head)
        askers, entries = _speakers(fields), _values(fields, "entry")
        asked = {person: _values(people.get(person, {}), "consent") for person in askers}
        if entries & found.withheld or Consent.WITHDRAWN in set().union(*asked.values()):
            found.withheld.add(item)
            continue
        hidden = {person for person, theirs in asked.items() if Consent.ANONYMOUS in theirs}
        hidden = hidden.union(*(found.anonymous.get(entry, ()) for entry in entries))
        if hidden or not found.anonymous.keys().isdisjoint(entries | _values(fields, "answer_entry")):
            found.anonymous[item] = frozenset(hidden)


def _part(
    file: NotebookFile, found: Consents, links: Mapping[str, Mapping[str, Any]], codings: Mapping[str, str]
) -> None:
    """Withhold links that would tell who speaks, between words without their speaker and whatever names them."""
    ends = {item: {link["source"]["id"], link["target"]["id"]} for item, link in links.items()}
    concerned = {item: pair for item, pair in ends.items() if not pair.isdisjoint(found.anonymous)}
    texts = {codings.get(end, end) for pair in concerned.values() for end in pair}
    named = {item: _fields(head) for item, head in file.lineage.heads(texts).items()}
    speakers = {item: _speakers(fields) | (_values(fields, "whom") - {""}) for item, fields in named.items()}
    for item, pair in concerned.items():
        told = {person for end in pair for person in _told(codings.get(end, end), speakers, found)}
        if any(found.anonymous.get(end, frozenset()) & told for end in pair):
            found.withheld.add(item)


def _told(item: str, speakers: Mapping[str, AbstractSet[str]], found: Consents) -> AbstractSet[str]:
    """The people whom an item names as itself, or as those who speak in it."""
    return {item, *speakers.get(item, ())} - found.anonymous.get(item, frozenset())
