"""Which kind of codebook a file is, told by what is in it rather than by its name."""

from desktop_app.exchange.codebook.errors import CodebookTooLarge, PackedProject
from desktop_app.exchange.codebook.refi import read_qdc
from desktop_app.exchange.codebook.table import read_table
from desktop_app.model.codebook import ParsedCode

MAX_FILE = 32 * 1024 * 1024
_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")


def read_codebook(name: str, data: bytes) -> tuple[ParsedCode, ...]:
    """The codes of a REFI-QDA codebook or a CSV table, each after the one above it.

    Raises a :class:`KnownError` naming ``name`` where the file is neither, or no whole tree of codes with names.
    """
    if len(data) > MAX_FILE:
        raise CodebookTooLarge(file=name, limit=MAX_FILE // 1024**2)
    if data.startswith(b"PK\x03\x04"):
        raise PackedProject(file=name)
    if name.casefold().endswith((".qdc", ".qde", ".xml")) or data.lstrip().startswith(_STARTS):
        return read_qdc(name, data)
    return read_table(name, data)
