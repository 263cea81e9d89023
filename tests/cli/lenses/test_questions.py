"""lens questions and questions brief."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture
def question(notebook: Path) -> str:
    item: str = done("questions", "add", "Why did trials fall?", "--when", "2026-03-02", "--json").json["id"]
    entry = done("add", "“Too dear”", "--kind", "quote", "--scale", "week", "--perspective", "holistic", "--json").json
    done("questions", "gather", item, entry["id"], "--against")
    return item


def test_each_figure_names_the_query_behind_it(question: str) -> None:
    (found,) = done("lens", "questions", "--json").json["questions"]
    assert (found["id"], found["text"], found["open"], found["asked"]) == (
        question,
        "Why did trials fall?",
        True,
        "2026-03-02",
    )
    for side, count in (("for", 0), ("against", 1), ("undecided", 0)):
        one = found["evidence"][side]
        assert (one["count"], one["pieces"]) == (count, count)
        assert done("search", one["query"], "--json").json["total"] == count
    assert (found["filled"], found["blind_spots"]) == (1, 55)
    assert "Why did trials fall?" in done("lens", "questions").out


def test_a_brief_is_printed_and_written(question: str, tmp_path: Path) -> None:
    assert done("questions", "brief", question).out.startswith("# Why did trials fall?")
    out = tmp_path / "brief.html"
    done("questions", "brief", question, "--out", str(out))
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "not .docx" in terrain("questions", "brief", question, "--out", str(tmp_path / "brief.docx")).sentence
    assert not (tmp_path / "brief.docx").exists()


def test_a_pdf_is_made_by_the_window(question: str, tmp_path: Path) -> None:
    windows = Windows()
    out = tmp_path / "brief.pdf"
    terrain("questions", "brief", question, "--out", str(out), launcher=windows)
    assert out.read_bytes() == b"%PDF-"
    assert [asked[0] for asked in windows.asked] == ["print"]
