"""One attribute, made or changed in place: its name, its type, the only values it may have."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.attributes import Variable, VariableFields, VariableType
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.attributes.reads import type_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import Card, IconButton, InlineMessage, LinkButton, PrimaryButton


class VariableForm(Card):
    """``saved(VariableFields)``, ``trashed()`` of one that is there, ``left()``."""

    saved = Signal(object)
    trashed = Signal()
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, margin=12)
        self._subject = ""
        self._description = ""
        self.variable: Variable | None = None
        self.name = QLineEdit(self)
        self.type = QComboBox(self)
        self.choices = QLineEdit(self)
        self.save_button = PrimaryButton(tr("Save"), self)
        self.trash_button = LinkButton(tr("Move to the trash"), self)
        self.message = InlineMessage(appearance, self)
        self._build(appearance)
        self.hide()

    def _build(self, appearance: Appearance) -> None:
        self.name.setPlaceholderText(tr("Name of the attribute"))
        self.name.setAccessibleName(tr("Name of the attribute"))
        self.type.setAccessibleName(tr("Type"))
        for type_ in VariableType:
            self.type.addItem(type_words(type_), type_)
        self.choices.setPlaceholderText(tr("Only these values, with commas between; empty: any"))
        self.choices.setAccessibleName(tr("Only these values"))
        self.type.currentIndexChanged.connect(lambda _: self._show_fitting())
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.name, 2)
        row.addWidget(self.type)
        row.addWidget(self.choices, 3)
        row.addWidget(self.save_button)
        row.addWidget(self.trash_button)
        close = IconButton(appearance, "close", tr("Close"), self, shortcut="Esc", size=16)
        close.clicked.connect(self.left)
        row.addWidget(close)
        column = QVBoxLayout()
        column.setSpacing(SPACE_M)
        column.addLayout(row)
        column.addWidget(self.message)
        self.body.addLayout(column)
        self.save_button.clicked.connect(self.save)
        self.trash_button.clicked.connect(self.trashed)
        for line in (self.name, self.choices):
            line.returnPressed.connect(self.save)

    def begin(self, subject: str, variable: Variable | None) -> None:
        """With a new one, or with one that is there."""
        self._subject, self.variable = subject, variable
        fields = variable.fields if variable else VariableFields("", subject=subject)
        self._description = fields.description
        self.name.setText(fields.name)
        self.type.setCurrentIndex(list(VariableType).index(VariableType(fields.type)))
        self.choices.setText(", ".join(fields.choices))
        self.trash_button.setVisible(variable is not None)
        self.message.dismiss()
        self._show_fitting()
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _show_fitting(self) -> None:
        self.choices.setEnabled(self.type.currentData() == VariableType.TEXT)

    def fields(self) -> VariableFields:
        type_ = VariableType(self.type.currentData())
        choices = self.choices.text().split(",") if type_ == VariableType.TEXT else ()
        return VariableFields(self.name.text(), type_, self._subject, self._description, tuple(choices))

    def save(self) -> None:
        self.saved.emit(self.fields())

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
