"""A table with a column of open answers: one document per respondent, the other columns its attributes.

Refuses to guess which column holds the answers unless one is plainly the longest; every row that gives no document is
told.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from statistics import median

from desktop_app.exchange.documents.errors import UnreadableDocument
from desktop_app.exchange.tables import read_rows
from desktop_app.model.documents import ParsedDocument

SHORTEST = 20
"""Characters that the middle answer of a column has at least for it to be chosen unasked."""
_IDS = frozenset(
    """
    id respondent respondentid participant participantid response responseid case caseid record recordid nr no number
    pid uid userid user token subject subjectid interviewee person personid sno rowid submissionid kennung teilnehmer
    """.split()
)
_SHOWN = 12
_LONGEST_NAME = 60


class AnswersError(UnreadableDocument):
    """A table of answers that cannot be read; nothing of it was taken over."""


class NoAnswerTable(AnswersError):
    template = "“{file}” has no rows below its head, so it holds no answers; check that it is the right file."


class NoHead(AnswersError):
    template = "The first row of “{file}” cannot be its head ({cells}); put a row with the names of the columns first."


class UnknownColumn(AnswersError):
    template = "“{file}” has no column “{column}”; its columns are {known}."


class UnclearColumn(AnswersError):
    template = "It is not clear which column of “{file}” holds the answers; name one of {known}."


class NoAnswers(AnswersError):
    template = "The column “{column}” of “{file}” is empty in every row; choose another of {known}."


@dataclass(frozen=True, slots=True)
class Answers:
    """The documents of a table. ``column`` holds the answers, ``id_column`` (or none) what tells respondents apart.

    ``skipped`` are sentences about what gave no document, such as "row 7: no answer".
    """

    columns: tuple[str, ...]
    column: str
    id_column: str
    documents: tuple[ParsedDocument, ...]
    skipped: tuple[str, ...] = ()


@dataclass(slots=True)
class _Table:
    """Rows below the head, evened out; ``rows[i]`` is row ``numbers[i]`` of the file, counted from 1."""

    name: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]
    skipped: list[str]

    def index(self, wanted: str) -> int:
        """The place of a column given by its name, whatever its case, or by its number from 1."""
        name = " ".join(wanted.split()).casefold()
        for place, column in enumerate(self.columns):
            if column.casefold() == name:
                return place
        if name.isdecimal() and len(name) < 6 and 1 <= int(name) <= len(self.columns):
            return int(name) - 1
        raise UnknownColumn(file=self.name, column=wanted, known=_listed(self.columns))

    def cells(self, place: int) -> list[str]:
        return [row[place].strip() for row in self.rows]


def read_answers(name: str, data: bytes, *, column: str = "", id_column: str = "") -> Answers:
    """The answers of a CSV or XLSX file as documents titled "<stem of the file> <id>".

    ``column`` and ``id_column`` are a column's name or number from 1. Without ``column`` it is the one whose middle
    answer is longest, if it has ``SHORTEST`` characters and twice those of any other; without ``id_column`` one named
    so with a value of its own in every row, else rows have numbers. Raises an ``AnswersError`` or the errors of
    ``exchange.spreadsheets`` and ``exchange.metrics.decoding``, each one sentence.
    """
    table = _table(name, *read_rows(name, data))
    ids = table.index(id_column) if id_column.strip() else _id_column(table)
    place = table.index(column) if column.strip() else _answer_column(table, ids)
    documents = tuple(_documents(table, place, ids))
    if not documents:
        raise NoAnswers(file=name, column=table.columns[place], known=_listed(table.columns))
    chosen = "" if ids is None else table.columns[ids]
    return Answers(table.columns, table.columns[place], chosen, documents, tuple(table.skipped))


def _table(name: str, rows: list[list[str]], skipped: list[str]) -> _Table:
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        raise NoAnswerTable(file=name)
    head = filled[0][1]
    filled = _below_head(filled, skipped)
    if not filled:
        raise NoAnswerTable(file=name)
    _refuse_no_head(name, head)
    width = max(len(head), *(len(row) for _, row in filled))
    columns = _names([*head, *[""] * (width - len(head))])
    even = [[*row, *[""] * (width - len(row))] for _, row in filled]
    return _Table(name, columns, even, [number for number, _ in filled], skipped)


def _below_head(filled: list[tuple[int, list[str]]], skipped: list[str]) -> list[tuple[int, list[str]]]:
    """Rows below the head, without the two in which Qualtrics says what its columns are."""
    for place in (1, 2):
        if len(filled) > place and any('{"ImportId"' in cell.replace(" ", "") for cell in filled[place][1]):
            skipped += [f"row {number}: Qualtrics' description of the columns" for number, _ in filled[1 : place + 1]]
            return filled[place + 1 :]
    return filled[1:]


def _refuse_no_head(name: str, head: Sequence[str]) -> None:
    named = [cell.strip() for cell in head if cell.strip()]
    numbers = sum(_is_number(cell) for cell in named)
    if numbers * 2 > len(named) or all(len(cell) > _LONGEST_NAME * 10 for cell in named):
        raise NoHead(file=name, cells=_listed([cell[:_LONGEST_NAME] for cell in named[:3]]))


def _is_number(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def _names(head: Sequence[str]) -> tuple[str, ...]:
    """Names without white space at will; the nameless by number, the second of a name with " (2)"."""
    taken: set[str] = set()
    names = []
    for place, cell in enumerate(head, 1):
        base = " ".join(cell.split()) or f"Column {place}"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _id_column(table: _Table) -> int | None:
    for place, column in enumerate(table.columns):
        plain = "".join(letter for letter in column.casefold() if letter.isalpha())
        if plain in _IDS:
            values = table.cells(place)
            if all(values) and len(set(values)) == len(values) and max(map(len, values)) <= _LONGEST_NAME:
                return place
    return None


def _answer_column(table: _Table, ids: int | None) -> int:
    lengths = [0.0 if place == ids else _usual_length(table.cells(place)) for place in range(len(table.columns))]
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    best = lengths[order[0]]
    if best < SHORTEST or (len(order) > 1 and best < 2 * lengths[order[1]]):
        raise UnclearColumn(file=table.name, known=_listed(table.columns))
    return order[0]


def _usual_length(values: Sequence[str]) -> float:
    """The middle length of what is filled in; 0 for what is one word of ASCII each, such as links and codes."""
    filled = [value for value in values if value]
    words = sum(not value.isascii() or len(value.split()) > 1 for value in filled)
    return median(map(len, filled)) if words * 2 > len(filled) else 0.0


def _documents(table: _Table, place: int, ids: int | None) -> list[ParsedDocument]:
    stem = PurePath(table.name).stem
    titles: Counter[str] = Counter()
    documents = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        text = row[place].strip()
        if not text:
            table.skipped.append(f"row {number}: no answer")
            continue
        label = " ".join(row[ids].split())[:_LONGEST_NAME] if ids is not None else ""
        title = f"{stem} {label or f'row {number}' if ids is not None else number}"
        titles[title] += 1
        again = f" ({titles[title]})" if titles[title] > 1 else ""
        others = [(name, value.strip()) for name, value in zip(table.columns, row, strict=True)]
        attributes = tuple((name, value) for at, (name, value) in enumerate(others) if at != place and value)
        documents.append(ParsedDocument(title + again, text, format="answers", attributes=attributes))
    return documents


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}”" for name in names[:_SHOWN]]
    return ", ".join(shown) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
