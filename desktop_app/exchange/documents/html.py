"""Web pages: their visible text. Refuses to fetch what they point to and to run what they hold."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.exchange.decoding import marked_encoding
from desktop_app.exchange.documents.errors import DamagedDocument, reason
from desktop_app.exchange.documents.paragraphs import Source, row_paragraphs, title_of
from desktop_app.exchange.documents.plain import decode

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section "
    "summary table tbody tfoot thead tr ul".split()
)
_UNSEEN = frozenset(
    "script style template noscript noframes svg math iframe object audio video canvas select textarea datalist rt rp "
    "title".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_HEAD = 4096


def read_html(name: str, data: bytes) -> Source:
    """The visible text: blocks part paragraphs, ``<br>`` is a newline, cells of a row are parted by tabs.

    The title is that of ``<title>``, else of the file.
    """
    title, paragraphs, notices = page_text(name, data)
    return Source(title or title_of(name), paragraphs, "html", notices)


def page_text(name: str, data: bytes) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Title (may be empty), paragraphs and notices of one page."""
    from lxml import etree

    text, notices = _decoded(name, data)
    # The page is handed over as UTF-8, whatever it says of itself.
    parser = etree.HTMLParser(target=_Page(), encoding="utf-8", no_network=True, huge_tree=True)
    try:
        parser.feed(text.encode())
        title, paragraphs = parser.close()
    except etree.XMLSyntaxError as error:
        raise DamagedDocument(file=name, reason=reason(error, "it is no web page")) from None
    return title, paragraphs, notices


def _decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The encoding that the page states (WHATWG: Latin-1 means Windows-1252), unless its bytes say otherwise."""
    stated = _CHARSET.search(data[:_HEAD])
    label = stated[1].decode("ascii").lower() if stated else ""
    # Who can read the word utf-16 here is not reading UTF-16.
    if marked_encoding(data) is None and label and not label.startswith(("utf-16", "utf-32")):
        label = "cp1252" if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else label
        try:
            return decode(name, data.decode(codecs.lookup(label).name).encode())
        except (LookupError, UnicodeError):
            pass  # a wrong statement, as in many saved pages; the bytes decide
    return decode(name, data)


@dataclass(slots=True)
class _Table:
    """An open table: the cells of its open row, and whether one of them is open."""

    row: list[str] = field(default_factory=list)
    in_cell: bool = False


class _Page:
    """Target of lxml's parser: gathers visible text as the tags go by, so that depth costs nothing."""

    def __init__(self) -> None:
        self._title: list[str] = []
        self._in_title = False
        self._out: list[list[str]] = [[]]  # paragraphs of the page and, above it, of each open cell
        self._tables: list[_Table] = []
        self._pieces: list[str] = []
        self._after_space = True
        self._preformatted = 0
        self._lines = False  # whether the lines of the open paragraph are paragraphs of their own
        self._unseen: list[str] = []  # the tags that are open from the one that hides

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._unseen or tag in _UNSEEN or _is_hidden(attributes):
            self._in_title = tag == "title" and not self._unseen and not self._title
            if tag not in _VOID:
                self._unseen.append(tag)
        elif tag == "br":
            self._take_space()
            self._pieces.append("\n")
            self._after_space = True
        elif tag in ("td", "th") and self._tables:
            self._close_cell()
            self._end_paragraph()
            self._tables[-1].in_cell = True
            self._out.append([])
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._preformatted += tag == "pre"
            if tag == "table":
                self._tables.append(_Table())
            elif tag == "tr" and self._tables:
                self._close_row()

    def end(self, tag: str) -> None:
        if self._unseen:
            if tag in self._unseen:
                while self._unseen.pop() != tag:
                    pass
            self._in_title = False
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._preformatted = max(0, self._preformatted - (tag == "pre"))
            if tag in ("tr", "table") and self._tables:
                self._close_row()
                if tag == "table":
                    self._tables.pop()

    def data(self, text: str) -> None:
        if self._in_title:
            self._title.append(text)
        elif not self._unseen and self._preformatted:
            self._pieces.append(text)
            self._lines = True
        elif not self._unseen:
            text = _SPACE.sub(" ", text)
            text = text.removeprefix(" ") if self._after_space else text
            if text:
                self._after_space = text.endswith(" ")
                # A last space stands alone, so that a line's end can take it back.
                self._pieces += [text[:-1], " "] if self._after_space else [text]

    def close(self) -> tuple[str, tuple[str, ...]]:
        while self._tables:
            self._close_row()
            self._tables.pop()
        self._end_paragraph()
        return " ".join("".join(self._title).split()), tuple(self._out[0])

    def _take_space(self) -> None:
        if self._pieces and self._pieces[-1] == " ":
            self._pieces.pop()

    def _end_paragraph(self) -> None:
        self._take_space()
        text = "".join(self._pieces)
        text = text.strip("\n")
        if text.strip():
            self._out[-1] += text.split("\n") if self._lines else [text]
        self._pieces, self._after_space, self._lines = [], True, False

    def _close_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if table is not None and table.in_cell:
            self._end_paragraph()
            table.in_cell = False
            table.row.append("\n".join(self._out.pop()))

    def _close_row(self) -> None:
        self._close_cell()
        table = self._tables[-1]
        if any(table.row):
            self._out[-1] += row_paragraphs(table.row)
        table.row = []


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))
