"""What programs put beside the lines of a talk and is no word of it: numbers of lines, times written out.

Refuses to take a number for one of a line unless almost every line has one and they count on
from one.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(r"[ \t]*\[?(\d{1,5})(?:\]|([.)]))?(?:[ \t]+(?=\S)|[ \t]*$)")
_UNIT = r"(?:hours?|minutes?|seconds?|std\.|stunden?|minuten?|sekunden?|heures?|secondes?)"
_WRITTEN_OUT = re.compile(rf"(?:\S.{{0,80}}\s)?(?:\d{{1,2}}\s{_UNIT}\s?){{1,3}}(?P<clock>(?:\d:)?\d{{1,2}}:\d\d)?\s*")
_CLOCK = re.compile(r"\s*(?:\d:)?\d{1,2}:\d\d\s*")
_FEW = 2


def without_margins(lines: Sequence[str]) -> list[str]:
    """The lines as a talk has them, as many as there are: what stood beside the words is gone."""
    return _without_times_written_out(_without_numbers([line.lstrip("\f") for line in lines]))


def _without_numbers(lines: Sequence[str]) -> list[str]:
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(number[1]) for number in found if number]
    filled = sum(bool(line) and not line.isspace() for line in lines)
    counting = sum(later in {earlier + 1, 1} for earlier, later in pairwise(numbers))
    if len(numbers) < _FEW or numbers[0] > 1 or len(numbers) * 10 < filled * 9:
        return list(lines)
    if counting * 10 < (len(numbers) - 1) * 9:
        return list(lines)
    first = next(line for line in lines if line and not line.isspace())
    if "\t" in first and not _NUMBERED.match(first):
        return list(lines)  # a table that numbers its rows
    if found[lines.index(first)] and not _tells_who(lines, found):
        return list(lines)  # an outline
    return [line[number.end() :] if number else line for line, number in zip(lines, found, strict=True)]


def _tells_who(lines: Sequence[str], found: Sequence[re.Match[str] | None]) -> bool:
    """Whether numbers stand bare, or what stands before colons behind them comes again, as names do."""
    numbered = [(line, number) for line, number in zip(lines, found, strict=True) if number]
    if not any(number[2] for _, number in numbered):
        return True
    heads = [line[number.end() :].partition(":")[0] for line, number in numbered]
    return len(set(heads)) < len(heads)


def _without_times_written_out(lines: list[str]) -> list[str]:
    """Teams' page says “Anna Berg 0 minutes 3 seconds” to those who listen, beside the clock for those who see."""
    said = [_WRITTEN_OUT.fullmatch(line) if 9 <= len(line) <= 160 and line[:1].strip() else None for line in lines]
    at_clock = [
        at
        for at, found in enumerate(said)
        if found and (found["clock"] or any(map(_CLOCK.fullmatch, lines[max(0, at - 1) : at + 2])))
    ]
    if len(at_clock) < _FEW:
        return lines
    return [
        (found["clock"] or "") if at in set(at_clock) and found else line
        for at, (line, found) in enumerate(zip(lines, said, strict=True))
    ]
