import shutil
from pathlib import Path

import pytest

from desktop_app.config.paths import cache_dir
from desktop_app.model.entries import EntryDraft
from desktop_app.model.people import PersonFields, StageStep
from desktop_app.search.errors import QueryError
from desktop_app.services import Identity, Notebook, open_notebook
from tests.services.conftest import Now


def add(notebook: Notebook, body: str, **given: object) -> str:
    return notebook.entries.add(EntryDraft(body=body, **given)).result  # type: ignore[arg-type]


def found(notebook: Notebook, query: str) -> set[str]:
    return {hit.id for hit in notebook.search.run(query).hits}


def test_what_was_just_written_is_found(notebook: Notebook) -> None:
    one = add(notebook, "The **harbour** was closed", tags=("supply/port",))
    assert found(notebook, "harbours") == {one}
    assert found(notebook, "tag:supply") == {one}
    notebook.entries.edit(one, EntryDraft(body="The crane was stuck"))
    assert found(notebook, "harbour") == set()
    assert found(notebook, "crane") == {one}
    notebook.entries.trash([one])
    assert found(notebook, "crane") == set()
    notebook.history.undo()
    assert found(notebook, "crane") == {one}


def test_another_process_that_writes_is_heard(notebook: Notebook) -> None:
    assert found(notebook, "crane") == set()
    with open_notebook(notebook.path, identity=Identity("Ben", "two")) as other:
        one = add(other, "crane")
    assert found(notebook, "crane") == {one}


def test_a_lost_index_is_built_again(notebook: Notebook, now: Now) -> None:
    one = add(notebook, "harbour")
    assert found(notebook, "harbour") == {one}
    notebook.search.close()
    shutil.rmtree(cache_dir())
    with open_notebook(notebook.path, identity=Identity("Ada", "one"), now=now) as again:
        assert found(again, "harbour") == {one}


def test_an_index_of_another_branch_is_not_trusted(notebook: Notebook, tmp_path: Path) -> None:
    add(notebook, "common")
    kept = notebook.maintenance.backup(tmp_path / "kept.terrain")
    add(notebook, "harbour")
    assert len(found(notebook, "harbour")) == 1
    path = notebook.path
    notebook.close()
    path.unlink()
    shutil.copyfile(kept, path)
    with open_notebook(path, identity=Identity("Ben", "two")) as again:
        add(again, "crane")
        assert found(again, "harbour") == set()
        assert len(found(again, "crane")) == 1
        assert len(found(again, "common")) == 1


def test_people_and_their_stage_at_the_time(notebook: Notebook) -> None:
    steps = (StageStep("prospect", "2025-01"), StageStep("customer", "2025-06"))
    person = notebook.people.add(PersonFields("Ines Vidal", stages=steps, pseudonym="Baker")).result
    early = add(notebook, "one", speaker="Ines Vidal", when="2025-03-01")
    late = add(notebook, "two", speaker="Ines Vidal", when="2025-07-01")
    assert found(notebook, "stage:prospect") == {early}
    assert found(notebook, "stage:customer kind:note") == {late}
    assert found(notebook, "speaker:ines") == {early, late}
    assert found(notebook, "baker") >= {person}
    notebook.people.edit(person, PersonFields("Inês Vidal", stages=steps))
    assert found(notebook, "speaker:inês") == {early, late}


def test_the_series_of_the_same_weeks_come_along(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "web.csv"
    rows = "".join(f"2026-03-{day:02},{day},{day * 2}\n" for day in range(1, 29))
    path.write_text("Date,Trials started,Refunds\n" + rows)
    notebook.metrics.import_files([path])
    add(notebook, "a quiet week", when="2026-03-10/2026-03-12", series=("Refunds",))
    result = notebook.search.run("quiet")
    assert [(item.series.name, [point.value for point in item.points]) for item in result.metrics] == [
        ("Refunds", [20, 22, 24])
    ]
    by_name = notebook.search.run("trials in:2026-03-05")
    assert [(item.series.name, len(item.points)) for item in by_name.metrics] == [("Trials started", 1)]
    asked = notebook.search.run('metric:"trials started" quiet')
    assert {item.series.name for item in asked.metrics} == {"Trials started", "Refunds"}


def test_a_result_says_what_all_matches_are_for_the_tracks(notebook: Notebook) -> None:
    one = add(notebook, "about then", when="2025~/2026-03", scales=("year",), perspectives=("holistic",), surprise=True)
    add(notebook, "never", when="")
    marks = notebook.search.run("", marks=True).marks
    assert [(mark.id, mark.scales, mark.perspectives, mark.start_fuzzy, mark.end_fuzzy) for mark in marks] == [
        (one, ("year",), ("holistic",), True, False)
    ]
    assert notebook.search.count("is:undated") == 1


def test_snippets_mark_the_words_in_plain_text(notebook: Notebook) -> None:
    add(notebook, "We **left** when the [invoice](https://x.example) stopped making sense")
    hit = notebook.search.run("invoices").hits[0]
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["invoice"]
    assert "https" not in hit.snippet


def test_an_error_names_the_nearest_right_query(notebook: Notebook) -> None:
    with pytest.raises(QueryError) as caught:
        notebook.search.run("kund:quote harbour")
    assert caught.value.suggestion == "kind:quote harbour"


def test_rebuilding_tells_and_stops(notebook: Notebook) -> None:
    from desktop_app.model.errors import Interrupted

    for number in range(250):
        add(notebook, f"note {number}", when="2026")
    told: list[float] = []
    assert notebook.search.rebuild(lambda share, text: told.append(share)) == 250
    assert told[-1] == 1.0
    with pytest.raises(Interrupted):
        notebook.search.rebuild(should_stop=lambda: True)
    assert notebook.search.run("note").total == 250


def test_people_and_series_are_found_by_words_and_stay_out_of_everything(notebook: Notebook, tmp_path: Path) -> None:
    person = notebook.people.add(PersonFields("Ines Vidal")).result
    one = add(notebook, "a quiet week")
    path = tmp_path / "web.csv"
    path.write_text("Date,Trials started\n2026-03-01,4\n2026-03-02,5\n2026-03-03,5\n")
    notebook.metrics.import_files([path])
    series = notebook.metrics.resolve("Trials started")
    assert found(notebook, "trials") == {series}
    assert found(notebook, "ines") == {person}
    assert found(notebook, "") == {one}
    assert found(notebook, "-trials") == {one}
    notebook.history.undo()
    assert found(notebook, "trials") == set()


def test_tags_are_completed_with_their_ancestors_in_the_spelling_used_most(notebook: Notebook) -> None:
    for tags in (("Pricing/discounts",), ("Pricing/discounts",), ("pricing/bundles",)):
        notebook.entries.add(EntryDraft(body="x", tags=tags))
    for typed in ("tag:pri", "#pri"):
        found = [completion.text for completion in notebook.search.complete(typed, len(typed))]
        assert len(found) == 3
        assert any("Pricing/discounts" in text for text in found)
        assert any("pricing/bundles" in text for text in found)
