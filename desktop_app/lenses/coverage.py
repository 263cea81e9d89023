"""Coverage: how much has been written in which perspective and at which time scale, and how that moved over months."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, product

from desktop_app.model.coverage import Coverage, CoverageCell, CoverageMonth
from desktop_app.model.facts import ENTRIES, EntryFacts, Figure, Scope
from desktop_app.model.metrics import Grain
from desktop_app.model.queries import field_part
from desktop_app.model.samples import bucket_end, bucket_start, days, iso
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.model.vocabulary import Term

MOST_MONTHS = 24


def coverage(
    scope: Scope, entries: Sequence[EntryFacts], perspectives: Sequence[Term], scales: Sequence[Term]
) -> Coverage:
    """Counts entries by perspective and scale. Terms that are not given are not counted."""
    pairs: Counter[tuple[str, str]] = Counter()
    for labels, count in Counter((entry.perspectives, entry.scales) for entry in entries).items():
        for pair in product(*labels):
            pairs[pair] += count
    rows = Counter(label for entry in entries for label in entry.perspectives)
    columns = Counter(label for entry in entries for label in entry.scales)
    months, earlier = _months(scope, entries, perspectives, scales)
    return Coverage(
        scope,
        tuple(perspectives),
        tuple(scales),
        tuple(
            CoverageCell(row.id, column.id, pairs[row.id, column.id], scope.narrowed(_has(row), _at(column)))
            for row in perspectives
            for column in scales
        ),
        tuple(Figure(rows[term.id], scope.narrowed(_has(term))) for term in perspectives),
        tuple(Figure(columns[term.id], scope.narrowed(_at(term))) for term in scales),
        Figure(sum(not entry.perspectives for entry in entries), scope.narrowed(ENTRIES, "-has:perspective")),
        Figure(sum(not entry.scales for entry in entries), scope.narrowed(ENTRIES, "-has:scale")),
        Figure(sum(not entry.start for entry in entries), scope.narrowed(ENTRIES, "is:undated")),
        months,
        earlier,
    )


def _has(perspective: Term) -> str:
    return field_part("perspective", perspective.id)


def _at(scale: Term) -> str:
    return field_part("scale", scale.id)


def _months(
    scope: Scope, entries: Sequence[EntryFacts], perspectives: Sequence[Term], scales: Sequence[Term]
) -> tuple[tuple[CoverageMonth, ...], Figure | None]:
    """The last months in which something began, and what had ended before them."""
    dated = [entry for entry in entries if entry.start]
    begun = [entry.start for entry in dated if entry.start > OPEN_START]
    if not begun:
        return (), None
    edges = _edges(min(begun), max(begun))
    bounds = [f"{iso(edge)}T00:00" if edge <= days(OPEN_END[:10]) else OPEN_END for edge in edges]
    count = len(edges) - 1
    alive = _Alive(count)
    by_label = {term.id: _Alive(count) for term in perspectives}
    filled: dict[tuple[str, str], _Alive] = {
        (row.id, column.id): _Alive(count) for row in perspectives for column in scales
    }
    ended = 0
    for entry in dated:
        first, last = max(bisect_right(bounds, entry.start) - 1, 0), min(bisect_left(bounds, entry.end), count)
        if last <= first:
            ended += entry.end <= bounds[0]
            continue
        alive.add(first, last)
        for label in entry.perspectives:
            if label in by_label:
                by_label[label].add(first, last)
                for scale in entry.scales:
                    if (label, scale) in filled:
                        filled[label, scale].add(first, last)
    total = alive.counts()
    rows = [by_label[term.id].counts() for term in perspectives]
    cells = [cell.counts() for cell in filled.values()]
    months = []
    for at in range(count):
        start = iso(edges[at])
        query = f"in:{start[:7]}"
        months.append(
            CoverageMonth(
                start,
                iso(edges[at + 1]),
                Figure(total[at], scope.narrowed(ENTRIES, query)),
                tuple(
                    Figure(row[at], scope.narrowed(_has(term), query))
                    for term, row in zip(perspectives, rows, strict=True)
                ),
                sum(bool(cell[at]) for cell in cells),
            )
        )
    before = scope.narrowed(ENTRIES, "has:date", f"-from:{iso(edges[0])}")
    return tuple(months), Figure(ended, before) if ended else None


class _Alive:
    """How many things last through each of ``count`` months, from the months in which they begin and end."""

    __slots__ = ("_steps",)

    def __init__(self, count: int) -> None:
        self._steps = [0] * (count + 1)

    def add(self, first: int, last: int) -> None:
        self._steps[first] += 1
        self._steps[last] -= 1

    def counts(self) -> list[int]:
        return list(accumulate(self._steps[:-1]))


def _edges(first: str, last: str) -> list[int]:
    """First days of at most :data:`MOST_MONTHS` months up to the one that ``last`` lies in, and the day after it."""
    month = bucket_start(days(last), Grain.MONTH)
    edges = [bucket_end(month, Grain.MONTH), month]
    while len(edges) <= MOST_MONTHS and edges[-1] > days(first):
        edges.append(bucket_start(edges[-1] - 1, Grain.MONTH))
    return edges[::-1]
