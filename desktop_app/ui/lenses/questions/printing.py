"""A page of HTML printed as a PDF: A4, with margins and page numbers, the fonts embedded. Needs no display."""

import re

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

RESOLUTION = 96
"""Units of the document to the inch."""
MARGIN, FOOT = 20.0, 36.0
"""Millimetres around the page; units below the text for its number."""

_DATE = re.compile(rb'/(?:CreationDate|ModDate) \(D:[^)]*\)|xmp:(?:CreateDate|ModifyDate|MetadataDate)="[^"]*"')
_IDS = re.compile(rb"uuid:[0-9a-f-]{36}|/ID \[[^\]]*\]")


class _Page(QTextDocument):
    """Loads nothing, whatever the page asks for."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


def render_pdf(page: str) -> bytes:
    """The same bytes for the same page and the same fonts: no time of printing, no random numbers."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setResolution(RESOLUTION)
    writer.setCreator("Terrain")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN), QPageLayout.Unit.Millimeter)
    document = _Page()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    document.setMetaInformation(QTextDocument.MetaInformation.CssMedia, "print")
    document.setHtml(page)
    room = QSizeF(writer.width(), writer.height() - FOOT)
    document.setPageSize(room)
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _print(painter, document, room, number)
    painter.end()
    return _undated(bytes(made.data().data()))


def _print(painter: QPainter, document: QTextDocument, room: QSizeF, number: int) -> None:
    top = number * room.height()
    painter.save()
    painter.translate(0, -top)
    document.drawContents(painter, QRectF(0, top, room.width(), room.height()))
    painter.restore()
    foot = QRectF(0, room.height() + FOOT / 2, room.width(), FOOT / 2)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), f"{number + 1} / {document.pageCount()}")


def _undated(made: bytes) -> bytes:
    """With zeros in the place of dates and random ids, as long as they were: the file keeps its table of places."""
    for pattern in (_DATE, _IDS):
        made = pattern.sub(lambda found: _zeros(found[0]), made)
    return made


def _zeros(found: bytes) -> bytes:
    if found.startswith(b"/ID"):
        return re.sub(rb"(?<=[<(])[^<>()]*(?=[>)])", lambda one: b"0" * len(one[0]), found)
    head, digits = re.match(rb'(/\w+ \(D:|[\w:]+="|uuid:)(.*)', found, re.DOTALL).groups()  # type: ignore[union-attr]
    return head + re.sub(rb"[0-9a-f]", b"0", digits)
