"""Documents that are zips of XML: their parts, opened within limits. Refuses to unpack anything onto the disk."""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument, SwollenDocument, reason

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of all parts that are read, unpacked."""
_MAX_PARTS = 20_000
_ENTRY = b"PK\x01\x02"
_RATIO = 200
_RATIO_FROM = 8 * 1024 * 1024
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a method of packing that Python does not know
    OSError,
    ValueError,
    OverflowError,
)


class Archive:
    """The parts of a zip by name; an ``UnreadableDocument`` that names ``name`` for whatever is wrong with it."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._budget = MAX_UNPACKED
        if data.count(_ENTRY) > _MAX_PARTS:
            raise SwollenDocument(file=name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise _damaged(name, error) from None
        self._entries = {entry.filename.lstrip("/"): entry for entry in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def read(self, part: str) -> bytes:
        """The bytes of a part; an ``UnreadableDocument`` where there is none, it is locked or it swells."""
        entry = self._entries.get(part)
        if entry is None:
            raise DamagedDocument(file=self._name, reason=f"its part {part} is missing")
        if entry.flag_bits & 0x1:
            raise LockedDocument(file=self._name)
        limit = self._budget
        if entry.file_size > _RATIO_FROM:
            limit = min(limit, entry.compress_size * _RATIO)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(limit + 1)  # what the zip says of its size is not to be trusted
        except RuntimeError:  # zipfile's word for a password
            raise LockedDocument(file=self._name) from None
        except _FAULTS as error:
            raise _damaged(self._name, error) from None
        if len(data) > limit:
            raise SwollenDocument(file=self._name)
        self._budget -= len(data)
        return data

    def xml(self, part: str) -> "_Element":
        """The root element of an XML part."""
        return parse_xml(self._name, self.read(part))


def parse_xml(name: str, data: bytes) -> "_Element":
    """The root element of XML that nobody vouches for: no entities, no network, libxml2's own limits of depth and size.

    Raises :class:`DamagedDocument` where it is not well-formed or declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, error) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        # No office program writes them; what they stand for would be lost or worse.
        raise DamagedDocument(file=name, reason="it declares entities")
    return root


def local(element: "_Element") -> str:
    """The name of an element without its namespace; empty for a comment, an instruction or an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: "_Element", name: str) -> str | None:
    """An attribute by its name without namespace (transitional and strict OOXML, and ODF's versions, differ there)."""
    value = element.get(name)
    if value is not None:
        return str(value)
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _damaged(name: str, error: Exception) -> DamagedDocument:
    return DamagedDocument(file=name, reason=reason(error, "its end is missing"))
