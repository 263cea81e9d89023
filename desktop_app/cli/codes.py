"""codes list, add, edit, move, merge, history, trash, import, export."""

from datetime import datetime
from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.changes import RevisionInfo
from desktop_app.model.coding import Code, CodeFields


@click.group("codes")
def codes_command() -> None:
    """The codebook: codes with their definitions, in a tree."""


@codes_command.command("list")
@common
@pass_session
def list_codes(session: Session) -> None:
    """The codes in their tree, with the number of their codings."""
    with session.notebook() as notebook:
        found = notebook.codes.list()
    session.show([as_json.code(code) for code in found], lambda: _print_list(found))


def _print_list(codes: list[Code]) -> None:
    rows = [
        (
            code.id[: words.SHORT],
            str(code.count),
            str(code.below) if code.below else "",
            f"{'  ' * code.depth}{code.fields.name}",
            code.fields.definition,
        )
        for code in codes
    ]
    output.table(rows, ("id", "codings", "below", "code", "definition"), right=(1, 2))


@codes_command.command("add")
@click.argument("name", type=TEXT)
@click.option("--parent", metavar="CODE", type=TEXT, help="The code it stands under.")
@click.option("--definition", metavar="TEXT", type=TEXT, default="", help="What it means.")
@click.option("--use", "include", metavar="TEXT", type=TEXT, default="", help="When to use it.")
@click.option("--not", "exclude", metavar="TEXT", type=TEXT, default="", help="When not to use it.")
@click.option("--example", "examples", metavar="QUOTE", multiple=True, type=TEXT, help="A quote; may be repeated.")
@click.option("--colour", metavar="#RRGGBB", type=TEXT, default="", help="That of its parent unless told.")
@common
@pass_session
def add_code(
    session: Session,
    name: str,
    parent: str | None,
    definition: str,
    include: str,
    exclude: str,
    examples: tuple[str, ...],
    colour: str,
) -> None:
    """Add a code. NAME may be a path such as “Price talk / opaque”; its upper codes are made where they are missing."""
    with session.changing() as notebook:
        above = notebook.codes.resolve(parent) if parent else None
        fields = CodeFields(name, above, definition, include, exclude, examples, colour)
        item = notebook.codes.add(fields).result
        session.show({"id": item}, lambda: output.line(item))


@codes_command.command("edit")
@click.argument("code", type=TEXT)
@click.option("--name", metavar="TEXT", type=TEXT, help="What it is called.")
@click.option("--definition", metavar="TEXT", type=TEXT, help="What it means.")
@click.option("--use", "include", metavar="TEXT", type=TEXT, help="When to use it.")
@click.option("--not", "exclude", metavar="TEXT", type=TEXT, help="When not to use it.")
@click.option("--example", "examples", metavar="QUOTE", multiple=True, type=TEXT, help="Replaces those there were.")
@click.option("--colour", metavar="#RRGGBB", type=TEXT, help="An empty text gives that of its parent.")
@common
@pass_session
def edit_code(
    session: Session,
    code: str,
    name: str | None,
    definition: str | None,
    include: str | None,
    exclude: str | None,
    examples: tuple[str, ...],
    colour: str | None,
) -> None:
    """Change what is given of a code and nothing else. CODE is a name, a path, or an id or its beginning."""
    with session.changing() as notebook:
        found = notebook.codes.get(code)
        old = found.fields
        fields = CodeFields(
            name=old.name if name is None else name,
            parent=old.parent,
            definition=old.definition if definition is None else definition,
            include=old.include if include is None else include,
            exclude=old.exclude if exclude is None else exclude,
            examples=examples or old.examples,
            colour=old.colour if colour is None else colour,
        )
        notebook.codes.edit(found.id, fields)
        changed = notebook.codes.get(found.id)
        session.show(as_json.code(changed), lambda: output.line(changed.label))


@codes_command.command("move")
@click.argument("code", type=TEXT)
@click.argument("parent", type=TEXT, default="")
@common
@pass_session
def move_code(session: Session, code: str, parent: str) -> None:
    """Put a code, with those below it, under PARENT; without PARENT at the top."""
    with session.changing() as notebook:
        item = notebook.codes.move(code, parent or None).result
        moved = notebook.codes.get(item)
        session.show(as_json.code(moved), lambda: output.line(moved.label))


@codes_command.command("merge")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True, type=TEXT)
@click.argument("into", type=TEXT)
@common
@pass_session
def merge_codes(session: Session, codes: tuple[str, ...], into: str) -> None:
    """Give the codings of codes to INTO, and move the codes to the trash."""
    with session.changing() as notebook:
        moved = notebook.codes.merge(codes, into).result
        session.show(
            {"codings": moved}, lambda: output.line(words.counted(moved, "coding has", "codings have") + " moved")
        )


@codes_command.command("history")
@click.argument("code", type=TEXT)
@common
@pass_session
def code_history(session: Session, code: str) -> None:
    """What became of a code, newest first."""
    with session.notebook() as notebook:
        found = notebook.codes.history(code)
    session.show([as_json.revision(info) for info in found], lambda: _print_history(found))


def _print_history(infos: list[RevisionInfo]) -> None:
    now = datetime.now()
    rows = [(words.moment(info.at, now), *words.version(info)) for info in infos]
    output.table(rows, ("when", "who", "what", "fields"))


@codes_command.command("trash")
@click.argument("code", type=TEXT)
@common
@pass_session
def trash_code(session: Session, code: str) -> None:
    """Move a code, those below it and all their codings to the trash."""
    with session.changing() as notebook:
        gone = notebook.codes.trash(code).result
        session.show({"codings": gone}, lambda: output.line(f"moved to the trash with {words.counted(gone, 'coding')}"))


@codes_command.command("export")
@click.argument("path", type=PATH)
@common
@pass_session
def export_codes(session: Session, path: Path) -> None:
    """Write the codebook to a .csv or .qdc (REFI-QDA) file."""
    with session.notebook() as notebook:
        written = notebook.codebook.export_file(path)
    session.show({"codes": written}, lambda: output.line(f"{words.counted(written, 'code')} written to {path}"))


@codes_command.command("import")
@click.argument("path", metavar="FILE", type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would be read, and write nothing.")
@common
@pass_session
def import_codes(session: Session, path: Path, dry_run: bool) -> None:
    """Take in the codes of a .csv or .qdc (REFI-QDA) codebook; codes that are here already are kept as they are."""
    with session.changing() as notebook:
        report = notebook.codebook.preview(path) if dry_run else notebook.codebook.import_file(path).result
    data = {"new": len(report.new), "known": len(report.known), "notices": list(report.notices), "dry_run": dry_run}
    session.show(data, lambda: output.line(f"{len(report.new)} new, {len(report.known)} known before"))
    for notice in report.notices:
        output.note(notice)
