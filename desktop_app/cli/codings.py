"""codings list, add, auto, remove, recode, resize, weigh, review, confirm."""

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.cli.targets import target_of
from desktop_app.model.coding import CodingFilter, Extent, Proposal, Waiting
from desktop_app.model.errors import Invalid


@click.group("codings")
def codings_command() -> None:
    """Codes applied to texts. Places are counted in characters (code points) from 0; the end is not in."""


@codings_command.command("list")
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="Only of this document.")
@click.option("--coder", "coders", metavar="C", multiple=True, type=TEXT, help="Only what C coded.")
@click.option("--code", "codes", metavar="CODE", multiple=True, type=TEXT, help="Only this code and those below it.")
@common
@pass_session
def list_codings(session: Session, documents: tuple[str, ...], coders: tuple[str, ...], codes: tuple[str, ...]) -> None:
    """Codings, by document and in the order of the text."""
    with session.notebook() as notebook:
        wanted = CodingFilter(
            codes=tuple(notebook.codes.resolve(code) for code in codes),
            coders=coders,
            targets=tuple(target_of(notebook, document)[1] for document in documents),
        )
        found = notebook.codings.with_sources(notebook.codings.find(wanted))
        quotes = notebook.codings.quotes([coding.id for coding in found])
        known = {code.id: code for code in notebook.codes.list()}
    data = [as_json.coding(coding, quotes[coding.id], known.get(coding.code)) for coding in found]
    rows = [
        (
            row["id"][: words.SHORT],
            row["document"][: words.SHORT],
            f"{row['start']}–{row['end']}",
            row["coder"],
            row["path"],
            " ".join(row["quote"].split()),
        )
        for row in data
    ]
    session.show(data, lambda: output.table(rows, ("id", "document", "place", "coder", "code", "quote")))


@codings_command.command("add")
@click.argument("document", type=TEXT)
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("code", type=TEXT)
@click.option("--coder", metavar="C", type=TEXT, default="", help="Who codes, instead of this notebook's author.")
@click.option("--weight", metavar="N", type=int, help="How much it weighs, 0 to 100.")
@common
@pass_session
def add_coding(
    session: Session, document: str, start: int, end: int, code: str, coder: str, weight: int | None
) -> None:
    """Apply CODE to the characters START to END (not in) of a document, or of an entry given by its id.

    CODE is a name, a path or an id; a code that is not there is made.
    """
    with session.changing() as notebook:
        kind, item = target_of(notebook, document)
        before = {known.id for known in notebook.codes.list()}
        made = notebook.codings.add(item, start, end, code, target_kind=kind, coder=coder, weight=weight).result
        new = notebook.codings.get(made).code
        if new not in before:
            output.note(f"the code “{notebook.codes.get(new).label}” was not there and has been made")
        session.show({"id": made}, lambda: output.line(made))


@codings_command.command("auto")
@click.argument("code", type=TEXT)
@click.option("--search", metavar="WORDS", type=TEXT, help='Where these words are: words, "a phrase", begin*, OR.')
@click.option("--regex", metavar="R", type=TEXT, help="Where a regular expression fits.")
@click.option("--section", metavar="HEADING", type=TEXT, help="What stands below headings with these words.")
@click.option("--speaker", "speakers", metavar="NAME", multiple=True, type=TEXT, help="What somebody says.")
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="Only in this document.")
@click.option(
    "--extent",
    type=click.Choice([str(extent) for extent in Extent]),
    default=str(Extent.MATCH),
    help="How much around each place is coded.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be coded, and write nothing.")
@common
@pass_session
def auto_code(
    session: Session,
    code: str,
    search: str | None,
    regex: str | None,
    section: str | None,
    speakers: tuple[str, ...],
    documents: tuple[str, ...],
    extent: str,
    dry_run: bool,
) -> None:
    """Apply CODE to every place that is found, in one step that “undo” takes back."""
    asked = [given for given in (search, regex, section) if given is not None]
    if len(asked) > 1 or not (asked or speakers):
        raise Invalid(message="Say where to code with one of --search, --regex, --section, or with --speaker.")
    with session.changing() as notebook:
        targets = [target_of(notebook, document)[1] for document in documents] or None
        retrieval = notebook.retrieval
        if section is not None:
            places = retrieval.by_section(section, targets)
        elif asked:
            places = retrieval.search_text(
                asked[0], regex=regex is not None, targets=targets, extent=extent, speakers=speakers
            )
        else:
            places = retrieval.by_speaker(speakers, targets)
        proposals = retrieval.proposals(places)
        made = 0 if dry_run or not places else retrieval.autocode(places, code).result
        data = {"places": [as_json.proposal(one) for one in proposals], "coded": made, "dry_run": dry_run}
        session.show(data, lambda: _print_auto(proposals, made, dry_run))


def _print_auto(proposals: list[Proposal], made: int, dry_run: bool) -> None:
    for one in proposals:
        output.line(f"{one.document}: {_marked(one.before, one.stretch.quote, one.after)}")
    told = f"{words.counted(len(proposals), 'place')} found"
    output.line(f"{told}; nothing was written" if dry_run else f"{told}, {words.counted(made, 'coding')} new")


@codings_command.command("remove")
@click.argument("codings", metavar="ID...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def remove_codings(session: Session, codings: tuple[str, ...]) -> None:
    """Take codings away; “undo” brings them back."""
    with session.changing() as notebook:
        gone = notebook.codings.remove([notebook.codings.resolve(coding) for coding in codings]).result
        session.show({"removed": gone}, lambda: output.line(f"{words.counted(gone, 'coding')} removed"))


@codings_command.command("recode")
@click.argument("codings", metavar="ID...", nargs=-1, required=True, type=TEXT)
@click.argument("code", type=TEXT)
@common
@pass_session
def recode_codings(session: Session, codings: tuple[str, ...], code: str) -> None:
    """Give codings another code."""
    with session.changing() as notebook:
        changed = notebook.codings.recode([notebook.codings.resolve(coding) for coding in codings], code).result
        session.show({"changed": changed}, lambda: output.line(f"{words.counted(changed, 'coding')} changed"))


@codings_command.command("resize")
@click.argument("coding", metavar="ID", type=TEXT)
@click.argument("start", type=int)
@click.argument("end", type=int)
@common
@pass_session
def resize_coding(session: Session, coding: str, start: int, end: int) -> None:
    """Give a coding the characters START to END (not in); one on the review list is settled by it."""
    with session.changing() as notebook:
        item = notebook.codings.resize(notebook.codings.resolve(coding), start, end).result
        session.show({"id": item}, lambda: output.line(notebook.codings.get(item).quote))


@codings_command.command("weigh")
@click.argument("coding", metavar="ID", type=TEXT)
@click.argument("weight", type=int, required=False)
@common
@pass_session
def weigh_coding(session: Session, coding: str, weight: int | None) -> None:
    """Say how much a coding weighs, 0 to 100; without WEIGHT, nothing of it."""
    with session.changing() as notebook:
        item = notebook.codings.resolve(coding)
        notebook.codings.weigh([item], weight)
        session.show({"id": item}, lambda: output.line(item))


@codings_command.command("review")
@click.option("--document", metavar="D", type=TEXT, help="Only of this document.")
@common
@pass_session
def review_codings(session: Session, document: str | None) -> None:
    """Codings that could not follow a correction of their text for certain: what they quoted, what they quote now."""
    with session.notebook() as notebook:
        found = notebook.codings.waiting(target_of(notebook, document)[1] if document else None)
    session.show([as_json.waiting(one) for one in found], lambda: _print_review(found))


def _print_review(found: list[Waiting]) -> None:
    for number, one in enumerate(found):
        if number:
            output.line()
        label = " / ".join(one.path)
        output.line(f"{one.coding.id[: words.SHORT]}  {output.strong(label)}  {one.coding.coder}, {one.document}")
        output.line(f"  was  …{_marked(one.old.before, one.old.quote, one.old.after)}…")
        output.line(f"  now  …{_marked(one.before, one.text, one.after)}…" if one.text else "  now  its words are gone")


def _marked(before: str, quote: str, after: str) -> str:
    flat = [" ".join(part.split("\n")) for part in (before, quote, after)]
    return f"{flat[0]}{output.strong(flat[1])}{flat[2]}"


@codings_command.command("confirm")
@click.argument("codings", metavar="ID...", nargs=-1, required=True, type=TEXT)
@common
@pass_session
def confirm_codings(session: Session, codings: tuple[str, ...]) -> None:
    """Say that codings of the review list are where they belong."""
    with session.changing() as notebook:
        done = notebook.codings.confirm([notebook.codings.resolve(coding) for coding in codings]).result
        session.show({"confirmed": done}, lambda: output.line(f"{words.counted(done, 'coding')} confirmed"))
