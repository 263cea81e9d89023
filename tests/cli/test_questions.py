"""questions list, add, show, edit, answer, reopen, trash, untrash, gather, let-go, option."""

from pathlib import Path

import pytest

from desktop_app.cli.words import stretch
from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


@pytest.fixture
def question() -> str:
    made = done("questions", "add", "Why did trials fall?", "--asked-by", "Ines Vidal", "--when", "March 2026")
    return made.out.strip()


def test_a_question_is_asked_answered_and_opened_again(question: str) -> None:
    shown = done("questions", "show", question[:8], "--json").json
    assert (shown["text"], shown["asked_by"], shown["asked"]) == ("Why did trials fall?", "Ines Vidal", "2026-03")
    assert (shown["open"], shown["answered"], shown["evidence"], shown["options"]) == (True, None, [], [])
    assert (shown["start"], shown["end"], shown["for"]) == ("2026-03-01T00:00", "2026-04-01T00:00", 0)
    entry = done("add", "The page was down").out.strip()
    answered = done("questions", "answer", question, "A fault", "--entry", entry, "--when", "May 2026", "--json").json
    assert (answered["answer"], answered["answered"], answered["answer_entry"]) == ("A fault", "2026-05", entry)
    text = done("questions", "show", question).out
    assert "answered May 2026 · asked March 2026 by Ines Vidal" in text
    assert "A fault" in text
    assert done("questions", "list", "--open", "--json").json == []
    assert done("questions", "reopen", question).out.strip() == question
    assert [one["id"] for one in done("questions", "--json").json] == [question]
    assert "Why did trials fall?" in done("questions").out


def test_an_edit_changes_what_is_given(question: str) -> None:
    edited = done("questions", "edit", question, "--ask", "Tomasz", "--note", "soon", "--answer", "perhaps", "--json")
    assert (edited.json["ask"], edited.json["note"], edited.json["text"]) == ("Tomasz", "soon", "Why did trials fall?")
    assert (edited.json["answer"], edited.json["open"]) == ("perhaps", True)
    done("questions", "edit", question, "Why then?", "--asked-by", "")
    shown = done("questions", "show", question, "--json").json
    assert (shown["text"], shown["asked_by"], shown["ask"]) == ("Why then?", None, "Tomasz")


def test_trash_and_back(question: str) -> None:
    assert done("questions", "trash", question[:8]).out == "Moved to the trash: 1\n"
    assert done("questions", "list", "--json").json == []
    assert "in the trash" in done("questions", "show", question).out
    assert done("questions", "untrash", question).out == "Restored: 1\n"
    assert done("questions", "list", "--json").json[0]["trashed"] is False


def test_evidence_is_gathered_and_let_go(question: str, export: Path) -> None:
    done("metrics", "import", export)
    said = done("add", "It was *dear*", "--kind", "quote", "--speaker", "Ines", "--when", "2026-02").out.strip()
    other = done("add", "It was cheap", "--when", "2026-03").out.strip()
    assert done("questions", "gather", question, said[:8]).out.endswith("1 for, 0 against, 0 undecided\n")
    done("questions", "gather", question, said, other, "--against")
    stretch = ("--series", "Sessions", "--from", "2026-01-01", "--to", "2026-01-02")
    made = done("questions", "gather", question, "--undecided", *stretch, "--json").json
    assert made["id"] == question
    shown = done("questions", "show", question, "--json").json
    assert (shown["for"], shown["against"], shown["undecided"]) == (0, 2, 1)
    series, quote, _ = shown["evidence"]
    assert (series["link"], series["then"], series["now"], series["restated"]) == (made["links"][0], 21.0, 21.0, False)
    assert (series["start"], series["end"], series["heading"]) == ("2026-01-01", "2026-01-03", "Sessions")
    assert (quote["id"], quote["text"], quote["speaker"]) == (said, "It was dear", "Ines")
    assert (quote["entry_kind"], quote["relation"], quote["occurred"]) == ("quote", "contradicts", "2026-02")
    text = done("questions", "show", question).out
    assert (
        text.index("Against (2)") < text.index("It was dear") < text.index("Undecided (1)") < text.index("Sessions: 21")
    )
    done("questions", "let-go", question, "Sessions", other)
    assert done("questions", "show", question, "--json").json["evidence"] == [quote]
    assert terrain("questions", "let-go", question, other).code == 1


def test_options_have_their_totals(question: str, export: Path) -> None:
    done("metrics", "import", export)
    done("questions", "option", question, "Print", "--gained", "Sessions:2026-01-01/2026-01-02", "--spent", "1,200")
    (option,) = done("questions", "show", question, "--json").json["options"]
    assert option["name"] == "Print"
    assert (option["gained"]["value"], option["gained"]["start"], option["gained"]["end"]) == (
        21.0,
        "2026-01-01",
        "2026-01-03",
    )
    assert (option["gained"]["unit"], option["spent"]["value"]) == ("count", 1200.0)
    done("questions", "option", question, "print", "--spent", "900", "--unit", "€")
    done("questions", "option", question, "Radio", "--gained", "Sessions:January 2026")
    first, second = done("questions", "show", question, "--json").json["options"]
    assert (first["gained"], first["spent"]["value"], first["spent"]["unit"]) == (option["gained"], 900.0, "€")
    assert second["gained"]["value"] == sum(range(10, 41))
    assert "Sessions, 1–2 January 2026" in done("questions", "show", question).out.replace("\u2009", "")
    done("questions", "option", question, "Print", "--remove")
    assert len(done("questions", "show", question, "--json").json["options"]) == 1


def test_what_cannot_be_is_a_sentence(question: str) -> None:
    assert terrain("questions", "show", "zzzzzzzz").sentence == "There is no question “zzzzzzzz” in this notebook."
    assert terrain("questions", "add", " ").sentence == "A question needs words; write what is asked."
    assert "zzzzzzzz" in terrain("questions", "gather", question, "zzzzzzzz").sentence
    for wrong in (
        ("gather", question),
        ("gather", question, "--series", "Sessions"),
        ("gather", question, "--from", "2026"),
        ("option", question, "Print", "--gained", "much"),
        ("option", question, "Print", "--remove"),
    ):
        assert terrain("questions", *wrong).code == 2
    assert "Nothing" in terrain("questions", "option", question, "Print", "--gained", "Nothing:2026").sentence


def test_a_memo_is_about_a_question(question: str) -> None:
    done("memos", "add", "Ask again", "--question", question[:8])
    (memo,) = done("memos", "list", "--about", question[:8], "--json").json
    assert memo["about"] == [{"kind": "question", "id": question, "name": "Why did trials fall?"}]


def test_what_came_as_no_stretch_is_told_as_it_is() -> None:
    assert stretch("soon", "later") == "soon – later"
    assert (stretch("", "2026-01-01"), stretch("2026-01-01", "2026-02-01")) == ("", "1–31 January 2026")
