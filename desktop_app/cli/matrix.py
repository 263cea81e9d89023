"""matrix: codes against codes, documents, speakers, coders, attributes or time."""

from pathlib import Path

import click

from desktop_app.cli import as_json, output
from desktop_app.cli.given import PATH, TEXT
from desktop_app.cli.session import Session, common, pass_session
from desktop_app.cli.targets import target_of
from desktop_app.model.coding import CodingFilter
from desktop_app.model.errors import Invalid
from desktop_app.model.matrices import Matrix, Measure, Relation
from desktop_app.model.metrics import Grain
from desktop_app.model.numbers import figure
from desktop_app.services import Notebook
from desktop_app.services.writing import write_whole

TIMES = tuple(str(grain) for grain in Grain if grain is not Grain.RANGE)


@click.command("matrix")
@click.argument("by", type=TEXT, default="code")
@click.option(
    "--measure", type=click.Choice([str(one) for one in Measure]), default=str(Measure.COUNT), help="What cells say."
)
@click.option(
    "--relation",
    type=click.Choice([str(one) for one in Relation]),
    default=str(Relation.OVERLAP),
    help="Of code against code: when two codings meet.",
)
@click.option("--distance", metavar="N", type=int, default=200, help="Characters between codings that are near (200).")
@click.option("--code", "codes", metavar="CODE", multiple=True, type=TEXT, help="Only these codes and those below.")
@click.option("--document", "documents", metavar="D", multiple=True, type=TEXT, help="Only in this document.")
@click.option("--coder", "coders", metavar="C", multiple=True, type=TEXT, help="Only what C coded.")
@click.option("--out", metavar="PATH", type=PATH, help="Write it to a .csv or .xlsx file.")
@common
@pass_session
def matrix_command(
    session: Session,
    by: str,
    measure: str,
    relation: str,
    distance: int,
    codes: tuple[str, ...],
    documents: tuple[str, ...],
    coders: tuple[str, ...],
    out: Path | None,
) -> None:
    """Codes against BY: code, document, speaker, coder, an attribute's name, or time by week, month, quarter, year.

    Cells count codings (each coder's own), characters (each once) or percent of the row.
    """
    with session.notebook() as notebook:
        wanted = CodingFilter(
            codes=tuple(notebook.codes.resolve(code) for code in codes),
            coders=coders,
            targets=tuple(target_of(notebook, document)[1] for document in documents),
        )
        if by == "code":
            matrix = notebook.matrices.codes_by_codes(wanted, relation, measure, distance)
        elif by in TIMES:
            if measure != Measure.COUNT:
                raise Invalid(message=f"Codes over time count codings; leave out --measure {measure}.")
            matrix = notebook.matrices.over_time(wanted, by).matrix
        else:
            matrix = notebook.matrices.codes_by(wanted, _column(notebook, by), measure)
        if out is not None:
            _write(notebook, matrix, out)
    if out is not None:
        session.show({"path": str(out)}, lambda: output.line(str(out)))
        return
    session.show(as_json.matrix(matrix), lambda: _print(matrix))


def _column(notebook: Notebook, by: str) -> str:
    """``document``, ``speaker``, ``coder``, or the id of the attribute of that name."""
    if by in ("document", "speaker", "coder"):
        return by
    known = {variable.fields.name.casefold(): variable.id for variable in notebook.attributes.variables()}
    if by.strip().casefold() in known:
        return known[by.strip().casefold()]
    raise Invalid(
        message=f"“{by}” is nothing to set codes against; use code, document, speaker, coder, {', '.join(TIMES)}"
        " or the name of an attribute."
    )


def _write(notebook: Notebook, matrix: Matrix, path: Path) -> None:
    match path.suffix.lower():
        case ".csv":
            data = notebook.matrices.csv(matrix)
        case ".xlsx":
            data = notebook.matrices.xlsx([(path.stem, matrix)])
        case ending:
            raise Invalid(message=f"A matrix is written as .csv or .xlsx, not {ending or 'without an ending'}.")
    write_whole(path, data)


def _print(matrix: Matrix) -> None:
    head = ("", *(output.shortened(label, 14) for _, label in matrix.columns))
    rows = [
        (
            label,
            *(
                figure(matrix.value(row, column)) if (row, column) in matrix.cells else "·"
                for column, _ in matrix.columns
            ),
        )
        for row, label in matrix.rows
    ]
    output.table(rows, head, right=tuple(range(1, len(head))))
    if matrix.note:
        output.line(output.faint(matrix.note))
