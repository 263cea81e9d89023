"""What is written about a question, in place: the question itself, its answer, and what is gathered for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Hit
from desktop_app.model.questions import EVIDENCE_KINDS, Question, QuestionDraft
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations, ReadOp
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import Form, InlineMessage, KeyHint, PrimaryButton, Row, RowList, SearchField, SectionLabel

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_HITS = 12
LEAST_LETTERS = 2


class _Sheet(Form):
    def __init__(self, appearance: Appearance, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_M)
        self.column.addWidget(SectionLabel(heading, self))
        self.message = InlineMessage(appearance, self)

    def add_line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        self.column.addWidget(line)
        return line

    def add_text(self, name: str, text: str) -> QPlainTextEdit:
        edit = QPlainTextEdit(text, self)
        edit.setPlaceholderText(name)
        edit.setAccessibleName(name)
        edit.setTabChangesFocus(True)
        edit.setMinimumHeight(120)
        self.column.addWidget(edit)
        return edit

    def add_foot(self) -> None:
        row = QHBoxLayout()
        button = PrimaryButton(tr("Save"), self)
        button.clicked.connect(self.save)
        row.addWidget(button)
        row.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves"), self), 1)
        self.column.addWidget(self.message)
        self.column.addLayout(row)

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)


class QuestionForm(_Sheet):
    """``saved(QuestionDraft)`` with what was changed; of a new question with everything."""

    saved = Signal(object)

    def __init__(self, appearance: Appearance, question: Question | None, parent: QWidget) -> None:
        super().__init__(appearance, tr("Edit the question") if question else tr("New question"), parent)
        fields = question.fields if question else None
        self.text = self.add_line(tr("The question, in one line"), fields.text if fields else "")
        self.note = self.add_text(tr("What to bear in mind; [[ID]] refers to an entry"), fields.note if fields else "")
        self.asker = self.add_line(tr("Who asked it; empty: it is our own"), question.asker_name if question else "")
        self.whom = self.add_line(tr("Whom to ask"), question.whom_name if question else "")
        self.add_foot()
        self._before = self._values()
        self._is_new = question is None
        self.text.setFocus()

    def _values(self) -> dict[str, str]:
        return {
            "text": self.text.text(),
            "note": self.note.toPlainText(),
            "asker": self.asker.text(),
            "whom": self.whom.text(),
        }

    def save(self) -> None:
        given = self._values()
        text, note, asker, whom = (
            given[name] if self._is_new or given[name] != self._before[name] else None
            for name in ("text", "note", "asker", "whom")
        )
        self.saved.emit(QuestionDraft(text, note, asker, whom))


class AnswerForm(_Sheet):
    """``saved(str, str)``: the words of the answer, and when it was given."""

    saved = Signal(str, str)

    def __init__(self, appearance: Appearance, question: Question, parent: QWidget) -> None:
        super().__init__(appearance, tr("Answer"), parent)
        self.text = self.add_text(tr("The answer; [[ID]] refers to an entry"), question.fields.answer)
        self.when = self.add_line(tr("When it was answered"), tr("today"))
        self.add_foot()
        self.text.setFocus()

    def save(self) -> None:
        self.saved.emit(self.text.toPlainText(), self.when.text().strip() or "today")


class Gathering(QWidget):
    """A search whose hits can be gathered. ``left()`` on Esc, ``gathered()`` on Enter."""

    left = Signal()
    gathered = Signal()

    def __init__(self, appearance: Appearance, operations: Operations, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations = operations
        self._hits: dict[str, tuple[str, str]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(SectionLabel(tr("Gather"), self))
        self.field = SearchField(appearance, tr("Search for what speaks for it, or against it"), self)
        self.list = RowList(appearance, tr("What was found"), self)
        self.list.setFixedHeight(220)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(KeyHint(tr("1 for · 2 against · 3 undecided · Enter for · Esc leaves"), self, wrap=True))
        self.field.settled.connect(self._look)
        self.field.returnPressed.connect(self._enter)
        self.list.row_opened.connect(lambda _: self.gathered.emit())
        self.list.left_upwards.connect(self.field.setFocus)

    def chosen(self) -> tuple[str, str] | None:
        """Kind and id of the hit that is chosen."""
        return self._hits.get(self.list.current_id())

    def _enter(self) -> None:
        self.field.settle_now()
        self.list.setFocus()
        self.list.choose_first()

    def _look(self, text: str) -> None:
        typed = text.strip()
        if len(typed) < LEAST_LETTERS:
            self._show(())
            return

        def find(notebook: "Notebook") -> Sequence[Hit]:
            query = f"{typed}*" if typed[-1:].isalnum() else typed
            return notebook.search.run(query, limit=4 * MOST_HITS).hits

        # Half a query is none; hits come with the next letter.
        self._operations.submit(
            ReadOp(tr("Find evidence"), find, self._show, lambda _: None, key="lenses.questions.gather")
        )

    def _show(self, hits: Sequence[Hit]) -> None:
        fits = [hit for hit in hits if hit.type in EVIDENCE_KINDS][:MOST_HITS]
        self._hits = {hit.id: (hit.type, hit.id) for hit in fits}
        self.list.set_rows([Row(hit.id, hit.title or hit.snippet, tr(hit.kind or hit.type)) for hit in fits])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
