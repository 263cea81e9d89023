"""Figures as people read them: thousands marked, the unit said, no more digits than mean something."""

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "KRW": "₩"}
MISSING = "–"
PLAIN_UNITS = {"", "count", "money"}
"""Units that are not said; ``money`` is an amount of which the file did not say the currency."""


def figure(value: float | None, unit: str = "count") -> str:
    """A value in a series' unit (see ``model.metrics.Series``): ``1,842``, ``16.9 %``, ``€ 12,340``, ``1 min 02 s``.

    A unit of no known kind follows the number. ``None`` prints as a dash.
    """
    if value is None:
        return MISSING
    if unit == "ratio":
        return f"{plain(value * 100, 1)} %"
    if unit == "seconds":
        return duration(value)
    if unit == "position":
        return plain(value, 1)
    sign = "−" if value < 0 else ""
    if unit == "money":
        # The file did not say of which currency.
        return f"{sign}{money(abs(value))}"
    if len(unit) == 3 and unit.isalpha() and unit.isupper():
        return f"{sign}{SYMBOLS.get(unit, unit)} {money(abs(value))}"
    number = plain(value, 0 if abs(value) >= 100 else 1)
    return number if unit in PLAIN_UNITS else f"{number} {unit}"


def plain(value: float, digits: int) -> str:
    """A number with thousands marked and at most ``digits`` decimals; a whole number shows none."""
    rounded = round(value, digits)
    text = f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.{digits}f}"
    return "0" if text == "-0" else text.replace("-", "−")


def money(value: float) -> str:
    """An amount: whole from a thousand up, with two decimals below unless it is whole."""
    if value >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}"


def duration(seconds: float) -> str:
    """``12 s``, ``1 min 02 s``, ``3 h 05 min``; less than ten seconds keep one decimal."""
    sign = "−" if seconds < 0 else ""
    seconds = abs(seconds)
    if seconds < 9.95:
        return f"{sign}{plain(seconds, 1)} s"
    whole = round(seconds)
    if whole < 60:
        return f"{sign}{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{sign}{minutes} min {rest:02d} s"
    hours, minutes = divmod(round(whole / 60), 60)
    return f"{sign}{hours:,} h {minutes:02d} min"
