"""lens codes: codes over time, by perspective and by scale; lens cooccurrence: which of them come together."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.lenses.frame import lens_options, plain, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.code_lens import CodeCount, CodeGrid, CodesSeen, CodesTogether
from desktop_app.model.facts import Scope
from desktop_app.model.matrices import Relation
from desktop_app.model.metrics import Grain

GRAINS = tuple(str(grain) for grain in Grain if grain not in (Grain.HOUR, Grain.RANGE))
PRINTED = 12
"""Columns of a table on a terminal; JSON and files have all of them."""


@click.command("codes")
@click.option(
    "--by", type=click.Choice(["time", "perspective", "scale"]), default="time", help="What codes are laid against."
)
@click.option("--grain", type=click.Choice(GRAINS), default="month", help="Of time: how long a period is (month).")
@lens_options
@pass_session
def codes_command(session: Session, query: str, out: Path | None, by: str, grain: str) -> None:
    """How often each code was applied, over time, by perspective or by time scale."""
    show(
        session,
        "codes",
        out,
        lambda notebook: notebook.code_lens.read(query, (by,), grain),
        csv=lambda notebook, found: notebook.code_lens.csv(found),
        data=_codes_data,
        text=_print_codes,
    )


@click.command("cooccurrence")
@click.option(
    "--relation",
    type=click.Choice([str(one) for one in Relation]),
    default=str(Relation.OVERLAP),
    help="When two codings come together (overlap).",
)
@click.option("--distance", metavar="N", type=int, default=200, help="Of near: characters between them (200).")
@click.option("--least", metavar="N", type=click.IntRange(min=1), default=1, help="Of the graph: the smallest count.")
@lens_options
@pass_session
def cooccurrence_command(
    session: Session, query: str, out: Path | None, relation: str, distance: int, least: int
) -> None:
    """Which codes come together: every two that do, and the strongest of them as a graph."""
    show(
        session,
        "cooccurrence",
        out,
        lambda notebook: notebook.code_lens.together(query, relation, distance, least),
        csv=lambda notebook, found: notebook.code_lens.csv(found),
        data=_together_data,
        text=_print_together,
    )


# --- as JSON ----------------------------------------------------------------------------------------------------------


def _scope_data(scope: Scope) -> dict[str, Any]:
    return {"query": scope.query, "explain": scope.explanation, "total": scope.total}


def _code_data(codes: Iterable[CodeCount]) -> list[dict[str, Any]]:
    return [{"code": code.code, "path": code.path, "codings": code.codings, "query": code.query} for code in codes]


def _codes_data(found: CodesSeen) -> dict[str, Any]:
    (grid,) = found.grids
    return {
        **_scope_data(found.scope),
        "by": grid.by,
        "grain": str(found.grain) if grid.by == "time" else None,
        "codes": _code_data(found.codes),
        "columns": [{"column": column, "label": label} for column, label in grid.columns],
        "cells": plain(grid.cells),
        "empty": found.empty,
    }


def _together_data(found: CodesTogether) -> dict[str, Any]:
    graph = found.graph
    return {
        **_scope_data(found.scope),
        "relation": str(found.relation),
        "distance": found.distance if found.relation == Relation.NEAR else None,
        "codes": _code_data(found.codes),
        "cells": plain(found.cells),
        "edges": plain(graph.edges),
        "nodes": [{"code": code, "x": round(x, 4), "y": round(y, 4)} for code, x, y in graph.nodes],
        "alone": list(graph.alone),
        "least": graph.least,
        "weaker": graph.weaker,
        "more": graph.more,
        "note": found.note,
    }


# --- for people -------------------------------------------------------------------------------------------------------


def _scope_line(scope: Scope) -> None:
    count = f"{scope.total:,} {'coding' if scope.total == 1 else 'codings'}"
    output.line(output.faint(f"{scope.explanation} {count}."))


def _print_codes(found: CodesSeen) -> None:
    _scope_line(found.scope)
    (grid,) = found.grids
    shown = grid.columns[-PRINTED:]
    counts = {(cell.row, cell.column): cell.count for cell in grid.cells}
    rows = [
        (code.path, f"{code.codings:,}", *(str(counts.get((code.code, column), "·")) for column, _ in shown))
        for code in found.codes
    ]
    heads = [_head(found, grid, column, label) for column, label in shown]
    output.table(rows, ("code", "all", *heads), right=tuple(range(1, len(shown) + 2)))
    if len(shown) < len(grid.columns):
        output.line(output.faint(f"{len(grid.columns) - len(shown)} earlier columns: with --json, or in a file."))
    if found.empty:
        output.line(output.faint(f"Left out, as nothing of their words is left: {found.empty}."))


def _head(found: CodesSeen, grid: CodeGrid, column: str, label: str) -> str:
    is_month = grid.by == "time" and found.grain == Grain.MONTH and column[:1].isdigit()
    return column[:7] if is_month else output.shortened(label, 14)


def _print_together(found: CodesTogether) -> None:
    _scope_line(found.scope)
    paths = {code.code: code.path for code in found.codes}
    pairs = sorted(found.cells, key=lambda cell: -cell.count)
    output.table(
        [(paths[cell.row], paths[cell.column], f"{cell.count:,}") for cell in pairs],
        ("code", "with", "times"),
        right=(2,),
    )
    if found.note:
        output.line(output.faint(found.note))
