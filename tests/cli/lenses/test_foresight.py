"""lens foresight and resolve, as programs and people read them."""

import pytest

from tests.cli.terminal import done, terrain


@pytest.fixture
def said(notebook, export) -> dict[str, str]:
    """A foresight with a check that holds, one without, one resolved; ids by word."""
    done("metrics", "import", export)
    check = ("--check", "Sessions >= 775 in 2026-01")
    return {
        "checked": done("add", "Many", "--horizon", "2026-01", "--confidence", "0.7", *check, "--json").json["id"],
        "open": done("add", "Later", "--horizon", "2099", "--confidence", "0.4", "--json").json["id"],
        "no": done("add", "Wrong", "--confidence", "0.6", "--outcome", "no", "--json").json["id"],
        "partly": done("add", "So so", "--confidence", "0.6", "--outcome", "partly", "--json").json["id"],
    }


def test_a_check_is_taken_by_command(said):
    due = done("lens", "foresight", "--json").json["due"]
    assert [(one["id"], one["check_says"]["verdict"], one["check_says"]["value"]) for one in due] == [
        (said["checked"], "holds", 775)
    ]
    made = done("resolve", said["checked"], "--by-check", "--json").json
    assert (made["id"], made["outcome"]) == (said["checked"], "yes")
    assert "775 (total of 31 points)" in made["note"]
    assert done("lens", "foresight", "--json").json["due"] == []


def test_a_person_says_it_by_command(said):
    ran = done("resolve", said["open"], "partly", "--note", "Half of it", "--resolved", "2026-03-01")
    assert ran.out == "partly  Half of it\n"
    outcome = done("show", said["open"], "--json").json["outcome"]
    assert outcome == {"result": "partly", "resolved": "2026-03-01", "note": "Half of it"}


def test_a_check_that_says_nothing_resolves_nothing(said):
    refused = terrain("resolve", said["open"], "--by-check")
    assert (refused.code, "has no check on a series" in refused.sentence) == (1, True)
    for words in ((), ("yes", "--by-check"), ("--by-check", "--resolved", "2026")):
        assert terrain("resolve", said["open"], *words).code == 2


def test_every_figure_names_its_query(said):
    data = done("lens", "foresight", "--query", "kind:foresight", "--json").json
    assert set(data) >= {
        "statements",
        "due",
        "calibration",
        "left_out",
        "by_person",
        "by_perspective",
        "by_scale",
        "unforeseen_by_indicators",
        "indicators",
    }
    score = data["calibration"]
    assert (score["n"], score["hits"], score["base_rate"], score["skill"]) == (1, 0, 0, None)
    assert score["brier"] == pytest.approx(0.36)
    assert len(score["bins"]) == 10
    assert score["bins"][0]["observed"] is None
    assert score["bins"][6]["query"] == (
        "kind:foresight kind:foresight confidence:0.6..0.7 -confidence:0.7 outcome:yes,no"
    )
    counted = [*data["states"].values(), *data["left_out"].values(), {"count": score["n"], "query": score["query"]}]
    counted += [group["foresights"] for group in data["by_person"]]
    counted += data["unforeseen_by_indicators"].values()
    for figure in counted:
        assert done("search", figure["query"], "--json").json["total"] == figure["count"], figure
    assert data["left_out"]["partly"]["count"] == 1


def test_partly_as_half(said):
    score = done("lens", "foresight", "--partly-half", "--json").json["calibration"]
    assert (score["n"], score["hits"]) == (2, 0.5)
    assert score["brier"] == pytest.approx((0.36 + 0.01) / 2)


def test_as_a_table_and_as_a_file(said, tmp_path):
    out = done("lens", "foresight").out
    assert "1 scored, 0 of them came true." in out
    assert "say little yet" in out
    done("lens", "foresight", "--out", tmp_path / "foresight.csv")
    assert (tmp_path / "foresight.csv").read_text(encoding="utf-8-sig").count("\n") == 5
    assert terrain("lens", "foresight", "--days", "0").code == 1


def test_of_an_empty_notebook_nothing_is_invented(notebook):
    data = done("lens", "foresight", "--json").json
    score = data["calibration"]
    assert (score["n"], score["brier"], score["base_rate"]) == (0, None, None)
    assert "0 scored" in done("lens", "foresight").out
