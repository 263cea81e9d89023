"""Where the bytes come from: a file, a zip or a folder, opened within limits. Refuses to unpack anything onto the
disk.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktop_app.exchange.metrics.decoding import MAX_FILE
from desktop_app.exchange.metrics.errors import (
    BinaryMetricFile,
    DamagedZip,
    EmptyMetricFile,
    EncryptedZip,
    FileTooLarge,
    MissingMetricFile,
    NoMetricsInFolder,
    UnreadableMetricFile,
    UnsafeZip,
)

MAX_ENTRIES = 2000
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt"})


@dataclass(frozen=True, slots=True)
class Source:
    """``name`` is the file's own; ``tables`` the bytes of each table by name, ``parts`` the original bytes to keep.

    ``single`` tells a plain file from a zip or folder; ``ignored`` names what is no table.
    """

    name: str
    path: Path
    tables: dict[str, bytes] = field(repr=False)
    parts: dict[str, bytes] = field(repr=False)
    single: bool
    ignored: tuple[str, ...] = ()


def open_source(path: Path) -> Source:
    """Read ``path`` (a file, a zip or a folder) into memory; raises a ``MetricFileError`` if that cannot be done."""
    try:
        if path.is_dir():
            return _open_folder(path)
        if not path.exists():
            raise MissingMetricFile(file=path.name or str(path))
        data = _read(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise UnreadableMetricFile(file=path.name, reason=getattr(error, "strerror", None) or str(error)) from None
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(path, data)
    return Source(path.name, path, {path.name: data}, {path.name: data}, single=True)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_FILE:
        raise FileTooLarge(file=path.name, limit=MAX_FILE // 1024**2)
    return path.read_bytes()


def is_table_name(name: str) -> bool:
    pure = PurePosixPath(name)
    return pure.suffix.lower() in _TABLE_SUFFIXES and not pure.name.startswith((".", "~$"))


def _open_folder(path: Path) -> Source:
    tables: dict[str, bytes] = {}
    ignored: list[str] = []
    total = 0
    for child in sorted(path.iterdir()):
        if not child.is_file():
            continue
        if not is_table_name(child.name):
            ignored.append(child.name)
            continue
        tables[child.name] = _read(child)
        total += len(tables[child.name])
        if total > MAX_FILE or len(tables) > MAX_ENTRIES:
            raise FileTooLarge(file=path.name, limit=MAX_FILE // 1024**2)
    if not tables:
        raise NoMetricsInFolder(file=path.name or str(path))
    return Source(path.name, path, tables, dict(tables), single=False, ignored=tuple(ignored))


def _open_zip(path: Path, data: bytes) -> Source:
    name = path.name
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _checked(archive, name)
            tables, ignored = _extract(archive, entries)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeError) as error:
        raise DamagedZip(file=name, reason=str(error).strip(".") or "its end is missing") from None
    except (RuntimeError, ValueError, OverflowError, OSError, IndexError) as error:
        raise DamagedZip(file=name, reason=str(error).strip(".") or "it cannot be unpacked") from None
    if not tables:
        raise NoMetricsInFolder(file=name)
    return Source(name, path, tables, {name: data}, single=False, ignored=tuple(ignored))


def _checked(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names:
        kind = "an Excel workbook" if any(n.startswith("xl/") for n in names) else "an Office document"
        raise BinaryMetricFile(file=name, kind=kind)
    if "mimetype" in names and "content.xml" in names:
        raise BinaryMetricFile(file=name, kind="an OpenDocument file")
    if not entries:
        raise EmptyMetricFile(file=name)
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if ".." in parts or entry.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", entry.filename):
            raise UnsafeZip(file=name, entry=entry.filename)
        if entry.flag_bits & 0x1:
            raise EncryptedZip(file=name)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_FILE:
        raise FileTooLarge(file=name, limit=MAX_FILE // 1024**2)
    return entries


def _extract(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[dict[str, bytes], list[str]]:
    tables: dict[str, bytes] = {}
    ignored: list[str] = []
    for entry in entries:
        if not is_table_name(entry.filename) or entry.filename.startswith("__MACOSX/"):
            ignored.append(entry.filename)
            continue
        name = _entry_name(entry)
        name = entry.filename if name in tables else name  # two folders may hold a table of the same name
        tables[name] = archive.read(entry)  # never more than the size checked above
    return tables, ignored


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are read as code page 437 by the standard, though most programs wrote UTF-8."""
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    if not entry.flag_bits & 0x800:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name
