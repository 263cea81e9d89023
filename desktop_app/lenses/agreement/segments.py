"""Segments as units: what the coders have marked, matched where two mean nearly the same stretch, as in MAXQDA.

Two segments are one unit when their intersection is at least a given part of their union (MAXQDA, *Intercoder
agreement at segment level*, whose threshold is 90 % unless changed).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.lenses.agreement.coefficients import NO_CODE, Table
from desktop_app.lenses.agreement.evidence import Evidence, TextEvidence
from desktop_app.lenses.agreement.spans import CodedText, Span

Marked = Mapping[int, frozenset[str]]
"""The codes that each coder has applied to one unit, by the coder's place; coders who left it alone are absent."""


@dataclass(slots=True)
class _Cluster:
    """Segments that are taken for one."""

    spans: list[Span]
    codes: dict[int, frozenset[str]]

    def fits(self, other: "_Cluster", overlap: float) -> bool:
        """Whether both may be one unit: every two of their segments overlap enough, and either nobody has marked
        both or somebody's code of the one is another's code of the other."""
        strangers = self.codes.keys().isdisjoint(other.codes)
        if not strangers and _all(self.codes).isdisjoint(_all(other.codes)):
            return False
        return all(shared(one, two) >= overlap for one in self.spans for two in other.spans)

    def take(self, other: "_Cluster") -> None:
        self.spans += other.spans
        for coder, codes in other.codes.items():
            self.codes[coder] = self.codes.get(coder, frozenset()) | codes


def _all(codes: Marked) -> frozenset[str]:
    return frozenset().union(*codes.values())


def shared(one: Span, other: Span) -> float:
    """Intersection over union of two spans."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def matched(text: CodedText, overlap: float) -> list[Marked]:
    """The units of a text in its order, each with who has applied what to it.

    The closest segments are joined first, those with a code in common before others. Equal spans are always one unit,
    so what decides between equally close ones is where they stand, never the order of the coders.
    """
    found: dict[Span, dict[int, frozenset[str]]] = {}
    for coder, marks in enumerate(text.marks):
        for code, spans in (marks or {}).items():
            for span in spans:
                codes = found.setdefault(span, {})
                codes[coder] = codes.get(coder, frozenset()) | {code}
    spans = sorted(found)
    clusters = {span: _Cluster([span], dict(found[span])) for span in spans}
    for _, _, one, other in _candidates(spans, [_all(found[span]) for span in spans], overlap):
        first, second = clusters[one], clusters[other]
        if first is not second and first.fits(second, overlap):
            first.take(second)
            clusters.update(dict.fromkeys(second.spans, first))
    unique = {id(cluster): cluster for cluster in clusters.values()}
    return [cluster.codes for cluster in unique.values()]


def _candidates(
    spans: Sequence[Span], codes: Sequence[frozenset[str]], overlap: float
) -> list[tuple[bool, float, Span, Span]]:
    """Pairs of spans that overlap enough, the best first: those with one of their ``codes`` in common, then the
    closest."""
    pairs = []
    for place, one in enumerate(spans):
        # What starts later than this can share at most (end - start) of the length of `one`, which is too little.
        latest = one[1] - overlap * (one[1] - one[0]) + 1
        for later in range(place + 1, len(spans)):
            other = spans[later]
            if other[0] > latest:
                break
            closeness = shared(one, other)
            if closeness >= overlap:
                pairs.append((codes[place].isdisjoint(codes[later]), -closeness, one, other))
    pairs.sort()
    return pairs


def evidence(text: CodedText, values: Mapping[str, int], overlap: float) -> TextEvidence:
    """What a text says of each code, and of all by their ``values``.

    Of one code a segment that a coder left alone counts as "not applied". Of categories it is missing, for it cannot
    be said which code the coder would have chosen; only percent and Holsti count it as "no code".
    """
    units = matched(text, overlap)
    present = [coder for coder, marks in enumerate(text.marks) if marks is not None]
    nowhere = tuple(None if marks is None else NO_CODE for marks in text.marks)
    tables: dict[str, Table] = {code: Counter() for code in values}
    for unit in units:
        for code in _all(unit):
            row = list(nowhere)
            for coder in present:
                row[coder] = int(code in unit.get(coder, ()))
            tables[code][tuple(row)] += 1
    for table in tables.values():
        rest = len(units) - table.total()
        if rest:
            table[nowhere] += rest
    codes = {code: Evidence(table) for code, table in tables.items()}
    return TextEvidence(codes, _categories(units, nowhere, values))


def _categories(units: Sequence[Marked], nowhere: tuple[int | None, ...], values: Mapping[str, int]) -> Evidence | None:
    table: Table = Counter()
    marked: Table = Counter()
    for unit in units:
        row: list[int | None] = [None] * len(nowhere)
        shown = list(nowhere)
        for coder, codes in unit.items():
            if len(codes) > 1:
                return None
            row[coder] = shown[coder] = values[next(iter(codes))]
        table[tuple(row)] += 1
        marked[tuple(shown)] += 1
    return Evidence(table, marked)
