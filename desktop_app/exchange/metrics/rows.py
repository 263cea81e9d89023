"""Text to rows of cells, with the line each row began on. The delimiter is the one whose columns stay the same down
the file.

Refuses to guess by characters alone (``csv.Sniffer`` is wrong on a fifth of real exports) and to swallow an open
quote.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from desktop_app.exchange.metrics.errors import LineTooLong, TooManyColumns, UnclosedQuote

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS = 10_000
_SAMPLE_LINES = 3000
_SENTINEL = "\ue000end of file\ue000"

Row = list[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """``cells[i]`` began on line ``lines[i]`` (1-based). Blank lines have no cells. ``cut``: see ``Decoded``."""

    name: str
    delimiter: str
    cells: list[Row]
    lines: Sequence[int]
    cut: bool = False
    ends_with_newline: bool = True


def split_rows(text: str, name: str, *, cut: bool = False, delimiter: str | None = None) -> Rows:
    """All rows of ``text``; raises ``UnclosedQuote`` or ``LineTooLong`` naming the line."""
    delimiter = delimiter or find_delimiter(text)
    reader = csv.reader(_with_sentinel(text), delimiter=delimiter)
    lines: Sequence[int]
    try:
        cells = list(reader)
    except csv.Error:
        raise LineTooLong(file=name, line=reader.line_num, limit=csv.field_size_limit()) from None
    closed = bool(cells) and cells[-1] == [_SENTINEL]
    if closed and reader.line_num == len(cells):
        lines = range(1, len(cells))
    else:
        lines = _line_numbers(text, delimiter)[: len(cells) - 1 if closed else len(cells)]
    if not closed:
        raise UnclosedQuote(file=name, line=lines[-1] if lines else 1)
    cells.pop()
    widest = max(map(len, cells), default=0)
    if widest > MAX_COLUMNS:
        line = next(at for row, at in zip(cells, lines, strict=True) if len(row) == widest)
        raise TooManyColumns(file=name, line=line, count=widest, limit=MAX_COLUMNS)
    return Rows(name, delimiter, cells, lines, cut, text.endswith(("\n", "\r")))


def _with_sentinel(text: str) -> Iterator[str]:
    """Line by line without translating line ends; a row that swallows the sentinel was never closed."""
    whole = text if text.endswith(("\n", "\r")) else text + "\n"
    return chain(io.StringIO(whole, newline=""), (_SENTINEL,))


def _line_numbers(text: str, delimiter: str) -> list[int]:
    reader = csv.reader(_with_sentinel(text), delimiter=delimiter)
    lines, before = [], 0
    for _ in reader:
        lines.append(before + 1)
        before = reader.line_num
    return lines


def find_delimiter(text: str) -> str:
    """The delimiter under which neighbouring rows agree best in their number of columns; a comma where none does."""
    sample = _sample(text)
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        score = _consistency(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sample(text: str) -> str:
    """The first lines and some of the last, so that a preamble does not decide."""
    if len(text) < 400_000:
        return text
    end = text.rfind("\n", 0, 300_000)
    start = text.find("\n", len(text) - 100_000)
    return text[: end + 1] + text[start + 1 :] if end > 0 and start > 0 else text[:400_000]


def _consistency(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of neighbouring rows with the same number of columns (two or more), and that number."""
    try:
        widths = [
            len(row)
            for _, row in zip(
                range(_SAMPLE_LINES), csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), strict=False
            )
            if row and not row[0].startswith("#")
        ]
    except csv.Error:
        return 0.0, 0
    if len(widths) == 1:
        return (0.5, widths[0]) if widths[0] > 1 else (0.0, 0)
    same = [first for first, second in pairwise(widths) if first == second and first > 1]
    if not same:
        return (0.1, max(widths)) if widths and max(widths) > 1 else (0.0, 0)
    return round(len(same) / (len(widths) - 1), 2), max(set(same), key=same.count)
