"""PDF files that hold text (ISO 32000-2), read with pypdf: lines with their places become paragraphs again.

Reading order is that of the file, which writes columns one after the other. Refuses to guess the text of pictures.
"""

import logging
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from struct import error as struct_error
from typing import TYPE_CHECKING

from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument, ScannedDocument, reason
from desktop_app.exchange.documents.lines import RIGHT_TO_LEFT, Line, Piece, flow, lines_of, without_running_heads
from desktop_app.exchange.documents.paragraphs import Source, counted, title_of

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MAX_PAGES = 5_000
_SECONDS = 120.0
"""For one file; a page that has begun when they are over is given up."""
_FAULTS = (
    # What pypdf lets through for files that break the standard.
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    ArithmeticError,
    RecursionError,
    OSError,
    zlib.error,
    struct_error,
)


class _OutOfTimeError(Exception):
    """The seconds for the file are over."""


def read_pdf(name: str, data: bytes) -> Source:
    """The text in paragraphs: lines that go on are joined, ligatures parted, running heads and page numbers left out.

    Raises :class:`ScannedDocument` where there are pages but no text, :class:`LockedDocument` where a password is
    needed.
    """
    with _silence():
        reader = _opened(name, data)
        pages, failed, unread = _pages(name, reader)
    if not any(pages):
        if failed or unread:
            why = "none of its pages can be read" if failed else "its first page takes too long to read"
            raise DamagedDocument(file=name, reason=why)
        raise ScannedDocument(file=name)
    kept, repeated = without_running_heads(pages)
    paragraphs, hyphens = flow(kept)
    text = "".join(paragraphs)
    order = "A PDF may hold right-to-left text in the order of its signs; compare a line with the page."
    notices = (
        *counted(failed, "page could not be read", "pages could not be read"),
        *counted(unread, "page at the end was not read", "pages at the end were not read"),
        *counted(repeated, "line at the edge of pages was left out", "lines at the edges of pages were left out"),
        *counted(hyphens, "word parted at a line's end was joined", "words parted at a line's end were joined"),
        *counted(text.count("\ufffd"), "sign has no letter in the file", "signs have no letters in the file"),
        *((order,) if RIGHT_TO_LEFT.search(text) else ()),
    )
    return Source(title_of(name), tuple(paragraphs), "pdf", notices)


@contextmanager
def _silence() -> Iterator[None]:
    """pypdf logs each fault it mends; what matters of them is in the notices."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _opened(name: str, data: bytes) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError, WrongPasswordError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedDocument(file=name)
        if len(reader.pages) == 0:
            raise DamagedDocument(file=name, reason="it has no pages")
    except (DependencyError, WrongPasswordError):
        raise LockedDocument(file=name) from None
    except (PyPdfError, *_FAULTS) as error:
        raise DamagedDocument(file=name, reason=reason(error, "it is no valid PDF")) from None
    return reader


def _pages(name: str, reader: "PdfReader") -> tuple[list[list[Line]], int, int]:
    """Lines of each page, how many pages failed, and how many were not tried for want of time."""
    from pypdf.errors import DependencyError, PyPdfError

    count = len(reader.pages)
    until = time.monotonic() + _SECONDS
    pages: list[list[Line]] = []
    failed = 0
    for number in range(min(count, _MAX_PAGES)):
        try:
            pages.append(lines_of(_pieces(reader.pages[number], until)))
        except _OutOfTimeError:
            return pages, failed, count - number
        except DependencyError:
            raise LockedDocument(file=name) from None
        except (PyPdfError, *_FAULTS):
            failed += 1
            pages.append([])
    return pages, failed, count - len(pages)


def _pieces(page: "PageObject", until: float) -> list[Piece]:
    pieces: list[Piece] = []

    def take(text: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
        if text:
            a, b, c, d, e, f = (float(number) for number in matrix)
            x, y = float(text_matrix[4]), float(text_matrix[5])
            scale = abs(float(text_matrix[3]) * d + float(text_matrix[2]) * b)
            pieces.append(Piece(text, x * a + y * c + e, x * b + y * d + f, size * scale or size))

    def watch(*_: object) -> None:
        if time.monotonic() > until:
            raise _OutOfTimeError

    page.extract_text(visitor_text=take, visitor_operand_before=watch)
    return pieces
