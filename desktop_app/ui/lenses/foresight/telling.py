"""The words of the foresight lens."""

from datetime import datetime

from desktop_app.model.calibration import Calibration, CalibrationBin
from desktop_app.model.entries import Result
from desktop_app.model.foresight import Reading, Silent, State, Statement
from desktop_app.model.numbers import MISSING, figure, plain
from desktop_app.model.samples import days, iso
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets.checks import verdict_words

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
