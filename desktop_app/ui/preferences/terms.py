"""A notebook's own terms of one vocabulary: what there is, one more, one less."""

import re
import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.vocabulary import Term, Vocabulary
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import IconButton, InlineMessage, LinkButton, MutedLabel, StrongLabel
from desktop_app.ui.widgets.labels import TextLabel


def id_of(name: str) -> str:
    """An id made of a name: ``Lokales Gedächtnis`` is ``lokales-gedachtnis``; empty where no letter is left."""
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


class TermRow(QWidget):
    """One own term. ``remove_wanted(id)``."""

    remove_wanted = Signal(str)

    def __init__(self, appearance: Appearance, term: Term, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(0)
        grid.addWidget(TextLabel(term.name, self), 0, 0)
        grid.addWidget(MutedLabel(term.id, self), 0, 1)
        if term.question:
            grid.addWidget(MutedLabel(term.question, self, wrap=True), 1, 0, 1, 3)
        self.remove = IconButton(appearance, "trash", tr("Take away: {name}", name=term.name), self, size=16)
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(term.id))
        grid.addWidget(self.remove, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2, 1)


class TermForm(QWidget):
    """Name, id and question of a new term. ``given(Term)``, ``left()``."""

    given = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.name = self._line(tr("Name"), tr("Name, such as Local memory"))
        self.id = self._line(tr("Id, as it is typed"), tr("Its id: local-memory"))
        self.question = self._line(tr("What it asks"), tr("What it asks: What do people here remember?"))
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.name, 1)
        row.addWidget(self.id, 1)
        column.addLayout(row)
        column.addWidget(self.question)
        row = QHBoxLayout()
        self.add = QPushButton(tr("Add"), self)
        self.leave = LinkButton(tr("Leave it"), self)
        row.addWidget(self.add)
        row.addWidget(self.leave)
        row.addStretch()
        column.addLayout(row)
        self._own_id = False
        self.name.textEdited.connect(self._name_typed)
        self.id.textEdited.connect(lambda text: setattr(self, "_own_id", bool(text)))
        self.add.clicked.connect(self._give)
        self.leave.clicked.connect(self.left)
        for line in (self.name, self.id, self.question):
            line.returnPressed.connect(self._give)

    def _line(self, name: str, example: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(example)
        line.setAccessibleName(name)
        return line

    def begin(self) -> None:
        """Empty, and ready for the name."""
        for line in (self.name, self.id, self.question):
            line.clear()
        self._own_id = False
        self.show()
        self.name.setFocus()

    def _name_typed(self, text: str) -> None:
        if not self._own_id:
            self.id.setText(id_of(text))

    def _give(self) -> None:
        name, question = self.name.text().strip(), self.question.text().strip()
        self.given.emit(Term(self.id.text().strip(), name, name, question, own=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TermsEditor(QWidget):
    """One vocabulary. ``add_wanted(Term)`` and ``remove_wanted(id)`` are answered by the screen."""

    add_wanted = Signal(object)
    remove_wanted = Signal(str)

    def __init__(self, appearance: Appearance, heading: str, adding: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: Vocabulary | None = None
        self.rows: list[TermRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(StrongLabel(heading, self))
        self.built_in = MutedLabel("", self, wrap=True)
        column.addWidget(self.built_in)
        self._own = QVBoxLayout()
        self._own.setSpacing(SPACE_M)
        column.addLayout(self._own)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        self.form = TermForm(self)
        self.form.hide()
        column.addWidget(self.form)
        self.add = LinkButton(adding, self)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.add.clicked.connect(self.begin)
        self.form.given.connect(self.add_wanted)
        self.form.left.connect(self.end)

    def show_terms(self, vocabulary: Vocabulary) -> None:
        if vocabulary == self._shown:
            return
        self._shown = vocabulary
        names = ", ".join(term.short for term in vocabulary if not term.own)
        self.built_in.setText(tr("Come with Terrain: {names}.", names=names))
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [TermRow(self._appearance, term, self) for term in vocabulary if term.own]
        for row in self.rows:
            row.remove_wanted.connect(self.remove_wanted)
            self._own.addWidget(row)

    def begin(self) -> None:
        self.add.hide()
        self.form.begin()

    def end(self) -> None:
        """Puts the form away."""
        self.form.hide()
        self.message.dismiss()
        self.add.show()
        self.add.setFocus()

    def end_if_empty(self) -> None:
        if not self.form.isHidden() and not self.form.name.text().strip():
            self.form.hide()
            self.message.dismiss()
            self.add.show()

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)
