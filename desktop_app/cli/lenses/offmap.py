"""lens off-map: surprises, what they touched, how often they come, and ways that left the expected order."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.offmap import Crowd, Moved, OffMap, PerTime, Rate, Reach, Surprise, Tie, Touched, last_day
from desktop_app.model.offmap import Path as Way
from desktop_app.services import Notebook

NONE = "–"


@click.command("off-map")
@click.option(
    "--within", metavar="TIME", type=TEXT, default="14 days", help="How long after a surprise to look; from 14 days."
)
@click.option("--scale", "scales", metavar="S", type=TEXT, multiple=True, help="Only entries at this time scale.")
@lens_options
@pass_session
def off_map_command(session: Session, query: str, out: Path | None, within: str, scales: tuple[str, ...]) -> None:
    """What was on nobody's map: surprises, what they touched, how often they come, and ways that went otherwise."""
    reach = Reach.read(within)
    touched: list[Touched] = []

    def read(notebook: Notebook) -> OffMap:
        found = notebook.offmap.read(query)
        if out is None:
            touched.extend(notebook.offmap.all_touched(found, reach, notebook.offmap.scales(scales)))
        return found

    show(
        session,
        "off-map",
        out,
        read,
        csv=lambda notebook, found: notebook.offmap.csv(found, reach, notebook.offmap.scales(scales)),
        data=lambda found: _data(found, reach, touched),
        text=lambda found: _print(found, reach, touched),
    )


# --- as JSON ----------------------------------------------------------------------------------------------------------


def _data(found: OffMap, reach: Reach, touched: list[Touched]) -> dict[str, Any]:
    by_id = {one.surprise: one for one in touched}
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "within_days": reach.days,
        "marked": plain(found.marked),
        "undated": plain(found.undated),
        "surprises": [{**_entry(one), "touched": _touched(by_id[one.id])} for one in found.surprises],
        "unmarked": {**plain(found.unmarked), "entries": [_entry(one) for one in found.unmarked_entries]},
        "scales": [
            {"scale": one.term, "name": one.name, "count": one.count, "query": one.query} for one in found.by_scale
        ],
        "perspectives": [
            {"perspective": one.term, "name": one.name, "count": one.count, "query": one.query}
            for one in found.by_perspective
        ],
        "rate": _rate(found.rate),
        "off_map": plain(found.off_map),
        "paths": [_way(way) for way in found.paths],
        "straight": _crowd(found.straight),
        "single": _crowd(found.single),
        "transitions": [
            {"from": one.source, "to": one.target, "kind": one.kind, "times": one.times, **_crowd(one.who)}
            for one in found.transitions
        ],
    }


def _entry(one: Surprise) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "heading": one.heading,
        "occurred": one.occurred,
        "start": one.start,
        "end": one.end,
        "scales": list(one.scales),
        "perspectives": list(one.perspectives),
    }


def _touched(found: Touched) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "entries": {"count": found.entries.value, "query": found.entries.query},
        "people": plain(found.people),
        "links": [_tie(tie) for tie in found.ties],
        "metrics": plain(found.metrics),
    }


def _tie(tie: Tie) -> dict[str, Any]:
    link = tie.link
    return {
        "link": link.id,
        "relation": link.relation,
        "outgoing": link.outgoing,
        "other": link.other.to_json(),
        "label": link.label,
        "unit": link.unit,
        "now": link.now,
        "query": tie.query,
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "start": rate.start,
        "end": rate.end,
        "days": rate.days,
        "stretch": "query" if rate.asked else "entries",
        "count": rate.count.value,
        "query": rate.count.query,
        "confidence": 0.95,
        "per_year": plain(rate.per_year),
        "per_30_days": plain(rate.per_month),
        "waiting_days": plain(rate.waiting),
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "person": {"id": way.person, "name": way.name},
        "kind": list(way.kinds),
        "query": way.query,
        "steps": plain(way.steps),
        "moves": [
            {"from": move.source, "to": move.target, "kind": move.kind, "again": move.again} for move in way.moves
        ],
    }


def _crowd(crowd: Crowd) -> dict[str, Any]:
    return {"count": crowd.count, "query": crowd.query, "people": plain(crowd.people)}


# --- for people -------------------------------------------------------------------------------------------------------


def _print(found: OffMap, reach: Reach, touched: list[Touched]) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    if found.surprises:
        rows = [
            (one.id[:8], one.occurred or NONE, one.heading, _count(after), str(len(after.people)), str(len(after.ties)))
            for one, after in zip(found.surprises, touched, strict=True)
        ]
        header = ("id", "occurred", "surprise", f"within {reach.days} d", "people", "links")
        output.table(rows, header, right=(3, 4, 5))
    for one, after in zip(found.surprises, touched, strict=True):
        for metric in after.metrics:
            output.line(output.faint(f"{one.id[:8]}  {_metric(metric)}"))
    if found.unmarked.value:
        output.line(output.faint(f"Seen as random events, but not marked !surprise: {found.unmarked.value:g}."))
    _print_rate(found.rate)
    _print_ways(found)


def _count(after: Touched) -> str:
    return NONE if after.entries.value is None else f"{after.entries.value:g}"


def _metric(metric: Moved) -> str:
    values = [f"{side.value:g}" if side and side.value is not None else NONE for side in (metric.before, metric.after)]
    totals = [
        f" ({side.numerator:g} of {side.denominator:g})"
        if side and side.numerator is not None and side.denominator is not None
        else ""
        for side in (metric.before, metric.after)
    ]
    return f"{metric.name}, {metric.reading}: before {values[0]}{totals[0]}; from then on {values[1]}{totals[1]}"


def _print_rate(rate: Rate) -> None:
    if rate.per_year is None or rate.per_month is None:
        return
    whence = "the query’s stretch" if rate.asked else "from the first to the last entry dated to a year or closer"
    output.line(
        f"{rate.count.value:g} from {rate.start[:10]} to {last_day(rate.end)} ({whence}): "
        f"{_per(rate.per_year)} a year, {_per(rate.per_month)} in 30 days (95 % interval)."
    )
    if rate.waiting.median.value is not None:
        shortest, longest = rate.waiting.shortest.value, rate.waiting.longest.value
        output.line(
            f"From one to the next: {rate.waiting.median.value:.4g} days (median), {shortest:.4g} to {longest:.4g}."
        )


def _per(one: PerTime) -> str:
    return f"{one.value:.3g} ({one.low:.3g} to {one.high:.3g})"


def _print_ways(found: OffMap) -> None:
    if found.paths:
        rows = [(way.name, " → ".join(step.stage for step in way.steps), ", ".join(way.kinds)) for way in found.paths]
        output.table(rows, ("person", "way", "off the order by"))
    if found.paths or found.straight.count:
        output.line(output.faint(f"{found.straight.count} went straight from stage to stage."))
