"""codings list, add, remove, recode, resize, weigh."""

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")

BODY = "🙂 The invoice was opaque.\n\nשלום, the price was fair."


@pytest.fixture
def entry(notebook: object) -> str:
    return done("add", BODY).out.strip()


def test_places_are_code_points(entry: str) -> None:
    start = BODY.index("opaque")
    made = done("codings", "add", entry[:8], start, start + 6, "opaque", "--json")
    assert "has been made" in made.err
    (coding,) = done("codings", "list", "--json").json
    assert coding["id"] == made.json["id"]
    assert (coding["start"], coding["end"], coding["quote"]) == (start, start + 6, "opaque")
    assert (coding["document"], coding["code"]) == (entry, "opaque")
    assert coding["coder"]
    assert "opaque" in done("codings", "list").out


def test_coders_are_kept_apart(entry: str) -> None:
    done("codings", "add", entry, 0, 5, "x", "--coder", "M.")
    done("codings", "add", entry, 0, 5, "x", "--coder", "Ada")
    same = done("codings", "add", entry, 0, 5, "x", "--coder", "Ada").out
    codings = done("codings", "list", "--json").json
    assert [coding["coder"] for coding in codings if coding["id"] == same.strip()] == ["Ada"]
    assert len(codings) == 2
    assert [coding["coder"] for coding in done("codings", "list", "--coder", "M.", "--json").json] == ["M."]
    assert done("codings", "list", "--coder", "Nobody", "--json").json == []


def test_a_range_outside_the_text_is_refused(entry: str) -> None:
    for start, end in ((5, 5), (6, 2), (0, len(BODY) + 1)):
        assert "is no range of" in terrain("codings", "add", entry, start, end, "x").sentence
    assert terrain("codings", "add", "nothing", 0, 1, "x").sentence == (
        "There is no document “nothing” in this notebook."
    )
    assert done("codings", "list", "--json").json == []
    assert done("codes", "list", "--json").json == []


def test_a_coding_is_changed_and_taken_back(entry: str) -> None:
    coding = done("codings", "add", entry, 2, 13, "x", "--weight", "30").out.strip()
    done("codings", "recode", coding[:9], "y")
    done("codings", "resize", coding, 6, 13)
    done("codings", "weigh", coding, 80)
    (found,) = done("codings", "list", "--json").json
    assert (found["code"], found["quote"], found["weight"]) == ("y", "invoice", 80)
    assert "between 0 and 100" in terrain("codings", "weigh", coding, 101).sentence
    done("codings", "remove", coding)
    assert done("codings", "list", "--json").json == []
    for _ in range(4):
        done("undo")
    (found,) = done("codings", "list", "--json").json
    assert (found["code"], found["quote"], found["weight"]) == ("x", BODY[2:13], 30)


def test_an_edited_entry_takes_its_codings_along(entry: str) -> None:
    start = BODY.index("opaque")
    done("codings", "add", entry, start, start + 6, "opaque")
    done("edit", entry, f"Ines said: {BODY}")
    (coding,) = done("codings", "list", "--json").json
    assert (coding["start"], coding["quote"], coding["review"]) == (start + 11, "opaque", False)
    done("trash", entry)
    assert done("codings", "list", "--json").json == []
    done("untrash", entry)
    assert [found["quote"] for found in done("codings", "list", "--json").json] == ["opaque"]
