"""What the lenses see in the sample: each has something to show, and each leaves something open."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest

from desktop_app.model.links import Relation
from desktop_app.model.prompts import PromptKind
from desktop_app.model.questions import Question
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.sample import build_sample

TODAY = datetime(2026, 11, 22, 9, 0)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    path = build_sample(tmp_path_factory.mktemp("sample") / "sample.terrain")
    with open_notebook(path, identity=Identity("Ada", "one"), now=lambda: TODAY) as notebook:
        yield notebook


def _question(sample: Notebook, beginning: str) -> Question:
    (found,) = [one for one in sample.questions.list() if one.fields.text.startswith(beginning)]
    return found


def test_coverage_keeps_its_blind_spots(sample: Notebook) -> None:
    assert 5 <= len(sample.coverage.read().blind_spots) <= 12


def test_most_foresights_are_resolved_in_every_way_and_two_are_due(sample: Notebook) -> None:
    every = sample.lens_scope.every()
    outcomes = [entry.outcome.result if entry.outcome else "" for entry in every if entry.kind == "foresight"]
    assert {"yes", "no", "partly"} <= set(outcomes)
    assert sum(map(bool, outcomes)) >= 15
    due = sample.foresight.read("kind:foresight is:due").statements
    assert len(due) == 2
    assert sum(statement.check is not None for statement in due) == 1


def test_places_are_open_explained_restated_contradicted_and_dismissed(sample: Notebook) -> None:
    found = sample.why.read()
    assert 2 <= len(found.open) <= 6
    assert {str(place.series.name) for place in found.dismissed} == {"Revenue"}
    reasons = [reason for place in found.reasoned for reason in place.ledger.reasons]
    assert {reason.basis for reason in reasons} >= {"told", "observed", "correlated", "guessed"}
    assert any(place.ledger.is_told_against_guessed for place in found.reasoned)
    assert any(reason.is_restated for reason in reasons)
    assert any(reason.against for reason in reasons)
    assert any(place.questions for place in found.open)


def test_questions_are_of_customers_and_our_own_open_and_answered(sample: Notebook) -> None:
    questions = sample.questions.list()
    asked = [question for question in questions if question.fields.asker]
    assert Counter(question.is_open for question in asked) == {True: 2, False: 1}
    page = _question(sample, "Does the price page")
    assert all((page.supporting, page.contradicting, page.undecided))
    assert {piece.kind for piece in sample.questions.evidence(page.id)} == {"entry", "document", "series"}


def test_one_option_wins_by_its_total_and_the_other_by_its_ratio(sample: Notebook) -> None:
    figures = []
    for option in _question(sample, "Should next spring").fields.options:
        assert option.gained is not None
        assert option.spent is not None
        assert option.gained.value is not None
        assert option.spent.value is not None
        assert option.gained.unit == option.spent.unit == "EUR"
        figures.append((option.gained.value - option.spent.value, option.gained.value / option.spent.value))
    tables, adverts = figures
    assert tables[0] < adverts[0]
    assert tables[1] > adverts[1]


def test_ways_leave_their_order_in_each_way_and_somebody_is_silent(sample: Notebook) -> None:
    kinds = {kind for way in sample.offmap.read().paths for kind in way.kinds}
    assert {"skip", "return", "loop"} <= kinds
    found = sample.relationships.read()
    assert len(found.beyond) >= 2
    assert sum((person.helped.value or 0) > 0 for person in found.people) >= 3
    acts = Counter(entry.act for entry in sample.lens_scope.every())
    assert all(acts[act] for act in ("listened", "told", "asked", "helped")), acts


def test_some_things_come_again(sample: Notebook) -> None:
    assert {entry.recurs for entry in sample.lens_scope.every()} == {"", "P1W", "P1Y"}


def test_each_of_the_three_ways_says_something_against_a_metric(sample: Notebook) -> None:
    links = sample._file.links.from_entries()
    against = {
        link.source.id for link in links if (link.relation, link.target.kind) == (Relation.CONTRADICTS, "series")
    }
    spoken = {name for entry in sample.lens_scope.every() if entry.id in against for name in entry.perspectives}
    assert {"cunning-intelligence", "aspirational-rationality", "value-rationality"} <= spoken


def test_entries_of_several_scales_are_coded(sample: Notebook) -> None:
    coded = [entry for entry in sample.lens_scope.every() if sample.entries.codings(entry.id)]
    assert len(coded) >= 15
    assert len({scale for entry in coded for scale in entry.scales}) >= 6


def test_there_is_something_to_ask_of_every_kind(sample: Notebook) -> None:
    assert {prompt.kind for prompt in sample.prompts._offered()} == set(PromptKind)


def test_all_of_it_holds_together_and_lay_in_the_past(sample: Notebook) -> None:
    assert sample.maintenance.check().problems == ()
    assert all(question.edited < "2026-11-22T12" for question in sample.questions.list())
    assert sample.history.undo() is None
