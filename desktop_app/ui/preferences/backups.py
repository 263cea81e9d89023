"""The notebook's backups: what is kept, one more, and going back to one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.preferences.reads import backup_when, size_in_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import InlineMessage, LinkButton, MutedLabel, ProgressStrip
from desktop_app.ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from desktop_app.services.maintenance import BackupInfo

SHOWN = 5
"""Backups shown before one asks for all."""


class BackupRow(QWidget):
    """One backup; going back to it asks first, in place. ``restore_wanted(BackupInfo)``."""

    restore_wanted = Signal(object)

    def __init__(self, info: "BackupInfo", parent: QWidget) -> None:
        super().__init__(parent)
        self.info = info
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        row = QHBoxLayout()
        when = backup_when(info)
        row.addWidget(TextLabel(when, self))
        row.addStretch()
        row.addWidget(MutedLabel(size_in_words(info.size), self))
        self.restore = LinkButton(tr("Restore"), self)
        self.restore.setAccessibleName(tr("Restore the backup of {when}", when=when))
        self.restore.clicked.connect(self.ask)
        row.addWidget(self.restore)
        column.addLayout(row)
        self.question = QWidget(self)
        inner = QVBoxLayout(self.question)
        inner.setContentsMargins(0, 0, 0, SPACE_M)
        words = tr(
            "Put the notebook back to {when}? What was written since is no longer in it then; "
            "the notebook as it is now is kept in a file beside it.",
            when=when,
        )
        inner.addWidget(MutedLabel(words, self.question, wrap=True))
        row = QHBoxLayout()
        self.sure = QPushButton(tr("Put it back"), self.question)
        self.leave = LinkButton(tr("Leave it"), self.question)
        row.addWidget(self.sure)
        row.addWidget(self.leave)
        row.addStretch()
        inner.addLayout(row)
        column.addWidget(self.question)
        self.question.hide()
        self.sure.clicked.connect(self._sure)
        self.leave.clicked.connect(self.calm)

    def ask(self) -> None:
        self.question.show()
        self.restore.setEnabled(False)
        self.leave.setFocus()

    def calm(self) -> None:
        """Nothing is restored."""
        self.question.hide()
        self.restore.setEnabled(True)
        self.restore.setFocus()

    def _sure(self) -> None:
        self.calm()
        self.restore_wanted.emit(self.info)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.question.isHidden():
            self.calm()
        else:
            super().keyPressEvent(event)


class BackupsPanel(QWidget):
    """``backup_wanted()``, ``folder_wanted()``, ``restore_wanted(BackupInfo)`` are answered by the screen."""

    backup_wanted = Signal()
    folder_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[BackupInfo, ...] | None = None
        self._all = False
        self.rows: list[BackupRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.told = MutedLabel("", self, wrap=True)
        column.addWidget(self.told)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_M)
        column.addLayout(self._list)
        self.more = LinkButton("", self)
        self.more.clicked.connect(self._show_all)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        self.progress = ProgressStrip(self)
        column.addWidget(self.progress)
        row = QHBoxLayout()
        self.now = QPushButton(tr("Back up now"), self)
        self.folder = LinkButton(tr("Open the folder"), self)
        row.addWidget(self.now)
        row.addWidget(self.folder)
        row.addStretch()
        column.addLayout(row)
        self.now.clicked.connect(self.backup_wanted)
        self.folder.clicked.connect(self.folder_wanted)

    def show_backups(self, backups: "tuple[BackupInfo, ...]") -> None:
        if backups == self._shown:
            return
        self._shown = backups
        self.told.setText(
            tr("Made before each import and, while you work, at most every half hour. Each was read back.")
            if backups
            else tr("None yet. Terrain makes one before each import and, while you work, every half hour.")
        )
        self.folder.setEnabled(bool(backups))
        self._fill()

    def _fill(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        backups = self._shown or ()
        shown = backups if self._all else backups[:SHOWN]
        self.rows = [BackupRow(info, self) for info in shown]
        for row in self.rows:
            row.restore_wanted.connect(self.restore_wanted)
            self._list.addWidget(row)
        self.more.setVisible(len(shown) < len(backups))
        self.more.setText(count_text(len(backups), "Show all {number}", "Show all {number}"))

    def _show_all(self) -> None:
        self._all = True
        self._fill()
        self.rows[SHOWN].restore.setFocus()

    def begin(self, title: str) -> None:
        """Something is being done: nothing else can be begun."""
        self.message.dismiss()
        self.progress.begin(title, can_stop=False)
        self._set_enabled(False)

    def end(self) -> None:
        self.progress.finish()
        self._set_enabled(True)

    def _set_enabled(self, enabled: bool) -> None:
        self.now.setEnabled(enabled)
        for row in self.rows:
            row.setEnabled(enabled)
