"""lens coverage: perspectives against time scales."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.coverage import Coverage


@click.command("coverage")
@lens_options
@pass_session
def coverage_command(session: Session, query: str, out: Path | None) -> None:
    """How much has been written in which perspective and at which time scale, and where nothing has."""
    show(
        session,
        "coverage",
        out,
        lambda notebook: notebook.coverage.read(query),
        csv=lambda notebook, found: notebook.coverage.csv(found),
        data=_data,
        text=_print,
    )


def _data(found: Coverage) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "cells": plain(found.cells),
        "blind_spots": len(found.blind_spots),
        "perspectives": [
            {"perspective": term.id, "count": figure.value, "query": figure.query}
            for term, figure in zip(found.perspectives, found.by_perspective, strict=True)
        ],
        "scales": [
            {"scale": term.id, "count": figure.value, "query": figure.query}
            for term, figure in zip(found.scales, found.by_scale, strict=True)
        ],
        "without_perspective": plain(found.without_perspective),
        "without_scale": plain(found.without_scale),
        "undated": plain(found.undated),
        "months": [
            {
                "start": month.start,
                "end": month.end,
                "count": month.entries.value,
                "query": month.entries.query,
                "filled": month.filled,
                "perspectives": [
                    {"perspective": term.id, "count": figure.value, "query": figure.query}
                    for term, figure in zip(found.perspectives, month.by_perspective, strict=True)
                ],
            }
            for month in found.months
        ],
        "earlier": plain(found.earlier),
    }


def _print(found: Coverage) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    width = len(found.scales)
    rows = [
        (term.short, *(str(cell.count or "·") for cell in found.cells[at * width : (at + 1) * width]))
        for at, term in enumerate(found.perspectives)
    ]
    output.table(rows, ("", *(term.short for term in found.scales)), right=tuple(range(1, width + 1)))
    output.line(output.faint(f"{len(found.blind_spots)} of {len(found.cells)} cells are empty."))
