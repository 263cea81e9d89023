"""Excel workbooks to rows of text: what a person sees in the cells, as far as the file stores it.

Reads values and never formulas, macros or links. Refuses workbooks that unpack to more than any table needs.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from desktop_app.model.errors import KnownError

MAX_UNPACKED = 512 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
MAX_CELLS = 20_000_000
MAX_RATIO = 400
"""How many times larger than packed a part of some size may be."""
_SMALL = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0"
"""What Excel wraps an encrypted workbook in ([MS-OFFCRYPTO] 2.3)."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class WorkbookError(KnownError):
    """A workbook that cannot be read."""


class DamagedWorkbook(WorkbookError):
    template = "“{file}” is a damaged or incomplete Excel workbook ({reason}); open it and save it again, or as CSV."


class LockedWorkbook(WorkbookError):
    template = "“{file}” is locked with a password; save it without one."


class SwollenWorkbook(WorkbookError):
    template = "“{file}” unpacks to more than {limit}, which no table needs; save the one sheet you want as CSV."


class EmptyWorkbook(WorkbookError):
    template = "“{file}” has no sheet with anything in it; check that it is the right file."


class NoSuchSheet(WorkbookError):
    template = "“{file}” has no sheet “{sheet}”; its sheets are {known}."


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows[i]`` is row ``i + 1`` of the sheet as texts, without empty cells at its end; ``others`` names the sheets
    that were not read."""

    name: str
    rows: list[list[str]]
    others: tuple[str, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Whether bytes are an ``.xlsx`` or ``.xlsm``, a locked one too, by what they hold and not by the file's name."""
    if data.startswith(_OLE):
        return "EncryptedPackage".encode("utf-16-le") in data
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return b"xl/workbook" in data


def read_workbook(name: str, data: bytes, *, sheet: str = "") -> Sheet:
    """The sheet called ``sheet``, else the first with anything in it.

    Dates come as ISO 8601, whole numbers without a fraction, results of formulas as stored. Raises a ``WorkbookError``
    naming ``name``.
    """
    _refuse_bombs(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks and validations that openpyxl does not keep
            return _read(name, data, sheet)
    except (
        zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError,
        OverflowError, EOFError, OSError, NotImplementedError,
    ) as error:  # fmt: skip
        reason = str(error).strip("\"'. ") or "a part of it is missing"
        raise DamagedWorkbook(file=name, reason=" ".join(reason.split())[:120]) from None


def _refuse_bombs(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        if data.startswith(_OLE):
            raise LockedWorkbook(file=name) from None
        raise DamagedWorkbook(file=name, reason=str(error).strip(".") or "its end is missing") from None
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise LockedWorkbook(file=name)
    swollen = any(entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries)
    if swollen or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise SwollenWorkbook(file=name, limit=f"{MAX_UNPACKED // 1024**2} MB")


def _read(name: str, data: bytes, wanted: str) -> Sheet:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title: sheet for sheet in workbook.worksheets}
        if wanted and wanted not in sheets:
            raise NoSuchSheet(file=name, sheet=wanted, known=", ".join(sheets))
        for title, sheet in sheets.items():
            if wanted and title != wanted:
                continue
            rows = list(_rows(name, sheet))
            if any(rows):
                return Sheet(title, rows, tuple(other for other in sheets if other != title))
    finally:
        workbook.close()
    raise EmptyWorkbook(file=name)


def _rows(name: str, sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row) + 1
        if cells > MAX_CELLS:
            raise SwollenWorkbook(file=name, limit=f"{MAX_CELLS:,} cells")
        texts = [as_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def as_text(value: object) -> str:
    """A cell's value as text: dates as ISO 8601, numbers without needless digits, truth as ``true`` and ``false``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.isoformat(sep="T", timespec="seconds" if value.second else "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _CONTROL.sub("", _ESCAPE.sub(_character, str(value)).replace("\r\n", "\n").replace("\r", "\n"))


def _character(found: re.Match[str]) -> str:
    """Excel writes characters that XML cannot hold as ``_x000D_`` (ECMA-376, ST_Xstring)."""
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)
