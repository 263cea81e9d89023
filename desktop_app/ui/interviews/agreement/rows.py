"""A report as the rows of its table: overall, each code, and below those that are open, each document."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.model.agreement import Agreement, Coefficients
from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr

OVERALL = "overall"
POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """``id`` is a code's, ``overall`` or ``pooled``; a row of a document has that of the row it belongs to.

    ``level``: ``all``, ``code`` or ``document``. ``opens`` says whether there are documents below it.
    """

    id: str
    label: str
    figures: Coefficients
    level: str
    colour: str = ""
    depth: int = 0
    opens: bool = False
    is_open: bool = False
    document: str = ""


def rows_of(
    report: Agreement, codes: Mapping[str, Code], titles: Mapping[str, str], opened: Collection[str]
) -> list[FigureRow]:
    rows = [
        FigureRow(
            OVERALL,
            tr("Overall"),
            report.overall,
            "all",
            opens=bool(report.by_document),
            is_open=OVERALL in opened,
        )
    ]
    if OVERALL in opened:
        rows += [
            FigureRow(OVERALL, titles.get(target, target), figures, "document", depth=1, document=target)
            for target, figures in report.by_document
        ]
    if report.method != POOLED:
        rows.append(FigureRow(POOLED, tr("All codes summed up"), report.pooled, "all"))
    for row in report.codes:
        code = codes.get(row.code)
        rows.append(
            FigureRow(
                row.code,
                code.label if code else tr("a code in the trash"),
                row.coefficients,
                "code",
                code.colour if code else "",
                opens=bool(row.by_document),
                is_open=row.code in opened,
            )
        )
        if row.code in opened:
            rows += [
                FigureRow(row.code, titles.get(target, target), figures, "document", depth=1, document=target)
                for target, figures in row.by_document
            ]
    return rows
