"""agreement and differences: published examples to their printed digits, from codings and from tables."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")

KRIPPENDORFF_2011 = {
    "A": "1 2 3 3 2 1 4 1 2 * * *",
    "B": "1 2 3 3 2 2 4 1 2 5 * 3",
    "C": "* 3 3 3 2 3 4 2 2 5 1 *",
    "D": "1 2 3 3 2 4 4 1 2 5 1 *",
}
FIGURE_12_11 = {
    "Alex": "1-7:1 8-13:2 31-32:5 33-37:6 38-44:6 45-60:7",
    "Paul": "1-7:1 8-13:3 14-21:5 33-44:6",
    "Suzan": "1-7:1 8-13:4 14-21:5 33-37:6 38-41:6 42-44:6",
}


def document(folder: Path, text: str) -> str:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    return str(done("documents", "import", path, "--json").json["documents"][0]["id"])


def code(item: str, coder: str, start: int, end: int, name: str) -> None:
    done("codings", "add", item, start, end, name, "--coder", coder)


def test_nvivo_by_character(tmp_path: Path) -> None:
    item = document(tmp_path, "🙂" + "x" * 998 + ".")
    code(item, "Ada", 1, 151, "trust")
    code(item, "Ben", 1, 51, "trust")
    code(item, "Ben", 151, 201, "trust")
    report = done("agreement", "--coders", "Ada,Ben", "--json").json
    assert (report["coders"], report["unit"]) == (["Ada", "Ben"], "character")
    (trust,) = report["codes"]
    assert (trust["code"], trust["n"], trust["percent"]) == ("trust", 1000, 85.0)
    assert trust["cohen_kappa"] == pytest.approx(0.3182, abs=5e-5)
    assert report["overall"]["cohen_kappa"] == trust["cohen_kappa"]
    low, high = trust["interval"]
    assert low < trust["krippendorff_alpha"] < high
    assert "0.318" in done("agreement").out


def test_cohen_1960_as_characters(tmp_path: Path) -> None:
    rows = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    item = document(tmp_path, "x" * 200)
    at = 0
    for one, row in enumerate(rows):
        for other, count in enumerate(row):
            code(item, "A", at, at + count, f"c{one}")
            code(item, "B", at, at + count, f"c{other}")
            at += count
    overall = done("agreement", "--json").json["overall"]
    assert overall["method"] == "categories"
    assert overall["percent"] == pytest.approx(70)
    assert overall["cohen_kappa"] == pytest.approx(0.491525, abs=5e-7)


def test_krippendorff_2011_as_segments_with_missing_values(tmp_path: Path) -> None:
    item = document(tmp_path, "x" * 120)
    for coder, values in KRIPPENDORFF_2011.items():
        for unit, value in enumerate(values.split()):
            if value != "*":
                code(item, coder, unit * 10, unit * 10 + 9, f"v{value}")
    report = done("agreement", "--unit", "segment", "--coders", "D,C,B,A", "--json").json
    assert report["overall"]["krippendorff_alpha"] == pytest.approx(0.743421, abs=5e-7)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_krippendorff_2011_as_a_table(tmp_path: Path, level: str, alpha: float) -> None:
    path = tmp_path / "ratings.csv"
    rows = zip(*(values.split() for values in KRIPPENDORFF_2011.values()), strict=True)
    lines = [",".join(["unit", *KRIPPENDORFF_2011]), *(f"{unit}," + ",".join(row) for unit, row in enumerate(rows, 1))]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = done("agreement", "--table", path, "--level", level, "--json").json
    assert report["coders"] == ["A", "B", "C", "D"]
    assert report["overall"]["krippendorff_alpha"] == pytest.approx(alpha, abs=5e-7)


def test_krippendorff_2019_as_a_continuum(tmp_path: Path) -> None:
    item = document(tmp_path, "x" * 60)
    for coder, units in FIGURE_12_11.items():
        for unit in units.split():
            stretch, value = unit.split(":")
            first, last = map(int, stretch.split("-"))
            code(item, coder, first - 1, last, value)
    overall = done("agreement", "--unit", "continuum", "--json").json["overall"]
    assert overall["u_alpha"] == overall["krippendorff_alpha"] == pytest.approx(0.50998, abs=5e-6)
    assert overall["u_alpha_binary"] == pytest.approx(0.41360, abs=5e-6)
    assert overall["cu_alpha"] == pytest.approx(0.724, abs=5e-4)


@pytest.mark.parametrize("unit", ["character", "segment", "continuum"])
def test_what_is_undefined_is_null(tmp_path: Path, unit: str) -> None:
    item = document(tmp_path, "Nothing much is said here.")
    code(item, "Ada", 0, 7, "x")
    report = done("agreement", "--coders", "Ada,Nobody", "--unit", unit, "--json").json
    assert {row["krippendorff_alpha"] for row in [*report["codes"], report["overall"]]} == {None}
    assert report["overall"]["cohen_kappa"] is None
    assert "n/a" in done("agreement", "--coders", "Ada,Nobody", "--unit", unit).out
    empty = done("agreement", "--coders", "Nobody,Else", "--json").json
    assert (empty["codes"], empty["overall"]["n"]) == ([], 0)


def test_the_places_where_coders_differ_are_listed(tmp_path: Path) -> None:
    item = document(tmp_path, "The price was fine. The invoice was not.")
    code(item, "Ada", 20, 31, "opaque")
    code(item, "Ben", 24, 31, "opaque")
    (one,) = done("differences", "--json").json
    assert (one["quote"], one["coders_with"], one["coders_without"], one["settled"]) == (
        "The ",
        ["Ada"],
        ["Ben"],
        False,
    )
    assert "Ada yes, Ben no" in done("differences").out


def test_wrong_tables_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("unit,A\n1,2\n", encoding="utf-8")
    assert "two coders" in terrain("agreement", "--table", path).sentence
    path.write_text("unit,A,B\n1,2,x\n2,3,3\n", encoding="utf-8")
    assert "“x”" in terrain("agreement", "--table", path, "--level", "interval").sentence
