"""documents import, list, show, edit, correct, speaker, trash, restore."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH, TEXT, body
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.documents import Document, ParsedDocument, Text
from desktop_app.model.errors import Invalid
from desktop_app.model.time import describe, describe_short

PREVIEWED = 3
"""Turns of each file that a dry run shows."""


@click.group("documents")
def documents_command() -> None:
    """Texts to be coded: transcripts, interviews, open answers."""


# --- import ---------------------------------------------------------------------------------------------------------


@documents_command.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option(
    "--speaker-pattern",
    metavar="P",
    type=TEXT,
    default="",
    help="How speakers and times stand in the text, such as “[{time}] {speaker}: {text}”, or a regular expression.",
)
@click.option("--answers", metavar="COLUMN", type=TEXT, default="", help="Of a table: the column of open answers.")
@click.option("--id", "id_column", metavar="COLUMN", type=TEXT, default="", help="Of a table: who answered.")
@click.option("--dry-run", is_flag=True, help="Say what would be read, and write nothing.")
@common
@pass_session
def import_documents(
    session: Session, files: tuple[Path, ...], speaker_pattern: str, answers: str, id_column: str, dry_run: bool
) -> int:
    """Take in texts: files, or folders with files.

    Each speaker's turns and times are kept beside the text. A row of a CSV or XLSX table becomes one document, its
    other columns attributes. A file that cannot be read is told, and the rest goes on.
    """
    from desktop_app.services.documents import Reading

    reading = Reading(speaker_pattern, answers, id_column)
    with session.changing() as notebook, output.progress() as progress:
        if dry_run:
            intake = notebook.documents.preview_files(files, reading)
        else:
            intake = notebook.documents.import_files(files, reading, progress=progress).result
    data = {
        "documents": [as_json.parsed_document(taken.parsed, taken.id, taken.file) for taken in intake.documents],
        "rejected": [{"file": rejected.file, "reason": rejected.reason} for rejected in intake.rejected],
        "dry_run": dry_run,
    }
    session.show(data, lambda: _print_intake([(taken.id, taken.parsed) for taken in intake.documents], dry_run))
    for rejected in intake.rejected:
        output.note(rejected.reason)
    return 0 if intake.documents else 1


def _print_intake(documents: Sequence[tuple[str, ParsedDocument]], dry_run: bool) -> None:
    rows = [
        (
            item[: words.SHORT],
            f"{len(parsed.text):,}",
            str(len(parsed.turns)),
            ", ".join(parsed.speakers),
            parsed.title,
        )
        for item, parsed in documents
    ]
    output.table(rows, ("id", "characters", "turns", "speakers", "title"), right=(1, 2))
    for _, parsed in documents:
        for notice in parsed.notices:
            output.note(f"{parsed.title}: {notice}")
        if dry_run:
            for turn in parsed.turns[:PREVIEWED]:
                said = output.shortened(parsed.text[turn.start : turn.end], 100)
                output.line(f"  {words.clock(turn.begins)}  {output.strong(turn.speaker)}  {said}")


# --- list and show --------------------------------------------------------------------------------------------------


@documents_command.command("list")
@common
@pass_session
def list_documents(session: Session) -> None:
    """The documents, by title."""
    with session.notebook() as notebook:
        found = notebook.documents.list()
    session.show([as_json.document(document) for document in found], lambda: _print_list(found))


def _print_list(documents: list[Document]) -> None:
    now = datetime.now()
    rows = [
        (
            document.id[: words.SHORT],
            describe_short(document.fields.occurred, now),
            words.length(document.fields.content.milliseconds),
            f"{document.fields.content.characters:,}",
            str(sum(document.codings.values())),
            document.fields.title,
        )
        for document in documents
    ]
    output.table(rows, ("id", "when", "length", "characters", "codings", "title"), right=(2, 3, 4))


@documents_command.command("show")
@click.argument("document", type=TEXT)
@common
@pass_session
def show_document(session: Session, document: str) -> None:
    """One document with its turns and text. DOCUMENT is a title, or an id or its beginning."""
    with session.notebook() as notebook:
        found = notebook.documents.get(document)
        text = notebook.documents.text(found.id)
        people = {item: notebook.people.get(item).fields.name for item in set(found.fields.people.values())}
        names = {variable.id: variable.fields.name for variable in notebook.attributes.variables("document")}
    session.show(
        as_json.document(found) | as_json.text(text, people) | as_json.attributes(found.fields.attributes, names),
        lambda: _print_document(found, text),
    )


def _print_document(document: Document, text: Text) -> None:
    fields = document.fields
    output.line(output.strong(fields.title))
    about = [
        describe(fields.occurred) or "undated",
        words.length(fields.content.milliseconds),
        f"{fields.content.characters:,} characters",
        *(f"{count} codings by {coder}" for coder, count in document.codings.items()),
    ]
    output.line(" · ".join(part for part in about if part))
    if fields.note:
        output.line(fields.note)
    output.line()
    at = 0
    for turn in text.turns:
        _print_between(text.text[at : turn.start])
        head = [output.faint(words.clock(turn.begins))] if turn.begins is not None else []
        output.line("  ".join([*head, output.strong(turn.speaker)]))
        output.line(text.text[turn.start : turn.end])
        at = turn.end
    _print_between(text.text[at:])
    output.line()
    output.line(output.faint(document.id))


def _print_between(words_of_nobody: str) -> None:
    """What stands between two turns, or is a text without any."""
    if words_of_nobody.strip():
        output.line(words_of_nobody.strip("\n"))


# --- change ---------------------------------------------------------------------------------------------------------


@documents_command.command("edit")
@click.argument("document", type=TEXT)
@click.option("--title", metavar="T", type=TEXT, help="What it is called.")
@click.option("--when", metavar="W", type=TEXT, help="When the conversation was; an empty text takes it away.")
@click.option("--note", metavar="TEXT", type=TEXT, help="What to know about it.")
@common
@pass_session
def edit_document(session: Session, document: str, title: str | None, when: str | None, note: str | None) -> None:
    """Change a document's title, date or note. Its text is changed by “documents correct”."""
    with session.changing() as notebook:
        item = notebook.documents.edit(document, title=title, when=when, note=note).result
        session.show({"id": item}, lambda: output.line(item))


@documents_command.command("correct")
@click.argument("document", type=TEXT)
@click.argument("file", type=TEXT)
@click.option(
    "--on",
    "version",
    metavar="VERSION",
    type=TEXT,
    default="",
    help="Only if the text is still this version, as “documents show --json” tells it.",
)
@common
@pass_session
def correct_document(session: Session, document: str, file: str, version: str) -> None:
    """Replace a document's text by that of FILE (UTF-8; “-” is standard input). Codings go with their words.

    What cannot follow for certain is listed by “codings review”.
    """
    text = body("-") if file == "-" else _text_of(PATH.convert(file, None, None))
    assert text is not None
    with session.changing() as notebook:
        done = notebook.documents.correct(document, text, version_before=version).result
        data = {"moved": done.moved, "waiting": list(done.waiting)}
        session.show(data, lambda: output.line(words.corrected(done.moved, len(done.waiting))))


def _text_of(path: Path) -> str:
    from desktop_app.services.documents import read_bytes

    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(message=f"{path} is not UTF-8; convert it first, nothing was changed.") from error


@documents_command.command("speaker")
@click.argument("document", type=TEXT)
@click.argument("speaker", type=TEXT)
@click.argument("person", type=TEXT, default="")
@click.option("--rename", metavar="NAME", type=TEXT, help="Give the speaker this name in every turn.")
@common
@pass_session
def match_speaker(session: Session, document: str, speaker: str, person: str, rename: str | None) -> None:
    """Say that SPEAKER of a document is PERSON (made if new); without PERSON the match is taken back."""
    with session.changing() as notebook:
        if rename is not None:
            notebook.documents.rename_speaker(document, speaker, rename)
            speaker = " ".join(rename.split())
        if person or rename is None:
            notebook.documents.match_speaker(document, speaker, person)
        found = notebook.documents.get(document)
        session.show(as_json.document(found), lambda: output.line(", ".join(found.fields.content.speakers)))


@documents_command.command("trash")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def trash_documents(session: Session, documents: tuple[str, ...]) -> None:
    """Move documents and their codings to the trash; “documents restore” or “undo” brings them back."""
    with session.changing() as notebook:
        moved = notebook.documents.trash_all(documents).result
        session.show({"trashed": moved}, lambda: output.line(f"{moved} moved to the trash"))


@documents_command.command("restore")
@click.argument("document", type=TEXT)
@common
@pass_session
def restore_document(session: Session, document: str) -> None:
    """Take a document out of the trash, with its codings."""
    with session.changing() as notebook:
        item = notebook.documents.restore(document).result
        session.show({"id": item}, lambda: output.line(item))
