"""What came of an import: what was taken in, and every file that could not be read with its sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Card, LinkButton, PrimaryButton, TitleLabel

if TYPE_CHECKING:
    from desktop_app.services.documents import Intake, Rejected, Taken


class ImportReport(QWidget):
    """``left()``, ``opened(id)`` the first document is to be read. The words can be selected and copied."""

    left = Signal()
    opened = Signal(str)

    def __init__(self, intake: "Intake", parent: QWidget) -> None:
        super().__init__(parent)
        self._first = intake.documents[0].id if intake.documents else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        taken, rejected = len(intake.documents), len(intake.rejected)
        title = count_text(taken, "{number} document taken in", "{number} documents taken in")
        if rejected:
            title += ", " + count_text(rejected, "{number} file not", "{number} files not")
        column.addWidget(TitleLabel(title, self))
        card = Card(self)
        self.words = QPlainTextEdit(report_words(intake.documents, intake.rejected), card)
        self.words.setProperty("role", "bare")
        self.words.setReadOnly(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setAccessibleName(tr("Report of the import"))
        card.body.addWidget(self.words)
        column.addWidget(card, 1)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.open_button = PrimaryButton(tr("Read the first one"), self)
        self.open_button.setVisible(bool(self._first))
        self.open_button.clicked.connect(lambda: self.opened.emit(self._first))
        back = QPushButton(tr("To the documents"), self)
        back.clicked.connect(self.left)
        copy = LinkButton(tr("Copy the report"), self)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.words.toPlainText()))
        row.addWidget(self.open_button)
        row.addWidget(back)
        row.addWidget(copy)
        row.addStretch(1)
        return row


def report_words(taken: "Sequence[Taken]", rejected: "Sequence[Rejected]") -> str:
    """Rejected files first, with their sentences; then what was taken in, with what the reader remarked."""
    lines = [tr("{file}: not taken in. {reason}", file=one.file, reason=one.reason) for one in rejected]
    if lines:
        lines.append("")
    for one in taken:
        turns = len(one.parsed.turns)
        facts = count_text(turns, "{number} turn", "{number} turns") if turns else tr("no speakers")
        lines.append(f"{one.parsed.title or one.file} ({one.file}): {facts}")
        lines += [f"    {notice}" for notice in one.parsed.notices]
    return "\n".join(lines)
