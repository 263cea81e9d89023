"""What the check of a foresight says, in words."""

from desktop_app.model.foresight import Reading, Verdict
from desktop_app.model.numbers import MISSING, figure, plain
from desktop_app.model.time import describe
from desktop_app.ui.i18n import tr


def verdict_words(reading: Reading) -> str:
    if reading.verdict is Verdict.HOLDS:
        return tr("holds")
    if reading.verdict is Verdict.FAILS:
        return tr("does not hold")
    if reading.name and reading.length is not None and reading.covered < reading.length:
        covered, length = plain(reading.covered, 1), plain(reading.length, 1)
        return tr("cannot be said yet, points cover {covered} of {length} days", covered=covered, length=length)
    return tr("cannot be said")


def reading_words(reading: Reading) -> str:
    """``Trials in Q1 2026: 1,316, asked ≥ 1,200. It holds.``, a ratio with the totals it divides."""
    value = figure(reading.value, reading.unit)
    if reading.numerator is not None or reading.denominator is not None:
        value += tr(" ({above} of {below})", above=figure(reading.numerator), below=figure(reading.denominator))
    sign = {">=": "≥", "<=": "≤"}.get(reading.check.comparison, reading.check.comparison)
    return tr(
        "Its check: {name} in {period} is {value}, asked {sign} {limit}: {verdict}.",
        name=reading.name or tr("a series that is not here"),
        period=describe(reading.check.period) if reading.check.period else MISSING,
        value=value,
        sign=sign,
        limit=figure(reading.check.value, reading.unit),
        verdict=verdict_words(reading),
    )
