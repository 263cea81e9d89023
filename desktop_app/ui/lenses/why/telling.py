"""Places, reasons and effects in words. Makes texts and rows, no widgets."""

from datetime import datetime

from desktop_app.model.metrics import Grain, Series
from desktop_app.model.numbers import MISSING, figure
from desktop_app.model.places import PlaceKind
from desktop_app.model.samples import days
from desktop_app.model.time import describe
from desktop_app.model.why import Effect, Ledger, Reason, Side, Totals, Why, WhyPlace
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets.row_list import Row
from desktop_app.ui.widgets.time_axis import stretch_name

BASIS_WORDS = {
    "told": "{number} told",
    "observed": "{number} observed",
    "correlated": "{number} correlated",
    "guessed": "{number} guessed",
    "": "{number} without a basis",
}
BASIS_MEANS = {
    "told": "told: a customer gave this reason",
    "observed": "observed: we saw it",
    "correlated": "correlated: numbers moved together",
    "guessed": "guessed",
    "": "nobody has said how we know it",
}
RELATION_WORDS = {
    "explains": "says why",
    "supports": "speaks for it",
    "contradicts": "speaks against it",
    "mentions": "mentions it",
}
PER = {
    Grain.HOUR: "an hour",
    Grain.DAY: "a day",
    Grain.WEEK: "a week",
    Grain.MONTH: "a month",
    Grain.QUARTER: "a quarter",
    Grain.YEAR: "a year",
}
EFFECT_KINDS = {
    "series": "a stretch of a series",
    "step": "a step of somebody's way",
    "note": "a note",
    "quote": "a quote",
    "event": "an event",
    "foresight": "a foresight",
    "person": "a person",
    "organisation": "an organisation",
    "document": "a document",
    "coding": "a coding",
    "code": "a code",
    "memo": "a memo",
    "question": "a question",
}


# --- places -----------------------------------------------------------------------------------------------------------


def when_words(place_at: str, grain: Grain) -> str:
    """``8 December 2025``; of a month, quarter or year the whole of it."""
    if grain == Grain.MONTH:
        return describe(place_at[:7])
    if grain == Grain.YEAR:
        return describe(place_at[:4])
    if grain == Grain.QUARTER:
        return describe(f"{place_at[:4]}-{33 + (int(place_at[5:7]) - 1) // 3}")
    return describe(place_at)


def level(value: float, series: Series) -> str:
    """``31 a day``; of what does not add up the figure alone."""
    shown = figure(value, series.unit)
    return f"{shown} {tr(PER[series.grain])}" if series.additive and series.grain in PER else shown


def place_words(one: WhyPlace) -> str:
    """``Trials started changed about 8 December 2025: 31 a day before, 22 a day after.``"""
    place, series = one.place, one.series
    parts = {
        "name": series.label,
        "when": when_words(place.at, series.grain),
        "before": level(place.before, series),
        "after": level(place.after, series),
    }
    if is_bare_ratio(one):
        return tr("{name} changed about {when}; there are no totals before it to compare.", **parts)
    if place.kind == PlaceKind.SPIKE:
        return tr("{name} stood out about {when}: {after}, and {before} around it.", **parts)
    return tr("{name} changed about {when}: {before} before, {after} after.", **parts)


def is_bare_ratio(one: WhyPlace) -> bool:
    """Whether it is a ratio without its totals, which is not told."""
    return one.totals is None and (one.series.unit == "ratio" or one.series.numerator is not None)


def swing_words(one: WhyPlace) -> str:
    """How far the series usually lies from its level, and in which stretch a reason is looked for."""
    return tr(
        "A place to ask, not a finding: a point usually lies about {swing} from its level. Reasons are what is linked "
        "to days of {when}.",
        swing=figure(one.place.swing, one.series.unit),
        when=stretch_words(one.place.start, one.place.end),
    )


def stretch_words(start: str, end: str) -> str:
    try:
        return stretch_name(days(start), days(end))
    except ValueError:
        return f"{start} – {end}"


def totals_words(totals: Totals) -> tuple[str, str]:
    """The totals of a ratio before and after, a line each."""
    return (
        tr("Before: {told}", told=_side_words(totals, totals.before)),
        tr("After: {told}", told=_side_words(totals, totals.after)),
    )


def _side_words(totals: Totals, side: Side) -> str:
    above, below = figure(side.numerator, totals.numerator_unit), figure(side.denominator, totals.denominator_unit)
    share = MISSING if side.value is None else figure(side.value, "ratio")
    names = f"{above} {totals.numerator} / {below} {totals.denominator}"
    return tr("{names} = {share}, {when}", names=names, share=share, when=stretch_words(side.start, side.end))


def said_words(ledger: Ledger) -> str:
    """``3 told, 1 guessed``, or ``nobody has said why``."""
    counts = []
    for basis, found in ledger.by_basis.items():
        words = BASIS_WORDS.get(basis, "{number} " + basis)
        counts.append(count_text(int(found.value or 0), words, words))
    return ", ".join(counts) or tr("nobody has said why")


def state_words(one: WhyPlace) -> str:
    """What is known of a place, in a few words."""
    if one.dismissal is not None:
        return tr("dismissed")
    return said_words(one.ledger)


def asked_words(one: WhyPlace) -> str:
    """Whom to ask, where somebody has noted that."""
    waiting = [asked for asked in one.questions if asked.is_open]
    names = [asked.whom for asked in waiting if asked.whom]
    if names:
        return tr("to ask: {names}", names=", ".join(dict.fromkeys(names)))
    return tr("a question is open") if waiting else ""


def tension_words(ledger: Ledger) -> list[str]:
    """Where reasons do not go together, a sentence each."""
    said = []
    if ledger.is_told_against_guessed:
        said.append(
            tr(
                "Customers told {told}; we guessed {guessed}. A reason that a customer gave is the strongest.",
                told=count_text(ledger.told, "{number} reason", "{number} reasons"),
                guessed=count_text(ledger.guessed, "{number}", "{number}"),
            )
        )
    elif ledger.is_competing:
        count = count_text(int(ledger.causes.value or 0), "{number} reason stands", "{number} reasons stand")
        said.append(tr("{count} side by side.", count=count))
    if ledger.is_disputed:
        said.append(tr("Some of what is written here contradicts the rest; it is marked."))
    return said


# --- reasons ----------------------------------------------------------------------------------------------------------


def reason_words(reason: Reason) -> str:
    """How it is known, what it does, who said it and when."""
    basis = tr(BASIS_MEANS.get(reason.basis, reason.basis))
    who = ", ".join(part for part in (reason.speaker, reason.org) if part)
    parts = (basis, tr(RELATION_WORDS.get(reason.relation, reason.relation)), who, describe(reason.occurred))
    return " · ".join(part for part in parts if part)


def restated_words(reason: Reason, unit: str) -> str:
    """``Then 214, now 221 by “june.csv”, imported 3 March 2026: restated.``, or the figure as it stood."""
    if reason.then is None:
        return ""
    then = figure(reason.then, unit)
    when = stretch_words(reason.start, reason.end)
    if not reason.is_restated:
        now = "" if reason.standing.now is not None else " " + tr("The series has no figure for it any more.")
        return tr("Linked to {when}: {then}.", when=when, then=then) + now
    # Two figures that differ must not print alike.
    now = figure(reason.standing.now, unit)
    if now == then:
        then, now = f"{reason.then:,.6g}", f"{reason.standing.now:,.6g}"
    if not reason.standing.since:
        return tr("Linked to {when}: then {then}, now {now}: restated.", when=when, then=then, now=now)
    return tr(
        "Linked to {when}: then {then}, now {now}: restated by “{file}”, imported {day}.",
        when=when,
        then=then,
        now=now,
        file=reason.standing.file,
        day=describe(_local_day(reason.standing.since)),
    )


def _local_day(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().date().isoformat()


# --- effects ----------------------------------------------------------------------------------------------------------


def effect_words(effect: Effect) -> str:
    """What kind of thing it is, and when."""
    kind = tr(EFFECT_KINDS.get(effect.entry_kind if effect.kind == "entry" else effect.kind, effect.kind))
    steps = ", ".join(f"{step.name}: {tr(step.stage)}" for step in effect.steps)
    when = stretch_words(effect.start, effect.end) if effect.kind == "series" else ""
    return " · ".join(part for part in (kind, steps, when) if part)


# --- the list ---------------------------------------------------------------------------------------------------------


def place_id(one: WhyPlace) -> str:
    return f"place {one.series.id} {one.place.at}"


def effect_id(effect: Effect) -> str:
    return f"effect {effect.kind} {effect.id} {effect.start} {effect.end}"


def rows(found: Why, typed: str) -> list[Row]:
    """Places whose series or reasons hold what was typed, open ones first; then what is explained."""
    made: list[Row] = []
    for heading, places in (
        (tr("Nobody has said why"), found.open),
        (tr("With reasons"), found.reasoned),
        (tr("Dismissed"), found.dismissed),
    ):
        these = [_place_row(one) for one in places if _fits(typed, one.series.label, one.ledger)]
        made += _under(heading, these)
    effects = [_effect_row(one) for one in found.effects if _fits(typed, one.label, one.ledger)]
    return made + _under(tr("What is explained"), effects)


def _under(heading: str, these: list[Row]) -> list[Row]:
    return [Row(f"section {heading}", f"{heading} · {len(these):,}", kind="section"), *these] if these else []


def _fits(typed: str, label: str, ledger: Ledger) -> bool:
    wanted = typed.casefold().split()
    words = " ".join((label, *(reason.heading for reason in ledger.reasons))).casefold() if wanted else ""
    return all(word in words for word in wanted)


def _place_row(one: WhyPlace) -> Row:
    place, series = one.place, one.series
    parts = (
        when_words(place.at, series.grain),
        _levels(one),
        state_words(one) if not one.is_open else "",
        asked_words(one),
    )
    return Row(place_id(one), series.label, " · ".join(part for part in parts if part))


def _levels(one: WhyPlace) -> str:
    """``31, then 22``; of a ratio its totals, for it is not told without them."""
    series, totals = one.series, one.totals
    if totals is not None:
        before, after = (
            f"{figure(side.numerator, totals.numerator_unit)} / {figure(side.denominator, totals.denominator_unit)}"
            for side in (totals.before, totals.after)
        )
    elif is_bare_ratio(one):
        return ""
    else:
        before, after = figure(one.place.before, series.unit), figure(one.place.after, series.unit)
    return tr("{before}, then {after}", before=before, after=after)


def _effect_row(effect: Effect) -> Row:
    when = stretch_words(effect.start, effect.end) if effect.kind == "series" else describe(effect.start[:10])
    if effect.steps:
        when = ", ".join(f"{step.name}: {tr(step.stage)}" for step in effect.steps)
    return Row(effect_id(effect), effect.label, " · ".join(part for part in (when, said_words(effect.ledger)) if part))
