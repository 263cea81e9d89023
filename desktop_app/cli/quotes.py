"""quotes: what was said under a code, with what stands around it."""

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.cli.targets import target_of
from desktop_app.model.coding import CodingFilter, Quote
from desktop_app.model.errors import Ambiguous, Invalid
from desktop_app.services import Notebook


@click.command("quotes")
@click.option("--code", "codes", metavar="CODE", multiple=True, type=TEXT, help="Of this code and those below it.")
@click.option("--only", is_flag=True, help="Of these very codes, without those below.")
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="In this document, or entry.")
@click.option("--speaker", "speakers", metavar="NAME", multiple=True, type=TEXT, help="Said by somebody.")
@click.option("--coder", "coders", metavar="C", multiple=True, type=TEXT, help="Coded by C.")
@click.option(
    "--attribute", "attributes", metavar="NAME=VALUE", multiple=True, type=TEXT, help="Of document or speaker."
)
@click.option("--entries", is_flag=True, help="Turn them into entries of kind quote, too.")
@common
@pass_session
def quotes_command(
    session: Session,
    codes: tuple[str, ...],
    only: bool,
    documents: tuple[str, ...],
    speakers: tuple[str, ...],
    coders: tuple[str, ...],
    attributes: tuple[str, ...],
    entries: bool,
) -> None:
    """The quotes that fit all that is asked for, with their context, by document and in the order of the text."""
    with session.changing() as notebook:
        wanted = CodingFilter(
            codes=tuple(notebook.codes.resolve(code) for code in codes),
            coders=coders,
            targets=tuple(target_of(notebook, document)[1] for document in documents),
            speakers=speakers,
            attributes=tuple(_attribute(notebook, text) for text in attributes),
            deep=not only,
        )
        found = notebook.retrieval.quotes(wanted)
        if entries and found:
            notebook.retrieval.to_entries([quote.coding.id for quote in found])
            found = notebook.retrieval.quotes(wanted)
        session.show([as_json.quote(quote) for quote in found], lambda: _print(found))


def _attribute(notebook: Notebook, text: str) -> tuple[str, str]:
    """Id of a variable, of documents or else of people, and the value."""
    name, equals, value = text.partition("=")
    wanted = " ".join(name.split()).casefold()
    known = [
        variable
        for variable in notebook.attributes.variables()
        if variable.fields.name.casefold() == wanted or (len(wanted) >= 6 and variable.id.startswith(wanted))
    ]
    if not equals or not known:
        names = ", ".join(dict.fromkeys(variable.fields.name for variable in notebook.attributes.variables()))
        raise Invalid(message=f"“{text}” names no attribute; write NAME=VALUE with one of {names or 'none so far'}.")
    if len(known) > 1:
        ids = ", ".join(f"{variable.id[:8]} of a {variable.fields.subject}" for variable in known)
        raise Ambiguous(name=name, what="attribute", count=len(known), examples=ids)
    return known[0].id, value.strip()


def _print(quotes: list[Quote]) -> None:
    for number, quote in enumerate(quotes):
        if number:
            output.line()
        about = [quote.document, quote.speaker, words.clock(quote.begins), quote.coding.coder]
        output.line(f"{output.strong(' / '.join(quote.path))}  {' · '.join(part for part in about if part)}")
        before, text, after = (" ".join(part.split("\n")) for part in (quote.before, quote.text, quote.after))
        output.line(f"  {output.faint(before)}{text}{output.faint(after)}")
