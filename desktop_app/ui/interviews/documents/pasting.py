"""A document made by hand: a title and a text that is pasted or typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import Card, Form, InlineMessage, KeyHint, LinkButton, PrimaryButton, TitleLabel


class PasteForm(Form):
    """``saved(title, text)``, ``left()``: what was typed stays in the form until it is saved."""

    saved = Signal(str, str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(TitleLabel(tr("New document"), self))
        head.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves, what you typed is kept"), self), 1)
        leave = LinkButton(tr("Leave"), self)
        leave.clicked.connect(self.left)
        self.save_button = PrimaryButton(tr("Save"), self)
        self.save_button.clicked.connect(self.save)
        head.addWidget(leave)
        head.addWidget(self.save_button)
        column.addLayout(head)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(tr("Title"))
        self.title.setAccessibleName(tr("Title"))
        column.addWidget(self.title)
        card = Card(self)
        self.text = QPlainTextEdit(card)
        self.text.setProperty("role", "bare")
        self.text.setPlaceholderText(tr("Paste or write the text here."))
        self.text.setAccessibleName(tr("Text"))
        self.text.setTabChangesFocus(True)
        card.body.addWidget(self.text)
        column.addWidget(card, 1)

    def begin(self, text: str = "") -> None:
        if text:
            self.text.setPlainText(text)
        self.title.setFocus()

    def save(self) -> None:
        self.saved.emit(self.title.text(), self.text.toPlainText())

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def clear(self) -> None:
        self.title.clear()
        self.text.clear()
        self.message.dismiss()
