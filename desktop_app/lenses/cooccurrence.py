"""Co-occurrence: which codes come together, and where, by whom and when codes were applied.

Each coder's own codings count: two coders who both applied a code make two codings. Characters count once, however many
codings of a cell lie over them. A coding of which nothing is left (an empty range, which waits for review) is left out.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from desktop_app.model.coding import Code
from desktop_app.model.documents import Turn
from desktop_app.model.errors import Invalid
from desktop_app.model.matrices import Cell, Heading, Matrix, Measure, PlacedCoding, Relation
from desktop_app.model.metrics import Grain
from desktop_app.model.samples import BUCKETS, bucket_end, bucket_start, days, iso

NEAR = 200
"""Code points between two codings that still count as near."""
MAX_PERIODS = 4000

_KEYS: Mapping[str, Callable[[PlacedCoding], str]] = {
    "document": lambda coding: coding.target,
    "speaker": lambda coding: coding.speaker,
    "coder": lambda coding: coding.coder,
}


class _Pile:
    """What falls into one cell, or into a whole row or column."""

    __slots__ = ("codings", "count", "ranges")

    def __init__(self) -> None:
        self.count = 0
        self.codings: set[int] = set()
        self.ranges: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, target: str, ranges: Iterable[tuple[int, int]], *codings: int) -> None:
        self.count += 1
        self.codings.update(codings)
        self.ranges[target].extend(ranges)

    def add_all(self, other: "_Pile") -> None:
        self.count += other.count
        for target, ranges in other.ranges.items():
            self.ranges[target].extend(ranges)

    def value(self, measure: Measure) -> float:
        return float(sum(map(covered, self.ranges.values())) if measure == Measure.CHARACTERS else self.count)


def covered(ranges: Iterable[tuple[int, int]]) -> int:
    """How many code points lie in at least one of the half-open ranges."""
    total, reached = 0, 0
    for start, end in sorted(ranges):
        start = max(start, reached)
        if end > start:
            total += end - start
            reached = end
    return total


def code_by_code(
    codings: Sequence[PlacedCoding],
    codes: Sequence[Code],
    relation: Relation = Relation.OVERLAP,
    measure: Measure = Measure.COUNT,
    distance: int = NEAR,
    turns: Mapping[str, Sequence[Turn]] | None = None,
) -> Matrix:
    """How often each two codes occur together; the same both ways, the diagonal left empty.

    A count is the number of pairs of codings, one of each code, whoever made them. Characters are those both codes lie
    over for ``OVERLAP``, else those of the codings of all such pairs. Percent is the share of the row's pairs.
    ``SAME_TURN`` needs ``turns`` by target; ``NEAR`` takes overlapping ones too.
    """
    wanted = {code.id for code in codes}
    ordered, empty = _in_order(codings, wanted)
    found = _sharing_turns(ordered, turns or {}) if relation == Relation.SAME_TURN else _meeting(
        ordered, distance + 1 if relation == Relation.NEAR else 0
    )  # fmt: skip
    piles: dict[tuple[str, str], _Pile] = defaultdict(_Pile)
    for one, other in found:
        first, second = ordered[one], ordered[other]
        if first.code == second.code:
            continue
        if relation == Relation.OVERLAP:
            ranges = [(max(first.start, second.start), min(first.end, second.end))]
        else:
            ranges = [(first.start, first.end), (second.start, second.end)]
        piles[first.code, second.code].add(first.target, ranges, one, other)
        piles[second.code, first.code].add(first.target, ranges, one, other)
    headings = tuple((code.id, code.label) for code in codes)
    notes = [_told_empty(empty)]
    if relation == Relation.SAME_TURN:
        notes.append(_told_without_turns(ordered, turns or {}))
    return _matrix(headings, headings, piles, measure, ordered, notes)


def code_by(
    codings: Sequence[PlacedCoding],
    codes: Sequence[Code],
    key: str | Callable[[PlacedCoding], str],
    columns: Sequence[Heading] = (),
    measure: Measure = Measure.COUNT,
    lengths: Mapping[str, int] | None = None,
) -> Matrix:
    """Codes against what ``key`` tells of a coding: ``document``, ``speaker``, ``coder``, or a variable's id.

    ``columns`` choose and order the values; without them all that occur are taken, sorted, and one that is not told is
    the column ``""``. A count is the number of codings. Percent is the share of the row's codings; with ``lengths``
    (code points by column, of documents as a rule) it is how much of the column the code covers.
    """
    tell = _KEYS.get(key, lambda coding: coding.attributes.get(key, "")) if isinstance(key, str) else key
    ordered, empty = _in_order(codings, {code.id for code in codes})
    told = [tell(coding) for coding in ordered]
    headings = tuple(columns) or tuple((value, value) for value in sorted(set(told), key=lambda v: (v.casefold(), v)))
    known = {column for column, _ in headings}
    piles: dict[tuple[str, str], _Pile] = defaultdict(_Pile)
    for at, (coding, column) in enumerate(zip(ordered, told, strict=True)):
        if column in known:
            piles[coding.code, column].add(coding.target, [(coding.start, coding.end)], at)
    rows = tuple((code.id, code.label) for code in codes)
    return _matrix(rows, headings, piles, measure, ordered, [_told_empty(empty)], lengths)


def over_time(codings: Sequence[PlacedCoding], codes: Sequence[Code], grain: Grain) -> Matrix:
    """How many codings of each code fall into each period; a column is a period's first day, as an ISO date.

    Every period from the first to the last is there, empty ones included, so that the counts can stand beside the
    points of a series. Raises :class:`Invalid` where that makes more than ``MAX_PERIODS``.
    """
    if grain not in BUCKETS:
        raise Invalid(message=f"Codes over time go by {', '.join(BUCKETS)}, not by {grain}; choose one of these.")
    ordered, empty = _in_order(codings, {code.id for code in codes})
    dated = [(at, coding, bucket_start(days(coding.when), grain)) for at, coding in enumerate(ordered) if coding.when]
    piles: dict[tuple[str, str], _Pile] = defaultdict(_Pile)
    for at, coding, period in dated:
        piles[coding.code, iso(period)].add(coding.target, [(coding.start, coding.end)], at)
    columns = [iso(period) for period in _periods({period for _, _, period in dated}, grain)]
    notes = [_told_empty(empty), _told_undated(len(ordered) - len(dated))]
    rows = tuple((code.id, code.label) for code in codes)
    return _matrix(rows, tuple((day, day) for day in columns), piles, Measure.COUNT, ordered, notes)


def _periods(found: set[int], grain: Grain) -> list[int]:
    periods: list[int] = []
    period, last = min(found, default=1), max(found, default=0)
    while period <= last:
        if len(periods) == MAX_PERIODS:
            span = f"{iso(min(found))} to {iso(last)}"
            raise Invalid(message=f"{span} holds more than {MAX_PERIODS} periods of a {grain}; choose longer ones.")
        periods.append(period)
        period = bucket_end(period, grain)
    return periods


# --- which codings come together -------------------------------------------------------------------------------------


def _in_order(codings: Sequence[PlacedCoding], wanted: set[str]) -> tuple[list[PlacedCoding], int]:
    """Codings of the wanted codes, text by text in the order given and by place; and how many are empty."""
    texts = {target: at for at, target in enumerate(dict.fromkeys(coding.target for coding in codings))}
    mine = [coding for coding in codings if coding.code in wanted]
    whole = [coding for coding in mine if coding.start < coding.end]
    whole.sort(key=lambda coding: (texts[coding.target], coding.start, coding.end, coding.id))
    return whole, len(mine) - len(whole)


def _meeting(ordered: Sequence[PlacedCoding], reach: int) -> Iterator[tuple[int, int]]:
    """Pairs of which the second begins less than ``reach`` after the end of the first (0: before it); a sweep."""
    open_ones: list[int] = []
    target = None
    for at, coding in enumerate(ordered):
        if coding.target != target:
            open_ones, target = [], coding.target
        open_ones = [one for one in open_ones if coding.start < ordered[one].end + reach]
        for one in open_ones:
            yield one, at
        open_ones.append(at)


def _sharing_turns(ordered: Sequence[PlacedCoding], turns: Mapping[str, Sequence[Turn]]) -> Iterable[tuple[int, int]]:
    """Pairs that lie, at least with a part, in one turn."""
    inside: dict[tuple[str, int], list[int]] = defaultdict(list)
    starts = {target: [turn.start for turn in of_target] for target, of_target in turns.items()}
    for at, coding in enumerate(ordered):
        of_target = turns.get(coding.target, ())
        if not of_target:
            continue
        turn = max(bisect_right(starts[coding.target], coding.start) - 1, 0)
        while turn < len(of_target) and of_target[turn].start < coding.end:
            if coding.start < of_target[turn].end:
                inside[coding.target, turn].append(at)
            turn += 1
    return dict.fromkeys(
        (one, other) for together in inside.values() for at, other in enumerate(together) for one in together[:at]
    )


# --- the table -------------------------------------------------------------------------------------------------------


def _matrix(
    rows: tuple[Heading, ...],
    columns: tuple[Heading, ...],
    piles: Mapping[tuple[str, str], _Pile],
    measure: Measure,
    ordered: Sequence[PlacedCoding],
    notes: Iterable[str],
    lengths: Mapping[str, int] | None = None,
) -> Matrix:
    by_row: dict[str, _Pile] = {row: _Pile() for row, _ in rows}
    by_column: dict[str, _Pile] = {column: _Pile() for column, _ in columns}
    for (row, column), pile in piles.items():
        by_row[row].add_all(pile)
        by_column[column].add_all(pile)
    whole = sum(pile.count for pile in by_row.values())

    def figure(pile: _Pile, total: int, length: int) -> float:
        if measure != Measure.PERCENT:
            return pile.value(measure)
        return _percent(pile.count, total) if lengths is None else _percent(pile.value(Measure.CHARACTERS), length)

    length_of = lengths or {}
    length = sum(length_of.get(column, 0) for column, _ in columns)
    return Matrix(
        rows,
        columns,
        {
            (row, column): Cell(
                figure(pile, by_row[row].count, length_of.get(column, 0)),
                tuple(ordered[at].id for at in sorted(pile.codings)),
            )
            for (row, column), pile in piles.items()
        },
        measure,
        {row: figure(pile, pile.count, length) for row, pile in by_row.items()},
        {column: figure(pile, whole, length_of.get(column, 0)) for column, pile in by_column.items()},
        " ".join(note for note in notes if note),
    )


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def _told_empty(count: int) -> str:
    return f"Left out, as nothing of their words is left: {count}." if count else ""


def _told_undated(count: int) -> str:
    return f"Left out, as their texts have no date: {count}." if count else ""


def _told_without_turns(ordered: Sequence[PlacedCoding], turns: Mapping[str, Sequence[Turn]]) -> str:
    count = len({coding.target for coding in ordered if not turns.get(coding.target)})
    return f"Texts without turns, in which nothing shares one: {count}." if count else ""
