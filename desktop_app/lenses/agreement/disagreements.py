"""Where coders differ: the stretches of text to which some have applied a code and others have not."""

from collections.abc import Iterable, Iterator, Sequence

from desktop_app.lenses.agreement.spans import Span, stretches, united
from desktop_app.model.agreement import Applied, Disagreement

Coding = tuple[str, Applied]
"""A coding's id and what it applies."""


def disagreements(applied: Sequence[Coding], coders: Sequence[str]) -> tuple[Disagreement, ...]:
    """Every maximal stretch of a document where some of ``coders`` have applied a code and others have not.

    Only coders who have applied anything in a document can differ about it. Neighbouring stretches between the same
    coders are one. Documents come in the order in which they first occur, stretches in that of the text.
    """
    names = tuple(dict.fromkeys(coders))
    texts: dict[str, dict[str, list[Coding]]] = {}
    for coding in applied:
        one = coding[1]
        if one.coder in names and one.start < one.end:
            texts.setdefault(one.target, {}).setdefault(one.code, []).append(coding)
    found: list[Disagreement] = []
    for target, codes in texts.items():
        there = {one.coder for codings in codes.values() for _, one in codings}
        present = [coder for coder in names if coder in there]
        in_text = [part for code, codings in codes.items() for part in _of_code(target, code, codings, present)]
        found += sorted(in_text, key=lambda part: (part.start, part.end, part.code))
    return tuple(found)


def _of_code(target: str, code: str, codings: Sequence[Coding], present: Sequence[str]) -> Iterator[Disagreement]:
    tracks = []
    for coder in present:
        own = united(((one.start, one.end) for _, one in codings if one.coder == coder), touching=True)
        tracks.append([(start, end, 1) for start, end in own])
    differing = (
        (start, end, values) for start, end, values in stretches(tracks, 0) if 0 < sum(map(bool, values)) < len(values)
    )
    parts = [(start, end, values) for start, end, values in differing]
    reaching = _reaching(codings, [(start, end) for start, end, _ in parts])
    for (start, end, values), ids in zip(parts, reaching, strict=True):
        have = tuple(coder for coder, value in zip(present, values, strict=True) if value)
        without = tuple(coder for coder in present if coder not in have)
        yield Disagreement(target, code, start, end, have, without, ids)


def _reaching(codings: Iterable[Coding], parts: Sequence[Span]) -> Iterator[tuple[str, ...]]:
    """For each of ``parts``, which are in order, the ids of the codings that share a character with it."""
    waiting = sorted(codings, key=lambda coding: (coding[1].start, coding[1].end, coding[0]), reverse=True)
    open_here: list[Coding] = []
    for start, end in parts:
        while waiting and waiting[-1][1].start < end:
            open_here.append(waiting.pop())
        open_here = [coding for coding in open_here if coding[1].end > start]
        yield tuple(item for item, _ in open_here)
