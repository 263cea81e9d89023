"""One organisation as it is read: its note, its people and what was said there."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.people.listing import day_of
from desktop_app.ui.people.person_page import heading_row, memo_section, reading_text, said
from desktop_app.ui.people.reads import OrganisationPage
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import LinkButton, MutedLabel, SectionLabel
from desktop_app.ui.widgets.conflict_line import ConflictLine


class OrganisationView(QWidget):
    """``entry_requested(str)``, ``person_requested(str)``, ``edit_requested()``, ``trash_requested()``,
    ``memo_requested()`` a new one, ``memo_opened(str)``, ``settle_requested()`` what several people gave different
    values, ``card_seen(QWidget, QRect)``."""

    entry_requested = Signal(str)
    person_requested = Signal(str)
    edit_requested = Signal()
    trash_requested = Signal()
    memo_requested = Signal()
    memo_opened = Signal(str)
    settle_requested = Signal()
    card_seen = Signal(object, QRect)

    def __init__(self, appearance: Appearance, page: OrganisationPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.page = page
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        fields = page.organisation.fields
        verbs = (self.edit_requested, self.memo_requested, self.trash_requested)
        self._column.addLayout(heading_row(appearance, self, fields.name, *verbs))
        told = count_text(len(page.entries), "{number} entry", "{number} entries")
        if page.entries and page.entries[0].start:
            told += " · " + tr("last heard {date}", date=day_of(page.entries[0].start))
        self._column.addWidget(MutedLabel(told, self))
        self.conflict_line = ConflictLine(appearance, page.conflicts, self)
        self.conflict_line.clicked.connect(self.settle_requested)
        self._column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)
        if fields.note:
            self._column.addSpacing(4)
            self._column.addWidget(reading_text(fields.note, self))
        self._build_people()
        self.memos = memo_section(appearance, page, self._column, self.memo_opened, self)
        self._build_words()
        self._column.addStretch(1)

    def _build_people(self) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(SectionLabel(tr("People"), self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        self.people: list[LinkButton] = []
        for row, person in enumerate(self.page.people):
            link = LinkButton(person.fields.name, self)
            link.clicked.connect(lambda _=False, item=person.id: self.person_requested.emit(item))
            heard = count_text(person.entries, "{number} entry", "{number} entries")
            grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(MutedLabel(tr(person.stage), self), row, 1)
            grid.addWidget(MutedLabel(heard, self), row, 2)
            self.people.append(link)
        self._column.addLayout(grid)
        if not self.people:
            text = tr("Nobody yet: edit a person and give this organisation.")
            self._column.addWidget(MutedLabel(text, self, wrap=True))

    def _build_words(self) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(SectionLabel(tr("What was said there"), self))
        self.stack = said(self._appearance, self.page.entries, self)
        self.stack.entry_opened.connect(self.entry_requested)
        self.stack.card_seen.connect(lambda part: self.card_seen.emit(self.stack, part))
        self._column.addWidget(self.stack)
        if not self.page.entries:
            self._column.addWidget(MutedLabel(tr("Nothing yet."), self))
