"""documents import, list, show, edit, correct, speaker, trash, restore."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")

ZOOM = """WEBVTT

1
00:00:12.000 --> 00:00:14.000
Sam Reed: What made you stay?

2
00:00:19.000 --> 00:00:24.000
Ines Vidal: It felt like a friend showing me round 🙂.

3
00:00:25.000 --> 00:00:29.500
Ines Vidal: The invoice was opaque.
"""


@pytest.fixture
def zoom(tmp_path: Path) -> Path:
    path = tmp_path / "Interview 07.vtt"
    path.write_text(ZOOM, encoding="utf-8", newline="\r\n")
    return path


def test_a_transcript_is_taken_in_with_its_turns(zoom: Path) -> None:
    made = done("documents", "import", zoom, "--json").json
    assert made["rejected"] == []
    (document,) = made["documents"]
    assert (document["title"], document["turns"]) == ("Interview 07", 2)
    assert document["speakers"] == ["Sam Reed", "Ines Vidal"]
    shown = done("documents", "show", "interview 07", "--json").json
    assert document["characters"] == len(shown["text"])
    assert [turn["text"] for turn in shown["turns"]] == [
        "What made you stay?",
        "It felt like a friend showing me round 🙂. The invoice was opaque.",
    ]
    assert [(turn["begins"], turn["ends"]) for turn in shown["turns"]] == [(12000, 14000), (19000, 29500)]
    assert all(shown["text"][turn["start"] : turn["end"]] == turn["text"] for turn in shown["turns"])
    assert "Ines Vidal" in done("documents", "show", document["id"][:9]).out
    (listed,) = done("documents", "list", "--json").json
    assert (listed["id"], listed["milliseconds"]) == (document["id"], 29500)


def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(zoom: Path, tmp_path: Path) -> None:
    broken = tmp_path / "scan.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing of use")
    made = done("documents", "import", broken, zoom, "--json").json
    assert len(made["documents"]) == 1
    assert [rejected["file"] for rejected in made["rejected"]] == ["scan.pdf"]
    nothing = terrain("documents", "import", broken)
    assert nothing.code == 1
    assert "scan.pdf" in nothing.sentence
    assert len(done("documents", "list", "--json").json) == 1


def test_a_folder_gives_all_it_has_in_one_step(zoom: Path) -> None:
    (zoom.parent / "talk.txt").write_text("Just words.\n", encoding="utf-8")
    (zoom.parent / "picture.png").write_bytes(b"\x89PNG")
    made = done("documents", "import", zoom.parent, "--json").json
    assert sorted(document["title"] for document in made["documents"]) == ["Interview 07", "talk"]
    done("undo")
    assert done("documents", "list", "--json").json == []


def test_a_dry_run_keeps_nothing(zoom: Path) -> None:
    made = done("documents", "import", zoom, "--dry-run", "--json").json
    assert made["documents"][0]["id"] is None
    assert done("documents", "list", "--json").json == []


def test_answers_of_a_table_become_documents(tmp_path: Path) -> None:
    table = tmp_path / "survey.csv"
    table.write_text("id,role,answer\n7,owner,The price was fine. The invoice was not.\n8,barista,\n", encoding="utf-8")
    made = done("documents", "import", table, "--answers", "answer", "--id", "id", "--json").json
    (document,) = made["documents"]
    assert "7" in document["title"]
    shown = done("documents", "show", document["id"], "--json").json
    assert shown["text"] == "The price was fine. The invoice was not."
    assert shown["attributes"] == {"role": "owner"} or shown["attributes"] == {"id": "7", "role": "owner"}


def test_a_corrected_text_takes_its_codings_along(zoom: Path) -> None:
    document = done("documents", "import", zoom, "--json").json["documents"][0]["id"]
    text = done("documents", "show", document, "--json").json["text"]
    start = text.index("opaque")
    coding = done("codings", "add", document, start, start + 6, "Price talk / opaque").out.strip()
    corrected = zoom.parent / "corrected.txt"
    corrected.write_text(text.replace("What made you stay?", "So, what made you stay with us?"), encoding="utf-8")
    assert done("documents", "correct", document, corrected, "--json").json == {"moved": 1, "waiting": []}
    (listed,) = done("codings", "list", "--json").json
    assert (listed["id"], listed["quote"]) == (coding, "opaque")
    corrected.write_text("Nothing of it is left.", encoding="utf-8")
    assert done("documents", "correct", document, corrected, "--json").json["waiting"] == [coding]
    (waiting,) = done("codings", "review", "--json").json
    assert waiting["old"]["quote"] == "opaque"
    done("undo")
    (listed,) = done("codings", "list", "--json").json
    assert (listed["quote"], listed["review"]) == ("opaque", False)


def test_words_of_nobody_are_printed_too(tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("A morning in the shop.\n\nAda: Hello.\nBen: Hi.\nAda: So.\nBen: Yes.\n", encoding="utf-8")
    item = done("documents", "import", talk, "--json").json["documents"][0]["id"]
    shown = done("documents", "show", item).out.splitlines()
    assert [line for line in shown if line in ("A morning in the shop.", "Ada", "Hello.")][:3] == [
        "A morning in the shop.",
        "Ada",
        "Hello.",
    ]


def test_a_speaker_is_matched_to_a_person(zoom: Path) -> None:
    document = done("documents", "import", zoom, "--json").json["documents"][0]["id"]
    done("documents", "speaker", document, "Ines Vidal", "Ines Vidal")
    done("documents", "speaker", document, "Sam Reed", "--rename", "You")
    shown = done("documents", "show", document, "--json").json
    assert [(turn["speaker"], turn["person"]) for turn in shown["turns"]] == [
        ("You", None),
        ("Ines Vidal", "Ines Vidal"),
    ]
    assert terrain("documents", "speaker", document, "Nobody", "Ada").sentence.startswith(
        "There is no speaker “Nobody”"
    )


def test_a_document_in_the_trash_comes_back_with_its_codings(zoom: Path) -> None:
    document = done("documents", "import", zoom, "--json").json["documents"][0]["id"]
    done("codings", "add", document, 0, 4, "early")
    gone = done("codings", "add", document, 5, 9, "taken back before").out.strip()
    done("codings", "remove", gone)
    done("documents", "trash", document)
    assert done("codings", "list", "--json").json == []
    done("documents", "restore", document)
    assert [coding["code"] for coding in done("codings", "list", "--json").json] == ["early"]
    assert done("check").code == 0


def test_what_is_no_file_is_not_read_for_ever(zoom: Path) -> None:
    document = done("documents", "import", zoom, "--json").json["documents"][0]["id"]
    assert "is no file" in terrain("documents", "correct", document, "/dev/zero").sentence
    assert "cannot be read" in terrain("documents", "import", "a\0b.txt").sentence


def test_several_documents_go_to_the_trash_in_one_step(zoom: Path) -> None:
    ids = [done("documents", "import", zoom, "--json").json["documents"][0]["id"] for _ in range(2)]
    assert done("documents", "trash", *ids, ids[0], "--json").json == {"trashed": 2}
    assert done("documents", "list", "--json").json == []
    done("undo")
    assert len(done("documents", "list", "--json").json) == 2


def test_a_correction_of_an_older_version_undoes_nobody_elses(zoom: Path, tmp_path: Path) -> None:
    document = done("documents", "import", zoom, "--json").json["documents"][0]["id"]
    shown = done("documents", "show", document, "--json").json
    file = tmp_path / "mine.txt"
    file.write_text("First. " + shown["text"], encoding="utf-8")
    done("documents", "correct", document, file, "--on", shown["version"])
    file.write_text("Second. " + shown["text"], encoding="utf-8")
    assert "changed meanwhile" in terrain("documents", "correct", document, file, "--on", shown["version"]).sentence
    assert done("documents", "show", document, "--json").json["text"].startswith("First. ")
