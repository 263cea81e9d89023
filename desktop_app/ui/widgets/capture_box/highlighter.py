"""Tints the marks of a capture while it is typed."""

from collections import defaultdict

from PySide6.QtCore import QObject
from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from desktop_app.text.marks import MarkKind, marks_in
from desktop_app.ui.theme import Appearance

Span = tuple[int, int, str]
"""Start and end in Qt's UTF-16 units from the line's beginning, and the mark as typed."""


class MarkHighlighter(QSyntaxHighlighter):
    """Marks in the accent on its ground; those that are not understood underlined (:meth:`set_unknown`).

    A mark may depend on other lines (code fences, a quotation's end), so all are found at once and the lines whose
    marks have changed are painted again.
    """

    def __init__(self, appearance: Appearance, document: QTextDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text: str | None = None
        self._unknown: frozenset[str] = frozenset()
        self._by_line: dict[int, list[Span]] = {}
        self._painted: dict[int, list[Span]] = {}
        # Connected before the base class listens, so that its painting already sees the new marks.
        document.contentsChange.connect(self._find)
        document.contentsChanged.connect(self._paint_others)
        self.setDocument(document)
        appearance.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        line = self.currentBlock().blockNumber()
        spans = self._by_line.get(line, [])
        self._painted[line] = spans
        for start, end, mark in spans:
            self.setFormat(start, end - start, self._format(known=mark not in self._unknown))

    def set_unknown(self, marks: frozenset[str]) -> None:
        """The marks, as typed, that fit no term here."""
        if marks != self._unknown:
            self._unknown = marks
            self.rehighlight()

    def _find(self) -> None:
        text = self.document().toPlainText()
        if text == self._text:
            return
        self._text = text
        self._by_line = _spans_by_line(text)

    def _paint_others(self) -> None:
        """Lines that were not typed in, but whose marks are others now."""
        document = self.document()
        lines = {
            line
            for line in {*self._by_line, *self._painted}
            if self._by_line.get(line, []) != self._painted.get(line, [])
        }
        for line in lines:
            block: QTextBlock = document.findBlockByNumber(line)
            if block.isValid():
                self.rehighlightBlock(block)
            else:
                self._painted.pop(line, None)

    def _format(self, *, known: bool) -> QTextCharFormat:
        theme = self._appearance.theme
        form = QTextCharFormat()
        if not known:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(theme.color("warning"))
            return form
        form.setForeground(theme.color("accent"))
        form.setBackground(theme.color("accent_ground"))
        return form


def _spans_by_line(text: str) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for mark in marks_in(text):
        if mark.kind is MarkKind.QUOTE:
            # Only the quotation marks: the words between them stay text.
            for at in (mark.start, mark.end - 1):
                _add(found, text, at, at + 1)
        else:
            _add(found, text, mark.start, mark.end)
    return {line: sorted(spans) for line, spans in found.items()}


def _add(found: dict[int, list[Span]], text: str, start: int, end: int) -> None:
    begin = text.rfind("\n", 0, start) + 1
    first = _units(text[begin:start])
    found[text.count("\n", 0, start)].append((first, first + _units(text[start:end]), text[start:end]))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
