"""people list, show, stage."""

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


def test_people_named_in_entries_are_listed() -> None:
    done("add", "a", "--speaker", "Ada Lind", "--org", "Café Norte", "--when", "2026-03-14")
    done("add", "b", "--speaker", "ada lind")
    (ada,) = done("people", "list", "--json").json
    assert (ada["name"], ada["org"], ada["entries"], ada["stage"]) == ("Ada Lind", "Café Norte", 2, None)
    assert "Ada Lind" in done("people", "list").out


def test_stages_are_kept_in_the_order_of_their_dates() -> None:
    entry = done("add", "a", "--speaker", "Ada").out.strip()
    done("people", "stage", "ada", "customer", "--when", "March 2026", "--entry", entry[:9])
    assert (
        done("people", "stage", "Ada", "prospect", "--when", "2025").out == "Ada: prospect (2025) → customer (2026)\n"
    )
    shown = done("people", "show", "ADA", "--json").json
    assert [(step["stage"], step["date"], step["entry"]) for step in shown["stages"]] == [
        ("prospect", "2025", None),
        ("customer", "2026-03", entry),
    ]
    assert shown["stage"] == "customer"
    assert [said["id"] for said in shown["entries"]] == [entry]
    assert "customer  March 2026" in done("people", "show", shown["id"][:9]).out


def test_who_is_not_there_is_a_sentence() -> None:
    assert terrain("people", "show", "Nobody").sentence == "There is no person “Nobody” in this notebook."
    done("add", "a", "--speaker", "Ada")
    assert terrain("people", "stage", "Ada", "friend").code == 2
    assert "Nonsense" in terrain("people", "stage", "Ada", "customer", "--when", "Nonsense").sentence


def test_two_of_one_name_are_told_apart() -> None:
    done("add", "a", "--speaker", "Ada", "--org", "North")
    done("add", "b", "--speaker", "Ada", "--org", "South")
    people = done("people", "list", "--json").json
    if len(people) == 2:
        assert "fits 2" in terrain("people", "show", "Ada").sentence
