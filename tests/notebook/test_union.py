"""Two copies of a notebook that were written in apart become one, whoever merges and in whatever order."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.model.exchange import Outcome
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.journal import wall_clock
from desktop_app.notebook.union import outcome_of
from desktop_app.services import Identity, open_notebook
from tests.notebook.replicas import all_of, copy_of, heads_of, merge, state, topics
from tests.notebook.writing import check, rewrite, write


@pytest.fixture
def base(path: Path) -> Path:
    return path


@pytest.fixture
def pair(base: Path) -> Iterator[tuple[NotebookFile, NotebookFile]]:
    files = copy_of(base, "ada"), copy_of(base, "ben")
    # Ben is a little later, also within one millisecond.
    files[1].journal.wall = lambda: files[0].journal.wall() + 1_000
    yield files
    for file in files:
        file.close()


@pytest.fixture
def trio(base: Path) -> Iterator[tuple[NotebookFile, NotebookFile, NotebookFile]]:
    files = copy_of(base, "ada"), copy_of(base, "ben"), copy_of(base, "cy")
    yield files
    for file in files:
        file.close()


@pytest.fixture
def ada_only(pair: tuple[NotebookFile, NotebookFile]) -> NotebookFile:
    return pair[0]


def fields(file: NotebookFile, item: str) -> dict[str, object]:
    return file.journal.fields(item)


def meet(*files: NotebookFile) -> None:
    """Everybody gets everything, and all are alike afterwards, whole by their own check."""
    first, *others = files
    for other in others:
        merge(first, other)
    for other in others:
        merge(other, first)
        assert state(other) == state(first)
    for file in files:
        assert check(file).problems == ()


def test_what_was_written_apart_is_together(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    one, two = write(ada, "From the stand"), write(ben, "From the train")
    plan = merge(ada, ben)
    assert outcome_of(plan.standing[two]) is Outcome.NEW
    merge(ben, ada)
    assert state(ada) == state(ben)
    assert {fields(ben, item)["body"] for item in (one, two)} == {"From the stand", "From the train"}


def test_the_same_again_changes_nothing(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    write(ben, "From the train")
    merge(ada, ben)
    before, log = state(ada), ada.database.rows("SELECT * FROM change")
    assert merge(ada, ben).standing == {}
    assert (state(ada), ada.database.rows("SELECT * FROM change")) == (before, log)


def test_different_fields_both_stay_and_sets_are_joined(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "Prices\nwere discussed", tags=("pricing", "fair"))
    merge(ben, ada)
    rewrite(ada, item, title="At the fair", tags=["fair", "pricing", "stand"])
    rewrite(ben, item, channel="phone", tags=["pricing"], body="Prices\nwere discussed\nat length")
    plan = merge(ada, ben)
    assert outcome_of(plan.standing[item]) is Outcome.MERGED
    merged = fields(ada, item)
    assert (merged["title"], merged["channel"], merged["tags"]) == ("At the fair", "phone", ["pricing", "stand"])
    assert merged["body"] == "Prices\nwere discussed\nat length"
    merge(ben, ada)
    assert state(ada) == state(ben)


def test_a_conflict_keeps_both_values_and_waits(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "Prices", title="Old")
    merge(ben, ada)
    rewrite(ada, item, title="Ada’s")
    rewrite(ben, item, title="Ben’s")
    plan = merge(ada, ben)
    assert outcome_of(plan.standing[item]) is Outcome.CONFLICTING
    assert [option["value"] for option in fields(ada, item)["conflicts"]["title"]] == ["Ben’s", "Ada’s"]  # type: ignore[index]
    assert ada.database.one("SELECT conflicting FROM item WHERE id = ?", (item,)) == (1,)
    rewrite(ada, item, channel="phone")
    assert "conflicts" in fields(ada, item)
    rewrite(ada, item, title="Ada’s")
    assert "conflicts" not in fields(ada, item)
    meet(ada, ben)
    assert fields(ben, item)["title"] == "Ada’s"
    assert "conflicts" not in fields(ben, item)


def test_a_settled_conflict_stays_settled_where_somebody_took_what_was_shown(
    pair: tuple[NotebookFile, NotebookFile],
) -> None:
    ada, ben = pair
    item = write(ada, "Prices", title="Old")
    merge(ben, ada)
    rewrite(ada, item, title="Ada’s")
    rewrite(ben, item, title="Ben’s")
    merge(ada, ben)
    with ada.journal.change("Settle") as recorder:
        state_of = fields(ada, item)
        del state_of["conflicts"]
        recorder.record("entry", item, state_of)
    rewrite(ben, item, channel="phone")
    meet(ada, ben)
    assert "conflicts" not in fields(ben, item)
    assert (fields(ben, item)["title"], fields(ben, item)["channel"]) == ("Ben’s", "phone")


def test_an_edit_counts_more_than_the_trash(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "Prices")
    merge(ben, ada)
    with ada.journal.change("Trash") as recorder:
        ada.journal.trash(recorder, "entry", item)
    rewrite(ben, item, body="Prices went up")
    plan = merge(ada, ben)
    assert [loss.item for loss in plan.losses] == [item]
    assert "trashed" not in fields(ada, item)
    meet(ada, ben)


def test_what_both_threw_away_is_gone_whoever_knew_of_the_edit(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "Prices")
    merge(ben, ada)
    rewrite(ben, item, body="Prices went up")
    for file in pair:
        with file.journal.change("Trash") as recorder:
            file.journal.trash(recorder, "entry", item)
    meet(ada, ben)
    assert fields(ada, item)["trashed"] is True


def test_the_order_of_three_makes_no_difference(trio: tuple[NotebookFile, ...], tmp_path: Path) -> None:
    ada, ben, cy = trio
    item = write(ada, "one\ntwo\nthree", title="Old", tags=("a",))
    merge(ben, ada)
    merge(cy, ada)
    rewrite(ada, item, body="ONE\ntwo\nthree", title="A")
    rewrite(ben, item, body="one\ntwo\nthree\nfour", title="B")
    rewrite(cy, item, tags=["b"], title="C", body="one\nzwei\nthree")
    incoming = [all_of(file) for file in trio]
    results = []
    for name, order in (("x", (0, 1, 2)), ("y", (2, 1, 0)), ("z", (1, 0, 2))):
        with_all = copy_of(tmp_path / "notes.terrain", name)
        for number in order:
            merge(with_all, incoming[number])
        results.append(state(with_all))
        assert fields(with_all, item)["body"] == "ONE\nzwei\nthree\nfour"
        assert len(fields(with_all, item)["conflicts"]["title"]) == 3  # type: ignore[index]
        assert check(with_all).problems == ()
        with_all.close()
    assert results[0] == results[1] == results[2]


def test_undoing_a_merge_gives_back_the_state_before(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "Prices", title="Old", tags=("a",))
    merge(ben, ada)
    rewrite(ada, item, title="Ada’s")
    rewrite(ben, item, title="Ben’s", tags=["a", "b"])
    new = write(ben, "From the train")
    before = fields(ada, item)
    merge(ada, ben)
    merged = fields(ada, item)
    ada.undo.undo()
    assert fields(ada, item) == before
    assert fields(ada, new)["trashed"] is True
    ada.undo.redo()
    assert (fields(ada, item), "trashed" in fields(ada, new)) == (merged, False)
    assert check(ada).problems == ()


def test_the_own_clock_goes_on_behind_what_came_in(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    ben.journal.wall = lambda: ada.journal.wall() + 60_000
    item = write(ben, "Ahead")
    merge(ada, ben)
    rewrite(ada, item, body="Behind, yet later")
    clocks = [info.clock for info in ada.log.history(item)]
    assert clocks == sorted(clocks, reverse=True)
    assert check(ada).problems == ()


def test_criss_cross_merges_meet_again(pair: tuple[NotebookFile, NotebookFile]) -> None:
    ada, ben = pair
    item = write(ada, "one\ntwo\nthree\nfour\nfive", title="Old")
    merge(ben, ada)
    rewrite(ada, item, body="ONE\ntwo\nthree\nfour\nfive")
    rewrite(ben, item, body="one\ntwo\nthree\nfour\nFIVE")
    from_ada, from_ben = all_of(ada), all_of(ben)
    merge(ada, from_ben)
    merge(ben, from_ada)
    rewrite(ada, item, body=str(fields(ada, item)["body"]).replace("two", "TWO"))
    rewrite(ben, item, body=str(fields(ben, item)["body"]).replace("four", "FOUR"))
    meet(ada, ben)
    assert fields(ada, item)["body"] == "ONE\nTWO\nthree\nFOUR\nFIVE"
    assert "conflicts" not in fields(ada, item)


# --- copies with heads only ------------------------------------------------------------------------------------------


@pytest.fixture
def shallow(tmp_path: Path) -> Iterator[NotebookFile]:
    """A notebook of somebody who gets copies with heads only."""
    path = tmp_path / "shallow.terrain"
    NotebookFile.create(path, title="Shallow", language="en", author="Sam", device="sam").close()
    file = NotebookFile.open(path, author="Sam", device="sam")
    file.journal.wall = lambda: wall_clock() + 10_000
    yield file
    file.close()


def absent(file: NotebookFile) -> list[str]:
    return [revision for (revision,) in file.database.rows("SELECT revision FROM absent ORDER BY revision")]


def test_a_shallow_copy_that_was_edited_comes_home_as_a_fast_forward(
    pair: tuple[NotebookFile, NotebookFile], shallow: NotebookFile
) -> None:
    ada, ben = pair
    item, other = write(ada, "one\ntwo", title="Old"), write(ada, "Prices")
    for title in ("First", "Second"):
        rewrite(ada, item, title=title)
    merge(ben, ada)
    rewrite(ada, other, title="Ada’s")
    rewrite(ben, other, title="Ben’s", channel="phone")
    merge(ada, ben)
    merge(shallow, heads_of(ada))
    assert (fields(shallow, item), fields(shallow, other)) == (fields(ada, item), fields(ada, other))
    assert len(absent(shallow)) == 3
    assert check(shallow).problems == ()
    rewrite(shallow, item, body="one\nTWO")
    rewrite(shallow, other, channel="mail")
    plan = merge(ada, shallow)
    assert [outcome_of(plan.standing[one]) for one in (item, other)] == [Outcome.FAST_FORWARD] * 2
    assert (fields(ada, item)["body"], fields(ada, other)["channel"], absent(ada)) == ("one\nTWO", "mail", [])
    assert "title" in fields(ada, other)["conflicts"]  # type: ignore[operator]
    assert check(ada).problems == ()


def test_a_shallow_copy_meets_what_went_on_meanwhile(ada_only: NotebookFile, shallow: NotebookFile) -> None:
    item = write(ada_only, "one\ntwo\nthree", title="Old")
    rewrite(ada_only, item, title="New")
    merge(shallow, heads_of(ada_only))
    rewrite(shallow, item, body="one\ntwo\nTHREE")
    rewrite(ada_only, item, body="ONE\ntwo\nthree")
    rewrite(ada_only, item, channel="phone")
    for _ in range(2):
        merge(shallow, heads_of(ada_only))
        merge(ada_only, shallow)
    for file in (shallow, ada_only):
        assert (fields(file, item)["body"], fields(file, item)["channel"]) == ("ONE\ntwo\nTHREE", "phone")
        assert check(file).problems == ()


def test_shallow_copies_of_different_times_stand_at_the_later_one(
    ada_only: NotebookFile, shallow: NotebookFile, tmp_path: Path
) -> None:
    item = write(ada_only, "one", title="Old")
    rewrite(ada_only, item, title="New")
    early = heads_of(ada_only)
    for body in ("two", "three"):
        rewrite(ada_only, item, body=body)
    late = heads_of(ada_only)
    other = copy_of(shallow.path, "other")
    merge(shallow, early)
    merge(other, late)
    merge(shallow, other)
    merge(other, shallow)
    for file in (shallow, other):
        assert fields(file, item)["body"] == "three"
        assert check(file).problems == ()
    assert state(shallow) == state(other)
    assert len(absent(other)) == 2
    other.close()


def test_a_full_copy_heals_a_shallow_one(ada_only: NotebookFile, shallow: NotebookFile) -> None:
    item = write(ada_only, "one", title="Old")
    ada_only.journal.author = "Somebody else"
    rewrite(ada_only, item, title="New")
    merge(shallow, heads_of(ada_only))
    assert shallow.database.one("SELECT author FROM item WHERE id = ?", (item,)) == ("Somebody else",)
    plan = merge(shallow, ada_only)
    assert outcome_of(plan.standing[item]) is Outcome.IDENTICAL
    assert (absent(shallow), check(shallow).problems) == ([], ())
    row = "SELECT * FROM item WHERE id = ?"
    assert shallow.database.rows(row, (item,)) == ada_only.database.rows(row, (item,))
    assert [info.shallow for info in shallow.log.history(item)] == [False, False]


def test_what_a_revision_names_as_its_past_is_known_to_be_missing(
    ada_only: NotebookFile, shallow: NotebookFile
) -> None:
    item = write(ada_only, "one")
    rewrite(ada_only, item, title="New")
    incoming = all_of(ada_only)
    head = ada_only.journal.head(item)
    assert head is not None
    merge(shallow, replace(incoming, revisions=[one for one in incoming.revisions if one.id == head[0]]))
    assert (len(absent(shallow)), check(shallow).problems) == (1, ())
    merge(shallow, incoming)
    assert (absent(shallow), check(shallow).problems) == ([], ())


# --- figures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [0, 1])
def test_imports_that_came_in_any_order_make_the_same_series(tmp_path: Path, path: Path, first: int) -> None:
    whole = "Date,Clicks,Impressions,CTR\n2026-01-01,10,100,10%\n2026-01-02,12,100,12%\n"
    part = "Date,CTR\n2026-01-02,11%\n2026-01-03,13%\n"
    notebooks = []
    for number, text in enumerate((whole, part) if first else (part, whole)):
        own = path.with_name(f"{number}.terrain")
        shutil.copyfile(path, own)
        notebooks.append(open_notebook(own, identity=Identity(str(number), str(number))))
        table = tmp_path / f"table-{number}.csv"
        table.write_text(text, encoding="utf-8")
        notebooks[-1]._file.journal.wall = lambda number=number: 1_700_000_000_000 + number  # type: ignore[misc]
        imported = notebooks[-1].metrics.import_files([table], backup=False).result[0]
    one, two = (notebook._file for notebook in notebooks)
    merge(one, two)
    merge(two, one)
    assert topics(one) == topics(two)
    notebooks[1].metrics.remove_import(imported.import_id)
    merge(one, two)
    assert topics(one) == topics(two)
    for notebook in notebooks:
        notebook.close()
