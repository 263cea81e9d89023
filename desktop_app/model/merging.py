"""How the fields of each kind of item merge when two people have changed them apart.

``CONFLICTS`` is the one field of a revision's state that is about other fields: which of them have several values, all
of which it keeps, until a person settles it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

CONFLICTS = "conflicts"
"""``{field: [{"value", "revision", "author", "clock"}, …]}``, the value that is shown meanwhile first."""

TRASHED = "trashed"
TRASHED_WITH = "trashed_with"
"""Of a coding that went into the trash with its text: the text's id."""


class Rule(StrEnum):
    """``VALUE``: one of two, or a conflict. ``TEXT``: by lines. ``SET``: each element for itself, in no order.
    ``LIST``: each element for itself, in an order. ``MAP``: each key for itself. ``CONTENT``: a document's text and
    turns, by lines."""

    VALUE = "value"
    TEXT = "text"
    SET = "set"
    LIST = "list"
    MAP = "map"
    CONTENT = "content"


RULES: Mapping[str, Mapping[str, Rule]] = {
    "entry": {
        "body": Rule.TEXT,
        "scales": Rule.SET,
        "perspectives": Rule.SET,
        "tags": Rule.SET,
        "series": Rule.SET,
        "attachments": Rule.LIST,
    },
    "person": {"note": Rule.TEXT, "stages": Rule.LIST, "attributes": Rule.MAP},
    "organisation": {"note": Rule.TEXT},
    "document": {"note": Rule.TEXT, "content": Rule.CONTENT, "people": Rule.MAP, "attributes": Rule.MAP},
    "code": {"definition": Rule.TEXT, "include": Rule.TEXT, "exclude": Rule.TEXT, "examples": Rule.LIST},
    "coding": {"settles": Rule.SET},
    "memo": {"body": Rule.TEXT, "about": Rule.LIST, "settles": Rule.SET},
    "link": {},
    "import": {},
    "series": {},
    "search": {},
    "term": {"description": Rule.TEXT},
    "variable": {"choices": Rule.LIST},
    "question": {"note": Rule.TEXT, "answer": Rule.TEXT, "options": Rule.LIST},
    "dismissal": {},
    "notebook": {},
    "device": {},
}
"""Every kind of item there is, with the fields that are more than a value."""

TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "coding": (("start", "end", "target_kind", "target", "quote", "version", "review"),),
}
"""Fields that only mean something together, so that they are taken from one side or from the other. A conflict of them
goes under the name of the first."""


def group_of(kind: str, name: str) -> tuple[str, ...]:
    """The fields that a field goes together with, itself among them."""
    return next((group for group in TOGETHER.get(kind, ()) if name in group), (name,))


def value_of(kind: str, fields: Mapping[str, Any], name: str) -> Any:
    """What a field of a conflict's name holds: ``attributes/ID`` is one key of a map (``None`` where it is not there);
    for fields that go together it is an object of all of them."""
    if name in fields or "/" not in name:
        group = group_of(kind, name)
        return fields.get(name) if len(group) == 1 else {part: fields.get(part) for part in group}
    whole, key = name.split("/", 1)
    return (fields.get(whole) or {}).get(key)


def with_value(kind: str, fields: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """``fields`` with another value under a conflict's name, as :func:`value_of` gives it."""
    if "/" not in name:
        return {**fields, **({name: value} if len(group_of(kind, name)) == 1 else value)}
    whole, key = name.split("/", 1)
    rest = {other: kept for other, kept in (fields.get(whole) or {}).items() if other != key}
    return {**fields, whole: rest if value is None else {**rest, key: value}}


def rule_of(kind: str, name: str) -> Rule:
    """How a field merges; one that a later Terrain has added is a value."""
    return RULES.get(kind, {}).get(name, Rule.VALUE)
