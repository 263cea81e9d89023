"""lens why: where series changed and what people say why, and what entries are said to explain."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.errors import Invalid
from desktop_app.model.numbers import MISSING, figure
from desktop_app.model.places import PlaceKind
from desktop_app.model.why import Effect, Ledger, Reason, SeriesLine, Why, WhyPlace
from desktop_app.services import Notebook

Found = tuple[Why, SeriesLine | None]


@click.command("why")
@click.option("--series", metavar="S", type=TEXT, multiple=True, help="Only the places of this series.")
@click.option("--dismiss", metavar="S@DATE", type=TEXT, help="Say that nobody needs to ask about a place.")
@click.option("--note", metavar="TEXT", type=TEXT, default="", help="Why nobody needs to ask.")
@click.option("--take-back", metavar="S@DATE", type=TEXT, help="Take the dismissal of a place back.")
@lens_options
@pass_session
def why_command(
    session: Session,
    query: str,
    out: Path | None,
    series: tuple[str, ...],
    dismiss: str | None,
    note: str,
    take_back: str | None,
) -> None:
    """Places where a series changed, each with the reasons written for it, and effects with their stated causes."""
    if dismiss and take_back:
        raise click.UsageError("--dismiss and --take-back cannot be given together.")
    if note and not dismiss:
        raise click.UsageError("--note goes with --dismiss.")
    if dismiss:
        _dismiss(session, dismiss, note)
    elif take_back:
        _take_back(session, take_back)
    else:
        _show(session, query, out, series)


def _show(session: Session, query: str, out: Path | None, series: tuple[str, ...]) -> None:
    def read(notebook: Notebook) -> Found:
        found = notebook.why.read(query, series)
        drawn = found.places[0].series.id if found.places else found.series[0].id if found.series else ""
        is_picture = out is not None and out.suffix.lower() != ".csv"
        return found, notebook.why.line(drawn) if drawn and is_picture else None

    show(
        session,
        "why",
        out,
        read,
        csv=lambda notebook, found: notebook.why.csv(found[0]),
        data=lambda found: _data(found[0]),
        text=lambda found: _print(found[0]),
    )


# --- dismissing -------------------------------------------------------------------------------------------------------


def _dismiss(session: Session, given: str, note: str) -> None:
    with session.notebook() as notebook:
        series, place = notebook.why.place(*_place_of(given))
        made = notebook.why.dismiss(series.id, place.start, place.end, note).result
    said = {"id": made, "series": series.id, "name": series.label, "at": place.at}
    session.show(said, lambda: output.line(f"{series.label}, {place.at}: dismissed"))


def _take_back(session: Session, given: str) -> None:
    with session.notebook() as notebook:
        series, place = notebook.why.place(*_place_of(given))
        taken = notebook.why.take_back(series.id, place.at).result
    said = {"series": series.id, "name": series.label, "at": place.at, "taken_back": taken}
    session.show(said, lambda: output.line(f"{series.label}, {place.at}: asked about again"))


def _place_of(given: str) -> tuple[str, str]:
    series, at, when = given.rpartition("@")
    if not at or not series.strip() or not when.strip():
        raise Invalid(message=f"“{given}” names no place; give a series and a date, such as Sessions@2026-01-08.")
    return series.strip(), when.strip()


# --- as JSON ----------------------------------------------------------------------------------------------------------


def _data(found: Why) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "series": [{"series": one.id, "name": one.label} for one in found.series],
        "without_totals": [{"series": one.id, "name": one.label} for one in found.without_totals],
        "places": [_place(one) for one in found.places],
        "effects": [_effect(one) for one in found.effects],
        "open": len(found.open),
        "reasoned": len(found.reasoned),
        "dismissed": len(found.dismissed),
    }


def _place(one: WhyPlace) -> dict[str, Any]:
    place, dismissal = one.place, one.dismissal
    return {
        "series": one.series.id,
        "name": one.series.label,
        "unit": one.series.unit,
        "at": place.at,
        "start": place.start,
        "end": place.end,
        "kind": str(place.kind),
        "before": place.before,
        "after": place.after,
        "swing": place.swing,
        "totals": plain(one.totals),
        **_ledger(one.ledger, "reasons"),
        "elsewhere": _counted(one.elsewhere),
        "about_that_time": _counted(one.about),
        "questions": plain(one.questions),
        "open": one.is_open,
        "dismissed": {"id": dismissal.id, "note": dismissal.fields.note} if dismissal else None,
    }


def _effect(one: Effect) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "label": one.label,
        "start": one.start,
        "end": one.end,
        "steps": plain(one.steps),
        **_ledger(one.ledger, "causes"),
        "target_query": one.target_query,
    }


def _ledger(ledger: Ledger, name: str) -> dict[str, Any]:
    return {
        name: [_reason(reason) for reason in ledger.reasons],
        "explained_by": _counted(ledger.causes),
        "by_basis": {basis or "none": _counted(found) for basis, found in ledger.by_basis.items()},
        "told": ledger.told,
        "guessed": ledger.guessed,
        "told_against_guessed": ledger.is_told_against_guessed,
        "competing": ledger.is_competing,
        "contradicting": ledger.is_disputed,
        "query": ledger.query,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "entry": reason.entry,
        "link": reason.link,
        "kind": reason.kind,
        "basis": reason.basis or None,
        "relation": reason.relation,
        "heading": reason.heading,
        "speaker": reason.speaker or None,
        "org": reason.org or None,
        "occurred": reason.occurred,
        "start": reason.start,
        "end": reason.end,
        "then": reason.then,
        "now": reason.standing.now,
        "restated": {"since": reason.standing.since or None, "file": reason.standing.file or None}
        if reason.is_restated
        else None,
        "contradicts": list(reason.against),
        "query": reason.query,
    }


def _counted(found: Any) -> dict[str, Any]:
    return {"count": found.value, "query": found.query}


# --- for people -------------------------------------------------------------------------------------------------------


def _print(found: Why) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    if found.places:
        rows = [_row(one) for one in found.places]
        output.table(rows, ("about", "series", "before", "after", "why"), right=(2, 3))
    for one in found.places:
        if one.totals is not None:
            output.line(output.faint(_totals(one)))
    if found.effects:
        output.line()
        effects = [(one.label, _said(one.ledger), _headings(one.ledger)) for one in found.effects]
        output.table(effects, ("is explained", "by", "causes"))
    for series in found.without_totals:
        output.line(output.faint(f"{series.label} is left out: a ratio of which nobody has said what it divides."))
    output.line(output.faint("Places are where to ask: that a number changed says nothing of why."))


def _row(one: WhyPlace) -> tuple[str, ...]:
    unit, place = one.series.unit, one.place
    kind = "  (one peak)" if place.kind == PlaceKind.SPIKE else ""
    state = "dismissed" if one.dismissal else _said(one.ledger)
    heads = _headings(one.ledger)
    why = f"{state}: {heads}" if heads and not one.dismissal else state
    # A ratio is told by its totals, which stand below.
    is_ratio = unit == "ratio" or one.series.numerator is not None
    before, after = (None, None) if is_ratio and one.totals is None else (place.before, place.after)
    return place.at, f"{one.series.label}{kind}", figure(before, unit), figure(after, unit), why


def _said(ledger: Ledger) -> str:
    counts = [f"{found.value:g} {basis or 'without a basis'}" for basis, found in ledger.by_basis.items()]
    return ", ".join(counts) or "nobody has said why"


def _headings(ledger: Ledger) -> str:
    return "; ".join(reason.heading for reason in ledger.reasons if reason.is_cause)


def _totals(one: WhyPlace) -> str:
    assert one.totals is not None
    told = one.totals
    sides = [
        f"{figure(side.numerator, told.numerator_unit)} of {figure(side.denominator, told.denominator_unit)}"
        if side.denominator is not None
        else MISSING
        for side in (told.before, told.after)
    ]
    names = f"{told.numerator} of {told.denominator}"
    return f"{one.place.at}  {names}: {sides[0]} before, {sides[1]} after, in equal stretches"
