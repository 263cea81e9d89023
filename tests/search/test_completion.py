"""Chips and completion."""

import pytest

from desktop_app.model.queries import DATE_FIELDS, FIELDS, Completion
from desktop_app.search import chips, complete, understand, without
from tests.search.library import BAKER, HARBOUR, NOW, VOCAB


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("kind:quote,event in:2025-Q4 onboarding OR price", ["kind: quote, event", "in: 2025-Q4"]),
        ('price person:"Ines Vidal"', ["person: Ines Vidal"]),
        ("-tag:x NOT tag:y", ["not tag: x", "not tag: y"]),
        ("#pricing", ["tag: pricing"]),
        ("(tag:x price) kind:note", ["kind: note"]),
        ("tag:x OR tag:y kind:note", ["kind: note"]),
        ("tag:x AND kind:note", []),
        ("price", []),
        ("", []),
        ('tag:x "', []),
    ],
)
def test_chips(text: str, labels: list[str]) -> None:
    found = chips(text)
    assert [chip.label for chip in found] == labels
    for chip in found:
        assert text[chip.start : chip.end] == chip.text
        understand(without(text, chip), now=NOW, vocab=VOCAB)


def test_chips_call_things_by_their_names() -> None:
    text = f"id:{HARBOUR},0harbour -speaker:{BAKER} linked:{','.join([HARBOUR] * 9)} person:a,b,c,d,e org:{'9' * 26}"
    assert [chip.label for chip in chips(text, VOCAB.name_of)] == [
        "id: The harbour closed, 0harbour",
        "not speaker: Ines Vidal",
        "linked: The harbour closed, The harbour closed, The harbour closed, +6",
        "person: a, b, c, d, e",
        "org: 99999999…",
    ]


def test_taking_a_chip_out() -> None:
    text = "price -tag:x  bill"
    assert without(text, chips(text)[0]) == "price bill"


def _offered(text: str) -> list[str]:
    offers = complete(text, len(text), VOCAB)
    for offer in offers:
        completed = text[: offer.start] + offer.text + text[offer.end :]
        assert offer.note
        assert completed.endswith(offer.text)
    return [offer.text for offer in offers]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ta", ["tag:"]),
        ("price -sc", ["scale:"]),
        ("x (pers", ["perspective:", "person:"]),
        ("tag:", ["pricing", "pricing/discounts", "onboarding"]),
        ("tag:pri", ["pricing", "pricing/discounts"]),
        ("tag:disc", ["pricing/discounts"]),
        ("#onb", ["onboarding"]),
        ("tag:pricing,", ["pricing/discounts", "onboarding"]),
        ("kind:quote,e", ["event"]),
        ("person:in", ['"Ines Vidal"']),
        ('person:"in', ['"Ines Vidal"']),
        ("person:ruiz", ['"Tomás Ruiz"']),
        ("person:tomas", ['"Tomás Ruiz"']),
        ("speaker:to", ['"Tomás Ruiz"']),
        ("org:caf", ['"Café Norte"']),
        ("channel:", ["e-mail", "counter"]),
        ("metric:tri", ['"Trials started"']),
        ("perspective:cu", ["cunning-intelligence"]),
        ("scale:mo", ["moment", "month"]),
        ("stage:lo", ['"loyal client"']),
        ("is:und", ["undated"]),
        ("in:yes", ["yesterday"]),
        ('in:"last w', ['"last week"']),
        ("author:ma", ['"Mara Lind"']),
        ("author:Tom,", ['"Mara Lind"']),
        ("question:why", ['"Why did they leave?"']),
        ("outcome:", ["yes", "partly", "no"]),
        ("act:he", ["helped"]),
        ("due:tod", ["today"]),
        ("confidence:", []),
        ("id:0harbour", []),
        ("is:unan", ["unanswered"]),
        ("has:rec", ["recurrence"]),
        ("kind:que", ["question"]),
        ("foo:x", []),
        ("price ", []),
        ("", []),
    ],
)
def test_completion(text: str, offered: list[str]) -> None:
    assert _offered(text) == offered


def test_completion_in_the_middle_keeps_what_follows() -> None:
    assert complete("ta price", 2, VOCAB) == [Completion("tag:", 0, 2, FIELDS["tag"])]


@pytest.mark.parametrize("field", [*FIELDS, *DATE_FIELDS])
def test_every_field_completes_and_its_offers_can_be_read(field: str) -> None:
    assert f"{field}:" in _offered(field[:2])
    for offer in _offered(f"{field}:"):
        understand(f"{field}:{offer}", now=NOW, vocab=VOCAB)
