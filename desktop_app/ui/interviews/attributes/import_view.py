"""What importing a table of attributes would do, before it is done: whose values they are, which columns come in."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.attributes.reads import type_words
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import Card, LinkButton, MutedLabel, PrimaryButton, StrongLabel, TextLabel

if TYPE_CHECKING:
    from desktop_app.services.attributes import AttributeReport

MOST_NOTICES = 8


class ImportView(Card):
    """``key_chosen(str)`` another column tells whose values they are; ``confirmed()``; ``left()``."""

    key_chosen = Signal(str)
    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = Path()
        self.title = StrongLabel("", self)
        self.key = QComboBox(self)
        self.facts = TextLabel("", self, wrap=True)
        self.columns = MutedLabel("", self, wrap=True)
        self.notices = MutedLabel("", self, wrap=True)
        self.import_button = PrimaryButton(tr("Import"), self)
        self.leave_button = LinkButton(tr("Leave it"), self)
        self._build()
        self.hide()

    def _build(self) -> None:
        self.body.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(MutedLabel(tr("Whose values they are stands in"), self))
        self.key.setAccessibleName(tr("Key column"))
        row.addWidget(self.key)
        row.addStretch(1)
        self.body.addLayout(row)
        for label in (self.facts, self.columns, self.notices):
            self.body.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.import_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.key.activated.connect(lambda _: self.key_chosen.emit(self.key.currentText()))
        self.import_button.clicked.connect(self.confirmed)
        self.leave_button.clicked.connect(self.left)

    def show_report(self, path: Path, report: "AttributeReport") -> None:
        if path != self.path:
            self.path = path
            self.key.clear()
        names = [report.key, *(column.name for column in report.columns)]
        if {self.key.itemText(at) for at in range(self.key.count())} != set(names):
            self.key.clear()
            self.key.addItems(names)
        self.key.setCurrentText(report.key)
        self.title.setText(path.name)
        rows = count_text(report.matched, "{number} row fits", "{number} rows fit")
        values = count_text(report.values, "{number} value", "{number} values")
        self.facts.setText(tr("{rows}, {values} to set.", rows=rows, values=values))
        self.columns.setText("; ".join(_column_words(column.name, column.type, bool(column.variable))
                                       for column in report.columns))  # fmt: skip
        more = len(report.notices) - MOST_NOTICES
        told = [*report.notices[:MOST_NOTICES], *([tr("and {number} more", number=more)] if more > 0 else [])]
        self.notices.setText("\n".join(told))
        self.notices.setVisible(bool(told))
        self.import_button.setEnabled(bool(report.values))
        self.show()
        (self.import_button if report.values else self.key).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _column_words(name: str, type_: str, known: bool) -> str:
    words = f"{name}: {type_words(type_)}"
    return words if known else words + ", " + tr("new")
