"""Spans: where codings lie in the shown text, in UTF-16 units, and in which lane the stripe of each is drawn."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from desktop_app.model.coding import Coding

APART = 120
"""More characters than a line of 72 average ones ever holds: stripes of codings so far apart share no line."""

LANES = 24
"""What finds no lane among so many has none: its stripe is only counted."""

_Key = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Span:
    """A coding at ``[start, end)``. Its lane is free again for what begins at ``clear`` or later."""

    start: int
    end: int
    clear: int
    coding: Coding

    @property
    def key(self) -> _Key:
        return self.start, -self.end, self.clear, self.coding.id


class Spans:
    """All codings of a text in its order; of those that begin together the longest comes first."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._by_id: dict[str, Span] = {}
        self._order: list[_Key] = []
        self._reach: list[int] = []
        self._clear: list[int] = []
        self._lanes: dict[str, int] = {}
        self.set(spans)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Span]:
        return (self._by_id[key[3]] for key in self._order)

    def get(self, coding: str | None) -> Span | None:
        return self._by_id.get(coding) if coding else None

    def set(self, spans: Iterable[Span]) -> None:
        self._by_id = {span.coding.id: span for span in spans}
        self._order = sorted(span.key for span in self._by_id.values())
        self._measure()

    def put(self, changed: Iterable[Span], removed: Iterable[str] = ()) -> None:
        """Takes in new and changed codings, drops others; ids that are not there are no error."""
        for coding in removed:
            self._drop(coding)
        for span in changed:
            self._drop(span.coding.id)
            self._by_id[span.coding.id] = span
            insort(self._order, span.key)
        self._measure()

    def over(self, start: int, end: int) -> list[Span]:
        """Codings that share a character with ``[start, end)``, and empty ones that lie in it, in order."""
        first = bisect_left(self._reach, start)
        last = bisect_left(self._order, (end,))
        found = (key for key in self._order[first:last] if -key[1] > start or key[0] == -key[1] >= start)
        return [self._by_id[key[3]] for key in found]

    def index_from(self, position: int) -> int:
        """How many codings begin before ``position``."""
        return bisect_left(self._order, (position,))

    def index_of(self, span: Span) -> int:
        return bisect_left(self._order, span.key)

    def at(self, index: int) -> Span:
        return self._by_id[self._order[index][3]]

    def lane(self, span: Span) -> int:
        """The lane of a coding's stripe, from 0: the first that is free where it begins; ``LANES`` where none is."""
        if span.coding.id not in self._lanes:
            self._lanes.update(_lanes(self._heap(self.index_of(span))))
        return self._lanes[span.coding.id]

    def _heap(self, index: int) -> list[Span]:
        """The codings around one that hang together: before and behind them every lane is free."""
        first = last = index
        while first > 0 and self._clear[first - 1] > self._order[first][0]:
            first -= 1
        while last + 1 < len(self._order) and self._clear[last] > self._order[last + 1][0]:
            last += 1
        return [self.at(place) for place in range(first, last + 1)]

    def edited(self, position: int, removed: int, added: int) -> None:
        """Follows an edit of the shown text: ``removed`` units at ``position`` gave way to ``added``."""

        def start_of(at: int) -> int:
            return at + added - removed if at >= position + removed else min(at, position)

        def end_of(at: int) -> int:
            return at if at == position else start_of(at)

        self.set(
            Span(
                start := start_of(span.start), max(start, end_of(span.end)), max(start, end_of(span.clear)), span.coding
            )
            if span.clear >= position
            else span
            for span in self
        )

    def _drop(self, coding: str) -> None:
        span = self._by_id.pop(coding, None)
        if span is not None:
            del self._order[self.index_of(span)]

    def _measure(self) -> None:
        self._reach = list(accumulate((-key[1] for key in self._order), max))
        self._clear = list(accumulate((key[2] for key in self._order), max))
        self._lanes = {}


def _lanes(spans: Iterable[Span]) -> dict[str, int]:
    """Greedy, in the order of the text. One coder's next stretch of the same code goes on in the lane of the last."""
    found: dict[str, int] = {}
    last: list[Span] = []
    for span in spans:
        lane = next((lane for lane, before in enumerate(last) if _is_free(before, span)), len(last))
        if lane == len(last) < LANES:
            last.append(span)
        elif lane < LANES:
            last[lane] = span
        found[span.coding.id] = lane
    return found


def _is_free(before: Span, span: Span) -> bool:
    """Whether a stripe can go on where another ended."""
    if before.clear <= span.start:
        return True
    same = before.coding.code == span.coding.code and before.coding.coder == span.coding.coder
    return same and before.end <= span.start
