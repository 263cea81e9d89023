"""One conflict: the values side by side, with who gave them and when, each to be taken by its number."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.exchange import Conflict, Option
from desktop_app.ui.exchange.conflicts.reads import may_be_typed
from desktop_app.ui.exchange.side_by_side import OneOfSeveral
from desktop_app.ui.exchange.telling import field_word, kind_word, short, value_words, who_words
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    Card,
    ElidedLabel,
    Form,
    KeyHint,
    LinkButton,
    MutedLabel,
    PrimaryButton,
    StrongLabel,
    TitleLabel,
    add_buttons,
)

IN_A_ROW = 2
MOST_KEYS = 9
HEIGHT_BY_HAND = 240
"""Pixels of the editor."""


class ConflictView(QWidget):
    """``taken(revision)`` one of the values, ``typed(str)`` another one, ``open_requested()`` the item itself."""

    taken = Signal(str)
    typed = Signal(str)
    open_requested = Signal()

    def __init__(
        self, appearance: Appearance, conflict: Conflict, names: Mapping[str, str], draft: str | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self._appearance, self._names, self.draft = appearance, names, draft
        self.buttons: list[QPushButton] = []
        self.form: _ByHand | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_head()
        self._build_options()
        self._build_verbs()
        self._column.addStretch(1)

    def _build_head(self) -> None:
        conflict = self.conflict
        row = QHBoxLayout()
        row.addWidget(TitleLabel(short(conflict.heading) or tr("without a name"), self, wrap=True), 1)
        self.open_link = LinkButton(tr("Open it"), self)
        self.open_link.setToolTip(f"{tr('Open it')}  O")
        self.open_link.clicked.connect(self.open_requested)
        row.addWidget(self.open_link)
        self._column.addLayout(row)
        told = tr(
            "{kind} · {field}: given different values by different people. The first is shown meanwhile.",
            kind=kind_word(conflict.kind),
            field=field_word(conflict.kind, conflict.field),
        )
        self._column.addWidget(MutedLabel(told, self, wrap=True))

    def _build_options(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, option in enumerate(self.conflict.options):
            grid.addWidget(self._card(at, option), at // IN_A_ROW, at % IN_A_ROW)
        for column in range(min(IN_A_ROW, len(self.conflict.options))):
            grid.setColumnStretch(column, 1)
        self._column.addLayout(grid)

    def words_of(self, option: Option) -> str:
        return value_words(self.conflict.field.partition("/")[0], option.value, self._names)

    def _card(self, at: int, option: Option) -> Card:
        card = Card(self, margin=12)
        other = self.conflict.options[0 if at else -1]
        card.body.addWidget(StrongLabel(short(option.author) or tr("nobody in particular"), card, wrap=True))
        told = who_words("", option.at).partition(" · ")[2]
        when = tr("shown now · {at}", at=told) if at == 0 else told
        card.body.addWidget(ElidedLabel(when, card, role="faint"))
        shown = OneOfSeveral(self._appearance, self.words_of(option), self.words_of(other), card)
        card.body.addWidget(shown)
        card.body.addStretch(1)
        number = str(at + 1) if at < MOST_KEYS else ""
        button = QPushButton(tr("{number}  Take this", number=number).strip(), card)
        button.setToolTip(f"{tr('Take this')}  {number}".strip())
        button.setAccessibleName(tr("Take the value of {author}", author=option.author))
        button.setAutoDefault(True)
        button.clicked.connect(lambda _=False, revision=option.revision: self.taken.emit(revision))
        self.buttons.append(button)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _build_verbs(self) -> None:
        row = QHBoxLayout()
        self.edit_button = QPushButton(tr("Write it together by hand"), self)
        self.edit_button.setToolTip(f"{self.edit_button.text()}  E")
        self.edit_button.setVisible(may_be_typed(self.conflict))
        self.edit_button.clicked.connect(self.edit)
        row.addWidget(self.edit_button)
        row.addStretch()
        self._column.addLayout(row)
        hint = tr("1 2 … take that one · E write it together · N next · P previous · O open the item")
        self.hint = KeyHint(hint, self, wrap=True)
        self._column.addWidget(self.hint)

    def take(self, number: int) -> None:
        """Takes the value with this number, counted from 1."""
        if 1 <= number <= len(self.conflict.options) and self.form is None:
            self.taken.emit(self.conflict.options[number - 1].revision)

    def edit(self) -> None:
        """Lets a value be typed that has what both meant; it begins with the one that is shown."""
        if self.form is not None or not may_be_typed(self.conflict):
            return
        begin = self.draft if self.draft is not None else str(self.conflict.options[0].value)
        self.form = _ByHand(begin, self)
        self.form.typed.connect(self.typed)
        self.form.left.connect(self.leave)
        self._column.insertWidget(self._column.count() - 3, self.form)
        self.edit_button.hide()
        self.hint.hide()
        self.form.editor.setFocus()

    def leave(self) -> None:
        """Closes what is typed; it is there again when it is gone on with."""
        if self.form is not None:
            self.draft = self.form.editor.toPlainText()
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.edit_button.show()
            self.hint.show()
            self.buttons[0].setFocus()


class _ByHand(Form):
    typed = Signal(str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        self.editor = QPlainTextEdit(self)
        self.editor.setAccessibleName(tr("The value, written together"))
        self.editor.setPlainText(text)
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(HEIGHT_BY_HAND)
        column.addWidget(self.editor)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.save_button, self.leave_button = (
            PrimaryButton(tr("Settle with this"), self),
            QPushButton(tr("Leave"), self),
        )
        add_buttons(row, ((self.save_button, "Ctrl+Enter"), (self.leave_button, "Esc")))
        row.addStretch()
        column.addLayout(row)
        column.addWidget(KeyHint(tr("Ctrl+Enter settles · Esc leaves; what you typed is kept"), self, wrap=True))
        self.save_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.leave)

    def save(self) -> None:
        self.typed.emit(self.editor.toPlainText())
