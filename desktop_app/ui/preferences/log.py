"""The log: who did what in the notebook and when, of everybody or of one person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.changes import Change
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.preferences.controls import ComboBox
from desktop_app.ui.preferences.reads import LogPage
from desktop_app.ui.theme import SPACE_M, SPACE_S
from desktop_app.ui.widgets import FaintLabel, LinkButton, MutedLabel
from desktop_app.ui.widgets.days import day_words
from desktop_app.ui.widgets.origins import names_words, short_name

SHOWN = 8
MORE = 40


class LogPanel(QWidget):
    """``asked(person, count)`` wants so many of the newest changes, of everybody where ``person`` is empty."""

    asked = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.person, self.count = "", SHOWN
        self.rows: list[tuple[FaintLabel, MutedLabel]] = []
        self._page: LogPage | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        row = QHBoxLayout()
        self.people = ComboBox(self)
        self.people.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.people.setAccessibleName(tr("Whose changes are shown"))
        self.people.setMinimumWidth(180)
        self.people.activated.connect(self._choose)
        row.addWidget(self.people)
        row.addStretch()
        column.addLayout(row)
        self.lines = QWidget(self)
        self._grid = QGridLayout(self.lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        column.addWidget(self.lines)
        self.more = LinkButton(tr("Show more"), self)
        self.more.clicked.connect(self._ask_for_more)
        self.more.hide()
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_page(self, page: LogPage) -> None:
        if page == self._page:
            return
        before, self._page = self._page, page
        if before is None or before.people != page.people:
            self.people.clear()
            self.people.addItem(tr("Everybody"), "")
            for name in page.people:
                self.people.addItem(short_name(name), name)
        self.people.setCurrentIndex(max(self.people.findData(page.person), 0))
        self._fill(page)
        self.more.setVisible(page.more)

    def _fill(self, page: LogPage) -> None:
        for row in self.rows:
            for label in row:
                self._grid.removeWidget(label)
                label.hide()
                label.deleteLater()
        self.rows = []
        for at, change in enumerate(page.changes):
            who = FaintLabel(f"{day_words(change.at)} · {short_name(change.author)}", self.lines)
            what = MutedLabel(change_words(change), self.lines, wrap=True)
            self._grid.addWidget(who, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(what, at, 1)
            self.rows.append((who, what))

    def _choose(self, at: int) -> None:
        self.person, self.count = str(self.people.itemData(at)), SHOWN
        self.asked.emit(self.person, self.count)

    def _ask_for_more(self) -> None:
        self.count += MORE
        self.asked.emit(self.person, self.count)


def change_words(change: Change) -> str:
    """``Write note``, ``Undo: Write note``, ``Merge team.terrain · 12 revisions by Ben and Carla · taken back``."""
    turned = {"undo": tr("Undo: {what}", what=change.label), "redo": tr("Redo: {what}", what=change.label)}
    parts = [turned.get(change.kind, change.label)]
    if change.authors:
        count = count_text(sum(change.authors.values()), "{number} revision", "{number} revisions")
        parts.append(tr("{count} by {people}", count=count, people=names_words(change.authors)))
    if change.undone:
        parts.append(tr("taken back"))
    return " · ".join(parts)
