"""One memo, read: title, what it is about, its words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.memos import About
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.memos.reads import MemoPage, about_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import ChipRow, IconButton, MarkdownView, MutedLabel, TitleLabel
from desktop_app.ui.widgets.conflict_line import ConflictLine
from desktop_app.ui.widgets.days import day_words


class MemoView(QWidget):
    """``edit_requested()``, ``trash_requested()``, ``thing_requested(About)`` one that it is about,
    ``settle_requested()`` what several people gave different values."""

    edit_requested = Signal()
    trash_requested = Signal()
    thing_requested = Signal(object)
    settle_requested = Signal()

    def __init__(self, appearance: Appearance, page: MemoPage, author: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        memo = page.memo
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        row = QHBoxLayout()
        row.addWidget(TitleLabel(memo.fields.title or memo.heading, self, wrap=True), 1)
        for icon, words, keys, signal in (
            ("edit", tr("Edit"), "E", self.edit_requested),
            ("trash", tr("Move to the trash"), "Del", self.trash_requested),
        ):
            button = IconButton(appearance, icon, words, self, shortcut=keys, size=18)
            button.clicked.connect(signal)
            row.addWidget(button)
        column.addLayout(row)
        who = tr("you") if memo.author == author else memo.author
        column.addWidget(MutedLabel(" · ".join(part for part in (who, day_words(memo.created)) if part), self))
        self.conflict_line = ConflictLine(appearance, page.conflicts, self)
        self.conflict_line.clicked.connect(self.settle_requested)
        column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)
        self.chips = ChipRow(appearance, self, removable=False)
        self.chips.set_texts([about_words(*pair) for pair in self._things()])
        self.chips.chip_clicked.connect(lambda at: self.thing_requested.emit(memo.fields.about[at]))
        column.addWidget(self.chips)
        column.addSpacing(4)
        self.words = MarkdownView(appearance, self, fit_height=True)
        self.words.set_html(page.html)
        column.addWidget(self.words)
        column.addStretch(1)

    def _things(self) -> list[tuple[About, str]]:
        memo = self.page.memo
        return list(zip(memo.fields.about, memo.names, strict=True))
