"""What a person wants in a copy, as a form that is never saved: the preview beside it follows every change."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import ExportChoice, History, Seal
from desktop_app.ui.exchange.choices import INDENT, Choices
from desktop_app.ui.exchange.unsealing import PassphraseLine
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import FaintLabel, IconButton, MutedLabel, SearchField, SectionLabel

SHORT = 12
"""Characters below which a passphrase is called short."""
PLAIN, SEALED, KEY = ".terrain", ".terrain.age", "-key.json"


class CopyForm(QWidget):
    """``changed()`` when the copy would hold something else; ``file_wanted()`` and ``key_wanted()`` ask where to;
    ``revealed(QWidget)`` is to be seen whole."""

    changed = Signal()
    revealed = Signal(object)
    file_wanted = Signal()
    key_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._build_what()
        self._build_past()
        self._build_people()
        self._build_sealing()
        self._build_target()
        self._column.addStretch(1)
        self._follow()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build_what(self) -> None:
        ways = (
            ("all", tr("Everything"), ""),
            ("query", tr("What a search finds"), tr("With all it needs: codes, people, series, attached files.")),
        )
        self.what = Choices(tr("What"), ways, self)
        self.query = SearchField(self._appearance, tr("Search, as in Browse"), self)
        self.explanation = MutedLabel("", self, wrap=True)
        for widget in (self.what, self.query, self.explanation):
            self._column.addWidget(widget)
        self.what.chosen.connect(self._what_chosen)
        self.query.settled.connect(lambda _: self.changed.emit())

    def _build_past(self) -> None:
        ways = (
            (History.FULL, tr("With its whole history"), ""),
            (History.HEADS, tr("As it stands now"), tr("Earlier versions stay here; what comes back still merges.")),
        )
        self._column.addSpacing(8)
        self.past = Choices(tr("History"), ways, self)
        self.attachments = QCheckBox(tr("Attached files come along"), self)
        self.attachments.setChecked(True)
        self._column.addWidget(self.past)
        self._column.addWidget(self.attachments)
        self.past.chosen.connect(lambda _: self.changed.emit())
        self.attachments.clicked.connect(self.changed)

    def _build_people(self) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(SectionLabel(tr("People"), self))
        self.redact = QCheckBox(tr("Give people pseudonyms"), self)
        self.redact.clicked.connect(self._again)
        self._column.addWidget(self.redact)
        told = tr("In fields, texts and names of files. The key that says who is who is written apart: keep it.")
        self._indented(FaintLabel(told, self, wrap=True))
        self.key_file, self.key_row = self._file_line(tr("File of the key"), self.key_wanted.emit)
        self.key_file.setPlaceholderText(tr("File of the key (beside the copy, unless you say otherwise)"))

    def _build_sealing(self) -> None:
        ways = (
            ("none", tr("Anybody who has it"), ""),
            ("passphrase", tr("Who knows a passphrase"), ""),
            ("recipients", tr("Certain people"), tr("By their public keys of age or SSH, one in each line.")),
        )
        self._column.addSpacing(8)
        self.sealing = Choices(tr("Who can open it"), ways, self)
        self.passphrase = PassphraseLine(self._appearance, tr("Passphrase"), self)
        self.again = PassphraseLine(self._appearance, tr("The same passphrase again"), self)
        self.again.show_button.hide()
        self.passphrase.show_button.toggled.connect(self.again.set_shown)
        self.short = FaintLabel(tr("Short passphrases can be guessed; several words are better."), self, wrap=True)
        self.recipients = QPlainTextEdit(self)
        self.recipients.setPlaceholderText("age1…  ssh-ed25519 …")
        self.recipients.setAccessibleName(tr("Public keys, one in each line"))
        self.recipients.setTabChangesFocus(True)
        self.recipients.setFixedHeight(76)
        for widget in (self.sealing, self.passphrase, self.again, self.short, self.recipients):
            self._column.addWidget(widget)
        self.sealing.chosen.connect(self._sealing_chosen)
        self.passphrase.edit.textChanged.connect(lambda _: self._follow())

    def _build_target(self) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(SectionLabel(tr("Where to"), self))
        self.target, _ = self._file_line(tr("File of the copy"), self.file_wanted.emit)

    def _file_line(self, name: str, choose: object) -> tuple[QLineEdit, QWidget]:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        line = QLineEdit(holder)
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        button = IconButton(self._appearance, "open", tr("Choose: {what}", what=name), holder, size=18)
        button.clicked.connect(choose)
        row.addWidget(line, 1)
        row.addWidget(button)
        self._column.addWidget(holder)
        return line, holder

    def _indented(self, label: FaintLabel) -> FaintLabel:
        label.setContentsMargins(INDENT, 0, 0, 2)
        self._column.addWidget(label)
        return label

    # --- following ---------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        self._follow()
        self.changed.emit()

    def _what_chosen(self, way: str) -> None:
        self._again()
        if way == "query":
            self.query.setFocus()

    def _sealing_chosen(self, way: str) -> None:
        self._follow()
        self.target.setText(with_ending(self.target.text(), sealed=way != "none"))
        if way == "passphrase":
            self.revealed.emit(self.again)
            self.passphrase.setFocus()
        elif way == "recipients":
            self.revealed.emit(self.recipients)
            self.recipients.setFocus()

    def _follow(self) -> None:
        """Shows what belongs to the ways that are chosen."""
        selects, sealing = self.what.value() == "query", self.sealing.value()
        self.query.setVisible(selects)
        self.explanation.setVisible(selects)
        self.key_row.setVisible(self.redact.isChecked())
        typed = self.passphrase.edit.text()
        self.passphrase.setVisible(sealing == "passphrase")
        self.again.setVisible(sealing == "passphrase")
        self.short.setVisible(sealing == "passphrase" and 0 < len(typed) < SHORT)
        self.recipients.setVisible(sealing == "recipients")

    # --- what is wanted ----------------------------------------------------------------------------------------------

    def choice(self, hide: Mapping[str, str]) -> ExportChoice:
        """``hide`` are further words to be replaced where people get pseudonyms."""
        redact = self.redact.isChecked()
        return ExportChoice(
            query=self.query.text().strip() if self.what.value() == "query" else "",
            history=History(self.past.value()),
            redact=redact,
            hide=dict(hide) if redact else {},
            attachments=self.attachments.isChecked(),
        )

    @property
    def selects_nothing(self) -> bool:
        """Whether a search is wanted that has not been typed yet: an empty one would be everything."""
        return self.what.value() == "query" and not self.query.text().strip()

    def seal(self) -> Seal | None:
        """Raises :class:`Invalid` for an empty passphrase, two that differ, or no key."""
        way = self.sealing.value()
        if way == "passphrase":
            phrase = self.passphrase.edit.text()
            if not phrase:
                raise Invalid(message=tr("Type the passphrase that opens the copy, twice."))
            if phrase != self.again.edit.text():
                raise Invalid(message=tr("The two passphrases differ; type the same one twice."))
            return Seal(passphrase=phrase)
        if way == "recipients":
            lines = (line.strip() for line in self.recipients.toPlainText().split("\n"))
            keys = tuple(line for line in lines if line and not line.startswith("#"))
            if not keys:
                raise Invalid(message=tr("Paste the public key of whoever may open the copy."))
            return Seal(recipients=keys)
        return None

    def target_path(self) -> Path | None:
        """Where the copy goes, with the ending that it gets; ``None`` while nobody has said."""
        path = _path_of(self.target)
        if path is None or not path.name:
            return None
        sealed = self.sealing.value() != "none"
        known = path.suffix and (not sealed or path.name.endswith(".age"))
        return path if known else path.with_name(with_ending(path.name, sealed=sealed))

    def key_path(self) -> Path | None:
        """Where the key of a redacted copy goes: beside it, unless another place was named."""
        target = self.target_path()
        if not self.redact.isChecked() or target is None:
            return None
        return _path_of(self.key_file) or target.with_name(_stem(target.name) + KEY)

    def forget_secrets(self) -> None:
        """A passphrase is not kept longer than it is needed."""
        self.passphrase.edit.clear()
        self.again.edit.clear()


def _path_of(line: QLineEdit) -> Path | None:
    text = line.text().strip()
    return Path(text).expanduser() if text else None


def with_ending(name: str, *, sealed: bool) -> str:
    """``name`` with the ending of an encrypted or of a plain copy; an empty one stays empty."""
    if not name:
        return ""
    return _stem(name) + (SEALED if sealed else PLAIN)


def _stem(name: str) -> str:
    return name.removesuffix(".age").removesuffix(PLAIN)
