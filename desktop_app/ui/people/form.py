"""A person or an organisation edited in place: a form built from a declaration of its fields.

Holds plain values and gives back what was typed; saving and keeping drafts is asked for by signal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from desktop_app.model.entries import Consent
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import (
    CompletionPopup,
    FaintLabel,
    FlowLayout,
    InlineMessage,
    KeyHint,
    LinkButton,
    Offer,
    PrimaryButton,
)

NOTE_HEIGHT = 104
MOST_OFFERS = 8


@dataclass(frozen=True, slots=True)
class FormField:
    """One row: ``choice`` is one of ``choices`` (value and label) or none, ``text`` several lines."""

    name: str
    label: str
    shape: Literal["line", "choice", "text"] = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    completed: bool = False


PERSON_FIELDS = (
    FormField("name", "Name", hint="as you call them"),
    FormField("org", "Organisation", hint="where they work, if it matters", completed=True),
    FormField("consent", "Consent", "choice", choices=tuple((str(one), str(one)) for one in Consent)),
    FormField("pseudonym", "Pseudonym", hint="what stands for their name when a notebook is handed on"),
    FormField("note", "Note", "text", hint="what one should know before talking to them"),
)
ORGANISATION_FIELDS = (
    FormField("name", "Name"),
    FormField("note", "Note", "text", hint="what they do, what one should know"),
)


class ThingForm(QWidget):
    """``saved(dict)`` all values; ``left(dict)`` Esc: the values to keep, empty where nothing was typed."""

    saved = Signal(dict)
    left = Signal(dict)

    def __init__(
        self,
        appearance: Appearance,
        fields: Sequence[FormField],
        values: Mapping[str, Any],
        names: Sequence[str],
        parent: QWidget,
        *,
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._names = tuple(names)
        self._inputs: dict[str, QLineEdit | QPlainTextEdit | _Choice] = {}
        self._before = {field.name: str(values.get(field.name, "")) for field in fields}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        for at, field in enumerate(fields):
            label = FaintLabel(tr(field.label), self)
            label.setMinimumHeight(30)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            made = self._make(field)
            made.setAccessibleName(tr(field.label))
            grid.addWidget(made, at, 1)
            self._inputs[field.name] = made
        column.addLayout(grid)
        column.addLayout(self._make_foot())
        self._set({**self._before, **(draft or {})})

    def _make(self, field: FormField) -> "QLineEdit | QPlainTextEdit | _Choice":
        if field.shape == "choice":
            return _Choice(field.choices, self)
        if field.shape == "text":
            text = QPlainTextEdit(self)
            text.setPlaceholderText(tr(field.hint))
            text.setTabChangesFocus(True)
            text.setFixedHeight(NOTE_HEIGHT)
            return text
        line = QLineEdit(self)
        line.setPlaceholderText(tr(field.hint))
        line.returnPressed.connect(self.save)
        if field.completed:
            popup = CompletionPopup(self._appearance, line, preselect=False)
            popup.wanted.connect(lambda text, position: popup.offer(self._offers(text), text, position))
        return line

    def _offers(self, text: str) -> list[Offer]:
        typed = text.casefold().strip()
        found = [name for name in self._names if typed and typed in name.casefold() and typed != name.casefold()]
        found.sort(key=lambda name: not name.casefold().startswith(typed))
        return [Offer(name, 0, len(text)) for name in found[:MOST_OFFERS]]

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves, what you typed is kept"), self))
        row.addStretch()
        self.forget_button = LinkButton(tr("Forget what I typed"), self)
        self.forget_button.clicked.connect(lambda: self.left.emit({}))
        self.save_button = PrimaryButton(tr("Save"), self)
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.forget_button)
        row.addWidget(self.save_button)
        return row

    # --- values ------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        return {name: _value(made) for name, made in self._inputs.items()}

    def typed(self) -> dict[str, str]:
        """All values where something was typed, else nothing."""
        values = self.values()
        return values if values != self._before else {}

    def set_value(self, name: str, value: str) -> None:
        self._set({name: value})

    def _set(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            made = self._inputs.get(name)
            if isinstance(made, QPlainTextEdit):
                made.setPlainText(str(value))
            elif isinstance(made, QLineEdit):
                made.setText(str(value))
                made.setCursorPosition(0)
            elif made is not None:
                made.set_value(str(value))

    def save(self) -> None:
        self.saved.emit(self.values())

    def leave(self) -> None:
        self.left.emit(self.typed())

    def focus_first(self) -> None:
        first = next(iter(self._inputs.values()))
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.end(False)

    def show_error(self, error: KnownError) -> None:
        """Says why it was not saved; nothing typed is lost."""
        self.message.say_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)


class _Choice(QWidget):
    """Words of which one may be switched on."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, spacing=4)
        self._buttons: dict[str, QToolButton] = {}
        for value, label in choices:
            button = QToolButton(self)
            button.setText(tr(label))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda on, value=value: self.set_value(value if on else ""))
            flow.addWidget(button)
            self._buttons[value] = button

    def value(self) -> str:
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, wanted: str) -> None:
        for value, button in self._buttons.items():
            button.setChecked(value == wanted)


def _value(made: "QLineEdit | QPlainTextEdit | _Choice") -> str:
    if isinstance(made, QPlainTextEdit):
        return made.toPlainText()
    return made.text() if isinstance(made, QLineEdit) else made.value()
