"""The chosen coding in the panel: its code, who applied it when, its weight and memos, what became of it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from desktop_app.model.coding import Code, Coding
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.coding.reads import ChosenCoding
from desktop_app.ui.interviews.coding.telling import code_label, hover_lines, revision_words
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    FlowLayout,
    HairLine,
    IconButton,
    LinkButton,
    MutedLabel,
    SectionLabel,
    StrongLabel,
)
from desktop_app.ui.widgets.days import day_words
from desktop_app.ui.widgets.origins import origin_words, version_author, version_words, with_parents

MEMO_HEIGHT = 88
MOST_VERSIONS = 4
MOST_MEMOS = 3


class ChosenCard(QWidget):
    """Requests: ``recode_wanted()``, ``weight_given(int)`` (-1: none), ``memo_written(str)``, ``memo_opened(id)``,
    ``remove_wanted()``, ``left()`` a field was left, ``closed()`` the coding is let go.
    """

    recode_wanted = Signal()
    weight_given = Signal(int)
    memo_written = Signal(str)
    memo_opened = Signal(str)
    remove_wanted = Signal()
    left = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.coding: Coding | None = None
        self._begun: dict[str, str] = {}
        self.path = StrongLabel("", self, wrap=True)
        self.line = MutedLabel("", self, wrap=True)
        self.weight = QSpinBox(self)
        self.memo = QPlainTextEdit(self)
        self._more = QVBoxLayout()
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(HairLine(self))
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.addWidget(SectionLabel(tr("Chosen coding"), self), 1)
        close = IconButton(self._appearance, "close", tr("Let it go"), self, shortcut="Esc", size=14)
        close.clicked.connect(self.closed)
        head.addWidget(close)
        column.addLayout(head)
        body = QVBoxLayout()
        body.setContentsMargins(4, 0, 4, 0)
        body.setSpacing(4)
        body.addWidget(self.path)
        body.addWidget(self.line)
        body.addWidget(self._verbs())
        self.weight.setRange(-1, 100)
        self.weight.setSpecialValueText(tr("no weight"))
        self.weight.setAccessibleName(tr("Weight, 0 to 100"))
        self.weight.editingFinished.connect(self._weigh)
        self.weight.hide()
        body.addWidget(self.weight)
        self.memo.setPlaceholderText(tr("A memo on this coding. Ctrl+Enter saves, Esc leaves."))
        self.memo.setAccessibleName(tr("Memo on the chosen coding"))
        self.memo.setTabChangesFocus(True)
        self.memo.setFixedHeight(MEMO_HEIGHT)
        self.memo.hide()
        body.addWidget(self.memo)
        body.addLayout(self._more)
        column.addLayout(body)

    def _verbs(self) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=6)
        for words, key, act in (
            (tr("Recode"), "R", self.recode_wanted.emit),
            (tr("Weight"), "W", self.begin_weight),
            (tr("Memo"), "M", self.begin_memo),
            (tr("Uncode"), tr("Del"), self.remove_wanted.emit),
        ):
            link = LinkButton(words, holder)
            link.setProperty("small", True)
            link.setToolTip(f"{words}  {key}")
            link.clicked.connect(lambda _=False, act=act: act())
            flow.addWidget(link)
        return holder

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_coding(self, coding: Coding, codes: Mapping[str, Code], author: str) -> None:
        """The card at once, as far as the view knows; :meth:`show_more` follows when it has been read."""
        if self.coding is None or self.coding.id != coding.id:
            self._put_memo_aside()
            self.weight.hide()
            self._clear()
            begun = self._begun.pop(coding.id, "")
            self.memo.setPlainText(begun)
            self.memo.setVisible(bool(begun))
        self.coding = coding
        self.path.setText(code_label(codes, coding.code))
        known = replace(coding, source="")  # told at length by show_more
        self.line.setText(" · ".join(line for _, line in hover_lines([known], codes, author)))
        if not self.weight.hasFocus():
            self.weight.setValue(-1 if coding.weight is None else coding.weight)
        self.show()

    def show_more(self, chosen: ChosenCoding, codes: Mapping[str, Code]) -> None:
        """Memos, and who did what when."""
        if self.coding is None or self.coding.id != chosen.id:
            return
        self._clear()
        for memo in chosen.memos[:MOST_MEMOS]:
            link = LinkButton(memo.heading or tr("Memo"), self)
            link.setProperty("small", True)
            link.clicked.connect(lambda _=False, item=memo.id: self.memo_opened.emit(item))
            self._more.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        rest = len(chosen.memos) - MOST_MEMOS
        if rest > 0:
            words = count_text(rest, "and {number} more memo", "and {number} more memos")
            self._more.addWidget(FaintLabel(words, self))
        if chosen.origin.source or chosen.origin.shallow:
            words = tr("Written by {origin}", origin=origin_words(chosen.origin, chosen.author))
            self._more.addWidget(FaintLabel(words, self, wrap=True))
        for info, before in with_parents(chosen.history)[:MOST_VERSIONS]:
            told = replace(info, source="") if info.source == chosen.origin.source else info
            did = version_words(told, revision_words(info, before, codes))
            self._more.addWidget(FaintLabel(f"{day_words(info.at)} · {version_author(info)}: {did}", self, wrap=True))

    def clear(self) -> None:
        self._put_memo_aside()
        self.coding = None
        self._clear()
        self.hide()

    def _put_memo_aside(self) -> None:
        """A memo that was begun waits until its coding is chosen again."""
        words = self.memo.toPlainText()
        if self.coding is not None and words.strip():
            self._begun[self.coding.id] = words
        self.memo.clear()
        self.memo.hide()

    def _clear(self) -> None:
        while (item := self._more.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()

    # --- weight and memo ---------------------------------------------------------------------------------------------

    def begin_weight(self) -> None:
        """Unfolds the field of the weight."""
        if self.coding is not None:
            self.weight.show()
            self.weight.setFocus()
            self.weight.selectAll()

    def begin_memo(self) -> None:
        """Unfolds a field for a memo, in place."""
        if self.coding is not None:
            self.memo.show()
            self.memo.setFocus()

    def _weigh(self) -> None:
        if self.coding is not None and self.weight.isVisible():
            now = -1 if self.coding.weight is None else self.coding.weight
            if self.weight.value() != now:
                self.weight_given.emit(self.weight.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, writing = event.key(), self.memo.hasFocus()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and writing and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_memo()
        elif enter and self.weight.hasFocus():
            self.weight.hide()
            self.left.emit()
        elif key == Qt.Key.Key_Escape:
            ended = self.left if writing or self.weight.hasFocus() else self.closed
            self.weight.hide()
            if writing and not self.memo.toPlainText().strip():
                self.memo.hide()
            ended.emit()
        else:
            super().keyPressEvent(event)

    def save_memo(self) -> None:
        words = self.memo.toPlainText().strip()
        if words:
            self.memo_written.emit(words)

    def memo_saved(self) -> None:
        self.memo.clear()
        self.memo.hide()
