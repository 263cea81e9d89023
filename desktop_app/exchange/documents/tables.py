"""Tables of a talk, a row for what is said in one go: columns with a head, as NVivo and Whisper write them, or without.

Cells are parted by tabs; a cell of several paragraphs takes several lines. Refuses a table that does not tell who
speaks or when.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.exchange.documents.clocks import milliseconds, span
from desktop_app.exchange.documents.labels import is_field, is_label, tidied
from desktop_app.exchange.documents.utterances import Start

_HEAD_ROWS = 10
_REACH = 160
_FEW = 2
_FEWEST_CELLS = 4
_COLUMNS = (
    frozenset("speaker speakers name who participant sprecher sprecherin person locuteur hablante".split()),
    frozenset("content text transcript transcription utterance words inhalt texte texto".split()),
    frozenset("timespan time timestamp start times zeit timecode temps tiempo begin".split()),
)
"""Heads of the columns of a table: speakers, words, times."""
_NUMBERING = frozenset("no nr number end ends ende id # line row turn duration".split())
_WHOLE = re.compile(r"\s*\d{1,9}\s*")


@dataclass(frozen=True, slots=True)
class Table:
    """What was read from a table: the turns, the line of its head, and the names of its other columns with words."""

    starts: list[Start]
    head: int
    others: tuple[str, ...]


def told_by_columns(lines: Sequence[str]) -> Table | None:
    """The turns of a table whose head names a column of words and one of speakers or times; ``None``: there is none.

    A start that is a whole number counts milliseconds, as in the tables of Whisper.
    """
    for at, line in enumerate(lines[:_HEAD_ROWS]):
        names = [cell.strip() for cell in line[:_REACH].split("\t")]
        heads = [name.casefold() for name in names]
        who, what, when = (next((n for n, head in enumerate(heads) if head in words), None) for words in _COLUMNS)
        if what is None or (who is None and when is None):
            continue
        counted = when is not None and heads[when] == "start"
        starts, others = [], dict[str, None]()
        for row, count, columns in _rows(lines, at + 1, len(heads)):
            cell = columns[when] if when is not None else ""
            begins, ends = (int(cell), None) if counted and _WHOLE.fullmatch(cell) else span(cell) or (None, None)
            speaker = tidied(columns[who]) if who is not None else ""
            starts.append(Start(row, speaker, columns[what].strip(), begins, ends, count))
            others |= {
                names[n]: None
                for n, cell in enumerate(columns)
                if n not in (who, what, when) and cell.strip() and heads[n] and heads[n] not in _NUMBERING
            }
        named = len({start.speaker for start in starts}) < len(starts) if when is None else bool(starts)
        timed = who is not None or any(start.begins is not None for start in starts)
        return Table(starts, at, tuple(others)) if named and timed else None
    return None


def _rows(lines: Sequence[str], first: int, width: int) -> Iterator[tuple[int, int, list[str]]]:
    """First line, number of lines and cells of every row of ``width`` cells; other lines are in none."""
    at = first
    while at < len(lines):
        until, tabs = at + 1, lines[at].count("\t")
        while 0 < tabs < width - 1 and until < len(lines) and tabs + lines[until].count("\t") <= width - 1:
            tabs += lines[until].count("\t")
            until += 1
        if tabs == width - 1:
            yield at, until - at, "\n".join(lines[at:until]).split("\t")
            at = until
        else:
            at += 1


def told_by_cells(lines: Sequence[str]) -> list[Start]:
    """The turns of a table without a head, as ELAN exports it: a name first, the words last, clocks between."""
    filled = [(at, line.split("\t")) for at, line in enumerate(lines) if line.strip()]
    starts = []
    for at, cells in filled:
        name = tidied(cells[0])
        if len(cells) < _FEWEST_CELLS or not is_label(name) or is_field(name):
            continue
        clocks = [time for cell in cells[1:-1] if ":" in cell and (time := milliseconds(cell.strip())) is not None]
        if clocks and cells[-1].strip():
            end = clocks[1] if len(clocks) > 1 and clocks[1] >= clocks[0] else None
            starts.append(Start(at, name, cells[-1].strip(), clocks[0], end))
    return starts if len(starts) >= _FEW and len(starts) * 10 >= len(filled) * 9 else []
