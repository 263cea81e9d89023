"""What opens an encrypted copy, asked for in place: a passphrase, or the file of a key."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.errors import Invalid, KnownError
from desktop_app.model.exchange import Unseal
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import Card, Form, HeadingLabel, IconButton, InlineMessage, KeyHint, MutedLabel
from desktop_app.ui.widgets.buttons import PrimaryButton, add_buttons

LARGEST_KEY = 100_000
"""Bytes of a file of keys; a larger one is something else."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a person gave to open a copy."""

    passphrase: str = field(default="", repr=False)
    key_file: Path | None = None

    def unseal(self) -> Unseal | None:
        """Reads the file, so not on the window's thread; raises :class:`Invalid`."""
        if self.key_file is None:
            return Unseal(passphrase=self.passphrase) if self.passphrase else None
        try:
            with self.key_file.open("rb") as file:
                data = file.read(LARGEST_KEY + 1)
        except OSError as error:
            reason = error.strerror or str(error)
            message = tr("{path} could not be read ({reason}).", path=self.key_file, reason=reason)
            raise Invalid(message=message) from error
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        if not text or len(data) > LARGEST_KEY:
            message = tr("{name} is not a file of keys; choose that of your age or SSH key.", name=self.key_file.name)
            raise Invalid(message=message)
        return Unseal(identity=text)


def wanted_of(error: KnownError) -> str:
    """``passphrase`` or ``identity`` where the error says that a copy is encrypted, else nothing."""
    needs = error.parts.get("needs", "")
    return str(needs) if needs in ("passphrase", "identity") else ""


class PassphraseLine(QWidget):
    """A line for a passphrase that is only read where that is asked for. ``edit`` is the line itself."""

    def __init__(self, appearance: Appearance, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.edit = QLineEdit(self)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(hint)
        self.show_button = QPushButton(tr("Show"), self)
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(tr("Show the passphrase"))
        self.show_button.toggled.connect(self.set_shown)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        self.setFocusProxy(self.edit)

    def set_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.show_button.setText(tr("Hide") if shown else tr("Show"))


class UnsealForm(Form):
    """``given(Opening)``; Esc or *Leave it* leaves the copy closed."""

    given = Signal(object)

    def __init__(self, appearance: Appearance, name: str, needs: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._needs = needs
        self._window = parent
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(self)
        card.setMaximumWidth(640)
        column.addWidget(card)
        column.addStretch(1)
        card.body.addWidget(HeadingLabel(tr("{name} is encrypted", name=name), card, wrap=True))
        told = (
            tr("Type the passphrase that whoever sent it has told you.")
            if needs == "passphrase"
            else tr("It was made for certain people. Choose the file of your key: an age identity or an SSH key.")
        )
        card.body.addWidget(MutedLabel(told, card, wrap=True))
        self.passphrase = PassphraseLine(appearance, tr("Passphrase"), card)
        self.passphrase.setVisible(needs == "passphrase")
        card.body.addWidget(self.passphrase)
        card.body.addWidget(self._key_line(appearance, card))
        self.message = InlineMessage(appearance, card)
        card.body.addWidget(self.message)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.open_button, self.leave_button = PrimaryButton(tr("Open"), card), QPushButton(tr("Leave it"), card)
        add_buttons(row, ((self.open_button, "Ctrl+Enter"), (self.leave_button, "Esc")))
        row.addStretch()
        row.addWidget(KeyHint(tr("Enter opens · Esc leaves it"), card))
        card.body.addLayout(row)
        self.open_button.clicked.connect(self.save)
        self.leave_button.clicked.connect(self.leave)
        self.passphrase.edit.returnPressed.connect(self.save)
        self.key_file.returnPressed.connect(self.save)

    def _key_line(self, appearance: Appearance, parent: QWidget) -> QWidget:
        line = QWidget(parent)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.key_file = QLineEdit(line)
        self.key_file.setPlaceholderText(tr("File of your key"))
        self.key_file.setAccessibleName(tr("File of your key"))
        choose = IconButton(appearance, "open", tr("Choose the file of your key"), line, size=18)
        choose.clicked.connect(self.choose_key)
        row.addWidget(self.key_file, 1)
        row.addWidget(choose)
        line.setVisible(self._needs == "identity")
        return line

    def choose_key(self) -> None:
        dialog = QFileDialog(self._window, tr("The file of your key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.key_file.setText)
        dialog.open()

    def focus_first(self) -> None:
        (self.passphrase if self._needs == "passphrase" else self.key_file).setFocus()

    def opening(self) -> Opening:
        if self._needs == "passphrase":
            return Opening(passphrase=self.passphrase.edit.text())
        name = self.key_file.text().strip()
        return Opening(key_file=Path(name).expanduser() if name else None)

    def save(self) -> None:
        opening = self.opening()
        if opening == Opening():
            self.message.say(
                tr("Type the passphrase.") if self._needs == "passphrase" else tr("Choose a file."), "warning"
            )
            self.focus_first()
        else:
            self.message.dismiss()
            self.given.emit(opening)

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)
        self.focus_first()
        self.passphrase.edit.selectAll()
