"""questions list, add, show, edit, answer, reopen, trash, untrash, gather, let-go, option, brief."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import as_json, given, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Command, Session, common, pass_session
from desktop_app.model.links import Relation
from desktop_app.model.numbers import figure
from desktop_app.model.questions import Amount, Option, Piece, Question, QuestionDraft
from desktop_app.model.time import describe, describe_short
from desktop_app.services import Notebook
from desktop_app.services.writing import write_whole

_STRETCH = re.compile(r"(?P<series>.+?):(?P<from>[^/:]+(?:T\d\d:\d\d)?)(?:/(?P<to>.+))?")
_TOLD = {Relation.SUPPORTS: "for", Relation.CONTRADICTS: "against", Relation.MENTIONS: "undecided"}


@click.group("questions", invoke_without_command=True)
@common
@click.pass_context
def questions_command(context: click.Context) -> None:
    """Questions, open until they are answered, and what speaks for and against. Without a command: the list."""
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session), only_open=False)


@questions_command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has answered.")
@common
@pass_session
def list_questions(session: Session, only_open: bool) -> None:
    """Every question, open ones first."""
    _list(session, only_open=only_open)


def _list(session: Session, *, only_open: bool) -> None:
    with session.notebook() as notebook:
        found = [one for one in notebook.questions.list() if one.is_open or not only_open]
    session.show([as_json.question(one) for one in found], lambda: _print_list(found))


def _print_list(questions: Sequence[Question]) -> None:
    now = datetime.now()
    rows = [
        (
            one.id[: words.SHORT],
            "open" if one.is_open else "answered",
            describe_short(one.fields.asked, now),
            str(one.supporting),
            str(one.contradicting),
            str(one.undecided),
            one.fields.text,
        )
        for one in questions
    ]
    output.table(rows, ("id", "state", "asked", "for", "against", "undecided", "question"), right=(3, 4, 5))


@questions_command.command("show")
@click.argument("question", type=TEXT)
@common
@pass_session
def show_question(session: Session, question: str) -> None:
    """One question with its evidence. QUESTION is its id or the beginning of it."""
    with session.notebook() as notebook:
        found = notebook.questions.get(question)
        evidence = notebook.questions.evidence(found.id)
        names = {series.id: series.label for series in notebook.metrics.list()} if found.fields.options else {}
    data = as_json.question(found) | {"evidence": [as_json.piece(piece) for piece in evidence]}

    def tell() -> None:
        _print_question(found, names)
        _print_evidence(evidence)
        output.line()
        trashed = " · in the trash" if found.trashed else ""
        output.line(
            output.faint(f"{found.id} · {words.moment(found.created, datetime.now())} by {found.author}{trashed}")
        )

    session.show(data, tell)


def _print_question(question: Question, names: dict[str, str]) -> None:
    fields = question.fields
    output.line(output.strong(fields.text))
    asked = f"asked {describe(fields.asked)}" if fields.asked else "undated"
    if question.asker_name:
        asked = f"{asked} by {words.named(question.asker_name)}"
    state = "open" if question.is_open else f"answered {describe(fields.answered)}"
    whom = f"ask {words.named(question.whom_name)}" if question.whom_name else ""
    output.line(" · ".join(part for part in (state, asked, whom) if part))
    for text in (fields.note, fields.answer):
        if text:
            output.line()
            output.line(text)
    if fields.options:
        output.line()
        rows = [(option.name, _amount(option.gained, names), _amount(option.spent, names)) for option in fields.options]
        output.table(rows, ("option", "gained", "spent"), right=(1, 2))


def _amount(amount: Amount | None, names: dict[str, str]) -> str:
    if amount is None or amount.value is None:
        return "–"
    told = figure(amount.value, amount.unit)
    if amount.series is None:
        return told
    return f"{told} ({names.get(amount.series, 'a series')}, {words.stretch(amount.start, amount.end)})"


def _print_evidence(evidence: Sequence[Piece]) -> None:
    now = datetime.now()
    for relation, title in _TOLD.items():
        rows = [_piece_row(piece, now) for piece in evidence if piece.relation == relation]
        if rows:
            output.line()
            output.line(output.strong(f"{title.capitalize()} ({len(rows)})"))
            output.table(rows)


def _piece_row(piece: Piece, now: datetime) -> tuple[str, str, str, str, str]:
    told = piece.text or piece.heading
    when = describe_short(piece.occurred, now)
    if piece.kind == "series":
        when = words.stretch(piece.start, piece.end)
        told = f"{piece.heading}: {figure(piece.now, piece.unit)}"
        told += f" (then {figure(piece.then, piece.unit)}: restated)" if piece.is_restated else ""
    return piece.id[: words.SHORT], piece.entry_kind or piece.kind, when, words.named(piece.speaker), told


# --- asking and answering ---------------------------------------------------------------------------------------------


def _question_options(command: Command) -> Command:
    for option in (
        click.option("--entry", metavar="ID", type=TEXT, help="The entry in which it was asked."),
        click.option("--when", metavar="W", type=TEXT, help="When it was asked; today unless told."),
        click.option("--ask", metavar="NAME", type=TEXT, help="Whom to ask."),
        click.option("--asked-by", metavar="NAME", type=TEXT, help="Who asked it; without one it is your own."),
        click.option("--note", metavar="TEXT", type=TEXT, help="What to bear in mind, as Markdown."),
    ):
        command = option(command)
    return command


@questions_command.command("add")
@click.argument("text", type=TEXT)
@_question_options
@common
@pass_session
def add_question(
    session: Session,
    text: str,
    note: str | None,
    asked_by: str | None,
    ask: str | None,
    when: str | None,
    entry: str | None,
) -> None:
    """Write a question down and print its id (“-” reads standard input). People named for the first time are made."""
    draft = QuestionDraft(given.body(text), note, asked_by, ask, entry, when)
    with session.changing() as notebook:
        item = notebook.questions.add(draft).result
        session.show({"id": item}, lambda: output.line(item))


@questions_command.command("edit")
@click.argument("question", type=TEXT)
@click.argument("text", type=TEXT, required=False)
@_question_options
@click.option("--answer", metavar="TEXT", type=TEXT, help="The words of the answer; whether it is open stays.")
@common
@pass_session
def edit_question(
    session: Session,
    question: str,
    text: str | None,
    note: str | None,
    asked_by: str | None,
    ask: str | None,
    when: str | None,
    entry: str | None,
    answer: str | None,
) -> None:
    """Change what is given and nothing else; an empty text takes it away."""
    draft = QuestionDraft(given.body(text), note, asked_by, ask, entry, when, answer)
    with session.changing() as notebook:
        item = notebook.questions.edit(question, draft).result
        session.show(as_json.question(notebook.questions.get(item)), lambda: output.line(item))


@questions_command.command("answer")
@click.argument("question", type=TEXT)
@click.argument("text", type=TEXT, required=False)
@click.option("--when", metavar="W", type=TEXT, default="today", help="When it was answered; today unless told.")
@click.option("--entry", metavar="ID", type=TEXT, help="The entry that answers it.")
@common
@pass_session
def answer_question(session: Session, question: str, text: str | None, when: str, entry: str | None) -> None:
    """Say that a question is answered, and how: in words (“-” reads standard input), by an entry, or both."""
    answer = given.body(text) or ""
    with session.changing() as notebook:
        item = notebook.questions.answer(question, answer, when=when, entry=entry).result
        session.show(as_json.question(notebook.questions.get(item)), lambda: output.line(item))


@questions_command.command("reopen")
@click.argument("question", type=TEXT)
@common
@pass_session
def reopen_question(session: Session, question: str) -> None:
    """Let a question be open again; its answer so far stays with it."""
    with session.changing() as notebook:
        item = notebook.questions.reopen(question).result
        session.show(as_json.question(notebook.questions.get(item)), lambda: output.line(item))


@questions_command.command("trash")
@click.argument("questions", metavar="ID...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def trash_questions(session: Session, questions: tuple[str, ...]) -> None:
    """Move questions to the trash; “undo” or “questions untrash” brings them back."""
    with session.changing() as notebook:
        moved = notebook.questions.trash(questions).result
        session.show({"trashed": moved}, lambda: output.line(f"Moved to the trash: {moved}"))


@questions_command.command("untrash")
@click.argument("questions", metavar="ID...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def untrash_questions(session: Session, questions: tuple[str, ...]) -> None:
    """Take questions out of the trash."""
    with session.changing() as notebook:
        moved = notebook.questions.restore(questions).result
        session.show({"restored": moved}, lambda: output.line(f"Restored: {moved}"))


# --- evidence ---------------------------------------------------------------------------------------------------------


@questions_command.command("gather")
@click.argument("question", type=TEXT)
@click.argument("things", metavar="[THING]...", nargs=-1, type=TEXT)
@click.option("--for", "relation", flag_value=str(Relation.SUPPORTS), default=True, help="They speak for it (usual).")
@click.option("--against", "relation", flag_value=str(Relation.CONTRADICTS), help="They speak against it.")
@click.option("--undecided", "relation", flag_value=str(Relation.MENTIONS), help="Nobody has decided yet.")
@click.option("--series", metavar="S", type=TEXT, help="A stretch of this series, by id or name, with --from and --to.")
@click.option("--from", "from_", metavar="W", type=TEXT, help="Where the stretch begins.")
@click.option("--to", metavar="W", type=TEXT, default="", help="Where it ends, that date included.")
@common
@pass_session
def gather_evidence(
    session: Session,
    question: str,
    things: tuple[str, ...],
    relation: str,
    series: str | None,
    from_: str | None,
    to: str,
) -> None:
    """Gather evidence for QUESTION, against it, or undecided. THING is the id of an entry, coding, document or memo;
    one that was gathered before speaks as said now."""
    if (series is None) != (from_ is None):
        raise click.UsageError("--series and --from belong together.")
    if series is None and (to or not things):
        raise click.UsageError("Give at least one THING, or --series with --from.")
    with session.changing() as notebook:
        ends = [notebook.questions.thing(thing) for thing in things]
        if series is not None and from_ is not None:
            ends.append(notebook.questions.stretch(series, from_, to))
        item = notebook.questions.resolve(question)
        links = notebook.questions.gather_all(item, ends, relation).result
        session.show({"id": item, "links": links}, lambda: _tell_evidence(notebook, item))


@questions_command.command("let-go")
@click.argument("question", type=TEXT)
@click.argument("things", metavar="THING...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def let_go_of_evidence(session: Session, question: str, things: tuple[str, ...]) -> None:
    """Take things away from QUESTION: by their id, a series by its name, or by the id of one link."""
    with session.changing() as notebook:
        item = notebook.questions.resolve(question)
        removed = notebook.questions.let_go(item, *things).result
        session.show({"id": item, "removed": removed}, lambda: _tell_evidence(notebook, item))


def _tell_evidence(notebook: Notebook, item: str) -> None:
    found = notebook.questions.get(item)
    counts = f"{found.supporting} for, {found.contradicting} against, {found.undecided} undecided"
    output.line(f"{item[: words.SHORT]}  {counts}")


# --- brief ------------------------------------------------------------------------------------------------------------


@questions_command.command("brief")
@click.argument("question", type=TEXT)
@click.option("--out", metavar="PATH", type=given.PATH, help="Write it to a file: .md, .html or .pdf.")
@common
@pass_session
def question_brief(session: Session, question: str, out: Path | None) -> None:
    """One question as a readable page whose every claim is marked with its evidence; as Markdown without --out."""
    with output.progress() as tell, session.notebook() as notebook:
        ending = out.suffix.lower() if out else ".md"
        made = notebook.briefs.write(question, ending, session.launcher.render_pdf, progress=tell)
    if out is None:
        text = made.decode("utf-8")
        session.show({"markdown": text}, lambda: output.line(text.rstrip("\n")))
        return
    write_whole(out, made)
    session.show({"path": str(out)}, lambda: output.line(str(out)))


# --- options ----------------------------------------------------------------------------------------------------------


@questions_command.command("option")
@click.argument("question", type=TEXT)
@click.argument("name", type=TEXT)
@click.option("--gained", metavar="X|SERIES:FROM/TO", type=TEXT, help="What it brings in; a stretch takes its total.")
@click.option("--spent", metavar="X|SERIES:FROM/TO", type=TEXT, help="What it takes.")
@click.option("--unit", metavar="U", type=TEXT, default="", help="Of both amounts; that of the series unless told.")
@click.option("--remove", is_flag=True, help="Take the option away.")
@common
@pass_session
def set_option(
    session: Session,
    question: str,
    name: str,
    gained: str | None,
    spent: str | None,
    unit: str,
    remove: bool,
) -> None:
    """Add an option NAME to what QUESTION decides, or change it; amounts that are not given stay."""
    with session.changing() as notebook:
        found = notebook.questions.get(question)
        amounts = {
            side: _amount_of(notebook, text, unit)
            for side, text in (("gained", gained), ("spent", spent))
            if text is not None
        }
        options = _with_option(found.fields.options, " ".join(name.split()), amounts, remove=remove)
        notebook.questions.set_options(found.id, options)
        session.show(as_json.question(notebook.questions.get(found.id)), lambda: output.line(found.id))


def _with_option(options: Sequence[Option], name: str, amounts: dict[str, Any], *, remove: bool) -> list[Option]:
    named = [option for option in options if option.name.casefold() == name.casefold()]
    if remove:
        if not named:
            raise click.UsageError(f"There is no option “{name}”.")
        return [option for option in options if option not in named]
    if not named:
        return [*options, Option(name, **amounts)]
    return [replace(option, **amounts) if option is named[0] else option for option in options]


def _amount_of(notebook: Notebook, text: str, unit: str) -> Amount | None:
    """``1200``, a stretch of a series such as ``Revenue:2026-01/2026-03``, or nothing for an empty text."""
    if not text.strip():
        return None
    try:
        return Amount(given.number(text), unit)
    except ValueError:
        match = _STRETCH.fullmatch(text.strip())
    if match is None:
        raise click.UsageError(f"“{text}” is no amount; write 1200 or “Revenue:2026-01/2026-03”.")
    end = notebook.questions.stretch(match["series"].strip(), match["from"], match["to"] or "")
    return Amount(end.then, unit, end.id, end.start, end.end)
