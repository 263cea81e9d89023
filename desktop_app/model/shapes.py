"""What the fields of each kind of item must look like for this program to live with them, and what a revision must be.

For what comes from other hands. A field that is missing, of another type, or of a value that would break a screen or a
table is a reason; unknown values of an open list and unknown fields are none, since a later Terrain may know them.
"""

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.attributes import Subject, VariableType
from desktop_app.model.changes import Revision, canonical_json, revision_id
from desktop_app.model.coding import TargetKind
from desktop_app.model.merging import CONFLICTS, RULES, TRASHED, TRASHED_WITH, Rule, group_of, rule_of

Shape = Callable[[Any], str]
"""Why a value will not do, to be read after the name of its field; empty for one that will."""

LONGEST_FIELDS = 64 << 20
"""Bytes of UTF-8 that the fields of one revision may have; long texts are blobs."""

LONGEST_NAME = 1_000
"""Characters of an author or a device."""

MOST_PARENTS = 1_000

MOST_MILLISECONDS = 1 << 48
"""Of a recording: more than any clock counts, and within what a screen can divide."""

_MOST_PARTS = 4 << 20
"""Brackets and commas in the fields of one revision: each costs some sixty bytes once it is read."""

_DEEPEST = 50
"""Levels of a field that is unknown here; SQLite's own reader of JSON gives up at a thousand or two."""

_LARGEST = (1 << 63) - 1
_LAST_PLACE = (1 << 31) - 1
_LAST_CLOCK = "e677d21fdbffffff"
"""The last moment of the year 9999, beyond which no date can be told."""

_ID = re.compile(r"[0-9a-z]{26}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CLOCK = re.compile(r"[0-9a-f]{16}")
_COLOUR = re.compile(r"(#[0-9A-Fa-f]{6})?")


# --- single values ----------------------------------------------------------------------------------------------------


def _text(value: Any) -> str:
    return "" if type(value) is str else "is no text"


def _line(value: Any) -> str:
    """A text that goes where NUL would end it or break it: what people read and write, and names of files."""
    if type(value) is not str:
        return "is no text"
    return "holds a NUL character" if "\0" in value else ""


def is_id(value: object) -> bool:
    """Whether it could be the id of an item."""
    return type(value) is str and _ID.fullmatch(value) is not None


def is_digest(value: object) -> bool:
    """Whether it could be a SHA-256 in hex: the id of a revision, the name of a blob."""
    return type(value) is str and _DIGEST.fullmatch(value) is not None


def _id(value: Any) -> str:
    return "" if is_id(value) else "is no id"


def _digest(value: Any) -> str:
    return "" if is_digest(value) else "is no SHA-256"


def _clock(value: Any) -> str:
    return "" if type(value) is str and _CLOCK.fullmatch(value) and value <= _LAST_CLOCK else "is no clock"


def _colour(value: Any) -> str:
    return "" if type(value) is str and _COLOUR.fullmatch(value) else "is no colour"


def _flag(value: Any) -> str:
    return "" if type(value) is bool else "is neither true nor false"


def _number(value: Any) -> str:
    """A float, or an integer of 64 bits; JSON in its canonical form has neither NaN nor infinities."""
    if type(value) is float:
        return "" if value - value == 0 else "is not finite"
    return "" if type(value) is int and -_LARGEST <= value <= _LARGEST else "is no number of 64 bits"


def _share(value: Any) -> str:
    return _number(value) or ("" if 0 <= value <= 1 else "is not between 0 and 1")


def _value(value: Any) -> str:
    """Of an attribute."""
    return "" if type(value) in (str, bool) else _number(value)


def _anything(value: Any) -> str:
    return "" if _depth_within(value, _DEEPEST) else "is nested too deeply"


def _depth_within(value: Any, levels: int) -> bool:
    level = [value]
    while level and levels:
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, dict | list)
        ]
        levels -= 1
    return not level


def _whole(low: int, high: int) -> Shape:
    def shape(value: Any) -> str:
        return "" if type(value) is int and low <= value <= high else f"is no whole number from {low} to {high}"

    return shape


def _one_of(*allowed: str) -> Shape:
    def shape(value: Any) -> str:
        return "" if type(value) is str and value in allowed else f"is none of {', '.join(allowed)}"

    return shape


def _maybe(inner: Shape, empty: object = None) -> Shape:
    """``inner``, or the value that stands for nothing."""

    def shape(value: Any) -> str:
        return "" if value is empty or (empty == "" and value == "") else inner(value)

    return shape


# --- what holds others ------------------------------------------------------------------------------------------------


def _list(inner: Shape, *, once: bool = False) -> Shape:
    """A list; ``once``: of texts, none of which stands in it twice, since a table has them for its key."""

    def shape(value: Any) -> str:
        if type(value) is not list:
            return "is no list"
        if wrong := next(filter(None, map(inner, value)), ""):
            return f"has a part that {wrong}"
        return "has a part twice" if once and len(set(value)) < len(value) else ""

    return shape


def _map(key: Shape, inner: Shape) -> Shape:
    def shape(value: Any) -> str:
        if type(value) is not dict:
            return "is no mapping"
        wrong = next(filter(None, map(key, value)), "") or next(filter(None, map(inner, value.values())), "")
        return f"has a part that {wrong}" if wrong else ""

    return shape


def _object(needed: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *, exact: bool = False) -> Shape:
    """An object with these keys; ``exact``: and no others, because it becomes the arguments of a call."""
    known = {**needed, **(optional or {})}

    def shape(value: Any) -> str:
        if type(value) is not dict:
            return "is no object"
        for name in needed:
            if name not in value:
                return f"lacks “{name}”"
        for name, part in value.items():
            inner = known.get(name)
            if inner is None and exact:
                return "has a part too many"
            if wrong := (inner or _anything)(part):
                return f"has a part that {wrong}"
        return ""

    return shape


# --- the kinds --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fields:
    """``needed`` are the fields without which the tables of a kind cannot be written."""

    needed: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def shape_of(self, name: str) -> Shape:
        return self.needed.get(name) or self.optional.get(name) or _anything


_TEXTS = _list(_text, once=True)
_IDS = _list(_id, once=True)
_PLACE = _whole(0, _LAST_PLACE)
_TIME = _whole(-MOST_MILLISECONDS, MOST_MILLISECONDS)
_END_OF_LINK = _object({"kind": _text, "id": _id}, {"start": _text, "end": _text, "then": _maybe(_number)}, exact=True)
_AMOUNT = _object(
    {"value": _maybe(_number)}, {"unit": _text, "series": _maybe(_id), "start": _text, "end": _text}, exact=True
)
_OPTION = _object({"name": _line}, {"gained": _maybe(_AMOUNT), "spent": _maybe(_AMOUNT)})

_SHAPES: Mapping[str, _Fields] = {
    "entry": _Fields(
        {
            "kind": _text,
            "title": _line,
            "body": _line,
            "occurred": _text,
            "scales": _TEXTS,
            "perspectives": _TEXTS,
            "tags": _TEXTS,
            "speaker": _maybe(_id),
            "org": _maybe(_id),
            "channel": _line,
            "basis": _text,
            "consent": _text,
            "surprise": _flag,
            "attachments": _list(
                _object({"name": _line, "blob": _digest, "media_type": _text, "size": _whole(0, _LARGEST)}, exact=True)
            ),
            "series": _IDS,
            "horizon": _text,
            "confidence": _maybe(_share),
            "check": _maybe(
                _object({"series": _id, "comparison": _text, "value": _number, "period": _text}, exact=True)
            ),
            "outcome": _maybe(_object({"result": _text}, {"resolved": _text, "note": _text}, exact=True)),
        },
        {"act": _text, "recurs": _text},
    ),
    "person": _Fields(
        {
            "name": _text,
            "org": _maybe(_id),
            "consent": _text,
            "pseudonym": _text,
            "note": _text,
            "stages": _list(_object({"stage": _text, "date": _text, "entry": _maybe(_id)}, exact=True)),
        },
        {"attributes": _map(_id, _value)},
    ),
    "organisation": _Fields({"name": _text, "note": _text}),
    "document": _Fields(
        {
            "title": _text,
            "content": _object(
                {"blob": _digest, "turns": _maybe(_digest, ""), "characters": _PLACE},
                {
                    "speakers": _list(_text),
                    "count": _PLACE,
                    "milliseconds": _maybe(_whole(-MOST_MILLISECONDS, MOST_MILLISECONDS)),
                },
            ),
            "people": _map(_text, _id),
            "occurred": _text,
        },
        {
            "attributes": _map(_id, _value),
            "note": _text,
            "origin": _object({}, {"file": _line, "format": _text, "blob": _maybe(_digest, "")}),
        },
    ),
    "code": _Fields(
        {"name": _text, "parent": _maybe(_id), "colour": _colour},
        {
            "definition": _text,
            "include": _text,
            "exclude": _text,
            "examples": _list(_text),
            "merged_into": _maybe(_id),
        },
    ),
    "coding": _Fields(
        {
            "target_kind": _one_of(*TargetKind),
            "target": _id,
            "code": _id,
            "start": _PLACE,
            "end": _PLACE,
            "quote": _text,
            "coder": _text,
            "version": _maybe(_digest, ""),
            "weight": _maybe(_whole(0, 100)),
            "settles": _IDS,
            "review": _maybe(_object({"quote": _text}, {"before": _text, "after": _text})),
        },
        {TRASHED_WITH: _id},
    ),
    "memo": _Fields(
        {"title": _line, "body": _line, "about": _list(_object({"kind": _text, "id": _id})), "settles": _IDS}
    ),
    "link": _Fields({"source": _END_OF_LINK, "relation": _text, "target": _END_OF_LINK}),
    "import": _Fields(
        {
            "file": _line,
            "profile": _text,
            "source": _text,
            "account": _text,
            "encoding": _text,
            "delimiter": _text,
            "timezone": _text,
            "parts": _list(_object({"name": _line, "blob": _digest})),
            "points": _digest,
        }
    ),
    "series": _Fields({"additive": _maybe(_flag), "numerator": _maybe(_id), "denominator": _maybe(_id)}),
    "search": _Fields({"name": _text, "query": _text}),
    "term": _Fields({"vocabulary": _text, "term": _text, "name": _text, "question": _text, "description": _text}),
    "variable": _Fields(
        {"name": _text, "type": _one_of(*VariableType), "subject": _one_of(*Subject)},
        {"description": _text, "choices": _list(_text)},
    ),
    "question": _Fields(
        {
            "text": _line,
            "asker": _maybe(_id),
            "whom": _maybe(_id),
            "entry": _maybe(_id),
            "asked": _text,
            "answered": _text,
        },
        {"note": _line, "answer": _line, "answer_entry": _maybe(_id), "options": _list(_OPTION)},
    ),
    "dismissal": _Fields({"series": _id, "start": _text, "end": _text}, {"note": _line}),
    "notebook": _Fields({"title": _text, "language": _text}),
    "device": _Fields({"device": _text, "name": _text}),
}


def wrong_with_fields(kind: str, fields: object) -> str:
    """Why these are no fields of this kind that the rest of the program can live with; empty where they are.

    ``fields`` is what JSON gave, or what is about to become JSON.
    """
    try:
        canonical_json(fields).encode("utf-8")
    except UnicodeEncodeError:
        return "a text in it holds half a character"
    except (ValueError, TypeError, RecursionError):
        return "its fields are no JSON"
    return _wrong_shape(kind, fields)


def _wrong_shape(kind: str, fields: object) -> str:
    shapes = _SHAPES.get(kind)
    if shapes is None:
        return "it is of a kind that this Terrain does not know"
    if type(fields) is not dict:
        return "its fields are no object"
    needed, optional = shapes.needed, shapes.optional
    for name in needed:
        if name not in fields:
            return f"it lacks its “{name}”"
    for name, value in fields.items():
        shape = needed.get(name) or optional.get(name)
        wrong = shape(value) if shape is not None else _wrong_with_other(kind, name, value, fields)
        if wrong:
            return f"its “{name[:40]}” {wrong}"
    return _wrong_range(fields) if kind == "coding" else ""


def _wrong_range(place: Mapping[str, Any]) -> str:
    return "" if place["start"] <= place["end"] else "it ends before it begins"


def _wrong_with_other(kind: str, name: str, value: Any, fields: Mapping[str, Any]) -> str:
    """Of the fields that every kind may have, and of those that nobody here knows."""
    if name == TRASHED:
        return "" if value is True else "is not true"
    if name == CONFLICTS:
        return _wrong_with_conflicts(kind, value, fields)
    if "/" in name:
        return "is no name of a field"
    return _anything(value)


# --- conflicts --------------------------------------------------------------------------------------------------------


def _wrong_with_conflicts(kind: str, conflicts: object, fields: Mapping[str, Any]) -> str:
    if type(conflicts) is not dict or not conflicts:
        return "is no mapping of fields"
    for name, options in conflicts.items():
        if type(options) is not list or not options:
            return "has a part that is no list of values"
        shape = _option_shape(kind, name, fields)
        if shape is None:
            return "names what is no field"
        if wrong := next(filter(None, map(shape, options)), ""):
            return f"has a value that {wrong}"
    return ""


def _option_shape(kind: str, name: str, fields: Mapping[str, Any]) -> Shape | None:
    value = _conflict_value(kind, name, fields)
    if value is None:
        return None
    return _object({"value": value, "revision": _digest, "author": _text, "clock": _clock}, exact=True)


def _conflict_value(kind: str, name: str, fields: Mapping[str, Any]) -> Shape | None:
    """The shape of the values under a conflict's name: as ``merging.value_of`` gives them."""
    shapes = _SHAPES[kind]
    if name in (TRASHED, CONFLICTS):
        return None
    if "/" in name:
        whole = name.split("/", 1)[0]
        if rule_of(kind, whole) is Rule.MAP:
            return _maybe(_one_key(shapes.shape_of(whole), name.split("/", 1)[1]))
        return _anything if type(fields.get(whole)) is dict and whole not in shapes.needed else None
    group = group_of(kind, name)
    if len(group) > 1:
        whole_place = _object({part: shapes.shape_of(part) for part in group}, exact=True)
        return lambda value: whole_place(value) or _wrong_range(value)
    return shapes.shape_of(name) if name in shapes.needed else _maybe(shapes.shape_of(name))


def _one_key(whole: Shape, key: str) -> Shape:
    return lambda value: whole({key: value})


# --- revisions --------------------------------------------------------------------------------------------------------


def wrong_with_revision(revision: Revision, *, latest: str) -> str:
    """Why a revision from other hands is not taken; empty where it is what its id promises and can be lived with.

    ``latest`` is the clock beyond which nobody can have written yet (16 hex digits). The parents have to stand in the
    order of their ids, as the id has them, so that a revision has one row only.
    """
    wrong = _wrong_with_frame(revision, latest)
    if wrong:
        return wrong
    text = revision.fields
    if len(text) > LONGEST_FIELDS or sum(map(text.count, "[{,")) > _MOST_PARTS:
        return "its fields are too large"
    try:
        if len(text.encode("utf-8")) > LONGEST_FIELDS:
            return "its fields are too large"
        fields = json.loads(text)
        if canonical_json(fields) != text:
            return "its fields are not written in their one form"
        id_ = revision_id(
            revision.item, revision.kind, revision.parents, revision.author, revision.device, revision.clock, text
        )
    except UnicodeEncodeError:
        return "a text in it is no UTF-8"
    except (ValueError, TypeError, RecursionError):
        return "its fields are no JSON"
    if id_ != revision.id:
        return "its content is not what its id promises"
    return _wrong_shape(revision.kind, fields)


def _wrong_with_frame(revision: Revision, latest: str) -> str:
    """Of everything but the fields."""
    cells = (revision.item, revision.kind, revision.author, revision.device, revision.clock, revision.fields)
    if not all(type(cell) is str for cell in (*cells, *revision.parents)):
        return "a part of it is no text"
    if not is_id(revision.item):
        return "it is of no item"
    if revision.kind not in RULES:
        return "it is of a kind that this Terrain does not know"
    parents = revision.parents
    if len(parents) > MOST_PARENTS or not all(map(is_digest, parents)):
        return "what came before it is not told by ids"
    if any(one >= other for one, other in itertools.pairwise(parents)):
        return "what came before it is not told in order"
    if len(revision.author) > LONGEST_NAME or len(revision.device) > LONGEST_NAME:
        return "the name of who wrote it is too long"
    if _clock(revision.clock):
        return "its clock is none"
    if revision.clock > latest:
        return "its clock is ahead of now"
    if bool(revision.author) != bool(revision.device) or (revision.is_derived and not parents):
        return "it does not say who wrote it"
    try:
        (revision.author + revision.device).encode("utf-8")
    except UnicodeEncodeError:
        return "the name of who wrote it is no UTF-8"
    return ""
