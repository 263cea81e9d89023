"""lens foresight: what was said about the future, how sure, and what came of it."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.calibration import Calibration
from desktop_app.model.foresight import DAYS, FEW, Foresight, Indicators, Reading, Score, ScoreGroup, State, Statement
from desktop_app.model.numbers import MISSING
from desktop_app.model.time import describe
from desktop_app.services import Notebook

Found = tuple[Foresight, Indicators, dict[str, Reading]]


@click.command("foresight")
@click.option("--partly-half", is_flag=True, help="Count what came true partly as half, instead of leaving it out.")
@click.option(
    "--days", metavar="N", type=int, default=DAYS, show_default=True, help="How long after a change something may come."
)
@lens_options
@pass_session
def foresight_command(session: Session, query: str, out: Path | None, partly_half: bool, days: int) -> None:
    """What was foreseen, by when and how sure; how far it came true; and which series showed it, or nothing."""
    if out is not None:
        show(
            session,
            "foresight",
            out,
            lambda notebook: notebook.foresight.read(query, partly_half=partly_half),
            csv=lambda notebook, found: notebook.foresight.csv(found),
            data=plain,
            text=_print_statements,
        )
        return

    def read(notebook: Notebook) -> Found:
        found = notebook.foresight.read(query, partly_half=partly_half)
        due = [one.id for one in found.statements if one.check and one.state is not State.RESOLVED]
        return found, notebook.foresight.indicators(query, days=days), notebook.foresight.checks(due)

    show(session, "foresight", None, read, csv=lambda notebook, found: b"", data=_data, text=_print)


# --- JSON -------------------------------------------------------------------------------------------------------------


def _data(told: Found) -> dict[str, Any]:
    found, indicators, readings = told
    statements = [_statement(one, readings.get(one.id)) for one in found.statements]
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "now": found.now,
        "statements": statements,
        "due": [one for one in statements if one["state"] == State.DUE],
        "states": {
            "due": _counted(found.due),
            "open": _counted(found.open),
            "resolved": _counted(found.resolved),
        },
        "partly_half": found.partly_half,
        "calibration": _score(found.score),
        "left_out": {
            "partly": {**_counted(found.partly), "left_out": not found.partly_half},
            "without_confidence": _counted(found.unsure),
            "open": _counted(found.unresolved),
        },
        "by_person": [_group(group, "person") for group in found.by_person],
        "by_perspective": [_group(group, "perspective") for group in found.by_perspective],
        "by_scale": [_group(group, "scale") for group in found.by_scale],
        "unforeseen_by_indicators": {
            "no_change": {**_counted(indicators.unshown), "ids": list(indicators.unshown_ids)},
            "no_series": {**_counted(indicators.unwatched), "ids": list(indicators.unwatched_ids)},
            "written_afterwards": _counted(indicators.late),
        },
        "indicators": {
            "days": indicators.days,
            "series": indicators.series,
            "changes": indicators.changes,
            "not_over": indicators.waiting,
            "foretold_nothing": plain(indicators.silent),
        },
    }


def _counted(figure: Any) -> dict[str, Any]:
    return {"count": figure.value, "query": figure.query}


def _statement(one: Statement, reading: Reading | None) -> dict[str, Any]:
    return {**plain(one), "check_says": plain(reading) if reading else None}


def _score(score: Score) -> dict[str, Any]:
    made = score.calibration
    return {
        **{
            name: getattr(made, name)
            for name in ("n", "hits", "base_rate", "brier", "reliability", "resolution", "uncertainty", "skill")
        },
        "query": score.scored,
        "bins": [
            {
                "low": one.low,
                "high": one.high,
                "count": one.count,
                "hits": one.hits,
                "mean_confidence": one.confidence,
                "observed": one.frequency,
                "interval": list(one.interval) if one.interval else None,
                "query": query,
            }
            for one, query in zip(made.bins, score.bins, strict=True)
        ],
    }


def _group(group: ScoreGroup, what: str) -> dict[str, Any]:
    return {
        what: group.id or None,
        "name": group.name or None,
        "foresights": _counted(group.foresights),
        **_score(group.score),
    }


# --- tables -----------------------------------------------------------------------------------------------------------


def _print(told: Found) -> None:
    found, indicators, _ = told
    _print_statements(found)
    _print_score(found.score.calibration)
    for title, groups, none in (
        ("By person", found.by_person, "nobody"),
        ("By perspective", found.by_perspective, "none yet"),
        ("By scale", found.by_scale, "none yet"),
    ):
        if groups:
            output.line()
            rows = [(group.name or none, *_cells(group)) for group in groups]
            output.table(rows, (title, "foresights", "scored", "came true", "Brier", "skill"), right=(1, 2, 3, 4, 5))
    _print_indicators(indicators)


def _print_statements(found: Foresight) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    rows = [
        (
            one.id[:8],
            describe(one.horizon) if one.horizon else MISSING,
            MISSING if one.confidence is None else f"{one.confidence:.0%}",
            one.outcome.result if one.outcome else str(one.state),
            one.who,
            one.heading,
        )
        for one in found.statements
    ]
    output.table(rows, ("id", "horizon", "sure", "state", "who", "statement"), right=(2,))


def _print_score(score: Calibration) -> None:
    output.line()
    output.line(f"{score.n} scored, {score.hits:g} of them came true.")
    if score.n:
        parts = (score.brier, score.reliability, score.resolution, score.uncertainty)
        output.line(
            "Brier score {} = reliability {} − resolution {} + uncertainty {}; skill against the base rate {}.".format(
                *map(_number, parts), _number(score.skill)
            )
        )
    if score.n < FEW:
        output.line(output.faint(f"Below {FEW} scored foresights these figures say little yet."))


def _cells(group: ScoreGroup) -> tuple[str, ...]:
    made = group.score.calibration
    return (
        f"{group.foresights.value:g}",
        str(made.n),
        f"{made.hits:g}" if made.n else MISSING,
        _number(made.brier),
        _number(made.skill),
    )


def _number(value: float | None) -> str:
    return MISSING if value is None else f"{value:.3f}".replace("-", "−")


def _print_indicators(found: Indicators) -> None:
    output.line()
    output.line(
        f"Came true though no series for it changed: {found.unshown.value:g};"
        f" without any series: {found.unwatched.value:g}."
    )
    output.line(
        f"Changes of {found.series} series after which nothing came within {found.days} days:"
        f" {len(found.silent)} of {found.changes} ({found.waiting} not over)."
    )
    output.table([(one.start, one.name, one.query) for one in found.silent])
