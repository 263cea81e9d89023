"""Bytes under their SHA-256: attachments, and the files that metrics were imported from."""

import hashlib
import json
import zlib

from desktop_app.model.errors import NotFound
from desktop_app.model.merging import CONFLICTS
from desktop_app.notebook.database import Database
from desktop_app.notebook.errors import NotebookDamaged

MAXIMUM = 900 * 1024 * 1024
"""Bytes; SQLite takes no single value beyond 1 GB."""


class Blobs:
    """Reads and writes blobs; writing happens inside the caller's transaction and never replaces anything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, data: bytes, *, compress: bool = False) -> str:
        """Keep ``data`` once and return its SHA-256 in hex; ``compress`` where it makes the file smaller."""
        name = hashlib.sha256(data).hexdigest()
        if self._database.one("SELECT 1 FROM blob WHERE sha256 = ?", (name,)):
            return name
        packed = zlib.compress(data, 6) if compress else data
        packing = "zlib" if len(packed) < len(data) else "plain"
        self._database.execute(
            "INSERT INTO blob (sha256, size, packing, data) VALUES (?, ?, ?, ?)",
            (name, len(data), packing, packed if packing == "zlib" else data),
        )
        return name

    def has(self, name: str) -> bool:
        """Whether there is a blob of that name."""
        return self._database.one("SELECT 1 FROM blob WHERE sha256 = ?", (name,)) is not None

    def get(self, name: str) -> bytes:
        """The bytes; raises :class:`NotFound`, or :class:`NotebookDamaged` when they are not what they were."""
        row = self._database.one("SELECT size, packing, data FROM blob WHERE sha256 = ?", (name,))
        if row is None:
            raise NotFound(what="file", name=name[:12])
        data = unpack(*row)
        if data is None or hashlib.sha256(data).hexdigest() != name:
            raise NotebookDamaged(path=self._database.path, reason="a kept file is not what it was")
        return data


_BLOB_FIELDS = {"entry": ("attachments",), "import": ("parts", "points"), "document": ("content", "origin")}
KINDS_WITH_BLOBS = tuple(_BLOB_FIELDS)


def named_blobs(kind: str, fields: str) -> list[str]:
    """The blobs that a revision names, given its fields as canonical JSON; each once."""
    if kind not in _BLOB_FIELDS:
        return []
    state = json.loads(fields)
    marks = state.get(CONFLICTS, {})
    found: list[str] = []
    for name, value in (*state.items(), *((name, one["value"]) for name, options in marks.items() for one in options)):
        if name not in _BLOB_FIELDS[kind] or value is None:
            continue
        if name in ("attachments", "parts"):
            found += [part["blob"] for part in value]
        elif name == "content":
            found += [value["blob"], value.get("turns", "")]
        elif name == "origin":
            found.append(value.get("blob", ""))
        else:
            found.append(value)
    return list(dict.fromkeys(filter(None, found)))


def unpack(size: object, packing: object, data: object) -> bytes | None:
    """The bytes of a row, or ``None`` when they cannot be had; never grows beyond the stated size."""
    if not isinstance(size, int) or not isinstance(data, bytes) or size < 0:
        return None
    if packing == "plain":
        return data
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(data, size + 1)
    except zlib.error:
        return None
    return plain if len(plain) == size else None
