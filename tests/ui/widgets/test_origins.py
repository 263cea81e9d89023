"""Who wrote something, which file brought it, and what became of it, in words."""

from dataclasses import replace
from datetime import datetime

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.provenance import Provenance
from desktop_app.ui.widgets.origins import names_words, origin_words, version_author, version_words, with_parents

NOW = datetime(2026, 11, 22, 12, 0)
BEN = Provenance("Ben", "3fa2b6c7d8e9f001", "Ben’s laptop", "2026-11-12T12:00:00Z", "team.terrain", "Carla")


def version(name: str, *parents: str, author: str = "Ada", **more: object) -> RevisionInfo:
    device = "one" if author else ""
    made = RevisionInfo(name, "0" * 16, "2026-11-12T12:00:00Z", author, device, "Edit", (), {}, parents)
    return replace(made, **more)  # type: ignore[arg-type]


def test_what_came_from_elsewhere_says_by_whom_on_what_and_with_which_file() -> None:
    assert origin_words(BEN, "Ada", NOW) == ("Ben, on “Ben’s laptop”, 12 November, came with “team.terrain” from Carla")
    unnamed = replace(BEN, device_name="", source_by="", shallow=True)
    assert origin_words(unnamed, "Ada", NOW) == (
        "Ben, on device 3fa2, 12 November, came with “team.terrain”, earlier versions are not in this copy"
    )


def test_what_was_written_here_says_no_more_than_by_whom_and_when() -> None:
    here = Provenance("Ada", "3fa2b6c7d8e9f001", "Office", "2025-11-12T12:00:00Z")
    assert origin_words(here, "Ada", NOW) == "you, 12 November 2025"
    assert origin_words(here, "Ben", NOW) == "Ada, 12 November 2025"


def test_a_name_from_elsewhere_is_one_line_and_no_wider_than_the_page() -> None:
    long = replace(BEN, author="B" * 1000, device_name="my\nlaptop")
    assert origin_words(long, "Ada", NOW).startswith(f"{'B' * 59}…, on “my laptop”, ")


def test_names_as_people_list_them() -> None:
    assert [names_words(names) for names in ([], ["Ada"], ["Ada", "Ben"], ["Ada", "Ben", "Carla"])] == [
        "",
        "Ada",
        "Ada and Ben",
        "Ada, Ben and Carla",
    ]


def test_a_version_is_told_beside_the_one_it_was_made_from() -> None:
    first, ours, theirs = version("first"), version("ours", "first"), version("theirs", "first")
    merged = version("merged", "ours", "theirs", author="", authors=("Ada", "Ben"))
    orphan = version("orphan", "not here", shallow=True)
    pairs = with_parents([merged, theirs, ours, first, orphan])
    assert pairs == [(merged, ours), (theirs, first), (ours, first), (first, None), (orphan, None)]


def test_a_line_says_what_was_merged_what_is_missing_and_which_file_brought_it() -> None:
    assert version_words(version("a"), "title") == "title"
    merged = version("m", "a", "b", author="", authors=("Ada", "Ben"), source="team.terrain")
    assert version_author(merged) == "Merged"
    assert version_author(version("a")) == "Ada"
    assert version_words(merged, "title, tags") == "what Ada and Ben wrote: title, tags · came with “team.terrain”"
    assert version_words(merged, "") == "Ada and Ben · came with “team.terrain”"
    orphan = version("o", "not here", shallow=True)
    assert version_words(orphan, "") == "earlier versions are not in this copy"
