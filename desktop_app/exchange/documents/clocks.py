"""Times into a recording, as transcripts write them: ``0:03``, ``75:12``, ``1:02:03.5``, ``#00:01:23-4#``.

Nothing here says what a time means; that is the business of the style it stands in.
"""

import re
from itertools import pairwise

CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?::\d{2}|[.,]\d{1,3}|-\d(?![\d:]))?"
"""One time with colons; whether its numbers can be a time is for :func:`milliseconds` to say."""
_DOTTED = r"\d{1,2}\.\d{2}\.\d{2}"
_RANGE = rf"(?:{CLOCK}|{_DOTTED})(?:\s*(?:-->|→|-|–|—)\s*(?:{CLOCK}|{_DOTTED}))?"
IN_BRACKETS = rf"(?:\\?\[\s*{_RANGE}\s*\\?\]|\(\s*{_RANGE}\s*\)|\{{\s*{_RANGE}\s*\}}|<\s*{_RANGE}\s*>)"
BRACKETED = rf"(?:{IN_BRACKETS}|#\s*{_RANGE}\s*#)"
BARE = rf"{CLOCK}(?:\s*(?:-->|→|-|–|—)\s*{CLOCK})?"

_ONE = re.compile(rf"{CLOCK}|{_DOTTED}")
_PARTS = re.compile(r"(\d{1,3})([:.])(\d{1,2})(?:\2(\d{1,2}))?(?:([.,:-])(\d{1,3}))?")
_SIXTY = 60


def milliseconds(clock: str) -> int | None:
    """A time into the recording in ms; ``None`` where the numbers are none (``10:75``).

    Two numbers are minutes (any) and seconds, three are hours, minutes and seconds; a fraction follows a point, a comma
    or, in f4 and MAXQDA, a dash. A fourth number counts frames and is left out, for nobody says how many make a second.
    """
    found = _PARTS.fullmatch(clock)
    if found is None:
        return None
    first, _, second, third, mark, fraction = found.groups()
    hours, minutes, seconds = (int(first), int(second), int(third)) if third else (0, int(first), int(second))
    if seconds >= _SIXTY or (third and minutes >= _SIXTY):
        return None
    part = int(fraction.ljust(3, "0")) if fraction and mark != ":" else 0
    return ((hours * _SIXTY + minutes) * _SIXTY + seconds) * 1000 + part


def span(text: str) -> tuple[int, int | None] | None:
    """Begin and end in ms of a time or a range of times, in brackets or bare; ``None`` where it is none."""
    times = [milliseconds(found) for found in _ONE.findall(text)]
    if not times or times[0] is None or len(times) > 2:
        return None
    end = times[1] if len(times) == 2 else None
    return None if len(times) == 2 and end is None else (times[0], end)


def mostly_rising(times: list[int]) -> bool:
    """Whether four of five times are not before the one ahead of them, as those of a recording are."""
    falls = sum(later < earlier for earlier, later in pairwise(times))
    return falls * 5 <= len(times)
