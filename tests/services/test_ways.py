"""The entries behind each figure are exactly those that its query finds; numbers then and now."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.model.links import End, LinkFields
from desktop_app.model.people import PersonFields, StageStep
from desktop_app.model.ways import PERSPECTIVES, PINNED, TieFigures, Voices, Ways
from desktop_app.notebook.journal import wall_clock
from desktop_app.search.errors import QueryError
from desktop_app.services import Notebook


def _write(notebook: Notebook, body: str, way: str = "cunning", **given: object) -> str:
    perspectives = (PERSPECTIVES[way],) if way else ()
    return notebook.entries.add(EntryDraft(body=body, perspectives=perspectives, **given)).result  # type: ignore[arg-type]


def _person(notebook: Notebook, name: str) -> str:
    return next(person.id for person in notebook.people.list() if person.fields.name == name)


@pytest.fixture
def written(notebook: Notebook) -> Notebook:
    """Two people with one first name, places of every sort, tags in two spellings, one entry in the trash."""
    for way in PERSPECTIVES:
        _write(notebook, "ring twice", way, kind="quote", speaker="Ines Vidal", org="The Mill", tags=("Door/bell",))
        _write(notebook, "ring once", way, kind="quote", speaker="Ines", channel="phone call", tags=("door",))
        _write(notebook, "ask the cook", way, speaker="Ines Vidal", when="2026-03", tags=("kitchen", "door/back"))
        _write(notebook, "nobody asked", way, kind="event", channel="phone", when="2026-02-03")
        _write(notebook, "it will last", way, kind="foresight", org="The Port", channel="–", tags=("Kitchen",))
        notebook.entries.trash([_write(notebook, "gone", way, kind="quote", speaker="Omar Reyes", tags=("door",))])
    _write(notebook, "of no perspective", "", kind="quote", speaker="Ines Vidal", tags=("door",))
    ines = _person(notebook, "Ines Vidal")
    mill = next(one.id for one in notebook.people.organisations() if one.fields.name == "The Mill")
    notebook.people.edit(ines, PersonFields("Ines Vidal", org=mill, stages=(StageStep("customer", "2026-01"),)))
    return notebook


def _figures(counted: Voices) -> Iterator[tuple[str, float | None]]:
    yield counted.entries.query, counted.entries.value
    yield counted.quotes.query, counted.quotes.value


def _found(notebook: Notebook, query: str) -> set[str]:
    assert query
    return {item for _, item in notebook.search.matches(query)}


@pytest.mark.parametrize("query", ["", "door OR kitchen", "tag:door", "in:2026-03", "-has:speaker", "ring", "nowhere"])
@pytest.mark.parametrize(
    ("way", "by"), [("cunning", "tag"), ("aspiration", "person"), ("value", "person"), ("value", "tag")]
)
def test_every_figure_counts_what_its_query_finds(written: Notebook, way: str, by: str, query: str) -> None:
    found = written.ways.read(way, query, by=by)
    own = {voice.entry.id: voice.entry for group in found.groups for voice in group.voices}
    assert _found(written, found.counted.entries.query) == set(own)
    for group in found.groups:
        assert _found(written, group.counted.entries.query) == {voice.entry.id for voice in group.voices}
    for counted in (found.counted, *(group.counted for group in found.groups)):
        for asked, value in _figures(counted):
            assert len(_found(written, asked)) == value, asked
        all_of = [own[item] for item in _found(written, counted.entries.query)]
        speaking = _found(written, counted.people.query)
        assert speaking == {entry.id for entry in all_of if entry.speaker_name}
        assert counted.people.value == len({own[item].speaker for item in speaking})
        placed = _found(written, counted.places.query)
        assert placed == {entry.id for entry in all_of if entry.org_name or entry.channel.strip("–")}
        assert counted.places.value == len({own[item].org_name or own[item].channel for item in placed})


def test_a_reading_that_is_not_there_is_refused(notebook: Notebook) -> None:
    with pytest.raises(Invalid, match="cunning, aspiration, value"):
        notebook.ways.read("wisdom")
    with pytest.raises(Invalid, match="not by person"):
        notebook.ways.read("cunning", by="person")
    with pytest.raises(QueryError):
        notebook.ways.read("cunning", "colour:red")


# --- beside metrics ---------------------------------------------------------------------------------------------------


def _import(notebook: Notebook, folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)


@pytest.fixture
def rate(notebook: Notebook, tmp_path: Path) -> str:
    """Open rate of two days, with its totals: 10 of 100."""
    _import(notebook, tmp_path, "mail", "Date,Sent,Opened\n2026-01-01,10,9\n2026-01-02,90,1\n")
    _import(notebook, tmp_path, "rates", "Date,Open rate\n2026-01-01,90%\n2026-01-02,1.1%\n")
    found = notebook.metrics.resolve("Open rate")
    notebook.metrics.edit_series(found, additive=False, numerator="Opened", denominator="Sent")
    return found


def _later(notebook: Notebook, seconds: int) -> None:
    notebook._file.journal.wall = lambda: wall_clock() + seconds * 1000


def _ties(notebook: Notebook, found: Ways) -> list[TieFigures]:
    return [
        tie
        for joined in (found.against, found.beside)
        for told in notebook.ways.told([one.voice for one in joined], [one.ties for one in joined])
        for tie in told.ties
    ]


def test_a_link_keeps_the_number_and_tells_when_it_was_restated(notebook: Notebook, tmp_path: Path, rate: str) -> None:
    reason = _write(notebook, "the holidays", "")
    notebook.links.add(LinkFields(End("entry", reason), "explains", End("series", rate, "2026-01-01", "2026-01-03")))
    entry = _write(notebook, "nobody opened it, they were rung up", kind="quote")
    notebook.links.add(
        LinkFields(End("entry", entry), "contradicts", End("series", "Opened", "2026-01-01", "2026-01-03"))
    )
    notebook.links.add(LinkFields(End("entry", entry), "contradicts", End("entry", reason)))
    _later(notebook, 10)
    _import(notebook, tmp_path, "later", "Date,Sent,Opened\n2026-01-02,90,16\n")
    found = notebook.ways.read("cunning")
    direct, by_reason = _ties(notebook, found)
    assert (direct.then.value, direct.now.value, direct.is_restated) == (10, 25, True)
    assert by_reason.tie.via is not None
    assert _found(notebook, by_reason.tie.query) == {entry, reason}
    assert (by_reason.then.value, by_reason.then.numerator, by_reason.then.denominator) == (0.1, 10, 100)
    assert (by_reason.now.value, by_reason.now.numerator, by_reason.now.denominator) == (0.25, 25, 100)
    assert _found(notebook, found.disagreeing.query) == {entry}
    assert found.disagreeing.value == 1
    assert not found.beside


def test_a_pin_tells_the_points_that_the_time_of_its_entry_touches(notebook: Notebook, tmp_path: Path) -> None:
    _write(notebook, "before any import", series=(), when="2026-01-02")
    _import(notebook, tmp_path, "visits", "Date,Visits\n2026-01-01,5\n2026-01-02,7\n2026-01-03,9\n")
    pinned = _write(notebook, "they came by the back door", when="2026-01-02T10:20", series=("Visits",))
    without = _write(notebook, "once", series=("Visits",))
    outside = _write(notebook, "long ago", when="2019-05", series=("Visits",))
    _later(notebook, 10)
    _import(notebook, tmp_path, "later", "Date,Visits\n2026-01-02,8\n")
    found = notebook.ways.read("cunning")
    ties = {tie.tie.query: tie for tie in _ties(notebook, found)}
    tie = ties[f"id:{pinned}"]
    assert (tie.tie.relation, tie.start, tie.end) == (PINNED, "2026-01-02", "2026-01-03")
    assert (tie.then.value, tie.now.value, tie.is_restated) == (7, 8, True)
    for item in (without, outside):
        assert (ties[f"id:{item}"].then.value, ties[f"id:{item}"].now.value) == (None, None)
    assert _found(notebook, found.joined.query) == {pinned, without, outside}
    assert found.joined.value == 3


def test_a_ratio_without_totals_is_not_told(notebook: Notebook, tmp_path: Path) -> None:
    _import(notebook, tmp_path, "rates", "Date,Open rate\n2026-01-01,90%\n2026-01-02,1.1%\n")
    entry = _write(notebook, "they read it aloud", when="2026-01-01")
    notebook.links.add(
        LinkFields(End("entry", entry), "mentions", End("series", "Open rate", "2026-01-01", "2026-01-03"))
    )
    (tie,) = _ties(notebook, notebook.ways.read("cunning"))
    assert (tie.is_ratio, tie.parts, tie.then.value, tie.now.value) == (True, (), None, None)


# --- files ------------------------------------------------------------------------------------------------------------


def test_markdown_keeps_words_in_blocks_of_their_own(written: Notebook) -> None:
    _write(
        written, "# a heading\n\n- a list", "value", kind="quote", speaker="Ines Vidal", when="2026-03-02", title="T"
    )
    text = written.ways.markdown(written.ways.read("value")).decode()
    assert text.startswith("# Value rationality\n")
    assert "\n## Ines Vidal\n" in text
    assert "\n> **T**\n>\n> # a heading\n>\n> - a list\n" in text
    assert "— Ines Vidal, The Mill (customer) · 2 March 2026" in text
    assert "gone" not in text
    assert text.index("## Ines\n") < text.index("## Ines Vidal\n") < text.index("## Nobody named as speaker\n")


def test_a_table_has_each_entry_of_each_group(written: Notebook) -> None:
    found = written.ways.read("cunning")
    rows = written.ways.csv(found).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("part,group,id,kind")
    assert len(rows) == 1 + sum(len(group.voices) for group in found.groups)


def test_a_reading_that_is_handed_on_honours_consent(notebook: Notebook) -> None:
    perspectives = ("cunning-intelligence", "value-rationality")

    def say(body: str, speaker: str, consent: str = "") -> None:
        draft = EntryDraft(body=body, kind="quote", speaker=speaker, consent=consent, perspectives=perspectives)
        notebook.entries.add(draft)

    say("a secret of ours", "Jonas Weber", "withdrawn")
    say("I, **In**es, pay by the hour", "Ines Vidal", "anonymous")
    say("Ines Vidal knows the way", "Omar Said")
    for way, by in (("cunning", "tag"), ("value", "person")):
        text = notebook.ways.markdown(notebook.ways.read(way, by=by)).decode()
        assert "secret" not in text
        assert "Jonas" not in text
        assert "Ines" not in text.replace("*", "")
        assert "Vidal" not in text
        assert "pay by the hour" in text
        assert "Omar Said" in text
        assert "1 entry is left out: those whose words they are have withdrawn their consent." in text
