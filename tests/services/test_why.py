"""The ledger of causes over a notebook: the entries behind each figure, what is written at a place, restating."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.facts import Figure
from desktop_app.model.links import End, LinkFields
from desktop_app.model.metrics import Series
from desktop_app.model.people import StageStep
from desktop_app.model.why import Ledger, Why, WhyPlace
from desktop_app.services import Notebook
from desktop_app.services.why import NoPlace
from tests.services.conftest import Now

FIRST = date(2025, 9, 1)
CHANGED = 98
"""The day from which trials are fewer: 8 December 2025."""


def metric(folder: Path, name: str, values: Mapping[int, float]) -> Path:
    path = folder / f"{name}.csv"
    rows = "".join(f"{FIRST + timedelta(day)},{value}\n" for day, value in values.items())
    path.write_text(f"Date,{name}\n{rows}", encoding="utf-8")
    return path


def wavy(day: int) -> int:
    return (0, 2, -1, 1, -2)[day * day % 5]


@pytest.fixture
def trials(notebook: Notebook, tmp_path: Path) -> Series:
    values = {day: (31 if day < CHANGED else 22) + wavy(day) for day in range(180)}
    notebook.metrics.import_files([metric(tmp_path, "Trials", values)])
    return notebook.metrics.list()[0]


def only(found: Why) -> WhyPlace:
    (place,) = found.places
    return place


def stretch(place: WhyPlace) -> tuple[str, str, str]:
    return place.series.id, place.place.start, place.place.end


def test_a_change_that_nobody_has_explained_is_open(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    assert (place.place.at, place.place.before, place.place.after) == ("2025-12-08", 31.0, 22.0)
    assert place.is_open
    assert place.ledger.causes.value == 0
    assert notebook.search.matches(place.ledger.query) == []


def test_a_reason_is_written_and_linked_in_one_step(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    entry = notebook.why.reason(*stretch(place), "The form was broken", "told", "Ines Vidal").result
    place = only(notebook.why.read())
    (reason,) = place.ledger.reasons
    assert (reason.entry, reason.basis, reason.speaker, reason.relation) == (entry, "told", "Ines Vidal", "explains")
    assert reason.then == reason.standing.now
    assert not reason.is_restated
    assert not place.is_open
    notebook.history.undo()
    assert only(notebook.why.read()).is_open
    assert notebook.entries.counts().total == 0
    notebook.history.redo()
    assert not only(notebook.why.read()).is_open


def test_a_reason_needs_words_and_nothing_is_half_written(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    with pytest.raises(Invalid, match="needs words"):
        notebook.why.reason(*stretch(place), "  ")
    with pytest.raises(Invalid):
        notebook.why.reason(trials.id, "2025-12-08", "2025-12-08", "Because")
    with pytest.raises(Invalid):
        notebook.why.reason(*stretch(place), "Because", "surely")
    assert notebook.entries.counts().total == 0


def test_an_entry_is_linked_once(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    entry = notebook.entries.add(EntryDraft(body="It rained", when="2025-12-08")).result
    assert only(notebook.why.read()).about.value == 1
    link = notebook.why.link_reason(entry[:10], *stretch(place)).result
    assert notebook.why.link_reason(entry, *stretch(place)).result == link
    place = only(notebook.why.read())
    assert [reason.link for reason in place.ledger.reasons] == [link]
    assert place.about.value == 0
    notebook.entries.trash([entry])
    assert only(notebook.why.read()).is_open


def test_whom_to_ask_is_noted_as_a_question(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    question = notebook.why.ask(*stretch(place), "Why did trials change about 8 December?", "Ben Ost").result
    place = only(notebook.why.read())
    assert [(asked.id, asked.whom, asked.is_open) for asked in place.questions] == [(question, "Ben Ost", True)]
    assert place.is_open
    assert notebook.search.matches(place.questions[0].query) == [("question", question)]
    assert [piece.relation for piece in notebook.questions.evidence(question)] == ["mentions"]
    notebook.history.undo()
    assert only(notebook.why.read()).questions == ()
    assert notebook.questions.list() == []


def test_a_place_is_dismissed_and_asked_about_again(notebook: Notebook, trials: Series, tmp_path: Path) -> None:
    place = only(notebook.why.read())
    dismissed = notebook.why.dismiss(*stretch(place), "A  holiday").result
    assert notebook.why.dismiss(*stretch(place), "Two holidays").result == dismissed
    found = notebook.why.read()
    assert (len(found.open), len(found.dismissed)) == (0, 1)
    (dismissal,) = notebook.dismissals.all()
    assert (dismissal.fields.note, dismissal.author) == ("Two holidays", "Ada")
    # Restated by a day, the place lies in what was dismissed still.
    notebook.metrics.import_files([metric(tmp_path, "Trials", {CHANGED: 31, CHANGED + 1: 31})])
    assert only(notebook.why.read()).place.at == "2025-12-10"
    assert only(notebook.why.read()).dismissal is not None
    assert notebook.why.take_back("Trials", "2025-12-10").result == 1
    assert only(notebook.why.read()).is_open
    with pytest.raises(NotFound):
        notebook.why.take_back("Trials", "2025-12-10")
    notebook.history.undo()
    assert only(notebook.why.read()).dismissal is not None


def test_a_place_is_found_by_a_date_as_typed(notebook: Notebook, trials: Series) -> None:
    for typed in ("2025-12-08", "8 December 2025", "2025-12", "2025-12-03", "Q4 2025"):
        assert notebook.why.place("trials", typed)[1].at == "2025-12-08"
    with pytest.raises(NoPlace, match="its places are 2025-12-08"):
        notebook.why.place("Trials", "2026-02")
    with pytest.raises(NotFound):
        notebook.why.place("Nothing", "2025-12")


def test_a_date_that_fits_two_places_is_not_guessed(notebook: Notebook, tmp_path: Path) -> None:
    values = {day: (31 if day < 60 or day > 120 else 60) + wavy(day) for day in range(180)}
    notebook.metrics.import_files([metric(tmp_path, "Trials", values)])
    with pytest.raises(Ambiguous, match="2025-10-31, 2025-12-31"):
        notebook.why.place("Trials", "2025")


def test_figures_are_kept_as_they_stood_and_restating_is_told(notebook: Notebook, tmp_path: Path, now: Now) -> None:
    values = {day: (31 if day < CHANGED else 22) + wavy(day) for day in range(180)}
    with notebook.as_of(now):
        for name, said in (("first", values), ("restating", {99: 30}), ("later", {150: 23})):
            path = metric(tmp_path, "Trials", said)
            notebook.metrics.import_files([path.rename(tmp_path / f"{name}.csv")])
            now.pass_by(days=3)
            if name == "first":
                notebook.why.reason("Trials", "2025-12-08", "2025-12-10", "The form", "guessed")
    (reason,) = only(notebook.why.read()).ledger.reasons
    assert (reason.then, reason.standing.now) == (2 * 22 + wavy(98) + wavy(99), 22 + wavy(98) + 30)
    assert reason.is_restated
    restating = next(record for record in notebook.metrics.imports() if record.file == "restating.csv")
    assert (reason.standing.file, reason.standing.since) == ("restating.csv", restating.imported)
    # Taken back, the figure is again what it was.
    notebook.metrics.remove_import(restating.id)
    assert not only(notebook.why.read()).ledger.reasons[0].is_restated


def ratio(notebook: Notebook, folder: Path) -> dict[str, str]:
    clicks = {day: (30 if day < CHANGED else 60) + wavy(day) for day in range(180)}
    notebook.metrics.import_files(
        [
            metric(folder, "Clicks", clicks),
            metric(folder, "Shown", dict.fromkeys(clicks, 1000)),
        ]
    )
    path = folder / "Rate.csv"
    rows = "".join(f"{FIRST + timedelta(day)},{value / 10}%\n" for day, value in clicks.items())
    path.write_text(f"Date,Rate\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([path])
    return {one.name: one.id for one in notebook.metrics.list()}


def test_a_ratio_is_told_with_its_totals_or_not_at_all(notebook: Notebook, tmp_path: Path) -> None:
    ids = ratio(notebook, tmp_path)
    alone = notebook.why.read(series=["Rate"])
    assert (alone.places, [one.id for one in alone.without_totals]) == ((), [ids["Rate"]])
    notebook.metrics.edit_series(ids["Rate"], numerator="Clicks", denominator="Shown")
    place = only(notebook.why.read(series=["Rate"]))
    assert place.totals is not None
    before = sum(30 + wavy(day) for day in range(CHANGED - 28, CHANGED))
    assert (place.totals.before.numerator, place.totals.before.denominator) == (before, 28_000)
    assert place.totals.before.value == before / 28_000
    assert [series.name for series, _ in notebook.why.line("Rate").totals] == ["Clicks", "Shown"]


def test_series_that_entries_name_come_before_totals(notebook: Notebook, tmp_path: Path) -> None:
    ids = ratio(notebook, tmp_path)
    assert {one.name for one in notebook.why.read().series} == {"Clicks", "Shown"}
    notebook.metrics.edit_series(ids["Rate"], numerator="Clicks", denominator="Shown")
    notebook.entries.add(EntryDraft(body="Look", series=("Rate",)))
    assert {one.name for one in notebook.why.read().series} == {"Clicks", "Shown", "Rate"}
    assert [one.name for one in notebook.why.read(series=["Rate", ids["Rate"]]).series] == ["Rate"]
    with pytest.raises(NotFound):
        notebook.why.read(series=["Nothing"])


@pytest.fixture
def written(notebook: Notebook, trials: Series) -> Notebook:
    """Reasons of every basis and relation, effects of every kind, entries of that time, one in the trash."""
    place = only(notebook.why.read())
    made = {}
    for number, basis in enumerate(("told", "told", "observed", "correlated", "guessed", "")):
        draft = EntryDraft(body=f"Reason {number}", basis=basis, when="2025-12-07", tags=("odd",) if number % 2 else ())
        made[number] = notebook.entries.add(draft).result
        relation = "contradicts" if number == 3 else "explains"
        notebook.why.link_reason(made[number], *stretch(place), relation)
    for number, when in enumerate(("2025-12-01", "2025-12-15", "2025-12-16", "2025-11-30", "2025", "")):
        notebook.entries.add(EntryDraft(body=f"Merely then {number}", when=when, tags=("odd",) if number % 2 else ()))
    event = notebook.entries.add(EntryDraft(body="The launch", kind="event", when="2025-05")).result
    step = notebook.entries.add(EntryDraft(body="She signed", speaker="Ines Vidal", when="2025-06")).result
    (ines,) = notebook.people.list()
    notebook.people.add_stage(ines.id, StageStep("customer", "2025-06", step))
    for cause, target in ((0, event), (4, event), (1, step)):
        notebook.links.add(LinkFields(End("entry", made[cause]), "explains", End("entry", target)))
    notebook.links.add(LinkFields(End("entry", made[2]), "explains", End("person", ines.id)))
    notebook.links.add(LinkFields(End("entry", made[4]), "contradicts", End("entry", made[0])))
    gone = notebook.entries.add(EntryDraft(body="Gone", when="2025-12-08")).result
    notebook.why.link_reason(gone, *stretch(place))
    notebook.entries.trash([gone])
    return notebook


def figures(found: Why) -> Iterator[tuple[str, float | None]]:
    def of(ledger: Ledger) -> Iterator[Figure]:
        yield ledger.causes
        yield from ledger.by_basis.values()
        yield Figure(len({reason.entry for reason in ledger.reasons}), ledger.query)
        yield from (Figure(1, reason.query) for reason in ledger.reasons)

    for place in found.places:
        for figure in (*of(place.ledger), place.about, place.elsewhere):
            yield figure.query, figure.value
    for effect in found.effects:
        for figure in of(effect.ledger):
            yield figure.query, figure.value
        yield effect.target_query, 1


@pytest.mark.parametrize("query", ["", "tag:odd", "in:2025-12", "nothing", "basis:told OR tag:odd"])
def test_the_entries_behind_each_figure_are_those_its_query_finds(written: Notebook, query: str) -> None:
    found = written.why.read(query)
    for asked, value in figures(found):
        assert len(written.search.matches(asked)) == value, asked


def test_effects_are_told_with_their_causes(written: Notebook) -> None:
    found = written.why.read()
    assert [(one.kind, one.label, one.ledger.causes.value) for one in found.effects] == [
        ("entry", "The launch", 2),
        ("step", "She signed", 1),
        ("series", "Trials", 5),
        ("person", "Ines Vidal", 1),
    ]
    launch = found.effects[0].ledger
    assert (launch.told, launch.guessed, launch.is_told_against_guessed, launch.is_disputed) == (1, 1, True, True)
    assert [(step.name, step.stage) for step in found.effects[1].steps] == [("Ines Vidal", "customer")]


def test_as_a_table(written: Notebook) -> None:
    table = written.why.csv(written.why.read()).decode("utf-8-sig").splitlines()
    assert table[0].startswith("side,kind,id,name,at,start,end,before,after,swing,state,entry,relation,basis")
    assert [line.split(",")[0] for line in table[1:]] == ["place"] * 6 + ["effect"] * 9
    place = table[1].split(",")
    assert place[4:11:6] == ["2025-12-08", "reasons"]


def test_a_question_that_did_not_come_along_is_passed_over(notebook: Notebook, trials: Series) -> None:
    place = only(notebook.why.read())
    with notebook.why._context.change("From elsewhere") as recorder:
        fields = LinkFields(End("series", trials.id, "2025-12-01", "2025-12-09"), "mentions", End("question", "q" * 26))
        recorder.record("link", "l" * 26, fields.to_json(), new=True)
        odd = LinkFields(End("entry", "e" * 26), "explains", End("series", trials.id, "", "soon"))
        recorder.record("link", "m" * 26, odd.to_json(), new=True)
    assert only(notebook.why.read()) == place
