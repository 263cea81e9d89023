"""Books (epub 2 and 3): their pages in the order of the spine, read as web pages (EPUB 3.3, §5)."""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from desktop_app.exchange.documents.archives import Archive, attribute, local
from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument
from desktop_app.exchange.documents.html import page_text
from desktop_app.exchange.documents.paragraphs import Source, counted, title_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_LOCKS = "META-INF/encryption.xml"


def read_epub(name: str, data: bytes) -> Source:
    """The pages one after the other; what the book does not read in turn (``linear="no"``) is left out."""
    archive = Archive(name, data)
    package = _package_path(name, archive)
    root = archive.xml(package)
    pages = list(_spine(root, posixpath.dirname(package)))
    if _LOCKS in archive and any(page in _locked(archive) for page in pages):
        raise LockedDocument(file=name)
    paragraphs: list[str] = []
    missing = 0
    for page in pages:
        if page not in archive:
            missing += 1
            continue
        content = archive.read(page)
        if content.strip():
            paragraphs += page_text(name, content)[1]
    notices = counted(missing, "page is missing in the file", "pages are missing in the file")
    return Source(_title(root) or title_of(name), tuple(paragraphs), "epub", notices)


def _package_path(name: str, archive: Archive) -> str:
    for element in archive.xml("META-INF/container.xml").iter():
        path = attribute(element, "full-path") if local(element) == "rootfile" else None
        if path:
            return path.lstrip("/")
    raise DamagedDocument(file=name, reason="it does not say where its pages are")


def _spine(root: "_Element", folder: str) -> Iterator[str]:
    items = {attribute(item, "id"): item for item in root.iter() if local(item) == "item"}
    for reference in root.iter():
        item = items.get(attribute(reference, "idref")) if local(reference) == "itemref" else None
        if item is None or attribute(reference, "linear") == "no":
            continue
        path = unquote(attribute(item, "href") or "").partition("#")[0]
        if attribute(item, "media-type") in _PAGES and path:
            yield posixpath.normpath(posixpath.join(folder, path)).lstrip("/")


def _locked(archive: Archive) -> frozenset[str]:
    """The parts that a licence has encrypted; fonts may be so in any book."""
    references = (attribute(element, "URI") for element in archive.xml(_LOCKS).iter())
    return frozenset(unquote(path).lstrip("/") for path in references if path)


def _title(root: "_Element") -> str:
    found = next((element for element in root.iter() if local(element) == "title"), None)
    return " ".join((found.text or "").split()) if found is not None else ""
