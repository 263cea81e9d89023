"""Figures as people read them."""

import pytest

from desktop_app.model.numbers import figure


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1842, "count", "1,842"),
        (0, "count", "0"),
        (-0.0, "count", "0"),
        (12.34, "count", "12.3"),
        (-1234.5, "count", "−1,234"),
        (0.1688, "ratio", "16.9 %"),
        (0.5, "ratio", "50 %"),
        (1, "ratio", "100 %"),
        (12340.4, "EUR", "€ 12,340"),
        (381.07, "EUR", "€ 381.07"),
        (381, "EUR", "€ 381"),
        (-1500, "USD", "−$ 1,500"),
        (9, "CHF", "CHF 9"),
        (-49724.2, "money", "−49,724"),
        (62, "seconds", "1 min 02 s"),
        (59.6, "seconds", "1 min 00 s"),
        (4.26, "seconds", "4.3 s"),
        (42, "seconds", "42 s"),
        (3 * 3600 + 299, "seconds", "3 h 05 min"),
        (6.24, "position", "6.2"),
        (1234, "bags", "1,234 bags"),
        (None, "count", "–"),
    ],
)
def test_figures(value: float | None, unit: str, text: str) -> None:
    assert figure(value, unit) == text
