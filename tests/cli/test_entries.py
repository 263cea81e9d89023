"""add, edit, show, trash, untrash, tags: what is written comes back, and what cannot be kept is refused."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.terminal import Windows, done, terrain

pytestmark = pytest.mark.usefixtures("notebook")

ID = r"[0-9a-hjkmnp-tv-z]{26}"


def add(*words: object, stdin: bytes | str = b"") -> str:
    return done("add", *words, stdin=stdin).out.strip()


def show(entry: str) -> Any:
    return done("show", entry, "--json").json


def test_add_prints_the_id_alone_and_as_json() -> None:
    plain = done("add", "One")
    assert len(plain.out.strip()) == 26
    assert plain.out.count("\n") == 1
    assert plain.err == ""
    assert set(done("add", "Two", "--json").json) == {"id"}
    assert set(done("--json", "add", "Three").json) == {"id"}


def test_every_field_comes_back(tmp_path: Path, export: Path) -> None:
    done("metrics", "import", export)
    receipt = tmp_path / "receipt.txt"
    receipt.write_bytes(b"two coffees\n")
    entry = add(
        "*Paper* receipts", "--kind", "foresight", "--title", "Receipts", "--when", "2026-Q1",
        "--scale", "week", "--scale", "month", "--perspective", "random-events,holistic",
        "--tag", "counter/paper", "--tag", "asked", "--speaker", "Ada Lind", "--org", "Café Norte",
        "--basis", "told", "--channel", "phone", "--act", "listened", "--recurs", "every 2 weeks, 5 times",
        "--consent", "named", "--horizon", "by June 2027", "--confidence", "70%",
        "--check", "Sessions >= 1,200 in 2026-Q1", "--series", "Sessions",
        "--attach", receipt, "--outcome", "partly", "--outcome-note", "half of it", "--resolved", "2026-04-01",
    )  # fmt: skip
    found = show(entry)
    sessions = done("metrics", "list", "--json").json[0]["series"]
    expected = {
        "id": entry,
        "kind": "foresight",
        "title": "Receipts",
        "body": "*Paper* receipts",
        "occurred": "2026-33",
        "start": "2026-01-01T00:00",
        "end": "2026-04-01T00:00",
        "scales": ["month", "week"],
        "perspectives": ["holistic", "random-events"],
        "tags": ["asked", "counter/paper"],
        "speaker": "Ada Lind",
        "org": "Café Norte",
        "basis": "told",
        "channel": "phone",
        "act": "listened",
        "recurs": "R5/P2W",
        "recurs_text": "every 2 weeks, 5 times",
        "consent": "named",
        "surprise": False,
        "horizon": "../2027-06",
        "confidence": 0.7,
        "check": {"series": sessions, "comparison": ">=", "value": 1200.0, "period": "2026-33"},
        "outcome": {"result": "partly", "resolved": "2026-04-01", "note": "half of it"},
        "series": [sessions],
        "trashed": False,
        "revisions": 1,
    }
    assert {key: found[key] for key in expected} == expected
    assert [(file["name"], file["size"]) for file in found["attachments"]] == [("receipt.txt", 12)]


def test_what_was_not_given_is_null_and_the_date_is_now() -> None:
    found = show(add("Only words"))
    for key in ("speaker", "org", "basis", "channel", "consent", "act", "recurs", "recurs_text", "horizon",
                "confidence", "check", "outcome"):  # fmt: skip
        assert found[key] is None, key
    assert found["kind"] == "note"
    assert found["occurred"] == found["start"]
    for key in ("scales", "perspectives", "tags", "series", "attachments", "links"):
        assert found[key] == [], key


@pytest.mark.parametrize(("when", "start", "end"), [("2023/..", "2023-01-01T00:00", None), ("", None, None)])
def test_open_sides_are_null(when: str, start: str | None, end: str | None) -> None:
    found = show(add("x", "--when", when))
    assert (found["start"], found["end"]) == (start, end)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["--surprise"], "event"),
        (["--confidence", "0.5"], "foresight"),
        (["--horizon", "2027"], "foresight"),
        (["--no-surprise"], "note"),
        (["--surprise", "--kind", "note"], "note"),
    ],
)
def test_an_option_says_what_is_written(words: list[str], kind: str) -> None:
    assert show(add("x", *words))["kind"] == kind


def test_what_was_done_and_what_comes_again_are_told_and_cleared() -> None:
    entry = add("The harvest fair", "--when", "2025-09", "--recurs", "yearly", "--act", "asked")
    assert done("show", entry).out.splitlines()[:2] == ["note · September 2025, every year", "we asked"]
    done("edit", entry, "--recurs", "", "--act", "")
    assert (show(entry)["recurs"], show(entry)["act"]) == (None, None)
    assert "does not say how often" in terrain("edit", entry, "--recurs", "at times").sentence
    assert terrain("edit", entry, "--act", "lectured").code == 2


def test_standard_input_is_the_body() -> None:
    body = "Grüße 🧭 \u202eעברית\u202c\n\n- 一\n- ٢"
    assert show(add("-", stdin=f"\ufeff{body}\r\n".replace("\n", "\r\n")))["body"] == body


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(max_examples=60)
def test_a_body_comes_back_as_it_was(body: str) -> None:
    kept = body.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    ran = terrain("add", "-", stdin=body)
    if not kept.strip():
        assert "needs some words" in ran.sentence
        return
    assert show(ran.out.strip())["body"] == kept


@pytest.mark.parametrize(
    ("words", "stdin", "told"),
    [
        (["-"], b"a\0b", "NUL"),
        (["-"], b"good\n\xff\xfe", "not UTF-8 (line 2)"),
        (["\udcff"], b"", "not valid UTF-8"),
        (["   "], b"", "needs some words"),
        (["x", "--when", "2026-13-45"], b"", "2026-13-45"),
        (["x", "--scale", "wek"], b"", "week"),
        (["x", "--perspective", "hollistic"], b"", "holistic"),
        (["x", "--confidence", "1.5"], b"", "between 0 and 1"),
        (["x", "--series", "Nothing"], b"", "There is no series"),
        (["x", "--check", "Nothing > 3 in 2026"], b"", "There is no series"),
        (["x", "--attach", "no-such-file.txt"], b"", "no-such-file.txt"),
        (["x", "--tag", "/"], b"", "is no tag"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(words: list[str], stdin: bytes, told: str) -> None:
    ran = terrain("add", *words, stdin=stdin)
    assert ran.code == 1
    assert told in ran.sentence
    assert ran.out == ""
    assert len(done("log", "--json").json) == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["x", "y"],
        ["x", "--kind", "poem"],
        ["x", "--basis", "heard"],
        ["x", "--confidence", "very"],
        ["x", "--check", "more sessions"],
        ["x", "--check", "Sessions > nan in 2026"],
        ["x", "--resolved", "2026"],
        ["x", "--frobnicate"],
        ["- x"],
    ],
)
def test_wrong_usage_is_told_in_one_line(words: list[str]) -> None:
    ran = terrain("add", *words)
    assert ran.code == 2
    assert ran.sentence.endswith(("See “terrain add --help”.", "begins with a hyphen."))


def test_edit_changes_what_is_given_and_nothing_else() -> None:
    entry = add("Body", "--title", "Title", "--tag", "a", "--scale", "week", "--speaker", "Ada", "--confidence", "0.3")
    assert done("edit", entry[:8], "--title", "Other", "--json").json == {"id": entry}
    found = show(entry)
    assert (found["title"], found["body"], found["tags"], found["speaker"]) == ("Other", "Body", ["a"], "Ada")
    assert found["revisions"] == 2
    done("edit", entry, "New body", "--tag", "", "--scale", "day", "--speaker", "", "--surprise")
    found = show(entry)
    assert (found["title"], found["body"], found["tags"], found["scales"]) == ("Other", "New body", [], ["day"])
    assert (found["speaker"], found["surprise"], found["confidence"]) == (None, True, 0.3)
    done("edit", entry, "--body", "-", stdin="from stdin")
    assert show(entry)["body"] == "from stdin"


def test_edit_asks_for_something_to_change() -> None:
    entry = add("x")
    assert terrain("edit", entry).code == 2
    assert terrain("edit", entry, "a", "--body", "b").code == 2
    assert "There is no entry" in terrain("edit", "zzzz", "a").sentence


def test_an_edit_to_the_same_leaves_no_change() -> None:
    entry = add("x", "--tag", "a")
    done("edit", entry, "x", "--tag", "a")
    assert show(entry)["revisions"] == 1


def test_the_beginning_of_an_id_is_enough_where_it_is_unique() -> None:
    first, *others = (add(str(number)) for number in range(40))
    assert show(first[:20])["id"] == first
    twice = next(entry[0] for entry in others if any(entry[0] == other[0] and entry != other for other in others))
    assert "give more of it" in terrain("show", twice).sentence


def test_show_reads_well(tmp_path: Path) -> None:
    picture = tmp_path / "shelf.png"
    picture.write_bytes(b"\x89PNG" * 500)
    entry = add(
        "The shelf was empty.", "--title", "Empty shelf", "--kind", "quote", "--when", "2026-03-14", "--scale", "day",
        "--perspective", "holistic", "--speaker", "Ada", "--org", "Norte", "--basis", "told", "--tag", "stock",
        "--attach", picture,
    )  # fmt: skip
    lines = done("show", entry).out.splitlines()
    assert lines[:4] == [
        "Empty shelf",
        "quote · 14 March 2026 · day · Holistic",
        "Said by Ada of Norte, basis: told",
        "#stock",
    ]
    assert lines[5] == "The shelf was empty."
    assert lines[7] == "file  shelf.png  image/png  2 kB"
    assert lines[-1].startswith(entry)


def test_a_text_cannot_steer_the_terminal() -> None:
    entry = add("\x1b]0;owned\x07 and \x1b[2J\x9b1m")
    shown = done("show", entry).out
    assert "\x1b]" not in shown
    assert "\x1b[2J" not in shown
    assert not {"\x07", "\x9b"} & set(shown)
    assert show(entry)["body"].startswith("\x1b]0;owned")


def test_attachments_can_be_had_back_and_never_overwrite(tmp_path: Path) -> None:
    source = tmp_path / "notes.bin"
    source.write_bytes(bytes(range(256)))
    entry = add("with a file", "--attach", source)
    out = tmp_path / "out"
    done("show", entry, "--extract", out)
    assert (out / "notes.bin").read_bytes() == bytes(range(256))
    assert "already exists" in terrain("show", entry, "--extract", out).err
    done("edit", entry, "--detach", "notes.bin")
    assert show(entry)["attachments"] == []


def test_trash_and_back(notebook: Path) -> None:
    first, second = add("one"), add("two")
    assert done("trash", first, second[:10], "--json").json == {"trashed": 2}
    assert done("trash", first, "--json").json == {"trashed": 0}
    assert {entry["id"] for entry in done("trash", "--list", "--json").json} == {first, second}
    assert show(first)["trashed"] is True
    assert done("untrash", first, "--json").json == {"restored": 1}
    assert [entry["id"] for entry in done("trash", "--list", "--json").json] == [second]
    assert terrain("trash").code == 2
    assert terrain("trash", first, "--list").code == 2


def test_one_wrong_id_trashes_nothing() -> None:
    first = add("one")
    assert terrain("trash", first, "nonsense").code == 1
    assert show(first)["trashed"] is False


def test_tags_nest() -> None:
    add("a", "--tag", "pricing/discounts")
    add("b", "--tag", "pricing", "--tag", "port")
    assert done("tags", "--json").json == [
        {"tag": "port", "count": 1},
        {"tag": "pricing", "count": 2},
        {"tag": "pricing/discounts", "count": 1},
    ]
    assert done("tags").out.splitlines() == ["port         1", "pricing      2", "  discounts  1"]


def test_the_launcher_is_not_asked() -> None:
    windows = Windows()
    terrain("add", "x", launcher=windows)
    assert windows.asked == []
