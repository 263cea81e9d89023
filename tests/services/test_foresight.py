"""The foresight lens over a notebook: every figure with its entries, and resolving by a person or by a check."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.foresight import Foresight, ScoreGroup, State, Verdict
from desktop_app.model.links import End, LinkFields
from desktop_app.model.time import BadDate
from desktop_app.services import Notebook
from desktop_app.services import series_places as places_module
from desktop_app.services.foresight import CheckUnsaid, NoCheck
from tests.services.conftest import Now

SURE = (None, 0.0, 0.1, 0.3, 0.3, 0.6, 0.7, 0.7000000000000001, 0.95, 1.0)
RESULTS = ("", "yes", "no", "partly", "yes")


def say(notebook: Notebook, **fields: object) -> str:
    given = {"body": "It will", "kind": "foresight", "horizon": "2026-06", "when": "2026-01-05", **fields}
    return notebook.entries.add(EntryDraft(**given)).result  # type: ignore[arg-type]


@pytest.fixture
def many(notebook: Notebook) -> Notebook:
    """Foresights of every kind of confidence and result, by several people, and things that are none."""
    for at, sure in enumerate(SURE):
        for place, result in enumerate(RESULTS):
            number = at * len(RESULTS) + place
            say(
                notebook,
                body=f"It will be {number}",
                confidence=sure,
                outcome=Outcome(result, "2026-07-01") if result else None,
                horizon=("2026-06", "2027", "2026/..", "")[number % 4],
                speaker=("", "Ines Vidal", "Ines Varga")[number % 3],
                perspectives=((), ("holistic",), ("holistic", "random-events"))[number % 3],
                scales=((), ("week", "year"))[number % 2],
                tags=("odd",) if number % 2 else (),
            )
    notebook.entries.add(EntryDraft(body="A note", perspectives=("holistic",), tags=("odd",)))
    notebook.people.list()
    return notebook


def found_by(notebook: Notebook, query: str) -> set[str]:
    return {item for _, item in notebook.search.matches(query)}


def figures(found: Foresight) -> Iterator[tuple[str, float | None]]:
    for figure in (found.due, found.open, found.resolved, found.partly, found.unsure, found.unresolved):
        yield figure.query, figure.value
    for group in (*found.by_person, *found.by_perspective, *found.by_scale):
        yield group.foresights.query, group.foresights.value
    groups: tuple[ScoreGroup | Foresight, ...] = (found, *found.by_person, *found.by_perspective, *found.by_scale)
    for one in groups:
        yield one.score.scored, one.score.calibration.n


@pytest.mark.parametrize("query", ["", "tag:odd", "tag:odd OR perspective:random-events"])
@pytest.mark.parametrize("half", [False, True])
def test_every_figure_has_just_the_entries_that_its_query_finds(many, query, half):
    found = many.foresight.read(query, partly_half=half)
    for asked, value in figures(found):
        assert len(found_by(many, asked)) == value, asked
        assert " OR " in query or many.search.understand(asked).text == asked
    for score in (found.score, *(group.score for group in found.by_person)):
        for one, asked in zip(score.calibration.bins, score.bins, strict=True):
            assert found_by(many, asked) == set(one.ids), asked
    for one in found.statements:
        assert found_by(many, one.query) == {one.id}
    for state, figure in ((State.DUE, found.due), (State.OPEN, found.open), (State.RESOLVED, found.resolved)):
        assert found_by(many, figure.query) == {one.id for one in found.statements if one.state is state}
    assert [group.name for group in found.by_person] == ["Ada", "Ines Varga", "Ines Vidal"]


def test_a_notebook_without_foresights(notebook):
    found = notebook.foresight.read()
    assert (found.statements, found.score.calibration.n, found.by_person) == ((), 0, ())
    assert notebook.foresight.indicators().silent == ()


def test_a_row_for_each_statement(many):
    found = many.foresight.read()
    rows = many.foresight.csv(found).decode("utf-8-sig").splitlines()
    assert rows[0] == "id,statement,who,written,horizon,confidence,state,outcome,resolved,note,query"
    assert len(rows) == 1 + len(SURE) * len(RESULTS)


# --- resolving --------------------------------------------------------------------------------------------------------


@pytest.fixture
def trials(notebook: Notebook, tmp_path: Path) -> str:
    """A series: 10 trials a day from January to March 2026."""
    months = ((1, 31), (2, 28), (3, 31))
    rows = "".join(f"2026-{month:02}-{day:02},10\n" for month, last in months for day in range(1, last + 1))
    path = tmp_path / "trials.csv"
    path.write_text(f"Date,Trials\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    return notebook.metrics.resolve("Trials")


def test_a_person_says_how_it_turned_out(notebook):
    item = say(notebook)
    changes = notebook.foresight.resolve(item[:10], "partly", note="Half of it", when="yesterday")
    assert changes.label == "Resolve foresight"
    assert notebook.entries.get(item).fields.outcome == Outcome("partly", "2026-11-21", "Half of it")
    notebook.history.undo()
    assert notebook.entries.get(item).fields.outcome is None


def test_what_cannot_be_resolved_stays(notebook):
    note = notebook.entries.add(EntryDraft(body="A note")).result
    with pytest.raises(Invalid, match="only a foresight"):
        notebook.foresight.resolve(note, "yes")
    item = say(notebook)
    with pytest.raises(Invalid, match="perhaps"):
        notebook.foresight.resolve(item, "perhaps")
    with pytest.raises(BadDate):
        notebook.foresight.resolve(item, "yes", when="whenever")
    with pytest.raises(NotFound):
        notebook.foresight.resolve("nothing", "yes")
    with pytest.raises(NoCheck, match="no check"):
        notebook.foresight.resolve_by_check(item)
    assert notebook.entries.get(item).fields.outcome is None


@pytest.mark.parametrize(("limit", "result", "words"), [(900, "yes", "holds"), (901, "no", "does not hold")])
def test_a_check_is_taken_with_its_numbers(notebook, trials, limit, result, words):
    item = say(notebook, check=Check("Trials", ">=", limit, "2026-Q1"))
    reading = notebook.foresight.check(item)
    assert (reading.value, reading.covered, reading.length) == (900, 90, 90)
    assert notebook.foresight.checks([item]) == {item: reading}
    notebook.foresight.resolve_by_check(item, note="Looked at it.")
    outcome = notebook.entries.get(item).fields.outcome
    assert (outcome.result, outcome.resolved) == (result, "2026-11-22")
    assert outcome.note == (
        f"Looked at it.\nBy its check: Trials in Q1 2026 was 900 (total of 90 points); ≥ {limit} {words}."
    )


def test_a_check_that_cannot_be_said_yet_resolves_nothing(notebook, trials):
    item = say(notebook, check=Check("Trials", ">=", 900, "2026"))
    assert notebook.foresight.check(item).verdict == Verdict.UNSAID
    with pytest.raises(CheckUnsaid, match="points cover 90 of 365 days"):
        notebook.foresight.resolve_by_check(item)
    assert notebook.entries.get(item).fields.outcome is None


def test_without_a_check_there_is_nothing_to_read(notebook):
    assert notebook.foresight.check(say(notebook)) is None


def test_a_check_on_a_ratio_divides_totals(notebook, tmp_path):
    path = tmp_path / "mail.csv"
    path.write_text("Date,Sent,Opened\n2026-01-01,10,9\n2026-01-02,90,1\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    opened, sent = notebook.metrics.resolve("Opened"), notebook.metrics.resolve("Sent")
    rates = tmp_path / "rates.csv"
    rates.write_text("Date,Open rate\n2026-01-01,90%\n2026-01-02,1.1%\n", encoding="utf-8")
    notebook.metrics.import_files([rates], backup=False)
    rate = notebook.metrics.resolve("Open rate")
    notebook.metrics.edit_series(rate, additive=False, numerator=opened, denominator=sent)
    item = say(notebook, check=Check(rate, ">=", 0.2, "2026-01-01/2026-01-02"))
    reading = notebook.foresight.check(item)
    assert (reading.verdict, reading.value, reading.numerator, reading.denominator) == (Verdict.FAILS, 0.1, 10, 100)
    notebook.foresight.resolve_by_check(item)
    assert "was 10 % (10 of 100); ≥ 20 % does not hold" in notebook.entries.get(item).fields.outcome.note


# --- indicators -------------------------------------------------------------------------------------------------------


@pytest.fixture
def steps(notebook: Notebook, tmp_path: Path, now: Now) -> str:
    """A series that steps from about 100 to about 200 on 2 March 2030, some time ago: a notebook's clock runs on."""
    now.at = datetime(2030, 11, 22, 14, 30)
    rows = []
    for at in range(120):
        month, day = ((1, at + 1), (2, at - 30), (3, at - 58), (4, at - 89))[(at > 30) + (at > 58) + (at > 89)]
        rows.append(f"2030-{month:02}-{day:02},{(100 if at < 60 else 200) + (at * 7) % 5}\n")
    path = tmp_path / "visits.csv"
    path.write_text("Date,Visits\n" + "".join(rows), encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    return notebook.metrics.resolve("Visits")


def test_what_series_showed_and_foretold(notebook, steps):
    with notebook.as_of(lambda: datetime(2030, 1, 5, 9, 0)):
        pinning, alone = say(notebook, series=("Visits",)), say(notebook)
    with notebook.as_of(lambda: datetime(2030, 3, 5, 9, 0)):
        late = say(notebook)
    for item in (pinning, alone, late):
        notebook.foresight.resolve(item, "yes", when="2030-02-01")
    found = notebook.foresight.indicators()
    assert (found.series, found.changes) == (1, 1)
    assert found_by(notebook, found.unshown.query) == {pinning}
    assert found_by(notebook, found.unwatched.query) == {alone}
    assert found_by(notebook, found.late.query) == {late}
    (silent,) = found.silent
    assert (silent.name, silent.start, silent.end) == ("Visits", "2030-03-02", "2030-05-31")
    assert silent.query == "metric:Visits in:2030-02-23/2030-03-09"
    assert notebook.search.understand(silent.query).text == silent.query
    notebook.entries.add(EntryDraft(body="Fair", kind="event", when="2030-03-20"))
    assert notebook.foresight.indicators().silent == ()
    assert len(notebook.foresight.indicators(days=10).silent) == 1


def test_a_link_to_a_series_counts(notebook, steps):
    note = notebook.entries.add(EntryDraft(body="The bridge opened", when="2030-03-05")).result
    assert len(notebook.foresight.indicators().silent) == 1
    stretch = End("series", steps, "2030-03-01", "2030-03-10")
    notebook.links.add(LinkFields(End("entry", note), "explains", stretch))
    assert notebook.foresight.indicators().silent == ()


@pytest.mark.parametrize("days", [0, -1, 40_000])
def test_a_time_that_is_none_is_refused(notebook, days):
    with pytest.raises(Invalid, match="days"):
        notebook.foresight.indicators(days=days)


def test_places_are_worked_out_again_only_for_other_points(notebook, steps, tmp_path, monkeypatch):
    asked = []
    usual = places_module.places

    def counted(points, grain):
        asked.append(len(points))
        return usual(points, grain)

    monkeypatch.setattr(places_module, "places", counted)
    for body in ("one", "two"):
        notebook.foresight.indicators()
        notebook.entries.add(EntryDraft(body=body))
    assert asked == [120]
    path = tmp_path / "more.csv"
    path.write_text("Date,Visits\n2030-05-01,200\n2030-05-02,201\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    notebook.foresight.indicators()
    assert asked == [120, 122]
