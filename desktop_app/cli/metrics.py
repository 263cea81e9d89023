"""metrics import, metrics list, metrics show."""

from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.model.metrics import Grain, ImportedFile, ParsedTable, Series, SeriesPoints, TotalCheck
from desktop_app.model.numbers import figure
from desktop_app.services.metrics import SeriesStretch
from desktop_app.services.metrics import as_json as import_as_json

NAMED = 6
"""Series of one table that are named in the report; the rest is counted."""


@click.group("metrics")
def metrics_command() -> None:
    """Numbers from analytics tools: import exports, list and show series."""


# --- import ---------------------------------------------------------------------------------------------------------


@metrics_command.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would be read, and write nothing.")
@click.option("--profile", metavar="P", type=TEXT, help="How to read them, where it is not to be found out.")
@click.option("--timezone", metavar="Z", type=TEXT, help="The zone the dates are in, such as Europe/Dublin.")
@common
@pass_session
def import_metrics(
    session: Session, files: tuple[Path, ...], dry_run: bool, profile: str | None, timezone: str | None
) -> None:
    """Read metric exports: CSV files, zips or folders. All of them are kept, or none.

    The original bytes are kept too; a file imported twice adds nothing, and a point that is restated keeps both values.
    """
    with session.notebook() as notebook, output.progress() as progress:
        changes = notebook.metrics.import_files(
            list(files), dry_run=dry_run, profile=profile, timezone=timezone, progress=progress
        )
    session.show(
        {"files": [import_as_json(file) for file in changes.result], "dry_run": dry_run},
        lambda: _print_imports(changes.result, dry_run),
    )


def _print_imports(files: list[ImportedFile], dry_run: bool) -> None:
    for number, file in enumerate(files):
        if number:
            output.line()
        parsed = file.parsed
        output.line(f"{output.strong(parsed.file)}: {parsed.source or parsed.profile}, {parsed.encoding}")
        for table in parsed.tables:
            _print_table(table)
        counts = f"{file.added:,} points new, {file.restated:,} restated, {file.unchanged:,} known before"
        output.line(f"{counts}; nothing was written" if dry_run else counts)


def _print_table(table: ParsedTable) -> None:
    when = words.stretch(table.start, table.end)
    about = [
        part
        for part in (
            table.title,
            when,
            words.grain(table.grain) if table.rows else "",
            "1 row" if table.rows == 1 else f"{table.rows:,} rows",
        )
        if part
    ]
    output.line(f"  {', '.join(about)}")
    names = list(dict.fromkeys(series.name for series in table.series))
    if names:
        more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
        output.line(f"    {len(table.series):,} series: {', '.join(names[:NAMED])}{more}")
    for check in table.totals:
        output.line(f"    {_total(check)}")
    for skipped in table.skipped:
        output.line(f"    line {skipped.line} skipped: {skipped.reason}")


def _total(check: TotalCheck) -> str:
    if check.agrees:
        return f"total of {check.name} agrees: {figure(check.stated)}"
    return (
        f"total of {check.name} does not agree: the file says {figure(check.stated)}, its rows {figure(check.summed)}"
    )


# --- list and show --------------------------------------------------------------------------------------------------


@metrics_command.command("list")
@click.option(
    "--all", "everything", is_flag=True, help="With what is one figure for a whole report; --json has it all."
)
@common
@pass_session
def list_metrics(session: Session, everything: bool) -> None:
    """The series, by source and name."""
    with session.notebook() as notebook:
        found = notebook.metrics.list()
    session.show([as_json.series(series) for series in found], lambda: _print_list(found, everything))


def _print_list(everything: list[Series], whole: bool) -> None:
    found = [series for series in everything if whole or series.grain is not Grain.RANGE]
    rows = [
        (
            series.id[: words.SHORT],
            words.series_where(series),
            str(series.grain),
            f"{series.points:,}",
            series.start[:10],
            series.unit,
            series.label,
        )
        for series in found
    ]
    output.table(rows, ("id", "source", "by", "points", "from", "unit", "name"), right=(3,))
    if len(found) < len(everything):
        output.line(f"and {len(everything) - len(found):,} that are one figure for a whole report; --all shows them")


@metrics_command.command("show")
@click.argument("series", type=TEXT)
@click.option("--from", "from_", metavar="W", type=TEXT, default="", help="Where to begin.")
@click.option("--to", metavar="W", type=TEXT, default="", help="Where to end; that day, month or year is still in.")
@click.option("--as-of", metavar="W", type=TEXT, default="", help="What the imports made until then said.")
@common
@pass_session
def show_metrics(session: Session, series: str, from_: str, to: str, as_of: str) -> None:
    """The points of one series. SERIES is its id, the beginning of it, or a name that is unique.

    A ratio comes with the totals it divides.
    """
    with session.notebook() as notebook:
        found = notebook.metrics.show(series, from_, to, as_of)
        bounds = (found.points[0].start, max(point.end for point in found.points)) if found.points else ("", "")
        whole = None if as_of or not found.points else notebook.metrics.overview([found.series.id], *bounds)[0]
        names = {other.id: other.label for other in notebook.metrics.list()}
    data = as_json.series(found.series, found.points) | as_json.totals(whole)
    session.show(data, lambda: _print_points(found, whole, names))


def _print_points(found: SeriesPoints, whole: SeriesStretch | None, names: dict[str, str]) -> None:
    series = found.series
    output.line(output.strong(series.label))
    output.line(
        f"{words.series_where(series)} · {words.grain(series.grain)}"
        + ("" if series.additive else " · does not add up")
    )
    if whole is not None:
        output.line(words.series_line(whole, lambda item: names.get(item, item)))
    if found.points:
        output.line()
        output.table([(point.start, figure(point.value, series.unit)) for point in found.points], right=(1,))
