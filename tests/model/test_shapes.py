"""What comes from other hands: good fields are lived with, others are refused with a reason."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.model.attributes import VariableFields
from desktop_app.model.changes import Revision, canonical_json, revision_id
from desktop_app.model.coding import CodeFields, CodingFields
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.documents import DocumentFields
from desktop_app.model.entries import EntryFields
from desktop_app.model.links import LinkFields
from desktop_app.model.memos import MemoFields
from desktop_app.model.merging import CONFLICTS, RULES, value_of, with_value
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.model.questions import QuestionFields
from desktop_app.model.shapes import wrong_with_fields, wrong_with_revision
from tests.model.fields import GOOD, ITEM, NAME, ODD, OTHER, VERSION, mutated

LATEST = "018000000000ffff"

READERS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "entry": EntryFields.from_json,
    "person": PersonFields.from_json,
    "organisation": OrganisationFields.from_json,
    "document": DocumentFields.from_json,
    "code": CodeFields.from_json,
    "coding": CodingFields.from_json,
    "memo": MemoFields.from_json,
    "link": LinkFields.from_json,
    "variable": VariableFields.from_json,
    "question": QuestionFields.from_json,
    "dismissal": DismissalFields.from_json,
}


def test_every_kind_has_a_shape() -> None:
    assert GOOD.keys() == RULES.keys()
    for kind, fields in GOOD.items():
        assert wrong_with_fields(kind, fields) == ""
        assert wrong_with_fields(kind, {**fields, "trashed": True, "of a later Terrain": {"a": [1, None]}}) == ""
    assert wrong_with_fields("spell", {})


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("entry", {"tags": ["a", "a"]}),
    ("entry", {"body": "a\0b"}),
    ("entry", {"body": "\ud800"}),
    ("entry", {"surprise": 1}),
    ("entry", {"confidence": 1.5}),
    ("entry", {"confidence": float("nan")}),
    ("entry", {"confidence": True}),
    ("entry", {"speaker": ""}),
    ("entry", {"speaker": "<script>"}),
    ("entry", {"scales": "day"}),
    ("entry", {"attachments": [{"name": "a", "blob": NAME, "media_type": "b"}]}),
    ("entry", {"attachments": [{"name": "a", "blob": NAME, "media_type": "b", "size": 1, "more": 1}]}),
    ("entry", {"attachments": [{"name": "a", "blob": "", "media_type": "b", "size": 1}]}),
    ("entry", {"attachments": [{"name": "a", "blob": NAME, "media_type": "b", "size": 1 << 63}]}),
    ("entry", {"check": {}}),
    ("entry", {"check": {"series": ITEM, "comparison": "<", "value": 10**400, "period": ""}}),
    ("entry", {"outcome": {"result": "yes", "self": 1}}),
    ("entry", {"trashed": False}),
    ("entry", {"a/b": 1}),
    ("person", {"stages": [{"stage": "customer", "date": "2026"}]}),
    ("person", {"attributes": {ITEM: None}}),
    ("person", {"attributes": {"Age": 3}}),
    ("person", {"attributes": {ITEM: 1 << 64}}),
    ("document", {"content": {"blob": NAME}}),
    ("document", {"content": {"blob": "../../x", "turns": "", "characters": 1}}),
    ("document", {"content": {"blob": NAME, "turns": "", "characters": -1}}),
    ("document", {"people": {"Ada": None}}),
    ("document", {"people": []}),
    ("code", {"colour": "red; x: y"}),
    ("code", {"parent": 7}),
    ("coding", {"start": 10}),
    ("coding", {"start": -1}),
    ("coding", {"start": True}),
    ("coding", {"end": 1 << 40}),
    ("coding", {"version": "x"}),
    ("coding", {"review": {}}),
    ("coding", {"target_kind": "picture"}),
    ("coding", {"settles": [ITEM, ITEM]}),
    ("coding", {"weight": 101}),
    ("memo", {"about": [{"kind": "code"}]}),
    ("link", {"source": {"kind": "entry", "id": ITEM, "cls": 1}}),
    ("import", {"points": ""}),
    ("variable", {"type": "picture"}),
    ("variable", {"subject": "dog"}),
    ("entry", {"act": None}),
    ("entry", {"recurs": 7}),
    ("question", {"text": 7}),
    ("question", {"text": "a\0b"}),
    ("question", {"asker": ""}),
    ("question", {"whom": "Ben"}),
    ("question", {"asked": None}),
    ("question", {"options": {}}),
    ("question", {"options": [{}]}),
    ("question", {"options": [{"name": 7}]}),
    ("question", {"options": [{"name": "a", "gained": {}}]}),
    ("question", {"options": [{"name": "a", "gained": {"value": 10**400}}]}),
    ("question", {"options": [{"name": "a", "spent": {"value": 1, "self": 1}}]}),
    ("question", {"options": [{"name": "a", "spent": {"value": 1, "series": "Users"}}]}),
    ("dismissal", {"series": None}),
    ("dismissal", {"end": 7}),
    ("dismissal", {"note": "a\0b"}),
]


@pytest.mark.parametrize(("kind", "change"), WRONG)
def test_what_would_break_something_has_a_reason(kind: str, change: dict[str, Any]) -> None:
    why = wrong_with_fields(kind, {**GOOD[kind], **change})
    assert why
    why.encode()


def test_what_a_later_terrain_may_know_is_kept() -> None:
    assert not wrong_with_fields("entry", {**GOOD["entry"], "kind": "dream", "basis": "heard", "occurred": "soon"})
    assert not wrong_with_fields("link", {**GOOD["link"], "relation": "haunts"})
    assert not wrong_with_fields("person", {**GOOD["person"], "consent": "perhaps"})


def test_every_needed_field_is_missed() -> None:
    for kind, fields in GOOD.items():
        for name in fields:
            rest = {other: value for other, value in fields.items() if other != name}
            why = wrong_with_fields(kind, rest)
            assert why == "" or f"“{name}”" in why


@pytest.mark.parametrize("value", [[], 7, None, "x", float("inf"), object(), {1: {2}}])
def test_fields_are_an_object_of_json(value: object) -> None:
    assert wrong_with_fields("entry", value)


def test_bombs_are_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert wrong_with_fields("entry", {**GOOD["entry"], "more": deep})
    nested: Any = 1
    for _ in range(60):
        nested = {"a": nested}
    assert wrong_with_fields("entry", {**GOOD["entry"], "more": nested})
    assert wrong_with_fields("entry", {**GOOD["entry"], CONFLICTS: {"more": [_option(nested)]}})


def _option(value: Any, **more: Any) -> dict[str, Any]:
    return {"value": value, "revision": NAME, "author": "Ada", "clock": LATEST, **more}


_PLACE = {
    name: GOOD["coding"][name] for name in ("start", "end", "target_kind", "target", "quote", "version", "review")
}


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("entry", "title", "other"),
        ("entry", "of a later Terrain", [1]),
        ("entry", "speaker", None),
        ("document", f"attributes/{ITEM}", None),
        ("document", f"attributes/{ITEM}", 4.5),
        ("document", "people/Ada / Ben", OTHER),
        ("document", "content", GOOD["document"]["content"]),
        ("document", "note", None),
        ("coding", "start", _PLACE),
    ],
)
def test_conflicts_are_values_of_their_field(kind: str, name: str, value: Any) -> None:
    fields = {**GOOD[kind], CONFLICTS: {name: [_option(value_of(kind, GOOD[kind], name)), _option(value)]}}
    assert wrong_with_fields(kind, fields) == ""
    settled = with_value(kind, GOOD[kind], name, value)
    if value is not None or name.startswith("attributes/"):
        assert wrong_with_fields(kind, settled) == ""


@pytest.mark.parametrize(
    ("kind", "conflicts"),
    [
        ("entry", {}),
        ("entry", []),
        ("entry", {"title": []}),
        ("entry", {"title": "x"}),
        ("entry", {"title": [_option(7)]}),
        ("entry", {"title": [_option(None)]}),
        ("entry", {"title": [_option("x", more=1)]}),
        ("entry", {"title": [_option("x", clock="f" * 16)]}),
        ("entry", {"title": [_option("x", revision="x")]}),
        ("entry", {"title": [{"value": "x"}]}),
        ("entry", {"title/x": [_option("x")]}),
        ("entry", {"trashed": [_option(True)]}),
        ("entry", {CONFLICTS: [_option({})]}),
        ("document", {f"attributes/{ITEM}": [_option([])]}),
        ("document", {"attributes/Age": [_option(1)]}),
        ("coding", {"start": [_option(3)]}),
        ("coding", {"end": [_option({**_PLACE, "trashed": True})]}),
        ("coding", {"start": [_option({**_PLACE, "start": 99})]}),
    ],
)
def test_conflicts_that_could_not_be_settled_are_refused(kind: str, conflicts: Any) -> None:
    assert wrong_with_fields(kind, {**GOOD[kind], CONFLICTS: conflicts})


# --- by chance --------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(data=st.data())
def test_what_is_called_good_can_be_read(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(GOOD)))
    fields = mutated(data, GOOD[kind])
    if data.draw(st.integers(0, 3)) == 0 and isinstance(fields, dict) and fields:
        name = data.draw(st.sampled_from(sorted(map(str, fields))))
        value = data.draw(ODD) if data.draw(st.booleans()) else value_of(kind, fields, name)
        fields = {**fields, CONFLICTS: {name: [_option(value)]}}
    if wrong_with_fields(kind, fields):
        return
    text = canonical_json(fields)
    again = json.loads(text)
    READERS.get(kind, dict)(again)
    for name, options in again.get(CONFLICTS, {}).items():
        value_of(kind, again, name)
        with_value(kind, again, name, options[0]["value"])


# --- revisions --------------------------------------------------------------------------------------------------------


def _revision(**parts: Any) -> Revision:
    cells: dict[str, Any] = {
        "item": ITEM,
        "kind": "search",
        "parents": (),
        "author": "Ada",
        "device": "one",
        "clock": "0180000000000000",
        "fields": canonical_json(GOOD["search"]),
        **parts,
    }
    return _named(**cells)


def _named(
    item: str, kind: str, parents: tuple[str, ...], author: str, device: str, clock: str, fields: str
) -> Revision:
    id_ = revision_id(item, kind, parents, author, device, clock, fields)
    return Revision(id_, item, kind, parents, author, device, clock, fields)


def test_a_good_revision_is_taken() -> None:
    assert wrong_with_revision(_revision(), latest=LATEST) == ""
    assert wrong_with_revision(_revision(parents=(NAME,), author="", device=""), latest=LATEST) == ""


@pytest.mark.parametrize(
    "parts",
    [
        {"item": "x"},
        {"kind": "spell"},
        {"parents": (VERSION, NAME) if VERSION > NAME else (NAME, VERSION)},
        {"parents": (NAME, NAME)},
        {"parents": ("x",)},
        {"parents": tuple(sorted(sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(1_001)))},
        {"author": "A" * 1_001},
        {"author": "\ud800"},
        {"author": ""},
        {"device": ""},
        {"author": "", "device": ""},
        {"clock": "0180000000010000"},
        {"clock": "018000000000ABCD"},
        {"clock": "1"},
        {"fields": '{"name":"a", "query":"b"}'},
        {"fields": '{"name":"a","name":"a","query":"b"}'},
        {"fields": '{"name":"a","query":"\ud800"}'},
        {"fields": '{"name":"a","query":NaN}'},
        {"fields": '{"name":"a","query":1e999}'},
        {"fields": '{"name":"a","query":' + "9" * 5_000 + "}"},
        {"fields": "[" * 100_000},
        {"fields": ""},
        {"fields": '{"name":"a","query":["' + "," * (5 << 20) + '"]}'},
    ],
)
def test_a_revision_that_will_not_do_has_a_reason(parts: dict[str, Any]) -> None:
    why = wrong_with_revision(_revision(**parts), latest=LATEST)
    assert why
    why.encode()


def test_every_part_of_a_revision_is_under_its_id() -> None:
    good = _revision(parents=(NAME,))
    for change in (
        {"item": OTHER},
        {"kind": "term"},
        {"parents": ()},
        {"author": "Ben"},
        {"device": "two"},
        {"clock": "0180000000000001"},
        {"fields": canonical_json({"name": "mine", "query": "tag:b"})},
        {"id": NAME},
    ):
        assert wrong_with_revision(replace(good, **change), latest=LATEST) == "its content is not what its id promises"


def test_parts_that_are_no_texts_are_told() -> None:
    for change in ({"item": 7}, {"parents": (7,)}, {"fields": None}, {"clock": b"x"}):
        assert wrong_with_revision(replace(_revision(), **change), latest=LATEST) == "a part of it is no text"
