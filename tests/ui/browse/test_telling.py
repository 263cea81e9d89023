"""The sentences of the reader."""

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.entries import Check, Entry, EntryFields
from desktop_app.model.links import End, Link
from desktop_app.model.people import Person, PersonFields, StageStep
from desktop_app.ui.browse.telling import (
    body_repeats_heading,
    changed_text,
    check_text,
    facts,
    heading,
    link_text,
    relation,
    who,
)


def entry(**fields: object) -> Entry:
    return Entry(
        "e1", EntryFields(**fields), "2025-12-14T00:00", "2025-12-15T00:00", "", "", "", "h",  # type: ignore[arg-type]
        speaker_name="Ines Vidal", org_name="Café Norte",
    )  # fmt: skip


def test_a_quote_stands_in_quotation_marks_once() -> None:
    assert heading(entry(kind="quote", body="It felt like a friend.")) == "“It felt like a friend.”"
    assert heading(entry(kind="quote", body="“It felt like a friend.”")) == "“It felt like a friend.”"
    assert heading(entry(kind="note", body="# Price page")) == "Price page"


def test_a_long_text_without_title_gives_a_short_heading_and_is_read_below() -> None:
    long = entry(body="word " * 60)
    assert len(heading(long)) <= 112
    assert heading(long).endswith("…")
    assert not body_repeats_heading(long)
    assert body_repeats_heading(entry(body="Price page rewritten"))
    assert not body_repeats_heading(entry(title="Page", body="Page"))


def test_stages_are_told_as_they_were_then() -> None:
    steps = (
        StageStep("prospect", "2024-11"),
        StageStep("customer", "2025-03"),
        StageStep("loyal client", "2025-12-14", "e1"),
        StageStep("advocate", "2026-05"),
    )
    speaker = Person("p1", PersonFields("Ines Vidal", stages=steps))
    told = who(entry(kind="quote", body="x"), speaker)
    assert told == "Ines Vidal, Café Norte · customer since March 2025, loyal client since this day"
    assert who(entry(body="x"), None) == "Ines Vidal, Café Norte"


def test_facts_in_one_line() -> None:
    told = facts(EntryFields(kind="quote", body="x", occurred="2025-12-14", basis="told", channel="phone"))
    assert told == "Quote · told · 14 December 2025 · phone"
    assert facts(EntryFields(kind="event", body="x")) == "Event · planned · no date"
    assert facts(EntryFields(body="x", occurred="2025-09", recurs="R3/P1Y", act="listened", channel="fair")) == (
        "Note · September 2025, every year, 3 times · fair · we listened"
    )


def test_a_link_to_a_series_says_what_it_said_then_and_says_now() -> None:
    end = End("series", "s", "2025-12-02", "2025-12-13", then=214)
    link = Link("l", "explains", True, end, "Trials started", "count", now=221)
    assert link_text(link) == "Trials started, 2–12 December 2025 (then 214, now 221: restated)"
    same = Link(
        "l", "explains", True, End("series", "s", "2025-12-02", "2025-12-13", 221), "Trials started", "count", 221
    )
    assert link_text(same) == "Trials started, 2–12 December 2025 (221)"
    assert relation(Link("l", "explains", False, End("entry", "e"), "Port strike")) == "explained by"
    assert link_text(Link("l", "follows", True, End("entry", "e"), "")) == "something that is not in this notebook"


def test_a_check_with_its_answer() -> None:
    check = Check("s", ">=", 1200, "2026-33")
    assert check_text(check, "Active users", 1316) == "Active users ≥ 1,200 in Q1 2026: 1,316"
    assert check_text(check, "Active users", None) == "Active users ≥ 1,200 in Q1 2026"


def revision(fields: dict[str, object], *changed: str) -> RevisionInfo:
    return RevisionInfo("r", "c", "2025-12-14T10:20:00+00:00", "Mara", "d", "Edit", changed, fields)


def test_history_names_what_changed() -> None:
    before = revision({"tags": ["a", "b"], "body": "x"})
    after = revision({"tags": ["b", "c"], "body": "y"}, "tags", "body")
    assert changed_text(after, before) == "tags +c −a, text"
    assert changed_text(before, None) == "written"
    assert changed_text(revision({"trashed": True}, "trashed"), before) == "moved to the trash"
