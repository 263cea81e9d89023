"""What Today reads, and its words."""

from datetime import date

from desktop_app.model.entries import EntryDraft, Outcome
from desktop_app.ui.today.lists import day_in_words, read_due, read_lists, today, year_heading


def test_days_and_years_in_words():
    assert day_in_words(date(2026, 11, 22)) == "Sunday, 22 November 2026"
    assert year_heading(2025, date(2026, 11, 22)) == "One year ago · 22 November 2025"
    assert year_heading(2023, date(2026, 11, 22)) == "Three years ago · 22 November 2023"
    assert year_heading(2009, date(2026, 11, 22)) == "17 years ago · 22 November 2009"
    assert year_heading(2023, date(2024, 2, 29)) == "One year ago · 28 February 2023"


def test_a_new_notebook_has_nothing(notebook):
    lists = read_lists(notebook, today())
    assert (lists.total, lists.foresights, lists.lately, lists.earlier) == (0, 0, (), ())


def test_lately_is_what_was_written_last(notebook, years):
    lists = read_lists(notebook, today())
    assert lists.total == 3
    assert [card.heading for card in lists.lately] == ["In spring", "Nearly two years ago", "A year ago"]


def test_this_day_is_grouped_by_year(notebook, years):
    groups = read_lists(notebook, today()).earlier
    assert [group.heading.split(" · ")[0] for group in groups] == ["One year ago", "Two years ago"]
    assert [[card.id for card in group.cards] for group in groups] == [
        [years["A year ago"]],
        [years["Nearly two years ago"]],
    ]


def test_days_about_new_year_belong_to_the_nearer_anniversary(notebook):
    notebook.entries.add(EntryDraft(body="New Year's Eve", when="2024-12-31"))
    notebook.entries.add(EntryDraft(body="New Year's Day", when="2025-01-01"))
    (group,) = read_lists(notebook, date(2026, 1, 1)).earlier
    assert group.heading == "One year ago · 1 January 2025"
    assert len(group.cards) == 2


def test_a_snippet_does_not_repeat_the_heading(notebook):
    notebook.entries.add(EntryDraft(body="The first line\n\nand **the rest** of it"))
    notebook.entries.add(EntryDraft(title="Titled", body="All of this"))
    titled, plain = read_lists(notebook, today()).lately
    assert (titled.heading, titled.snippet) == ("Titled", "All of this")
    assert (plain.heading, plain.snippet) == ("The first line", "and the rest of it")


def test_due_foresights_are_told_with_horizon_and_confidence(notebook, foresight):
    (due,) = read_due(notebook)
    assert (due.id, due.heading) == (foresight, "The roaster will be paid off")
    assert due.told.startswith("by June 2026 · 60 % sure · said ")


def test_a_resolved_foresight_is_gone_before_the_index_knows(notebook, foresight, monkeypatch):
    monkeypatch.setattr(notebook.search, "_freshen", lambda: 1)
    notebook.entries.edit(foresight, EntryDraft(outcome=Outcome("no")))
    assert notebook.search.run("is:due").total == 1
    assert read_due(notebook) == ()


def test_no_index_is_built_for_it(notebook):
    notebook.entries.add(EntryDraft(body="It will rain", kind="foresight", horizon="2026-06"))
    assert read_due(notebook) == ()
    assert not notebook.search.status().usable
