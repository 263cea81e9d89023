"""Offsets: code points of a text, and the UTF-16 units that Qt and JavaScript count in.

The file and everything above it count code points. Only views that hand a text to Qt need the other count, and only
characters beyond U+FFFF ("astral": most emoji, old scripts) tell the two apart.
"""

import re
from array import array
from bisect import bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]+")


class Offsets:
    """Both counts of one text: a table of its runs of astral characters, so that a look-up takes O(log runs).

    Positions lie between characters, from 0 to the length of the text; what lies outside is held to that. A lone
    surrogate counts as one in both.
    """

    __slots__ = ("_before", "_ends", "_length", "_starts", "_units", "_wide")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        self._starts = array("q")
        self._ends = array("q")
        self._before = array("q")
        self._wide = array("q")
        if self._units == self._length:
            return
        pairs = 0
        for match in _ASTRAL.finditer(text):
            start, end = match.span()
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(pairs)
            self._wide.append(start + pairs)
            pairs += end - start

    def to_utf16(self, code_point: int) -> int:
        """The UTF-16 position of a code point position."""
        at = min(max(code_point, 0), self._length)
        run = bisect_right(self._starts, at) - 1
        if run < 0:
            return at
        return at + self._before[run] + min(at, self._ends[run]) - self._starts[run]

    def to_code_point(self, utf16: int) -> int:
        """The code point position of a UTF-16 position; one between the two halves of a pair goes to its start."""
        at = min(max(utf16, 0), self._units)
        run = bisect_right(self._wide, at) - 1
        if run < 0:
            return at
        into, length = at - self._wide[run], self._ends[run] - self._starts[run]
        if into < 2 * length:
            return self._starts[run] + into // 2
        return at - self._before[run] - length
