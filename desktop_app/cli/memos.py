"""memos list, show, add, edit, trash."""

from datetime import datetime

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT, body
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.cli.targets import target_of
from desktop_app.model.memos import About, Memo, MemoFields
from desktop_app.services import Notebook


@click.group("memos")
def memos_command() -> None:
    """Dated texts about codes, codings, documents, entries, people, questions or the project."""


@memos_command.command("list")
@click.option("--about", metavar="ID", type=TEXT, help="Only about this thing: its id, or a document's or code's name.")
@common
@pass_session
def list_memos(session: Session, about: str | None) -> None:
    """Memos, the one edited last first."""
    with session.notebook() as notebook:
        found = notebook.memos.list()
    if about is not None:
        wanted = about.casefold()
        found = [memo for memo in found if _is_about(memo, wanted)]
    session.show([as_json.memo(memo) for memo in found], lambda: _print_list(found))


def _is_about(memo: Memo, wanted: str) -> bool:
    ids = any(thing.id.startswith(wanted) for thing in memo.fields.about)
    return ids or any(name.casefold() == wanted for name in memo.names)


def _print_list(memos: list[Memo]) -> None:
    now = datetime.now()
    rows = [
        (
            memo.id[: words.SHORT],
            words.moment(memo.edited, now),
            memo.author,
            output.shortened("; ".join(memo.names), 40),
            memo.heading,
        )
        for memo in memos
    ]
    output.table(rows, ("id", "when", "who", "about", "memo"))


@memos_command.command("show")
@click.argument("memo", type=TEXT)
@common
@pass_session
def show_memo(session: Session, memo: str) -> None:
    """One memo. MEMO is its id or the beginning of it."""
    with session.notebook() as notebook:
        found = notebook.memos.get(memo)
    session.show(as_json.memo(found), lambda: _print_memo(found))


def _print_memo(memo: Memo) -> None:
    if memo.fields.title:
        output.line(output.strong(memo.fields.title))
    output.line(f"about {'; '.join(memo.names)}" if memo.names else "about nothing in particular")
    output.line()
    output.line(memo.fields.body)
    output.line()
    output.line(output.faint(f"{memo.id} · {words.moment(memo.created, datetime.now())} by {memo.author}"))


@memos_command.command("add")
@click.argument("text", type=TEXT)
@click.option("--title", metavar="T", type=TEXT, default="", help="What it is called.")
@click.option(
    "--code", "codes", metavar="CODE", multiple=True, type=TEXT, help="About a code; all of these may be repeated."
)
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="About a document.")
@click.option("--coding", "codings", metavar="ID", multiple=True, type=TEXT, help="About a coding.")
@click.option("--entry", "entries", metavar="ID", multiple=True, type=TEXT, help="About an entry.")
@click.option("--question", "questions", metavar="ID", multiple=True, type=TEXT, help="About a question.")
@click.option("--person", "people", metavar="P", multiple=True, type=TEXT, help="About a person, by name or id.")
@common
@pass_session
def add_memo(
    session: Session,
    text: str,
    title: str,
    codes: tuple[str, ...],
    documents: tuple[str, ...],
    codings: tuple[str, ...],
    entries: tuple[str, ...],
    questions: tuple[str, ...],
    people: tuple[str, ...],
) -> None:
    """Write a memo (“-” reads standard input). Without anything it is about, it is about the project."""
    words_of_it = body(text) or ""
    with session.changing() as notebook:
        about = [
            *(About("code", notebook.codes.resolve(code)) for code in codes),
            *(About(*target_of(notebook, document)) for document in documents),
            *(About("coding", coding) for coding in codings),
            *(About("entry", entry) for entry in entries),
            *(About("question", question) for question in questions),
            *(About("person", _person(notebook, person)) for person in people),
        ]
        fields = MemoFields(words_of_it, title, tuple(about) or (About("notebook", notebook.id),))
        item = notebook.memos.add(fields).result
        session.show({"id": item}, lambda: output.line(item))


def _person(notebook: Notebook, name: str) -> str:
    named = [person.id for person in notebook.people.list() if person.fields.name.casefold() == name.strip().casefold()]
    return named[0] if len(named) == 1 else name


@memos_command.command("edit")
@click.argument("memo", type=TEXT)
@click.argument("text", type=TEXT, required=False)
@click.option("--title", metavar="T", type=TEXT, help="What it is called.")
@common
@pass_session
def edit_memo(session: Session, memo: str, text: str | None, title: str | None) -> None:
    """Give a memo another text (“-” reads standard input) or title."""
    given = body(text)
    with session.changing() as notebook:
        found = notebook.memos.get(memo)
        old = found.fields
        fields = MemoFields(
            old.body if given is None else given, old.title if title is None else title, old.about, old.settles
        )
        notebook.memos.edit(found.id, fields)
        session.show(as_json.memo(notebook.memos.get(found.id)), lambda: output.line(found.id))


@memos_command.command("trash")
@click.argument("memo", type=TEXT)
@common
@pass_session
def trash_memo(session: Session, memo: str) -> None:
    """Move a memo to the trash; “undo” brings it back."""
    with session.changing() as notebook:
        moved = notebook.memos.trash(memo).result
        session.show(
            {"trashed": int(moved)}, lambda: output.line("moved to the trash" if moved else "was there before")
        )
