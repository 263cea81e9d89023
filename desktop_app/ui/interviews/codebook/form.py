"""A code edited in place: name, place, what it means, when to use it and when not, examples, colour."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.coding import Code, CodeFields
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.code_line import CodeField
from desktop_app.ui.interviews.codebook.colours import ColourBox
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import FaintLabel, Form, InlineMessage, KeyHint, LinkButton, PrimaryButton

SHORT_HEIGHT = 64
LONG_HEIGHT = 88


class CodeForm(Form):
    """``saved(CodeFields)``, ``left()``. ``codes`` are those under which the code may stand."""

    saved = Signal(object)

    def __init__(self, appearance: Appearance, fields: CodeFields, codes: Sequence[Code], parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        self.name = QLineEdit(fields.name, self)
        self.parent_field = CodeField(appearance, codes, self)
        self.parent_field.setPlaceholderText(tr("at the top"))
        self.parent_field.setText(next((code.label for code in codes if code.id == fields.parent), ""))
        self.definition = self._text(fields.definition, tr("what the code says of a passage"), LONG_HEIGHT)
        self.include = self._text(fields.include, tr("when to use it"), SHORT_HEIGHT)
        self.exclude = self._text(fields.exclude, tr("when not, and which code instead"), SHORT_HEIGHT)
        self.examples = self._text("\n".join(fields.examples), tr("one a line"), LONG_HEIGHT)
        self.colour = ColourBox(self)
        self.colour.set_colour(fields.colour)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: Mapping[str, QWidget] = {
            tr("Name"): self.name,
            tr("Under"): self.parent_field,
            tr("Definition"): self.definition,
            tr("Use when"): self.include,
            tr("Not for"): self.exclude,
            tr("Examples"): self.examples,
            tr("Colour"): self.colour,
        }
        for at, (words, field) in enumerate(rows.items()):
            label = FaintLabel(words, self)
            label.setMinimumHeight(30)
            field.setAccessibleName(words)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        column.addLayout(grid)
        column.addLayout(self._build_foot())
        column.addStretch(1)
        self.name.returnPressed.connect(self.save)

    def _text(self, words: str, hint: str, height: int) -> QPlainTextEdit:
        field = QPlainTextEdit(words, self)
        field.setPlaceholderText(hint)
        field.setTabChangesFocus(True)
        field.setFixedHeight(height)
        return field

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves"), self), 1)
        leave = LinkButton(tr("Leave"), self)
        leave.clicked.connect(self.left)
        self.save_button = PrimaryButton(tr("Save"), self)
        self.save_button.clicked.connect(self.save)
        row.addWidget(leave)
        row.addWidget(self.save_button)
        return row

    def values(self) -> CodeFields:
        """What is typed; the parent that is not found stays as it was."""
        above = self.parent_field.code()
        return replace(
            self._fields,
            name=self.name.text(),
            parent=above.id if above else None,
            definition=self.definition.toPlainText().strip(),
            include=self.include.toPlainText().strip(),
            exclude=self.exclude.toPlainText().strip(),
            examples=tuple(self.examples.toPlainText().splitlines()),
            colour=self.colour.colour(),
        )

    def is_modified(self) -> bool:
        """Whether anything was typed that is not saved."""
        now, before = self.values(), self._fields
        return replace(now, examples=tuple(line for line in now.examples if line.strip())) != before

    def save(self) -> None:
        typed = self.parent_field.text().strip()
        if typed and self.parent_field.code() is None:
            self.message.say(
                tr("There is no code “{name}”; choose one of those that are offered.", name=typed), "error"
            )
            return
        self.saved.emit(self.values())

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def focus_first(self) -> None:
        self.name.setFocus()
        self.name.selectAll()
