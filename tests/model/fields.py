"""Good fields of every kind of item, and the same with one part spoilt."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CodeFields, CodingFields, Review
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.documents import Content, DocumentFields, Origin
from desktop_app.model.entries import Attachment, Check, EntryFields, Outcome
from desktop_app.model.links import End, LinkFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.model.questions import Amount, Option, QuestionFields

ITEM, OTHER = "0" * 25 + "1", "0" * 25 + "2"
NAME, VERSION = sha256(b"a").hexdigest(), sha256(b"b").hexdigest()

_FILE = Attachment("a.png", NAME, "image/png", 7)
_IMPORT = dict.fromkeys(("file", "profile", "source", "account", "encoding", "delimiter", "timezone"), "x")

GOOD: Mapping[str, dict[str, Any]] = {
    "entry": EntryFields(
        kind="foresight",
        title="Café 🙂",
        body="words",
        occurred="2026-03~",
        scales=("day", "week"),
        perspectives=("holistic",),
        tags=("a", "b/c"),
        speaker=ITEM,
        org=OTHER,
        attachments=(_FILE,),
        series=(ITEM,),
        horizon="2027",
        confidence=0.7,
        check=Check(ITEM, ">=", 1200, "2026-Q1"),
        outcome=Outcome("yes", "2026", "so"),
        act="listened",
        recurs="P1Y",
    ).to_json(),
    "person": PersonFields("Ines", ITEM, "named", "P1", "n", (StageStep("customer", "2026", ITEM),)).to_json()
    | {"attributes": {ITEM: 3, OTHER: "x"}},
    "organisation": OrganisationFields("Harbour Lane", "note").to_json(),
    "document": DocumentFields(
        "Talk",
        Content(NAME, VERSION, 9, ("Ada",), 1, 900),
        {"Ada": ITEM},
        {ITEM: True},
        "2026",
        "n",
        Origin("a", "b", NAME),
    ).to_json(),
    "code": CodeFields("Price", ITEM, "d", "i", "e", ("one",), "#2F6B5E", OTHER).to_json(),
    "coding": CodingFields(
        "document", ITEM, OTHER, 3, 9, "quoted", "Ada", VERSION, 50, (ITEM,), Review("old", "b", "a")
    ).to_json(),
    "memo": MemoFields("body", "title", (About("code", ITEM),), (OTHER,)).to_json(),
    "link": LinkFields(End("entry", ITEM), "explains", End("series", OTHER, "2026-01", "2026-02", 7.5)).to_json(),
    "import": {**_IMPORT, "parts": [{"name": "a.csv", "blob": NAME}], "points": VERSION},
    "series": {"additive": True, "numerator": ITEM, "denominator": None},
    "search": {"name": "mine", "query": "tag:a"},
    "term": {"vocabulary": "scale", "term": "tide", "name": "Tide", "question": "?", "description": ""},
    "variable": VariableFields("Age", "integer", "person", "d", ("1", "2")).to_json(),
    "question": QuestionFields(
        "Why in March?",
        "n",
        ITEM,
        OTHER,
        ITEM,
        "2026-03",
        "so",
        "2026-04",
        OTHER,
        (Option("Print", Amount(7.5, "€", ITEM, "2026-01", "2026-02"), Amount(None)), Option("Radio")),
    ).to_json(),
    "dismissal": DismissalFields(ITEM, "2026-01", "2026-02", "n").to_json(),
    "notebook": {"title": "T", "language": "en"},
    "device": {"device": "one", "name": "Ada’s laptop"},
}

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([1 << 63, -(1 << 70), 10**500, 1e308, float("nan"), float("inf"), -0.0]),
    st.text(max_size=3),
    st.sampled_from(["\ud800", "\0", "", ITEM, NAME, "#2F6B5E", "2026", "\ud83d\ude42"]),
    st.just([]),
    st.just({}),
    st.just([ITEM, ITEM]),
    st.just([[]]),
    st.just({ITEM: {}}),
    st.just([{"name": "x"}]),
)


def mutated(data: st.DataObject, value: Any) -> Any:
    """The value with one part of it, or all of it, another."""
    inside = isinstance(value, dict | list) and value and data.draw(st.integers(0, 4))
    if not inside:
        return data.draw(ODD)
    if isinstance(value, list):
        place = data.draw(st.integers(0, len(value) - 1))
        return [mutated(data, part) if at == place else part for at, part in enumerate(value)]
    name = data.draw(st.sampled_from(sorted(value)))
    match data.draw(st.integers(0, 8)):
        case 0:
            return {other: part for other, part in value.items() if other != name}
        case 1:
            return {
                **value,
                data.draw(st.sampled_from(["blob", "content", "x", "origin", "points", "a/b"])): data.draw(ODD),
            }
    return {**value, name: mutated(data, value[name])}
