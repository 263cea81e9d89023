"""add, edit, show, trash, untrash, tags."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import as_json, given, output, words
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Command, Session, common, pass_session
from desktop_app.model.entries import Act, Basis, Consent, EntryDraft, EntryKind, Outcome, Result
from desktop_app.model.errors import Invalid
from desktop_app.services import Notebook

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--kind",
        type=click.Choice([str(kind) for kind in EntryKind]),
        help="note unless told (or told by an option below).",
    ),
    click.option("--title", metavar="T", type=TEXT, help="One line above the text."),
    click.option("--when", metavar="W", type=TEXT, help="When it happened: “last Tuesday”, 2026-Q1; now unless told."),
    click.option(
        "--recurs", metavar="R", type=TEXT, help="How often it comes again: “every year”, “monthly, 5 times”."
    ),
    click.option("--scale", metavar="S", type=TEXT, multiple=True, help="The speed it moves at; may be repeated."),
    click.option("--perspective", metavar="P", type=TEXT, multiple=True, help="How it is seen; may be repeated."),
    click.option(
        "--tag", metavar="T", type=TEXT, multiple=True, help="A tag such as pricing/discounts; may be repeated."
    ),
    click.option("--speaker", metavar="NAME", type=TEXT, help="Who said it."),
    click.option("--org", metavar="NAME", type=TEXT, help="The organisation it comes from."),
    click.option("--basis", type=click.Choice([*map(str, Basis), ""]), metavar="B", help=f"{', '.join(Basis)}."),
    click.option(
        "--act", type=click.Choice([*map(str, Act), ""]), metavar="A", help=f"What we did in it: {', '.join(Act)}."
    ),
    click.option("--channel", metavar="C", type=TEXT, help="Where it was heard: phone, shop, mail."),
    click.option("--consent", type=click.Choice([*map(str, Consent), ""]), metavar="C", help=f"{', '.join(Consent)}."),
    click.option("--surprise/--no-surprise", default=None, help="A random event, on nobody’s map."),
    click.option("--horizon", metavar="W", type=TEXT, help="By when a foresight will have been decided."),
    click.option("--confidence", metavar="X", type=given.Confidence(), help="How sure a foresight is: 0.7 or 70%."),
    click.option("--check", metavar="TEST", type=given.CheckType(), help="“SERIES >= 1200 in 2026-Q1”."),
    click.option(
        "--outcome",
        type=click.Choice([*map(str, Result), ""]),
        metavar="R",
        help=f"How it turned out: {', '.join(Result)}.",
    ),
    click.option("--outcome-note", metavar="TEXT", type=TEXT, default="", help="Why, with --outcome."),
    click.option("--resolved", metavar="W", type=TEXT, default="", help="When it was decided, with --outcome."),
    click.option(
        "--series", metavar="S", type=TEXT, multiple=True, help="A series to pin, by id or name; may be repeated."
    ),
    click.option("--attach", metavar="FILE", type=TEXT, multiple=True, help="A file to keep with it; may be repeated."),
)


def entry_options(command: Command) -> Command:
    """The options that ``add`` and ``edit`` share."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def draft_of(text: str | None, options: dict[str, Any]) -> EntryDraft:
    """The entry that the options describe; what was not given is ``None``."""
    outcome = options["outcome"]
    if outcome is None and (options["outcome_note"] or options["resolved"]):
        raise click.UsageError("--outcome-note and --resolved belong to --outcome.")
    plain = (
        "title",
        "when",
        "recurs",
        "speaker",
        "org",
        "basis",
        "act",
        "channel",
        "consent",
        "surprise",
        "horizon",
        "confidence",
        "check",
    )
    return EntryDraft(
        body=given.body(text),
        kind=options["kind"],
        scales=given.several(options["scale"]),
        perspectives=given.several(options["perspective"]),
        tags=given.several(options["tag"]),
        outcome=None if outcome is None else Outcome(outcome, options["resolved"], options["outcome_note"]),
        series=tuple(name for name in options["series"] if name) if options["series"] else None,
        attach=options["attach"],
        detach=options.get("detach", ()),
        **{name: options[name] for name in plain},
    )


def _kind(options: dict[str, Any]) -> str:
    """What an option belongs to says what is written, where ``--kind`` does not."""
    if options["surprise"]:
        return EntryKind.EVENT
    if any(options[name] is not None for name in ("horizon", "confidence", "check", "outcome")):
        return EntryKind.FORESIGHT
    return EntryKind.NOTE


@click.command("add")
@click.argument("text", type=TEXT)
@entry_options
@common
@pass_session
def add_command(session: Session, /, text: str, **options: Any) -> None:
    """Write an entry and print its id. TEXT is Markdown; - reads it from standard input.

    People and organisations named for the first time are made. The id is printed once the entry is safe on the disk.
    """
    options["kind"] = options["kind"] or _kind(options)
    draft = draft_of(text, options)
    with session.changing() as notebook:
        entry = notebook.entries.add(draft).result
        session.show({"id": entry}, lambda: output.line(entry))


@click.command("edit")
@click.argument("entry", metavar="ID", type=TEXT)
@click.argument("text", type=TEXT, required=False)
@click.option("--body", metavar="TEXT", type=TEXT, help="The new text, the same as the argument.")
@entry_options
@click.option("--detach", metavar="NAME", multiple=True, help="An attachment to take away; may be repeated.")
@common
@pass_session
def edit_command(session: Session, /, entry: str, text: str | None, body: str | None, **options: Any) -> None:
    """Change an entry.

    What an option gives replaces what was there, and "" clears it.

    ID is an id or the beginning of one. TEXT replaces the body; - reads it from standard input.
    """
    if text is not None and body is not None:
        raise click.UsageError("The text is given twice; leave out --body.")
    draft = draft_of(text if body is None else body, options)
    if draft == EntryDraft():
        raise click.UsageError("Nothing to change was given.")
    with session.changing() as notebook:
        item = notebook.entries.edit(entry, draft).result
        session.show({"id": item}, lambda: output.line(item))


@click.command("show")
@click.argument("entry", metavar="ID", type=TEXT)
@click.option("--extract", metavar="DIR", type=PATH, help="Write its attachments into a folder.")
@common
@pass_session
def show_command(session: Session, entry: str, extract: Path | None) -> None:
    """Show an entry. ID is an id or the beginning of one."""
    with session.notebook() as notebook:
        found = notebook.entries.get(entry)
        files = [(file.name, notebook.entries.attachment(file.blob)) for file in found.fields.attachments if extract]
        links = notebook.links.of(found.id)
        names, came = _names(notebook), notebook.history.provenance(found.id)
        waiting = notebook.conflicts.of(found.id)
        told = as_json.entry(found, links) | as_json.provenance(came)
        told |= {"conflicts": [as_json.conflict(one) for one in waiting]}
        session.show(told, lambda: words.print_entry(found, links, names, came, waiting))
    if extract is not None:
        for name, data in files:
            output.note(f"wrote {_write(extract, name, data)}")


def _write(folder: Path, name: str, data: bytes) -> Path:
    """Write a file under its own name, which may have come from elsewhere and must not lead out of the folder."""
    path = folder / (Path(name.replace("\\", "/")).name or "attachment")
    if path.exists():
        raise Invalid(message=f"{path} already exists; choose another folder, nothing was overwritten.")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _names(notebook: Notebook) -> Callable[[str], str]:
    """What to call a scale, a perspective or a series; the id itself where nobody knows it."""
    known = {term.id: term.name for term in notebook.vocabulary.perspectives()}
    known |= {term.id: term.name.lower() for term in notebook.vocabulary.scales()}

    def name_of(item: str) -> str:
        if item not in known:
            known.update((series.id, series.label) for series in notebook.metrics.list())
        return known.get(item, item)

    return name_of


@click.command("trash")
@click.argument("entries", metavar="ID...", nargs=-1, type=TEXT)
@click.option("--list", "listed", is_flag=True, help="Show what lies in the trash.")
@common
@pass_session
def trash_command(session: Session, entries: tuple[str, ...], listed: bool) -> None:
    """Put entries into the trash; nothing is ever lost."""
    if bool(entries) == listed:
        raise click.UsageError("Give the ids of entries, or --list alone.")
    if listed:
        with session.notebook() as notebook:
            found = notebook.entries.trashed()
        session.show(
            [as_json.entry(entry) for entry in found], lambda: output.table([words.entry_row(entry) for entry in found])
        )
        return
    with session.changing() as notebook:
        moved = notebook.entries.trash(entries).result
        session.show({"trashed": moved}, lambda: output.line(f"In the trash now: {moved} more"))


@click.command("untrash")
@click.argument("entries", metavar="ID...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def untrash_command(session: Session, entries: tuple[str, ...]) -> None:
    """Take entries out of the trash."""
    with session.changing() as notebook:
        moved = notebook.entries.restore(entries).result
        session.show({"restored": moved}, lambda: output.line(f"Restored: {moved}"))


@click.command("tags")
@common
@pass_session
def tags_command(session: Session) -> None:
    """The tags in use, and how many entries each has with those below it."""
    with session.notebook() as notebook:
        tags = notebook.entries.tags()
    rows = [(f"{'  ' * tag.tag.count('/')}{tag.tag.rpartition('/')[2]}", str(tag.count)) for tag in tags]
    session.show([{"tag": tag.tag, "count": tag.count} for tag in tags], lambda: output.table(rows, right=(1,)))
