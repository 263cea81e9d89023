"""Questions and dismissals as they are written down."""

import pytest

from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.errors import Invalid
from desktop_app.model.questions import Amount, Option, Piece, QuestionFields
from tests.model.fields import GOOD


def test_they_are_read_as_they_were_written() -> None:
    question = QuestionFields.from_json(GOOD["question"])
    assert question.to_json() == GOOD["question"]
    assert question.options[0].gained == Amount(7.5, "€", GOOD["question"]["asker"], "2026-01", "2026-02")
    assert (question.options[0].spent, question.options[1].spent) == (Amount(None), None)
    assert DismissalFields.from_json(GOOD["dismissal"]).to_json() == GOOD["dismissal"]


def test_what_an_earlier_terrain_has_not_written_is_empty() -> None:
    needed = ("text", "asker", "whom", "entry", "asked", "answered")
    question = QuestionFields.from_json({name: GOOD["question"][name] for name in needed})
    assert (question.note, question.answer, question.answer_entry, question.options) == ("", "", None, ())
    assert DismissalFields.from_json({"series": "s", "start": "a", "end": "b"}).note == ""


def test_the_canonical_form_is_one_line_and_lf() -> None:
    made = QuestionFields(
        " Why \t\n so ?", "\na\r\nb\rc\n", answer="x\r\n", options=(Option("  Print  it "),)
    ).checked()
    assert (made.text, made.note, made.answer, made.options[0].name) == ("Why so ?", "a\nb\nc", "x", "Print it")
    assert made.checked() == made
    assert DismissalFields("s", "2026-01", "2026-02", " a \n b ").checked().note == "a b"


@pytest.mark.parametrize(("start", "end"), [("", "2026"), ("2026", ""), ("2026-02", "2026-01"), ("2026", "2026")])
def test_a_dismissal_speaks_of_a_stretch(start: str, end: str) -> None:
    with pytest.raises(Invalid):
        DismissalFields("s", start, end).checked()


def test_a_total_is_restated_where_both_are_known_and_differ() -> None:
    def restated(then: float | None, now: float | None) -> bool:
        return Piece("l", "supports", "series", "s", "Visits", then=then, now=now).is_restated

    assert [restated(1, 2), restated(1, 1.0), restated(None, 2), restated(1, None), restated(None, None)] == [
        True, False, False, False, False,
    ]  # fmt: skip
