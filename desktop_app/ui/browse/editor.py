"""An entry edited in place: its title and text, and the form built from :data:`fields.FIELDS`.

Holds plain values and gives back those that changed. Saving, keeping drafts and reading dates is asked for by signal.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError
from desktop_app.ui.browse.drafting import changes_between
from desktop_app.ui.browse.fields import FIELDS, Field, Shape, values_of
from desktop_app.ui.browse.inputs import Input, When, make_input
from desktop_app.ui.browse.meanwhile import BEFORE, ChangedMeanwhile, changed_since, field_names
from desktop_app.ui.browse.reads import Choices
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.theme.type_sizes import LINE_HEIGHT
from desktop_app.ui.widgets import FaintLabel, HairLine, InlineMessage, KeyHint, LinkButton, PrimaryButton

KEEP = 500
"""Milliseconds between what is typed and its being kept as a draft."""
BODY_LEAST = 132


class BodyEdit(QTextEdit):
    """Plain text at reading size that grows with its words; files and images dropped or pasted are handed on."""

    files_given = Signal(list)
    image_given = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("role", "bare")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr("What happened, in your words. Markdown works."))
        self.setAccessibleName(tr("Text"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())

    def text(self) -> str:
        """The text with its non-breaking spaces, which ``toPlainText`` would turn into plain ones."""
        raw = self.document().toRawText()
        return raw.replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        self.setPlainText(text)
        form = QTextBlockFormat()
        percent = 100 * LINE_HEIGHT * self._appearance.sizes.body / max(self.fontMetrics().lineSpacing(), 1)
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        self.document().clearUndoRedoStacks()
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(max(BODY_LEAST, int(self.document().size().height()) + 12))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(source.imageData())
        else:
            super().insertFromMimeData(source)


class Editor(QWidget):
    """Signals: ``saved(dict)`` the changed values (empty: nothing changed), ``left(dict)`` Esc, with the values to keep
    (empty: forget them), ``draft_changed(dict)`` what to keep meanwhile, ``understanding_wanted(str, str)`` field and
    text of a date, ``files_given`` and ``image_given`` what to attach. Values that are saved or kept have with them,
    as ``before``, what those fields were when editing began."""

    saved = Signal(dict)
    left = Signal(dict)
    draft_changed = Signal(dict)
    understanding_wanted = Signal(str, str)
    files_given = Signal(list)
    image_given = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        entry: Entry,
        choices: Choices,
        draft: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.entry_id = entry.id
        self._choices = choices
        self._told: dict[str, Any] = {}
        self._inputs: dict[str, Input] = {}
        self._labels: dict[str, FaintLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        column.addWidget(self._make_title())
        column.addWidget(self._make_body())
        column.addWidget(HairLine(self))
        column.addLayout(self._make_form(choices))
        column.addLayout(self._make_foot())
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP)
        self._keep.timeout.connect(self._emit_draft)
        self._set_values(values_of(entry, choices))
        # What the form shows of the entry, so that nothing counts as changed by having been shown.
        self._before = self.values()
        if draft:
            self._set_values({**self._before, **draft})
            self._before |= draft.get(BEFORE, {})
        self._watch()

    def _make_title(self) -> QLineEdit:
        self.title = QLineEdit(self)
        self.title.setProperty("role", "bare")
        self.title.setPlaceholderText(tr("Title, if it needs one"))
        self.title.setAccessibleName(tr("Title"))
        font = self.title.font()
        font.setPixelSize(self._appearance.sizes.title)
        font.setWeight(font.Weight.DemiBold)
        self.title.setFont(font)
        # A line edit keeps two pixels to itself, the text below it none.
        self.title.setTextMargins(-2, 0, 0, 0)
        return self.title

    def _make_body(self) -> BodyEdit:
        self.body = BodyEdit(self._appearance, self)
        self.body.files_given.connect(self.files_given)
        self.body.image_given.connect(self.image_given)
        return self.body

    def _make_form(self, choices: Choices) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(FIELDS):
            label = FaintLabel(tr(field.label), self)
            label.setMinimumHeight(28)
            made = make_input(self._appearance, field, field.choices(choices), self)
            if isinstance(made, When):
                made.understanding_wanted.connect(
                    lambda text, name=field.name: self.understanding_wanted.emit(name, text)
                )
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, row, 1)
            self._inputs[field.name], self._labels[field.name] = made, label
        return grid

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(KeyHint(tr("Esc leaves; what you typed is kept"), self))
        row.addStretch()
        self.forget_button = LinkButton(tr("Forget what I typed"), self)
        self.forget_button.clicked.connect(self.forget)
        row.addWidget(self.forget_button)
        self.save_button = PrimaryButton(tr("Save"), self)
        self.save_button.setToolTip(tr("Ctrl+Enter"))
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        return row

    # --- values ------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """Everything as it stands in the form."""
        return {
            "title": self.title.text().strip(),
            "body": self.body.text(),
            **{name: made.value() for name, made in self._inputs.items()},
        }

    def changes(self) -> dict[str, Any]:
        """What differs from the entry as it was when editing began."""
        return changes_between(self._before, self.values())

    def _kept(self) -> dict[str, Any]:
        changed = self.changes()
        return {**changed, BEFORE: {name: self._before[name] for name in changed}} if changed else {}

    def meet(self, entry: Entry, who: str) -> None:
        """Takes what others changed meanwhile where nothing was typed, and says where something was."""
        theirs = changed_since(self._before, entry, self._choices)
        mine = self.changes()
        both = {name: value for name, value in theirs.items() if name in mine}
        taken = {name: value for name, value in theirs.items() if name not in mine}
        if taken:
            at = self.body.textCursor().position()
            self._set_values(taken)
            self._before |= {name: value for name, value in self.values().items() if name in taken}
            cursor = self.body.textCursor()
            cursor.setPosition(min(at, self.body.document().characterCount() - 1))
            self.body.setTextCursor(cursor)
        if both and both != self._told:
            told = tr(
                "{who} changed the {fields} meanwhile, as you do. What you type stays; saving puts both together, or "
                "tells you where that cannot be done.",
                who=who,
                fields=field_names(list(both)),
            )
            self.message.say(told, "warning")
        elif taken and not both:
            self.message.say(
                tr("{who} changed the {fields} meanwhile; it is here now.", who=who, fields=field_names(list(taken)))
            )
        self._told = both

    def save(self) -> None:
        """Asks for the changed values to be saved."""
        self._keep.stop()
        self.saved.emit(self._kept())

    def forget(self) -> None:
        """Leaves without keeping what was typed."""
        self._keep.stop()
        self.left.emit({})

    def show_error(self, error: KnownError) -> None:
        """Says why it was not saved; nothing typed is lost. Who has read the others' value may save over it."""
        if isinstance(error, ChangedMeanwhile):
            self._before |= {name: value for name, value in error.now.items() if name in self.changes()}
        self.message.say_error(error)
        self._keep.start()

    def show_understood(self, name: str, text: str, words: str, *, problem: bool) -> None:
        made = self._inputs.get(name)
        if isinstance(made, When):
            made.show_understood(text, words, problem=problem)

    def focus_text(self) -> None:
        self.body.setFocus()
        self.body.moveCursor(QTextCursor.MoveOperation.End)

    def _set_values(self, values: Mapping[str, Any]) -> None:
        if "title" in values:
            self.title.setText(str(values["title"]))
            self.title.setCursorPosition(0)
        if "body" in values:
            self.body.set_text(str(values["body"]))
        for name, made in self._inputs.items():
            if name in values:
                made.set_value(values[name])
        self._show_fields()

    def _watch(self) -> None:
        self.title.textEdited.connect(lambda _: self._keep.start())
        self.body.textChanged.connect(self._keep.start)
        for name, made in self._inputs.items():
            made.changed.connect(self._keep.start)
            if name == "kind":
                made.changed.connect(self._show_fields)

    def _show_fields(self) -> None:
        """Only what the entry's kind has is shown; the rest keeps its value."""
        kind = self._inputs["kind"].value()
        for field in FIELDS:
            shown = field.shown_for(kind) or self._holds_something(field)
            self._inputs[field.name].setVisible(shown)
            self._labels[field.name].setVisible(shown)

    def _holds_something(self, field: Field) -> bool:
        value = self._inputs[field.name].value()
        return value not in ("", None, False, []) and not (field.shape == Shape.FLAG and not value)

    def _emit_draft(self) -> None:
        self.draft_changed.emit(self._kept())

    # --- keys --------------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._keep.stop()
            self.left.emit(self._kept())
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(520, super().sizeHint().height())
