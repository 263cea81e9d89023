"""Tables of reliability data: levels of measurement, gaps, and what cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.lenses.agreement import reliability
from desktop_app.lenses.agreement.levels import Level
from desktop_app.model.agreement import Coefficients
from desktop_app.model.errors import Invalid

values = st.one_of(st.none(), st.integers(0, 4).map(str))


def by_pairs(table: dict[str, list[str | None]], level: str) -> float | None:
    """α straight from its definition: 1 − D_o/D_e over all pairs of pairable values."""
    units = [[float(value) for value in unit if value is not None] for unit in zip(*table.values(), strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    every = [value for unit in units for value in unit]

    def distance(one: float, other: float) -> float:
        if level == "interval":
            return (one - other) ** 2
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2 if one + other else 0.0
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in every)
        return (between - (every.count(low) + every.count(high)) / 2) ** 2 if low != high else 0.0

    seen = sum(sum(distance(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in units)
    expected = sum(distance(a, b) for a in every for b in every)
    return 1 - (len(every) - 1) * seen / expected if expected else None


@given(
    st.sampled_from(["ordinal", "interval", "ratio"]),
    st.integers(1, 8).flatmap(lambda n: st.lists(st.lists(values, min_size=n, max_size=n), min_size=2, max_size=4)),
)
def test_each_level_is_its_definition(level: Level, rows: list[list[str | None]]) -> None:
    table = {str(place): row for place, row in enumerate(rows)}
    assert reliability(table, level, resamples=0).krippendorff_alpha == pytest.approx(by_pairs(table, level))


def test_years_lose_no_digits() -> None:
    table = {"A": ["2020", "2021", "2022", "2023"], "B": ["2020", "2021", "2023", "2023"]}
    small = {coder: [str(int(year) - 2019) for year in row if year] for coder, row in table.items()}
    far = reliability(table, "interval").krippendorff_alpha
    assert far == pytest.approx(reliability(small, "interval").krippendorff_alpha, rel=1e-12)


def test_two_spellings_of_a_number_are_one_value() -> None:
    found = reliability({"A": ["1", "2"], "B": ["1.0", "2"]}, "interval")
    assert found.krippendorff_alpha == 1
    assert found.percent == 100


def test_no_variation_and_no_data_are_undefined() -> None:
    assert reliability({}) == Coefficients()
    assert reliability({"A": [None], "B": ["1"]}) == Coefficients()
    for level in ("nominal", "ordinal", "interval", "ratio"):
        found = reliability({"A": ["1", "1"], "B": ["1", "1"]}, level)
        assert (found.krippendorff_alpha, found.interval, found.cohen_kappa) == (None, None, None)


@pytest.mark.parametrize(
    ("level", "value", "says"),
    [
        ("ordinal", "high", "“high” cannot be compared as ordinal; write a number, or compare as nominal."),
        ("interval", "nan", "“nan” cannot be compared as interval; write a number, or compare as nominal."),
        ("ratio", "-1", "“-1” cannot be compared as ratio; write a number from 0 up, or compare as nominal."),
    ],
)
def test_values_that_the_level_cannot_compare(level: Level, value: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        reliability({"A": ["1", value], "B": ["1", "2"]}, level)


def test_rows_of_unequal_length() -> None:
    with pytest.raises(Invalid, match="different numbers of units"):
        reliability({"A": ["1"], "B": ["1", "2"]})
