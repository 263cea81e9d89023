"""A memo as it is named on the page of what it is about."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.model.memos import Memo
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import SmallLink
from desktop_app.ui.widgets.days import day_words
from desktop_app.ui.widgets.labels import FaintLabel


class MemoLine(QWidget):
    """Title or first words as a link, then who wrote it and when. ``opened(str)`` gives the memo's id."""

    opened = Signal(str)

    def __init__(self, appearance: Appearance, memo: Memo, author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.link = SmallLink(appearance, memo.heading.lstrip("#> ") or memo.heading, self)
        self.link.clicked.connect(lambda: self.opened.emit(memo.id))
        who = tr("you") if memo.author == author else memo.author
        self.told = FaintLabel(", ".join(part for part in (who, day_words(memo.created)) if part), self)
        row.addWidget(self.link)
        row.addWidget(self.told)
        row.addStretch(1)
