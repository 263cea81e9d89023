"""OpenDocument texts (odt, ott, and the flat XML fodt): OASIS OpenDocument 1.3, part 3.

Insertions stand in the text and deletions apart from it, so that tracked changes come as accepted by themselves.
Elements are told by their names without namespace.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_app.exchange.documents.archives import Archive, attribute, local, parse_xml
from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument
from desktop_app.exchange.documents.paragraphs import Source, appended, counted, row_paragraphs, title_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    {"section", "list", "list-item", "list-header", "numbered-paragraph", "index-body", "index-title", "bibliography"}
    | {"table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"}
)
_ROW_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_SILENT = frozenset({"ruby-text", "script", "event-listeners", "tracked-changes"})
_SPACE = re.compile(r"[ \t\r\n]+")
_MAX_SPACES = 10_000
_MAX_CELLS = 1_000


def read_odt(name: str, data: bytes) -> Source:
    """The text in its order; notes after it, frames after what they stand by.

    Left out: headers and footers, annotations, deleted and hidden text, pictures, automatic numbers of lists.
    """
    if data.startswith(b"PK"):
        archive = Archive(name, data)
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise LockedDocument(file=name)
        root = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive else None
    else:
        root, styles = parse_xml(name, data), None
    body = next((element for element in root.iter() if local(element) == "text" and _is_body(element)), None)
    if body is None:
        raise DamagedDocument(file=name, reason="it has no text body")
    reader = _Reader(_hidden_styles(root) | (_hidden_styles(styles) if styles is not None else frozenset()))
    paragraphs = list(reader.blocks(body))
    notes: list[tuple[int, str]] = []
    while len(notes) < len(reader.notes):  # a note may hold another
        notes.append((len(notes) + 1, "\n".join(reader.blocks(reader.notes[len(notes)])).strip()))
    notices = (
        *counted(reader.changes, "tracked change was taken as accepted", "tracked changes were taken as accepted"),
        *counted(len(notes), "note was put at the end", "notes were put at the end"),
        *counted(reader.annotations, "comment was left out", "comments were left out"),
        *counted(reader.hidden, "piece of hidden text was left out", "pieces of hidden text were left out"),
    )
    return Source(title_of(name), tuple(appended(paragraphs, notes)), "odt", notices)


def _is_body(element: "_Element") -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "body"


def _is_drawn(element: "_Element") -> bool:
    """Whether it is a frame or a shape, which may hold text of its own; a link around one is not."""
    return isinstance(element.tag, str) and ":drawing:1.0}" in element.tag and local(element) != "a"


def _hidden_styles(root: "_Element") -> frozenset[str]:
    return frozenset(
        attribute(style, "name") or ""
        for style in root.iter()
        if local(style) == "style"
        and any(local(child) == "text-properties" and attribute(child, "display") == "none" for child in style)
    )


@dataclass(slots=True)
class _Reader:
    """Walks blocks and the insides of paragraphs; collects notes and counts what a notice has to say."""

    hidden_styles: frozenset[str]
    notes: list["_Element"] = field(default_factory=list)
    changes: int = 0
    annotations: int = 0
    hidden: int = 0
    _pieces: list[str] = field(default_factory=list)
    _frames: list["_Element"] = field(default_factory=list)
    _after_space: bool = True

    def blocks(self, element: "_Element") -> Iterator[str]:
        for block in element:
            kind = local(block)
            if kind in ("p", "h"):
                if attribute(block, "style-name") in self.hidden_styles:
                    self.hidden += 1
                else:
                    yield from self._paragraph(block)
            elif kind == "table":
                yield from self._table(block)
            elif kind == "tracked-changes":
                self.changes += sum(local(region) == "changed-region" for region in block)
            elif kind == "section" and attribute(block, "display") == "none":
                self.hidden += 1
            elif kind in _BLOCKS or _is_drawn(block):
                yield from self.blocks(block)

    def _paragraph(self, paragraph: "_Element") -> Iterator[str]:
        outer = (self._pieces, self._frames, self._after_space)
        self._pieces, self._frames, self._after_space = [], [], True
        self._inline(paragraph)
        if self._pieces and self._pieces[-1] == " ":
            self._pieces.pop()
        text, frames = "".join(self._pieces), self._frames
        self._pieces, self._frames, self._after_space = outer
        yield text
        for frame in frames:
            yield from self.blocks(frame)

    def _table(self, table: "_Element") -> Iterator[str]:
        for row in table:
            kind = local(row)
            if kind in _ROW_GROUPS:
                yield from self._table(row)
            elif kind == "table-row":
                cells: list[str] = []
                for cell in row:
                    if local(cell) == "table-cell":
                        cells += ["\n".join(self.blocks(cell))] * _number(cell, "number-columns-repeated", _MAX_CELLS)
                yield from row_paragraphs(cells)

    def _inline(self, element: "_Element") -> None:
        self._text(element.text)
        for child in element:
            self._child(child, local(child))
            self._text(child.tail)

    def _child(self, child: "_Element", kind: str) -> None:
        if kind == "s":
            self._pieces.append(" " * _number(child, "c", _MAX_SPACES))
            self._after_space = False
        elif kind in ("tab", "line-break"):
            self._pieces.append("\t" if kind == "tab" else "\n")
            self._after_space = False
        elif kind == "note":
            body = next((part for part in child if local(part) == "note-body"), None)
            if body is not None:
                self.notes.append(body)
                self._pieces.append(f"[{len(self.notes)}]")
                self._after_space = False
        elif kind == "annotation":
            self.annotations += 1
        elif _is_drawn(child):
            self._frames.append(child)
        elif kind == "hidden-text" or attribute(child, "style-name") in self.hidden_styles:
            self.hidden += 1
        elif kind and kind not in _SILENT:
            self._inline(child)

    def _text(self, text: str | None) -> None:
        """White space collapses to one space, across elements too, and is none at the start of a paragraph (§6.1.2)."""
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if not text:
            return
        self._after_space = text.endswith(" ")
        # A last space stands alone, so that the end of the paragraph can take it back.
        self._pieces += [text[:-1], " "] if self._after_space else [text]


def _number(element: "_Element", name: str, most: int) -> int:
    value = attribute(element, name) or "1"
    return min(int(value), most) if value.isascii() and value.isdigit() else 1
