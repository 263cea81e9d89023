"""Word documents (docx, docm, dotx), transitional and strict: ECMA-376 part 1, §17.

The XML is walked here rather than through python-docx, which hides what is in tracked changes, content controls, text
boxes and notes. Elements are told by their names without namespace.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.exchange.documents.archives import Archive, attribute, local
from desktop_app.exchange.documents.errors import DamagedDocument
from desktop_app.exchange.documents.paragraphs import Source, appended, counted, row_paragraphs, title_of
from desktop_app.exchange.documents.symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE = "\f"
_OUT = frozenset({"del", "moveFrom"})
_IN = frozenset({"ins", "moveTo"})
_TRANSPARENT = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo", "ruby", "rubyBase"}
    | {"oMath", "oMathPara", "e", "num", "den", "sub", "sup", "f", "sSub", "sSup", "rad", "d", "nary", "fName", "func"}
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_OFF = frozenset({"0", "false", "off"})


def read_docx(name: str, data: bytes) -> Source:
    """The body in its order, tracked changes taken as accepted, notes after it, text boxes after what they stand by.

    Left out: headers and footers, comments, hidden text, the codes of fields, pictures, automatic numbers of lists.
    """
    archive = Archive(name, data)
    package = _Package(name, archive)
    body = next((child for child in archive.xml(package.main) if local(child) == "body"), None)
    if body is None:
        raise DamagedDocument(file=name, reason="it has no body")
    reader = _Reader(hidden_styles=package.hidden_styles())
    paragraphs = list(reader.blocks(body))
    notes = [
        (number, "\n".join(reader.blocks(element)).strip())
        for number, element in _referenced(reader, package.notes("footnotes"), package.notes("endnotes"))
    ]
    paragraphs = appended(paragraphs, notes)
    notices = (
        *counted(reader.changes, "tracked change was taken as accepted", "tracked changes were taken as accepted"),
        *counted(len(notes), "note was put at the end", "notes were put at the end"),
        *counted(package.comments(), "comment was left out", "comments were left out"),
        *counted(reader.hidden, "piece of hidden text was left out", "pieces of hidden text were left out"),
        *counted(reader.embedded, "embedded file was left out", "embedded files were left out"),
    )
    return Source(title_of(name), tuple(paragraphs), "docx", notices)


def _referenced(
    reader: "_Reader", footnotes: dict[str, "_Element"], endnotes: dict[str, "_Element"]
) -> Iterator[tuple[int, "_Element"]]:
    """The notes that the body names; a note may name another, which then comes after it."""
    number = 0
    while number < len(reader.references):
        kind, key = reader.references[number]
        number += 1
        element = (footnotes if kind == "footnoteReference" else endnotes).get(key)
        if element is not None:
            yield number, element


class _Package:
    """Which parts of the zip hold what, as its relationships say (ECMA-376 part 2, §6.5)."""

    def __init__(self, name: str, archive: Archive) -> None:
        self._archive = archive
        self.main = self._related("_rels/.rels", "").get("officeDocument", "word/document.xml")
        if self.main not in archive:
            raise DamagedDocument(file=name, reason="its text is missing")
        folder, _, file = self.main.rpartition("/")
        self._parts = self._related(f"{folder}/_rels/{file}.rels".lstrip("/"), folder)

    def _related(self, part: str, folder: str) -> dict[str, str]:
        if part not in self._archive:
            return {}
        found: dict[str, str] = {}
        for relation in self._archive.xml(part):
            if attribute(relation, "TargetMode") == "External":
                continue
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            target = attribute(relation, "Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.setdefault(kind, path)
        return found

    def _root(self, kind: str) -> "_Element | None":
        part = self._parts.get(kind, "")
        return self._archive.xml(part) if part in self._archive else None

    def notes(self, kind: str) -> dict[str, "_Element"]:
        root = self._root(kind)
        return {} if root is None else {attribute(note, "id") or "": note for note in root if local(note)}

    def comments(self) -> int:
        root = self._root("comments")
        return 0 if root is None else sum(local(comment) == "comment" for comment in root)

    def hidden_styles(self) -> frozenset[str]:
        """Ids of styles that hide their text themselves."""
        root = self._root("styles")
        if root is None:
            return frozenset()
        hiding = (style for style in root if local(style) == "style" and _is_on(_below(style, "rPr"), "vanish"))
        return frozenset(attribute(style, "styleId") or "" for style in hiding)


def _below(element: "_Element | None", *names: str) -> "_Element | None":
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if local(child) == name), None)
    return element


def _is_on(properties: "_Element | None", name: str) -> bool:
    switch = _below(properties, name)
    return switch is not None and attribute(switch, "val") not in _OFF


def _is_asking(control: "_Element") -> bool:
    """Whether a content control holds only the words that ask for its text."""
    return _is_on(_below(control, "sdtPr"), "showingPlcHdr")


@dataclass(slots=True)
class _Reader:
    """Walks blocks and, inside paragraphs, runs; counts what a notice has to say."""

    hidden_styles: frozenset[str]
    references: list[tuple[str, str]] = field(default_factory=list)
    changes: int = 0
    hidden: int = 0
    embedded: int = 0
    _fields: list[bool] = field(default_factory=list)  # of each open field, whether its code is still being read
    _boxes: list[str] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)

    def blocks(self, element: "_Element") -> Iterator[str]:
        """The paragraphs in ``element``. One whose end was deleted goes on in the next."""
        open_text = ""
        for block in _children(element):
            kind = local(block)
            if kind in _OUT:
                self.changes += 1
            elif kind == "p":
                text, boxes, goes_on = self._paragraph(block)
                open_text += text
                if not goes_on:
                    yield open_text
                    open_text = ""
                yield from boxes
            elif kind == "tbl":
                yield from self._table(block)
            elif kind == "altChunk":
                self.embedded += 1
            elif kind in _TRANSPARENT or (kind == "sdt" and not _is_asking(block)):
                self.changes += kind in _IN
                yield from self.blocks(block)
        if open_text:
            yield open_text

    def _table(self, table: "_Element") -> Iterator[str]:
        for row in _rows(table, "tr"):
            properties = _below(row, "trPr")
            if _below(properties, "del") is not None:
                self.changes += 1
                continue
            self.changes += _below(properties, "ins") is not None
            cells = [cell for cell in _rows(row, "tc") if _below(cell, "tcPr", "cellDel") is None]
            texts = ["\n".join(self.blocks(cell)) for cell in cells]
            yield from row_paragraphs(texts)

    def _paragraph(self, paragraph: "_Element") -> tuple[str, list[str], bool]:
        outer = (self._pieces, self._boxes, self._fields)
        # A field that a damaged file never ends must not swallow the rest.
        self._pieces, self._boxes, self._fields = [], [], []
        self._inline(paragraph)
        text, boxes = "".join(self._pieces), self._boxes
        self._pieces, self._boxes, self._fields = outer
        mark = _below(paragraph, "pPr", "rPr")
        self.changes += _below(mark, "ins") is not None
        gone = any(_below(mark, name) is not None for name in _OUT)
        self.changes += gone
        return text.strip(_PAGE).replace(_PAGE, "\n"), boxes, gone

    def _inline(self, element: "_Element") -> None:
        for child in _children(element):
            kind = local(child)
            if kind == "r":
                self._run(child)
            elif kind in _OUT:
                self.changes += 1
            elif kind in _TRANSPARENT or (kind == "sdt" and not _is_asking(child)):
                self.changes += kind in _IN
                self._inline(child)

    def _run(self, run: "_Element") -> None:
        properties = _below(run, "rPr")
        style = _below(properties, "rStyle")
        named = style is not None and attribute(style, "val") in self.hidden_styles
        if _is_on(properties, "vanish") or (named and _below(properties, "vanish") is None):
            self.hidden += any(local(child) == "t" for child in run)
            for child in run:
                self._field(attribute(child, "fldCharType"))
        else:
            self._content(run)

    def _content(self, run: "_Element") -> None:
        for child in _children(run):
            kind = local(child)
            if kind == "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif any(self._fields):
                continue
            elif kind == "t":
                self._pieces.append(re.sub(r"[\r\n]+", " ", child.text or ""))
            elif kind in _CHARACTERS:
                self._pieces.append(_CHARACTERS[kind])
            elif kind == "br":
                self._pieces.append("\n" if attribute(child, "type") in (None, "textWrapping") else _PAGE)
            elif kind == "sym":
                self._pieces.append(_symbol(child))
            elif kind in ("footnoteReference", "endnoteReference"):
                self.references.append((kind, attribute(child, "id") or ""))
                self._pieces.append(f"[{len(self.references)}]")
            elif kind in ("drawing", "pict", "object"):
                self._drawing(child)
            elif kind == "ruby":
                self._inline(child)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, drawing: "_Element") -> None:
        for box in _text_boxes(drawing):
            self._boxes += self.blocks(box)


def _children(element: "_Element") -> Iterator["_Element"]:
    """Children, with one branch of each alternative (``mc:AlternateContent`` says everything twice)."""
    for child in element:
        if local(child) != "AlternateContent":
            yield child
            continue
        branches = [branch for branch in child if local(branch) in ("Choice", "Fallback") and len(branch)]
        if branches:
            yield from _children(branches[0])


def _rows(element: "_Element", wanted: str) -> Iterator["_Element"]:
    """Rows of a table or cells of a row, through content controls and marks of changes."""
    for child in _children(element):
        kind = local(child)
        if kind == wanted:
            yield child
        elif kind in _TRANSPARENT or kind == "sdt":
            yield from _rows(child, wanted)


def _text_boxes(drawing: "_Element") -> Iterator["_Element"]:
    for child in _children(drawing):
        if local(child) == "txbxContent":
            yield child
        else:
            yield from _text_boxes(child)


def _symbol(element: "_Element") -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return symbol(attribute(element, "font") or "", code) if 0 < code <= 0x10FFFF else ""
