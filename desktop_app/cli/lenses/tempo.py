"""lens tempo: lanes of time scales, the sampling of series, what was going on at a moment."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.tempo import MOST_MARKS, Active, Lane, SeriesTempo, Tempo, next_times
from desktop_app.model.time import OPEN_END, OPEN_START


@click.command("tempo")
@click.option("--from", "from_", metavar="W", type=TEXT, default="", help="Only what touches the time from then on.")
@click.option("--to", metavar="W", type=TEXT, default="", help="Only what touches the time up to then.")
@click.option("--at", metavar="W", type=TEXT, default="", help="Also what was going on then, scale by scale.")
@click.option("--series", metavar="S", type=TEXT, multiple=True, help="A series whose sampling is laid beside.")
@lens_options
@pass_session
def tempo_command(
    session: Session, query: str, out: Path | None, from_: str, to: str, at: str, series: tuple[str, ...]
) -> None:
    """What moves at which speed, and which movements a metric cannot see."""
    show(
        session,
        "tempo",
        out,
        lambda notebook: notebook.tempo.read(query, series=series or None, from_=from_, to=to, at=at),
        csv=lambda notebook, found: notebook.tempo.csv(found),
        data=_data,
        text=_print,
    )


def _data(found: Tempo) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "undated": plain(found.undated),
        "lanes": [_lane(lane) for lane in found.lanes],
        "series": [_series(one) for one in found.series],
        "active": _active(found.active) if found.active else None,
    }


def _lane(lane: Lane) -> dict[str, Any]:
    """``start`` and ``end`` bound its entries, ``null`` where they are open; ``marks`` are its first ones."""
    start, end = min(lane.starts, default=OPEN_START), max(lane.ends, default=OPEN_END)
    return {
        "scale": lane.scale or None,
        "count": lane.dated.value,
        "query": lane.dated.query,
        "start": start if start > OPEN_START else None,
        "end": end if end < OPEN_END else None,
        "recurring": plain(lane.recurring),
        "marks": [
            {
                "id": one.id,
                "kind": one.kind,
                "heading": one.heading,
                "occurred": one.occurred,
                "start": one.start,
                "end": one.end,
                "recurs": one.recurs or None,
                "again": [{"start": start, "end": end} for start, end in next_times(one)],
            }
            for one in lane.entries[:MOST_MARKS]
        ],
        "more": max(len(lane.entries) - MOST_MARKS, 0),
    }


def _series(one: SeriesTempo) -> dict[str, Any]:
    return {
        "series": one.series.id,
        "name": one.series.label,
        "grain": str(one.series.grain),
        "start": one.series.start or None,
        "end": one.series.end or None,
        "samples": one.series.points,
        "expected": one.expected,
        "interval_days": one.interval,
        "length_days": one.length,
        "sees_from_days": one.sees_from,
        "sees_to_days": one.sees_to,
        "sees": list(one.sees),
        "cannot_see": list(one.cannot_see),
        "too_fast": list(one.faster),
        "too_slow": list(one.slower),
        "query": one.query,
    }


def _active(active: Active) -> dict[str, Any]:
    return {
        "start": active.start,
        "end": active.end,
        "scales": [
            {
                "scale": one.scale or None,
                "count": one.figure.value,
                "query": one.figure.query,
                "entries": [
                    {"id": entry.id, "heading": entry.heading, "occurred": entry.occurred} for entry in one.entries
                ],
            }
            for one in active.scales
        ],
    }


def _print(found: Tempo) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    rows = [
        (
            lane.name,
            str(len(lane.entries) or "·"),
            str(len(lane.recurrent) or "·"),
            ", ".join(one.series.label for one in found.series if lane.scale in one.cannot_see),
        )
        for lane in found.lanes
    ]
    output.table(rows, ("scale", "entries", "come again", "not seen by"), right=(1, 2))
    for scale in found.active.scales if found.active else ():
        output.line(f"\n{scale.name}")
        output.table([(entry.id, entry.occurred, entry.heading) for entry in scale.entries], ("id", "when", "what"))
