"""Worked examples as they were published, to their printed digits."""

from collections import Counter

import pytest

from desktop_app.lenses.agreement import agreement, reliability
from desktop_app.lenses.agreement.coefficients import fleiss_kappa, gwet_ac1, observed, tallied
from desktop_app.lenses.agreement.levels import Level
from desktop_app.model.agreement import Unit
from tests.lenses.agreement.texts import applied, contingency, laid_out


def rows(text: str) -> dict[str, list[str | None]]:
    """``A 1 2 *`` a line: a coder and the values of the units, ``*`` where there is none."""
    lines = (line.split() for line in text.strip().splitlines())
    return {coder: [None if value == "*" else value for value in values] for coder, *values in lines}


KRIPPENDORFF_2011 = rows("""
    A 1 2 3 3 2 1 4 1 2 * * *
    B 1 2 3 3 2 2 4 1 2 5 * 3
    C * 3 3 3 2 3 4 2 2 5 1 *
    D 1 2 3 3 2 4 4 1 2 5 1 *
""")
COHEN_1960 = contingency([[88, 14, 18], [10, 40, 10], [2, 6, 12]], "xyz")
GWET_2014_TWO = contingency([[13, 0, 0], [0, 20, 7], [0, 4, 56]], "ean")
GWET_2014_SIX = (
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031"  # raters per category
)
FIGURE_12_11 = {
    "Alex": "1-7:1 8-13:2 31-32:5 33-37:6 38-44:6 45-60:7",
    "Paul": "1-7:1 8-13:3 14-21:5 33-44:6",
    "Suzan": "1-7:1 8-13:4 14-21:5 33-37:6 38-41:6 42-44:6",
}


@pytest.mark.parametrize(
    ("level", "expected"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)]
)
def test_krippendorff_2011_at_each_level(level: Level, expected: float) -> None:
    found = reliability(KRIPPENDORFF_2011, level)
    assert found.krippendorff_alpha == pytest.approx(expected, abs=5e-7)
    assert found.n == 11
    assert found.interval is not None
    assert found.interval[0] < expected < found.interval[1]
    assert found.interval_of == "units"


def test_krippendorff_2011_laid_out_as_segments() -> None:
    found = agreement(laid_out(KRIPPENDORFF_2011, 10), {"d": 120}, "ABCD", Unit.SEGMENT)
    assert found.method == "categories"
    assert found.overall.krippendorff_alpha == pytest.approx(0.743421, abs=5e-7)
    assert found.overall.n == 11


@pytest.mark.parametrize("unit", [Unit.CHARACTER, Unit.SEGMENT])
def test_cohen_1960_as_units_of_one_character(unit: Unit) -> None:
    found = agreement(laid_out(COHEN_1960), {"d": 200}, ["Ada", "Ben"], unit)
    assert found.method == "categories"
    assert found.overall.n == 200
    assert found.overall.percent == pytest.approx(70)
    assert found.overall.cohen_kappa == pytest.approx(0.491525, abs=5e-7)
    assert found.overall.brennan_prediger == pytest.approx(0.55)


def test_gwet_2014_two_raters() -> None:
    found = reliability(GWET_2014_TWO)
    assert found.percent == pytest.approx(89)
    assert found.cohen_kappa == pytest.approx(0.7964094, abs=5e-8)
    assert found.scott_pi == pytest.approx(0.7962397, abs=5e-8)
    assert found.fleiss_kappa == pytest.approx(0.7962397, abs=5e-8)
    assert found.gwet_ac1 == pytest.approx(0.8493305, abs=5e-8)
    assert found.brennan_prediger == pytest.approx(0.835, abs=5e-4)
    assert found.krippendorff_alpha == pytest.approx(0.7972585, abs=5e-8)


def test_fleiss_1971_as_gwet_2014_has_it_with_six_raters() -> None:
    units = [[c for c, n in zip("abcde", row, strict=True) for _ in range(int(n))] for row in GWET_2014_SIX.split()]
    table: dict[str, list[str | None]] = {str(rater): [unit[rater] for unit in units] for rater in range(6)}
    found = reliability(table)
    assert found.percent == pytest.approx(55.11111)
    assert found.brennan_prediger == pytest.approx(0.4388889, abs=5e-8)
    assert found.gwet_ac1 == pytest.approx(0.4448, abs=5e-5)
    assert found.fleiss_kappa == pytest.approx(0.4139265, abs=5e-8)
    assert found.krippendorff_alpha == pytest.approx(0.4204384, abs=5e-8)


def test_fleiss_and_gwet_with_missing_values() -> None:
    tallies = tallied(
        Counter(
            tuple(int(value) if value else None for value in unit)
            for unit in zip(*KRIPPENDORFF_2011.values(), strict=True)
        )
    )
    assert observed(tallies) == pytest.approx(0.8181818, abs=5e-8)
    assert fleiss_kappa(tallies) == pytest.approx(0.76117, abs=5e-6)
    assert gwet_ac1(tallies, 5) == pytest.approx(0.77544, abs=5e-6)


def test_gwet_2014_four_raters_with_missing_values() -> None:
    found = reliability(KRIPPENDORFF_2011)
    assert found.percent == pytest.approx(81.818, abs=5e-4)
    assert found.brennan_prediger == pytest.approx(0.77273, abs=5e-6)
    assert found.gwet_ac1 == pytest.approx(0.77544, abs=5e-6)
    assert found.fleiss_kappa == pytest.approx(0.76117, abs=5e-6)


def test_nvivo_by_character() -> None:
    marks = [("Ada", "trust", 0, 150), ("Ben", "trust", 0, 50), ("Ben", "trust", 150, 200)]
    found = agreement(applied(marks), {"d": 1000}, ["Ada", "Ben"], Unit.CHARACTER)
    assert found.method == "pooled"
    assert found.overall == found.pooled
    assert found.codes[0].coefficients.percent == 85.0
    assert found.codes[0].coefficients.n == 1000
    assert found.codes[0].coefficients.cohen_kappa == pytest.approx(0.3182, abs=5e-5)
    assert found.codes[0].coefficients.prevalence == pytest.approx(0.125)


def test_krippendorff_2019_figure_12_11() -> None:
    marks = []
    for coder, units in FIGURE_12_11.items():
        for unit in units.split():
            bounds, value = unit.split(":")
            first, last = bounds.split("-")
            marks.append((coder, value, int(first) - 1, int(last)))
    found = agreement(applied(marks), {"d": 60}, list(FIGURE_12_11), Unit.CONTINUUM)
    assert found.method == "categories"
    assert found.overall.u_alpha == pytest.approx(0.50998, abs=5e-6)
    assert found.overall.krippendorff_alpha == found.overall.u_alpha
    assert found.overall.u_alpha_binary == pytest.approx(0.41360, abs=5e-6)
    assert found.overall.cu_alpha == pytest.approx(0.724, abs=5e-4)
    by_code = {row.code: row.coefficients.u_alpha for row in found.codes}
    assert by_code["1"] == by_code["6"] == 1
    assert found.overall.n == 60
    assert found.overall.interval_of == "stretches"
