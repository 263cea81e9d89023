"""One file to one document: what it is told first by its bytes, then by its name, then read by the reader for it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from desktop_app.exchange.decoding import binary_kind
from desktop_app.exchange.documents.archives import Archive
from desktop_app.exchange.documents.cues import read_cues
from desktop_app.exchange.documents.docx import read_docx
from desktop_app.exchange.documents.epub import read_epub
from desktop_app.exchange.documents.errors import (
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    LockedDocument,
    UnreadableDocument,
    WrongKind,
    reason,
)
from desktop_app.exchange.documents.html import read_html
from desktop_app.exchange.documents.odt import read_odt
from desktop_app.exchange.documents.paragraphs import NOTES_LINE, Source
from desktop_app.exchange.documents.pdf import read_pdf
from desktop_app.exchange.documents.plain import read_plain
from desktop_app.exchange.documents.rtf import read_rtf
from desktop_app.exchange.documents.turns import find_turns
from desktop_app.exchange.documents.whisper import read_whisper
from desktop_app.model.documents import ParsedDocument

MAX_FILE = 100 * 1024 * 1024
"""Bytes of one file."""
_BY_SUFFIX: dict[str, str] = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt", ".fodt": "odt", ".rtf": "rtf",
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".epub": "epub", ".md": "md", ".markdown": "md",
    ".txt": "txt", ".text": "txt", ".vtt": "cues", ".srt": "cues", ".json": "json",
}  # fmt: skip
SUFFIXES = frozenset(_BY_SUFFIX)
"""What folders are searched for, in lower case."""
_READERS: dict[str, Callable[[str, bytes], Source]] = {
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "pdf": read_pdf,
    "html": read_html,
    "epub": read_epub,
}
_ZIPPED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_FLAT_ODF = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<office:document\b")
_WEBVTT = re.compile(r"WEBVTT(?:[ \t\n]|$)")
_CUE = re.compile(r"\s*\d+[ \t]*\n[ \t]*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->")
_BY_MIMETYPE = (
    ("application/epub", "epub"),
    ("application/vnd.oasis.opendocument.text", "odt"),
)
_REMEDIES = {
    "recording": "transcribe it and import the transcript",
    "picture": "run text recognition (OCR) on it and import the result",
    "archive": "unpack it and import what is inside",
}


def read_document(name: str, data: bytes, *, pattern: str = "") -> ParsedDocument:
    """The document in ``data``; ``name`` is the file's own. Raises an :class:`UnreadableDocument` that names it.

    What the bytes say counts before the suffix: a docx that is called ``.txt`` is read as docx. ``pattern`` tells how
    speakers stand in the text where no known style fits.
    """
    kind = _kind(name, data)
    if kind not in _READERS:
        return _read_text(name, data, kind, pattern)
    try:
        source = _READERS[kind](name, data)
    except RecursionError:
        raise DamagedDocument(file=name, reason="it is nested too deep") from None
    if not any(paragraph.strip() for paragraph in source.paragraphs):
        raise EmptyDocument(file=name)
    return _with_turns(source, pattern)


def _with_turns(source: Source, pattern: str) -> ParsedDocument:
    """Turns of the talk; the notes under it are nobody's words."""
    paragraphs = source.paragraphs
    notes = next((at for at in range(len(paragraphs) - 1, 0, -1) if paragraphs[at] == NOTES_LINE), len(paragraphs))
    parsed = find_turns(replace(source, paragraphs=paragraphs[:notes]), pattern)
    return replace(parsed, text="\n".join((parsed.text, *paragraphs[notes:])))


def _read_text(name: str, data: bytes, kind: str, pattern: str) -> ParsedDocument:
    source = read_plain(name, data, "md" if kind == "md" else "txt")
    text = "\n".join(source.paragraphs)
    begins_as_cues = _WEBVTT.match(text) or _CUE.match(text)
    if not begins_as_cues and (content := _json(name, text, must_be=kind == "json")) is not None:
        parsed = read_whisper(name, content)
    elif begins_as_cues or kind == "cues":
        parsed = read_cues(name, text)
    else:
        return find_turns(source, pattern)
    return replace(parsed, notices=(*source.notices, *parsed.notices))


def _json(name: str, text: str, *, must_be: bool) -> object:
    """What a speech recogniser wrote; ``None`` for text that only begins like it."""
    if not must_be and not (text.lstrip().startswith("{") and '"segments"' in text):
        return None
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        if must_be:
            raise DamagedDocument(file=name, reason=reason(error, "it is no JSON")) from None
        return None
    return content


def _kind(name: str, data: bytes) -> str:
    """Which reader takes the file; raises an :class:`UnreadableDocument` where none does."""
    if not data or data.isspace():
        raise EmptyDocument(file=name)
    if binary := binary_kind(data):
        remedy = _REMEDIES.get(binary.split()[-1], "export its text and import that")
        raise WrongKind(file=name, kind=binary, remedy=remedy)
    if len(data) > MAX_FILE:
        raise DocumentTooLarge(file=name, limit=MAX_FILE // 1024**2)
    if data.startswith(_OLE):
        raise _of_old_office(name, data)
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_ZIPPED):
        return _zipped_kind(name, data, suffix)
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _FLAT_ODF.match(head):
        return "odt"
    if _WEB_PAGE.match(head) or _BY_SUFFIX.get(suffix) == "html":
        return "html"
    stated = _BY_SUFFIX.get(suffix, "txt")
    return "txt" if stated in _READERS else stated


def _of_old_office(name: str, data: bytes) -> UnreadableDocument:
    """Streams of a compound file are named in UTF-16 ([MS-CFB] 2.6.1)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LockedDocument(file=name)
    if "WordDocument".encode("utf-16-le") in data:
        remedy = "open it in a word processor and save it as docx"
        return WrongKind(file=name, kind="a Word document of before 2007", remedy=remedy)
    return WrongKind(file=name, kind="a file of an old office program", remedy="save it in today's format")


def _zipped_kind(name: str, data: bytes, suffix: str) -> str:
    archive = Archive(name, data)
    parts = archive.parts
    stated = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in archive else ""
    for mimetype, kind in _BY_MIMETYPE:
        if stated.startswith(mimetype):
            return kind
    if any(part.startswith("xl/") for part in parts) or stated.endswith("spreadsheet"):
        raise WrongKind(file=name, kind="a spreadsheet", remedy="import its column of answers as xlsx or csv")
    if any(part.startswith("ppt/") for part in parts) or stated.endswith("presentation"):
        raise WrongKind(file=name, kind="a presentation", remedy="export it as PDF and import that")
    if any(part.endswith(".iwa") for part in parts) or "index.apxl" in archive or suffix == ".pages":
        raise WrongKind(file=name, kind="an Apple document", remedy="export it as Word or PDF and import that")
    if "[Content_Types].xml" in archive:
        return "docx"
    if "content.xml" in archive and not stated:
        return "odt"
    if "META-INF/container.xml" in archive:
        return "epub"
    if _BY_SUFFIX.get(suffix) in _READERS:
        raise DamagedDocument(file=name, reason="its text is missing")
    raise WrongKind(file=name, kind="a zip archive", remedy=_REMEDIES["archive"])
