"""Totals beside ratios: a ratio recomputed from the totals it divides, and options by total and by ratio.

The arithmetic of a stretch is that of ``series.py``: a point that an edge cuts is left out and counted, and a mean of
ratios is never given as a ratio.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations

from desktop_app.lenses.series import clip, ratio_over
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import EntryFacts, Figure
from desktop_app.model.links import End
from desktop_app.model.metrics import Point, Series
from desktop_app.model.totals import AmountSeen, Comparison, OptionSeen, RatioOver, RatioPoint, Total

Part = tuple[Series, Sequence[Point]]
"""A series with its points."""


def is_ratio(series: Series) -> bool:
    return series.unit == "ratio" or bool(series.numerator or series.denominator)


def ratio_of(
    above: Part, below: Part, start: str, end: str, entries: Figure, series: Series | None = None
) -> RatioOver:
    """A ratio over ``[start, end)`` from its two totals; without a ``series`` it is one made up on the spot.

    Raises :class:`Invalid` like :func:`check_parts` for one that cannot be made.
    """
    if series is None:
        check_parts(above[0], below[0])
    upper, lower = clip(above[1], start, end), clip(below[1], start, end)
    found = ratio_over(upper.points, lower.points)
    return RatioOver(
        series.id if series else "",
        series.label if series else f"{above[0].label} / {below[0].label}",
        series.source if series else "",
        series.unit if series else _unit(above[0], below[0]),
        above[0].grain,
        _total(above[0], found.numerator, len(upper.points), upper.cut),
        _total(below[0], found.denominator, len(lower.points), lower.cut),
        found.value,
        found.matched,
        _over_time(upper.points, lower.points),
        entries,
    )


def without_totals(series: Series, entries: Figure) -> RatioOver:
    """A ratio that cannot be recomputed for a stretch, as nobody has said what it divides."""
    return RatioOver(
        series.id, series.label, series.source, series.unit, series.grain, None, None, None, False, (), entries
    )


def check_parts(above: Series, below: Series) -> None:
    """Raises :class:`Invalid` where one does not add up, or where they are of two grains or two kinds of money."""
    if above.id == below.id:
        raise Invalid(message=f"“{above.label}” divided by itself is always 1; choose two series.")
    for part in (above, below):
        if is_ratio(part) or not part.additive:
            raise Invalid(message=f"“{part.label}” does not add up over time; choose two series of totals.")
    if above.grain != below.grain:
        raise Invalid(
            message=f"“{above.label}” is stated by {above.grain} and “{below.label}” by {below.grain};"
            " choose two series of one grain."
        )
    if above.unit != below.unit and "count" not in (above.unit, below.unit):
        raise Invalid(
            message=f"“{above.label}” is in {above.unit or 'no unit'} and “{below.label}” in"
            f" {below.unit or 'no unit'}; choose two series of one unit, or one that counts."
        )


def _unit(above: Series, below: Series) -> str:
    """How a made-up ratio reads: an amount for each thing counted, else a bare number."""
    return above.unit if below.unit == "count" and above.unit != "count" else ""


def _total(series: Series, value: float | None, points: int, cut: int) -> Total:
    return Total(series.id, series.label, series.unit, value, points, cut)


def _over_time(above: Iterable[Point], below: Iterable[Point]) -> tuple[RatioPoint, ...]:
    upper = {(point.start, point.end): point.value for point in above}
    lower = {(point.start, point.end): point.value for point in below}
    made = []
    for stretch in sorted(upper.keys() | lower.keys()):
        over, under = upper.get(stretch), lower.get(stretch)
        made.append(RatioPoint(*stretch, over, under, None if over is None or not under else over / under))
    return tuple(made)


# --- the entries behind -----------------------------------------------------------------------------------------------


def speaking_of(
    entries: Iterable[EntryFacts], series: set[str], linked: Iterable[tuple[str, End]], start: str, end: str
) -> list[str]:
    """The ids of entries that pin one of these series and touch ``[start, end)``, or are linked to a stretch of one
    that does. Over the whole time undated ones are among them. ``linked`` are an entry's id and the stretch."""
    first, last = _minute(start), _minute(end)

    def touches(begins: str, ends: str) -> bool:
        if not (start or end):
            return True
        return bool(begins) and (not last or _minute(begins) < last) and (not first or _minute(ends) > first)

    joined = {entry for entry, stretch in linked if stretch.id in series and touches(stretch.start, stretch.end)}
    return [
        entry.id
        for entry in entries
        if entry.id in joined or (not series.isdisjoint(entry.series) and touches(entry.start, entry.end))
    ]


def _minute(bound: str) -> str:
    """A bound in the form of those of entries, so that they compare as text."""
    return f"{bound}T00:00" if len(bound) == 10 else bound


# --- options of a decision -------------------------------------------------------------------------------------------


def seen_option(name: str, gained: AmountSeen | None, spent: AmountSeen | None) -> OptionSeen:
    """An option with what can be worked out of its two totals."""
    amounts = [amount for amount in (gained, spent) if amount is not None and amount.value is not None]
    units = {_same(amount.unit) for amount in amounts}
    differ = len(units) > 1
    unit = amounts[0].unit if amounts and not differ else ""
    net = ratio = returned = None
    if len(amounts) == 2 and not differ:
        brought, took = (amount.value or 0.0 for amount in amounts)
        net = brought - took
        if took > 0:
            ratio, returned = brought / took, net / took
    return OptionSeen(name, gained, spent, unit, net, ratio, returned, differ)


def compared(question: str, text: str, options: Sequence[OptionSeen]) -> Comparison:
    """Options side by side, in the order given."""
    full = [option for option in options if option.net is not None]
    differ = len({_same(option.unit) for option in full}) > 1 or any(option.units_differ for option in options)
    crossing = None if differ else _crossing([option for option in full if option.ratio is not None])
    return Comparison(question, text, tuple(options), differ, crossing)


def _same(unit: str) -> str:
    return unit.strip().casefold()


def _crossing(options: Sequence[OptionSeen]) -> tuple[str, str] | None:
    """Two options that stand one way round by total and the other way round by ratio: the largest of each where these
    are two, else the first such pair."""

    def cross(one: OptionSeen, other: OptionSeen) -> bool:
        return (one.net or 0.0) > (other.net or 0.0) and (one.ratio or 0.0) < (other.ratio or 0.0)

    if not options:
        return None
    top = max(options, key=lambda option: option.net or 0.0), max(options, key=lambda option: option.ratio or 0.0)
    pairs = [top, *permutations(options, 2)]
    return next(((one.name, other.name) for one, other in pairs if cross(one, other)), None)
