"""agreement and differences: how far coders agree, and where they do not."""

from pathlib import Path

import click

from desktop_app.cli import as_json, output, words
from desktop_app.cli.given import PATH, TEXT, several
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.cli.targets import target_of
from desktop_app.model.agreement import Agreement, Coefficients, Unit
from desktop_app.model.coding import Code
from desktop_app.services.agreement import LEVELS, Difference

SHOWN = (
    ("percent", "percent"),
    ("cohen_kappa", "κ"),
    ("scott_pi", "π"),
    ("brennan_prediger", "B–P"),
    ("gwet_ac1", "AC1"),
    ("krippendorff_alpha", "α"),
)
CONTINUUM = (("percent", "percent"), ("u_alpha", "uα"), ("u_alpha_binary", "|uα"), ("cu_alpha", "cuα"))


@click.command("agreement")
@click.option("--coders", metavar="A,B,…", multiple=True, type=TEXT, help="Who is compared; all who coded unless told.")
@click.option(
    "--unit",
    type=click.Choice([str(unit) for unit in Unit]),
    default=str(Unit.CHARACTER),
    help="What is compared: every character, the segments that were marked, or units and gaps of the continuum.",
)
@click.option(
    "--overlap", metavar="X", type=float, default=0.9, help="Of segments: what share of both must meet (0.9)."
)
@click.option("--code", "codes", metavar="CODE", multiple=True, type=TEXT, help="Only this code and those below it.")
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="Only in this document.")
@click.option("--table", metavar="FILE", type=PATH, help="Compare the ratings of a table instead: a column per coder.")
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[0], help="Of a table: its level of measurement.")
@common
@pass_session
def agreement_command(
    session: Session,
    coders: tuple[str, ...],
    unit: str,
    overlap: float,
    codes: tuple[str, ...],
    documents: tuple[str, ...],
    table: Path | None,
    level: str,
) -> None:
    """How far coders agree, per code and overall: percent and coefficients corrected for chance.

    What is undefined is left empty (null in JSON): it is never 0 or 1.
    """
    if table is not None:
        _of_table(session, table, level)
        return
    with session.notebook() as notebook, output.progress() as progress:
        report = notebook.agreement.report(
            several(coders),
            Unit(unit),
            codes=[notebook.codes.resolve(code) for code in codes] or None,
            documents=[target_of(notebook, document)[1] for document in documents] or None,
            overlap=overlap,
            progress=progress,
        )
        known = {code.id: code for code in notebook.codes.list()}
        titles = notebook.agreement.titles(report.documents)
    session.show(as_json.agreement(report, known, titles), lambda: _print(report, known))


def _of_table(session: Session, path: Path, level: str) -> None:
    from desktop_app.services.agreement import rated

    coders, found = rated(path, level)
    data = {"coders": list(coders), "unit": "table", "level": level, "overall": as_json.coefficients(found)}
    session.show(data, lambda: _rows([("overall", found)], SHOWN))


def _print(report: Agreement, known: dict[str, Code]) -> None:
    output.line(f"{', '.join(report.coders)} · by {report.unit} · {words.counted(len(report.documents), 'document')}")
    rows = [(known[row.code].label if row.code in known else row.code, row.coefficients) for row in report.codes]
    rows.append((f"overall ({report.method})", report.overall))
    output.line()
    _rows(rows, CONTINUUM if report.unit is Unit.CONTINUUM else SHOWN)
    for note in report.notes:
        output.line(output.faint(note))


def _rows(rows: list[tuple[str, Coefficients]], shown: tuple[tuple[str, str], ...]) -> None:
    lines = []
    for name, found in rows:
        figures = [_figure(getattr(found, key), 1 if key == "percent" else 3) for key, _ in shown]
        interval = "–".join(f"{bound:.3f}" for bound in found.interval) if found.interval else ""
        lines.append((f"{found.n:,}", _figure(found.prevalence, 3), *figures, interval, name))
    head = ("n", "prevalence", *(title for _, title in shown), "95 % of α", "code")
    output.table(lines, head, right=tuple(range(len(head) - 1)))


def _figure(value: float | None, places: int) -> str:
    return "n/a" if value is None else f"{value:.{places}f}"


@click.command("differences")
@click.option("--coders", metavar="A,B,…", multiple=True, type=TEXT, help="Whose; all who coded unless told.")
@click.option("--document", metavar="D", type=TEXT, help="Only in this document.")
@click.option("--code", metavar="CODE", type=TEXT, help="Only of this code and those below it.")
@click.option("--all", "settled", is_flag=True, help="With those that are settled.")
@common
@pass_session
def differences_command(
    session: Session, coders: tuple[str, ...], document: str | None, code: str | None, settled: bool
) -> None:
    """Every stretch to which some coders have applied a code and others have not."""
    with session.notebook() as notebook:
        found = notebook.agreement.disagreements(
            several(coders),
            document=target_of(notebook, document)[1] if document else None,
            code=notebook.codes.resolve(code) if code else None,
        )
    found = [one for one in found if settled or not one.settled]
    session.show([as_json.difference(one) for one in found], lambda: _print_differences(found))


def _print_differences(found: list[Difference]) -> None:
    for number, one in enumerate(found):
        if number:
            output.line()
        said = f"{', '.join(one.coders_with)} yes, {', '.join(one.coders_without)} no"
        output.line(f"{output.strong(' / '.join(one.path))}  {one.document} · {said}{' · settled' * one.settled}")
        before, text, after = (" ".join(part.split("\n")) for part in (one.before, one.text, one.after))
        output.line(f"  {output.faint(before)}{text}{output.faint(after)}")
