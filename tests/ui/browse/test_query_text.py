"""Queries as chips and words."""

import pytest

from desktop_app.model.queries import Chip
from desktop_app.search import chips
from desktop_app.ui.browse.query_text import absorbed, field_part, joined


def test_parts_and_words_make_one_query() -> None:
    assert joined(["kind:quote", "in:2025-Q4"], "price") == "kind:quote in:2025-Q4 price"
    assert joined([], "price ") == "price "
    assert joined(["kind:quote"], "") == "kind:quote"


@pytest.mark.parametrize(
    ("query", "parts", "words"),
    [
        ("kind:quote,event in:2025-Q4 onboarding OR price", ["kind:quote,event", "in:2025-Q4"], "onboarding OR price"),
        ("price tag:pricing invoice", ["tag:pricing"], "price invoice"),
        ('metric:"Trials started" port', ['metric:"Trials started"'], "port"),
        ("-kind:event price", ["-kind:event"], "price"),
        ("kind:quote OR kind:event", [], "kind:quote OR kind:event"),
        ("(kind:quote price) trust", [], "(kind:quote price) trust"),
        ("price", [], "price"),
        ("", [], ""),
        ("tag:pricing", ["tag:pricing"], ""),
    ],
)
def test_field_parts_become_chips_and_the_meaning_stays(query: str, parts: list[str], words: str) -> None:
    found, left = absorbed(query, chips(query), keep_last=False)
    assert [chip.text for chip in found] == parts
    assert left == words


def test_a_part_that_may_still_be_typed_stays_text() -> None:
    query = "kind:quote tag:pri"
    found, left = absorbed(query, chips(query), keep_last=True)
    assert [chip.text for chip in found] == ["kind:quote"]
    assert left == "tag:pri"


def test_a_space_after_the_words_is_kept_while_typing() -> None:
    assert absorbed("kind:quote price ", [Chip("kind:quote", 0, 10, "")], keep_last=False)[1] == "price "


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("tag", "pricing/invoice", "tag:pricing/invoice"),
        ("metric", "Trials started", 'metric:"Trials started"'),
        ("metric", 'Views · Page: "Home"', 'metric:"Views · Page:  Home "'),
        ("tag", "a,b", 'tag:"a,b"'),
    ],
)
def test_a_value_is_quoted_where_it_needs_to_be(field: str, value: str, text: str) -> None:
    assert field_part(field, value) == text
