"""Proving that the notebook is whole: how far it is, what was found, and mending it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import InlineMessage, MutedLabel, ProgressStrip

if TYPE_CHECKING:
    from desktop_app.services.maintenance import CheckReport

TOLD = 5
"""Problems that are told one by one; the rest is counted."""


class CheckPanel(QWidget):
    """``check_wanted()``, ``repair_wanted()``, ``stop_wanted()`` are answered by the screen."""

    check_wanted = Signal()
    repair_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(
            MutedLabel(
                tr("Looks whether every revision and every kept file is as it was written; nothing is changed."),
                self,
                wrap=True,
            )
        )
        self.message = InlineMessage(appearance, self)
        self.progress = ProgressStrip(self)
        column.addWidget(self.message)
        column.addWidget(self.progress)
        row = QHBoxLayout()
        self.now = QPushButton(tr("Check now"), self)
        row.addWidget(self.now)
        row.addStretch()
        column.addLayout(row)
        self.now.clicked.connect(self.check_wanted)
        self.progress.stop_requested.connect(self.stop_wanted)

    def begin(self, title: str, *, can_stop: bool) -> None:
        self.message.dismiss()
        self.progress.begin(title, can_stop=can_stop)
        self.now.setEnabled(False)

    def end(self) -> None:
        self.progress.finish()
        self.now.setEnabled(True)

    def show_report(self, report: "CheckReport") -> None:
        """The result in words; what is wrong can be mended from there."""
        self.end()
        looked_at = tr(
            "{revisions} of {items} and {files} were looked at.",
            revisions=count_text(report.revisions, "{number} revision", "{number} revisions"),
            items=count_text(report.items, "{number} item", "{number} items"),
            files=count_text(report.blobs, "{number} kept file", "{number} kept files"),
        )
        open_ones = [problem for problem in report.problems if not problem.repaired]
        mended = len(report.problems) - len(open_ones)
        if not report.problems:
            self.message.say(tr("All is well. {looked_at}", looked_at=looked_at))
        elif not open_ones:
            sentence = count_text(
                mended, "One thing was wrong and is mended.", "{number} things were wrong and are mended."
            )
            self.message.say(f"{sentence} {looked_at}")
        else:
            lines = [f"{problem.where}: {problem.what}" for problem in open_ones[:TOLD]]
            if len(open_ones) > TOLD:
                lines.append(tr("and {count} more", count=len(open_ones) - TOLD))
            head = count_text(len(open_ones), "One thing is wrong.", "{number} things are wrong.")
            text = "\n".join([head, *lines])
            if mended or not report.sound:
                # Mending has been tried: what is left can only be had from a backup.
                self.message.say(text, "error")
            else:
                self.message.say(text, "error", action=tr("Mend it"), on_action=self.repair_wanted.emit)
