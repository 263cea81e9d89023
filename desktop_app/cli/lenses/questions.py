"""lens questions: every question with its evidence counted, and how much of the ground that covers."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output, words
from desktop_app.cli.lenses.frame import lens_options, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.briefs import Asked, Questions, Side


@click.command("questions")
@lens_options
@pass_session
def questions_command(session: Session, query: str, out: Path | None) -> None:
    """Every question with the evidence for it, against it and undecided, and how many cells of coverage that fills."""
    show(
        session,
        "questions",
        out,
        lambda notebook: notebook.briefs.read(query),
        csv=lambda notebook, found: notebook.briefs.csv(found),
        data=_data,
        text=_print,
    )


def _data(found: Questions) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "questions": [_question(one) for one in found.questions],
    }


def _question(one: Asked) -> dict[str, Any]:
    fields = one.question.fields
    return {
        "id": one.question.id,
        "text": fields.text,
        "open": one.question.is_open,
        "asked": fields.asked,
        "asker": one.question.asker_name,
        "evidence": {
            "for": _side(one.supporting),
            "against": _side(one.contradicting),
            "undecided": _side(one.undecided),
        },
        "entries": {"count": one.entries.value, "query": one.entries.query},
        "cells": one.cells,
        "filled": one.filled,
        "blind_spots": one.blind_spots,
    }


def _side(side: Side) -> dict[str, Any]:
    """``count`` entries, which the query finds; ``pieces`` are all that was gathered, whatever narrows the lens."""
    return {"count": side.entries.value, "query": side.entries.query, "pieces": side.pieces}


def _print(found: Questions) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    rows = [
        (
            one.question.id[: words.SHORT],
            "open" if one.question.is_open else "answered",
            *(str(side.pieces) for side in (one.supporting, one.contradicting, one.undecided)),
            f"{one.filled} of {one.cells}",
            one.question.fields.text,
        )
        for one in found.questions
    ]
    output.table(rows, ("id", "state", "for", "against", "undecided", "covered", "question"), right=(2, 3, 4, 5))
