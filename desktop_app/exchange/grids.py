"""Grids out: rows of cells as CSV and XLSX, which a spreadsheet opens without running anything in them.

A text that a spreadsheet would take for a formula stays text: in CSV, which cannot say so, it gets a leading apostrophe
(:func:`unguarded` takes it off again); in XLSX the cell is marked as text. Numbers are left alone. Control characters,
which XLSX cannot hold and by which CSV is taken for a binary file, are left out. A text longer than the 32,767 UTF-16
units of a cell in XLSX ends there in “…”.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from desktop_app.model.attributes import shown
from desktop_app.model.errors import KnownError
from desktop_app.text.offsets import Offsets

Value = str | int | float | bool | None

MAX_ROWS = 1_048_576
"""Of an XLSX sheet, the header included."""
MAX_COLUMNS = 16_384
_LONGEST = 32_767
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE = 31


class GridTooLarge(KnownError):
    template = "“{title}” has {rows} rows and {columns} columns, more than a sheet of Excel holds; write CSV instead."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what it is called, the names of its columns, and its rows, each as long as ``header``."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A table as RFC 4180 has it: commas, CRLF; UTF-8 with a byte order mark, by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_guarded(name) for name in header])
    writer.writerows([_for_csv(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def unguarded(text: str) -> str:
    """A cell of CSV without the apostrophe that :func:`write_csv` put before it."""
    return text[1:] if _GUARDED.match(text) else text


def _guarded(text: str) -> str:
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _for_csv(value: Value) -> str:
    if isinstance(value, str):
        return _guarded(value)
    if isinstance(value, float):
        return "" if not isfinite(value) else str(int(value)) if value.is_integer() else repr(value)
    return shown(value)


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table, its header bold and always in sight.

    Titles are made to fit what Excel allows and told apart by numbers. Raises :class:`GridTooLarge`.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    for sheet in sheets:
        if len(sheet.rows) >= MAX_ROWS or len(sheet.header) > MAX_COLUMNS:
            raise GridTooLarge(title=sheet.title, rows=len(sheet.rows), columns=len(sheet.header))
    book, bold = Workbook(write_only=True), Font(bold=True)

    def cell(value: Value, *, head: bool = False) -> object:
        made = WriteOnlyCell(page, value=_for_xlsx(value))
        if isinstance(value, str) and value:
            made.data_type = "s"  # else a text that begins with “=” would be a formula, and “#N/A” an error
        if head:
            made.font = bold
        return made

    for title, sheet in zip(_titles([sheet.title for sheet in sheets]), sheets, strict=True):
        page = book.create_sheet(title)
        page.freeze_panes = "A2"
        page.append([cell(name, head=True) for name in sheet.header])
        for row in sheet.rows:
            page.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _for_xlsx(value: Value) -> str | int | float | None:
    if isinstance(value, bool):
        return shown(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)
    if 2 * len(text) <= _LONGEST:
        return text
    cut = Offsets(text).to_code_point(_LONGEST)
    return text if cut == len(text) else text[: Offsets(text).to_code_point(_LONGEST - 1)] + "…"


def _titles(wanted: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    for name in wanted:
        title = _NOT_TITLE.sub(" ", _CONTROL.sub("", name)).strip("' ")[:_LONGEST_TITLE] or "Sheet"
        free, number = title, 1
        while free.casefold() in taken:
            number += 1
            ending = f" ({number})"
            free = title[: _LONGEST_TITLE - len(ending)] + ending
        taken.add(free.casefold())
        yield free
