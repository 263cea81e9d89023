"""search, index rebuild, index status."""

from datetime import datetime
from typing import Literal

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.errors import Invalid, KnownError
from desktop_app.model.queries import Hit
from desktop_app.model.time import describe_short
from desktop_app.services import Notebook
from desktop_app.services.metrics import SeriesStretch
from desktop_app.services.search import IndexBusy, SearchResult

Sort = Literal["relevance", "occurred"]

SERIES_SHOWN = 8
PATIENCE = 18
"""How often another writer of the index is waited for, each time as long as the index itself waits (10 s)."""


@click.command("search")
@click.argument("query", type=TEXT)
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=20, show_default=True, help="Hits at most.")
@click.option("--offset", metavar="N", type=click.IntRange(min=0), default=0, help="Hits to pass over.")
@click.option(
    "--sort", type=click.Choice(["relevance", "occurred"]), default="relevance", help="relevance unless told."
)
@click.option("--explain", is_flag=True, help="Only say how the query is understood.")
@common
@pass_session
def search_command(session: Session, query: str, limit: int, offset: int, sort: Sort, explain: bool) -> None:
    """Find entries, and the numbers of the same time.

    Words are joined by AND; OR, -word, "a phrase", prefix*, and fields such as kind:quote tag:pricing in:2026-Q3.
    """
    with session.notebook() as notebook:
        try:
            if explain:
                _explain(session, notebook, query)
                return
            _catch_up(notebook)
            result = notebook.search.run(query, limit=limit, offset=offset, sort=sort)
        except KnownError as error:
            raise _with_suggestion(error) from error
        stretches = _stretches(notebook, result)
        names = {series.id: series.label for series in notebook.metrics.list()} if stretches else {}
    data = {
        "query": query,
        "canonical": result.understood.text,
        "explain": result.understood.explanation,
        "total": result.total,
        "hits": [as_json.hit(hit) for hit in result.hits],
        "metrics": [
            as_json.series(found.series, found.points) | as_json.totals(stretches.get(found.series.id))
            for found in result.metrics
        ],
        "suggestion": result.suggestion or None,
        "stretch": [as_json.bound(side) for side in result.stretch],
        "took_ms": result.took_ms,
    }
    session.show(data, lambda: _print(result, offset, stretches, names))


def _catch_up(notebook: Notebook) -> None:
    """Bring the index up to date, so that all that has been written is found.

    Another program that is building it is waited for; only one that never ends is an error.
    """
    with output.progress() as progress:
        for attempt in range(PATIENCE):
            try:
                notebook.search.catch_up(progress)
            except IndexBusy:
                progress(0.0, "Another program is writing to the search index")
                if attempt == PATIENCE - 1:
                    raise
            else:
                return


def _explain(session: Session, notebook: Notebook, query: str) -> None:
    understood = notebook.search.understand(query)
    session.show(
        {"query": query, "canonical": understood.text, "explain": understood.explanation},
        lambda: output.line(understood.explanation),
    )


def _with_suggestion(error: KnownError) -> KnownError:
    """An error of a query, with the query that would be right."""
    suggestion = error.parts.get("suggestion")
    return Invalid(message=f"{error} Try: {suggestion}") if suggestion else error


def _stretches(notebook: Notebook, result: SearchResult) -> dict[str, SeriesStretch]:
    """One figure for each series over the stretch that the result speaks of."""
    if not result.metrics:
        return {}
    ids = [found.series.id for found in result.metrics]
    return {found.series.id: found for found in notebook.metrics.overview(ids, *result.stretch)}


def _print(result: SearchResult, offset: int, stretches: dict[str, SeriesStretch], names: dict[str, str]) -> None:
    output.line(output.faint(result.understood.explanation))
    shown = len(result.hits)
    count = "Nothing found" if not result.total else f"{result.total:,} found"
    output.line(f"{count}, {offset + 1:,}–{offset + shown:,} shown" if 0 < shown < result.total else count)
    if result.suggestion:
        output.line(f"Did you mean: {result.suggestion}")
    for hit in result.hits:
        output.line()
        _print_hit(hit)
    if stretches:
        output.line()
        _print_series(list(stretches.values()), names)


def _print_hit(hit: Hit) -> None:
    when = describe_short(hit.occurred, datetime.now()) or "undated"
    said = [hit.coder or hit.speaker, hit.document_title] if hit.document else []
    about = " · ".join(
        part
        for part in (hit.kind or hit.type, *said, when, *hit.scales, *hit.perspectives, *(f"#{t}" for t in hit.tags))
        if part and part != hit.title
    )
    output.line(
        f"{output.faint(hit.id[: words.SHORT])}  {output.strong(hit.title)}" if hit.title else hit.id[: words.SHORT]
    )
    output.line(f"{' ' * words.SHORT}  {output.faint(about)}")
    if hit.snippet and hit.snippet != hit.title:
        output.line(f"{' ' * words.SHORT}  {output.marked(hit.snippet, hit.spans)}")


def _print_series(found: list[SeriesStretch], names: dict[str, str]) -> None:
    rows = [
        (
            output.strong(each.series.label),
            each.series.source,
            words.series_line(each, lambda item: names.get(item, item)),
        )
        for each in found[:SERIES_SHOWN]
    ]
    output.table(rows)
    if len(found) > SERIES_SHOWN:
        output.line(f"and {len(found) - SERIES_SHOWN} more series; --json has them all")


@click.group("index")
def index_command() -> None:
    """The search index: a cache that may be thrown away at any time."""


@index_command.command("rebuild")
@common
@pass_session
def rebuild_index(session: Session) -> None:
    """Build the search index anew."""
    with session.notebook() as notebook, output.progress() as progress:
        documents = notebook.search.rebuild(progress)
    session.show({"documents": documents}, lambda: output.line(f"Indexed: {documents:,}"))


@index_command.command("status")
@common
@pass_session
def status_of_index(session: Session) -> None:
    """How much is indexed, and how much waits."""
    with session.notebook() as notebook:
        status = notebook.search.status()
    data = {"documents": status.documents, "pending": status.pending}
    session.show(data, lambda: output.line(f"Indexed: {status.documents:,}; waiting: {status.pending:,}"))
