"""The files of a shared folder: packs of revisions, which never change once written, and the state of each device.

A pack is lines of ASCII that say what follows, and what follows; everything in it is proven by its last line::

    terrain-pack 1
    {"notebook": …, "device": …, "number": 12, "after": …, "revisions": 3, "absent": 0, "blobs": 1, …}
    revisions <bytes here> <bytes unpacked>        then zlib: a JSON object per line, several such sections
    absent <bytes here> <bytes unpacked>           likewise
    blob <sha256> <size> <packing> <bytes here>    then the blob as the notebook keeps it
    end <SHA-256 of everything before this line>

The folder is written by others, by tools that copy half a file, and by whoever has access to it. So a reader bounds all
that is claimed before it is believed. Whether a revision's id is that of its content is for the caller to prove.
"""

import hashlib
import json
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from io import SEEK_END, StringIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, NoReturn, TypeVar

from desktop_app.model.changes import Absent, Revision
from desktop_app.model.errors import KnownError
from desktop_app.model.shapes import LONGEST_FIELDS, LONGEST_NAME, is_digest

MOST_REVISIONS = 100_000
"""Revisions, and absent ones, that a pack should hold at most; further ones go into the next."""
_MOST = 1_000_000
"""Rows and blobs above which a pack is not read."""
_SECTION = 4 << 20
"""Bytes after which a section of rows ends, so that none has to be held in memory with all others."""
_LARGEST_SECTION = _SECTION + 2 * LONGEST_FIELDS + (1 << 20)
"""A section ends after the row that made it too long; of the fields, which are JSON already, only quotes and
backslashes become two characters."""
_LARGEST_ROWS = 2 << 30
"""Bytes of all rows of a pack, unpacked."""
_LARGEST_BLOB = 1 << 30
LARGEST_STATE = 1 << 20
"""Bytes; no more has to be read of a state."""
_LARGEST_LINE = 64 << 10
_HIGHEST = 999_999_999
_CHUNK = 1 << 20
_TAIL = 64
_DIGITS = 16

_FIRST = b"terrain-pack 1\n"
_MAGIC = re.compile(rb"terrain-pack ([1-9][0-9]{0,8})\n")
_ROWS = re.compile(rb"(revisions|absent) ([0-9]{1,12}) ([0-9]{1,12})\n")
_BLOB = re.compile(rb"blob ([0-9a-f]{64}) ([0-9]{1,12}) (plain|zlib) ([0-9]{1,12})\n")
_END = re.compile(rb"end ([0-9a-f]{64})\n")
_NAME = re.compile(rf"([0-9]{{6,9}})-([0-9a-f]{{{_DIGITS}}})([^0-9A-Za-z].*)?\.pack")
_TEMPORARY = re.compile(
    r"\..*|~.*|.*~|.*\.~.*|.*\.(part|partial|filepart|tmp|temp|download|crdownload|!sync|!ut)", re.IGNORECASE
)


_T = TypeVar("_T")


class PackError(KnownError):
    """A file of a shared folder that cannot be used."""


class PackUnfinished(PackError):
    template = "“{file}” is not here as a whole yet; wait until the folder has been synchronised."


class PackDamaged(PackError):
    template = "“{file}” is damaged ({reason}) and was left out; ask the device that wrote it to send it anew."


class PackTooNew(PackError):
    template = "“{file}” was written by a newer Terrain (format {version}); update Terrain to read it."


class PackUnreadable(PackError):
    template = "“{file}” cannot be read ({reason}); see whether the folder is there and open to you."


class RevisionTooLarge(PackError):
    template = "{kind} {item} is larger than the {limit} MB that can be shared; make it shorter."


@dataclass(frozen=True, slots=True)
class PackHeader:
    """Of which notebook, by which device and under whose name; ``number`` counts the packs of a device from 1,
    ``after`` is the digest of the one before (empty for the first), ``at`` ISO 8601 in UTC; then how many rows and
    blobs follow."""

    notebook: str
    device: str
    device_name: str
    author: str
    number: int
    after: str
    at: str
    revisions: int = 0
    absent: int = 0
    blobs: int = 0


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What a device says of itself: whose it is and of which notebook, when it last wrote (``at``, ISO 8601 in UTC),
    the number of its last pack, and for every other device the number of the last one it has read."""

    notebook: str
    title: str
    device: str
    device_name: str
    author: str
    at: str
    wrote: int
    read: Mapping[str, int]


class PackedBlob(NamedTuple):
    """A blob as a notebook keeps it: ``data`` holds ``size`` bytes, by ``packing`` (``plain``, ``zlib``)."""

    sha256: str
    size: int
    packing: str
    data: bytes


class _Place(NamedTuple):
    size: int
    packing: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack holds; ``digest`` is its last line's. ``blobs`` are their sizes in bytes, unpacked, by SHA-256."""

    file: str
    header: PackHeader
    digest: str
    revisions: Sequence[Revision] = field(repr=False)
    absent: Sequence[Absent] = field(repr=False)
    _places: Mapping[str, _Place] = field(repr=False)
    _source: Path | BinaryIO = field(repr=False)

    @property
    def blobs(self) -> Mapping[str, int]:
        return {name: place.size for name, place in self._places.items()}

    def blob(self, name: str) -> PackedBlob | None:
        """One of its blobs, proven to be what its name promises; ``None`` if there is none of that name.

        Raises :class:`PackDamaged` for one that is something else, :class:`PackUnreadable` if the file has gone.
        """
        place = self._places.get(name)
        if place is None:
            return None
        with _opened(self._source, self.file) as stream:
            stream.seek(place.start)
            data = stream.read(place.length)
        if len(data) != place.length or not _is_proven(name, place, data):
            raise PackDamaged(file=self.file, reason="a blob is not what its name says")
        return PackedBlob(name, place.size, place.packing, data)


def _is_proven(name: str, place: _Place, data: bytes) -> bool:
    digest, size = hashlib.sha256(), 0
    if place.packing == "plain":
        return len(data) == place.size and hashlib.sha256(data).hexdigest() == name
    unpacking = zlib.decompressobj()
    rest = data
    try:
        while not unpacking.eof and size <= place.size:
            part = unpacking.decompress(rest, _CHUNK)
            rest = unpacking.unconsumed_tail
            if not part and not rest:
                break
            digest.update(part)
            size += len(part)
    except zlib.error:
        return False
    return unpacking.eof and not unpacking.unused_data and size == place.size and digest.hexdigest() == name


# --- writing ---------------------------------------------------------------------------------------------------------


def write_pack(
    out: BinaryIO,
    header: PackHeader,
    revisions: Sequence[Revision],
    absent: Sequence[Absent] = (),
    blobs: Iterable[PackedBlob] = (),
) -> str:
    """Writes a pack and gives its digest. ``header.blobs`` says how many blobs come; each is held only while it is
    written. Raises :class:`RevisionTooLarge`; what is written then is no pack, so write aside and rename."""
    for revision in revisions:
        if _is_too_large(revision.fields):
            raise RevisionTooLarge(kind=revision.kind, item=revision.item, limit=LONGEST_FIELDS >> 20)
    digest = hashlib.sha256()

    def put(data: bytes) -> None:
        digest.update(data)
        out.write(data)

    put(_FIRST)
    put(_json_line(asdict(replace(header, revisions=len(revisions), absent=len(absent)))))
    for kind, rows in (("revisions", revisions), ("absent", absent)):
        for raw in _sections(rows):
            packed = zlib.compress(raw, 6)
            put(f"{kind} {len(packed)} {len(raw)}\n".encode())
            put(packed)
    count = 0
    for blob in blobs:
        put(f"blob {blob.sha256} {blob.size} {blob.packing} {len(blob.data)}\n".encode())
        put(blob.data)
        count += 1
    if count != header.blobs:
        raise ValueError(f"{count} blobs came, not {header.blobs}")
    out.write(f"end {digest.hexdigest()}\n".encode())
    return digest.hexdigest()


def _is_too_large(fields_json: str) -> bool:
    return 4 * len(fields_json) > LONGEST_FIELDS and len(fields_json.encode()) > LONGEST_FIELDS


def _json_line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _sections(rows: Iterable[Revision | Absent]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    for row in rows:
        line = _json_line({each.name: getattr(row, each.name) for each in fields(row)})
        lines.append(line)
        size += len(line)
        if size >= _SECTION:
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)


# --- reading ---------------------------------------------------------------------------------------------------------


def read_pack(source: Path | BinaryIO, file: str = "") -> Pack:
    """Reads a pack, of a path or of a file that can seek, which has to stay open for its blobs; ``file`` is the name
    that sentences call it by. Raises a :class:`PackError`."""
    file = file or (source.name if isinstance(source, Path) else "pack")
    with _opened(source, file) as stream:
        return _Reader(stream, file).read(source)


@contextmanager
def _opened(source: Path | BinaryIO, file: str) -> Iterator[BinaryIO]:
    try:
        if not isinstance(source, Path):
            source.seek(0)
            yield source
            return
        # Opening a pipe would wait for a writer.
        if not stat.S_ISREG(source.stat().st_mode):
            raise PackUnreadable(file=file, reason="it is no file")
        with source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise PackUnreadable(file=file, reason=error.strerror or "no reason was given") from error


class _Reader:
    """Goes through a pack once; what it claims is bounded before it is followed."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream = stream
        self._file = file
        self._digest = hashlib.sha256()
        self._size = stream.seek(0, SEEK_END)
        self._unpacked = 0
        self._revisions: dict[str, Revision] = {}
        self._absent: dict[str, Absent] = {}
        self._places: dict[str, _Place] = {}
        stream.seek(0)

    def read(self, source: Path | BinaryIO) -> Pack:
        self._magic()
        header = self._header()
        digest = self._take_sections(header)
        if self._digest.hexdigest() != digest:
            self._refuse("its content is not what was written")
        if self._stream.read(1):
            self._refuse("something was appended to it")
        if self._counts() != (header.revisions, header.absent, header.blobs):
            self._refuse("it does not hold as much as it says")
        revisions, absent = tuple(self._revisions.values()), tuple(self._absent.values())
        return Pack(self._file, header, digest, revisions, absent, self._places, source)

    def _counts(self) -> tuple[int, int, int]:
        return len(self._revisions), len(self._absent), len(self._places)

    def _magic(self) -> None:
        line = self._stream.readline(32)
        found = _MAGIC.fullmatch(line)
        if not found:
            if _FIRST.startswith(line):
                raise PackUnfinished(file=self._file)
            self._refuse("it does not begin like a pack")
        if int(found[1]) != 1:
            raise PackTooNew(file=self._file, version=int(found[1]))
        self._digest.update(line)

    def _header(self) -> PackHeader:
        line = self._line(_LARGEST_LINE)
        self._digest.update(line)
        try:
            header = PackHeader(**_checked(json.loads(line.decode()), PackHeader))
        except (KeyError, TypeError, ValueError, RecursionError):
            self._refuse("its header makes no sense")
        if header.number < 1 or not (header.after == "" or is_digest(header.after)):
            self._refuse("its place among the others makes no sense")
        if max(header.revisions, header.absent, header.blobs) > _MOST:
            self._refuse("it claims to hold more than any pack")
        return header

    def _take_sections(self, header: PackHeader) -> str:
        """Takes in everything up to the last line, and gives the digest that stands there."""
        while True:
            line = self._line(200)
            end = _END.fullmatch(line)
            if end:
                return end[1].decode()
            self._digest.update(line)
            if rows := _ROWS.fullmatch(line):
                self._take_rows(header, rows[1].decode(), int(rows[2]), int(rows[3]))
            elif blob := _BLOB.fullmatch(line):
                if len(self._places) == header.blobs:
                    self._refuse("it holds more than it says")
                self._take_blob(blob[1].decode(), int(blob[2]), blob[3].decode(), int(blob[4]))
            else:
                self._refuse("something unknown stands in it")

    def _line(self, limit: int) -> bytes:
        line = self._stream.readline(limit)
        if not line.endswith(b"\n"):
            if len(line) < limit:
                raise PackUnfinished(file=self._file)
            self._refuse("a line of it does not end")
        return line

    def _see(self, length: int) -> int:
        """The place of so many bytes, which are here."""
        start = self._stream.tell()
        if start + length > self._size:
            raise PackUnfinished(file=self._file)
        return start

    def _take_rows(self, header: PackHeader, kind: str, length: int, unpacked: int) -> None:
        self._unpacked += unpacked
        if max(length, unpacked) > _LARGEST_SECTION or self._unpacked > _LARGEST_ROWS:
            self._refuse("it unpacks to more than any pack")
        self._see(length)
        packed = self._stream.read(length)
        self._digest.update(packed)
        unpacking = zlib.decompressobj()
        try:
            raw = unpacking.decompress(packed, unpacked + 1)
            if len(raw) != unpacked or not unpacking.eof or unpacking.unused_data:
                raise ValueError("not what was packed")
            for line in StringIO(raw.decode(), newline="\n"):
                self._take_row(header, kind, line)
        except (zlib.error, KeyError, TypeError, ValueError, RecursionError):
            self._refuse(f"its {kind} rows cannot be read")

    def _take_row(self, header: PackHeader, kind: str, line: str) -> None:
        value = json.loads(line)
        if "\\u" in line:
            _json_line(value)
        if kind == "revisions":
            revision = _revision(value)
            _put(self._revisions, revision.id, revision, header.revisions)
        else:
            absent = _absent(value)
            _put(self._absent, absent.revision, absent, header.absent)

    def _take_blob(self, name: str, size: int, packing: str, length: int) -> None:
        if max(size, length) > _LARGEST_BLOB:
            self._refuse(f"it claims a file of more than {_LARGEST_BLOB >> 20} MB")
        if name in self._places or (packing == "plain" and size != length):
            self._refuse("its files make no sense")
        self._places[name] = _Place(size, packing, self._see(length), length)
        while length:
            part = self._stream.read(min(length, _CHUNK))
            if not part:
                raise PackUnfinished(file=self._file)
            self._digest.update(part)
            length -= len(part)

    def _refuse(self, reason: str) -> NoReturn:
        """Damaged, unless it is a file for which room was made and whose end has not come yet."""
        self._stream.seek(max(self._size - _TAIL, 0))
        if not self._stream.read(_TAIL).strip(b"\0"):
            raise PackUnfinished(file=self._file)
        raise PackDamaged(file=self._file, reason=reason)


def _put(known: dict[str, _T], name: str, row: _T, most: int) -> None:
    if name in known or len(known) == most:
        raise ValueError("twice, or too many")
    known[name] = row


def _texts(value: Mapping[str, Any], *names: str) -> list[str]:
    texts = [value[name] for name in names]
    if not all(type(text) is str for text in texts):
        raise TypeError("no text")
    return texts


def _digests(value: Any) -> tuple[str, ...]:
    if type(value) is not list or not all(map(is_digest, value)):
        raise TypeError("no list of digests")
    return tuple(value)


def _revision(value: Mapping[str, Any]) -> Revision:
    id_, item, kind, author, device, clock, text = _texts(
        value, "id", "item", "kind", "author", "device", "clock", "fields"
    )
    if not is_digest(id_) or _is_too_large(text):
        raise ValueError("no revision")
    return Revision(id_, item, kind, _digests(value["parents"]), author, device, clock, text)


def _absent(value: Mapping[str, Any]) -> Absent:
    revision, item, reason = _texts(value, "revision", "item", "reason")
    if not is_digest(revision):
        raise ValueError("no revision")
    return Absent(revision, item, _digests(value["parents"]), reason)


def _checked(value: Any, of: type[PackHeader] | type[DeviceState]) -> dict[str, Any]:
    """What a dataclass of texts, counts and counts by name is made of. Raises for anything else."""
    made: dict[str, Any] = {}
    for each in fields(of):
        found = value[each.name]
        if each.type is str:
            is_right = type(found) is str and len(found) <= LONGEST_NAME
        elif each.type is int:
            is_right = _is_count(found)
        else:
            is_right = type(found) is dict and len(found) <= LONGEST_NAME and all(map(_is_count, found.values()))
        if not is_right:
            raise ValueError(each.name)
        made[each.name] = found
    # Half a character, which an escape may stand for, cannot be written again.
    _json_line(made)
    return made


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _HIGHEST


# --- the state of a device -------------------------------------------------------------------------------------------


def write_state(state: DeviceState) -> bytes:
    return _json_line({"terrain-state": 1, **asdict(state)})


def read_state(data: bytes, file: str) -> DeviceState:
    """What a device says of itself; ``file`` is the name that sentences call it by. Raises a :class:`PackError`."""
    if not data.rstrip(b" \r\n\0").endswith(b"}") and len(data) < LARGEST_STATE:
        raise PackUnfinished(file=file)
    try:
        if len(data) > LARGEST_STATE:
            raise ValueError("too large")
        value = json.loads(data.decode())
        version = value["terrain-state"]
        if _is_count(version) and version > 1:
            raise PackTooNew(file=file, version=version)
        if version != 1:
            raise ValueError("of no version")
        return DeviceState(**_checked(value, DeviceState))
    except (KeyError, TypeError, ValueError, RecursionError):
        raise PackDamaged(file=file, reason="what it says makes no sense") from None


# --- names of files --------------------------------------------------------------------------------------------------


class ParsedName(NamedTuple):
    """``digest`` is the beginning of the pack's; ``is_copy``: a program that synchronises folders, or a person, has
    made it, a file of its own beside the pack."""

    number: int
    digest: str
    is_copy: bool


def pack_name(number: int, digest: str) -> str:
    """The name of a device's pack, in the order of their numbers: ``000012-3fa94c….pack``."""
    return f"{number:06d}-{digest[:_DIGITS]}.pack"


def parse_pack_name(name: str) -> ParsedName | None:
    """What the name of a pack says, or of a copy of one.

    Copies are Syncthing's (``NAME.sync-conflict-20261122-101010-ABCDEFG.pack``), Nextcloud's and Dropbox's
    (``NAME (… conflicted copy …).pack``, in any language), OneDrive's (``NAME-COMPUTER.pack``) and a person's
    (``NAME (1).pack``, ``NAME - Copy.pack``).
    """
    found = _NAME.fullmatch(name)
    return ParsedName(int(found[1]), found[2], found[3] is not None) if found else None


def is_temporary(name: str) -> bool:
    """Whether a file is one that a program is still writing aside, or hides."""
    return _TEMPORARY.fullmatch(name) is not None
