"""One place where coders differ, side by side: the words, what each coder has applied there, and what can be agreed."""

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.agreement import Difference
from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.agreement.differing import Choice, agreed_words, choices_of
from desktop_app.ui.interviews.telling import clock_words
from desktop_app.ui.theme import SPACE_L, SPACE_M, Appearance
from desktop_app.ui.widgets import LinkButton, MutedLabel, SectionLabel, StrongLabel, TextLabel

LINE_PERCENT = 128
MOST_CHARACTERS = 2500
"""Of a place that is shown; what is longer is read in its text."""


class DifferenceView(QWidget):
    """``agreed(str)`` on a code, empty: on none; ``open_requested()`` read it in its text; ``reopened()`` settle it
    anew; ``memo_given(str)`` the last word, in words; ``memo_requested(id)`` read the memo that settled it."""

    agreed = Signal(str)
    open_requested = Signal()
    reopened = Signal()
    memo_given = Signal(str)
    memo_requested = Signal(str)

    def __init__(
        self,
        appearance: Appearance,
        difference: Difference,
        codes: Mapping[str, Code],
        author: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._author = author
        self.difference = difference
        self.choices = choices_of(difference, codes)
        self.buttons: list[QPushButton] = []
        self.state = TextLabel(agreed_words(difference, codes), self, wrap=True)
        self.words = QLabel(self)
        self.memo = _MemoLine(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_words()
        self._build_coders()
        self._build_choices()
        self._build_memo()
        self._column.addStretch(1)
        appearance.changed.connect(self._draw_words)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build_words(self) -> None:
        one = self.difference
        self._column.addWidget(StrongLabel(one.document, self, wrap=True))
        about = " · ".join(part for part in (one.speaker, clock_words(one.begins)) if part)
        if about:
            self._column.addWidget(MutedLabel(about, self))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAccessibleName(one.text)
        self.words.setContentsMargins(0, 4, 0, 4)
        self._draw_words()
        self._column.addWidget(self.words)
        spot = LinkButton(tr("Read it in its text") + "  Enter", self)
        spot.setProperty("small", True)
        spot.clicked.connect(self.open_requested)
        self._column.addWidget(spot, 0, Qt.AlignmentFlag.AlignLeft)

    def _draw_words(self) -> None:
        one, muted = self.difference, self._appearance.theme.muted
        whole = one.text if len(one.text) <= MOST_CHARACTERS else one.text[:MOST_CHARACTERS].rstrip() + "…"
        before, text, after = (escape(part).replace("\n", "<br>") for part in (one.before, whole, one.after))
        self.words.setText(
            f'<div style="line-height:{LINE_PERCENT}%"><span style="color:{muted}">{before}</span><b>{text}</b>'
            f'<span style="color:{muted}">{after}</span></div>'
        )

    def _build_coders(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        labels = {choice.code: choice.label for choice in self.choices}
        for row, (coder, codings) in enumerate(self.difference.said):
            name = tr("you") if coder == self._author else coder
            grid.addWidget(StrongLabel(name, self), row, 0, Qt.AlignmentFlag.AlignTop)
            said = ", ".join(labels.get(code, "…") for code in dict.fromkeys(coding.code for coding in codings))
            label = TextLabel(said, self, wrap=True) if said else MutedLabel(tr("no code here"), self)
            grid.addWidget(label, row, 1)
        self._column.addSpacing(4)
        self._column.addLayout(grid)

    def _build_choices(self) -> None:
        self._column.addSpacing(4)
        if self.difference.settled:
            self._column.addWidget(self.state)
            row = QHBoxLayout()
            again = QPushButton(tr("Open it again") + "  U", self)
            again.clicked.connect(self.reopened)
            row.addWidget(again)
            for kind, item in self.difference.settled_by:
                if kind == "memo":
                    memo = LinkButton(tr("Read the memo"), self)
                    memo.clicked.connect(lambda _=False, item=item: self.memo_requested.emit(item))
                    row.addWidget(memo)
            row.addStretch()
            self._column.addLayout(row)
            self._column.addSpacing(4)
        self._column.addWidget(SectionLabel(tr("Agree on"), self))
        for choice in self.choices:
            self._add_button(f"{choice.number}   {choice.label}", self._said_by(choice), choice.code)
        self._add_button("0   " + tr("not this code"), tr("Writes a memo that says so"), "")

    def _said_by(self, choice: Choice) -> str:
        names = [tr("you") if coder == self._author else coder for coder in choice.coders]
        return ", ".join(names)

    def _add_button(self, text: str, note: str, code: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        button = QPushButton(text.replace("&", "&&"), self)
        button.setAccessibleDescription(note)
        button.clicked.connect(lambda _=False: self.agreed.emit(code))
        self.buttons.append(button)
        row.addWidget(button)
        row.addWidget(MutedLabel(note, self), 1)
        self._column.addLayout(row)

    def _build_memo(self) -> None:
        self._column.addSpacing(4)
        self.memo_button = LinkButton(tr("Say it in a memo") + "  M", self)
        self.memo_button.clicked.connect(self.begin_memo)
        self._column.addWidget(self.memo_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.memo.setPlaceholderText(tr("What you agreed on and why. Ctrl+Enter keeps it as the last word."))
        self.memo.setAccessibleName(tr("Memo about this place"))
        self.memo.setFixedHeight(96)
        self.memo.given.connect(self._give_memo)
        self.memo.left.connect(self._leave_memo)
        self.memo.hide()
        self._column.addWidget(self.memo)

    # --- the memo ----------------------------------------------------------------------------------------------------

    def begin_memo(self) -> None:
        self.memo.show()
        self.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give_memo(self) -> None:
        words = self.memo.toPlainText().strip()
        if words:
            self.memo_given.emit(words)

    def _leave_memo(self) -> None:
        self.memo.hide()
        self.memo_button.setFocus()


class _MemoLine(QPlainTextEdit):
    """``given()`` on Ctrl+Enter, ``left()`` on Esc; Tab goes on to the next widget."""

    given = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
