"""people list, people show, people stage."""

from datetime import datetime

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.entries import Entry
from desktop_app.model.errors import Ambiguous, NotFound
from desktop_app.model.people import Person, Stage, StageStep
from desktop_app.model.time import describe, describe_short, parse_edtf
from desktop_app.services import Notebook


@click.group("people")
def people_command() -> None:
    """Who said it: people, and their way from stranger to advocate."""


@people_command.command("list")
@common
@pass_session
def list_people(session: Session) -> None:
    """Everybody, by name."""
    with session.notebook() as notebook:
        people = notebook.people.list()
    session.show([as_json.person(person) for person in people], lambda: _print_list(people))


def _print_list(people: list[Person]) -> None:
    now = datetime.now()
    rows = [
        (
            person.id[: words.SHORT],
            person.fields.name,
            person.org_name,
            person.stage,
            str(person.entries),
            describe_short(person.last[:10], now),
        )
        for person in people
    ]
    output.table(rows, ("id", "name", "organisation", "stage", "entries", "last"), right=(4,))


@people_command.command("show")
@click.argument("name", metavar="PERSON", type=TEXT)
@common
@pass_session
def show_person(session: Session, name: str) -> None:
    """One person with their stages and their words. PERSON is a name, or an id or its beginning."""
    with session.notebook() as notebook:
        person = _find(notebook, name)
        entries = notebook.people.entries(person.id)
    data = as_json.person(person) | {"entries": [as_json.entry(entry) for entry in entries]}
    session.show(data, lambda: _print_person(person, entries))


def _print_person(person: Person, entries: list[Entry]) -> None:
    fields = person.fields
    output.line(output.strong(f"{fields.name} of {person.org_name}" if person.org_name else fields.name))
    about = [words.CONSENTS.get(fields.consent, fields.consent)] if fields.consent else []
    about += [f"shown as {fields.pseudonym}"] if fields.pseudonym else []
    if about:
        output.line(", ".join(about))
    if fields.note:
        output.line(fields.note)
    if fields.stages:
        output.line()
        output.table([(step.stage, describe(step.date), (step.entry or "")[: words.SHORT]) for step in fields.stages])
    if entries:
        output.line()
        output.table([words.entry_row(entry) for entry in entries])
    output.line()
    output.line(output.faint(person.id))


@people_command.command("stage")
@click.argument("name", metavar="PERSON", type=TEXT)
@click.argument("stage", type=click.Choice([str(stage) for stage in Stage]))
@click.option("--when", metavar="W", type=TEXT, default="", help="When they reached it; today unless told.")
@click.option("--entry", metavar="ID", type=TEXT, help="The entry that shows it.")
@common
@pass_session
def stage_person(session: Session, name: str, stage: str, when: str, entry: str | None) -> None:
    """Note that somebody has reached a stage of the relationship."""
    with session.changing() as notebook:
        person = _find(notebook, name)
        shown_by = notebook.entries.resolve(entry) if entry else None
        notebook.people.add_stage(person.id, StageStep(stage, when, shown_by))
        steps = notebook.people.get(person.id).fields.stages
        way = " → ".join(f"{step.stage} ({parse_edtf(step.date).start[:4]})" for step in steps)
        session.show(
            as_json.person(notebook.people.get(person.id)), lambda: output.line(f"{person.fields.name}: {way}")
        )


def _find(notebook: Notebook, name: str) -> Person:
    """By name, whatever its case, or by id; raises :class:`NotFound` or :class:`Ambiguous`."""
    wanted = " ".join(name.split()).casefold()
    found = [person for person in notebook.people.list() if person.fields.name.casefold() == wanted]
    if len(found) > 1:
        examples = ", ".join(f"{person.id[: words.SHORT]} {person.org_name}".strip() for person in found[:3])
        raise Ambiguous(name=name, what="person", count=len(found), examples=examples)
    if found:
        return found[0]
    try:
        return notebook.people.get(name)
    except NotFound:
        raise NotFound(what="person", name=name) from None
