"""The interviews of the sample: what the pictures and the manual speak of is in it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.model.coding import CONSENSUS
from desktop_app.services import Identity, Notebook, open_notebook
from desktop_app.services.sample import build_sample

CAFE = "Interview 07 — café owner"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("sample") / "sample.terrain")


@pytest.fixture
def sample(made: Path) -> Iterator[Notebook]:
    with open_notebook(made, identity=Identity("Ada", "one")) as notebook:
        yield notebook


def test_each_interview_is_in_another_style_and_has_its_turns(sample: Notebook) -> None:
    read = {
        found.fields.title: (found.fields.origin.format, found.fields.content.count)
        for found in sample.documents.list()
    }
    assert {title: read[title] for title in read if title.startswith("Interview")} == {
        "Interview 04 — the roastery floor": ("otter", 64),
        CAFE: ("zoom-vtt", 106),
        "Interview 08 — cook and owner": ("srt", 30),
        "Interview 10 — importer": ("f4", 24),
        "Interview 12 — hotel": ("labels", 22),
    }
    assert sum(title.startswith("Open answers") for title in read) == 13


def test_two_coders_differ_in_seven_places_of_the_picture(sample: Notebook) -> None:
    item = sample.documents.resolve(CAFE)
    document = sample.documents.get(item)
    assert document.fields.content.milliseconds is not None
    assert document.fields.content.milliseconds // 60_000 == 41
    assert dict(document.codings) == {"Mara Tolland": 48, "M.": 39}
    assert len(sample.agreement.disagreements(["Mara Tolland", "M."], item)) == 7
    assert len({coding.weight for coding in sample.codings.of(item)}) > 3


def test_the_first_lines_are_those_of_the_picture(sample: Notebook) -> None:
    text = sample.documents.text(CAFE)
    assert [turn.begins for turn in text.turns[:8]] == [
        12_000,
        19_000,
        41_000,
        47_000,
        75_000,
        77_000,
        109_000,
        113_000,
    ]
    codings = Counter(
        (code, text.text[coding.start : coding.end], coding.coder)
        for coding in sample.codings.of(text.id)
        for code in [sample.codes.get(coding.code).label]
    )
    invoice = next(words for code, words, coder in codings if code == "Price talk / fair" and coder == "M.")
    assert invoice.startswith("The invoice was not.")
    assert codings["Price talk / opaque", invoice, "Mara Tolland"] == 1
    assert codings["Becoming / a place people cross town for", "a place people cross town for.", "M."] == 1


def test_speakers_are_people_and_cases_have_attributes(sample: Notebook) -> None:
    text = sample.documents.text(CAFE)
    assert sample.people.get(text.people["Ines Vidal"]).fields.name == "Ines Vidal"
    values = sample.attributes.values("person")[text.people["Ines Vidal"]]
    assert {str(value) for value in values.values()} == {"café owner", "Portcarrow", "2"}
    assert {variable.fields.name for variable in sample.attributes.variables("document")} >= {"Role", "City"}


def test_one_coding_waits_and_one_difference_is_settled(sample: Notebook) -> None:
    (waiting,) = sample.codings.waiting()
    assert waiting.old.quote.startswith("Since ten")
    assert waiting.text.startswith("since then")
    assert "coffee was cold" in sample.documents.text("Interview 12 — hotel").text
    assert sample.codings.coders()[CONSENSUS] == 1
    assert any(found.settled for found in sample.agreement.disagreements())


def test_some_answers_are_coded(sample: Notebook) -> None:
    answers = [found for found in sample.documents.list() if found.fields.title.startswith("Open answers")]
    assert sum(found.codings.get("Mara Tolland", 0) for found in answers) == 11


def test_memos_are_about_every_kind_of_thing(sample: Notebook) -> None:
    kinds = {about.kind for memo in sample.memos.list() for about in memo.fields.about}
    assert kinds == {"notebook", "code", "coding", "document", "person"}
    assert {memo.author for memo in sample.memos.list()} == {"Mara Tolland", "M."}


def test_every_code_is_defined_and_used(sample: Notebook) -> None:
    codes = sample.codes.list()
    assert len(codes) == 15
    for code in codes:
        assert code.fields.definition, code.label
        assert code.fields.include, code.label
        assert code.fields.exclude, code.label
        assert code.count, code.label


def test_everything_was_written_in_its_time_and_cannot_be_undone(sample: Notebook) -> None:
    document = sample.documents.get(CAFE)
    assert document.created.startswith("2026-03-18")
    coded = {coding.at[:10] for coding in sample.codings.of(document.id)}
    assert coded == {"2026-03-22", "2026-03-27"}
    assert sample.history.undo() is None
    assert sample.maintenance.check().problems == ()
