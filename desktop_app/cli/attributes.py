"""attributes list, add, set, import, export."""

from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.attributes import Subject, Variable, VariableFields, VariableType, shown
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.services import Notebook
from desktop_app.services.writing import write_whole

SUBJECTS = click.Choice([str(subject) for subject in Subject])


@click.group("attributes")
def attributes_command() -> None:
    """What documents and people are like: typed values, a column for each."""


@attributes_command.command("list")
@click.argument("subject", type=SUBJECTS, default=str(Subject.DOCUMENT))
@common
@pass_session
def list_attributes(session: Session, subject: str) -> None:
    """The attributes of documents (or of people) with the values that each has."""
    with session.notebook() as notebook:
        variables = notebook.attributes.variables(subject)
        values = notebook.attributes.values(subject)
        names = _names(notebook, subject)
    data = {
        "subject": subject,
        "variables": [as_json.variable(variable) for variable in variables],
        "values": [
            {"id": item, "name": names[item]}
            | as_json.attributes(found, {one.id: one.fields.name for one in variables})
            for item, found in values.items()
            if item in names
        ],
    }
    rows = [
        (names[item], *(shown(values[item].get(variable.id)) for variable in variables))
        for item in names
        if item in values
    ]
    session.show(data, lambda: _print_values(subject, variables, rows))


def _print_values(subject: str, variables: list[Variable], rows: list[tuple[str, ...]]) -> None:
    output.table(rows, (subject, *(f"{variable.fields.name} ({variable.fields.type})" for variable in variables)))
    if not rows:
        named = ", ".join(variable.fields.name for variable in variables)
        output.line(f"no values yet of {named}" if named else "no attributes yet; “attributes set” makes the first")


def _names(notebook: Notebook, subject: str) -> dict[str, str]:
    if subject == Subject.PERSON:
        return {person.id: person.fields.name for person in notebook.people.list()}
    return {document.id: document.fields.title for document in notebook.documents.list()}


@attributes_command.command("add")
@click.argument("name", type=TEXT)
@click.option(
    "--type",
    "kind",
    type=click.Choice([str(kind) for kind in VariableType]),
    default=str(VariableType.TEXT),
    help="What its values are.",
)
@click.option("--of", "subject", type=SUBJECTS, default=str(Subject.DOCUMENT), help="Whose it is.")
@click.option("--choice", "choices", metavar="VALUE", multiple=True, type=TEXT, help="The only values of a text.")
@click.option("--description", metavar="TEXT", type=TEXT, default="", help="What it means.")
@common
@pass_session
def add_attribute(
    session: Session, name: str, kind: str, subject: str, choices: tuple[str, ...], description: str
) -> None:
    """Add an attribute of documents or of people."""
    with session.changing() as notebook:
        item = notebook.attributes.add(VariableFields(name, kind, subject, description, choices)).result
        session.show({"id": item}, lambda: output.line(item))


@attributes_command.command("set")
@click.argument("name", metavar="DOCUMENT|PERSON", type=TEXT)
@click.argument("attribute", type=TEXT)
@click.argument("value", type=TEXT)
@click.option("--of", "subject", type=SUBJECTS, default=str(Subject.DOCUMENT), help="Whose it is.")
@common
@pass_session
def set_attribute(session: Session, name: str, attribute: str, value: str, subject: str) -> None:
    """Give a document, or a person, the value of an attribute; an empty VALUE takes it away."""
    with session.changing() as notebook:
        item = _item(notebook, subject, name)
        changed = notebook.attributes.set(subject, [item], attribute, value).result
        session.show({"changed": changed}, lambda: output.line("set" if changed else "it was that before"))


def _item(notebook: Notebook, subject: str, name: str) -> str:
    if subject == Subject.DOCUMENT:
        return notebook.documents.resolve(name)
    wanted = " ".join(name.split()).casefold()
    named = [item for item, known in _names(notebook, subject).items() if known.casefold() == wanted]
    if len(named) == 1:
        return named[0]
    try:
        return notebook.people.get(name).id
    except NotFound:
        raise NotFound(what="person", name=name) from None


@attributes_command.command("import")
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--of", "subject", type=SUBJECTS, default=str(Subject.DOCUMENT), help="Whose it is.")
@click.option("--key", metavar="COLUMN", type=TEXT, default="", help="The column with the title or name.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and write nothing.")
@common
@pass_session
def import_attributes(session: Session, path: Path, subject: str, key: str, dry_run: bool) -> None:
    """Give documents, or people, the values of a CSV or XLSX table: a row for each, a column for each attribute."""
    with session.changing() as notebook:
        attributes = notebook.attributes
        report = (
            attributes.read_file(path, subject, key) if dry_run else attributes.import_file(path, subject, key).result
        )
    data = {
        "key": report.key,
        "columns": [
            {"name": column.name, "type": str(column.type), "new": not column.variable} for column in report.columns
        ],
        "matched": report.matched,
        "values": report.values,
        "notices": list(report.notices),
        "dry_run": dry_run,
    }
    owners = words.counted(report.matched, subject, "people" if subject == Subject.PERSON else "")
    told = f"{words.counted(report.values, 'value')} of {owners}"
    session.show(data, lambda: output.line(f"{told}{'; nothing was written' * dry_run}"))
    for notice in report.notices:
        output.note(notice)


@attributes_command.command("export")
@click.argument("path", type=PATH)
@click.option("--of", "subject", type=SUBJECTS, default=str(Subject.DOCUMENT), help="Whose it is.")
@common
@pass_session
def export_attributes(session: Session, path: Path, subject: str) -> None:
    """Write all values as a .csv or .xlsx table."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ("csv", "xlsx"):
        raise Invalid(message=f"Attributes are written as .csv or .xlsx, not {path.suffix or 'without an ending'}.")
    with session.notebook() as notebook:
        data = notebook.attributes.export(subject, ending)
    write_whole(path, data)
    session.show({"path": str(path)}, lambda: output.line(str(path)))
