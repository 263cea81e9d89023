"""What is written about a question, in place: the question itself, and its answer."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.questions import Question, QuestionDraft
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import Form, InlineMessage, KeyHint, PrimaryButton, SectionLabel

KEEP_MILLISECONDS = 500


class Sheet(Form):
    """``typed(dict)`` what is to be kept as the draft: the fields that differ from what stands; empty, where none does.

    Subclasses make ``fields`` by name, and ask :meth:`is_taken` before they say what is to be saved.
    """

    typed = Signal(dict)
    hint_words = "Ctrl+Enter saves · Esc leaves"

    def __init__(self, appearance: Appearance, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._before: dict[str, Any] = {}
        self._is_given = self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MILLISECONDS)
        self._timer.timeout.connect(self.keep_now)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_M)
        self.column.addWidget(SectionLabel(heading, self))
        self.message = InlineMessage(appearance, self)

    def add_line(self, name: str, words: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setPlaceholderText(words)
        line.setAccessibleName(words)
        line.textChanged.connect(self.keep_soon)
        self.column.addWidget(line)
        self.fields[name] = line
        return line

    def add_text(self, name: str, words: str, text: str) -> QPlainTextEdit:
        edit = QPlainTextEdit(text, self)
        edit.setPlaceholderText(words)
        edit.setAccessibleName(words)
        edit.setTabChangesFocus(True)
        edit.setMinimumHeight(120)
        edit.textChanged.connect(self.keep_soon)
        self.column.addWidget(edit)
        self.fields[name] = edit
        return edit

    def add_foot(self) -> None:
        row = QHBoxLayout()
        button = PrimaryButton(tr("Save"), self)
        button.clicked.connect(self.save)
        row.addWidget(button)
        row.addWidget(KeyHint(tr(self.hint_words), self, wrap=True), 1)
        self.column.addWidget(self.message)
        self.column.addLayout(row)

    # --- what is typed ------------------------------------------------------------------------------------------------

    def begin(self, kept: Mapping[str, Any]) -> None:
        """Takes what stands there as it is, then puts in what was typed before, by field, and takes the focus."""
        self._before = self.values()
        self.put({name: value for name, value in kept.items() if name in self._before})
        self._timer.stop()
        self.focus_first()

    def values(self) -> dict[str, Any]:
        return {
            name: field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            for name, field in self.fields.items()
        }

    def put(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            field = self.fields[name]
            if isinstance(field, QLineEdit):
                field.setText(str(value))
            else:
                field.setPlainText(str(value))

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.values().items() if value != self._before.get(name)}

    def focus_first(self) -> None:
        next(iter(self.fields.values())).setFocus()

    # --- keeping and giving -------------------------------------------------------------------------------------------

    def keep_soon(self) -> None:
        if not (self._is_given or self._is_over):
            self._timer.start()

    def keep_now(self) -> None:
        self._timer.stop()
        self.typed.emit(self.changes())

    def is_taken(self) -> bool:
        """Whether it has been given already: once is enough, however often the key is pressed, until it is refused."""
        was, self._is_given = self._is_given, True
        self._timer.stop()
        return was

    def end(self) -> None:
        """Nothing of it is kept any more."""
        self._is_over = True
        self._timer.stop()

    def show_error(self, error: KnownError) -> None:
        self._is_given = False
        self.keep_now()
        self.message.say_error(error)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed in the last half second is kept when another page is shown."""
        if self._timer.isActive():
            self.keep_now()
        super().hideEvent(event)


class QuestionForm(Sheet):
    """``saved(QuestionDraft)`` with what was changed; of a new question with everything."""

    saved = Signal(object)

    def __init__(self, appearance: Appearance, question: Question | None, parent: QWidget) -> None:
        super().__init__(appearance, tr("Edit the question") if question else tr("New question"), parent)
        fields = question.fields if question else None
        self._is_new = question is None
        self.text = self.add_line("text", tr("The question, in one line"), fields.text if fields else "")
        note = tr("What to bear in mind; [[ID]] refers to an entry")
        self.note = self.add_text("note", note, fields.note if fields else "")
        asker = tr("Who asked it; empty: it is our own")
        self.asker = self.add_line("asker", asker, question.asker_name if question else "")
        self.whom = self.add_line("whom", tr("Whom to ask"), question.whom_name if question else "")
        self.add_foot()

    def save(self) -> None:
        if not self.is_taken():
            self.saved.emit(QuestionDraft(**(self.values() if self._is_new else self.changes())))


class AnswerForm(Sheet):
    """``saved(str, str)``: the words of the answer, and when it was given."""

    saved = Signal(str, str)

    def __init__(self, appearance: Appearance, question: Question, parent: QWidget) -> None:
        super().__init__(appearance, tr("Answer"), parent)
        self.text = self.add_text("text", tr("The answer; [[ID]] refers to an entry"), question.fields.answer)
        self.when = self.add_line("when", tr("When it was answered"), tr("today"))
        self.add_foot()

    def save(self) -> None:
        if not self.is_taken():
            self.saved.emit(self.text.toPlainText(), self.when.text().strip() or "today")
