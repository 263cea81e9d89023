"""lens off-map: its JSON is a promise, its text is for people, and what cannot be read is refused in one line."""

from pathlib import Path

import pytest

from tests.cli.terminal import Windows, done, terrain


@pytest.fixture
def flood(notebook: Path, export: Path) -> str:
    """A notebook with one surprise in January, what came after it, a series and two ways; the surprise's id."""
    flood = done(
        "add", "Water in the cellar", "--surprise", "--when", "2026-01-10", "--scale", "day", "--kind", "event"
    ).out.strip()
    done("add", "What the plumber said", "--when", "2026-01-12", "--speaker", "Omar Reyes", "--scale", "year")
    done("add", "Later", "--when", "2026-03-12", "--speaker", "Ines Vidal")
    done("metrics", "import", export)
    return flood


def test_the_json_holds_every_figure_with_its_query(flood: str) -> None:
    found = done("lens", "off-map", "--within", "1 week", "--json").json
    (surprise,) = found["surprises"]
    assert (surprise["id"], surprise["heading"], surprise["occurred"]) == (flood, "Water in the cellar", "2026-01-10")
    touched = surprise["touched"]
    assert touched["entries"]["count"] == 1
    assert [(one["name"], one["count"]) for one in touched["people"]] == [("Omar Reyes", 1)]
    assert done("search", touched["entries"]["query"], "--json").json["total"] == 1
    assert (touched["links"], touched["metrics"]) == ([], [])
    assert (found["within_days"], found["marked"]) == (7, {"value": 1, "query": "is:surprise"})
    rate = found["rate"]
    assert (rate["start"], rate["end"], rate["stretch"]) == ("2026-01-10T00:00", "2026-03-13T00:00", "entries")
    assert (rate["count"], rate["days"]) == (1, 62)
    assert rate["per_year"]["low"] == pytest.approx(0.0253178 * 365.2425 / 62, rel=1e-4)
    assert rate["waiting_days"]["median"]["value"] is None
    assert (found["paths"], found["straight"]["count"], found["transitions"]) == ([], 0, [])


def test_scales_and_queries_narrow(flood: str) -> None:
    found = done("lens", "off-map", "--scale", "day", "--json").json
    assert found["surprises"][0]["touched"]["entries"]["count"] == 0
    assert done("lens", "off-map", "--query", "speaker:Omar", "--json").json["surprises"] == []
    assert done("lens", "off-map", "--query", "in:2026-02", "--json").json["rate"]["stretch"] == "query"


def test_the_text_says_what_a_person_asks(flood: str) -> None:
    told = done("lens", "off-map").out
    assert "Water in the cellar" in told
    assert "1 from 2026-01-10 to 2026-03-12 (from the first to the last entry dated to a year or closer)" in told
    assert "within 14 d" in told


def test_an_empty_notebook_is_no_trouble(notebook: Path) -> None:
    assert done("lens", "off-map", "--json").json["rate"]["per_year"] is None
    assert "Everything" in done("lens", "off-map").out


def test_it_is_written_to_files(flood: str, tmp_path: Path) -> None:
    done("lens", "off-map", "--within", "1 day", "--out", tmp_path / "register.csv")
    lines = (tmp_path / "register.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith(f"{flood},event,Water in the cellar,2026-01-10,2026-01-10T00:00,day,,0,")
    windows = Windows()
    assert terrain("lens", "off-map", "--out", tmp_path / "ways.svg", launcher=windows).code == 0
    assert windows.asked == [("draw", "off-map", tmp_path / "ways.svg")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--within", "a while"), "“a while” is no length of time"),
        (("--within", "3 years"), "1 day to 2 years"),
        (("--scale", "fortnight"), "fortnight"),
        (("--query", "wher:here"), "wher"),
    ],
)
def test_what_cannot_be_read_is_refused(notebook: Path, words: tuple[str, ...], says: str) -> None:
    ran = terrain("lens", "off-map", *words)
    assert ran.code == 1
    assert says in ran.sentence
