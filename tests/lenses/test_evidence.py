"""Evidence counted by hand: sides, cells, the order of a brief, options by total and by ratio."""

import pytest

from desktop_app.lenses.evidence import asked, in_order, returns
from desktop_app.model.facts import ENTRIES, EntryFacts, Scope
from desktop_app.model.questions import Amount, Option, Piece, Question, QuestionFields
from desktop_app.model.vocabulary import Term


def _term(name: str) -> Term:
    return Term(name, name, name, "")


def test_an_entry_for_and_undecided_is_for_and_fills_its_cells_once() -> None:
    entries = {
        "a": EntryFacts("a", "note", "", "", "", "", scales=("day", "week"), perspectives=("holistic",)),
        "b": EntryFacts("b", "note", "", "", "", "", scales=("day",), perspectives=("holistic", "unknown")),
        "c": EntryFacts("c", "note", "", "", "", ""),
    }
    question = Question("q", QuestionFields("Why?"), "", "", "", supporting=2, undecided=2)
    gathered = {"q": {"supports": ["a", "coding"], "mentions": ["a", "b"]}}
    terms = [_term("holistic"), _term("value")], [_term("day"), _term("week"), _term("year")]
    (one,) = asked(Scope("tag:x", "", 3), [question], gathered, entries, *terms)
    assert (one.supporting.pieces, one.supporting.entries.value) == (2, 1)
    assert one.supporting.entries.query == f"tag:x {ENTRIES} question:q supports:q"
    assert (one.contradicting.entries.value, one.undecided.entries.value, one.entries.value) == (0, 1, 2)
    assert (one.filled, one.cells, one.blind_spots) == (2, 6, 4)


def test_what_was_said_comes_first_then_told_before_guessed_then_time() -> None:
    def piece(link: str, relation: str, entry_kind: str = "note", basis: str = "", start: str = "") -> Piece:
        return Piece(link, relation, "entry", link, "", entry_kind=entry_kind, basis=basis, start=start)

    pieces = [
        piece("none", "supports", start="2026-01"),
        piece("guessed", "supports", basis="guessed"),
        piece("undated", "supports", basis="told"),
        piece("later", "supports", basis="told", start="2026-02"),
        piece("sooner", "supports", basis="told", start="2026-01"),
        piece("quote", "supports", "quote"),
        piece("beside", ""),
        piece("open", "mentions", "quote"),
        piece("no", "contradicts"),
    ]
    order = ["quote", "sooner", "later", "undated", "guessed", "none", "no", "open", "beside"]
    assert [one.link for one in in_order(pieces)] == order


@pytest.mark.parametrize(
    ("gained", "spent", "total", "ratio"),
    [
        (Amount(120.0, "EUR"), Amount(40.0, "EUR"), 80.0, 3.0),
        (Amount(120.0, "EUR"), Amount(0.0, "EUR"), 120.0, None),
        (Amount(120.0, "EUR"), Amount(40.0, "h"), None, None),
        (Amount(None, "EUR"), Amount(40.0, "EUR"), None, None),
        (None, Amount(40.0), None, None),
    ],
)
def test_an_option_is_told_by_total_and_by_ratio_where_both_can_be_said(
    gained: Amount | None, spent: Amount | None, total: float | None, ratio: float | None
) -> None:
    (one,) = returns([Option("Fair", gained, spent)])
    assert (one.total, one.ratio) == (total, ratio)
