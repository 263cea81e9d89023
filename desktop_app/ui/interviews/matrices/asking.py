"""What a matrix is asked for: what stands across, how codings are counted, and the reading of it."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop_app.model.attributes import Variable
from desktop_app.model.coding import PATH_SEPARATOR, CodingFilter, Quote
from desktop_app.model.matrices import Heading, Matrix, Measure, Relation
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.samples import BUCKETS, bucket_end, days
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.blindness import seen_of
from desktop_app.ui.interviews.quotes.filtering import Choices
from desktop_app.ui.interviews.quotes.reads import read_choices
from desktop_app.ui.widgets.time_axis import stretch_name

if TYPE_CHECKING:
    from desktop_app.services.matrices import CodesOverTime
    from desktop_app.services.notebooks import Notebook

CODES, TIME = "codes", "time"
MOST_QUOTES = 500
"""Quotes shown behind one cell; more are looked at on the page of quotes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``across`` is ``codes``, ``document``, ``speaker``, ``coder``, ``time`` or a variable's id. ``distance`` are
    code points, for ``NEAR``; ``grain`` and ``series`` (an id, or empty) are of codes over time."""

    across: str = CODES
    relation: Relation = Relation.OVERLAP
    distance: int = 200
    measure: Measure = Measure.COUNT
    grain: Grain = Grain.MONTH
    series: str = ""
    wanted: CodingFilter = field(default_factory=CodingFilter)


@dataclass(frozen=True, slots=True)
class Laid:
    """A matrix with what there is to ask for. ``over_time`` is there where time stands across."""

    choices: Choices
    variables: tuple[Variable, ...]
    series: tuple[Series, ...]
    matrix: Matrix
    over_time: "CodesOverTime | None" = None


def read_matrix(notebook: "Notebook", asked: Asked, *, blind: bool = False) -> Laid:
    asked = replace(asked, wanted=seen_of(notebook, asked.wanted, blind=blind))
    choices = read_choices(notebook, blind=blind)
    variables = tuple(notebook.attributes.variables())
    series = tuple(notebook.metrics.list())
    if asked.across == TIME:
        chosen = [asked.series] if asked.series else []
        over_time = notebook.matrices.over_time(asked.wanted, asked.grain, chosen)
        return Laid(choices, variables, series, _named_periods(over_time), over_time)
    if asked.across == CODES:
        matrix = notebook.matrices.codes_by_codes(asked.wanted, asked.relation, asked.measure, asked.distance)
    else:
        matrix = notebook.matrices.codes_by(asked.wanted, asked.across, asked.measure)
    return Laid(choices, variables, series, matrix)


def _named_periods(over_time: "CodesOverTime") -> Matrix:
    """With columns called ``November 2025`` rather than by their first day."""
    matrix = over_time.matrix
    named = []
    for column, _ in matrix.columns:
        start = int(days(column))
        named.append((column, stretch_name(start, bucket_end(start, over_time.grain))))
    return replace(matrix, columns=tuple(named))


def read_behind(notebook: "Notebook", codings: tuple[str, ...]) -> tuple[Quote, ...]:
    """The first quotes behind a cell."""
    return tuple(notebook.retrieval.some(codings[:MOST_QUOTES]))


def filled(matrix: Matrix, *, columns_too: bool = True) -> Matrix:
    """Without the rows and columns in which there is nothing; totals stay what they are."""
    rows = {row for (row, _), cell in matrix.cells.items() if cell.value}
    columns = {column for (_, column), cell in matrix.cells.items() if cell.value}
    return replace(
        matrix,
        rows=tuple(heading for heading in matrix.rows if heading[0] in rows),
        columns=tuple(heading for heading in matrix.columns if heading[0] in columns or not columns_too),
    )


def measure_words(measure: Measure) -> str:
    return {
        Measure.COUNT: tr("codings"),
        Measure.CHARACTERS: tr("characters"),
        Measure.PERCENT: tr("percent of the row"),
    }[measure]


def relation_words(relation: Relation) -> str:
    return {
        Relation.OVERLAP: tr("overlapping"),
        Relation.SAME_TURN: tr("in the same turn"),
        Relation.NEAR: tr("near each other"),
    }[relation]


def grain_words(grain: Grain) -> str:
    return {
        Grain.DAY: tr("by day"),
        Grain.WEEK: tr("by week"),
        Grain.MONTH: tr("by month"),
        Grain.QUARTER: tr("by quarter"),
        Grain.YEAR: tr("by year"),
    }[grain]


GRAINS = BUCKETS


def across_choices(variables: tuple[Variable, ...]) -> list[Heading]:
    """What can stand across, with its words."""
    fixed = [
        (CODES, tr("Codes by codes")),
        ("document", tr("Codes by documents")),
        ("speaker", tr("Codes by speakers")),
        ("coder", tr("Codes by coders")),
        (TIME, tr("Codes over time")),
    ]
    return fixed + [(variable.id, tr("Codes by {name}", name=variable.fields.name)) for variable in variables]


def figure(value: float, measure: Measure) -> str:
    """A figure as a cell writes it; nothing for nothing."""
    if not value:
        return ""
    return f"{value:.1f} %" if measure == Measure.PERCENT else f"{round(value):,}"


def short_label(label: str) -> str:
    """The head of a column: of a code its own name."""
    return label.rsplit(PATH_SEPARATOR, 1)[-1]
