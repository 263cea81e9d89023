"""The words of the foresight lens."""

from datetime import datetime

from desktop_app.model.calibration import Calibration, CalibrationBin
from desktop_app.model.entries import Result
from desktop_app.model.foresight import Reading, Silent, State, Statement, Verdict
from desktop_app.model.numbers import MISSING, figure, plain
from desktop_app.model.samples import days, iso
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr

RESULTS: dict[str, str] = {
    Result.YES: "came true",
    Result.PARTLY: "came true partly",
    Result.NO: "did not come true",
}
STATES = {State.DUE: "due", State.OPEN: "open"}


def percent(share: float) -> str:
    return f"{plain(share * 100, 1)} %"


def number(value: float | None) -> str:
    """A score, to three decimals."""
    return MISSING if value is None else f"{value:.3f}".replace("-", "−")


def counted(value: float) -> str:
    """``3``, or with halves ``3.5``."""
    return plain(value, 1)


def foresights(value: float | None) -> str:
    return count_text(int(value or 0), "{number} foresight", "{number} foresights")


def bin_words(one: CalibrationBin) -> str:
    """What a point of the diagram says."""
    band = tr("{low}–{high} % sure", low=plain(one.low * 100, 0), high=plain(one.high * 100, 0))
    if one.confidence is None or one.frequency is None or one.interval is None:
        return tr("{band}: nothing", band=band)
    return tr(
        "{band}: {hits} of {count} came true, {share}; the 95 % interval goes from {low} to {high}."
        " On average one was {sure} sure.",
        band=band,
        hits=counted(one.hits),
        count=one.count,
        share=percent(one.frequency),
        low=percent(one.interval[0]),
        high=percent(one.interval[1]),
        sure=percent(one.confidence),
    )


# --- statements -------------------------------------------------------------------------------------------------------


def state_words(one: Statement) -> str:
    if one.outcome is not None:
        return tr(RESULTS.get(one.outcome.result, one.outcome.result))
    return tr(STATES[one.state])


def statement_meta(one: Statement, reading: Reading | None) -> str:
    """``Jonas Reave · by June 2026 · 60 % sure · said 5 January 2026 · its check holds``"""
    parts = [one.who]
    if one.horizon:
        parts.append(tr("by {when}", when=describe(one.horizon).removeprefix("until ")))
    if one.confidence is not None:
        parts.append(tr("{share} sure", share=percent(one.confidence)))
    if one.created:
        parts.append(tr("written {when}", when=day_of(one.created)))
    if one.outcome is not None and one.outcome.resolved:
        parts.append(tr("resolved {when}", when=describe(one.outcome.resolved)))
    if reading is not None:
        parts.append(tr("its check: {words}", words=verdict_words(reading)))
    return " · ".join(part for part in parts if part)


def day_of(moment: str) -> str:
    return describe(datetime.fromisoformat(moment).astimezone().date().isoformat())


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


# --- tables and changes -----------------------------------------------------------------------------------------------


def score_words(name: str, made: Calibration) -> str:
    """What the scored ones of a group came to."""
    return tr(
        "{name}: {n} scored, {hits} came true, Brier score {brier}, skill {skill}",
        name=name,
        n=made.n,
        hits=counted(made.hits),
        brier=number(made.brier),
        skill=number(made.skill),
    )


def change_words(one: Silent) -> str:
    """``Trials rose from 43 to 61 about 3 March 2026``"""
    rose = "{name} rose from {before} to {after} about {when}"
    fell = "{name} fell from {before} to {after} about {when}"
    return tr(
        rose if one.place.after > one.place.before else fell,
        name=one.name,
        before=figure(one.place.before, one.unit),
        after=figure(one.place.after, one.unit),
        when=describe(one.place.at[:10]),
    )


def window_words(one: Silent) -> str:
    return tr("nothing written that came from {start} to {end}", start=_day(one.start), end=_day(one.end, -1))


def _day(text: str, shift: int = 0) -> str:
    return describe(iso(days(text) + shift)[:10])
