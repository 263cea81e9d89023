"""Rich Text Format 1.9.1: what f4, f5, MAXQDA, TextEdit and old word processors write.

Read here rather than with striprtf, which loses notes, keeps hidden and deleted text and parts surrogate pairs.
"""

import codecs
import re
from dataclasses import dataclass, field, replace

from desktop_app.exchange.documents.errors import DamagedDocument
from desktop_app.exchange.documents.paragraphs import Source, appended, counted, row_paragraphs, title_of
from desktop_app.exchange.documents.symbols import symbol

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)|[\r\n\0]+|\\",
    re.DOTALL,
)
_SIGNS = {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "zwnbo": "\u2060", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_OUT = frozenset(
    "stylesheet colortbl info pict fldinst header headerl headerr headerf footer footerl footerr footerf pntext "
    "listtext shprslt xe tc rxe txe nonesttables bkmkstart bkmkend datafield objdata themedata colorschememapping "
    "latentstyles datastore listtable listoverridetable rsidtbl generator filetbl revtbl upr annotation atnid "
    "atnauthor ftnsep ftnsepc aftnsep aftnsepc fontemb objclass objname".split()
)
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "big5", 80: "euc_kr", 81: "mac_arabic", 83: "mac_greek",
    84: "mac_cyrillic", 86: "mac_romanian", 87: "mac_cyrillic", 88: "mac_latin2", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {"10000": "mac_roman", "10001": "shift_jis", "65001": "utf-8", "1361": "johab", "936": "gbk", "1200": "cp1252"}
_ANSI, _SYMBOLS = 0, 2
_MAX_DEPTH = 100_000
_SOFT, _HARD = 1, 2
"""A silent group: one that a known group inside it may end, one that nothing ends."""
_PAGE = "\f"


def read_rtf(name: str, data: bytes) -> Source:
    """The text in its order, notes after it, text boxes after what they stand by.

    Left out: headers and footers, comments, hidden and deleted text, the codes of fields, pictures, numbers of lists.
    """
    reader = _Reader(name)
    complete = reader.read(data)
    paragraphs = reader.finished()
    notes = [(number, "\n".join(lines).strip()) for number, lines in enumerate(reader.notes, 1)]
    notices = (
        *counted(reader.deleted, "deleted passage was left out", "deleted passages were left out"),
        *counted(len(notes), "note was put at the end", "notes were put at the end"),
        *counted(reader.comments, "comment was left out", "comments were left out"),
        *counted(reader.hidden, "piece of hidden text was left out", "pieces of hidden text were left out"),
        *counted(reader.unreadable, "character is damaged in the file", "characters are damaged in the file"),
        *(() if complete else ("The file ends in the middle; what is there was taken over.",)),
    )
    return Source(title_of(name), tuple(appended(paragraphs, notes)), "rtf", notices)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end restores. ``uc``: how many characters stand in for a Unicode one."""

    silent: int = 0
    uc: int = 1
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    in_font_table: bool = False


@dataclass(slots=True)
class _Font:
    charset: int = _ANSI
    codec: str = ""
    name: str = ""


@dataclass(slots=True)
class _Flow:
    """A run of paragraphs: the body, a note or a text box, each with a table row of its own.

    ``depth`` is that of its group; ``note`` the place of a note among the notes, ``None`` for a box.
    """

    depth: int = 0
    note: int | None = None
    paragraphs: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    in_table: bool = False

    def take(self) -> str:
        """The open paragraph; Unicode beyond the first plane comes as two halves."""
        text = "".join(self.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self.pieces = []
        return text.strip(_PAGE).replace(_PAGE, "\n")

    def end_paragraph(self) -> None:
        if self.in_table:
            self.pieces.append("\n")
        else:
            self.paragraphs += [self.take(), *self.boxes]
            self.boxes = []

    def end_row(self) -> None:
        if self.cells:
            self.paragraphs += row_paragraphs(self.cells)
        self.paragraphs += self.boxes
        self.cells, self.boxes = [], []

    def close(self) -> list[str]:
        """All paragraphs; what stands open is ended."""
        if self.cells or self.in_table:
            rest = self.take()
            self.cells += [rest] if rest.strip() else []
            self.end_row()
        elif self.pieces or self.boxes:
            self.end_paragraph()
        return self.paragraphs


class _Reader:
    """One pass over the tokens, without recursion."""

    def __init__(self, name: str) -> None:
        self.notes: list[list[str]] = []
        self.deleted = self.hidden = self.comments = self.unreadable = 0
        self._name = name
        self._state = _State()
        self._stack: list[_State] = []
        self._flows = [_Flow()]
        self._codec = "cp1252"
        self._raw_utf8 = False
        self._fonts: dict[int, _Font] = {}
        self._font: _Font = _Font()  # that of the table being read
        self._default_font: int | None = None
        self._bytes = bytearray()
        self._skip = 0
        self._last_left_out = ""

    def finished(self) -> list[str]:
        """The paragraphs of the body, once everything was read."""
        self._flush()
        while len(self._flows) > 1:
            self._end_flow()
        return self._flows[0].close()

    def read(self, data: bytes) -> bool:
        """Whether the outer group was closed. What follows it is no part of the document."""
        self._raw_utf8 = _is_raw_utf8(data)
        position = 0
        while found := _TOKEN.match(data, position):
            position = found.end()
            if found["text"]:
                self._text(found["text"])
            elif found["word"]:
                word, number = found["word"].decode("ascii"), found["number"]
                if word == "bin":
                    position += max(0, int(number or 0))
                else:
                    self._flush()
                    self._word(word, None if number is None else int(number))
            elif found["hex"]:
                self._add(bytes.fromhex(found["hex"].decode("ascii")))
            elif found["brace"]:
                self._flush()
                self._skip = 0
                if found["brace"] == b"{":
                    self._open()
                elif self._close():
                    return True
            elif found["sign"]:
                self._flush()
                self._sign(found["sign"].decode("latin-1"))
        return False

    def _open(self) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise DamagedDocument(file=self._name, reason="it is nested too deep")
        self._stack.append(self._state)

    def _close(self) -> bool:
        if self._stack:
            if len(self._flows) > 1 and self._flows[-1].depth == len(self._stack):
                self._end_flow()
            self._state = self._stack.pop()
        return not self._stack

    def _end_flow(self) -> None:
        flow = self._flows.pop()
        paragraphs = flow.close()
        if flow.note is None:
            self._flows[-1].boxes += paragraphs
        else:
            self.notes[flow.note] = paragraphs

    # --- text ---------------------------------------------------------------------------------------------------------

    def _text(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        text = text[skipped:]
        if self._raw_utf8 and not text.isascii():
            self._flush()
            self._emit(text.decode("utf-8", "replace"))
        else:
            self._bytes += text

    def _add(self, byte: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes += byte

    def _flush(self) -> None:
        """Bytes are decoded together, since two of them may be one character."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._state.in_font_table:
            self._font.name = (self._font.name + data.decode("latin-1")).strip(" ;")
            return
        if self._state.silent:
            return
        font = self._current_font()
        if font is not None and font.charset == _SYMBOLS:
            self._emit("".join(chr(code) if code <= 0x20 else symbol(font.name, code + 0xF000) for code in data))
            return
        text = data.decode(self._codec_of(font), "replace")
        self.unreadable += text.count("\ufffd")
        self._emit(text)

    def _current_font(self) -> _Font | None:
        number = self._default_font if self._state.font is None else self._state.font
        return None if number is None else self._fonts.get(number)

    def _codec_of(self, font: _Font | None) -> str:
        if font is None:
            return self._codec
        if font.codec:
            return font.codec
        # Tools that know one charset only call every font ANSI and state the code page alone.
        plain = all(other.charset not in _CHARSETS or other.charset == _ANSI for other in self._fonts.values())
        return self._codec if font.charset not in _CHARSETS or plain else _CHARSETS[font.charset]

    def _emit(self, text: str) -> None:
        if self._state.silent:
            return
        left_out = "deleted" if self._state.deleted else "hidden" if self._state.hidden else ""
        if not left_out:
            self._flows[-1].pieces.append(text)
        elif left_out != self._last_left_out and text.strip():
            self.deleted += left_out == "deleted"
            self.hidden += left_out == "hidden"
        self._last_left_out = left_out

    # --- control ------------------------------------------------------------------------------------------------------

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._state = replace(self._state, silent=max(self._state.silent, _SOFT), in_font_table=False)
        elif self._skip:
            self._skip -= 1
        elif sign in "\r\n":
            self._word("par", None)
        else:
            self._emit(_SIGNS.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        if word == "u":
            self._unicode(number or 0)
        elif word in _CHARACTERS:
            if self._skip:
                self._skip -= 1
            else:
                self._emit(_CHARACTERS[word])
        else:
            self._skip = 0
            if not (self._destination(word) or self._property(word, number) or self._state.silent == _HARD):
                self._layout(word)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        font = self._current_font()
        if 0 < code <= 0x10FFFF:
            self._emit(symbol(font.name, code) if font is not None and 0xF000 <= code <= 0xF0FF else chr(code))
        self._skip = self._state.uc

    def _destination(self, word: str) -> bool:
        """Words that begin a group of another kind."""
        state = self._state
        if word == "fonttbl":
            self._state = replace(state, silent=_HARD, in_font_table=True)
        elif word == "footnote" or word in _BOXES:
            if state.silent == _HARD or (word == "footnote" and (state.silent or state.deleted or state.hidden)):
                self._state = replace(state, silent=_HARD)
                return True
            self._begin_flow(word == "footnote")
        elif word == "ud":
            self._state = replace(state, silent=0 if state.silent == _SOFT else state.silent)
        elif word in ("upr", "shpinst"):
            self._state = replace(state, silent=max(state.silent, _SOFT))
        elif word in _OUT:
            self.comments += word == "annotation" and state.silent < _HARD
            self._state = replace(state, silent=_HARD)
        else:
            return False
        return True

    def _begin_flow(self, is_note: bool) -> None:
        note = None
        if is_note:
            note = len(self.notes)
            self.notes.append([])
            self._emit(f"[{note + 1}]")
        self._flows.append(_Flow(len(self._stack), note))
        self._state = replace(self._state, silent=0, hidden=False, deleted=False)

    def _property(self, word: str, number: int | None) -> bool:
        """Words that say how what follows is to be read."""
        state = self._state
        on = number != 0
        match word:
            case "ansicpg":
                self._codec = _known_codec(str(number)) or self._codec
            case "mac" | "pc" | "pca":
                self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
            case "deff":
                self._default_font = number
            case "uc":
                self._state = replace(state, uc=max(0, number or 0))
            case "f" if state.in_font_table:
                self._font = self._fonts.setdefault(number or 0, _Font())
            case "f":
                self._state = replace(state, font=number)
            case "fcharset" if state.in_font_table:
                self._font.charset = number or 0
            case "cpg" if state.in_font_table:
                self._font.codec = _known_codec(str(number))
            case "v":
                self._state = replace(state, hidden=on)
            case "deleted":
                self._state = replace(state, deleted=on)
            case "plain":
                self._state = replace(state, hidden=False, deleted=False, font=None)
            case _:
                return False
        return True

    def _layout(self, word: str) -> None:
        """Ends of paragraphs and cells. That of a nested row stands in a group which other readers skip."""
        flow = self._flows[-1]
        if word == "nestrow":
            flow.pieces.append("\n")
        elif self._state.silent:
            return
        elif word in ("pard", "intbl"):
            flow.in_table = word == "intbl"
        elif word == "cell":
            flow.cells.append(flow.take())
        elif word == "row":
            flow.end_row()
        elif word == "nestcell":
            flow.pieces.append("\t")
        elif word in ("page", "column"):
            self._emit(_PAGE)
        elif self._state.deleted or self._state.hidden:
            return
        elif word == "par" or (word == "sect" and flow.pieces):
            flow.end_paragraph()


def _known_codec(page: str) -> str:
    codec = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(codec)
    except LookupError:
        return ""
    return codec


def _is_raw_utf8(data: bytes) -> bool:
    """Scripts write UTF-8 where RTF has only ASCII; nothing else looks like it."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
