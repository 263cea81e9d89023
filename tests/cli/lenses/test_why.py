"""lens why, as programs and people read it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture
def trials(notebook: Path, tmp_path: Path) -> str:
    """Daily trials, 31 until 7 December 2025 and 22 from then on; the id of the series."""
    path = tmp_path / "trials.csv"
    swing = (0, 2, -1, 1, -2)
    rows = "".join(
        f"{date(2025, 9, 1) + timedelta(day)},{(31 if day < 98 else 22) + swing[day * day % 5]}\n" for day in range(180)
    )
    path.write_text(f"Date,Trials started\n{rows}", encoding="utf-8")
    done("metrics", "import", path)
    return str(done("metrics", "list", "--json").json[0]["series"])


def test_a_place_is_told_in_json(trials: str) -> None:
    data = done("lens", "why", "--json").json
    assert (data["open"], data["dismissed"], data["effects"]) == (1, 0, [])
    (place,) = data["places"]
    assert (place["series"], place["name"], place["at"], place["kind"]) == (
        trials,
        "Trials started",
        "2025-12-08",
        "shift",
    )
    assert (place["before"], place["after"], place["open"], place["reasons"]) == (31, 22, True, [])
    assert (place["totals"], place["dismissed"], place["questions"]) == (None, None, [])
    assert done("search", place["query"], "--json").json["total"] == 0


def test_a_place_is_dismissed_and_asked_about_again(trials: str) -> None:
    made = done("lens", "why", "--dismiss", "Trials started@8 December 2025", "--note", "A holiday", "--json").json
    assert (made["series"], made["at"]) == (trials, "2025-12-08")
    data = done("lens", "why", "--json").json
    assert (data["open"], data["dismissed"], data["reasoned"]) == (0, 1, 0)
    (place,) = data["places"]
    assert place["dismissed"] == {"id": made["id"], "note": "A holiday"}
    assert not place["open"]
    assert "dismissed" in done("lens", "why").out
    done("undo")
    assert done("lens", "why", "--json").json["open"] == 1
    done("redo")
    assert done("lens", "why", "--take-back", f"{trials}@2025-12", "--json").json["taken_back"] == 1
    assert done("lens", "why", "--json").json["open"] == 1


def test_what_cannot_be_meant_is_refused(trials: str) -> None:
    for words, sentence in (
        (("--dismiss", "Trials started"), "names no place"),
        (("--dismiss", "@2025-12-08"), "names no place"),
        (("--dismiss", "Trials started@2026-02"), "has no place at 2026-02"),
        (("--take-back", "Trials started@2025-12-08"), "There is no dismissed place"),
        (("--series", "Nothing"), "There is no series"),
        (("--query", "colour:red"), "colour"),
    ):
        refused = terrain("lens", "why", *words)
        assert refused.code == 1
        assert sentence in refused.sentence
    assert terrain("lens", "why", "--dismiss", "a@b", "--take-back", "a@b").code == 2
    assert terrain("lens", "why", "--note", "alone").code == 2


def test_as_a_table_and_as_a_file(trials: str, tmp_path: Path) -> None:
    out = done("lens", "why", "--series", "Trials started").out
    assert "nobody has said why" in out
    assert "says nothing of why" in out
    done("lens", "why", "--out", tmp_path / "why.csv")
    assert (tmp_path / "why.csv").read_text(encoding="utf-8-sig").count("\n") == 2
    windows = Windows()
    assert terrain("lens", "why", "--out", tmp_path / "why.svg", launcher=windows).code == 0
    assert windows.asked == [("draw", "why", tmp_path / "why.svg")]


def test_of_an_empty_notebook_nothing_is_invented(notebook: Path) -> None:
    data = done("lens", "why", "--json").json
    assert (data["places"], data["effects"], data["open"]) == ([], [], 0)
    done("lens", "why")
