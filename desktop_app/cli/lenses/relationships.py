"""lens relationships: people's ways, how we listened and told, and who has been silent for longer than usual."""

from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.facts import Figure
from desktop_app.model.relationships import (
    STEP_GRAINS,
    Reached,
    Relationship,
    Relationships,
    Share,
    Way,
    WayMoment,
    WayStep,
)
from desktop_app.model.time import BadDate, describe


@click.command("relationships")
@click.option("--person", metavar="NAME", type=TEXT, default="", help="One person’s way, in the order of time.")
@click.option("--org", metavar="NAME", type=TEXT, default="", help="One organisation’s way: that of its people.")
@click.option("--by", "grain", type=click.Choice(STEP_GRAINS), default="year", help="Periods that steps are summed by.")
@click.option("--steps", is_flag=True, help="With --out FILE.csv: the steps, not the people.")
@lens_options
@pass_session
def relationships_command(
    session: Session, query: str, out: Path | None, person: str, org: str, grain: str, *, steps: bool
) -> None:
    """People's ways: conversations, listening and telling, questions, help, steps, and their own rhythm."""
    if person and org:
        raise click.UsageError("Give --person or --org, not both.")
    if person or org:
        kind, name = ("person", person) if person else ("organisation", org)
        show(
            session,
            "relationships",
            out,
            lambda notebook: notebook.relationships.way(notebook.relationships.named(kind, name), query),
            csv=lambda notebook, found: notebook.relationships.way_csv(found),
            data=_way_data,
            text=_print_way,
        )
        return
    show(
        session,
        "relationships",
        out,
        lambda notebook: notebook.relationships.read(query, grain=grain),
        csv=lambda notebook, found: (
            notebook.relationships.reached_csv(found) if steps else notebook.relationships.csv(found)
        ),
        data=_data,
        text=_print,
    )


# --- JSON -------------------------------------------------------------------------------------------------------------


def _data(found: Relationships) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "today": found.today,
        "people": [_relationship(one) for one in found.people],
        "organisations": [_relationship(one) for one in found.organisations],
        "beyond": [one.id for one in found.beyond],
        "by": found.grain,
        "reached": [_reached(one) for one in found.reached],
    }


def _relationship(one: Relationship) -> dict[str, Any]:
    rhythm = one.rhythm
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name,
        "org": one.org_name,
        "stage": one.stage,
        "conversations": _figure(one.conversations),
        "contacts": rhythm.days,
        "contacts_query": rhythm.contacts.query,
        "last": rhythm.last or None,
        "last_query": rhythm.last_contact.query,
        "without_day": _figure(rhythm.left_out),
        "rhythm_days": rhythm.days_between,
        "silent_days": rhythm.silent,
        "beyond": rhythm.is_beyond,
        "listening": _share(one.listening, "entries"),
        "telling": _share(one.telling, "entries"),
        "helped": _figure(one.helped),
        "not_said": _figure(one.unsaid),
        "transcripts": _share(one.spoken, "characters"),
        "questions": {
            "asked": one.asked.value,
            "open": one.unanswered.value,
            "query": one.asked.query,
            "open_query": one.unanswered.query,
        },
        "steps": [_step(step) for step in one.steps],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"count": figure.value, "query": figure.query}


def _share(share: Share, counted: str) -> dict[str, Any]:
    return {counted: share.part, "of": share.of, "share": share.share, "query": share.query}


def _step(step: WayStep) -> dict[str, Any]:
    return {
        "person": step.person,
        "name": step.name,
        "stage": step.stage,
        "date": step.date,
        "entry": step.entry,
        "query": step.query,
        "back": step.back,
    }


def _reached(one: Reached) -> dict[str, Any]:
    return {
        "period": one.period,
        "stage": one.stage,
        "people": one.people,
        "back": one.back,
        "people_query": one.people_query,
        "entries": _figure(one.entries),
        "steps": [_step(step) for step in one.steps],
    }


def _way_data(found: Way) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "today": found.today,
        **_relationship(found.relationship),
        "way": plain(found.moments),
        "campaigns": plain(found.campaigns),
    }


# --- tables -----------------------------------------------------------------------------------------------------------


def _print(found: Relationships) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    header = ("name", "stage", "contacts", "last", "rhythm", "silent", "listened", "told", "helped", "asked", "open")
    for people in (found.people, found.organisations):
        if people:
            output.line()
            output.table([_row(one) for one in people], header, right=tuple(range(4, 11)))
    if found.reached:
        output.line()
        rows = [
            (describe(one.period) if one.period else "–", one.stage, str(one.people), _names(one))
            for one in found.reached
        ]
        output.table(rows, ("reached in", "stage", "people", "who"), right=(2,))
    if found.beyond:
        names = ", ".join(one.name for one in found.beyond)
        output.line()
        output.line(f"Not talked with for longer than their own rhythm: {names}.")


def _row(one: Relationship) -> tuple[str, ...]:
    rhythm = one.rhythm
    return (
        one.name,
        one.stage,
        str(rhythm.days),
        rhythm.last,
        _days(rhythm.days_between),
        _days(rhythm.silent),
        _of(one.listening),
        _of(one.telling),
        str(one.helped.value),
        str(one.asked.value),
        str(one.unanswered.value),
    )


def _days(count: float | None) -> str:
    return "–" if count is None else f"{count:g} d"


def _of(share: Share) -> str:
    return f"{share.part} of {share.of}"


def _names(one: Reached) -> str:
    return ", ".join(f"{step.name} (back)" if step.back else step.name for step in one.steps)


def _print_way(found: Way) -> None:
    scope_line(found.scope.explanation, found.scope.total)
    output.table([_moment(moment) for moment in found.moments], ("when", "what", "", "who"))


def _moment(moment: WayMoment) -> tuple[str, ...]:
    heading = moment.heading or ("no entry shows it" if moment.kind == "person" else "")
    what = f"{moment.lane}: {moment.detail}" if moment.detail not in ("", moment.lane) else str(moment.lane)
    return _when(moment.occurred), what, heading, moment.who


def _when(edtf: str) -> str:
    try:
        return describe(edtf) if edtf else ""
    except BadDate:
        return edtf
