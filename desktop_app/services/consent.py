"""What people allow with their words, for everything that leaves: nothing that was withdrawn, no speaker of what is
anonymous. What an entry says itself counts before what its speaker says."""

import json
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.entries import Consent
from desktop_app.notebook.file import NotebookFile


@dataclass(slots=True)
class Consents:
    """``withheld`` items must not leave in any version. ``anonymous`` ones leave without these people (ids)."""

    withheld: set[str] = field(default_factory=set)
    anonymous: dict[str, frozenset[str]] = field(default_factory=dict)


def consents(file: NotebookFile, items: Collection[str]) -> Consents:
    """What consent asks for of these items.

    A document leaves if none of those who speak in it has withdrawn. Words stand in several places: codings go with
    their texts, and a quote that was made an entry with the text it was taken from.
    """
    lineage = file.lineage
    people = {item: _fields(head).get("consent", "") for item, head in lineage.heads(_of(file, "person")).items()}
    texts = {item: _fields(head) for item, head in lineage.heads({*_of(file, "entry"), *_of(file, "document")}).items()}
    found = Consents()
    for item, fields in texts.items():
        speakers = set(fields["people"].values()) if "people" in fields else set(filter(None, [fields["speaker"]]))
        asked = {person: fields.get("consent") or people.get(person, "") for person in speakers}
        if Consent.WITHDRAWN in asked.values() or fields.get("consent") == Consent.WITHDRAWN:
            found.withheld.add(item)
        elif Consent.ANONYMOUS in asked.values() or fields.get("consent") == Consent.ANONYMOUS:
            found.anonymous[item] = frozenset(one for one, asks in asked.items() if asks == Consent.ANONYMOUS)
    if found.withheld or found.anonymous:
        _follow(file, found, items)
    return found


def _of(file: NotebookFile, kind: str) -> AbstractSet[str]:
    return file.lineage.of_kinds([kind])


def _fields(head: Any) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = json.loads(head.fields)
    return fields


def _follow(file: NotebookFile, found: Consents, items: Collection[str]) -> None:
    """The same for what holds the same words, or tells whose they are."""
    lineage = file.lineage
    codings = {item: _fields(head)["target"] for item, head in lineage.heads(_of(file, "coding")).items()}
    links = {item: _fields(head) for item, head in lineage.heads(_of(file, "link")).items()}
    quoting = [
        (link["source"]["id"], link["target"]["id"])
        for link in links.values()
        if link["source"]["kind"] == "entry" and link["target"]["kind"] == "coding"
    ]
    for _ in range(2):
        for entry, coding in quoting:
            if entry in found.withheld or codings.get(coding) in found.withheld:
                found.withheld |= {entry, coding, codings.get(coding, coding)}
    for coding, target in codings.items():
        if target in found.withheld:
            found.withheld.add(coding)
        elif target in found.anonymous:
            found.anonymous[coding] = found.anonymous[target]
    for item, link in links.items():
        ends = {link["source"]["id"], link["target"]["id"]}
        if any(found.anonymous.get(end, frozenset()) & ends for end in ends):
            found.withheld.add(item)
    for item, head in lineage.heads(_of(file, "person")).items():
        if any(step.get("entry") in found.anonymous for step in _fields(head).get("stages", ())):
            found.anonymous[item] = frozenset()
    chosen = set(items)
    found.withheld &= chosen
    found.anonymous = {item: who for item, who in found.anonymous.items() if item in chosen - found.withheld}
