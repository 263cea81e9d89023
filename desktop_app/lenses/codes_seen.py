"""Codes: which come together, drawn as a graph, and when, in which perspective and at which scale they were applied.

Which codings meet is worked out by ``cooccurrence.py``; here each figure gets the query that finds the codings behind
it. Each coder's codings count. A coding of which nothing is left (an empty range) is left out and counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from desktop_app.lenses.cooccurrence import NEAR, code_by_code, over_time
from desktop_app.lenses.layout import graph_layout
from desktop_app.lenses.offmap import found_by
from desktop_app.model.code_lens import (
    EARLIER,
    INTERVIEWS,
    UNDATED,
    WITHOUT,
    CodeCell,
    CodeCount,
    CodeGraph,
    CodeGrid,
    CodesSeen,
    CodesTogether,
)
from desktop_app.model.coding import Code
from desktop_app.model.documents import Turn
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.matrices import Heading, PlacedCoding, Relation
from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Grain
from desktop_app.model.samples import bucket_start, days, iso
from desktop_app.model.vocabulary import Term

MOST_EDGES = 40
"""Edges that a graph shows."""
Labels = Callable[[PlacedCoding], Sequence[str]]


@paused_collector()
def codes_seen(
    scope: Scope,
    codings: Sequence[PlacedCoding],
    codes: Sequence[Code],
    grids: Sequence[CodeGrid],
    grain: Grain,
    *,
    every: bool = False,
) -> CodesSeen:
    """The codes with how many codings each has, beside grids made by :func:`by_time` and :func:`by_term`.

    ``every``: these are all codings of the notebook.
    """
    return CodesSeen(scope, _counts(codings, codes, every=every), grain, tuple(grids), _empty(codings))


def _counts(codings: Sequence[PlacedCoding], codes: Sequence[Code], *, every: bool) -> tuple[CodeCount, ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for coding in whole(codings):
        found[coding.code].append(coding.id)
    below: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        below[code.fields.parent or ""].append(code.id)
    by_code = every and not _empty(codings)
    return tuple(
        CodeCount(
            code.id,
            code.path[-1],
            code.label,
            code.colour,
            len(found[code.id]),
            _of_code(code.id, below[code.id]) if by_code else found_by(found[code.id]),
        )
        for code in codes
    )


def _of_code(code: str, below: Sequence[str]) -> str:
    """The query for a code's own codings, without those of the codes below it."""
    parts = ["kind:coding", f"code:{code}"]
    return " ".join([*parts, f"-code:{','.join(below)}"] if below else parts)


def whole(codings: Iterable[PlacedCoding]) -> list[PlacedCoding]:
    """Codings of which something is left."""
    return [coding for coding in codings if coding.start < coding.end]


def _empty(codings: Sequence[PlacedCoding]) -> int:
    return sum(coding.start >= coding.end for coding in codings)


# --- over time, by perspective and scale -----------------------------------------------------------------------------


def by_time(codings: Sequence[PlacedCoding], codes: Sequence[Code], grain: Grain, most: int = 0) -> CodeGrid:
    """How many codings of each code fall into each period, by when their document or entry began.

    ``most`` keeps that many of the last periods (0: all), with one column for what was before them, where there is
    any; one for what has no date is last. Raises :class:`Invalid` like :func:`cooccurrence.over_time`.
    """
    kept = whole(codings)
    dated = [coding for coding in kept if coding.when]
    begins = _first_shown(max((coding.when for coding in dated), default=""), grain, most)
    shown = [coding for coding in dated if coding.when >= begins]
    matrix = over_time(shown, codes, grain)
    before = _cells(codes, [one for one in dated if one.when < begins], lambda _: (EARLIER,), (EARLIER,))
    after = _cells(codes, [one for one in kept if not one.when], lambda _: (UNDATED,), (UNDATED,))
    places = {column: at for at, (column, _) in enumerate(matrix.columns)}
    order = {code.id: at for at, code in enumerate(codes)}
    ordered = sorted(matrix.cells.items(), key=lambda found: (order[found[0][0]], places[found[0][1]]))
    cells = [_cell(row, column, cell.codings) for (row, column), cell in ordered]
    columns = [
        *([(EARLIER, EARLIER)] if before else []),
        *matrix.columns,
        *([(UNDATED, "no date")] if after else []),
    ]
    return CodeGrid("time", tuple(columns), (*before, *cells, *after))


def _first_shown(last: str, grain: Grain, most: int) -> str:
    """The first day of the earliest period that is shown; empty where all are."""
    if not last or not most:
        return ""
    period = bucket_start(days(last), grain)
    for _ in range(most - 1):
        if period <= 1:
            break
        period = bucket_start(period - 1, grain)
    return iso(period)


def by_term(
    codings: Sequence[PlacedCoding],
    codes: Sequence[Code],
    entries: Mapping[str, EntryFacts],
    by: str,
    terms: Sequence[Term],
) -> CodeGrid:
    """Codes against the perspectives or scales (``by``) of the entries that they were applied to.

    A coding counts in each term that its entry has. Entries that have none have a column, and codings on documents
    another one; both are left out where nothing is in them.
    """

    def labels(coding: PlacedCoding) -> Sequence[str]:
        entry = entries.get(coding.target)
        if entry is None:
            return (INTERVIEWS,)
        return (entry.perspectives if by == "perspective" else entry.scales) or (WITHOUT,)

    beside = ((WITHOUT, f"no {by}"), (INTERVIEWS, f"interviews, no {by}"))
    columns: list[Heading] = [(term.id, term.short) for term in terms]
    cells = _cells(codes, whole(codings), labels, [column for column, _ in (*columns, *beside)])
    filled = {cell.column for cell in cells}
    return CodeGrid(by, (*columns, *(one for one in beside if one[0] in filled)), tuple(cells))


def _cells(
    codes: Sequence[Code], codings: Iterable[PlacedCoding], labels: Labels, columns: Sequence[str]
) -> list[CodeCell]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for coding in codings:
        for label in labels(coding):
            found[coding.code, label].append(coding.id)
    pairs = ((code.id, column) for code in codes for column in columns)
    return [_cell(*pair, found[pair]) for pair in pairs if pair in found]


def _cell(row: str, column: str, codings: Sequence[str]) -> CodeCell:
    return CodeCell(row, column, len(codings), len(codings), found_by(codings))


# --- together --------------------------------------------------------------------------------------------------------


@paused_collector()
def codes_together(
    scope: Scope,
    codings: Sequence[PlacedCoding],
    codes: Sequence[Code],
    turns: Mapping[str, Sequence[Turn]],
    relation: Relation = Relation.OVERLAP,
    distance: int = NEAR,
    least: int = 1,
    *,
    every: bool = False,
) -> CodesTogether:
    """Which two codes come together how often, and the graph of those that do so ``least`` times or more.

    ``every``: these are all codings of the notebook.
    """
    matrix = code_by_code(codings, codes, relation, distance=distance, turns=turns)
    order = {code.id: at for at, code in enumerate(codes)}
    pairs = sorted(
        ((row, column) for row, column in matrix.cells if order[row] < order[column]),
        key=lambda pair: (order[pair[0]], order[pair[1]]),
    )
    cells = []
    for pair in pairs:
        cell = matrix.cells[pair]
        cells.append(CodeCell(*pair, int(cell.value), len(cell.codings), found_by(cell.codings)))
    counts = _counts(codings, codes, every=every)
    return CodesTogether(
        scope, relation, distance, counts, tuple(cells), code_graph(counts, cells, max(least, 1)), matrix.note
    )


def code_graph(codes: Sequence[CodeCount], cells: Sequence[CodeCell], least: int = 1) -> CodeGraph:
    """The strongest pairs, at most :data:`MOST_EDGES`, laid out; of equal ones those that stand first."""
    strong = [cell for cell in cells if cell.count >= least]
    edges = sorted(strong, key=lambda cell: -cell.count)[:MOST_EDGES]
    joined = {code for edge in edges for code in (edge.row, edge.column)}
    nodes = [code.code for code in codes if code.code in joined]
    spots = graph_layout(nodes, [(edge.row, edge.column, float(edge.count)) for edge in edges])
    return CodeGraph(
        tuple((code, *spots[code]) for code in nodes),
        tuple(edges),
        tuple(code.code for code in codes if code.codings and code.code not in joined),
        least,
        len(cells) - len(strong),
        len(strong) - len(edges),
    )
