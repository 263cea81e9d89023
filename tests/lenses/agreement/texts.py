"""Codings to compare: tables laid out as text, and a whole study."""

import random
from collections.abc import Mapping, Sequence

from desktop_app.model.agreement import Applied

Marks = Sequence[tuple[str, str, int, int]]
"""``(coder, code, start, end)`` in one document."""


def applied(marks: Marks, target: str = "d") -> list[Applied]:
    return [Applied(target, code, coder, start, end) for coder, code, start, end in marks]


def laid_out(table: Mapping[str, Sequence[str | None]], width: int = 1) -> list[Applied]:
    """A coders × units table as one document in which each unit is ``width`` characters, one after the other."""
    return [
        Applied("d", value, coder, place * width, (place + 1) * width)
        for coder, row in table.items()
        for place, value in enumerate(row)
        if value is not None
    ]


def contingency(counts: Sequence[Sequence[int]], names: str) -> dict[str, list[str]]:
    """The coders × units table of two coders from how often each pair of values was given."""
    units = [
        (one, other)
        for one, row in zip(names, counts, strict=True)
        for other, times in zip(names, row, strict=True)
        for _ in range(times)
    ]
    return {"Ada": [one for one, _ in units], "Ben": [other for _, other in units]}


def study(
    documents: int = 40, codes: int = 50, coders: int = 3, *, length: int = 60_000, each: int = 3, seed: int = 1
) -> tuple[list[Applied], dict[str, int], list[str]]:
    """What ``agreement`` takes, of a made-up study: ``each`` stretches for each code and document, which a coder sees
    four times in five and bounds a little differently. The sizes given are those of the bench."""
    drawn = random.Random(seed)
    names = [f"coder {number}" for number in range(coders)]
    found = []
    for document in range(documents):
        for code in range(codes):
            for _ in range(each):
                start = drawn.randrange(length - 500)
                end = start + drawn.randrange(40, 400)
                found += [
                    Applied(f"d{document}", f"c{code}", name, start + drawn.randrange(10), end + drawn.randrange(10))
                    for name in names
                    if drawn.random() < 0.8
                ]
    return found, {f"d{document}": length for document in range(documents)}, names
